"""What pySHACL, the reference implementation of W3C SHACL, says of a graph: the measure for what kg says."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from pyshacl import validate
from rdflib.collection import Collection

from kg.check.shapes import Severity, Violation, gravest_first
from kg.rdf import PREFIXES
from kg.rdf.ontology import read
from kg.store import Store

_STRING = PREFIXES["xsd"] + "string"
_SH = "http://www.w3.org/ns/shacl#"
SHAPES = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")


def merged(store: Store) -> rdflib.Graph:
    """All named graphs in one rdflib graph in memory, which pySHACL reads faster than any store behind a bridge."""
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


def reference(store: Store, shapes: rdflib.Graph = SHAPES) -> list[Violation]:
    """Every result of the shapes over the union of all graphs, in the order in which kg gives them."""
    _, results, _ = validate(merged(store), shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pySHACL must answer with a graph, got {results!r}")
    # What a nested shape found stands in sh:detail and is no result of its own.
    found = [_violation(results, result) for result in results.objects(None, rdflib.URIRef(f"{_SH}result"))]
    return gravest_first(found)


def _violation(results: rdflib.Graph, result: rdflib.term.Node) -> Violation:
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
        value=None if value is None or path is None else str(value),
    )


def _path(results: rdflib.Graph, path: rdflib.term.Node) -> str:
    """A property path as SPARQL writes it."""
    if isinstance(path, rdflib.URIRef):
        return _compact(str(path))
    either = results.value(path, rdflib.URIRef(f"{_SH}alternativePath"))
    parts = Collection(results, path if either is None else either)
    return ("/" if either is None else "|").join(_path(results, part) for part in parts)


def _compact(iri: str) -> str:
    return next((f"{p}:{iri[len(ns) :]}" for p, ns in PREFIXES.items() if iri.startswith(ns)), iri)
