"""Pictures of every page, as a reader sees them: on a wide and on a narrow screen, in both languages, light and dark.

Of the demo, and of the sample gazettes where they lie beside the project. What is written is there to be looked at.

    python docs/screenshots.py [--into outputs/screenshots]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import kg
from kg.graph import open_graph

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

ROOT = Path(__file__).parent.parent
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
LANGUAGES = ("zh", "en")
_BEST = "kgView.data.nodes.filter(n => n.group === 'Agency').reduce((a, b) => (b.weight > a.weight ? b : a)).id"
_SCENES = {
    "report": ("report.html", ""),
    "report-ties": ("report.html", "document.getElementById('ties').scrollIntoView()"),
    "report-deadlines": ("report.html", "document.getElementById('deadlines').scrollIntoView()"),
    "network": ("network.html", ""),
    "network-selected": ("network.html", f"kgView.visit('node', {_BEST})"),
    "network-table": ("network.html", "document.getElementById('as-table').click()"),
    "evidence": ("evidence/*.html", ""),
    "evidence-fact": ("evidence/*.html", "kgView.choose(Math.floor(kgView.data.facts.length / 2), 'key')"),
}
"""What is shown: a page of a build, and what is done on it."""
_BUSIEST = (
    "SELECT ?thing (COUNT(DISTINCT ?fact) AS ?n) WHERE { ?thing a gz:KIND OPTIONAL { ?fact ?link ?thing ; a gz:Statement } }"
    " GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 1"
)
_SERVED = {
    "home": ("/", ""),
    "explore": ("/explore", ""),
    "explore-around": ("/explore#{agency}", ""),
    "explore-whole": ("/explore", "document.getElementById('whole').click()"),
    "matrix": ("/matrix", ""),
    "timeline": ("/timeline", ""),
    "flow": ("/flow", ""),
    **{kind: (f"/describe?iri={{{kind}}}", "") for kind in ("agency", "official", "body", "document", "fund")},
}
"""Of a server: addresses, with the things that most is said of put in."""
_KINDS = {
    "agency": "Agency",
    "official": "Official",
    "body": "CoordinatingBody",
    "document": "OfficialDocument",
    "fund": "Fund",
}
_DRAWN = (
    "const [mark] = performance.getEntriesByName('drawn'); const [page] = performance.getEntriesByType('navigation');"
    "return (mark ? mark.startTime : page.loadEventEnd) / 1000"
)


def main() -> int:
    """Build, open, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=ROOT / "outputs" / "screenshots")
    into: Path = parser.parse_args().into
    shared = Path(os.environ.get("GONGBAO_SHARED", ROOT.parent / "shared"))
    issues = {"demo": [Path(kg.__file__).parent / "demo" / "gazette.md"]}
    if seeds := sorted((shared / "seeds").glob("*.txt")):
        issues["sample"] = seeds
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "profile") as browser:
        for name, sources in issues.items():
            kg.build(sources, output=Path(folder) / name)
            for path, seconds in taken(browser, Path(folder) / name, into, name):
                print(f"{path}  drawn {seconds:.2f} s after it was opened")
            for path in served(browser, Path(folder) / name, into, name):
                print(path)
    return 0


def taken(browser: Chrome, folder: Path, into: Path, name: str) -> Iterator[tuple[Path, float]]:
    """The pictures of one build, and how many seconds each page took until its first drawing."""
    for size, (width, height) in SIZES.items():
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        for language in LANGUAGES:
            for theme in ("light", "dark") if language == "zh" else ("light",):
                for scene, (page, action) in _SCENES.items():
                    path = into / f"{name}-{scene}-{size}-{language}-{theme}.png"
                    seconds = shown(browser, next(folder.glob(page)).as_uri(), language, theme, action)
                    browser.save_screenshot(str(path))
                    yield path, seconds


def served(browser: Chrome, folder: Path, into: Path, name: str) -> Iterator[Path]:
    """The pictures of what ``kg serve`` shows of one build."""
    store = open_graph(folder).store
    known = {}
    for word, kind in _KINDS.items():
        known[word] = next(
            (quote(row["thing"].value, safe="") for row in store.select(_BUSIEST.replace("KIND", kind))), ""
        )
    around = "&".join(f"{part}={known['agency']}" for part in ("root", "expand", "node"))
    command = [sys.executable, "-m", "kg.cli", "serve", str(folder), "--port", "0", "-q", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            home = server.stdout.readline().split()[0].rstrip("/")
            for size, (width, height) in SIZES.items():
                metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
                browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                for language, theme in (("zh", "light"), ("zh", "dark"), ("en", "light")):
                    light = [{"name": "prefers-color-scheme", "value": theme}]
                    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": light})
                    for scene, (address, action) in _SERVED.items():
                        path = into / f"{name}-serve-{scene}-{size}-{language}-{theme}.png"
                        page, stroke, rest = address.format(
                            **{**known, **({"agency": around} if "#" in address else {})}
                        ).partition("#")
                        browser.get("about:blank")
                        browser.get(f"{home}{page}{'&' if '?' in page else '?'}lang={language}{stroke}{rest}")
                        browser.execute_script(action)
                        browser.execute_async_script(_SETTLED)
                        browser.save_screenshot(str(path))
                        yield path
        finally:
            server.terminate()


_SETTLED = """
const [done] = arguments;
const quiet = () => {
  if (document.readyState !== "complete" || document.querySelector("#stage[aria-busy=true]")) setTimeout(quiet, 50);
  else setTimeout(done, document.getElementById("network") ? 600 : 50);
};
setTimeout(quiet, 50);
"""


def shown(browser: Chrome, address: str, language: str, theme: str, action: str) -> float:
    """Open a page in a language and a light, and do something on it; gives the seconds until its first drawing."""
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )
    browser.get("about:blank")
    browser.get(address)
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    seconds = float(browser.execute_script(_DRAWN))
    browser.execute_script("kg.speak(arguments[0])", language)
    if action:
        browser.execute_script(action)
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    return seconds


@contextmanager
def opened(profile: Path) -> Iterator[Chrome]:
    """A headless Chromium that stands still."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        sys.exit("selenium is not installed: make EXTRAS=dev screenshots")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    browser = next((found for name in names if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        sys.exit(
            "there is no chromium with a chromedriver here: apt-get install chromium chromium-driver fonts-noto-cjk"
        )
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in (
        "--headless=new",
        "--disable-gpu",
        "--enable-unsafe-swiftshader",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
    ):
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={profile}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's sandbox refuses to run as root
    started: Chrome = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield started
    finally:
        started.quit()


if __name__ == "__main__":
    sys.exit(main())
