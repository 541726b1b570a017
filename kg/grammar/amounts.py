"""Amounts: a number with its unit and its comparator (不低于28万元, 90%以上, 至少1个, 5000元以上5万元以下).

One pass over a text finds money, shares and counts alike; what they mean is for the extractors to say. Values
are in whole units: 28万元 is 280000 元, 4万个 is 40000 个, 90% is 90 %.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.grammar.clauses import clause_at
from kg.grammar.matches import any_of, last_match
from kg.grammar.numbers import value
from kg.lexicon import words

__all__ = ["TIME_UNITS", "Amount", "find_amounts", "find_ratios"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in a text: its place, its value, and how it bounds what it measures."""

    start: int
    """Of the number."""
    end: int
    """Behind the unit, and behind 以上 and the like."""
    value: Decimal
    unit: str
    """``元``, ``%``, ``‰``, a measure (平方米) or a counter (个); empty where none stands there."""
    comparator: str
    """``=``, ``>=``, ``<=``, ``>``, ``<``, ``~``."""
    stated: bool
    """Whether a word says the comparator, be it in the item before it in the same list."""
    word: int
    """Where the comparator's words begin, or the number where none stand before it."""
    leads: bool = False
    """Whether that word stands in front, and so holds for the rest of a list."""
    per: str = ""
    """What stands behind a stroke: 亩 of 500元/亩."""

    @property
    def is_money(self) -> bool:
        return self.unit == "元"

    @property
    def is_share(self) -> bool:
        return self.unit in ("%", "‰")


TIME_UNITS = frozenset(("年", "个月", "天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "周", "个小时", "学时"))
_UNIT = any_of(words("units"))
_SCALE = "百万|千万|万亿|千亿|百亿|十亿|十万|百|千|万|亿"
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_BOUND = r"(?:（(?:均)?含[^（）]{{0,12}}）)?(?:及)?(?P<{0}>以上|以下|以内|之内|左右|上下|为限|封顶)?"
_FIGURES = re.compile(
    rf"(?<![\d.第〔A-Za-z])(?P<first>{_DIGITS})(?P<scale>{_SCALE})?(?:[元%‰]?(?:[—\-～至到]|——)(?P<second>{_DIGITS}))?(?P<scale2>{_SCALE})?"
    rf"(?P<more>余|多|来)?(?:(?P<unit>{_UNIT})|(?=以上|以下|[，。；、]|$))(?P<more2>多|余)?(?:（?人民币）?)?(?:/(?P<per>[\u4e00-\u9fff·/]{{1,6}}?)(?![\u4e00-\u9fff]*/)(?=[^\u4e00-\u9fff]|的|以|给|标|补|$))?"
    rf"{_BOUND.format('bound')}"
)
_WORDS = re.compile(
    rf"(?<![第{_CHINESE}])(?P<word>[{_CHINESE}]{{1,16}}|[壹贰叁肆伍陆柒捌玖拾佰仟万亿]{{1,24}})(?P<unit>元|圆){_BOUND.format('bound')}"
    rf"|百分之(?P<share>[{_CHINESE}点]{{1,8}})(?:{_BOUND.format('bound2')})"
    rf"|(?P<least>不少于|不低于|不得少于|不得低于|至少|不超过|不得超过|最多|至多)(?P<word2>[{_CHINESE}]{{1,10}})(?P<unit2>{_UNIT})"
    rf"|(?<![第{_CHINESE}\d])(?P<word3>[{_CHINESE}]{{1,10}})(?P<unit3>{_UNIT})(?P<bound3>以上|以下)"
)

_STRONG = {
    ">=": "≥|不低于|不少于|不得低于|不得少于|不小于|不得小于|不应低于|不应少于|不短于|至少|最少|最低|起码",
    "<=": "≤|不超过|不得超过|不应超过|不高于|不得高于|不大于|不得大于|不多于|不得多于|至多|最多|最高(?!水位|气温|人民|法|检察|限价|点|峰|级|等|标准)|上限",
}
_WEAK = {
    ">": "超过|超|突破|高于|大于|多于|逾|(?<=[入值额模])过",
    "<": "低于|少于|小于|未满|不满|不足|不到|未达到|未达",
    "~": "约|大约|约为|近",
    ">=": "年满|(?<![未不])满",
}
_BEFORE = re.compile("|".join(f"(?P<g{i}>{words})" for i, words in enumerate(_STRONG.values())))
_WEAKER = re.compile(
    rf"(?:(?P<g0>{_WEAK['>']})|(?P<g1>{_WEAK['<']})|(?P<g2>{_WEAK['~']})|(?P<g3>{_WEAK['>=']}))(?:过|达|为|人民币)?$"
)
_BOUNDS = {"以上": ">=", "以下": "<=", "以内": "<=", "之内": "<=", "为限": "<=", "封顶": "<=", "左右": "~", "上下": "~"}
_REPEATED = re.compile(r"(?:（|，)(?:均)?含$|大写[：:]?(?:人民币)?$")


@lru_cache(maxsize=1024)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, from left to right. A range (3—5家) is two, one for each end."""
    found: list[Amount] = []
    for match in _FIGURES.finditer(text):
        _figures(text, match, found)
    if "百分之" in text or _CHINESE_HINT.search(text):
        for match in _WORDS.finditer(text):
            _words(text, match, found)
        found.sort(key=lambda amount: amount.start)
    return tuple(found)


_CHINESE_HINT = re.compile(
    rf"[{_CHINESE}壹贰叁肆伍陆柒捌玖拾佰仟](?:元(?![旦宵素]|\d)|圆)|(?:于|少|过|多)[{_CHINESE}]|[{_CHINESE}][\u4e00-\u9fff]{{1,3}}以[上下]"
)


_PURE = re.compile(r"(?:系数|指数|容积率)[^，。；、\d]{1,8}$")
"""What is counted in no unit."""


def _figures(text: str, match: re.Match[str], found: list[Amount]) -> None:
    start, unit = match.start(), match["unit"] or ""
    scale, scale2 = match["scale"] or "", match["scale2"] or ""
    if _REPEATED.search(text, max(0, start - 8), start):
        return
    if not unit and not match["bound"] and not _PURE.search(text, max(0, start - 16), start):
        return
    if unit in ("年", "日", "周", "号") and (unit == "年" and len(match["first"]) == 4 and not match["scale"]):
        return
    if unit == "分" and text[start - 1 : start] in ("时", "点", "：", ":"):
        return
    if unit == "元" and text[match.end("unit") : match.end("unit") + 1] in _FALSE_YUAN:
        return
    if unit and text[match.end("unit") : match.end("unit") + 1] in _FALSE_UNIT.get(unit, ()):
        return
    bound = _BOUNDS.get(match["bound"] or "")
    comparator, word, leads = _comparator(text, start, found)
    stated = comparator != "="
    if bound and (not leads or comparator in ("=", ">", "<")):
        comparator, stated, leads = bound, True, False
    elif (match["more"] or match["more2"]) and not stated:
        comparator = "~"
    end = match.end()
    if match["second"]:
        if unit in ("年",):
            return
        scale = scale or scale2
        ends = ((match["first"], scale, ">="), (match["second"], scale2, "<="))
        for number, times, sign in ends:
            found.append(Amount(start, end, _plain(number, times), unit, sign, True, word, False, match["per"] or ""))
        return
    if scale and scale2:
        return
    number = _plain(match["first"], scale or scale2)
    found.append(Amount(start, end, number, unit, comparator, stated, word, leads, match["per"] or ""))


def _plain(number: str, scale: str = "") -> Decimal:
    """The value, without a point where it is whole."""
    found = value(number, scale)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()


_FALSE_YUAN = tuple("旦宵件素")
_FALSE_UNIT = {
    "方": tuple("面式案针向法位便米"),
    "分": tuple("/担摊配别类级布之工成"),
    "度": tuple("级"),
    "年": tuple("级期度"),
    "面": tuple("积"),
    "位": tuple("于"),
}
"""What stands behind a unit that is none: 7:3分担."""


def _words(text: str, match: re.Match[str], found: list[Amount]) -> None:
    number = match["word"] or match["share"] or match["word2"] or match["word3"]
    unit = match["unit"] or ("%" if match["share"] else "") or match["unit2"] or match["unit3"]
    start = match.start("word2") if match["word2"] else match.start()
    if _REPEATED.search(text, max(0, start - 8), start) or number in "千百万亿":
        return
    if match["word"] and text[match.end("unit") : match.end("unit") + 1] in _FALSE_YUAN:
        return
    try:
        amount = _plain(number)
    except ValueError:
        return
    bound = _BOUNDS.get(match["bound"] or match["bound2"] or match["bound3"] or "")
    comparator, word, leads = _comparator(text, start, found)
    if bound and not leads:
        found.append(Amount(start, match.end(), amount, "元" if unit == "圆" else unit, bound, True, word))
    else:
        stated = comparator != "="
        found.append(
            Amount(start, match.end(), amount, "元" if unit == "圆" else unit, comparator, stated, word, leads)
        )


def _comparator(text: str, start: int, found: list[Amount]) -> tuple[str, int, bool]:
    """The comparator of the number at start, where its words begin, and whether it holds for a list behind it."""
    first = clause_at(text, start)[0]
    before = found[-1] if found and found[-1].end > first else None
    least = before.end if before else first
    if strong := last_match(_BEFORE, text, least, start):
        return list(_STRONG)[0 if strong["g0"] else 1], strong.start(), True
    weak = _WEAKER.search(text, max(least, start - 8), start)
    if weak:
        sign = ">" if weak["g0"] else "<" if weak["g1"] else "~" if weak["g2"] else ">="
        return sign, weak.start(), False
    if before and before.leads and _LISTED.match(text, least, start):
        # One word says it for the whole list: 至少30名主管、100名护理员.
        return before.comparator, start, True
    if before and before.comparator == ">" and text[least:start] in ("、", "和", "或") and before.unit:
        return ">", start, False  # 首次突破1000万元、2000万元、5000万元
    return "=", start, False


_LISTED = re.compile("[^，]{0,24}?[、和]")
_RATIO = re.compile(r"(?<!\d)(\d{1,2})[:：比](\d{1,2})(?:[:：](\d{1,2}))?(?=的?比例|分担|分摊|分成|承担|负担|配套)")


def find_ratios(text: str) -> list[tuple[int, int, tuple[Decimal, ...]]]:
    """Ratios by which money is shared (按7:3分担), as shares of one, with their places."""
    found = []
    for match in _RATIO.finditer(text):
        parts = [Decimal(part) for part in match.groups() if part]
        if total := sum(parts):
            found.append((match.start(), match.end(), tuple(part / total for part in parts)))
    return found
