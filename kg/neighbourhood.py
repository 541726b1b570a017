"""What surrounds some things in a store, and how two of them are connected: found in bounded time, however much is said.

The facts are read that point to the things, no more than are asked for, so that a government of which ten thousand
statements speak costs no more than a village.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx

from kg.network import LINKS, TIED, TIES, link_to, network_of
from kg.rdf.vocabulary import classes_of
from kg.store import Store

__all__ = ["Neighbourhood", "neighbourhood", "way"]

_SEEN = 20_000
"""Pairs of a fact and a thing that a query looks at, at most."""
_DEEPEST = 4
"""Ties from each end within which a way is looked for."""
_PARTIES = tuple(link for link in LINKS if link not in ("gz:inDocument", "gz:inSection"))
_OF = f"""
SELECT DISTINCT ?fact ?class WHERE {{
  {{ VALUES ?node {{ $nodes }} ?fact ?link ?node ; a gz:Statement, ?class {TIED} }}
  UNION {{ VALUES ?fact {{ $nodes }} ?fact a gz:Statement, ?class }}
  FILTER(?class != gz:Statement && STRSTARTS(STR(?class), STR(gz:)))
}} LIMIT {_SEEN}"""
_BETWEEN = f"""
SELECT ?fact ?node WHERE {{
  VALUES ?node {{ $nodes }} ?fact ?link ?node ; a gz:Statement {TIED}
}} LIMIT {_SEEN}"""
_ENDS = f"SELECT DISTINCT ?node WHERE {{ VALUES ?fact {{ $nodes }} ?fact ?link ?node FILTER(?link IN ({', '.join(_PARTIES)})) }}"
_DOCUMENTS = "SELECT DISTINCT ?document WHERE { VALUES ?fact { $nodes } ?fact gz:inDocument ?document }"
_STEPS = f"""
SELECT DISTINCT ?node ?fact ?other WHERE {{
  VALUES ?node {{ $nodes }}
  {{ VALUES (?class ?link ?back) {{ $between }} ?fact ?link ?node ; a ?class ; ?back ?other }}
  UNION {{ VALUES (?class ?link) {{ $own }} ?fact ?link ?node ; a ?class . BIND(?fact AS ?other) }}
  UNION {{ VALUES (?class ?back) {{ $own }} ?node a ?class ; ?back ?other . BIND(?node AS ?fact) }}
  FILTER(?other != ?node)
}} LIMIT {_SEEN}"""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A part of the network."""

    graph: networkx.MultiDiGraph
    """As :func:`kg.network.network` makes it; the documents that the facts stand in are in it, tied or not."""
    roots: tuple[str, ...]
    """What it was asked for: of a statement that is no node, what it ties."""
    left: Mapping[str, int] = field(default_factory=dict)
    """Root → how many facts of it are not in the graph."""


def neighbourhood(
    store: Store, nodes: Sequence[str], *, hops: int = 1, most: int = 300, between: bool = True
) -> Neighbourhood:
    """What is tied to the nodes over so many ties, by at most ``most`` facts, and with ``between`` the ties of all these.

    Where there are more, the kinds of which there are few come first, so that a hundred duties do not hide a head.
    Nodes that the store does not know are left out.
    """
    asked = tuple(dict.fromkeys(nodes))
    facts: set[str] = set()
    found: dict[str, str] = {}
    frontier, done = set(asked), set[str]()
    ends: set[str] = set()
    for hop in range(1, hops + 1):
        found |= (near := _facts_of(store, frontier))
        new = [fact for fact in _few_first(near) if fact not in facts]
        facts.update(new[: max(0, most - len(facts))])
        if hop == hops and not between:
            break
        done |= frontier
        frontier = (ends := _ends(store, facts)) - done
        if not frontier or len(facts) >= most:
            break
    others: list[str] = []
    if between:
        others = sorted(_facts_between(store, ends | facts | set(asked)) - facts)[:most]
    documents = {one for (one,) in store.rows_about(_DOCUMENTS, facts)}
    graph = _tied(store, facts, {*others, *documents})
    roots = tuple(root for one in asked for root in _as_nodes(graph, one))
    own = found if hops == 1 and len(asked) == 1 and roots == asked else None
    left = {root: n for root in roots if (n := len((own or _facts_of(store, [root])).keys() - facts))}
    return Neighbourhood(graph, roots, left)


def _as_nodes(graph: networkx.MultiDiGraph, iri: str) -> list[str]:
    """The node itself; of a statement that is none the nodes that it ties."""
    if iri in graph:
        return [iri]
    ends = {end for *ends, key in graph.edges(keys=True) if _fact(key) == iri for end in ends}
    return sorted(ends)


def _facts_of(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    """The facts that point to the nodes, or are nodes themselves, each with its class."""
    return {fact: kind for fact, kind in store.rows_about(_OF, nodes)}  # noqa: C416  # rows are of any length


def _few_first(found: Mapping[str, str]) -> list[str]:
    number = Counter(found.values())
    return sorted(found, key=lambda fact: (number[found[fact]], found[fact], fact))


def _tied(store: Store, facts: set[str], others: set[str]) -> networkx.MultiDiGraph:
    """What the facts tie, and of what others say that which is between these nodes."""
    graph = network_of(store, facts | others)
    kept = {node for node in facts | others if node in graph}
    for tail, head, key in graph.edges(keys=True):
        if _fact(key) in facts:
            kept |= {tail, head}
    above = set(kept)
    while above:
        above = {head for tail in above for _, head, kind in graph.out_edges(tail, data="kind") if kind == "section"}
        above -= kept
        kept |= above
    return graph.subgraph(kept).copy()


def _ends(store: Store, facts: Iterable[str]) -> set[str]:
    """What the facts tie, other than the places they stand at."""
    return {node for (node,) in store.rows_about(_ENDS, facts)}


def _facts_between(store: Store, nodes: Iterable[str]) -> set[str]:
    """The facts that point to two of the nodes or more."""
    ends: dict[str, set[str]] = defaultdict(set)
    for fact, node in store.rows_about(_BETWEEN, nodes):
        ends[fact].add(node)
    return {fact for fact, tied in ends.items() if len(tied) > 1}


def way(store: Store, start: str, end: str) -> Neighbourhood | None:
    """A shortest way from one thing to another, by what ties parties, else by what stands in the same documents.

    ``roots`` are the two ends; None where there is none within some ties, or within what may be looked at.
    """
    if start == end:
        return None
    for query in (_steps(places=False), _steps(places=True)):
        facts = _meeting(store, start, end, query)
        if facts:
            documents = {one for (one,) in store.rows_about(_DOCUMENTS, facts)}
            return Neighbourhood(_tied(store, facts, documents), (start, end))
    return None


def _steps(*, places: bool) -> str:
    """The query for what is one tie away, as the edges of the network go; ``places`` are documents that facts stand in."""
    between, own = set(), set()
    for kind, ties in TIES.items():
        for tie in ties:
            if not places and {"doc", "place"} & {tie.tail, tie.head}:
                continue
            tail, head = (link_to(kind, end) for end in (tie.tail, tie.head))
            for name in classes_of(kind):
                if tail and head:
                    between |= {f"(gz:{name} gz:{tail} gz:{head})", f"(gz:{name} gz:{head} gz:{tail})"}
                else:
                    own.add(f"(gz:{name} gz:{tail or head})")
    return _STEPS.replace("$between", " ".join(sorted(between))).replace("$own", " ".join(sorted(own)))


def _meeting(store: Store, start: str, end: str, query: str) -> set[str]:
    """The facts of a shortest way, looked for from both ends, the smaller side first."""
    came: dict[str, dict[str, tuple[str, str]]] = {start: {}, end: {}}
    edge = {start: {start}, end: {end}}
    depth = {start: 0, end: 0}
    while all(edge.values()) and min(depth.values()) < _DEEPEST:
        side = min((start, end), key=lambda one: (len(edge[one]), one))
        other = end if side == start else start
        depth[side] += 1
        reached: set[str] = set()
        for node, fact, to in sorted(store.rows_about(query, edge[side])):
            if to != side and to not in came[side]:
                came[side][to] = (node, fact)
                reached.add(to)
        if met := sorted(node for node in reached if node in came[other] or node == other):
            return _facts_to(came[start], met[0], start) | _facts_to(came[end], met[0], end)
        edge[side] = reached
        if sum(map(len, came.values())) > _SEEN:
            break
    return set()


def _facts_to(came: Mapping[str, tuple[str, str]], node: str, start: str) -> set[str]:
    facts = set()
    while node != start:
        node, fact = came[node]
        facts.add(fact)
    return facts


def _fact(key: object) -> str:
    """The fact of an edge, by the edge's key."""
    return str(key).partition("#")[0]
