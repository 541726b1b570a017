"""PDF → Source: the text layer in reading order, from where each character stands on its page.

The order in which a file writes its characters says nothing: many write lines across columns. Pages that are
pictures are recognised, where the extra for that is installed.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kg.errors import KgError
from kg.model import Place, Source
from kg.read import ocr
from kg.read.draft import source_of
from kg.read.layout import Glyph, Grid, Sheet, compose, joined, pieces
from kg.read.limits import Limits
from kg.read.ruled import Box, Rule, tables
from kg.read.word_tables import Cell, grid

__all__ = ["read_pdf"]

_MOST_CHARACTERS = 200_000
"""Of a page: no page that was made to be read has more."""
_FEW_CHARACTERS = 60
"""A page covered by a picture with less text than this is a scan with a stamp or a page number on it."""


def read_pdf(data: bytes, name: str, limits: Limits) -> Source:
    """The text of a PDF, with its pages as places.

    Raises KgError where the file is cut short, locked with a password, holds no page, more pages than the limit,
    or pictures of pages only, while the extra for recognising them is not installed.
    """
    if len(data) > limits.bytes:
        raise KgError(
            f"{name}: {len(data):,} bytes, more than the {limits.bytes:,} that one source may have; split it"
        )
    with _opened(data, name) as document:
        count = len(document)
        if count == 0:
            raise KgError(f"{name}: expected a PDF with pages, found none in it; export or fetch it again")
        if count > limits.pages:
            raise KgError(
                f"{name}: {count:,} pages, more than the {limits.pages:,} that one source may have; "
                "split it, or raise the limit"
            )
        sheets: list[Sheet] = []
        pictures: list[tuple[int, str]] = []
        for number in range(1, count + 1):
            page = _page(document, number, name)
            try:
                sheet, flaw = _sheet(page, number, name)
                if flaw and ocr.installed():
                    sheet = ocr.sheet(_rendered(page), number)
                elif flaw:
                    pictures.append((number, flaw))
                sheets.append(sheet)
            finally:
                page.close()
    if pictures and len(pictures) == sum(1 for s in sheets if s.pieces or s.number in dict(pictures)):
        raise ocr.missing(f"{name}, page {pictures[0][0]}", pictures[0][1])
    recognised = any(piece.score is not None for sheet in sheets for piece in sheet.pieces)
    composed = compose(sheets, larger=ocr.LARGER if recognised else 1.1)
    if not composed.text.strip():
        raise KgError(
            f"{name}: expected text or pictures of pages, found {count} empty page{'s' * (count > 1)}; "
            "export or fetch it again"
        )
    return source_of(data, name, "pdf", composed.text, _with_unread(composed.places, pictures, len(composed.text)))


def _with_unread(places: tuple[Place, ...], pictures: list[tuple[int, str]], length: int) -> tuple[Place, ...]:
    """The places, and with them the pages that were not read, each where its text would stand."""
    found = list(places)
    pages = [(int(place.label), place.start) for place in places if place.kind == "page"]
    for number, _ in pictures:
        at = next((start for page, start in pages if page > number), max(0, length - 1))
        found.append(Place(at, "unread page", str(number)))
    return tuple(sorted(found, key=lambda place: place.start))


# --- the file ----------------------------------------------------------------------------------------------

_TAIL = 4096


@contextlib.contextmanager
def _opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The document in the bytes. Raises KgError where they are no whole PDF that opens without a password."""
    # Asked first: what is left of a file cut short can often be opened, with pages missing and no word of it.
    length = re.search(rb"/Linearized\b[^>]{0,200}/L\s+(\d+)", data[:2048])
    if b"%%EOF" not in data[-_TAIL:] or (length and int(length[1]) > len(data)):
        raise KgError(
            f"{name}: expected a whole PDF, found one without its end (%%EOF) after {len(data):,} bytes; "
            "it was cut short in transfer: fetch it again"
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise KgError(
                f"{name}: expected a PDF that opens without a password, found one that is locked; "
                "open it, remove the password, save it and give that"
            ) from error
        raise KgError(
            f"{name}: expected a PDF, found one that cannot be opened ({error}); "
            "fetch it again, or open it in a reader and print it to a new PDF"
        ) from error
    try:
        yield document
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> pypdfium2.PdfPage:
    try:
        return document[number - 1]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise KgError(
            f"{name}, page {number}: the page is broken and cannot be opened; "
            "fetch the file again, or print it to a new PDF"
        ) from error


_DPI = 200
_MOST_PIXELS = 12_000_000
"""Of a rendered page: A3 at 200 dpi has 8 million."""


def _rendered(page: pypdfium2.PdfPage) -> Any:
    """The page as a picture, at 200 dpi, or less where it is very large."""
    width, height = page.get_size()
    scale = min(_DPI / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    return page.render(scale=scale, rev_byteorder=True).to_pil()


# --- a page ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """How the page is looked at: the visible part of it, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int
    """Clockwise, in degrees."""

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


def _sheet(page: pypdfium2.PdfPage, number: int, name: str) -> tuple[Sheet, str]:
    """What stands on a page, and what makes it one that has to be recognised, or nothing."""
    left, bottom, right, top = page.get_cropbox()
    view = _View(left, bottom, right, top, page.get_rotation())
    width, height = view.size
    upright, turned, hidden, unmapped = _characters(page, view, f"{name}, page {number}")
    drawn = _Drawn(view)
    drawn.add(page)
    if len(upright) < _FEW_CHARACTERS and drawn.pictured > 0.5 * width * height:
        if len(hidden) < _FEW_CHARACTERS:
            return Sheet(number, width, height, tuple(pieces(upright))), "a picture of a page, without text"
        upright = hidden  # a scan with the text that somebody's recognition put behind it
    if unmapped * 3 > unmapped + len(upright):
        return Sheet(number, width, height, ()), "text in a font that does not say which characters it draws"
    grids, rest = [], upright
    for boxes in tables(drawn.rules):
        found, rest = _grid(boxes, rest)
        if found:
            grids.append(found)
    return Sheet(number, width, height, tuple(pieces(rest)), tuple(grids), tuple(pieces(turned))), ""


def _grid(boxes: list[Box], glyphs: list[Glyph]) -> tuple[Grid | None, list[Glyph]]:
    """The table that the characters in the boxes make up, and the characters outside of it."""
    x0, x1 = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    mine: dict[int, list[Glyph]] = {}
    rest: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if x0 <= x <= x1 and top <= y <= bottom:
            at = next((i for i, b in enumerate(boxes) if b.x0 <= x <= b.x1 and b.top <= y <= b.bottom), None)
            if at is not None:
                mine.setdefault(at, []).append(glyph)
                continue
        rest.append(glyph)
    if len(mine) < 3:
        return None, glyphs
    rows: list[list[Cell]] = [[] for _ in range(max(b.row + b.rows for b in boxes))]
    for i, box in enumerate(boxes):
        text = _cell(box, mine.get(i, []))
        for row in range(box.row, box.row + box.rows):
            rows[row].append(Cell(text, box.column, box.columns, row > box.row))
    filled = [sorted(row, key=lambda cell: cell.column) for row in rows if row]
    cells = [row for row in grid(filled) if any(row)]
    return Grid(tuple(map(tuple, cells)), x0, top, x1, bottom), rest


def _cell(box: Box, glyphs: list[Glyph]) -> str:
    """The text of a cell on one line: lines that fill it go on with the next, others are parted by a blank."""
    lines: list[str] = []
    end = 0.0
    from kg.read.boxes import together

    for row in together(pieces(glyphs)):
        text = " ".join(piece.text for piece in row)
        if lines and box.x1 - end < 2.2 * row[0].size:
            lines[-1] = joined([lines[-1], text])
        else:
            lines.append(text)
        end = row[-1].x1
    return " ".join(lines)


# --- characters --------------------------------------------------------------------------------------------

_INVISIBLE = (3, 7)
"""Text rendering modes of ISO 32000-1, 9.3.6: neither fill nor stroke."""
_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06\ufe30-\ufe4f\uf900-\ufaff\U0002f800-\U0002fa1f]")


@dataclass(frozen=True, slots=True)
class _Pen:
    """What the characters of one text object have in common."""

    visible: bool


def _characters(
    page: pypdfium2.PdfPage, view: _View, where: str
) -> tuple[list[Glyph], list[Glyph], list[Glyph], int]:
    """The characters that run as the page does, those that do not, those that are not seen; how many have no code."""
    text = page.get_textpage()
    upright: list[Glyph] = []
    askew: list[Glyph] = []
    hidden: list[Glyph] = []
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
        pens: dict[int, _Pen] = {}
        blank = False
        for i in range(count):
            code = pdfium.FPDFText_GetUnicode(text, i)
            if pdfium.FPDFText_IsGenerated(text, i) == 1:
                continue
            character = _character(code)
            if not character.strip():
                blank = blank or bool(character)
                continue
            if code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or pdfium.FPDFText_HasUnicodeMapError(text, i) == 1:
                unmapped += 1
            pen = _pen(text, i, pens)
            pdfium.FPDFText_GetLooseCharBox(text, i, box)
            pdfium.FPDFText_GetMatrix(text, i, matrix)
            pdfium.FPDFText_GetCharOrigin(text, i, x, y)
            size = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
            angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - view.turned) % 360
            if angle in range(2, 359):
                glyph = _turned(view, character, box, x.value, y.value, size, angle, blank)
                askew.append(glyph)
                blank = False
                continue
            glyph = _seen(view, character, box, x.value, y.value, size, blank)
            blank = False
            if not (0 <= glyph.x1 and glyph.x0 <= view.size[0] and 0 <= glyph.bottom and glyph.top <= view.size[1]):
                continue  # off the visible part of the page
            (upright if pen.visible and size >= 1 else hidden).append(glyph)
    finally:
        text.close()
    if len(askew) > len(upright):  # a page that lies on its side without saying so
        upright, askew = askew, upright
    return upright, askew, hidden, unmapped
