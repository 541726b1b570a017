"""What surrounds a name is cut out of the network without drawing up the whole of it."""

from __future__ import annotations

from typing import Any

import networkx
import pytest

import kg
from kg.view import select


def shown(graph: networkx.MultiDiGraph) -> tuple[dict[str, Any], set[tuple[str, str, str]]]:
    """The nodes with what is said of them, but for the documents that they are seen in; the edges."""
    nodes = {node: {key: said for key, said in data.items() if key != "docs"} for node, data in graph.nodes(data=True)}
    return nodes, set(graph.edges(keys=True))


@pytest.mark.parametrize("name", ["民政局", "廉清", "财政", "古茶树"])
def test_one_tie_away_it_is_that_part_of_the_whole(demo_graph: Any, name: str) -> None:
    assert shown(demo_graph.network(about=name)) == shown(select(demo_graph.network(), about=name))


def test_two_ties_away_there_is_more_of_the_whole(demo_graph: Any) -> None:
    whole = demo_graph.network()
    one, two = (demo_graph.network(about="廉清", hops=hops) for hops in (1, 2))
    assert set(one) < set(two) < set(whole)
    assert set(two.edges(keys=True)) <= set(whole.edges(keys=True))
    reached = networkx.single_source_shortest_path_length(
        whole.to_undirected(), next(n for n, label in whole.nodes.data("label") if label == "廉清"), cutoff=2
    )
    assert set(reached) <= set(two)


def test_a_name_that_nothing_bears_is_said(demo_graph: Any) -> None:
    for name, hops in (("没有此名", 1), ("", 1), ("民政局", 0)):
        with pytest.raises(kg.KgError, match=r"no name|must be given"):
            demo_graph.network(about=name, hops=hops)
