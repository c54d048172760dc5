"""The data behind the case list and the matrix: compact scripts that pages load from disk or server alike."""

import hashlib
import json
from collections.abc import Iterable

from casebook.analyse import Results
from casebook.analyse.facets import Facet
from casebook.analyse.places import place_path
from casebook.corpus import Corpus
from casebook.render.site_file import SiteFile
from casebook.render.words import Words

SHARD = 2000
MARK = {"present": "3", "planned": "2", "mentioned": "1"}


def explorer_files(corpus: Corpus, results: Results, words: Words) -> tuple[str, list[SiteFile]]:
    """(folder, files): one `facets.js` and shards of up to 2,000 cases, in a folder named by their content."""
    head = {"facets": [_facet(f, words) for f in results.facets], "mechanisms": _mechanisms(corpus, words)}
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
    shown = (json.dumps(a, ensure_ascii=False, separators=(",", ":"), sort_keys=False) for a in arguments)
    safe = ",".join(shown).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{call}({safe});\n"


def facet_label(facet: str, value: str, label: str, words: Words) -> str:
    """The words for one choice of a facet."""
    if label:
        return label
    vocabulary = {"level": "levels", "settlement": "settlements", "mechanism": "mechanisms"}.get(facet)
    if vocabulary:
        return words.label(vocabulary, value)
    if facet == "source":
        return words.source_title(value)
    return words.t(f"{facet}.{value}")


def _facet(facet: Facet, words: Words) -> dict[str, object]:
    values = [[v.id, facet_label(facet.id, v.id, v.label, words), v.depth] for v in facet.values]
    return {"id": facet.id, "label": words.t(f"facet.{facet.id}"), "values": values}


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


def _row(corpus: Corpus, results: Results, words: Words, id: str) -> list[object]:
    """[id, name, title, place, kind, verdicts (one digit a mechanism), numbers, facet values]"""
    case = corpus.cases[id]
    verdict = {finding.mechanism: MARK[finding.verdict] for finding in case.findings}
    place = " ".join(name for _, name in place_path(corpus, case)[1:]) or place_path(corpus, case)[0][1]
    return [
        id,
        case.name,
        case.title,
        place,
        words.t(f"kind.{case.kind}"),
        "".join(verdict.get(term, "0") for term in corpus.terms["mechanisms"]),
        len(case.observations),
        [list(facet.of_case[id]) for facet in results.facets],
    ]
