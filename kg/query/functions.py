"""What SPARQL cannot reckon by itself: the functions that a query may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pyoxigraph as ox

from kg.due import first
from kg.grammar.dates import stretch
from kg.store import term

__all__ = ["FUNCTIONS"]


def _next_due(rule: ox.Literal, told: ox.Literal, since: ox.Literal) -> ox.Literal | None:
    """The first day from ``since`` (a day, a month or a year) on, on which a rule falls due that a document told.

    Nothing where the rule leaves its days open, or has run out by then.
    """
    began, asked = stretch(told.value), stretch(since.value)
    if not began or began[0] != began[1]:
        return None
    day = first(rule.value, began[0], asked[0] if asked else date.min)
    found = term(day) if day else None
    return found if isinstance(found, ox.Literal) else None


FUNCTIONS: Mapping[str, Callable[..., ox.Literal | None]] = {"https://w3id.org/gongbao/function/nextDue": _next_due}
"""By IRI. ``nextDue(rule, date of the document, since)``."""
