"""Which facts become one task of the ledger, and which stay apart: the joining rule as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from kg.ledger.joining import join
from kg.ledger.tasks import Part, Task, Term

DOC = "云泽府发〔2031〕5号"
BASE = "https://w3id.org/gongbao/id/"
WATER, MONEY, TOWNS = "区水务局", "区财政局", "各镇人民政府"


def said(kind: str, start: int, end: int, *, section: str = "二.（一）", **fields: Any) -> dict[str, Any]:
    """A fact, as ``kg.standing.told`` tells it."""
    graph, doc = fields.pop("graph", "source/1"), fields.pop("doc", DOC)
    words = str(fields.get("matter") or fields.get("task") or fields.get("subject") or fields.get("purpose") or kind)
    return {
        "kind": kind,
        "doc": doc,
        "graph": graph,
        "section": section,
        "spans": [[start, end]],
        "quote": fields.pop("quote", words),
        "rule": fields.pop("rule", f"{kind}.made"),
        "fact": f"{BASE}{kind}/{start}-{end}-{fields.get('agent', '')}-{words}",
        "things": {},
        **fields,
    }


def duty(start: int, end: int, agent: str, matter: str, role: str = "", **more: Any) -> dict[str, Any]:
    return said("duty", start, end, agent=agent, matter=matter, **({"role": role} if role else {}), **more)


def label(
    start: int, end: int, agents: Sequence[str], matter: str, role: str = "责任", **more: Any
) -> list[dict[str, Any]]:
    quote = f"{role}单位：{'、'.join(agents)}"
    return [duty(start, end, agent, matter, role, rule="duty.label", quote=quote, **more) for agent in agents]


def deadline(start: int, end: int, task: str, on: str = "", agent: str = "", **more: Any) -> dict[str, Any]:
    given = {"on": on, "agent": agent}
    return said("deadline", start, end, task=task, **{key: value for key, value in given.items() if value}, **more)


def target(start: int, end: int, subject: str, value: int, **more: Any) -> dict[str, Any]:
    return said("target", start, end, subject=subject, value=value, comparator=">=", unit="个", **more)


def fund(start: int, end: int, purpose: str, amount: int, **more: Any) -> dict[str, Any]:
    return said("fund", start, end, purpose=purpose, amount=amount, **more)


def term(fact: Mapping[str, Any]) -> Term | None:
    day = fact.get("on") or fact.get("by")
    if not day and not fact.get("every"):
        return None
    on = dt.date.fromisoformat(day) if day else None
    return Term(written=day or "", words=fact.get("task", ""), fact=fact, day=on, rule=fact.get("every", ""))


def joined(facts: Sequence[Mapping[str, Any]], heading: str = "修复湿地") -> list[Task]:
    return join(facts, term, lambda _: heading, {DOC: "通知"}, BASE)


def row(task: Task) -> tuple[str, str, str, str, int, int]:
    """Task, lead and answering, supporting and others, days, targets, funds."""
    first = "、".join(p.name for part in (Part.LEAD, Part.ANSWER) for p in task.named(part))
    second = "、".join(p.name for part in (Part.SUPPORT, Part.OTHER) for p in task.named(part))
    days = "、".join(str(t.day or t.rule) for t in task.terms)
    return task.text, first, second, days, len(task.targets), len(task.funds)


CASES: dict[str, tuple[list[dict[str, Any]], list[tuple[str, str, str, str, int, int]]]] = {
    "1 all whom a label names are one task": (
        label(90, 110, [WATER, MONEY, TOWNS], "修复湿地"),
        [("修复湿地", f"{WATER}、{MONEY}、{TOWNS}", "", "", 0, 0)],
    ),
    "1 two labels of one matter are one task, in two parts": (
        [*label(90, 100, [WATER], "修复湿地", "牵头"), *label(101, 120, [MONEY, TOWNS], "修复湿地", "配合")],
        [("修复湿地", WATER, f"{MONEY}、{TOWNS}", "", 0, 0)],
    ),
    "1 two matters in one section are two tasks": (
        [duty(10, 20, WATER, "清理河道"), duty(21, 30, WATER, "公布名单")],
        [("清理河道", WATER, "", "", 0, 0), ("公布名单", WATER, "", "", 0, 0)],
    ),
    "1 white space and punctuation make no other matter": (
        [duty(10, 20, WATER, "清理河道，公布名单"), duty(21, 30, MONEY, "清理河道、公布名单", "配合")],
        [("清理河道，公布名单", WATER, MONEY, "", 0, 0)],
    ),
    "2 a deadline that repeats the matter sets its date": (
        [duty(10, 20, WATER, "清理河道"), deadline(30, 40, "清理河道", "2031-06-30", WATER)],
        [("清理河道", WATER, "", "2031-06-30", 0, 0)],
    ),
    "2 a deadline without an agent belongs to what closes its passage": (
        [deadline(10, 30, "种下芦苇", "2031-06-30"), *label(90, 110, [WATER], "修复湿地", "牵头")],
        [("修复湿地：种下芦苇", WATER, "", "2031-06-30", 0, 0)],
    ),
    "2 a bracket closes only what stands behind the one before": (
        [
            deadline(10, 20, "种下芦苇", "2031-06-30"),
            duty(21, 30, WATER, "种芦苇", "负责", rule="duty.bracket"),
            deadline(40, 50, "放养鱼苗", "2031-09-30"),
            duty(51, 60, TOWNS, "放鱼苗", "负责", rule="duty.bracket"),
        ],
        [("种芦苇：种下芦苇", WATER, "", "2031-06-30", 0, 0), ("放鱼苗：放养鱼苗", TOWNS, "", "2031-09-30", 0, 0)],
    ),
    "2 a label before all it speaks of closes it where it is the only one": (
        [*label(5, 9, [WATER], "修复湿地"), deadline(10, 30, "种下芦苇", "2031-06-30")],
        [("修复湿地：种下芦苇", WATER, "", "2031-06-30", 0, 0)],
    ),
    "2 a deadline in the sentence of a duty of the same agent sets its date": (
        [duty(10, 40, WATER, "清理河道，种下芦苇"), deadline(20, 40, "种下芦苇", "2031-06-30", WATER)],
        [("清理河道，种下芦苇", WATER, "", "2031-06-30", 0, 0)],
    ),
    "2 a deadline of another agent is a task of its own": (
        [*label(90, 110, [WATER], "修复湿地", "牵头"), deadline(10, 30, "报送名单", "2031-06-30", TOWNS)],
        [("报送名单", TOWNS, "", "2031-06-30", 0, 0), ("修复湿地", WATER, "", "", 0, 0)],
    ),
    "2 a deadline in another section is a task of its own": (
        [*label(90, 110, [WATER], "修复湿地"), deadline(120, 130, "总结评估", "2031-12-31", section="三")],
        [("修复湿地", WATER, "", "", 0, 0), ("总结评估", "", "", "2031-12-31", 0, 0)],
    ),
    "2 one line an agent is one task": (
        [deadline(10, 30, "报送名单", "2031-06-30", agent) for agent in (WATER, TOWNS)],
        [("报送名单", f"{WATER}、{TOWNS}", "", "2031-06-30", 0, 0)],
    ),
    "3 two dates of one task are two rows with its agents": (
        [
            deadline(10, 20, "种下芦苇", "2031-06-30"),
            deadline(21, 30, "放养鱼苗", "2031-09-30"),
            *label(90, 110, [WATER], "修复湿地", "牵头"),
        ],
        [("修复湿地：种下芦苇", WATER, "", "2031-06-30", 0, 0), ("修复湿地：放养鱼苗", WATER, "", "2031-09-30", 0, 0)],
    ),
    "3 two dates of one clause are two rows": (
        [
            deadline(10, 30, "报送半年总结", "2031-06-15", WATER),
            deadline(10, 30, "报送年度总结", "2031-12-15", WATER),
        ],
        [("报送半年总结", WATER, "", "2031-06-15", 0, 0), ("报送年度总结", WATER, "", "2031-12-15", 0, 0)],
    ),
    "3 the task itself stays where more is said of it": (
        [
            deadline(10, 20, "种下芦苇", "2031-06-30"),
            deadline(21, 30, "放养鱼苗", "2031-09-30"),
            target(40, 50, "保洁员", 5),
            *label(90, 110, [WATER], "修复湿地"),
        ],
        [
            ("修复湿地：种下芦苇", WATER, "", "2031-06-30", 0, 0),
            ("修复湿地：放养鱼苗", WATER, "", "2031-09-30", 0, 0),
            ("修复湿地", WATER, "", "", 1, 0),
        ],
    ),
    "4 a target in the words of a matter belongs to it": (
        [
            duty(30, 40, WATER, "建成湿地公园不少于3个", rule="duty.bracket"),
            target(10, 20, "湿地公园", 3, quote="建成湿地公园不少于3个"),
        ],
        [("建成湿地公园不少于3个", WATER, "", "", 1, 0)],
    ),
    "4 targets of a passage belong to what closes it, with their date": (
        [
            target(10, 20, "湿地公园", 3, by="2031-12-31"),
            target(21, 30, "保洁员", 5, by="2031-12-31"),
            *label(90, 110, [WATER], "修复湿地"),
        ],
        [("修复湿地", WATER, "", "2031-12-31", 2, 0)],
    ),
    "4 a target of another agent is a task of its own": (
        [target(10, 20, "巡河次数", 2, agent=TOWNS), *label(90, 110, [WATER], "修复湿地")],
        [("巡河次数", TOWNS, "", "", 1, 0), ("修复湿地", WATER, "", "", 0, 0)],
    ),
    "4 dated targets of nobody are one task, named by the heading": (
        [target(10, 20, "湿地公园", 3, by="2031-12-31"), target(21, 30, "保洁员", 5, by="2031-12-31")],
        [("修复湿地", "", "", "2031-12-31", 2, 0)],
    ),
    "4 a target of nobody without a date is a standard and no task": ([target(10, 20, "面积", 300)], []),
    "5 a sum in the sentence of a task is its money": (
        [duty(10, 40, WATER, "清理河道"), duty(50, 60, TOWNS, "保洁"), fund(20, 30, "清理河道", 500000)],
        [("清理河道", WATER, "", "", 0, 1), ("保洁", TOWNS, "", "", 0, 0)],
    ),
    "5 a sum in a passage belongs to what closes it": (
        [fund(20, 30, "投资", 500000), *label(90, 110, [WATER], "修复湿地")],
        [("修复湿地", WATER, "", "", 0, 1)],
    ),
    "5 a sum belongs to the only task of who pays it": (
        [duty(10, 15, MONEY, "审核后支付"), duty(20, 25, WATER, "组织验收"), fund(40, 50, "尾款", 9, payer=MONEY)],
        [("审核后支付", MONEY, "", "", 0, 1), ("组织验收", WATER, "", "", 0, 0)],
    ),
    "5 any other sum is no task": ([fund(40, 50, "罚款", 500)], []),
    "6 what is said twice of the same agents is one task": (
        [duty(10, 20, WATER, "清理河道"), duty(210, 220, WATER, "清理河道", section="三")],
        [("清理河道", WATER, "", "", 0, 0)],
    ),
    "6 what is said in two sections of different agents is two tasks": (
        [duty(10, 20, WATER, "加强宣传"), duty(210, 220, TOWNS, "加强宣传", section="三")],
        [("加强宣传", WATER, "", "", 0, 0), ("加强宣传", TOWNS, "", "", 0, 0)],
    ),
    "6 one document in two sources is one document": (
        [duty(10, 20, WATER, "清理河道"), duty(510, 520, WATER, "清理河道", graph="source/2")],
        [("清理河道", WATER, "", "", 0, 0)],
    ),
    "the same words in two documents are two tasks": (
        [duty(10, 20, WATER, "清理河道"), duty(10, 20, WATER, "清理河道", doc="云泽府发〔2031〕6号")],
        [("清理河道", WATER, "", "", 0, 0), ("清理河道", WATER, "", "", 0, 0)],
    ),
    "a division of labour is no task": ([duty(10, 20, "唐九思", "水务", "分管", rule="duty.division")], []),
    "a role that is the verb of its matter is said with it": (
        [duty(10, 20, WATER, "各镇清理河道", "指导")],
        [("指导各镇清理河道", WATER, "", "", 0, 0)],
    ),
    "who guides stands aside where somebody answers": (
        [duty(10, 20, WATER, "清理河道", "负责"), duty(21, 30, MONEY, "清理河道", "监督")],
        [("清理河道", WATER, MONEY, "", 0, 0)],
    ),
    "agents stand in the order of the text": (
        label(10, 30, [TOWNS, MONEY, WATER], "修复湿地"),
        [("修复湿地", f"{TOWNS}、{MONEY}、{WATER}", "", "", 0, 0)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_facts_are_joined_to_tasks(name: str) -> None:
    facts, expected = CASES[name]
    assert [row(task) for task in joined(facts)] == expected


@pytest.mark.parametrize("name", CASES)
def test_the_order_in_which_facts_come_makes_no_difference(name: str) -> None:
    facts, _ = CASES[name]
    assert joined(facts[::-1]) == joined(facts)


@pytest.mark.parametrize("heading", ["工作目标", "总体要求", "主要任务", "保障措施", ""])
def test_a_heading_that_any_plan_has_names_no_task(heading: str) -> None:
    facts = [target(10, 20, "湿地公园", 3, by="2031-12-31"), target(21, 30, "保洁员", 5, by="2031-12-31")]
    assert [task.text for task in joined(facts, heading)] == ["湿地公园", "保洁员"]


def iris(facts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {task.text: task.iri for task in joined(facts)}


def test_the_iri_of_a_task_outlives_a_new_place_a_new_lead_and_a_new_date() -> None:
    facts = [deadline(10, 30, "种下芦苇", "2031-06-30"), *label(90, 110, [WATER], "修复湿地", "牵头")]
    changed = [
        deadline(1010, 1030, "种下芦苇", "2031-08-31", section="四.（二）", graph="source/2"),
        *label(1090, 1110, [TOWNS], "修复湿地", "牵头", section="四.（二）", graph="source/2"),
    ]
    assert iris(facts) == iris(changed)
    assert all(iri.startswith(f"{BASE}task/云泽府发〔2031〕5号/") for iri in iris(facts).values())


def test_no_task_takes_the_iri_of_another_that_comes_before_it_in_the_same_words() -> None:
    before = iris([duty(210, 220, TOWNS, "加强宣传", section="三")])
    tasks = joined([duty(10, 20, WATER, "加强宣传"), duty(210, 220, TOWNS, "加强宣传", section="三")])
    assert not set(before.values()) & {task.iri for task in tasks}


def test_a_second_date_takes_over_nothing_from_the_first() -> None:
    one = [deadline(30, 40, "放养鱼苗", "2031-09-30"), *label(90, 110, [WATER], "修复湿地")]
    two = [deadline(10, 20, "种下芦苇", "2031-06-30"), *one]
    assert not set(iris(one).values()) & set(iris(two).values())


def test_all_that_a_row_was_made_of_is_quoted_in_reading_order() -> None:
    (task,) = joined(
        [fund(20, 30, "投资", 5), *label(90, 110, [WATER], "修复湿地"), deadline(5, 9, "完工", "2031-01-31")]
    )
    assert task.quotes == ("完工", "投资", f"责任单位：{WATER}")
    assert task.evidence["quote"] == "完工"
