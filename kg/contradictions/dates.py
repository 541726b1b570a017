"""Days that cannot be: a period that ends before it starts, a deadline that was over when it was set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.contradictions.claims import Facts, Found
from kg.rdf.terms import last_day
from kg.standing import State

__all__ = ["due_before_document", "period_turned"]

_LOOKS_BACK = re.compile(r"已|曾|原定|原计划|截[至止]|逾期|未能|上年|去年|本应|完成了|取得|以来")


def period_turned(facts: Facts, state: State) -> Iterator[Found]:
    """A period whose start lies after the last day of its end, in whatever precision the two are given."""
    for fact in facts.of("deadline", "event"):
        start, end = fact.get("start"), fact.get("end")
        if fact["kind"] == "event":
            start, _, end = str(fact.get("date") or "").partition("/")
        if not start or not end or last_day(start) is None or not (last := last_day(end)):
            continue
        # A month or a year sorts before the days in it, as its first day would.
        if start > last.isoformat():
            yield Found(fact, [], f"期间自{start}起，却止于{end}", f"the period begins on {start} and ends on {end}")


def due_before_document(facts: Facts, state: State) -> Iterator[Found]:
    """A due date before the day of the document that sets it.

    Not what looks back, not a period (it may have begun), and not a whole year, which is often a review.
    """
    for fact in facts.of("deadline"):
        on, day = str(fact.get("on") or ""), facts.day(fact)
        due = last_day(on) if on.count("-") else None
        if due and day and due.isoformat() < day and not _LOOKS_BACK.search(fact["quote"]):
            yield Found(
                fact,
                [],
                f"期限为{on}，早于公文的成文日期{day}",
                f"it falls due on {on}, before the date of its document, {day}",
            )
