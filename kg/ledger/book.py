"""The ledger of a graph on a day: what the documents in force then set down to be done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.due import IN_FORCE, due
from kg.errors import KgError
from kg.grammar.periods import find_times
from kg.ledger.joining import join
from kg.ledger.tasks import Fact, Status, Task, Term
from kg.model import FACT_KINDS, Deadline, Evidence, Span
from kg.rdf import BASE
from kg.rdf.terms import last_day, segment
from kg.standing import Topic, state, told
from kg.store import Store
from kg.view.heads import plain
from kg.view.phrases import day_in_words, when

__all__ = ["SOON", "Ledger", "Question", "ledger"]

SOON = 30
"""What falls due within so many days is due soon."""

_HEADINGS = "SELECT ?fact ?heading WHERE { GRAPH ?g { ?fact gz:inSection ?s . ?s gz:heading ?heading } }"
_NAMES = """SELECT ?thing ?name WHERE { GRAPH ?g {
  VALUES ?class { gz:Agency gz:AgencyGroup gz:CoordinatingBody gz:Official gz:OfficeHolder }
  ?thing a ?class ; skos:prefLabel|skos:altLabel ?name } }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a ledger is asked for."""

    day: dt.date
    """The day by which it is judged, and up to which documents count."""
    soon: int = SOON
    agency: str | None = None
    """Only tasks in which somebody takes part whose name has these words."""
    document: str | None = None
    """Only tasks of documents whose number or title has these words."""
    given: Mapping[str, dt.date] = field(default_factory=dict)
    """The days of events, by the words of the text (政策印发)."""


@dataclass(frozen=True)
class Ledger:
    """The tasks, and the facts in force that they were made of."""

    asked: Question
    tasks: tuple[Task, ...]
    facts: tuple[Fact, ...]
    """All that stands on the day, of the documents that were asked for."""
    repealed: Mapping[str, Fact] = field(default_factory=dict)
    """Documents that are no longer in force → the sentence that says so."""
    known: frozenset[str] = frozenset()
    """The IRIs of all tasks of documents in force, be they asked for or not."""

    @property
    def day(self) -> dt.date:
        return self.asked.day

    def status(self, task: Task) -> Status:
        """How a task stands on the day of the ledger."""
        return task.status(self.asked.day, self.asked.soon)

    @cached_property
    def counts(self) -> Counter[Status]:
        """How many tasks stand so."""
        return Counter(self.status(task) for task in self.tasks)

    @cached_property
    def waiting(self) -> Mapping[str, tuple[Task, ...]]:
        """The events whose days are not known → the tasks with a time that runs from them."""
        events = sorted({term.waits_for for task in self.tasks for term in task.terms if term.waits_for})
        return {
            event: tuple(task for task in self.tasks if any(term.waits_for == event for term in task.terms))
            for event in events
        }

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The IRI of a fact → the number of the task that it belongs to."""
        parts = (
            (fact["fact"], task.number)
            for task in self.tasks
            for fact in (task.evidence, *task.targets, *task.funds, *(term.fact for term in task.terms))
        )
        return dict(parts)


def ledger(store: Store, asked: Question) -> Ledger:
    """The ledger of a store: the tasks of the documents that stand on the day asked for.

    What a document repeals is left out, and so is what was issued later. Raises KgError where no task is left by the
    agency or the document asked for.
    """
    found = told(store)
    now = state(found, asked.day.isoformat())
    ended = {s.subject[0]: s.ended for s in now.ended.values() if s.topic is Topic.DOCUMENT and s.ended}
    documents = {f["doc"]: f for f in found if f["kind"] == "document" and not f.get("part_of")}
    standing = [fact for fact in found if fact["fact"] not in now.over and fact["doc"] not in ended]
    headings = dict(sorted((fact.value, heading.value) for fact, heading in store.select(_HEADINGS, merge=False)))
    tasks = join(
        standing,
        _Calendar(found, asked.given).term,
        lambda fact: headings.get(fact["fact"], ""),
        {doc: str(fact["title"]) for doc, fact in documents.items()},
        _base(found),
    )
    known = frozenset(task.iri for task in tasks)
    if asked.document:
        wanted = _documents(documents, asked.document)
        standing = [fact for fact in standing if fact["doc"] in wanted]
        tasks = [task for task in tasks if task.doc in wanted]
    if asked.agency:
        tasks = _of_agency(tasks, store, asked.agency)
    dates = {doc: str(fact.get("date") or "") for doc, fact in documents.items()}
    tasks.sort(key=lambda task: dates.get(task.doc, ""))
    return Ledger(asked, tuple(task.numbered(n) for n, task in enumerate(tasks, 1)), tuple(standing), ended, known)


def _documents(documents: Mapping[str, Fact], name: str) -> set[str]:
    """The documents of that number, else those that have the words in their number or title."""
    words = plain(name)
    if exact := {doc for doc in documents if plain(doc) == words}:
        return exact
    found = {
        doc for doc, fact in documents.items() if words in plain(doc) or words in plain(str(fact.get("title") or ""))
    }
    if not found:
        raise KgError(f"no document has {name!r} in its number or title; see: kg query documents")
    return found


def _of_agency(tasks: Iterable[Task], store: Store, name: str) -> list[Task]:
    words = plain(name)
    known = {thing.value for thing, label in store.select(_NAMES, merge=False) if words in plain(label.value)}
    kept = [task for task in tasks if any(words in plain(party.name) or party.thing in known for party in task.parties)]
    if not kept:
        raise KgError(f"nobody whose name has {name!r} takes on a task; see: kg query agency -p name={name}")
    return kept


def _base(facts: Iterable[Fact]) -> str:
    """What all IRIs of a graph begin with."""
    for fact in facts:
        before, stroke, _ = str(fact["fact"]).rpartition(f"{fact['kind']}/{segment(fact['doc'])}/")
        if stroke:
            return before
    return BASE


class _Calendar:
    """What the times of facts are reckoned to, by the dates of their documents and by the days that were told."""

    def __init__(self, facts: Iterable[Fact], given: Mapping[str, dt.date]) -> None:
        self.given = given
        self.dates: dict[tuple[str, str], set[dt.date | None]] = {}
        self.forces: dict[tuple[str, str], set[dt.date | None]] = {}
        for fact in facts:
            if fact["kind"] == "document":
                place = fact["graph"], fact["doc"]
                if fact.get("date") and not fact.get("part_of"):
                    self.dates.setdefault(place, set()).add(_day(fact["date"]))
                if fact.get("effective"):
                    self.forces.setdefault(place, set()).add(_day(fact["effective"]))

    def term(self, fact: Fact) -> Term | None:
        """The time that a deadline or a target sets; None for a target without a date."""
        place = fact["graph"], fact["doc"]
        date, force = _only(self.dates.get(place)), _only(self.forces.get(place))
        anchors = {**({IN_FORCE: force} if force else {}), **self.given}
        if fact["kind"] == "target":
            if not fact.get("by"):
                return None
            values, words = {"on": fact["by"]}, str(fact["subject"])
        else:
            names = ("on", "start", "end", "every", "within", "after", "task")
            values, words = {name: fact.get(name) for name in names}, str(fact.get("task") or "")
        spans = tuple(Span(*span) for span in fact["spans"])
        deadline = Deadline(doc=fact["doc"], evidence=Evidence(spans, fact["quote"]), rule=fact["rule"], **values)
        found = due(deadline, date, anchors)
        said = (found.basis, found.assumption, found.reason)
        return Term(
            written=_written(fact, values, date),
            words=words,
            fact=fact,
            day=found.date,
            start=found.start,
            basis="；".join(line.zh for line in said if line),
            rule=deadline.every or "",
            since=date,
            waits_for=str(deadline.after or "") if deadline.within and not found.date else "",
        )


def _written(fact: Fact, values: Mapping[str, object], date: dt.date | None) -> str:
    """The words of the time, where the sentence has them in one piece."""
    own = {
        name: str(value)
        for name, value in values.items()
        if value and name in ("on", "start", "end", "every", "within")
    }
    quote = str(fact["quote"])
    for time in find_times(quote, str(date.year) if date else None):
        if own in time.values:
            after = f"自{fact['after']}起" if fact.get("after") else ""
            return f"{after}{quote[time.start : time.end]}"
    return when(fact) if fact["kind"] == "deadline" else day_in_words(str(fact["by"]))


def _day(text: str) -> dt.date | None:
    return last_day(text) if text.count("-") == 2 else None


def _only(days: set[dt.date | None] | None) -> dt.date | None:
    return next(iter(days)) if days and len(days) == 1 else None


assert "task" not in FACT_KINDS  # a task has an IRI of its own
