"""Words for people: the interface catalogue of one language, labels of terms, numbers and dates as they are written."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from markupsafe import Markup

from casebook.corpus import Corpus
from casebook.model.base import locator_lines
from casebook.model.vocabulary import Term
from casebook.points import Point
from casebook.quantities import Quantity
from casebook.render.escape import plain

_PLACE = re.compile(r"\{(\w+)\}")


class Words:
    """All that is said in the interface's language. `catalogue` is `templates/interface/<language>.yml`, flat."""

    def __init__(self, catalogue: Mapping[str, str], corpus: Corpus) -> None:
        self.language = corpus.site.interface
        self._catalogue = catalogue
        self._corpus = corpus

    def t(self, key: str, **values: object) -> str:
        """The phrase for `key`, its placeholders filled. Raises `KeyError` for a phrase nobody wrote."""
        # In one pass: braces in a value are no placeholder.
        return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), self._catalogue[key])

    def has(self, key: str) -> bool:
        """Whether the catalogue has this phrase."""
        return key in self._catalogue

    def of_term(self, term: Term) -> str:
        """A term's label."""
        return term.label if self.language == "zh" else term.label_en

    def either(self, text: str, text_en: str | None) -> str:
        """What an editor wrote in the interface's language, if they did."""
        return text if self.language == "zh" else text_en or text

    def label(self, vocabulary: str, id: str) -> str:
        """The label of a vocabulary's term."""
        return self.of_term(self._corpus.terms[vocabulary][id])

    def group(self, vocabulary: str, id: str) -> str:
        """The label of a vocabulary's group."""
        found = self._corpus.indicators if vocabulary == "indicators" else self._corpus.vocabularies[vocabulary]
        group = next(g for g in found.groups if g.id == id)
        return group.label if self.language == "zh" else group.label_en

    def source_title(self, id: str) -> str:
        """The title of a source."""
        source = self._corpus.sources[id]
        return source.title if self.language == "zh" else source.title_en or source.title

    def rank(self, id: str) -> str:
        """The label of a place rank."""
        rank = next(r for r in self._corpus.site.ranks if r.id == id)
        return rank.label if self.language == "zh" else rank.label_en

    def number(self, value: Fraction) -> str:
        """A number as the language writes it: 11,725 · 1.7万 · 4亿 · 99.49."""
        if self.language == "zh":
            for power, word in ((10**8, "亿"), (10**4, "万")):
                if value >= power and (value * 100 / power).denominator == 1:
                    return _decimal(value / power) + word
        return _decimal(value)

    def quantity(self, seen: Quantity) -> str:
        """A quantity with its bound and unit: 约9.12平方公里, 超4亿元."""
        if seen.number is None:
            return self.t("absent.redacted")
        low, high = self.number(seen.number.low), self.number(seen.number.high)
        if seen.number.fraction:
            amount = seen.number.text()
        else:
            amount = low if seen.number.value is not None else f"{low}–{high}"
        return self.t(f"bound.{seen.bound}", amount=self.with_unit(amount, seen.unit))

    def with_unit(self, amount: str, unit: str | None) -> str:
        """An amount and its unit, apart where the language writes them apart."""
        gap = "" if self.language == "zh" or unit in (None, "", "%") else " "
        return amount + gap + (unit or "")

    def sentences(self, parts: Iterable[str]) -> str:
        """Pieces of text in a row, with one stop between them."""
        stop = self.t("sentence.stop")
        return stop.join(part.rstrip(stop) for part in parts if part)

    def period(self, text: str) -> str:
        """A date or period as people write it: 2018年9月 · 2019年起 · 2019–2020."""
        first, slash, last = text.partition("/")
        if not slash:
            return self._date(first)
        if last == "..":
            return self.t("period.since", date=self._date(first))
        if first == "..":
            return self.t("period.until", date=self._date(last))
        return f"{self._date(first)}–{self._date(last)}"

    def _date(self, text: str) -> str:
        if self.language != "zh":
            return text
        parts = [str(int(part)) for part in text.split("-")]
        return "".join(part + unit for part, unit in zip(parts, "年月日", strict=False))

    def locator(self, locator: str) -> str:
        """A place in a source: 第 6 行, lines 21–23."""
        named = locator_lines(locator)
        key = "locator.lines" if len(named) > 1 else "locator.line"
        return self.t(key, first=named[0], last=named[-1])

    def separator(self) -> str:
        """What stands between the items of a list."""
        return self.t("list.separator")


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def amount(point: Point, words: Words) -> Markup:
    """A value as people write it, never broken across lines."""
    seen, quantity = point.observation, point.quantity
    if quantity is None or quantity.number is None:
        return Markup(plain(words.t("number.indefinite", text=seen.as_stated)))
    return nowrap(words.quantity(quantity))


def nowrap(text: str) -> Markup:
    """A number and its unit, never broken across lines."""
    return Markup('<span class="nb">{}</span>').format(plain(text))
