"""PDF with a text layer is read as a person reads it: column by column, without what each page repeats."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import make_pdf
import pypdfium2
import pytest
from make_pdf import BODY, column, drawn
from reportlab.pdfgen.canvas import Canvas

from kg.cli import main
from kg.errors import KgError
from kg.model import Reading, Source
from kg.pipeline import understand
from kg.read import ocr, read_bytes
from kg.read.limits import Limits
from kg.read.pdf import read_pdf
from kg.read.pdf_page import _character

DEMO = Path(__file__).parents[1] / "kg" / "demo" / "gazette.md"
LEFT, RIGHT, TOP = 56.0, 310.0, 780.0
PROSE = "区水利局负责巡查全区的河道和水库并且按月报告水位的变化情况，" * 40


def read(data: bytes) -> Source:
    return read_pdf(data, "case.pdf", Limits())


def paragraphs(data: bytes) -> list[str]:
    return read(data).text.strip().split("\n\n")


def lines_of(text: str, width: int = 20, indent: bool = True) -> list[str]:
    """The lines of a paragraph set in a column, the first indented."""
    text = "\u3000\u3000" + text if indent else text
    return [text[i : i + width] for i in range(0, len(text), width)]


@pytest.fixture(scope="module")
def demo() -> Source:
    return read(make_pdf.pdf(DEMO.read_text(encoding="utf-8")))


# --- the whole gazette -------------------------------------------------------------------------------------


def test_the_demo_gazette_as_pdf_gives_the_facts_of_its_markdown(demo: Source) -> None:
    def facts(reading: Reading) -> Counter[tuple[object, ...]]:
        return Counter((fact.kind, fact.doc, *fact.values()) for fact in reading.facts)

    gold = facts(understand(read_bytes(DEMO.read_bytes(), DEMO.name)))
    found = facts(understand(demo))
    right = (gold & found).total()
    assert 2 * right / (gold.total() + found.total()) >= 0.98


def test_every_page_has_its_place(demo: Source) -> None:
    pages = [place for place in demo.places if place.kind == "page"]
    assert [place.label for place in pages] == [str(i) for i in range(1, len(pages) + 1)]
    assert [place.start for place in pages] == sorted({place.start for place in pages})
    assert demo.text[pages[2].start :].startswith(("#", "沧屏市青汀区人民政府文件"))


def test_running_heads_and_page_numbers_are_left_out_and_the_title_stays(demo: Source) -> None:
    assert demo.text.count("沧屏市青汀区人民政府公报\n") == 1
    assert not re.search(r"^— \d+ —$", demo.text, re.MULTILINE)


def test_larger_lines_are_headings_by_rank_and_a_title_over_several_lines_is_one(demo: Source) -> None:
    assert "\n# 沧屏市青汀区人民政府办公室文件\n" in demo.text
    assert "\n## 沧屏市青汀区人民政府关于2020年度中小学食堂食材集中采购审计结果的通报\n" in demo.text
    assert "\n### 第二章 补助条件\n" in demo.text


def test_blanks_inside_names_and_between_name_and_post_survive(demo: Source) -> None:
    assert "\n翟 光 区住房城乡建委副主任\n" in demo.text
    assert "\n岳 峙 区公安局党委委员、治安支队支队长\n" in demo.text


# --- columns -----------------------------------------------------------------------------------------------


def test_columns_are_read_one_after_the_other_though_the_file_writes_across_them() -> None:
    left, right = lines_of("甲" * 150), lines_of("乙" * 150)

    def across(canvas: Canvas) -> None:
        for i, pair in enumerate(zip(left, right, strict=True)):
            for x, line in zip((LEFT, RIGHT), pair, strict=True):
                column(canvas, x, TOP - 16 * i, [line])

    assert paragraphs(drawn(across)) == ["甲" * 150, "乙" * 150]


def test_a_heading_across_the_columns_parts_them_into_bands() -> None:
    def page(canvas: Canvas) -> None:
        for y, one, two in ((780, "甲", "乙"), (560, "丙", "丁")):
            column(canvas, LEFT, y, lines_of(one * 120))
            column(canvas, RIGHT, y, lines_of(two * 120))
        canvas.setFont(make_pdf.FONT, 22)
        canvas.drawCentredString(297, 610, "青川区人民政府关于河道管护的通知")

    heading = "# 青川区人民政府关于河道管护的通知"
    assert paragraphs(drawn(page)) == ["甲" * 120, "乙" * 120, heading, "丙" * 120, "丁" * 120]


def test_a_roster_on_a_page_of_one_column_is_read_line_by_line() -> None:
    names = [f"{a}{b}" for a in "李王赵" for b in ("晓岚", "远舟", "采薇", "照野")]

    def page(canvas: Canvas) -> None:
        column(canvas, LEFT, TOP, names)
        column(canvas, LEFT + 80, TOP, ["区水利局局长"] * len(names))

    assert paragraphs(drawn(page)) == [f"{name} 区水利局局长" for name in names]


def test_a_sentence_goes_on_over_columns_and_pages_and_its_page_is_known() -> None:
    lines = lines_of(PROSE[:840] + "完。")

    def part(first: int) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            column(canvas, LEFT, TOP, lines[first : first + 12])
            column(canvas, RIGHT, TOP, lines[first + 12 : first + 24])

        return page

    source = read(drawn(part(0), part(24)))
    assert source.text.strip() == PROSE[:840] + "完。"
    second = next(place for place in source.places if place.label == "2")
    assert source.text[second.start :].startswith(lines[24])


def test_a_footnote_does_not_break_the_sentence_it_stands_below() -> None:
    lines = lines_of(PROSE[:400] + "完。")

    def first(canvas: Canvas) -> None:
        column(canvas, LEFT, TOP, lines[:12])
        column(canvas, LEFT, 120, ["① 指本区范围内的河道。"], 8)

    def second(canvas: Canvas) -> None:
        column(canvas, LEFT, TOP, lines[12:])

    assert paragraphs(drawn(first, second)) == [PROSE[:400] + "完。", "① 指本区范围内的河道。"]


def test_a_short_line_ends_its_paragraph() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, LEFT, TOP, [*lines_of("甲" * 95, indent=False), *lines_of("乙" * 70, indent=False)])

    assert paragraphs(drawn(page)) == ["甲" * 95, "乙" * 70]


# --- what pages repeat -------------------------------------------------------------------------------------


def test_only_what_comes_back_at_the_edge_is_left_out() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(LEFT, 810, "青川区人民政府公报 2021年第2期" if number % 2 else "青川公报")
            column(canvas, LEFT, TOP, [*lines_of(f"第{number}件事。" + PROSE[:150]), "青川公报"])
            canvas.drawCentredString(297, 30, f"- {number} -")

        return draw

    text = read(drawn(*(page(n) for n in range(1, 7)))).text
    assert "2021年第2期" not in text
    assert text.count("青川公报") == 6
    assert not re.search(r"- \d -", text)


def test_heads_of_documents_and_attachments_that_begin_pages_stay() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            if number % 2:
                column(canvas, LEFT, TOP, ["青川区人民政府文件"], 22)
            else:
                column(canvas, LEFT, TOP, [f"附件{number}"])
            column(canvas, LEFT, 700, lines_of("甲乙丙丁戊己"[number] * 190))

        return draw

    text = read(drawn(*(page(n) for n in range(6)), *(page(n) for n in range(6)))).text
    assert text.count("\n# 青川区人民政府文件\n") == 6
    assert [text.count(f"附件{n}") for n in (0, 2, 4)] == [2, 2, 2]


def test_a_mark_across_every_page_is_left_out_and_a_turned_line_is_kept() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            column(canvas, LEFT, TOP, lines_of("甲乙"[number - 1] * 100))
            for angle, text in ((45, "仅供参考"), (90, f"竖排第{number}注")):
                canvas.saveState()
                canvas.translate(300, 300)
                canvas.rotate(angle)
                canvas.drawString(0, 0, text)
                canvas.restoreState()

        return draw

    found = paragraphs(drawn(page(1), page(2)))
    assert found == ["甲" * 100, "竖排第1注", "乙" * 100, "竖排第2注"]


# --- what is seen ------------------------------------------------------------------------------------------


def test_hidden_text_is_ignored() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, LEFT, TOP, ["看得见的字"])
        canvas.saveState()
        text = canvas.beginText(LEFT, 700)
        text.setTextRenderMode(3)
        text.textOut("没有墨的字")
        canvas.drawText(text)
        canvas.restoreState()
        column(canvas, LEFT, 2000, ["页面之外的字"])
        column(canvas, LEFT, 650, ["太小的字"], 0.5)
        canvas.setFillColorRGB(1, 1, 1)
        column(canvas, LEFT, 600, ["白纸白字"])
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.rect(LEFT, 480, 200, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        column(canvas, LEFT + 10, 500, ["红底白字"])

    assert paragraphs(drawn(page)) == ["看得见的字", "红底白字"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    data = drawn(lambda canvas: column(canvas, LEFT, TOP, ["第一行的字。", "第二行的字。"]))
    with pypdfium2.PdfDocument(data) as document:
        document[0].set_rotation(turn)
        buffer = io.BytesIO()
        document.save(buffer)
    assert paragraphs(buffer.getvalue()) == ["第一行的字。", "第二行的字。"]


def test_text_printed_twice_to_look_bold_is_read_once_and_double_letters_stay() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0.0, 0.3):
            canvas.drawString(LEFT + shift, TOP, "政府公报网址http://www.example.cn/1100")

    assert paragraphs(drawn(page)) == ["政府公报网址http://www.example.cn/1100"]


@pytest.mark.parametrize(
    ("code", "character"),
    [(0xF98E, "年"), (0x2F00, "一"), (0xFB01, "fi"), (0xFF08, "（"), (0x2460, "①"), (0x02, "-"), (0xD840, "\ufffd")],
)
def test_compatibility_forms_become_common_characters_and_widths_stay(code: int, character: str) -> None:
    assert _character(code) == character


# --- tables ------------------------------------------------------------------------------------------------


def table(canvas: Canvas, y: float, rows: list[list[str]]) -> None:
    xs, height = (LEFT, LEFT + 40, LEFT + 240, LEFT + 340), 40.0
    for x in xs:
        canvas.line(x, y, x, y - height * len(rows))
    for i in range(len(rows) + 1):
        canvas.line(xs[0], y - height * i, xs[-1], y - height * i)
    for i, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            column(canvas, x + 4, y - height * i - 14, cell.split("\n"))


def test_a_ruled_table_becomes_rows_and_lines_of_a_cell_become_one() -> None:
    rows = [
        ["序号", "任务", "牵头单位"],
        ["1", "巡查全区的河道和水库并且按月报告水\n位", "区水利局\n区应急局"],
        ["2", "宣传|培训", ""],
    ]

    def page(canvas: Canvas) -> None:
        column(canvas, LEFT, TOP, lines_of(PROSE[:60]))
        table(canvas, 700, rows)
        column(canvas, LEFT, 500, ["表后的话。"])

    assert paragraphs(drawn(page)) == [
        PROSE[:60],
        "| 序号 | 任务 | 牵头单位 |\n"
        "| 1 | 巡查全区的河道和水库并且按月报告水位 | 区水利局 区应急局 |\n"
        "| 2 | 宣传｜培训 |  |",
        "表后的话。",
    ]


def test_a_merged_cell_is_said_of_each_of_its_rows() -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 660, 580):
            canvas.line(100, y, 400, y)
        canvas.line(200, 620, 400, 620)
        for x in (100, 200, 400):
            canvas.line(x, 700, x, 580)
        for x, y, text in (
            (110, 680, "单位"),
            (210, 680, "任务"),
            (110, 620, "区水利局"),
            (210, 640, "巡河"),
            (210, 600, "护堤"),
        ):
            column(canvas, x, y, [text])

    assert paragraphs(drawn(page)) == ["| 单位 | 任务 |\n| 区水利局 | 巡河 |\n| 区水利局 | 护堤 |"]


def test_a_table_over_two_pages_is_one_and_its_head_stands_once() -> None:
    head = ["序号", "任务", "单位"]
    source = read(
        drawn(
            lambda canvas: table(canvas, 700, [head, ["1", "巡河", "区水利局"]]),
            lambda canvas: table(canvas, 700, [head, ["2", "护堤", "区应急局"]]),
        )
    )
    assert source.text.strip().split("\n") == [
        "| 序号 | 任务 | 单位 |",
        "| 1 | 巡河 | 区水利局 |",
        "| 2 | 护堤 | 区应急局 |",
    ]
    second = next(place for place in source.places if place.label == "2")
    assert source.text[second.start :].startswith("| 2 |")


def test_a_frame_around_text_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(LEFT - 10, 600, 300, 200)
        column(canvas, LEFT, TOP, lines_of("甲" * 70))

    assert paragraphs(drawn(page)) == ["甲" * 70]


# --- what cannot be read -----------------------------------------------------------------------------------


def picture() -> bytes:
    data = drawn(lambda canvas: canvas.rect(50, 50, 300, 300, fill=1))
    return make_pdf.images_pdf(make_pdf.scan(data, dpi=50))


def empty() -> bytes:
    buffer = io.BytesIO()
    pypdfium2.PdfDocument.new().save(buffer)
    return buffer.getvalue()


def bad_files() -> Iterator[tuple[str, bytes, str]]:
    good = drawn(lambda canvas: column(canvas, LEFT, TOP, ["一行字。"]))
    yield "truncated", good[: len(good) // 2], r"bad\.pdf: expected a whole PDF, found one without its end.*fetch it"
    yield "truncated at the tail", good[:-8], "without its end"
    yield "locked", drawn(lambda canvas: canvas.drawString(9, 9, "字"), password="secret"), "remove the password"
    yield "rubbish", b"%PDF-1.7\nrubbish\n%%EOF\n", "cannot be opened|found none"
    yield "no pages", empty(), "expected a PDF with pages, found none|cannot be opened"
    yield "blank", drawn(lambda canvas: None), "found 1 empty page;"
    yield "many pages", drawn(*[lambda canvas: None] * 4), "4 pages, more than the 3 that one source may have"
    yield "large", good + b" " * 300_000, "more than the 200,000"


@pytest.mark.parametrize(("data", "message"), [pytest.param(d, m, id=n) for n, d, m in bad_files()])
def test_a_file_that_cannot_be_read_says_what_is_wrong_and_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(KgError, match=message):
        read_pdf(data, "bad.pdf", Limits(pages=3, bytes=200_000))


def test_pictures_of_pages_without_the_extra_say_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(
        KgError, match=r"case\.pdf, page 1: .*a picture without text(.|\n)*pip install 'gongbao-kg\[ocr\]'"
    ):
        read(picture())


def together(*files: bytes) -> bytes:
    """The pages of some files as one."""
    with pypdfium2.PdfDocument.new() as document:
        for data in files:
            document.import_pages(pypdfium2.PdfDocument(data))
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def test_a_picture_among_pages_of_text_is_named_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    source = read(
        together(picture(), drawn(lambda canvas: column(canvas, LEFT, TOP, ["一行字。"])), picture(), picture())
    )
    assert source.text == "一行字。\n"
    how = "to have it recognised: pip install 'gongbao-kg[ocr]'"
    assert [(p.kind, p.label, p.start) for p in source.places] == [
        ("page", "2", 0),
        ("unread", f"page 1: a picture without text; {how}", 0),
        ("unread", f"pages 3-4: a picture without text; {how}", 4),
    ]


def test_a_build_names_the_pages_that_it_could_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    file = tmp_path / "notice.pdf"
    printed = drawn(lambda canvas: column(canvas, LEFT, TOP, ["一、区水利局负责巡查全区的河道和水库。"]))
    file.write_bytes(together(printed, picture()))
    named = "notice.pdf, page 2: a picture without text; to have it recognised: pip install 'gongbao-kg[ocr]'"
    assert main(["build", str(file), "-o", str(tmp_path / "o")]) == 0
    assert f"not read: {named}\n" in capsys.readouterr().out
    assert named in unescape((tmp_path / "o" / "report.html").read_text(encoding="utf-8"))
    assert main(["outline", str(file)]) == 0
    assert "未读 unread  page 2: a picture without text" in capsys.readouterr().out


def test_a_scan_with_a_text_layer_behind_it_is_read_by_that_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    from reportlab.lib.utils import ImageReader

    [image] = make_pdf.scan(drawn(lambda canvas: None), dpi=50)

    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
        text = canvas.beginText(LEFT, TOP)
        text.setTextRenderMode(3)
        text.setFont(make_pdf.FONT, BODY)
        text.setLeading(16)
        for line in lines_of(PROSE[:150]):
            text.textLine(line)
        canvas.drawText(text)

    assert paragraphs(drawn(page)) == [PROSE[:150]]
