"""Posts, members, seats, stand-ins and appointments: text in, facts out."""

from __future__ import annotations

from typing import Any

import pytest
from cases import facts_of

Facts = list[dict[str, Any]]


def posts(*rows: str) -> Facts:
    """person org title [note], one a row; - where there is none."""
    found = []
    for row in rows:
        values = dict(zip(("person", "org", "title", "note"), row.split(), strict=False))
        found.append({name: value for name, value in values.items() if value != "-"})
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("组 长：何 平 区政府副区长", posts("何平 区政府 副区长")),
        (
            "成 员：陆 远 区公安局党委委员、交巡警支队支队长",
            posts("陆远 区公安局 党委委员", "陆远 区公安局交巡警支队 支队长"),
        ),
        (
            "成 员：陆 远（区委办公室副主任、区委农村工委副书记）",
            posts("陆远 区委办公室 副主任", "陆远 区委农村工委 副书记"),
        ),
        (
            "成 员：陆 远 区委办公室副主任、区委\n\n农村工委副书记",
            posts("陆远 区委办公室 副主任", "陆远 区委农村工委 副书记"),
        ),
        ("成 员：陆 远 区财政局局长 方小舟 区水利局副局长", posts("陆远 区财政局 局长", "方小舟 区水利局 副局长")),
        ("成 员：陆远区财政局局长", posts("陆远 区财政局 局长")),
        ("成 员：陆 远 区市场监管局（区知识产权局）局长", posts("陆远 区市场监管局（区知识产权局） 局长")),
        ("成 员：陆 远（区财政局）", posts("陆远 区财政局")),
        ("成 员：陆 远（女）", []),
        (
            "何平同志（区政府办公室党组成员、副主任〔挂职〕）",
            posts("何平 区政府办公室 党组成员", "何平 区政府办公室 副主任 挂职"),
        ),
        ("阿里木·买买提同志（区民宗委副主任）", posts("阿里木·买买提 区民宗委 副主任")),
        ("请联系区委常委、区政府常务副区长欧阳明同志。", posts("欧阳明 区委 常委", "欧阳明 区政府 常务副区长")),
        ("由区林业局副局长陆远同志兼任办公室主任。", posts("陆远 区林业局 副局长")),
        ("成立领导小组，由县委书记、县长陆远任组长。", posts("陆远 县委 书记", "陆远 县政府 县长")),
        ("授予陆远（区水文站助理工程师）先进个人称号。", posts("陆远 区水文站 助理工程师")),
        (
            "表彰陆远（区水文站助理工程师）、方小舟（镇卫生院院长）。",
            posts("陆远 区水文站 助理工程师", "方小舟 镇卫生院 院长"),
        ),
        ("向陆远同志学习。", []),
    ],
)
def test_posts(text: str, expected: Facts) -> None:
    assert facts_of(text, "post") == expected


FOUNDED = "决定成立全区防汛工作领导小组。\n\n"


def members(*rows: str, group: str = "全区防汛工作领导小组") -> Facts:
    return [{"group": group, "member": row.split()[0], "role": row.split()[1]} for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOUNDED + "组 长：何 平\n\n副组长：陆 远 方小舟", members("何平 组长", "陆远 副组长", "方小舟 副组长")),
        (FOUNDED + "成员：何平、陆远、方小舟", members("何平 成员", "陆远 成员", "方小舟 成员")),
        (FOUNDED + "副组长：刘印蒋斌", members("刘印 副组长", "蒋斌 副组长")),
        (FOUNDED + "成员单位：区民政局、财政局", members("区民政局 成员单位", "财政局 成员单位")),
        (
            "成立由分管副区长任组长的全区防汛工作领导小组，负责统筹协调。",
            members("分管副区长 组长"),
        ),
        (
            "建立全区防汛工作联席会议，由区政府分管副区长为总召集人，区水利局、区应急局主要负责人为副召集人。",
            members(
                "区政府分管副区长 总召集人",
                "区水利局主要负责人 副召集人",
                "区应急局主要负责人 副召集人",
                group="全区防汛工作联席会议",
            ),
        ),
        (
            FOUNDED + "领导小组办公室设在区水利局，由陆远同志兼任办公室主任，何平、方小舟同志兼任办公室副主任。",
            members("陆远 主任", "何平 副主任", "方小舟 副主任", group="全区防汛工作领导小组办公室"),
        ),
        ("责任单位：区民政局、区财政局", []),
        ("任何单位和个人不得占用消防通道。", []),
    ],
)
def test_members(text: str, expected: Facts) -> None:
    assert facts_of(text, "member") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOUNDED + "领导小组办公室设在区水利局，负责日常工作。", ["区水利局"]),
        (FOUNDED + "领导小组下设办公室于区水利局。", ["区水利局"]),
        (FOUNDED + "领导小组下设办公室，办公室设在区水利局。", ["区水利局"]),
        (FOUNDED + "领导小组办公室的日常工作设在区水利局。", ["区水利局"]),
        ("服务窗口设在区政务服务中心。", []),
    ],
)
def test_seats(text: str, expected: list[str]) -> None:
    assert [seat["org"] for seat in facts_of(text, "seat")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AB角：何 平—李 文", ["何平李文"]),
        ("AB角：何国平一张富\n\n李 文一陆 远", ["何国平张富", "李文陆远"]),
        ("AB角：欧阳砚—鲍一舟—严朔", ["欧阳砚鲍一舟", "欧阳砚严朔", "鲍一舟严朔"]),
        ("何平与李文互为AB角。", ["何平李文"]),
        ("实行AB角制度，确保工作不断档。", []),
    ],
)
def test_stand_ins(text: str, expected: list[str]) -> None:
    assert sorted(pair["a"] + pair["b"] for pair in facts_of(text, "stand_in")) == sorted(expected)


def acts(*rows: str) -> Facts:
    found = []
    for row in rows:
        values = dict(zip(("person", "action", "org", "title", "note"), row.split(), strict=False))
        found.append({key: value for key, value in values.items() if value != "-"} | {"date": "2021-05-10"})
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任命何平为区财政局副局长。", acts("何平 任 区财政局 副局长")),
        ("任命何平同志为区财政局局长、党组书记；", acts("何平 任 区财政局 局长", "何平 任 区财政局 党组书记")),
        ("何平同志任区财政局副局长（试用期一年）。", acts("何平 任 区财政局 副局长 试用期一年")),
        ("何平、李文任区财政局副局长。", acts("何平 任 区财政局 副局长", "李文 任 区财政局 副局长")),
        (
            "任命何平为区文化旅游委主任，兼任区文物局局长。",
            acts("何平 任 区文化旅游委 主任", "何平 任 区文物局 局长 兼"),
        ),
        (
            "任命何平为区水利局局长，免去其区应急局副局长职务。",
            acts("何平 任 区水利局 局长", "何平 免 区应急局 副局长"),
        ),
        ("免去李文的区教委副主任职务。", acts("李文 免 区教委 副主任")),
        ("李文不再担任区教委副主任职务。", acts("李文 免 区教委 副主任")),
        (
            "聘任何平为区路桥公司总经理，解聘李文的区路桥公司总经理职务。",
            acts("何平 任 区路桥公司 总经理", "李文 免 区路桥公司 总经理"),
        ),
        ("免去周涛市公安局交通警察支队支队长职务。", acts("周涛 免 市公安局交通警察支队 支队长")),
        (
            "任命：\n\n何平为省水利厅副厅长；\n\n李文（女）为省审计厅总审计师。\n\n免去：\n\n陆远的省教育厅一级巡视员职级。",
            acts("何平 任 省水利厅 副厅长", "李文 任 省审计厅 总审计师", "陆远 免 省教育厅 一级巡视员"),
        ),
        (
            "何平任市医院院长（试用期一年，自2021年3月起计算）、党委副书记；",
            acts("何平 任 市医院 院长 试用期一年，自2021年3月起计算", "何平 任 市医院 党委副书记"),
        ),
        ("免去企业的登记费用。", []),
    ],
)
def test_appointments(text: str, expected: Facts) -> None:
    found = facts_of(text, "appointment", "appointment")
    assert in_order(found) == in_order(expected)


def in_order(facts: Facts) -> list[str]:
    return sorted(str(sorted(fact.items())) for fact in facts)
