"""The data behind the case list and the matrix: compact scripts that pages load from disk or server alike."""

import hashlib
import json
from collections.abc import Iterable

from casebook.analyse import Results
from casebook.analyse.facets import VOCABULARY, Facet
from casebook.analyse.places import place_path
from casebook.analyse.sorting import figures
from casebook.corpus import Corpus
from casebook.render.site_file import SiteFile
from casebook.render.words import Words

SHARD = 2000
MARK = {"present": "3", "planned": "2", "mentioned": "1"}


def explorer_files(corpus: Corpus, results: Results, words: Words) -> tuple[str, list[SiteFile]]:
    """(folder, files): one `facets.js` and shards of up to 2,000 cases, in a folder named by their content."""
    head = {
        "facets": [_facet(f, words) for f in results.facets],
        "sorts": {
            id: [column, -1 if descending else 1]
            for column, sorting in enumerate(results.sortings)
            for id, descending in sorting.choices
        },
        "mechanisms": _mechanisms(corpus, words),
    }
    rows = [_row(corpus, results, words, id) for id in results.order]
    shards = [rows[start : start + SHARD] for start in range(0, len(rows), SHARD)]
    texts = {"facets.js": script("casebookExplore.head", {**head, "shards": len(shards)})}
    for index, shard in enumerate(shards):
        texts[f"cases-{index}.js"] = script("casebookExplore.cases", index, shard)
    digest = hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:10]
    folder = f"assets/explore-{digest}/"
    return folder, [SiteFile(folder + name, text) for name, text in texts.items()]


def script(call: str, *arguments: object) -> str:
    """A script that hands its data to a function: JSON that cannot end the script it stands in."""
    shown = (json.dumps(a, ensure_ascii=False, separators=(",", ":")) for a in arguments)
    safe = ",".join(shown).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{call}({safe});\n"


def facet_label(facet: str, value: str, label: str, words: Words) -> str:
    """The words for one choice of a facet."""
    if label:
        return label
    if facet in VOCABULARY:
        return words.label(VOCABULARY[facet], value)
    if facet == "source":
        return words.source_title(value)
    return words.t(f"{facet}.{value}")


def _facet(facet: Facet, words: Words) -> dict[str, object]:
    values = [[v.id, facet_label(facet.id, v.id, v.label, words), v.depth] for v in facet.values]
    label = words.t(f"facet.{facet.id}")
    return {"id": facet.id, "label": label, "several": facet.several, "values": values}


def _mechanisms(corpus: Corpus, words: Words) -> list[dict[str, object]]:
    vocabulary = corpus.vocabularies["mechanisms"]
    groups: Iterable[tuple[str, str]] = [(g.id, words.group("mechanisms", g.id)) for g in vocabulary.groups] or [
        ("", "")
    ]
    return [
        {
            "id": id,
            "label": label,
            "terms": [[t.id, words.of_term(t)] for t in vocabulary.terms if (t.group or "") == id],
        }
        for id, label in groups
    ]


def told(corpus: Corpus, words: Words, id: str) -> tuple[str, str]:
    """What stands below a case's name in the list: where it is, and what there is of it."""
    case = corpus.cases[id]
    ranks = place_path(corpus, case)
    since = "explore.since-inferred" if case.started.inferred else "period.since"
    there = [
        words.t(f"kind.{case.kind}"),
        *([words.t(since, date=words.period(case.started.date))] if case.started.date else []),
        words.t("explore.has", mechanisms=len(case.findings), numbers=figures(case)),
    ]
    return " ".join(name for _, name in ranks), " · ".join(there)


def _row(corpus: Corpus, results: Results, words: Words, id: str) -> list[object]:
    """[id, name, title, place, kind and amounts, verdicts (one digit a mechanism), keys to sort by, facet values]"""
    case = corpus.cases[id]
    verdict = {finding.mechanism: MARK[finding.verdict] for finding in case.findings}
    return [
        *(id, case.name, case.title, *told(corpus, words, id)),
        "".join(verdict.get(term, "0") for term in corpus.terms["mechanisms"]),
        [sorting.keys[id] for sorting in results.sortings],
        [list(facet.of_case[id]) for facet in results.facets],
    ]
