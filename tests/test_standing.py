"""What documents say stands for a time: from the day that they vouch for to the day on which one of them ends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented import change, notice, reading, store_of

import kg
from kg.grammar.headships import is_headship
from kg.query import ask
from kg.query.results import Rows
from kg.standing.terms import ends

LATER = Path(__file__).parent / "issues" / "2021-3.md"


@pytest.mark.parametrize(
    ("organisation", "title"),
    [
        ("区财政局", "局长"),
        ("区教委", "主任"),
        ("区政府", "区长"),
        ("云泽区人民政府", "区长"),
        ("雾岭镇", "镇长"),
        ("区政府办公室", "党组书记"),
        ("区公安局交巡警支队", "支队长"),
        ("区公安局交巡警支队", "队长"),
        ("听潮街道办事处", "主任"),
        ("区市场监管局（区知识产权局）", "局长"),
        ("区法院", "院长"),
        ("区检察院", "检察长"),
        ("区总工会", "主席"),
        ("青川路畅养护工程有限公司", "总经理"),
        ("区纪委", "书记"),
    ],
)
def test_a_headship_is_a_post_for_one(organisation: str, title: str) -> None:
    assert is_headship(organisation, title)


@pytest.mark.parametrize(
    ("organisation", "title"),
    [
        ("区财政局", "副局长"),
        ("区政府", "常务副区长"),
        ("区政府", "党组成员"),
        ("区财政局", "科长"),
        ("区水利局", "所长"),
        ("区人民医院", "主任"),
        ("区政府办公室", "党组副书记"),
        ("区教委", "四级调研员"),
        ("区水文站", "助理工程师"),
        (None, "局长"),
        ("区财政局", None),
        ("区政府", "副秘书长"),
    ],
)
def test_a_post_that_others_hold_beside_is_none(organisation: str | None, title: str | None) -> None:
    assert not is_headship(organisation, title)


@pytest.mark.parametrize(
    ("note", "begin", "what", "day"),
    [
        ("试用期一年", "2031-03-01", "试用期", date(2032, 3, 1)),
        ("试用期半年", "2031-08-31", "试用期", date(2032, 2, 29)),
        ("试用期为6个月", "2031-03-01", "试用期", date(2031, 9, 1)),
        ("聘期三年", "2031-03-01", "聘期", date(2034, 3, 1)),
        ("挂职两年", "2031-03-01", "挂职", date(2033, 3, 1)),
    ],
)
def test_a_note_gives_a_post_for_a_time(note: str, begin: str, what: str, day: date) -> None:
    assert ends(note, begin) == (what, day)


@pytest.mark.parametrize(
    ("note", "begin"),
    [("挂职", "2031-03-01"), ("兼", "2031-03-01"), ("试用期一年", "2031-03"), ("试用期", "2031-03-01")],
)
def test_a_note_without_a_length_of_time_or_a_day_gives_none(note: str, begin: str) -> None:
    assert ends(note, begin) is None


# ---- Two issues of the fictitious gazette ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(demo_gazette: Path) -> Any:
    return kg.build([demo_gazette, LATER])


def stood(graph: Any, kind: str, words: str) -> set[tuple[str, str, str]]:
    """Of the statements of a kind with these words: who, from when, until when."""
    rows = graph.query(f"""
        SELECT ?who ?begin ?end WHERE {{
          ?fact a gz:{kind} ; gz:memberName|gz:agentName|gz:personName|gz:organizationName ?who ; gz:during ?time .
          FILTER EXISTS {{ ?fact gz:groupName|gz:matter|gz:postTitle ?about FILTER(?about = "{words}") }}
          OPTIONAL {{ ?time time:hasBeginning/time:inXSDDate ?begin }}
          OPTIONAL {{ ?time time:hasEnd/time:inXSDDate ?end }}
        }}""")
    return {(row["who"], row["begin"] or "", row["end"] or "") for row in rows}


def test_a_seat_in_a_body_stands_from_its_roster_to_the_roster_without_it(both: Any) -> None:
    found = stood(both, "Membership", "青汀区全民阅读工作领导小组")
    assert ("麦冬", "2021-04-06", "2021-06-15") in found
    assert ("阮立程", "2021-04-06", "") in found, "a roster that names somebody again goes on with the same seat"
    assert ("苗青禾", "2021-06-15", "") in found


def test_a_duty_stands_until_it_passes_to_somebody_else_or_its_document_is_repealed(both: Any) -> None:
    assert stood(both, "Responsibility", "公报编辑") == {
        ("鲍一舟", "2021-04-02", "2021-06-10"),
        ("欧阳砚秋", "2021-06-10", ""),
    }
    assert stood(both, "Responsibility", "资金安排和监督检查") == {("区财政局", "2021-04-20", "2021-06-08")}


def test_an_office_stays_where_it_is_until_it_moves(both: Any) -> None:
    assert stood(both, "Seat", "青汀区全民阅读工作领导小组") == {
        ("区文化旅游委", "2021-04-06", "2021-06-15"),
        ("区图书馆", "2021-06-15", ""),
    }


def test_memberships_have_their_time_in_the_words_of_the_organisation_ontology(both: Any) -> None:
    (row,) = both.query("""SELECT (COUNT(*) AS ?n) WHERE {
        VALUES ?class { gz:PostHolding gz:Membership gz:Tenure }
        ?held a ?class ; gz:postTitle|gz:groupName ?of FILTER NOT EXISTS { ?held org:memberDuring/a time:Interval } }""")
    assert row["n"] == 0


def test_what_ended_a_tenure_is_shown_with_its_sentence(both: Any) -> None:
    rows = [row for row in both.query("tenures", name="文化旅游委") if row["person"] == "戚星辰"]
    (row,) = rows
    assert (row["start"], row["end"], row["quote"], row["endQuote"]) == (
        "2021-03-30",
        "2021-06-22",
        "任命戚星辰为区文化旅游委主任",
        "免去其区文化旅游委主任、区文物局局长职务",
    )
    assert (row["published"], row["document"], row["endDocument"]) == (
        "2021-05-10",
        "青汀府人〔2021〕3号",
        "青汀府人〔2021〕6号",
    )


def test_the_ledger_as_of_a_day_waits_for_what_comes_later(both: Any) -> None:
    def status(person: str, day: str) -> list[str]:
        return [row["status"] for row in both.query("tenures", name=person, day=day) if row["post"] in ("主任", "局长")]

    assert status("文静姝", "2021-06-21") == []
    assert status("文静姝", "2021-06-22") == ["在任"]
    assert status("廉清", "2021-06-21") == ["在任"]
    assert status("廉清", "2021-06-22") == ["已止"]


# ---- Cases that two issues do not have -------------------------------------------------------------------------------


def ledger(*notices: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    rows = Rows.of(ask(store_of(reading([line for lines in notices for line in lines])), "tenures")).objects()
    return [tuple(row[name] for name in ("person", "post", "status", "start", "seen", "end")) for row in rows]


def test_somebody_may_hold_a_post_twice() -> None:
    assert ledger(
        notice(1, "2031-01-05", change("岑望舒", "任", date="2031-01-05")),
        notice(2, "2031-02-05", change("岑望舒", "免", date="2031-02-05")),
        notice(3, "2031-03-05", change("岑望舒", "任", date="2031-03-05")),
    ) == [
        ("岑望舒", "局长", "已止", "2031-01-05", None, "2031-02-05"),
        ("岑望舒", "局长", "在任", "2031-03-05", None, None),
    ]


def test_a_nomination_is_no_holding_and_a_promotion_is() -> None:
    assert ledger(
        notice(1, "2031-01-05", change("岑望舒", "提名"), change("闻一苇", "晋升", "一级主任科员", date="2031-01-05"))
    ) == [("闻一苇", "一级主任科员", "在任", "2031-01-05", None, None)]


def test_a_successor_ends_a_headship_and_no_other_post() -> None:
    assert ledger(
        notice(
            1,
            "2031-01-05",
            change("岑望舒", "任", date="2031-01-05"),
            change("岑望舒", "任", "副局长", date="2031-01-05"),
        ),
        notice(
            2,
            "2031-02-05",
            change("闻一苇", "任", date="2031-02-05"),
            change("闻一苇", "任", "副局长", date="2031-02-05"),
        ),
    ) == [
        ("岑望舒", "副局长", "在任", "2031-01-05", None, None),
        ("岑望舒", "局长", "已止", "2031-01-05", None, "2031-02-05"),
        ("闻一苇", "副局长", "在任", "2031-02-05", None, None),
        ("闻一苇", "局长", "在任", "2031-02-05", None, None),
    ]


def test_a_removal_that_nothing_precedes_stands_alone() -> None:
    assert ledger(notice(1, "2031-01-05", change("岑望舒", "免", date="2031-01-05"))) == [
        ("岑望舒", "局长", "已止", None, None, "2031-01-05")
    ]


def test_a_document_without_a_date_gives_no_beginning() -> None:
    assert ledger(notice(1, "", change("岑望舒", "任"))) == [("岑望舒", "局长", "未知", None, None, None)]


def _issued(number: str, date: str, about: str, said: str) -> str:
    return f"# 甲县人民政府关于{about}的通知\n\n{number}\n\n各乡镇人民政府：\n\n{said}\n\n甲县人民政府\n{date}\n"


@pytest.mark.parametrize(
    ("repeal", "left"),
    [
        ("《甲县人民政府关于河道清理的通知》（甲政发〔2020〕1号）同时废止。", {"甲政发〔2021〕2号"}),
        ("《甲县人民政府关于河道清理的通知》同时废止。", {"甲政发〔2021〕2号"}),
        ("《甲县人民政府关于河道清理的通知》（甲政发〔2020〕1号）宣布失效。", {"甲政发〔2021〕2号"}),
        ("《甲县人民政府关于河道清理的通知》（甲政发〔2020〕1号）自本通知印发之日起废止。", {"甲政发〔2021〕2号"}),
        ("《甲县人民政府关于再次清理河道的通知》（甲政发〔2021〕2号）同时废止。", {"甲政发〔2020〕1号"}),
    ],
)
def test_a_repeal_leaves_what_another_document_says_as_well(tmp_path: Path, repeal: str, left: set[str]) -> None:
    duty = "县水利局负责清理河道垃圾。"
    for name, text in {
        "1.md": _issued("甲政发〔2020〕1号", "2020年1月5日", "河道清理", duty),
        "2.md": _issued("甲政发〔2021〕2号", "2021年1月5日", "再次清理河道", duty),
        "3.md": _issued("甲政发〔2021〕30号", "2021年6月5日", "废止部分文件", repeal),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    graph = kg.build([tmp_path])
    assert {task.doc for task in graph.ledger(as_of="2021-07-01").tasks} == left
    ended = "ASK { ?duty a gz:Responsibility ; gz:during/time:hasEnd ?end }"
    assert graph.query(ended) is False, "what another document says as well goes on"
    (tmp_path / "4.md").write_text(
        _issued(
            "甲政发〔2021〕31号",
            "2021年6月6日",
            "废止其余文件",
            f"《{next(iter(left))}》（{next(iter(left))}）同时废止。",
        ),
        encoding="utf-8",
    )
    graph = kg.build([tmp_path])
    assert not graph.ledger(as_of="2021-07-01").tasks
    assert graph.query(ended) is True, "the stretches of time know of every kind of repeal"
