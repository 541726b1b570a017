"""The explorer in a real Chromium that reaches the server and nothing else: every control does what it says."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode
from xml.etree import ElementTree

import pytest
from screen import HOSTILE, NARROW, WIDE, Screen, Show
from serving import serving

import kg

FINANCE, READER, GROUP = "区财政局", "廉清", "青汀区古茶树保护工作组"


@pytest.fixture(scope="module")
def folder(demo_gazette: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer")
    kg.build([demo_gazette], output=path)
    return path


@pytest.fixture(scope="module")
def explorer(folder: Path) -> Iterator[str]:
    with serving(folder, "--workers", "1") as address:
        yield f"{address}/explore?lang=zh"


def found(screen: Screen, words: str, label: str | None = None) -> None:
    """Search for words, choose what was found, and wait for what surrounds it."""
    from selenium.webdriver.common.keys import Keys

    screen.run("document.getElementById('search').value = ''")
    screen.keys("#search", words)
    screen.wait("document.querySelector('#found li')")
    screen.settled()
    screen.keys("#search", Keys.ENTER)
    screen.wait(
        "kgView.state.selected && kgView.graph.things[kgView.state.selected[1]].label === arguments[0]", label or words
    )
    screen.settled()


def names(screen: Screen) -> set[str]:
    return set(screen.run("return kgView.graph.things.filter((_, id) => kgView.shown.nodes[id]).map(t => t.label)"))


def point(screen: Screen, label: str) -> dict[str, float]:
    """Where a thing is in the window."""
    return dict(
        screen.run(
            "const p = kgView.drawing.point(arguments[0]);"
            "const box = document.getElementById('network').getBoundingClientRect();"
            "return {x: p.x + box.x, y: p.y + box.y}",
            screen.node(label),
        )
    )


def painted(screen: Screen) -> int:
    """Colours in the picture as it is saved."""
    return int(
        screen.run(
            "const picture = new Image(); picture.src = kgView.drawing.asPng();"
            "return picture.decode().then(() => { const c = document.createElement('canvas');"
            "  [c.width, c.height] = [picture.width, picture.height]; const g = c.getContext('2d'); g.drawImage(picture, 0, 0);"
            "  return new Set(new Uint32Array(g.getImageData(0, 0, c.width, c.height).data.buffer)).size; })"
        )
    )


# ---- search first -----------------------------------------------------------------------------------------------------


def test_it_begins_with_a_search_and_recent_documents(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    assert screen.visible("#begin")
    assert names(screen) == set()
    label = screen.text("#begin li button")
    screen.click("#begin li button")
    screen.wait("kgView.state.selected")
    screen.settled()
    assert screen.selected() is not None
    assert label.rstrip("…") in str(screen.selected())
    assert len(names(screen)) > 5
    assert not screen.visible("#begin")


def test_what_is_found_stands_with_what_surrounds_it(visit: Show, explorer: str, demo_graph: Any) -> None:
    screen = visit(explorer)
    found(screen, FINANCE)
    whole = demo_graph.network()
    (node,) = [n for n, label in whole.nodes.data("label") if label == FINANCE]
    near = {n for n in (*whole.predecessors(node), *whole.successors(node)) if whole.nodes[n]["type"] != "Section"}
    assert {str(whole.nodes[n]["label"]) for n in near} | {FINANCE} <= names(screen)
    assert screen.selected() == FINANCE
    assert screen.text("#said h2") == FINANCE
    assert not screen.visible("#found")
    assert painted(screen) > 20


def test_words_of_a_duty_lead_to_those_it_ties(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    screen.keys("#search", "公示期满之日起20日内将补助资金拨付")
    screen.wait("document.querySelector('#found li')")
    screen.run(
        "document.querySelector('#found li').dispatchEvent(new MouseEvent('mousedown', {bubbles: true, cancelable: true}))"
    )
    screen.wait("kgView.state.selected")
    screen.settled()
    assert FINANCE in names(screen)


def test_what_is_not_there_is_said(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    screen.keys("#search", "夔夔夔夔")
    assert screen.wait("document.getElementById('hits').textContent") == "没有"
    screen.keys("#search", " ")


# ---- expanding --------------------------------------------------------------------------------------------------------


def test_a_double_click_fetches_what_surrounds_a_thing_and_another_takes_it_away(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    before = names(screen)
    screen.click("#close")
    screen.click("#fit")
    for _ in range(5):  # on a busy machine two clicks may lie too far apart
        for _ in range(2):
            screen.press(**point(screen, READER))
        screen.settled()
        if screen.run("return kgView.state.expanded.size") == 2:
            break
    screen.wait("kgView.state.expanded.size === 2")
    screen.settled()
    assert before < names(screen)
    assert screen.run("return location.hash").count("expand=") == 1
    screen.run("kgView.expand(arguments[0])", screen.node(READER))
    screen.settled()
    assert names(screen) == before


def test_the_panel_expands_collapses_and_shows_alone(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    screen.run("kgView.visit('node', arguments[0])", screen.node(READER))
    screen.settled()
    before = names(screen)
    screen.click("#do-expand")
    screen.wait("kgView.state.expanded.size === 2")
    screen.settled()
    assert before < names(screen)
    screen.click("#do-focus")
    assert READER in names(screen)
    assert len(names(screen)) < len(before) + 20
    screen.click("#do-focus")
    screen.click("#do-collapse")
    assert READER in names(screen)


def test_the_page_of_a_thing_is_one_click_away(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, FINANCE)
    screen.click("#do-page")
    assert screen.wait("document.querySelector('main h1')")
    assert screen.text("main h1") == FINANCE


def test_two_clicks_lead_to_the_sentence(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, FINANCE)
    screen.click(".facts li:first-child button")
    assert screen.wait("document.getElementById('quote')")
    quote = screen.text("#quote")
    href = screen.run("return document.querySelector('#said .evidence').getAttribute('href')")
    assert href.startswith("/evidence/")
    screen.run("document.querySelector('#said .evidence').click()")
    screen.wait("document.querySelector('#text .chosen')")
    chosen = screen.run("return [...document.querySelectorAll('#text .chosen')].map(e => e.textContent).join('')")
    assert "".join(quote.split())[:8] in "".join(chosen.split())


def test_the_path_between_two_is_fetched_and_told(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    for field, words in (("#path-from", READER), ("#path-to", "区审计局")):
        screen.keys(field, words)
        screen.settled()
    screen.click("#path-find")
    screen.wait("kgView.state.path")
    screen.settled()
    steps = screen.run("return [...document.querySelectorAll('#steps button')].map(b => b.textContent)")
    assert steps[0] == READER
    assert steps[-1] == "区审计局"
    assert len(steps) > 2
    assert {step.rstrip("…") for step in steps} <= {name[:24] for name in names(screen)}
    screen.click("#path-clear")
    assert screen.text("#steps") == ""


def test_cleared_is_empty(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, FINANCE)
    screen.click("#clear")
    assert names(screen) == set()
    assert screen.visible("#begin")
    assert screen.run("return location.hash") in ("", "#")


# ---- legend, filters, labels ------------------------------------------------------------------------------------------


def test_the_legend_switches_types_and_kinds(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    assert screen.shown(READER)
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    assert not screen.shown(READER)
    assert screen.shown(GROUP)
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    screen.run("document.querySelector('#kinds input[data-key=member]').click()")
    assert not any(kind == "member" for _, kind, _ in screen.lines())
    screen.click("#reset")
    assert screen.shown(READER)
    screen.click("#types-all")
    assert screen.shown(READER)
    assert "Section" in screen.run("return [...kgView.state.types]")
    screen.click("#types-all")
    assert names(screen) == {GROUP}, "what was expanded by hand stays"


def test_the_filters_narrow_what_was_fetched(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, FINANCE)
    every = len(screen.lines())
    role = screen.run("return kgView.graph.roles[0][0]")
    screen.choose("#role", role)
    assert 0 < len(screen.lines()) < every
    screen.choose("#role", "")
    screen.choose(
        "#document", screen.run("return kgView.graph.facts[kgView.graph.edges.find(e => e.kind === 'duty').fact].doc")
    )
    assert 0 < len(screen.lines()) < every
    screen.click("#reset")
    assert len(screen.lines()) == every


def test_lines_can_be_labelled_and_the_view_fitted_and_zoomed(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, FINANCE)
    screen.click("#close")
    screen.click("#edge-labels")
    assert screen.run("return document.getElementById('edge-labels').getAttribute('aria-pressed')") == "true"
    assert "labels=1" in screen.run("return location.hash")
    ratio = "kgView.network.getCamera().getState().ratio"
    screen.click("#fit")
    before = screen.run(f"return {ratio}")
    screen.click("#zoom-in")
    assert screen.run(f"return {ratio}") < before
    screen.click("#zoom-out")
    assert screen.run(f"return {ratio}") == pytest.approx(before)
    box = "document.getElementById('network').getBoundingClientRect()"
    assert screen.run(
        f"return kgView.drawing.picture.nodes().every(id => {{"
        f"  const p = kgView.drawing.point(id); return p.x >= 0 && p.y >= 0 && p.x <= {box}.width && p.y <= {box}.height; }})"
    )


def test_names_do_not_stand_on_one_another(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, "区人民政府", "沧屏市青汀区人民政府")
    screen.click("#close")
    screen.click("#fit")
    screen.settled()
    boxes = screen.run("return kgView.drawing.names.map(({left, y, text}) => [left, y, text.length])")
    assert len(boxes) > 10
    for i, (left, y, long) in enumerate(boxes):
        for other, below, _ in boxes[i + 1 :]:
            assert not (abs(y - below) < 12 and left <= other < left + 6 * long), "a name begins inside another"


# ---- the whole --------------------------------------------------------------------------------------------------------


def test_the_whole_is_a_map_and_leads_to_each_thing(visit: Show, explorer: str, demo_graph: Any) -> None:
    screen = visit(explorer)
    screen.click("#whole")
    screen.wait("kgView.drawing.map")
    screen.settled()
    assert screen.run("return kgView.drawing.picture.order") > 150
    assert "全貌" in screen.text("#notice")
    assert screen.run("return document.querySelectorAll('#types li').length") > 8
    hidden = "kgView.drawing.picture.filterNodes((_, a) => a.hidden).length"
    assert screen.run(f"return {hidden}") == 0
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    assert screen.run(f"return {hidden}") > 20
    number = screen.run("return kgView.drawing.map.nodes.findIndex(node => node.label === arguments[0])", FINANCE)
    place = screen.run(
        "const p = kgView.drawing.point(arguments[0]); const box = document.getElementById('network').getBoundingClientRect();"
        "return {x: p.x + box.x, y: p.y + box.y}",
        number,
    )
    screen.press(**place)
    screen.wait("!document.getElementById('panel').hidden")
    assert screen.text("#said h2") == FINANCE
    screen.click("#whole")
    assert screen.run("return kgView.drawing.map") is None
    assert FINANCE in names(screen) or screen.visible("#begin")


# ---- out, in, back ----------------------------------------------------------------------------------------------------


def test_a_picture_that_takes_long_is_moved_along_and_drawn_anew_at_rest(visit: Show, explorer: str) -> None:
    screen = visit(explorer, WIDE)
    told = screen.run(
        """
        const handlers = {}; const layer = document.createElement("canvas"); let drawings = 0;
        let at = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
        const renderer = {
          getCamera: () => ({ getState: () => at }), getDimensions: () => ({ width: 800, height: 400 }),
          on: (name, work) => { handlers[name] = work; }, scheduleRender: () => { drawings += 1; },
          framedGraphToViewport: ({ x, y }) => ({ x: 400 + 400 * (x - 0.5), y: 200 - 400 * (y - 0.5) }),
        };
        kgView.gliding(renderer, () => [layer]);
        const wait = (time) => new Promise((done) => setTimeout(done, time));
        const draw = async (time) => {
          handlers.beforeRender(); const end = performance.now() + time; while (performance.now() < end);
          handlers.afterRender(); await wait(120);
        };
        return (async () => {
          const seen = [];
          await draw(0); at = { ...at, x: 0.6 }; renderer.scheduleRender(); seen.push([drawings, layer.style.transform]);
          await draw(200); at = { ...at, x: 0.7, ratio: 0.5 }; renderer.scheduleRender(); seen.push([drawings, layer.style.transform]);
          await wait(400); seen.push([drawings, layer.style.transform]);
          await draw(200); renderer.scheduleRender(); seen.push([drawings, layer.style.transform]);
          return seen;
        })()"""
    )
    # From 0.6 to 0.7 at half the ratio: what stood 40 to the right of the middle is the middle now, twice as large.
    assert told[1] == [told[0][0], "translate(-560px, -200px) scale(2)"], "moved along, not drawn"
    assert told[2] == [told[0][0] + 1, "translate(-560px, -200px) scale(2)"], "drawn anew when it rests"
    assert told[3] == [told[2][0] + 1, ""], "what does not move is drawn at once"


def test_the_picture_is_saved_as_svg_and_png(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    screen.run("HTMLAnchorElement.prototype.click = function () { window.offered = [this.download, this.href]; }")
    screen.run("document.getElementById('svg').click()")
    name, address = screen.run("return window.offered")
    assert name == "network.svg"
    drawn = ElementTree.fromstring(unquote(address.partition(",")[2]))
    assert GROUP in "".join(drawn.itertext())
    screen.run("document.getElementById('png').click()")
    name, address = screen.run("return window.offered")
    assert base64.b64decode(address.partition(",")[2]).startswith(b"\x89PNG")


def test_the_state_stands_in_the_address_and_comes_back(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    screen.run("kgView.visit('node', arguments[0])", screen.node(READER))
    screen.settled()
    screen.click("#do-expand")
    screen.wait("kgView.state.expanded.size === 2")
    screen.settled()
    screen.run("document.querySelector('#kinds input[data-key=post]').click()")
    before, fragment = names(screen), screen.run("return location.hash")
    again = visit(explorer + fragment)
    again.settled()
    assert names(again) == before
    assert again.selected() == READER
    assert again.run("return location.hash") == fragment


@pytest.mark.parametrize("fragment", ["#root=nonsense&expand=x|y&path=a|b|c&node=%3Cscript%3E", "#%%%&&==", "#table=1"])
def test_an_address_that_says_nothing_known_begins_anew(visit: Show, explorer: str, fragment: str) -> None:
    screen = visit(explorer + fragment)
    screen.settled()
    assert names(screen) == set()
    # The server refuses what is no IRI, and the console says so.
    screen.complaints()


def test_the_table_has_the_same_facts(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    screen.click("#as-table")
    rows = screen.run("return document.querySelectorAll('#table tbody tr').length")
    assert rows == sum(
        len(line) > 0 for line in screen.run("return kgView.shown.lines.flatMap(l => l.edges).map(e => [e])")
    )
    assert READER in screen.text("#table")
    screen.click("#as-table")
    assert not screen.visible("#table")


def test_the_keyboard_reaches_it_all(visit: Show, explorer: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen = visit(explorer)
    screen.keys("body", "/")
    assert screen.run("return document.activeElement.id") == "search"
    found(screen, GROUP)
    screen.keys("#search", Keys.ESCAPE)
    screen.run("document.getElementById('network').focus()")
    screen.keys("#network", Keys.ARROW_RIGHT)
    assert screen.selected() is not None
    screen.keys("#network", Keys.ARROW_LEFT)
    screen.settled()
    screen.keys("#network", "t")
    assert screen.visible("#table")
    screen.keys("body", "t")
    screen.keys("body", "?")
    assert screen.visible("#keys-text")


def test_without_webgl_there_is_the_table(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    script = "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {apply: (f, self, [kind, ...rest]) => kind.startsWith('webgl') ? null : f.apply(self, [kind, ...rest])})"
    added = screen.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    try:
        screen.browser.get("about:blank")
        screen.browser.get(explorer)
        screen.wait("window.kgView")
        found(screen, GROUP)
        assert screen.visible("#table")
        assert READER in screen.text("#table")
    finally:
        screen.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


# ---- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_bars_anybody(visit: Show, explorer: str, size: tuple[int, int], dark: bool) -> None:
    screen = visit(explorer, size, dark=dark)
    assert screen.barriers() == []
    screen.run("document.getElementById('search').value = arguments[0]", GROUP)
    screen.click("#begin li button")
    screen.wait("kgView.state.selected")
    screen.settled()
    assert screen.barriers() == []
    assert screen.run("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "path",
    ["/", "/matrix", "/timeline", "/flow", FINANCE, READER, GROUP, "茶产业提质增效"],
    ids=lambda path: path.strip("/"),
)
def test_the_other_pages_are_whole_for_everybody(
    visit: Show, explorer: str, demo_graph: Any, path: str, size: tuple[int, int]
) -> None:
    home = explorer.partition("/explore")[0]
    if not path.startswith("/"):
        kinds = ["Agency", "Official", "CoordinatingBody", "OfficialDocument"]
        path = "/describe?" + urlencode({"iri": demo_graph.search(path, kinds=kinds)[0].iri})
    for dark in (False, True):
        screen = visit(home + path, size, dark=dark)
        assert screen.barriers() == []
        assert screen.run("return document.documentElement.scrollWidth <= innerWidth")
        if path != "/":
            assert screen.run("return Boolean(document.querySelector('main svg, main table'))")


def test_a_thing_in_a_small_network_leads_to_its_page_and_to_the_explorer(
    visit: Show, explorer: str, demo_graph: Any
) -> None:
    home = explorer.partition("/explore")[0]
    screen = visit(
        home
        + "/describe?"
        + urlencode({"lang": "zh", "iri": demo_graph.search(GROUP, kinds=["CoordinatingBody"])[0].iri})
    )
    screen.click("figcaption a")
    screen.wait("window.kgView && kgView.state.selected")
    screen.settled()
    assert screen.selected() == GROUP
    assert READER in names(screen)


def test_it_speaks_english_and_the_twin_keeps_the_state(visit: Show, explorer: str) -> None:
    screen = visit(explorer.replace("zh", "en"))
    assert screen.text("#whole") == "Whole"
    assert screen.text("h1") == "Network"
    found(screen, GROUP)
    screen.click("a.language")
    screen.wait("window.kgView && kgView.lang === 'zh' && kgView.state.selected")
    assert screen.text("#whole") == "全貌"
    assert screen.selected() == GROUP


def test_light_and_dark_are_switched_by_hand(visit: Show, explorer: str) -> None:
    screen = visit(explorer)
    found(screen, GROUP)
    colour = "getComputedStyle(document.body).backgroundColor"
    before = screen.run(f"return {colour}")
    screen.click("#theme")
    assert screen.run(f"return {colour}") != before
    assert painted(screen) > 20
    screen.run("localStorage.clear()")


def test_a_server_that_is_gone_is_said(visit: Show, folder: Path) -> None:
    with serving(folder, "--workers", "1") as address:
        screen = visit(f"{address}/explore?lang=zh")
    screen.keys("#search", "财政")
    assert screen.wait(
        "!document.getElementById('notice').hidden && document.getElementById('notice').textContent"
    ).startswith("没有取到")
    screen.complaints()


def test_hostile_text_runs_nothing_and_a_group_of_hundreds_leaves_the_page_whole(visit: Show, tmp_path: Path) -> None:
    hostile = HOSTILE.replace("'", "").replace("\n", "")
    surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "文博雅静志远思源海宁晓岚云帆天佑嘉禾若水承泽"
    members = "、".join(a + b + c for a in surnames for b in given for c in given)[: 4 * 400]
    text = (
        "霞川区人民政府办公室文件\n\n霞川府办发〔2031〕7号\n\n"
        f"霞川区人民政府办公室\n关于成立{hostile}工作领导小组的通知\n\n各乡镇人民政府：\n\n经研究，决定成立霞川区河道整治工作领导小组。\n\n"
        f"组　长：万晓舟　副区长\n成　员：{members}\n\n领导小组办公室设在区水务局。区水务局负责{hostile}日常工作。\n\n"
        "霞川区人民政府办公室\n2031年2月3日\n"
    )
    gazette = tmp_path / "通知.txt"
    gazette.write_text(text, encoding="utf-8")
    kg.build([gazette], output=tmp_path / "graph")
    with serving(tmp_path / "graph", "--workers", "1") as address:
        screen = visit(f"{address}/explore?lang=zh")
        screen.click("#begin li button")
        screen.wait("kgView.state.selected")
        screen.settled()
        screen.keys("#search", "领导小组")
        screen.wait("document.querySelector('#found li')")
        screen.click("#whole")
        screen.wait("kgView.drawing.map")
        screen.settled()
        assert screen.run("return window.hit") is None
        assert "\u202e" not in screen.run("return document.body.textContent")
        assert screen.run("return document.documentElement.scrollWidth <= innerWidth")
        screen.browser.get("about:blank")
