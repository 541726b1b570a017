"""What stands where on a page: characters, pieces of lines, ruled tables, sheets.

Lengths are points, or any unit that is the same on all sheets of a source; y grows downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

__all__ = ["Glyph", "Grid", "Piece", "Sheet", "between", "joined", "pieces", "together"]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character where it stands."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    """The y of the line it stands on."""
    size: float
    blank: bool = False
    """Whether a blank was printed before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line without a wide gap: the least that is moved as one."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    score: float | None = None
    """How sure the recognition is of it, 0 to 1, where it was recognised."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its rows of cells, and where it stands."""

    rows: tuple[tuple[str, ...], ...]
    x0: float
    top: float
    x1: float
    bottom: float
    edges: tuple[tuple[float, float], ...] = ()
    """The upper and the lower edge of each row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: the number a person would call it by, and what stands on it."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    grids: tuple[Grid, ...] = ()
    aside: tuple[Piece, ...] = ()
    """What stands askew or upright to the text (a mark across the page, a turned table): read behind it."""
    turned: int = 0
    """Clockwise, in degrees: how much the page was turned so that its text is upright."""


_WIDE = 0.8
"""From this gap on, in ems, two characters are not of one piece: no justified line has as much between any two."""
_BLANK = 0.35
"""From this gap on there is a blank between two characters of a piece."""


def pieces(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces that characters make up. A character printed twice in one place counts once."""
    found: list[Piece] = []
    for row in _rows(glyphs):
        gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
        narrow = [gap for gap, glyph in zip(gaps, row, strict=False) if gap < _WIDE * glyph.size]
        usual = max(0.0, median(narrow)) if len(narrow) > 6 else 0.0  # a line drawn out to fill its column
        run, text = [row[0]], row[0].text
        for gap, glyph in zip(gaps, row[1:], strict=True):
            em, small = max(glyph.size, run[-1].size), min(glyph.size, run[-1].size)
            if gap >= _WIDE * em + usual:
                found.append(_piece(run, text))
                run, text = [], ""
            elif gap > _BLANK * small + usual or (glyph.blank and gap > 0.12 * small + usual):
                text += " "
            run.append(glyph)
            text += glyph.text
        found.append(_piece(run, text))
    return found


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The characters by the line they stand on, from left to right; raised ones with those they were raised from."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.x0)):
        if rows and glyph.base - rows[-1][0].base <= 0.3 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row, below in pairwise(rows):
        if max(glyph.size for glyph in row) < 0.8 * max(glyph.size for glyph in below):
            raised = [glyph for glyph in row if any(_raised(glyph, other) for other in below)]
            below.extend(raised)
            row[:] = [glyph for glyph in row if glyph not in raised]
    return [_once(sorted(row, key=lambda g: g.x0)) for row in rows if row]


def _raised(glyph: Glyph, other: Glyph) -> bool:
    """Whether a character is a mark set above the line that another stands on."""
    return (
        glyph.size < 0.8 * other.size
        and other.top < (glyph.top + glyph.bottom) / 2
        and -0.3 * other.size < glyph.x0 - other.x1 < 0.6 * other.size
    )


def _once(row: list[Glyph]) -> list[Glyph]:
    """The characters without those printed a second time, a hair beside the first, to look bold."""
    found = row[:1]
    for glyph in row[1:]:
        if not any(o.text == glyph.text and glyph.x0 - o.x0 < 0.35 * (o.x1 - o.x0) for o in found[-2:]):
            found.append(glyph)
    return found


def _piece(run: Sequence[Glyph], text: str) -> Piece:
    return Piece(
        text,
        run[0].x0,
        min(glyph.top for glyph in run),
        max(glyph.x1 for glyph in run),
        max(glyph.bottom for glyph in run),
        median(glyph.size for glyph in run),
    )


def together(found: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by line, from top to bottom and in each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda p: p.middle):
        if rows and abs(piece.middle - rows[-1][0].middle) <= 0.4 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.x0)
    return rows


def joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one."""
    text = ""
    for line in lines:
        text += between(text, line) + line
    return text


def between(before: str, behind: str) -> str:
    """What two lines of a paragraph have between them: a blank between words of letters, else nothing."""
    if not (before and behind and before[-1].isascii() and behind[0].isascii()):
        return ""
    words = (before[-1].isalpha() and behind[0].isalpha()) or before[-1] in ",;:"
    return " " if words and not re.search(r"(?:://|www\.|@)\S*$", before) else ""
