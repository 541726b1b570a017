"""Running heads and page numbers are known by their coming back page after page, and are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from kg.read.boxes import Piece, Sheet, together

__all__ = ["without_furniture"]

_ZONE = 0.16
"""How far from the upper or lower edge, of a page's height, a running head can stand."""
_MOST_ROWS = 3
_PAGE = re.compile(
    r"(?P<dash>[-—–−―·•~～]+ ?)?(?P<word>第 ?)?\d{1,4}(?P<behind> ?[页頁版])?(?: ?[-—–−―·•~～]+)?"
    r"(?: ?[/,，]? ?共? ?\d{1,4} ?[页頁版]?)?"
)
_FOLIO = re.compile(
    r"^[-—–−―·•~～]*\d{1,4}(?!\d|年|月)|第\d{1,4}[页頁版]|共\d{1,4}[页頁版]|(?<!附件)(?<!\d)\d{1,4}[-—–−―·•~～]*$"
)
"""A page number inside a running head."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line near the edge of a page."""

    sheet: int
    upper: bool
    rank: int
    """Counted from the edge."""
    pieces: tuple[Piece, ...]
    key: str
    """What it says, with 0 for a page number."""

    @property
    def middle(self) -> float:
        return self.pieces[0].middle


def without_furniture(sheets: Sequence[Sheet], body: float) -> list[Sheet]:
    """The sheets without running heads and page numbers. ``body`` is the size of the text.

    A line near the edge is one where it stands at the same height and says the same, its page number aside, on three
    pages that are not far apart (or on two of two or three); or where it is a page number by its form and stands
    alone. A line larger than the text comes back on most pages, or it is the head of a document (发文机关标志) that
    happens to begin a page. Behind a line that stays all stay.
    """
    rows = [row for i, sheet in enumerate(sheets) for row in _edge_rows(i, sheet)]
    recurring = _recurring(rows, len(sheets), body)
    gone: dict[int, set[int]] = {}
    kept: set[tuple[int, bool]] = set()
    for n, row in enumerate(rows):
        side = row.sheet, row.upper
        if side not in kept and (n in recurring or (not row.upper and row.rank == 0 and _is_page_number(row, sheets))):
            gone.setdefault(row.sheet, set()).update(map(id, row.pieces))
        else:
            kept.add(side)
    return [
        replace(
            sheet,
            pieces=tuple(p for p in sheet.pieces if id(p) not in gone.get(i, ())),
            aside=_without_marks(i, sheets),
        )
        for i, sheet in enumerate(sheets)
    ]


def _edge_rows(i: int, sheet: Sheet) -> list[_Row]:
    """The lines nearest to the upper and to the lower edge, each side from the edge inwards."""
    found: list[_Row] = []
    tables = [(grid.top, grid.bottom) for grid in sheet.grids]
    for upper in (True, False):
        near = [
            piece
            for piece in sheet.pieces
            if (piece.middle < _ZONE * sheet.height if upper else piece.middle > (1 - _ZONE) * sheet.height)
        ]
        rows = together(near)
        for rank, row in enumerate((rows if upper else rows[::-1])[:_MOST_ROWS]):
            behind = any(top < row[0].middle if upper else bottom > row[0].middle for top, bottom in tables)
            if behind:
                break
            said = "".join(p.text for p in row).replace(" ", "")
            found.append(_Row(i, upper, rank, tuple(row), _FOLIO.sub("0", said)))
    return found


def _recurring(rows: Sequence[_Row], pages: int, body: float) -> set[int]:
    """Which of the rows come back on other pages."""
    groups: list[tuple[_Row, list[int]]] = []
    index: dict[tuple[bool, str], list[int]] = {}
    for n, row in enumerate(rows):
        same = next((g for g in index.get((row.upper, row.key), ()) if _level(groups[g][0], row)), None)
        if same is None and row.pieces[0].score is not None:
            # Recognised, so perhaps not twice with the same characters.
            near = range(max(0, len(groups) - 100), len(groups))
            same = next((g for g in near if _alike(groups[g][0], row)), None)
        if same is None:
            same = len(groups)
            groups.append((row, []))
            index.setdefault((row.upper, row.key), []).append(same)
        groups[same][1].append(n)
    found: set[int] = set()
    for row, members in groups:
        on = sorted({rows[n].sheet for n in members})
        close = any(later - earlier <= 2 for earlier, later in pairwise(on))
        share = 0.5 if row.pieces[0].size > 1.12 * body else 0.0
        if len(on) >= (2 if pages <= 3 else 3) and close and len(on) > share * pages:
            found.update(members)
    return found


def _alike(one: _Row, other: _Row) -> bool:
    return (
        one.upper == other.upper
        and _level(one, other)
        and SequenceMatcher(None, one.key, other.key, autojunk=False).ratio() > 0.75
    )


def _level(one: _Row, other: _Row) -> bool:
    """Whether two rows stand at the same height and are of one size."""
    size = one.pieces[0].size
    return abs(one.middle - other.middle) < size and abs(size - other.pieces[0].size) < 0.2 * size


def _is_page_number(row: _Row, sheets: Sequence[Sheet]) -> bool:
    text = " ".join(p.text for p in row.pieces)
    match = _PAGE.fullmatch(text)
    if not match:
        return False
    sheet = sheets[row.sheet]
    above = [p.bottom for p in sheet.pieces if p.middle < row.middle - row.pieces[0].size]
    apart = not above or row.pieces[0].top - max(above) > 0.8 * row.pieces[0].size
    return apart and bool(match["dash"] or match["word"] or match["behind"] or row.middle > 0.9 * sheet.height)


def _without_marks(i: int, sheets: Sequence[Sheet]) -> tuple[Piece, ...]:
    """What stands askew on a sheet, without the marks that are printed across other sheets as well."""
    if not sheets[i].aside or len(sheets) == 1:
        return sheets[i].aside
    others = {p.text for j in (i - 1, i + 1) if 0 <= j < len(sheets) for p in sheets[j].aside}
    return tuple(p for p in sheets[i].aside if p.text not in others)
