"""Targets: text in; numbers to be reached out."""

from __future__ import annotations

import pytest
from cases import facts_of, reading_of

from kg.extract import target_tables, targets
from kg.extract.rules import Rule
from kg.model import Target


def told(text: str) -> list[str]:
    """subject comparator value unit by, one a target."""
    return [
        " ".join(str(t[name]) for name in ("subject", "comparator", "value", "unit", "by") if name in t)
        for t in facts_of(text, "target")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "到2022年，城市设施运营率达到90%以上，农村达标率达到60%。",
            ["城市设施运营率 >= 90 % 2022", "农村达标率 = 60 % 2022"],
        ),
        ("服务中心建筑面积原则上不低于1500平方米。", ["服务中心建筑面积 >= 1500 平方米"]),
        (
            "年销售收入首次突破1000万元、2000万元的，分别奖励10万元、20万元。",
            ["年销售收入 > 10000000 元", "年销售收入 > 20000000 元"],
        ),
        ("到2025年，产值过100亿元的企业达到3家。", ["产值过100亿元的企业 = 3 家 2025"]),
        ("到2025年，技能人才总量达到2万名左右。", ["技能人才总量 ~ 20000 名 2025"]),
        ("现就抓好方案确定的146项工作任务通知如下。", []),
        ("到2023年，污水治理率较2020年提高10个百分点。", ["污水治理率较2020年提高 = 10 个百分点 2023"]),
        (
            "到2025年，灌溉水有效利用系数提高到0.56，用水量控制在3亿立方米以内。",
            ["灌溉水有效利用系数 = 0.56 2025", "用水量 <= 300000000 立方米 2025"],
        ),
        ("登记办理时间压缩至3个工作日内。", ["登记办理时间压缩至 <= 3 个工作日"]),
        (
            "（一）改造厕所。新建户用厕所2000座。\n\n完成时限：2021年11月底",
            ["新建户用厕所 = 2000 座 2021-11-30"],
        ),
        ("各镇乡每季度开展1次自查。", []),
        ("到2025年底前，全区首批100个示范社区全面建成。", ["全区首批示范社区全面建成 = 100 个 2025-12-31"]),
        ("到2027年底前，确保50%的社区建成服务综合体。", ["社区建成服务综合体 = 50 % 2027-12-31"]),
        ("将公示时间由45天压缩为20天。", ["将公示时间由45天压缩 = 20 天"]),
        ("力争全社会研发投入强度达到2.95%。", ["全社会研发投入强度 = 2.95 %"]),
        ("每个村至少布局1个互助养老点。", ["每个村布局互助养老点 >= 1 个"]),
        ("到2023年，培育制茶能手200名、评茶员100名。", ["培育制茶能手 = 200 名 2023", "培育评茶员 = 100 名 2023"]),
        ("培训至少30名主管、100名护理员。", ["培训主管 >= 30 名", "培训护理员 >= 100 名"]),
        (
            "首批拟聘用专员51人，其中：资深专员11人、金牌专员15人。",
            ["首批拟聘用专员 = 51 人", "资深专员 = 11 人", "金牌专员 = 15 人"],
        ),
        ("新建标准茶园1.2万亩，改造低产茶园3万亩。", ["新建标准茶园 = 12000 亩", "改造低产茶园 = 30000 亩"]),
        ("运营单位的凭证保存期限不少于3年。", ["运营单位的凭证保存期限 >= 3 年"]),
        ("到2025年，建成服务平台3—5家。", ["建成服务平台 >= 3 家 2025", "建成服务平台 <= 5 家 2025"]),
        ("将审评时限压缩至40个工作日以内。", ["将审评时限压缩至 <= 40 个工作日"]),
        ("到2023年，全区消费额达到30亿元。", ["全区消费额 = 3000000000 元 2023"]),
        ("支持年销售收入不超过2000万元的科技型企业。", ["支持年销售收入科技型企业 <= 20000000 元"]),
    ],
)
def test_numbers_to_reach(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "对4个方面、19个重点领域的60项重点内容逐一对照检查。",
        "2020年，全区新建改建服务站12个，达标率为95%。",
        "截至2020年底，全区建成服务站12个。",
        "审计发现4类17个问题。",
        "区财政按照每人每月200元的标准给予补贴。",
        "改造资金由区财政承担30%。",
        "区民政局应当自收到申请之日起10个工作日内完成初审。",
        "从群众来信的132件建议中选定了8件。",
        "老年人口较少的社区可与其他社区统筹布局1个服务站。",
        "坚持一村一品、一企一策。",
        "由区水利局等5个部门负责。",
        "2020年，灌溉水有效利用系数提高到了0.55。",
        "滑坡体积超过10万立方米的，由区地灾指挥部组织抢险。",
    ],
)
def test_what_is_no_target(text: str) -> None:
    assert told(text) == []


def test_what_a_notice_of_audit_tells_is_no_target() -> None:
    title = "# 沧屏市青汀区人民政府关于食堂采购审计结果的通报\n\n青汀府发〔2021〕98号\n\n"
    text = (
        title
        + "各街道办事处：\n\n抽查学校31所，延伸调查企业6家。各校食堂面积应当不少于80平方米。\n\n沧屏市青汀区人民政府\n2021年5月10日\n"
    )
    assert [float(fact.value) for fact in reading_of(text).facts if isinstance(fact, Target)] == [80]


def test_a_phase_hands_on_its_end() -> None:
    found = facts_of("（一）试点阶段（2021年6月—9月）。\n\n确立试点企业10个。", "target")
    assert [(t["subject"], t["value"], t["by"]) for t in found] == [("确立试点企业", 10, "2021-09")]


def test_who_must_reach_it() -> None:
    (target,) = facts_of("区商务委每年组织企业参加展会不少于4场次。", "target")
    assert (target["agent"], target["value"], target["unit"]) == ("区商务委", 4, "场次")


def test_the_means_are_no_agent() -> None:
    (target,) = facts_of("2021年使用部分帮扶资金组织开展护林技能培训不少于60人次。", "target")
    assert "agent" not in target
    assert target["subject"] == "开展护林技能培训"


SHARED_OUT = (
    "2021年公路养护目标任务分解表\n\n单位：{unit}\n\n| 序号 | 乡镇 | 新建 | 改造 | 备注 |\n| --- | --- | --- | --- | --- |\n"
    "| 1 | 柳溪镇 | 12 | 30 | |\n| 2 | 桐山乡 | 8 | — | |\n| 合计 | | 20 | 30 | |"
)


def test_a_table_of_figures_says_who_reaches_what() -> None:
    found = facts_of(SHARED_OUT.format(unit="公里"), "target")
    assert [(t["agent"], t["subject"], t["value"], t["unit"], t["by"]) for t in found] == [
        ("柳溪镇", "新建公路养护", 12, "公里", "2021"),
        ("桐山乡", "新建公路养护", 8, "公里", "2021"),
        ("柳溪镇", "改造公路养护", 30, "公里", "2021"),
    ]


def test_a_table_of_figures_that_says_no_aim_or_no_unit_gives_none() -> None:
    assert told(SHARED_OUT.format(unit="公里").replace("目标任务分解表", "完成情况表")) == []
    assert told(SHARED_OUT.format(unit="公里").replace("单位：公里", "")) == []


def test_a_table_of_indicators_says_what_is_reached_in_the_years_to_come() -> None:
    text = (
        "主要指标\n\n| 序号 | 指标名称 | 单位 | 2020年 | 2025年目标 | 属性 |\n|---|---|---|---|---|---|\n"
        "| 1 | 粮食产量 | 万吨 | 30.2 | 35 | 约束性 |\n| 2 | 公路列养率 | % | 90 | ≥98 | 预期性 |\n"
        "| 3 | 河湖水质达标率 | | 90% | 95%以上 | 预期性 |"
    )
    assert told(text) == [
        "粮食产量 = 350000 吨 2025",
        "公路列养率 >= 98 % 2025",
        "河湖水质达标率 >= 95 % 2025",
    ]


@pytest.mark.parametrize("rule", [*targets.RULES, *target_tables.RULES], ids=lambda rule: rule.name)
def test_rules(rule: Rule) -> None:
    assert facts_of(rule.example, "target")
    assert not facts_of(rule.counter, "target")
