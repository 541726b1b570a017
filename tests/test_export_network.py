"""The network goes out as GraphML, GEXF and Neo4j's CSV: networkx, and the rules of Neo4j's importer, read it back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx
import pytest

from kg.export.neo4j import relationship_type
from kg.export.property_graph import EDGE, NODE
from kg.graph import Graph
from kg.model import FACT_KINDS
from kg.store import Store

READERS: dict[str, tuple[str, Callable[[Path], networkx.MultiDiGraph]]] = {
    "graphml": ("network.graphml", lambda path: networkx.read_graphml(path, force_multigraph=True)),
    "gexf": ("network.gexf", networkx.read_gexf),
}


@pytest.fixture(params=READERS)
def read_back(request: pytest.FixtureRequest, exported: Path) -> networkx.MultiDiGraph:
    file, reader = READERS[request.param]
    return reader(exported / file)


def test_nodes_and_edges_are_those_of_the_network(read_back: networkx.MultiDiGraph, demo_graph: Any) -> None:
    network = demo_graph.network()
    assert read_back.is_directed()
    assert read_back.is_multigraph()
    assert set(read_back) == set(network)
    ends = {(tail, head, data.get("id", key)) for tail, head, key, data in read_back.edges(keys=True, data=True)}
    assert ends == set(network.edges(keys=True))


def test_labels_and_types_are_kept(read_back: networkx.MultiDiGraph, demo_graph: Any) -> None:
    for node, data in demo_graph.network().nodes(data=True):
        found = read_back.nodes[node]
        assert found["type"] == data["type"]
        assert found["label"] == data["label"] or (data["label"].endswith("…") and data["type"] == "Section")
        assert tuple(found.get("names", "").split("｜")) == (data["names"] or ("",))


def test_every_field_of_every_fact_is_kept_with_its_evidence(read_back: networkx.MultiDiGraph, demo_graph: Any) -> None:
    edges = {data.get("id", key): data for _, _, key, data in read_back.edges(keys=True, data=True)}
    seen = set()
    for fact in demo_graph.facts(full=True):
        holder = edges.get(fact["fact"]) or read_back.nodes[fact["fact"]]
        assert holder["kind"] == fact["kind"]
        assert holder["quote"] == fact["quote"]
        assert holder["source"] == fact["source"]
        assert holder["spans"] == " ".join(f"{start}-{end}" for start, end in fact["spans"])
        said: set[Any] = set()
        for value in holder.values():
            said.update(value.split("｜") if isinstance(value, str) else [value])
        for key, value in fact.items():
            if key not in ("spans", "fact"):
                assert said >= set(value if isinstance(value, list) else [value]), (key, value)
        seen.add(fact["kind"])
    assert seen == set(FACT_KINDS)


def test_numbers_are_numbers_and_dates_are_as_precise_as_the_text(
    read_back: networkx.MultiDiGraph, demo_graph: Any
) -> None:
    facts = {fact["fact"]: fact for fact in demo_graph.facts(full=True)}
    sums = {n: d["amount"] for n, d in read_back.nodes(data=True) if "amount" in d}
    assert sums == {iri: fact["amount"] for iri, fact in facts.items() if fact["kind"] == "fund" and "amount" in fact}
    assert all(isinstance(value, float) for value in sums.values())
    days = {n: d["on"] for n, d in read_back.nodes(data=True) if "on" in d}
    assert days == {iri: fact["on"] for iri, fact in facts.items() if "on" in fact}
    assert {text.count("-") for text in days.values()} >= {1, 2}
    assert any("due" in data for _, data in read_back.nodes(data=True))


def test_hostile_words_break_no_xml(tmp_path: Path) -> None:
    graph = _with_label("<b>&\"'\t\n]]>\\u0001\\u000B</b>\\r甲")
    for form, (file, reader) in READERS.items():
        graph.export(tmp_path / file, form)
        (label,) = {d["label"] for n, d in reader(tmp_path / file).nodes(data=True) if n.endswith("/甲")}
        assert label == "<b>&\"'\t\n]]>\ufffd\ufffd</b>\r甲"


def _with_label(label: str) -> Graph:
    """A graph in which somebody of that name is a member of something."""
    escaped = label.replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    ns, rdf, skos = (
        "https://w3id.org/gongbao/ns#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/2004/02/skos/core#",
    )
    source = "https://w3id.org/gongbao/id/source/0"
    said = {
        "<urn:m>": [
            (f"{rdf}type", f"<{ns}Membership>"),
            (f"{rdf}type", f"<{ns}Statement>"),
            (f"{ns}documentKey", '"甲〔2020〕1号"'),
            (f"{ns}quote", '"甲任组长"'),
            (f"{ns}evidenceSpans", '"0-4"'),
            (f"{ns}evidence", f"<{source}/0-4>"),
            (f"{ns}rule", '"member.roster"'),
            (f"{ns}groupName", '"领导小组"'),
            (f"{ns}memberName", '"甲"'),
            (f"{ns}member", "<urn:person/甲>"),
        ],
        "<urn:person/甲>": [(f"{rdf}type", f"<{ns}Official>"), (f"{skos}prefLabel", f'"{escaped}"@zh')],
        f"<{source}>": [
            (f"{rdf}type", f"<{ns}Source>"),
            ("https://schema.org/name", '"甲.txt"'),
            (f"{ns}sha256", '"00"'),
            (f"{ns}encoding", '"utf-8"'),
        ],
    }
    return Graph(Store.of(f"{s} <{p}> {o} <{source}> ." for s, pairs in said.items() for p, o in pairs))


# Neo4j

TYPES: dict[str, Callable[[str], object]] = {
    "string": str,
    "double": float,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
    "string[]": lambda text: text.split(";"),
}


def imported(path: Path) -> list[dict[str, Any]]:
    """The rows as neo4j-admin reads them: a header of ``name:type``, an empty cell is no property, no line in a cell."""
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    assert len(rows) == text.count("\n"), "the importer takes a line for a row"
    header = rows[0]
    assert len(set(header)) == len(header)
    read = []
    for row in rows[1:]:
        assert len(row) == len(header)
        found: dict[str, Any] = {}
        for column, cell in zip(header, row, strict=True):
            name, colon, kind = column.partition(":")
            if colon and kind in ("ID", "START_ID", "END_ID", "LABEL", "TYPE"):
                found[kind] = cell
            elif cell:
                found[name] = TYPES[kind](cell) if colon else cell
        read.append(found)
    return read


def test_neo4j_reads_the_same_network(exported: Path, demo_graph: Any) -> None:
    nodes, ties = (imported(exported / "neo4j" / f"{name}.csv") for name in ("nodes", "relationships"))
    network = demo_graph.network()
    assert [node["ID"] for node in nodes] == list(network)
    assert {(tie["START_ID"], tie["END_ID"], tie["iri"]) for tie in ties} == set(network.edges(keys=True))
    assert {node["ID"]: node["LABEL"] for node in nodes} == dict(network.nodes(data="type"))
    assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", tie["TYPE"]) for tie in ties)
    assert all(re.fullmatch(r"[A-Za-z]+", node["LABEL"]) for node in nodes)
    assert all(tie.get("quote") for tie in ties if tie["TYPE"] == "MEMBER_OF")


def test_neo4j_gets_dates_and_numbers(exported: Path, demo_graph: Any) -> None:
    nodes = {node["ID"]: node for node in imported(exported / "neo4j" / "nodes.csv")}
    for fact in demo_graph.facts(full=True):
        if fact["kind"] == "deadline" and "on" in fact:
            node = nodes[fact["fact"]]
            assert node["on"] == fact["on"]
            assert node.get("on_day") == (date.fromisoformat(fact["on"]) if fact["on"].count("-") == 2 else None)
        if fact["kind"] == "fund" and "amount" in fact:
            assert nodes[fact["fact"]]["amount"] == fact["amount"]


def test_a_line_break_is_no_new_row(tmp_path: Path) -> None:
    _with_label('甲\n"乙";丙\\u2028丁').export(tmp_path, "neo4j")
    (node,) = [n for n in imported(tmp_path / "neo4j" / "nodes.csv") if n["ID"].endswith("/甲")]
    assert node["label"] == '甲 "乙";丙 丁'


@pytest.mark.parametrize(
    ("properties", "type_"),
    [
        ({"kind": "appointment", "action": "任", "label": "任局长"}, "APPOINTED_TO"),
        ({"kind": "appointment", "action": "免", "label": "免局长"}, "REMOVED_FROM"),
        ({"kind": "fund", "label": "出资"}, "PAYS"),
        ({"kind": "duty", "label": "出资"}, "ANSWERS_FOR"),
        ({"kind": "section", "label": "属于"}, "PART_OF"),
    ],
)
def test_a_relationship_has_a_type_that_can_be_asked_for(properties: dict[str, str], type_: str) -> None:
    assert relationship_type(properties) == type_


def test_every_kind_of_tie_has_a_type_of_its_own_words(exported: Path) -> None:
    ties = imported(exported / "neo4j" / "relationships.csv")
    assert not [tie for tie in ties if tie["TYPE"] == tie["kind"].upper() and tie["TYPE"] not in ("CITES", "NORM")]


def test_no_property_of_a_node_or_an_edge_hides_another() -> None:
    assert {"label", "quote", "spans", "source", "rule"} <= NODE.keys() & EDGE.keys()
    assert EDGE.keys() <= NODE.keys()
