"""Writes DOCX: a gazette as a Word document, and documents out of bare WordprocessingML for what a test is about."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.sax.saxutils import escape

from printed import Block, blocks

__all__ = ["MAIN", "STRICT", "docx", "gazette_docx", "package", "paragraph", "run", "written_docx"]

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{_RELATIONS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip container of the parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return written.getvalue()


def docx(body: str, strict: bool = False, **parts: str) -> bytes:
    """A Word document with this body; ``styles``, ``numbering``, ``footnotes``, ``endnotes`` hold what is inside theirs."""
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>' for at, kind in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"{_DECLARATION}<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(related),
        **{
            f"word/{kind}.xml": f"{_DECLARATION}<w:{kind} {_SPACES}>{inside}</w:{kind}>"
            for kind, inside in parts.items()
        },
    }
    if strict:
        files = {name: part.replace(MAIN, STRICT) for name, part in files.items()}
    return package(files)


def _relations(inside: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_DECLARATION}<Relationships xmlns="{space}">{inside}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of text; a line break in it is one in the document."""
    broken = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{broken}</w:r>"


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph; what is inside is text, or XML where it begins with ``<``."""
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


# --- a description -----------------------------------------------------------------------------------------

_FORMAT = re.compile(r"\{(?P<words>[^{}\n]*)\}")


def written_docx(description: str) -> bytes:
    """The document that a readable text describes: its paragraphs stand between blank lines, all of the default style.

    A line break is one in the paragraph. ``{jc=center b sz=32}`` before a paragraph is how it is set: ``jc`` is the
    paragraph's, the others its run's.
    """
    return docx("".join(map(_described, re.split(r"\n\n+", description.strip("\n")))) + "<w:sectPr/>")


def _described(text: str) -> str:
    found = _FORMAT.match(text)
    words = [word.partition("=") for word in found["words"].split()] if found else []
    marks = {name: f'<w:{name} w:val="{value}"/>' if value else f"<w:{name}/>" for name, _, value in words}
    of_paragraph = marks.pop("jc", "")
    return paragraph(run(text[found.end() if found else 0 :], "".join(marks.values())), properties=of_paragraph)


# --- a gazette ---------------------------------------------------------------------------------------------

_STYLES = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>' + "".join(
    f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="a"/>'
    f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    for level in range(1, 7)
)
_NUMBERS = (
    # how Word knows it, how it looks, its numbers in reading
    ("chineseCountingThousand", "%1、", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("chineseCountingThousand", "（%1）", re.compile(r"（([一二三四五六七八九十]{1,3})）")),
    ("decimal", "%1.", re.compile(r"(\d{1,2})\.\s?(?!\d)")),
)
_DIGITS = "一二三四五六七八九"


def gazette_docx(text: str) -> bytes:
    """The gazette as somebody types it in Word: heading styles, lists that number themselves, real tables."""
    body: list[str] = []
    numbering = _Lists()
    for is_row, group in groupby(blocks(text), key=lambda block: bool(block.cells)):
        if is_row:
            body.append(_table(group))
        else:
            body.extend(_typed(block, numbering) for block in group)
    return docx("".join(body) + "<w:sectPr/>", styles=_STYLES, numbering=numbering.xml())


def _table(rows: Iterable[Block]) -> str:
    lines = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row.cells) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def _typed(block: Block, numbering: _Lists) -> str:
    text, properties = block.text, ""
    if block.level:
        properties += f'<w:pStyle w:val="{block.level}"/>'
    for level, (_, _, pattern) in enumerate(_NUMBERS):
        number = pattern.match(text)
        if number:
            listed = numbering.next(level, _value(number[1]))
            if listed:
                text = text[number.end() :]
                properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
            break
    return paragraph(run(text), properties=properties)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    value = (_DIGITS.index(tens) + 1) * 10 if ten and tens else 10 if ten else 0
    return value + (_DIGITS.index(ones) + 1 if ones else 0)


class _Lists:
    """The lists of the document: a number 1 at a level begins a new one of its level, the others go on."""

    def __init__(self) -> None:
        self._made: list[tuple[int, int]] = []
        self._open: dict[int, tuple[int, int]] = {}
        """The list that each level last counted in, and how far."""

    def next(self, level: int, value: int) -> int | None:
        """The list in which the number comes next; None where it has to be typed by hand."""
        for deeper in [open_ for open_ in self._open if open_ > level]:
            del self._open[deeper]
        if value == 1:
            self._made.append((len(self._made) + 1, level))
            self._open[level] = (len(self._made), 1)
            return len(self._made)
        listed, last = self._open.get(level, (0, 0))
        if last + 1 != value:
            return None
        self._open[level] = (listed, value)
        return listed

    def xml(self) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text.replace("%1", f"%{at + 1}")}"/></w:lvl>'
            for at, (form, text, _) in enumerate(_NUMBERS)
        )
        lists = "".join(
            f'<w:num w:numId="{listed}"><w:abstractNumId w:val="1"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for listed, level in self._made
        )
        return f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{lists}'
