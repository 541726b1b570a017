"""Writes OFD (GB/T 33190): a gazette as an office publishes it, and single pages for what a test is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from make_docx import package
from printed import Block, blocks

__all__ = ["SPACE", "gazette_ofd", "ofd", "page", "text_object"]

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
WIDTH, HEIGHT = 210.0, 297.0
_BODY = 4.2
_LEFT, _RIGHT, _TOP, _BOTTOM = 25.0, 185.0, 34.0, 268.0
_GUTTER = 9.0
_SIZES = {1: 7.4, 2: 6.3, 3: 5.8, 4: 4.9, 5: 4.9, 6: 4.9}


def ofd(
    pages: Sequence[str], templates: Sequence[str] = (), resources: str = "", common: str = "", **more: str
) -> bytes:
    """An OFD of the pages, each the XML inside ``ofd:Page``; ``more`` are further parts of the container, by name."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    laid = "".join(
        f'<ofd:TemplatePage ID="T{at}" BaseLoc="Tpls/Tpl_{at}/Content.xml"/>' for at in range(len(templates))
    )
    public = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if resources else ""
    parts = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}"
        f"</ofd:PhysicalBox></ofd:PageArea>{public}{laid}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{
            f"Doc_0/Pages/Page_{at}/Content.xml": f"<ofd:Page {SPACE}>{inside}</ofd:Page>"
            for at, inside in enumerate(pages)
        },
        **{
            f"Doc_0/Tpls/Tpl_{at}/Content.xml": f"<ofd:Page {SPACE}>{inside}</ofd:Page>"
            for at, inside in enumerate(templates)
        },
    }
    if resources:
        parts["Doc_0/DocumentRes.xml"] = f"<ofd:Res {SPACE}>{resources}</ofd:Res>"
    return package({name: _DECLARATION + part for name, part in parts.items()} | more)


def page(*objects: str, template: str = "") -> str:
    """The inside of a page that holds the objects in one layer."""
    laid = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return f'{laid}<ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content>'


def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def text_object(
    x: float, base: float, text: str, size: float = _BODY, points: bool = False, inside: str = "", wide: float = 0.0
) -> str:
    """A line of text; ``points`` sets it in points, with a matrix that makes millimetres of them.

    ``wide`` is what the line is drawn out to, where it is not as long.
    """
    unit = 72 / 25.4 if points else 1.0
    steps = [_width(character) * size * unit for character in text]
    drawn = max(0.0, wide * unit - sum(steps)) / max(1, len(steps) - 1)
    steps = [step + drawn for step in steps]
    if len(set(steps)) == 1 and len(steps) > 2:
        delta = f"g {len(steps) - 1} {steps[0]:.4f}"
    else:
        delta = " ".join(f"{step:.4f}" for step in steps[:-1])
    attributes = (
        f'Boundary="{x:.3f} {base - size:.3f} {sum(steps) / unit:.3f} {1.2 * size:.3f}" Size="{size * unit:.4f}"'
    )
    if points:
        attributes += f' CTM="{1 / unit:.6f} 0 0 {1 / unit:.6f} 0 0"'
    placed = f'X="0" Y="{size * unit:.4f}"' + (f" DeltaX={quoteattr(delta)}" if delta else "")
    return (
        f'<ofd:TextObject ID="1" Font="1" {attributes}>{inside}<ofd:TextCode {placed}>{escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


# --- a gazette ---------------------------------------------------------------------------------------------

_NO_START = "，。；：、？！）》”’〕%"
_SIGNED = re.compile(r"[\u4e00-\u9fff]{4,30}|\d{4}年\d{1,2}月\d{1,2}日")
_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_LEADER = re.compile(r"\s*(?:[·.…-] ?){3,}\s*(?P<page>\d+)$")
_PUT_IN = re.compile(r"[。；）]$|^附件")
"""What begins two characters in: paragraphs, 附注 and 附件说明 (GB/T 9704, 7.3.3, 7.3.4, 7.3.6)."""


def gazette_ofd(text: str, columns: int = 1, head: str = "", number_from: int = 1) -> bytes:
    """The gazette set page after page, with a running head on a template and page numbers of its own.

    Large headings go over all columns, as in print; what follows them begins below.
    """
    press = _Press(columns)
    listed = list(blocks(text))
    for at, block in enumerate(listed):
        after = listed[at + 1] if at + 1 < len(listed) else Block("")
        press.set(block, bool(_DATED.fullmatch(after.text)))
    pages = [
        page(
            *objects,
            text_object(WIDTH / 2 - 6, HEIGHT - 15, f"— {number} —", 3.5),
            template="T0" if head else "",
        )
        for number, objects in enumerate(press.pages, number_from)
    ]
    return ofd(pages, [page(text_object(_LEFT, 18, head, 3.5))] if head else [])


@dataclass(slots=True)
class _Press:
    """Sets blocks into columns and columns into pages."""

    columns: int
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    _column: int = 0
    _y: float = _TOP
    _top: float = _TOP
    """Where the columns of this page begin, below what goes over all of them."""
    _lowest: float = _TOP
    _lines: int = 0

    @property
    def _measure(self) -> float:
        return (_RIGHT - _LEFT - _GUTTER * (self.columns - 1)) / self.columns

    def set(self, block: Block, signs: bool) -> None:
        if block.level in (1, 2, 3):
            self._across(block)
            return
        size = _SIZES.get(block.level, _BODY)
        text = block.text
        if block.level:
            self._y += size * 0.6
        prose = not block.level and _PUT_IN.search(text)
        signed = not block.level and (_DATED.fullmatch(text) or (signs and _SIGNED.fullmatch(text)))
        lines = list(_broken(text.replace("\n", " "), self._measure / size, 2.0 if prose else 0.0))
        leader = _LEADER.search(text)
        if leader:
            lines = list(_broken(text[: leader.start()], self._measure / size, 0.0))
            room = self._measure / size - sum(map(_width, lines[-1] + leader["page"]))
            if room < 4:
                lines.append("")
                room = self._measure / size - sum(map(_width, leader["page"]))
            lines[-1] += "·" * int(room) + leader["page"]
        for at, line in enumerate(lines, 1):
            room = self._measure - sum(map(_width, line.strip("\u3000"))) * size
            if block.level:
                indent = max(0.0, room / 2)
            elif signed:
                indent = max(0.0, room - size)
            else:
                indent = line.startswith("\u3000") * 2.0 * size
            full = prose and at < len(lines)  # drawn out to fill the column, as text is set in offices
            self._line(line.strip("\u3000"), indent, size, self._measure - indent if full else 0.0)
        if block.level:
            self._y += size * 0.4

    def _line(self, text: str, indent: float, size: float, wide: float) -> None:
        self._y += 1.65 * size
        if self._y > _BOTTOM:
            self._column += 1
            if self._column == self.columns:
                self._turn()
            self._y = self._top + 1.65 * size
        x = _LEFT + self._column * (self._measure + _GUTTER) + indent
        self._lines += 1
        self.pages[-1].append(text_object(x, self._y, text, size, self._lines % 2 == 0, wide=wide))
        self._lowest = max(self._lowest, self._y)

    def _turn(self) -> None:
        self.pages.append([])
        self._column, self._y, self._top, self._lowest = 0, _TOP, _TOP, _TOP

    def _across(self, block: Block) -> None:
        """A heading over all columns: those begin again below it."""
        size = _SIZES[block.level]
        lines = [piece for line in block.text.split("\n") for piece in _broken(line, (_RIGHT - _LEFT) / size, 0.0)]
        if self._lowest + 1.7 * size * (len(lines) + 1) > _BOTTOM - 3 * _BODY:
            self._turn()
        y = self._lowest + 0.8 * size
        for line in lines:
            y += 1.7 * size
            wide = sum(map(_width, line)) * size
            self.pages[-1].append(text_object((_LEFT + _RIGHT - wide) / 2, y, line, size))
        self._column, self._y, self._top, self._lowest = 0, y + 0.6 * size, y + 0.6 * size, y + 0.6 * size


def _broken(text: str, measure: float, indent: float) -> Iterator[str]:
    """The lines of a paragraph; an indented first one begins with an ideographic space.

    One mark of punctuation may hang over the edge; of two, the word before them goes down with them.
    """
    line, used = ("\u3000" if indent else ""), indent
    for character in text:
        if used > measure + 0.001 or (used + _width(character) > measure + 0.001 and character not in _NO_START):
            kept = len(line)
            while character in _NO_START and kept > 1 and line[kept:][:1] in ("", *_NO_START):
                kept -= 1
            yield line[:kept]
            line = line[kept:]
            used = sum(map(_width, line))
        line += character
        used += _width(character)
    yield line
