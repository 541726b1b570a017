"""Anatomy → facts: one module a kind, each run over every document of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.anatomy import Anatomy
from kg.anatomy.rosters import rosters
from kg.extract import (
    appointments,
    citations,
    contacts,
    deadlines,
    documents,
    duties,
    events,
    funds,
    members,
    parts,
    posts,
    seats,
    stand_ins,
    targets,
)
from kg.extract.people import standing_names
from kg.extract.rules import Rule
from kg.extract.scope import Scope, scopes
from kg.model import Deadline, Duty, Fact, Leftover, Section

__all__ = ["RULES", "Extraction", "extract"]

_OF_ISSUES: tuple[Callable[[Anatomy], Iterator[Fact]], ...] = (
    documents.issues,
    members.board,
    contacts.imprint,
    citations.contents,
)
_OF_DOCUMENTS: tuple[Callable[[Scope], Iterator[Fact]], ...] = (
    documents.documents,
    posts.posts,
    appointments.appointments,
    members.members,
    seats.seats,
    stand_ins.stand_ins,
    duties.duties,
    contacts.contacts,
    funds.funds,
    deadlines.deadlines,
    targets.targets,
    citations.citations,
    events.events,
    parts.parts,
)

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (
        documents,
        posts,
        appointments,
        members,
        seats,
        stand_ins,
        duties,
        contacts,
        funds,
        deadlines,
        targets,
        citations,
        events,
        parts,
    )
    for rule in module.RULES
)
"""Every rule, each with its claim, an example and a counter-example."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read out of an anatomy."""

    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    leftovers: tuple[Leftover, ...]


def extract(anatomy: Anatomy) -> Extraction:
    """The facts of a source, in the order of its documents, each once.

    A fact whose quote is not what stands at its spans is refused, and is among the leftovers.
    """
    found: dict[tuple[object, ...], Fact] = {}
    refused: list[Leftover] = []
    for fact in _specific(_all(anatomy)):
        if anatomy.source.at(fact.evidence.spans) != fact.evidence.text:
            refused.append(Leftover(f"{fact.kind} refused: its quote does not stand there", fact.evidence.quote))
            continue
        found.setdefault((fact.kind, fact.doc, *fact.values()), fact)
    return Extraction(
        tuple(found.values()), tuple(_sections(anatomy)), (*anatomy.leftovers, *_unread(anatomy), *refused)
    )


def _all(anatomy: Anatomy) -> Iterator[Fact]:
    for of_issue in _OF_ISSUES:
        yield from of_issue(anatomy)
    for scope in scopes(anatomy.documents, _people(anatomy)):
        for of_document in _OF_DOCUMENTS:
            yield from of_document(scope)


def _people(anatomy: Anatomy) -> frozenset[str]:
    """The names of people that the layout alone makes sure of."""
    passages = [passage for document in anatomy.documents for passage in document.all_passages()]
    listed = {entry.name.chars for roster in rosters(passages) for entry in roster.entries if entry.person and entry.post}
    return frozenset(listed) | standing_names([passage.body.chars for passage in passages])


def _specific(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts without the duties that say what a deadline says: a clause gives one kind, the most specific."""
    everything = list(facts)
    timed = {
        (deadline.doc, deadline.agent, span.start, span.end)
        for deadline in everything
        if isinstance(deadline, Deadline) and deadline.agent
        for span in deadline.evidence.spans
    }
    by_agent: dict[tuple[str, str | None], list[tuple[int, int]]] = {}
    for doc, agent, start, end in sorted(timed, key=str):
        by_agent.setdefault((doc, agent), []).append((start, end))
    for fact in everything:
        if isinstance(fact, Duty) and fact.rule in _PROSE_RULES:
            own = fact.evidence.spans
            whole = sum(span.end - span.start for span in own)
            shared = max(
                (
                    sum(max(0, min(span.end, end) - max(span.start, start)) for span in own)
                    for start, end in by_agent.get((fact.doc, fact.agent), ())
                ),
                default=0,
            )
            if shared * 2 > whole:
                continue
        yield fact


_PROSE_RULES = frozenset({"duty.modal", "duty.role", "duty.by", "duty.founded"})


def _sections(anatomy: Anatomy) -> Iterator[Section]:
    for document in anatomy.documents:
        for passage in document.all_passages():
            heading = passage.heading
            if heading and passage.opens:
                span = heading.whole.spans()[0]
                yield Section(document.key, heading.path, heading.number, heading.words, span)


def _unread(anatomy: Anatomy) -> Iterator[Leftover]:
    """What stands in rosters and was not understood."""
    for document in anatomy.documents:
        for roster in rosters(document.all_passages()):
            for text in roster.unread:
                yield Leftover("in a roster, not understood", text.chars, text.spans()[0])
