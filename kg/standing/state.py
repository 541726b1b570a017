"""What stands as of a day, by the last word of the documents up to then.

A new roster of a body takes the place of its former one, a later division of labour that of the earlier one, a new
holder of a post for one that of the former; a removal ends a post, a dissolution a body with its office, a repeal a
document with what only it says. What no document takes back goes on standing: a gazette is silent on what lasts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

import pyoxigraph as ox

from kg.grammar.headships import is_headship
from kg.rdf import is_whole
from kg.rdf.vocabulary import EVENT_KINDS, classify
from kg.standing.facts import Fact, is_repeal, thing, told
from kg.store import Store

__all__ = ["Key", "Standing", "State", "Topic", "as_of", "state"]

Key = tuple[str, ...]

_OF = "of"
_ENOUGH = 3
"""Members that make a roster where no head is named, and people that make a division of labour."""
_HEADS = re.compile(
    r"^(?:组长|主任|总?召集人|总?指挥长?|总?河长|总?林长|总?路长|会长|理事长|委员长|政委|第一组长|双组长)$"
)
_NO_HOLDING = ("免", "提名")
"""Actions by which nobody holds a post: to be nominated is not yet to hold it."""
_NOT_IN_MATTER = re.compile(r"[^\w]+")


_SECTIONS = "SELECT ?g ?section ?document WHERE { GRAPH ?g { ?section a gz:Section ; gz:inDocument ?document } }"
_CHANGES = "SELECT ?change ?date WHERE { GRAPH ?g { ?change a gz:Reorganisation ; gz:date ?date } }"


class Topic(StrEnum):
    """What a statement that stands is about."""

    DOCUMENT = "document"
    MEMBER = "member"
    POST = "post"
    SEAT = "seat"
    DUTY = "duty"
    PART = "part"


_MENTIONED = frozenset({Topic.POST, Topic.PART})
"""What a document only mentions, and does not take back with itself."""


@dataclass(slots=True)
class Standing:
    """Something that documents say and, unless it is ended, have not taken back."""

    topic: Topic
    subject: Key
    """Of what: a body, an organisation with a title, a matter with the issuer who gave it out, a document."""
    thing: str
    """Who or what: a member, a holder, a seat, an agent; by its IRI or, where nothing known is named, its words."""
    value: str
    """As what: the role."""
    fact: Fact
    """The best evidence: an appointment, or else what said it first."""
    date: str
    """Of the document that the evidence stands in; ISO 8601."""
    said: list[tuple[str, Fact]] = field(default_factory=list)
    """All that says it, each behind the date of its document, in the order of these."""
    ended: Fact | None = None
    """What ended it."""
    until: str = ""
    """When: the date of the document that says so."""
    fresh: set[str] = field(default_factory=set)
    """The IRIs of the statements by which it stands now, appointments left out."""
    repealed: set[str] = field(default_factory=set)
    """The keys of the documents that said it and were repealed since."""

    @property
    def key(self) -> Key:
        return (self.topic, *self.subject, self.thing, self.value)

    @property
    def begin(self) -> str:
        """The first day that the texts vouch for: of an appointment the day it says, or else the document's."""
        return str(self.fact.get("date") or self.date) if self.appointed else self.date

    @property
    def end(self) -> str:
        """The first day on which it stands no longer, as far as a text says so."""
        return str(self.ended.get("date") or self.until) if self.ended and _is_removal(self.ended) else self.until

    @property
    def appointed(self) -> bool:
        """Whether its evidence is an appointment, and so its beginning is known and not only that it had begun."""
        return bool(self.fact["kind"] == "appointment")


@dataclass(slots=True)
class State:
    """What stands, and what did until a document ended it; both by key."""

    standing: dict[Key, Standing] = field(default_factory=dict)
    ended: dict[Key, Standing] = field(default_factory=dict)
    stays: list[Standing] = field(default_factory=list)
    """All that ever stood, each stretch of it for itself, by its beginning."""
    unknown: list[Fact] = field(default_factory=list)
    """Removals from posts that nobody was said to hold."""
    over: set[str] = field(default_factory=set)
    """The IRIs of the facts that hold no longer, or are not yet said. An appointment and a removal stay what they were."""
    titles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The keys of the documents of each title, of what is printed behind them too."""
    _index: dict[Key, dict[Key, None]] = field(default_factory=lambda: defaultdict(dict))
    """The keys of what stands, by topic and first of the subject, and by document."""

    def add(self, new: Standing) -> None:
        """It stands from now on; an appointment is better evidence than the mention of a post."""
        self.ended.pop(new.key, None)
        known = self.standing.setdefault(new.key, new)
        if known is new:
            self.stays.append(new)
        elif new.appointed and not known.appointed:
            known.fact, known.date = new.fact, new.date
        self._index[new.fact["doc"],][new.key] = None
        known.repealed.discard(new.fact["doc"])
        if known.fact is new.fact:
            self._index[new.topic, new.subject[0]][new.key] = None
            if new.topic is Topic.DUTY:
                self._index[new.topic, _OF, new.thing][new.key] = None
        known.said.append((new.date, new.fact))
        if not new.appointed:
            known.fresh.add(new.fact["fact"])

    def end(self, keys: Iterable[Key], by: Fact, date: str) -> None:
        """They stand no longer. An express removal is better evidence than a successor."""
        for key in list(keys):
            former = self.standing.pop(key, None) or (self.ended.get(key) if _is_removal(by) else None)
            if former:
                self.over |= former.fresh
                former.fresh.clear()
                former.ended, former.until = by, date
                self.ended[key] = former
            elif _is_removal(by):
                self.unknown.append(by)

    def restate(self, keys: Iterable[Key]) -> None:
        """They go on standing, by what is said of them next alone: a new list takes the place of the former one."""
        for key in keys:
            if known := self.standing.get(key):
                self.over |= known.fresh
                known.fresh.clear()

    def about(self, topic: Topic, *subject: str) -> list[Standing]:
        """What stands of a subject; of all that begin with it."""
        found = self._found((topic, subject[0]))
        return [standing for standing in found if standing.subject[: len(subject)] == subject]

    def duties_of(self, agent: str) -> list[Standing]:
        """The duties that stand of an agent, whoever gave them out."""
        return [standing for standing in self._found((Topic.DUTY, _OF, agent)) if standing.thing == agent]

    def heirs(self) -> dict[str, Fact]:
        """The IRI of each duty of a dissolved agency → the sentence that gives it, with all the others, to somebody else."""
        return {
            fact["fact"]: former.ended
            for former in self.ended.values()
            if former.topic is Topic.DUTY and former.ended and former.ended["kind"] == "duty"
            if former.ended["matter"] != former.fact["matter"]  # else it passed on alone
            for _, fact in former.said
        }

    def repeal(self, document: str, by: Fact, date: str) -> None:
        """What a document of this key ordains stands no longer, but for what another that is in force says as well."""
        for standing in self._found((document,)):
            if standing.topic in _MENTIONED:
                continue
            standing.repealed.add(document)
            if all(fact["doc"] in standing.repealed for _, fact in standing.said):
                self.end([standing.key], by, date)
            else:
                gone = {fact["fact"] for _, fact in standing.said if fact["doc"] == document} & standing.fresh
                self.over |= gone
                standing.fresh -= gone

    def _found(self, place: Key) -> list[Standing]:
        return [self.standing[key] for key in self._index.get(place, ()) if key in self.standing]


def state(statements: Iterable[Fact], as_of: str | None = None) -> State:
    """What stands after all documents, or after those up to a day (ISO 8601)."""
    now = State()
    issuers: dict[tuple[str, str], str] = {}
    dates: dict[tuple[str, str], str] = {}
    found = list(statements)
    for fact in found:
        if fact["kind"] in ("document", "issue") and not fact.get("part_of"):
            place = (fact["graph"], fact["doc"])
            dates.setdefault(place, str(fact.get("date") or ""))
            issuers.setdefault(place, "、".join(fact.get("issuer") or ()))
    found.sort(key=lambda fact: (dates.get((fact["graph"], fact["doc"]), ""), fact["graph"], fact["doc"]))
    for place, group in groupby(found, lambda fact: (fact["graph"], fact["doc"])):
        date = dates.get(place, "")
        if as_of is None or date <= as_of:
            _Document(now, date, issuers.get(place, ""), list(group)).apply()
        else:
            now.over.update(fact["fact"] for fact in group)
    return now


def as_of(store: Store, day: str) -> Store:
    """What of a store stood on a day: less what was issued later or had ended, and less what follows from statements.

    Plain edges have no date; what follows from all sources together must be made anew.
    """
    found = told(store)
    facts = {fact["fact"] for fact in found}
    over = state(found, day).over
    for graph, section, document in store.select(_SECTIONS, merge=False):
        if store.canonical.of(graph.value, document.value) in over:
            over.add(section.value)
    over.update(change.value for change, date in store.select(_CHANGES, merge=False) if date.value > day)

    def stood(quad: ox.Quad) -> bool:
        graph = str(quad.graph_name)[1:-1]
        if is_whole(graph):
            return False
        subject = store.canonical.of(graph, str(quad.subject)[1:-1].partition("#")[0])
        return subject not in over and (subject in facts or not str(quad.graph_name).endswith("/edges>"))

    return Store.of(f"{quad} ." for quad in store.quads() if stood(quad))


class _Document:
    """One document, as what it changes in what stands."""

    def __init__(self, now: State, date: str, issuer: str, facts: Sequence[Fact]) -> None:
        self.now = now
        self.date = date
        self.issuer = issuer
        self.facts = facts

    def apply(self) -> None:
        self._documents()
        self._dissolutions()
        self._rosters()
        self._posts()
        self._appointments()
        self._seats()
        self._parts()
        self._duties()

    def _of(self, *kinds: str) -> Iterator[Fact]:
        return (fact for fact in self.facts if fact["kind"] in kinds)

    def _end(self, keys: Iterable[Key], by: Fact) -> None:
        self.now.end(keys, by, self.date)

    def _standing(self, topic: Topic, subject: Key, thing: str, value: str, fact: Fact) -> Standing:
        return Standing(topic, subject, thing, value, fact, self.date)

    def _documents(self) -> None:
        for fact in self._of("document"):
            if not fact.get("part_of"):
                self.now.add(self._standing(Topic.DOCUMENT, (fact["doc"],), "", "", fact))
            self.now.titles[str(fact.get("title", ""))].add(fact["doc"])
        for fact in self._of("cites"):
            if is_repeal(fact):
                known = self.now.titles.get(str(fact.get("title", "")), set())
                key = fact.get("number") or (next(iter(known)) if len(known) == 1 else fact.get("title"))
                if key and key != fact["doc"]:
                    self.now.repeal(str(key), fact, self.date)

    def _dissolutions(self) -> None:
        for fact in self._of("event"):
            if classify(fact["type"], EVENT_KINDS) == "EventDissolution" and fact.get("patient"):
                body = thing(fact, "patient")
                heir = self._heir(str(fact["patient"])) or fact
                for whole in (body, f"{body}办公室"):
                    for topic in (Topic.MEMBER, Topic.SEAT):
                        self._end([s.key for s in self.now.about(topic, whole)], fact)
                    self._end([s.key for s in self.now.duties_of(whole)], heir)

    def _heir(self, body: str) -> Fact | None:
        """The sentence that gives the duties of a dissolved body to somebody else (其职责由…承担)."""
        return next((fact for fact in self._of("duty") if fact["matter"] == f"{body}的职责"), None)

    def _rosters(self) -> None:
        rosters: dict[str, list[Standing]] = defaultdict(list)
        for fact in self._of("member"):
            body = thing(fact, "group")
            rosters[body].append(
                self._standing(Topic.MEMBER, (body,), thing(fact, "member"), str(fact.get("role", "")), fact)
            )
        for body, members in rosters.items():
            if len(members) >= _ENOUGH or any(_HEADS.match(member.value) for member in members):
                kept = {member.key for member in members}
                former = [s.key for s in self.now.about(Topic.MEMBER, body) if s.key not in kept]
                self._end(former, self._said(body) or members[0].fact)
                self.now.restate(kept)
            for member in members:
                self.now.add(member)

    def _said(self, body: str) -> Fact | None:
        """The sentence that says that the body is adjusted."""
        return next(
            (fact for fact in self._of("event") if fact.get("patient") and thing(fact, "patient") == body), None
        )

    def _posts(self) -> None:
        for fact in self._of("post"):
            if fact.get("title"):
                self._hold(fact)

    def _appointments(self) -> None:
        for fact in self._of("appointment"):
            if fact.get("action") == "免":
                person, org, title = thing(fact, "person"), thing(fact, "org"), str(fact.get("title", ""))
                self._end([(Topic.POST, org, title, person, "")], fact)
        for fact in self._of("appointment"):
            if fact.get("action") not in _NO_HOLDING and fact.get("title"):
                self._hold(fact)

    def _hold(self, fact: Fact) -> None:
        post = (thing(fact, "org"), str(fact["title"]))
        held = self._standing(Topic.POST, post, thing(fact, "person"), "", fact)
        if is_headship(fact.get("org"), post[1]):
            self._end(
                [s.key for s in self.now.about(Topic.POST, *post) if s.thing != held.thing and s.date < self.date], fact
            )
        self.now.add(held)

    def _seats(self) -> None:
        for fact in self._of("seat"):
            seat = self._standing(Topic.SEAT, (thing(fact, "group"),), thing(fact, "org"), "", fact)
            self._end([s.key for s in self.now.about(Topic.SEAT, *seat.subject) if s.key != seat.key], fact)
            self.now.add(seat)

    def _parts(self) -> None:
        for fact in self._of("part"):
            part = self._standing(Topic.PART, (thing(fact, "org"),), thing(fact, "of"), "", fact)
            self._end(
                [s.key for s in self.now.about(Topic.PART, *part.subject) if s.date < self.date and s.key != part.key],
                fact,
            )
            self.now.add(part)

    def _duties(self) -> None:
        duties = [
            self._standing(
                Topic.DUTY,
                (self.issuer, _NOT_IN_MATTER.sub("", str(fact["matter"]))),
                thing(fact, "agent"),
                str(fact.get("role", "")),
                fact,
            )
            for fact in self._of("duty")
        ]
        people = _people(duties)
        if len(people) >= _ENOUGH:
            divided: dict[tuple[str, str], list[Standing]] = defaultdict(list)
            for former in self.now.about(Topic.DUTY, self.issuer):
                divided[former.fact["graph"], former.fact["doc"]].append(former)
            kept = {duty.key for duty in duties}
            for former_duties in divided.values():
                others = _people(former_duties)
                if len(others) >= _ENOUGH and 2 * len(others & people) > min(len(others), len(people)):
                    document = next(self._of("document"), duties[0].fact)
                    self._end([s.key for s in former_duties if s.key not in kept], document)
                    self.now.restate(s.key for s in former_duties if s.key in kept)
        for duty in duties:
            self.now.add(duty)


def _people(duties: Iterable[Standing]) -> set[str]:
    return {duty.thing for duty in duties if "/person/" in duty.thing}


def _is_removal(fact: Fact) -> bool:
    return bool(fact["kind"] == "appointment" and fact.get("action") == "免")
