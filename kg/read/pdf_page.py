"""A page of a PDF → its characters as they are seen, and what is drawn on it: rules, pictures, painted ground."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kg.errors import KgError
from kg.read.boxes import Glyph
from kg.read.ruled import Rule

__all__ = ["Characters", "Drawing", "View", "characters", "drawing"]


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at: the visible part of it, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int
    """Clockwise, in degrees, a multiple of 90."""

    @property
    def size(self) -> tuple[float, float]:
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turned in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is seen, y downwards."""
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y


# --- characters --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page."""

    view: View
    """The page turned so that most of its text is upright."""
    upright: list[Glyph]
    aside: list[Glyph]
    """Those that run in another direction, each direction below the other."""
    hidden: list[Glyph]
    """Those that nobody sees: drawn without ink, in white on white, too small, or off the visible part."""
    unmapped: int
    """How many have no code."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """A character as the file places it."""

    text: str
    box: tuple[float, float, float, float]
    """Left, bottom, right, top on the page."""
    x: float
    y: float
    size: float
    angle: int
    """Against the clock, in degrees."""
    blank: bool
    inked: bool


_MOST_CHARACTERS = 200_000
"""Of a page: none that was made to be read has more."""
_SMALLEST = 1.0
_INVISIBLE = (3, 7)
"""Text rendering modes of ISO 32000-1, 9.3.6, that neither fill nor stroke."""
_WHITE = 250
_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06\ufe30-\ufe4f\uf900-\ufaff\U0002f800-\U0002fa1f]")
_HYPHENS = (0x02, 0xFFFE)
"""How the library gives a hyphen at the end of a line."""


def characters(page: pypdfium2.PdfPage, drawn: Drawing, where: str) -> Characters:
    """The characters of a page. Raises KgError where it has more than any page can show."""
    left, bottom, right, top = page.get_cropbox()
    raw, unmapped = _raw(page, drawn, where)
    directions: dict[int, int] = {}
    for character in raw:
        near = min((0, 90, 180, 270, 360), key=lambda quarter: abs(character.angle - quarter))
        if character.inked and abs(character.angle - near) <= 2:
            directions[near % 360] = directions.get(near % 360, 0) + 1
    turned = max(directions, key=lambda angle: directions[angle], default=page.get_rotation())
    view = View(left, bottom, right, top, turned)
    found = Characters(view, [], [], [], unmapped)
    wide, high = view.size
    for character in raw:
        if abs((character.angle - turned + 180) % 360 - 180) > 2:
            if character.inked:
                found.aside.append(_levelled(character))
            continue
        x0, y0 = view.point(character.box[0], character.box[1])
        x1, y1 = view.point(character.box[2], character.box[3])
        base = view.point(character.x, character.y)[1]
        glyph = Glyph(
            character.text,
            min(x0, x1),
            min(y0, y1),
            max(x0, x1),
            max(y0, y1),
            base,
            character.size,
            character.blank,
        )
        on_page = glyph.x1 >= 0 and glyph.x0 <= wide and glyph.bottom >= 0 and glyph.top <= high
        (found.upright if character.inked and on_page else found.hidden).append(glyph)
    return found


def _levelled(character: _Raw) -> Glyph:
    """A character that runs in another direction, on a page turned so that it is upright; directions lie apart."""
    turn = math.radians(character.angle)
    x = character.x * math.cos(turn) + character.y * math.sin(turn)
    base = character.x * math.sin(turn) - character.y * math.cos(turn) + 20_000 * character.angle
    width = character.size * (1.0 if ord(character.text[0]) > 0x2E7F else 0.55)
    size = character.size
    return Glyph(character.text, x, base - 0.88 * size, x + width, base + 0.12 * size, base, size, character.blank)


def _raw(page: pypdfium2.PdfPage, drawn: Drawing, where: str) -> tuple[list[_Raw], int]:
    text = page.get_textpage()
    found: list[_Raw] = []
    unmapped = 0
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > _MOST_CHARACTERS:
            raise KgError(
                f"{where}: {count:,} characters, more than the {_MOST_CHARACTERS:,} that a page can show; "
                "print the file to a new PDF"
            )
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        inks: dict[int, str] = {}
        blank, high = False, 0
        for i in range(count):
            if pdfium.FPDFText_IsGenerated(text, i) == 1:
                continue
            code = pdfium.FPDFText_GetUnicode(text, i)
            if 0xD800 <= code < 0xDC00:  # half of a character, where the library counts in UTF-16
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            character = _character(code)
            if not character.strip():
                blank = blank or bool(character)
                unmapped += code == 0
                continue
            unmapped += code == 0xFFFD or pdfium.FPDFText_HasUnicodeMapError(text, i) == 1
            pdfium.FPDFText_GetLooseCharBox(text, i, box)
            pdfium.FPDFText_GetMatrix(text, i, matrix)
            pdfium.FPDFText_GetCharOrigin(text, i, x, y)
            size = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
            ink = _ink(text, i, inks)
            inked = size >= _SMALLEST and (ink == "yes" or (ink == "white" and drawn.painted(x.value, y.value)))
            angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
            edges = (box.left, box.bottom, box.right, box.top)
            found.append(_Raw(character, edges, x.value, y.value, size, angle, blank, inked))
            blank = False
    finally:
        text.close()
    return found, unmapped


def _character(code: int) -> str:
    """The character of a code; compatibility forms, which fonts give for the common ones, made common."""
    if code in _HYPHENS:
        return "-"
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    character = chr(code)
    if unicodedata.category(character) in ("Cc", "Cf", "Cn"):
        return " " if code in (9, 10, 13) else ""
    return unicodedata.normalize("NFKC", character) if _COMPATIBILITY.match(character) else character


def _ink(text: Any, i: int, known: dict[int, str]) -> str:
    """Whether a character is drawn in ink: yes, no, or in white."""
    piece = pdfium.FPDFText_GetTextObject(text, i)
    key = ctypes.cast(piece, ctypes.c_void_p).value
    if key is None:
        return "yes"
    if key not in known:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(piece)
        known[key] = "no" if mode in _INVISIBLE else _colour(piece) if mode in (0, 4) else "yes"
    return known[key]


def _colour(thing: Any) -> str:
    """Whether a thing is filled with ink: yes, no, or with white."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return "yes"
    if alpha.value == 0:
        return "no"
    return "white" if min(red.value, green.value, blue.value) >= _WHITE else "yes"


# --- what is drawn -----------------------------------------------------------------------------------------

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOST_OBJECTS = 50_000
_DEEPEST = 8
_THIN = 2.5
"""Points: a filled box with a side not longer than this is a line."""


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides characters, in the coordinates of the page."""

    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    """From x, y to x, y, along the edges of the page."""
    grounds: list[tuple[float, float, float, float]] = field(default_factory=list)
    """What is painted in colour, and pictures: left, bottom, right, top."""
    pictured: float = 0.0
    """The area of all pictures."""
    paths: int = 0

    def painted(self, x: float, y: float) -> bool:
        """Whether there is paint or a picture at a point."""
        return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self.grounds)

    def rules(self, view: View) -> list[Rule]:
        """The lines as they are seen."""
        found: list[Rule] = []
        for xa, ya, xb, yb in self.lines:
            (x0, y0), (x1, y1) = view.point(xa, ya), view.point(xb, yb)
            if abs(x1 - x0) >= abs(y1 - y0):
                found.append(Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            else:
                found.append(Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        return found


def drawing(page: pypdfium2.PdfPage) -> Drawing:
    """What is drawn on a page."""
    found = Drawing()
    for thing, kind, matrix in _things(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(thing, matrix)
            found.pictured += (right - left) * (top - bottom)
            found.grounds.append((left, bottom, right, top))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            _path(thing, matrix, found)
    return found


def _things(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int, _Matrix]]:
    """The objects of a page and of the forms on it, each with the matrix of the form it stands in."""
    stack: list[tuple[Any, _Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page, i), _SAME, 0)
        for i in reversed(range(min(_MOST_OBJECTS, pdfium.FPDFPage_CountObjects(page))))
    ]
    seen = 0
    while stack and seen < _MOST_OBJECTS:
        thing, matrix, depth = stack.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(thing), matrix)
            count = min(_MOST_OBJECTS, pdfium.FPDFFormObj_CountObjects(thing))
            stack.extend((pdfium.FPDFFormObj_GetObject(thing, i), inner, depth + 1) for i in reversed(range(count)))
        else:
            yield thing, kind, matrix


def _matrix(thing: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """The matrix that does what one does and then what the other does."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(thing: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a thing on the page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    xa, ya = _moved(matrix, left.value, bottom.value)
    xb, yb = _moved(matrix, right.value, top.value)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _path(thing: Any, matrix: _Matrix, found: Drawing) -> None:
    """Add the straight lines of a path, or the ground that it paints."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
    if fill.value:
        left, bottom, right, top = _bounds(thing, matrix)
        if right - left <= _THIN:
            found.lines.append(((left + right) / 2, bottom, (left + right) / 2, top))
            return
        if top - bottom <= _THIN:
            found.lines.append((left, (bottom + top) / 2, right, (bottom + top) / 2))
            return
        if _colour(thing) == "yes":
            found.grounds.append((left, bottom, right, top))
    if stroke.value:
        whole = _times(_matrix(thing), matrix)
        for (xa, ya), (xb, yb) in _segments(thing, whole):
            if (abs(xa - xb) < 1) != (abs(ya - yb) < 1):
                found.lines.append((xa, ya, xb, yb))


def _segments(thing: Any, matrix: _Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a path, on the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for i in range(min(1000, pdfium.FPDFPath_CountSegments(thing))):
        segment = pdfium.FPDFPath_GetPathSegment(thing, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield last, first
            last = first
