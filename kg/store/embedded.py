"""Quads stand in an embedded store that answers SPARQL and opens no connection.

A query's default graph is the merge of all named graphs, in which every thing has one IRI (``kg/merge.py``): a triple that
two sources state counts once, which a mere union would count twice. The merge is made when the first query asks for it;
``GRAPH ?g`` sees the named graphs alone, as each source says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import pyoxigraph as ox

from kg.errors import KgError
from kg.merge import Canonical, merge
from kg.rdf import PREFIXES
from kg.store.sparql import Bound, bound, refusal, without_service

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "Dataset", "Store"]

Answer = ox.QuerySolutions | ox.QueryTriples | bool

_NO_FUNCTIONS: Mapping[str, Callable[..., ox.Literal | None]] = {}
_AT_ONCE = 50_000
"""Lines that are loaded together: what Oxigraph holds beside the store while it loads them stays small."""
_ASKED_AT_ONCE = 30
"""Things that one query is about: with many of them a store looks through everything instead."""


def _texts(solutions: ox.QuerySolutions) -> Iterator[tuple[str, ...]]:
    for row in solutions:
        yield tuple([cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else "" for cell in row])


class Dataset(NamedTuple):
    """Which graphs a query asks (SPARQL 1.1, section 13.2)."""

    default: tuple[ox.NamedNode, ...]
    """Joined they are the default graph; without any it is empty."""
    named: tuple[ox.NamedNode, ...]


class Store:
    """The quads of a graph: in memory, or on the disk to be read."""

    def __init__(self, inner: ox.Store | None = None, *, merged: bool = False, lock: object = None) -> None:
        self._inner = ox.Store() if inner is None else inner
        self._merged = merged
        self._lock = lock

    @classmethod
    def read_only(cls, path: str | PathLike[str], lock: object = None) -> Self:
        """The store on the disk, its default graph made already, for any number of readers at a time.

        ``lock`` is held for as long as the store. Raises KgError that names the folder where it holds no store, or a damaged one.
        """
        try:
            return cls(ox.Store.read_only(str(path)), merged=True, lock=lock)
        except (OSError, RuntimeError, ValueError) as error:
            raise KgError(f"{path}: the store cannot be opened: {error}") from error

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
        store.add(lines, name)
        return store

    def add(self, lines: Iterable[bytes], name: str) -> None:
        """Put lines of N-Quads into a store in memory. Raises KgError with ``name`` and the line where one is none."""
        self._merged = False
        self.__dict__.pop("canonical", None)
        rest, done = iter(lines), 0
        while part := list(islice(rest, _AT_ONCE)):
            try:
                self._inner.bulk_load(b"".join(part), ox.RdfFormat.N_QUADS)
            except SyntaxError as error:
                what = str(error).rpartition(": ")[2]
                raise KgError(
                    f"{name}: line {done + (error.lineno or 1)} must be N-Quads: {what}; build the graph again"
                ) from error
            done += len(part)

    def __len__(self) -> int:
        """How many quads stand in named graphs."""
        return sum(1 for _ in self.quads())

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._inner.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of the named graphs, or of one of them."""
        for each in self.graphs() if graph is None else (graph,):
            yield from self._in(each)

    def subjects(self, graph: str | None = None) -> list[str]:
        """What the named graphs, or one of them, speak of: IRIs in the order in which N-Quads sorts them."""
        found = {quad.subject for quad in self.quads(graph)}
        return [term[1:-1] for term in sorted(map(str, found))]

    def about(self, subject: str, graph: str | None = None) -> list[ox.Quad]:
        """The quads of the named graphs, or of one of them, about a subject; sorted as N-Quads."""
        place = None if graph is None else ox.NamedNode(graph)
        quads = self._inner.quads_for_pattern(ox.NamedNode(subject), None, None, place)
        return sorted((quad for quad in quads if isinstance(quad.graph_name, ox.NamedNode)), key=str)

    def merged(self) -> Iterator[list[ox.Triple]]:
        """What the default graph says of each subject, sorted; the subjects in the order in which N-Quads sorts them."""
        self.merge()
        default = ox.DefaultGraph()
        for subject in sorted(
            {quad.subject for quad in self._inner.quads_for_pattern(None, None, None, default)}, key=str
        ):
            triples = (quad.triple for quad in self._inner.quads_for_pattern(subject, None, None, default))
            yield sorted(triples, key=lambda triple: (str(triple.predicate), str(triple.object)))

    @cached_property
    def canonical(self) -> Canonical:
        """Which IRI stands for what a source calls by another, and which facts the user calls wrong."""
        return Canonical(self._inner)

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
        if merge:
            self.merge()
        try:
            answer = self._inner.query(
                without_service(text),
                prefixes=dict(PREFIXES),
                custom_functions={ox.NamedNode(name): function for name, function in functions.items()},
                default_graph=None if dataset is None else list(dataset.default),
                named_graphs=None if dataset is None else list(dataset.named),
            )
        except SyntaxError as error:
            raise refusal(error, text) from error
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

    def rows(
        self, sparql: str, bindings: Mapping[str, Bound] | None = None, *, merge: bool = True
    ) -> Iterator[tuple[str, ...]]:
        """The solutions of a SELECT as texts: IRIs and the words of literals, nothing where a variable is unbound."""
        yield from _texts(self.select(sparql, bindings, merge=merge))

    def select_about(self, sparql: str, nodes: Iterable[str], *, merge: bool = True) -> Iterator[ox.QuerySolutions]:
        """The solutions of a query about many things: ``$nodes`` in it are some of them at a time."""
        rest = iter(sorted(nodes))
        while part := tuple(map(ox.NamedNode, islice(rest, _ASKED_AT_ONCE))):
            yield self.select(sparql, {"nodes": part}, merge=merge)

    def rows_about(self, sparql: str, nodes: Iterable[str], *, merge: bool = True) -> Iterator[tuple[str, ...]]:
        """The same as texts."""
        for solutions in self.select_about(sparql, nodes, merge=merge):
            yield from _texts(solutions)

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The same quads, not a copy of them, as an rdflib.Dataset that reads: its default graph is the merge of all."""
        from kg.store.for_rdflib import dataset  # rdflib takes longer to import than a gazette to build

        self.merge()
        return dataset(self._inner)

    def as_default(self) -> Self:
        """The store as it is, its default graph taken for the merge: of triples that stand in no named graph."""
        self._merged = True
        return self

    def merge(self) -> None:
        """Make the default graph, where it is not yet made."""
        if not self._merged:
            merge(self._inner)
            self._merged = True

    def default_lines(self) -> Iterator[bytes]:
        """The default graph as lines of N-Triples, in no order."""
        self.merge()
        for quad in self._inner.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            yield f"{quad} .\n".encode()

    def dump(self, graph: str | None = None) -> bytes:
        """The quads of all graphs, or of one, as N-Quads: one graph after the other by their IRIs, sorted in each."""
        return b"".join(
            line
            for each in (self.graphs() if graph is None else (graph,))
            for line in sorted(f"{quad} .\n".encode() for quad in self._in(each))
        )
