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
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "Bound", "Dataset", "Store", "Value", "bound", "term"]

Value = str | bool | int | float | Decimal | date | ox.NamedNode | ox.Literal
"""What a parameter may be given as; text is always a string literal, never a part of the query."""
Bound = Value | tuple[ox.NamedNode, ...]
"""What stands in a query for a parameter: a value, or things one behind the other, as ``VALUES`` takes them."""
Answer = ox.QuerySolutions | ox.QueryTriples | bool

_NO_FUNCTIONS: Mapping[str, Callable[..., ox.Literal | None]] = {}
_SURROGATE = re.compile("[\ud800-\udfff]")
_AT_ONCE = 50_000
"""Lines that are loaded together: what Oxigraph holds beside the store while it loads them stays small."""
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


class Dataset(NamedTuple):
    """Which graphs a query asks (SPARQL 1.1, section 13.2)."""

    default: tuple[ox.NamedNode, ...]
    """Joined they are the default graph; without any it is empty."""
    named: tuple[ox.NamedNode, ...]


class Store:
    """The quads of a graph, in memory."""

    def __init__(self) -> None:
        self._inner = ox.Store()
        self._merged = False

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """A store of the N-Quads in a file. Raises KgError that names the file where it cannot be read."""
        try:
            with Path(path).open("rb") as file:
                return cls._filled(file, str(path))
        except OSError as error:
            raise KgError(f"{path}: cannot be read as a graph: {error.strerror}") from error

    @classmethod
    def of(cls, lines: Iterable[str | bytes]) -> Self:
        """A store of N-Quads lines, with or without their line ends."""
        encoded = (line.encode("utf-8") if isinstance(line, str) else line for line in lines)
        return cls._filled((line if line.endswith(b"\n") else line + b"\n" for line in encoded), "the graph")

    @classmethod
    def _filled(cls, lines: Iterable[bytes], name: str) -> Self:
        store = cls()
        rest, done = iter(lines), 0
        while part := list(islice(rest, _AT_ONCE)):
            try:
                store._inner.bulk_load(b"".join(part), ox.RdfFormat.N_QUADS)
            except SyntaxError as error:
                what = str(error).rpartition(": ")[2]
                raise KgError(
                    f"{name}: line {done + (error.lineno or 1)} must be N-Quads: {what}; build the graph again"
                ) from error
            done += len(part)
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
            yield from self._in(graph)

    def subjects(self, graph: str | None = None) -> list[str]:
        """What the named graphs, or one of them, speak of: IRIs in the order in which N-Quads sorts them."""
        found = {quad.subject for quad in (self.quads() if graph is None else self._in(graph))}
        return [term[1:-1] for term in sorted(map(str, found))]

    def about(self, subject: str, graph: str | None = None) -> list[ox.Quad]:
        """The quads of the named graphs, or of one of them, about a subject; sorted as N-Quads."""
        place = None if graph is None else ox.NamedNode(graph)
        quads = self._inner.quads_for_pattern(ox.NamedNode(subject), None, None, place)
        return sorted((quad for quad in quads if isinstance(quad.graph_name, ox.NamedNode)), key=str)

    def _in(self, graph: str) -> Iterator[ox.Quad]:
        return self._inner.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Bound] | None = None,
        functions: Mapping[str, Callable[..., ox.Literal | None]] = _NO_FUNCTIONS,
        *,
        merge: bool = True,
        dataset: Dataset | None = None,
    ) -> Answer:
        """What the query says: solutions for SELECT, triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        ``$name`` in the query stands for the value of ``name`` in ``bindings``, put in as a complete RDF term; the
        prefixes gz, org, eli, prov, oa, skos … need no declaration. ``functions`` may be called by their IRIs. Without
        ``merge`` the query must ask named graphs alone: the default graph may be empty. ``dataset`` says
        which graphs are asked, above what the query says. Raises KgError for what is no query
        (updates among it) and for SERVICE, which would ask another machine.
        """
        text = bound(sparql, bindings) if bindings else sparql
        _refuse_service(text)
        if merge and not self._merged:
            self._inner.update(_MERGE)
            self._merged = True
        try:
            answer = self._inner.query(
                text,
                prefixes=dict(PREFIXES),
                custom_functions={ox.NamedNode(name): function for name, function in functions.items()},
                default_graph=None if dataset is None else list(dataset.default),
                named_graphs=None if dataset is None else list(dataset.named),
            )
        except SyntaxError as error:
            if _UPDATE.match(text):
                raise KgError("updates are refused: the query must be one that reads and does not write") from error
            raise KgError(f"the query must be SPARQL 1.1 that reads and does not write; {_position(error)}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise KgError(f"the query cannot be answered: {error}") from error
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else answer

    def select(
        self, sparql: str, bindings: Mapping[str, Bound] | None = None, *, merge: bool = True
    ) -> ox.QuerySolutions:
        """The solutions of a SELECT; without ``merge`` of one that asks named graphs alone, which costs no merge.

        Raises KgError for another form of query.
        """
        answer = self.query(sparql, bindings, merge=merge)
        if not isinstance(answer, ox.QuerySolutions):
            raise KgError("the query must be a SELECT")
        return answer

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The same quads as an rdflib.Dataset with its default graph the union of all; a copy, free to be changed."""
        import rdflib  # takes longer to import than a gazette to build
        from oxrdflib import OxigraphStore

        inner = ox.Store()
        inner.bulk_load(self.dump(), ox.RdfFormat.N_QUADS)
        dataset = rdflib.Dataset(store=OxigraphStore(store=inner), default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset

    def dump(self) -> bytes:
        """All quads as N-Quads: one graph after the other by their IRIs, the lines of each sorted."""
        return b"".join(
            line for graph in self.graphs() for line in sorted(f"{quad} .\n".encode() for quad in self._in(graph))
        )


def bound(sparql: str, bindings: Mapping[str, Bound]) -> str:
    """The query with a complete RDF term in the place of each parameter, outside of strings, IRIs and comments."""
    terms = {name: _written(value) for name, value in bindings.items()}

    def put(match: re.Match[str]) -> str:
        return terms.get(match["name"] or "", match[0])

    return _TOKEN.sub(put, sparql)


def _written(value: Bound) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(term(value))


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
