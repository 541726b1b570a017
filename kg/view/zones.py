"""Which zone of the picture a thing stands in, in which order, and whose people stand with which agency."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.view.layout import Box, Node
from kg.view.marks import Mark

if TYPE_CHECKING:
    import networkx

__all__ = ["homes", "parents", "zones"]

_GOVERNMENT = re.compile(r"(?:政府|国务院|党委|人大|人大常委会|政协|[省市县区州旗]委)(?:办公室|办公厅)?$")
_TOWNSHIP = re.compile(r"(?:[乡镇](?:人民政府|政府)?|街道|街道办事处|村民委员会|居民委员会|村委会|居委会|社区|村)$")
_BY_TYPE = {
    "GazetteIssue": "documents",
    "OfficialDocument": "papers",
    "Section": "sections",
    "CoordinatingBody": "bodies",
    "AgencyGroup": "groups",
    "Official": "people",
    "OfficeHolder": "people",
    "Deadline": "deadlines",
    "Fund": "funds",
    "Target": "targets",
    "Event": "events",
    "ContactPoint": "contacts",
}
_PERSONS = frozenset({"Official", "OfficeHolder"})
_NUMBER = re.compile(r"\d+")


def zones(
    graph: networkx.MultiDiGraph, marks: Mapping[Node, Mark], main: frozenset[Node], order: Mapping[Node, int]
) -> dict[str, list[Box]]:
    """The boxes of each zone in their order. ``main`` are the documents that facts stand in, ``order`` the last resort."""
    home = homes(graph, order)
    lodgers: dict[Node, list[Node]] = defaultdict(list)
    for person, where in home.items():
        lodgers[where].append(person)
    found: dict[str, list[Node]] = defaultdict(list)
    for node in order:
        if node not in home:
            found[_zone(graph, node, main)].append(node)

    def weight(node: Node) -> tuple[int, int]:
        return -graph.degree(node), order[node]

    def box(node: Node) -> Box:
        mark = marks[node]
        below = sorted(lodgers.get(node, ()), key=weight)
        return Box(node, mark.width, mark.height, tuple(map(box, below)))

    def rank(zone: str, node: Node) -> tuple[object, ...]:
        if zone in ("documents", "papers", "sections"):
            return (*_place(graph, node), *weight(node))
        if zone == "deadlines":
            fields = graph.nodes[node].get("fields") or {}
            return (fields.get("on") or fields.get("end") or fields.get("start") or "~", *weight(node))
        if zone == "funds":
            return (-_amount(graph, node), *weight(node))
        if zone == "agencies":
            return (not lodgers.get(node), *weight(node))
        return weight(node)

    return {zone: [box(node) for node in sorted(nodes, key=lambda n: rank(zone, n))] for zone, nodes in found.items()}


def _zone(graph: networkx.MultiDiGraph, node: Node, main: frozenset[Node]) -> str:
    if node in main:
        return "documents"
    kind, label = str(graph.nodes[node].get("type") or ""), str(graph.nodes[node].get("label") or "")
    if kind == "Agency":
        # 镇人民政府 ends as both do: the lower level decides.
        return "townships" if _TOWNSHIP.search(label) else "government" if _GOVERNMENT.search(label) else "agencies"
    return _BY_TYPE.get(kind, "others")


def _place(graph: networkx.MultiDiGraph, node: Node) -> tuple[str, int]:
    """Where a document or a section stands: its source, and the first of its places, its own or those of its ties."""
    data = graph.nodes[node]
    told = (
        [data]
        if data.get("spans")
        else [
            tie
            for _, _, tie in (*graph.out_edges(node, data=True), *graph.in_edges(node, data=True))
            if tie.get("spans")
        ]
    )
    places = [
        (str(one.get("source") or ""), int(found[0])) for one in told if (found := _NUMBER.search(str(one["spans"])))
    ]
    return min(places, default=("~", 0))


def _amount(graph: networkx.MultiDiGraph, node: Node) -> float:
    fields = graph.nodes[node].get("fields") or {}
    try:
        return float(fields.get("amount") or 0)
    except ValueError:
        return 0.0


def homes(graph: networkx.MultiDiGraph, order: Mapping[Node, int]) -> dict[Node, Node]:
    """The agency that a person has a post in, else the body he or she sits in: the least of them that is not alone."""
    found: dict[Node, Node] = {}
    for node in order:
        if graph.nodes[node].get("type") not in _PERSONS:
            continue
        posts, seats = set(), set()
        for _, other, kind in graph.out_edges(node, data="kind"):
            if graph.nodes[other].get("type") == "Agency" and kind in ("post", "appointment"):
                posts.add(other)
            elif graph.nodes[other].get("type") == "CoordinatingBody" and kind == "member":
                seats.add(other)
        if choice := posts or seats:
            found[node] = max(choice, key=lambda other: (graph.degree(other), -order[other]))
    return found


def parents(graph: networkx.MultiDiGraph, heads: Mapping[str, Node]) -> dict[Node, Node]:
    """What stands for a thing that is not shown: for a section the one above it, for a fact its place in a document."""
    found: dict[Node, Node] = {}
    for source, target, data in graph.edges(data=True):
        if data.get("kind") == "section" or data.get("label") == "见于":
            found.setdefault(source, target)
    for node, data in graph.nodes(data=True):
        kind = data.get("type")
        if node not in found and kind in ("Section", "Fund", "Deadline", "Target", "Event", "ContactPoint"):
            head = next((heads[doc] for doc in data.get("docs") or () if doc in heads), None)
            if head is not None and head != node:
                found[node] = head
    return found
