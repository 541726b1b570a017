"""A period does not end before it starts, in whatever precision its dates are given.

SHACL compares values of one datatype only: a month and a day in it are two things to ``sh:lessThanOrEquals``.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.check.shapes import Severity, Violation
from kg.rdf.terms import last_day
from kg.store import Store

__all__ = ["turned_periods"]

_PERIODS = "SELECT ?fact ?start ?end WHERE { ?fact gz:start ?start ; gz:end ?end } ORDER BY ?fact ?start ?end"


def turned_periods(store: Store) -> Iterator[Violation]:
    """The deadlines and events whose start lies after the last day of their end."""
    for row in store.select(_PERIODS):
        fact, start, end = (str(row[name].value) for name in ("fact", "start", "end"))
        last = last_day(end)
        # A month or a year sorts before the days in it, as its first day would.
        if last is not None and last_day(start) is not None and start > last.isoformat():
            yield Violation(
                focus=fact,
                path="gz:start",
                message_zh="开始不得晚于结束",
                message_en="A period must not end before it starts",
                severity=Severity.VIOLATION,
                value=f"{start}/{end}",
            )
