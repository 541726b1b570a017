"""All the text of a source in its places: what is an element of a document or an issue, what is prose, what is left."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.anatomy import Anatomy, DocumentParts
from kg.anatomy.paragraphs import Paragraph, paragraphs
from kg.grammar.organisations import is_organisation
from kg.model import Source, Span
from kg.text import Text, lines

__all__ = ["Pages", "Stretch", "contents", "elements", "furniture", "mark", "prose", "unplaced"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text in its place."""

    text: Text
    doc: str
    """As in ``Fact.doc``."""
    section: str
    year: str | None
    """The year that its dates without a year fall into."""


class Pages:
    """Which page of a source a place in its text stands on."""

    def __init__(self, source: Source) -> None:
        pages = [place for place in source.places if place.kind == "page"]
        self._starts = [place.start for place in pages]
        self._labels = [place.label for place in pages]

    def at(self, offset: int) -> str:
        """The label of the page, or nothing where the source has no pages."""
        at = bisect_right(self._starts, offset)
        return self._labels[at - 1] if at else ""


def mark(mask: bytearray, spans: Iterable[Span]) -> None:
    """Set the bytes of these places to 1."""
    for span in spans:
        mask[span.start : span.end] = b"\x01" * (span.end - span.start)


# --- elements ----------------------------------------------------------------------------------------------

_CONTENTS = re.compile(r"目 ?[录次](?:\s.*)?")
_IMPRINT = re.compile(
    r"(?:主管|主办|承办|协办|出版|编辑|编印|印刷|发行|准印证|刊号|地址|电话|传真|邮编|邮政编码|网址|邮箱)[^：]{0,8}："
)


def elements(anatomy: Anatomy) -> Iterator[Text]:
    """What the elements of GB/T 9704 and those of an issue are made of; none is empty."""
    for document in anatomy.documents:
        yield from (text for text in _elements_of(document) if text.chars)
    if anatomy.issue:
        for paragraph in anatomy.issue.masthead:
            if is_organisation(paragraph.chars) or _IMPRINT.match(paragraph.chars):
                yield paragraph.text
        yield from (paragraph.text for paragraph in contents(anatomy))
        yield from (text for entry in anatomy.issue.index for text in entry if text.chars)


def contents(anatomy: Anatomy) -> tuple[Paragraph, ...]:
    """The paragraphs of an issue's contents, from 目录 or, without it, from the first title on, up to the board."""
    if not anatomy.issue:
        return ()
    front, board = anatomy.issue.masthead, {id(paragraph) for paragraph in anatomy.issue.board}
    opens = next((i for i, paragraph in enumerate(front) if _CONTENTS.fullmatch(paragraph.chars)), None)
    if opens is None:
        opens = next((i for i, paragraph in enumerate(front) if "关于" in paragraph.chars), len(front))
    closes = next((i for i, paragraph in enumerate(front) if i > opens and id(paragraph) in board), len(front))
    return front[opens:closes]


def _elements_of(document: DocumentParts) -> Iterator[Text]:
    single = (document.title, document.number, document.addressees, document.date_text, document.openness)
    yield from (text for text in single if text)
    yield from document.issuer
    yield from document.attachments
    for annex in document.annexes:
        yield annex.title
        yield from annex.attachments
    for passage in document.all_passages():
        if passage.opens and passage.heading:
            yield passage.heading.whole


# --- prose, and what is left -------------------------------------------------------------------------------


def prose(anatomy: Anatomy) -> Iterator[Stretch]:
    """All text of the issue's front and of the documents, headings included."""
    if anatomy.issue:
        for paragraph in anatomy.issue.masthead:
            yield Stretch(paragraph.text, "issue", "", None)
    for document in anatomy.documents:
        for passage in document.all_passages():
            section = passage.heading.path if passage.heading else ""
            yield Stretch(passage.paragraph.text, document.key, section, document.year)


_LETTER = re.compile(r"\w")
_FURNITURE = {
    "copies": re.compile(r"抄送.{0,400}"),
    "printed": re.compile(r".{2,60}印发.{0,12}"),
    "index": re.compile(r".{0,60}(?:目录|索引|检索)(?:（.*）)?"),
    "mark": re.compile(r"附件.{0,4}|附[：:]?"),
    "seam": re.compile(r"（(?:下转|上接).{1,8}）"),
    "metadata": re.compile(
        r"(?:标题|发[布文](?:时间|日期|机构|机关|单位)|成文日期|公开日期|生成日期|来源|原文链接|链接|检索\S{1,4}|索引号|主题词|分类|栏目|关键词|文档|文件名称|文件编号|文号"
        r"|有效性|信息来源|浏览次数|文档类型)：.{0,160}|.{0,60}当前位置.{0,160}|.{0,120}(?:微信|微博|QQ空间).{0,40}|【.{0,20}】|[=—-]{4,}.{0,60}|基本信息|政策全文"
    ),
}
"""What stands around a document and says nothing of its own, by what it is."""


def furniture(chars: str) -> str | None:
    """What a paragraph outside all parts is: ``letterhead`` (发文机关标志), ``copies``, ``printed``, ``metadata`` … or nothing."""
    if is_organisation(chars) or (chars.endswith("文件") and is_organisation(chars.removesuffix("文件"))):
        return "letterhead"
    return next((name for name, pattern in _FURNITURE.items() if pattern.fullmatch(chars)), None)


def unplaced(anatomy: Anatomy) -> Iterator[Stretch]:
    """What stands in no part that was understood, a paragraph each, with the document that it stands behind."""
    source = anatomy.source
    read = bytearray(len(source.text))
    for text in (*elements(anatomy), *(stretch.text for stretch in prose(anatomy) if stretch.text.chars)):
        mark(read, text.spans())
    heads = [(document, document.title or document.number) for document in anatomy.documents]
    starts = sorted((text.origin[0], i) for i, (_, text) in enumerate(heads) if text and text.chars)
    first = "issue" if anatomy.issue else anatomy.documents[0].key if anatomy.documents else ""
    for hole in re.finditer(b"\x00+", read):
        left = source.text[hole.start() : hole.end()]
        if len(_LETTER.findall(left)) < 4:
            continue  # markup and blanks between what was read
        at = bisect_right(starts, (hole.start(), len(heads)))
        document = heads[starts[at - 1][1]][0] if at else None
        doc, year = (document.key, document.year) if document else (first, None)
        for paragraph in paragraphs(lines(replace(source, text=left))[0]):
            chars = paragraph.chars
            if _LETTER.search(chars):
                origin = array("i", (place + hole.start() for place in paragraph.text.origin))
                yield Stretch(Text(source, chars, origin), doc, "", year)
