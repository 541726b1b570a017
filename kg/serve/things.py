"""What the graph says of one thing: what it is called, what it is, its values, and the statements about it with their quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from kg.rdf import BASE, NS, PREFIXES
from kg.rdf.ontology import labels, read, schemes
from kg.store import Store

__all__ = ["Said", "Statement", "Thing", "base_of", "called", "described", "terms", "thing"]

_MOST = 300
"""Statements of one kind that a page shows."""
_LABELS = ("skos:prefLabel", "eli:title", "gz:heading", "rdfs:label", "gz:title")
_OWN = frozenset(
    (
        *(PREFIXES["skos"] + local for local in ("prefLabel", "altLabel")),
        PREFIXES["rdf"] + "type",
        PREFIXES["rdfs"] + "label",
    )
)
_ABOUT = """
SELECT ?class ?fact ?points ?document ?quote ?spans ?source WHERE {
  ?fact ?points $thing ; a gz:Statement, ?class .
  FILTER(?class != gz:Statement && STRSTARTS(STR(?class), STR(gz:)))
  GRAPH ?source { ?fact gz:documentKey ?document ; gz:quote ?quote ; gz:evidenceSpans ?spans }
}
ORDER BY ?class ?document xsd:integer(STRBEFORE(?spans, "-")) ?fact ?points
"""
_DESCRIBED = """
CONSTRUCT { $thing ?p ?o . ?s ?q $thing . $thing gz:evidence ?e . ?e ?r ?v . ?v ?t ?w }
WHERE {
  { $thing ?p ?o } UNION { ?s ?q $thing }
  UNION { $thing gz:evidence ?e . ?e ?r ?v . OPTIONAL { ?v ?t ?w . FILTER(STRSTARTS(STR(?v), STR(?e))) } }
}
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a property: text, or a thing with a page of its own."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about the thing, with the sentence it was read from."""

    iri: str
    part: str
    """The property by which it speaks of the thing."""
    document: str
    quote: str
    spans: str
    source: str
    fields: tuple[tuple[str, str], ...]
    """Its other words: property and text."""


@dataclass(slots=True)
class Thing:
    """All that a page shows."""

    iri: str
    label: str
    names: list[str]
    classes: list[str]
    values: list[tuple[str, list[Said]]]
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    """How many statements of a kind are not shown."""


@cache
def terms() -> Store:
    """The terms and concepts of the ontology, which a graph uses and does not hold."""
    files = ("gazette.ttl", *schemes())
    return Store.of(
        f"{triple.subject} {triple.predicate} {triple.object} <{NS}> ."
        for name in files
        for triple in ox.parse(read(name), ox.RdfFormat.TURTLE)
        if isinstance(triple.subject, ox.NamedNode)
    )


def base_of(store: Store) -> str:
    """What the IRIs of the graph begin with, by the name of a source's graph."""
    found = (re.match(r"(.+)source/[0-9a-f]+$", graph) for graph in store.graphs())
    return next((match[1] for match in found if match), BASE)


def called(iri: str, language: str) -> str:
    """A term of the ontology in a language; of another vocabulary by its prefix, else the IRI."""
    if said := labels().get(iri):
        return said.get(language) or next(iter(said.values()))
    return _compact(iri)


@cache
def _compact(iri: str) -> str:
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def thing(store: Store, iri: str) -> Thing | None:
    """What is said of the thing; None where the graph does not know it."""
    node = ox.NamedNode(iri)
    said: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for row in store.select("SELECT ?p ?o WHERE { $thing ?p ?o } ORDER BY ?p ?o", {"thing": node}):
        said[row["p"].value].append(row["o"])
    about = list(store.select(_ABOUT, {"thing": node}))
    if not said and not about:
        return None
    names = [term.value for local in ("prefLabel", "altLabel") for term in said.get(PREFIXES["skos"] + local, ())]
    found = Thing(
        iri,
        _label(said) or iri,
        sorted(set(names)),
        sorted(term.value for term in said.get(PREFIXES["rdf"] + "type", ()) if term.value.startswith(NS)),
        [(name, [_said(store, term) for term in terms]) for name, terms in said.items() if name not in _OWN],
    )
    for row in about:
        kind = row["class"].value
        shown = found.statements.setdefault(kind, [])
        if len(shown) == _MOST:
            found.left[kind] = found.left.get(kind, 0) + 1
            continue
        shown.append(
            Statement(
                row["fact"].value,
                row["points"].value,
                row["document"].value,
                row["quote"].value,
                row["spans"].value,
                row["source"].value,
                tuple(_fields(store, row["fact"])),
            )
        )
    return found


_WORDS = frozenset(
    NS + local
    for local in (
        "personName", "organizationName", "postTitle", "note", "action", "groupName", "memberName", "roleName", "agentName", "matter", "underHeading",
        "modality", "amount", "share", "comparator", "per", "payerName", "payeeName", "purpose", "on", "start", "end", "every", "within", "after",
        "task", "subject", "value", "unit", "by", "citedTitle", "citedNumber", "relation", "eventType", "patientName", "what", "date",
        "parentOrganizationName", "partnerAName", "partnerBName", "phone", "address", "website", "due",
    )
)  # fmt: skip


def _fields(store: Store, fact: ox.NamedNode) -> Iterator[tuple[str, str]]:
    for quad in store.about(fact.value):
        if quad.predicate.value in _WORDS and isinstance(quad.object, ox.Literal):
            yield quad.predicate.value, quad.object.value


def _label(said: dict[str, list[ox.NamedNode | ox.Literal]]) -> str:
    for name in _LABELS:
        prefix, _, local = name.partition(":")
        for term in said.get(PREFIXES[prefix] + local, ()):
            return term.value
    return ""


def _said(store: Store, term: ox.NamedNode | ox.Literal) -> Said:
    if isinstance(term, ox.Literal):
        return Said(term.value)
    own = {
        row["p"].value: [row["o"]]
        for row in store.select(
            "SELECT ?p ?o WHERE { $thing ?p ?o . FILTER(?p IN (skos:prefLabel, rdfs:label, gz:heading, gz:quote)) }",
            {"thing": term},
        )
    }
    quote = next((o.value for o in own.get(NS + "quote", ())), "")
    return Said(_label(own) or quote or called(term.value, "zh"), term.value)


def described(store: Store, iri: str) -> list[ox.Triple]:
    """The triples from and to a thing, and its evidence, for programs."""
    found = store.query(_DESCRIBED, {"thing": ox.NamedNode(iri)})
    return list(found) if isinstance(found, ox.QueryTriples) else []
