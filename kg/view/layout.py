"""Each document is an island with its own parties around it; what several documents share lies in the middle.

The places follow from the structure of the graph alone: no force, no chance, no clock. In an island, a tree
hangs from the document's own node, and each thing sits in the middle of what hangs from it. The space that a
thing takes is that of its mark and its label, so labels do not run into one another.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import atan2, hypot
from typing import TYPE_CHECKING

from kg.view.pack import Circle, Point, enclosing, pack, turned

if TYPE_CHECKING:
    import networkx

__all__ = ["FLAT", "Island", "Layout", "documents_of", "place"]

FLAT = 0.66
"""Labels are wider than high and screens too: all is laid out round, then pressed flat by this much."""

_SHARED = 0.75
"""A thing belongs to the island that holds at least this share of its ties; else it is shared."""
_GAP = 4.0
_SMALL = 6
"""A branch of more nodes than this has a circle of its own."""
_SHORE = 26.0

Node = Hashable


@dataclass(frozen=True, slots=True)
class Island:
    """The ground a document's own things stand on: an ellipse of ``radius`` by ``radius * FLAT``."""

    doc: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node lies, and the islands, largest first."""

    positions: dict[Node, Point]
    islands: tuple[Island, ...]
    shared: float
    """The radius of what lies in the middle, about the origin; 0 where nothing does."""


def documents_of(graph: networkx.MultiDiGraph) -> dict[Node, Counter[str]]:
    """How many of each node's ties stand in which document; its own ``docs`` where it has no tie."""
    found: dict[Node, Counter[str]] = {node: Counter() for node in graph}
    for source, target, data in graph.edges(data=True):
        doc = str(data.get("doc") or "")
        if doc:
            found[source][doc] += 1
            found[target][doc] += 1
    for node, docs in graph.nodes(data="docs"):
        if not found[node]:
            found[node].update(str(d) for d in docs or ())
    return found


def place(
    graph: networkx.MultiDiGraph, room: Mapping[Node, float], heads: Mapping[str, Node], order: Mapping[Node, int]
) -> Layout:
    """Lays the graph out. ``room`` is the radius each node needs, ``heads`` the node of each document.

    ``order`` is the rank of each node, the same from run to run: it decides wherever nothing else does.
    """
    neighbours = {
        node: sorted({*graph.succ[node], *graph.pred[node]} - {node}, key=order.__getitem__) for node in graph
    }
    own: dict[str, list[Node]] = {}
    shared: list[Node] = []
    head_of = {node: doc for doc, node in heads.items()}
    for node, docs in sorted(documents_of(graph).items(), key=lambda item: order[item[0]]):
        doc = head_of.get(node) or _home(docs)
        if doc is None:
            shared.append(node)
        else:
            own.setdefault(doc, []).append(node)
    islands = {doc: _island(nodes, heads.get(doc), neighbours, room, order) for doc, nodes in own.items()}
    return _archipelago(islands, shared, neighbours, room, order)


def _home(docs: Counter[str]) -> str | None:
    """The document that a thing belongs to: ``""`` if it is in none, None if it is shared by several."""
    if not docs:
        return ""
    doc, ties = min(docs.items(), key=lambda item: (-item[1], item[0]))
    return doc if ties >= _SHARED * docs.total() else None


@dataclass(slots=True)
class _Ground:
    """An island before it has its place: positions about its own middle, and the radius of all."""

    points: dict[Node, Point]
    radius: float


def _island(
    nodes: list[Node],
    head: Node | None,
    neighbours: Mapping[Node, list[Node]],
    room: Mapping[Node, float],
    order: Mapping[Node, int],
) -> _Ground:
    """The nodes around the document's own node, or around the best connected one."""
    inside = set(nodes)
    near = {node: [n for n in neighbours[node] if n in inside] for node in nodes}
    root = head if head in inside else min(nodes, key=lambda n: (-len(near[n]), order[n]))
    levels, parent = _tree(root, nodes, near, order)
    return _balloon(root, levels, parent, room, order)


def _tree(
    root: Node, nodes: Iterable[Node], near: Mapping[Node, list[Node]], order: Mapping[Node, int]
) -> tuple[list[Node], dict[Node, Node]]:
    """The nodes from the root outwards, and what each hangs from.

    A node with ties to several branches hangs from where they meet, not from one of them. What has no tie to the
    root hangs from it by the best connected node of its component.
    """
    depth: dict[Node, int] = {root: 0}
    parent: dict[Node, Node] = {}
    levels: list[Node] = []
    starts = deque([root])
    others = deque(sorted((n for n in nodes if n != root), key=lambda n: (-len(near[n]), order[n])))
    while starts or others:
        if not starts:
            start = others.popleft()
            if start in depth:
                continue
            depth[start], parent[start] = 1, root
            starts.append(start)
        node = starts.popleft()
        levels.append(node)
        for other in near[node]:
            if other not in depth:
                depth[other], parent[other] = depth[node] + 1, node
                starts.append(other)
            elif depth[other] == depth[node] + 1 and parent[other] != node:
                parent[other] = _meeting(parent[other], node, parent, depth)
    return levels, parent


def _meeting(one: Node, other: Node, parent: Mapping[Node, Node], depth: Mapping[Node, int]) -> Node:
    """Where the ways from two nodes to the root meet."""
    while one != other:
        if depth[one] >= depth[other] and one in parent:
            one = parent[one]
        else:
            other = parent[other]
    return one


def _balloon(
    root: Node, levels: list[Node], parent: Mapping[Node, Node], room: Mapping[Node, float], order: Mapping[Node, int]
) -> _Ground:
    """Each node in the middle of the circles of what hangs from it, from the leaves to the root."""
    children: dict[Node, list[Node]] = {}
    for node in levels:
        if node in parent:
            children.setdefault(parent[node], []).append(node)
    # A node that met several branches hangs higher than its depth says: the leaves-first order is that of the tree.
    downwards = [root]
    for node in downwards:
        downwards.extend(children.get(node, ()))
    ground: dict[Node, Circle] = {}
    offsets: dict[Node, list[tuple[Node, Point]]] = {}
    branch: dict[Node, list[Node]] = {}
    for node in reversed(downwards):
        below = sorted(children.get(node, ()), key=lambda n: (-ground[n][2], order[n]))
        branch[node] = [node, *(n for child in below for n in branch[child])]
        # A small branch wastes the room of a circle of its own: its nodes stand among their elders, side by side.
        items = [n for child in below for n in (branch[child] if len(branch[child]) <= _SMALL else [child])]
        loose = {n for child in below if len(branch[child]) <= _SMALL for n in branch[child]}
        rooms = [room[n] if n in loose else ground[n][2] for n in items]
        middles = pack([room[node] + _GAP, *(r + _GAP for r in rooms)])[1:]
        ground[node] = enclosing(
            [(0.0, 0.0, room[node]), *((x, y, r) for (x, y), r in zip(middles, rooms, strict=True))]
        )
        # A branch in a circle is seen from the middle of the circle, which its own node lies beside.
        offsets[node] = [
            (n, at if n in loose else (at[0] - ground[n][0], at[1] - ground[n][1]))
            for n, at in zip(items, middles, strict=True)
        ]
    points: dict[Node, Point] = {root: (-ground[root][0], -ground[root][1])}
    # Elders come first, so the place that the highest of them gives to a loose node is the one that counts.
    for node in downwards:
        x, y = points[node]
        for other, (dx, dy) in offsets[node]:
            points.setdefault(other, (x + dx, y + dy))
    return _Ground(points, ground[root][2] + _SHORE)


def _archipelago(
    islands: dict[str, _Ground],
    shared: list[Node],
    neighbours: Mapping[Node, list[Node]],
    room: Mapping[Node, float],
    order: Mapping[Node, int],
) -> Layout:
    """The islands around the shared nodes, each turned so that its outward ties face the middle."""
    by_room = sorted(shared, key=lambda n: (-room[n], order[n]))
    seats = pack([room[n] + _GAP * 2 for n in by_room])
    core = max((hypot(x, y) + room[n] for (x, y), n in zip(seats, by_room, strict=True)), default=0.0)
    docs = sorted(islands, key=lambda doc: (-islands[doc].radius, doc))
    if shared:
        middles = pack([core + _SHORE, *(islands[d].radius + _GAP for d in docs)])[1:]
    else:
        middles = pack([islands[d].radius + _GAP for d in docs])
    positions: dict[Node, Point] = {}
    abroad = set(shared)
    for doc, (x, y) in zip(docs, middles, strict=True):
        points = islands[doc].points
        out = [p for n, p in points.items() if any(m in abroad or m not in points for m in neighbours[n])]
        facing = (sum(p[0] for p in out), sum(p[1] for p in out))
        angle = atan2(-y, -x) - atan2(facing[1], facing[0]) if hypot(*facing) > 1 and hypot(x, y) > 1 else 0.0
        for node, point in points.items():
            dx, dy = turned(point, angle)
            positions[node] = (x + dx, y + dy)
    positions.update(_seated(by_room, seats, positions, neighbours, room))
    return Layout(
        {node: (round(x, 1), round(y * FLAT, 1)) for node, (x, y) in positions.items()},
        tuple(
            Island(doc, round(x, 1), round(y * FLAT, 1), round(islands[doc].radius, 1))
            for doc, (x, y) in zip(docs, middles, strict=True)
        ),
        round(core, 1),
    )


def _seated(
    shared: list[Node],
    seats: list[Point],
    positions: Mapping[Node, Point],
    neighbours: Mapping[Node, list[Node]],
    room: Mapping[Node, float],
) -> dict[Node, Point]:
    """Each shared node on the seat nearest to what it is tied to, the best connected choosing first.

    Only nodes that take about the same room change seats, so that none comes to overlap another.
    """
    free: dict[int, list[Point]] = {}
    for node, seat in zip(shared, seats, strict=True):
        free.setdefault(round(room[node]), []).append(seat)
    chosen: dict[Node, Point] = {}
    for node in sorted(shared, key=lambda n: -len(neighbours[n])):
        tied = [positions[n] for n in neighbours[node] if n in positions] or [(0.0, 0.0)]
        x, y = sum(p[0] for p in tied) / len(tied), sum(p[1] for p in tied) / len(tied)
        choice = free[round(room[node])]
        chosen[node] = choice.pop(min(range(len(choice)), key=lambda i: hypot(choice[i][0] - x, choice[i][1] - y)))
    return chosen
