"""What a store tells as facts is what the reading held, field by field; and a question takes no text for code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from invented import LINES, NOTICE, reading

from kg.errors import KgError
from kg.model import FACT_KINDS, Reading
from kg.query import Question, ask, facts, find, named, parse
from kg.rdf import derived, quads
from kg.store import Store


def stored(*readings: Reading) -> Store:
    return Store.of(line for whole in readings for line in (*quads(whole), *derived(whole)))


def told(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(facts(stored(reading(lines))))


def gold(line: dict[str, Any]) -> dict[str, Any]:
    """The line as it must come back: no white space in the quote, a bound where the text gives none."""
    bound = {"comparator": "="} if line["kind"] in ("fund", "target") else {}
    return {**bound, **line, "quote": "".join(line["quote"].replace("|", "").split())}


def test_every_kind_is_tried() -> None:
    assert {line["kind"] for line in LINES} == set(FACT_KINDS)
    for kind, cls in FACT_KINDS.items():
        tried = {field for line in LINES if line["kind"] == kind for field in line}
        assert set(cls.__dataclass_fields__) - {"evidence", "rule", "section"} <= tried | {"kind"}


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_a_fact_comes_back_as_it_was(kind: str) -> None:
    lines = [line for line in LINES if line["kind"] == kind]
    assert told(lines) == [gold(line) for line in lines]


def test_facts_come_back_in_the_order_of_the_source() -> None:
    assert told(LINES) == [gold(line) for line in LINES]


def test_nothing_need_be_known_of_parties_and_documents() -> None:
    assert list(facts(stored(reading(known={}, papers={})))) == [gold(line) for line in LINES]


def test_the_fields_stand_in_the_order_of_the_format() -> None:
    (line,) = told([line for line in LINES if line["kind"] == "issue"])
    assert list(line) == [
        "doc", "kind", "title", "number", "total_number", "date", "supervisor", "sponsor", "publisher", "quote",
    ]  # fmt: skip


def test_a_whole_number_is_an_int() -> None:
    numbers = [line.get("amount", line.get("share", line.get("value"))) for line in told(LINES)]
    assert [repr(number) for number in numbers if number is not None] == ["12500000", "0.5", "0.8", "62.5", "0"]


def test_a_list_keeps_its_order_and_what_it_repeats() -> None:
    line = {**LINES[1], "addressees": ["丙", "甲", "乙", "甲", '引"号\n、']}
    assert told([line])[0]["addressees"] == line["addressees"]


@pytest.mark.parametrize("text", ['" . <urn:x> "', "\\u0041\\", "a\tb\u2028c\x00", "<script>", "𠀀"])
def test_hostile_text_comes_back(text: str) -> None:
    line = {"doc": text, "kind": "duty", "agent": text, "matter": text, "quote": "原文"}
    assert told([line]) == [line]


def test_more_is_told_when_asked() -> None:
    line = next(line for line in LINES if line["kind"] == "duty")
    whole = reading([{**line, "quote": "牵头 单位:|区水\n务局"}])
    (fact,) = facts(stored(whole), full=True)
    assert fact["spans"] == [[span.start, span.end] for span in whole.facts[0].evidence.spans]
    assert (fact["source"], fact["section"], fact["rule"]) == ("栖云公报.txt", "一.（一）", "by_hand")
    assert fact["fact"].startswith(f"https://w3id.org/gongbao/id/duty/{NOTICE}/")
    text = "".join(whole.source.text[start:end] for start, end in fact["spans"])
    assert "".join(text.split()) == fact["quote"] == "牵头单位:区水务局"


def test_equal_facts_are_one() -> None:
    whole = reading(LINES[9:10])
    twice = Reading(whole.source, whole.facts * 2, whole.sections, whole.parties, whole.documents, ())
    assert len(list(facts(stored(twice)))) == 1


def test_a_document_printed_twice_stays_two_facts() -> None:
    lines = [LINES[1], {**LINES[1], "public": False, "date": "2031-03-10", "quote": "又一处"}]
    del lines[1]["public"]
    assert told(lines) == [gold(line) for line in lines]


def test_two_sources_do_not_run_together() -> None:
    """Not even where they say the same at the same place under one document."""
    first, second = reading(name="甲.txt"), reading([{**LINES[1], "date": "2031-03-10"}, *LINES[2:]], name="乙.txt")
    both = list(facts(stored(first, second), full=True))
    assert len(both) == 2 * len(LINES) - 1
    assert [fact["source"] for fact in both] == sorted(fact["source"] for fact in both)
    dates = [fact["date"] for fact in both if fact["kind"] == "document" and "number" in fact]
    assert sorted(dates) == ["2031-03-09", "2031-03-10"]


def test_the_gold_of_a_real_issue_comes_back(shared: Any) -> None:
    path = next(iter(sorted((shared / "gold").glob("*.jsonl"))))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    unique = list({json.dumps(line, sort_keys=True): line for line in lines}.values())
    found = list(facts(stored(reading(unique))))
    assert sorted(json.dumps(line, sort_keys=True) for line in found) == sorted(
        json.dumps(gold(line), sort_keys=True) for line in unique
    )


QUESTION = """
# title: Who holds a post
# title-zh: 谁任某职
# param: post string "局长" 职务名称 / a post's title
# param: since date "2031" 自何时 / from when
# param: least decimal 最少 / at least
SELECT ?person WHERE {
  ?holding a gz:PostHolding ; gz:postTitle ?title ; gz:personName ?person .
  FILTER(CONTAINS(?title, $post) && $since > "2030-01-01"^^xsd:date && $least > 0)
}
"""


def test_a_question_says_what_it_is() -> None:
    question = parse("holders", QUESTION)
    assert (question.name, question.title_zh, question.title_en) == ("holders", "谁任某职", "Who holds a post")
    assert [(p.name, p.type, p.default, p.title_zh, p.title_en) for p in question.parameters] == [
        ("post", "string", "局长", "职务名称", "a post's title"),
        ("since", "date", "2031", "自何时", "from when"),
        ("least", "decimal", None, "最少", "at least"),
    ]


def test_a_question_is_asked_with_its_parameters() -> None:
    question, store = parse("holders", QUESTION), stored(reading())
    found = [[cell.value for cell in row] for row in ask(store, question, {"least": "1"})]  # type: ignore[union-attr]
    assert found == [["岑望舒"]]
    assert list(ask(store, question, {"least": "1", "post": '") } #'})) == []  # type: ignore[arg-type]


def test_parameters_have_values_of_their_types() -> None:
    assert parse("holders", QUESTION).bindings({"since": "2032-02", "least": "1.50"}) == {
        "post": "局长",
        "since": date(2032, 2, 29),
        "least": Decimal("1.50"),
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "needs least"),
        ({"least": "1", "pots": "x"}, "has least, post, since, got pots"),
        ({"least": "much"}, "least must be a number, got 'much'"),
        ({"least": "NaN"}, "must be a number"),
        ({"least": "1", "since": "soon"}, "since must be a date"),
    ],
)
def test_a_parameter_that_does_not_fit_is_an_error(given: dict[str, str], message: str) -> None:
    with pytest.raises(KgError, match=message):
        parse("holders", QUESTION).bindings(given)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * WHERE { }", "must have a line '# title"),
        ("# title: A\nSELECT * WHERE { }", "must have a line '# title-zh"),
        ("# param: x\n", "must be written as"),
        ('# param: x thing "" 甲 / a\n$x', "its type one of"),
        ('# param: x string "" 甲 / a\n?x', r"must stand in the query as \$x"),
    ],
)
def test_a_head_that_is_not_in_order_is_an_error(text: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        parse("broken", text)


def test_questions_have_names() -> None:
    assert all(isinstance(question, Question) for question in named())
    assert [question.name for question in named()] == sorted(question.name for question in named())
    with pytest.raises(KgError, match="no question named 'nothing'"):
        find("nothing")
