"""Times drawn without a script: a row a time, a bar from its beginning to its end or a mark on its day, on one scale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.rdf.terms import last_day

__all__ = ["Axis", "Row", "Time", "axis"]

_WIDE, _STEP, _TOP = 960.0, 24.0, 26.0
_LETTER = 13.0
_CLEAR = 30.0
"""From the edge, so that a mark at the end is whole."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time: from a day to another, or a day; ISO 8601, as precise as it is known."""

    label: str
    kind: str
    """Of the facts that say it: its colour."""
    start: str
    end: str
    iri: str = ""
    about: str = ""
    """What a reader is told who asks for more."""
    open: bool = False
    """Whether it goes on beyond its end, as far as is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """A time in its place."""

    time: Time
    y: float
    x: float
    width: float
    """0 for a day."""
    text: float
    """Where its label stands."""
    line: float
    """How high: beside the bar or, where there is no room for it, above."""
    before: bool
    """Whether the label ends there, instead of beginning."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The picture; lengths are those of its SVG."""

    width: float
    height: float
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]
    today: float | None


def axis(times: Iterable[Time], today: dt.date | None = None) -> Axis | None:
    """The times by their beginning; None where there is none with a day that the calendar has."""
    placed = sorted(_days(times), key=lambda one: (one[0], one[1], one[2].label, one[2].iri))
    if not placed:
        return None
    first = min(start for start, _, _ in placed)
    last = max(end for _, end, _ in placed)
    margin = max((last - first).days // 20, 10)
    first, last = _back(first, margin), _on(last, margin)
    span = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return round(_CLEAR + (day - first).days / span * (_WIDE - 2 * _CLEAR), 1)

    rows, bottom = [], _TOP
    for start, end, time in placed:
        left, right = x(start), x(end)
        wide = _LETTER * len(time.label)
        behind = right + 12 + wide <= _WIDE
        before = not behind and left - 12 - wide > 0
        above = not behind and not before
        text = max(4.0, min(left, _WIDE - wide - 4)) if above else left - 10 if before else right + 10
        line = bottom + _STEP / 2
        bottom += _STEP * (1.6 if above else 1)
        y = bottom - _STEP / 2
        rows.append(Row(time, round(y, 1), left, round(right - left, 1), round(text, 1), round(line, 1), before))
    return Axis(
        _WIDE,
        round(bottom + 8, 1),
        tuple(_ticks(first, last, x)),
        tuple(rows),
        x(today) if today and first <= today <= last else None,
    )


def _days(times: Iterable[Time]) -> Iterator[tuple[dt.date, dt.date, Time]]:
    for time in times:
        end = last_day(time.end or time.start)
        # A month or a year begins on its first day.
        start = last_day(f"{time.start}-01-01"[:10] if len(time.start) < 10 else time.start) if time.start else end
        if start and end and start <= end:
            yield start, end, time


def _back(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(min(days, (day - dt.date.min).days))


def _on(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(min(days, (dt.date.max - day).days))


def _ticks(first: dt.date, last: dt.date, x: Callable[[dt.date], float]) -> Iterator[tuple[float, str]]:
    """The beginnings of months, quarters or years, some ten of them."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120, 600, 1200) if months / step <= 12), 12_000)
    for month in range(first.year * 12, last.year * 12 + 12, step):
        year, number = divmod(month, 12)
        if dt.MINYEAR <= year <= dt.MAXYEAR and first <= (day := dt.date(year, number + 1, 1)) <= last:
            yield x(day), str(year) if step >= 12 else f"{year}-{number + 1:02}"
