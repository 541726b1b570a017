"""A real Chromium without a network, a page open in it, and what a reader does with it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

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
    """A headless Chromium that can reach no other host and says what it asked for; the test is skipped where there is none."""
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
        "--enable-unsafe-swiftshader",  # WebGL where there is no graphics card
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
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
    connected(started, False)
    return started


def connected(browser: Chrome, wanted: bool) -> None:
    """Connect the browser with this machine, or with nothing."""
    conditions = {"offline": not wanted, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@dataclass
class Screen:
    """A page that is open, and what a reader does with it."""

    browser: Chrome
    server: str = ""
    """The address that may be asked, beside the page itself."""

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: object, seconds: float = 10) -> Any:
        """What the expression gives as soon as it gives something true."""
        from selenium.webdriver.support.wait import WebDriverWait

        return WebDriverWait(self.browser, seconds, 0.05).until(lambda _: self.run(f"return {script}", *arguments))

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def keys(self, selector: str, *keys: str) -> None:
        self.browser.find_element("css selector", selector).send_keys(*keys)

    def click(self, selector: str) -> None:
        self.browser.find_element("css selector", selector).click()

    def choose(self, selector: str, value: str) -> None:
        """Give a field or a menu a value, as a hand that moves it does."""
        self.run(
            "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
            "for (const type of ['input', 'change']) field.dispatchEvent(new Event(type))",
            selector,
            value,
        )

    def visible(self, selector: str) -> bool:
        return bool(
            self.run(
                "const found = document.querySelector(arguments[0]);"
                "return Boolean(found) && found.getClientRects().length > 0",
                selector,
            )
        )

    def node(self, label: str) -> int:
        return int(self.run("return kgView.graph.things.findIndex(thing => thing.label === arguments[0])", label))

    def selected(self) -> str | None:
        label: str | None = self.run(
            "const [sort, id] = kgView.state.selected || []; return sort === 'node' ? kgView.graph.things[id].label : null"
        )
        return label

    def shown(self, label: str) -> bool:
        return bool(self.run("return kgView.shown.nodes[arguments[0]]", self.node(label)))

    def lines(self) -> list[list[str]]:
        """The lines shown: from, kind, to."""
        return list(
            self.run(
                "const name = id => kgView.graph.things[id].label;"
                "return kgView.shown.lines.map(line => [name(line.from), line.kind, name(line.to)])"
            )
        )

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

    def barriers(self) -> list[str]:
        """What axe-core finds on the page that is serious or critical: the rule, and the first element that breaks it."""
        axe = files(pytest.importorskip("axe_core_python")).joinpath("axe.min.js").read_text(encoding="utf-8")
        self.run(f"{axe}; window.axe = axe")
        self.browser.set_script_timeout(60)
        found = self.browser.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.help, v.nodes.length, v.nodes[0].html,"
            " v.nodes[0].failureSummary].join(' | '))))"
        )
        return list(found)

    def complaints(self) -> list[str]:
        """What the console says, and every request that is not for the page itself or its server."""
        said = [
            entry["message"]
            for entry in self.browser.get_log("browser")  # type: ignore[no-untyped-call]
            if "GL Driver Message" not in entry["message"]  # of WebGL in software: how long it takes
        ]
        for entry in self.browser.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(("data:", "file:", *([f"{self.server}/"] if self.server else []))):
                    said.append(f"asked for {url}")
            elif message["method"] == "Network.loadingFailed" and not message["params"].get("canceled"):
                said.append(f"failed: {message['params']}")
        return said

    def settled(self) -> None:
        """Wait until nothing is fetched and the picture stands."""
        self.wait("!document.querySelector('#stage[aria-busy=true]')")
        self.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def sized(self, size: tuple[int, int], dark: bool = False) -> None:
        """Give the window a size and a light."""
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


Show = Callable[..., Screen]


@pytest.fixture
def show(browser: Chrome, tmp_path: Path) -> Iterator[Show]:
    """Opens a page in a window of a size; at the end the test fails if the page complained or asked for anything."""
    screen = Screen(browser)

    def shown(
        html: str,
        size: tuple[int, int] = WIDE,
        *,
        dark: bool = False,
        fragment: str = "",
        folder: Path = tmp_path,
        name: str = "page.html",
    ) -> Screen:
        screen.sized(size, dark)
        path = folder / name
        if html:  # else the page is there
            path.write_bytes(html.encode())
        return opened(path.as_uri(), fragment)

    def opened(address: str, fragment: str) -> Screen:
        screen.complaints()  # what an earlier page said is not this one's
        browser.get("about:blank")  # another fragment alone would not load the page anew
        browser.get(address + fragment)
        screen.run("localStorage.clear()")
        if screen.run("return Boolean(document.getElementById('network'))"):
            screen.wait("window.kgView && kgView.network && document.querySelector('#network canvas')")
            screen.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return screen

    yield shown
    said = screen.complaints()
    assert said == [], said


@pytest.fixture
def visit(browser: Chrome) -> Iterator[Show]:
    """Opens an address of a server of this machine; at the end the test fails if a page complained or asked elsewhere."""
    screen = Screen(browser)
    connected(browser, True)
    screen.complaints()

    def visited(address: str, size: tuple[int, int] = WIDE, *, dark: bool = False) -> Screen:
        screen.server = "/".join(address.split("/")[:3])
        screen.sized(size, dark)
        browser.get("about:blank")
        browser.get(address)
        screen.run("localStorage.clear()")
        if screen.run("return Boolean(document.getElementById('network'))"):
            screen.wait("window.kgView && kgView.network && document.querySelector('#network canvas')")
            screen.settled()
        return screen

    yield visited
    browser.get("about:blank")
    connected(browser, False)
    said = screen.complaints()
    assert said == [], said
