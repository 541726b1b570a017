"""The evidence page in a real Chromium: text and facts show one another, and every link to a sentence finds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from make_pdf import draws_chinese, pdf
from screen import HOSTILE, NARROW, WIDE, Screen, Show
from test_evidence import NOTICE, read

from kg.pipeline import understand
from kg.read import Limits, read_bytes
from kg.view import evidence


@pytest.fixture(scope="module")
def html() -> str:
    return evidence(read(NOTICE))


@pytest.fixture(scope="module")
def printed() -> str:
    if not draws_chinese():
        pytest.skip("no font here draws Chinese")
    return evidence(understand(read_bytes(pdf(NOTICE), "通知.pdf", Limits(pictures=1024 * 1024))))


def number(screen: Screen, kind: str) -> int:
    return int(screen.run("return kgView.data.facts.findIndex(fact => fact.kind === arguments[0])", kind))


def chosen(screen: Screen) -> str:
    return str(screen.run("return [...document.querySelectorAll('#text .chosen')].map(e => e.textContent).join('')"))


def test_a_click_on_the_text_shows_the_fact(show: Show, html: str) -> None:
    screen = show(html)
    screen.run("[...document.querySelectorAll('.q')].find(e => e.textContent.includes('1250万元')).click()")
    card = screen.text(".fact[aria-current]")
    assert "资金" in card
    assert "1250万元" in card
    assert "1250万元" in chosen(screen)
    assert screen.run("return location.hash").startswith("#s")


def test_a_click_on_a_fact_shows_its_words(show: Show, html: str) -> None:
    screen = show(html)
    fund = number(screen, "fund")
    screen.run("[...document.querySelectorAll('.fact')].find(e => e.textContent.includes('1250万元')).click()")
    assert screen.run("return kgView.chosen") == fund
    assert "1250万元" in chosen(screen)
    visible = screen.run(
        "const [a, b] = [document.querySelector('#text .chosen'), document.getElementById('text')]"
        ".map(e => e.getBoundingClientRect()); return a.top >= b.top && a.bottom <= b.bottom"
    )
    assert visible


def test_hovering_lights_up_the_other_side(show: Show, html: str) -> None:
    screen = show(html)
    over = "new MouseEvent(arguments[0], {bubbles: true})"
    screen.run(f"document.querySelector('#text .q').dispatchEvent({over})", "mouseover")
    assert screen.run("return document.querySelectorAll('.fact.near').length") >= 1
    screen.run(f"document.querySelector('.fact').dispatchEvent({over})", "mouseenter")
    assert screen.run("return document.querySelectorAll('#text .near').length") >= 1
    screen.run(f"document.querySelector('.fact').dispatchEvent({over})", "mouseleave")


def test_an_address_leads_to_its_sentence(show: Show, html: str) -> None:
    screen = show(html)
    start, end = screen.run(
        "return kgView.data.facts[arguments[0]].spans[0]",
        number(screen, "fund"),
    )
    screen = show(html, fragment=f"#s{start}-{end}")
    assert "1250万元" in chosen(screen)
    assert "资金" in screen.text(".fact[aria-current]")
    (gap, *_) = read(NOTICE).coverage.gaps
    screen = show(html, fragment=f"#s{gap.span}")
    assert chosen(screen) == gap.text


def test_keys_go_from_fact_to_fact(show: Show, html: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen = show(html)
    screen.keys("body", "n")
    screen.keys("body", "n")
    assert screen.run("return kgView.chosen") == 1
    screen.keys("body", "p")
    assert screen.run("return kgView.chosen") == 0
    screen.keys("body", Keys.ESCAPE)
    assert chosen(screen) == ""


def test_the_page_speaks_english_and_can_go_without_colours(show: Show, html: str) -> None:
    screen = show(html)
    screen.click("#language")
    assert screen.text("#contents h2") == "Contents"
    assert "fund" in screen.text("#list")
    screen.click("#plain")
    assert screen.run("return getComputedStyle(document.querySelector('.q')).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_the_place_is_boxed_on_the_picture_of_the_page(show: Show, printed: str) -> None:
    screen = show(printed)
    assert (
        screen.wait("document.getElementById('image').complete && document.getElementById('image').naturalWidth") == 820
    )
    screen.run("kgView.choose(arguments[0], 'test')", number(screen, "fund"))
    boxes = screen.run(
        "const image = document.getElementById('image').getBoundingClientRect();"
        "return [...document.querySelectorAll('#boxes div')].map(e => { const b = e.getBoundingClientRect();"
        " return [(b.left - image.left) / image.width, (b.top - image.top) / image.height, b.width / image.width, b.height / image.height]; })"
    )
    assert len(boxes) >= 1
    for left, top, width, height in boxes:
        assert 0 <= left < left + width <= 1.01
        assert 0 <= top < top + height <= 1.01
    # There is ink in the box, and it is that of a line: neither the whole page nor nothing.
    left, top, width, height = boxes[0]
    dark = screen.run(
        "const image = document.getElementById('image'); const canvas = document.createElement('canvas');"
        "[canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];"
        "const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);"
        "const [x, y, w, h] = [arguments[0] * canvas.width, arguments[1] * canvas.height, arguments[2] * canvas.width, arguments[3] * canvas.height];"
        "const all = context.getImageData(x, y, w, h).data; let dark = 0;"
        "for (let i = 0; i < all.length; i += 4) dark += all[i] < 128; return dark / (all.length / 4)",
        *boxes[0],
    )
    assert 0.03 < dark < 0.6
    assert height < 0.04


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (WIDE, True), (NARROW, False)], ids=["wide", "dark", "narrow"]
)
def test_nothing_bars_anybody_from_the_page(
    show: Show, html: str, printed: str, size: tuple[int, int], dark: bool
) -> None:
    for each in (html, printed) if size == WIDE and not dark else (html,):
        screen = show(each, size, dark=dark)
        screen.run("kgView.choose(1, 'test')")
        assert screen.barriers() == []
        assert screen.run("return document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_runs_nothing(show: Show) -> None:
    screen = show(evidence(read(NOTICE.replace("修复湿地", f"修复{HOSTILE}湿地"), f"{HOSTILE}.md".replace("/", "_"))))
    screen.run("kgView.choose(1, 'test')")
    assert screen.run("return window.hit") is None
    assert (
        screen.run("return document.querySelectorAll('article img, article script, a[href^=javascript]').length") == 0
    )


def test_the_demo_opens_with_all_its_facts(show: Show, demo_gazette: Path) -> None:
    screen = show(evidence(understand(read_bytes(demo_gazette.read_bytes(), "gazette.md"))))
    numbers = screen.run(
        "return new Set([...document.querySelectorAll('.q')].flatMap(e => e.dataset.f.split(' '))).size"
    )
    assert numbers == screen.run("return kgView.data.facts.length")
