"""Word documents are read as a person sees them, and what is no sound document is refused with a reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from make_docx import docx, gazette_docx, package, paragraph, run

from kg.errors import KgError
from kg.model import Reading, Source
from kg.pipeline import understand
from kg.read.docx import read_docx
from kg.read.limits import Limits
from kg.read.numbering import numeral

LIMITS = Limits()


def text_of(body: str, strict: bool = False, **parts: str) -> str:
    return read_docx(docx(body, strict=strict, **parts), "a.docx", LIMITS).text.rstrip("\n")


def places_of(body: str, **parts: str) -> list[tuple[str, str, str]]:
    """Kind, label and the eight characters that stand at each place."""
    source = read_docx(docx(body, strict=False, **parts), "a.docx", LIMITS)
    return [(p.kind, p.label, source.text[p.start : p.start + 8].rstrip("\n")) for p in source.places]


# --- paragraphs and runs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(paragraph("青川区"), "青川区", id="one paragraph"),
        pytest.param(paragraph("甲") + paragraph() + paragraph("乙"), "甲\n\n乙", id="an empty paragraph adds nothing"),
        pytest.param(paragraph(run("青川"), run("区")), "青川区", id="runs touch"),
        pytest.param(paragraph("文号\n日期"), "文号\n日期", id="a line break stays one"),
        pytest.param(paragraph("组长", "<w:r><w:tab/></w:r>", "阮平"), "组长\t阮平", id="tab"),
        pytest.param(paragraph("甲", "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", "乙"), "甲-乙", id="hyphens"),
        pytest.param(paragraph("<w:hyperlink>" + run("网站") + "</w:hyperlink>"), "网站", id="text of a link"),
        pytest.param(
            paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "同意"), "☑同意", id="symbol of a font"
        ),
        pytest.param(paragraph('<w:r><w:sym w:font="Arial" w:char="2460"/></w:r>'), "①", id="symbol by its code"),
        pytest.param(
            paragraph(
                "<w:r><w:ruby><w:rt>" + run("pin") + "</w:rt><w:rubyBase>" + run("拼") + "</w:rubyBase></w:ruby></w:r>"
            ),
            "拼",
            id="ruby gives the base",
        ),
        pytest.param(
            paragraph("面积", "<m:oMath><m:r><m:t>S=10</m:t></m:r></m:oMath>"), "面积S=10", id="formula as its letters"
        ),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("控件") + "</w:sdtContent></w:sdt>",
            "控件",
            id="content control",
        ),
        pytest.param(
            paragraph(
                "甲",
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("单击") + "</w:sdtContent></w:sdt>",
            ),
            "甲",
            id="a prompt is no text",
        ),
        pytest.param(paragraph("看得见", run("看不见", "<w:vanish/>")), "看得见", id="hidden text is left out"),
    ],
)
def test_a_paragraph_is_read_as_it_is_seen(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        pytest.param("<w:ins>" + run("新") + "</w:ins>", "新", id="inserted"),
        pytest.param("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>" + run("新"), "新", id="deleted"),
        pytest.param("<w:moveFrom>" + run("此") + "</w:moveFrom>" + run("彼"), "彼", id="moved away"),
        pytest.param("<w:moveTo>" + run("彼") + "</w:moveTo>", "彼", id="moved here"),
        pytest.param(
            "<w:ins><w:del>" + run("又删") + "</w:del>" + run("留") + "</w:ins>", "留", id="inserted, then deleted"
        ),
    ],
)
def test_tracked_changes_are_read_as_accepted(inside: str, text: str) -> None:
    assert text_of(paragraph(inside)) == text


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = paragraph("关于印发", properties="<w:rPr><w:del/></w:rPr>")
    assert text_of(first + paragraph("方案的通知") + paragraph("后")) == "关于印发方案的通知\n\n后"


def field(*parts: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return (
        begin + "<w:r><w:instrText>DATE</w:instrText></w:r>" + run("指令里") + separate + "".join(map(run, parts)) + end
    )


def test_a_field_gives_its_result_and_not_its_instruction() -> None:
    assert text_of(paragraph("日期：", field("2021年5月1日"), "前")) == "日期：2021年5月1日前"


def test_a_field_that_is_never_closed_loses_no_more_than_its_paragraph() -> None:
    broken = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "指令")
    assert text_of(broken + paragraph("正文")) == "正文"


# --- headings and numbers ----------------------------------------------------------------------------------

STYLES = (
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的"/><w:basedOn w:val="h2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ring"><w:name w:val="x"/><w:basedOn w:val="ring"/></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:pStyle w:val="h2"/>', "## 总则"),
        ('<w:pStyle w:val="mine"/>', "## 总则"),
        ('<w:pStyle w:val="t"/>', "# 总则"),
        ('<w:outlineLvl w:val="3"/>', "#### 总则"),
        ('<w:pStyle w:val="h2"/><w:outlineLvl w:val="9"/>', "总则"),
        ('<w:pStyle w:val="ring"/>', "总则"),
        ('<w:pStyle w:val="none"/>', "总则"),
    ],
)
def test_a_heading_is_one_where_its_style_or_outline_level_says_so(properties: str, text: str) -> None:
    assert text_of(paragraph("总则", properties=properties), styles=STYLES) == text


def test_a_heading_broken_by_hand_is_one_line_and_a_long_one_is_none() -> None:
    assert text_of(paragraph("青川区\n公报", properties='<w:pStyle w:val="h2"/>'), styles=STYLES) == "## 青川区 公报"
    long = "很" * 201
    assert text_of(paragraph(long, properties='<w:pStyle w:val="h2"/>'), styles=STYLES) == long


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("chineseCountingThousand", {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十"}),
        ("chineseCounting", {9: "九", 19: "十九", 105: "一〇五"}),
        ("ideographTraditional", {1: "甲", 10: "癸"}),
        ("chineseLegalSimplified", {3: "叁", 12: "壹拾贰"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "㉑"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("decimalZero", {7: "07"}),
        ("unheard-of", {5: "5"}),
        ("chineseCountingThousand", {1_000_000: "1000000"}),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, numbers: dict[int, str]) -> None:
    assert {number: numeral(number, form) for number in numbers} == numbers


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="chapter"/>')
    + level(1, "chineseCountingThousand", "（%2）", '<w:pStyle w:val="part"/>')
    + level(2, "decimal", "%1.%3．", "<w:isLgl/>")
    + level(3, "bullet", "\uf0b7")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="linked"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)
NUMBERED = (
    '<w:style w:type="paragraph" w:styleId="chapter"><w:name w:val="c"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="part"><w:name w:val="p"/><w:basedOn w:val="chapter"/></w:style>'
    '<w:style w:type="numbering" w:styleId="linked"><w:name w:val="l"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def item(text: str, listed: int, at: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{listed}"/></w:numPr>')


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        pytest.param(
            [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], "一、 （一） （二） 二、 （一）", id="a deeper level starts again"
        ),
        pytest.param([(1, 0), (2, 0)], "一、 二、", id="lists of one definition go on"),
        pytest.param([(1, 0), (3, 0), (3, 0)], "一、 五、 六、", id="a list of its own start"),
        pytest.param([(1, 0), (1, 0), (1, 2)], "一、 二、 2.1．", id="levels above in figures"),
        pytest.param([(4, 0), (4, 0)], "一、 二、", id="defined by a style"),
        pytest.param([(0, 0), (9, 0), (1, 7)], "", id="no list, no such list, no such level"),
        pytest.param([(1, 3)], "-", id="a bullet"),
    ],
)
def test_lists_count_as_in_word(items: list[tuple[int, int]], numbers: str) -> None:
    body = "".join(item("文", listed, at) for listed, at in items)
    text = text_of(body, numbering=LISTS, styles=NUMBERED)
    assert " ".join(line.removesuffix("文").strip() for line in text.split("\n\n")).strip() == numbers


def test_a_style_numbers_its_paragraphs_at_its_own_level() -> None:
    body = "".join(
        paragraph("文", properties=f'<w:pStyle w:val="{s}"/>') for s in ("chapter", "part", "part", "chapter")
    )
    assert text_of(body, numbering=LISTS, styles=NUMBERED) == "一、文\n\n（一）文\n\n（二）文\n\n二、文"


def test_an_empty_paragraph_counts_but_shows_its_number_only_in_a_table() -> None:
    assert text_of(item("甲", 1) + item("", 1) + item("乙", 1), numbering=LISTS) == "一、甲\n\n三、乙"
    rows = "".join(table_row(item("", 1), paragraph(task)) for task in ("修路", "架桥"))
    assert text_of(f"<w:tbl>{rows}</w:tbl>", numbering=LISTS) == "| 一、 | 修路 |\n| 二、 | 架桥 |"


# --- tables ------------------------------------------------------------------------------------------------


def table_row(*cells: str, properties: str = "") -> str:
    inside = "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(table(table_row(cell("任务"), cell("单位"))), "| 任务 | 单位 |", id="a row"),
        pytest.param(
            table(table_row(cell("a|b"), cell("甲\n乙"))), "| a｜b | 甲 乙 |", id="strokes and breaks in a cell"
        ),
        pytest.param(
            table(table_row(paragraph("甲") + paragraph("乙"), paragraph("丙"))),
            "| 甲 乙 | 丙 |",
            id="paragraphs in a cell",
        ),
        pytest.param(
            table(table_row(cell("区财政局", DOWN), cell("一")), table_row(cell("", ON), cell("二"))),
            "| 区财政局 | 一 |\n| 区财政局 | 二 |",
            id="what goes over rows is said of each",
        ),
        pytest.param(
            table(
                table_row(cell("任务"), cell("责任单位", '<w:gridSpan w:val="2"/>')),
                table_row(cell("修路"), cell("甲局"), cell("乙局")),
            ),
            "| 任务 | 责任单位 | 责任单位 |\n| 修路 | 甲局 | 乙局 |",
            id="what goes over columns of the head is said of each",
        ),
        pytest.param(
            table(table_row(cell("甲"), cell("乙")), table_row(cell("一、重点", '<w:gridSpan w:val="2"/>'))),
            "| 甲 | 乙 |\n| 一、重点 |  |",
            id="what goes over a row stands once",
        ),
        pytest.param(
            table(
                table_row(cell("甲", '<w:gridSpan w:val="3"/>'), cell("乙")),
                table_row(cell("丙", '<w:gridSpan w:val="3"/>'), cell("丁")),
            ),
            "| 甲 | 乙 |\n| 丙 | 丁 |",
            id="columns that nothing begins in are none",
        ),
        pytest.param(
            table(table_row(cell("甲"), cell("乙")), table_row(cell("旧"), cell("行"), properties="<w:del/>")),
            "| 甲 | 乙 |",
            id="a deleted row",
        ),
        pytest.param(
            table(table_row(cell("正文。")), table_row(cell("再文。"))), "正文。\n\n再文。", id="one column is a frame"
        ),
        pytest.param(
            table(table_row(table(table_row(cell("内"), cell("表"))), cell("外"))),
            "| 内 表 | 外 |",
            id="a table in a table",
        ),
    ],
)
def test_tables_are_rows_of_markdown(body: str, text: str) -> None:
    assert text_of(body) == text


def test_a_table_of_ten_levels_is_read_once() -> None:
    body = paragraph("底")
    for depth in range(10):
        body = table(table_row(f'<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr>{body}</w:tc>', cell(f"第{depth}层")))
    assert text_of(body) == "| 底 第0层 第1层 第2层 第3层 第4层 第5层 第6层 第7层 第8层 | 第9层 |"


def test_the_place_of_a_table_ends_with_it() -> None:
    body = paragraph("前") + table(table_row(cell("甲"), cell("乙"))) + paragraph("后文")
    assert places_of(body) == [("table", "1", "| 甲 | 乙 |"[:8]), ("table", "", "后文")]


# --- what stands beside the text ---------------------------------------------------------------------------


def box(text: str) -> str:
    inside = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:txbx>"
        f"{inside}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_stands_once_behind_its_paragraph() -> None:
    assert text_of(paragraph("正文", box("青川区文件")) + paragraph("后")) == "正文\n\n青川区文件\n\n后"
    assert places_of(paragraph("正文", box("框")) + paragraph("后")) == [("box", "1", "框\n\n后"), ("box", "", "后")]


def test_a_text_box_above_its_paragraph_stands_before_it() -> None:
    raised = box("红头").replace(
        "<wp:anchor>",
        '<wp:anchor><wp:positionV relativeFrom="paragraph"><wp:posOffset>-900000</wp:posOffset></wp:positionV>',
    )
    assert text_of(paragraph("正文", raised)) == "红头\n\n正文"


NOTES = (
    '<w:footnote w:id="-1" w:type="separator">' + paragraph("线") + "</w:footnote>"
    '<w:footnote w:id="2">' + paragraph("<w:r><w:footnoteRef/></w:r>", " 指区财政局。") + "</w:footnote>"
)


def test_notes_stand_at_the_end_with_their_places() -> None:
    body = paragraph("由财政", '<w:r><w:footnoteReference w:id="2"/></w:r>', "承担。") + paragraph("后")
    assert text_of(body, footnotes=NOTES) == "由财政承担。\n\n后\n\n注1：指区财政局。"
    assert places_of(body, footnotes=NOTES) == [
        ("footnote mark", "1", "承担。\n\n后"),
        ("footnote", "1", "注1：指区财政局"),
    ]


def test_pages_are_those_that_word_last_saw() -> None:
    body = paragraph("甲") + paragraph("乙", "<w:r><w:lastRenderedPageBreak/></w:r>", "丙")
    assert [(kind, label, at[:1]) for kind, label, at in places_of(body)] == [("page", "1", "甲"), ("page", "2", "丙")]


def test_hidden_text_and_pictures_leave_their_places() -> None:
    body = paragraph("甲", run("密", "<w:vanish/>"), "<w:r><w:drawing/></w:r>", "乙")
    assert [(kind, label) for kind, label, _ in places_of(body)] == [("unread", "hidden text"), ("picture", "1")]


def test_the_strict_form_reads_the_same() -> None:
    body = table(table_row(cell("甲", DOWN), cell("乙"))) + item("丙", 1)
    assert text_of(body, strict=True, numbering=LISTS) == text_of(body, numbering=LISTS) == "| 甲 | 乙 |\n\n一、丙"


def test_the_source_says_what_it_is() -> None:
    data = docx(paragraph("青川区"))
    source = read_docx(data, "a.docx", LIMITS)
    assert (source.format, source.name, source.sha256) == ("docx", "a.docx", hashlib.sha256(data).hexdigest())


# --- bad input ---------------------------------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENTITY = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def with_main(xml: str | bytes) -> bytes:
    return package({"word/document.xml": xml})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(docx(paragraph("青川区" * 99))[:600], "broken one", id="cut short"),
        pytest.param(b"PK\x03\x04", "broken one", id="nothing but a mark"),
        pytest.param(_OLE + "EncryptedPackage".encode("utf-16-le"), "password", id="encrypted"),
        pytest.param(_OLE + "WordDocument".encode("utf-16-le"), r"old form \(\.doc\)", id="old Word"),
        pytest.param(_OLE, "old form", id="other OLE"),
        pytest.param(package({"a.txt": "x"}), r"no word/document\.xml", id="another zip"),
        pytest.param(with_main("<w:document"), "not well-formed", id="broken XML"),
        pytest.param(with_main(""), "not well-formed", id="an empty part"),
        pytest.param(with_main("<x/>"), "without a body", id="no body"),
        pytest.param(with_main(ENTITY + "<w>&e;</w>"), "DOCTYPE", id="external entity"),
        pytest.param(with_main(LAUGHS + "<w>&b;</w>"), "DOCTYPE", id="a billion laughs"),
        pytest.param(with_main((ENTITY + "<w>&e;</w>").encode("utf-16")), "DOCTYPE", id="in UTF-16"),
        pytest.param(with_main("<a>" * 5000 + "</a>" * 5000), "not well-formed", id="too deep"),
        pytest.param(docx(""), "an empty document", id="no text"),
        pytest.param(docx(paragraph("<w:r><w:drawing/></w:r>")), "1 pictures", id="pictures only"),
        pytest.param(package({"word/document.xml": b"0" * 9_000_000}), "ratio", id="a zip bomb"),
        pytest.param(package({"../../etc/x": "x"}), "leads out", id="a path that leads out"),
        pytest.param(package({"/etc/x": "x"}), "leads out", id="an absolute path"),
        pytest.param(package({"..\\x": "x"}), "leads out", id="a path of Windows that leads out"),
        pytest.param(with_main("<a>" + "<b/>" * 3_000_000 + "</a>"), "ratio|too large", id="too many elements"),
    ],
)
def test_what_is_no_sound_document_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(KgError, match=says) as caught:
        read_docx(data, "坏.docx", LIMITS)
    assert str(caught.value).startswith("坏.docx: ")


def test_a_relation_that_leads_out_is_refused() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="x/officeDocument" Target="../../secret.xml"/></Relationships>'
    )
    with pytest.raises(KgError, match="outside the container"):
        read_docx(package({"_rels/.rels": rels}), "a.docx", LIMITS)


def test_limits_are_those_given() -> None:
    data = docx(paragraph("青川区"))
    with pytest.raises(KgError, match="more than the 100"):
        read_docx(data, "a.docx", Limits(bytes=100))
    with pytest.raises(KgError, match="unpacked"):
        read_docx(data, "a.docx", Limits(unpacked=100))


# --- whole documents ---------------------------------------------------------------------------------------


def facts(reading: Reading) -> Counter[str]:
    return Counter(f"{fact.kind} {fact.doc} {sorted(fact.values(), key=str)}" for fact in reading.facts)


def test_the_demo_gazette_typed_in_word_gives_the_same_facts(demo_gazette: Path) -> None:
    text = demo_gazette.read_text(encoding="utf-8")
    typed = understand(read_docx(gazette_docx(text), "gazette.docx", LIMITS))
    printed = understand(Source("gazette.md", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))
    assert facts(typed) == facts(printed)


def test_both_forms_of_a_real_document_read_the_same(shared: Path) -> None:
    pairs = [(path, path.with_suffix(".md")) for path in (shared / "corpus").glob("*.docx")]
    pairs = [(word, twin) for word, twin in pairs if twin.exists()]
    if not pairs:
        pytest.skip("the corpus holds no document in both forms")
    for word, twin in pairs:
        source = read_docx(word.read_bytes(), word.name, LIMITS)
        text = twin.read_text(encoding="utf-8")
        read = Counter(filter(None, map(str.strip, source.text.splitlines())))
        assert not Counter(filter(None, map(str.strip, text.splitlines()))) - read
        marked = understand(Source(twin.name, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))
        assert facts(understand(source)) == facts(marked)
