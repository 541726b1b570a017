"""Ruling lines on a page → the cells they enclose, and the characters in them → a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.read.boxes import Glyph, Grid, joined, pieces, together
from kg.read.word_tables import Cell, grid

__all__ = ["Box", "Rule", "tables", "take"]

_NEAR = 3.0
"""Points within which two lines are one, or touch."""
_SHORTEST = 8.0
_MOST_DRAWN, _MOST_RULES = 20_000, 800
"""Lines as they are drawn, and as they are seen: a page with more is a drawing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn from left to right or from top to bottom."""

    upright: bool
    at: float
    """Its x where it is upright, else its y."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: where it stands on the page, and the columns and rows of the grid that it covers."""

    x0: float
    top: float
    x1: float
    bottom: float
    column: int
    row: int
    columns: int = 1
    rows: int = 1


def tables(rules: Sequence[Rule]) -> list[list[Box]]:
    """The cells of each table that the rules make up; frames with fewer than two rows or columns are none.

    Outer sides that are not drawn are taken as if they were, where lines end there.
    """
    seen = _merged(rules) if len(rules) <= _MOST_DRAWN else []
    return [boxes for group in _groups(seen) if (boxes := _cells(group))] if len(seen) <= _MOST_RULES else []


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with those put together that go on with one another."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.upright, round(r.at), r.start)):
        last = next(
            (
                i
                for i in range(len(found) - 1, max(-1, len(found) - 60), -1)
                if found[i].upright == rule.upright
                and abs(found[i].at - rule.at) <= _NEAR / 2
                and rule.start <= found[i].end + _NEAR
                and found[i].start <= rule.end + _NEAR
            ),
            None,
        )
        if last is None:
            found.append(rule)
        else:
            other = found[last]
            found[last] = Rule(rule.upright, other.at, min(other.start, rule.start), max(other.end, rule.end))
    return [rule for rule in found if rule.end - rule.start > _SHORTEST]


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """The rules by what they touch."""
    flat, upright = [r for r in rules if not r.upright], [r for r in rules if r.upright]
    parent = {id(rule): id(rule) for rule in rules}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one in flat:
        for other in upright:
            if one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR:
                parent[root(id(one))] = root(id(other))
    groups: dict[int, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(root(id(rule)), []).append(rule)
    return [group for group in groups.values() if len(group) > 3]


def _cells(rules: list[Rule]) -> list[Box]:
    """The cells between the rules of one table, those without a line between them made one."""
    flat, upright = [r for r in rules if not r.upright], [r for r in rules if r.upright]
    if len(flat) < 2 or not upright:
        return []
    left, right = min(r.start for r in flat), max(r.end for r in flat)
    top, bottom = min(r.at for r in flat), max(r.at for r in flat)
    upright = [*upright, Rule(True, left, top, bottom), Rule(True, right, top, bottom)]
    xs, ys = _positions([r.at for r in upright]), _positions([r.at for r in flat])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 2 or columns * rows > 5_000:
        return []

    def parted(across: bool, line: float, at: float) -> bool:
        return any(
            abs(r.at - line) <= _NEAR and r.start - _NEAR <= at <= r.end + _NEAR for r in (upright if across else flat)
        )

    owner = {(i, j): (i, j) for j in range(rows) for i in range(columns)}
    boxes: list[Box] = []
    for j in range(rows):
        for i in range(columns):
            if owner[i, j] != (i, j):
                continue
            wide = high = 1
            while (
                i + wide < columns
                and owner[i + wide, j] == (i + wide, j)
                and not parted(True, xs[i + wide], (ys[j] + ys[j + 1]) / 2)
            ):
                wide += 1
            while j + high < rows and not any(
                parted(False, ys[j + high], (xs[i + k] + xs[i + k + 1]) / 2) for k in range(wide)
            ):
                high += 1
            owner.update({(i + a, j + b): (i, j) for a in range(wide) for b in range(high)})
            boxes.append(Box(xs[i], ys[j], xs[i + wide], ys[j + high], i, j, wide, high))
    return boxes if len(boxes) > 3 else []


def _positions(values: list[float]) -> list[float]:
    """The distinct positions, in order."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def take(boxes: Sequence[Box], glyphs: list[Glyph]) -> tuple[Grid | None, list[Glyph]]:
    """The table that the characters in the boxes make up, and the characters outside of it.

    No table where text stands in fewer than three cells: then the rules are ornament, and all characters stay.
    """
    x0, x1 = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        at = None
        if x0 <= x <= x1 and top <= y <= bottom:
            at = next((i for i, b in enumerate(boxes) if b.x0 <= x <= b.x1 and b.top <= y <= b.bottom), None)
        if at is None:
            outside.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    if len(inside) < 3:
        return None, glyphs
    rows: list[list[Cell]] = [[] for _ in range(max(b.row + b.rows for b in boxes))]
    for i, box in enumerate(boxes):
        text = _text(box, inside.get(i, []))
        for row in range(box.row, box.row + box.rows):
            rows[row].append(Cell(text, box.column, box.columns, row > box.row))
    filled = [sorted(row, key=lambda cell: cell.column) for row in rows if row]
    edges = [_edges(boxes, number) for number, row in enumerate(rows) if row]
    kept = [(tuple(row), edge) for row, edge in zip(grid(filled), edges, strict=True) if any(row)]
    return Grid(tuple(row for row, _ in kept), x0, top, x1, bottom, tuple(edge for _, edge in kept)), outside


def _edges(boxes: Sequence[Box], row: int) -> tuple[float, float]:
    """Where a row begins and ends: the innermost edges of the cells that reach through it."""
    through = [box for box in boxes if box.row <= row < box.row + box.rows]
    return max(box.top for box in through), min(box.bottom for box in through)


def _text(box: Box, glyphs: Sequence[Glyph]) -> str:
    """The text of a cell: a line that fills it goes on with the next, others are parted by a blank."""
    lines: list[str] = []
    end = 0.0
    for row in together(pieces(glyphs)):
        text = " ".join(piece.text for piece in row)
        if lines and box.x1 - end < 2.2 * row[0].size:
            lines[-1] = joined([lines[-1], text])
        else:
            lines.append(text)
        end = row[-1].x1
    return " ".join(lines)
