"""Funds: text in; sums and shares of money out."""

from __future__ import annotations

import time

import pytest
from cases import facts_of, notice, reading_of

from kg.extract import funds
from kg.extract.rules import Rule


def told(text: str) -> list[str]:
    """comparator amount-or-share per, one a fund."""
    return [
        " ".join(
            str(part) for part in (f["comparator"], f.get("amount", f.get("share")), f.get("per")) if part is not None
        )
        for f in facts_of(text, "fund")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("奖励人民币10000元（大写：壹万圆整）。", ["= 10000"]),
        ("对单位处5000元以上5万元以下的罚款。", [">= 5000", "<= 50000"]),
        (
            "年销售收入首次突破1000万元、2000万元、1亿元的，分别奖励10万元、20万元、50万元。",
            ["= 100000", "= 200000", "= 500000"],
        ),
        ("年度研发投入达到1000万元以上且占营业收入比例不低于3%的企业，按研发投入的5%给予奖补。", ["= 0.05"]),
        ("到2025年，纳税过1亿元的企业达到30家。", []),
        ("每年安排1000万元的专项资金奖励企业。", ["= 10000000 每年"]),
        ("对每个社区服务站补助20万元。", ["= 200000 每个社区服务站"]),
        ("区财政按照每人每月200元的标准给予补贴。", ["= 200 每人每月"]),
        ("每亩补助1500元，改造茶园600元/亩。", ["= 1500 每亩", "= 600 每亩"]),
        ("分别给予最高500万元（国家级）、100万元（省级）的支持。", ["<= 5000000", "<= 1000000"]),
        ("按照实际租金的60%给予补贴，每年不超过1.2万元。", ["= 0.6", "<= 12000 每年"]),
        ("按实际融资额的2‰给予补助，每家企业每年补助额最高100万元。", ["= 0.002", "<= 1000000 每家企业每年"]),
        ("改造资金由区财政承担30%，市场开办者承担70%。", ["= 0.3", "= 0.7"]),
        ("维修费用由区财政、镇乡财政按7:3分担。", ["= 0.7", "= 0.3"]),
        ("将公益金区级留存部分80%以上用于设施建设。", [">= 0.8"]),
        ("项目总投资6800万元，其中企业自筹不低于70%。", ["= 68000000", ">= 0.7"]),
        ("公共充电端口的服务费每千瓦时不超过0.6元。", ["<= 0.6 每千瓦时"]),
        ("到2023年，茶叶综合产值突破25亿元。", ["> 2500000000"]),
    ],
)
def test_sums_and_shares(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "支持年销售收入不超过2000万元的科技型企业。",
        "培育5个以上收入过200亿元的产业集群。",
        "养老服务设施运营率达到90%以上。",
        "全社会研发经费投入占GDP的比重达5.5%。",
        "联系电话：55501190。",
    ],
)
def test_what_is_no_fund(text: str) -> None:
    assert told(text) == []


def test_who_pays_whom_for_what() -> None:
    (fund,) = facts_of("对新认定的龙头企业，由区财政一次性奖励20万元。", "fund")
    assert fund == {
        "amount": 200000,
        "comparator": "=",
        "payer": "区财政",
        "payee": "新认定的龙头企业",
        "purpose": "新认定的龙头企业，一次性奖励",
    }


def test_use_is_purpose_and_pool_is_payer() -> None:
    (fund,) = facts_of("将公益金区级留存部分80%以上用于养老服务设施建设。", "fund")
    assert (fund["payer"], fund["purpose"]) == ("公益金区级留存部分", "养老服务设施建设")


def test_who_is_fined_pays() -> None:
    (fund,) = facts_of("对个人处500元以下的罚款。", "fund")
    assert (fund["payer"], fund.get("payee")) == ("个人", None)


def test_parties_of_a_ratio() -> None:
    found = facts_of("维修费用由区财政、镇乡财政按7:3分担。", "fund")
    assert [(fund["payer"], fund["purpose"]) for fund in found] == [("区财政", "维修费用"), ("镇乡财政", "维修费用")]


@pytest.mark.parametrize("rule", funds.RULES, ids=lambda rule: rule.name)
def test_rules(rule: Rule) -> None:
    assert facts_of(rule.example, "fund")
    assert not facts_of(rule.counter, "fund")


@pytest.mark.parametrize(
    "text", ["由区财政" * 2_000 + "5万元。", "对" * 5_000 + "补助5万元。", "区、" * 5_000 + "5元。"]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    facts_of(text, "fund")
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "对新认定的国家级、省级、市级实验室，分别给予200万元、50万元、10万元奖励。",
            ["新认定的国家级实验室", "新认定的省级实验室", "新认定的市级实验室"],
        ),
        ("对获评三星级、四星级的民宿，分别奖励3万元、5万元。", ["获评三星级的民宿", "获评四星级的民宿"]),
        ("企业首次认定为高新技术企业的，一次性资助30万元。", ["企业"]),
        ("首次升规的工业企业，奖励10万元。", ["首次升规的工业企业"]),
        ("对租用厂房的企业，按每平方米每月10元给予租金补贴，单个企业每年最高50万元。", ["租用厂房的企业"] * 2),
        ("扶持茶家民宿，每户给予补贴500元。", [None]),
    ],
)
def test_who_is_paid(text: str, expected: list[str | None]) -> None:
    assert [fund.get("payee") for fund in facts_of(text, "fund")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年区级预算安排专项资金1500万元。", ["区级预算"]),
        ("中央和省级补助资金按每座1000元安排。", ["中央和省级"]),
        ("奖补资金由市、县两级财政按4:6比例分担。", ["市级财政", "县级财政"]),
        (
            "总投资2.3亿元，其中申请上级补助1.2亿元、县区配套0.8亿元、社会资本0.3亿元。",
            [None, "上级", "县区", "社会资本"],
        ),
    ],
)
def test_who_pays(text: str, expected: list[str]) -> None:
    assert [fund.get("payer") for fund in facts_of(text, "fund")] == expected


def test_what_is_paid_for_stands_under_its_heading() -> None:
    (fund,) = facts_of("（一）支持创新平台建设。对通过验收的研究中心，每家补助15万元。", "fund")
    assert fund["purpose"] == "支持创新平台建设：通过验收的研究中心，补助"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("奖励人民币10000元（大写：贰万圆整）。", ["10000元（大写：贰万圆"]),
        ("奖励人民币1万元（大写：壹万圆整）。", []),
        ("安排资金1500万元（大写：壹仟伍佰万元整）。", []),
    ],
)
def test_a_sum_that_differs_in_figures_and_in_words_is_reported(text: str, reported: list[str]) -> None:
    left = [leftover for leftover in reading_of(notice(text)).leftovers if "in words" in leftover.reason]
    assert [leftover.text for leftover in left] == reported


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渠道维修费用由区财政补助50%，乡（镇）财政补助20%。", [("区财政", "-"), ("乡（镇）财政", "-")]),
        ("区财政投入1.2亿元，镇、乡和县（市）配套0.8亿元。", [("区财政", "-"), ("镇、乡和县（市）", "-")]),
        ("区财政下达防汛物资购置资金300万元。", [("区财政", "-")]),
        ("区水利局要将鉴定经费纳入预算，按每座800元的标准给予补助。", [("区水利局", "每座")]),
        ("企业可按年度融资费用的50%申请财政补助。", [("-", "-")]),
        ("每吸纳1名学徒就业，再补助500元。", [("-", "每吸纳1名学徒就业")]),
        ("给予每个先进集体工作经费5万元。", [("-", "每个先进集体")]),
    ],
)
def test_who_pays_and_for_each_of_what(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(fund.get("payer", "-"), fund.get("per", "-")) for fund in facts_of(text, "fund")]
    assert found == expected


def test_who_would_have_to_pay_else_is_paid_and_the_purpose_stands_before() -> None:
    text = "管护资金，山区镇由区财政承担80%、镇财政承担20%；其他镇由区财政承担60%、镇财政承担40%。"
    assert [(f["payer"], f["payee"], f["purpose"]) for f in facts_of(text, "fund")] == [
        ("区财政", "山区镇", "管护资金"),
        ("镇财政", "山区镇", "管护资金"),
        ("区财政", "其他镇", "管护资金"),
        ("镇财政", "其他镇", "管护资金"),
    ]


def test_what_is_needed_is_for_what_was_given_before() -> None:
    text = "对困难家庭，按照每人800元的标准发放取暖补贴，所需资金由区财政和镇财政按照7∶3的比例分担。"
    assert {f["purpose"] for f in facts_of(text, "fund") if "share" in f} == {"取暖补贴"}


def test_the_parts_of_a_total_are_for_what_it_is_for() -> None:
    text = "规划总投资约2亿元。其中，争取上级资金0.8亿元，区财政投入1.2亿元。"
    assert [f["purpose"] for f in facts_of(text, "fund")][1:] == ["规划总投资", "规划总投资"]


@pytest.mark.parametrize(
    ("text", "payee"),
    [
        ("新建托育站验收合格的，按照实际投入的40%给予一次性建设补助。", "新建托育站"),
        ("达到5000人次以上的，每年给予运营补助8万元。", None),
        ("发行公司债券、企业债券的，按照实际发行额的0.1%给予补助。", None),
    ],
)
def test_what_must_be_done_or_be_so_is_nobody_who_is_paid_nor_pays(text: str, payee: str | None) -> None:
    (fund,) = facts_of(text, "fund")
    assert (fund.get("payer"), fund.get("payee")) == (None, payee)
