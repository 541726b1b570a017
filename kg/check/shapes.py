"""The graph is held against ontology/shapes.ttl by pySHACL, the reference implementation of W3C SHACL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import PREFIXES
from kg.rdf.ontology import read
from kg.store import Store

if TYPE_CHECKING:
    import rdflib

__all__ = ["Severity", "Violation", "gravest_first", "merged", "shapes", "violations"]

_STRING = PREFIXES["xsd"] + "string"
_SH = "http://www.w3.org/ns/shacl#"


class Severity(StrEnum):
    """How much a result weighs: the local name of its term in SHACL."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that is not as a shape says: one ``sh:ValidationResult``."""

    focus: str
    """The IRI of the node."""
    path: str | None
    """The property, as in ``gz:amount``, or the node's shape as a whole."""
    message_zh: str
    message_en: str
    severity: Severity
    value: str | None = None
    """What was found, where one value is to blame."""

    def __str__(self) -> str:
        place = f"{self.focus} {self.path}" if self.path else self.focus
        found = "" if self.value is None else f" (got {self.value!r})"
        return f"{place}: {self.message_zh} / {self.message_en}{found}"


@cache
def shapes() -> rdflib.Graph:
    """The shapes that come with the package."""
    import rdflib

    return rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")


def merged(store: Store) -> rdflib.Graph:
    """All named graphs in one rdflib graph in memory, which pySHACL reads faster than any store behind a bridge."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    seen: dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, rdflib.term.Node] = {}

    def node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
        if (known := seen.get(term)) is not None:
            return known
        made: rdflib.term.Node
        match term:
            case ox.NamedNode():
                made = rdflib.URIRef(term.value)
            case ox.Literal():
                # To rdflib a plain string and an xsd:string are two things, to RDF 1.1 one.
                plain = term.language or term.datatype.value == _STRING
                datatype = None if plain else rdflib.URIRef(term.datatype.value)
                # normalize=False: what is written is what is checked.
                made = rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
            case other:
                made = rdflib.BNode(str(other))
        seen[term] = made
        return made

    for quad in store.quads():
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


def violations(store: Store) -> list[Violation]:
    """Every result of the shapes over the graph, the gravest first, then by node and property."""
    import rdflib
    from pyshacl import validate  # takes longer to import than a gazette to build

    _, results, _ = validate(merged(store), shacl_graph=shapes(), inference="none", advanced=False)
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pySHACL must answer with a graph, got {results!r}")
    found = [
        _violation(results, result)
        for result in results.subjects(rdflib.RDF.type, rdflib.URIRef(f"{_SH}ValidationResult"))
    ]
    return gravest_first(found)


def gravest_first(found: Iterable[Violation]) -> list[Violation]:
    """Each once, the gravest first, then by node and property."""
    order = list(Severity)
    return sorted(
        dict.fromkeys(found),
        key=lambda v: (order.index(v.severity), v.focus, v.path or "", v.message_en, v.value or ""),
    )


def _violation(results: rdflib.Graph, result: rdflib.term.Node) -> Violation:
    import rdflib

    def one(local: str) -> rdflib.term.Node | None:
        return results.value(result, rdflib.URIRef(_SH + local))

    messages = {
        message.language: str(message)
        for message in results.objects(result, rdflib.URIRef(f"{_SH}resultMessage"))
        if isinstance(message, rdflib.Literal)
    }
    fallback = min(messages.values(), default="")
    path, value = one("resultPath"), one("value")
    return Violation(
        focus=str(one("focusNode")),
        path=None if path is None else _path(results, path),
        message_zh=messages.get("zh", fallback),
        message_en=messages.get("en", fallback),
        severity=Severity(str(one("resultSeverity")).removeprefix(_SH)),
        value=None if value is None or value == one("focusNode") else str(value),
    )


def _path(results: rdflib.Graph, path: rdflib.term.Node) -> str:
    """A property path as SPARQL writes it."""
    import rdflib
    from rdflib.collection import Collection

    if isinstance(path, rdflib.URIRef):
        return _compact(str(path))
    either = results.value(path, rdflib.URIRef(f"{_SH}alternativePath"))
    parts = Collection(results, path if either is None else either)
    return ("/" if either is None else "|").join(_path(results, part) for part in parts)


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
