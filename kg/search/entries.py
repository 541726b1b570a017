"""What of a named graph can be found: the names of things, what statements are about, and their quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import pyoxigraph as ox

from kg.rdf import NS, PREFIXES

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


_TYPE = f"<{PREFIXES['rdf']}type>".encode()
_FIELDS = (
    {PREFIXES["skos"] + local: Field.NAME for local in ("prefLabel", "altLabel")}
    | {NS + "preferredName": Field.NAME, NS + "heading": Field.NAME, NS + "quote": Field.QUOTE}
    | {NS + local: Field.MATTER for local in ("matter", "task", "purpose", "subject", "what", "postTitle")}
)
_DOCUMENT = NS + "documentKey"
_WORDS = frozenset(f"<{iri}>".encode() for iri in (*_FIELDS, _DOCUMENT))
_STATEMENT = f"<{NS}Statement>".encode()


def entries(block: bytes) -> Iterator[Entry]:
    """By what the things that N-Quads of a named graph speak of are found, sorted by IRI, field and text."""
    kinds: dict[bytes, list[bytes]] = defaultdict(list)
    pointed: set[tuple[bytes, bytes]] = set()
    said: list[bytes] = []
    for line in block.splitlines():  # most lines say nothing of this: only the others are parsed
        subject, predicate, rest = line.split(b" ", 2)
        if predicate == _TYPE:
            kinds[subject].append(rest.split(b" ", 1)[0])
        elif predicate in _WORDS:
            said.append(line)
        elif rest.startswith(b"<"):
            pointed.add((subject, rest.split(b" ", 1)[0]))
    words: dict[str, set[tuple[Field, str]]] = defaultdict(set)
    documents: dict[str, str] = {}
    for quad in ox.parse(b"\n".join(said), ox.RdfFormat.N_QUADS):
        subject_iri, predicate_iri, text = quad.subject.value, quad.predicate.value, quad.object.value
        if predicate_iri == _DOCUMENT:
            documents[subject_iri] = text
        elif text:
            words[subject_iri].add((_FIELDS[predicate_iri], text))
    ties = Counter(thing for fact, thing in pointed if _STATEMENT in kinds.get(fact, ()))
    for iri, found in sorted(words.items()):
        node = f"<{iri}>".encode()
        for kind in sorted(_local(kind) for kind in kinds.get(node, ())):
            for field, text in sorted(found) if kind else ():
                yield Entry(iri, kind, field, text, documents.get(iri, ""), ties[node])


def _local(kind: bytes) -> str:
    """The class without its namespace; empty for what says nothing to a reader: classes of others, and ``Statement``."""
    iri = kind[1:-1].decode()
    return iri.removeprefix(NS) if iri.startswith(NS) and kind != _STATEMENT else ""
