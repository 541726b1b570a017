"""A page of an OFD: its objects placed by their matrices (GB/T 33190, 8 to 11) → characters, ruled tables, pieces."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.read.boxes import Glyph, Grid, Piece, Sheet, pieces
from kg.read.ruled import Rule, tables, take

__all__ = ["Matrix", "Page", "draw_path", "draw_text", "numbers", "placed"]

Matrix = tuple[float, float, float, float, float, float]
"""As a CTM is written: x' = a·x + c·y + e, y' = b·x + d·y + f."""
_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FURTHEST = 100_000.0
"""No number of a page is larger; what is, is a slip or a trap."""
_SHORTEST_RULE = 6.0
"""Points: a shorter line is part of a drawing."""


@dataclass(slots=True)
class Page:
    """What stands on a page: upright characters, text that is turned, rules, and how much of it cannot be read."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unread: int = 0
    """Glyphs of a font of which no character is told."""
    pictures: int = 0

    def sheet(self, number: int) -> Sheet:
        """The page with its ruled tables taken out of the text around them."""
        grids: list[Grid] = []
        rest = self.glyphs
        for boxes in tables(self.rules):
            found, rest = take(boxes, rest)
            if found:
                grids.append(found)
        return Sheet(number, self.width, self.height, tuple(pieces(rest)), tuple(grids), tuple(self.turned))

    def left_out(self) -> Iterator[str]:
        """What of the page no text stands for."""
        if self.unread:
            yield f"{self.unread} glyphs without characters"
        if self.pictures:
            yield f"{self.pictures} picture{'s' * (self.pictures > 1)}"


def draw_text(element: Any, place: Matrix, page: Page) -> None:
    """Put the characters of a text object on the page."""
    size = _number(element.get("Size"), 0.0)
    stretch = _number(element.get("HScale"), 1.0)
    a, b, c, d, _, _ = place
    high = size * math.hypot(c, d)
    upright = a > 0 and abs(b) < 0.2 * a and d > 0 and element.get("CharDirection") in (None, "0")
    upright = upright and element.get("ReadDirection") in (None, "0")
    x = y = 0.0
    told = 0
    glyphs: list[Glyph] = []
    for code in element.iterfind("{*}TextCode"):
        text = code.text or ""
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        at_x, at_y, blank = x, y, False
        for i, character in enumerate(text):
            told += not character.isspace()
            width = size * stretch * _width(character)
            step = across[i] if i < len(across) else (0.0 if i < len(down) else width)
            if character.isspace():
                blank = True
            elif _readable(character):
                shown = unicodedata.normalize("NFKC", character) if _compatible(character) else character
                x0, base = _applied(place, at_x, at_y)
                x1 = x0 + min(width, step if step > 0.3 * width else width) * math.hypot(a, b)
                glyphs.append(Glyph(shown, x0, base - 0.88 * high, x1, base + 0.12 * high, base, high, blank))
                blank = False
            else:
                page.unread += 1
            at_x += step
            at_y += down[i] if i < len(down) else 0.0
    if not told:
        page.unread += sum(len((g.text or "").split()) for g in element.iterfind("{*}CGTransform/{*}Glyphs"))
    if upright:
        page.glyphs.extend(glyphs)
    elif glyphs:
        first, last = glyphs[0], glyphs[-1]
        text = "".join(" " * glyph.blank + glyph.text for glyph in glyphs).strip()
        left, right = min(first.x0, last.x0), max(first.x1, last.x1)
        page.turned.append(Piece(text, left, min(first.top, last.top), right, max(first.bottom, last.bottom), high))


_COMMAND = re.compile(r"([MSLCQBA])|(-?\d[\d.]*(?:[eE]-?\d+)?|-?\.\d+)")
_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers each command of a path takes; the last two of them are where it leads."""


def draw_path(element: Any, place: Matrix, page: Page) -> None:
    """Put the straight lines of a path that run along the page or down it among the page's rules."""
    command = ""
    given: list[float] = []
    start = at = (0.0, 0.0)
    for match in _COMMAND.finditer(element.findtext("{*}AbbreviatedData") or ""):
        if match[1]:
            command, given = match[1], []
        else:
            given.append(_number(match[2], 0.0))
        if not command or len(given) != _TAKES[command]:
            continue
        to = start if command == "C" else (given[-2], given[-1])
        if command in "LC":
            _rule(_applied(place, *at), _applied(place, *to), page)
        elif command in "MS":
            start = to
        at, given = to, []


def _rule(one: tuple[float, float], other: tuple[float, float], page: Page) -> None:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if high < 0.5 and wide >= _SHORTEST_RULE:
        page.rules.append(Rule(False, (one[1] + other[1]) / 2, *sorted((one[0], other[0]))))
    elif wide < 0.5 and high >= _SHORTEST_RULE:
        page.rules.append(Rule(True, (one[0] + other[0]) / 2, *sorted((one[1], other[1]))))


@cache
def _readable(character: str) -> bool:
    """Whether a character says what is drawn: not a place of private use, no replacement, no control."""
    return character != "\ufffd" and unicodedata.category(character) not in ("Co", "Cc", "Cn", "Cs")


def _compatible(character: str) -> bool:
    """Whether a character is an ideograph or a radical that fonts give for the usual one."""
    return "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff"


@cache
def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _steps(written: str | None, length: int) -> list[float]:
    """The distances between characters: numbers, or ``g 3 5.5`` for three times 5.5."""
    steps: list[float] = []
    words = iter((written or "").split())
    for word in words:
        if word == "g":
            times, step = next(words, ""), _number(next(words, None), 0.0)
            steps.extend([step] * min(length, int(_number(times, 0.0))))
        else:
            steps.append(_number(word, 0.0))
        if len(steps) > length:
            break
    return steps


def placed(element: Any, place: Matrix) -> Matrix:
    """The matrix of what is inside an object: its own transformation, then its boundary's corner, then the page's."""
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else _PLAIN
    box = numbers(element.get("Boundary"))
    left, top = box[:2] if len(box) == 4 else (0.0, 0.0)
    e, f = e + left, f + top
    pa, pb, pc, pd, pe, pf = place
    return (
        a * pa + b * pc,
        a * pb + b * pd,
        c * pa + d * pc,
        c * pb + d * pd,
        e * pa + f * pc + pe,
        e * pb + f * pd + pf,
    )


def _applied(place: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f


def numbers(written: str | None) -> list[float]:
    """The numbers of an attribute that holds a box or a matrix."""
    return [_number(word, 0.0) for word in (written or "").split()[:6]]


def _number(written: str | None, otherwise: float) -> float:
    try:
        found = float(written) if written else otherwise
    except ValueError:
        return otherwise
    return found if abs(found) <= _FURTHEST else otherwise
