"""Pieces on sheets → lines in reading order: gutters between columns found, band by band and column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.read.boxes import Grid, Piece, Sheet, together

__all__ = ["Line", "Table", "flow"]


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces of one line of one column, from left to right."""

    pieces: tuple[Piece, ...]
    page: int
    column: int
    """Counted through the source: every column of every band of every page has a number of its own."""
    track: int
    """Which column of the page: 1 and up, or 0 where the line stands across all."""
    left: float = 0.0
    right: float = 0.0
    """The edges of its column."""

    @property
    def main(self) -> Piece:
        return max(self.pieces, key=lambda piece: len(piece.text))

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def middle(self) -> float:
        return self.main.middle

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def score(self) -> float | None:
        scores = [(piece.score, len(piece.text)) for piece in self.pieces if piece.score is not None]
        return sum(score * n for score, n in scores) / sum(n for _, n in scores) if scores else None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table in its place among the lines."""

    grid: Grid
    page: int


_Gutters = tuple[float, ...]
_NARROWEST = 9.0
"""Of a column of running text, in ems: a column of names or of figures is narrower."""
_NO_EDGE = 1e9


def flow(sheets: Sequence[Sheet], em: float) -> list[Line | Table]:
    """All that stands on the sheets, in reading order. ``em`` is the size of the body."""
    layouts = _layouts(sheets, em)
    found: list[Line | Table] = []
    column = 0
    for sheet, gutters in zip(sheets, layouts, strict=True):
        for item in _sheet_flow(sheet, gutters, column):
            found.append(item)
            column = max(column, item.column) if isinstance(item, Line) else column + 1
    gutters_of = {sheet.number: own for sheet, own in zip(sheets, layouts, strict=True)}
    return _edged(found, gutters_of, {sheet.number: sheet.width for sheet in sheets})


# --- gutters -----------------------------------------------------------------------------------------------


def _layouts(sheets: Sequence[Sheet], em: float) -> list[_Gutters]:
    """The gutters of each sheet. A sheet with too little running text to show them has those that others have."""
    sure = [tuple(_gutters(sheet.pieces, em)) for sheet in sheets]
    known: list[tuple[_Gutters, int]] = []
    for own in filter(None, sure):
        for i, (other, n) in enumerate(known):
            if len(other) == len(own) and all(abs(a - b) < em for a, b in zip(other, own, strict=True)):
                known[i] = other, n + 1
                break
        else:
            known.append((own, 1))
    known.sort(key=lambda item: -item[1])
    usual = [layout for layout, n in known if n * 5 >= len(sheets) or n > 9]
    return [own or _fitting(sheet, usual) for own, sheet in zip(sure, sheets, strict=True)]


def _fitting(sheet: Sheet, usual: Sequence[_Gutters]) -> _Gutters:
    """The first of the usual layouts that a sheet's text leaves free."""
    whole = sum(len(p.text) for p in sheet.pieces)
    for layout in usual:
        crossing = sum(len(p.text) for p in sheet.pieces if any(p.x0 < gutter < p.x1 for gutter in layout))
        if crossing * 4 <= whole and any(p.x0 > layout[0] for p in sheet.pieces):
            return layout
    return ()


def _gutters(found: Sequence[Piece], em: float) -> list[float]:
    """The middles of the gutters between columns of running text, in a stretch of a page."""
    if len(found) < 8:
        return []
    left, right = min(p.x0 for p in found), max(p.x1 for p in found)
    starts = Counter(round(p.x0) for p in found)
    best: tuple[int, float, float] | None = None
    for x in sorted(starts):
        few = starts[x - 1] + starts[x] + starts[x + 1] < 3
        if few or not left + _NARROWEST * em <= x <= right - _NARROWEST * em:
            continue
        edge = x - 0.2 * em
        before = [p for p in found if p.x1 <= edge]
        behind = [p for p in found if p.x0 > edge - 0.2 * em]
        if (len(found) - len(before) - len(behind)) * 4 > len(found) or not before:
            continue
        end = max(p.x1 for p in before)
        if x - end < 0.5 * em or end - left < _NARROWEST * em:
            continue
        full = min(_full_lines(before, left, end), _full_lines(behind, x, right))
        if full >= 3 and (best is None or full > best[0]):
            best = full, end, float(x)
    if best is None:
        return []
    gutter = (best[1] + best[2]) / 2
    before, behind = [p for p in found if p.x1 < gutter], [p for p in found if p.x0 > gutter]
    return [*_gutters(before, em), gutter, *_gutters(behind, em)]


def _full_lines(found: Sequence[Piece], left: float, right: float) -> int:
    """How many lines fill their column; none where they are too few for running text."""
    rows = together(found)
    full = sum(sum(p.x1 - p.x0 for p in row) > 0.75 * (right - left) for row in rows)
    return full if full * 4 >= len(rows) else 0


# --- order -------------------------------------------------------------------------------------------------


def _sheet_flow(sheet: Sheet, gutters: _Gutters, column: int) -> list[Line | Table]:
    """What stands on a sheet in reading order; what stands across all columns parts it into bands."""
    bars = [p for p in sheet.pieces if any(p.x0 < gutter < p.x1 for gutter in gutters)]
    reach = [(bar.top + 0.3 * bar.size, bar.bottom - 0.3 * bar.size) for bar in bars]
    inside: list[Piece] = []
    across: list[Piece] = []
    for piece in sheet.pieces:
        crosses = not gutters or any(top < piece.middle < bottom for top, bottom in reach)
        (across if crosses else inside).append(piece)
    wide = [g for g in sheet.grids if not gutters or any(g.x0 < gutter < g.x1 for gutter in gutters)]
    rows: list[tuple[float, list[Piece] | Grid]] = [
        *((row[0].middle, row) for row in together(across)),
        *(((grid.top + grid.bottom) / 2, grid) for grid in wide),
    ]
    rows.sort(key=lambda row: row[0])
    found: list[Line | Table] = []
    edges = (-_NO_EDGE, *gutters, _NO_EDGE)
    top = -_NO_EDGE
    for bottom, spanning in [*rows, (_NO_EDGE, None)]:
        for track, (low, high) in enumerate(pairwise(edges), 1) if gutters else ():
            mine = [p for p in inside if top < p.middle <= bottom and low < (p.x0 + p.x1) / 2 <= high]
            tables = [
                g for g in sheet.grids if g not in wide and top < g.top <= bottom and low < (g.x0 + g.x1) / 2 <= high
            ]
            stack: list[tuple[float, Line | Table]] = [
                *((row[0].middle, Line(tuple(row), sheet.number, column + 1, track)) for row in together(mine)),
                *((g.top, Table(g, sheet.number)) for g in tables),
            ]
            found.extend(item for _, item in sorted(stack, key=lambda pair: pair[0]))
            column += bool(stack)
        if isinstance(spanning, Grid):
            found.append(Table(spanning, sheet.number))
        elif spanning:
            column += not (found and isinstance(found[-1], Line) and found[-1].track == 0)
            found.append(Line(tuple(spanning), sheet.number, column, 0))
        top = bottom
    for row in together(sheet.aside):
        column += 1
        found.append(Line(tuple(row), sheet.number, column, -1, row[0].x0, _NO_EDGE))
    return found


# --- edges -------------------------------------------------------------------------------------------------

_Edges = tuple[float, float]


def _edged(found: list[Line | Table], layouts: dict[int, _Gutters], widths: dict[int, float]) -> list[Line | Table]:
    """The lines with the edges of their columns.

    A column shows its right edge where several lines end at it. One that does not is as wide as the same column of
    other pages, or as its neighbours, or leaves as much room at the right of the page as at the left.
    """
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in found:
        if isinstance(line, Line) and line.track >= 0:
            groups.setdefault((line.page, line.track), []).append(line)
    own = {key: _margins(lines) for key, lines in groups.items()}
    known: dict[tuple[tuple[int, ...], int], list[_Edges]] = {}
    shown = {key for key, lines in groups.items() if _shows(lines, own[key][1])}
    for key in shown:
        known.setdefault((_kind(layouts[key[0]]), key[1]), []).append(own[key])
    for key in groups.keys() - shown:
        page, track = key
        left, right = own[key]
        others = known.get((_kind(layouts[page]), track))
        beside = [own[other][1] - own[other][0] for other in shown if other[0] == page and other[1] > 0]
        if others:
            usual = median(a for a, _ in others), median(b for _, b in others)
            left = min(left, usual[0]) if left - usual[0] < 0.2 * (usual[1] - usual[0]) else left
            own[key] = left, max(right, left + usual[1] - usual[0])
        elif beside and track > 0:
            own[key] = left, max(right, left + max(beside))
        elif not layouts[page]:
            own[key] = left, max(right, widths[page] - left)
    return [
        replace(line, left=own[line.page, line.track][0], right=own[line.page, line.track][1])
        if isinstance(line, Line) and line.track >= 0
        else line
        for line in found
    ]


def _kind(gutters: _Gutters) -> tuple[int, ...]:
    return tuple(round(gutter / 20) for gutter in gutters)


def _shows(lines: Sequence[Line], right: float) -> bool:
    """Whether enough lines end at the right edge, and few enough behind it. Rows of a list show none."""
    lines = [line for line in lines if len(line.pieces) == 1]
    ending = sum(-0.8 * line.size < right - line.x1 < 0.8 * line.size for line in lines)
    beyond = sum(line.x1 - right >= 0.8 * line.size for line in lines)
    return ending >= 3 and ending * 6 >= len(lines) and beyond * 10 <= len(lines)


def _margins(lines: Sequence[Line]) -> _Edges:
    """Where the lines begin and end: not the outermost places, which a hanging comma may reach, but the usual ones."""
    em = median(line.size for line in lines)
    left = _edge([line.x0 for line in lines], 0.5 * em, 2)
    right = -_edge([-line.x1 for line in lines], 0.5 * em, max(3, len(lines) // 8))
    return left, right


def _edge(values: Sequence[float], near: float, needed: int) -> float:
    """The middle of the first stretch where enough values lie close together, or the least value."""
    values = sorted(values)
    for value in values:
        close = [other for other in values if value <= other <= value + near]
        if len(close) >= needed:
            return median(close)
    return values[0]
