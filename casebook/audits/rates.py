"""Rates: against their own terms, against the whole, against a base too small for them.

The terms of a rate are looked for where it stands: numbers of the indicators that its indicator names, in the same
passage. A rate is right if any two of them yield it, rounded or cut off.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from math import ceil

from casebook.audits.discrepancy import Amount, Discrepancy, Said, amount, beside, discrepancy, measured, stated
from casebook.corpus import Corpus
from casebook.model.vocabulary import Indicator
from casebook.points import Point
from casebook.precision import step

PERCENT = "%"
Band = tuple[Fraction, Fraction | None]


def rate_and_terms(corpus: Corpus) -> Iterator[Discrepancy]:
    """A rate is its numerator divided by its denominator, as finely as it is given."""
    for rate, term, near in _rates(corpus):
        tops, bases = _meant(rate, _of(near, term.numerator)), _of(near, term.denominator)
        pairs = [(top, base) for top in tops for base in bases if top is not base and base.low]
        if not pairs or any(_yields(rate, top.spread, base.spread) for top, base in pairs):
            continue
        top, base = min(pairs, key=lambda pair: abs(_share(*pair) - _middle(rate)))
        values: dict[str, Said] = {
            "rate": stated(rate),
            "share": _finer(_share(top, base), rate),
            "numerator": amount(top),
            "denominator": amount(base),
        }
        yield discrepancy(corpus, [rate, top, base], values)


def share_beyond_whole(corpus: Corpus) -> Iterator[Discrepancy]:
    """A share of a whole is not more than the whole."""
    for rate, term, near in _rates(corpus):
        if term.share and rate.low is not None and rate.low > 100:
            tops, bases = _meant(rate, _of(near, term.numerator)), _of(near, term.denominator)
            found = [(a, b) for a in tops for b in bases if a is not b and _yields(rate, a.spread, b.spread)]
            terms = list(found[0]) if found else []
            values: dict[str, Said] = {"rate": stated(rate), "excess": Amount(rate.low - 100, PERCENT)}
            if terms:
                values |= {"numerator": amount(terms[0]), "denominator": amount(terms[1])}
            yield discrepancy(corpus, [rate, *terms], values, "terms" if terms else "")


def base_too_small(corpus: Corpus) -> Iterator[Discrepancy]:
    """A rate is one that whole numbers can yield on the base that stands beside it, counted as all or as those met."""
    for rate, term, near in _rates(corpus):
        bases = _of(near, term.denominator)
        if bases and not term.numerator and not any(_possible(rate, base.spread) for base in bases):
            values: dict[str, Said] = {"rate": stated(rate), "least": Amount(_least(rate), bases[0].unit or "")}
            yield discrepancy(corpus, [rate, bases[0]], values | {"base": stated(bases[0])})


def count_not_whole(corpus: Corpus) -> Iterator[Discrepancy]:
    """A round rate without a stated numerator is a whole number of its base: nobody counts in pieces."""
    for rate, term, near in _rates(corpus):
        bases = [p for p in _of(near, term.denominator) if p.exact and p.value is not None and p.value.denominator == 1]
        round_share = rate.exact and _middle(rate).denominator == 1 and _middle(rate) <= 100
        if term.numerator or not bases or not round_share:
            continue
        base = max(bases, key=_middle)
        count = _middle(base) * _middle(rate) / 100
        if count.denominator != 1:
            nearest = (count + Fraction(1, 2)) // 1
            values: dict[str, Said] = {
                "rate": stated(rate),
                "base": stated(base),
                "count": Amount(count, base.unit or ""),
                "nearest": Amount(Fraction(nearest), base.unit or ""),
                "share": Amount(_rounded(nearest / _middle(base) * 100, Fraction(1, 100)), PERCENT),
            }
            yield discrepancy(corpus, [rate, base], values)


def _rates(corpus: Corpus) -> Iterator[tuple[Point, Indicator, list[Point]]]:
    """(rate, its indicator, the numbers in its passage) of every percentage."""
    for _, _, points in measured(corpus):
        for point in points:
            if point.unit == PERCENT:
                yield point, corpus.indicator(point.observation.indicator), beside(corpus, point, points)


def _of(points: list[Point], indicators: Collection[str]) -> list[Point]:
    return [point for point in points if point.observation.indicator in indicators]


def _meant(rate: Point, tops: list[Point]) -> list[Point]:
    """Of the possible numerators those that the rate names, by its scope and then by what it counts."""
    tops = [top for top in tops if top.observation.scope == rate.observation.scope] or tops
    counted = rate.observation.counted or ""
    return [top for top in tops if top.observation.counted and top.observation.counted in counted] or tops


def _middle(point: Point) -> Fraction:
    assert point.value is not None
    return point.value


def _share(top: Point, base: Point) -> Fraction:
    return _middle(top) / _middle(base) * 100


def _band(rate: Point) -> Band:
    """What a rate stands for: rounded or cut off at its last digit."""
    assert rate.quantity is not None
    if rate.quantity.bound not in ("exact", "about"):
        return rate.spread
    fine = step(rate.quantity)
    return _middle(rate) - fine / 2, _middle(rate) + fine


def _yields(rate: Point, top: Band, base: Band) -> bool:
    """Whether a rate can be the one of these terms, whatever they leave open."""
    low, high = _band(rate)
    least = Fraction(0) if base[1] is None else top[0] / base[1] * 100
    most = None if top[1] is None or not base[0] else top[1] / base[0] * 100
    return (high is None or least <= high) and (most is None or most >= low)


def _possible(rate: Point, base: Band) -> bool:
    """Whether whole numbers yield a rate if the base, or the number of those met, lies between these."""
    low, high = _band(rate)
    if base[1] is None or high is None or base[1] * (high - low) >= 100:
        return True
    return any(_met(n, low, high) or _all(n, low, high) for n in range(max(1, ceil(base[0])), int(base[1]) + 1))


def _met(base: int, low: Fraction, high: Fraction) -> bool:
    """Whether some whole number of `base` is a rate from `low` up to below `high`."""
    return Fraction(ceil(base * low / 100), base) * 100 < high


def _all(met: int, low: Fraction, high: Fraction) -> bool:
    """Whether `met` of some whole number is such a rate."""
    base = met * 100 // low if low else met
    return Fraction(met, int(base)) * 100 < high if base else False


def _least(rate: Point) -> Fraction:
    """The smallest base on which whole numbers yield a rate."""
    low, high = _band(rate)
    base = 1
    while high is not None and not _met(base, low, high):
        base += 1
    return Fraction(base)


def _finer(value: Fraction, rate: Point) -> Amount:
    """A percentage, one digit finer than the rate it is set against."""
    assert rate.quantity is not None
    return Amount(_rounded(value, step(rate.quantity) / 10), PERCENT)


def _rounded(value: Fraction, place: Fraction) -> Fraction:
    return (value / place + Fraction(1, 2)) // 1 * place
