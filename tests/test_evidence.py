"""The evidence page: every character of a source once, every fact at its words, every place with an anchor."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from make_pdf import draws_chinese, pdf

from kg.model import Reading
from kg.pipeline import understand
from kg.rdf.iris import Names, source_graph
from kg.read import Limits, read_bytes
from kg.view import evidence, evidence_name
from kg.view.inline import visible

NOTICE = """# 栖云区人民政府办公室关于成立湿地修复领导小组的通知

栖云府办发〔2031〕5号

各乡镇人民政府：

一、成员

组 长：岑望舒 区水务局局长

二、任务

| 序号 | 任务 | 责任单位 | 时限 |
| --- | --- | --- | --- |
| 1 | 修复湿地 | 区水务局 | 2031年6月30日前 |

区水务局牵头修复湿地，区财政局安排1250万元。另有3000万元由他处筹措。

栖云区人民政府办公室

2031年2月3日
"""


def read(text: str, name: str = "通知.md") -> Reading:
    return understand(read_bytes(text.encode(), name))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(NOTICE)


@pytest.fixture(scope="module")
def html(reading: Reading) -> str:
    return evidence(reading)


class Text(HTMLParser):
    """The article of a page: its text, its anchors with where they stand in it, and the facts of each character."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.anchors: dict[str, int] = {}
        self.facts: list[tuple[int, int, str, set[int]]] = []
        self._inside = False
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._inside = self._inside or tag == "article"
        self._open.append((tag, attributes))
        if self._inside and attributes.get("id"):
            self.anchors[str(attributes["id"])] = len(self.text)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "article":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if not self._inside or not self._open:
            return
        _, attributes = self._open[-1]
        if attributes.get("class") == "page" or any(a.get("class") == "source" for _, a in self._open):
            return
        if "data-s" in attributes:
            numbers = {int(number) for number in (attributes.get("data-f") or "").split()}
            self.facts.append((int(attributes["data-s"] or 0), int(attributes["data-e"] or 0), data, numbers))
        self.text += data


def data_of(html: str) -> Any:
    (text,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)
    return json.loads(text)


def test_every_character_stands_on_the_page_once_and_in_order(html: str) -> None:
    # The strokes of tables are drawn as tables.
    plain = re.sub(r"^\|[\s:|-]+\|$", "", NOTICE, flags=re.M).replace("|", "")
    assert "".join(Text(html).text.split()) == "".join(plain.split())


def test_every_fact_is_marked_at_exactly_its_words(html: str, reading: Reading) -> None:
    told = data_of(html)["facts"]
    marked: dict[int, str] = dict.fromkeys(range(len(told)), "")
    for start, end, words, numbers in Text(html).facts:
        assert reading.source.text[start:end] == words
        for number in numbers:
            marked[number] += words
    for number, fact in enumerate(told):
        whole = "".join(reading.source.text[start:end] for start, end in fact["spans"])
        assert "".join(marked[number].split()).replace("|", "") == "".join(whole.split()).replace("|", "")


def test_every_place_that_others_link_to_has_an_anchor_before_its_first_character(html: str, reading: Reading) -> None:
    found = Text(html)
    gaps = [gap.span for gap in reading.coverage.gaps]
    assert gaps
    for span in [*(span for fact in reading.facts for span in fact.evidence.spans), *gaps]:
        at = found.anchors[f"s{span.start}-{span.end}"]
        first = reading.source.text[span.start]
        assert found.text[at:].lstrip("\n ").startswith(first)


def test_what_no_fact_covers_is_underlined(html: str, reading: Reading) -> None:
    missed = {gap.text for gap in reading.coverage.gaps}
    assert missed == {words for *_, words, numbers in Text(html).facts if not numbers}


def test_the_facts_are_those_of_the_graph(html: str, reading: Reading) -> None:
    assert {fact["iri"] for fact in data_of(html)["facts"]} == {iri.strip("<>") for iri in Names(reading).facts}


def test_the_contents_lead_to_documents_and_sections(html: str) -> None:
    links = re.findall(r'<li class="d(\d)"><a href="#(s\d+-\d+)">([^<]*)</a>', html)
    assert [(depth, name) for depth, _, name in links] == [
        ("0", "栖云区人民政府办公室关于成立湿地修复领导小组的通知"),
        ("1", "一 成员"),
        ("1", "二 任务"),
    ]
    assert {target for _, target, _ in links} <= set(Text(html).anchors)


def test_a_table_is_a_table(html: str) -> None:
    rows = [re.findall(r"<td>(.*?)</td>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)]
    cells = [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in rows]
    assert cells == [["序号", "任务", "责任单位", "时限"], ["1", "修复湿地", "区水务局", "2031年6月30日前"]]


def test_the_same_reading_gives_the_same_bytes(reading: Reading) -> None:
    assert evidence(reading) == evidence(read(NOTICE))


def test_the_page_is_named_after_its_source(reading: Reading) -> None:
    assert evidence_name(source_graph(reading.source.sha256)) == f"{reading.source.sha256[:16]}.html"


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\u202e局政财区\u2066",
        "{{ 7*7 }}&lt;",
        "长" * 10_000,
    ],
)
def test_hostile_text_stays_text(text: str) -> None:
    hostile = evidence(read(NOTICE.replace("另有", f"{text}另有")))
    plain = evidence(read(NOTICE))
    assert hostile.count("<script") == plain.count("<script")
    assert "<img src" not in hostile
    assert visible(text)[:40] in Text(hostile).text


def test_the_whole_demo_is_marked(demo_gazette: Path) -> None:
    reading = understand(read_bytes(demo_gazette.read_bytes(), "gazette.md"))
    found = Text(evidence(reading))
    numbers = set().union(*(numbers for *_, numbers in found.facts))
    assert numbers == set(range(len(Names(reading).facts)))
    letters = re.compile(r"[\u4e00-\u9fff]")
    assert letters.findall(found.text) == letters.findall(reading.source.text)


# ---- pages with pictures ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed() -> Reading:
    if not draws_chinese():
        pytest.skip("no font here draws Chinese")
    limits = Limits(pictures=1024 * 1024)
    return understand(read_bytes(pdf(NOTICE), "通知.pdf", limits))


def test_a_printed_source_keeps_where_each_line_stands(printed: Reading) -> None:
    source = printed.source
    assert source.boxes
    for box in source.boxes:
        assert 0 <= box.left < box.right <= 1
        assert 0 <= box.top < box.bottom <= 1
    covered = "".join(source.text[box.start : box.end] for box in source.boxes)
    assert "区水务局牵头修复湿地" in "".join(covered.split())
    # What is read later on a page of one column stands lower on it.
    tops = [box.top for box in source.boxes if box.page == "1"]
    assert tops == sorted(tops)


def test_the_pictures_of_pages_are_on_the_page_within_the_limit(printed: Reading) -> None:
    assert [picture.page for picture in printed.source.pictures] == ["1", "2"]
    data = data_of(evidence(printed))
    width, height, address = data["pictures"]["1"]
    assert (width, round(height / width, 1)) == (820, 1.4)
    assert address.startswith("data:image/png;base64,")
    assert len(address) < 200_000
    assert len(data["boxes"]) == len(printed.source.boxes)


def test_no_picture_is_made_unless_asked_for_and_none_beyond_the_limit() -> None:
    assert read_bytes(pdf(NOTICE), "通知.pdf").pictures == ()
    assert read_bytes(pdf(NOTICE), "通知.pdf", Limits(pictures=1000)).pictures == ()
