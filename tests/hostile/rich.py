"""A corpus that says all that a corpus may say, with a payload in every field that takes any text.

Each payload stands alone in a case (its words, numbers, units, slogans, dates …), and with a few others in a source, a
term of every vocabulary, an indicator, a ratio and a comparison; Markdown payloads stand alone in the sections of the
comparisons, and all together in the pages. What one report has only once (`site.yml`) says all of them in a row.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias
from unicodedata import normalize

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

PIECES = 14
"""How many files or terms of each kind there are beside the cases."""
VOCABULARIES = ("mechanisms", "actors", "levels", "settlements", "problems", "platforms", "numerals", "omissions")
HEADINGS = ("分析", "能说什么", "不能说什么", "待解的问题")


def corpus(plain: tuple[str, ...], markdown: tuple[str, ...]) -> dict[str, bytes]:
    """The files of the corpus, by path."""
    pieces = [" ".join(plain[n::PIECES]) for n in range(PIECES)]
    trees: dict[str, Tree] = {
        "site.yml": _site(" ".join(plain)),
        "vocabulary/units.yml": {
            "units": [_unit(n, payload) for n, payload in enumerate(plain)] + [_percent(plain[0])]
        },
        "vocabulary/indicators.yml": _indicators(pieces, len(plain)),
        "vocabulary/derived.yml": {"ratios": [_ratio(n, payload) for n, payload in enumerate(pieces)]},
    }
    trees |= {f"vocabulary/{name}.yml": _vocabulary(name, pieces) for name in VOCABULARIES}
    trees |= {f"sources/source-{n}.yml": _source(n, payload) for n, payload in enumerate(pieces)}
    trees |= {f"omissions/source-{n}.yml": _omissions(n, payload) for n, payload in enumerate(pieces)}
    trees |= {f"cases/case-{n}.yml": _case(n, plain) for n in range(len(plain))}
    trees |= {f"cases/stone-{n}.yml": {"withdrawn": f"撤回 {payload}"} for n, payload in enumerate(pieces)}
    files = {path: written(tree) for path, tree in trees.items()}
    files |= {f"{name}.md": "\n\n".join(markdown) + "\n" for name in ("index", "method")}
    for n, payload in enumerate(pieces):
        at = [markdown[n * len(HEADINGS) + place :: PIECES * len(HEADINGS)] for place in range(len(HEADINGS))]
        sections = zip(HEADINGS, ("\n\n".join(payloads) for payloads in at), strict=True)
        text = "\n".join(f"## {heading}\n\n{_no_reference(told)}\n" for heading, told in sections)
        files[f"comparisons/theme-{n}.md"] = f"---\n{written(_comparison(n, payload, plain))}---\n\n{text}"
    return {path: text.encode() for path, text in files.items()}


def written(tree: Tree, indent: int = 0) -> str:
    """`tree` as YAML: block collections, every text in single quotes."""
    return "".join(f"{' ' * indent}{line}\n" for line in _lines(tree))


def _lines(tree: Tree) -> Iterator[str]:
    if isinstance(tree, dict):
        entries = [(f"{_quoted(key)}:", value) for key, value in tree.items()]
    else:
        entries = [("-", value) for value in tree]
    for sign, value in entries:
        if isinstance(value, str):
            yield f"{sign} {_quoted(value)}"
        elif not value:
            yield f"{sign} []"
        else:
            yield sign
            yield from (f"  {line}" for line in _lines(value))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _site(payload: str) -> Tree:
    rank: Tree = {"id": "city", "label": "市", "label_en": "City", "endings": ["市", f"州 {payload}"]}
    return {
        "title": "题目",
        "subtitle": f"副题 {payload}",
        "description": f"说明 {payload}",
        "language": "zh-Hans",
        "interface": "zh",
        "updated": "2024-06-01",
        "licence": f"许可 {payload}",
        "ranks": [rank, {"id": "town", "label": "镇", "label_en": "Town"}],
        "limits": {"phrase": "400", "summary_least": "1", "summary_most": "4000", "mention_least": "1"},
    }


def _unit(n: int, payload: str) -> Tree:
    also: list[Tree] = [f"位{n} {payload}"]
    return {"symbol": f"件{n} {payload}", "label_en": f"item {n} {payload}", "also": also}


def _percent(payload: str) -> Tree:
    return {"symbol": "百分点", "label_en": "points", "canonical": _symbol(0, payload), "factor": "1/100"}


def _symbol(n: int, payload: str) -> str:
    return f"件{n} {payload}"


def _named(id: str, n: int) -> dict[str, Tree]:
    return {"id": f"{id}-{n}", "label": f"{id}词{n}", "label_en": f"{id} {n}"}


def _term(id: str, n: int, payload: str, group: str = "all") -> dict[str, Tree]:
    said = {key: f"{key} {payload}" for key in ("definition", "use", "avoid")}
    return {**_named(id, n), "group": group, **said}


def _vocabulary(name: str, pieces: list[str]) -> Tree:
    return {
        "label": name,
        "label_en": name,
        "groups": [{"id": "all", "label": f"{name}组", "label_en": "all"}],
        "terms": [_term(name, n, payload) for n, payload in enumerate(pieces)],
    }


def _indicators(pieces: list[str], units: int) -> Tree:
    return {
        "label": "指标",
        "label_en": "Indicators",
        "groups": [{"id": "all", "label": "规模", "label_en": "Scale", "done": "true", "results": "true"}],
        "terms": [
            {**_term("indicators", n, p), "direction": "neutral", "same": [], "comparable_if": f"可比 {p}"}
            for n, p in enumerate(pieces)
        ],
    }


def _ratio(n: int, payload: str) -> Tree:
    pair = {"numerator": f"indicators-{n}", "denominator": f"indicators-{(n + 1) % PIECES}", "each": "true"}
    said = {key: f"{key} {payload}" for key in ("unit", "unit_en", "note", "note_en")}
    return {**_named("ratio", n), **pair, **said}


def _source(n: int, payload: str) -> Tree:
    said = {key: f"{key} {payload}" for key in ("producer", "author", "licence", "nature", "note")}
    article: Tree = {"title": f"第{n}篇", "lines": "L1-L2", "author": f"作者 {payload}", "published": "2020"}
    return {
        "title": f"来源{n}",
        "title_en": f"Source {n}",
        **said,
        "published": "2020-12-31",
        "accessed": "2021",
        "url": f"https://example.org/{n}?a=1&b=(2)'#x",
        "sha256": "0" * 64,
        "lines": "9",
        "characters": "100",
        "standpoint": "self",
        "articles": [article],
    }


def _omissions(n: int, payload: str) -> Tree:
    return {
        "omissions": [{"locator": "L1", "phrase": f"3 {payload}", "reason": "omissions-0", "note": f"注 {payload}"}]
    }


def _case(n: int, plain: tuple[str, ...]) -> Tree:
    payload, piece = plain[n], n % PIECES
    cited: dict[str, Tree] = {"locator": "L1", "as_stated": f"原文 {payload}"}
    coded: dict[str, Tree] = {**cited, "note": f"注 {payload}"}
    inferred: dict[str, Tree] = {"inferred": "true", "note": f"推定 {payload}"}
    taking_part: dict[str, Tree] = {"name": f"名 {payload}", "role": f"分工 {payload}", **coded}
    place: dict[str, Tree] = {"name": f"第{piece}市", "former": [f"旧名 {payload}"], "disputed": [f"又名 {payload}"]}
    part: dict[str, Tree] = {"part": f"三步 {payload}", "counts": f"numerals-{piece}", "meaning": f"含义 {payload}"}
    part |= {"items": [f"提 {payload}", f"议 {payload}"], "reported": [f"提 {payload}"], **cited}
    return {
        "name": f"案例{n}",
        "title": f"案例{n}的题目",
        "name_en": f"Case {n}",
        "kind": "case",
        "related": [f"case-{(n + 1) % len(plain)}"],
        "summary": f"摘要 {payload}",
        "summary_en": f"Summary {payload}",
        "sources": [{"source": f"source-{piece}", "locator": "L1-L9"}],
        "place": {"city": {**place, **inferred}, "town": {"name": f"第{n}镇", **coded}},
        "level": {"term": "levels-0", **coded},
        "settlement": {"term": f"settlements-{piece}", **coded},
        "status": "running",
        "started": {"date": "2018-09", **coded},
        "problems": [{"term": f"problems-{piece}", **coded}],
        "actors": [{"term": f"actors-{piece}", **taking_part}],
        "platforms": [{"term": f"platforms-{piece}", **taking_part}],
        "formulas": [
            {"slogan": f"三步 {payload}", "decoded": "full", **cited, "as_stated": f"三步 {payload}", "parts": [part],
             "note": f"注 {payload}"}
        ],
        "findings": [
            {"mechanism": f"mechanisms-{at % PIECES}", "verdict": "present", "how": f"做法 {payload}", **cited}
            for at in (n, n + 1)
        ],
        "observations": [*_observations(n, plain)],
        "honours": [
            {"title": f"称号 {payload}", "holder": f"谁 {payload}", "by": f"授予 {payload}", "date": "2021", **cited}
        ],
        "milestones": [{"event": f"启用 {payload}", "date": "2019", **cited}],
        "audits": [
            {"rule": "parts-not-reported", "about": f"三步 {payload}", "note": f"注 {payload}"},
            {"rule": f"规则 {payload}", "about": f"关于 {payload}", "note": f"注 {payload}"},
        ],
        "review": {"date": "2024-06-01", "by": f"CB {payload}"},
    }  # fmt: skip


def _observations(n: int, plain: tuple[str, ...]) -> Iterator[Tree]:
    """Two that a neighbour has as well, so that they can be compared; parts that do not add up; one absent."""
    payload = plain[n]
    for at in (n, (n + 1) % len(plain)):
        unit = _symbol(at, plain[at])
        said: dict[str, Tree] = {"counted": f"件 {payload}", "locator": "L2", "as_stated": f"{15 + n}{unit}"}
        yield {
            "indicator": f"indicators-{at % PIECES}",
            "value": str(15 + n),
            "unit": unit,
            **said,
            "note": f"注 {payload}",
        }
    mine = _symbol(n, payload)
    whole: dict[str, Tree] = {"indicator": f"indicators-{(n + 2) % PIECES}", "unit": mine, "locator": "L3"}
    yield {**whole, "value": "9", "counted": f"全部 {payload}", "as_stated": f"9{mine}", "items": [f"甲 {payload}"]}
    for number in ("4", "6"):
        part: dict[str, Tree] = {
            "counted": f"{number} {payload}",
            "part_of": f"全部 {payload}",
            "scope": f"片 {payload}",
        }
        yield {**whole, "value": number, "as_stated": f"{number}{mine}", **part}
    yield {**whole, "absent": "redacted", "as_stated": f"**** {payload}", "counted": f"缺 {payload}"}


def _no_reference(text: str) -> str:
    # Two brackets are a reference, and refused unless they are a good one.
    return text.replace("[[", "[ [").replace("]]", "] ]")


def _comparison(n: int, payload: str, plain: tuple[str, ...]) -> Tree:
    of = {f"case-{k}": plain[k] for k in range(n, len(plain), PIECES)}
    rows: dict[str, Tree] = dict.fromkeys(of, "formulas/三步/三步")
    stages: list[Tree] = [f"先 {payload}", f"后 {payload}"]
    steps: dict[str, Tree] = {id: [f"提 {told}", f"议 {told}"] for id, told in of.items()}
    paths = (f"findings/mechanisms-{n}", f"indicators-{n}", "actors", "platforms", "honours", "milestones", "formulas")
    dimensions: list[Tree] = [{"label": f"列{at}", "data": path} for at, path in enumerate(paths)]
    cells: dict[str, Tree] = {
        id: f"格 {_no_reference(told)} [[evidence:{id}/findings/mechanisms-{n}]]" for id, told in of.items()
    }
    figures: list[Tree] = [
        {
            "kind": "steps",
            "title": "步骤",
            "note": f"注 {_no_reference(payload)}",
            "rows": rows,
            "stages": stages,
            "steps": steps,
        },
        {"kind": "tiers", "title": "层级", "rows": rows},
        {
            "kind": "sets",
            "title": "集合",
            "rows": rows,
            "alike": {normalize("NFKC", f"同 {payload}"): [f"提 {t}" for t in of.values()]},
        },
        {"kind": "timeline", "title": "时间"},
    ]
    figures += [{"kind": "peers", "title": "可比的数", "indicator": "indicators-0"}] if not n else []
    return {
        "title": f"专题{n}",
        "question": f"问 {payload}",
        "question_en": f"Question {payload}",
        "order": str(n + 1),
        "cases": [*of],
        "dimensions": [*dimensions, {"label": "自己的话", "cells": cells}],
        "figures": figures,
        "review": {"date": "2024-06-01", "by": f"CB {payload}"},
    }


def texts(files: Mapping[str, bytes]) -> str:
    """All that the files say, for a look at what became of it."""
    return "\n".join(data.decode() for data in files.values())
