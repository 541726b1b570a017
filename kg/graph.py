"""A graph: what was read out of some sources, to be asked, looked at and written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.model import Coverage, Leftover, Reading
from kg.outputs import write_all
from kg.query import FUNCTIONS, ask, dues, facts, is_name
from kg.query.results import Cell, Rows
from kg.rdf import BASE
from kg.read import Input, Limits, find
from kg.store import Answer, Store
from kg.version import program_version

if TYPE_CHECKING:
    import networkx
    import rdflib

__all__ = ["Graph", "build", "open_graph"]

FILES = ("graph.nq", "graph.trig", "facts.jsonl", "network.html", "report.html")
"""What a build writes."""


class Graph:
    """The statements of one or several sources, each with its evidence."""

    def __init__(
        self, quads: Sequence[str] | Store, readings: Sequence[Reading] = (), refused: Sequence[Leftover] = ()
    ) -> None:
        self._quads = quads
        self.readings = tuple(readings)
        """What the sources were understood as; empty where the graph was opened from its files."""
        self.refused = tuple(refused)
        """The sources that could not be read: the name of each, and the reason why. The others were built."""

    @cached_property
    def store(self) -> Store:
        """The statements as RDF in an embedded store."""
        return self._quads if isinstance(self._quads, Store) else Store.of(self._quads)

    @property
    def leftovers(self) -> tuple[Leftover, ...]:
        """What was refused, put right or left unread in the sources."""
        return tuple(leftover for reading in self.readings for leftover in reading.leftovers)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What in the text of the sources no fact says; empty where the graph was opened from its files."""
        return tuple(reading.coverage for reading in self.readings)

    def query(self, question: str, **parameters: str) -> list[dict[str, Cell]] | ox.QueryTriples | bool:
        """The answer to a SPARQL query, or to the named question (see ``kg.questions``) with its parameters.

        Gives a dict a row for SELECT, with a plain value under the name of each column; triples for CONSTRUCT and
        DESCRIBE; a bool for ASK. Raises KgError for a name that no question has, for an update, and for SERVICE.
        """
        answer = self.answer(question, **parameters)
        return list(Rows.of(answer).objects()) if isinstance(answer, ox.QuerySolutions) else answer

    def answer(self, question: str, **parameters: str) -> Answer:
        """The same in RDF terms, as ``kg.query.results`` writes it: of a SELECT the solutions."""
        if is_name(question):
            return ask(self.store, question, parameters)
        return self.store.query(question, parameters, FUNCTIONS)

    def facts(self, *, full: bool = False) -> Iterator[dict[str, Any]]:
        """The facts in the gold format, read back from the RDF; ``full`` adds spans, source, section, rule and IRI."""
        return facts(self.store, full=full)

    def network(self) -> networkx.MultiDiGraph:
        """Parties and documents as nodes, what the sources say of them as edges."""
        return self._network.copy()

    @cached_property
    def _network(self) -> networkx.MultiDiGraph:
        from kg.network import network  # to ask a graph needs neither its network nor what reads sources

        return network(self.store)

    @property
    def rdf(self) -> rdflib.Dataset:
        """The same statements as an ``rdflib.Dataset``: a graph a source, the default graph their union."""
        return self.store.rdf

    @property
    def nq(self) -> str:
        """The statements as N-Quads: sorted, without blank nodes, the same for the same sources."""
        if isinstance(self._quads, Store):
            return self._quads.dump("nq").decode("utf-8")
        return "".join(f"{line}\n" for line in self._quads)

    def write(self, folder: str | Path) -> list[Path]:
        """Write the graph, its facts, the network page and the report into a folder; gives their paths.

        All are written beside and moved into place, so that a failure leaves what was there before. Raises KgError
        where the folder cannot be written.
        """
        from kg.view import page, report

        full = list(self.facts(full=True))
        plain = [{key: value for key, value in fact.items() if key not in _FULL} for fact in full]
        title = next(
            (fact["title"] + fact.get("number", "") for fact in plain if fact["kind"] == "issue"), "公报知识图谱"
        )
        return write_all(
            Path(folder),
            {
                "graph.nq": self.nq,
                "graph.trig": self.store.dump("trig").decode("utf-8"),
                "facts.jsonl": "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in plain),
                "network.html": page(self._network, title=title),
                "report.html": report(
                    full, (*self.refused, *self.leftovers), self._network, dues=dues(self.store), coverage=self.coverage
                ),
            },
        )


_FULL = frozenset({"spans", "source", "section", "rule", "fact"})


def build(
    paths: Iterable[str | Path],
    *,
    output: str | Path | None = None,
    base: str = BASE,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    progress: Callable[[int, int, str], None] | None = None,
) -> Graph:
    """The graph of the files, folders and bundles at the paths; written to ``output`` where that is given.

    ``-`` is standard input. ``limits`` say how large a source may be. ``progress`` is told how many sources are done,
    of how many, and the name of the next. Of several sources those that cannot be read, or hold no document, are left
    out and named in ``Graph.refused``. Raises KgError where a path does not exist, or no source at all can be used.
    """
    from kg.pipeline import lines, read_source

    entries = find(paths, limits)
    if not entries:
        raise KgError("no source given: name a file or a folder of gazettes")
    readings: dict[str, Reading] = {}
    refused: list[Leftover] = []
    for done, entry in enumerate(entries):
        if progress:
            progress(done, len(entries), entry.name)
        try:
            reading = read_source(entry, limits)
        except KgError as error:
            refused.append(Leftover(f"not read: {error}", entry.where))
        else:
            readings.setdefault(reading.source.sha256, reading)
    if not readings:
        raise KgError(_none_read(entries, refused))
    graph = Graph(lines(readings.values(), program_version(), base), tuple(readings.values()), refused)
    if output is not None:
        graph.write(output)
    return graph


def _none_read(entries: Sequence[Input], refused: Sequence[Leftover]) -> str:
    """Why there is nothing to build: the reason of the only source, or those of the first few."""
    reasons = [leftover.reason.removeprefix("not read: ") for leftover in refused]
    if len(entries) == 1:
        return reasons[0]
    more = [f"and {len(reasons) - 5} more"] if len(reasons) > 5 else []
    return "\n  ".join([f"none of {len(entries)} sources can be used:", *reasons[:5], *more])


def open_graph(folder: str | Path) -> Graph:
    """The graph in a folder that a build has written. Raises KgError where there is none."""
    path = Path(folder)
    file = path / "graph.nq" if path.is_dir() else path
    if not file.is_file():
        raise KgError(f"{folder}: no graph here (expected {file}); build one: kg build SOURCE -o {folder}")
    return Graph(Store.load(file))
