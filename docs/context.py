"""Makes the JSON-LD context out of the ontology: a short key for each term, with the type of its values.

    make docs                     writes ontology/context.jsonld, and the pages of pages.py
    python docs/context.py        writes the context alone

A property whose values have one datatype, or are nodes, says so, and its values are then mere strings; where they have
several (a date may be a day, a month or a year) each value says its own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kg.rdf import NS, PREFIXES

ROOT = Path(__file__).parent.parent
FILE = ROOT / "ontology" / "context.jsonld"

_PLAIN = (XSD.string, RDFS.Literal, RDF.langString)
"""Ranges that say nothing of the datatype of a value."""

OTHERS: dict[str, Any] = {
    "prefLabel": {"@id": "skos:prefLabel", "@language": "zh"},
    "altLabel": {"@id": "skos:altLabel", "@language": "zh"},
    "label": {"@id": "rdfs:label", "@language": "zh"},
    "subOrganizationOf": {"@id": "org:subOrganizationOf", "@type": "@id"},
    "hasSource": {"@id": "oa:hasSource", "@type": "@id"},
    "hasSelector": {"@id": "oa:hasSelector", "@type": "@id"},
    "exact": {"@id": "oa:exact"},
    "name": {"@id": "schema:name"},
}
"""What a graph has besides terms of ours, and has often."""


def context() -> dict[str, Any]:
    """The context as a JSON-LD document."""
    graph = rdflib.Graph().parse(ROOT / "ontology" / "gazette.ttl")
    terms: dict[str, Any] = {}
    for term in sorted(map(str, graph.subjects(RDFS.isDefinedBy))):
        iri, key = rdflib.URIRef(term), term.removeprefix(NS)
        types = set(graph.objects(iri, RDF.type))
        if OWL.Class in types:
            terms[key] = {"@id": f"gz:{key}"}
        elif OWL.ObjectProperty in types:
            terms[key] = {"@id": f"gz:{key}", "@type": "@id"}
        elif OWL.DatatypeProperty in types:
            terms[key] = {"@id": f"gz:{key}", **_type(graph.value(iri, RDFS.range))}
    return {"@context": {"@version": 1.1, **PREFIXES, **OTHERS, **terms}}


def _type(datatype: rdflib.term.Node | None) -> dict[str, str]:
    if datatype in (None, *_PLAIN):
        return {}
    if datatype == RDF.JSON:
        return {"@type": "@json"}
    return {"@type": f"xsd:{str(datatype).removeprefix(str(XSD))}"}


def text() -> str:
    """The context as it stands in the file: a term a line."""
    lines = [f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in context()["@context"].items()]
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
