"""Each named question, over a district that does not exist: what is asked, what must be answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from invented import GROUP, LINES, NOTICE, PLAN, reading, store_of

from kg.errors import KgError
from kg.query import ask, find, named
from kg.query.results import HEADINGS, Rows
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
    {
        "kind": "document",
        "doc": "栖云府发〔2031〕10号",
        "title": "栖云区人民政府关于鹤群监测的意见",
        "number": "栖云府发〔2031〕10号",
        "issuer": ["栖云区人民政府"],
        "date": "2031-05-02",
        "quote": "栖云区人民政府关于鹤群监测的意见",
    },
    {
        "kind": "duty",
        "doc": "栖云府发〔2031〕10号",
        "agent": "区财政局",
        "role": "负责",
        "matter": "保障监测经费",
        "quote": "区财政局负责保障监测经费",
    },
    {"kind": "cites", "title": "另一办法", "number": "栖云府发〔2029〕2号", "quote": "《另一办法》"},
]

SUM: list[dict[str, Any]] = [
    {"kind": "target", "subject": "招募巡护员", "value": 6, "comparator": "=", "unit": "人", "quote": "招募6人"},
    {"kind": "target", "subject": "本地", "value": 4, "comparator": "=", "unit": "人", "quote": "，其中本地4人"},
    {"kind": "target", "subject": "外地", "value": 3, "comparator": "=", "unit": "人", "quote": "、外地3人"},
]


@pytest.fixture(scope="module")
def store() -> Store:
    # The lines above stand in the notice as well.
    first = reading([*LINES, *({"doc": NOTICE, **line} for line in MORE)])
    return store_of(first, reading(({"doc": NOTICE, **line} for line in SUM), name="另一期.txt", between=""))


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
    # Without a day from the date of the last document on, which is 2031-05-02.
    ("ahead", {}, "due left when", [("2031-05-25", 23, "FREQ=MONTHLY;BYMONTHDAY=25")]),
    ("ahead", {"day": "2031-06", "days": "0"}, "due left task", [("2031-06-30", 0, "完成二期")]),
    ("ahead", {"day": "2031-06-24", "days": "5"}, "due", [("2031-06-25",)]),
    ("ahead", {"day": "2031-06-24", "days": "6"}, "due left", [("2031-06-25", 1), ("2031-06-30", 6)]),
    ("ahead", {"day": "2031-12-01", "agent": "水务"}, "due task", [("2031-12-31", "完成一期")]),
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
    ("targets", {}, "by value", [("2033", 62.5), (None, 6), (None, 4), (None, 3), (None, 0)]),
    ("targets", {"subject": "缺岗"}, "subject comparator", []),
    ("targets", {"subject": "巡护"}, "subject comparator", [("招募巡护员", "="), ("巡护员", "<")]),
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
    ("partners", {"name": "财政"}, "agent other role matter", [("区水务局", "区财政局", "配合", "落实退塘还湿")]),
    (
        "answers",
        {"word": "监测"},
        "agent matter chief post evidence",
        [("区财政局", "保障监测经费", "岑望舒", "局长", "区财政局局长岑望舒")],
    ),
    ("today", {"agency": "财政局"}, "today", []),  # it was never renamed
    ("history", {"name": "湿地修复领导小组"}, "date change what", [("2031-03-09", "组成", "组成人员3人（单位）")]),
    ("identity", {"name": "同一地方"}, "outcome rule", [("同一", "division.short")]),
    ("identity", {"name": "岑望舒"}, "outcome rule", [("同一", "person.key")]),
    (
        "places",
        {"place": "栖云"},
        "place organization",
        [
            ("远山市栖云区", name)
            for name in (
                "栖云区人民政府",
                "栖云区人民政府公报编辑部",
                "栖云区人民政府办公室",
                "栖云区水务局",
                "栖云区湿地管护站",
                "栖云区财政局",
            )
        ],
    ),
    ("norms", {"name": "截留"}, "agent modality matter", [("区财政局", "不得", "截留补助资金")]),
    ("parts", {}, "organization of", [("区湿地管护站", "区水务局")]),
    ("absent", {"relation": "根据"}, "title number", [("湿地保护办法", "栖云府发〔2029〕1号")]),
    (
        "missing-numbers",
        {"prefix": "府发〔2031〕"},
        "start end missing document",
        [("栖云府发〔2031〕8号", "栖云府发〔2031〕9号", 2, "栖云府发〔2031〕10号")],
    ),
    ("missing-numbers", {"prefix": "〔2030〕"}, "start", []),
    ("unassigned", {"word": "二期"}, "due task agent", [("2031-06-30", "完成二期", None)]),
    ("unassigned", {"word": "一期"}, "task", []),
    (
        "tenures",
        {"name": "财政局"},
        "person organization post status start seen end limit",
        [
            # The notice of 2031-03-09 removes 岑望舒 from the post and names them in it, and does not say which came last.
            ("岑望舒", "区财政局", "局长", "在任", None, "2031-03-09", None, None),
            ("岑望舒", "区财政局", "副局长", "已止", None, "2031-03-09", "2031-03-09", None),
            ("闻一苇", "区财政局", "副局长", "在任", "2031-03-01", None, None, "2032-03-01"),
        ],
    ),
    (
        "contradictions",
        {"kind": "职务"},
        "kind severity what document quote otherQuote",
        [
            (
                "职务两种写法",
                "提醒",
                "岑望舒在区财政局的职务有两种写法：“局长”和“副局长”",
                NOTICE,
                "区财政局局长岑望舒",
                "区财政局副局长岑望舒",
            )
        ],
    ),
    (
        "contradictions",
        {"word": "合计7人"},
        "kind quote otherQuote",
        [("分项与总数不符", "招募6人", "，其中本地4人"), ("分项与总数不符", "招募6人", "、外地3人")],
    ),
    ("contradictions", {"word": "没有这样的字"}, "kind", []),
    (
        "sums",
        {"word": "巡护员"},
        "total unit title part comparator purpose left",
        [(6, "人", "招募巡护员", 4, "=", "本地", -1), (6, "人", "招募巡护员", 3, "=", "外地", -1)],
    ),
    ("tenures", {"name": "闻一苇", "day": "2031-02-28"}, "post", []),
    ("tenures", {"name": "区水务局", "day": "2031-03-08"}, "status seen last", [("未知", "2031-03-09", None)]),
    ("bridges", {"name": "财政"}, "document other", [("栖云府发〔2031〕10号", NOTICE)]),
    (
        "found",
        {"words": "监测惊费"},
        "kind document quote",
        [("职责", "栖云府发〔2031〕10号", "区财政局负责保障监测经费")],
    ),
    ("found", {"words": "没有这个名字"}, "kind", []),
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
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_a_question_needs_no_parameter(store: Store, name: str) -> None:
    # Nothing was renamed here; tests/test_merge.py has agencies that were.
    assert answer(store, name, {}) or name == "today"


@pytest.mark.parametrize("name", NAMES)
def test_a_question_shows_its_document_and_has_titles_in_two_languages(store: Store, name: str) -> None:
    question = find(name)
    assert re.search("[一-鿿]", question.title_zh)
    assert question.title_en.isascii()
    columns = Rows.of(ask(store, name)).columns
    assert set(columns) <= set(HEADINGS), "a column without a heading in Chinese"
    # These say what a document is, or speak of what several say.
    if name not in ("busiest", "issues", "documents", "identity", "places"):
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
        elif parameter.type == "words":
            with suppress(KgError):  # some have neither letter nor figure
                assert not answer(store, name, {parameter.name: text})
        else:
            with pytest.raises(KgError):
                ask(store, name, {parameter.name: text})


def test_a_name_is_matched_as_it_stands_not_as_a_pattern(store: Store) -> None:
    assert not answer(store, "about", {"name": "区.务局"})


# What a reader of the demo gazette answers.
DEMO = [
    ("about", {"name": "沈知微"}, "kind", [("任职",), ("席位",)]),
    ("absent", {"relation": "参照"}, "title number", [("沧屏市特色农产品优势区建设指导意见", "沧屏农发〔2020〕51号")]),
    ("agency", {"name": "区老年助餐服务指导中心"}, "kind matter", [("负责", "申报受理工作")]),
    ("busiest", {"least": "4"}, "member bodies", [("戚星辰", 4)]),
    (
        "changes",
        {"name": "林业局"},
        "action person post",
        [("任", "廉清", "局长"), ("免", "尤同尘", "局长")],
    ),
    ("cited-by", {"document": "食堂补贴暂行办法"}, "document relation", [("青汀府办发〔2021〕22号", "废止")]),
    (
        "cites",
        {"document": "青汀府办发〔2021〕22号"},
        "relation title",
        [
            ("印发", "青汀区老年食堂建设运营补助办法"),
            ("根据", "沧屏市老年助餐服务管理规定"),
            ("废止", "青汀区社区食堂补贴暂行办法"),
        ],
    ),
    ("contacts", {"name": "督查室"}, "person organization phone", [("陶令闻", "区政府督查室", "55501277")]),
    ("documents", {"title": "任免"}, "number date", [("青汀府人〔2021〕3号", "2021-03-30")]),
    ("due", {"before": "2021-04-10", "agent": "区应急局"}, "due task", [("2021-04-10", "将奖金发放到位")]),
    (
        "ahead",
        {"day": "2021-04-01", "days": "30", "agent": "区应急局"},
        "due left task",
        [("2021-04-10", 9, "将奖金发放到位")],
    ),
    (
        "events",
        {"type": "撤销"},
        "agent patient",
        [
            ("区政府", "青汀区旧城排水改造指挥部"),
            ("区政府", "青汀区高山马铃薯推广领导小组"),
            ("区政府", "青汀区鹿角溪综合整治办公室"),
        ],
    ),
    ("evidence", {"text": "廉清为区林业局局长"}, "source text", [("gazette.md", "任命廉 清为区林业局局长")]),
    ("funds", {"above": "150000000", "party": "财政"}, "amount purpose", [(150000000, "三年统筹安排茶产业发展资金")]),
    (
        "holders",
        {"title": "馆长"},
        "person organization status",
        [("庞知书", "区图书馆", "任命"), ("庞知书", "区图书馆", "载明")],
    ),
    (
        "issues",
        {},
        "title number total date",
        [("沧屏市青汀区人民政府公报", "2021年第2期", "总第58期", "2021-05-10")],
    ),
    ("matter", {"word": "树龄鉴定"}, "agent role", [("区古茶树保护研究所", "负责")]),
    (
        "members",
        {"group": "老年助餐服务工作联席会议办公室"},
        "member role",
        [("简宁", "主任"), ("宋谷雨", "副主任")],
    ),
    ("missing-numbers", {"prefix": "府发"}, "start end missing", [("青汀府发〔2021〕8号", "青汀府发〔2021〕8号", 1)]),
    (
        "today",
        {"word": "群众性养护"},
        "agent today since reform document",
        [
            (
                "区乡村振兴局",
                "区农业农村委",
                "2024-12-31",
                "2023年机构改革：乡村振兴局→农业农村委员会",
                "青汀府办发〔2021〕18号",
            )
        ],
    ),
    (
        "history",
        {"name": "马铃薯"},
        "date change name document",
        [("2021-04-22", "撤销", "青汀区高山马铃薯推广领导小组", "青汀府办〔2021〕13号")],
    ),
    (
        "answers",
        {"word": "树龄鉴定"},
        "agent matter chief post",
        [("区古茶树保护研究所", "古茶树树龄鉴定和健康监测", "叶茗", "所长")],
    ),
    ("norms", {}, "agent modality matter", [("各单位", "不得", "自行设立临时机构")]),
    (
        "outline",
        {"document": "青汀府办〔2021〕12号"},
        "number heading",
        [
            ("一", "青汀区古茶树保护工作组"),
            ("二", "青汀区电动自行车综合治理专班"),
            ("三", "青汀区老年助餐服务工作联席会议"),
        ],
    ),
    (
        "partners",
        {"name": "卫生健康"},
        "agent other matter",
        [
            ("区卫生健康委", "区妇幼保健院", "守护妇女健康"),
            ("区卫生健康委", "区妇联", "守护妇女健康"),
            ("区教委", "区卫生健康委", "安装校园直饮水"),
        ],
    ),
    (
        "parts",
        {"name": "区水利局"},
        "organization of",
        [("区河长办公室", "区水利局")],
    ),
    ("seats", {"group": "古茶树"}, "group organization", [("青汀区古茶树保护工作组", "区林业局")]),
    ("shares", {"party": "村道"}, "share", []),
    ("shares", {"party": "市场开办者"}, "share payer", [(0.7, "市场开办者")]),
    ("stand-ins", {"person": "柯晓棠"}, "a b", [("柯晓棠", "阿依努尔·沙迪克")]),
    ("targets", {"year": "2023", "subject": "书房"}, "value", [(20,)]),
    (
        "tenures",
        {"name": "林业局", "day": "2021-05-10"},
        "person post status start last end published",
        [
            ("尤同尘", "局长", "已止", None, None, "2021-03-30", "2021-05-10"),
            ("廉清", "局长", "在任", "2021-03-30", "2021-04-08", None, "2021-05-10"),
        ],
    ),
    (
        "tenures",
        {"name": "柯晓棠", "day": "2021-03-30"},
        "organization post status start seen limit note",
        [
            ("区政府办公室", "副主任", "在任", "2021-03-30", None, "2022-03-30", "试用期一年"),
            ("区政府办公室", "党组成员", "未知", None, "2021-04-02", None, None),
        ],
    ),
    (
        "tenures",
        {"name": "沙迪克", "day": "2022-03-31"},
        "status limit",
        [("未知", "2022-03-30")],
    ),
    (
        "sums",
        {"word": "茶产业发展资金"},
        "total part left",
        [(150000000, 60000000, 0), (150000000, 50000000, 0), (150000000, 40000000, 0)],
    ),
    (
        "sums",
        {"word": "防洪工程"},
        "total share part left",
        [(238000000, 0.6, 142800000, 95200000)],
    ),
    ("contradictions", {}, "kind", []),
    ("unassigned", {"word": "口袋公园"}, "due", [("2021-10-01",)]),
]


@pytest.mark.parametrize(
    ("question", "given", "columns", "rows"), DEMO, ids=[f"{case[0]}-{'-'.join(case[1].values())}" for case in DEMO]
)
def test_a_reader_of_the_demo_gazette_would_answer_so(
    demo_graph: Any, question: str, given: dict[str, str], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    found = answer(demo_graph.store, question, given)
    assert [tuple(_plain(row[column]) for column in columns.split()) for row in found] == rows


def test_the_questions_answer_over_the_demo_gazette(demo_graph: Any) -> None:
    empty = [name for name in NAMES if not len(Rows.of(ask(demo_graph.store, name)))]
    assert empty == ["contradictions", "identity"], (
        "the demo contradicts itself in nothing, and one source needs no decision"
    )
