"""Who is who across sources: every thing that sources speak of gets one IRI, and every decision its reason.

It is a pure function of the sources' profiles and the user's judgements, the same whatever order they come in. A user's
word comes first; a rule decides only where one candidate fits, and what contradicts the user is not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.grammar.agency_kinds import meanings
from kg.identity.closure import Closure
from kg.identity.decision import Decision, Outcome
from kg.identity.documents import titles
from kg.identity.judgements import Added, Judgements, Ruling, Unapplied
from kg.identity.names import fits
from kg.identity.parts import Evidence, join
from kg.identity.people import two_readings
from kg.identity.profile import Profile
from kg.identity.reforms import Agency, Change, changes
from kg.identity.senses import Group, Sense, about, bases, groups_of, places_of, senses_of
from kg.resolve.parties import fullness

__all__ = ["Identity", "Thing", "identify"]

_Order = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing, with all that sources call it."""

    iri: str
    """The one IRI that the default graph has for it."""
    group: Group
    """Its kind, place and name by its best sense."""
    label: str
    """Its preferred name."""
    senses: tuple[Sense, ...]


@dataclass(frozen=True)
class Identity:
    """What was decided about the things of all sources."""

    things: tuple[Thing, ...] = ()
    decisions: tuple[Decision, ...] = ()
    changes: tuple[Change, ...] = ()
    """Which agency followed which."""
    wrong: Mapping[str, Ruling] = field(default_factory=dict)
    """The facts that the user says are wrong, by IRI."""
    added: Mapping[str, Ruling] = field(default_factory=dict)
    """Those that a user adds, by IRI."""
    unapplied: tuple[Unapplied, ...] = ()
    """The judgements that apply to nothing that the sources say now."""

    def canonical(self, graph: str, iri: str) -> str:
        """The one IRI of what the source of a graph calls by an IRI."""
        return _own(self._others, graph, iri)

    @cached_property
    def _others(self) -> Mapping[_Order, str]:
        return _others(self.things)


def identify(
    profiles: Iterable[Profile], base: str, judgements: Judgements | None = None, added: Added | None = None
) -> Identity:
    """What is one across the sources, and what is not. ``base`` is that of all resources, ``added`` what users added.

    Raises KgError, with the line of the judgement, for a name that nothing or more than one thing bears, for a fact that
    there is not, and for judgements that contradict one another.
    """
    profiles = sorted(profiles, key=lambda profile: profile.graph)
    judgements = judgements or Judgements()
    wrong = judgements.wrong(base)
    profiles = [profile.less(wrong) for profile in profiles] if wrong else profiles
    evidence = Evidence(profiles)
    senses, places, moved = _told_apart(profiles, base, judgements, evidence)
    rulings, unapplied = judgements.applied(senses, profiles, base, added)
    closure: Closure[_Order] = Closure()
    decisions = [*_ruled(judgements, rulings, closure), *moved]
    groups = groups_of(senses, places)
    for group, several in sorted(groups.items()):
        decisions += join(group, several, evidence, closure)
    printed = [each for profile in profiles for each in profile.printed]
    for found in (*fits(groups), *titles(groups, printed)):
        if isinstance(found, Decision):
            decisions.append(found)
        elif closure.join(groups[found.one][0].order, groups[found.other][0].order):
            decisions.append(found.decision)
    things = _things(senses, closure, places, _names(judgements, rulings, closure))
    for thing in things:
        decisions += _together(thing, places)
    decisions += _readings(profiles, things)
    agencies = [
        Agency(
            thing.iri,
            thing.group,
            min((sense.since for sense in thing.senses if sense.since), default=""),
            bases(thing.senses, 1),
        )
        for thing in things
        if thing.group.folder == "agency"
    ]
    changed, left = changes(agencies, base)
    wrong_ones, missing = (
        {fact: ruling for ruling in rulings if ruling.verb == verb for fact in ruling.facts}
        for verb in ("wrong", "fact")
    )
    return Identity(
        tuple(things), tuple(sorted({*decisions, *left})), tuple(changed), wrong_ones, missing, tuple(unapplied)
    )


def _told_apart(
    profiles: Sequence[Profile], base: str, judgements: Judgements, evidence: Evidence
) -> tuple[list[Sense], Mapping[str, str], list[Decision]]:
    """The senses, those of single sources where they may not mean the same; and the places, with why."""
    senses = senses_of(profiles, base)
    places, moved = places_of(senses, base)
    contested = judgements.contested(senses, profiles, base)
    for group, several in groups_of(senses, places).items():
        if evidence.doubtful(group, several):
            contested |= {sense.iri for sense in several}
    if contested:
        senses = [one for sense in senses for one in (sense.by_source() if sense.iri in contested else [sense])]
    return senses, places, moved


def _others(things: Iterable[Thing]) -> dict[_Order, str]:
    """Which IRI stands for what sources call by another."""
    return {sense.order: thing.iri for thing in things for sense in thing.senses if sense.iri != thing.iri}


def _own(others: Mapping[_Order, str], graph: str, iri: str) -> str:
    return others.get((iri, "")) or others.get((iri, graph), iri)


def _ruled(judgements: Judgements, rulings: Sequence[Ruling], closure: Closure[_Order]) -> list[Decision]:
    """What the user says of sameness stands in the closure. Raises KgError where it contradicts itself."""
    decisions = []
    for ruling in (ruling for ruling in rulings if ruling.verb == "same"):
        first, *others = (sense.order for side in ruling.sides for sense in side)
        for other in others:
            closure.join(first, other)
        decisions.append(_judged(ruling, Outcome.SAME))
    for ruling in (ruling for ruling in rulings if ruling.verb == "not-same"):
        ones, kept = ([sense.order for sense in side] for side in ruling.sides)
        if met := closure.keep_apart(ones, kept):
            joined = {closure.root(met)}
            same = [r for r in rulings if r.verb == "same" and closure.root(r.sides[0][0].order) in joined]
            raise judgements.contradiction(ruling, same)
        decisions.append(_judged(ruling, Outcome.DIFFERENT))
    return decisions


def _judged(ruling: Ruling, outcome: Outcome) -> Decision:
    said = ruling.judgement
    zh, en = said.why
    return Decision(
        f"judgement.{said.verb}",
        about(*ruling.sides),
        outcome,
        zh,
        en,
        sources=tuple(sorted({graph for side in ruling.sides for sense in side for graph in sense.graphs}))
        if any("@" in t for t in said.things)
        else (),
        by=said.who,
        when=said.when,
    )


def _names(judgements: Judgements, rulings: Sequence[Ruling], closure: Closure[_Order]) -> dict[_Order, str]:
    """What the user prefers things to be called, by the roots of their sets. Raises KgError where that is two names."""
    found: dict[_Order, Ruling] = {}
    for ruling in rulings:
        if ruling.verb == "name":
            before = found.setdefault(closure.root(ruling.sides[0][0].order), ruling)
            if before.judgement.name != ruling.judgement.name:
                raise judgements.contradiction(ruling, [before])
    return {root: ruling.judgement.name for root, ruling in found.items()}


def _things(
    senses: Sequence[Sense], closure: Closure[_Order], places: Mapping[str, str], names: Mapping[_Order, str]
) -> list[Thing]:
    by_order = {sense.order: sense for sense in senses}
    spread: dict[str, set[_Order]] = defaultdict(set)
    for order in by_order:
        if order[1]:
            spread[order[0]].add(closure.root(order))
    found = []
    for root, orders in closure.sets(by_order).items():
        several = [by_order[order] for order in orders]
        best = several[0]
        if len(several) > 1:
            best = min(several, key=lambda sense: _rank(sense, places, len(spread.get(sense.iri, ())) > 1))
        own = best.iri
        if len(spread.get(own, ())) > 1:
            # An IRI that sources use for several things is none of theirs: each gets one of its own, by its first source.
            own = f"{own}-{min(graph for sense in several for graph in sense.graphs).rpartition('/')[2]}"
        labels = {label for sense in several if sense.iri == best.iri for label in sense.labels}
        group = Group(best.folder, places.get(best.place, best.place), best.name)
        found.append(Thing(own, group, names.get(root) or max(labels, key=fullness), tuple(several)))
    return sorted(found, key=lambda thing: thing.iri)


def _rank(sense: Sense, places: Mapping[str, str], shared: bool) -> tuple[bool, bool, bool, bool, int, str, str]:
    """What makes an IRI the best of a thing: no other thing has it, its place is today's and known, its name is in full."""
    return (
        shared,
        sense.place in places,
        sense.place.startswith("未明") or "-" in sense.place,
        len(meanings(sense.name)) > 1 if sense.folder == "agency" else "〔" not in sense.name,
        -len(sense.place),
        sense.iri,
        sense.order[1],
    )


def _together(thing: Thing, places: Mapping[str, str]) -> Iterable[Decision]:
    """Why senses of one key in several sources, or of one place under several names, are one thing."""
    if len(thing.senses) < 2 and len(thing.senses[0].uses) < 2:
        return
    for group, senses in groups_of(thing.senses, places).items():
        graphs = {graph for sense in senses for graph in sense.graphs}
        if len(graphs) < 2 or group.folder == "division":
            continue
        said = "".join(f"“{name}”" for name in sorted({label for sense in senses for label in sense.labels})[:5])
        where, where_en = (f"{group.place}的", f" of {group.place}") if group.place else ("", "")
        why, why_en = _WHY.get(group.folder, _WHY["agency"])
        yield Decision(
            f"{group.folder}.key",
            about(senses),
            Outcome.SAME,
            f"{len(graphs)}个来源中的{said}都是{where}“{group.name}”：{why}，故为同一对象",
            f"{said} in {len(graphs)} sources are “{group.name}”{where_en}: {why_en}",
            bases(senses),
        )


_WHY: Mapping[str, tuple[str, str]] = {
    "person": ("姓名与所在地相同，且无相反依据", "one name in one place, and nothing speaks against it"),
    "agency": ("去掉地名并写成全称后相同", "the same written out in full, without the place"),
    "document": ("文号（无文号的为题名）相同", "the same number, or the same title where there is none"),
    "issue": ("刊名与期号相同", "the same title and number"),
}
"""Why what has one key is one thing, by what it is."""


def _readings(profiles: Iterable[Profile], things: Sequence[Thing]) -> Iterable[Decision]:
    """Statements that give one person two titles that differ by a character, within a year."""
    others = _others(things)
    holdings = (
        (
            _own(others, profile.graph, holding.person),
            _own(others, profile.graph, holding.organization),
            holding,
        )
        for profile in profiles
        for holding in profile.holdings
    )
    for first, second in two_readings(holdings):
        yield Decision(
            "post.two-readings",
            (first.person,),
            Outcome.OPEN,
            f"“{first.name}”在“{first.words}”的职务有两种写法：“{first.title}”（{first.date}）与“{second.title}”（{second.date}），"
            "仅差一字，可能有一处笔误或识别错误",
            f"“{first.name}” has two titles in “{first.words}” that differ by one character: “{first.title}” ({first.date}) and "
            f"“{second.title}” ({second.date}); one may be a slip of the pen or of a scan",
            tuple(sorted((first.fact, second.fact))),
        )
