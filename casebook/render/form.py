"""The data behind the form: what a case may say, the words for it, and each case as its file says it.

Scripts, so that it works from disk: one for all, and one a case that is read when somebody opens that case.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from casebook import characters
from casebook.corpus import Corpus
from casebook.model.vocabulary import Term, Vocabulary
from casebook.numerals import PATTERN, WORDS
from casebook.problems import wording
from casebook.quantities import DIGITS, MULTIPLIERS, NUMBER_PATTERN
from casebook.render.explorer import script
from casebook.render.form_fields import Titles, nouns
from casebook.render.site_file import SiteFile
from casebook.render.views import by_group
from casebook.render.words import Words
from casebook.rules.numbers import STATED
from casebook.yamlfile import plain

FIRST_LINE = "# yaml-language-server: $schema=../../schemas/case.schema.json"
# What can be decided without Python; `form-check.js` says how.
DECIDED = frozenset(
    """
    missing-key wrong-choice not-a-date not-a-period not-a-locator not-a-number not-a-whole-number too-small
    stated-or-inferred value-or-absent file-name-not-an-id
    text-bidi text-invisible text-space text-control text-private-use text-noncharacter text-replacement text-kangxi
    unknown-id unknown-unit self-reference cyclic-parent points-at-tombstone
    widest-rank-missing parent-missing parent-cannot-have-children name-taken summary-length
    phrase-too-long locator-beyond-source locator-outside-passages finding-twice
    value-disagrees slogan-disagrees number-disagrees date-disagrees
    unit-missing part-of-unknown formula-not-decoded part-outside-slogan
    """.split()
)
SAID = """
    id id-missing id-taken none choose default required more lines term-use term-avoid unfilled
    add remove up down added removed moved undone reset copied by-hand
    failed unknown-case editing draft draft-old not-kept comments told told-none told-later wrong
    open-new open-long open-edit note-new note-long note-edit
    """.split()
# What a script needs to read the numbers and dates of a phrase.
NUMERALS = {
    "pattern": PATTERN,
    "words": WORDS,
    "dates": STATED,
    "digits": DIGITS,
    "scales": MULTIPLIERS,
    "number": NUMBER_PATTERN,
}


def form_files(corpus: Corpus, words: Words, titles: Titles, files: Mapping[str, bytes]) -> tuple[str, list[SiteFile]]:
    """(folder, files): `_model.js` (no id looks like that) and a script a case, in a folder named by their content."""
    model = script("casebookForm.begin", form_model(corpus, words, titles))
    digest = hashlib.sha256(model.encode())
    for id in corpus.cases:
        digest.update(files[f"cases/{id}.yml"])
    folder = f"assets/form-{digest.hexdigest()[:10]}/"
    cases = [SiteFile(f"{folder}{id}.js", partial(_case, corpus, id, files)) for id in corpus.cases]
    return folder, [SiteFile(f"{folder}_model.js", model), *cases]


def _case(corpus: Corpus, id: str, files: Mapping[str, bytes]) -> str:
    path = f"cases/{id}.yml"
    return script("casebookForm.add", id, plain(corpus.documents[path].node), _remarks(files[path]))


def _remarks(data: bytes) -> int:
    """How many lines of a file are comments, which a form cannot keep; the first line is no loss."""
    return sum(line.lstrip().startswith(b"#") for line in data.splitlines()[1:])


def form_model(corpus: Corpus, words: Words, titles: Titles) -> dict[str, Any]:
    """All that the form must know to draw itself, to check what is typed, and to write it."""
    said, all_nouns = wording(words.language), nouns(corpus, words, titles)
    referred = {field.get("to") for noun in all_nouns.values() for field in noun["fields"]}
    vocabularies = {**corpus.vocabularies, "indicators": corpus.indicators}
    return {
        "head": FIRST_LINE,
        "nouns": all_nouns,
        "terms": {name: _terms(v, name, words) for name, v in vocabularies.items() if name in referred},
        "units": [[symbol, words.either("", unit.label_en)] for symbol, unit in corpus.unit.items()],
        "unitOf": {term.id: term.unit for term in corpus.indicators.terms if term.unit},
        "sources": [[id, words.source_title(id), source.lines] for id, source in corpus.sources.items()],
        "cases": [[id, case.name, case.kind, case.parent] for id, case in corpus.cases.items()],
        "gone": list(corpus.tombstones),
        "limits": corpus.site.limits.model_dump(),
        "ranks": [rank.id for rank in corpus.site.ranks],
        "says": {rule: said[rule] for rule in sorted(DECIDED)},
        "words": {key: words.t(f"form.{key}") for key in SAID},
        "colon": words.t("colon"),
        "separator": words.separator(),
        "numerals": NUMERALS,
        "unwanted": _unwanted(),
    }


def _terms(vocabulary: Vocabulary, name: str, words: Words) -> list[list[Any]]:
    """[group, terms] in the order in which they are shown."""
    if not vocabulary.groups:
        return [["", [_term(term, words) for term in vocabulary.terms]]]
    return [[words.group(name, g.id), [_term(term, words) for term in terms]] for g, terms in by_group(vocabulary)]


def _term(term: Term, words: Words) -> list[str]:
    return [term.id, words.of_term(term), term.definition, term.use, term.avoid or ""]


@cache
def _unwanted() -> dict[str, list[str]]:
    """Code point (hexadecimal) → rule, name, the ordinary character that is meant; private use is left to a pattern."""
    found = {}
    for code in (*range(0x3400), *range(0xFE00, 0x10000)):
        sign = chr(code)
        rule = characters.rule_of(sign)
        if rule in DECIDED:
            name = unicodedata.name(sign, "unnamed") if "{name}" in wording("en")[rule]["message"] else ""
            found[f"{code:04X}"] = [rule, name, characters.ordinary(sign) if rule == "text-kangxi" else ""]
    return found
