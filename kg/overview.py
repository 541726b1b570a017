"""The whole of a store as a map: what many documents share in the middle, around it each document with what is its own.

No fact is read in full, and no force is reckoned: the work grows with the links, and the same store gives the same map.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt

from kg.model import EntityType
from kg.network import AS_NODES, LINKS, STATEMENTS, TIES, link_to
from kg.rdf import NS
from kg.rdf.vocabulary import CLASSES, classes_of
from kg.store import Store

__all__ = ["Overview", "Point", "overview"]

_DATES = "SELECT ?doc ?date { ?doc gz:dateOfDocument ?date }"
_GOLDEN = pi * (3 - sqrt(5))
_ROOM = 10.0
"""Between two things that stand beside each other."""


@dataclass(frozen=True, slots=True)
class Point:
    """A thing on the map."""

    iri: str
    label: str
    """Empty for a statement."""
    type: str
    ties: int
    """Facts that speak of it."""
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Overview:
    """A map."""

    points: tuple[Point, ...]
    lines: tuple[tuple[int, int, str], ...]
    """From, to, and the kind of the facts that a line stands for."""
    whole: int
    """Things there are, on the map or not."""


def overview(store: Store, most: int) -> Overview:
    """The map of a store, or of its ``most`` best connected things: documents and parties before statements."""
    links = {link: _links(store, link.removeprefix("gz:")) for link in LINKS if link != "gz:inSection"}
    lines: Counter[tuple[str, str, str]] = Counter()
    ties: Counter[str] = Counter()
    docs: dict[str, set[str]] = defaultdict(set)
    types = _types(store)
    for kind in TIES:
        for fact in _of_class(store, kind):
            pairs = list(_ends(kind, fact, links))
            ends = {end for pair in pairs for end in pair}
            ties.update(ends)
            for doc in links["gz:inDocument"].get(fact, ()):
                for end in ends:
                    docs[end].add(doc)
            if kind in AS_NODES and fact in ends:
                types[fact] = CLASSES[kind]
            lines.update((tail, head, kind) for tail, head in pairs)
    known = [node for node in ties if node in types]
    known.sort(key=lambda node: (types[node] in STATEMENTS, -ties[node], node))
    nodes = sorted(known[:most])
    places = _places(nodes, {node: docs[node] for node in nodes}, types, _table(store, _DATES))
    labels = _table(store, "SELECT ?node ?label { ?node skos:prefLabel ?label }")
    titles = _table(store, "SELECT ?node ?label { ?node a gz:OfficialDocument ; gz:title ?label }")
    order = {node: number for number, node in enumerate(nodes)}
    return Overview(
        tuple(
            Point(node, labels.get(node) or titles.get(node, ""), types[node], ties[node], *places[node])
            for node in nodes
        ),
        tuple(sorted((order[a], order[b], kind) for a, b, kind in lines if a in order and b in order)),
        len(known),
    )


def _ends(kind: str, fact: str, links: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """What a fact ties, by the IRIs it has for it: a section by its document, words that name nothing known not at all."""

    def end(name: str) -> list[str]:
        link = link_to(kind, name)
        return links[f"gz:{link}"].get(fact, []) if link else [fact]

    for tie in TIES[kind]:
        for tail in end(tie.tail):
            for head in end(tie.head):
                if tail != head:
                    yield tail, head


def _places(
    nodes: Iterable[str], docs: Mapping[str, set[str]], types: Mapping[str, str], dates: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """A document has what it alone speaks of around it; the documents lie in a spiral by their dates, about what they share."""
    own: dict[str, list[str]] = defaultdict(list)
    shared = []
    for node in nodes:
        if types[node] == "OfficialDocument":
            own[node][:0] = [node]
        elif len(docs[node]) == 1:
            own[next(iter(docs[node]))].append(node)
        else:
            shared.append(node)
    inner = _ROOM * sqrt(len(shared)) * 1.5
    middles, area = {}, inner**2
    found: dict[str, tuple[float, float]] = {}
    for number, doc in enumerate(sorted(own, key=lambda doc: (dates.get(doc, ""), doc))):
        reach = _ROOM * (sqrt(len(own[doc])) + 1)
        area += (reach * 1.15) ** 2
        middles[doc] = x, y = _spiral(number, sqrt(area))
        for place, node in enumerate(own[doc]):
            dx, dy = _spiral(place, _ROOM * sqrt(place))
            found[node] = (x + dx, y + dy)
    centres = {node: _middle([middles[doc] for doc in sorted(docs[node]) if doc in middles]) for node in shared}
    ranked = sorted(shared, key=lambda node: (hypot(*centres[node]), node))
    for rank, node in enumerate(ranked):
        # As far from the middle as its place in the row, in the direction of its documents.
        x, y = centres[node]
        turn = atan2(y, x) if hypot(x, y) > 1e-6 else rank * _GOLDEN
        reach = inner * 0.9 * sqrt((rank + 0.5) / len(ranked))
        found[node] = (reach * cos(turn), reach * sin(turn))
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in found.items()}


def _spiral(number: int, reach: float) -> tuple[float, float]:
    return reach * cos(number * _GOLDEN), reach * sin(number * _GOLDEN)


def _middle(places: list[tuple[float, float]]) -> tuple[float, float]:
    if not places:
        return 0.0, 0.0
    return sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places)


def _types(store: Store) -> dict[str, str]:
    return {
        node: kind
        for kind in (*(entity.value for entity in EntityType), CLASSES["event"])
        for (node,) in store.rows(f"SELECT DISTINCT ?node {{ ?node a gz:{kind} }}")
    }


def _of_class(store: Store, kind: str) -> Iterator[str]:
    for local in classes_of(kind):
        for (fact,) in store.rows(f"SELECT DISTINCT ?fact {{ ?fact a gz:{local} ; gz:evidenceSpans ?spans }}"):
            yield fact


def _links(store: Store, link: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for fact, thing in store.rows(f"SELECT DISTINCT ?fact ?thing {{ ?fact <{NS}{link}> ?thing }}"):
        found[fact].append(thing)
    return found


def _table(store: Store, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in store.rows(query)}
