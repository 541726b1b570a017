"""A gazette's text → a PDF as a printer would set it, and a scan of that PDF.

The text is Markdown as the demo gazette has it: headings, paragraphs with or without hard line breaks, rosters,
lists of contents, signatures. The pages are A4 in two columns with running heads and page numbers, but for what
stands before the first head of an office's paper (…文件), which is set in one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph
from reportlab.platypus.flowables import KeepTogether
from reportlab.platypus.tables import Table, TableStyle

__all__ = ["BODY", "FONT", "column", "drawn", "draws_chinese", "images_pdf", "pdf", "png", "scan"]

FONT = "STSong-Light"
"""A font that every reader of PDF brings along or replaces: nothing is embedded."""
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

BODY = 10.5
_MARGIN, _GUTTER = 56.0, 24.0
_WIDTH = (A4[0] - 2 * _MARGIN - _GUTTER) / 2


def _style(name: str, size: float = BODY, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", **more)


_STYLES = {
    "office": _style("office", 16, alignment=TA_CENTER, spaceBefore=20, spaceAfter=16, keepWithNext=1),
    "title": _style("title", 14, alignment=TA_CENTER, spaceBefore=14, spaceAfter=12, keepWithNext=1),
    "section": _style("section", 12, alignment=TA_CENTER, spaceBefore=8, spaceAfter=6, keepWithNext=1),
    "number": _style("number", alignment=TA_CENTER, spaceAfter=4),
    "prose": _style("prose", firstLineIndent=2 * BODY, alignment=TA_JUSTIFY),
    "plain": _style("plain"),
    "signed": _style("signed", alignment=TA_RIGHT, rightIndent=BODY),
}

_LEADER = re.compile(r"\s*[·.…\-]{3,}\s*\d+$|\s*(?:· ){3,}\s*\d+$")
_ROLE = r"(?:[\u4e00-\u9fff] ){0,2}[\u4e00-\u9fff]{1,5}"
_ROSTER = re.compile(
    rf"(?:(?P<role>{_ROLE})[：:] ?)?(?P<name>[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff·]{{2,8}}) (?P<post>[\u4e00-\u9fff][^。；：]{{3,40}})"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[(（]\d{4}[〕\])）]\d+号")
_SIGNED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def pdf(text: str, head: str = "") -> bytes:
    """The text as a PDF. ``head`` is printed over each page but the first; by default it is the first heading."""
    head = head or (re.search(r"^#+ (.+)$", text, re.MULTILINE) or re.match("()", text) or [""])[1]
    story = list(_story(text))
    buffer = io.BytesIO()

    def furniture(canvas: Canvas, doc: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        page = canvas.getPageNumber()
        if page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 36, head)
            canvas.line(_MARGIN, A4[1] - 42, A4[0] - _MARGIN, A4[1] - 42)
        canvas.drawCentredString(A4[0] / 2, 30, f"— {page} —")

    height = A4[1] - 2 * _MARGIN
    frames = [
        Frame(_MARGIN + i * (_WIDTH + _GUTTER), _MARGIN, _WIDTH, height, 0, 0, 0, 0, id=f"column{i}") for i in (0, 1)
    ]
    doc = BaseDocTemplate(buffer, pagesize=A4, title=head, invariant=1)
    doc.addPageTemplates(
        [
            PageTemplate("one", [Frame(_MARGIN, _MARGIN, A4[0] - 2 * _MARGIN, height, 0, 0, 0, 0)], furniture),
            PageTemplate("two", frames, furniture),
        ]
    )
    doc.build(story, canvasmaker=_Canvas)
    return buffer.getvalue()


def _story(text: str) -> Iterator[Flowable]:
    wide = bool(re.search(r"^# .*文件$", text, re.MULTILINE)) and not re.match(r"# .*文件\n", text)
    if not wide:
        yield NextPageTemplate("two")
        yield PageBreak()
    for block in re.split(r"\n[ \t]*\n", text.strip()):
        lines = [line.strip() for line in block.split("\n")]
        marks = re.match(r"#*", lines[0])
        level = len(marks[0]) if marks else 0
        if wide and level == 1 and lines[0].endswith("文件"):
            wide = False
            yield NextPageTemplate("two")
            yield PageBreak()
        if level:
            style = _STYLES["office" if level < 2 else "title" if level < 4 else "section"]
            yield Paragraph("<br/>".join(_escape(line.lstrip("# ")) for line in lines), style)
        else:
            for line in _unwrapped(lines):
                yield _flowable(re.sub(r"^- ", "", line), _WIDTH)


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines of a block with hard line breaks taken out."""
    found: list[str] = []
    for line in lines:
        full = found and len(found[-1]) >= 23 and not _LEADER.search(found[-1])
        if (full and not re.match(r"\d+\.|[(（]?[一二三四五六七八九十]+[、)）]", line)) or (
            found and (roster := _ROSTER.fullmatch(found[-1])) and len(roster["post"]) > 8 and "、" in found[-1][-6:]
        ):
            found[-1] += line
        else:
            found.append(line)
    return found


def _flowable(line: str, width: float) -> Flowable:
    roster = _ROSTER.fullmatch(line)
    if roster and not _SIGNED.search(line) and len(line) < 50:
        cells = [f"{roster['role']}：" if roster["role"] else "", roster["name"], roster["post"]]
        columns = [5.5 * BODY, 6 * BODY if len(roster["name"]) > 4 else 4 * BODY]
        table = Table(
            [[Paragraph(_escape(cell), _STYLES["plain"]) for cell in cells]], [*columns, width - sum(columns)]
        )
        table.setStyle(TableStyle(_TIGHT))
        table.hAlign = "LEFT"
        return KeepTogether([table])
    if _LEADER.search(line):
        title, page = _LEADER.sub("", line), re.search(r"\d+$", line)
        return Paragraph(f"{_escape(title)}{'…' * 8}{page[0] if page else ''}", _STYLES["plain"])
    if _NUMBER.fullmatch(line):
        return Paragraph(_escape(line), _STYLES["number"])
    if _SIGNED.fullmatch(line) or re.fullmatch(r"[\u4e00-\u9fff]{4,24}(?:政府|办公室)", line):
        return Paragraph(_escape(line), _STYLES["signed"])
    if line.endswith(("：", ":")) and len(line) < 60 and not re.search("现将|如下|决定", line):
        return Paragraph(_escape(line), _STYLES["plain"])
    return Paragraph(_escape(line), _STYLES["prose"])


_TIGHT = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


_STANDS_FOR_BLANK = "\u3164"
"""What is laid out in place of U+3000: the library makes that a narrow blank."""


class _Canvas(Canvas):  # type: ignore[misc]  # the library carries no types
    """Writes ideographic blanks between Chinese characters, as typesetters do."""

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Any:  # noqa: N802  # the library's
        text = super().beginText(x, y, direction)
        write = text._formatText
        text._formatText = lambda said: write(said.replace(_STANDS_FOR_BLANK, "\u3000"))
        return text


def _escape(text: str) -> str:
    text = re.sub("(?<=[\u4e00-\u9fff：]) (?=[\u4e00-\u9fff])", _STANDS_FOR_BLANK, text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def drawn(*pages: Callable[[Canvas], object], size: tuple[float, float] = A4, password: str = "") -> bytes:
    """A PDF whose pages are drawn by hand; with a password, it opens only with that."""
    buffer = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, size, encrypt=lock, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, BODY)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def column(canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = BODY) -> None:
    """Draw lines one below the other; a line that begins with U+3000 is indented by it."""
    canvas.setFont(FONT, size)
    for i, line in enumerate(lines):
        canvas.drawString(x, y - 1.5 * size * i, line)


def scan(data: bytes, pages: range | None = None, dpi: int = 200, skew: float = 0.3) -> list[Image.Image]:
    """The pages of a PDF as a scanner gives them: grey, a little askew, a little soft."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for i in pages if pages is not None else range(len(document)):
            image = document[i].render(scale=dpi / 72, grayscale=True).to_pil()
            image = image.rotate(skew if i % 2 else -skew, Image.Resampling.BICUBIC, fillcolor=255)
            found.append(image.filter(ImageFilter.GaussianBlur(0.6)))
    return found


def png(image: Image.Image, dpi: int = 200) -> bytes:
    """One page of a scan as a file."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(dpi, dpi))
    return buffer.getvalue()


def images_pdf(images: list[Image.Image], dpi: int = 200) -> bytes:
    """The pages of a scan as a PDF without any text."""
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=images[1:])
    return buffer.getvalue()


@cache
def draws_chinese() -> bool:
    """Whether this machine has a font with Chinese characters: without one a rendered page shows none."""
    pages = [lambda canvas, c=character: column(canvas, 5, 10, [c], 30) for character in "国府"]
    one, other = scan(drawn(*pages, size=(40, 40)), skew=0)
    return one.tobytes() != other.tobytes()
