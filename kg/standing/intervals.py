"""How long what is said stood becomes quads: an interval for each statement, and a tenure for each stay in a post.

A beginning is known where an appointment names it; else the text vouches for its own day, and the interval begins
there. An end is the day of the document that ended it; without one the interval is open.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256

from kg.rdf.terms import date_value, last_day, literal, segment, typed
from kg.rdf.times import instant
from kg.rdf.vocabulary import gz, std
from kg.standing.facts import Fact, thing
from kg.standing.state import Standing, State, Topic
from kg.standing.terms import ends

__all__ = ["intervals"]

Triple = tuple[str, str, str]

_TYPE = std("rdf:type")
_DURING, _MEMBER_DURING, _ENDED_BY = gz("during"), std("org:memberDuring"), gz("endedBy")
_MEMBERSHIPS = frozenset({Topic.POST, Topic.MEMBER})
"""What is a membership to the organisation ontology."""


def intervals(state: State, base: str) -> Mapping[str, set[Triple]]:
    """What follows from all documents together about when what they say stood.

    The triples are given by the IRI of the source whose statements they are about.
    """
    times = _Times(base)
    found: dict[str, set[Triple]] = defaultdict(set)
    for stay in state.stays:
        if stay.topic is Topic.DOCUMENT:
            continue
        during, described = times.between(stay.begin, stay.end)
        for _, fact in stay.said:
            if fact["kind"] != "appointment":
                found[fact["graph"]].update(described, _lasted(f"<{fact['fact']}>", during, stay))
        if stay.topic is Topic.POST:
            found[stay.fact["graph"]].update(described, _tenure(base, stay, during))
    for removal in state.unknown:
        if removal.get("title"):
            during, described = times.between("", str(removal.get("date") or ""))
            found[removal["graph"]].update(described, _ended_only(base, removal, during))
    return found


class _Times:
    """Intervals: the same node for the same days, described once."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._known: dict[tuple[str, str], tuple[str | None, tuple[Triple, ...]]] = {}

    def between(self, begin: str, end: str) -> tuple[str | None, tuple[Triple, ...]]:
        """The node of an interval and the triples that describe it; no node where neither end is a date."""
        if (begin, end) not in self._known:
            bounds = [text if last_day(text) else "" for text in (begin, end)]
            node = f"<{self._base}time/{bounds[0]}--{bounds[1]}>" if any(bounds) else None
            self._known[begin, end] = node, tuple(self._described(node, *bounds)) if node else ()
        return self._known[begin, end]

    def _described(self, node: str, begin: str, end: str) -> Iterator[Triple]:
        yield node, _TYPE, std("time:Interval")
        for text, predicate in ((begin, "time:hasBeginning"), (end, "time:hasEnd")):
            if text:
                bound = f"<{self._base}time/{text}>"
                yield node, std(predicate), bound
                yield from instant(bound, text)


def _lasted(node: str, during: str | None, stay: Standing) -> Iterator[Triple]:
    if during:
        yield node, _DURING, during
        if stay.topic in _MEMBERSHIPS:
            yield node, _MEMBER_DURING, during
    if stay.ended:
        yield node, _ENDED_BY, f"<{stay.ended['fact']}>"


def _tenure(base: str, stay: Standing, during: str | None) -> Iterator[Triple]:
    """The stay of somebody in a post: what began it, what says it, what ended it."""
    node = _node(base, stay.fact, stay.begin)
    yield from _post(node, stay.fact)
    yield from _lasted(node, during, stay)
    if not stay.appointed:
        yield node, gz("firstSaidBy"), f"<{stay.fact['fact']}>"
    for _, fact in stay.said:
        yield node, gz("beganBy" if fact is stay.fact and stay.appointed else "saidBy"), f"<{fact['fact']}>"
        if note := fact.get("note"):
            yield node, gz("note"), literal(note)
            if fact["kind"] == "appointment" and (limit := ends(note, stay.begin)):
                what, day = limit
                yield node, gz("probationEnds" if what == "试用期" else "termEnds"), typed(day.isoformat(), "date")
    if (last := stay.said[-1][0]) and last_day(last):
        yield node, gz("lastSaid"), date_value(last)


def _ended_only(base: str, removal: Fact, during: str | None) -> Iterator[Triple]:
    """The stay that only its end is known of."""
    node = _node(base, removal, "")
    yield from _post(node, removal)
    if during:
        yield node, _DURING, during
        yield node, _MEMBER_DURING, during
    yield node, _ENDED_BY, f"<{removal['fact']}>"


def _node(base: str, fact: Fact, begin: str) -> str:
    key = [thing(fact, "person"), thing(fact, "org"), fact["title"], begin]
    digest = sha256(json.dumps(key, separators=(",", ":")).encode("ascii")).hexdigest()[:12]
    return f"<{base}tenure/{segment(fact['person'])}/{digest}>"


def _post(node: str, fact: Fact) -> Iterator[Triple]:
    yield node, _TYPE, gz("Tenure")
    yield node, gz("postTitle"), literal(fact["title"])
    for name, stem, twin in (("person", "person", "org:member"), ("org", "organization", "org:organization")):
        if fact.get(name):
            yield node, gz(f"{stem}Name"), literal(fact[name])
        if party := fact["things"].get(name):
            yield node, gz(stem), f"<{party}>"
            yield node, std(twin), f"<{party}>"
