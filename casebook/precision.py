"""How finely a number was written: what it leaves open, and how many digits a result of it bears.

1125.14 is written to hundredths, 47.11万 to hundreds, 9万 to ten thousands. Behind 约, 近, 余 … zeros at the end say
nothing: 5800多 has two digits. A whole number that is neither is taken as counted, and limits nothing.
"""

import re
from fractions import Fraction
from math import prod

from casebook.characters import halfwidth
from casebook.quantities import ENGLISH_MULTIPLIERS, MULTIPLIERS, Quantity

MOST_DIGITS = 3
"""A result of numbers that limit nothing is not shown finer than this."""

_SCALES = MULTIPLIERS | ENGLISH_MULTIPLIERS | {"成": 10}  # 8成 is 80 %
_WRITTEN = re.compile(rf"\d[\d,]*(?:\.(\d+))?\s?((?:{'|'.join(_SCALES)})*)", re.IGNORECASE | re.ASCII)


def step(quantity: Quantity) -> Fraction:
    """What the last digit that was written is worth; 0 for a fraction, which is exact."""
    number = quantity.number
    if number is None or number.fraction or not number.high:
        return Fraction(0)
    worths = [_worth(match) for match in _WRITTEN.finditer(halfwidth(quantity.text))]
    # 千 may belong to the unit (30千克): then it is no part of the number.
    written = min((worth for worth in worths if number.high % worth == 0), default=_zeros(number.high))
    return written if quantity.bound == "exact" else max(written, _zeros(number.high))


def _worth(match: re.Match[str]) -> Fraction:
    scales = [_SCALES[word] for word in re.findall("|".join(_SCALES), match[2].lower())]
    return Fraction(prod(scales), 10 ** len(match[1] or ""))


def _zeros(value: Fraction) -> Fraction:
    """The largest power of ten that divides a number; 0 if it is not whole."""
    if value.denominator != 1:
        return Fraction(0)
    power = 1
    while value % (power * 10) == 0:
        power *= 10
    return Fraction(power)


def spread(quantity: Quantity) -> tuple[Fraction, Fraction | None]:
    """The lowest and the highest number that may be meant, in the unit of the phrase; `None` for no end.

    Raises `ValueError` where there is no number.
    """
    if quantity.number is None:
        raise ValueError("no number")
    low, high, fine = quantity.number.low, quantity.number.high, step(quantity)
    if quantity.bound in ("more-than", "at-least"):
        return low, None
    if quantity.bound in ("less-than", "at-most", "almost"):
        return Fraction(0), high
    half = Fraction(0) if quantity.bound == "exact" and fine == 1 else fine / 2
    return max(Fraction(0), low - half), high + half


def digits(quantity: Quantity, measured: bool) -> int | None:
    """How many digits are significant; `None` where it limits nothing. A `measured` whole number is no count."""
    fine = step(quantity)
    if quantity.number is None or not fine or (fine == 1 and quantity.bound == "exact" and not measured):
        return None
    return len(str(int(quantity.number.high / fine)))


def rounded(value: Fraction, figures: int) -> Fraction:
    """`value` to so many significant digits, half up."""
    if not value:
        return value
    place = Fraction(1)
    while value / place >= 10**figures:
        place *= 10
    while value / place < 10 ** (figures - 1):
        place /= 10
    return ((value / place + Fraction(1, 2)) // 1) * place
