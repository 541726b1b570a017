"""DOCX → Source: what a person reads in a Word document, by an own walk of its XML (ECMA-376, ISO/IEC 29500).

Tracked changes are read as accepted, automatic numbers are written out, text boxes stand once, beside the paragraph
they are fixed to, notes stand at the end. Left out: headers and footers, comments, hidden text (its place is kept).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kg.errors import KgError
from kg.model import Source
from kg.read.archive import Archive, parse_xml
from kg.read.draft import Draft, row
from kg.read.limits import Limits
from kg.read.numbering import Numbering, W, read_numbering, whole
from kg.read.word_drawings import MC, alternative, is_above, symbol, text_boxes
from kg.read.word_styles import Styles, read_styles
from kg.read.word_tables import Cell, grid

__all__ = ["read_docx"]

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _MATH.strip("{}").encode()),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LONGEST_HEADING = 200
"""A paragraph longer than this is no heading, whatever its outline level says."""

_THROUGH = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "fldSimple", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_AS_TEXT = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """The source in the bytes of a DOCX.

    Raises KgError where they are no Word document of this form, are encrypted, damaged or hold no text.
    """
    if data.startswith(_OLE):
        raise KgError(f"{name}: {_about_ole(data)}")
    archive = Archive.open(data, name, limits)
    main = _main_part(archive)
    walk = _Walk(archive, main)
    draft = walk.draft()
    source = draft.source(data, name, "docx")
    if not source.text.strip():
        seen = f"{walk.pictures} pictures" if walk.pictures else "an empty document"
        raise KgError(
            f"{name}: expected a document with text, found {seen}; "
            "if its pages are pictures, save it as PDF and read that with the OCR extra"
        )
    return source


def _about_ole(data: bytes) -> str:
    """What an OLE container is, to a person: its streams are named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "the document is protected by a password; expected an open one: save it without a password and try again"
    if "WordDocument".encode("utf-16-le") in data:
        return "a Word document of the old form (.doc), expected .docx: open it in Word, WPS or LibreOffice and save it as .docx"
    return "an Office file of an old form, expected a Word document (.docx)"


def _main_part(archive: Archive) -> str:
    """The name of the document's main part, as the container's relations say."""
    if "_rels/.rels" in archive:
        for kind, target in _relations(archive, "_rels/.rels", "").items():
            if kind == "officeDocument":
                if target.rpartition("/")[2].startswith(("workbook", "presentation")):
                    raise KgError(f"{archive.name}: a workbook or a presentation, expected a Word document (.docx)")
                return target
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise KgError(f"{archive.name}: expected a Word document, found a zip container without one (no word/document.xml)")


def _relations(archive: Archive, part: str, of: str) -> dict[str, str]:
    """The parts that a part of relations names, by the last word of their kind; what is outside is left out."""
    found: dict[str, str] = {}
    for element in archive.xml(part).iter(_RELATION):
        if element.get("TargetMode") != "External" and element.get("Target"):
            kind = (element.get("Type") or "").rpartition("/")[2]
            if kind in ("officeDocument", "styles", "numbering", "footnotes", "endnotes"):
                found.setdefault(kind, archive.beside(of, element.get("Target")))
    return found


@dataclass(slots=True)
class _Line:
    """A paragraph while its runs are read."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, str, str]] = field(default_factory=list)
    above: list[_Block] = field(default_factory=list)
    """Text boxes that stand higher than the paragraph they are fixed to."""
    below: list[_Block] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def mark(self, kind: str, label: str) -> None:
        self.marks.append((self.length, kind, label))


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a row of a table."""

    text: str
    marks: tuple[tuple[int, str, str], ...] = ()
    cells: tuple[str, ...] | None = None
    tight: bool = False
    """Whether it stands right below the block before it, as rows do."""
    last: str = ""
    """What ends with it: a place of this kind without a label follows."""


class _Walk:
    """One pass through a document: counters of lists, fields that are open and notes met on the way."""

    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        folder, _, file = main.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        self._parts = _relations(archive, relations, main) if relations in archive else {}
        root = self._xml(main)
        body = root.find(f"{W}body")
        if body is None:
            raise KgError(f"{archive.name}: expected a Word document, found a main part without a body ({main})")
        self._body = body
        self._paged = next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._styles: Styles = read_styles(self._part("styles"))
        numbering = self._part("numbering")
        self._lists = (
            read_numbering(numbering, self._styles.lists()) if numbering is not None else Numbering({}, {}, {})
        )
        self._fields: list[bool] = []
        """Of each open field, whether its instruction is still being told."""
        self._notes: list[tuple[str, str]] = []
        self._page = 1
        self._tables = self._boxes = self.pictures = 0

    def _xml(self, part: str) -> Any:
        data = self._archive.read(part)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        return parse_xml(data, self._archive.name, part)

    def _part(self, kind: str) -> Any:
        """The root of a part that the document may have, or None."""
        part = self._parts.get(kind)
        return self._xml(part) if part is not None and part in self._archive else None

    def draft(self) -> Draft:
        """The document as text, with its notes behind it."""
        draft = Draft()
        if self._paged:
            draft.mark("page", "1")
        for block in self._blocks(self._body):
            _put(draft, block)
        for kind, label in (("footnote", "注"), ("endnote", "尾注")):
            root = self._part(f"{kind}s")
            notes = {e.get(f"{W}id"): e for e in root.iterfind(f"{W}{kind}")} if root is not None else {}
            wanted = [note for note, of in self._notes if of == kind]
            for number, note in enumerate(dict.fromkeys(wanted), 1):
                for at, block in enumerate(self._blocks(notes[note]) if note in notes else ()):
                    if at == 0:
                        draft.mark(kind, str(number))
                        block = replace(block, text=f"{label}{number}：{block.text.lstrip()}", marks=())
                    _put(draft, block)
        return draft

    # --- blocks --------------------------------------------------------------------------------------------

    def _blocks(self, container: Any, in_cell: bool = False) -> Iterator[_Block]:
        """The paragraphs and tables of a body, a cell, a text box or a note."""
        line = _Line()
        for element in _content(container):
            if element.tag == f"{W}p":
                properties = element.find(f"{W}pPr")
                self._fields = [False] * len(
                    self._fields
                )  # an instruction ends with its paragraph, or all would be lost
                self._inline(element, line)
                if not _goes_on(properties):
                    yield from self._paragraph(properties, line, in_cell)
                    line = _Line()
            elif element.tag == f"{W}tbl":
                yield from self._table(element, in_cell)
            elif element.tag in (f"{W}altChunk", f"{W}subDoc"):
                line.mark("unread", "part in another file")
        if line.pieces or line.above or line.below or line.marks:
            yield from self._paragraph(None, line, in_cell)

    def _paragraph(self, properties: Any, line: _Line, in_cell: bool) -> Iterator[_Block]:
        text = "".join(line.pieces)
        style = self._styles.of(properties)
        number = ""
        listed, level = self._styles.list_of(properties, self._lists.of_style)
        if listed:
            number = self._lists.count(listed, level) or ""
            # An empty paragraph counts and shows its number too, but only in the cells of a table is that meant.
            number = number if text.strip() or in_cell else ""
        yield from line.above
        lead = number
        if style.heading and text.strip() and len(text) <= _LONGEST_HEADING and not in_cell:
            text = re.sub(r"\s*\n\s*", lambda gap: " " * len(gap[0]), text)
            lead = "#" * min(style.heading, 6) + " " + number
        if lead:
            kept = text.lstrip()
            lost = len(text) - len(kept)
            marks = tuple((max(0, at - lost) + len(lead), kind, label) for at, kind, label in line.marks)
            yield _Block(lead + kept, marks)
        elif text.strip() or line.marks:
            yield _Block(text, tuple(line.marks))
        yield from line.below

    def _table(self, table: Any, in_cell: bool) -> Iterator[_Block]:
        """The rows of a table; a table of one column is a frame round paragraphs, and read as those."""
        rows = [(tr, list(_cells(tr))) for tr in _within(table, "tr") if not _deleted(tr)]
        if all(len(cells) <= 1 for _, cells in rows):
            for _, cells in rows:
                for cell in cells:
                    yield from self._blocks(cell, in_cell)
            return
        self._tables += 1
        marks: list[tuple[int, str, str]] = [] if in_cell else [(0, "table", str(self._tables))]
        found: list[list[Cell]] = []
        marks_of: dict[int, list[tuple[int, str, str]]] = {}
        for at, (tr, cells) in enumerate(rows):
            found.append([])
            column = whole(_property(tr, "gridBefore"))
            for tc in cells:
                span = min(63, max(1, whole(_property(tc, "gridSpan"), 1)))
                joined = _property(tc, "vMerge", absent="restart", bare="continue") == "continue"
                # What a cell holds that goes on with the one above is not shown.
                blocks = [] if joined else list(self._blocks(tc, in_cell=True))
                text = " ".join(filter(None, (block.text.strip() for block in blocks)))
                marks_of.setdefault(at, []).extend((0, kind, label) for b in blocks for _, kind, label in b.marks)
                found[-1].append(Cell(text, column, span, joined))
                column += span
        heads = max(1, sum(1 for tr, _ in rows if _property(tr, "tblHeader", absent="off", bare="on") not in _OFF))
        for at, texts in enumerate(grid(found, heads)):
            last = "" if in_cell or at + 1 < len(rows) else "table"
            yield _Block(" ".join(filter(None, texts)), (*marks, *marks_of.get(at, ())), tuple(texts), at > 0, last)
            marks = []

    # --- inside a paragraph --------------------------------------------------------------------------------

    def _inline(self, parent: Any, line: _Line) -> None:
        """Write what a paragraph, a run or what encloses runs shows."""
        for element in parent:
            tag = element.tag
            if tag == f"{W}r":
                if not self._styles.hides(element.find(f"{W}rPr")):
                    self._inline(element, line)
                elif any(t.text for t in element.iterfind(f"{W}t")):
                    line.mark("unread", "hidden text")
            elif tag in _THROUGH:
                self._inline(element, line)
            elif tag == f"{W}sdt":
                if element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                    self._inline(element, line)
            elif tag == f"{W}fldChar":
                self._field(element.get(f"{W}fldCharType"))
            elif tag == f"{MC}AlternateContent":
                self._inline(alternative(element), line)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(element, line)
            elif tag == f"{W}lastRenderedPageBreak":
                self._page += 1
                line.mark("page", str(self._page))
            elif not any(self._fields):
                self._leaf(element, tag, line)

    def _leaf(self, element: Any, tag: str, line: _Line) -> None:
        if tag == f"{W}t":
            line.write(element.text or "")
        elif tag in _AS_TEXT:
            line.write(_AS_TEXT[tag])
        elif tag == f"{W}sym":
            line.write(symbol(element))
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = tag.removeprefix(W).removesuffix("Reference")
            note = (element.get(f"{W}id") or "", kind)
            if note not in self._notes:
                self._notes.append(note)
            line.mark(f"{kind} mark", str([n for n in self._notes if n[1] == kind].index(note) + 1))
        elif tag == f"{W}ruby":
            base = element.find(f"{W}rubyBase")
            if base is not None:
                self._inline(base, line)
        elif tag.startswith(_MATH):
            line.write("".join(t.text or "" for t in element.iter(f"{_MATH}t")))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _drawing(self, element: Any, line: _Line) -> None:
        """Text boxes, each once; a picture leaves its place."""
        boxes = list(text_boxes(element))
        place = line.above if is_above(element) else line.below
        for box in boxes:
            self._boxes += 1
            # A box may stand inside a field or a paragraph of lists: what is open there is not open in it.
            fields, self._fields = self._fields, []
            blocks = list(self._blocks(box))
            self._fields = fields
            for at, block in enumerate(blocks, 1):
                marks = ((0, "box", str(self._boxes)), *block.marks) if at == 1 else block.marks
                place.append(replace(block, marks=marks, last="box" if at == len(blocks) else block.last))
        if not boxes:
            self.pictures += 1
            line.mark("picture", str(self.pictures))


def _put(draft: Draft, block: _Block) -> None:
    draft.add(block.text if block.cells is None else row(block.cells), block.marks, block.tight)
    if block.last:
        draft.mark(block.last, "")


_OFF = ("0", "false", "off", "none")


def _content(container: Any) -> Iterator[Any]:
    """The blocks of a container, those in content controls and the like included."""
    for element in container:
        if element.tag == f"{W}sdt":
            content = element.find(f"{W}sdtContent")
            if content is not None and element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                yield from _content(content)
        elif element.tag in _THROUGH:
            yield from _content(element)
        elif element.tag == f"{MC}AlternateContent":
            yield from _content(alternative(element))
        else:
            yield element


def _within(table: Any, name: str) -> Iterator[Any]:
    return (element for element in _content(table) if element.tag == f"{W}{name}")


def _cells(tr: Any) -> Iterator[Any]:
    """The cells of a row that are shown: without those deleted, or merged into the one before them."""
    for tc in _within(tr, "tc"):
        if tc.find(f"{W}tcPr/{W}cellDel") is None and _property(tc, "hMerge", absent="", bare="continue") != "continue":
            yield tc


def _property(element: Any, name: str, absent: str = "", bare: str = "") -> str:
    """The value of a property of a row or a cell; ``bare`` where it is there without one."""
    found = element.find(f"{element.tag}Pr/{W}{name}")
    return absent if found is None else found.get(f"{W}val") or bare


def _deleted(tr: Any) -> bool:
    return tr.find(f"{W}trPr/{W}del") is not None


def _goes_on(properties: Any) -> bool:
    """Whether a paragraph runs into the next: its mark is deleted or moved away, or it is a drop cap."""
    if properties is None:
        return False
    frame = properties.find(f"{W}framePr")
    return (
        properties.find(f"{W}rPr/{W}del") is not None
        or properties.find(f"{W}rPr/{W}moveFrom") is not None
        or (frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin"))
    )
