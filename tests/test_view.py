"""The network page and the report: what they hold, what they refuse, and that they are the same twice."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import networkx
import pytest
from networks import BASE, NOTICE, PLAN, hostile, iri, sample

from kg.errors import KgError
from kg.model import FACT_KINDS, Leftover, Span
from kg.view import page, report, select
from kg.view.inline import asset, hashed, json_text, visible, words
from kg.view.page import MOST, SCRIPTS
from kg.view.phrases import money, when
from kg.view.ties import _cut_off, bridges, circles, parties, ways
from kg.view.zones import homes

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "end of style": "</style><img src=x>",
    "comment": "<!--<script>",
    "handler": '<img src=x onerror="alert(1)">',
    "attribute": "\"><svg onload=alert(1)> ' onmouseover='alert(1)",
    "address": "javascript:alert(1)",
    "template": "{{ 7*7 }}{% for x in y %}",
    "separators": "一\u2028二\u2029三",
    "bidi": "区财政局\u202e局政财区\u2066",
    "controls": "一\x00二\x1b[31m三\u200b",
    "surrogate": "一\ud800二",
    "long": "长" * 10_000,
    "empty": "",
}

FACTS: list[dict[str, Any]] = [
    {"doc": "issue", "kind": "issue", "title": "霞川区人民政府公报", "number": "2031年第1期", "quote": "2031年第1期"},
    {
        "doc": NOTICE,
        "kind": "document",
        "number": NOTICE,
        "title": "霞川区人民政府办公室关于领导班子成员分工的通知",
        "type": "通知",
        "date": "2031-02-03",
        "issuer": ["霞川区人民政府办公室"],
        "quote": "关于领导班子成员分工的通知",
    },
    {"doc": NOTICE, "kind": "document", "title": "分工方案", "part_of": NOTICE, "quote": "分工方案"},
    {"doc": NOTICE, "kind": "duty", "agent": "万晓舟", "matter": "水务", "quote": "万晓舟同志分管水务"},
    {"doc": NOTICE, "kind": "deadline", "on": "2031", "task": "后完成", "quote": "年内"},
    {
        "doc": NOTICE,
        "kind": "deadline",
        "on": "2031-06-30",
        "task": "先完成",
        "quote": "6月30日前",
        "spans": [[10, 17], [30, 32]],
        "source": "霞川公报.txt",
    },
    {"doc": NOTICE, "kind": "fund", "amount": 12000000, "comparator": ">=", "purpose": "疏浚", "quote": "1200万元"},
    {
        "doc": NOTICE,
        "kind": "appointment",
        "person": "蓝一苇",
        "action": "任",
        "org": "区水务局",
        "title": "局长",
        "quote": "任",
    },
]
LEFT = [Leftover("金额未成事实", "约3亿元", Span(3, 7)), Leftover("日期未成事实", "年底")]


def data_of(html: str) -> Any:
    """The data that the page carries."""
    (text,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)
    return json.loads(text)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.text += data

    def names(self) -> list[str]:
        return [tag for tag, _ in self.found]


# ---- the page ---------------------------------------------------------------------------------------------------------


def test_all_nodes_and_edges_are_there() -> None:
    graph = sample()
    data = data_of(page(graph, title="霞川"))
    assert {thing["iri"] for thing in data["things"]} == set(graph)
    assert [node["id"] for node in data["nodes"]] == list(range(len(graph)))
    ends = sorted((data["things"][e["from"]]["iri"], data["things"][e["to"]]["iri"], e["iri"]) for e in data["edges"])
    assert ends == sorted(graph.edges(keys=True))
    assert all(edge["arrows"] == "to" for edge in data["edges"])


def test_a_fact_with_two_edges_is_held_once() -> None:
    data = data_of(page(sample(), title=""))
    # They differ in their spans here, because the sample counts edges; the same words at the same place are one fact.
    graph = sample()
    for _, _, edge in graph.edges(data=True):
        if edge["kind"] == "fund":
            edge["spans"] = "1-2"
    assert len(data_of(page(graph, title=""))["facts"]) == len(data["facts"]) - 1


def test_the_same_graph_gives_the_same_bytes() -> None:
    graph = sample()
    turned = networkx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert page(graph, title="霞川") == page(graph, title="霞川") == page(turned, title="霞川")


def test_the_graph_is_left_as_it_was() -> None:
    graph = sample()
    page(graph, title="")
    assert networkx.utils.graphs_equal(graph, sample())


def test_nothing_is_asked_of_a_network() -> None:
    for html in (page(sample(), title="霞川"), report(FACTS, LEFT, sample())):
        for _, attributes in Elements(html).found:
            for name in ("src", "href", "action", "data", "poster", "srcset"):
                assert not re.match(r"\s*(?:\w+:)?//", attributes.get(name) or ""), attributes
        own = html.replace(vis_network(), "")
        assert not re.search(
            r"@import|url\(\s*['\"]?(?!data:)|sourceMappingURL|\bfetch\(|XMLHttpRequest|WebSocket", own
        )


def vis_network() -> str:
    scripts: list[str] = re.findall(r"<script>(.*?)</script>", page(sample(), title=""), re.S)
    return max(scripts, key=len)


def test_the_policy_lets_only_the_own_scripts_and_styles_run() -> None:
    html = page(sample(), title="霞川")
    (rules,) = [a["content"] for tag, a in Elements(html).found if a.get("http-equiv") == "Content-Security-Policy"]
    assert rules is not None
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert len(scripts) == 2
    assert all(hashed(text) in rules for text in [*scripts, style])
    assert "default-src 'none'" in rules
    assert "unsafe" not in rules
    assert "\r" not in html  # an HTML parser would change it, and the hash with it


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_never_becomes_markup(text: str) -> None:
    html = page(hostile(text), title=text)
    plain = page(hostile("甲"), title="甲")
    assert Elements(html).names() == Elements(plain).names()
    assert html.count("<script") == plain.count("<script")
    (data,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)
    assert not re.search("[<>&\u2028\u2029]", data)
    html.encode()  # no half of a surrogate pair is left
    if text:
        assert data_of(html)["facts"][0]["quote"] == visible(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_never_becomes_markup_in_the_report(text: str) -> None:
    def made(word: str) -> str:
        facts = [{n: w if n in ("kind", "amount") else word for n, w in fact.items()} for fact in FACTS]
        return report(facts, [Leftover(word, word, Span(1, 2))], hostile(word), files=["network.html"])

    if text:
        found, plain = Elements(made(text)), Elements(made("甲"))
        assert found.names() == plain.names()
        assert visible(text) in found.text.replace("\r", "")
        assert not any(name.startswith("on") for _, attributes in found.found for name in attributes)
        made(text).encode()


def test_labels_are_cut_and_the_whole_is_kept() -> None:
    data = data_of(page(hostile("长" * 10_000), title=""))
    assert len(data["nodes"][0]["label"]) < 60
    assert data["nodes"][0]["label"].endswith("…")
    assert data["things"][0]["label"] == "长" * 10_000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("区财政局", "区财政局"),
        ("一\n二\t三", "一\n二\t三"),
        ("一\r\n二", "一\n二"),
        ("一\u202e二", "一[U+202E]二"),
        ("一\u200b二", "一[U+200B]二"),
        ("\x00", "[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("𠮷", "𠮷"),
    ],
)
def test_what_misleads_the_eye_is_shown_by_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_json_in_a_page_reads_back_as_it_was() -> None:
    value = {"<": ["&", "\u2028", "</script>", 1, None, True]}
    assert json.loads(json_text(value)) == value


def test_an_empty_graph_is_a_page_too() -> None:
    data = data_of(page(networkx.MultiDiGraph(), title="空"))
    assert data["nodes"] == data["edges"] == []


def test_unknown_types_and_missing_attributes_are_drawn() -> None:
    graph = networkx.MultiDiGraph()
    graph.add_node("a")
    graph.add_node("b", label="乙", type="Dragon")
    graph.add_edge("a", "b")
    data = data_of(page(graph, title=""))
    assert [node["group"] for node in data["nodes"]] == ["", ""]
    assert [thing["label"] for thing in data["things"]] == ["a", "乙"]


def overlapping(data: Any, upright: bool) -> list[tuple[str, str]]:
    """The labels of things whose room is that of another."""
    boxes = []
    for node in data["nodes"]:
        x, y = node["upright"] if upright else (node["x"], node["y"])
        width, height = node["room"]
        boxes.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2, node["label"]))
    boxes.sort()
    return [
        (a[4], b[4])
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if b[0] < a[2] - 0.2 and b[1] < a[3] - 0.2 and b[3] > a[1] + 0.2
    ]


@pytest.mark.parametrize("upright", [False, True], ids=["wide", "upright"])
def test_no_two_things_lie_on_one_another(demo_graph: Any, upright: bool) -> None:
    for graph in (sample(), large(), demo_graph.network(), hostile("长" * 10_000)):
        assert overlapping(data_of(page(graph, title="")), upright) == []


def test_people_stand_with_their_agency_and_others_with_their_body() -> None:
    graph = sample()
    order = {node: number for number, node in enumerate(graph)}
    assert homes(graph, order) == {
        iri("person/万晓舟"): iri("agency/区水务局"),
        iri("holder/区财政局主要负责人"): iri("body/河道整治领导小组"),
    }


def test_what_is_not_shown_is_stood_for_by_its_place_in_a_document() -> None:
    data = data_of(page(sample(), title=""))
    numbers = {thing["label"]: number for number, thing in enumerate(data["things"])}
    plan = numbers["霞川区人民政府关于印发河道整治方案的通知"]
    assert data["things"][numbers["疏浚河道"]]["up"] == plan
    assert data["things"][numbers["1200万元"]]["up"] == plan
    assert "up" not in data["things"][numbers["区水务局"]]


def test_documents_stand_left_of_agencies_and_deadlines_right() -> None:
    places = {node["label"]: node["x"] for node in data_of(page(sample(), title=""))["nodes"]}
    document = next(x for label, x in places.items() if label.startswith(NOTICE))
    assert document < places["区水务局"] < places["2031-06-30"]


def test_the_regions_have_names_in_both_languages(demo_graph: Any) -> None:
    data = data_of(page(demo_graph.network(), title=""))
    for layout in data["regions"]:
        assert {region[0] for region in layout} <= set(data["words"]["zones"])


def test_a_larger_graph_is_cut_to_its_best_connected_and_says_so() -> None:
    graph = networkx.MultiDiGraph()
    for number in range(2 * MOST):
        graph.add_edge(f"{BASE}agency/中心", f"{BASE}agency/{number}", key=str(number), kind="part")
    data = data_of(page(graph, title=""))
    assert len(data["nodes"]) == data["most"] == MOST
    assert data["whole"] == 2 * MOST + 1
    assert f"{BASE}agency/中心" in {thing["iri"] for thing in data["things"]}


def test_a_fact_has_the_day_it_speaks_of_else_that_of_its_document() -> None:
    graph = sample()
    graph.nodes[iri(f"document/{NOTICE}")]["fields"]["date"] = "2031-02-03"
    facts = data_of(page(graph, title=""))["facts"]
    assert {fact["day"] for fact in facts if fact["kind"] == "duty" and fact["doc"] == NOTICE} == {"2031-02-03"}
    assert {fact["day"] for fact in facts if fact["kind"] == "deadline"} == {"2031-06-30"}
    assert not any("day" in fact for fact in facts if fact["kind"] == "fund")


def test_no_two_types_look_alike_on_grey_paper() -> None:
    types = words()["types"]
    looks = [(look["shape"], look.get("hollow", False)) for look in types.values()]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize(("theme", "grounds"), [("color", ("#fbfaf7", "#ffffff")), ("dark", ("#14181f", "#1b212a"))])
def test_every_mark_and_stroke_stands_out_from_its_ground(theme: str, grounds: tuple[str, str]) -> None:
    # WCAG 2.2, 1.4.11 asks for 3 to 1; badges write in the same colours, and 1.4.3 asks for 4.5.
    for look in (*words()["types"].values(), *words()["kinds"].values()):
        assert all(contrast(look[theme], ground) >= 4.5 for ground in grounds), look


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def large() -> networkx.MultiDiGraph:
    """Six hundred nodes in twelve documents, a tenth of them in two."""
    graph = networkx.MultiDiGraph()
    for number in range(600):
        doc = number % 12
        graph.add_node(f"{BASE}agency/{number}", label=f"第{number}局", type="Agency")
        graph.add_node(f"{BASE}document/第{doc}号", label=f"第{doc}号", type="OfficialDocument")
        for other in (doc, (doc + 1) % 12)[: 2 if number % 10 == 0 else 1]:
            ends = (f"{BASE}agency/{number}", f"{BASE}document/第{other}号")
            graph.add_edge(*ends, key=f"{number}-{other}", kind="duty", label="负责", doc=f"第{other}号", quote="甲")
    return graph


# ---- a part of the graph ----------------------------------------------------------------------------------------------


def labels(graph: networkx.MultiDiGraph) -> set[str]:
    return {label for _, label in graph.nodes(data="label")}


@pytest.mark.parametrize("wanted", [NOTICE, "霞川府办发(2031)7号", "霞川府办发[2031] 7号", "7号", "分工的通知"])
def test_select_a_document(wanted: str) -> None:
    part = select(sample(), document=wanted)
    assert {"万晓舟", "蓝一苇", "区水务局"} <= labels(part)
    assert "区财政局" not in labels(part)
    own = iri(f"document/{NOTICE}")
    assert all(doc == NOTICE or own in (a, b) for a, b, doc in part.edges(data="doc"))


def test_select_a_kind() -> None:
    part = select(sample(), kind="fund")
    assert labels(part) == {"区财政局", "1200万元", "区水务局"}
    assert part.number_of_edges() == 2


def test_select_a_name_with_what_surrounds_it() -> None:
    part = select(sample(), about="蓝一苇")
    assert labels(part) == {"蓝一苇", "万晓舟", "霞川区人民政府办公室关于领导班子成员分工的通知"}
    assert part.number_of_edges() == 3 + 1 + 2


def test_select_by_another_name_goes_through_a_fund() -> None:
    assert "区财政局" in labels(select(sample(), about="霞川区水务局"))


def test_select_a_name_does_not_go_through_a_document() -> None:
    assert "蓝一苇" not in labels(select(sample(), about="霞川区人民政府公报"))


def test_selections_combine() -> None:
    part = select(sample(), document=PLAN, about="万晓舟", kind="member")
    assert labels(part) == {"万晓舟", "河道整治领导小组"}


def test_select_nothing_gives_all() -> None:
    assert networkx.utils.graphs_equal(select(sample()), sample())


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"document": "8号"}, "公文"),
        ({"about": "郝无名"}, "名称"),
        ({"kind": "dragon"}, "事实类别"),
        ({"about": " "}, "名称"),
    ],
)
def test_select_says_what_there_is(asked: dict[str, str], answer: str) -> None:
    with pytest.raises(KgError, match=answer):
        select(sample(), **asked)


# ---- the report -------------------------------------------------------------------------------------------------------


def test_the_report_says_what_was_found() -> None:
    text = re.sub(r"\s+", " ", Elements(report(FACTS, LEFT, sample())).text)
    for said in (
        "霞川区人民政府公报 2031年第1期",
        f"{NOTICE} 霞川区人民政府办公室关于领导班子成员分工的通知 通知 2031-02-03 霞川区人民政府办公室 公文 2",
        f"随 {NOTICE}",
        "公报本身",
        "不少于1200万元",
        "霞川公报.txt 10–17、30–32",
        "蓝一苇",
        "区水务局局长",
        "金额未成事实 1",
        "约3亿元 3–7",
        "与图中",
    ):
        assert said in text
    assert text.index("先完成") < text.index("后完成")


def test_the_report_links_to_the_files() -> None:
    found = Elements(report(FACTS, LEFT, sample(), files=["network.html", "javascript:alert(1)"])).found
    links = [attributes["href"] for tag, attributes in found if tag == "a"]
    outside = [link for link in links if link and not link.startswith(("#", "network.html#"))]
    assert outside == ["network.html", "javascript%3Aalert%281%29"]


def test_the_report_is_the_same_twice_and_runs_its_own_script_alone() -> None:
    html = report(FACTS, LEFT, sample())
    assert html == report(FACTS, LEFT, sample())
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    (rules,) = [a["content"] for _, a in Elements(html).found if a.get("http-equiv") == "Content-Security-Policy"]
    assert f"script-src {hashed(script)};" in str(rules)
    assert " style=" not in html  # the policy would refuse it


def test_the_report_leads_to_the_sentence_and_into_the_network() -> None:
    facts = [{**fact, "graph": "https://w3id.org/gongbao/id/source/0123456789abcdef"} for fact in FACTS]
    links = [a["href"] for tag, a in Elements(report(facts, LEFT, sample(), evidence="evidence")).found if tag == "a"]
    assert "evidence/0123456789abcdef.html#s10-17" in links
    assert "evidence/0123456789abcdef.html" in links
    assert f"network.html#node={quote(iri('agency/区水务局'), safe='')}" in links
    without = [a["href"] for tag, a in Elements(report(facts, LEFT, sample())).found if tag == "a"]
    assert not any("evidence" in str(link) for link in without)


def test_sums_stated_as_a_whole_are_added_up_and_rates_are_not() -> None:
    funds = [
        {"doc": NOTICE, "kind": "fund", "amount": 10000, "quote": "1万元"},
        {"doc": NOTICE, "kind": "fund", "amount": 25000, "quote": "2.5万元"},
        {"doc": NOTICE, "kind": "fund", "amount": 900, "per": "每人", "quote": "每人900元"},
        {"doc": NOTICE, "kind": "fund", "share": 0.8, "quote": "80%"},
    ]
    text = re.sub(r"\s+", " ", Elements(report(funds, [], sample())).text)
    assert "总额 2 笔，相加 3.5万元" in text


# ---- who holds it together --------------------------------------------------------------------------------------------


def star() -> networkx.MultiDiGraph:
    """Two groups of five who all know one another, and 桥 alone between them, with one who knows 桥 alone."""
    graph = networkx.MultiDiGraph()
    for name in [*"甲乙丙丁戊", *"子丑寅卯辰", "桥", "末"]:
        graph.add_node(name, label=name, type="Agency")
    for group in ("甲乙丙丁戊", "子丑寅卯辰"):
        for a in group:
            for b in group:
                if a < b:
                    graph.add_edge(a, b, kind="part")
    for other in "甲子末":
        graph.add_edge("桥", other, kind="part")
    return graph


def test_who_stands_between_others_is_named_with_the_share_of_ways() -> None:
    rows = ways(star(), *parties(star()))
    assert rows[0]["label"] == "桥"
    # 35 of the 55 pairs of others lie on two sides of it: five by five, and one by ten.
    assert rows[0]["share"] == f"{100 * 35 / 55:.1f}"


def test_circles_are_those_who_know_one_another() -> None:
    found = [{member["label"] for member in row["members"]} for row in circles(star(), *parties(star()))]
    assert any(set("甲乙丙丁戊") <= circle for circle in found)
    assert any(set("子丑寅卯辰") <= circle for circle in found)


def test_a_bridge_is_named_with_those_it_ties_in() -> None:
    rows = bridges(star(), *parties(star()))
    assert rows[0]["label"] == "桥"
    assert rows[0]["number"] == 6
    assert {member["label"] for member in rows[0]["members"]} in ({*"甲乙丙丁戊末"}, {*"子丑寅卯辰末"})


def test_parties_that_answer_for_one_section_are_tied_and_a_crowd_is_not() -> None:
    graph = networkx.MultiDiGraph()
    for number in range(45):
        graph.add_node(f"a{number:02}", label=str(number), type="Agency")
        graph.add_edge(f"a{number:02}", "crowd" if number > 2 else "few", kind="duty")
    for section in ("few", "crowd"):
        graph.nodes[section]["type"] = "Section"
    plain, named = parties(graph)
    assert sorted(plain.edges()) == [(0, 1), (0, 2), (1, 2)]
    assert len(named) == 45


@pytest.mark.parametrize("seed", ["1", "7"])
def test_ties_are_the_same_whatever_the_order_of_sets(demo_graph: Any, seed: str) -> None:
    graph = demo_graph.network()
    code = (
        "import pickle, sys; from kg.view.ties import *; graph = pickle.load(sys.stdin.buffer); found = parties(graph);"
        "print([f(graph, *found) for f in (ways, circles, bridges)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(graph),
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    found = parties(graph)
    assert done.stdout.decode().strip() == str([f(graph, *found) for f in (ways, circles, bridges)])


def test_a_report_on_nothing() -> None:
    assert "没有读到时限" in report([], [], networkx.MultiDiGraph())


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"on": "2031-06-30"}, "2031-06-30"),
        ({"start": "2031-01", "end": "2031-03"}, "2031-01 至 2031-03"),
        ({"end": "2031-03"}, "至 2031-03"),
        ({"every": "FREQ=MONTHLY;BYMONTHDAY=25"}, "每月25日"),
        ({"every": "FREQ=MONTHLY;INTERVAL=3"}, "每3个月"),
        ({"every": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"}, "每年6、12月15日"),
        ({"every": "FREQ=YEARLY;UNTIL=20331231"}, "每年，至2033-12-31"),
        ({"every": "FREQ=WEEKLY;BYDAY=MO"}, "FREQ=WEEKLY;BYDAY=MO"),
        ({"within": "P20BD", "after": "受理之日"}, "自受理之日起20个工作日内"),
        ({"within": "P1Y6M"}, "1年6个月内"),
        ({"within": "soon"}, "soon"),
        ({}, ""),
    ],
)
def test_when(fact: dict[str, str], said: str) -> None:
    assert when(fact) == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"amount": 10000}, "1万元"),
        ({"amount": 12345.5, "comparator": "="}, "1.23455万元"),
        ({"amount": 190000000, "comparator": "~"}, "约1.9亿元"),
        ({"amount": 500, "per": "每人"}, "每人500元"),
        ({"share": 0.8, "comparator": ">="}, "不少于80%"),
        ({"share": Decimal("0.125")}, "12.5%"),
        ({}, ""),
    ],
)
def test_money(fact: dict[str, Any], said: str) -> None:
    assert money(fact) == said


def test_the_words_name_every_field_of_every_kind() -> None:
    known = words()
    assert set(FACT_KINDS) <= set(known["kinds"])
    for kind in FACT_KINDS.values():
        own = {f for f in kind.__dataclass_fields__ if f not in ("evidence",)}
        assert own <= set(known["fields"])


def test_every_word_of_the_scripts_is_there_and_every_word_there_is_said() -> None:
    text = "".join(
        map(
            asset,
            (
                *SCRIPTS,
                "evidence.js",
                "report.js",
                *(f"{page}.html.template" for page in ("network", "tools", "stage", "evidence")),
            ),
        )
    )
    text += files("kg.serve").joinpath("static", "explore.js").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:say\(|data-(?:text|label|placeholder)=)"(\w+)"', text))
    own = set(words()["ui"])
    assert used <= own
    # Those of the days are put together out of their state.
    said = {word for word in own if f'"{word}"' in text or f"{word}:" in text or word.startswith("due_")}
    assert own - said <= {"noScript"}


def test_what_somebody_would_cut_off_is_counted_as_if_he_were_taken_away() -> None:
    for seed in range(60):
        graph = networkx.gnm_random_graph(4 + seed % 30, 3 + seed % 40, seed=seed)
        for whole in networkx.connected_components(graph):
            part = graph.subgraph(whole).copy()
            expected = {}
            for joint in networkx.articulation_points(part):
                rest = sorted(map(len, networkx.connected_components(part.subgraph(whole - {joint}))))
                expected[joint] = sum(rest[:-1])
            assert _cut_off(part) == expected
