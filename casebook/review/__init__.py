"""What a change does, told to a reviewer: as text, as Markdown for a comment, as one page of HTML.

Everything that comes from the content is inert wherever it lands: on one line and printable in a terminal or a log,
within `<code>` and by entities in Markdown (where a forge would else see mentions and addresses), escaped in HTML.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import jinja2
import yaml
from markupsafe import Markup

from casebook.changes import Changes
from casebook.corpus import Corpus
from casebook.problems import errors, printable
from casebook.render.environment import Templates
from casebook.render.escape import plain
from casebook.render.readings import audit_rows, verdict_words
from casebook.render.words import Words
from casebook.review.describe import Describer
from casebook.review.views import WHATS, page_counts, placing, record_views, sections, tally, whole

FORMATS = {"text": "txt", "markdown": "md", "html": "html"}
LINES, CHARACTERS = 60, 60_000
"""A comment is no longer than this; forges refuse one of 65,536 characters."""
SAMPLES = (8, 6, 5, 4, 3, 2, 1, 0)
SHORT = 80
"""Characters of a value in a comment."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared: the names of both sides, the content folder's path before each file's (`content/`), and how
    addresses of files begin on either side ("" where there are none)."""

    names: tuple[str, str]
    prefix: str = ""
    links: tuple[str, str] = ("", "")


def report(changes: Changes, compared: Compared, templates: Templates, language: str, form: str) -> str:
    """The whole report in one of `FORMATS`."""
    context = _context(changes, compared, templates, language)
    environment = _environment(templates, form)
    template = environment.get_template(f"review/diff.{FORMATS[form]}.jinja")
    if form != "markdown":
        return template.render(context)
    for samples in SAMPLES:
        text = template.render(context, samples=samples)
        if text.count("\n") <= LINES and len(text) <= CHARACTERS:
            break
    return text


def _context(changes: Changes, compared: Compared, templates: Templates, language: str) -> dict[str, Any]:
    corpora = changes.before.corpus, changes.after.corpus
    words = tuple(_words(corpus, templates, language) for corpus in corpora)
    fields = yaml.safe_load((templates.folder / "interface" / "fields.yml").read_text(encoding="utf-8"))
    describers = tuple(Describer(corpus, spoken, fields) for corpus, spoken in zip(corpora, words, strict=True))
    links = tuple(quote(link, safe=":/@") for link in compared.links)
    records = record_views(
        changes, (describers[0], describers[1]), placing(_before_paths(compared.prefix), (links[0], links[1]))
    )
    return {
        "changes": changes,
        "compared": compared,
        "language": {"zh": "zh-Hans"}.get(language, language),
        "t": words[1].t,
        "whats": WHATS,
        "tally": tally(records),
        "records": records,
        "whole": whole(records),
        "sections": sections(records),
        "audits": _audits(changes, (words[0], words[1])),
        "verdicts": _verdicts(changes, (words[0], words[1])),
        "site": list(page_counts(changes)),
        "wrong": [
            (side, problem.path, problem.line, problem.message(language), problem.remedy(language))
            for side, state in enumerate((changes.before, changes.after))
            for problem in errors(state.problems)
        ],
    }


def _before_paths(prefix: str) -> str:
    """A folder's path as it stands before the paths of its files."""
    return f"{prefix}/" if prefix else ""


def _words(corpus: Corpus, templates: Templates, language: str) -> Words:
    site = corpus.site.model_copy(update={"interface": language})
    return Words(templates.interface[language], replace(corpus, site=site))


def _audits(changes: Changes, words: tuple[Words, Words]) -> list[dict[str, Any]]:
    found = []
    for change in changes.audits:
        side = int(change.what == "added")
        assert changes.results is not None
        corpus = (changes.before, changes.after)[side].corpus
        rows = audit_rows(corpus, changes.results[side], words[side], change.found.case)[change.found.rule]
        row = next(row for row in rows if row.about == change.found.about)
        case, rule = corpus.cases[row.case].name, words[side].t(f"audit.rule.{row.rule}")
        found.append({"what": change.what, "acknowledged": change.acknowledged, "name": case, "rule": rule, "row": row})
    return found


def _verdicts(changes: Changes, words: tuple[Words, Words]) -> list[dict[str, str]]:
    return [
        {
            "name": changes.after.corpus.cases[change.point.case].name,
            "indicator": words[1].label("indicators", change.point.observation.indicator),
            "counted": change.point.observation.counted or "",
            "old": verdict_words(change.old, change.old_point, words[0]),
            "new": verdict_words(change.new, change.point, words[1]),
        }
        for change in changes.verdicts
    ]


# --- making values inert -------------------------------------------------------------------------------------------


def _environment(templates: Templates, form: str) -> jinja2.Environment:
    last_word: Mapping[str, Callable[[object], object]] = {"text": _line, "markdown": _marked, "html": _shown}
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates.folder),
        autoescape=form != "text",  # noqa: S701 - a terminal reads no entities
        finalize=last_word[form],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = (templates.folder / "review" / "diff.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals |= {"style": Markup(style), "style_hash": Markup(digest)}  # noqa: S704 - ours alone
    environment.filters |= {"short": lambda text: printable(str(text), SHORT)}
    return environment


def _line(value: object) -> str:
    """On one line, and no command to the runner of a workflow, which reads `##[` anywhere."""
    return printable(str(value), 2000).replace("##[", "## [")


def _marked(value: object) -> object:
    return value if isinstance(value, Markup) else plain(printable(str(value), 2000))


def _shown(value: object) -> object:
    return value if isinstance(value, Markup) else printable(str(value), 1_000_000)
