"""The report in a real Chromium: two languages, the reader's own day, and links that hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from networks import NOTICE, sample
from screen import HOSTILE, NARROW, WIDE, Show

import kg
from kg.model import Leftover
from kg.query.dues import Reckoned
from kg.view import report

DEADLINES: list[dict[str, Any]] = [
    {"doc": NOTICE, "kind": "deadline", "on": day, "task": task, "quote": task, "fact": f"urn:{task}"}
    for day, task in (("2001-01-01", "早已过去"), ("2999-06-30", "远在将来"))
]
DUES = {f"urn:{fact['task']}": Reckoned(str(fact["on"]), "按写明的日期", False) for fact in DEADLINES}


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


def test_the_readers_day_parts_what_is_past_from_what_is_ahead(show: Show) -> None:
    screen = show(report(DEADLINES, [], sample(), dues=DUES))
    stands = "[...document.querySelectorAll('tr[data-due]')].map(row => row.dataset.stands)"
    assert screen.run(f"return {stands}") == ["past", "later"]
    assert screen.run("return document.querySelector('#ahead [data-state=past]').textContent") == "已过 1"
    screen.click("#ahead [data-state=later]")
    shown = screen.run(
        "return [...document.querySelectorAll('tr[data-due]')].filter(r => !r.hidden).map(r => r.innerText)"
    )
    assert len(shown) == 1
    assert "远在将来" in shown[0]
    assert "还有" in shown[0]


def test_one_language_steps_out(show: Show) -> None:
    screen = show(report(DEADLINES, [], sample(), dues=DUES))
    assert "Documents" not in screen.run("return document.body.innerText")
    screen.click("#language")
    said = screen.run("return document.body.innerText")
    assert "Documents" in said
    assert "公文" not in said.replace("公文 ", "")
    assert screen.run("return document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (WIDE, True), (NARROW, False)], ids=["wide", "dark", "narrow"]
)
def test_nothing_bars_anybody_from_the_report(show: Show, demo_graph: Any, size: tuple[int, int], dark: bool) -> None:
    facts = list(demo_graph.facts(full=True))
    html = report(facts, demo_graph.leftovers, demo_graph.network(), coverage=demo_graph.coverage)
    assert show(html, size, dark=dark).barriers() == []


def test_a_hostile_gazette_is_built_and_opens_on_every_page_and_nothing_runs(show: Show, tmp_path: Path) -> None:
    text = f"""# 栖云区人民政府办公室关于成立湿地{HOSTILE}修复领导小组的通知

栖云府办发〔2031〕5号

各乡镇人民政府：

组 长：岑望舒 区水务局局长{HOSTILE}

区水务局牵头修复{HOSTILE}湿地，于2031年6月30日前完成，[见此](javascript:window.hit=1)。{"长" * 10_000}局负责督办。

栖云区人民政府办公室

2031年2月3日
"""
    (tmp_path / "通知.md").write_text(text, encoding="utf-8")
    graph = kg.build([tmp_path / "通知.md"], output=tmp_path / "out", jobs=1)
    assert len(list(graph.facts())) > 3
    evidence = next((tmp_path / "out" / "evidence").iterdir())
    for folder, name in (
        *((tmp_path / "out", page) for page in ("report.html", "network.html")),
        (evidence.parent, evidence.name),
    ):
        screen = show("", folder=folder, name=name)
        assert screen.run("return window.hit") is None
        assert (
            screen.run("return document.querySelectorAll('a[href^=javascript], svg[onload], img[onerror]').length") == 0
        )
        assert screen.run(
            "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
        ).startswith("default-src 'none'")
        assert screen.run("return document.documentElement.scrollWidth <= innerWidth")


def test_every_link_of_a_build_leads_somewhere(show: Show, demo_gazette: Path, tmp_path: Path) -> None:
    kg.build([demo_gazette], output=tmp_path / "out", jobs=1)
    screen = show("", folder=tmp_path / "out", name="report.html")
    links = screen.run("return [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    files = {link.partition("#")[0] for link in links} - {""}
    assert all((tmp_path / "out" / file).is_file() for file in files)
    page = (tmp_path / "out" / next(file for file in files if file.startswith("evidence/"))).read_text(encoding="utf-8")
    places = {link.partition("#")[2] for link in links if link.startswith("evidence/")} - {""}
    assert len(places) > 50
    assert [place for place in places if f'id="{place}"' not in page] == []
    (into, *_) = [link for link in links if link.startswith("network.html#node=")]
    screen = show("", folder=tmp_path / "out", name="network.html", fragment=f"#{into.partition('#')[2]}")
    assert screen.selected() is not None
    screen.click(".facts li:first-child button")
    screen.click("#said .evidence")
    assert screen.wait("document.querySelector('#text .chosen')")
