"""The due dates in a store, for whoever lists deadlines: by the IRI of the deadline."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kg.rdf import NS
from kg.store import Store

__all__ = ["Reckoned", "dues"]

_DUES = """
SELECT ?fact ?said ?value WHERE {
  VALUES ?said { gz:due gz:firstDue gz:dueBasis gz:dueAssumption gz:dueUnresolved }
  GRAPH ?edges { ?fact ?said ?value }
  FILTER(LANG(?value) IN ("", "zh"))
}
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
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for fact, predicate, value in sorted(tuple(term.value for term in row) for row in store.select(_DUES, merge=False)):
        said[fact].setdefault(predicate.removeprefix(NS), value)
    return {
        fact: Reckoned(
            words.get("due") or words.get("firstDue", ""),
            "；".join(words[name] for name in ("dueBasis", "dueAssumption", "dueUnresolved") if name in words),
            "firstDue" in words,
        )
        for fact, words in said.items()
    }
