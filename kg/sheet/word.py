"""The sheet as a document for a word processor (Office Open XML), in the type and on the paper of an official document.

GB/T 9704: A4, margins of 37, 35, 28 and 26 mm, the title centred in 小标宋, headings in 黑体, text in 仿宋. The fonts are
named and not embedded; where one is missing, the program takes its own.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.ledger.extra import require
from kg.sheet.content import Block, Sheet
from kg.view.inline import visible

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["as_docx"]

_TITLE, _HEADING, _TEXT, _QUOTE = "方正小标宋简体", "黑体", "仿宋", "楷体"
_WIDTHS = (38, 54, 64)
"""Of the columns, in mm."""


def as_docx(sheet: Sheet) -> bytes:
    """The bytes of the document: the same for the same sheet."""
    require("docx", "a document")
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    _paper(document)
    _properties(document, sheet)
    _paragraph(document.add_paragraph(), sheet.title, _TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER)
    _paragraph(document.add_paragraph(), sheet.about, _TEXT, 12, WD_ALIGN_PARAGRAPH.CENTER)
    for block in sheet.blocks:
        _heading(document, block.title)
        _table(document, block)
    if not sheet.blocks:
        _paragraph(document.add_paragraph(), "截至这一天，没有仍然有效的记载。", _TEXT, 12)
    if sheet.titles:
        _heading(document, sheet.sources)
        for doc, title in sheet.titles:
            _paragraph(document.add_paragraph(), f"{doc}　{title if title != doc else ''}".rstrip("　"), _TEXT, 12)
    _page_number(document.sections[0].footer.paragraphs[0])
    out = BytesIO()
    document.save(out)
    return _steady(out.getvalue())


def _paper(document: Document) -> None:
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)


def _properties(document: Document, sheet: Sheet) -> None:
    made = dt.datetime.combine(dt.date.fromisoformat(sheet.day), dt.time())
    properties = document.core_properties
    properties.title, properties.author = visible(sheet.title)[:255], ""
    properties.comments = visible(sheet.about)[:255]  # no property may be longer
    properties.created = properties.modified = made
    properties.last_modified_by, properties.revision = "", 1


def _paragraph(paragraph: Any, text: str, font: str, size: float, align: Any = None) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    _run(paragraph, text, font, size)


def _run(paragraph: Any, text: str, font: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(visible(text))
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _heading(document: Document, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    _paragraph(paragraph, text, _HEADING, 14)
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True


def _table(document: Document, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=3, style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, (*block.heads, "依据"), strict=True):
        _paragraph(cell.paragraphs[0], head, _HEADING, 10.5, WD_ALIGN_PARAGRAPH.CENTER)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line in block.lines:
        head, text, evidence = table.add_row().cells
        _paragraph(head.paragraphs[0], line.head, _TEXT, 10.5)
        _paragraph(text.paragraphs[0], line.text, _TEXT, 10.5)
        _paragraph(evidence.paragraphs[0], line.doc, _TEXT, 10.5)
        _paragraph(evidence.add_paragraph(), line.quote, _QUOTE, 9)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)


def _page_number(paragraph: Any) -> None:
    """— 1 —, as a field that the program fills."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _paragraph(paragraph, "— ", _TEXT, 12, WD_ALIGN_PARAGRAPH.CENTER)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, " —", _TEXT, 12)


def _steady(data: bytes) -> bytes:
    """The same parts, without the times at which they were packed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
