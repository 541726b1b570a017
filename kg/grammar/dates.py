"""Dates, months, years and periods as official Chinese writes them; nothing is guessed.

A date without a year takes the year it is given (the document's, or the phase's). Results are ISO 8601
strings, as precise as the words.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kg.grammar.numbers import CHINESE, ordinal, year_digits

__all__ = ["DATE", "Day", "find_dates", "last_day", "parse_date", "stretch"]

_YEAR = r"(?:[12]\d{3}|[二一][〇○零0O一二三四五六七八九]{3})"
_NUM = rf"(?:\d{{1,2}}|[{CHINESE}]{{1,3}})"
DATE = rf"{_YEAR}年{_NUM}月{_NUM}[日号]"
"""A full date."""
_ANY = re.compile(
    rf"(?P<year>{_YEAR})年(?:(?P<month>{_NUM})月(?:(?P<day>{_NUM})[日号]|(?P<part>[上中下]旬|底|末|初))?"
    rf"|(?P<yearpart>底|末|初|上半年|下半年|第?[一二三四1-4]季度))?"
    rf"|(?<![\d〔（])(?P<month2>{_NUM})月(?:(?P<day2>{_NUM})[日号]|(?P<part2>[上中下]旬|底|末|初))"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date found in a text: its place and its value."""

    start: int
    end: int
    iso: str
    """As precise as the words: a day, a month or a year; 底 and 末 give the last day."""


def last_day(year: int, month: int) -> int:
    """The last day of a month."""
    return calendar.monthrange(year, month)[1]


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def stretch(iso: str) -> tuple[date, date] | None:
    """The first and the last day of a day, a month or a year in ISO 8601; None where it is none of them."""
    if not (match := _ISO.fullmatch(iso)):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return first, date(first.year, 12, 31)
    return first, first if day is not None else date(first.year, month, last_day(first.year, month))


def _date(match: re.Match[str], year: str | None) -> str | None:
    written = match["year"]
    year = year_digits(written.replace("O", "0")) if written else year
    if year is None:
        return None
    month = ordinal(match["month"] or match["month2"] or "")
    if month is None:
        part = match["yearpart"] or ""
        if part in ("底", "末"):
            return f"{year}-12-31"
        if part in ("上半年", "下半年"):
            return f"{year}-06-30" if part == "上半年" else f"{year}-12-31"
        return str(year)
    if not 1 <= month <= 12:
        return None
    day = ordinal(match["day"] or match["day2"] or "")
    if day is not None:
        return f"{year}-{month:02}-{day:02}" if 1 <= day <= last_day(int(year), month) else None
    part = match["part"] or match["part2"]
    if part in ("底", "末", "下旬"):
        return f"{year}-{month:02}-{last_day(int(year), month):02}"
    if part in ("上旬", "中旬"):
        return f"{year}-{month:02}-{10 if part == '上旬' else 20}"
    return f"{year}-{month:02}"


def find_dates(text: str, year: str | None = None) -> list[Day]:
    """All dates in a text, from left to right; one without a year takes the last year before it, else ``year``."""
    found = []
    for match in _ANY.finditer(text):
        if match["year"] and match["year"].isdigit() is False and len(match["year"]) != 4:
            continue
        iso = _date(match, year)
        if iso is not None:
            found.append(Day(match.start(), match.end(), iso))
            year = iso[:4]
    return found


def parse_date(text: str, year: str | None = None) -> str | None:
    """The one date that the whole text is, or None."""
    match = _ANY.fullmatch("".join(text.split()))
    return _date(match, year) if match else None
