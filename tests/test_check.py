"""A graph that is in order conforms; one that quotes what is not there is told so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invented import LINES, NOTICE, reading

import kg
from kg.check import Reason, Report, Severity, check
from kg.cli import main
from kg.model import GapKind, Reading
from kg.rdf import BASE, NS, derived, meta, quads, source_graph
from kg.read import read
from kg.store import Store

V = Severity.VIOLATION


@pytest.fixture(scope="module")
def whole() -> Reading:
    return reading()


def lines(read: Reading) -> list[str]:
    return [*quads(read), *derived(read), *meta("0")]


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


# ---- What is beside the shapes and the evidence ----------------------------------------------------------------------


TURNED = {
    "doc": NOTICE,
    "kind": "deadline",
    "start": "2031-05-01",
    "end": "2031-04-30",
    "quote": "五月一日至四月三十日",
}


def test_what_the_sources_contradict_is_told_with_its_sentences_and_fails_nothing() -> None:
    report = check(Store.of(lines(reading([*LINES, TURNED]))))
    assert report.conforms
    (one,) = report.contradictions
    assert (one["claim"], one["one"]["quote"], one["one"]["doc"]) == ("period_turned", "五月一日至四月三十日", NOTICE)
    assert report.counts["contradictions"] == 1
    assert "矛盾 / contradictions: 1\n  期间自2031-05-01起，却止于2031-04-30" in report.text()


def test_a_sentence_of_a_contradiction_does_not_turn_a_terminal() -> None:
    report = check(Store.of(lines(reading([{**TURNED, "quote": "五月\x1b[31m\u202e至四月"}]))))
    assert report.contradictions
    assert not {"\x1b", "\u202e"} & set(report.text())


def test_the_contents_and_the_coverage_of_a_build_are_told(demo_graph: Any) -> None:
    report = demo_graph.check()
    assert {left.text for left in report.listing} >= {"青汀府发〔2021〕8号"}
    seen, missed = report.covered()[GapKind.SUM]
    assert seen > 40 > missed
    assert "目录与文号 / contents and numbers" in report.text()
    assert re.search(r"覆盖 / covered: \d+ / \d+", report.text())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, demo_gazette: Path) -> Path:
    """The folder of a build of two issues, the later of which contradicts the earlier."""
    folder = tmp_path_factory.mktemp("built")
    kg.build([demo_gazette, LATER], output=folder, jobs=1)
    return folder


LATER = Path(__file__).parent / "issues" / "2021-3.md"


def test_the_command_says_what_it_found_and_writes_a_page(
    built: Path, demo_gazette: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(built), "--source", str(demo_gazette), "--source", str(LATER)]) == 0
    told = capsys.readouterr().out
    assert "2021-06-15称文静姝任区文化旅游委主任，而戚星辰2021-06-22才被免去该职" in told
    assert "were not re-read" not in told
    assert told.rstrip().endswith(str(built / "check.html"))
    html = (built / "check.html").read_text(encoding="utf-8")
    for sentence in (
        "文静姝区文化旅游委主任",
        "免去其区文化旅游委主任、区文物局局长职务",
        "通过",
        "青汀府发〔2021〕8号",
    ):
        assert sentence in html
    assert "default-src 'none'" in html
    assert "unsafe" not in html


def test_each_sentence_on_the_page_leads_to_its_place_in_the_source(built: Path) -> None:
    main(["check", str(built)])
    html = (built / "check.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="(evidence/[^"#]+)#([^"]+)">', html)
    assert len(links) == 3
    for page, place in links:
        assert f'id="{place}"' in (built / page).read_text(encoding="utf-8")


def test_the_report_of_a_build_shows_the_contradictions_and_links_them(built: Path) -> None:
    html = (built / "report.html").read_text(encoding="utf-8")
    assert '<section id="contradictions">' in html
    assert html.count('<article class="conflict">') == 1
    assert len(re.findall(r'<a href="evidence/[^"]+">青汀府', html)) >= 3


def test_a_program_reads_the_same(built: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "of" / "it.html"
    assert main(["check", str(built), "--json", "-o", str(page)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["conforms"] is True
    assert found["reread"] is False
    assert found["counts"]["contradictions"] == len(found["contradictions"]) == 1
    assert [side["doc"] for side in found["contradictions"][0]["others"]] == [
        "青汀府办〔2021〕12号",
        "青汀府人〔2021〕6号",
    ]
    assert found["coverage"]["sum"]["seen"] > 40
    assert page.is_file()


def test_a_graph_that_is_not_as_it_must_be_fails_and_the_page_says_so(
    whole: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled = "".join(f"{line}\n" for line in sorted(set(lines(whole)))).replace('"~"', '"≈<b>"')
    (tmp_path / "graph.nq").write_text(spoiled, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "未通过" in capsys.readouterr().out
    html = (tmp_path / "check.html").read_text(encoding="utf-8")
    assert "未通过" in html
    assert "比较符须为" in html
    assert "≈&lt;b&gt;" in html


def test_the_demo_gazette_conforms(demo_graph: Any, demo_gazette: Path) -> None:
    source = read(demo_gazette)
    sources = {source.sha256: source.text}
    report = check(demo_graph.store, sources)
    assert report.conforms, report.text()
    assert report.reread
