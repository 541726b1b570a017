"""The ledger of the sample gazette is held against what a careful reader found in it, where that is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import existing

import kg
from kg.ledger import Ledger, Task
from kg.view.phrases import when

PLANS = ("办发〔2020〕36号", "办发〔2020〕38号", "办发〔2020〕48号", "办发〔2020〕49号")
LABELS = ("牵头", "责任")


@pytest.fixture(scope="module")
def gold(shared: Path) -> list[dict[str, Any]]:
    lines = existing(shared / "gold" / "wulong-2020-04.jsonl").read_text(encoding="utf-8").splitlines()
    return [fact for fact in map(json.loads, lines) if fact["doc"].endswith(PLANS)]


@pytest.fixture(scope="module")
def book(seeds: list[Path]) -> Ledger:
    return kg.build(seeds).ledger(as_of="2020-07-01")


def rows(book: Ledger, doc: str) -> list[Task]:
    return [task for task in book.tasks if task.doc == doc]


def test_whoever_leads_or_answers_behind_a_label_is_in_the_row_of_his_matter(
    book: Ledger, gold: list[dict[str, Any]]
) -> None:
    duties = [
        f for f in gold if f["kind"] == "duty" and f.get("role") in LABELS and f["quote"][2:4] in ("部门", "单位")
    ]
    assert duties
    missing = [
        (fact["doc"], fact["matter"], fact["agent"])
        for fact in duties
        if not any(
            task.text.startswith(fact["matter"]) and fact["agent"] in {party.name for party in task.parties}
            for task in rows(book, fact["doc"])
        )
    ]
    assert not missing
    matters = {(fact["doc"], fact["matter"]) for fact in duties}
    found = [task for task in book.tasks if (task.doc, task.section.partition(" ")[2]) in matters]
    named = {(task.doc, task.text) for task in found if (task.doc, task.text) in matters}
    assert named == matters, "each is one row, by its name"


def test_each_date_and_each_rhythm_of_a_plan_is_in_a_row_of_its_own(book: Ledger, gold: list[dict[str, Any]]) -> None:
    deadlines = [fact for fact in gold if fact["kind"] == "deadline" and not fact.get("within")]
    assert deadlines
    missing = []
    for fact in deadlines:
        said = [term for task in rows(book, fact["doc"]) for term in task.terms if when(term.fact) == when(fact)]
        if not said:
            missing.append((fact["doc"], when(fact), fact.get("task")))
    assert len(missing) <= 0.1 * len(deadlines), missing


def test_no_task_is_said_twice(book: Ledger) -> None:
    told = [
        (task.doc, task.text, tuple(p.name for p in task.parties), tuple(t.written for t in task.terms))
        for task in book.tasks
    ]
    assert len(told) == len(set(told))
    assert len({task.iri for task in book.tasks}) == len(book.tasks)
