"""Casebook: hand-curated cases in YAML → a checked, comparative, searchable static site.

One flow, spelled in `build.py`:

    content/*.yml ──load──▶ Corpus ──check──▶ Problems
                              │
                              └─analyse─▶ Results ──render──▶ SiteFiles ──MkDocs──▶ site/

`LAYERS` is the map, bottom first: a module imports only from those above it in this list (a test enforces it).
Everything between `folder` and `publish` is pure: no clock, no environment, no network, no files but the templates
(`revision` and `archive` aside, which read what their names say).
"""

LAYERS = (
    "problems",  # what is wrong, where, how to mend it
    "phrases",  # what the commands say
    "quantities",  # numbers and units in Chinese and English phrases
    "characters",  # characters that do not belong in a text
    "precision",  # how finely a number was written
    "periods",  # dates and periods
    "yamlsyntax",  # what people type instead of YAML
    "yamlerrors",  # what the errors of YAML mean
    "yamlevents",  # YAML's events, read past its errors
    "yamlnodes",  # a file's tree: text and where it stands
    "yamlfile",  # bytes → located text, strictly
    "numerals",  # every sign that may be a figure
    "spelling",  # Chinese in letters, for addresses
    "model",  # the nouns: case, source, vocabulary, citation …
    "meant",  # what somebody probably meant who typed something else
    "keys",  # which keys a model takes where
    "decode",  # located text → nouns
    "points",  # observations as numbers
    "corpus",  # everything that was loaded
    "prose",  # comparisons: references instead of typed numbers and names
    "folder",  # the only reader of content
    "revision",  # the only reader of git
    "load",  # files → corpus
    "audits",  # contradictions inside the sources: one generator a rule
    "rules",  # check: one generator a rule
    "mending",  # what is mechanical, put right
    "analyse",  # corpus → results
    "search",  # the full-text index
    "charts",  # figures by matplotlib
    "exports",  # tables and CSV
    "render",  # results → files of the site
    "changes",  # what differs between two states of the content
    "review",  # changes → text, Markdown, HTML for a reviewer
    "archive",  # the only reader of archived sources
    "verify",  # phrases at their places, and no figure left out
    "schemas",  # JSON Schemas of the content files
    "editors",  # the same with messages and skeletons for people's editors
    "materials",  # what the site is built with
    "scan",  # what a built site may not hold
    "scaffold",  # a new file, to be filled in
    "report",  # problems told to people and to programs
    "publish",  # output that is whole or not there
    "adapter",  # the only module that imports mkdocs
    "commands",  # the front door's commands
)
