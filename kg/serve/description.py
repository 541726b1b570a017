"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C Recommendation)."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.responses import Response

from kg.rdf import PREFIXES
from kg.serve.jobs import RDF
from kg.serve.negotiation import Form
from kg.serve.protocol import Refused

__all__ = ["description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def description(endpoint: str, form: Form | None) -> Response:
    """The description of the endpoint at that address. Raises Refused where no form of RDF is taken."""
    if form is None:
        raise Refused(
            406, "Accept must take a form of RDF or text/html: a query is missing, and this describes the endpoint"
        )
    service = ox.NamedNode(endpoint)
    said = [(service, _TYPE, _sd("Service")), (service, _sd("endpoint"), service)]
    said += [(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))]
    said += [(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS]
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default")
    said += [
        (service, _sd("defaultDataset"), dataset),
        (dataset, _TYPE, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), default),
        (default, _TYPE, _sd("Graph")),
    ]
    triples = [ox.Triple(*parts) for parts in said]
    body = ox.serialize(triples, format=RDF[form.name], prefixes={"sd": _SD, "formats": _FORMATS})
    return Response(body, media_type=form.media, headers={"Vary": "Accept"})


_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def _sd(local: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + local)
