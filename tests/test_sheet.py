"""The sheet of a person, an agency or a body: what it says, and that its forms say it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdfium2 import PdfDocument

import kg
from kg.cli import main
from kg.errors import KgError
from kg.sheet import FORMS, Block, Line, Sheet, written

DAY = "2021-06-01"


@pytest.fixture(scope="module")
def later(demo_gazette: Path) -> Any:
    return kg.build([demo_gazette, Path(__file__).parent / "issues" / "2021-3.md"])


def block(sheet: Sheet, title: str) -> tuple[Line, ...]:
    """The lines under a title, whatever its number."""
    return next((block.lines for block in sheet.blocks if block.title.endswith(f"、{title}")), ())


def said(sheet: Sheet, title: str) -> set[tuple[str, str]]:
    return {(line.head, line.text) for line in block(sheet, title)}


def test_a_person_has_posts_duties_groups_and_stand_ins(demo_graph: Any) -> None:
    sheet = demo_graph.sheet("柯晓棠", as_of=DAY)
    assert (sheet.name, sheet.kind) == ("柯晓棠", "人员")
    assert block(sheet, "现任职务")
    assert block(sheet, "任免")
    assert block(sheet, "分工")
    assert said(sheet, "AB角") == {("互为AB角", "阿依努尔·沙迪克")}
    assert ("副组长", "青汀区全民阅读工作领导小组") in said(sheet, "参加的议事协调机构")
    for lines in (one.lines for one in sheet.blocks):
        assert all(line.doc and line.quote for line in lines)
    assert {doc for doc, _ in sheet.titles} == {line.doc for one in sheet.blocks for line in one.lines}


def test_what_a_document_says_in_one_role_is_one_line_with_one_sentence(demo_graph: Any) -> None:
    for line in block(demo_graph.sheet("柯晓棠", as_of=DAY), "分工"):
        same = [other for other in block(demo_graph.sheet("柯晓棠", as_of=DAY), "分工") if other.head == line.head]
        assert len({other.doc for other in same}) == len(same)
        pieces = line.quote.split("……")
        assert not any(a in b and a != b for a in pieces for b in pieces)


def test_an_agency_has_what_it_leads_answers_for_and_supports_with_days(demo_graph: Any) -> None:
    sheet = demo_graph.sheet("区水利局", as_of=DAY)
    assert sheet.kind == "机关单位"
    assert any(head.startswith("织密监测网络") for head, _ in said(sheet, "牵头事项"))
    assert any(head.startswith("改造供水设施") for head, _ in said(sheet, "配合事项"))
    days = {text for _, text in (*said(sheet, "牵头事项"), *said(sheet, "配合事项"), *said(sheet, "责任事项"))}
    assert "2021年6月底前，2021-06-30（即将到期）" in days


def test_a_body_has_its_members_and_its_office(demo_graph: Any) -> None:
    lines = block(demo_graph.sheet("青汀区全民阅读工作领导小组", as_of=DAY), "组成")
    assert {line.head for line in lines} >= {"组长", "副组长", "成员", "办公室设在"}


def test_it_is_of_what_stands_on_the_day(later: Any) -> None:
    group = "青汀区全民阅读工作领导小组"
    before, after = (later.sheet(group, as_of=day) for day in ("2021-06-01", "2021-07-10"))
    members = [{name for line in block(one, "组成") for name in line.text.split("、")} for one in (before, after)]
    assert "文静姝" in members[1] - members[0]
    assert "柯晓棠" in members[0] - members[1]


def test_a_name_may_be_given_by_words_that_only_it_has_or_by_its_iri(demo_graph: Any) -> None:
    whole = demo_graph.sheet("区水利局", as_of=DAY)
    iri = next(iri for iri, name, _ in demo_graph._said.names if name == "区水利局")
    assert demo_graph.sheet(iri, as_of=DAY) == whole
    assert demo_graph.sheet("水 利 局", as_of=DAY).name == whole.name


def test_a_name_that_several_have_is_refused_with_the_candidates(demo_graph: Any) -> None:
    with pytest.raises(KgError) as refused:
        demo_graph.sheet("街道", as_of=DAY)
    told = str(refused.value)
    assert "give one in full, or its IRI" in told
    for name in ("望澜街道办事处", "砚桥街道办事处"):
        assert re.search(rf"\n  {name}  https://\S+{name}", told), told
    with pytest.raises(KgError, match="give one in full"):
        demo_graph.sheet("镇人民政府", as_of=DAY)


@pytest.mark.parametrize("name", ["火星局", "", "   "])
def test_a_name_that_nobody_has_is_refused(demo_graph: Any, name: str) -> None:
    with pytest.raises(KgError, match=r"nobody is called|needs a name"):
        demo_graph.sheet(name, as_of=DAY)


# Its forms


def words(data: bytes | str, form: str) -> str:
    """The text of a file, white space removed."""
    match form:
        case "docx":
            assert isinstance(data, bytes)
            document = docx.Document(io.BytesIO(data))
            cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
            text = "".join([*(p.text for p in document.paragraphs), *cells])
        case "pdf":
            pdf = PdfDocument(data)
            text = "".join(page.get_textpage().get_text_range() for page in pdf)
            pdf.close()
        case _:
            text = re.sub("<[^>]+>", "", str(data))
    return "".join(text.split())


@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_all_of_it(demo_graph: Any, form: str) -> None:
    sheet = demo_graph.sheet("柯晓棠", as_of=DAY)
    text = words(written(sheet, Path(f"x.{form}")), form)
    for one in sheet.blocks:
        assert one.title in text
        for line in one.lines:
            for part in (line.head, line.text, line.doc):
                assert "".join(part.split()) in text, part
    assert f"截至{DAY}" in text


@pytest.mark.parametrize("form", FORMS)
def test_the_same_sheet_gives_the_same_bytes(demo_graph: Any, form: str, tmp_path: Path) -> None:
    sheets = [demo_graph.sheet("区水利局", as_of=DAY) for _ in range(2)]
    files = [demo_graph.write_sheet(one, tmp_path / f"{n}.{form}").read_bytes() for n, one in enumerate(sheets)]
    assert files[0] == files[1]


def made_up(text: str, lines: int = 1) -> Sheet:
    line = Line(text, text, text, text)
    return Sheet(
        text, "人员", (text,), DAY, (Block("一、现任职务", ("职务", "备注"), (line,) * lines),), ((text, text),)
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "&amp;<b>x</b>", "控\x00制\x0b字\u202e符", "𠮷野家", "=HYPERLINK(1)", "长" * 3000],
)
def test_whatever_a_source_says_is_text(form: str, text: str) -> None:
    data = written(made_up(text), Path(f"x.{form}"))
    if form == "html":
        assert "<script" not in str(data)
        assert "default-src 'none'" in str(data)
    found = words(data, form)
    assert "\x00" not in found
    if text.startswith("长"):
        assert found.count("长") >= 3000
    if text == "𠮷野家" and form == "pdf":
        assert "〓野家" in found
        assert "字库所没有的字" in found


def test_a_document_is_on_the_paper_of_an_official_one(demo_graph: Any) -> None:
    document = docx.Document(io.BytesIO(written(demo_graph.sheet("柯晓棠", as_of=DAY), Path("x.docx"))))  # type: ignore[arg-type]
    page = document.sections[0]
    lengths = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(length.mm) for length in lengths if length is not None] == [210, 297, 37, 28]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert 'w:eastAsia="仿宋"' in document.element.xml
    assert "PAGE" in page.footer._element.xml


def test_a_long_sheet_goes_over_pages_with_its_heads() -> None:
    pdf = PdfDocument(written(made_up("职务", 120), Path("x.pdf")))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    assert len(pages) > 3
    assert all("备注" in page for page in pages[:-1])
    assert all(f"— {number} —" in page for number, page in enumerate(pages, 1))


def test_another_ending_is_refused(demo_graph: Any, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"must be one of \.docx, \.html, \.pdf"):
        demo_graph.write_sheet(made_up("x"), tmp_path / "x.odt")
    assert not list(tmp_path.iterdir())


def test_the_command_writes_it(demo_graph: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo_graph.write(tmp_path / "built")
    usual = ["sheet", "区水利局", str(tmp_path / "built"), "--as-of", DAY, "-o"]
    assert main([*usual, str(tmp_path / "x.html")]) == 0
    assert "区水利局, " in capsys.readouterr().out
    assert main(["sheet", "街道", *usual[2:], str(tmp_path / "y.html")]) == 2
    assert "may be" in capsys.readouterr().err
    assert not (tmp_path / "y.html").exists()


@pytest.mark.parametrize(("form", "module"), [("docx", "docx"), ("pdf", "reportlab")])
def test_without_the_extra_it_says_what_to_install(form: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ledger.extra.find_spec", lambda name: None)
    with pytest.raises(KgError, match=rf"needs the package {module}: pip install 'gongbao-kg\[office\]'"):
        written(made_up("x"), Path(f"x.{form}"))
    assert "<html" in str(written(made_up("x"), Path("x.html")))
