"""Times the pictures in a real Chromium: the network page of a sample, and the explorer over a graph of 50,000 things.

    python bench/pictures.py                  part of make bench
    python bench/pictures.py --things 10000

The graph is that of the demo, as often as it takes, each copy a place of its own, without what no map shows (sentences,
evidence). A frame is one that the browser has shown of the moving view, for three seconds; where drawing takes long it shows what
was drawn last, moved along. Without a graphics card WebGL is drawn by the processor (SwiftShader): both are said.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tables import table

from kg.graph import build
from kg.network import LINKS
from kg.overview import overview
from kg.rdf import BASE, PREFIXES
from kg.store import Store
from kg.view import page as drawn

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

from screenshots import opened  # noqa: E402

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

HEAD = ("picture", "measured", "aim")
_SHOWN = {
    *(PREFIXES["gz"] + link.removeprefix("gz:") for link in LINKS),
    *(PREFIXES["gz"] + name for name in ("title", "dateOfDocument", "evidenceSpans")),
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["rdf"] + "type",
}
_PAN = """
const [seconds, done] = arguments; const sigma = kgView.network; const camera = sigma.getCamera();
const begun = performance.now(); let frames = 0; let former = "";
const shown = () => {
  const [layer] = Object.values(sigma.getCanvases()); const { x } = camera.getState(); const now = `${x} ${layer.style.transform}`;
  if (now !== former) frames += 1;
  former = now;
  requestAnimationFrame(shown);
};
requestAnimationFrame(shown);
const to = { ...camera.getState(), x: camera.getState().x + 0.3 };
camera.animate(to, { duration: 1000 * seconds, easing: "linear" }, () => done(frames / ((performance.now() - begun) / 1000)));
"""


def copies(things: int) -> tuple[str, int]:
    """The quads of so many things at least, and how many there are."""
    quads = build([ROOT / "kg" / "demo" / "gazette.md"]).nq.splitlines()
    shown = [line for line in quads if (found := re.match(r"\S+ <([^>]+)>", line)) and found[1] in _SHOWN]
    each = overview(Store.of(shown), things).whole
    number = -(-things // each)
    text = "\n".join(shown).replace(BASE, f"{BASE}\0") + "\n"
    return "".join(text.replace("\0", f"{copy}/") for copy in range(number)), each * number


def pictures(things: int, gazette: Path) -> Iterator[Sequence[object]]:
    """What is measured, row by row."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "profile") as browser:
        browser.set_script_timeout(120)
        page = Path(folder) / "network.html"
        page.write_text(drawn(build([gazette]).network(), title=gazette.stem), encoding="utf-8")
        browser.get(page.as_uri())
        seconds = browser.execute_script("return performance.getEntriesByName('drawn')[0].startTime / 1000")
        yield f"network page of {gazette.name}: first drawing", f"{seconds:.2f} s", "2 s"
        quads, number = copies(things)
        (Path(folder) / "graph.nq").write_text(quads, encoding="utf-8")
        command = [sys.executable, "-m", "kg.cli", "serve", folder, "--port", "0", "-q", "--workers", "1"]
        with subprocess.Popen(
            [*command, "--timeout", "300"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as server:
            assert server.stdout is not None
            try:
                yield from _explored(browser, server.stdout.readline().split()[0], number)
            finally:
                server.terminate()


def _explored(browser: Chrome, address: str, number: int) -> Iterator[Sequence[object]]:
    begun = perf_counter()
    with urlopen(f"{address}network/whole", timeout=300) as answer:
        size = len(answer.read())
    yield (
        f"map of {number:,} things: reckoned once by a worker",
        f"{perf_counter() - begun:.2f} s, {size / 1e6:.1f} MB",
        "",
    )
    browser.get(f"{address}explore?lang=zh")
    browser.execute_async_script(
        "const [done] = arguments; const ready = () => (window.kgView && kgView.network ? done() : setTimeout(ready, 20)); ready()"
    )
    seconds, points, lines = browser.execute_async_script(
        "const [done] = arguments; const begun = performance.now(); document.getElementById('whole').click();"
        "const ready = () => { const [mark] = performance.getEntriesByName('map');"
        "  if (!mark) { setTimeout(ready, 20); return; }"
        "  done([(mark.startTime - begun) / 1000, kgView.drawing.picture.order, kgView.drawing.picture.size]); }; ready()"
    )
    yield f"explorer, {points:,} points and {lines:,} lines: first drawing", f"{seconds:.2f} s", "5 s"
    frames = browser.execute_async_script(_PAN, 3)
    yield "explorer, panning", f"{frames:.1f} frames a second", "20"
    drawn_by = browser.execute_script(
        "const gl = document.createElement('canvas').getContext('webgl'); const info = gl.getExtension('WEBGL_debug_renderer_info');"
        "return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'unknown'"
    )
    yield "drawn by", str(drawn_by).replace("|", "/"), ""


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="Time the pictures in Chromium.")
    options.add_argument("--things", type=int, default=50_000, help="things on the map; default: 50,000")
    demo = ROOT / "kg" / "demo" / "gazette.md"
    table(
        "Pictures, in Chromium",
        HEAD,
        pictures(
            options.parse_args().things, next(iter(sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))), demo)
        ),
    )


if __name__ == "__main__":
    main()
