"""How long what is said stood becomes quads: an interval for each statement, and a tenure for each stay in a post.

A beginning is known where an appointment names it; else the text vouches for its own day, and the interval begins
there. An end is the day of the document that ended it; without one the interval is open.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
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
_MEMBERSHIPS = frozenset({"post", "member"})
"""The kinds of statements that are memberships to the organisation ontology."""


def intervals(state: State, base: str) -> Iterator[Triple]:
    """What follows from all documents together about when what they say stood; some of it twice."""
    for stay in state.stays:
        if stay.topic is Topic.DOCUMENT:
            continue
        during = yield from _interval(base, stay.begin, stay.end)
        for fact in dict.fromkeys(fact["fact"] for _, fact in stay.said if fact["kind"] != "appointment"):
            yield from _lasted(f"<{fact}>", during, stay)
        if stay.topic is Topic.POST:
            yield from _tenure(base, stay, during)
    for removal in state.unknown:
        if removal.get("title"):
            yield from _ended_only(base, removal)


def _interval(base: str, begin: str, end: str) -> Generator[Triple, None, str | None]:
    """The node of an interval, described; the same for the same days."""
    begin, end = (text if last_day(text) else "" for text in (begin, end))
    if not (begin or end):
        return None
    node = f"<{base}time/{begin}--{end}>"
    yield node, _TYPE, std("time:Interval")
    for text, predicate in ((begin, "time:hasBeginning"), (end, "time:hasEnd")):
        if text:
            bound = f"<{base}time/{text}>"
            yield node, std(predicate), bound
            yield from instant(bound, text)
    return node


def _lasted(node: str, during: str | None, stay: Standing) -> Iterator[Triple]:
    if during:
        yield node, gz("during"), during
        if stay.fact["kind"] in _MEMBERSHIPS or stay.appointed:
            yield node, std("org:memberDuring"), during
    if stay.ended:
        yield node, gz("endedBy"), f"<{stay.ended['fact']}>"


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


def _ended_only(base: str, removal: Fact) -> Iterator[Triple]:
    """The stay that only its end is known of."""
    node = _node(base, removal, "")
    yield from _post(node, removal)
    during = yield from _interval(base, "", str(removal.get("date") or ""))
    if during:
        yield node, gz("during"), during
        yield node, std("org:memberDuring"), during
    yield node, gz("endedBy"), f"<{removal['fact']}>"


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
