"""What a page says of a thing at one look: what surrounds it, what happened to it and falls due, and its duties by their part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from networkx import MultiDiGraph

from kg.ledger.joining import part_of
from kg.ledger.tasks import Part
from kg.neighbourhood import neighbourhood
from kg.network import cut
from kg.rdf import NS
from kg.rdf.vocabulary import CLASSES
from kg.serve.ring import Ring, ring
from kg.serve.things import Statement, Thing
from kg.serve.timeline import Axis, Time, axis
from kg.store import Store, among
from kg.view.heads import dates, heads
from kg.view.inline import words
from kg.view.phrases import when

__all__ = ["Group", "Portrait", "groups", "portrait"]

_FACTS = 150
_TIMES = 40
"""Times that a page shows."""
_DUES = "SELECT ?fact ?day WHERE { VALUES ?fact { $facts } ?fact gz:due|gz:firstDue ?day }"
_TENURES = """
SELECT DISTINCT ?tenure WHERE {
  { ?tenure a gz:Tenure ; gz:person $thing } UNION { ?tenure a gz:Tenure ; gz:organization $thing }
} ORDER BY ?tenure LIMIT 200"""
_STAYS = """
SELECT DISTINCT ?tenure ?person ?organization ?post ?begin ?end ?seen ?said WHERE {
  ?tenure gz:personName ?person ; gz:postTitle ?post ; gz:lastSaid ?seen .
  OPTIONAL { ?tenure gz:organizationName ?organization }
  OPTIONAL { ?tenure gz:beganBy|gz:firstSaidBy ?said }
  OPTIONAL { ?tenure gz:during/time:hasBeginning/(time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear) ?begin }
  OPTIONAL { ?tenure gz:during/time:hasEnd/(time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear) ?end }
}"""
_PARTS = {
    Part.LEAD: ("牵头事项", "Leads"),
    Part.ANSWER: ("责任事项", "Answers for"),
    Part.SUPPORT: ("配合事项", "Supports"),
    Part.OTHER: ("指导、审核、监督事项", "Guides, approves, watches"),
}
_ORDER = tuple(
    NS + CLASSES.get(kind, kind)
    for kind in (
        "document", "issue", "post", "Appointment", "Removal", "member", "seat", "stand_in", "duty", "deadline", "fund", "target", "norm", "event",
        "part", "contact", "cites",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Statements under one heading."""

    kind: str
    """The IRI of their class."""
    part: tuple[str, str] | None
    """Of duties, in which part the thing has them: in Chinese and in English."""
    statements: list[Statement]
    left: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """The pictures of a page."""

    ring: Ring | None
    times: Axis | None
    more: int
    """Times that are not shown."""


def groups(thing: Thing) -> list[Group]:
    """The statements as a page has them: posts, seats, duties by their part, dates, money, and all else."""
    found = []
    for kind in sorted(thing.statements, key=lambda kind: (_ORDER.index(kind) if kind in _ORDER else 99, kind)):
        said, left = _once(thing.statements[kind]), thing.left.get(kind, 0)
        if kind != NS + CLASSES["duty"]:
            found.append(Group(kind, None, sorted(said, key=_due) if kind == NS + CLASSES["deadline"] else said, left))
            continue
        own = [one for one in said if one.part == f"{NS}agent"]
        for part, names in _PARTS.items():
            if held := [one for one in own if part_of(dict(one.fields).get(f"{NS}roleName", "")) is part]:
                found.append(Group(kind, names, held, left))
                left = 0
        if others := [one for one in said if one.part != f"{NS}agent"]:
            found.append(Group(kind, None, others, left))
    return found


def _once(statements: list[Statement]) -> list[Statement]:
    """Each fact once in each part: what it says in our own words and in those of others is one."""
    own = {one.iri for one in statements if one.part.startswith(NS)}
    return [one for one in statements if one.part.startswith(NS) or one.iri not in own]


def _due(statement: Statement) -> str:
    return dict(statement.fields).get(f"{NS}due", "9999")


def portrait(store: Store, iri: str, language: str) -> Portrait:
    """The pictures of a thing."""
    graph = neighbourhood(store, [iri], most=_FACTS, between=False).graph
    issued = dates(graph, heads(graph))
    facts = dict(_facts(graph, iri))
    times = list(dict.fromkeys((*_tenures(store, iri), *_times(facts, issued, _dues(store, facts), iri, language))))
    times.sort(key=lambda time: time.start or time.end)
    return Portrait(ring(graph, iri), axis(times[-_TIMES:]), max(0, len(times) - _TIMES))


def _facts(graph: MultiDiGraph, iri: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The facts that speak of the thing, be they edges, nodes, or the thing itself."""
    if iri not in graph:
        return
    inside = graph.nodes[iri].get("doc") if graph.nodes[iri].get("type") == "OfficialDocument" else None
    if graph.nodes[iri].get("quote"):
        yield iri, graph.nodes[iri]
    for tail, head, key, data in graph.edges(keys=True, data=True):
        if iri in (tail, head) or (inside and data["kind"] in ("deadline", "target") and data["doc"] == inside):
            yield str(key).partition("#")[0], data


def _dues(store: Store, facts: Iterable[str]) -> dict[str, str]:
    asked = tuple(ox.NamedNode(fact) for fact in facts if not fact.startswith("urn:"))
    return {row["fact"].value: row["day"].value for row in store.select(_DUES, {"facts": asked})} if asked else {}


def _times(
    facts: Mapping[str, Mapping[str, Any]], dates: Mapping[str, str], dues: Mapping[str, str], iri: str, language: str
) -> Iterator[Time]:
    seats: Counter[tuple[str, str]] = Counter()
    for fact, data in facts.items():
        kind, fields, day = data["kind"], data.get("fields") or {}, dates.get(data["doc"], "")
        on, quote = str(fields.get("date") or day), str(data["quote"])
        match kind:
            case "deadline":
                end = dues.get(fact) or str(fields.get("on") or fields.get("end") or "")
                if end:
                    label = f"{cut(fields.get('task') or '', 22)}（{cut(when(fields), 14)}）"
                    yield Time(label, kind, str(fields.get("start") or end), end, fact, quote)
            case "target" if fields.get("by"):
                label = f"{cut(fields.get('subject') or '', 16)} {fields.get('value') or ''}{fields.get('unit') or ''}"
                yield Time(label, kind, str(fields["by"]), str(fields["by"]), fact, quote)
            case "event" if on:
                what = fields.get("what") or fields.get("patient") or ""
                yield Time(cut(f"{fields.get('type') or ''} {what}", 28), kind, on, on, fact, quote)
            case "appointment" if on:
                label = f"{fields.get('action') or ''} {fields.get('person') or ''} {fields.get('org') or ''}{fields.get('title') or ''}"
                yield Time(cut(label, 28), kind, on, on, fact, quote)
            case "member" | "duty" | "stand_in" if day:
                group = str(fields.get("group") or "") if kind == "member" else ""
                seats[kind, f"{day}\n{group}"] += 1
            case "document" if fact == iri:
                for name, zh, en in (("date", "成文", "dated"), ("effective", "施行", "in force")):
                    if fields.get(name):
                        yield Time(
                            zh if language == "zh" else en, kind, str(fields[name]), str(fields[name]), fact, quote
                        )
    for (kind, place), number in sorted(seats.items()):
        day, group = place.split("\n", 1)
        name = _named(kind, language)
        count = f"×{number}" if number > 1 else ""
        yield Time(cut(f"{name}{count} {group}".strip(), 28), kind, day, day)


def _named(kind: str, language: str) -> str:
    """What a kind of fact is called."""
    return str(words()["kinds"][kind][language])


def _tenures(store: Store, iri: str) -> Iterator[Time]:
    tenures = (tenure for (tenure,) in store.rows(_TENURES, {"thing": ox.NamedNode(iri)}))
    for _, person, organization, post, begin, end, seen, said in store.rows_about(among(_STAYS, "tenure"), tenures):
        label = f"{person} {organization}{post}"
        first, last = begin or seen, end or seen
        yield Time(cut(label, 28), "post", min(first, last), last, said, label, open=not end)
