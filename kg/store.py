"""Quads stand in an embedded store that answers SPARQL and opens no connection.

A query's default graph is the merge of all named graphs: a triple that two sources state counts once, which a mere
union would count twice. The merge is made when the first query asks for it; ``GRAPH ?g`` sees the named graphs alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "Store", "Value", "term"]

Value = str | bool | int | float | Decimal | date | ox.NamedNode | ox.Literal
"""What a parameter may be given as; text is always a string literal, never a part of the query."""
Answer = ox.QuerySolutions | ox.QueryTriples | bool

_NO_FUNCTIONS: Mapping[str, Callable[..., ox.Literal | None]] = {}
_FORMATS: Mapping[str, ox.RdfFormat] = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}
_NAMED = frozenset({"nq", "trig", "jsonld"})
_PREFIXED = frozenset({"trig", "ttl"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
# Oxigraph takes SERVICESILENT<…> and 1SERVICE<…> without a blank: wherever the letters stand, somebody must look.
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_UPDATE = re.compile(
    r"(?:\s|#[^\n]*\n|PREFIX\s[^<]*<[^>]*>|BASE\s[^<]*<[^>]*>)*+(?:INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\b",
    re.IGNORECASE | re.ASCII,
)
# Text that is no code, in the order in which a reader of SPARQL tries it; then a parameter.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*"
    r"|\$(?P<name>\w+)",
    re.DOTALL,
)


def term(value: Value) -> ox.NamedNode | ox.Literal:
    """The RDF term for a Python value."""
    match value:
        case ox.NamedNode() | ox.Literal():
            return value
        case str() if not value.isascii() and _SURROGATE.search(value):
            raise KgError(f"a parameter must be text that UTF-8 can hold, got {value!r}")
        case str() | bool() | int() | float():
            return ox.Literal(value)
        case Decimal():
            return ox.Literal(format(value, "f"), datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))
        case date():
            return ox.Literal(value.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    raise KgError(f"a parameter must be text, a number, a date or an RDF term, got {value!r}")


class Store:
    """The quads of a graph, in memory."""

    def __init__(self) -> None:
        self._inner = ox.Store()
        self._merged = False

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """A store of the N-Quads in a file. Raises KgError that names the file where it cannot be read."""
        try:
            return cls._parse(Path(path).read_bytes(), str(path))
        except OSError as error:
            raise KgError(f"{path}: cannot be read as a graph: {error.strerror}") from error

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """A store of N-Quads lines."""
        return cls._parse("\n".join(lines).encode("utf-8"), "the graph")

    @classmethod
    def _parse(cls, data: bytes, name: str) -> Self:
        store = cls()
        try:
            store._inner.bulk_load(data, ox.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise KgError(f"{name}: must be N-Quads, {error}; build the graph again") from error
        return store

    def __len__(self) -> int:
        """How many quads stand in named graphs."""
        return sum(1 for _ in self.quads())

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._inner.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self) -> Iterator[ox.Quad]:
        """The quads of the named graphs."""
        for graph in self.graphs():
            yield from self._inner.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Value] | None = None,
        functions: Mapping[str, Callable[..., ox.Literal | None]] = _NO_FUNCTIONS,
    ) -> Answer:
        """What the query says: solutions for SELECT, triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        ``$name`` in the query stands for the value of ``name`` in ``bindings``, put in as a complete RDF term; the
        prefixes gz, org, eli, prov, oa, skos … need no declaration. ``functions`` may be called by their IRIs. Raises KgError for what is no query
        (updates among it) and for SERVICE, which would ask another machine.
        """
        text = _bind(sparql, bindings) if bindings else sparql
        _refuse_service(text)
        if not self._merged:
            self._inner.update(_MERGE)
            self._merged = True
        try:
            answer = self._inner.query(
                text,
                prefixes=dict(PREFIXES),
                custom_functions={ox.NamedNode(name): function for name, function in functions.items()},
            )
        except SyntaxError as error:
            if _UPDATE.match(text):
                raise KgError("updates are refused: the query must be one that reads and does not write") from error
            raise KgError(f"the query must be SPARQL 1.1 that reads and does not write; {_position(error)}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise KgError(f"the query cannot be answered: {error}") from error
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else answer

    def select(self, sparql: str, bindings: Mapping[str, Value] | None = None) -> ox.QuerySolutions:
        """The solutions of a SELECT. Raises KgError for another form of query."""
        answer = self.query(sparql, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise KgError("the query must be a SELECT")
        return answer

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The same quads as an rdflib.Dataset with its default graph the union of all; a copy, free to be changed."""
        import rdflib  # takes longer to import than a gazette to build
        from oxrdflib import OxigraphStore

        inner = ox.Store()
        inner.bulk_load(self.dump("nq"), ox.RdfFormat.N_QUADS)
        dataset = rdflib.Dataset(store=OxigraphStore(store=inner), default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset

    def dump(self, form: str = "nq") -> bytes:
        """All quads in a syntax: nq, trig, jsonld; or nt, ttl, rdf, which have no graphs and merge them. Sorted."""
        if form not in _FORMATS:
            raise KgError(f"the syntax must be one of {', '.join(_FORMATS)}, got {form!r}")
        if form == "nq":
            return "".join(sorted(f"{quad} .\n" for quad in self.quads())).encode("utf-8")
        graphs = form in _NAMED
        quads = sorted(self.quads(), key=_order)
        statements: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
        if not graphs:
            statements = dict.fromkeys(sorted((quad.triple for quad in quads), key=_order_in_graph))
        # Oxigraph writes prefixes in an order that changes from run to run: what it writes as lines is sorted
        # here, and the other syntaxes do without.
        prefixes = dict(PREFIXES) if form in _PREFIXED else None
        data = ox.serialize(statements, format=_FORMATS[form], prefixes=prefixes) or b""
        if prefixes is None:
            return data
        lines = data.splitlines(keepends=True)
        return b"".join(sorted(lines[: len(prefixes)]) + lines[len(prefixes) :])


def _order(quad: ox.Quad) -> tuple[str, ...]:
    graph = quad.graph_name
    return (
        graph.value if isinstance(graph, ox.NamedNode) else "",
        str(quad.subject),
        str(quad.predicate),
        str(quad.object),
    )


def _order_in_graph(triple: ox.Triple) -> tuple[str, ...]:
    return (str(triple.subject), str(triple.predicate), str(triple.object))


def _bind(sparql: str, bindings: Mapping[str, Value]) -> str:
    terms = {name: str(term(value)) for name, value in bindings.items()}

    def put(match: re.Match[str]) -> str:
        return terms.get(match["name"] or "", match[0])

    return _TOKEN.sub(put, sparql)


def _refuse_service(sparql: str) -> None:
    """Raises KgError if the query has a SERVICE. Where the letters stand at all, a parser of SPARQL says what they are."""
    if not _SERVICE.search(sparql):
        return
    from pyparsing import ParseException  # as rarely needed as the word
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(sparql)
    except (ParseException, RecursionError) as error:
        raise KgError(f"the query has the word SERVICE and is not plain SPARQL 1.1: {error}") from error
    if _has_service(parsed):
        raise KgError("the query must not use SERVICE: kg opens no connection to another machine")


def _has_service(node: object) -> bool:
    if getattr(node, "name", None) == "ServiceGraphPattern":
        return True
    if isinstance(node, dict):  # pyparsing calls its lists mappings as well
        return any(_has_service(part) for part in node.values())
    if isinstance(node, str | bytes) or not isinstance(node, Iterable):
        return False
    return any(_has_service(part) for part in node)


def _position(error: SyntaxError) -> str:
    # Oxigraph prints every character class it would have taken: the place and the first line say enough.
    first = str(error).splitlines()[0] if str(error) else "it cannot be read"
    return first if len(first) <= 160 else f"{first[:157]}…"
