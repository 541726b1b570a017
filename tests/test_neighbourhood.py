"""The network is cut out of a store piece by piece: what surrounds a thing, the way between two, the whole as a map."""

from __future__ import annotations

import math
from typing import Any

import networkx
import pytest

from kg.neighbourhood import neighbourhood, way
from kg.overview import overview


def iri(graph: Any, name: str, kind: str) -> str:
    return str(graph.search(name, kinds=[kind])[0].iri)


def facts(graph: networkx.MultiDiGraph, node: str) -> set[str]:
    """The facts that tie a node."""
    return {key.partition("#")[0] for *ends, key in graph.edges(keys=True) if node in ends}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("区财政局", "Agency"),
        ("廉清", "Official"),
        ("古茶树保护工作组", "CoordinatingBody"),
        ("茶产业", "OfficialDocument"),
    ],
)
def test_what_surrounds_a_thing_is_all_that_is_said_of_it(demo_graph: Any, name: str, kind: str) -> None:
    root = iri(demo_graph, name, kind)
    found = neighbourhood(demo_graph.store, [root], most=2000)
    whole = demo_graph.network()
    assert found.roots == (root,)
    assert not found.left
    assert facts(found.graph, root) == facts(whole, root)
    assert set(whole.neighbors(root)) | set(whole.predecessors(root)) <= set(found.graph)
    for node, data in found.graph.nodes(data=True):
        assert {**data, "docs": ()} == {**whole.nodes[node], "docs": ()}
    assert set(found.graph.edges(keys=True)) <= set(whole.edges(keys=True))


def test_of_what_is_too_much_every_kind_is_there_and_the_rest_is_counted(demo_graph: Any) -> None:
    root = iri(demo_graph, "区财政局", "Agency")
    everything = neighbourhood(demo_graph.store, [root], most=2000)
    few = neighbourhood(demo_graph.store, [root], most=8)
    kinds = {kind for *_, kind in everything.graph.edges(root, data="kind")}
    assert len(facts(few.graph, root)) <= 8
    assert few.left[root] > 0
    assert len({kind for *_, kind in few.graph.edges(root, data="kind")}) > len(kinds) / 2
    assert neighbourhood(demo_graph.store, [root], hops=2, most=2000).graph.order() > everything.graph.order()


def test_of_a_statement_that_is_no_thing_what_it_ties_is_found(demo_graph: Any) -> None:
    (seat,) = [row["s"].value for row in demo_graph.store.select("SELECT ?s { ?s a gz:Seat } ORDER BY ?s LIMIT 1")]
    found = neighbourhood(demo_graph.store, [seat])
    assert len(found.roots) == 2
    assert {str(found.graph.nodes[root]["type"]) for root in found.roots} <= {"CoordinatingBody", "Agency"}


def test_of_what_nothing_is_said_there_is_nothing(demo_graph: Any) -> None:
    found = neighbourhood(demo_graph.store, ["urn:none"])
    assert found.graph.order() == 0
    assert found.roots == ()


def test_the_way_is_a_shortest_one(demo_graph: Any) -> None:
    start, end = iri(demo_graph, "廉清", "Official"), iri(demo_graph, "区审计局", "Agency")
    found = way(demo_graph.store, start, end)
    assert found is not None
    assert found.roots == (start, end)
    tied = found.graph.to_undirected()
    parties = demo_graph.network().to_undirected()
    parties.remove_nodes_from(
        [n for n, kind in list(parties.nodes.data("type")) if kind in ("OfficialDocument", "Section")]
    )
    assert networkx.has_path(tied, start, end)
    if networkx.has_path(parties, start, end):
        assert networkx.shortest_path_length(tied, start, end) <= networkx.shortest_path_length(parties, start, end)
    assert found.graph.order() < 20


def test_there_is_no_way_to_what_is_not_there_or_to_itself(demo_graph: Any) -> None:
    start = iri(demo_graph, "廉清", "Official")
    assert way(demo_graph.store, start, "urn:none") is None
    assert way(demo_graph.store, start, start) is None


def test_the_map_has_what_the_network_has_with_sections_gone_into_their_documents(demo_graph: Any) -> None:
    found = overview(demo_graph.store, 10_000)
    whole = demo_graph.network()
    # Words that name nothing known are no things of the store, and what only they tie stands nowhere.
    known = {node for node, kind in whole.nodes.data("type") if kind not in ("Section", "Name")}
    places = {point.iri for point in found.points}
    assert places <= known
    assert len(places) > 0.95 * len(known)
    assert found.whole == len(places)
    for point in found.points:
        assert point.type == whole.nodes[point.iri]["type"]
        assert point.ties > 0
    assert all(0 <= a < len(found.points) and 0 <= b < len(found.points) for a, b, _ in found.lines)


def test_on_the_map_nothing_stands_on_another_and_twice_is_the_same(demo_graph: Any) -> None:
    found = overview(demo_graph.store, 10_000)
    places = sorted((point.x, point.y) for point in found.points)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)
    assert len(set(places)) == len(places)
    assert overview(demo_graph.store, 10_000) == found


def test_of_a_large_store_the_best_connected_parties_are_on_the_map(demo_graph: Any) -> None:
    everything, some = overview(demo_graph.store, 10_000), overview(demo_graph.store, 40)
    assert len(some.points) == 40
    assert some.whole == everything.whole
    assert not {point.type for point in some.points} & {"Fund", "Deadline", "Target", "ContactPoint"}
    parties = [point for point in everything.points if point.type == "Agency"]
    assert max(parties, key=lambda point: point.ties).iri in {point.iri for point in some.points}
