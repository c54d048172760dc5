"""A corpus of one case, for tests that need little: what a test gives is added to the least that loads."""

from collections.abc import Mapping

from casebook.corpus import Corpus
from casebook.load import load
from casebook.rules import check

TERM = "label: x, label_en: x, definition: x, use: x"
VOCABULARY = f"label: x\nlabel_en: x\nterms:\n  - {{id: one, {TERM}}}\n"
SITE = """title: x
subtitle: x
description: x
language: zh-Hans
interface: zh
updated: "2024-01-01"
licence: x
ranks:
  - {id: city, label: 市, label_en: City}
  - {id: town, label: 镇, label_en: Town, endings: [镇, 街道]}
limits: {phrase: 60, summary_least: 1, summary_most: 200, mention_least: 1}
"""
UNITS = """units:
  - {symbol: 件, label_en: item}
  - {symbol: 个, label_en: item}
  - {symbol: 人, label_en: person}
  - {symbol: 次, label_en: time}
  - {symbol: 场, label_en: event}
  - {symbol: "%", label_en: per cent}
  - {symbol: 平方公里, label_en: km²}
  - {symbol: 亩, label_en: mu, canonical: 平方公里, factor: "1/1500"}
"""
INDICATORS = f"""label: x
label_en: x
groups:
  - {{id: facts, label: x, label_en: x}}
  - {{id: deeds, label: x, label_en: x, done: true}}
  - {{id: praise, label: x, label_en: x, comparable: false}}
terms:
  - {{id: area, group: facts, {TERM}, unit: 平方公里, direction: neutral, comparable_if: x}}
  - {{id: plot, group: facts, {TERM}, unit: 平方公里, within: area, direction: neutral, comparable_if: x}}
  - {{id: plot-share, group: facts, {TERM}, unit: "%", share: true, numerator: [plot], denominator: [area],
     direction: neutral, comparable_if: x}}
  - {{id: people, group: facts, {TERM}, unit: 人, same: [level, counted], direction: neutral, comparable_if: x}}
  - {{id: villages, group: facts, {TERM}, unit: 个, direction: neutral, comparable_if: x}}
  - {{id: issues, group: deeds, {TERM}, unit: 件, same: [level, counted], direction: neutral, comparable_if: x}}
  - {{id: issue-rate, group: praise, {TERM}, unit: "%", share: true, denominator: [issues],
     direction: higher, comparable_if: x}}
  - {{id: growth, group: praise, {TERM}, unit: "%", direction: higher, comparable_if: x}}
  - {{id: meetings, group: deeds, {TERM}, unit: 场, direction: higher, comparable_if: x}}
  - {{id: meeting-rule, group: facts, {TERM}, unit: 次, practice: [meetings], comparable: false,
     direction: neutral, comparable_if: x}}
"""
SOURCE = """title: x
producer: x
published: "2020-12-31"
sha256: {sha256}
lines: 9
characters: 100
nature: x
""".format(sha256="0" * 64)
CASE = """name: {name}
title: x
kind: case
summary: x
sources: [{{source: text, locator: L1-L9}}]
place: {{city: {{name: 甲市, inferred: true}}}}
level: {{term: one, inferred: true}}
status: running
started: not-stated
review: {{date: "2024-01-01", by: AB}}
"""
PLAIN = ("mechanisms", "actors", "levels", "settlements", "problems", "platforms", "numerals")


def tiny(*cases: str, files: Mapping[str, str] | None = None) -> Corpus:
    """The corpus of these cases, `case-0` and on: each is what follows (or replaces) the least that a case says."""
    texts = {"site.yml": SITE, "vocabulary/units.yml": UNITS, "vocabulary/indicators.yml": INDICATORS}
    texts |= {f"vocabulary/{name}.yml": VOCABULARY for name in PLAIN} | {"sources/text.yml": SOURCE}
    for number, extra in enumerate(cases):
        given = {line.partition(":")[0] for line in extra.splitlines()}
        least = CASE.format(name=f"案例{number}").splitlines()
        kept = [line for line in least if line.partition(":")[0] not in given]
        texts[f"cases/case-{number}.yml"] = "\n".join([*kept, extra.strip(), ""])
    corpus, problems = load({path: text.encode() for path, text in (texts | dict(files or {})).items()})
    assert corpus is not None
    assert not problems, problems
    wrong = [problem for problem in check(corpus) if problem.severity == "error"]
    assert not wrong, wrong
    return corpus


def observations(*rows: str) -> str:
    """Observations as flow mappings: `indicator, value, unit, counted, phrase[, more]`."""
    return "observations:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def seen(indicator: str, value: str, unit: str, counted: str, phrase: str, more: str = "") -> str:
    """One observation on the first line."""
    locator = "" if "locator" in more else "locator: L1, "
    given = (
        f'indicator: {indicator}, value: {value}, unit: "{unit}", counted: {counted}, {locator}as_stated: "{phrase}"'
    )
    return f"{given}, {more}" if more else given
