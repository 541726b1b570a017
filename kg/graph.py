"""A graph: what was read out of some sources, to be asked, looked at and written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import KgError
from kg.model import Coverage, Leftover
from kg.query import FUNCTIONS, ask, facts, is_name
from kg.query.gold import located
from kg.query.results import Cell, Rows
from kg.rdf import BASE, base_of
from kg.rdf.terms import last_day
from kg.read import Input, Limits, find
from kg.search import Hit, Index
from kg.store import Answer, Store
from kg.version import program_version

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.check import Report
    from kg.compare import Difference
    from kg.holdings.build import Changes
    from kg.holdings.folder import Folder
    from kg.holdings.parts import Part, Summary
    from kg.holdings.workers import Progress
    from kg.identity import Judgement, Judgements
    from kg.ledger import Entry, Ledger, Question, Said, Update
    from kg.model import Source
    from kg.sheet import Sheet

__all__ = ["Graph", "build", "open_graph", "take_in"]

PICTURES = 4 * 1024 * 1024
"""Bytes of pictures of pages that an evidence page has at most: about a hundred pages of print, or forty scans."""


class Graph:
    """The statements of one or several sources, each with its evidence."""

    def __init__(
        self,
        store: Store,
        parts: Sequence[Part] = (),
        refused: Sequence[Leftover] = (),
        changes: Changes | None = None,
        index: Callable[[], Index | None] = lambda: None,
        base: str = BASE,
        home: Path | None = None,
        judged: str = "",
    ) -> None:
        self.store = store
        """The statements as RDF."""
        self._parts = tuple(parts)
        self._kept_index = index
        self.refused = tuple(refused)
        """The sources that could not be read: the name of each, and the reason why. The others were built."""
        self.changes = changes
        """What the build that this comes from did to the folder; None where it comes from none."""
        self._base = base
        self.home = home
        """The folder that it was opened from; None where it comes from none."""
        self._judged = judged

    @property
    def sources(self) -> tuple[Summary, ...]:
        """The sources by name; none where the graph was opened from a file of N-Quads."""
        return tuple(part.summary for part in self._parts)

    @property
    def leftovers(self) -> tuple[Leftover, ...]:
        """What was refused, put right or left unread in the sources."""
        from kg.holdings.parts import leftovers

        return tuple(leftover for part in self._parts for leftover in leftovers(part))

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What in the text of the sources no fact says."""
        from kg.holdings.parts import coverage

        return tuple(map(coverage, self._parts))

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

    def source(self, name: str) -> Source:
        """The source of that name, or whose hash begins so, as it was decoded. Raises KgError where there is none, or several."""
        from kg.holdings.parts import source_of
        from kg.identity import is_source

        found = [part for part in self._parts if is_source(name, part.summary.name, part.summary.sha256)]
        if len(found) != 1:
            raise KgError(
                f"{name!r} names {len(found)} sources of the graph; give the beginning of the hash of one: kg status",
                zh=f"“{name}”是{len(found)}个来源的名称；请写明散列值的开头",
            )
        return source_of(found[0])

    def search(self, text: str, *, limit: int = 20, kinds: Iterable[str] = ()) -> list[Hit]:
        """The things whose names, matters or quotes have the text in them, best first; one wrong character is forgiven.

        ``kinds`` are classes to keep to (``Agency``, ``Responsibility``). Raises KgError for text without letter or figure.
        """
        return self._index.search(text, limit=limit, kinds=kinds, standing=self.store.canonical.all_of)

    @cached_property
    def _index(self) -> Index:
        return self._kept_index() or Index.of(self.store)

    def facts(self, *, full: bool = False) -> Iterator[dict[str, Any]]:
        """The facts in the gold format, read back from the RDF; ``full`` adds spans, source, section, rule and IRI."""
        return facts(self.store, full=full)

    def network(self, about: str | None = None, *, hops: int = 1) -> networkx.MultiDiGraph:
        """Parties and documents as nodes, what the sources say of them as edges.

        With ``about`` what surrounds a name or part of one: what it is tied to over so many ties (``hops``), and the
        ties between all these; the rest is not even looked at. Raises KgError where nothing bears the name.
        """
        if about is None:
            return self._network.copy()
        from kg.surroundings import surroundings

        return surroundings(self.store, about, hops)

    @cached_property
    def _network(self) -> networkx.MultiDiGraph:
        from kg.network import network  # to ask a graph needs no network

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
        return self.store.dump().decode("utf-8")

    def write(self, folder: str | Path) -> list[Path]:
        """Write the graph, its facts, the network page and the report into a folder; gives their paths.

        All are written beside and moved into place, so that a failure leaves what was there before. Raises KgError
        where the folder cannot be written, and where builds keep a store in it, which these files would contradict.
        """
        from kg.holdings.files import written_for_few
        from kg.holdings.folder import Folder
        from kg.holdings.pages import pages
        from kg.outputs import write_all
        from kg.view import EVIDENCE

        if Folder(folder).holds_store():
            raise KgError(
                f"{folder}: holds the store of a build, which these files would contradict; write into another folder, "
                "or build into this one: kg.build(..., output=...)"
            )
        files = written_for_few(
            self.store,
            lambda: map(self.store.dump, self.store.graphs()),
            lambda: (*self.refused, *self.leftovers),
            lambda: self.coverage,
            EVIDENCE if self._parts else "",
        )
        return write_all(Path(folder), {**files, **pages(self._parts, self._base)})

    def check(self, sources: Mapping[str, str] | None = None) -> Report:
        """Whether the graph holds: its shapes, its evidence, what its sources contradict, and what no fact covers.

        ``sources`` are the texts of the sources by the SHA-256 of their bytes; given them, every quote is read again.
        """
        from kg.check import check

        return check(self.store, sources, coverage=self.coverage, leftovers=self.leftovers)

    def as_of(self, day: str) -> Graph:
        """The graph as it stood on a day (ISO 8601): what was issued by then, less what had ended.

        Plain edges between parties are left out: they do not say since when they hold. Raises KgError for what is no day.
        """
        from kg.standing import as_of, told
        from kg.whole import whole

        store = as_of(self.store, _day(day))
        for graph, quads in whole(told(store), base_of(self.store.graphs())).items():
            store.add(BytesIO(quads), graph)
        return Graph(store)

    def diff(
        self, earlier: Graph | None = None, *, since: str | None = None, until: str | None = None
    ) -> list[Difference]:
        """What changed from an earlier graph, up to the day ``since`` where given, to this one, up to ``until``.

        Without an earlier graph this one is held against itself on two days. What an earlier graph has of sources that
        this one lacks goes on standing: a later issue alone changes only what it speaks of. Days are ISO 8601; raises
        KgError for what is no day, and where there is neither an earlier graph nor a day.
        """
        from kg.compare import differences
        from kg.standing import state, told

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
        from kg.ledger import ledger

        return ledger(self._said, _asked(as_of, soon, agency, document, given))

    @cached_property
    def _said(self) -> Said:
        from kg.ledger import Said

        return Said.by(self.store)

    @property
    def progress(self) -> list[Entry]:
        """What was filled into ledgers of this graph, the last entry of each task with those before it."""
        from kg.ledger import FILE, load

        return load(self.home / FILE) if self.home else []

    def write_ledger(self, ledger: Ledger, path: str | Path, *, link: str = "", since: Graph | None = None) -> Path:
        """Write a ledger of this graph in the form that the ending of the path says (see ``kg.ledger.FORMS``).

        ``link`` is where the pages of the evidence stand; without it they are those in the folder that the graph was
        opened from, as seen from the file. With an earlier graph, ``since``, it begins with what changed. Raises KgError
        for another ending, and where the file cannot be written.
        """
        from kg.holdings.parts import leftovers
        from kg.ledger import Beside, changes, current, written
        from kg.outputs import write_all

        path = Path(path)
        left = [(part.summary.name, one) for part in self._parts for one in leftovers(part)]
        beside = Beside(
            progress=current(self.progress),
            link=link or _seen_from(path.parent, self.home),
            leftovers=left,
            coverage=self.coverage,
            changes=changes(since._said, self._said, ledger.asked) if since else None,
            earlier=since.home.name if since and since.home else "",
        )
        return write_all(path.parent, {path.name: written(ledger, path, beside)})[0]

    def sheet(self, name: str, *, as_of: str | None = None) -> Sheet:
        """What the documents in force on a day (ISO 8601; today where none is given) say of a person, an agency or a body.

        Raises KgError where nobody is named so, and with the candidates where several are.
        """
        from kg.sheet import sheet

        return sheet(self._said, self.ledger(as_of=as_of), name)

    def write_sheet(self, sheet: Sheet, path: str | Path) -> Path:
        """Write a sheet in the form that the ending of the path says (see ``kg.sheet.FORMS``).

        Raises KgError for another ending, and where the file cannot be written.
        """
        from kg.outputs import write_all
        from kg.sheet import written

        path = Path(path)
        data = written(sheet, path)
        return write_all(path.parent, {path.name: data if isinstance(data, str) else [data]})[0]

    @property
    def waiting(self) -> tuple[str, ...]:
        """Why judgements of the user apply to nothing that the sources say now, in Chinese and English; they wait."""
        query = """SELECT ?zh ?en WHERE { GRAPH ?g { ?d gz:outcome gz:OutcomeWaiting ; gz:reason ?zh, ?en }
            FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") } ORDER BY ?d"""
        return tuple(f"{row['zh'].value} / {row['en'].value}" for row in self.store.select(query))

    def judgements(self, file: str | Path | None = None) -> tuple[Judgement, ...]:
        """The user's judgements by which it was made, in their order; ``file`` is where they stand, if not in its folder."""
        return self._ruling(file)[0].entries

    def judge(
        self,
        verb: str,
        *things: str,
        name: str = "",
        reason: str = "",
        who: str = "",
        when: str = "",
        fact: Mapping[str, str] | None = None,
        source: str = "",
        quote: str = "",
        nth: int | None = None,
        file: str | Path | None = None,
    ) -> Graph:
        """The graph by one judgement more: ``same``, ``not-same``, ``name``, ``wrong`` or ``fact``.

        ``things`` are named by IRIs or by names that they alone bear; of ``name``, ``name`` says what the thing is to be
        called, and ``wrong`` takes the IRI of a fact. ``fact`` adds one that is missing: its ``kind`` and its fields in
        the gold format, the name of its ``source`` or the beginning of its hash, and the ``quote`` that says it, of
        several such places the ``nth``. A graph in a folder is changed there, with its ``judgements.yaml`` or another
        ``file``.
        Raises KgError, with nothing changed, for what names nothing or several things, for contradictions, and for a
        fact that has not the form of its kind, or is there already.
        """
        from kg.identity import Judgement, Judgements, added, profiles, senses_of

        judgement = Judgement(verb, things, name, reason, who, when, "", tuple((fact or {}).items()), source)
        text = added("", judgement._replace(quote="".join(quote.split()), nth=str(nth or "")))
        entry = Judgements.parse(text, "the judgement").entries[0]._replace(line=0)
        if verb == "wrong":
            entry = entry._replace(was=self._quote(entry.things[0]))
        elif verb == "fact":
            entry = entry._replace(was=self._missing(entry))
        else:
            known = profiles(self.store)
            entry = Judgements((entry,), "the judgement").noted(entry, senses_of(known, self._base), known, self._base)
        return self._rejudged(lambda entries, text: added(text, entry), file)

    def unjudge(
        self, number: int | None = None, *, file: str | Path | None = None, said: Judgement | None = None
    ) -> Graph:
        """The graph without a judgement: the last, or that of a number, counted from 1.

        Raises KgError where there is none, or another one than was ``said`` has that number by now.
        """
        from kg.identity import without

        def less(entries: Sequence[Judgement], text: str) -> str:
            which = len(entries) if number is None else number
            if not 1 <= which <= len(entries):
                raise KgError(
                    f"there is no judgement {which}, there are {len(entries)}; see: kg judge list",
                    zh=f"没有第 {which} 条认定，现有 {len(entries)} 条",
                )
            found = entries[which - 1]
            if said and found.told() != said.told():
                raise KgError(
                    f"judgement {which} is another one by now: {found}; look at the list again",
                    zh=f"第 {which} 条认定已是另一条：{found}；请重新查看列表",
                )
            return without(text, found)

        return self._rejudged(less, file)

    def _ruling(self, file: str | Path | None) -> tuple[Judgements, str]:
        from kg.identity import JUDGEMENTS, Judgements, read_judgements

        if self.home is None:
            return Judgements.parse(self._judged), self._judged
        return read_judgements(file or self.home / JUDGEMENTS)

    def _rejudged(self, changed: Callable[[Sequence[Judgement], str], str], file: str | Path | None) -> Graph:
        from kg.holdings.build import amended, judge
        from kg.holdings.derived import added_to, again
        from kg.holdings.folder import Folder
        from kg.holdings.parts import QUADS
        from kg.identity import JUDGEMENTS, Judgements
        from kg.rdf import source_graph

        if self.home is not None:
            judge(Folder(self.home), Path(file or self.home / JUDGEMENTS), changed)
            return open_graph(self.home)
        text = changed(*((found := self._ruling(None))[0].entries, found[1]))
        judgements = Judgements.parse(text)
        anew = [amended(part, judgements, self._base) for part in self._parts]
        parts = [new or part for new, part in zip(anew, self._parts, strict=True)]
        quads = {source_graph(new.summary.sha256, self._base): new.member(QUADS) for new in anew if new}
        store = again(self.store, self._base, judgements, added_to(parts, self._base), quads)
        return Graph(store, parts, self.refused, self.changes, base=self._base, judged=text)

    def _missing(self, entry: Judgement) -> str:
        """Where a fact that a user adds stands. Raises KgError where its place is not clear, or it is there already."""
        from kg.extract.additions import RULE
        from kg.identity import Judgements, is_source, profiles
        from kg.pipeline import understand

        addition = entry.addition
        assert addition is not None
        parts = [part for part in self._parts if is_source(entry.source, part.summary.name, part.summary.sha256)]
        added = {}
        if len(parts) == 1:
            reading = understand(self.source(parts[0].summary.sha256), (addition,))
            found = reading.added[addition.key]
            if not isinstance(found, int):
                if found.rule != RULE or addition.key in parts[0].summary.added:
                    raise KgError(
                        f"the graph says so already, by the rule {found.rule}: {found.doc}: {found.evidence.quote}; "
                        "nothing was added",
                        zh=f"图谱中已有此陈述（{found.doc}：{found.evidence.quote}），未作任何改动",
                    )
                return f"{found.doc}：{found.evidence.quote}"
            added = {f"{self._base}source/{parts[0].summary.sha256[:16]}": {addition.key: found}}
        Judgements((entry,), "the judgement").applied((), profiles(self.store), self._base, added)
        raise AssertionError("what is missing was not said")

    def _quote(self, fact: str) -> str:
        """What a fact quotes. Raises KgError where there is no such fact."""
        query = "SELECT ?quote WHERE { GRAPH ?g { $fact gz:quote ?quote } }"
        with suppress(ValueError):  # what is no IRI is that of no fact
            node = ox.NamedNode(fact if fact.startswith(self._base) else f"{self._base}{fact}")
            for row in self.store.select(query, {"fact": node}):
                return str(row["quote"].value)
        raise KgError(
            f"no fact has the IRI {fact!r}; see: kg facts --full", zh=f"没有 IRI 为“{fact}”的陈述，未作任何改动"
        )

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


def _seen_from(folder: Path, home: Path | None) -> str:
    """The folder of a build as an address on pages in another folder; nothing where it is the same."""
    if home is None:
        return ""
    try:
        way = Path(os.path.relpath(home, folder)).as_posix()
    except ValueError:  # on another drive
        return home.resolve().as_uri()
    return "" if way == "." else quote(way)


def _asked(
    as_of: str | None, soon: int | None, agency: str | None, document: str | None, given: Mapping[str, str] | None
) -> Question:
    from kg.ledger import SOON, Question

    day = date.fromisoformat(_day(as_of)) if as_of else date.today()
    told = {event: date.fromisoformat(_day(when)) for event, when in (given or {}).items()}
    return Question(day=day, soon=soon or SOON, agency=agency, document=document, given=told)


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
    jobs: int | None = None,
    add: bool = False,
    judgements: str | Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Graph:
    """The graph of the files, folders and bundles at the paths: in memory, or in the folder ``output``.

    A folder is brought up to date: what is new or changed is read, what is no longer given goes, but with ``add`` stays.
    ``-`` is standard input. ``limits`` say how large a source may be; ``jobs``, how many are read at a time (as many as
    there are processors). ``judgements`` is a file of the user's judgements; without it that in the folder holds, if there
    is one. ``progress`` is told how many sources are done, of how many, and the name of one. Of several
    sources those that cannot be read, or hold no document, are left out and named in ``Graph.refused``. Raises KgError
    where a path does not exist, or no source at all can be used, and where the folder cannot be written.
    """
    from kg.holdings import build as holdings
    from kg.holdings.folder import Folder
    from kg.holdings.workers import cores
    from kg.identity import read_judgements

    jobs = max(1, jobs or cores())
    told = progress or (lambda done, of, name: None)
    entries = find(paths, limits)
    if not entries:
        raise KgError("no source given: name a file or a folder of gazettes")
    limits = replace(limits, pictures=PICTURES)
    judged, text = read_judgements(judgements, must=True) if judgements is not None else (None, "")
    if output is None:
        return _in_memory(entries, base, limits, jobs, told, text)
    folder = Folder(output)
    changes = holdings.build(
        entries, folder, base=base, limits=limits, jobs=jobs, add=add, progress=told, judgements=judged
    )
    return _opened(folder, changes)


def _in_memory(
    entries: Sequence[Input],
    base: str,
    limits: Limits,
    jobs: int,
    progress: Progress,
    judged: str,
) -> Graph:
    from kg.holdings.build import given, none_read
    from kg.holdings.derived import derived
    from kg.holdings.parts import ALONE, DETAILS, PAGE, PROFILE, QUADS, TEXT, TOGETHER, Made
    from kg.holdings.workers import Refused, Task, read_each
    from kg.identity import Judgements

    judgements = Judgements.parse(judged)
    sources, left = given(entries, limits, base, judgements)
    refused = [Leftover(one.reason, one.where) for one in left]
    tasks = [[Task(one.entry, one.size, limits, base, None, one.additions) for one in same] for same in sources]
    parts: list[Part] = []
    store = Store()
    for task, outcome in read_each(tasks, jobs, progress):
        if isinstance(outcome, Refused):
            refused.append(Leftover(f"not read: {outcome.reason}", task.entry.where))
        else:
            # The store is all that is kept of the quads: a large graph should not stand in memory twice.
            store.add(BytesIO(outcome.member(QUADS)), outcome.summary.name)
            kept = {name: outcome.member(name) for name in (ALONE, DETAILS, PAGE, PROFILE, TEXT, TOGETHER)}
            parts.append(Made(outcome.summary, kept))
    if not parts:
        raise KgError(none_read([one.reason for one in refused], len(entries)))
    parts.sort(key=lambda part: (part.summary.name, part.summary.sha256))
    for graph, block in derived(parts, program_version(), base, judgements).items():
        store.add(BytesIO(block), graph)
    parts = [Made(part.summary, {name: part.member(name) for name in (DETAILS, PAGE, TEXT)}) for part in parts]
    return Graph(store, parts, sorted(refused, key=lambda one: (one.text, one.reason)), base=base, judged=judged)


def open_graph(folder: str | Path) -> Graph:
    """The graph in a folder that a build has written, in a file of N-Quads, or in the SPARQL store at an address.

    Raises KgError where there is none.
    """
    from kg.holdings.folder import Folder
    from kg.store.http import is_address

    if isinstance(folder, str) and is_address(folder):
        from kg.store.remote import RemoteStore

        return Graph(RemoteStore(folder))
    path = Path(folder)
    if Folder(path).holds_store():
        return _opened(Folder(path))
    file = path / "graph.nq" if path.is_dir() else path
    if not file.is_file():
        raise KgError(f"{folder}: no graph here (expected {file}); build one: kg build SOURCE -o {folder}")
    return Graph(Store.load(file), home=file.parent)


def take_in(folder: str | Path, file: str | Path, *, by: str | None = None, as_of: str | None = None) -> Update:
    """Take in what was filled into a ledger of the graph in a folder; gives what it brought.

    ``by`` is who says it, without it who saved the file; ``as_of``, the day on which (ISO 8601; today where none is
    given). It is kept in the folder, beside what builds write, and the report shows it. Raises KgError, with nothing
    changed, where the file cannot be read, and with all its cells that are not clear.
    """
    from kg.holdings import build as holdings
    from kg.holdings.folder import Folder
    from kg.ledger import read_filled, update

    graph, source = open_graph(folder), Path(file)
    whole = graph.ledger(as_of=as_of)
    try:
        data = source.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise KgError(f"{source}: cannot be read: {reason}; give the ledger that was filled in") from error
    filled = read_filled(data, source.name, whole.day)
    made: list[Update] = []

    def changed() -> Sequence[Entry]:
        made.append(update(whole, graph.progress, filled, by or filled.by, whole.day))
        return made[0].entries if made[0].added else ()

    if graph.home:
        holdings.take_in(Folder(graph.home), changed)
    else:
        changed()
    return made[0]


def _opened(folder: Folder, changes: Changes | None = None) -> Graph:
    from kg.holdings.words import index_of

    state, store = folder.open()
    refused = (Leftover(left.reason, left.where) for left in state.refused)
    parts = [folder.stored(held) for held in state.sources]
    return Graph(
        store, parts, tuple(refused), changes, lambda: index_of(folder, state), state.base or BASE, folder.path
    )
