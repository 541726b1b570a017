"""What every form of exchange is made of: the facts of a graph, the things they speak of, and what ties the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import networkx
import pyoxigraph as ox

from kg.model import EntityType
from kg.network import LINKS, network
from kg.query import located
from kg.rdf import NS
from kg.rdf.ontology import read
from kg.rdf.vocabulary import FIELDS, Form, name
from kg.store import Store

__all__ = ["DATATYPES", "Material", "Thing", "columns"]

_THINGS = """
SELECT DISTINCT ?thing ?class ?label ?other ?jurisdiction ?above WHERE {
  ?thing a ?class ; skos:prefLabel ?label .
  OPTIONAL { ?thing skos:altLabel ?other }
  OPTIONAL { ?thing gz:jurisdiction ?jurisdiction }
  OPTIONAL { ?thing org:subOrganizationOf ?above }
}"""
_SOURCES = "SELECT ?source ?name ?sha ?encoding WHERE { ?source a gz:Source ; schema:name ?name ; gz:sha256 ?sha ; gz:encoding ?encoding }"
_SECTIONS = """
SELECT ?section ?number ?path ?heading ?above ?in ?spans ?source WHERE {
  GRAPH ?source {
    ?section a gz:Section ; gz:sectionNumber ?number ; gz:sectionPath ?path ; gz:heading ?heading ; gz:evidenceSpans ?spans .
    OPTIONAL { ?section gz:partOf ?above } OPTIONAL { ?section gz:inDocument ?in }
  }
}"""
_DUES = """
SELECT ?fact ?property ?day WHERE { VALUES ?property { gz:due gz:firstDue } ?fact ?property ?day }"""
_TYPES = frozenset(entity.value for entity in EntityType if entity is not EntityType.DIVISION)

DATATYPES: Mapping[Form, str] = {
    Form.TEXT: "string",
    Form.LIST: "string",
    Form.DATE: "date",
    Form.NUMBER: "decimal",
    Form.FLAG: "boolean",
}
"""How a field is written → its type in a table. A date is as precise as the text, so it may be a month or a year."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A party or a document, as the graph names it."""

    iri: str
    type: str
    """The local name of its class."""
    label: str
    names: tuple[str, ...] = ()
    """Its other names."""
    jurisdiction: str = ""
    parent: str = ""
    """The IRI of the organisation it is part of."""


@dataclass(frozen=True)
class Material:
    """A store, and what is read out of it once for all forms that need it."""

    store: Store
    software: str
    """The name and version of the program."""
    licence: str | None = None
    """The IRI of the licence that whoever exports gives the data."""
    context: Mapping[str, Any] | None = None
    """The JSON-LD context to write with, instead of the project's own."""
    bom: bool = False
    """Whether tables begin with a byte-order mark, by which spreadsheets know UTF-8."""
    written: list[tuple[str, int, str]] = field(default_factory=list)
    """Each file written so far: its name, its size in bytes, its SHA-256."""

    @cached_property
    def facts(self) -> tuple[dict[str, Any], ...]:
        """The facts as ``kg facts --full`` prints them, each with ``source_id``, the IRI of its source."""
        return tuple({**fact, "source_id": source} for source, fact in located(self.store))

    @cached_property
    def network(self) -> networkx.MultiDiGraph:
        """The network of the graph, as it is drawn."""
        return network(self.store)

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """Parties and documents by IRI, sorted."""
        return {thing.iri: thing for thing in self._things()}

    def _things(self) -> Iterator[Thing]:
        said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for iri, kind, label, other, jurisdiction, above in self.store.rows(_THINGS):
            if (local := kind.removeprefix(NS)) in _TYPES:
                for key, value in (("type", local), ("label", label), ("jurisdiction", jurisdiction), ("above", above)):
                    said[iri][key].add(value)
                said[iri]["names"].update(name for name in (label, other) if name)
        for iri in sorted(said):
            # Two sources may call one thing by different words: the first in order is its label, the rest are names.
            first = {key: min(values) for key, values in said[iri].items() if key != "names"}
            names = tuple(sorted(said[iri]["names"] - {first["label"]}))
            yield Thing(iri, first["type"], first["label"], names, first["jurisdiction"], first["above"])

    @cached_property
    def links(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Fact → property → what it points to: parties, documents, its section."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        query = f"SELECT ?fact ?link ?thing WHERE {{ VALUES ?link {{ {' '.join(LINKS)} }} ?fact a gz:Statement ; ?link ?thing }}"
        for fact, link, thing in sorted(self.store.rows(query)):
            found[fact][link.removeprefix(NS)].append(thing)
        return {fact: {link: tuple(things) for link, things in links.items()} for fact, links in found.items()}

    def link(self, fact: Mapping[str, Any], local: str | None) -> str:
        """The one thing that a fact points to by a property; nothing where there is none."""
        return next(iter(self.links.get(fact["fact"], {}).get(local or "", ())), "")

    def evidence(self, fact: Mapping[str, Any]) -> list[str]:
        """The IRIs of the places in its source that a fact was read from, in reading order."""
        return [f"{fact['source_id']}/{start}-{end}" for start, end in fact["spans"]]

    @cached_property
    def dues(self) -> Mapping[str, Mapping[str, str]]:
        """Deadline or target → ``due`` or ``firstDue`` → the day it was reckoned to."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for fact, local, day in sorted(self.store.rows(_DUES)):
            found[fact].setdefault(local.removeprefix(NS), day)
        return found

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, str, str]]:
        """Source → the file's name, the SHA-256 of its bytes, its encoding; sorted by IRI."""
        rows = sorted(self.store.rows(_SOURCES))
        return {source: (title, sha, encoding) for source, title, sha, encoding in rows}

    @cached_property
    def sections(self) -> tuple[tuple[str, ...], ...]:
        """IRI, number, path, heading, IRI of what it is part of, IRI of its document, spans, IRI of its source."""
        return tuple(sorted(self.store.rows(_SECTIONS)))

    @cached_property
    def titles(self) -> Mapping[str, tuple[str, str]]:
        """Term of the ontology → its label in Chinese and in English."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for triple in ox.parse(read().encode("utf-8"), ox.RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if (
                triple.predicate.value == name("rdfs:label")
                and isinstance(subject, ox.NamedNode)
                and subject.value.startswith(NS)
                and isinstance(value, ox.Literal)
            ):
                found[subject.value.removeprefix(NS)][value.language or ""] = value.value
        return {local: (labels.get("zh", local), labels.get("en", local)) for local, labels in found.items()}


def columns(kind: str) -> Iterator[tuple[str, str, Form]]:
    """Of each field of a kind: its name, the property that holds its words, how it is written."""
    for key, each in FIELDS[kind].items():
        yield key, each.words, each.form
