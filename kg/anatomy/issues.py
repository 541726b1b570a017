"""What belongs to an issue and to no document of it: masthead, board, index; and the preface of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.anatomy.elements import IssueParts
from kg.anatomy.paragraphs import Paragraph
from kg.grammar.references import NUMBER, NUMBER_LINE, TITLE
from kg.text import Text

__all__ = ["Preface", "cut_index", "issue_parts", "preface_of"]


@dataclass(frozen=True, slots=True)
class Preface:
    """What a page says about its document before the document begins."""

    title: Text | None
    number: Text | None


_BOARD = re.compile("(?P<name>^编[辑审]委员会|编委会(?=(?:成员|名单)?$))")
_BEHIND_BOARD = re.compile(
    r"主管|主办|承办|编辑出版|编印|出版|地址|电话|邮编|邮政编码|印刷|网址|准印证|刊号|目[录次](?:\W|$)|.{2,30}关于"
)
_INDEX = re.compile(r"[^。；]{0,70}(?:文件|公文)?(?:目录|索引)(?:（[^）]*）)?")
_NUMBERED = re.compile(rf"(?:文号|发文字号|发文号|文件编号|文件号|文件字号)[：〉>】| ]{{0,3}}(?P<number>{NUMBER})")
_BRACKET = re.compile(rf"（(?P<number>{NUMBER})）|[（）]")


def issue_parts(front: list[Paragraph]) -> IssueParts | None:
    """The parts of an issue before its first document, or None where the source is no issue of a periodical."""
    whole = "\n".join(p.chars for p in front)
    if not re.search(r"公报|政报|政务通报|文件汇编", whole) or not re.search(
        r"第\d{1,4}期|\d{4}年第?\d{1,2}期|总第\d+期", whole
    ):
        return None
    board: list[Paragraph] = []
    name = ""
    inside = False
    for paragraph in front:
        chars = paragraph.chars
        if named := _BOARD.search(chars):
            name, inside = name or named["name"], True
        elif _BEHIND_BOARD.match(chars):
            inside = False
        elif inside:
            board.append(paragraph)
    return IssueParts(tuple(front), tuple(board), name, ())


def preface_of(front: list[Paragraph]) -> Preface:
    """Title and 文号 in the preface of a page: a heading, or the lines that say 标题 and 文号."""
    title = number = None
    asked = False
    for paragraph in front:
        chars = paragraph.chars
        if number is None and asked and (behind := NUMBER_LINE.fullmatch(chars)):
            number = paragraph.text[behind.start("number") : behind.end("number")]
        asked = chars.endswith(("文号", "发文字号", "文号：", "发文字号："))
        named = re.match(r"标题：", chars)
        if title is None and named:
            title = paragraph.text[named.end() :]
        elif title is None and paragraph.marked and TITLE.fullmatch(chars):
            title = paragraph.text
        numbered = _NUMBERED.search(chars)
        if number is None and numbered:
            number = paragraph.text[numbered.start("number") : numbered.end("number")]
    return Preface(title, number)


def cut_index(body: list[Paragraph]) -> tuple[list[Paragraph], list[tuple[Text, Text]]]:
    """The paragraphs before an index (文件目录), and the index's entries."""
    for i, paragraph in enumerate(body):
        if _INDEX.fullmatch(paragraph.chars) and i + 1 < len(body):
            entries = _entries(body[i + 1 :])
            if len(entries) >= 2:
                return body[:i], entries
    return body, []


def _entries(behind: list[Paragraph]) -> list[tuple[Text, Text]]:
    rows = Text.join(p.text for p in behind if not p.chars.endswith("文件"))
    found: list[tuple[Text, Text]] = []
    start = 0
    opened: int | None = None  # where a bracket opens in the title
    for mark in _BRACKET.finditer(rows.chars):
        if opened is not None and mark[0] != "）":
            start, opened = opened + 1, None  # what stands before a bracket that is not closed is another row's
        if mark["number"]:
            title = rows[start : mark.start()].strip(" 。；、\n")
            if title.chars:
                found.append((title, rows[mark.start("number") : mark.end("number")]))
            start = mark.end()
        elif mark[0] == "（":
            opened = mark.start()
        else:
            start, opened = start if opened is not None else mark.end(), None
    return found
