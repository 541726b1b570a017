"""Issues and documents: whole texts in, their own data out."""

from __future__ import annotations

from typing import Any

import pytest
from cases import facts_of, plain, reading_of

from kg.extract.documents import split_addressees

HEAD = "青汀府发〔2021〕8号\n\n沧屏市青汀区人民政府关于加强河道管理的通知\n\n各街道办事处、乡镇人民政府：\n\n"
TAIL = "\n\n沧屏市青汀区人民政府\n2021年5月10日\n"
ISSUE = f"沧屏市人民政府公报\n\n%s\n\n{HEAD}各单位要加强巡查。{TAIL}"


def whole(text: str, kind: str) -> list[dict[str, Any]]:
    """The facts of a kind in a text that is a source of its own."""
    facts = reading_of(text).facts
    return [{name: plain(value) for name, value in fact.values()} for fact in facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各街道办事处，各乡镇人民政府，有关单位", ("各街道办事处", "各乡镇人民政府", "有关单位")),
        ("各街道办事处、乡镇人民政府", ("各街道办事处", "各乡镇人民政府")),
        ("各镇人民政府、听潮街道办事处", ("各镇人民政府", "听潮街道办事处")),
        ("各乡镇、街道，区级各部门", ("各乡镇", "各街道", "区级各部门")),
        ("市政府各委、办、局，各有关单位", ("市政府各委、办、局", "各有关单位")),
        (
            "各市（州）、县（市、区）人民政府，省政府各部门、各直属机构",
            ("各市（州）、县（市、区）人民政府", "省政府各部门", "各直属机构"),
        ),
        ("各市、县、自治县人民政府", ("各市、县、自治县人民政府",)),
        ("各市（州）发展改革委、财政局", ("各市（州）发展改革委", "各市（州）财政局")),
        ("各乡镇党委、人民政府", ("各乡镇党委", "各乡镇人民政府")),
        ("市政府有关部门、单位", ("市政府有关部门", "市政府有关单位")),
        ("区规划自然资源局", ("区规划自然资源局",)),
    ],
)
def test_addressees(text: str, expected: tuple[str, ...]) -> None:
    assert split_addressees(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本通知自2021年6月1日起施行。", "2021-06-01"),
        ("本通知自发布之日起施行。", "2021-05-10"),
        ("七、本通告自印发之日起执行，有效期5年。", "2021-05-10"),
        ("本办法自公布之日起30日后施行。", "2021-06-09"),
        ("以上规定自二〇二一年七月一日起实施。", "2021-07-01"),
        ("新的收费标准从2021年6月1日起执行。", None),
        ("本市自2021年6月1日起执行夏季作息时间。", None),
    ],
)
def test_the_date_that_a_document_runs_from(text: str, expected: str | None) -> None:
    (document,) = facts_of(text, "document")
    assert document.get("effective") == expected


@pytest.mark.parametrize(
    ("mark", "public"),
    [
        ("（此件公开发布）", True),
        ("（此件主动公开）", True),
        ("公开方式：主动公开", True),
        ("（此件依申请公开）", False),
        ("（此件不予公开）", False),
        ("", False),
    ],
)
def test_whether_a_document_is_public(mark: str, public: bool) -> None:
    (document,) = whole(f"{HEAD}各单位要加强巡查。{TAIL}\n{mark}\n", "document")
    assert document.get("public", False) is public


def test_the_elements_of_a_notice() -> None:
    assert whole(f"{HEAD}各单位要加强巡查。{TAIL}", "document") == [
        {
            "title": "沧屏市青汀区人民政府关于加强河道管理的通知",
            "number": "青汀府发〔2021〕8号",
            "issuer": ["沧屏市青汀区人民政府"],
            "type": "通知",
            "date": "2021-05-10",
            "addressees": ["各街道办事处", "各乡镇人民政府"],
        }
    ]


def test_a_plan_behind_its_notice_is_a_document_of_its_own() -> None:
    notice = HEAD.replace("加强河道管理", "印发河道管理办法")
    text = f"{notice}现将《河道管理办法》印发给你们。{TAIL}\n河道管理办法\n（试行）\n\n第一条 本办法自2021年7月1日起施行。\n"
    assert whole(text, "document")[1:] == [
        {"title": "河道管理办法（试行）", "type": "办法", "effective": "2021-07-01", "part_of": "青汀府发〔2021〕8号"}
    ]


def test_a_table_behind_a_notice_is_none() -> None:
    text = f"{HEAD}请填写检查表。{TAIL}\n附件1\n\n河道巡查检查表\n\n一、堤防情况。\n"
    assert len(whole(text, "document")) == 1


def test_a_decree_is_known_by_its_serial_number() -> None:
    text = (
        "沧屏市人民政府令\n\n第31号\n\n《沧屏市供水办法》已经2021年3月9日市人民政府第8次常务会议通过，现予公布，自2021年6月1日起施行。\n\n"
        "市长 欧阳明\n\n2021年3月22日\n\n沧屏市供水办法\n\n第一条 为了加强供水管理，制定本办法。\n"
    )
    decree, rules = whole(text, "document")
    assert (decree["number"], decree["type"], decree["effective"]) == ("沧屏市人民政府令第31号", "令", "2021-06-01")
    assert decree["issuer"] == ["沧屏市人民政府"]
    assert rules["part_of"] == "沧屏市人民政府令第31号"


def test_a_joint_notice_has_several_issuers() -> None:
    text = (
        "岚川省水利厅\n岚川省财政厅\n岚川省交通厅\n关于印发《岚川省河道管理办法》的通知\n岚水规〔2021〕２号\n\n各市水利局、财政局：\n\n"
        "现将《岚川省河道管理办法》印发给你们。\n\n岚川省水利厅　　岚川省财政厅　　岚川省交通厅\n2021年4月12日\n"
    )
    (document,) = whole(text, "document")
    assert document["issuer"] == ["岚川省水利厅", "岚川省财政厅", "岚川省交通厅"]
    assert document["number"] == "岚水规〔2021〕2号"
    assert document["title"] == "岚川省水利厅岚川省财政厅岚川省交通厅关于印发《岚川省河道管理办法》的通知"


@pytest.mark.parametrize(
    ("masthead", "expected"),
    [
        (
            "（双月刊） 2021年第2期 （总第58期）\n\n主管单位：沧屏市人民政府\n\n主 办：沧屏市人民政府办公室\n\n出版日期：2021年5月10日",
            {"number": "2021年第2期", "total_number": "总第58期", "date": "2021-05-10", "supervisor": "沧屏市人民政府"}
            | {"sponsor": "沧屏市人民政府办公室"},
        ),
        (
            "2021 年第 6 期\n\n（总第212期）\n\n2021年6月15日出版\n\n沧屏市人民政府主管主办",
            {"number": "2021年第6期", "total_number": "总第212期", "date": "2021-06-15", "supervisor": "沧屏市人民政府"}
            | {"sponsor": "沧屏市人民政府"},
        ),
        (
            "第4期(总第31期)  2021年4月30日\n\n主管：沧屏市人民政府  主办：沧屏市人民政府办公室  编辑出版：公报编辑室",
            {"number": "第4期", "total_number": "总第31期", "date": "2021-04-30", "supervisor": "沧屏市人民政府"}
            | {"sponsor": "沧屏市人民政府办公室", "publisher": "公报编辑室"},
        ),
    ],
)
def test_the_masthead_of_an_issue(masthead: str, expected: dict[str, str]) -> None:
    assert whole(ISSUE % masthead, "issue") == [{"title": "沧屏市人民政府公报", **expected}]


@pytest.mark.parametrize(
    ("masthead", "expected"),
    [
        ("沧屏市人民政府主管　沧屏市人民政府办公室主办", ("沧屏市人民政府", "沧屏市人民政府办公室")),
        ("主管主办：沧屏市人民政府办公室", ("沧屏市人民政府办公室", "沧屏市人民政府办公室")),
    ],
)
def test_who_supervises_and_sponsors_may_stand_on_one_line(masthead: str, expected: tuple[str, str]) -> None:
    (issue,) = whole(ISSUE % f"2021年第2期\n\n{masthead}", "issue")
    assert (issue["supervisor"], issue["sponsor"]) == expected


def test_an_editorial_board_has_the_name_that_is_printed_and_ends_where_the_contents_begin() -> None:
    board = (
        "编 委 会\n总 编 辑：何　平\n副总编辑：古丽娜尔·吐尔逊　陆　远\n编　　辑：阿里木·买买提　方小舟\n\n目　次\n\n"
        "沧屏市人民政府关于做好春耕工作的通知……3"
    )
    seats = whole(ISSUE % f"2021年第2期\n\n{board}", "member")
    assert {seat["group"] for seat in seats} == {"编委会"}
    assert [(seat["role"], seat["member"]) for seat in seats] == [
        ("总编辑", "何平"),
        ("副总编辑", "古丽娜尔·吐尔逊"),
        ("副总编辑", "陆远"),
        ("编辑", "阿里木·买买提"),
        ("编辑", "方小舟"),
    ]


def test_a_lone_notice_is_no_issue() -> None:
    assert whole(f"{HEAD}各单位要加强巡查。{TAIL}", "issue") == []
