"""Quantities: the numbers, bounds and units that Chinese reports write, and what agrees with a typed value."""

import re
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from casebook.quantities import Number, NumberText, Quantity, agrees, find_quantities, parse_number

COUNTED = [*"人名户家支件宗条个次场项处辆篇级种株元岁年月日天亩"]
UNITS = [
    *COUNTED,
    "人次",
    "个次",
    "场次",
    "小时",
    "分钟",
    "公顷",
    "平方米",
    "平方公里",
    "千克",
    "百分点",
    "people",
    "km",
]

HIDDEN = "****"


def shown(quantity: Quantity) -> tuple[str, str, str | None]:
    """Value, bound and unit as the tables below write them: `~100` is a mere magnitude."""
    if quantity.number is not None:
        value = quantity.number.text()
    else:
        value = HIDDEN if quantity.magnitude is None else f"magnitude {quantity.magnitude}"
    return value, quantity.bound, quantity.unit


FORMS = [
    # plain numbers
    ("户籍人口11725人", "11725", "exact", "人"),
    ("耕地1702.5亩", "1702.5", "exact", "亩"),
    ("整治乱象20590宗", "20590", "exact", "宗"),
    ("检查工地1985个次", "1985", "exact", "个次"),
    ("群众8660人次", "8660", "exact", "人次"),
    ("小板凳议事会11场次", "11", "exact", "场次"),
    ("解决全市301 个村级组织", "301", "exact", "个"),
    ("建设用地面积 63.92公顷", "63.92", "exact", "公顷"),
    ("村级福利会205家(个)", "205", "exact", "家"),
    ("打造“24节气”主题小花园", "24", "exact", None),
    ("参与共建３００人", "300", "exact", "人"),
    ("注册用户3,000人", "3000", "exact", "人"),
    ("注册用户１２，３４５，６７８人", "12345678", "exact", "人"),
    ("5千克", "5", "exact", "千克"),
    ("提高5个百分点", "5", "exact", "百分点"),
    ("服务3个小时", "3", "exact", "小时"),
    ("5km", "5", "exact", "km"),
    # 万, 亿, 千
    ("约有1.7万名队员", "17000", "about", "名"),
    ("投入超过4亿元", "400000000", "more-than", "元"),
    ("年育苗3300万株", "33000000", "exact", "株"),
    ("累计服务时长超过969万小时", "9690000", "more-than", "小时"),
    ("查处治理394.81万平方米", "3948100", "exact", "平方米"),
    ("流转3.2 万亩", "32000", "exact", "亩"),
    ("为企业减负141.9亿元", "14190000000", "exact", "元"),
    ("投资1亿2000万元", "120000000", "exact", "元"),
    ("3万5千人", "35000", "exact", "人"),
    ("5千万元", "50000000", "exact", "元"),
    ("在拥有24万流动人口", "240000", "exact", None),
    # per cent, per mille
    ("处结率为99.49%", "99.49", "exact", "%"),
    ("覆盖率119.01%", "119.01", "exact", "%"),
    ("满意度９５％", "95", "exact", "%"),
    ("发案率3‰", "3", "exact", "‰"),
    ("组织意图百分之百实现", "100", "exact", "%"),
    ("百分之九十九点五", "99.5", "exact", "%"),
    ("千分之三", "3", "exact", "‰"),
    # tenths, which are per cent
    ("近三成居民", "30", "almost", "%"),
    ("占八成以上", "80", "at-least", "%"),
    ("超过9成", "90", "more-than", "%"),
    ("五成群众", "50", "exact", "%"),
    ("六成五", "65", "exact", "%"),
    ("三成半左右", "35", "about", "%"),
    ("七八成", "70~80", "exact", "%"),
    ("三成至五成的村", "30~50", "exact", "%"),
    ("3至5成", "30~50", "exact", "%"),
    ("由十三成员组成", "13", "exact", None),
    # numerals of ledgers
    ("叁万元", "30000", "exact", "元"),
    ("壹拾贰万叁仟元整", "123000", "exact", "元"),
    ("队伍万余人", "10000", "more-than", "人"),
    # fractions
    ("队伍里,2/3是党员", "2/3", "exact", None),
    ("三分之二", "2/3", "exact", None),
    ("近四分之一", "1/4", "almost", None),
    ("3分之2以上", "2/3", "at-least", None),
    # bounds before
    ("流动人口近2万人", "20000", "almost", "人"),
    ("将近400次", "400", "almost", "次"),
    ("总面积约9.12平方公里", "9.12", "about", "平方公里"),
    ("常住人口约为1.5万人", "15000", "about", "人"),
    ("居民约3000户", "3000", "about", "户"),
    ("大约3天", "3", "about", "天"),
    ("案件总数超6.6万件", "66000", "more-than", "件"),
    ("逾200场", "200", "more-than", "场"),
    ("超过了300个", "300", "more-than", "个"),
    ("GDP超过100亿元", "10000000000", "more-than", "元"),
    ("最初只有不到10人", "10", "less-than", "人"),
    ("不足百人", "100", "less-than", "人"),
    ("一般不少于100人", "100", "at-least", "人"),
    ("至少2名以上", "2", "at-least", "名"),
    ("最多3次", "3", "at-most", "次"),
    ("不超过5个", "5", "at-most", "个"),
    ("≥90%", "90", "at-least", "%"),
    # bounds between number and unit, and after it
    ("共享车位200余个", "200", "more-than", "个"),
    ("3000余", "3000", "more-than", None),
    ("面积4200多亩", "4200", "more-than", "亩"),
    ("细化1000多项指标", "1000", "more-than", "项"),
    ("9700多户籍人口", "9700", "more-than", None),
    ("街路90多条", "90", "more-than", "条"),
    ("调解案件2.6万余件", "26000", "more-than", "件"),
    ("6.6万多件", "66000", "more-than", "件"),
    ("20多万元", "200000", "more-than", "元"),
    ("十余万元", "100000", "more-than", "元"),
    ("20多元", "20", "more-than", "元"),
    ("十来个", "10", "about", "个"),
    ("90条左右", "90", "about", "条"),
    ("聘请2名以上", "2", "at-least", "名"),
    ("多是35岁以下的年轻人", "35", "less-than", "岁"),
    ("3天以内", "3", "at-most", "天"),
    ("并在7天内反馈", "7", "at-most", "天"),
    ("两年多来", "2", "more-than", "年"),
    # ranges
    ("解决普通问题30~40条", "30~40", "exact", "条"),
    ("3-5天", "3~5", "exact", "天"),
    ("30—40", "30~40", "exact", None),
    ("30至40", "30~40", "exact", None),
    ("２～３人", "2~3", "exact", "人"),
    ("三至五天", "3~5", "exact", "天"),
    ("3天到5天", "3~5", "exact", "天"),
    ("两三天", "2~3", "exact", "天"),
    ("六七十岁的老人", "60~70", "exact", "岁"),
    ("十七八岁", "17~18", "exact", "岁"),
    ("三四百人", "300~400", "exact", "人"),
    ("3至5万元", "30000~50000", "exact", "元"),
    ("1万—2万人", "10000~20000", "exact", "人"),
    ("10%—20%", "10~20", "exact", "%"),
    ("百分之三至百分之五", "3~5", "exact", "%"),
    ("百分之七八十", "70~80", "exact", "%"),
    ("从2020年到2022年", "2020~2022", "exact", "年"),
    # Chinese numerals
    ("每村活动一次", "1", "exact", "次"),
    ("居住人口六万多人", "60000", "more-than", "人"),
    ("两万多家工商企业", "20000", "more-than", "家"),
    ("信心“十条”", "10", "exact", "条"),
    ("二十条", "20", "exact", "条"),
    ("十多个", "10", "more-than", "个"),
    ("十几个", "10", "more-than", "个"),
    ("一千二百三十四人", "1234", "exact", "人"),
    ("三万零五十元", "30050", "exact", "元"),
    ("一万五", "15000", "exact", None),
    ("六点五万人", "65000", "exact", "人"),
    ("二〇二二年", "2022", "exact", "年"),
    ("零投诉", "0", "exact", None),
    # round words, magnitudes, what is hidden
    ("上万名外来人口", "10000", "at-least", "名"),
    ("人口过百万", "1000000", "more-than", None),
    ("近百人", "100", "almost", "人"),
    ("百余个", "100", "more-than", "个"),
    ("千亿体量", "100000000000", "about", None),
    ("上面千条线", "1000", "about", "条"),
    ("几百万元的收入", "magnitude 1000000", "about", "元"),
    ("数百名", "magnitude 100", "about", "名"),
    ("海安市****的农民安置区", HIDDEN, "exact", None),
    ("****人", HIDDEN, "exact", "人"),
    ("近****万人", HIDDEN, "almost", "人"),
    # ordinals
    ("百强区第一名", "1", "exact", None),
    ("第3批", "3", "exact", None),
    # English
    ("about 20,000 people", "20000", "about", "people"),
    ("nearly 3.5 million people", "3500000", "almost", "people"),
    ("More than 300", "300", "more-than", None),
    ("over 300", "300", "more-than", None),
    ("at least 5", "5", "at-least", None),
    ("less than 5", "5", "less-than", None),
    ("up to 5 people", "5", "at-most", "people"),
    ("30 to 40 people", "30~40", "exact", "people"),
    ("3 to 5 million", "3000000~5000000", "exact", None),
]

# Where a word that looks like a bound, a unit or a part of a number belongs to something else.
TRAPS = [
    ("节约3万元", "30000", "exact", "元"),
    ("签约3个项目", "3", "exact", "个"),
    ("附近20个", "20", "exact", "个"),
    ("最近3年", "3", "exact", "年"),
    ("通过两年实践", "2", "exact", "年"),
    ("用“八个到位”", "8", "exact", "个"),
    ("五个多元主体", "5", "exact", "个"),
    ("拨打12345来电", "12345", "exact", None),
    ("12345户籍", "12345", "exact", None),
    ("2019百强", "2019", "exact", None),
    ("2022年以来", "2022", "exact", "年"),
    ("总数十万人", "100000", "exact", "人"),
    ("三点经验", "3", "exact", None),
    ("最多跑一次", "1", "exact", "次"),
]


@pytest.mark.parametrize(("phrase", "value", "bound", "unit"), FORMS + TRAPS)
def test_reads_each_form(phrase: str, value: str, bound: str, unit: str | None) -> None:
    """One quantity per phrase, with its value, its bound and its unit; its text stands where the offsets say."""
    (quantity,) = find_quantities(phrase, UNITS)
    assert shown(quantity) == (value, bound, unit)
    assert phrase[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "千头万绪",
        "百姓",
        "一旦",
        "进一步统一",
        "万一",
        "十四五规划",
        "发布时间:2020/12/31",
        "2019-09-09 09:21",
        "2022.12.16",
        "PM2.5",
        "5G网络",
        "多次",
        "近几年",
        "零售",
        "更多人",
        "12345678901234567890",
    ],
)
def test_reads_no_quantity(phrase: str) -> None:
    """Idioms, dates, times, names and codes state no quantity."""
    assert find_quantities(phrase, UNITS) == []


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("共448户2888人", [("448", "exact", "户"), ("2888", "exact", "人")]),
        ("从66场增加到2018年的200多场", [("66", "exact", "场"), ("2018", "exact", "年"), ("200", "more-than", "场")]),
        ("9700多户籍人口、3万多外来人口", [("9700", "more-than", None), ("30000", "more-than", None)]),
        ("2018年9月", [("2018", "exact", "年"), ("9", "exact", "月")]),
        ("“一核两会五主体”", [("1", "exact", None), ("2", "exact", None), ("5", "exact", None)]),
        ("“3+1+N”行动计划", [("3", "exact", None), ("1", "exact", None)]),
        ("86名第一书记", [("86", "exact", "名"), ("1", "exact", None)]),
        ("2020-12", [("2020", "exact", None), ("12", "exact", None)]),
        ("1月4日-1月6日", [("1", "exact", "月"), ("4", "exact", "日"), ("1", "exact", "月"), ("6", "exact", "日")]),
    ],
)
def test_reads_several_from_left_to_right(phrase: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Quantities keep the order of the text; what does not rise, or changes its unit, is no range."""
    assert [shown(quantity) for quantity in find_quantities(phrase, UNITS)] == expected


def test_text_holds_bound_and_unit() -> None:
    """The substring that a reader is shown runs from the bound before the number to the bound after the unit."""
    read = find_quantities("常住人口约为1.5万人,聘请2名以上专职人员", UNITS)
    assert [quantity.text for quantity in read] == ["约为1.5万人", "2名以上"]


def test_longest_unit_wins() -> None:
    """人次 is not 人, 平方公里 is not 平方; what is not listed is not read."""
    assert [
        q.unit for q in find_quantities("8660人次,9.8平方公里,3项目", ["人", "人次", "平方", "平方公里", "项"])
    ] == [
        "人次",
        "平方公里",
        None,
    ]
    assert [q.unit for q in find_quantities("8660人次 3人 99%", [])] == [None, None, "%"]


def test_unit_is_reported_as_listed() -> None:
    """A unit listed with full-width signs keeps its spelling, whichever way the text writes it."""
    assert [q.unit for q in find_quantities("5% 5％", ["％"])] == ["％", "％"]


@pytest.mark.parametrize(
    ("text", "low", "high", "canonical"),
    [
        ("11725", Fraction(11725), Fraction(11725), "11725"),
        ("0", Fraction(0), Fraction(0), "0"),
        ("0.05", Fraction(1, 20), Fraction(1, 20), "0.05"),
        ("99.49", Fraction(9949, 100), Fraction(9949, 100), "99.49"),
        ("98.90", Fraction(989, 10), Fraction(989, 10), "98.9"),
        ("30~40", Fraction(30), Fraction(40), "30~40"),
        ("30～40", Fraction(30), Fraction(40), "30~40"),
        ("30-40", Fraction(30), Fraction(40), "30~40"),
        ("30—40", Fraction(30), Fraction(40), "30~40"),
        ("30至40", Fraction(30), Fraction(40), "30~40"),
        ("2.5~3", Fraction(5, 2), Fraction(3), "2.5~3"),
        ("2/3", Fraction(2, 3), Fraction(2, 3), "2/3"),
        ("1/4", Fraction(1, 4), Fraction(1, 4), "1/4"),
        ("4/2", Fraction(2), Fraction(2), "2"),
    ],
)
def test_typed_numbers(text: str, low: Fraction, high: Fraction, canonical: str) -> None:
    """Editors type plain numbers, ranges and fractions; each has one canonical text, without an exponent."""
    number = parse_number(text)
    assert (number.low, number.high, number.text()) == (low, high, canonical)
    assert number.value == (low if low == high else None)
    assert TypeAdapter(NumberText).validate_python(text) == text


REFUSED = [
    *("", " 5", "5 ", "5\n", "5%", "5条", "2万", "二", "２０", "٣", "²", "3,000", "1_000", "1e3", "0x10", "nan", "inf"),
    *("+5", "-5", ".5", "5.", "007", "1.2.3", "9" * 16, "9" * 5000),
    *("1/0", "0/3", "0.5/2", "1/2/3", "1/2~2/3"),
    *("40~30", "30~30", "30~", "~30", "1~2~3", "30~40条", "30 ~ 40"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_typed_text_that_is_refused(text: str) -> None:
    """Units, 万, separators, signs, full-width digits, falling ranges and the like are errors, never guesses."""
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(NumberText).validate_python(text)
    assert [error["type"] for error in caught.value.errors()] == ["not-a-number"]


def test_schema_pattern_says_the_same_to_an_editor() -> None:
    """The JSON Schema accepts what the parser accepts; only falling ranges are beyond a pattern."""
    pattern = re.compile(TypeAdapter(NumberText).json_schema()["pattern"])
    assert all(pattern.search(text) for text in ("11725", "99.49", "30~40", "30至40", "2/3", "0"))
    assert {text for text in REFUSED if pattern.search(text)} == {"5\n", "40~30", "30~30"}  # Python's $ allows the "\n"


@pytest.mark.parametrize(
    ("typed", "unit", "phrase", "text"),
    [
        ("20000", "人", "流动人口近2万人", "近2万人"),
        ("30~40", "条", "普通问题30~40条", "30~40条"),
        ("2/3", None, "2/3是党员", "2/3"),
        ("2/3", "比例", "三分之二", "三分之二"),
        ("9700", "人", "9700多户籍人口", "9700多"),
        ("1", "名次", "百强区第一名", "第一"),
        ("2888", "人", "共448户2888人", "2888人"),
        ("100", "%", "组织意图百分之百实现", "百分之百"),
        ("3", "件", "3+1,3件", "3件"),
        ("3", None, "共3户3人", "3户"),
    ],
)
def test_agrees(typed: str, unit: str | None, phrase: str, text: str) -> None:
    """A typed value agrees with the same number in the same unit; failing that, with one that has no unit."""
    quantity = agrees(typed, unit, phrase, UNITS)
    assert quantity is not None
    assert quantity.text == text


@pytest.mark.parametrize(
    ("typed", "unit", "phrase"),
    [
        ("2", "人", "近2万人"),
        ("20000", "户", "近2万人"),
        ("8660", "人", "8660人次"),
        ("40", "条", "30~40条"),
        ("66.7", "%", "2/3"),
        ("100", "人", "数百人"),
        ("0", "人", "****人"),
        ("1", None, "进一步统一"),
        ("5", None, ""),
    ],
)
def test_disagrees(typed: str, unit: str | None, phrase: str) -> None:
    """Another number, another unit, one end of a range, a magnitude and a mask confirm nothing."""
    assert agrees(typed, unit, phrase, UNITS) is None


def test_agrees_refuses_what_is_no_number() -> None:
    """The typed value must be one that `parse_number` reads."""
    with pytest.raises(ValueError, match="not a number"):
        agrees("2万", "人", "近2万人", UNITS)


def four_digits(n: int) -> str:
    """0–9999 in Chinese, without a leading 零: the way a child learns to say it."""
    said, gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, power)
        if digit:
            said += "零" * gap + "零一二三四五六七八九"[digit] + sign
        gap = bool(said) and not digit
    return said


def in_chinese(n: int) -> str:
    """An integer below 10¹² in Chinese, written group by group."""
    said = ""
    for power, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, n = divmod(n, power)
        if group:
            said += "零" * (bool(said) and group < 1000) + four_digits(group) + sign
    return said or "零"


integers = st.one_of(st.integers(0, 120), st.integers(0, 10**5), st.integers(0, 10**12 - 1))
signs = st.sampled_from(
    [*"零〇一二两三四五六七八九十百千万亿点分之第几数余多来约近上过超至到~-—/.,*%％‰ ０１２0123456789人次户A+", *UNITS]
)


@given(integers)
@example(10)
@example(10**11)
def test_chinese_integers_round_trip(n: int) -> None:
    """Every integer that is written in Chinese is read back, also with 十五 for 一十五, 两 for 二, and 〇 for 零."""
    said = in_chinese(n)
    spoken = re.sub("二(?=[百千万亿])", "两", re.sub("^一十", "十", said)).replace("零", "〇")
    for numeral in (said, spoken):
        (quantity,) = find_quantities(f"共{numeral}人", UNITS)
        assert quantity.number == Number(Fraction(n), Fraction(n))
        assert (quantity.unit, quantity.text) == ("人", f"{numeral}人")


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_arabic_numbers_round_trip(n: int, decimals: int) -> None:
    """Plain, separated, full-width and multiplied digits state the same number."""
    text = f"{n}.{decimals:03}"
    wide = text.translate({ord(half): full for half, full in zip("0123456789", "０１２３４５６７８９", strict=True)})
    for written in (text, f"{n:,}.{decimals:03}", wide):
        (quantity,) = find_quantities(written, UNITS)
        assert quantity.number == parse_number(text)
    (multiplied,) = find_quantities(f"{text}万元", UNITS)
    assert multiplied.number is not None
    assert multiplied.number.value == Fraction(text) * 10000


@given(st.decimals(0, 10**9, places=4), st.decimals(0, 10**9, places=4), st.integers(1, 10**6))
def test_canonical_text_is_read_back(a: object, b: object, under: int) -> None:
    """`text()` loses nothing: parsing it gives an equal number and the same text."""
    low, high = sorted((Fraction(str(a)), Fraction(str(b))))
    for number in (Number(low, low), Number(low, high), Number(Fraction(1, under), Fraction(1, under), fraction=True)):
        again = parse_number(number.text())
        assert again == number
        assert again.text() == number.text()


@given(st.one_of(st.text(), st.lists(signs, max_size=30).map("".join)), st.lists(st.text(max_size=4), max_size=4))
@example("9" * 6000, [])
@example("1," + "111," * 2000, [])
@example("二" * 6000, [])
@example("一点" * 100 + "二" * 6000, [])
@example("零分之一", [])
@example("leſs than 5, 5 mİllion", [])
def test_any_text_is_read_without_error(phrase: str, more: list[str]) -> None:
    """Whatever the text and the list of units: no exception, and offsets that rise and point at what was read."""
    units = [*UNITS, *more]
    end = 0
    for quantity in find_quantities(phrase, units):
        assert end <= quantity.start < quantity.end <= len(phrase)
        assert phrase[quantity.start : quantity.end] == quantity.text
        assert quantity.unit is None or quantity.unit in {*units, "%", "‰"}
        assert quantity.number is None or quantity.magnitude is None
        assert quantity.number is None or 0 <= quantity.number.low <= quantity.number.high
        end = quantity.end


@given(st.text(max_size=12))
def test_typed_text_is_read_or_refused(text: str) -> None:
    """Arbitrary typed text gives a number with a canonical text, or ValueError; nothing else."""
    try:
        number = parse_number(text)
    except ValueError:
        return
    assert parse_number(number.text()) == number


@given(integers, st.data())
def test_a_changed_digit_no_longer_agrees(n: int, data: st.DataObject) -> None:
    """The check that protects every value: one digit mistyped, and the phrase stops confirming it."""
    typed = str(n)
    place = data.draw(st.integers(0, len(typed) - 1))
    wrong = typed[:place] + data.draw(st.sampled_from("0123456789")) + typed[place + 1 :]
    assume(wrong != typed and (wrong == "0" or not wrong.startswith("0")))
    for phrase in (f"近{typed}人", f"近{in_chinese(n)}人", f"{n:,}余人"):
        assert agrees(typed, "人", phrase, UNITS) is not None
        assert agrees(wrong, "人", phrase, UNITS) is None
