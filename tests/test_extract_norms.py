"""Permissions and prohibitions: text in; who may do what, and who must not, out."""

from __future__ import annotations

import pytest
from cases import facts_of


def norms(text: str) -> list[str]:
    return [f"{norm['agent']} {norm['modality']} {norm['matter']}" for norm in facts_of(text, "norm")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区民政局可以委托第三方机构开展评估。", ["区民政局 可以 委托第三方机构开展评估"]),
        ("区民政局、区财政局有权调阅有关资料。", ["区民政局 可以 调阅有关资料", "区财政局 可以 调阅有关资料"]),
        ("各有关部门一律不得截留补助资金。", ["各有关部门 不得 截留补助资金"]),
        ("区民政局应当专款专用，不得截留补助资金。", ["区民政局 不得 截留补助资金"]),
        (
            "区民政局应当专款专用，严禁挤占挪用，可以委托银行代发。",
            ["区民政局 不得 挤占挪用", "区民政局 可以 委托银行代发"],
        ),
        ("区民政局应当做到群众满意率不得低于90%。", []),  # a target
        ("补助资金不得截留。", []),  # nobody is named
        ("区民政局应当加强管理，补助资金不得截留。", []),  # the subject has changed
        ("区民政局负责推进可持续发展。", []),
        ("由服务专员所在单位提出申请，可将企业剔除出名单。", []),  # 所在单位 is one word
        ("区民政局提出申请，经区政府核实后，可将企业剔除出名单。", []),  # who of the two acts is not said
        ("区民政局应当专款专用。评估可以采取多种方式。", []),
    ],
)
def test_norms(text: str, expected: list[str]) -> None:
    assert norms(text) == expected


def test_what_must_be_done_is_a_duty_and_what_must_not_is_none() -> None:
    text = "区民政局应当专款专用，不得截留补助资金。"
    assert all("不得" not in duty["matter"] or "应当" not in duty["matter"] for duty in facts_of(text, "duty"))
