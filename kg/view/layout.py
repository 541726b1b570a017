"""Where each thing stands: documents at the side, bodies and agencies by level, people with their posts, facts beyond.

The places follow from the structure of the graph alone: no force, no chance, no clock. Each thing takes the room of its
mark and its label, so no label stands on another. There are two layouts: one for a wide screen, one for an upright one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import NamedTuple

__all__ = ["CENTRE", "EAST", "WEST", "Box", "Layout", "Node", "Region", "lay_out"]

Node = Hashable
Point = tuple[float, float]

WEST = ("documents", "papers")
"""From the middle outwards: the documents of the issue, and those they rest upon; beyond them come ``sections``."""
CENTRE = ("government", "bodies", "agencies", "townships", "groups", "people", "others")
"""Who acts, from above to below."""
EAST = ("deadlines", "funds", "events", "contacts", "targets")
"""From the middle outwards; what comes behind the first two is seldom wanted, as ``sections`` are."""

_WIDE, _UPRIGHT_WIDTH = 1.45, 560.0
"""How wide the whole is to its height on a wide screen; how wide it is on an upright one."""
_GAP = 6.0
_HEAD = 26.0
"""The height of a region's caption."""
_BETWEEN = 38.0
_GRID = 28.0
"""Widths are rounded up to this, so that things stand in columns."""


class Box(NamedTuple):
    """The room that a thing takes with its label, and what stands below it: people with their agency."""

    node: Node
    width: float
    height: float
    below: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the picture that has a caption: its upper left corner and its size."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each thing's room, and the regions."""

    positions: dict[Node, Point]
    regions: tuple[Region, ...]


def lay_out(zones: Mapping[str, Sequence[Box]], *, upright: bool = False) -> Layout:
    """The layout of things by the zone they are in; the order in a zone is kept."""
    return _upright(zones) if upright else _wide(zones)


class _Placed(NamedTuple):
    """Boxes with the upper left corner of each, from the origin on, and how much room all take."""

    boxes: tuple[tuple[Box, Point], ...]
    width: float
    height: float


def _wide(zones: Mapping[str, Sequence[Box]]) -> Layout:
    """Columns of documents on the left, bands of agencies in the middle, columns of facts on the right."""
    best = min((_drawn(zones, width) for width in _widths(zones)), key=lambda drawn: drawn[0])
    return best[1]


def _widths(zones: Mapping[str, Sequence[Box]]) -> Iterable[float]:
    """Some widths that the middle may have, about that of a square of all that is in it."""
    area = sum(box.width * _whole(box) for key in CENTRE for box in zones.get(key, ()))
    side = max(240.0, sqrt(area))
    return [side * step / 10 for step in range(8, 31)]


def _whole(box: Box) -> float:
    return box.height + sum(below.height for below in box.below)


def _drawn(zones: Mapping[str, Sequence[Box]], width: float) -> tuple[float, Layout]:
    """The layout whose middle is that wide, and how far its shape is from the one wanted."""
    layout: dict[Node, Point] = {}
    regions: list[Region] = []
    y = 0.0
    for key in CENTRE:
        if zones.get(key):
            placed = _shelves(zones[key], width)
            _put(placed, key, 0.0, y, layout, regions)
            y += placed.height + _BETWEEN
    height = max(y - _BETWEEN, 320.0)
    left = shown_left = -2 * _BETWEEN
    # What is seldom wanted stands outermost: the picture without it has no hole, and its shape does not count it.
    for key in (*WEST, "sections"):
        if zones.get(key):
            placed = _columns(zones[key], height)
            _put(placed, key, left - placed.width, 0.0, layout, regions)
            left -= placed.width + _BETWEEN
            shown_left = left if key != "sections" else shown_left
    right = width + 2 * _BETWEEN
    shown = right
    for key in EAST:
        if zones.get(key):
            placed = _columns(zones[key], height)
            _put(placed, key, right, 0.0, layout, regions)
            right += placed.width + _BETWEEN
            shown = right if key in EAST[:2] else shown
    aspect = (shown - shown_left - 2 * _BETWEEN) / (height + _HEAD)
    return abs(aspect / _WIDE - 1), _rounded(layout, regions)


def _upright(zones: Mapping[str, Sequence[Box]]) -> Layout:
    """All zones below one another."""
    layout: dict[Node, Point] = {}
    regions: list[Region] = []
    y = 0.0
    for key in (WEST[0], *CENTRE, *EAST, *WEST[1:], "sections"):
        if zones.get(key):
            placed = _shelves(zones[key], _UPRIGHT_WIDTH)
            _put(placed, key, 0.0, y, layout, regions)
            y += placed.height + _BETWEEN
    return _rounded(layout, regions)


def _put(placed: _Placed, key: str, x: float, y: float, positions: dict[Node, Point], regions: list[Region]) -> None:
    """Give the boxes of a zone their places, below its caption."""
    for box, (left, top) in placed.boxes:
        positions[box.node] = (x + left + box.width / 2, y + top + box.height / 2)
    regions.append(Region(key, x, y - _HEAD, placed.width, placed.height + _HEAD))


def _rounded(positions: Mapping[Node, Point], regions: Iterable[Region]) -> Layout:
    return Layout(
        {node: (round(x, 1), round(y, 1)) for node, (x, y) in positions.items()},
        tuple(Region(r.key, *(round(n, 1) for n in (r.x, r.y, r.width, r.height))) for r in regions),
    )


# --- in rows and in columns --------------------------------------------------------------------------------


def _cell(box: Box) -> _Placed:
    """A thing with what stands below it, in as many columns as make the whole about as high as wide."""
    if not box.below:
        return _Placed(((box, (0.0, 0.0)),), box.width, box.height)
    wide = max(below.width for below in box.below)
    area = wide * sum(below.height for below in box.below)
    columns = max(1, round(max(box.width, sqrt(area * 1.5)) / wide))
    rows = ceil(len(box.below) / columns)
    placed: list[tuple[Box, Point]] = [(box, (0.0, 0.0))]
    bottom = box.height
    widths = [0.0]
    for number in range(0, len(box.below), rows):
        y = box.height
        for below in box.below[number : number + rows]:
            placed.append((below, (sum(widths) + 8, y)))
            y += below.height
        bottom = max(bottom, y)
        widths.append(max(below.width for below in box.below[number : number + rows]))
    return _Placed(tuple(placed), max(box.width, sum(widths) + 8), bottom)


def _shelves(boxes: Sequence[Box], width: float) -> _Placed:
    """The cells in rows of a width: those with something below them first, then the others."""
    cells = [_cell(box) for box in boxes]
    high = sorted((cell for cell in cells if len(cell.boxes) > 1), key=lambda cell: -cell.height)
    placed: list[tuple[Box, Point]] = []
    x = y = row = widest = 0.0
    for before, cell in pairwise([None, *high, *(cell for cell in cells if len(cell.boxes) == 1)]):
        assert cell is not None
        room = ceil((cell.width + _GAP) / _GRID) * _GRID
        turn = before is not None and len(before.boxes) > 1 and len(cell.boxes) == 1
        if x and (x + cell.width > width or turn):
            x, y, row = 0.0, y + row + _GAP, 0.0
        placed.extend((box, (x + left, y + top)) for box, (left, top) in cell.boxes)
        widest = max(widest, x + cell.width)
        x, row = x + room, max(row, cell.height)
    return _Placed(tuple(placed), widest, y + row)


def _columns(boxes: Sequence[Box], height: float) -> _Placed:
    """The boxes in columns of a height, filled evenly."""
    whole = sum(box.height + _GAP for box in boxes)
    number = max(1, ceil(whole / max(height, 1.0)))
    limit = max(whole / number + max(box.height for box in boxes) * (number > 1), 1.0)
    placed: list[tuple[Box, Point]] = []
    x = y = column = lowest = 0.0
    for box in boxes:
        if y and y + box.height > limit:
            x, y, column = x + column + 2 * _GAP, 0.0, 0.0
        placed.append((box, (x, y)))
        y += box.height + _GAP
        column, lowest = max(column, box.width), max(lowest, y - _GAP)
    return _Placed(tuple(placed), x + column, lowest)
