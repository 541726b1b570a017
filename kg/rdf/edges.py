"""What follows from the statements of a reading stands as plain edges in a graph of its own.

Plain edges make an easy question easy: who leads what, who sits where, who pays whom. Beside them stand the
classes that words belong to, computed due dates, and the standard terms (ORG, ELI, OWL-Time, schema.org) that the
ontology maps ours to, so that nobody needs a reasoner. All of it can be made again from the statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import cast

from kg.model import (
    Appointment,
    Citation,
    Deadline,
    Document,
    Duty,
    EntityType,
    Event,
    Fact,
    Fund,
    Member,
    Norm,
    Part,
    Post,
    Reading,
    Seat,
    StandIn,
    Target,
)
from kg.rdf.dues import Calendar, reckoned
from kg.rdf.iris import Names
from kg.rdf.sums import parts_of_sums
from kg.rdf.terms import BASE, date_value, decimal, last_day, literal, typed
from kg.rdf.times import instant
from kg.rdf.vocabulary import (
    DUTY_EDGES,
    EVENT_EDGES,
    EVENT_KINDS,
    FOLLOWS,
    MODALITY_KINDS,
    RELATION_EDGES,
    ROLE_KINDS,
    classify,
    document_type,
    gz,
    post_kind,
    std,
)

__all__ = ["derived"]

Triple = tuple[str, str, str]

_TYPE = std("rdf:type")
# The durations that OWL-Time can hold; working days (P20BD) are none of ISO 8601's.
_DURATION = re.compile(r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?", re.ASCII)


def derived(reading: Reading, base: str = BASE) -> Iterator[str]:
    """The plain edges of a reading as N-Quads lines, in no order and some of them twice: the caller sorts."""
    names = Names(reading, base)
    calendar = Calendar(reading)
    tail = f" {names.edges} ."
    for node, fact in names.facts.items():
        rule = _RULES.get(fact.kind)
        edges = rule(names, node, fact) if rule else ()
        dates = reckoned(node, fact, calendar) if isinstance(fact, Deadline) else ()
        for subject, predicate, value in chain(edges, dates):
            yield f"{subject} {predicate} {value}{tail}"
    for subject, predicate, value in parts_of_sums(names):
        yield f"{subject} {predicate} {value}{tail}"


def _edge(subject: str | None, local: str, value: str | None) -> Iterator[Triple]:
    """The edge and the wider ones that hold with it, where both ends are known."""
    if subject and value:
        yield subject, gz(local), value
        for wider in FOLLOWS.get(local, ()):
            yield subject, gz(wider[3:]) if wider.startswith("gz:") else std(wider), value


def _kind(node: str, local: str, concept: str | None) -> Iterator[Triple]:
    """The concept that words belong to, where they belong to one."""
    if concept:
        yield node, gz(local), gz(concept)


def _party(names: Names, words: str | None) -> str | None:
    return names.party(words) if words else None


def _document(names: Names, node: str, fact: Document) -> Iterator[Triple]:
    yield node, std("eli:title"), literal(fact.title)
    if fact.number:
        yield node, std("eli:id_local"), literal(fact.number)
    for words in fact.issuer:
        if issuer := names.party(words):
            yield issuer, gz("issued"), node
            yield node, std("eli:passed_by"), issuer
    if concept := document_type(fact.type):
        yield node, gz("documentType"), gz(concept)
        yield node, std("eli:type_document"), gz(concept)
    for text, twin in ((fact.date, "eli:date_document"), (fact.effective, "eli:first_date_entry_in_force")):
        if text and text.count("-") == 2 and last_day(text):
            yield node, std(twin), date_value(text)
    if above := names.document(fact.part_of):
        yield node, std("eli:is_part_of"), above


def _post(names: Names, node: str, fact: Post) -> Iterator[Triple]:
    person, organization = _party(names, fact.person), _party(names, fact.org)
    yield from _membership(node, person, organization)
    yield from _kind(node, "postKind", post_kind(fact.title))
    yield from _edge(person, "holdsPostIn", organization)


def _member(names: Names, node: str, fact: Member) -> Iterator[Triple]:
    member, group = _party(names, fact.member), _party(names, fact.group)
    yield from _membership(node, member, group)
    yield from _kind(node, "postKind", post_kind(fact.role))
    yield from _edge(member, "memberOf", group)


def _membership(node: str, member: str | None, organization: str | None) -> Iterator[Triple]:
    if member:
        yield node, std("org:member"), member
    if organization:
        yield node, std("org:organization"), organization


def _appointment(names: Names, node: str, fact: Appointment) -> Iterator[Triple]:
    edge = "removedFrom" if fact.action == "免" else "appointedTo"
    yield from _kind(node, "postKind", post_kind(fact.title))
    yield from _edge(_party(names, fact.person), edge, _party(names, fact.org))


def _seat(names: Names, node: str, fact: Seat) -> Iterator[Triple]:
    yield from _edge(_party(names, fact.group), "seatedIn", _party(names, fact.org))


def _stand_in(names: Names, node: str, fact: StandIn) -> Iterator[Triple]:
    a, b = _party(names, fact.a), _party(names, fact.b)
    yield from _edge(a, "standsInFor", b)
    yield from _edge(b, "standsInFor", a)


def _duty(names: Names, node: str, fact: Duty) -> Iterator[Triple]:
    kind = classify(fact.role, ROLE_KINDS)
    yield from _kind(node, "roleKind", kind)
    edge = DUTY_EDGES.get(kind or "", "answersFor")
    yield from _edge(_party(names, fact.agent), edge, names.document(fact.doc))


def _norm(names: Names, node: str, fact: Norm) -> Iterator[Triple]:
    yield from _kind(node, "modalityKind", MODALITY_KINDS.get(fact.modality))


def _fund(names: Names, node: str, fact: Fund) -> Iterator[Triple]:
    yield from _edge(_party(names, fact.payer), "funds", _party(names, fact.payee))
    if fact.amount is not None:
        amount = f"{node[:-1]}#amount>"
        yield node, std("schema:amount"), amount
        yield amount, _TYPE, std("schema:MonetaryAmount")
        yield amount, std("schema:value"), decimal(fact.amount)
        yield amount, std("schema:currency"), literal("CNY")


def _duration(text: str) -> str | None:
    """The duration in the canonical form of XML Schema 1.1, which stores give back; None if it is none of ISO 8601's."""
    if not (found := _DURATION.fullmatch(text)):
        return None
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups())
    years, months = divmod(12 * years + months, 12)
    hours, minutes = divmod(60 * hours + minutes, 60)
    days, hours = days + hours // 24, hours % 24
    date, time = (
        "".join(f"{number}{unit}" for number, unit in parts if number)
        for parts in (((years, "Y"), (months, "M"), (days, "D")), ((hours, "H"), (minutes, "M")))
    )
    return f"P{date}{time and 'T'}{time}" if date or time else "PT0S"


def _deadline(names: Names, node: str, fact: Deadline) -> Iterator[Triple]:
    """OWL-Time: a day, month or year is an instant, a period or a duration is a proper interval."""
    time = f"{node[:-1]}#time>"
    if fact.every:
        yield node, gz("deadlineKind"), gz("DeadlineRecurring")
    elif fact.within:
        yield node, gz("deadlineKind"), gz("DeadlineRelative")
        if duration := _duration(fact.within):
            yield node, gz("hasTime"), time
            yield time, _TYPE, std("time:ProperInterval")
            yield time, std("time:hasXSDDuration"), typed(duration, "duration")
    elif fact.start or fact.end:
        yield node, gz("deadlineKind"), gz("DeadlineSpan")
        yield node, gz("hasTime"), time
        yield time, _TYPE, std("time:ProperInterval")
        for text, predicate, part in (
            (fact.start, "time:hasBeginning", "start"),
            (fact.end, "time:hasEnd", "end"),
        ):
            bound = f"{node[:-1]}#{part}>"
            if text and last_day(text):
                yield time, std(predicate), bound
                yield from instant(bound, text)
    elif fact.on:
        yield node, gz("deadlineKind"), gz("DeadlineFixed")
        if last_day(fact.on):
            yield node, gz("hasTime"), time
            yield from instant(time, fact.on)


def _target(names: Names, node: str, fact: Target) -> Iterator[Triple]:
    if fact.by and (day := last_day(fact.by)):
        yield node, gz("due"), typed(day.isoformat(), "date")


def _citation(names: Names, node: str, fact: Citation) -> Iterator[Triple]:
    here = names.reading.documents.get(fact.doc)
    in_issue = here is not None and here.type is EntityType.GAZETTE_ISSUE
    edge = "lists" if in_issue else classify(fact.relation, RELATION_EDGES) or "cites"
    yield from _edge(names.document(fact.doc), edge, names.document(fact.number, fact.title))


def _event(names: Names, node: str, fact: Event) -> Iterator[Triple]:
    kind = classify(fact.type, EVENT_KINDS)
    yield from _kind(node, "eventKind", kind)
    edge = EVENT_EDGES.get(kind or "", "actedOn")
    yield from _edge(_party(names, fact.agent), edge, _party(names, fact.patient))


def _part(names: Names, node: str, fact: Part) -> Iterator[Triple]:
    yield from _edge(_party(names, fact.org), "affiliatedTo", _party(names, fact.of))


_Rule = Callable[[Names, str, Fact], Iterator[Triple]]

_RULES: dict[str, _Rule] = {
    kind: cast("_Rule", rule)  # each is called with facts of its own kind only
    for kind, rule in (
        ("document", _document),
        ("post", _post),
        ("appointment", _appointment),
        ("member", _member),
        ("seat", _seat),
        ("stand_in", _stand_in),
        ("duty", _duty),
        ("norm", _norm),
        ("fund", _fund),
        ("deadline", _deadline),
        ("target", _target),
        ("cites", _citation),
        ("event", _event),
        ("part", _part),
    )
}
