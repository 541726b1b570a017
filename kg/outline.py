"""The tree of what was understood in a source: the first thing to look at when something is missing.

Its nodes are the parts of an issue, its documents with their elements by GB/T 9704, their sections, tables, rosters
and attachments, and what stands in no part; each with its place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.anatomy import Anatomy, Annex, DocumentParts, Heading, Passage
from kg.anatomy.rosters import Roster, rosters
from kg.anatomy.tables import is_row
from kg.check.listing import Entry, indexed, listed
from kg.check.stretches import Pages, contents, furniture, unplaced
from kg.model import Source
from kg.query.results import places
from kg.text import Text

__all__ = ["NAMES", "Node", "as_json", "outline", "tree"]

NAMES: Mapping[str, str] = {
    "source": "来源",
    "issue": "公报",
    "masthead": "刊头",
    "contents": "目录",
    "entry": "条目",
    "board": "编委会",
    "index": "索引",
    "document": "公文",
    "title": "标题",
    "number": "发文字号",
    "issuer": "发文机关",
    "addressees": "主送机关",
    "attachment": "附件说明",
    "signature": "署名",
    "date": "成文日期",
    "openness": "公开属性",
    "annex": "附件正文",
    "section": "章节",
    "text": "正文",
    "table": "表格",
    "roster": "名单",
    "letterhead": "发文机关标志",
    "copies": "抄送机关",
    "printed": "印发机关和日期",
    "metadata": "网页信息",
    "mark": "附件标记",
    "seam": "转接页",
    "unread": "未读",
    "unplaced": "未归入任何部分",
}
"""The kinds of nodes and what they are called in Chinese; the elements by the names of GB/T 9704."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a source."""

    kind: str
    """A key of ``NAMES``."""
    label: str
    """Its words, or how much it holds."""
    start: int
    end: int
    """Its place in the source's decoded text: code points, end exclusive."""
    page: str = ""
    """The label of the page that it begins on, where the source has pages."""
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(anatomy: Anatomy) -> Node:
    """The tree of a source."""
    source = anatomy.source
    pages = Pages(source)
    children = [*_issue(anatomy, pages), *(_document(pages, document) for document in anatomy.documents)]
    lost = [_leaf(furniture(stretch.text.chars) or "unplaced", stretch.text) for stretch in unplaced(anatomy)]
    children.extend(_placed(pages, part) for part in lost)
    unread = (place for place in source.places if place.kind == "unread")
    children.extend(Node("unread", place.label, place.start, place.start) for place in unread)
    children.sort(key=lambda node: node.start)
    label = f"{source.name}  {source.format}  {source.encoding}  {len(source.text)}"
    return Node("source", label, 0, len(source.text), "", tuple(children))


# --- parts -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    """A node while it is being put together."""

    kind: str
    label: str
    start: int = -1
    end: int = -1
    parts: list[_Part] = field(default_factory=list)

    def covers(self, texts: Iterable[Text]) -> None:
        """Stretch it over texts; what was sewn to its end from another page does not count."""
        for text in texts:
            if text.chars:
                span = text.spans()[0]
                self.start = span.start if self.start < 0 else min(self.start, span.start)
                self.end = max(self.end, span.end)


def _leaf(kind: str, text: Text, label: str = "") -> _Part:
    part = _Part(kind, label or text.chars)
    part.covers([text])
    return part


def _placed(pages: Pages, part: _Part) -> Node:
    children = tuple(_placed(pages, below) for below in part.parts)
    start = part.start if part.start >= 0 else min((child.start for child in children), default=0)
    end = max([part.end, start, *(child.end for child in children)])
    return Node(part.kind, part.label, start, end, pages.at(start), children)


def _issue(anatomy: Anatomy, pages: Pages) -> Iterator[Node]:
    if not anatomy.issue:
        return
    front, contained = anatomy.issue.masthead, contents(anatomy)
    inside = {id(paragraph) for paragraph in (*contained, *anatomy.issue.board)}
    issue = _Part("issue", next((paragraph.chars for paragraph in front), ""))
    rest = [paragraph for paragraph in front if id(paragraph) not in inside]
    for kind, part in (("masthead", rest), ("contents", contained), ("board", anatomy.issue.board)):
        if part:
            issue.parts.append(_Part(kind, f"{len(part)} 行 lines"))
            issue.parts[-1].covers(paragraph.text for paragraph in part)
    for place in issue.parts:
        if place.kind == "contents":
            place.parts.extend(map(_entry, listed(anatomy)))
            place.label = f"{len(place.parts)} 条 entries"
    if anatomy.issue.index:
        index = _Part("index", f"{len(anatomy.issue.index)} 条 entries")
        index.parts.extend(map(_entry, indexed(anatomy)))
        issue.parts.append(index)
    yield _placed(pages, issue)


def _entry(entry: Entry) -> _Part:
    label = f"{entry.title}（{entry.number}）" if entry.number else entry.title
    return _Part("entry", label, entry.span.start, entry.span.end)


def _document(pages: Pages, document: DocumentParts) -> Node:
    part = _Part("document", document.key)
    signed = document.date_text is not None
    for kind, text in (("number", document.number), ("title", document.title), ("addressees", document.addressees)):
        if text and text.chars:
            part.parts.append(_leaf(kind, text))
    part.parts.sort(key=lambda element: element.start)
    part.parts.extend(_body(document.passages))
    part.parts.extend(_leaf("attachment", text) for text in document.attachments if text.chars)
    part.parts.extend(_leaf("signature" if signed else "issuer", text) for text in document.issuer if text.chars)
    for kind, text in (("date", document.date_text), ("openness", document.openness)):
        if text and text.chars:
            part.parts.append(_leaf(kind, text, f"{text} → {document.date}" if kind == "date" else ""))
    part.parts.extend(_annex(annex) for annex in document.annexes)
    return _placed(pages, part)


def _annex(annex: Annex) -> _Part:
    part = _leaf("annex", annex.title)
    part.parts.extend(_body(annex.passages))
    part.parts.extend(_leaf("attachment", text) for text in annex.attachments if text.chars)
    return part


# --- sections ----------------------------------------------------------------------------------------------


def _body(passages: Sequence[Passage]) -> list[_Part]:
    """The sections of a text, each in the one above it, with what stands in them."""
    top = _Part("text", "")
    sections: dict[int, _Part] = {}
    named: dict[int, Roster] = {id(passage): roster for roster in rosters(passages) for passage in roster.passages}
    for passage in passages:
        part = _section(passage.heading, top, sections)
        if passage.opens and passage.heading and not passage.heading.words:
            part.label += " " + passage.body.chars[:_FIRST_WORDS]
        if passage.opens and not passage.body.chars:
            continue
        text = passage.body if passage.opens else passage.paragraph.text
        kind = "table" if is_row(passage) else "roster" if id(passage) in named else "text"
        last = part.parts[-1] if part.parts else None
        if last is None or last.kind != kind:
            last = _Part(kind, "")
            part.parts.append(last)
        last.covers([text])
        last.label = _count(last.label, kind, passage, named.get(id(passage)))
    for part in sections.values():
        if [below.kind for below in part.parts] == ["text"]:
            (text_part,) = part.parts  # a section of prose and nothing else says so by being one
            part.end, part.parts = max(part.end, text_part.end), []
    return top.parts


def _section(heading: Heading | None, top: _Part, sections: dict[int, _Part]) -> _Part:
    """The part of a section, made where it is new."""
    if heading is None:
        return top
    if id(heading) not in sections:
        part = _leaf("section", heading.whole)
        _section(heading.parent, top, sections).parts.append(part)
        sections[id(heading)] = part
    return sections[id(heading)]


_FIRST_WORDS = 30
"""Of a section without a heading, as many characters of its text stand for it."""
_UNITS = {"table": "行 rows", "roster": "行 lines", "text": "段 paragraphs"}
_RULE = re.compile(r"[|:\-—–－ ：]+")


def _count(label: str, kind: str, passage: Passage, roster: Roster | None) -> str:
    """The label of a part with one passage more; a roster says how many it names."""
    if roster is not None and kind == "roster":
        return f"{len(roster.entries)} 项 entries"
    number = int(label.split(" ")[0]) if label else 0
    return f"{number + (not _RULE.fullmatch(passage.spaced.chars))} {_UNITS[kind]}"


# --- shown -------------------------------------------------------------------------------------------------


def as_json(node: Node, source: Source) -> dict[str, Any]:
    """The tree for a program; the first object says also what was read."""
    return {"name": source.name, "sha256": source.sha256, "format": source.format, "encoding": source.encoding} | (
        _plain(node)
    )


def _plain(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": node.kind, "label": node.label, "start": node.start, "end": node.end}
    if node.page:
        found["page"] = node.page
    if node.children:
        found["children"] = [_plain(child) for child in node.children]
    return found


def tree(node: Node, width: int = 120) -> str:
    """The tree for a terminal of this many places: words at the left, offsets and pages at the right."""
    rows = list(_rows(node, "", ""))
    spans = [f"{below.start}-{below.end}" + (f"  p.{below.page}" if below.page else "") for _, below in rows]
    right = max(map(len, spans))
    left = max(24, width - right - 2)
    lines = []
    for (stem, below), span in zip(rows, spans, strict=True):
        shown = _fit(stem + _harmless(f"{NAMES[below.kind]} {below.kind}  {below.label}"), left)
        lines.append(f"{shown}{' ' * (left - places(shown))}  {span:>{right}}\n")
    return "".join(lines)


def _rows(node: Node, stem: str, below: str) -> Iterator[tuple[str, Node]]:
    yield stem, node
    for i, child in enumerate(node.children):
        last = i == len(node.children) - 1
        yield from _rows(child, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


def _harmless(text: str) -> str:
    """The text without what moves a terminal's cursor or turns the direction of its text."""
    return "".join(char if char.isprintable() else " " for char in text)


def _fit(text: str, limit: int) -> str:
    """The text in at most so many places; … says that it was cut."""
    if places(text) <= limit:
        return text
    taken = 0
    for i, char in enumerate(text):
        taken += places(char)
        if taken > limit - 1:
            return text[:i] + "…"
    return text
