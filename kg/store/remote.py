"""The quads of a graph in a SPARQL store on another machine: the same calls as on the embedded one.

Each source has its named graph there too, and the merge of them stands in the store's default graph. Where the store
itself shows the union of its graphs there, or answers SPARQL in its own way, its graphs are fetched and asked here. What sources it holds, and from which reading, is written down in a graph
of its own, so that a feeding that was stopped goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.merge import Canonical
from kg.rdf import BASE, PREFIXES
from kg.rdf.terms import literal
from kg.store.embedded import Answer, Dataset, Store
from kg.store.http import RESULTS, TRIPLES, Connection
from kg.store.sparql import Bound, bound, without_service

if TYPE_CHECKING:
    import rdflib

__all__ = ["RemoteStore"]

_PROLOGUE = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(PREFIXES.items()))
_LINES = 20_000
"""That go in one request: stores limit what they take at once."""
_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_ASKED = "__ASK_RETVAL"
"""The column in which Virtuoso 7 answers ASK, where SPARQL has a boolean."""
_BOOK = 'ASK { FILTER(CONTAINS("a", "") && STRSTARTS("a", "") && STRENDS("a", "")) }'
"""Every text contains the empty one (XPath and XQuery Functions, 5.5): what a parameter that is not given stands for."""
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def _answer(data: bytes) -> Answer:
    if data.lstrip()[:1] == b"{":
        answer = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        return _virtuoso_says_yes(answer) if _ASKED in {v.value for v in answer.variables} else answer
    here = ox.Store()
    here.load(data, ox.RdfFormat.N_TRIPLES)
    triples = here.query(_EVERYTHING)
    assert isinstance(triples, ox.QueryTriples)
    return triples


def _virtuoso_says_yes(rows: ox.QuerySolutions) -> bool:
    return any(cell.value == "1" for row in rows if isinstance(cell := row[_ASKED], ox.Literal))


class RemoteStore(Store):
    """The quads of a graph in a store on another machine."""

    def __init__(self, address: str, base: str = BASE) -> None:
        """Raises KgError where no store answers at the address."""
        super().__init__(merged=True)
        self._connection = Connection(address)
        self.address = self._connection.address
        self.base = base
        self._book = f"{base}holdings"
        self.default = f"{base}holdings/default"
        """What the default graph is called where it is written down."""

    # --- what it holds ------------------------------------------------------------------------------------------

    def held(self) -> dict[str, dict[str, Any]]:
        """What was written down of each graph that was put here, by the IRI of the graph."""
        found = {}
        rows = self._ask(f"SELECT ?graph ?said WHERE {{ GRAPH <{self._book}> {{ ?graph <{_VALUE}> ?said }} }}")
        if not isinstance(rows, ox.QuerySolutions):
            raise KgError(f"{self.address}: must answer a SELECT with solutions; give the address of a SPARQL store")
        try:
            for row in rows:
                graph, said = row["graph"], row["said"]
                if isinstance(graph, ox.NamedNode) and isinstance(said, ox.Literal):
                    found[graph.value] = json.loads(said.value)
        except (SyntaxError, ValueError, KeyError) as error:
            raise KgError(
                f"{self.address}: what is written down of its graphs in <{self._book}> cannot be read: {error}; "
                "clear the store, and feed it again"
            ) from error
        return found

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs that were put here, sorted; what else the store has is somebody else's."""
        return sorted(graph for group, said in self.held().items() for graph in said.get("graphs", [group]))

    def _shows_union(self) -> bool:
        """Whether the store shows all its graphs in the default graph, as some do: then nothing is to be put there."""
        graph, thing = f"{self._book}/probe", "<urn:gongbao:probe>"
        self._connection.put(graph, f"{thing} {thing} {thing} .\n".encode())
        try:
            return bool(self._ask(f"ASK {{ {thing} {thing} {thing} }}"))
        finally:
            self._connection.update(f"DROP SILENT GRAPH <{graph}>")

    # --- reading ------------------------------------------------------------------------------------------------

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Bound] | None = None,
        functions: Mapping[str, Callable[..., ox.Literal | None]] = {},
        *,
        merge: bool = True,
        dataset: Dataset | None = None,
    ) -> Answer:
        """As the embedded store answers. A query that calls one of the functions is answered here, of what it asks about."""
        text = bound(sparql, bindings) if bindings else sparql
        if without_service(text) != text:
            Store().query(text)  # refuses what is a keyword; other stores take an escape for the letter
        if dataset is not None:
            raise KgError("graphs to ask cannot be chosen for a store on another machine; name them in the query")
        if self._in_its_own_way:
            return self._here.query(text, functions=functions)
        if any(name.rpartition("/")[2] in text for name in functions):
            return self._asked_about(text).query(text, functions=functions)
        return self._ask(text)

    def _ask(self, text: str) -> Answer:
        """What the store itself answers."""
        data = self._connection.query(_PROLOGUE + text, f"{RESULTS}, {TRIPLES};q=0.9")
        try:
            return _answer(data)
        except (SyntaxError, ValueError) as error:
            raise KgError(f"{self.address}: the answer of the store cannot be read: {error}") from error

    @cached_property
    def _in_its_own_way(self) -> bool:
        """Whether questions would be answered otherwise there: of the union of all graphs, or not as SPARQL 1.1 says."""
        union = self.held().get(self.default, {}).get("union", False)
        return bool(union or not self._ask(_BOOK))

    @cached_property
    def canonical(self) -> Canonical:
        """As of the embedded store: by the graphs that are no source's own."""
        here = Store()
        for said in self.held().values():
            if "summary" not in said:
                for graph in said["graphs"]:
                    here.add((f"{quad} .\n".encode() for quad in self._in(graph)), graph)
        return here.canonical

    @cached_property
    def _here(self) -> Store:
        """A copy, for questions that the store would answer wrongly."""
        return self.copy()

    def _asked_about(self, text: str) -> Store:
        """The triples of the properties that a query names, here."""
        names = {
            f"{PREFIXES[prefix]}{local}"
            for prefix, _, local in (
                word.strip("()[]{};,.|/^*+?").partition(":")
                for word in text.replace("/", " ").replace("|", " ").split()
            )
            if prefix in PREFIXES
        }
        wanted = " ".join(f"<{name}>" for name in sorted({*names, PREFIXES["rdf"] + "type"}))
        here = Store()
        said = self._connection.query(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {wanted} }} ?s ?p ?o }}", TRIPLES
        )
        here.add((line + b"\n" for line in said.splitlines()), self.address)
        return here.as_default()

    def about(self, subject: str, graph: str | None = None) -> list[ox.Quad]:
        """As of the embedded store."""
        graphs = self.graphs() if graph is None else [graph]
        node = ox.NamedNode(subject)
        return sorted((quad for each in graphs for quad in self._in(each) if quad.subject == node), key=str)

    def _in(self, graph: str) -> Iterator[ox.Quad]:
        place = ox.NamedNode(graph)
        for triple in ox.parse(self._connection.graph(graph), ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, place)

    def copy(self) -> Store:
        """The same quads here, in memory, for whatever asks for all of them."""
        here = Store()
        for graph in self.graphs():
            here.add((f"{quad} .\n".encode() for quad in self._in(graph)), graph)
        return here

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The quads as an rdflib.Dataset: a copy, here."""
        return self.copy().rdf

    # --- feeding ------------------------------------------------------------------------------------------------

    def replace(
        self, group: str, graphs: Mapping[str, bytes], said: Mapping[str, Any], there: Iterable[str] = ()
    ) -> None:
        """A group of graphs, called by the IRI of one of them, has these triples (N-Quads) and no others.

        ``there`` are the graphs it has had so far. Until all is there it is written down as begun, and may be done
        again from the beginning.
        """
        self._write_down(group, {"graphs": sorted({*there, *graphs}), "key": ""})
        for graph in set(there) - graphs.keys():
            self._connection.update(f"DROP SILENT GRAPH <{graph}>")
        for graph, block in graphs.items():
            lines = block.replace(f" <{graph}> .\n".encode(), b" .\n").splitlines(keepends=True)
            self._fill(graph, lines)
        self._write_down(group, {**said, "graphs": sorted(graphs)})

    def replace_default(self, triples: Iterable[bytes], key: str) -> None:
        """The default graph has these triples (lines of N-Triples) and no others, unless it is the union anyway."""
        group = self.default
        union = self._shows_union()
        self._write_down(group, {"graphs": [], "key": "", "union": union})
        if not union:
            self._fill(None, triples)
        self._write_down(group, {"graphs": [], "key": key, "union": union})

    def _fill(self, graph: str | None, lines: Iterable[bytes]) -> None:
        rest, send = iter(lines), self._connection.put
        part = list(islice(rest, _LINES))
        while part or send == self._connection.put:
            send(graph, b"".join(part))
            send, part = self._connection.post, list(islice(rest, _LINES))

    def remove(self, group: str, there: Iterable[str]) -> None:
        """Take a group away, with the graphs it has."""
        for graph in there:
            self._connection.update(f"DROP SILENT GRAPH <{graph}>")
        self._connection.update(f"DELETE WHERE {{ GRAPH <{self._book}> {{ <{group}> ?p ?o }} }}")

    def _write_down(self, group: str, said: Mapping[str, Any]) -> None:
        words = literal(json.dumps(said, ensure_ascii=True))
        place = f"GRAPH <{self._book}> {{ <{group}> <{_VALUE}>"
        self._connection.update(f"DELETE WHERE {{ {place} ?old }} }} ; INSERT DATA {{ {place} {words} }} }}")
