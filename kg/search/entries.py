"""What of a named graph can be found: the names of things, what statements are about, and their quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import pyoxigraph as ox

from kg.rdf import NS
from kg.store import Store

__all__ = ["Entry", "Field", "entries"]


class Field(IntEnum):
    """What the words of an entry are, the most telling first."""

    NAME = 0
    """Of a party, a document or a section: its label, a short form, its number."""
    MATTER = 1
    """What a statement is about: matter, task, purpose, subject, what happened, a post's title."""
    QUOTE = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """Words by which a thing is found."""

    iri: str
    kind: str
    """The class of the thing, without its namespace: ``Agency``, ``Responsibility``."""
    field: Field
    text: str
    document: str = ""
    """Number or title of the document that a statement stands in."""
    ties: int = 0
    """How many statements of the graph speak of the thing."""


_NAMES = """
SELECT ?node ?class ?text (COUNT(DISTINCT ?fact) AS ?ties) WHERE { GRAPH $graph {
  ?node a ?class ; skos:prefLabel|skos:altLabel ?text .
  OPTIONAL { ?fact ?points ?node ; a gz:Statement }
} }
GROUP BY ?node ?class ?text
"""
_HEADINGS = """
SELECT ?node ?text ?document WHERE { GRAPH $graph {
  ?node a gz:Section ; gz:heading ?text ; gz:documentKey ?document
} }
"""
_MATTERS = """
SELECT ?fact ?class ?text ?document WHERE { GRAPH $graph {
  VALUES ?about { gz:matter gz:task gz:purpose gz:subject gz:what gz:postTitle }
  ?fact a gz:Statement, ?class ; ?about ?text ; gz:documentKey ?document
} }
"""
_QUOTES = """
SELECT ?fact ?class ?text ?document WHERE { GRAPH $graph {
  ?fact a gz:Statement, ?class ; gz:quote ?text ; gz:documentKey ?document
} }
"""


def entries(store: Store, graph: str) -> Iterator[Entry]:
    """By what the things that a named graph speaks of are found; a pure function of its quads, in no set order."""
    given = {"graph": ox.NamedNode(graph)}
    for node, kind, text, ties in store.select(_NAMES, given, merge=False):
        if local := _local(kind):
            yield Entry(node.value, local, Field.NAME, text.value, ties=int(ties.value))
    for node, text, document in store.select(_HEADINGS, given, merge=False):
        yield Entry(node.value, "Section", Field.NAME, text.value, document.value)
    for field, query in ((Field.MATTER, _MATTERS), (Field.QUOTE, _QUOTES)):
        for fact, kind, text, document in store.select(query, given, merge=False):
            if local := _local(kind):
                yield Entry(fact.value, local, field, text.value, document.value)


def _local(kind: ox.NamedNode) -> str:
    """The class without its namespace; empty for what says nothing to a reader: classes of others, and ``Statement``."""
    local = kind.value.removeprefix(NS)
    return local if local not in (kind.value, "Statement") else ""
