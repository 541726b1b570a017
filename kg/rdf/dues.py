"""What a deadline was reckoned to, with its basis: follows from the statement and the dates of its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kg.due import IN_FORCE, Due, Words, due
from kg.model import Deadline, Document, Reading
from kg.rdf.terms import last_day, tagged, typed
from kg.rdf.vocabulary import TIME_UNITS, gz, std

__all__ = ["Calendar", "reckoned"]

Triple = tuple[str, str, str]


class Calendar:
    """The dates of the documents of a reading, as far as each has one only."""

    def __init__(self, reading: Reading) -> None:
        self._dates: dict[str, set[date | None]] = {}
        self._forces: dict[str, set[date | None]] = {}
        for fact in reading.facts:
            if isinstance(fact, Document):
                if fact.date and not fact.part_of:
                    self._dates.setdefault(fact.doc, set()).add(_day(fact.date))
                if fact.effective:
                    self._forces.setdefault(fact.doc, set()).add(_day(fact.effective))

    def due(self, deadline: Deadline) -> Due:
        """When a deadline of the reading falls due."""
        force = _only(self._forces.get(deadline.doc))
        anchors: Mapping[str, date] = {IN_FORCE: force} if force else {}
        return due(deadline, _only(self._dates.get(deadline.doc)), anchors)


def _day(text: str) -> date | None:
    return last_day(text) if text.count("-") == 2 else None


def _only(days: set[date | None] | None) -> date | None:
    return next(iter(days)) if days and len(days) == 1 else None


def reckoned(node: str, deadline: Deadline, calendar: Calendar) -> Iterator[Triple]:
    """The due date of a deadline, or of one that recurs the first; else the reason why there is none."""
    found = calendar.due(deadline)
    if found.date:
        yield node, gz("firstDue" if deadline.every else "due"), typed(found.date.isoformat(), "date")
    if found.precision:
        yield node, gz("duePrecision"), std(TIME_UNITS[found.precision.value])
    yield from _said(node, "dueBasis", found.basis)
    yield from _said(node, "dueAssumption", found.assumption)
    yield from _said(node, "dueUnresolved", found.reason)


def _said(node: str, local: str, words: Words | None) -> Iterator[Triple]:
    if words:
        yield node, gz(local), tagged(words.zh, "zh")
        yield node, gz(local), tagged(words.en, "en")
