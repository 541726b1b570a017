"""Two texts that say different things of one matter: who leads it, by when, how much, and where an office is.

Matters are one where their words are, and where the documents are by one issuer on one topic: a heading such as
加强组织领导 stands in a hundred plans and is a hundred matters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from itertools import combinations

from kg.contradictions.claims import Facts, Found
from kg.contradictions.papers import likeness, topic
from kg.rdf.terms import last_day
from kg.standing import Fact, State, Topic, thing

__all__ = ["two_due_dates", "two_leads", "two_limits", "two_seats"]

_ENOUGH = 5
"""Characters that make the words of a matter more than a common heading."""
_ONE_TOPIC = 0.6
"""The likeness of two titles from which on they are about one topic."""
_LONGEST = 366
"""Days after which a document on the same topic is the next year's."""
_SERVICE = re.compile(r"^关于|印发|转发|调整|修订|修改|进一步|做好|通知$|方案|办法|意见|计划|工作|有关|事项|的")
_YEARS = re.compile(r"(?:19|20)\d{2}")


def _words(text: object) -> str:
    return re.sub(r"[\W_]", "", str(text or ""))


class _Topics:
    """Which documents are about one topic."""

    def __init__(self, facts: Facts, state: State) -> None:
        self._facts = facts
        self._repealed = {
            stay.subject[0]: stay.until for stay in state.stays if stay.topic is Topic.DOCUMENT and stay.ended
        }
        self._known: dict[tuple[str, str], bool] = {}

    def one(self, fact: Fact, other: Fact) -> bool:
        """Whether two facts of two documents by one issuer speak of one topic at one time."""
        first, second = sorted((self._facts.paper(fact), self._facts.paper(other)), key=lambda paper: paper.date)
        if fact["doc"] == other["doc"] or not first.issuer or first.issuer != second.issuer:
            return False
        earlier = fact if self._facts.paper(fact) is first else other
        if (until := self._repealed.get(earlier["doc"])) and until <= second.date:
            return False
        titles = (first.title, second.title)
        if titles not in self._known:
            years = [set(_YEARS.findall(title)) for title in titles]
            ours, theirs = (_SERVICE.sub("", topic(title)) for title in titles)
            self._known[titles] = years[0] == years[1] and likeness(ours, theirs) >= _ONE_TOPIC
        return self._known[titles] and _apart(first.date, second.date) <= _LONGEST


def _apart(one: str, other: str) -> int:
    """How many days lie between two dates."""
    first, second = last_day(one), last_day(other)
    return abs((second - first).days) if first and second else _LONGEST + 1


def _pairs(
    facts: Facts, state: State, kind: str, key: Callable[[Fact], Hashable | None]
) -> Iterator[tuple[Fact, Fact]]:
    """Facts of one key in two documents on one topic, the earlier document's first."""
    topics = _Topics(facts, state)
    groups: dict[Hashable, dict[tuple[str, str], Fact]] = defaultdict(dict)
    for fact in facts.of(kind):
        if (made := key(fact)) is not None and (paper := facts.paper(fact)).date:
            groups[paper.issuer, made].setdefault((fact["doc"], _said(fact)), fact)
    for group in groups.values():
        # Of what a hundred documents say in the same words nothing follows.
        if 1 < len(group) <= 12:
            for one, other in combinations(sorted(group.values(), key=lambda fact: facts.paper(fact).date), 2):
                if topics.one(one, other):
                    yield one, other


def _said(fact: Fact) -> str:
    """What a fact says of its matter."""
    match fact["kind"]:
        case "duty":
            return thing(fact, "agent")
        case "deadline":
            return str(fact.get("on"))
        case _:
            return str(fact["value"])


def two_leads(facts: Facts, state: State) -> Iterator[Found]:
    """One task that two documents give to two leads, neither of which the other document names as a lead."""

    def matter(fact: Fact) -> Hashable | None:
        words = _words(fact["matter"])
        return words if "牵头" in str(fact.get("role") or "") and len(words) >= _ENOUGH else None

    leads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts.of("duty"):
        if (words := matter(fact)) is not None:
            leads[fact["doc"], str(words)].add(thing(fact, "agent"))
    for one, other in _pairs(facts, state, "duty", matter):
        words = _words(one["matter"])
        if not leads[one["doc"], words] & leads[other["doc"], words]:
            yield Found(
                other,
                [one],
                f"“{one['matter']}”一处由{one['agent']}牵头，一处由{other['agent']}牵头",
                "one task is led by two, in two documents neither of which takes the other back",
            )


def two_due_dates(facts: Facts, state: State) -> Iterator[Found]:
    """One task of one agent that two documents want done by two days."""

    def task(fact: Fact) -> Hashable | None:
        words = _words(fact.get("task"))
        return (words, thing(fact, "agent")) if fact.get("on") and len(words) >= _ENOUGH else None

    for one, other in _pairs(facts, state, "deadline", task):
        # What was over when the later document came was not put off by it: it sets the next.
        if one["on"] != other["on"] and str(one["on"]) >= facts.paper(other).date:
            yield Found(
                other,
                [one],
                f"“{one['task']}”一处限{one['on']}前完成，一处限{other['on']}前完成",
                f"one task falls due on {one['on']} and on {other['on']}",
            )


def two_limits(facts: Facts, state: State) -> Iterator[Found]:
    """One limit, for the same by the same day, with two values in two documents."""

    def limit(fact: Fact) -> Hashable | None:
        words = _words(fact["subject"])
        if len(words) < _ENOUGH:
            return None
        return words, fact.get("unit"), fact.get("comparator"), fact.get("by"), thing(fact, "agent")

    for one, other in _pairs(facts, state, "target", limit):
        if one["value"] != other["value"]:
            unit = one.get("unit") or ""
            yield Found(
                other,
                [one],
                f"“{one['subject']}”一处为{one['value']}{unit}，一处为{other['value']}{unit}",
                f"one limit has two values, {one['value']} and {other['value']}",
            )


def two_seats(facts: Facts, state: State) -> Iterator[Found]:
    """The office of a body in two places at a time: two documents of one day, or one between two of the other."""
    places: dict[str, dict[str, list[tuple[str, Fact]]]] = defaultdict(lambda: defaultdict(list))
    for stay in state.stays:
        if stay.topic is Topic.SEAT:
            places[stay.subject[0]][stay.thing] += [(date, fact) for date, fact in stay.said if date]
    for found in places.values():
        for one, other in combinations(filter(None, found.values()), 2):
            first, second = sorted((one, other), key=lambda said: said[0][0])
            day, fact = second[0]
            again = next((f for date, f in first if date >= day and f["doc"] != fact["doc"]), None)
            if again:
                yield Found(
                    fact,
                    [again],
                    f"{fact['group']}的办公室同时设在{fact['org']}和{again['org']}",
                    f"the office of a body is in two places on {day}",
                )
