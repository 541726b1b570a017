"""Days, months and years as instants of OWL-Time."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf.terms import date_value
from kg.rdf.vocabulary import std

__all__ = ["instant"]

_PRECISIONS = ("time:inXSDgYear", "time:inXSDgYearMonth", "time:inXSDDate")


def instant(node: str, text: str) -> Iterator[tuple[str, str, str]]:
    """The triples of the instant at a node: the text is a day, a month or a year in ISO 8601."""
    yield node, std("rdf:type"), std("time:Instant")
    yield node, std(_PRECISIONS[text.count("-")]), date_value(text)
