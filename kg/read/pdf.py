"""PDF → Source: the text layer in reading order, from where each character stands on its page.

The order in which a file writes its characters says nothing: many write lines across columns. Pages that are
pictures are recognised, where the extra for that is installed.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2

from kg.errors import KgError
from kg.model import Place, Source
from kg.read import ocr
from kg.read.draft import source_of
from kg.read.layout import Sheet, compose, pieces
from kg.read.limits import Limits
from kg.read.pdf_page import characters, drawing
from kg.read.pictures import Album
from kg.read.ruled import tables, take

__all__ = ["read_pdf"]


def read_pdf(data: bytes, name: str, limits: Limits) -> Source:
    """The text of a PDF, with its pages as places.

    Raises KgError where the file is cut short, locked with a password, holds no page, more pages than the limit,
    or pictures of pages only, while the extra for recognising them is not installed.
    """
    if len(data) > limits.bytes:
        raise KgError(f"{name}: {len(data):,} bytes, more than the {limits.bytes:,} that one source may have; split it")
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
        album = Album(limits.pictures)
        for number in range(1, count + 1):
            page = _page(document, number, name)
            try:
                sheet, flaw = _sheet(page, number, name)
                if flaw and ocr.installed():
                    recognised = ocr.sheet(_rendered(page), number, album)
                    sheet = recognised if recognised.pieces else sheet
                elif flaw:
                    pictures.append((number, flaw))
                else:
                    album.page(page, number, (sheet.turned - page.get_rotation()) % 360)
                sheets.append(sheet)
            finally:
                page.close()
    if pictures and len(pictures) == sum(1 for s in sheets if s.pieces or s.number in dict(pictures)):
        raise ocr.missing(f"{name}, page {pictures[0][0]}", pictures[0][1])
    composed = compose(sheets)
    if not composed.text.strip():
        raise KgError(
            f"{name}: expected text or pictures of pages, found {count} empty page{'s' * (count > 1)}; "
            "export or fetch it again"
        )
    places = _with_unread(composed.places, pictures, len(composed.text))
    return source_of(data, name, "pdf", composed.text, places, composed.boxes, album.pictures)


def _with_unread(places: tuple[Place, ...], pictures: list[tuple[int, str]], length: int) -> tuple[Place, ...]:
    """The places, and with them the pages that were not read, each run of them where its text would stand."""
    found = list(places)
    pages = [(int(place.label), place.start) for place in places if place.kind == "page"]
    runs: list[tuple[int, int, str]] = []
    for number, flaw in pictures:
        if runs and runs[-1][1:] == (number - 1, flaw):
            runs[-1] = (runs[-1][0], number, flaw)
        else:
            runs.append((number, number, flaw))
    for first, last, flaw in runs:
        at = next((start for page, start in pages if page > last), max(0, length - 1))
        named = f"page {first}" if first == last else f"pages {first}-{last}"
        found.append(Place(at, "unread", f"{named}: {flaw}; to have it recognised: {ocr.EXTRA}"))
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
        if getattr(error, "err_code", None) in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY):
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
_MOST_PIXELS = 8_000_000
"""Of a rendered page: as many as A3 at 200 dpi has."""


def _rendered(page: pypdfium2.PdfPage) -> Any:
    """The page as a picture, at 200 dpi, or less where it is very large."""
    width, height = page.get_size()
    scale = min(_DPI / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    return page.render(scale=scale, rev_byteorder=True).to_pil()


# --- a page ------------------------------------------------------------------------------------------------

_FEW_CHARACTERS = 60
"""A page covered by a picture with less text than this is a scan with a stamp or a page number on it."""
_MANY_PATHS = 400
"""A page with less text and more drawn paths than these has its text drawn as outlines."""


def _sheet(page: pypdfium2.PdfPage, number: int, name: str) -> tuple[Sheet, str]:
    """What stands on a page; and why its text has to be recognised, or nothing."""
    drawn = drawing(page)
    found = characters(page, drawn, f"{name}, page {number}")
    width, height = found.view.size
    upright = found.upright
    turned = found.view.turned
    sheet = Sheet(number, width, height, tuple(pieces(upright)), (), tuple(pieces(found.aside)), turned)
    if len(upright) < _FEW_CHARACTERS:
        if drawn.pictured > 0.5 * width * height:
            if len(found.hidden) < _FEW_CHARACTERS:
                return sheet, "a picture without text"
            upright = found.hidden  # a scan with the text that somebody's recognition put behind it
        elif drawn.paths > _MANY_PATHS:
            return sheet, "characters drawn as outlines"
    if found.unmapped * 3 > len(upright):
        return sheet, "a font that does not say which characters it draws"
    grids = []
    for boxes in tables(drawn.rules(found.view)):
        table, upright = take(boxes, upright)
        if table:
            grids.append(table)
    return Sheet(number, width, height, tuple(pieces(upright)), tuple(grids), sheet.aside, turned), ""
