"""A graph: what was read out of some sources, to be asked, looked at and written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.model import Coverage, Leftover, Reading
from kg.outputs import write_all
from kg.query import FUNCTIONS, ask, dues, facts, is_name
from kg.query.gold import FULL, located
from kg.query.results import Cell, Rows
from kg.rdf import BASE
from kg.rdf.terms import last_day
from kg.read import Input, Limits, find
from kg.search import Hit, Index
from kg.store import Answer, Store
from kg.version import program_version

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.compare import Difference
    from kg.ledger import Ledger

__all__ = ["Graph", "build", "open_graph"]

FILES = ("graph.nq", "graph.trig", "facts.jsonl", "network.html", "report.html")
"""What a build writes."""


class Graph:
    """The statements of one or several sources, each with its evidence."""

    def __init__(
        self, quads: Iterable[bytes] | Store, readings: Sequence[Reading] = (), refused: Sequence[Leftover] = ()
    ) -> None:
        self._quads = quads if isinstance(quads, Store) else tuple(quads)
        self.readings = tuple(readings)
        """What the sources were understood as; empty where the graph was opened from its files."""
        self.refused = tuple(refused)
        """The sources that could not be read: the name of each, and the reason why. The others were built."""

    @cached_property
    def store(self) -> Store:
        """The statements as RDF in an embedded store."""
        if not isinstance(self._quads, Store):
            # The store is all that is kept: a large graph should not stand in memory twice.
            self._quads = Store.of(chain.from_iterable(map(BytesIO, self._quads)))
        return self._quads

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
            return ask(self.store, question, parameters, lambda: self._index)
        return self.store.query(question, parameters, FUNCTIONS)

    def search(self, text: str, *, limit: int = 20, kinds: Iterable[str] = ()) -> list[Hit]:
        """The things whose names, matters or quotes have the text in them, best first; one wrong character is forgiven.

        ``kinds`` are classes to keep to (``Agency``, ``Responsibility``). Raises KgError for text without letter or figure.
        """
        return self._index.search(text, limit=limit, kinds=kinds)

    @cached_property
    def _index(self) -> Index:
        return Index.of(self.store)

    def facts(self, *, full: bool = False) -> Iterator[dict[str, Any]]:
        """The facts in the gold format, read back from the RDF; ``full`` adds spans, source, section, rule and IRI."""
        return facts(self.store, full=full)

    def network(self) -> networkx.MultiDiGraph:
        """Parties and documents as nodes, what the sources say of them as edges."""
        return self._network.copy()

    @cached_property
    def _network(self) -> networkx.MultiDiGraph:
        from kg.network import network  # to ask a graph needs neither its network nor what reads sources

        return network(self.store, self._facts)

    @cached_property
    def _facts(self) -> list[dict[str, Any]]:
        return [{**fact, "graph": graph} for graph, fact in located(self.store)]

    @property
    def rdf(self) -> rdflib.Dataset:
        """The same statements as an ``rdflib.Dataset``: a graph a source, the default graph their union."""
        return self.store.rdf

    @property
    def nq(self) -> str:
        """The statements as N-Quads: sorted, without blank nodes, the same for the same sources."""
        return b"".join(self._blocks()).decode("utf-8")

    def _blocks(self) -> Iterable[bytes]:
        return (self._quads.dump(),) if isinstance(self._quads, Store) else self._quads

    def write(self, folder: str | Path) -> list[Path]:
        """Write the graph, its facts, the network page and the report into a folder; gives their paths.

        All are written beside and moved into place, so that a failure leaves what was there before. Raises KgError
        where the folder cannot be written.
        """
        # Each is made when its turn comes: the first two before the store is loaded.
        return write_all(
            Path(folder),
            {
                "graph.nq": self._lines(),
                "graph.trig": self._trig(),
                "facts.jsonl": self._plain(),
                "network.html": self._page(),
                "report.html": self._report(),
            },
        )

    def as_of(self, day: str) -> Graph:
        """The graph as it stood on a day (ISO 8601): what was issued by then, less what had ended.

        Plain edges between parties are left out: they do not say since when they hold. Raises KgError for what is no day.
        """
        from kg.compare import as_of

        return Graph(as_of(self.store, _day(day)))

    def diff(
        self, earlier: Graph | None = None, *, since: str | None = None, until: str | None = None
    ) -> list[Difference]:
        """What changed from an earlier graph, up to the day ``since`` where given, to this one, up to ``until``.

        Without an earlier graph this one is held against itself on two days. What an earlier graph has of sources that
        this one lacks goes on standing: a later issue alone changes only what it speaks of. Days are ISO 8601; raises
        KgError for what is no day, and where there is neither an earlier graph nor a day.
        """
        from kg.compare import differences, state, told

        if earlier is None and since is None and until is None:
            raise KgError(
                "a graph must be compared with another one, or with itself on another day: give --from or --to"
            )
        since, until = since and _day(since), until and _day(until)
        now = told(self.store)
        before = now if earlier is None else told(earlier.store)
        held = {fact["graph"] for fact in now}
        after = [*now, *(fact for fact in before if fact["graph"] not in held)]
        return differences(state(before, since), state(after, until))

    def ledger(
        self,
        *,
        as_of: str | None = None,
        soon: int | None = None,
        agency: str | None = None,
        document: str | None = None,
        given: Mapping[str, str] | None = None,
    ) -> Ledger:
        """The tasks of the documents in force on a day (ISO 8601; today where none is given), with who owes what by when.

        What falls due within ``soon`` days of it is due soon. ``agency`` and ``document`` narrow it to tasks in which
        somebody of that name takes part, and to documents of that number or title. ``given`` tells the days of events
        that times run from, by the words of the text. Raises KgError for what is no day, and where nothing is left.
        """
        from kg.ledger import SOON, Question, ledger

        day = date.fromisoformat(_day(as_of)) if as_of else date.today()
        told = {event: date.fromisoformat(_day(when)) for event, when in (given or {}).items()}
        return ledger(self.store, Question(day=day, soon=soon or SOON, agency=agency, document=document, given=told))

    def write_ledger(self, ledger: Ledger, path: str | Path, *, link: str = "") -> Path:
        """Write a ledger of this graph in the form that the ending of the path says (see ``kg.ledger.FORMS``).

        ``link`` is where the pages of the evidence stand, if not in the folder of the build. Raises KgError for
        another ending, and where the file cannot be written.
        """
        from kg.ledger import Beside, written

        path = Path(path)
        leftovers = [(reading.source.name, left) for reading in self.readings for left in reading.leftovers]
        beside = Beside(link=link, leftovers=leftovers, coverage=self.coverage)
        return write_all(path.parent, {path.name: written(ledger, path, beside)})[0]

    def export(
        self,
        output: str | Path,
        *forms: str,
        licence: str | None = None,
        context: str | Path | None = None,
        bom: bool = False,
    ) -> list[Path]:
        """Write the graph in other forms (ttl, csv, graphml … see ``kg.export.FORMS``); gives the paths of the files.

        ``output`` is a folder, with a description beside the files, or one file for a form that is one. ``licence`` is
        the IRI of the data's licence, ``context`` a file with a JSON-LD context, ``bom`` marks tables as UTF-8.
        """
        from kg.export import export  # as above

        software = f"gongbao-kg {program_version()}"
        return export(self.store, forms, output, software=software, licence=licence, context=context, bom=bom)

    def _lines(self) -> Iterator[bytes]:
        yield from self._blocks()

    def _trig(self) -> Iterator[str]:
        from kg.export.syntaxes import trig

        yield from trig(quad for block in self._blocks() for quad in ox.parse(block, ox.RdfFormat.N_QUADS))

    def _plain(self) -> Iterator[str]:
        for fact in self._facts:
            plain = {key: value for key, value in fact.items() if key not in (*FULL, "graph")}
            yield f"{json.dumps(plain, ensure_ascii=False)}\n"

    def _page(self) -> Iterator[str]:
        from kg.view import page

        issues = (fact["title"] + fact.get("number", "") for fact in self._facts if fact["kind"] == "issue")
        yield page(self._network, title=next(issues, "公报知识图谱"), report="report.html")

    def _report(self) -> Iterator[str]:
        from kg.view import report

        leftovers = (*self.refused, *self.leftovers)
        yield report(self._facts, leftovers, self._network, dues=dues(self.store), coverage=self.coverage)


def _day(text: str) -> str:
    if last_day(text) is None or text.count("-") != 2:
        raise KgError(f"a day must be an ISO date such as 2021-06-30, got {text!r}")
    return text


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
    from kg.pipeline import graphs, read_source

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
    graph = Graph(graphs(readings.values(), program_version(), base), tuple(readings.values()), refused)
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
