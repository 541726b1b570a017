"""Every rule is proved by its own example and counter-example."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from cases import notice, reading_of

from kg.errors import KgError
from kg.extract import RULES
from kg.extract.rules import Rule

ABOUT = {"appointment": "appointment", "duty.division": "division"}


def rules_in(text: str, rule: Rule) -> set[str]:
    """The rules that read the text: by itself, and inside a notice of the sort that the rule is about."""
    about = ABOUT.get(rule.name, ABOUT.get(rule.name.partition(".")[0], ""))
    found: set[str] = set()
    for source in (text, notice(text, about)):
        with suppress(KgError):  # by itself it is no document
            found |= {fact.rule for fact in reading_of(source).facts}
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_its_example(rule: Rule) -> None:
    found = rules_in(rule.example, rule)
    assert rule.name in found, f"{rule.claim} {rule.example!r} gave only {sorted(found)}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_leaves_its_counter_example_alone(rule: Rule) -> None:
    # The notice around a text has a head of its own, and that is a document.
    frame = {fact.rule for fact in reading_of(notice("现就有关事项通知如下。")).facts}
    assert rule.name not in {fact.rule for fact in reading_of(notice(rule.counter)).facts} - frame


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_every_fact_names_a_listed_rule(demo_graph: Any) -> None:
    used = {fact["rule"] for fact in demo_graph.facts(full=True)}
    assert used <= {rule.name for rule in RULES}
