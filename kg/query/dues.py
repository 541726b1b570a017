"""The due dates in a store, for whoever lists deadlines: by the IRI of the deadline."""

from __future__ import annotations

from typing import NamedTuple

from kg.store import Store

__all__ = ["Reckoned", "dues"]

_DUES = """
SELECT ?fact ?due ?first ?basis ?assumed ?unresolved WHERE {
  ?fact a gz:Deadline .
  OPTIONAL { ?fact gz:due ?due }
  OPTIONAL { ?fact gz:firstDue ?first }
  OPTIONAL { ?fact gz:dueBasis ?basis FILTER(LANG(?basis) = "zh") }
  OPTIONAL { ?fact gz:dueAssumption ?assumed FILTER(LANG(?assumed) = "zh") }
  OPTIONAL { ?fact gz:dueUnresolved ?unresolved FILTER(LANG(?unresolved) = "zh") }
}
ORDER BY ?fact ?due ?first ?basis ?assumed ?unresolved
"""


class Reckoned(NamedTuple):
    """What a deadline was reckoned to, in Chinese."""

    day: str
    """In ISO 8601; of one that recurs the first; empty where there is none."""
    basis: str
    """By what, and what was assumed; or why there is none."""
    recurs: bool


def dues(store: Store) -> dict[str, Reckoned]:
    """When each deadline falls due."""
    found: dict[str, Reckoned] = {}
    for row in store.select(_DUES):
        text = {
            name: row[name].value if row[name] else ""
            for name in ("fact", "due", "first", "basis", "assumed", "unresolved")
        }
        basis = "；".join(filter(None, (text["basis"], text["assumed"], text["unresolved"])))
        found.setdefault(text["fact"], Reckoned(text["due"] or text["first"], basis, bool(text["first"])))
    return found
