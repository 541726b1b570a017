"""A ledger that was filled in is taken into the progress, matched by the IRIs of the tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ledger.book import Ledger
from kg.ledger.filled import Filled
from kg.ledger.progress import Entry, add

__all__ = ["Update", "update"]


@dataclass(frozen=True, slots=True)
class Update:
    """What a filled ledger brought."""

    entries: tuple[Entry, ...]
    """All there are now, those of before among them."""
    added: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    """What was filled in about tasks that the graph does not have, or no longer: kept all the same."""
    seen: int
    """How many rows the file has."""
    missing: tuple[str, ...]
    """Heads of columns to be filled in that the file has not."""


def update(ledger: Ledger, known: Sequence[Entry], filled: Filled, by: str, day: dt.date) -> Update:
    """The progress with what was filled in. ``ledger`` has all tasks of the graph; ``by`` is who says it."""
    tasks = {task.iri: task for task in ledger.tasks}
    rows = list(_entries(ledger, filled, by, day))
    entries, added = add(known, rows)
    gone = tuple(entry for entry in rows if entry.task not in tasks)
    return Update(tuple(entries), tuple(added), gone, filled.seen, filled.missing)


def _entries(ledger: Ledger, filled: Filled, by: str, day: dt.date) -> Iterable[Entry]:
    tasks = {task.iri: task for task in ledger.tasks}
    for row in filled.rows:
        task = tasks.get(row.task)
        yield Entry(
            task=row.task,
            text=task.text if task else row.text,
            doc=task.doc if task else row.doc,
            state=row.state,
            done_on=row.done_on,
            remark=row.remark,
            by=by,
            on=day,
        )
