"""Amounts: text in; value, unit and comparator out."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kg.grammar.amounts import find_amounts, find_ratios


def read(text: str) -> list[str]:
    """comparator value unit, one an amount."""
    return [f"{a.comparator} {a.value} {a.unit}".strip() for a in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("奖励人民币10000元（大写：壹万圆整）", ["= 10000 元"]),
        ("奖励壹万圆整", ["= 10000 元"]),
        ("补助三万五千元", ["= 35000 元"]),
        ("计划完成投资1.9亿元", ["= 190000000 元"]),
        ("产值突破2.5万亿元", ["> 2500000000000 元"]),
        ("处5000元以上5万元以下的罚款", [">= 5000 元", "<= 50000 元"]),
        ("补助100—200元", [">= 100 元", "<= 200 元"]),
        ("培育3-5家平台", [">= 3 家", "<= 5 家"]),
        ("最高不超过20万元", ["<= 200000 元"]),
        ("年度累计补助额度最高100万元", ["<= 1000000 元"]),
        ("不超过实际投资额5%", ["<= 5 %"]),
        ("按融资额的2‰给予补助", ["= 2 ‰"]),
        ("占比百分之五十以上", [">= 50 %"]),
        ("建成4万个以上基站", [">= 40000 个"]),
        ("年服务人次达到5000以上的", [">= 5000"]),
        ("周边10个左右站点", ["~ 10 个"]),
        ("约12万元", ["~ 120000 元"]),
        ("培训11300余人", ["~ 11300 人"]),
        ("不少于三名", [">= 3 名"]),
        ("至少30名主管、100名护理员、30名院长", [">= 30 名", ">= 100 名", ">= 30 名"]),
        ("最高500万元（国家级）、100万元（省级）", ["<= 5000000 元", "<= 1000000 元"]),
        ("超500件、新增3个", ["> 500 件", "= 3 个"]),
        ("不低于50万元（含50万元），且不超过1000万元（含1000万元）", [">= 500000 元", "<= 10000000 元"]),
        ("投入1,250.5万元", ["= 12505000 元"]),
        ("收入过200亿元的集群", ["> 20000000000 元"]),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2021年5月10日",
        "第3条",
        "〔2021〕5号",
        "电话：55501190",
        "按7:3分担",
        "延时开放至21时30分",
        "多元化发展",
        "1元旦",
        "附件2",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert [amount for amount in find_amounts(text) if amount.unit != "日"] == []


def test_the_best_court_is_no_bound() -> None:
    assert read("最高人民法院发布5件案例") == ["= 5 件"]


def test_a_stroke_says_for_each_of_what() -> None:
    assert find_amounts("收割机15000元/台")[0].per == "台"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由市财政、区财政按7:3分担", [("0.7", "0.3")]),
        ("按6：3：1的比例分担", [("0.6", "0.3", "0.1")]),
        ("比分为3:1", []),
    ],
)
def test_ratios(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [shares for _, _, shares in find_ratios(text)] == [tuple(map(Decimal, shares)) for shares in expected]


@pytest.mark.parametrize(
    "text",
    ["一二三" * 20_000 + "元", "1" * 40_000, "（" * 20_000 + "5元", "至少" * 20_000 + "5个", "，" * 40_000 + "5%"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    find_amounts(text)
    assert time.perf_counter() - start < 2
