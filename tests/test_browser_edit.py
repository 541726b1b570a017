"""Correcting in a real Chromium: a fact is marked wrong and is gone, is back again, and a missing one is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import NARROW, WIDE, Screen, Show
from serving import serving
from test_additions import NOTICE

import kg

LED = NOTICE.replace("砚桥镇的水渠", "由区水利局牵头负责水渠维护。砚桥镇的水渠")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edited")
    (path / "notice.md").write_text(LED, encoding="utf-8")
    kg.build([path / "notice.md"], output=path / "out")
    return path / "out"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with serving(folder, "--edit", "--workers", "1") as address:
        yield address


def go(screen: Screen, words: str) -> None:
    """Follow the first link, or press the first button, with these words, and wait for the next page."""
    screen.run("window.stays = true")
    screen.run(
        "[...document.querySelectorAll('main a, main button')].find(one => one.textContent.trim() === arguments[0]).click()",
        words,
    )
    screen.wait("document.readyState === 'complete' && !window.stays", seconds=60)


def write(screen: Screen, **fields: str) -> None:
    for name, value in fields.items():
        screen.keys(f".judging [name='{name}']", value)


def test_a_reader_corrects_and_takes_back(visit: Show, server: str, folder: Path) -> None:
    (agency,) = [hit.iri for hit in kg.open(folder).search("区水利局", kinds=["Agency"])]
    page = f"{server}/id/{agency.partition('/id/')[2]}?lang=zh"
    screen = visit(page)
    assert "水渠维护" in screen.text("main")
    go(screen, "有误")
    write(screen, reason="误读", who="编目组")
    go(screen, "认定")
    assert "已认定" in screen.text("[role=status]")
    go(screen, "返回")
    assert "水渠维护" not in screen.text("main")
    screen = visit(f"{server}/edit?lang=zh")
    assert "误读" in screen.text(".judged")
    go(screen, "撤回")
    assert "已撤回" in screen.text("[role=status]")
    assert "水渠维护" in visit(page).text("main")


def test_a_selected_sentence_becomes_a_fact(visit: Show, server: str, folder: Path) -> None:
    screen = visit(f"{server}/edit?lang=zh")
    go(screen, "notice.md")
    assert screen.run("return document.getElementById('chosen').hidden")
    screen.run(  # from the end of one line into the next
        "const find = words => [...document.querySelectorAll('.sentence')].find(one => one.textContent.includes(words));"
        "const [first, last] = [find('区财政局'), find('也多多费心')];"
        "const at = first.textContent.indexOf('区财政局');"
        "getSelection().setBaseAndExtent(first.firstChild, at, last.firstChild, 5)"
    )
    screen.wait("!document.getElementById('chosen').hidden")
    go(screen, "据所选文字补充陈述")
    assert screen.run("return document.querySelector('[name=quote]').value") == "区财政局也多多费心"
    write(screen, **{"field.agent": "区财政局", "field.matter": "茶园用水", "field.role": "配合", "reason": "文中明言"})
    go(screen, "补充")
    assert "已认定" in screen.text("[role=status]")
    (fact,) = [fact for fact in kg.open(folder).facts(full=True) if fact["rule"] == "judgement.fact"]
    assert (fact["agent"], fact["quote"], fact["section"]) == ("区财政局", "区财政局也多多费心", "一")
    assert "茶园用水" in visit(f"{server}/search?q=茶园用水&lang=zh").text("main .hits")


def test_a_kind_that_is_chosen_shows_its_fields(visit: Show, server: str, folder: Path) -> None:
    sha = kg.open(folder).sources[0].sha256[:16]
    screen = visit(f"{server}/edit/fact?source={sha}&quote=水渠&lang=en")
    screen.run("window.stays = true")
    screen.run(
        "const kind = document.getElementById('kind'); kind.value = 'fund'; kind.dispatchEvent(new Event('change'))"
    )
    screen.wait("document.readyState === 'complete' && !window.stays")
    assert screen.run("return Boolean(document.querySelector('[name=\"field.amount\"]'))")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_bars_a_reader(visit: Show, server: str, folder: Path, size: tuple[int, int]) -> None:
    sha = kg.open(folder).sources[0].sha256[:16]
    for page in ("edit", f"edit/source/{sha}", f"edit/fact?source={sha}&quote=水渠&x", "edit/same?thing=区水利局"):
        screen = visit(f"{server}/{page}{'&' if '?' in page else '?'}lang=zh", size)
        assert screen.barriers() == []
        assert screen.run("return document.documentElement.scrollWidth <= innerWidth")


def test_a_line_of_the_explorer_leads_to_where_it_is_corrected(visit: Show, server: str) -> None:
    screen = visit(f"{server}/explore?lang=zh")
    screen.keys("#search", "区水利局")
    screen.wait("document.querySelector('#found li')")
    screen.keys("#search", "\ue007")
    screen.wait("kgView.graph.edges.some(edge => edge.kind === 'duty')")
    screen.settled()
    screen.run("kg.visit('edge', kgView.graph.edges.find(edge => edge.kind === 'duty').id)")
    screen.wait("document.querySelector('a.statement')")
    screen.run("window.stays = true; document.querySelector('a.statement').click()")
    screen.wait("document.readyState === 'complete' && !window.stays", seconds=60)
    assert "这条陈述有误" in screen.text("main")
