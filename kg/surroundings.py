"""What surrounds a name in the network, without drawing up the whole of it: for stores of many sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import networkx

from kg.errors import KgError
from kg.network import STATEMENTS, TIED, network_of
from kg.rdf.vocabulary import FIELDS
from kg.store import Store

__all__ = ["surroundings"]

_WORDS = " ".join(sorted({f"gz:{field.words}" for table in FIELDS.values() for field in table.values() if field.thing}))
_NAMED = f"""
SELECT DISTINCT ?fact WHERE {{
  {{ VALUES ?words {{ {_WORDS} gz:title gz:citedTitle }}
     ?fact ?words ?text . FILTER(isLiteral(?text) && CONTAINS(STR(?text), $about)) }}
  UNION
  {{ ?thing skos:prefLabel|skos:altLabel|gz:heading ?label . FILTER(CONTAINS(STR(?label), $about))
     ?fact ?link ?thing {TIED} }}
  ?fact a gz:Statement
}}"""
_TOUCHING = f"""
SELECT ?fact ?node WHERE {{
  VALUES ?node {{ $nodes }} ?fact ?link ?node ; a gz:Statement {TIED}
}}"""


def surroundings(store: Store, about: str, hops: int) -> networkx.MultiDiGraph:
    """What bears a name or part of one, what it is tied to over so many ties, and the ties between all these.

    Nodes and edges are those of :func:`kg.network.network`; a statement that is a node (money, a deadline) is on the way
    to what it ties and does not count as one tie more. Raises KgError where nothing bears the name.
    """
    if not about.strip() or hops < 1:
        raise KgError(f"a name and a number of ties above 0 must be given, got {about!r} and {hops}")
    facts = {fact for (fact,) in store.rows(_NAMED, {"about": about})}
    graph = network_of(store, facts)
    inside = {
        node for node, data in graph.nodes(data=True) if any(about in name for name in (data["label"], *data["names"]))
    }
    if not inside:
        raise KgError(f"no name {about!r} in the graph / 图中没有此名称; kg search finds names by parts of them")
    for hop in range(hops):
        if hop:
            facts |= {fact for fact, _ in store.rows_about(_TOUCHING, inside)}
            graph = network_of(store, facts)
        near = inside | _beside(graph, inside)
        inside = near | _beside(graph, {node for node in near if graph.nodes[node]["type"] in STATEMENTS})
    ends = Counter(fact for fact, _ in set(store.rows_about(_TOUCHING, inside)))
    between = {fact for fact, number in ends.items() if number > 1}
    return network_of(store, facts | between).subgraph(inside).copy()


def _beside(graph: networkx.MultiDiGraph, nodes: Iterable[str]) -> set[str]:
    return {other for node in nodes for other in (*graph.succ[node], *graph.pred[node])}
