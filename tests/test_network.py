"""Every statement of a store stands in the network, as an edge or as a node with edges of its own."""

from __future__ import annotations

from typing import Any

import networkx
import pytest
from invented import GROUP, ISSUE, LINES, NOTICE, PLAN, reading

from kg.model import EntityType
from kg.network import network
from kg.query import facts
from kg.rdf import BASE, derived, quads
from kg.store import Store

STATEMENTS = {"fund": "Fund", "deadline": "Deadline", "target": "Target", "contact": "ContactPoint"}


def stored(**options: Any) -> Store:
    whole = reading(**options)
    return Store.of([*quads(whole), *derived(whole)])


@pytest.fixture(scope="module")
def graph() -> networkx.MultiDiGraph:
    return network(stored())


def ties(graph: networkx.MultiDiGraph, kind: str) -> set[tuple[str, str, str]]:
    """The edges of a kind of fact, by labels."""
    label = graph.nodes(data="label")
    return {
        (label[tail], data["label"], label[head]) for tail, head, data in graph.edges(data=True) if data["kind"] == kind
    }


TITLE = "栖云区人民政府关于印发湿地修复实施方案的通知"
GOVERNMENT, WATER, FINANCE = "栖云区人民政府", "栖云区水务局", "栖云区财政局"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "issue",
            {
                (GOVERNMENT, "主管", "栖云区人民政府公报2031年第2期"),
                ("栖云区人民政府办公室", "主办", "栖云区人民政府公报2031年第2期"),
                ("栖云区人民政府公报编辑部", "编辑出版", "栖云区人民政府公报2031年第2期"),
            },
        ),
        (
            "document",
            {
                (GOVERNMENT, "发文", TITLE),
                (WATER, "发文", TITLE),
                (TITLE, "主送", "各乡镇人民政府"),
                (TITLE, "主送", "区政府各部门"),
                (TITLE, "主送", "有关单位"),
                (PLAN, "附于", TITLE),
            },
        ),
        ("post", {("岑望舒", "局长", WATER), ("闻一苇", "任职", TITLE)}),
        ("appointment", {("闻一苇", "任副局长", FINANCE), ("岑望舒", "免副局长", FINANCE)}),
        ("member", {("岑望舒", "组长", GROUP), ("区财政局分管负责人", "成员", GROUP)}),
        ("seat", {(GROUP, "办公室设在", WATER)}),
        ("stand_in", {("岑望舒", "AB角", "闻一苇")}),
        (
            "duty",
            {(WATER, "牵头", "（一） 任务"), (FINANCE, "配合", "（一） 任务"), ("起草部门", "负责", "（一） 任务")},
        ),
        ("norm", {(FINANCE, "不得", TITLE)}),
        ("section", {("（一） 任务", "属于", "一 总则"), ("一 总则", "属于", TITLE)}),
        (
            "fund",
            {
                (FINANCE, "出资", "≥1250万元"),
                ("≥1250万元", "拨付", WATER),
                *((label, "见于", TITLE) for label in ("≥1250万元", "0.5元", "约80%")),
            },
        ),
        (
            "deadline",
            {
                (WATER, "限期", "2031"),
                *(
                    (label, "见于", TITLE)
                    for label in ("2031", "2031-06", "2031-05-01—2031-09-30", "每月", "P20BD", "P6M")
                ),
            },
        ),
        (
            "target",
            {(WATER, "目标", "湿地保护率 ≥62.5%"), *((t, "见于", TITLE) for t in ("湿地保护率 ≥62.5%", "巡护员 <0"))},
        ),
        (
            "cites",
            {
                (TITLE, "根据", "湿地保护办法"),
                (TITLE, "引用", "无名之法"),
                ("栖云区人民政府公报2031年第2期", "目录", TITLE),
            },
        ),
        ("event", {(GOVERNMENT, "表彰", WATER), ("审计", "审计", TITLE)}),
        ("part", {("栖云区湿地管护站", "隶属", WATER)}),
        (
            "contact",
            {
                ("闻一苇", "联系人", "000-0007"),
                ("栖云区人民政府公报编辑部", "联系方式", "000-0007"),
                ("000-0007", "见于", "栖云区人民政府公报2031年第2期"),
            },
        ),
    ],
)
def test_a_kind_of_fact_ties(graph: networkx.MultiDiGraph, kind: str, expected: set[tuple[str, str, str]]) -> None:
    assert ties(graph, kind) == expected


def test_no_statement_is_left_out(graph: networkx.MultiDiGraph) -> None:
    keys = {key.partition("#")[0] for *_, key in graph.edges(keys=True)}
    assert {fact["fact"] for fact in facts(stored(), full=True)} <= keys | set(graph)


def test_no_statement_is_left_out_where_nothing_is_known() -> None:
    store = stored(known={}, papers={})
    graph = network(store)
    keys = {key.partition("#")[0] for *_, key in graph.edges(keys=True)}
    assert {fact["fact"] for fact in facts(store, full=True)} <= keys | set(graph)
    types = {data["type"] for _, data in graph.nodes(data=True)}
    assert types <= {*STATEMENTS.values(), "Event", "Name", "Section", "OfficialDocument", "GazetteIssue"}


def test_a_node_says_what_it_is(graph: networkx.MultiDiGraph) -> None:
    known = {*EntityType, *STATEMENTS.values(), "Event", "Name", "Section"}
    for node, data in graph.nodes(data=True):
        assert isinstance(node, str)
        assert data["label"]
        assert data["type"] in known
        assert data["docs"] == tuple(sorted({*data["docs"]}))
        assert set(data["docs"]) <= {NOTICE, ISSUE}
    water = graph.nodes[f"{BASE}agency/栖云区/{WATER}"]
    assert (water["type"], water["label"], water["names"]) == ("Agency", WATER, ("区水务局",))
    assert graph.nodes[f"{BASE}person/栖云区/闻一苇"]["docs"] == (ISSUE, NOTICE)


def test_an_edge_says_what_its_fact_says(graph: networkx.MultiDiGraph) -> None:
    told = {fact["fact"]: fact for fact in facts(stored(), full=True)}
    for *_, key, data in graph.edges(keys=True, data=True):
        if data["kind"] == "section":
            continue
        fact = told[key.partition("#")[0]]
        assert {name: data[name] for name in ("kind", "doc", "quote", "source", "rule")} == {
            name: fact[name] for name in ("kind", "doc", "quote", "source", "rule")
        }
        assert all(isinstance(value, str) for value in data["fields"].values())
        assert set(data["fields"]) <= set(fact)
        assert data["spans"] == " ".join(f"{start}-{end}" for start, end in fact["spans"])


def test_a_statement_that_is_a_node_says_what_its_fact_says(graph: networkx.MultiDiGraph) -> None:
    nodes = [data for _, data in graph.nodes(data=True) if data.get("kind") in STATEMENTS]
    assert len(nodes) == sum(line["kind"] in STATEMENTS for line in LINES)
    for data in nodes:
        assert data["type"] == STATEMENTS[data["kind"]]
        assert data["quote"]
        assert data["fields"]


def test_a_long_label_is_cut_before_its_number() -> None:
    line = {**next(line for line in LINES if line["kind"] == "target"), "subject": "很长的指标" * 9}
    (label,) = [d["label"] for _, d in network(stored(lines=[line])).nodes(data=True) if d["type"] == "Target"]
    assert len(label) <= 24
    assert label.endswith("… ≥62.5%")


def test_the_same_store_gives_the_same_order() -> None:
    first, second = network(stored()), network(stored())
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


def test_an_empty_store_is_an_empty_network() -> None:
    assert len(network(Store.of([]))) == 0
