"""OFD → Source: the layout format of GB/T 33190, in which many offices publish.

An OFD says of each character where it stands on its page, and nothing of lines or paragraphs: those are made of the
places, as for PDF. Left out: attachments, signatures and seals, annotations, pictures (their places are kept).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import KgError
from kg.model import Place, Source
from kg.read.archive import Archive
from kg.read.boxes import Sheet
from kg.read.draft import source_of
from kg.read.layout import Composed, compose
from kg.read.limits import Limits
from kg.read.ofd_page import Matrix, Page, draw_path, draw_text, numbers, placed

__all__ = ["read_ofd"]

_POINTS = 72 / 25.4
"""Lengths in OFD are millimetres."""
_DEEPEST = 16
"""Units in units further down than this are not read: they may hold themselves."""
_MOST = 10_000_000
"""Objects and characters that are read for one source: templates and units put the same ones on many pages."""
_UNIT = 50
"""As how many objects the use of a unit counts: units of units grow fast."""


def read_ofd(data: bytes, name: str, limits: Limits) -> Source:
    """The source in the bytes of an OFD.

    Raises KgError where they are no OFD, are damaged, have more pages than allowed, or hold no character.
    """
    archive = Archive.open(data, name, limits)
    if "OFD.xml" not in archive:
        if any("encrypt" in part.lower() for part in archive):
            raise KgError(
                f"{name}: the OFD is encrypted; expected an open one: save it without a password and try again"
            )
        raise KgError(f"{name}: expected an OFD, found a zip container without OFD.xml")
    book = _Book(archive, limits)
    for body in archive.xml("OFD.xml").iterfind("{*}DocBody"):
        root = (body.findtext("{*}DocRoot") or "").strip()
        if root:
            book.add(archive.beside("OFD.xml", root))
    if not book.sheets:
        raise KgError(f"{name}: expected an OFD with pages, found none; the file is damaged: fetch it again")
    composed = compose(book.sheets)
    if not composed.text.strip():
        raise KgError(f"{name}: {_about_empty(book)}; save it as PDF and read that with the OCR extra")
    places = sorted((*composed.places, *_left_out(book, composed)), key=lambda place: place.start)
    return source_of(data, name, "ofd", composed.text, tuple(places), composed.boxes)


def _left_out(book: _Book, composed: Composed) -> Iterator[Place]:
    """Where on the pages something stands that is not in the text."""
    starts = [(int(place.label), place.start) for place in composed.places if place.kind == "page"]
    for number, what in book.left_out:
        # A page without any text has no place: it is told of at the one behind it.
        at = next((start for on, start in starts if on >= number), max(0, len(composed.text) - 1))
        yield Place(at, "unread", f"page {number}: {what}")


def _about_empty(book: _Book) -> str:
    pages = f"{len(book.sheets)} page{'s' * (len(book.sheets) > 1)}"
    if book.left_out:
        return f"expected text, found {pages} of {book.left_out[0][1]} and the like"
    return f"expected text, found {pages} without a character"


class _Book:
    """The documents of a container, with what their pages share."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self.sheets: list[Sheet] = []
        self.left_out: list[tuple[int, str]] = []
        """The number of a page, and what on it no text stands for."""
        self._archive = archive
        self._limits = limits
        self._units: dict[str, Any] = {}
        self._read = 0

    def add(self, root: str) -> None:
        """Read the pages of the document whose root part this is."""
        name = self._archive.name
        document = self._archive.xml(root)
        listed = [page.get("BaseLoc") or "" for page in document.iterfind("{*}Pages/{*}Page")]
        count, most = len(self.sheets) + len(listed), self._limits.pages
        if count > most:
            raise KgError(
                f"{name}: {count:,} pages, more than the {most:,} allowed; split it, or allow more with --max-pages N"
            )
        common = document.find("{*}CommonData")
        size = common.find("{*}PageArea") if common is not None else None
        self._units = {}
        templates: dict[str, Any] = {}
        for element in common if common is not None else ():
            kind = element.tag.rpartition("}")[2]
            if kind in ("PublicRes", "DocumentRes"):
                self._learn(self._archive.beside(root, (element.text or "").strip()))
            elif kind == "TemplatePage" and element.get("BaseLoc"):
                part = self._archive.beside(root, element.get("BaseLoc"))
                if part in self._archive:
                    templates[element.get("ID") or ""] = self._archive.xml(part)
        for location in listed:
            page = self._page(self._archive.beside(root, location), size, templates)
            self.sheets.append(page.sheet(len(self.sheets) + 1))
            self.left_out.extend((len(self.sheets), what) for what in page.left_out())

    def _learn(self, part: str) -> None:
        """Keep the composite units that a part of resources holds."""
        if part in self._archive:
            for unit in self._archive.xml(part).iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
                self._units[unit.get("ID") or ""] = unit

    def _page(self, part: str, size: Any, templates: dict[str, Any]) -> Page:
        root = self._archive.xml(part)
        for resource in root.iterfind("{*}PageRes"):
            self._learn(self._archive.beside(part, (resource.text or "").strip()))
        area = root.find("{*}Area")
        box = next(
            (
                numbers(a.findtext("{*}PhysicalBox"))
                for a in (area, size)
                if a is not None and a.find("{*}PhysicalBox") is not None
            ),
            [],
        )
        left, top, width, height = box if len(box) == 4 and min(box[2:]) > 0 else (0.0, 0.0, 210.0, 297.0)
        page = Page(width * _POINTS, height * _POINTS)
        place: Matrix = (_POINTS, 0.0, 0.0, _POINTS, -left * _POINTS, -top * _POINTS)
        for template in root.iterfind("{*}Template"):
            if template.get("TemplateID") in templates:
                self._take(templates[template.get("TemplateID")].find("{*}Content"), place, page, 0)
        self._take(root.find("{*}Content"), place, page, 0)
        return page

    def _take(self, parent: Any, place: Matrix, page: Page, depth: int) -> None:
        """Read the objects of a page, a layer, a block or a unit, placed as the matrix says."""
        if parent is None or depth > _DEEPEST:
            return
        for element in parent:
            kind = element.tag.rpartition("}")[2]
            self._read += 1 + sum(len(inside.text or "") for inside in element) * (kind in ("TextObject", "PathObject"))
            if self._read > _MOST:
                raise KgError(f"{self._archive.name}: over {_MOST:,} objects and characters; split the document")
            if element.get("Visible") == "false":
                continue
            if kind in ("Layer", "PageBlock"):
                self._take(element, place, page, depth + 1)
            elif kind == "TextObject":
                draw_text(element, placed(element, place), page)
            elif kind == "PathObject":
                draw_path(element, placed(element, place), page)
            elif kind == "ImageObject":
                page.pictures += 1
            elif kind == "CompositeObject":
                unit = self._units.get(element.get("ResourceID") or "")
                self._read += _UNIT
                if unit is not None:
                    self._take(unit.find("{*}Content"), placed(element, place), page, depth + 1)
