"""A sense is what sources mean by one IRI; senses that bear one key in one place are candidates for one thing.

Places come first: what goes on under another name (撤县设区) is one place, and so is a short name (云泽区) that only
one place of the sources ends in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.grammar.divisions import division, goes_on, named
from kg.identity.decision import Decision, Outcome
from kg.identity.profile import Mention, Profile
from kg.resolve.names import units

__all__ = ["Group", "Sense", "about", "bases", "graphs_of", "groups_of", "places_of", "senses_of"]

_OF_PLACES = frozenset({"agency", "agencies", "body", "person", "office-holder", "division"})


class Sense(NamedTuple):
    """What all sources that use an IRI mean by it, or one of them where they may not mean the same."""

    order: tuple[str, str]
    """The IRI and the source's graph, which is empty where it is all of them: by this it is known."""
    uses: tuple[tuple[str, Mention], ...]
    """The graph of each source, and how it speaks of the thing; by graph."""
    folder: str
    """``agency``, ``person``, ``document`` …"""
    place: str
    """What the key says of the place; empty for what has none."""
    name: str
    """The name there."""

    @property
    def iri(self) -> str:
        return self.order[0]

    @property
    def type(self) -> str:
        """The local name of its class."""
        return self.uses[0][1].type

    @property
    def graphs(self) -> list[str]:
        """The graphs of the sources."""
        return [graph for graph, _ in self.uses]

    @property
    def labels(self) -> set[str]:
        return {mention.label for _, mention in self.uses}

    @property
    def names(self) -> set[str]:
        return {name for _, mention in self.uses for name in mention.names}

    @property
    def since(self) -> str:
        """The date of the earliest document that speaks of it; empty where none has a date."""
        return min((mention.since for _, mention in self.uses if mention.since), default="")

    def by_source(self) -> list[Sense]:
        """What each of the sources means, apart."""
        return [self._replace(order=(self.iri, graph), uses=((graph, mention),)) for graph, mention in self.uses]


class Group(NamedTuple):
    """The key by which senses are candidates for one thing."""

    folder: str
    place: str
    name: str


def senses_of(profiles: Iterable[Profile], base: str) -> list[Sense]:
    """What the sources mean by each IRI, by IRI. The profiles come by graph."""
    uses: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for profile in profiles:
        for mention in profile.mentions:
            uses[mention.iri].append((profile.graph, mention))
    return [Sense((iri, ""), tuple(said), *_parts(iri, base)) for iri, said in sorted(uses.items())]


def _parts(iri: str, base: str) -> tuple[str, str, str]:
    """The folder, the place and the name that a key says."""
    folder, _, rest = iri.removeprefix(base).partition("/")
    if folder == "division":
        return folder, rest, ""
    place, slash, name = rest.partition("/") if folder in _OF_PLACES else ("", "/", rest)
    return (folder, place, name) if slash else (folder, "", rest)


def places_of(senses: Iterable[Sense], base: str) -> tuple[Mapping[str, str], list[Decision]]:
    """Each place by the name that stands for it, and why where it is another one."""
    held = {sense.place for sense in senses if sense.place}
    ends: dict[str, set[str]] = defaultdict(set)
    for place in held:
        parts = units(place) if "-" not in place else []
        for start in range(1, len(parts)):
            ends["".join(parts[start:])].add(place)
    found: dict[str, str] = {}
    decisions = []
    for place in sorted(held):
        later, month = _later(place, held)
        if later != place:
            found[place] = later
            decisions.append(_renamed(place, later, month, base))
        elif len(ends[place]) == 1 and not named(place):  # of a place of the country the table says all there is
            (longer,) = ends[place]
            found[place] = longer
            decisions.append(_short(place, longer, base))
    # What is short for a former name is so for the later one.
    return {place: found.get(later, later) for place, later in found.items()}, decisions


def groups_of(senses: Iterable[Sense], places: Mapping[str, str]) -> dict[Group, list[Sense]]:
    """The senses by their group, in their order."""
    found: dict[Group, list[Sense]] = defaultdict(list)
    for sense in senses:
        found[Group(sense.folder, places.get(sense.place, sense.place), sense.name)].append(sense)
    return dict(found)


def _later(place: str, held: set[str]) -> tuple[str, str]:
    """The last name of a place that sources use, and since when it bears a later one."""
    best, since, known = place, "", division(place)
    while known and (change := goes_on(known)):
        known, month = change
        since = since or month
        if known.path in held:
            best = known.path
    return best, since


def _renamed(place: str, later: str, month: str, base: str) -> Decision:
    return Decision(
        "division.renamed",
        tuple(sorted((f"{base}division/{place}", f"{base}division/{later}"))),
        Outcome.SAME,
        f"行政区划表自{month}起将“{place}”改列为“{later}”，为同一地方的前后名称",
        f"The tables of divisions have “{place}” as “{later}” from {month} on: one place under its former and its later name",
    )


def _short(place: str, longer: str, base: str) -> Decision:
    return Decision(
        "division.short",
        tuple(sorted((f"{base}division/{place}", f"{base}division/{longer}"))),
        Outcome.SAME,
        f"各来源中只有“{longer}”以“{place}”结尾，故为同一地方",
        f"Of all places in the sources only “{longer}” ends in “{place}”: one place",
    )


def about(*several: Iterable[Sense]) -> tuple[str, ...]:
    """The IRIs of senses, sorted."""
    return tuple(sorted({sense.iri for senses in several for sense in senses}))


def graphs_of(senses: Iterable[Sense]) -> tuple[str, ...]:
    """The graphs of the sources that senses are of, sorted."""
    return tuple(sorted({graph for sense in senses for graph in sense.graphs}))


def bases(senses: Iterable[Sense], most: int = 3) -> tuple[str, ...]:
    """The earliest statements about senses, one a source and at most a few."""
    dated = {(said.since or "9999", said.basis) for sense in senses for _, said in sense.uses if said.basis}
    return tuple(sorted(fact for _, fact in sorted(dated)[:most]))
