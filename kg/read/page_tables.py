"""The tables of a web page: which are tables for a reader and which only lay out the page, and their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kg.read.draft import row
from kg.read.word_tables import Cell, grid

__all__ = ["head_rows", "is_data", "rows_of"]

_MANY = 60
"""More paragraphs than a cell of a table of tasks has, and fewer than the body of a document."""
_WIDEST = 200
"""Columns and rows that one cell may cover: what claims more is a trap."""


def is_data(table: Any) -> bool:
    """Whether a table is one for its reader, and not a way to lay out the page.

    A layout table holds tables, headings or lists, has one column, or a cell with as much in it as a page.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "h3", "ul", "ol"), None) is not None:
        return False
    columns = 0
    for line in table.iterdescendants("tr"):
        cells = _cells(line)
        columns = max(columns, sum(1 for cell in cells if len(cell) or (cell.text or "").strip()))
        if any(sum(1 for _ in cell.iterdescendants("p", "div", "br")) > _MANY for cell in cells):
            return False
    return columns > 1


def head_rows(table: Any) -> int:
    """How many rows name the columns: those that say so, or as many as the first row's cells go down."""
    lines = list(table.iterdescendants("tr"))
    said = 0
    for line in lines:
        cells = _cells(line)
        if line.getparent().tag != "thead" and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        said += 1
    down = max((_spans(cell, "rowspan") for cell in _cells(lines[0])), default=1) if lines else 1
    return max(said, down if down <= 3 else 1)


def rows_of(table: Any, text_of: Callable[[Any], str], heads: int) -> Iterator[tuple[str, Any]]:
    """The rows as lines of Markdown, each with its element; merged cells are repeated as in any other format.

    Rows and columns in which nothing stands are left out.
    """
    lines = list(table.iterdescendants("tr"))
    cells = list(_grid(lines, text_of))
    texts = list(grid(cells, heads)) if any(cells) else []
    filled = {at for line in texts for at, text in enumerate(line) if text}
    for line, element in zip(texts, lines, strict=True) if texts else ():
        kept = [text for at, text in enumerate(line) if at in filled]
        if any(kept):
            yield row(kept), element


def _grid(lines: list[Any], text_of: Callable[[Any], str]) -> Iterator[list[Cell]]:
    """The cells of each row with their columns; those covered from above go on with the cell above."""
    covered: dict[int, tuple[int, int]] = {}  # first column of a cell that goes down: its width, and rows to come
    for line in lines:
        found: list[Cell] = []
        below: dict[int, tuple[int, int]] = {}
        column = 0
        for cell in _cells(line):
            while column in covered:
                column = _go_on(column, covered, below, found)
            width, height = _spans(cell, "colspan"), _spans(cell, "rowspan")
            found.append(Cell(text_of(cell), column, width))
            if height > 1:
                below[column] = (width, height - 1)
            column += width
        for start in sorted(covered):
            if start >= column:
                column = _go_on(start, covered, below, found)
        covered = below
        yield found


def _go_on(
    column: int, covered: dict[int, tuple[int, int]], below: dict[int, tuple[int, int]], found: list[Cell]
) -> int:
    """Put in a cell that goes on with the one above it; gives the column behind it."""
    width, rest = covered[column]
    found.append(Cell("", column, width, continues=True))
    if rest > 1:
        below[column] = (width, rest - 1)
    return column + width


def _cells(line: Any) -> list[Any]:
    return [cell for cell in line if cell.tag in ("td", "th")]


def _spans(cell: Any, side: str) -> int:
    given = cell.get(side) or "1"
    return min(max(int(given), 1), _WIDEST) if re.fullmatch(r"\s*\d{1,6}\s*", given) else 1
