"""Each named question, over a district that does not exist: what is asked, what must be answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from invented import GROUP, LINES, NOTICE, PLAN, reading

from kg.errors import KgError
from kg.query import ask, find, named
from kg.query.results import HEADINGS, Rows
from kg.rdf import derived, meta, quads
from kg.store import Store

OFFICE = f"{GROUP}办公室"

MORE: list[dict[str, Any]] = [
    {"kind": "post", "person": "岑望舒", "org": "区财政局", "title": "副局长", "quote": "区财政局副局长岑望舒"},
    {"kind": "post", "person": "岑望舒", "org": "区财政局", "title": "局长", "quote": "区财政局局长岑望舒"},
    {
        "kind": "duty",
        "agent": "闻一苇",
        "role": "协助分管副区长处理",
        "matter": "水务",
        "quote": "闻一苇协助分管副区长处理水务",
    },
    {"kind": "duty", "agent": "闻一苇", "role": "协助处理", "matter": "信访", "quote": "协助处理信访"},
    {"kind": "member", "group": GROUP, "member": "闻一苇", "role": "成员", "quote": "成员:闻一苇"},
    {"kind": "member", "group": OFFICE, "member": "闻一苇", "role": "主任", "quote": "闻一苇兼任办公室主任"},
    {"kind": "member", "group": "鹤群监测专班", "member": "闻一苇", "quote": "监测专班:闻一苇"},
    {"kind": "deadline", "every": "FREQ=YEARLY;UNTIL=20311231", "task": "年报", "quote": "每年至2031年底"},
    {"kind": "cites", "title": "另一办法", "number": "栖云府发〔2029〕2号", "quote": "《另一办法》"},
]


@pytest.fixture(scope="module")
def store() -> Store:
    # The lines above stand in the notice as well.
    read = reading([*LINES, *({"doc": NOTICE, **line} for line in MORE)])
    return Store.of([*quads(read), *derived(read), *meta("0")])


def answer(store: Store, question: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    return list(Rows.of(ask(store, question, given)).objects())


CASES = [
    # question, parameters, columns looked at, rows in order
    (
        "holders",
        {"title": "局长", "organization": "财政局"},
        "person organization post status",
        [
            ("闻一苇", "区财政局", "副局长", "任命"),
            ("岑望舒", "区财政局", "副局长", "载明；另见免职"),
            ("岑望舒", "区财政局", "局长", "载明"),
        ],
    ),
    ("holders", {"title": "局长", "person": "岑", "organization": "水务"}, "person note", [("岑望舒", "挂职")]),
    ("holders", {"organization": "栖云区水务局"}, "organization", [("区水务局",)]),  # by the name in full
    (
        "superiors",
        {"person": "闻一苇"},
        "way other matter",
        [("协助", "分管副区长", "水务"), ("互为AB角", "岑望舒", None), ("组长", "岑望舒", GROUP)],
    ),
    (
        "superiors",
        {"person": "岑"},
        "person way other",
        [("岑望舒", "互为AB角", "闻一苇")],
    ),
    (
        "agency",
        {"name": "水务局"},
        "agent kind role matter under",
        [("区水务局", "牵头", "牵头", "落实退塘还湿", "主要任务")],
    ),
    ("agency", {"name": "财政局", "role": "配合"}, "kind matter", [("配合", "落实退塘还湿")]),
    ("agency", {"name": "财政局", "role": "牵头"}, "matter", []),
    (
        "members",
        {"group": "湿地修复领导小组"},
        "group role member posts",
        [
            (GROUP, "组长", "岑望舒", "区水务局局长、区财政局副局长、区财政局局长"),
            (GROUP, None, "区财政局分管负责人", None),
            (GROUP, "成员", "闻一苇", None),
            (OFFICE, "主任", "闻一苇", None),
        ],
    ),
    (
        "due",
        {"before": "2031-06"},
        "due when kind",
        [
            ("2031-03-25", "FREQ=MONTHLY;BYMONTHDAY=25", "周期"),
            ("2031-06-30", "2031-06", "定日"),
        ],
    ),
    ("due", {"before": "2031-03-24"}, "due", []),
    (
        "due",  # without a bound what has no day is listed as well
        {},
        "due when",
        [
            ("2031-03-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
            ("2031-06-30", "2031-06"),
            ("2031-09-30", "2031-05-01/2031-09-30"),
            ("2031-12-31", "2031"),
            ("2031-12-31", "FREQ=YEARLY;UNTIL=20311231"),
            (None, "P20BD ← 收到申请"),
            (None, "P6M ← 印发之日"),
        ],
    ),
    ("due", {"before": "2031-06-29", "agent": "水务"}, "due", []),
    ("due", {"before": "2031", "agent": "水务"}, "due when task", [("2031-12-31", "2031", "完成一期")]),
    (
        "due",
        {"since": "2031-07", "before": "2031-09-30"},
        "due when",
        [
            ("2031-07-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
            ("2031-09-30", "2031-05-01/2031-09-30"),
        ],
    ),
    (
        "due",
        {"since": "2032"},  # by then the yearly rule has run out
        "due when",
        [("2032-01-25", "FREQ=MONTHLY;BYMONTHDAY=25")],
    ),
    ("funds", {}, "comparator amount", [(">=", 12500000), ("=", 0.5)]),
    (
        "funds",
        {"above": "12500000", "party": "财政局"},
        "amount per payer payee purpose",
        [(12500000, "每个乡镇", "区财政局", "区水务局", "湿地修复")],
    ),
    ("funds", {"above": "12500000.01"}, "amount", []),
    ("funds", {"party": "栖云区水务局"}, "payee", [("区水务局",)]),
    ("shares", {}, "comparator share quote", [("~", 0.8, "约80%")]),
    (
        "targets",
        {"year": "2033"},
        "by subject comparator value unit agent",
        [("2033", "湿地保护率", ">=", 62.5, "%", "区水务局")],
    ),
    ("targets", {}, "by value", [("2033", 62.5), (None, 0)]),
    ("targets", {"subject": "巡护"}, "subject comparator", [("巡护员", "<")]),
    (
        "cites",
        {"document": "栖云府发[2031]7号"},  # any brackets do
        "document relation title number",
        [
            (NOTICE, "根据", "湿地保护办法", "栖云府发〔2029〕1号"),
            (NOTICE, None, "无名之法", None),
            (NOTICE, None, "另一办法", "栖云府发〔2029〕2号"),
        ],
    ),
    ("cites", {"document": "湿地修复实施方案的通知"}, "title", [("湿地保护办法",), ("无名之法",), ("另一办法",)]),
    ("cited-by", {"document": "湿地保护办法"}, "number document relation", [("栖云府发〔2029〕1号", NOTICE, "根据")]),
    ("cited-by", {"document": "(2029)1号"}, "title", [("湿地保护办法",)]),
    ("cited-by", {"document": "湿地修复"}, "number document", [(NOTICE, "issue")]),  # by the title of what it is
    (
        "about",
        {"name": "湿地管护站"},
        "kind as name document quote",
        [("隶属", "机构", "区湿地管护站", NOTICE, "区水务局所属区湿地管护站")],
    ),
    ("about", {"name": "区湿地修复领导小组"}, "kind", [("席位",), ("席位",), ("办公室设置",), ("席位",), ("席位",)]),
    ("about", {"name": "没有这个名字"}, "kind", []),
    (
        "documents",
        {"issuer": "水务局"},
        "number title type date effective issuers behind public",
        [
            (
                NOTICE,
                "栖云区人民政府关于印发湿地修复实施方案的通知",
                "通知",
                "2031-03-09",
                "2031-04-01",
                "栖云区人民政府、栖云区水务局",
                None,
                True,
            ),
            (None, PLAN, "方案", None, None, None, NOTICE, None),
        ],
    ),
    ("documents", {"issuer": "财政局"}, "title", []),
    ("documents", {"title": "的通知"}, "number", [(NOTICE,)]),
    (
        "section",
        {"heading": "总则"},  # the duties stand in a section of it
        "section matter agent",
        [
            ("一.（一） 任务", "落实退塘还湿", "区水务局"),
            ("一.（一） 任务", "落实退塘还湿", "区财政局"),
            ("一.（一） 任务", "公开征求意见", "起草部门"),
            ("一.（一） 任务", "水务", "闻一苇"),
            ("一.（一） 任务", "信访", "闻一苇"),
        ],
    ),
    ("section", {"heading": "主要任务"}, "agent", [("区水务局",)]),
    ("section", {"heading": "任务", "document": "别的文号"}, "agent", []),
    (
        "seats",
        {},
        "group organization head members",
        [(GROUP, "区水务局", "闻一苇（主任）", 3), ("鹤群监测专班", None, None, 1)],
    ),
    (
        "changes",
        {"name": "区财政局副局长"},
        "date action person organization post note",
        [
            (None, "免", "岑望舒", "区财政局", "副局长", None),
            ("2031-03-01", "任", "闻一苇", "区财政局", "副局长", "试用期一年"),
        ],
    ),
    ("changes", {"name": "栖云区财政局"}, "person", [("岑望舒",), ("闻一苇",)]),
    (
        "matter",
        {"word": "退塘"},
        "role agent",
        [("牵头", "区水务局"), ("配合", "区财政局")],
    ),
    (
        "evidence",
        {"text": "每张0.5元"},
        "kind source text rule document",
        [("资金", "栖云公报.txt", "每张0.5元", "by_hand", NOTICE)],
    ),
    ("stand-ins", {"person": "闻一苇"}, "a b", [("岑望舒", "闻一苇")]),
    ("contacts", {"name": "编辑部"}, "person phone postcode", [("闻一苇", "000-0007", "000000")]),
    ("events", {"type": "表彰"}, "date agent patient what", [("2031-03-09", "区政府", "区水务局", "先进集体")]),
    ("events", {"name": "栖云区人民政府"}, "type", [("表彰",)]),
    (
        "issues",
        {},
        "title number total date publisher source",
        [("栖云区人民政府公报", "2031年第2期", "总第9期", "2031-04", "公报编辑部", "栖云公报.txt")],
    ),
    ("outline", {"document": NOTICE}, "path number heading", [("一", "一", "总则"), ("一.（一）", "（一）", "任务")]),
    (
        "busiest",
        {"least": "2"},
        "member bodies seats",
        [("闻一苇", 3, f"{GROUP}办公室（主任）、{GROUP}（成员）、鹤群监测专班")],
    ),
]


@pytest.mark.parametrize(
    ("question", "given", "columns", "rows"), CASES, ids=[f"{case[0]}-{'-'.join(case[1].values())}" for case in CASES]
)
def test_a_question_is_answered(
    store: Store, question: str, given: dict[str, str], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    found = answer(store, question, given)
    assert [tuple(_plain(row[column]) for column in columns.split()) for row in found] == rows


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | bool | int) else float(str(value))


NAMES = [question.name for question in named()]


def test_every_question_is_asked_above() -> None:
    assert {case[0] for case in CASES} == set(NAMES)
    assert len(NAMES) >= 14


@pytest.mark.parametrize("name", NAMES)
def test_a_question_needs_no_parameter(store: Store, name: str) -> None:
    assert answer(store, name, {})


@pytest.mark.parametrize("name", NAMES)
def test_a_question_shows_its_document_and_has_titles_in_two_languages(store: Store, name: str) -> None:
    question = find(name)
    assert re.search("[一-鿿]", question.title_zh)
    assert question.title_en.isascii()
    columns = Rows.of(ask(store, name)).columns
    assert set(columns) <= set(HEADINGS), "a column without a heading in Chinese"
    if name not in ("busiest", "issues", "documents"):  # these say what a document is, or count over several
        assert "document" in columns
    for parameter in question.parameters:
        assert re.search("[一-鿿]", parameter.title_zh)


@pytest.mark.parametrize(
    "text",
    [
        '")) } #',
        "'; DROP ALL",
        '\\") || true || CONTAINS("',
        "?quote",
        "$name",
        "局长\n} UNION { ?s ?p ?o",
        "<http://example.com/>",
        "[",  # of a regular expression
        "(.*",
        "🐉",
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_is_never_a_part_of_the_query(store: Store, name: str, text: str) -> None:
    for parameter in find(name).parameters:
        if parameter.type == "string":
            found = answer(store, name, {parameter.name: text})
            # Text that sorts before all days is before all days.
            assert parameter.name == "since" or not found
        else:
            with pytest.raises(KgError):
                ask(store, name, {parameter.name: text})


def test_a_name_is_matched_as_it_stands_not_as_a_pattern(store: Store) -> None:
    assert not answer(store, "about", {"name": "区.务局"})


def test_the_questions_answer_over_the_demo_gazette(demo_graph: Any) -> None:
    empty = [name for name in NAMES if not len(Rows.of(ask(demo_graph.store, name)))]
    assert not empty
