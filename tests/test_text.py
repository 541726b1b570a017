"""Repair: what is folded, dropped and put right, and that every character knows its place."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Source
from kg.text import Text, lines


def source(text: str) -> Source:
    return Source("case.txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), "utf-8", text)


def clean(text: str) -> list[str]:
    return [line.text.closed().chars for line in lines(source(text))[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区 财 政 局", ["区财政局"]),
        ("２０２１年,共计12,345元(含税)", ["2021年，共计12,345元（含税）"]),
        ("时间:18:00至20:00", ["时间：18:00至20:00"]),
        ("网址: http://www.qingting.example.cn/a", ["网址：http://www.qingting.example.cn/a"]),
        ("青汀府办发[2021]9号", ["青汀府办发〔2021〕9号"]),
        ("\uf98e度⽂件", ["年度文件"]),
        ("### 一、总体要求\n- 二、工作任务", ["一、总体要求", "二、工作任务"]),
        ("请<b>认真</b>执行&nbsp;。", ["请认真执行。"]),
        ("<p>第一段</p><p>第二段</p>", ["第一段", "第二段"]),
        ("<script>alert(1)</script>正文", ["正文"]),
        ("1\ue010突破关键技术", ["1突破关键技术"]),
        ("关于防汛工作的通知········4", ["关于防汛工作的通知4"]),
        ("ABC DEF与中文 混排", ["ABC DEF与中文混排"]),
        ("", []),
    ],
)
def test_folding(text: str, expected: list[str]) -> None:
    assert clean(text) == expected


def test_a_slip_is_put_right_where_the_right_word_stands_elsewhere() -> None:
    found, mended = lines(source("主编：舟洪\n\n冉洪\n\n联系冉洪，\n\n（冉洪）"))
    assert found[0].text.chars == "主编：冉洪"
    assert [left.reason for left in mended] == ["put right: 舟 read as 冉"]


@pytest.mark.parametrize(
    "text",
    [
        "主编：舟洪\n\n冉洪",
        "舟洪\n舟洪\n冉洪\n冉洪\n冉洪",
        "月末，未完成。未完成。未完成。于末端。于未来。于未来。于未来。",
    ],
)
def test_no_slip_is_put_right_without_evidence(text: str) -> None:
    assert lines(source(text))[1] == []


def test_a_quote_is_what_stands_in_the_source() -> None:
    line = lines(source("各区\u3000财 政\t局,负责 。"))[0][0].text.closed()
    evidence = line.evidence((2, 5))
    assert evidence.text == "财 政\t局"
    assert evidence.quote == "财政局"


@pytest.mark.parametrize(
    "head",
    [
        "青川县人民政府公报　2022年第2期　· 2 ·",
        "2022年第2期　　　青川县人民政府公报　　　· 12 ·",
        "· 9 ·　　　青川县人民政府公报　　2022年第2期",
        "青川省人民政府公报　2025·8　　　　9",
        "青川省人民政府公报　2025·10　—14—",
        "— 14 —",
        "·3·",
    ],
)
def test_a_running_head_is_no_line_of_the_text_and_is_reported(head: str) -> None:
    found, reports = lines(source(f"一、切实加强\n{head}\n领导。"))
    assert [line.text.chars for line in found] == ["一、切实加强", "领导。"]
    assert [report.reason for report in reports] == ["a running head"]


@pytest.mark.parametrize("line", ["青川县人民政府公报　2022年第2期", "青川县人民政府公报室　2022年9月", "政府公报 12"])
def test_a_masthead_without_a_page_number_is_a_line_of_the_text(line: str) -> None:
    assert len(lines(source(line))[0]) == 1


TEXTS = st.text(
    alphabet=st.sampled_from("财政局区 \n\t\u3000（）()[]，,。.:：1２3#-*<>b/一二AＢ年\ue000\uf98e|·…"), max_size=200
)


@given(TEXTS)
def test_the_offset_map_is_total_and_rises(text: str) -> None:
    for line in lines(source(text))[0]:
        for piece in (line.text, line.text.closed()):
            assert len(piece.origin) == len(piece.chars)
            assert all(0 <= place < len(text) for place in piece.origin)
            assert all(a < b for a, b in zip(piece.origin, piece.origin[1:], strict=False))


@given(TEXTS, st.integers(0, 199), st.integers(1, 50))
def test_a_quote_is_always_what_stands_at_its_spans(text: str, start: int, length: int) -> None:
    here = source(text)
    for line in lines(here)[0]:
        piece = line.text.closed()
        if start < len(piece):
            evidence = piece.evidence((start, min(len(piece), start + length)))
            assert here.at(evidence.spans) == evidence.text


def test_sewn_texts_keep_the_places_of_their_parts() -> None:
    here = source("前半 句。别的。后半句。")
    whole = lines(here)[0][0].text
    sewn = Text.join((whole[0:2], whole[8:12]))
    assert sewn.chars == "前半后半句。"
    assert [str(span) for span in sewn.spans()] == ["0-2", "8-12"]
