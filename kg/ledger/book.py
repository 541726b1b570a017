"""The ledger of a graph on a day: what the documents in force then set down to be done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.errors import KgError
from kg.ledger.joining import join
from kg.ledger.reckoning import Reckoning
from kg.ledger.said import Said
from kg.ledger.tasks import Fact, Status, Task
from kg.standing import Topic, state
from kg.view.heads import plain

__all__ = ["SOON", "Ledger", "Question", "asked_for", "ledger"]

SOON = 30
"""What falls due within so many days is due soon."""


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


def ledger(said: Said, asked: Question) -> Ledger:
    """The tasks of the documents that stand on the day asked for.

    What a document repeals is left out, and so is what was issued later. Raises KgError where no task is left by the
    agency or the document asked for.
    """
    now = state(said.facts, asked.day.isoformat())
    ended = {s.subject[0]: s.ended for s in now.ended.values() if s.topic is Topic.DOCUMENT and s.ended}
    documents = said.documents
    heirs = now.heirs()
    standing = [
        _handed_on(fact, heirs.get(fact["fact"]))
        for fact in said.facts
        if fact["doc"] not in ended and (fact["fact"] not in now.over or fact["fact"] in heirs)
    ]
    tasks = join(
        standing,
        Reckoning(said.facts, asked.given).term,
        lambda fact: said.headings.get(fact["fact"], ""),
        {doc: str(fact["title"]) for doc, fact in documents.items()},
        said.base,
    )
    known = frozenset(task.iri for task in tasks)
    if asked.document:
        wanted = _documents(documents, asked.document)
        standing = [fact for fact in standing if fact["doc"] in wanted]
    dates = {doc: str(fact.get("date") or "") for doc, fact in documents.items()}
    wanted_task = asked_for(said, asked)
    kept = sorted(filter(wanted_task, tasks), key=lambda task: dates.get(task.doc, ""))
    if asked.agency and not kept:
        raise KgError(
            f"nobody whose name has {asked.agency!r} takes on a task; see: kg query agency -p name={asked.agency}"
        )
    return Ledger(asked, tuple(task.numbered(n) for n, task in enumerate(kept, 1)), tuple(standing), ended, known)


def _handed_on(duty: Fact, heir: Fact | None) -> Fact:
    """A duty as its heir has it, where its holder was dissolved."""
    if heir is None:
        return duty
    return {**duty, "agent": heir["agent"], "things": {**duty["things"], "agent": heir["things"]["agent"]}}


def asked_for(said: Said, asked: Question) -> Callable[[Task], bool]:
    """Whether a task is of the document and the agency asked for. Raises KgError where there is no such document."""
    documents = _documents(said.documents, asked.document) if asked.document else None
    words = plain(asked.agency or "")
    known = {thing for thing, name, _ in said.names if words in plain(name)}

    def wanted(task: Task) -> bool:
        if documents is not None and task.doc not in documents:
            return False
        return not words or any(words in plain(party.name) or party.thing in known for party in task.parties)

    return wanted


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
