"""The quads of a store as an ``rdflib.Dataset``, for whatever speaks rdflib: the same store, not a copy of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import KgError
from kg.rdf import PREFIXES
from kg.store.sparql import without_service

__all__ = ["dataset"]


def dataset(inner: ox.Store) -> rdflib.Dataset:
    """A dataset whose default graph is that of the store, and whose other graphs are its named graphs."""
    found = rdflib.Dataset(store=_Reading(store=inner))
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace)
    return found


class _Reading(OxigraphStore):
    """What rdflib asks of a store, without what changes one."""

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """As rdflib asks for them; where it asks for those of no graph in particular, those of the named graphs."""
        for triple, contexts in super().triples(triple_pattern, context):
            graphs = list(contexts)
            if context is not None or getattr(graphs[0], "identifier", None) != DATASET_DEFAULT_GRAPH_ID:
                yield triple, iter(graphs)

    def query(self, query: Any, *further: Any, **named: Any) -> Any:
        """As rdflib asks, but no other machine."""
        return super().query(without_service(query) if isinstance(query, str) else query, *further, **named)

    def add(self, triple: Any, context: Any, quoted: bool = False) -> NoReturn:
        _refuse()

    def addN(self, quads: Iterable[Any]) -> NoReturn:  # noqa: N802  # rdflib's name for it
        _refuse()

    def remove(self, triple: Any, context: Any = None) -> NoReturn:
        _refuse()

    def remove_graph(self, graph: Any) -> NoReturn:
        _refuse()

    def update(self, *_: Any, **__: Any) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    raise KgError(
        "graph.rdf reads and does not write: it is the store itself. To change a copy: "
        "rdflib.Dataset().addN(graph.rdf.quads())"
    )
