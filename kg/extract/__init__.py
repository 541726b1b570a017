"""Anatomy → facts: one module a kind, each run over every document of a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
    money_tables,
    norms,
    parts,
    posts,
    seats,
    stand_ins,
    target_tables,
    targets,
    task_tables,
    terms,
)
from kg.extract.additions import Places
from kg.extract.people import standing_names
from kg.extract.rules import Rule
from kg.extract.scope import Scope, scopes
from kg.extract.sums_in_words import unequal_sums
from kg.model import Addition, Appointment, Deadline, Duty, Fact, Fund, Leftover, Section, Span, Target

__all__ = ["RULES", "Extraction", "extract"]

_OF_ISSUES: tuple[Callable[[Anatomy], Iterator[Fact]], ...] = (
    documents.issues,
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
    norms.norms,
    contacts.contacts,
    funds.funds,
    money_tables.tabled_funds,
    deadlines.deadlines,
    targets.targets,
    target_tables.tabled_targets,
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
        norms,
        contacts,
        funds,
        money_tables,
        deadlines,
        task_tables,
        terms,
        targets,
        target_tables,
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
    homes: tuple[str, ...]
    """The place whose government speaks, one a document or plan."""
    added: Mapping[str, Fact | int] = field(default_factory=dict)
    """As in ``Reading.added``."""


def extract(anatomy: Anatomy, additions: Sequence[Addition] = ()) -> Extraction:
    """The facts of a source, in the order of its documents, each once; those that a user adds come last.

    A fact whose quote is not what stands at its spans is refused, and is among the leftovers.
    """
    people = _people(anatomy)
    everything = list(scopes(anatomy.documents, people))
    found: dict[tuple[object, ...], Fact] = {}
    refused: list[Leftover] = []
    for fact in _specific(_all(anatomy, everything, people)):
        if anatomy.source.at(fact.evidence.spans) != fact.evidence.text:
            refused.append(Leftover(f"{fact.kind} refused: its quote does not stand there", fact.evidence.quote))
            continue
        found.setdefault((fact.kind, fact.doc, *fact.values()), fact)
    added: dict[str, Fact | int] = {}
    places = Places(anatomy) if additions else None
    for addition in sorted(additions, key=lambda addition: addition.key):
        said = places.fact(addition) if places else 0
        added[addition.key] = (
            said if isinstance(said, int) else found.setdefault((said.kind, said.doc, *said.values()), said)
        )
    return Extraction(
        facts=tuple(found.values()),
        sections=tuple(_sections(anatomy)),
        leftovers=(*anatomy.leftovers, *_unread(everything), *_unequal(everything), *refused),
        homes=tuple(scope.home for scope in everything),
        added=added,
    )


def _all(anatomy: Anatomy, everything: Iterable[Scope], people: frozenset[str]) -> Iterator[Fact]:
    for of_issue in _OF_ISSUES:
        yield from of_issue(anatomy)
    yield from members.board(anatomy, people)
    for scope in everything:
        for of_document in _OF_DOCUMENTS:
            yield from of_document(scope)


def _people(anatomy: Anatomy) -> frozenset[str]:
    """The names of people that the layout alone makes sure of."""
    passages = [passage for document in anatomy.documents for passage in document.all_passages()]
    listed = {
        entry.name.chars for roster in rosters(passages) for entry in roster.entries if entry.person and entry.post
    }
    return frozenset(listed) | standing_names([passage.body.chars for passage in passages])


def _specific(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts without the duties that say what a deadline, a payment or a target says: a clause gives its most specific kind."""
    everything = list(facts)
    tasks: dict[tuple[str, str], list[tuple[str, tuple[Span, ...]]]] = {}
    paid: dict[tuple[str, str], list[tuple[str, tuple[Span, ...]]]] = {}
    reached: dict[tuple[str, str], list[tuple[str, tuple[Span, ...]]]] = {}
    for fact in everything:
        if isinstance(fact, Deadline) and fact.agent and fact.task and fact.rule != "deadline.phase":
            tasks.setdefault((fact.doc, fact.agent), []).append((fact.task, fact.evidence.spans))
        elif isinstance(fact, Fund) and fact.payer:
            paid.setdefault((fact.doc, fact.payer), []).append((fact.evidence.quote, fact.evidence.spans))
        elif isinstance(fact, Target) and fact.agent:
            reached.setdefault((fact.doc, fact.agent), []).append((fact.evidence.quote, fact.evidence.spans))
    terms: dict[str, list[Span]] = {}
    for fact in everything:
        if isinstance(fact, Appointment):
            terms.setdefault(fact.doc, []).extend(fact.evidence.spans)
    for fact in everything:
        if isinstance(fact, Deadline) and any(_overlap(fact.evidence.spans, span) for span in terms.get(fact.doc, ())):
            continue  # how long an appointment runs is part of the appointment
        if isinstance(fact, Duty) and fact.rule in _PROSE_RULES:
            key = (fact.doc, fact.agent)
            timed = tasks.get(key, ())
            here = [task for task, spans in timed if any(_overlap(fact.evidence.spans, span) for span in spans)]
            said = any(_says(fact.matter, task) for task in (*(task for task, _ in timed), "".join(here)))
            if fact.role is None or said:
                rest = min((_before(fact.matter, task) for task in here), key=len, default="" if said else fact.matter)
                rest = rest if fact.rule in _ORDERS or said else fact.matter
                said = not rest or any(rest in quote for quote, _ in reached.get(key, ()))
                fact = replace(fact, matter=rest) if rest else fact
            sums = [quote for quote, spans in paid.get(key, ()) if any(_overlap(fact.evidence.spans, s) for s in spans)]
            if sums and (put := _BUDGETED.match(fact.matter)) and not any(put[0] in quote for quote in sums):
                fact, sums = replace(fact, matter=put[0]), []
            if said or sums:
                continue
            if fact.rule in _COUNTED and _covered(
                fact.evidence.spans, [span for _, spans in reached.get(key, ()) for span in spans]
            ):
                continue
        yield fact


def _overlap(spans: tuple[Span, ...], other: Span) -> bool:
    return any(span.start < other.end and other.start < span.end for span in spans)


def _covered(spans: tuple[Span, ...], by: Sequence[Span]) -> bool:
    """Whether stretches say no more than others do, but for who is meant."""
    last = spans[-1]
    here = [span for span in by if span.start < last.end and last.start < span.end]
    return (
        bool(here)
        and min(span.start for span in here) <= last.start + 8
        and max(span.end for span in here) >= last.end - 1
    )


def _before(matter: str, task: str) -> str:
    """What a matter orders besides, in the clauses before the one with the time limit; empty where it is but a manner."""
    place = next((at for size in (8, 4) if (at := matter.find(task[:size])) >= 0), len(matter))
    if place == len(matter):
        return ""
    rest = matter[: max(matter.rfind("，", 0, place), 0)]
    return "" if len(rest) < 4 or _MANNER.fullmatch(rest) else rest


_MANNER = re.compile(
    r"(?:(?:并|要)?(?![^，]*(?:制定|出台|编制|细化|完善|检查|排查|核查|整治))(?:结合|根据|按照|围绕|通过|综合运用|采取|采用|对照|严格|依据|坚持|以|于|在|自|从|将|对|经|每|加强(?:组织)?领导|高度重视|提高|收到|接到)[^，]*(?:，|$))+"
    r"|[^，]*(?:后|时|的|者|之日起|前|内)(?:，[^，]*(?:后|时|的|者|之日起|前|内))*"
)


_BUDGETED = re.compile("[将把][^，]{2,30}(?:纳入|列入)[^，]{2,12}(?=，)")
"""What one who pays does besides: 将管护经费纳入预算，按每公里…补助."""


def _says(matter: str, task: str) -> bool:
    """Whether a matter says a task, a time, and little else."""
    pairs = {task[i : i + 2] for i in range(len(task) - 1)}
    shared = sum(pair in matter for pair in pairs)
    return len(pairs) > 1 and shared >= 0.7 * len(pairs) and len(matter) <= 2 * len(task) + 24


_ORDERS = frozenset({"duty.modal", "duty.by", "duty.plain"})
"""Of these a time limit says all; who is said to answer for something (duty.role) answers for more than what has one."""
_COUNTED = _ORDERS | {"duty.colon"}
"""Of these a number to be reached says all as well."""
_PROSE_RULES = frozenset(
    {"duty.modal", "duty.plain", "duty.role", "duty.by", "duty.founded", "duty.colon", "duty.body"}
)


def _sections(anatomy: Anatomy) -> Iterator[Section]:
    for document in anatomy.documents:
        for passage in document.all_passages():
            heading = passage.heading
            if heading and passage.opens:
                span = heading.whole.spans()[0]
                yield Section(document.key, heading.path, heading.number, heading.words, span)


def _unequal(everything: Iterable[Scope]) -> Iterator[Leftover]:
    """The sums that are written twice and not alike."""
    for scope in everything:
        yield from unequal_sums(scope)


def _unread(everything: Iterable[Scope]) -> Iterator[Leftover]:
    """What stands in rosters and was not understood."""
    for scope in everything:
        for roster in scope.rosters:
            for text in roster.unread:
                yield Leftover("in a roster, not understood", text.chars, text.spans()[0])
