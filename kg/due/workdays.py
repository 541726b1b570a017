"""Working days are those that the State Council's yearly notices leave, with the weekends that they make up (调休).

The library chinesecalendar holds the notices. A year without one is not known: nothing is guessed from the weekday.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from chinese_calendar.constants import holidays

from kg.due.words import Words
from kg.grammar.dates import last_day

__all__ = ["FIRST", "LAST", "UNKNOWN", "add_workdays", "is_workday", "of_month", "provisional", "workday_from"]

FIRST = date(min(holidays).year, 1, 1)
"""The first day that is known."""
LAST = date(max(holidays).year, 12, 31)
"""The last day that is known."""
UNKNOWN = Words(
    f"放假安排只知{FIRST.year}年至{LAST.year}年",
    f"the official holidays are known from {FIRST.year} to {LAST.year} only",
)

_DAY = timedelta(days=1)
# A notice about New Year's Day has changed days of the December before it: never yet one before the 29th.
_OPEN = date(LAST.year, 12, 25)


@lru_cache(maxsize=16384)
def is_workday(day: date) -> bool | None:
    """Whether a day is a working day and no rest day; None where no notice is known."""
    return bool(chinese_calendar.is_workday(day)) if FIRST <= day <= LAST else None


def workday_from(day: date) -> date | None:
    """The day itself, or else the next working day; None where the days up to it are not known."""
    while (working := is_workday(day)) is False:
        day += _DAY
    return day if working else None


def add_workdays(day: date, count: int) -> date | None:
    """The last of so many working days after a day, which itself is not counted; None where they are not all known."""
    while count > 0:
        day += _DAY
        working = is_workday(day)
        if working is None:
            return None
        count -= working
    return day


def of_month(year: int, month: int, place: int) -> date | None:
    """The working day of a month by its place, from the last one backwards where that is below 0.

    None where they are not all known, or the month has not so many.
    """
    days = [date(year, month, day) for day in range(1, last_day(year, month) + 1)]
    known = [(day, is_workday(day)) for day in days]
    if any(working is None for _, working in known):
        return None
    working = [day for day, works in known if works]
    return working[place - 1 if place > 0 else place] if place and abs(place) <= len(working) else None


def provisional(day: date) -> Words | None:
    """What is assumed of the last week that is known: that the notice to come does not change it."""
    if not _OPEN <= day <= LAST:
        return None
    return Words(
        f"{LAST.year + 1}年元旦的放假安排未知，假定不影响{LAST.year}年末",
        f"the notice about New Year's Day {LAST.year + 1} is not known and assumed to leave December {LAST.year} alone",
    )
