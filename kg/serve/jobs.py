"""What a worker is asked to do: each job reads the graph and gives an answer in the form that was chosen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Protocol, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph import Graph
from kg.query import FUNCTIONS
from kg.rdf import PREFIXES
from kg.serve.hints import hint
from kg.serve.limits import ServeLimits
from kg.serve.negotiation import GRAPHS, SOLUTIONS, Form, chosen, named
from kg.serve.protocol import Refused, named_node
from kg.store import Dataset
from kg.view import EVIDENCE

__all__ = ["DATA_JOBS", "RDF", "Answered", "Served"]


class Body(Protocol):
    """What takes the bytes of an answer."""

    def write(self, data: bytes) -> int: ...


@dataclass(slots=True)
class Answered:
    """An answer whose bytes are made as they are written."""

    media: str
    write: Callable[[Body], object]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Served:
    """The graph that is served, and what a request may cost."""

    graph: Graph
    limits: ServeLimits
    judgements: str = ""
    """The file of judgements that pages may change; empty where they may not."""
    kept: dict[str, bytes] = field(default_factory=dict)
    """Answers that took long, by what was asked: a worker's graph does not change."""

    @property
    def evidence(self) -> bool:
        """Whether the pages of the evidence stand beside the graph."""
        return bool(self.graph.home and (self.graph.home / EVIDENCE).is_dir())


RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
# What Oxigraph writes for each solution, and how often more or less than there are solutions; a value that has the same
# letters is counted as a row more.
_ROW = {"json": (b"},{", -1), "xml": (b"<result>", 0), "csv": (b"\n", 1), "tsv": (b"\n", 1)}


class _Counted:
    """Passes an answer on in larger pieces and gives it up beyond the granted number of rows."""

    def __init__(self, body: Body, mark: bytes, most: int) -> None:
        """``most`` is how often the mark may stand in the answer."""
        self._body = body
        self._mark = mark
        self._left = most
        self._end = b""
        """The last of what was written, where a mark may have begun."""
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        seen = self._end + bytes(data)
        self._left -= seen.count(self._mark)
        self._end = seen[len(seen) - len(self._mark) + 1 :]
        if self._left < 0:
            raise _too_many()
        self._pieces.append(bytes(data))
        self._size += len(data)
        if self._size >= 1 << 16:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._pieces:
            self._body.write(b"".join(self._pieces))
        self._pieces, self._size = [], 0


def _too_many() -> Refused:
    return Refused(400, "the answer has more rows than this endpoint grants; ask for a part with LIMIT and OFFSET")


def sparql(
    served: Served, query: str, default_graphs: Sequence[str], named_graphs: Sequence[str], accept: str, form: str
) -> Answered:
    """The answer to a query of the protocol, in the form that the header, or ``form`` by name, asks for."""
    # Section 2.1.4 of the protocol: what the request names is the whole dataset.
    asked = tuple(tuple(named_node(iri, "graph") for iri in iris) for iris in (default_graphs, named_graphs))
    try:
        answer = served.graph.store.query(query, functions=FUNCTIONS, dataset=Dataset(*asked) if any(asked) else None)
    except KgError as error:
        raise Refused(400, f"{error}{hint(query)}") from error
    if isinstance(answer, ox.QueryTriples):
        return triples(served, answer, _form(GRAPHS, accept, form))
    found = _form(SOLUTIONS, accept, form)
    if isinstance(answer, bool):
        return Answered(_media(found), lambda body: body.write(_truth(answer, found)))

    def write(body: Body) -> None:
        mark, more = _ROW[found.name]
        counted = _Counted(body, mark, served.limits.rows + more)
        answer.serialize(cast("IO[bytes]", counted), _RESULTS[found.name])
        counted.flush()

    return Answered(_media(found), write, headers={"Vary": "Accept"})


def triples(served: Served, found: Iterable[ox.Triple], form: Form) -> Answered:
    """Triples in a form of RDF."""

    def granted() -> Iterable[ox.Triple]:
        for number, triple in enumerate(found):
            if number >= served.limits.rows:
                raise _too_many()
            yield triple

    def write(body: Body) -> None:
        pieces = _Counted(body, b"\0", 0)  # they are counted above
        ox.serialize(granted(), cast("IO[bytes]", pieces), RDF[form.name], prefixes=dict(PREFIXES))
        pieces.flush()

    return Answered(_media(form), write, headers={"Vary": "Accept"})


def _truth(answer: bool, form: Form) -> bytes:
    said = "true" if answer else "false"
    match form.name:
        case "json":
            return f'{{"head":{{}},"boolean":{said}}}'.encode()
        case "xml":
            return (
                '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head>'
                f"<boolean>{said}</boolean></sparql>"
            ).encode()
    return said.encode()  # CSV and TSV have no form for it; this is what stores commonly write


def graph(served: Served, iri: str, accept: str, form: str) -> Answered:
    """A named graph as a whole, or the default graph for an empty IRI: the Graph Store HTTP Protocol, section 5.2."""
    store = served.graph.store
    if iri and iri not in store.graphs():
        raise Refused(404, f"there is no graph <{iri}> here")
    place = f"GRAPH {named_node(iri, 'graph')} {{ ?s ?p ?o }}" if iri else "?s ?p ?o"
    found = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {place} }}")
    assert isinstance(found, ox.QueryTriples)
    return triples(replace(served, limits=replace(served.limits, rows=sys.maxsize)), found, _form(GRAPHS, accept, form))


def _form(forms: Sequence[Form], accept: str, name: str) -> Form:
    if name:
        if not (form := named(name, forms)):
            raise Refused(406, f"format must be one of {', '.join(f.name for f in forms)}, got {name!r}")
        return form
    if not (form := chosen(accept, forms)):
        raise Refused(406, f"Accept must take one of {', '.join(f.media for f in forms)}, got {accept!r}")
    return form


def _media(form: Form) -> str:
    return form.media if form.media.startswith("application/") else f"{form.media}; charset=utf-8"


DATA_JOBS: Mapping[str, Callable[..., Answered]] = {"sparql": sparql, "graph": graph}
"""By the name that the server asks for them."""
