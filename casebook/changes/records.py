"""What files say, as plain values: equal for two files that say the same, however they are written."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from pydantic import BaseModel

from casebook.corpus import Corpus, Document
from casebook.model.case import Case
from casebook.model.vocabulary import Derived, Units, Vocabulary
from casebook.yamlfile import locate

Loc = tuple[str | int, ...]
Tree: TypeAlias = Mapping[str, Any]
KINDS = "case tombstone source omissions comparison term indicator unit ratio vocabulary tilemaps site page".split()
"""What a record may be, in the order in which a reviewer reads them."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that has an id: a case, a source, a term … `line` says where a part of it stands in its file."""

    kind: str
    id: str
    path: str
    model: type[BaseModel]
    tree: Tree
    line: Callable[[Loc], int]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart from every other."""
        return self.kind, self.id


def records(corpus: Corpus, without: Collection[str] = ()) -> dict[tuple[str, str], Record]:
    """Everything that a corpus says, but for the files `without`."""
    found = [record for path, document in corpus.documents.items() for record in _of(corpus, path, document)]
    found += [
        Record("page", name, f"{name}.md", BaseModel, {"text": text}, lambda _: 1)
        for name, text in corpus.pages.items()
    ]
    return {record.key: record for record in found if record.path not in without}


def _of(corpus: Corpus, path: str, document: Document) -> Iterator[Record]:
    model, stem = document.model, PurePosixPath(path).stem
    assert isinstance(model, BaseModel)
    tree = model.model_dump()

    def lines(*above: str | int) -> Callable[[Loc], int]:
        return lambda loc: locate(document.node, (*above, *loc))[0]

    match model:
        case Vocabulary() | Units() | Derived():
            key = "terms" if isinstance(model, Vocabulary) else "units" if isinstance(model, Units) else "ratios"
            for index, item in enumerate(getattr(model, key)):
                id = f"{stem}/{tree[key][index].get('id') or tree[key][index]['symbol']}"
                kind = {"Unit": "unit", "Ratio": "ratio", "Indicator": "indicator"}.get(type(item).__name__, "term")
                yield Record(kind, id, path, type(item), tree[key][index], lines(key, index))
            order = tuple(item.get("id") or item["symbol"] for item in tree[key])
            yield Record("vocabulary", stem, path, type(model), {**tree, key: order}, lines())
        case Case():
            yield Record("case", stem, path, Case, _sourced(tree, model.sources[0].source), lines())
        case _:
            kind = "site" if path == "site.yml" else type(model).__name__.lower()
            if kind != "comparison":
                yield Record(kind, stem, path, type(model), tree, lines())
                return
            starts = {section.heading: section.line for section in corpus.sections[stem]}
            prose = {section.heading: section.text.strip("\n") for section in corpus.sections[stem]}
            in_head = lines()
            yield Record(
                kind,
                stem,
                path,
                type(model),
                {**tree, "prose": prose},
                lambda loc: starts.get(str(loc[-1]), 1) if loc[:1] == ("prose",) else in_head(loc),
            )


def _sourced(tree: Any, source: str) -> Any:
    """Claims with the source they are cited from, also where a file leaves it out: the case's first."""
    if isinstance(tree, Mapping):
        own = tree.get("source") or source
        inner = {key: _sourced(value, own) for key, value in tree.items()}
        return {**inner, "source": own} if tree.get("as_stated") else inner
    if isinstance(tree, list | tuple):
        return tuple(_sourced(item, source) for item in tree)
    return tree
