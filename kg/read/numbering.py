"""The automatic numbers of a Word document, written out: what a person sees before a paragraph, and no text holds.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat). Counters belong to the abstract definition, so
that lists which share one go on counting; a level starts again when one above it has counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Level", "Numbering", "W", "numeral", "read_numbering", "whole"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, as lxml writes it before a name."""

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CIRCLES = ((0, 0, 0x24EA), (1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_MOST = 99_999
"""Numbers beyond this are written in figures whatever the format: they are slips, or traps."""


def _counting(number: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千", "万")) -> str:
    """A number as it is spoken: 十一, 二十, 一百零五."""
    if number > _MOST or number < 1:
        return str(number)
    written, zero = "", False
    for power in range(len(units) - 1, -1, -1):
        digit = number // 10**power % 10
        if digit:
            written += ("零" if zero else "") + digits[digit] + units[power]
            zero = False
        else:
            zero = bool(written)
    spoken_ten = digits[1] + units[1]
    return written[1:] if digits is _DIGITS and written.startswith(spoken_ten) else written


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _chinese_counting(number: int) -> str:
    # Word writes the hundreds of this format digit by digit.
    return _counting(number) if number < 100 else _positional(number)


def _letters(number: int) -> str:
    """A … z, aa, bb … as Word counts them."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 1 <= number <= 780 else str(number)


def _roman(number: int) -> str:
    if not 1 <= number <= 3999:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    for first, last, code in _CIRCLES:
        if first <= number <= last:
            return chr(code + number - first)
    return str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    "decimalHalfWidth": str,
    "decimalFullWidth2": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: chr(0x2474 + n - 1) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2488 + n - 1) if 1 <= n <= 20 else f"{n}.",
    "numberInDash": lambda n: f"- {n} -",
    "ordinal": _ordinal,
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperRoman": _roman,
    "chineseCounting": _chinese_counting,
    "taiwaneseCounting": _chinese_counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": lambda n: _counting(n, _LEGAL, ("", "拾", "佰", "仟", "万")),
    "ideographLegalTraditional": lambda n: _counting(n, "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟", "萬")),
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "ideographEnclosedCircle": lambda n: chr(0x3280 + n - 1) if 1 <= n <= 10 else str(n),
    "none": lambda n: "",
}


def numeral(number: int, form: str) -> str:
    """The number in a format of ST_NumberFormat; in figures where the format is not known."""
    return _FORMATS.get(form, str)(max(0, number))


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    """With ``%1`` … ``%9`` for the numbers of the levels."""
    start: int = 1
    after: str = "tab"
    """What stands between number and text: tab, space or nothing."""
    legal: bool = False
    """Whether the numbers of the levels above are written in figures too."""
    restart: int | None = None
    """Below which level (1 the highest) this one starts again; 0 for never, None for each one above."""
    padding: int = 0
    """The least digits of a format such as ``001, 002, …``."""


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has counted."""

    levels: Mapping[str, Mapping[int, Level]]
    """By the id of the list (``w:numId``) and the level, from 0."""
    abstract: Mapping[str, str]
    """The definition of each list: lists that share one go on counting."""
    starts: Mapping[tuple[str, int], int]
    """Where a list starts a level by its own number."""
    of_style: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The level that a definition gives to the paragraphs of a style, by list and style."""
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def count(self, listed: str, level: int) -> str | None:
        """The number of the next paragraph of a list at a level, with what stands behind it; None for no number.

        A bullet, whatever its sign, is a hyphen and a blank, as in Markdown.
        """
        levels = self.levels.get(listed, {})
        here = levels.get(level)
        if here is None:
            return None
        home = self.abstract.get(listed, listed)
        key = (home, level)
        if (listed, level) in self.starts and (listed, level) not in self._started:
            self._counts[key] = self.starts[listed, level]
        else:
            self._counts[key] = self._counts.get(key, here.start - 1) + 1
        self._started.add((listed, level))
        for below, deeper in levels.items():
            if below > level and deeper.restart != 0 and (deeper.restart is None or level < deeper.restart):
                self._counts.pop((home, below), None)
        if here.form == "bullet":
            return "- " if here.text else None
        written = re.sub(r"%([1-9])", lambda slot: self._slot(home, levels, here, int(slot[1]) - 1), here.text)
        if not written.strip():
            return None
        return written if here.after == "nothing" or written[-1] in "、）】．，：" else written + " "

    def _slot(self, home: str, levels: Mapping[int, Level], here: Level, level: int) -> str:
        of = levels.get(level, Level())
        number = self._counts.get((home, level), of.start)
        if here.legal and of.form != "none":
            return str(number)
        return str(number).zfill(of.padding) if of.padding else numeral(number, of.form)


def read_numbering(root: Any, lists_of_styles: Mapping[str, str]) -> Numbering:
    """The lists that a numbering part (its root element) declares; styles may be what a list is defined by."""
    abstracts = {element.get(f"{W}abstractNumId", ""): element for element in root.iterfind(f"{W}abstractNum")}
    listings = {element.get(f"{W}numId", ""): element for element in root.iterfind(f"{W}num")}
    levels: dict[str, dict[int, Level]] = {}
    abstract: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    of_style: dict[tuple[str, str], int] = {}
    for listed, element in listings.items():
        home = _value(element, "abstractNumId")
        linked = _value(abstracts[home], "numStyleLink") if home in abstracts else ""
        if linked in lists_of_styles and lists_of_styles[linked] in listings:
            home = _value(listings[lists_of_styles[linked]], "abstractNumId")
        abstract[listed] = home
        levels[listed] = {}
        if home in abstracts:
            _take_levels(abstracts[home], listed, levels[listed], of_style)
        for override in element.iterfind(f"{W}lvlOverride"):
            _take_levels(override, listed, levels[listed], of_style)
            start = _value(override, "startOverride")
            if start:
                starts[listed, whole(override.get(f"{W}ilvl"))] = whole(start)
    return Numbering(levels, abstract, starts, of_style)


def _take_levels(parent: Any, listed: str, into: dict[int, Level], of_style: dict[tuple[str, str], int]) -> None:
    for element in parent.iterfind(f"{W}lvl"):
        level = whole(element.get(f"{W}ilvl"))
        into[level] = _level(element)
        style = _value(element, "pStyle")
        if style:
            of_style[listed, style] = level


def _level(element: Any) -> Level:
    # A format of a later edition stands in the first branch of an alternative, with a pattern: 001, 002, …
    form = next(element.iter(f"{W}numFmt"), None)
    pattern = (form.get(f"{W}format") or "") if form is not None else ""
    padded = re.match(r"0*1(?=,|$)", pattern)
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        form=(form.get(f"{W}val") if form is not None else None) or "decimal",
        text=_value(element, "lvlText"),
        start=whole(_value(element, "start"), 0),
        after=_value(element, "suff") or "tab",
        legal=legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
        restart=whole(restart) if restart else None,
        padding=len(padded[0]) if padded else 0,
    )


def _value(element: Any, child: str) -> str:
    found = element.find(f"{W}{child}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def whole(written: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute holds; another one where it holds none."""
    try:
        return int(written) if written else otherwise
    except ValueError:
        return otherwise
