"""What the times of facts are reckoned to, by the dates of their documents and the days that were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from kg.due import IN_FORCE, due
from kg.grammar.periods import find_times
from kg.ledger.tasks import Fact, Term
from kg.model import Deadline, Evidence, Span
from kg.rdf.terms import last_day
from kg.view.phrases import day_in_words, when

__all__ = ["Reckoning"]


class Reckoning:
    """The dates of the documents of some facts, and the days of events."""

    def __init__(self, facts: Iterable[Fact], given: Mapping[str, dt.date]) -> None:
        self.given = given
        self.dates: dict[tuple[str, str], set[dt.date | None]] = {}
        self.forces: dict[tuple[str, str], set[dt.date | None]] = {}
        for fact in facts:
            if fact["kind"] == "document":
                place = fact["graph"], fact["doc"]
                if fact.get("date") and not fact.get("part_of"):
                    self.dates.setdefault(place, set()).add(_day(fact["date"]))
                if fact.get("effective"):
                    self.forces.setdefault(place, set()).add(_day(fact["effective"]))

    def term(self, fact: Fact) -> Term | None:
        """The time that a deadline or a target sets; None for a target without a date."""
        place = fact["graph"], fact["doc"]
        date, force = _only(self.dates.get(place)), _only(self.forces.get(place))
        anchors = {**({IN_FORCE: force} if force else {}), **self.given}
        if fact["kind"] == "target":
            if not fact.get("by"):
                return None
            values, words = {"on": fact["by"]}, str(fact["subject"])
        else:
            names = ("on", "start", "end", "every", "within", "after", "task")
            values, words = {name: fact.get(name) for name in names}, str(fact.get("task") or "")
        spans = tuple(Span(*span) for span in fact["spans"])
        deadline = Deadline(doc=fact["doc"], evidence=Evidence(spans, fact["quote"]), rule=fact["rule"], **values)
        found = due(deadline, date, anchors)
        said = (found.basis, found.assumption, found.reason)
        return Term(
            written=_written(fact, values, date),
            words=words,
            fact=fact,
            day=found.date,
            start=found.start,
            basis="；".join(line.zh for line in said if line),
            rule=deadline.every or "",
            since=date,
            waits_for=str(deadline.after or "") if deadline.within and not found.date else "",
        )


def _written(fact: Fact, values: Mapping[str, object], date: dt.date | None) -> str:
    """The words of the time, where the sentence has them in one piece."""
    own = {
        name: str(value)
        for name, value in values.items()
        if value and name in ("on", "start", "end", "every", "within")
    }
    quote = str(fact["quote"])
    year = next((own[name][:4] for name in ("on", "end", "start") if name in own), str(date.year) if date else None)
    for time in find_times(quote, year):
        if own in time.values:
            after = f"自{fact['after']}起" if fact.get("after") else ""
            return f"{after}{quote[time.start : time.end]}"
    return when(fact) if fact["kind"] == "deadline" else day_in_words(str(fact["by"]))


def _day(text: str) -> dt.date | None:
    return last_day(text) if text.count("-") == 2 else None


def _only(days: set[dt.date | None] | None) -> dt.date | None:
    return next(iter(days)) if days and len(days) == 1 else None
