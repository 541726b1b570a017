"""OFD is read in the order a person reads it, and what is no sound OFD is refused with a reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from make_docx import package
from make_ofd import SPACE, gazette_ofd, ofd, page, text_object

from kg.errors import KgError
from kg.model import Reading, Source
from kg.pipeline import understand
from kg.read.limits import Limits
from kg.read.ofd import read_ofd

LIMITS = Limits()
BODY = "各镇人民政府要按照职责分工抓好落实，区财政局负责保障资金。"


def text_of(*pages: str, **more: str) -> str:
    return read_ofd(ofd(pages, **more), "a.ofd", LIMITS).text.rstrip("\n")


def code(text: str, attributes: str = 'X="0" Y="4"', inside: str = "", about: str = "") -> str:
    about = about or 'Boundary="30 40 100 6" Size="4"'
    return f"<ofd:TextObject {about}>{inside}<ofd:TextCode {attributes}>{text}</ofd:TextCode></ofd:TextObject>"


# --- where characters stand --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("objects", "text"),
    [
        pytest.param([code("青川区", 'X="0" Y="4" DeltaX="g 2 4"')], "青川区", id="one step for all"),
        pytest.param([code("青川区", 'X="0" Y="4" DeltaX="4 4"')], "青川区", id="each its step"),
        pytest.param([code("青川区", 'X="0" Y="4" DeltaX="4 g 1 4"')], "青川区", id="both mixed"),
        pytest.param([code("青川区")], "青川区", id="no steps told"),
        pytest.param([code("组长阮平", 'X="0" Y="4" DeltaX="4 8 4"')], "组长 阮平", id="a wider step is a blank"),
        pytest.param([code("组长 阮平", 'X="0" Y="4" DeltaX="4 4 2 4"')], "组长 阮平", id="a blank that is printed"),
        pytest.param(
            [text_object(70, 50, "区财政局"), text_object(50, 50, "牵头单位：", 4)],
            "牵头单位：区财政局",
            id="order of the file",
        ),
        pytest.param(
            [text_object(50 + 4 * i, 50, c, 4) for i, c in reversed(list(enumerate("青川区公报")))],
            "青川区公报",
            id="a character an object",
        ),
        pytest.param(
            [
                code(
                    "青川区",
                    'X="0" Y="11.34" DeltaX="g 2 11.34"',
                    about='Boundary="30 40 9 9" Size="11.34" CTM="0.3528 0 0 0.3528 0 0"',
                )
            ],
            "青川区",
            id="points made millimetres",
        ),
        pytest.param(
            [text_object(50, 50, "青川区", 4), text_object(50.2, 50, "青川区", 4)],
            "青川区",
            id="printed twice to look bold",
        ),
        pytest.param([code("⽴川", 'X="0" Y="4"')], "立川", id="a radical for the character"),
        pytest.param(
            [code("甲"), code("密", about='Boundary="50 40 9 9" Size="4" Visible="false"')], "甲", id="invisible"
        ),
    ],
)
def test_characters_are_put_together_by_where_they_stand(objects: list[str], text: str) -> None:
    assert text_of(page(*objects)) == text


def test_the_turned_text_of_a_mark_across_pages_is_left_out() -> None:
    mark = code("内部", about='Boundary="60 150 99 99" Size="9" CTM="0.7 -0.7 0.7 0.7 0 0"')
    pages = [page(text_object(30, 60, f"{place}区人民政府", 4), mark) for place in ("青川", "白泽", "云岭")]
    assert "内部" not in text_of(*pages)


def test_templates_and_composite_units_are_part_of_the_page() -> None:
    unit = (
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9' Width='50' Height='9'><ofd:Content>"
        + text_object(0, 5, "云岭区文件", 5)
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    used = '<ofd:CompositeObject Boundary="70 40 50 9" ResourceID="9"/>'
    data = ofd(
        [page(used, text_object(30, 90, "正文。", 4), template="T0")],
        templates=[page(text_object(30, 60, "模板上的字", 4))],
        resources=unit,
    )
    text = read_ofd(data, "a.ofd", LIMITS).text
    assert [line.lstrip("# ") for line in text.split("\n") if line] == ["云岭区文件", "模板上的字", "正文。"]


def test_a_unit_that_holds_itself_comes_to_an_end() -> None:
    used = '<ofd:CompositeObject Boundary="0 0 50 9" ResourceID="9"/>' * 10
    unit = (
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='9' Width='50' Height='9'><ofd:Content>"
        + used
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    with pytest.raises(KgError, match="objects and characters"):
        read_ofd(ofd([page(used)], resources=unit), "a.ofd", LIMITS)


def test_ruled_cells_are_a_table() -> None:
    lines = "".join(f"M 30 {y} L 150 {y} " for y in (50, 60, 70)) + "".join(
        f"M {x} 50 L {x} 70 " for x in (30, 90, 150)
    )
    rules = (
        f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>{lines}</ofd:AbbreviatedData></ofd:PathObject>'
    )
    cells = [("任务", 32, 56), ("责任单位", 92, 56), ("修路", 32, 66), ("区交通局", 92, 66)]
    found = text_of(page(rules, text_object(30, 40, "附表。", 4), *(text_object(x, y, t, 4) for t, x, y in cells)))
    assert found == "附表。\n\n| 任务 | 责任单位 |\n| 修路 | 区交通局 |"


def test_running_heads_and_page_numbers_are_left_out_and_pages_are_kept() -> None:
    pages = [
        page(text_object(30, 60, f"{place}区人民政府公告。", 4), text_object(99, 285, f"— {n} —", 4), template="T0")
        for n, place in enumerate(("青川", "白泽", "云岭"), 1)
    ]
    source = read_ofd(ofd(pages, [page(text_object(30, 15, "青川公报", 4))]), "a.ofd", LIMITS)
    assert source.text.split() == ["青川区人民政府公告。", "白泽区人民政府公告。", "云岭区人民政府公告。"]
    assert [(p.kind, p.label, source.text[p.start]) for p in source.places] == [
        ("page", "1", "青"),
        ("page", "2", "白"),
        ("page", "3", "云"),
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    long = (BODY * 60)[: 38 * 3 + 10]
    lines = [long[i : i + 38] for i in range(0, len(long), 38)]
    objects = [text_object(25, 60 + 8 * i, line, 4.2) for i, line in enumerate(lines)]
    assert text_of(page(*objects[:2]), page(*objects[2:])) == long


def test_glyphs_that_no_character_is_told_of_leave_their_place() -> None:
    drawn = code(
        "\ue000\ue001", inside='<ofd:CGTransform GlyphCount="2"><ofd:Glyphs>7 8</ofd:Glyphs></ofd:CGTransform>'
    )
    source = read_ofd(ofd([page(drawn, "<ofd:ImageObject/>", text_object(30, 90, "正文。", 4))]), "a.ofd", LIMITS)
    assert source.text == "正文。\n"
    assert [(p.kind, p.label) for p in source.places] == [
        ("page", "1"),
        ("unread", "page 1: 2 glyphs without characters"),
        ("unread", "page 1: 1 picture"),
    ]


def test_what_is_fixed_to_the_document_is_no_text_of_it() -> None:
    data = ofd(
        [page(text_object(30, 60, "正文。", 4))],
        **{"Doc_0/Attachs/a.xml": "<a>附件</a>", "Doc_0/Signs/Sign_0/Signature.xml": "<s>签名</s>"},
    )
    source = read_ofd(data, "a.ofd", LIMITS)
    assert (source.text, source.format) == ("正文。\n", "ofd")
    assert source.sha256 == hashlib.sha256(data).hexdigest()


# --- bad input ---------------------------------------------------------------------------------------------

ENTITY = '<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def with_root(xml: str, **more: str) -> bytes:
    return package({"OFD.xml": xml, **more})


def root(location: str) -> str:
    return f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(ofd([page(text_object(30, 60, BODY))])[:500], "broken one", id="cut short"),
        pytest.param(package({"a.txt": "x"}), r"without OFD\.xml", id="another zip"),
        pytest.param(package({"Encryptions.xml": "x"}), "encrypted", id="encrypted"),
        pytest.param(with_root("<ofd"), "not well-formed", id="broken XML"),
        pytest.param(with_root(ENTITY + "<o>&e;</o>"), "DOCTYPE", id="external entity"),
        pytest.param(with_root("<o/>"), "found none", id="no document"),
        pytest.param(with_root(root("Doc_0/Document.xml")), "missing", id="a missing part"),
        pytest.param(with_root(root("../../etc/x.xml")), "outside the container", id="a reference that leads out"),
        pytest.param(package({"OFD.xml": "x", "../a": "x"}), "leads out", id="a path that leads out"),
        pytest.param(package({"OFD.xml": b" " * 9_000_000}), "ratio", id="a zip bomb"),
        pytest.param(ofd([]), "found none", id="no page"),
        pytest.param(ofd([page()]), "without a character", id="an empty page"),
        pytest.param(ofd([page("<ofd:ImageObject/>")] * 2), "2 pages of 1 picture", id="pictures only"),
        pytest.param(ofd([page(code("\ue000"))]), "1 glyphs without characters", id="glyphs only"),
        pytest.param(ofd(["<a>" * 400 + "</a>" * 400]), "not well-formed", id="too deep"),
    ],
)
def test_what_is_no_sound_ofd_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(KgError, match=says) as caught:
        read_ofd(data, "坏.ofd", LIMITS)
    assert str(caught.value).startswith("坏.ofd: ")


def test_a_document_of_too_many_pages_is_refused() -> None:
    with pytest.raises(KgError, match="3 pages, more than the 2"):
        read_ofd(ofd([page(text_object(30, 60, BODY))] * 3), "a.ofd", Limits(pages=2))


@pytest.mark.parametrize(
    "attributes", ['X="nan" Y="inf"', 'X="1e999"', 'DeltaX="g 999999999 4"', 'DeltaX="g g g"', 'Y="x"']
)
def test_numbers_that_are_none_do_no_harm(attributes: str) -> None:
    assert text_of(page(code("青川区", attributes))) == "青川区"


def test_xml_in_gbk_is_read() -> None:
    inside = page(text_object(30, 60, "青川区", 4))
    parts: dict[str, str | bytes] = {
        "OFD.xml": root("D.xml"),
        "D.xml": f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
        "P.xml": f'<?xml version="1.0" encoding="GBK"?><ofd:Page {SPACE}>{inside}</ofd:Page>'.encode("gbk"),
    }
    assert read_ofd(package(parts), "a.ofd", LIMITS).text == "青川区\n"


# --- a whole gazette ---------------------------------------------------------------------------------------


def facts(reading: Reading) -> Counter[str]:
    return Counter(f"{fact.kind} {fact.doc} {sorted(fact.values(), key=str)}" for fact in reading.facts)


@pytest.mark.parametrize("columns", [1, 2])
def test_the_demo_gazette_published_as_ofd_gives_the_same_facts(demo_gazette: Path, columns: int) -> None:
    text = demo_gazette.read_text(encoding="utf-8")
    data = gazette_ofd(text, columns, head="沧屏市青汀区人民政府公报 2021年第2期")
    laid = facts(understand(read_ofd(data, "gazette.ofd", LIMITS)))
    printed = facts(understand(Source("gazette.md", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text)))
    assert 2 * (laid & printed).total() / (laid.total() + printed.total()) >= 0.98
