"""Quantities: what number a typed value or a phrase of a source states, in which unit, and how firmly.

Numbers are exact fractions in the unit that was read; 万, 亿 and the like are multiplied out (1.7万名 = 17000 名).
Nothing is converted between units. Bounds: 余 多 超过 逾 = more-than; 近 将近 = almost; 约 左右 来 = about;
以上 不少于 至少 上(万) = at-least; 不到 不足 以下 = less-than; 以内 不超过 最多 = at-most; the first one counts.

- Round words without a digit (百万人口, 千亿) are about; alone, 百 千 万 亿 need a bound or a unit (not 千头万绪).
- 数百, 几百万 state no number, only a magnitude (100, 1000000); a masked `****` states neither.
- Neighbouring digits are a range (两三天, 六七十岁, 十七八); other digits in a row are read one by one (二〇二二).
- Tenths are per cent (三成 = 30 %, 六成五 = 65 %, 七八成 = 70~80 %); ledgers have their own numerals (叁万元).
- An ordinal (第一名) has no unit. `%` and `‰` need not be listed. Units may begin with 千 or 百 (千克), never with 万.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import prod
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

Bound: TypeAlias = Literal["exact", "about", "at-least", "more-than", "less-than", "almost", "at-most"]

DIGITS: Final = {"零": 0, "〇": 0, "○": 0, "两": 2} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
NEIGHBOURS: Final = ["一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九", "一两", "两三", "三五"]
MULTIPLIERS: Final = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}  # the largest first
ENGLISH_MULTIPLIERS: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
# Words before a number, between number and unit, after both; longer ones win.
WORDS: Final[dict[Bound, tuple[str, str, str]]] = {
    "about": ("大约|约|大概|大致|≈|about|around|approximately|roughly", "来", "左右"),
    "almost": ("将近|接近|近|几乎|nearly|almost", "", ""),
    "more-than": ("超过|超出|超|突破|逾|多于|大于|高于|过|>|over|above|more than", "余|多|几", "有余|余|多"),
    "at-least": ("不少于|不低于|不小于|至少|最少|起码|上|≥|at least|no less than", "", "及以上|以上|之上"),
    "less-than": ("不到|不足|不满|未满|未达|少于|低于|小于|<|less than|fewer than|under|below", "", "以下|之下"),
    "at-most": ("不超过|未超过|不多于|不高于|不大于|至多|最多|≤|at most|up to|no more than", "", "及以下|以内|之内|内"),
}
BOUND_OF: Final = {word: bound for bound, places in WORDS.items() for each in places for word in each.split("|")}
# Where one of them is a part of another word (节约, 附近, 来自, 内部): what may not stand beside it.
NOT_AFTER: Final = {"约": "节签预违履一", "近": "附最临靠邻", "过": "通经不", "上": "以网线晚早手加"}
NOT_BEFORE: Final = {"来": "自访电信源到", "内": "部外容设涵存在地资涝"}
ROUND_ONLY: Final = "上过"  # bounds only right before 百 千 万 亿: 上万, 过百万
# Words that begin like a unit or like a number and are neither; 3个小时 counts 小时.
NOT_UNITS: Final = ("户籍", "户口", "人均", "条件", "项目", "年轻", "年级", "家庭", "家长", "级别", "名称", "分之")
NOT_NUMBERS: Final = (
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![0-9])",  # dates, times of day
    r"十[一二三四五六]五(?![岁天个人名])",  # five-year plans
    r"统一|唯一|之一|进一步|一(?:定|致|些|样|直|般|体|旦|律|切|线|同)|零(?:售|散|星|碎|工)",
)
AFTER_GE: Final = ("小时", "月", "工作日", "百分点")
PARTS: Final = {Fraction(100): "%", Fraction(1000): "‰"}  # 百分之 千分之
# 三成员, 一成不变; but 五成群众
NOT_TENTHS: Final = "员立为功果效熟长年本都就绩品交人型套因份分片线网链章文图建体规批百千见了其之真不色对双"
LEDGER: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# A digit and a multiplier at least; 伍 and 陆 also end everyday words (队伍, 大陆).
LEDGER_NUMBER: Final = r"(?<![队大内登])[壹贰叁肆伍陆柒捌玖][拾佰仟万亿][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*"
HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．，％／＊＞＜", "0123456789.,%/*><")
ROUND: Final = "百千万亿"
SPACE: Final = r"[ \t\u00a0\u2009\u3000]?"
ARABIC: Final = r"(?<![0-9A-Za-z.])(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,9})?(?![0-9]|\.[0-9])"
DIGIT: Final = "".join(DIGITS)
RANGE: Final = "(?:[-~～〜－–—―]{1,2}|至|到|to)"
TYPED: Final = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?"
NUMBER_PATTERN: Final = rf"^(?:{TYPED}(?:[-~～–—至]{TYPED})?|[1-9][0-9]{{0,14}}/[1-9][0-9]{{0,14}})$"


@dataclass(frozen=True, slots=True)
class Number:
    """One number, or the range from `low` to `high`; never negative. `fraction`: written as 2/3, and shown so."""

    low: Fraction
    high: Fraction
    fraction: bool = field(default=False, compare=False)

    @property
    def value(self) -> Fraction | None:
        """The number; None for a range."""
        return self.low if self.low == self.high else None

    def text(self) -> str:
        """Canonical text, which `parse_number` reads back: `11725`, `99.49`, `30~40`, `2/3`."""
        return "~".join(_decimal(end, self.fraction) for end in dict.fromkeys((self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Quantity:
    """What `phrase[start:end]` states: a number or only a `magnitude` (数百); neither when it is masked (`****`)."""

    number: Number | None
    bound: Bound
    unit: str | None
    text: str
    start: int
    end: int
    magnitude: Fraction | None = None


def _decimal(value: Fraction, fraction: bool) -> str:
    top, under = value.as_integer_ratio()
    places = next((n for n in range(41) if 10**n % under == 0), None)
    if places is None or (fraction and under > 1):
        return f"{top}/{under}"
    digits = str(top * 10**places // under).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def parse_number(text: str) -> Number:
    """The number an editor typed: `11725`, `99.49`, `30~40` (also with another dash or 至), `2/3`.

    Raises ValueError for anything else, also for full-width digits, leading zeros and ranges that do not rise.
    """
    ends = [Fraction(end) for end in re.split("[-~～–—至]", text)] if re.fullmatch(NUMBER_PATTERN[1:-1], text) else []
    if not ends or ends != sorted(set(ends)):
        raise ValueError(f"not a number: {text!r}")
    return Number(ends[0], ends[-1], fraction="/" in text)


def _typed_number(text: str) -> str:
    try:
        parse_number(text)
    except ValueError:
        raise PydanticCustomError("not-a-number", "a number, a range or a fraction") from None
    return text


NumberText = Annotated[str, AfterValidator(_typed_number), Field(json_schema_extra={"pattern": NUMBER_PATTERN})]


def _product(text: str) -> int:
    return prod((MULTIPLIERS | ENGLISH_MULTIPLIERS)[word] for word in re.findall("[a-z]+|[十百千万亿]", text.lower()))


def _structured(text: str) -> int | None:
    """A number of digits and multipliers (一千二百三十四, 一万五, 百万); None when it is not well formed."""
    for sign, factor in MULTIPLIERS.items():
        left, found, right = text.rpartition(sign)
        if found:
            times = _structured(left or "一") if left or not right or factor == 10 else None
            short = right in DIGITS and factor > 10  # 一万五 = 15000
            rest = DIGITS[right] * factor // 10 if short else _structured(right.lstrip("零〇○") or "零")
            if times is None or rest is None or rest >= factor or not 0 < times < (factor if factor > 1000 else 10):
                return None
            return times * factor + rest
    return DIGITS.get(text)


def _ends(text: str) -> tuple[Fraction, Fraction] | None:
    """Low and high of one number as written; None when it is not well formed."""
    if text[0].isascii():
        parts = [(Fraction(n.replace(",", "")), _product(words)) for n, words in re.findall(r"([\d,.]+)(\D*)", text)]
        falling = all(n * factor < above for (_, above), (n, factor) in pairwise(parts))  # 1亿2000万, not 10万20万
        return (sum((n * factor for n, factor in parts), Fraction(0)),) * 2 if falling else None
    whole, _, rest = text.partition("点")
    decimals = rest.rstrip(ROUND)
    tail, factor = "".join(str(DIGITS[sign]) for sign in decimals) or "0", _product(rest[len(decimals) :])
    pairs = [i for i in range(len(whole) - 1) if whole[i : i + 2] in NEIGHBOURS]
    for a, b in [(whole, whole)] + [(whole[: i + 1] + whole[i + 2 :], whole[:i] + whole[i + 1 :]) for i in pairs]:
        low, high = _structured(a), _structured(b)
        if low is not None and high is not None:
            return Fraction(f"{low}.{tail}") * factor, Fraction(f"{high}.{tail}") * factor
    digitwise = not rest and all(sign in DIGITS and sign != "两" for sign in whole)
    return (Fraction("".join(str(DIGITS[sign]) for sign in whole)),) * 2 if digitwise else None


def _any(place: int, not_before: dict[str, str]) -> str:
    def guarded(word: str) -> str:
        before = NOT_AFTER.get(word, "A-Za-z" if word.isascii() else "")
        after = f"(?=[{ROUND}])" if word in ROUND_ONLY else f"(?![{not_before[word]}])" if word in not_before else ""
        return (f"(?<![{before}])" if before else "") + re.escape(word) + after

    every = [word for places in WORDS.values() for word in places[place].split("|") if word]
    return f"(?i:{'|'.join(map(guarded, sorted(every, key=len, reverse=True)))})"


@lru_cache(maxsize=16)
def _grammar(units: frozenset[str]) -> tuple[dict[str, str], re.Pattern[str]]:
    """The listed units by the letters that are matched, and the pattern of a quantity."""
    listed = {"%": "%", "‰": "‰"} | {unit.translate(HALF_WIDTH): unit for unit in sorted(units) if unit}
    listed = {"个" + unit: unit for unit in AFTER_GE if unit in listed} | listed
    longest = sorted(listed, key=lambda unit: (-len(unit), unit))
    never = "|".join(word for word in NOT_UNITS if not any(unit.startswith(word) for unit in listed))
    whole = "|".join(re.escape(u) + ("(?![A-Za-z])" if re.search("[A-Za-z]$", u) else "") for u in longest)
    unit = f"(?!{never or '(?!)'})(?:{whole})"
    kilo = f"(?!{'|'.join(['百分点', *(re.escape(u) for u in longest if u[0] in '百千' and len(u) > 1)])})"
    times = rf"(?:万|亿|(?<![0-9]{{3}}){kilo}[百千]|(?i:{'|'.join(ENGLISH_MULTIPLIERS)})(?![A-Za-z])){{1,3}}"
    chinese = rf"(?:{kilo}[{DIGIT}十{ROUND}]){{1,40}}+(?:点[{DIGIT}]{{1,15}}+[万亿]{{0,2}})?"
    number = rf"(?>{ARABIC}(?:{SPACE}{times}{ARABIC}){{0,3}}(?:{SPACE}{times})?|{chinese})"
    upto = rf"(?:(?P<inner>{unit}|成)?{SPACE}{RANGE}{SPACE}(?:(?P=over)分之)?(?P<high>{number})(?!分之))?"
    before = rf"(?:(?P<before>{_any(0, {})})[为有占达了共计]{{0,2}}{SPACE})?(?P<ordinal>第)?"
    between = rf"(?:(?P<between>{_any(1, NOT_BEFORE)})(?P<times>[万亿]{{1,2}})?)?"
    after = rf"(?:{SPACE}(?P<after>{_any(2, NOT_BEFORE | {'多': '元样种层方网格部个家名项'})}))?"  # not 五个多元主体
    core = (
        r"(?P<mask>(?<![0-9*])[0-9*]*\*{3}[0-9*]*[万亿]{0,2})",
        rf"(?<![总人户次件个项指系基分])[几数](?P<vague>{kilo}[十{ROUND}]{{1,3}}+)",
        r"(?P<fraction>(?<![0-9A-Za-z./])[0-9]{1,15}/[1-9][0-9]{0,14}(?![0-9/]))",
        rf"(?:(?P<over>{number})分之)?(?P<low>{number}){upto}",
    )
    tenths = rf"(?P<tenths>成)(?![{NOT_TENTHS}]|群(?!众))(?:(?P<half>半|[{DIGIT}](?![{DIGIT}十{ROUND}个])))?"
    rest = rf"(?(ordinal)|{between}(?:{SPACE}(?P<unit>{unit})|{tenths}|(?![A-Za-z])){after})"
    return listed, re.compile(f"{'|'.join(NOT_NUMBERS)}|{before}(?:{'|'.join(core)}){rest}", re.ASCII)


def _range(match: re.Match[str]) -> tuple[Fraction, Fraction] | None:
    low, high = _ends(match["low"]), _ends(match["high"] or match["low"])
    if low is None or high is None or match["inner"] not in (None, match["unit"], match["tenths"]):
        return None
    if not match["high"]:
        return low
    counted = re.search(f"[{ROUND}A-Za-z]", match["low"])  # else 3至5万 = 30000~50000
    shared = 1 if counted else _product(re.findall(f"[^0-9十{DIGIT}]*$", match["high"])[0])
    start = low[0] * shared if low[0] * shared < high[0] else low[0]
    return (start, high[1]) if start < high[1] else None


def _read(match: re.Match[str], phrase: str, listed: dict[str, str]) -> Quantity | None:
    """What a match states; None when it is a word that is no number, or not well formed."""
    words = [match[name].lower() for name in ("before", "between", "after") if match[name]]
    low, unit, number = match["low"], listed.get(match["unit"] or ""), None
    magnitude = Fraction(_product(match["vague"])) if match["vague"] else None
    digitless = magnitude or (low and not match["over"] and not match["high"] and not low.strip(ROUND))
    if match["fraction"]:
        number = Number(Fraction(match["fraction"]), Fraction(match["fraction"]), fraction=True)
    elif low:
        ends, over = _range(match), _ends(match["over"] or "1")
        if ends is None or over is None or not over[0] or (digitless and len(low) == 1 and not words and not unit):
            return None
        if match["tenths"]:
            hundredths = DIGITS.get(match["half"] or "零", 5)
            ends, unit = (ends[0] * 10 + hundredths, ends[1] * 10 + hundredths), "%"
        sign = PARTS.get(over[0], "")
        scale = _product(match["times"] or "") / (Fraction(1) if sign else over[0])
        unit, number = listed.get(sign, unit), Number(ends[0] * scale, ends[1] * scale, fraction=scale.denominator > 1)
    elif not match["mask"] and not magnitude:
        return None
    bound: Bound = BOUND_OF[words[0]] if words else "about" if digitless else "exact"
    return Quantity(number, bound, unit, phrase[match.start() : match.end()], match.start(), match.end(), magnitude)


def find_quantities(phrase: str, units: Collection[str]) -> list[Quantity]:
    """Every quantity of any text, left to right; `units` are the symbols that are read as one (the longest wins)."""
    return list(_find(phrase, frozenset(units)))


@lru_cache(maxsize=16384)  # a phrase is asked for by several rules, and by every figure drawn from it
def _find(phrase: str, units: frozenset[str]) -> tuple[Quantity, ...]:
    listed, pattern = _grammar(units)
    plain, position = re.sub(LEDGER_NUMBER, lambda found: found[0].translate(LEDGER), phrase.translate(HALF_WIDTH)), 0
    found: list[Quantity] = []
    while match := pattern.search(plain, position):
        quantity = _read(match, phrase, listed)
        if quantity is None and match["high"]:  # no range after all (2020-12, 4日-1月): only what stands before it
            match = pattern.match(plain, match.start(), match.start("high")) or match
            quantity = _read(match, phrase, listed)
        found += [quantity] if quantity else []
        position = match.end()
    return tuple(found)


def agrees(typed: str, unit: str | None, phrase: str, units: Collection[str]) -> Quantity | None:
    """The first quantity with the typed number and unit (if given), else without a unit; ValueError for no number."""
    wanted = parse_number(typed)
    same = [q for q in find_quantities(phrase, units) if q.number == wanted]
    return next(iter([q for q in same if unit in (None, q.unit)] + [q for q in same if q.unit is None]), None)
