"""A web page as its blocks: paragraphs, headings, items and rows in their order, and the regions they lie in.

The tree is walked once and iteratively, however deep it is. What a browser does not show (scripts, styles, forms,
hidden elements) is not read; nothing that a page names is fetched and nothing in it runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from kg.read.page_tables import head_rows, is_data, rows_of

__all__ = ["Block", "Region", "take_apart", "tree"]

_UNSEEN = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "select",
        "option",
        "button",
        "textarea",
        "input",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
        "dialog",
        "frame",
        "frameset",
    }
)
_PARAGRAPHS = frozenset(
    {"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "summary", "legend"}
)
"""Elements that say themselves where a paragraph is: a line break in the page's own text means nothing in them."""
_CONTAINERS = frozenset(
    {
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "center",
        "form",
        "fieldset",
        "blockquote",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "dl",
        "figure",
        "details",
        "menu",
        "address",
        "hgroup",
        "marquee",
    }
)
_BLOCKS = _PARAGRAPHS | _CONTAINERS | {"pre", "hr", "listing", "xmp"}
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)

_WRAP = "\x1f"
"""Stands, while a block is put together, for a line break of the page's own text that its reader does not see."""
_BREAK = "\x1e"
"""Stands, likewise, for a line break that the page asks for (``<br>``)."""
_WIDE = "\u2014\u2018-\u201d\u2026\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}]){_WRAP}(?=[{_WIDE}])")
_INDENT = "\u3000\u00a0\u2002\u2003 "
_PARAGRAPH_BREAK = re.compile(rf"\n[{_INDENT}]*\n\s*|\n(?= ?[\u3000\u00a0\u2002\u2003][{_INDENT}]+\S)")
_OWN_LINE = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")
_MARKUP_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_HEADING_LIKE = re.compile(r"^(#{1,6})(?=\s)", re.M)
_OWN_NUMBER = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]"
)


@dataclass(slots=True)
class Block:
    """A stretch of the page that stands by itself."""

    text: str
    linked: int = 0
    """How many of its characters, without blanks, are links."""
    kind: str = "paragraph"
    """``paragraph``, ``heading``, ``item`` or ``row``."""
    level: int = 0
    """Of a heading, 1 to 6; of a row, the number of its table in the page."""
    targets: tuple[str, ...] = ()
    """Where its links lead."""


@dataclass(slots=True)
class Region:
    """An element of the page that holds blocks: those from ``start`` to ``end``, the last exclusive."""

    tag: str
    names: str
    """Its class, id and role."""
    start: int
    end: int


def tree(text: str) -> Any:
    """The tree of a page. Raises ValueError where nothing, or not all of it, can be made of the characters."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    if root is None:
        raise ValueError("there is no element in it")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise ValueError("its elements lie too deep in one another")
    return root


@dataclass(slots=True)
class _Open:
    """An element being walked through."""

    tag: str
    start: int
    paragraph: bool
    keeps_lines: bool
    mark: str = ""
    count: int = 0


@dataclass(slots=True)
class _Walk:
    """The blocks found so far, and the one being put together."""

    hidden_too: bool
    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    tables: int = 0
    stack: list[_Open] = field(default_factory=list)
    lists: list[_Open] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    targets: list[str] = field(default_factory=list)
    heading: int = 0
    mark: str = ""


def take_apart(root: Any, *, hidden_too: bool = False) -> tuple[list[Block], list[Region]]:
    """The blocks of a page in order, and the regions that hold them; ``hidden_too`` reads what is not shown at first."""
    walk = _Walk(hidden_too)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            _close(walk, element)
            if element is not root:
                _text(walk, element.tail)
        elif _unseen(element, hidden_too):
            events.skip_subtree()
            walk.stack.append(_Open("", 0, _in_paragraph(walk), _in_lines(walk)))
        elif element.tag == "table" and is_data(element):
            events.skip_subtree()
            _open(walk, element)
            _rows(walk, element)
        else:
            _open(walk, element)
            _text(walk, element.text)
    _flush(walk)
    return walk.blocks, walk.regions


def _unseen(element: Any, hidden_too: bool) -> bool:
    if element.tag in _UNSEEN:
        return True
    if hidden_too:
        return False
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))


def _in_paragraph(walk: _Walk) -> bool:
    return bool(walk.stack) and walk.stack[-1].paragraph


def _in_lines(walk: _Walk) -> bool:
    return bool(walk.stack) and walk.stack[-1].keeps_lines


def _open(walk: _Walk, element: Any) -> None:
    tag = element.tag
    style = element.get("style") or ""
    if tag in _BLOCKS:
        _flush(walk)
    paragraph = tag in _PARAGRAPHS if tag in _BLOCKS else _in_paragraph(walk)
    keeps_lines = _in_lines(walk) or tag in ("pre", "listing", "xmp") or bool(_KEEPS_LINES.search(style))
    opened = _Open(tag, len(walk.blocks), paragraph, keeps_lines)
    walk.stack.append(opened)
    if tag == "br":
        walk.pieces.append(_BREAK)
    elif tag == "a":
        walk.links += 1
        walk.targets.append(element.get("href") or "")
    elif tag in _HEADINGS:
        walk.heading = _HEADINGS[tag]
    elif tag in ("ul", "ol", "menu"):
        opened.mark = "" if _NO_MARK.search(style) else "#" if tag == "ol" else "-"
        opened.count = (_number(element.get("start")) or 1) - 1
        walk.lists.append(opened)
    elif tag == "li":
        walk.mark = _item_mark(walk)


_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def _number(given: str | None) -> int | None:
    return int(given) if given and re.fullmatch(r"\s*\d{1,6}\s*", given) else None


def _item_mark(walk: _Walk) -> str:
    """What a browser shows before the item just opened, in Markdown."""
    if not walk.lists:
        return "- "
    around = walk.lists[-1]
    around.count += 1
    return f"{around.count}. " if around.mark == "#" else "- " if around.mark else ""


def _close(walk: _Walk, element: Any) -> None:
    opened = walk.stack.pop()
    tag = opened.tag
    if tag == "a":
        walk.links -= 1
    if tag not in _BLOCKS:
        return
    _flush(walk)
    if tag in _HEADINGS:
        walk.heading = 0
    elif tag == "li":
        walk.mark = ""
    elif tag in ("ul", "ol", "menu"):
        walk.lists.pop()
    if tag in _CONTAINERS and len(walk.blocks) > opened.start:
        names = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
        walk.regions.append(Region(tag, names, opened.start, len(walk.blocks)))


def _text(walk: _Walk, text: str | None) -> None:
    if not text:
        return
    around = walk.stack[-1] if walk.stack else None
    if around is not None and around.keeps_lines:
        piece = text.replace("\r\n", "\n")
    elif text.isspace() or (around is not None and around.paragraph):
        piece = _OWN_LINE.sub(_WRAP, text)
    else:
        # Outside a paragraph a line of the page's own text may be meant as one: it stays a line.
        piece = _OWN_LINE.sub(lambda lines: "\n\n" if lines[0].count("\n") > 1 else "\n", text)
    walk.pieces.append(piece)
    if walk.links:
        walk.linked += _solid(text)


def _solid(text: str) -> int:
    """How many characters there are without the blanks."""
    return sum(map(len, text.split()))


def _flush(walk: _Walk) -> None:
    """Close the block being put together, if there is anything in it."""
    if not walk.pieces:
        return
    raw, linked, targets = "".join(walk.pieces), walk.linked, tuple(walk.targets)
    walk.pieces.clear()
    walk.targets.clear()
    walk.linked = 0
    paragraphs = [text for part in _PARAGRAPH_BREAK.split(_as_shown(raw)) if (text := _tidy(part))]
    share = linked / (sum(map(_solid, paragraphs)) or 1)
    for text in paragraphs:
        block = Block(text, round(share * _solid(text)), targets=targets)
        if walk.heading:
            block.kind, block.level = "heading", walk.heading
        elif walk.mark:
            block.kind = "item"
            block.text = text if walk.mark != "- " and _OWN_NUMBER.match(text) else walk.mark + text
            walk.mark = ""
        walk.blocks.append(block)


def _as_shown(raw: str) -> str:
    """The text with blanks and the page's own line breaks as a browser shows them: none between Chinese characters."""
    raw = re.sub(rf"[ \t\f{_WRAP}]+", lambda blanks: _WRAP if _WRAP in blanks[0] else " ", raw)
    raw = _BETWEEN_WIDE.sub("", raw).replace(_WRAP, " ")
    return re.sub(rf"[ \n]*{_BREAK}[ \n]*", "\n", raw) if _BREAK in raw else raw


def _tidy(text: str) -> str:
    """The lines of a paragraph without blanks at their ends, and without what would read as markup in Markdown."""
    lines = (line.strip() for line in text.split("\n"))
    plain = "\n".join(line for line in lines if line)
    plain = _MARKUP_LIKE.sub("＜", plain).replace("**", "＊＊")
    return _HEADING_LIKE.sub(lambda mark: "＃" * len(mark[1]), plain)


def _rows(walk: _Walk, table: Any) -> None:
    """The caption and the rows of a table for its reader, as blocks."""
    walk.tables += 1
    for caption in table.iterchildren("caption"):
        walk.blocks.extend(Block(block.text) for block in take_apart(caption, hidden_too=walk.hidden_too)[0])

    def text_of(cell: Any) -> str:
        if _unseen(cell, walk.hidden_too):
            return ""
        inner, _ = take_apart(cell, hidden_too=walk.hidden_too)
        return " ".join(block.text.replace("\n", " ") for block in inner)

    for text, line in rows_of(table, text_of, head_rows(table)):
        links = list(line.iterdescendants("a"))
        linked = sum(_solid("".join(link.itertext())) for link in links)
        targets = tuple(link.get("href") or "" for link in links)
        walk.blocks.append(Block(text, linked, "row", walk.tables, targets))
