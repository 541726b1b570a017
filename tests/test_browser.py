"""The network page in a real Chromium without a network: every control does what it says, and nothing is asked for."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import networkx
import pytest
from networks import NOTICE, hostile, sample
from screen import HOSTILE, NARROW, WIDE, Show

from kg.view import page

DOCUMENT = "霞川区人民政府办公室关于领导班子成员分工的通知"
PLAN = "霞川区人民政府关于印发河道整治方案的通知"


@pytest.fixture(scope="module")
def network_page() -> str:
    graph = sample()
    for node, data in graph.nodes(data=True):
        if data["type"] == "OfficialDocument":
            data["fields"] = {**data.get("fields", {}), "date": "2031-02-03" if NOTICE in node else "2031-01-20"}
    for _, _, data in graph.edges(data=True):
        data["graph"] = "https://w3id.org/gongbao/id/source/0123456789abcdef"
    return page(graph, title="霞川区人民政府公报", evidence="evidence", report="report.html")


@pytest.fixture(scope="module")
def demo_page(demo_graph: Any) -> str:
    return page(demo_graph.network(), title="青汀区人民政府公报", evidence="evidence", report="report.html")


# ---- the picture ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_all_is_drawn(show: Show, network_page: str, size: tuple[int, int], dark: bool) -> None:
    screen = show(network_page, size, dark=dark)
    assert screen.run("return kgView.shown.nodes.filter(Boolean).length") == sample().number_of_nodes()
    lines = screen.run("return kgView.shown.lines.flatMap(line => line.edges).length")
    assert lines == sample().number_of_edges()
    assert screen.run("return kgView.network.body.edgeIndices.length") == screen.run("return kgView.shown.lines.length")
    assert screen.colours() > 50
    assert screen.run("return document.documentElement.scrollWidth <= innerWidth")


def test_the_whole_picture_is_in_view_on_opening_and_does_not_move(show: Show, demo_page: str) -> None:
    screen = show(demo_page)
    places = "kgView.network.getPositions()"
    before = screen.run(f"return {places}")
    assert screen.run(
        "const box = document.getElementById('network').getBoundingClientRect();"
        "return kgView.drawing.boxes().every(([x0, y0, x1, y1]) => {"
        "  const [a, b] = [kgView.network.canvasToDOM({x: x0, y: y0}), kgView.network.canvasToDOM({x: x1, y: y1})];"
        "  return a.x >= 0 && a.y >= 0 && b.x <= box.width && b.y <= box.height; })"
    )
    assert not screen.run("return kgView.network.physics.physicsEnabled")
    screen.run("return new Promise(done => setTimeout(done, 400))")
    assert screen.run(f"return {places}") == before


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_label_stands_on_another_as_measured_by_the_browser(
    show: Show, demo_page: str, size: tuple[int, int]
) -> None:
    screen = show(demo_page, size)
    overlaps = screen.run(
        "const boxes = kgView.drawing.boxes(); const found = [];"
        "boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {"
        "  if (a[0] < b[2] - 1 && b[0] < a[2] - 1 && a[1] < b[3] - 1 && b[1] < a[3] - 1) found.push([a, b]); }));"
        "return found"
    )
    assert overlaps == []


def test_at_rest_facts_that_crowd_stand_for_their_document(show: Show, demo_page: str) -> None:
    screen = show(demo_page)
    hidden = "kgView.data.nodes.filter(n => !kgView.shown.nodes[n.id]).map(n => n.group)"
    assert set(screen.run(f"return {hidden}")) == {"Section", "Target", "ContactPoint"}
    assert len(screen.lines()) < screen.run("return kgView.data.edges.length")
    assert any(kind == "duty" and "通知" in to for _, kind, to in screen.lines())


def test_what_has_more_ties_is_larger(show: Show, network_page: str) -> None:
    screen = show(network_page)
    letters = {
        label: screen.run("return kgView.data.nodes[arguments[0]].letter", screen.node(label))
        for label in ("区水务局", "各乡镇人民政府")
    }
    assert letters["区水务局"] > letters["各乡镇人民政府"]


def test_lines_between_the_same_two_lie_apart(show: Show, network_page: str) -> None:
    screen = show(network_page)
    middles = screen.run(
        "return kgView.shown.lines.filter(l => l.kind === 'stand_in').map(l => {"
        "  const p = kgView.network.body.edges[l.id].edgeType.getPoint(0.5);"
        "  return Math.round(p.x) + ' ' + Math.round(p.y); })"
    )
    assert len(middles) == len(set(middles)) == 2


def test_several_facts_between_two_are_one_line_that_says_how_many(show: Show, network_page: str) -> None:
    screen = show(network_page)
    line = screen.run(
        "return kgView.shown.lines.findIndex(l => l.kind === 'duty' && l.edges.length === 3)",
    )
    assert screen.run("return kgView.lineName(kgView.shown.lines[arguments[0]])", line) == "分管×3"
    screen.run("kgView.select('line', kgView.shown.lines[arguments[0]])", line)
    assert screen.run("return document.querySelectorAll('#said .facts li').length") == 3


# ---- legend and filters -----------------------------------------------------------------------------------------------


def test_the_legend_names_types_and_kinds(show: Show, network_page: str) -> None:
    screen = show(network_page)
    for name in ("公文", "机关单位", "议事协调机构", "人员", "资金", "时限", "指标", "公报期次"):
        assert name in screen.text("#types")
    for name in ("职责", "任职", "成员", "办公室设在", "AB角", "引用"):
        assert name in screen.text("#kinds")
    marks = screen.run("return [...document.querySelectorAll('#types svg')].map(svg => svg.innerHTML)")
    assert len(set(marks)) == len(marks) == 11


def test_the_legend_switches_a_type_off_and_on(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    assert not screen.shown("万晓舟")
    assert screen.shown("区水务局")
    assert not any("万晓舟" in line for line in screen.lines())
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    assert screen.shown("万晓舟")


def test_a_section_that_is_switched_off_is_stood_for_by_its_document(show: Show, network_page: str) -> None:
    screen = show(network_page)
    assert ["区水务局", "duty", "疏浚河道"] in screen.lines()
    screen.run("document.querySelector('#types input[data-key=Section]').click()")
    assert ["区水务局", "duty", PLAN] in screen.lines()


def test_one_button_switches_all_types_off_and_on(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.click("#types-all")
    assert not screen.run("return kgView.shown.nodes.some(Boolean)")
    assert screen.text("#nothing") == "筛选之后没有可显示的内容。"
    screen.click("#types-all")
    assert screen.run("return kgView.shown.nodes.every(Boolean)")


def test_a_kind_of_fact_can_be_switched_off(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#kinds input[data-key=fund]').click()")
    assert not screen.shown("1200万元")
    assert not screen.shown("区财政局")  # nothing else is said of it
    assert screen.shown("区水务局")


def test_a_document_can_be_shown_alone(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.choose("#document", NOTICE)
    assert screen.shown("万晓舟")
    assert not screen.shown("区财政局")
    assert screen.run("return kgView.shown.lines.flatMap(line => line.edges).length") == 7


def test_an_agency_can_be_shown_with_what_is_said_of_it(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.choose("#agency", str(screen.node("区财政局")))
    assert {end for a, _, b in screen.lines() for end in (a, b)} == {"区财政局", "1200万元", "区水务局"}


def test_a_role_can_be_shown_alone(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.choose("#role", "牵头")
    lines = screen.lines()
    assert ["区水务局", "duty", "疏浚河道"] in lines
    assert ["疏浚河道", "section", PLAN] in lines  # where the duty stands
    assert not screen.shown("各乡镇人民政府")


def test_the_time_slider_leaves_what_falls_between_its_ends(show: Show, network_page: str) -> None:
    screen = show(network_page)
    days = screen.run("return kgView.graph.days")
    assert days == ["2031-01-20", "2031-02-03", "2031-06-30"]
    screen.choose("#range-to", "1")
    assert not screen.shown("2031-06-30")
    assert screen.run("return document.getElementById('time-to').value") == "2031-02-03"
    screen.choose("#time-from", "2031-02-01")
    assert not any(PLAN in line for line in screen.lines() if line[1] == "duty")
    assert ["万晓舟", "duty", DOCUMENT] in screen.lines()
    screen.click("#reset")
    assert screen.run("return kgView.shown.nodes.every(Boolean)")


# ---- search, neighbourhood, path --------------------------------------------------------------------------------------


def test_the_search_completes_and_cycles(show: Show, network_page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen = show(network_page)
    screen.keys("body", "/")
    assert screen.run("return document.activeElement.id") == "search"
    screen.keys("#search", "财政局")
    assert screen.text("#hits") == "2"
    assert screen.run("return [...document.querySelectorAll('#found li')].map(li => li.textContent)") == [
        "区财政局",
        "区财政局主要负责人",
    ]
    screen.keys("#search", Keys.ENTER)
    assert screen.selected() == "区财政局"
    assert screen.text("#hits") == "1/2"
    assert screen.run("return document.getElementById('search').getAttribute('aria-activedescendant')") == "found-0"
    screen.keys("#search", Keys.ARROW_DOWN)
    assert screen.selected() == "区财政局主要负责人"
    screen.keys("#search", Keys.ENTER)
    assert screen.selected() == "区财政局"
    screen.keys("#search", Keys.ESCAPE)
    assert screen.selected() is None
    assert not screen.visible("#panel")


def test_the_search_knows_other_names_and_says_when_there_is_none(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.keys("#search", "霞川区水务局")
    assert screen.text("#hits") == "1"
    screen.keys("#search", "不存在")
    assert screen.text("#hits") == "没有"


def test_what_is_found_is_shown_though_its_type_was_off(show: Show, network_page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen = show(network_page)
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    screen.keys("#search", "万晓舟", Keys.ENTER)
    assert screen.shown("万晓舟")
    assert not screen.shown("蓝一苇") or ["万晓舟", "stand_in", "蓝一苇"] in screen.lines()


def test_a_neighbourhood_is_expanded_and_collapsed(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#types input[data-key=Section]').click()")
    screen.run("kgView.visit('node', arguments[0])", screen.node("各乡镇人民政府"))
    assert not screen.shown("疏浚河道")
    screen.click("#do-expand")
    assert screen.shown("疏浚河道")
    screen.run("kgView.visit('node', arguments[0])", screen.node("区水务局"))
    screen.click("#do-collapse")
    assert not screen.shown("2031-06-30")  # hangs on this one alone
    assert screen.shown("1200万元")
    screen.click("#do-collapse")
    assert screen.shown("2031-06-30")


def test_a_double_click_expands(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#types input[data-key=Section]').click()")
    place = screen.point("各乡镇人民政府")
    screen.press(**place)
    screen.press(**place)
    assert screen.wait("kgView.state.expanded.size === 1")
    assert screen.shown("疏浚河道")


def test_a_neighbourhood_can_be_shown_alone(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("kgView.visit('node', arguments[0])", screen.node("河道整治领导小组"))
    screen.click("#do-focus")
    shown = screen.run("return kgView.data.things.filter((_, id) => kgView.shown.nodes[id]).map(t => t.label)")
    assert set(shown) == {"河道整治领导小组", "万晓舟", "区财政局主要负责人", "区水务局"}
    screen.click("#do-focus")
    assert screen.run("return kgView.shown.nodes.every(Boolean)")


def test_the_path_between_two_is_found_and_told(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.keys("#path-from", "区财政局主要")
    screen.keys("#path-to", "2031-06-30")
    screen.click("#path-find")
    assert screen.text("#path-said") == "路径，3 步"
    steps = screen.run("return [...document.querySelectorAll('#steps button')].map(b => b.textContent)")
    assert steps == ["区财政局主要负责人", "河道整治领导小组", "区水务局", "2031-06-30"]
    screen.click("#path-clear")
    assert screen.text("#steps") == ""
    screen.keys("#path-to", "没有此名")
    screen.click("#path-find")
    assert "图中没有这个名称" in screen.text("#path-said")


def test_two_that_are_not_connected_have_no_path(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#kinds input[data-key=fund]').click()")
    screen.run("document.querySelector('#types input[data-key=Fund]').click()")
    screen.run("kgView.pathFrom(arguments[0])", screen.node("2031-06-30"))
    screen.run("document.querySelector('#kinds input[data-key=deadline]').click()")
    screen.keys("#path-to", "万晓舟")
    screen.click("#path-find")
    assert screen.text("#path-said") == "在所显示的事实里，两者不相连。"


# ---- panel, evidence, labels ------------------------------------------------------------------------------------------


def test_a_click_on_a_node_lists_its_facts_and_a_click_on_one_shows_its_words(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.press(**screen.point("区水务局"))
    assert screen.wait("!document.getElementById('panel').hidden")
    assert screen.text("#said h2") == "区水务局"
    assert "机关单位" in screen.text("#said")
    facts = screen.run("return [...document.querySelectorAll('.facts button')].map(b => b.textContent)")
    assert len(facts) == 6
    assert "局长" in facts[0]
    screen.click(".facts li:first-child button")
    assert screen.text("#quote") == "万晓舟 区水务局局长"
    said = screen.text("#said")
    for words in ("人员", "单位", "职务", "局长", NOTICE, "霞川公报.txt", "原文位置", "任职"):
        assert words in said
    screen.click("#close")
    assert not screen.visible("#panel")


def test_the_panel_leads_to_the_sentence(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run(
        "kgView.visit('edge', kgView.data.edges.findIndex(e => e.label === '局长'))",
    )
    spans = screen.run("return kgView.data.facts[kgView.data.edges.find(e => e.label === '局长').fact].spans")
    href = screen.run("return document.querySelector('#said .evidence').getAttribute('href')")
    assert href == f"evidence/0123456789abcdef.html#s{spans}"


def test_a_click_on_a_line_shows_its_words(show: Show, network_page: str) -> None:
    screen = show(network_page)
    middle = screen.run(
        "const line = kgView.shown.lines.find(l => kgView.data.edges[l.edges[0]].label === '出资');"
        "const p = kgView.network.canvasToDOM(kgView.network.body.edges[line.id].edgeType.getPoint(0.5));"
        "const box = document.getElementById('network').getBoundingClientRect();"
        "return {x: p.x + box.x, y: p.y + box.y}"
    )
    screen.press(**middle)
    assert screen.wait("document.getElementById('quote')")
    assert screen.text("#quote") == "区财政局安排1200万元用于疏浚河道"
    assert "出资方" in screen.text("#said")


def test_lines_can_be_labelled(show: Show, network_page: str) -> None:
    screen = show(network_page)
    labelled = "kgView.drawing.lines.get().filter(line => line.label).length"
    assert screen.run(f"return {labelled}") == 0
    screen.click("#edge-labels")
    assert screen.run(f"return {labelled}") > 5
    assert screen.run("return kgView.drawing.lines.get().some(line => line.label === '出资')")
    screen.click("#edge-labels")
    assert screen.run(f"return {labelled}") == 0


# ---- out --------------------------------------------------------------------------------------------------------------


def test_the_picture_is_saved_as_svg_and_png(show: Show, network_page: str) -> None:
    screen = show(network_page)
    # A file that is downloaded is no request that the test should count.
    screen.run("HTMLAnchorElement.prototype.click = function () { window.offered = [this.download, this.href]; }")
    screen.run("document.getElementById('svg').click()")
    name, address = screen.run("return window.offered")
    assert name == "network.svg"
    drawn = ElementTree.fromstring(unquote(address.partition(",")[2]))
    words = "".join(drawn.itertext())
    for label in ("区水务局", "河道整治领导小组", "万晓舟", "1200万元"):
        assert label in words
    assert len(drawn.findall("{http://www.w3.org/2000/svg}path")) > 30
    screen.run("document.getElementById('png').click()")
    name, address = screen.run("return window.offered")
    assert name == "network.png"
    picture = base64.b64decode(address.partition(",")[2])
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") > 800


# ---- the state in the address -----------------------------------------------------------------------------------------


def test_the_state_stands_in_the_address_and_comes_back(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    screen.run("document.querySelector('#kinds input[data-key=cites]').click()")
    screen.click("#edge-labels")
    screen.choose("#range-to", "1")
    screen.run("kgView.visit('node', arguments[0])", screen.node("区水务局"))
    screen.click("#language")
    state = "[[...kgView.state.types], [...kgView.state.kinds], kgView.state.labels, kgView.state.to, kgView.lang]"
    before = screen.run(f"return {state}")
    fragment = screen.run("return location.hash")
    again = show(network_page, fragment=fragment)
    assert again.run(f"return {state}") == before
    assert again.selected() == "区水务局"
    assert again.run("return location.hash") == fragment


@pytest.mark.parametrize(
    "fragment",
    [
        "#types=Dragon&kinds=|||&doc=nothing&agency=x&from=soon&path=a|b|c&node=%3Cscript%3E&fact=x&focus=",
        "#%%%&&==",
        "#s1-2",
    ],
)
def test_an_address_that_says_nothing_known_shows_all(show: Show, network_page: str, fragment: str) -> None:
    screen = show(network_page, fragment=fragment)
    assert screen.run("return kgView.shown.nodes.every(Boolean)")


# ---- keys, table, languages, light ------------------------------------------------------------------------------------


def test_the_keyboard_reaches_everything(show: Show, network_page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen = show(network_page)
    screen.run("document.getElementById('network').focus()")
    screen.keys("#network", Keys.ARROW_RIGHT)
    first = screen.selected()
    assert first is not None
    screen.keys("#network", Keys.ARROW_LEFT)
    assert screen.selected() != first
    screen.keys("#network", Keys.ENTER)
    assert screen.run("return kgView.state.expanded.size") == 1
    screen.keys("#network", "f")
    assert screen.run("return kgView.state.focus") >= 0
    screen.keys("#network", "f")
    scale = screen.run("return kgView.network.getScale()")
    screen.keys("#network", "+")
    assert screen.run("return kgView.network.getScale()") > scale
    screen.keys("#network", "-")
    assert screen.run("return kgView.network.getScale()") == pytest.approx(scale)
    screen.keys("#network", "0")
    screen.keys("#network", "l")
    assert screen.run("return kgView.state.labels")
    screen.keys("#network", "p")
    assert screen.run("return document.activeElement.id") == "path-to"
    screen.keys("#path-to", Keys.ESCAPE)
    assert screen.selected() is None
    screen.keys("body", "t")
    assert screen.visible("#table")
    screen.keys("body", "t")
    screen.keys("body", "d")
    assert screen.run("return document.documentElement.dataset.theme") == "dark"
    screen.keys("body", "?")
    assert "Esc" in screen.text("#keys-text")
    assert screen.visible("#keys-text")


def test_the_table_has_the_same_facts_and_sorts(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.click("#as-table")
    cells = "[...document.querySelectorAll('#table tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"
    rows = screen.run(f"return {cells}")
    assert len(rows) == sample().number_of_edges()
    assert ["区财政局", "出资", "1200万元", "资金"] in [row[:4] for row in rows]
    screen.click("#table th:nth-child(3) button")
    ends = [row[2] for row in screen.run(f"return {cells}")]
    assert ends == screen.run("return arguments[0].sort((a, b) => a.localeCompare(b, 'zh'))", ends)
    assert (
        screen.run("return document.querySelector('#table th:nth-child(3)').getAttribute('aria-sort')") == "ascending"
    )
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    assert len(screen.run(f"return {cells}")) < len(rows)
    screen.run("document.querySelector('#table td button').click()")
    assert screen.visible("#network")
    assert screen.selected() is not None


def test_the_page_speaks_english(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.press(**screen.point("区水务局"))
    screen.click("#language")
    assert "Agency" in screen.text("#types")
    assert "duty" in screen.text("#kinds")
    assert "Facts 6" in screen.text("#said")
    assert screen.run("return document.documentElement.lang") == "en"
    screen.click("#language")
    assert "机关单位" in screen.text("#types")


def test_no_word_of_the_interface_is_missing_in_either_language(show: Show, network_page: str) -> None:
    screen = show(network_page)
    chinese = "[...document.querySelectorAll('header, #legend, #zoom')].map(e => e.innerText).join(' ')"
    assert "undefined" not in screen.run(f"return {chinese}")
    screen.click("#language")
    said = screen.run(
        "return [...document.querySelectorAll('[data-text]')].filter(e => e.getClientRects().length && e.id !== 'language')"
        ".map(e => e.textContent)"
    )
    assert said
    assert not [word for word in said if any("\u4e00" <= char <= "\u9fff" for char in word)]


def test_light_and_dark_can_be_switched_by_hand(show: Show, network_page: str) -> None:
    screen = show(network_page)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = screen.run(f"return {paper}")
    screen.click("#theme")
    assert screen.run(f"return {paper}") != light
    assert "theme=dark" in screen.run("return location.hash")
    screen.click("#theme")
    assert screen.run(f"return {paper}") == light


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_on_a_narrow_screen_the_legend_opens_on_demand(show: Show, network_page: str, size: tuple[int, int]) -> None:
    screen = show(network_page, size)
    assert screen.visible("#legend") == (size == WIDE)
    if size == NARROW:
        screen.click("#filters")
        assert screen.visible("#legend")


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (WIDE, True), (NARROW, False)], ids=["wide", "dark", "narrow"]
)
def test_nothing_bars_anybody_from_the_page(show: Show, network_page: str, size: tuple[int, int], dark: bool) -> None:
    screen = show(network_page, size, dark=dark)
    assert screen.barriers() == []
    screen.run("kgView.visit('edge', 0)")
    screen.run("document.getElementById('save-menu').click()")
    assert screen.barriers() == []
    screen.run("kgView.visit('node', arguments[0])", screen.node("区水务局"))
    screen.run("document.getElementById('as-table').click()")
    assert screen.barriers() == []


# ---- what a source may hold -------------------------------------------------------------------------------------------


def test_hostile_text_runs_nothing(show: Show) -> None:
    screen = show(page(hostile(HOSTILE), title=HOSTILE, evidence="evidence"))
    for sort in ("node", "edge"):
        screen.run("kgView.visit(arguments[0], 0)", sort)
        assert "<script>window.hit" in screen.text("#said")
    screen.keys("#search", "<img")
    screen.click("#language")
    screen.run("document.getElementById('as-table').click()")
    assert screen.run("return window.hit") is None
    assert screen.run("return document.querySelectorAll('img, #said script, a[href^=javascript]').length") == 0
    assert screen.run("return document.scripts.length") == 3
    svg = screen.run("return kgView.drawing.asSvg()")
    assert not {"script", "img", "a"} & {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(svg).iter()}


def test_a_name_of_ten_thousand_characters_and_five_thousand_members_leave_the_page_whole(show: Show) -> None:
    graph = networkx.MultiDiGraph()
    name = "长" * 10_000
    graph.add_node("g", label=name, type="CoordinatingBody", names=(), docs=("甲",))
    for number in range(5000):
        graph.add_node(f"p{number:04}", label=f"人{number}", type="Official", names=(), docs=("甲",))
        graph.add_edge(f"p{number:04}", "g", key=str(number), kind="member", label="成员", doc="甲", quote="人")
    screen = show(page(graph, title=name))
    assert screen.run("return kgView.data.nodes.length") == 1500
    assert screen.visible("#notice")
    assert "5001" in screen.text("#notice")
    screen.run("kgView.visit('node', 0)")
    assert len(screen.text("#said h2")) == 10_000
    assert screen.run("return document.documentElement.scrollWidth <= innerWidth")
    assert screen.colours() > 5


def test_an_empty_graph_says_so(show: Show) -> None:
    assert show(page(networkx.MultiDiGraph(), title="空")).text("#nothing") == "没有可画的内容。"


def test_the_data_of_the_page_is_what_the_graph_says(show: Show, demo_page: str, demo_graph: Any) -> None:
    screen = show(demo_page)
    quotes = set(json.loads(screen.run("return JSON.stringify(kgView.data.facts.map(f => f.quote || ''))")))
    assert {data["quote"] for *_, data in demo_graph.network().edges(data=True)} <= quotes
