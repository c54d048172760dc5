"""A record of either side in words: labels of keys and terms, values with their units, evidence with its source."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.changes.align import EVIDENCE, called
from casebook.changes.records import Loc, Record, Tree
from casebook.corpus import Corpus
from casebook.keys import fields_at, model_at, refers_at
from casebook.render.words import Words

Fields = Mapping[str, Mapping[str, str]]
"""What keys are called: `templates/interface/fields.yml`."""

# Which phrases name the choices of a key.
CHOICES = ("kind", "verdict", "decoded", "absent", "direction", "standpoint", "status")


class Describer:
    """What one side says, in the language of the report. Ids that nothing explains are shown as they are."""

    def __init__(self, corpus: Corpus, words: Words, fields: Fields) -> None:
        self._corpus, self._words, self._fields = corpus, words, fields

    def name(self, record: Record) -> str:
        """What a record is called."""
        tree = record.tree
        if record.kind == "omissions":
            return self._reference("sources", record.id)
        for key in ("name", "label", "title"):
            if tree.get(key):
                return self._words.either(str(tree[key]), tree.get(f"{key}_en"))
        return str(tree.get("symbol") or record.id)

    def title(self, record: Record, loc: Loc) -> list[str]:
        """Where a part stands in its record: the list, and what the item in it is called."""
        found: list[str] = []
        here: Any = record.tree
        for depth, step in enumerate(loc):
            here = here[step]
            at = loc[: depth + 1]
            found.append(self.label(record, at) if isinstance(step, str) else self._item(record, at, here))
        return found

    def _item(self, record: Record, loc: Loc, item: Tree) -> str:
        key = str(loc[-2])
        name = called(key, item)
        kinds = filter(None, (refers_at(record.model, (*loc, inner)) for inner in ("mechanism", "indicator", "term")))
        kind = next(kinds, "sources" if key == "sources" else "")
        told = [self._reference(kind, name) if kind else name]
        told += [str(item[inner]) for inner in ("counted", "name", "about") if item.get(inner) and item[inner] != name]
        return " · ".join(told)

    def label(self, record: Record, loc: Loc) -> str:
        """What the key at the end of a path is called."""
        key, above = str(loc[-1]), loc[:-1]
        if above and above[-1] == "place":
            ranks = {rank.id: rank for rank in self._corpus.site.ranks}
            return self._words.rank(key) if key in ranks else key
        if self._words.has(f"diff.key.{key}"):
            return self._words.t(f"diff.key.{key}")
        if key not in fields_at(record.model, above):  # a mapping with keys of its own, by case or by heading
            return self._reference("cases", key)
        model = model_at(record.model, above)
        said = self._fields.get(f"{model.__name__}.{key}" if model else key) or self._fields.get(key)
        return said["title"] if said and self._words.language == "zh" else key.replace("_", " ")

    def value(self, record: Record, loc: Loc, value: object, beside: Tree) -> str:
        """One value; a number with the unit `beside` it."""
        t = self._words.t
        if value is None or value in ((), {}, ""):
            return t("diff.nothing")
        if isinstance(value, bool):
            return t("diff.yes" if value else "diff.no")
        if isinstance(value, Mapping):
            told = self.values(record, loc, value)
            return self._words.separator().join(f"{label} {text}" for label, text in told)
        if isinstance(value, tuple | list):
            return self._words.separator().join(self.value(record, loc, item, beside) for item in value)
        key, text = str(loc[-1]), str(value)
        if key == "value":
            return self._words.with_unit(text, beside.get("unit"))
        for phrase in self._choices(record, loc):
            if key in CHOICES and self._words.has(f"{phrase}.{text}"):
                return self._words.t(f"{phrase}.{text}")
        kind = refers_at(record.model, loc)
        named = self._reference(kind, text) if kind else text
        return text if named == text else f"{named} ({text})"

    def _choices(self, record: Record, loc: Loc) -> Iterator[str]:
        """How the phrases of a choice begin: those of its model first."""
        model = model_at(record.model, loc[:-1])
        yield f"{model.__name__.lower() if model else ''}-{loc[-1]}"
        yield str(loc[-1])

    def values(self, record: Record, loc: Loc, tree: Tree) -> list[tuple[str, str]]:
        """(label, text) of everything that a mapping says but its evidence."""
        claim = bool(tree.get("as_stated"))
        told = ((key, value) for key, value in tree.items() if value not in (None, (), {}, "", False))
        return [
            (self.label(record, (*loc, key)), self.value(record, (*loc, key), value, tree))
            for key, value in told
            if not (claim and key in EVIDENCE)
        ]

    def evidence(self, tree: Tree | None) -> str:
        """Source, lines and phrase of a claim; nothing where there is none."""
        if not tree or not tree.get("as_stated"):
            return ""
        where = self._words.locator(tree["locator"]) if tree.get("locator") else ""
        source = self._reference("sources", str(tree.get("source") or ""))
        return " · ".join(filter(None, (source, where, self._words.t("diff.phrase", text=tree["as_stated"]))))

    def _reference(self, kind: str, id: str) -> str:
        """What an id stands for."""
        if kind == "cases":
            return self._corpus.cases[id].name if id in self._corpus.cases else id
        if kind == "sources":
            return self._words.source_title(id) if id in self._corpus.sources else id
        term = self._corpus.terms.get(kind, {}).get(id)
        return self._words.of_term(term) if term else id
