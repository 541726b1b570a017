"""OFD → Source: the layout format of GB/T 33190, in which many offices publish.

An OFD says of each character where it stands on its page, and nothing of lines or paragraphs: those are made of the
places, as for PDF. Left out: attachments, signatures and seals, annotations, pictures (their places are kept).
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.errors import KgError
from kg.model import Place, Source
from kg.read.archive import Archive
from kg.read.draft import source_of
from kg.read.layout import Glyph, Piece, Sheet, compose, pieces
from kg.read.limits import Limits

__all__ = ["read_ofd"]

_POINTS = 72 / 25.4
"""Lengths in OFD are millimetres."""
_DEEPEST = 16
"""Units in units further down than this are not read: they may hold themselves."""
_MOST_OBJECTS = 2_000_000
_FURTHEST = 100_000.0
"""No number of a page is larger; what is, is a slip or a trap."""
_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_Matrix = tuple[float, float, float, float, float, float]


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
    pages: list[_Page] = []
    book = _Book(archive)
    for body in archive.xml("OFD.xml").iterfind("{*}DocBody"):
        root = (body.findtext("{*}DocRoot") or "").strip()
        if root:
            book.add(archive.beside("OFD.xml", root), pages, limits)
    if not pages:
        raise KgError(f"{name}: expected an OFD with pages, found none; the file is damaged: fetch it again")
    if not any(glyph for page in pages for glyph in page.glyphs):
        raise KgError(f"{name}: {_about_empty(pages)}; save it as PDF and read that with the OCR extra")
    composed = compose([page.sheet(number) for number, page in enumerate(pages, 1)])
    starts = {place.label: place.start for place in composed.places if place.kind == "page"}
    unread = [
        Place(starts[str(number)], kind, label)
        for number, page in enumerate(pages, 1)
        if str(number) in starts
        for kind, label in page.left_out()
    ]
    places = tuple(sorted((*composed.places, *unread), key=lambda place: place.start))
    return source_of(data, name, "ofd", composed.text, places)


def _about_empty(pages: list[_Page]) -> str:
    unread = sum(page.unread for page in pages)
    if unread:
        return f"expected text, found {unread:,} glyphs of a font whose characters the file does not tell"
    pictures = sum(page.pictures for page in pages)
    return f"expected text, found {len(pages)} pages of {'pictures' if pictures else 'drawings'} only"


@dataclass(slots=True)
class _Page:
    """What stands on a page: characters, those of them that stand upright or askew, and what cannot be read."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[Piece] = field(default_factory=list)
    unread: int = 0
    pictures: int = 0

    def sheet(self, number: int) -> Sheet:
        return Sheet(number, self.width, self.height, tuple(pieces(self.glyphs)), aside=tuple(self.turned))

    def left_out(self) -> Iterator[tuple[str, str]]:
        if self.unread:
            yield "unread", f"{self.unread} glyphs without characters"
        if self.pictures:
            yield "picture", str(self.pictures)


class _Book:
    """The documents of a container, with what their pages share."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._units: dict[str, Any] = {}
        self._objects = 0

    def add(self, root: str, pages: list[_Page], limits: Limits) -> None:
        """Read the pages of the document whose root part this is."""
        name = self._archive.name
        document = self._archive.xml(root)
        listed = [page.get("BaseLoc") or "" for page in document.iterfind("{*}Pages/{*}Page")]
        if len(pages) + len(listed) > limits.pages:
            raise KgError(
                f"{name}: {len(pages) + len(listed):,} pages, more than the {limits.pages:,} allowed (limit `pages`); split it"
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
            pages.append(self._page(self._archive.beside(root, location), size, templates))

    def _learn(self, part: str) -> None:
        """Keep the composite units that a part of resources holds."""
        if part in self._archive:
            for unit in self._archive.xml(part).iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
                self._units[unit.get("ID") or ""] = unit

    def _page(self, part: str, size: Any, templates: dict[str, Any]) -> _Page:
        root = self._archive.xml(part)
        for resource in root.iterfind("{*}PageRes"):
            self._learn(self._archive.beside(part, (resource.text or "").strip()))
        area = root.find("{*}Area")
        box = next(
            (
                _numbers(a.findtext("{*}PhysicalBox"))
                for a in (area, size)
                if a is not None and a.find("{*}PhysicalBox") is not None
            ),
            [],
        )
        left, top, width, height = box if len(box) == 4 else (0.0, 0.0, 210.0, 297.0)
        page = _Page(width * _POINTS, height * _POINTS)
        place: _Matrix = (_POINTS, 0.0, 0.0, _POINTS, -left * _POINTS, -top * _POINTS)
        for template in root.iterfind("{*}Template"):
            if template.get("TemplateID") in templates:
                self._take(templates[template.get("TemplateID")].find("{*}Content"), place, page, 0)
        self._take(root.find("{*}Content"), place, page, 0)
        return page

    def _take(self, parent: Any, place: _Matrix, page: _Page, depth: int) -> None:
        """Read the objects of a page, a layer, a block or a unit, placed as the matrix says."""
        if parent is None or depth > _DEEPEST:
            return
        for element in parent:
            self._objects += 1
            if self._objects > _MOST_OBJECTS:
                raise KgError(f"{self._archive.name}: over {_MOST_OBJECTS:,} objects on its pages; split the document")
            kind = element.tag.rpartition("}")[2]
            if element.get("Visible") == "false":
                continue
            if kind in ("Layer", "PageBlock"):
                self._take(element, place, page, depth + 1)
            elif kind == "TextObject":
                _text(element, _placed(element, place), page)
            elif kind == "ImageObject":
                page.pictures += 1
            elif kind == "CompositeObject":
                unit = self._units.get(element.get("ResourceID") or "")
                if unit is not None:
                    self._take(unit.find("{*}Content"), _placed(element, place), page, depth + 1)


def _text(element: Any, place: _Matrix, page: _Page) -> None:
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


def _readable(character: str) -> bool:
    """Whether a character says what is drawn: not a place of private use, no replacement, no control."""
    return character != "\ufffd" and unicodedata.category(character) not in ("Co", "Cc", "Cn", "Cs")


def _compatible(character: str) -> bool:
    """Whether a character is an ideograph or a radical that fonts give for the usual one."""
    return "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff"


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


def _placed(element: Any, place: _Matrix) -> _Matrix:
    """The matrix of what is inside an object: its own transformation, then its boundary's corner, then the page's."""
    own = _numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else _PLAIN
    box = _numbers(element.get("Boundary"))
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


def _applied(place: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f


def _numbers(written: str | None) -> list[float]:
    return [_number(word, 0.0) for word in (written or "").split()[:6]]


def _number(written: str | None, otherwise: float) -> float:
    try:
        found = float(written) if written else otherwise
    except ValueError:
        return otherwise
    return found if abs(found) <= _FURTHEST else otherwise
