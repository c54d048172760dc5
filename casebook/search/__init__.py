"""The full-text index: documents in, small script files out.

`normalise` folds a text to what is compared, `pinyin` lets a word be found by its sound, `index` cuts the postings into
files. `templates/theme/js/search-engine.js` reads them, in the browser and without a server.
"""
