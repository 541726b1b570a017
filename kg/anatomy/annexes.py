"""What a notice issues or attaches and is printed behind it: plans, measures, lists, each with its title."""

from __future__ import annotations

import re

from kg.anatomy.elements import Annex
from kg.anatomy.paragraphs import Paragraph
from kg.anatomy.sections import passages
from kg.grammar.references import document_type
from kg.model import Leftover
from kg.text import Text

__all__ = ["ANNEX_MARK", "SUBTITLE", "annexes_behind", "is_annex_title", "issued", "listed_attachments"]

_IMPRINT = re.compile(r"抄送|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发|来源：|附件下载|打印本页|关闭窗口|上一篇|下一篇|【")
ANNEX_MARK = re.compile(r"附件 ?[\d一二三四五六七八九十]{0,2}[：:]?")
SUBTITLE = re.compile(
    r"（(?:(?:20|19)\d{2}(?:[—\-～至](?:20|19)?\d{2})?年?度?(?:版|修订版?|本)?|试行|暂行|修订|修订版|修订稿|草案|征求意见稿|送审稿)）"
)
"""What a title may have in brackets on a line of its own: the years it is for, 试行 and the like."""
_LISTING, _ITEM = re.compile("附件?："), re.compile(r"\d{1,2}[.、．]")


def listed_attachments(body: list[Paragraph]) -> tuple[list[Paragraph], tuple[Text, ...]]:
    """附件说明: the body without it, and each attachment that it lists."""
    kept: list[Paragraph] = []
    found: list[Text] = []
    listing = False
    for paragraph in body:
        text = paragraph.text
        head = _LISTING.match(text.chars)
        item = _ITEM.match(text.chars) if listing else None
        if head or (item and "。" not in text.chars):
            listing = True
            rest = text[head.end() :] if head else text
            cuts = list(re.finditer(r"(?:^|(?<=[^\d]))\d{1,2}[.、．](?:(?!\d)|(?=(?:19|20)\d\d)) ?", rest.chars))
            for k, cut in enumerate(cuts):
                end = cuts[k + 1].start() if k + 1 < len(cuts) else len(rest)
                found.append(rest[cut.end() : end].strip(" 。；"))
            if not cuts and rest.chars:
                found.append(rest.strip(" 。；"))
        else:
            listing = False
            kept.append(paragraph)
    return kept, tuple(text for text in found if text.chars)


def is_annex_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph can be the title of a plan or an attachment: short, without stops, closed by a 文种."""
    chars = paragraph.chars
    return (
        4 <= len(chars) <= 70
        and not re.search(
            r"[，。；：]|^(?:[一二三四五六七八九十]+|\d{1,2})[、.．]|^（|^第[一二三四五六七八九十百]+[编章节条]", chars
        )
        and document_type(chars) is not None
    )


_ISSUES = re.compile("印发|转发|公布|发布")


def issued(title: Text | None, main: list[Paragraph]) -> str:
    """What a notice says that it issues, to find the title of it in, however that is broken into lines."""
    said = [title.chars] if title else []
    return _unquoted("\n".join([*said, *(p.chars for p in main if _ISSUES.search(p.chars))]))


def _unquoted(chars: str) -> str:
    return re.sub("[《》〈〉<>]", "", chars)


def _broken_title(behind: list[Paragraph], i: int, issued: str) -> int:
    """How many lines from i on are together the title of what is issued; 0 where none are."""
    joined = ""
    for count, paragraph in enumerate(behind[i : i + 4], 1):
        if paragraph.flat or len(paragraph.chars) > 70 or re.search("[。；：]", paragraph.chars):
            return 0
        joined += _unquoted(paragraph.chars)
        at = issued.find(joined)
        if at < 0:
            return 0
        if len(joined) >= 8 and re.match(r"的通知|的通告|$|\n|（|已经|，|印发|予以|、", issued[at + len(joined) :]):
            return count
    return 0


def annexes_behind(behind: list[Paragraph], leftovers: list[Leftover], prefixed: bool, issued: str) -> list[Annex]:
    """The plans and attachments printed behind a notice, each from its title to the next one's.

    ``issued`` is the text of the notice that names them.
    """
    found: list[tuple[Text, list[Paragraph]]] = []
    marked = False
    skip = 0
    for i, paragraph in enumerate(behind):
        chars = paragraph.chars
        if i < skip:
            continue
        if lines := _broken_title(behind, i, issued) if marked or not found else 0:
            skip, marked = i + lines, False
            skip += skip < len(behind) and SUBTITLE.fullmatch(behind[skip].chars) is not None
            found.append((Text.join(p.text for p in behind[i:skip]), []))
            continue
        if ANNEX_MARK.fullmatch(chars):
            marked = True
            continue
        title = _annex_title(paragraph, marked, bool(found))
        if title is not None:
            rest = _flat_rest(paragraph, title)
            if rest is None and i + 1 < len(behind) and SUBTITLE.fullmatch(behind[i + 1].chars):
                title = Text.join((title, behind[i + 1].text))
            found.append((title, [rest] if rest is not None else []))
        elif found and not found[-1][1] and SUBTITLE.fullmatch(chars):
            continue  # it went with the title
        elif found and not (_IMPRINT.match(chars) and i > len(behind) - 4):
            found[-1][1].append(paragraph)
        elif not found or len(chars) > 8:
            leftovers.append(Leftover("stands in no document", chars, paragraph.text.spans()[0]))
        marked = False
    annexes = []
    for k, (title, body) in enumerate(found):
        kept, attachments = listed_attachments(body)
        prefix = f"附{k + 1}." if prefixed or k else ""
        annexes.append(Annex(title, tuple(passages(kept, prefix)), attachments))
    return annexes


def _annex_title(paragraph: Paragraph, marked: bool, inside: bool) -> Text | None:
    """The title of an annex that a paragraph is or, on a flattened page, begins with."""
    if paragraph.flat and (mark := re.match(r"附件 ?\d{0,2} (?=\S)", paragraph.spaced.chars)):
        head = re.match(r"\S{4,60}", paragraph.spaced.chars[mark.end() :])
        if head:
            return paragraph.spaced[mark.end() : mark.end() + head.end()].closed()
    if inside and not marked and not paragraph.marked:
        return None
    if inside and not marked and paragraph.marked > 3:
        return None
    if marked and len(paragraph.text) <= 60:
        return paragraph.text
    return paragraph.text if is_annex_title(paragraph) else None


def _flat_rest(paragraph: Paragraph, title: Text) -> Paragraph | None:
    if paragraph.text.origin[-1] == title.origin[-1]:
        return None
    at = paragraph.spaced.origin.index(title.origin[-1]) + 1
    rest = paragraph.spaced[at:].strip()
    return Paragraph(rest, 0, paragraph.flat) if rest.chars else None
