"""Who holds a network together: by ties, by ways between others, by groups that belong together, by bridges.

Two parties are tied where a fact names both, or where both answer for the same section or the same statement: to stand in
one long document says little.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx

    from kg.view.layout import Node

__all__ = ["bridges", "circles", "most_tied", "parties", "ways"]

_BODIES = frozenset({"Agency", "AgencyGroup", "CoordinatingBody"})
_PEOPLE = frozenset({"Official", "OfficeHolder"})
_SHARED = frozenset({"Section", "Fund", "Deadline", "Target", "Event"})
_MOST = 10
_CROWD = 40
"""A section that more parties than this answer for ties none of them to another."""
_SAMPLE = 150
"""Of the parties that ways are counted from: with more, so many of them are taken, always the same."""
_LEAST = 4
"""Members of a circle, and parties behind a bridge, that are worth a line are at least so many, and half as many."""


def most_tied(graph: networkx.MultiDiGraph) -> list[dict[str, Any]]:
    """Bodies, then people, with most ties: degree centrality over the graph without direction and repetition."""
    import networkx

    if graph.number_of_nodes() < 2:
        return []
    plain = networkx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    central = networkx.degree_centrality(plain)
    lists = []
    for chinese, english, types in (("机构", "Agencies and bodies", _BODIES), ("人员", "People", _PEOPLE)):
        nodes = [node for node, kind in graph.nodes(data="type") if kind in types and graph.degree(node)]
        nodes.sort(key=lambda node: (-central[node], -graph.degree(node), str(node)))
        rows = [
            {
                "node": node,
                "label": _label(graph, node),
                "things": plain.degree(node),
                "share": f"{100 * central[node]:.0f}",
                "edges": graph.degree(node),
            }
            for node in nodes[:_MOST]
        ]
        if rows:
            lists.append({"zh": chinese, "en": english, "rows": rows})
    return lists


def parties(graph: networkx.MultiDiGraph) -> tuple[networkx.Graph, list[Node]]:
    """The parties by number, tied to one another, and which each number stands for.

    Numbers and not names: what networkx does with sets of names changes from run to run.
    """
    import networkx

    kinds = _BODIES | _PEOPLE
    named = sorted((node for node, kind in graph.nodes(data="type") if kind in kinds), key=str)
    numbers = {node: number for number, node in enumerate(named)}
    plain = networkx.Graph()
    plain.add_nodes_from(range(len(named)))
    shared: dict[Node, set[int]] = defaultdict(set)
    for source, target in sorted(graph.edges(), key=str):
        if source in numbers and target in numbers:
            plain.add_edge(numbers[source], numbers[target])
        for one, other in ((source, target), (target, source)):
            if one in numbers and graph.nodes[other].get("type") in _SHARED:
                shared[other].add(numbers[one])
    for _, found in sorted(shared.items(), key=lambda item: str(item[0])):
        if len(found) <= _CROWD:
            plain.add_edges_from(combinations(sorted(found), 2))
    plain.remove_edges_from(list(networkx.selfloop_edges(plain)))
    return plain, named


def ways(graph: networkx.MultiDiGraph, plain: networkx.Graph, named: list[Node]) -> list[dict[str, Any]]:
    """Who stands on most of the shortest ways between two others: betweenness centrality."""
    import networkx

    size = plain.number_of_nodes()
    if size < _LEAST:
        return []
    between = networkx.betweenness_centrality(plain, k=min(size, _SAMPLE), seed=1)
    ranked = sorted(between, key=lambda number: (-between[number], number))[:_MOST]
    return [
        {"node": named[n], "label": _label(graph, named[n]), "share": f"{100 * between[n]:.1f}"}
        for n in ranked
        if between[n] >= 0.001
    ]


def circles(graph: networkx.MultiDiGraph, plain: networkx.Graph, named: list[Node]) -> list[dict[str, Any]]:
    """Parties with more ties among one another than to others: communities by the method of Louvain."""
    import networkx

    if not plain.number_of_edges():
        return []
    found = networkx.community.louvain_communities(plain, seed=1)
    circles = sorted((sorted(circle) for circle in found if len(circle) >= _LEAST), key=lambda c: (-len(c), c))
    rows = []
    for circle in circles[:_MOST]:
        inside = plain.subgraph(circle)
        members = sorted(circle, key=lambda number: (-inside.degree(number), number))
        outside = sum(plain.degree(n) for n in circle) - 2 * inside.number_of_edges()
        rows.append(
            {
                "number": len(circle),
                "inside": inside.number_of_edges(),
                "outside": outside,
                "members": [{"node": named[n], "label": _label(graph, named[n])} for n in members[:8]],
                "more": max(0, len(members) - 8),
            }
        )
    return rows


def bridges(graph: networkx.MultiDiGraph, plain: networkx.Graph, named: list[Node]) -> list[dict[str, Any]]:
    """Who alone ties others to the rest: articulation points, with those that would be cut off."""
    import networkx

    sizes = [
        (-number_cut, number, whole)
        for whole in networkx.connected_components(plain)
        for number, number_cut in _cut_off(plain.subgraph(whole).copy()).items()
        if 2 * number_cut >= _LEAST
    ]
    rows = []
    for _, number, whole in sorted(sizes, key=lambda row: row[:2])[:_MOST]:
        rest = sorted(
            (sorted(c) for c in networkx.connected_components(plain.subgraph(whole - {number}))),
            key=lambda c: (-len(c), c),
        )
        cut = sorted((n for c in rest[1:] for n in c), key=lambda n: (-plain.degree(n), n))
        rows.append((number, cut))
    return [
        {
            "node": named[number],
            "label": _label(graph, named[number]),
            "number": len(cut),
            "members": [{"node": named[n], "label": _label(graph, named[n])} for n in cut[:6]],
            "more": max(0, len(cut) - 6),
        }
        for number, cut in rows
    ]


def _cut_off(part: networkx.Graph) -> dict[int, int]:
    """Of a connected graph: how many each articulation point would cut off from the largest rest, by the block-cut tree."""
    import networkx

    joints = set(networkx.articulation_points(part))
    if not joints:
        return {}
    tree = networkx.Graph()
    size: dict[Any, int] = dict.fromkeys(joints, 1)
    for number, block in enumerate(networkx.biconnected_components(part)):
        size[block_of := ("block", number)] = len(block - joints)
        tree.add_edges_from((block_of, joint) for joint in block & joints)
    root = ("block", 0)
    above = networkx.dfs_predecessors(tree, root)
    for node in networkx.dfs_postorder_nodes(tree, root):
        if node in above:
            size[above[node]] += size[node]
    sides = {joint: [len(part) - size[joint]] for joint in joints}
    for node, joint in above.items():
        if joint in joints:
            sides[joint].append(size[node])
    return {joint: len(part) - 1 - max(found) for joint, found in sides.items()}


def _label(graph: networkx.MultiDiGraph, node: Node) -> str:
    return str(graph.nodes[node].get("label") or node)
