"""The network page and the report in a real Chromium without a network: they draw, they answer, they ask for nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from networks import NOTICE, hostile, sample

from kg.model import Leftover
from kg.view import page, report

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

WIDE, NARROW = (1440, 900), (390, 844)

HOSTILE = (
    "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
    "<svg onload='window.hit = 1'>\"><a href='javascript:window.hit = 1'>{{ 7*7 }}\u202e"
)


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def started(profile: Path) -> Chrome:
    """A headless Chromium that can reach no host and says what it asked for; the test is skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    service = pytest.importorskip("selenium.webdriver.chrome.service")
    from selenium.common.exceptions import WebDriverException

    browser, driver = chromium(), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("there is no chromium with a chromedriver here (apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in (
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--force-prefers-reduced-motion",  # so that the view is where it should be at once
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's sandbox refuses to run as root
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        started: Chrome = webdriver.Chrome(options=options, service=service.Service(driver))
    except WebDriverException as error:
        pytest.skip(f"chromium does not start here: {str(error.msg).splitlines()[0]}")
    started.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    started.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    return started


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@dataclass
class Screen:
    """A page that is open, and what a reader does with it."""

    browser: Chrome

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: object) -> Any:
        """What the expression gives as soon as it gives something true."""
        from selenium.webdriver.support.wait import WebDriverWait

        return WebDriverWait(self.browser, 10).until(lambda _: self.run(f"return {script}", *arguments))

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def keys(self, selector: str, *keys: str) -> None:
        self.browser.find_element("css selector", selector).send_keys(*keys)

    def click(self, selector: str) -> None:
        self.browser.find_element("css selector", selector).click()

    def node(self, label: str) -> int:
        return int(self.run("return kgView.data.things.findIndex(thing => thing.label === arguments[0])", label))

    def selected(self) -> str | None:
        found = self.run("return (kgView.state.selected || []).join(' ')")
        sort, _, number = found.partition(" ")
        return self.run("return kgView.data.things[arguments[0]].label", int(number)) if sort == "node" else None

    def shown(self, label: str) -> bool:
        return not self.run("return kgView.nodes.get(arguments[0]).hidden", self.node(label))

    def point(self, label: str) -> dict[str, float]:
        """Where a node is in the window."""
        return dict(
            self.run(
                "const p = kgView.network.canvasToDOM(kgView.network.getPosition(arguments[0]));"
                "const box = document.getElementById('network').getBoundingClientRect();"
                "return {x: p.x + box.x, y: p.y + box.y}",
                self.node(label),
            )
        )

    def press(self, x: float, y: float) -> None:
        """A real click of the mouse at a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.browser.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def colours(self) -> int:
        """How many colours the canvas shows: one, where nothing is drawn."""
        return int(
            self.run(
                "const canvas = document.querySelector('#network canvas');"
                "const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                "return new Set(new Uint32Array(all.buffer)).size"
            )
        )

    def complaints(self) -> list[str]:
        """What the console says, and every request that is not for the page itself."""
        said = [entry["message"] for entry in self.browser.get_log("browser")]  # type: ignore[no-untyped-call]
        for entry in self.browser.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(("data:", "file:")):
                    said.append(f"asked for {url}")
            elif message["method"] == "Network.loadingFailed":
                said.append(f"failed: {message['params']}")
        return said


Show = Callable[..., Screen]


@pytest.fixture
def show(browser: Chrome, tmp_path: Path) -> Iterator[Show]:
    """Opens a page in a window of a size; at the end the test fails if the page complained or asked for anything."""
    screen = Screen(browser)

    def shown(html: str, size: tuple[int, int] = WIDE, *, dark: bool = False) -> Screen:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        path = tmp_path / "page.html"
        path.write_bytes(html.encode())
        screen.complaints()  # what an earlier page said is not this one's
        browser.get(path.as_uri())
        if "kgView" in html:
            screen.wait("window.kgView && kgView.network && document.querySelector('#network canvas')")
            screen.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return screen

    yield shown
    assert screen.complaints() == []


@pytest.fixture(scope="module")
def network_page() -> str:
    return page(sample(), title="霞川区人民政府公报")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_all_is_drawn(show: Show, network_page: str, size: tuple[int, int], dark: bool) -> None:
    screen = show(network_page, size, dark=dark)
    graph = sample()
    assert screen.run("return kgView.network.body.nodeIndices.length") == graph.number_of_nodes()
    assert screen.run("return kgView.network.body.edgeIndices.length") == graph.number_of_edges()
    assert screen.colours() > 50
    everything = screen.run(
        "const box = document.getElementById('network').getBoundingClientRect();"
        "return kgView.data.nodes.every(node => {"
        "  const p = kgView.network.canvasToDOM(kgView.network.getPosition(node.id));"
        "  return p.x > 0 && p.y > 0 && p.x < box.width && p.y < box.height; })"
    )
    assert everything
    assert screen.run("return document.documentElement.scrollWidth <= innerWidth")


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
    ties = "kgView.edges.get().filter(e => !e.hidden && [e.from, e.to].includes(arguments[0])).length"
    assert screen.run(f"return {ties}", screen.node("万晓舟")) == 0
    screen.run("document.querySelector('#types input[data-key=Official]').click()")
    assert screen.shown("万晓舟")


def test_one_button_switches_all_types_off_and_on(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.click("#types-all")
    assert screen.run("return kgView.nodes.get().every(node => node.hidden)")
    assert screen.text("#nothing") == "筛选之后没有可显示的内容。"
    screen.click("#types-all")
    assert not screen.run("return kgView.nodes.get().some(node => node.hidden)")


def test_a_kind_of_fact_can_be_switched_off(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("document.querySelector('#kinds input[data-key=fund]').click()")
    assert not screen.shown("1200万元")
    assert not screen.shown("区财政局")  # nothing else is said of it
    screen.run("const box = document.querySelector('#kinds input[data-key=document]'); if (box) box.click()")
    assert screen.shown("霞川区人民政府办公室关于领导班子成员分工的通知")
    assert screen.shown("区水务局")


def test_a_document_can_be_shown_alone(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run(
        "const menu = document.getElementById('document');"
        "menu.value = arguments[0]; menu.dispatchEvent(new Event('change'))",
        NOTICE,
    )
    assert screen.shown("万晓舟")
    assert not screen.shown("区财政局")
    assert screen.run("return kgView.edges.get().filter(edge => !edge.hidden).length") == 7


def test_the_search_finds_and_cycles(show: Show, network_page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen = show(network_page)
    screen.keys("body", "/")
    assert screen.run("return document.activeElement.id") == "search"
    screen.keys("#search", "财政局")
    assert screen.text("#hits") == "2"
    screen.keys("#search", Keys.ENTER)
    assert screen.selected() == "区财政局"
    assert screen.text("#hits") == "1/2"
    middle = screen.wait("(p => p && Math.hypot(p.x, p.y))(kgView.network.getViewPosition())")
    assert middle
    screen.keys("#search", Keys.ENTER)
    assert screen.selected() == "区财政局主要负责人"
    screen.keys("#search", Keys.ENTER)
    assert screen.selected() == "区财政局"
    screen.keys("#search", Keys.ESCAPE)
    assert screen.selected() is None
    assert screen.run("return document.getElementById('panel').hidden")


def test_the_search_knows_other_names_and_says_when_there_is_none(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.keys("#search", "霞川区水务局")
    assert screen.text("#hits") == "1"
    screen.keys("#search", "不存在")
    assert screen.text("#hits") == "没有"


def test_a_click_on_a_node_lists_its_facts_and_a_click_on_one_shows_its_words(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.press(**screen.point("区水务局"))
    assert screen.wait("!document.getElementById('panel').hidden")
    assert screen.text("#said h3") == "区水务局"
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
    assert screen.run("return document.getElementById('panel').hidden")


def test_a_click_on_an_edge_shows_its_words(show: Show, network_page: str) -> None:
    screen = show(network_page)
    screen.run("kgView.visit('node', arguments[0])", screen.node("1200万元"))
    screen.wait("kgView.network.getScale() >= 0.5")
    ends = [screen.point("区财政局"), screen.point("1200万元")]
    screen.press(sum(p["x"] for p in ends) / 2, sum(p["y"] for p in ends) / 2)
    assert screen.wait("document.getElementById('quote')")
    assert screen.text("#quote") == "区财政局安排1200万元用于疏浚河道"
    assert "出资方" in screen.text("#said")


def test_parallel_edges_are_drawn_apart(show: Show, network_page: str) -> None:
    screen = show(network_page)
    middles = screen.run(
        "return kgView.data.edges.filter(e => e.label === '分管').map(e => {"
        "  const p = kgView.network.body.edges[e.id].edgeType.getPoint(0.5);"
        "  return Math.round(p.x) + ' ' + Math.round(p.y); })"
    )
    assert len(set(middles)) == 3


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


def test_physics_is_off_and_can_be_put_on(show: Show, network_page: str) -> None:
    screen = show(network_page)
    before = screen.run("return kgView.network.getPositions()")
    assert not screen.run("return kgView.network.physics.physicsEnabled")
    screen.click("#physics")
    assert screen.run("return kgView.network.physics.physicsEnabled")
    screen.click("#physics")
    assert screen.run("return kgView.network.getPositions()") == before


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_on_a_narrow_screen_the_legend_opens_on_demand(show: Show, network_page: str, size: tuple[int, int]) -> None:
    screen = show(network_page, size)
    visible = "return getComputedStyle(document.getElementById('legend')).display !== 'none'"
    assert screen.run(visible) == (size == WIDE)
    if size == NARROW:
        screen.click("#filters")
        assert screen.run(visible)


def test_hostile_text_runs_nothing(show: Show) -> None:
    screen = show(page(hostile(HOSTILE), title=HOSTILE))
    for sort in ("node", "edge"):
        screen.run("kgView.visit(arguments[0], 0)", sort)
        assert "<script>window.hit" in screen.text("#said")
    screen.keys("#search", "<img")
    screen.click("#language")
    assert screen.run("return window.hit") is None
    assert screen.run("return document.querySelectorAll('img, #said script, #said a, a[href^=javascript]').length") == 0
    assert screen.run("return document.scripts.length") == 3


def test_an_empty_graph_says_so(show: Show) -> None:
    import networkx

    assert show(page(networkx.MultiDiGraph(), title="空")).text("#nothing") == "没有可画的内容。"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_report_opens(show: Show, size: tuple[int, int]) -> None:
    facts: list[dict[str, Any]] = [
        {"doc": NOTICE, "kind": "document", "number": NOTICE, "title": HOSTILE, "quote": HOSTILE},
        {"doc": NOTICE, "kind": "deadline", "on": "2031-06-30", "task": HOSTILE, "quote": HOSTILE},
    ]
    screen = show(report(facts, [Leftover(HOSTILE, HOSTILE)], sample()), size)
    assert "2031-06-30" in screen.text("main")
    assert screen.run("return window.hit") is None
    assert screen.run("return document.documentElement.scrollWidth <= innerWidth")
