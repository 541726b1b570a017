"""Sheets → one text: lines of columns and pages joined to paragraphs, headings marked, places kept.

Used by every reader that knows where characters stand: PDF with a text layer, and recognised pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kg.model import Box, Place
from kg.read.boxes import Glyph, Grid, Piece, Sheet, between, pieces
from kg.read.columns import Line, Table, flow
from kg.read.draft import row
from kg.read.furniture import without_furniture

__all__ = ["Composed", "Glyph", "Grid", "Piece", "Sheet", "compose", "pieces"]


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, a blank line between paragraphs; where in it pages and recognised lines begin; where each line stands."""

    text: str
    places: tuple[Place, ...]
    boxes: tuple[Box, ...] = ()


_Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, in the unit of the sheets."""


@dataclass(slots=True)
class _Block:
    """A paragraph in the making: its lines, or a table."""

    lines: list[Line] = field(default_factory=list)
    rows: list[tuple[int, tuple[str, ...], _Edges]] = field(default_factory=list)
    """Of a table: each with the page it stands on, and where on it."""
    heading: bool = False
    hang: float | None = None
    """Where the lines below the first begin, where they hang below a part of it."""


_LARGER = 1.1
"""How many times larger than the body a heading is at least (GB/T 9704: 2号 over 3号, 1.375 times)."""
_LARGER_RECOGNISED = 1.2
"""The same where sizes were measured in a picture."""
_FEW_LETTERS = 3


def compose(sheets: Sequence[Sheet]) -> Composed:
    """One text of the sheets. Running heads and page numbers are left out."""
    body = _body_size([piece for sheet in sheets for piece in sheet.pieces])
    sheets = without_furniture(sheets, body)
    items = flow(sheets, body)
    blocks = _around_floats(_blocks(items, body), body)
    return _written(blocks, {sheet.number: (sheet.width, sheet.height) for sheet in sheets})


def _body_size(found: Sequence[Piece]) -> float:
    """The size that most of the text has."""
    sizes: Counter[float] = Counter()
    for piece in found:
        sizes[round(piece.size * 2) / 2] += len(piece.text)
    near = {size: sum(n for other, n in sizes.items() if abs(other - size) <= 0.06 * size) for size in sizes}
    most = max(near, key=lambda size: (near[size], sizes[size]), default=10.5)
    return median([piece.size for piece in found if abs(piece.size - most) <= 0.06 * most + 0.25] or [most])


# --- lines to paragraphs -----------------------------------------------------------------------------------

_ENDED = re.compile(r"[。！？；：!?;:…][”’」』）)】]?$")
_NEVER_FIRST = tuple("，。、；：！？）》〉」』】〕”’%％,;!?)]")
"""What no line begins with but in a hurry: the sentence goes on."""
_LEADER = re.compile(r"(?:(?:[·.…•\-]\s?){3,}|…+|⋯+)\s*\d*$")
_OPENS = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,4}[章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|附 ?件|抄送|[（(]此件|[（(](?:上接|公开)|(?:[\u4e00-\u9fff] ?){2,5}[：:]"
)
_TOKEN = re.compile(r"[A-Za-z0-9./:@%\-]+[，。、；：！？）》”]?|.[，。、；：！？）》”]*")
_WIDE_CHARACTER = re.compile(r"[\u2014\u2018-\u201d\u2026\u2e80-\uffef\U00020000-\U0003ffff]")


def _blocks(items: Sequence[Line | Table], body: float) -> list[_Block]:
    """The paragraphs, headings and tables that the lines make up."""
    leading = _leading(items, body)
    indented = _indents(items, body)
    found: list[_Block] = []
    for item in items:
        last = found[-1] if found else None
        if isinstance(item, Table):
            grid = item.grid
            edges = [(grid.x0, top, grid.x1, bottom) for top, bottom in grid.edges or ((0.0, 0.0),) * len(grid.rows)]
            rows = list(zip(grid.rows, edges, strict=True))
            if last and last.rows and last.rows[-1][0] < item.page and len(last.rows[0][1]) == len(rows[0][0]):
                rows = rows[1:] if rows[0][0] == last.rows[0][1] else rows  # its head is printed on each page
            else:
                last = _Block()
                found.append(last)
            last.rows.extend((item.page, cells, edge) for cells, edge in rows)
            continue
        heading = _is_heading(item, last, body, leading)
        if last and last.lines and last.heading == heading:
            before = last.lines[-1]
            if (heading and _same_heading(last, item)) or (
                not heading and _goes_on(last, item, body, leading, indented)
            ):
                if not heading and item.x0 - item.left > body and last.hang is None:
                    last.hang = item.x0 if before.column == item.column else None
                last.lines.append(item)
                continue
        found.append(_Block([item], heading=heading))
    for block in found:
        if block.heading and sum(len(line.text) for line in block.lines) > 150:
            block.heading = False  # a page set in a larger letter, not a heading
    return found


def _leading(items: Sequence[Line | Table], body: float) -> float:
    """The usual distance from line to line."""
    steps: Counter[float] = Counter()
    for one, other in pairwise(items):
        if isinstance(one, Line) and isinstance(other, Line) and one.column == other.column:
            step = other.middle - one.middle
            if 0.8 * body < step < 4 * body and abs(one.size - other.size) < 0.2 * body:
                steps[round(step)] += 1
    return max(steps, key=lambda step: steps[step] + steps[step - 1] + steps[step + 1], default=1.6 * body)


def _indents(items: Sequence[Line | Table], body: float) -> bool:
    """Whether paragraphs begin with an indent of about two characters."""
    lines = [item for item in items if isinstance(item, Line)]
    opening = sum(1.5 * body < line.x0 - line.left < 2.8 * body for line in lines)
    return opening * 20 >= len(lines)


def _is_heading(line: Line, last: _Block | None, body: float, leading: float) -> bool:
    """Whether a line is, or goes on with, a heading: by its size, but one of few recognised letters has none to trust."""
    if line.track < 0:
        return False
    if line.score is not None and len(line.text) <= _FEW_LETTERS and last and last.lines:
        before = last.lines[-1]
        if before.column == line.column and line.middle - before.middle < 1.5 * max(leading, before.size):
            return last.heading and line.x0 - line.left > body
    return line.size >= (_LARGER if line.score is None else _LARGER_RECOGNISED) * body


def _same_heading(block: _Block, line: Line) -> bool:
    """Whether a heading goes on in a line."""
    before = block.lines[-1]
    step = line.middle - before.middle
    return (
        before.column == line.column
        and abs(before.size - line.size) <= (0.07 if line.score is None else 0.25) * line.size
        and 0 < step < 1.75 * line.size
        and not _OPENS.match(line.text)
        and len(block.lines) < 6
    )


def _goes_on(block: _Block, line: Line, body: float, leading: float, indented: bool) -> bool:
    """Whether a paragraph goes on in a line: the one before is full, and neither indent nor distance part them."""
    before = block.lines[-1]
    if line.track < 0 or before.track < 0 or _LEADER.search(before.text):
        return False
    if _LEADER.fullmatch(line.text):
        return True
    if line.text.startswith(_NEVER_FIRST):
        return True
    if not _is_full(before, line, body):
        return False
    if before.column == line.column and not 0 < line.middle - before.middle < 1.4 * leading:
        return False
    ended = bool(_ENDED.search(before.text))
    flush = line.x0 - line.left < 0.9 * body
    if ended and _OPENS.match(line.text) and not (flush and indented):
        return False
    if flush:
        return not (ended and not indented) and not _aligned(before, line, 0.5 * body)
    if before.column != line.column:
        return False
    near = 0.5 * body
    if len(line.pieces) == 1:
        below = before.pieces[-1].x0 if len(before.pieces) > 1 else None
        if below is not None and abs(line.x0 - below) < near:
            return True
        if block.hang is not None and abs(line.x0 - block.hang) < near:
            return True
    # A stretch that is indented as a whole.
    return abs(line.x0 - before.x0) < near and not ended and not _OPENS.match(line.text) and len(line.pieces) == 1


def _aligned(before: Line, line: Line, near: float) -> bool:
    """Whether two lines are rows of a list: behind a gap both go on at the same place."""
    return any(abs(one.x0 - other.x0) < near for one in before.pieces[1:] for other in line.pieces[1:])


def _is_full(before: Line, line: Line, body: float) -> bool:
    """Whether the first word of a line would have found no room at the end of the one before."""
    if before.text.endswith(("，", "、")) and before.right - before.x1 < 3 * body:
        return True  # a mark that was drawn in half of its square
    token = _TOKEN.match(line.text)
    width = sum(1.0 if _WIDE_CHARACTER.match(c) else 0.55 for c in (token[0] if token else ""))
    return before.right - before.x1 < (max(1.0, width) + 0.3) * body


def _around_floats(blocks: list[_Block], body: float) -> list[_Block]:
    """The blocks with each sentence put together that a table or a footnote stands in."""
    found: list[_Block] = []
    for block in blocks:
        i = len(found) - 1
        while i >= 0 and (found[i].rows or _is_note(found[i], body)):
            i -= 1
        if (
            0 <= i < len(found) - 1
            and block.lines
            and found[i].lines
            and not (block.heading or found[i].heading or _is_note(block, body))
            and not _ENDED.search(found[i].lines[-1].text)
            and found[i].lines[-1].column != block.lines[0].column
            and block.lines[0].track >= 0
            and found[i].lines[-1].track >= 0
            and block.lines[0].x0 - block.lines[0].left < 0.9 * body
            and _is_full(found[i].lines[-1], block.lines[0], body)
        ):
            found[i].lines.extend(block.lines)
        else:
            found.append(block)
    return found


def _is_note(block: _Block, body: float) -> bool:
    return bool(block.lines) and all(line.size < 0.92 * body for line in block.lines)


# --- paragraphs to text ------------------------------------------------------------------------------------


def _written(blocks: Sequence[_Block], sizes: Mapping[int, tuple[float, float]]) -> Composed:
    levels = _levels(blocks)
    parts: list[str] = []
    places: list[Place] = []
    boxes: list[Box] = []
    length, page, count = 0, 0, 0

    def write(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    def stands(text: str, on: int, edges: _Edges) -> None:
        wide, high = sizes[on]
        left, top, right, bottom = edges
        # What runs in another direction was laid beside the page to be read: it has no place on it.
        if left < right and top < bottom and left >= -1 and right <= wide + 1 and top >= -1 and bottom <= high + 1:
            shares = (left / wide, top / high, right / wide, bottom / high)
            boxes.append(Box(length, length + len(text), str(on), *(round(share, 4) for share in shares)))

    for block in blocks:
        if parts:
            write("\n\n")
        for i, (on, cells, edges) in enumerate(block.rows):
            write("\n" if i else "")
            if on != page:
                page, count = on, 0
                places.append(Place(length, "page", str(page)))
            stands(row(cells), on, edges)
            write(row(cells))
        if block.heading:
            write("#" * levels[id(block)] + " ")
        before = ""
        for line in block.lines:
            write(between(before, line.text))
            count += 1
            if line.page != page:
                page, count = line.page, 1
                places.append(Place(length, "page", str(page)))
            if line.score is not None:
                places.append(Place(length, "line", str(count), round(line.score, 3)))
            tops, bottoms = (piece.top for piece in line.pieces), (piece.bottom for piece in line.pieces)
            stands(line.text, line.page, (line.x0, min(tops), line.x1, max(bottoms)))
            write(line.text)
            before = line.text
    return Composed("".join(parts) + "\n" if parts else "", tuple(places), tuple(boxes))


def _levels(blocks: Sequence[_Block]) -> dict[int, int]:
    """The level of each heading: the largest letter is the first, and there are six."""
    sizes: list[float] = []
    for size in sorted({block.lines[0].size for block in blocks if block.heading}, reverse=True):
        if not sizes or size < 0.92 * sizes[-1]:
            sizes.append(size)
    return {
        id(block): min(6, 1 + max(range(len(sizes)), key=lambda i: -abs(sizes[i] - block.lines[0].size)))
        for block in blocks
        if block.heading
    }
