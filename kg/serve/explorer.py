"""The explorer: its page, the piece of the network around some things, the way between two, and the whole as a map."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from networkx import MultiDiGraph

from kg.neighbourhood import Neighbourhood, neighbourhood, way
from kg.overview import overview
from kg.rdf.vocabulary import CLASSES, classes_of
from kg.serve.html import html
from kg.serve.jobs import Answered, Body, Served
from kg.serve.protocol import Refused, named_node
from kg.view import EVIDENCE
from kg.view.inline import visible, words
from kg.view.told import Told

__all__ = ["EXPLORER_JOBS"]

_MOST_NODES = 50
"""Things that one request may ask for."""
_FACTS = 300
"""Facts in an answer where nothing else is asked for."""
_MOST_FACTS, _MOST_HOPS, _MOST_POINTS = 2000, 3, 50_000
_NEWEST = """
SELECT ?document (SAMPLE(?name) AS ?title) (MAX(?day) AS ?date) WHERE {
  ?document a gz:OfficialDocument, gz:Statement ; gz:title ?name . OPTIONAL { ?document gz:dateOfDocument ?day }
  FILTER NOT EXISTS { ?document gz:partOf ?whole }
}
GROUP BY ?document ORDER BY DESC(STR(?date)) ?title LIMIT 12
"""


def page(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """The page of the explorer: it asks for the rest."""
    newest = [(row["document"].value, row["title"].value) for row in served.graph.store.select(_NEWEST)]
    data = {
        "words": {name: words()[name] for name in ("types", "kinds", "fields", "ui", "outlines")},
        "language": language,
        "remote": True,
        "resting": ["Section"],
        "most": _MOST_POINTS,
        "links": {"evidence": f"/{EVIDENCE}" if served.evidence else ""},
        "classes": {name: kind for kind in CLASSES for name in classes_of(kind)},
        "newest": [{"iri": iri, "label": visible(title)} for iri, title in newest],
    }
    return html(served, "explore.html", language, "/explore", fields, data=data)


def network(served: Served, iris: Sequence[str], to: str = "", hops: str = "", limit: str = "") -> Answered:
    """What surrounds the things, or the way from the first of them to another; as JSON.

    Raises Refused for what is no IRI or no number, and where the graph knows none of them.
    """
    if not 0 < len(iris) <= _MOST_NODES:
        raise Refused(400, f"from 1 to {_MOST_NODES} things must be named by iri=, got {len(iris)}")
    for iri in (*iris, *([to] if to else [])):
        named_node(iri)
    store = served.graph.store
    if to:
        found = way(store, iris[0], to) or Neighbourhood(MultiDiGraph(), ())
    else:
        asked = _number("hops", hops, 1, _MOST_HOPS), _number("limit", limit, _FACTS, _MOST_FACTS)
        found = neighbourhood(store, iris, hops=asked[0], most=asked[1])
        if not found.roots:
            raise Refused(404, f"nothing is said of <{'>, <'.join(iris)}> here")
    return _json(_piece(found))


def whole(served: Served, limit: str = "") -> Answered:
    """The map of the whole graph as JSON: ``nodes`` as [IRI, label, type, ties, x, y], ``lines`` as [from, to, kind]."""
    most = _number("limit", limit, _MOST_POINTS, _MOST_POINTS)
    name = f"map {most}"
    if name not in served.kept:
        found = overview(served.graph.store, most)
        types = sorted({point.type for point in found.points})
        kinds = sorted({kind for *_, kind in found.lines})
        said = {
            "types": types,
            "kinds": kinds,
            "nodes": [[p.iri, visible(p.label), types.index(p.type), p.ties, p.x, p.y] for p in found.points],
            "lines": [[a, b, kinds.index(kind)] for a, b, kind in found.lines],
            "whole": found.whole,
        }
        served.kept.clear()  # a map is large: the last one is enough
        served.kept[name] = _text(said)
    text = served.kept[name]
    return Answered("application/json", lambda body: body.write(text))


def _piece(found: Neighbourhood) -> dict[str, Any]:
    told = Told(found.graph)
    degree = dict(found.graph.degree())
    return {
        "nodes": [{"group": told.type_of(node), "weight": degree[node]} for node in told.nodes],
        "things": told.things,
        "edges": told.edges,
        "facts": told.facts,
        "docs": told.docs,
        "roots": [told.order[root] for root in found.roots if root in told.order],
        "left": {told.order[root]: number for root, number in found.left.items()},
    }


def _number(name: str, text: str, otherwise: int, most: int) -> int:
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= most:
        raise Refused(400, f"{name} must be a number from 1 to {most}, got {text!r}")
    return int(text)


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _json(value: object) -> Answered:
    def write(body: Body) -> None:
        body.write(_text(value))

    return Answered("application/json", write)


EXPLORER_JOBS: Mapping[str, Callable[..., Answered]] = {"explore": page, "network": network, "whole": whole}
"""By the name that the server asks for them."""
