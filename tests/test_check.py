"""A graph that is in order conforms; one that quotes what is not there is told so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invented import LINES, NOTICE, reading

from kg.check import Reason, Report, Severity, check
from kg.model import Reading
from kg.rdf import BASE, NS, derived, meta, quads, source_graph
from kg.read import read
from kg.store import Store

V = Severity.VIOLATION


@pytest.fixture(scope="module")
def whole() -> Reading:
    return reading()


def lines(read: Reading) -> list[str]:
    return [*quads(read), *derived(read), *meta("0")]


@pytest.mark.parametrize(
    ("start", "end", "turned"),
    [
        ("2031-05-01", "2031-04-30", True),
        ("2031-05-01", "2031-05-01", False),
        ("2031-05-02", "2031-05", False),
        ("2031-05", "2031-05-01", False),
        ("2031-06", "2031-05-31", True),
        ("2031-12-31", "2031", False),
        ("2031", "2031-06", False),
        ("2032", "2031-12-31", True),
        ("2031-05", "2031-04", True),
    ],
)
def test_a_period_does_not_end_before_it_starts(start: str, end: str, turned: bool) -> None:
    line = {"doc": NOTICE, "kind": "deadline", "start": start, "end": end, "quote": "自五月起"}
    told = check(Store.of(lines(reading([line])))).violations
    assert [v.message_zh for v in told if v.severity is V] == (["开始不得晚于结束"] if turned else [])


# ---- The whole -------------------------------------------------------------------------------------------------------


def checked(read: Reading, change: Callable[[str], str | None] = lambda line: line, text: str | None = None) -> Report:
    changed = [new for line in lines(read) if (new := change(line)) is not None]
    return check(Store.of(changed), {read.source.sha256: read.source.text if text is None else text})


def test_a_reading_conforms(whole: Reading) -> None:
    report = checked(whole)
    assert report.conforms, report.text()
    assert report.evidence == ()
    assert report.counts["statements"] == len(LINES)
    assert report.counts["sources"] == 1
    assert report.counts["quads"] == len(set(lines(whole)))
    assert report.counts["Violation"] == 0
    assert "通过 / the graph conforms" in report.text()


def test_without_sources_nothing_is_reread_and_the_report_says_so(whole: Reading) -> None:
    report = check(Store.of(lines(whole)))
    assert report.conforms
    assert not report.reread
    assert "no sources were given" in report.text()


def drop(*words: str) -> Callable[[str], str | None]:
    return lambda line: None if all(word in line for word in words) else line


def swap(old: str, new: str) -> Callable[[str], str | None]:
    return lambda line: line.replace(old, new)


def errors(report: Report) -> list[Reason]:
    return [error.reason for error in report.evidence]


def test_a_fact_without_evidence_is_told_by_both(whole: Reading) -> None:
    report = checked(whole, drop("/stand_in/", f"<{NS}evidence>"))
    assert errors(report) == [Reason.MISSING]
    assert "gz:evidence" in {v.path for v in report.violations}
    assert not report.conforms


def test_a_text_that_is_not_in_the_source_is_told(whole: Reading) -> None:
    report = checked(whole, text=whole.source.text.replace("岑望舒—闻一苇", "岑望舒一闻一苇"))
    (error,) = report.evidence
    assert error.reason is Reason.TEXT
    assert (error.expected, error.found) == ("岑望舒—闻一苇", "岑望舒一闻一苇")
    assert "岑望舒一闻一苇" in report.text()


def test_a_source_that_got_shorter_is_told(whole: Reading) -> None:
    assert set(errors(checked(whole, text="一、总则\n（一）任务\n"))) == {Reason.TEXT}


def test_a_quote_that_is_not_its_evidence_is_told(whole: Reading) -> None:
    line = 'quote> "岑望舒—闻一苇"'
    report = checked(whole, swap(line, 'quote> "岑望舒—别的人"'))
    assert errors(report) == [Reason.QUOTE]


def test_spans_that_are_not_those_of_the_evidence_are_told(whole: Reading) -> None:
    span = next(str(f.evidence.spans[0]) for f in whole.facts if f.kind == "stand_in")
    report = checked(whole, swap(f'evidenceSpans> "{span}"', 'evidenceSpans> "1-2"'))
    assert errors(report) == [Reason.UNLISTED]


def test_a_source_that_is_not_given_is_told_once(whole: Reading) -> None:
    report = check(Store.of(lines(whole)), {})
    assert errors(report) == [Reason.SOURCE]


def test_a_quote_over_two_places_is_read_in_their_order() -> None:
    line: dict[str, Any] = {"doc": NOTICE, "kind": "stand_in", "a": "岑望舒", "b": "闻一苇", "quote": "岑望舒|闻一苇"}
    read = reading([line])
    assert checked(read).conforms
    (fact,) = read.facts
    turned = replace(read, facts=(replace(fact, evidence=replace(fact.evidence, spans=fact.evidence.spans[::-1])),))
    assert errors(checked(turned)) == [Reason.QUOTE]


def test_one_fact_in_two_sources_has_the_evidence_of_both() -> None:
    line: dict[str, Any] = {"doc": NOTICE, "kind": "stand_in", "a": "岑望舒", "b": "闻一苇", "quote": "岑望舒—闻一苇"}
    other = {**line, "a": "闻一苇", "b": "岑望舒", "quote": "闻一苇—岑望舒"}
    reads = [reading([line]), reading([line, other])]
    store = Store.of(quad for read in reads for quad in lines(read))
    report = check(store, {read.source.sha256: read.source.text for read in reads})
    assert report.conforms, report.text()
    assert report.counts["sources"] == 2


def test_a_line_of_the_report_says_what_and_where_in_two_languages(whole: Reading) -> None:
    report = checked(whole, swap('"~"', '"≈"'))
    (violation,) = (v for v in report.violations if v.severity is V)
    assert str(violation) == (
        f"{violation.focus} gz:comparator: 比较符须为 = >= <= < > ~ 之一 / The comparator must be one of = >= <= < > ~ (got '≈')"
    )
    assert violation.focus.startswith(f"{BASE}fund/")
    assert "违规 / violations: 1" in report.text()
    assert "未通过" in report.text()


def test_a_long_report_is_cut(whole: Reading) -> None:
    report = checked(whole, text="")
    assert len(report.text(limit=3).splitlines()) < 12
    assert f"and {len(report.evidence) - 3} more" in report.text(limit=3)


def test_no_control_character_of_a_source_reaches_a_terminal(whole: Reading) -> None:
    report = checked(whole, text=whole.source.text.replace("岑望舒", "岑\x1b[31m"))
    assert report.evidence
    assert "\x1b" not in report.text(limit=1000)


def test_results_come_in_one_order(whole: Reading) -> None:
    spoiled = swap('"~"', '"≈"')
    first, second = (checked(whole, spoiled).violations for _ in range(2))
    assert first == second
    assert [v.severity for v in first] == sorted((v.severity for v in first), key=list(Severity).index)


def test_graphs_are_merged_before_they_are_checked() -> None:
    # A party described in the graph of another source is a party.
    reads: Iterable[Reading] = [reading(), reading([], name="另一期.txt")]
    store = Store.of(quad for read in reads for quad in lines(read))
    assert len([g for g in store.graphs() if g.startswith(source_graph("")[:-1])]) >= 2
    assert check(store).conforms


def test_a_check_needs_no_rdflib() -> None:
    code = "import sys, kg.check; from kg.store import Store; kg.check.check(Store.of([])); assert 'rdflib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_demo_gazette_conforms(demo_graph: Any, demo_gazette: Path) -> None:
    source = read(demo_gazette)
    sources = {source.sha256: source.text}
    report = check(demo_graph.store, sources)
    assert report.conforms, report.text()
    assert report.reread
