"""Who holds a post: one person at a time where it is for one, under one title, and until removed from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kg.contradictions.claims import Facts, Found
from kg.grammar.headships import is_headship
from kg.standing import Fact, Standing, State, Topic

__all__ = ["removed_unknown", "two_holders", "two_readings"]

_WAS = re.compile(r"时任|[原前曾]任|拟任|^原")


class _Stay:
    """Somebody in a post, as far as it is certain."""

    def __init__(self, standing: Standing) -> None:
        self.person = str(standing.fact["person"])
        self.said = [(date, fact) for date, fact in standing.said if date and not _told_of_before(fact)]
        self.ended = standing.ended
        self.removed = standing.end if standing.ended and standing.ended["kind"] == "appointment" else ""
        self.begun = standing.appointed

    @property
    def expressly(self) -> bool:
        """Whether a removal ended it, and not only what was said of somebody else."""
        return bool(self.removed and self.ended and self.ended.get("action") == "免")

    def proof(self, day: str, *, appointed: bool) -> tuple[str, Fact] | None:
        """What shows that it went on on a day on which somebody else is said to hold the post, and of which day it speaks.

        Of two of one day, one appointed and one named, the one may follow on the other.
        """
        for date, fact in self.said:
            if date > day or (date == day and appointed == (fact["kind"] == "appointment")):
                return date, fact
        if self.expressly and self.removed > day:
            assert self.ended
            return self.removed, self.ended
        return None


def _told_of_before(fact: Fact) -> bool:
    words = (fact.get("org"), fact.get("title"), fact.get("note"), fact.get("quote") if fact["kind"] == "post" else "")
    return any(word and _WAS.search(str(word)) for word in words)


def two_holders(facts: Facts, state: State) -> Iterator[Found]:
    """One who holds a post for one while another is still said to, or was not yet removed."""
    posts: dict[tuple[str, ...], list[_Stay]] = defaultdict(list)
    for standing in state.stays:
        if standing.topic is Topic.POST and is_headship(standing.fact.get("org"), standing.fact["title"]):
            stay = _Stay(standing)
            if stay.said:
                posts[standing.subject].append(stay)
    for stays in posts.values():
        people = _by_person(stays)
        for one, other in combinations(people, 2):
            first, second = sorted((one, other), key=lambda stay: stay.said[0][0])
            day, fact = second.said[0]
            held = next((f for date, f in reversed(first.said) if date <= day), None)
            proof = first.proof(day, appointed=fact["kind"] == "appointment")
            if held and proof:
                yield _both(first, second, (day, fact), held, proof)


def _by_person(stays: list[_Stay]) -> list[_Stay]:
    """The stays of each person, one after the other as one where nothing but somebody else's name lies between them."""
    people: dict[str, list[_Stay]] = defaultdict(list)
    for stay in stays:
        known = people[stay.person]
        if known and not known[-1].expressly and not stay.begun:
            known[-1].said += stay.said
            known[-1].ended, known[-1].removed = stay.ended, stay.removed
        else:
            known.append(stay)
    return [stay for known in people.values() for stay in known]


def _both(first: _Stay, second: _Stay, said: tuple[str, Fact], held: Fact, proof: tuple[str, Fact]) -> Found:
    day, fact = said
    until, shown = proof
    post = f"{fact.get('org') or ''}{fact['title']}"
    if shown["kind"] == "appointment" and shown.get("action") == "免":
        zh = f"{day}称{second.person}任{post}，而{first.person}{until}才被免去该职"
        en = f"{second.person} is named in the post on {day}, and {first.person} is removed from it on {until} only"
    else:
        zh = f"{day}称{second.person}任{post}，而{until}仍称{first.person}任该职"
        en = f"{second.person} is named in the post on {day}, and {first.person} still on {until}"
    return Found(fact, [held, shown], zh, en)


_DEPUTY = re.compile(r"(?:第一|常务)?副|代|助理")


def two_readings(facts: Facts, state: State) -> Iterator[Found]:
    """One person under two titles of one organisation that say the same post in two ways, or two ranks of it."""
    people: dict[tuple[str, str], list[_Stay]] = defaultdict(list)
    titles: dict[int, str] = {}
    for standing in state.stays:
        if standing.topic is Topic.POST and standing.subject[0]:
            stay = _Stay(standing)
            if stay.said:
                people[standing.thing, standing.subject[0]].append(stay)
                titles[id(stay)] = standing.subject[1]
    for stays in people.values():
        for one, other in combinations(stays, 2):
            short, long = sorted((one, other), key=lambda stay: len(titles[id(stay)]))
            first, second = titles[id(short)], titles[id(long)]
            if first != second and second.endswith(first) and _clash(short, long, first, second):
                yield _as_both(short, long, first, second)


def _clash(short: _Stay, long: _Stay, first: str, second: str) -> bool:
    before = second.removesuffix(first)
    if _DEPUTY.fullmatch(before):
        # Who was a deputy may have become the head: both must be said on one day, or one between two of the other.
        return any(
            stay.said[0][0] <= date <= stay.said[-1][0]
            for stay, other in ((short, long), (long, short))
            for date, _ in other.said
        )
    org = short.said[0][1].get("org")
    return is_headship(org, first) and is_headship(org, second)


def _as_both(short: _Stay, long: _Stay, first: str, second: str) -> Found:
    (_, one), (_, other) = short.said[0], long.said[0]
    org = one.get("org") or ""
    return Found(
        one,
        [other],
        f"{one['person']}在{org}的职务有两种写法：“{first}”和“{second}”",
        f"the post of {one['person']} is written in two ways: {first} and {second}",
    )


def removed_unknown(facts: Facts, state: State) -> Iterator[Found]:
    """Somebody removed from a post that no document says they held, though another source told earlier appointments.

    Where the graph knows of no earlier appointments by the same issuer there is nothing to miss.
    """
    earliest: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact in facts.of("appointment"):
        paper = facts.paper(fact)
        if paper.date and paper.issuer:
            earliest[paper.issuer].append((paper.date, fact["graph"]))
    for removal in state.unknown:
        paper = facts.paper(removal)
        if any(date < paper.date and graph != removal["graph"] for date, graph in earliest[paper.issuer]):
            post = f"{removal.get('org') or ''}{removal.get('title') or ''}"
            yield Found(
                removal,
                [],
                f"免去{removal['person']}的{post}职务，而此前各期未见其任该职",
                f"{removal['person']} is removed from a post that no earlier document says they held",
            )
