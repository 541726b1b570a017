"""The network as a property graph: nodes and edges with typed properties, for every form that holds such a graph.

What a statement says stands under the property's name in the ontology (``roleName``, ``amount``, ``dateOfDocument``),
beside its evidence: ``quote``, ``spans``, ``source``, ``section``, ``rule`` and the key of its document, ``doc``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from kg.export.material import Material, columns
from kg.rdf.vocabulary import FIELDS, Form

__all__ = ["EDGE", "NODE", "Edge", "Node", "Value", "edges", "nodes"]

Value = str | int | float | bool | list[str]

_FORMS: Mapping[Form, str] = {
    Form.TEXT: "string",
    Form.DATE: "date",
    Form.NUMBER: "double",
    Form.FLAG: "boolean",
    Form.LIST: "strings",
}
_FACT = {"kind": "string", "doc": "string", "section": "string", "quote": "string"}
_FACT |= {"source": "string", "spans": "string", "rule": "string"}
_FIELDS = {words: _FORMS[form] for kind in FIELDS for _, words, form in columns(kind)}
_DUES = {"due": "date", "firstDue": "date"}

NODE: Mapping[str, str] = {
    "label": "string",
    "type": "string",
    "names": "strings",
    "docs": "strings",
    "jurisdiction": "string",
    "parent": "string",
    **_FACT,
    **_FIELDS,
    **_DUES,
}
"""Property of a node → string, strings (a list), double, boolean or date, which is as precise as the text."""

EDGE: Mapping[str, str] = {"label": "string", **_FACT, **_FIELDS, **_DUES}
"""The same of an edge."""


class Node(NamedTuple):
    """A party, a document, a section or a statement."""

    id: str
    """Its IRI."""
    properties: Mapping[str, Value]


class Edge(NamedTuple):
    """What ties two nodes."""

    id: str
    """The IRI of the statement, with ``#2`` … for its further edges."""
    source: str
    target: str
    properties: Mapping[str, Value]


def nodes(material: Material) -> Iterator[Node]:
    """The nodes of the network, in its order."""
    facts = {fact["fact"]: fact for fact in material.facts}
    # The network cuts what it calls a section, for want of room on the page.
    headings = {iri: f"{number} {heading}".strip() for iri, number, _, heading, *_ in material.sections}
    for node, data in material.network.nodes(data=True):
        properties: dict[str, Value] = {"label": headings.get(node, data["label"]), "type": data["type"]}
        properties |= {"names": list(data["names"]), "docs": list(data["docs"])}
        if thing := material.things.get(node):
            properties |= {"jurisdiction": thing.jurisdiction, "parent": thing.parent}
        if node in facts:
            properties |= _said(material, facts[node])
        yield Node(node, _set(properties))


def edges(material: Material) -> Iterator[Edge]:
    """The edges of the network, in its order."""
    facts = {fact["fact"]: fact for fact in material.facts}
    for tail, head, key, data in material.network.edges(keys=True, data=True):
        fact = facts.get(key) or facts.get(key.rpartition("#")[0])
        said = _said(material, fact) if fact else {"kind": data["kind"], "doc": data["doc"]}
        yield Edge(key, tail, head, _set({"label": data["label"], **said}))


def _said(material: Material, fact: Mapping[str, Any]) -> dict[str, Value]:
    """What a statement says, and where."""
    said: dict[str, Value] = {name: fact.get(name, "") for name in _FACT if name != "spans"}
    said["spans"] = " ".join(f"{start}-{end}" for start, end in fact["spans"])
    fields = ((words, fact[key]) for key, words, _ in columns(fact["kind"]) if key in fact)
    return said | dict(chain(fields, material.dues.get(fact["fact"], {}).items()))


def _set(properties: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value not in ("", [])}
