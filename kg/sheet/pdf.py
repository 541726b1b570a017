"""The sheet as a PDF, set in STSong: a Chinese font that is named and not embedded.

Readers bring it or its like, the file stays small, and no font is needed where it is made: the same sheet gives the same
bytes on every machine. A font of the machine would have to be licensed for embedding and differs from one to another.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from kg.ledger.extra import require
from kg.sheet.content import Block, Sheet
from kg.view.inline import visible

__all__ = ["as_pdf"]

_FONT = "STSong-Light"
_BEYOND = "〓"
"""What printers set where a character is in no fount: those beyond the basic plane are not in this one."""
_WIDTHS = (0.23, 0.35, 0.42)


def as_pdf(sheet: Sheet) -> bytes:
    """The bytes of the PDF: the same for the same sheet."""
    require("reportlab", "a PDF")
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=23 * mm,
        topMargin=24 * mm,
        bottomMargin=24 * mm,
        title=visible(sheet.title),
        author="",
        subject=visible(sheet.about),
        invariant=1,
    )
    document.build(_story(sheet, document.width), onFirstPage=_page_number, onLaterPages=_page_number)
    return out.getvalue()


def _story(sheet: Sheet, width: float) -> list[Any]:
    from reportlab.platypus import Spacer

    story = [_text(sheet.title, 20, align=1), Spacer(1, 6), _text(sheet.about, 10, align=1)]
    for block in sheet.blocks:
        story += [Spacer(1, 10), _text(block.title, 14, keep=True), Spacer(1, 4), _table(block, width)]
    if not sheet.blocks:
        story += [Spacer(1, 10), _text("截至这一天，没有仍然有效的记载。", 12)]
    if sheet.titles:
        story += [Spacer(1, 10), _text(sheet.sources, 14, keep=True), Spacer(1, 4)]
        story += [_text(f"{doc}　{title if title != doc else ''}", 10.5) for doc, title in sheet.titles]
    if any(char > "\uffff" for block in sheet.blocks for line in block.lines for part in line for char in part):
        story += [Spacer(1, 10), _text(f"“{_BEYOND}”是字库所没有的字，见其他格式。", 9)]
    return story


def _text(text: str, size: float, *, align: int = 0, keep: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        f"{size}{align}{keep}",
        fontName=_FONT,
        fontSize=size,
        leading=size * 1.35,
        alignment=align,
        wordWrap="CJK",
        keepWithNext=keep,
    )
    shown = "".join(char if char <= "\uffff" else _BEYOND for char in visible(text))
    return Paragraph(escape(shown), style)


def _table(block: Block, width: float) -> Any:
    from reportlab.lib.colors import black, whitesmoke
    from reportlab.platypus import Table

    rows: list[list[Any]] = [[_text(head, 10.5, align=1) for head in (*block.heads, "依据")]]
    for line in block.lines:
        evidence = [_text(line.doc, 9.5), *(_text(piece, 8.5) for piece in _pieces(line.quote))]
        rows.append([_text(line.head, 10), _text(line.text, 10), evidence])
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("BACKGROUND", (0, 0), (-1, 0), whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(rows, colWidths=[share * width for share in _WIDTHS], repeatRows=1, splitInRow=1, style=style)


def _pieces(text: str, longest: int = 1200) -> list[str]:
    """A long quote in pieces, none of which is higher than a page."""
    return [text[start : start + longest] for start in range(0, len(text), longest)]


def _page_number(canvas: Any, document: Any) -> None:
    canvas.setFont(_FONT, 10)
    canvas.drawCentredString(document.pagesize[0] / 2, 40, f"— {document.page} —")
