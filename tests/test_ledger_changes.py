"""The ledger of a build is held against that of an earlier one."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import kg
from kg.cli import main
from kg.errors import KgError
from kg.ledger import Change, Kind, changes
from kg.ledger.workbook import HEAD

LATER = Path(__file__).parent / "issues" / "2021-3.md"


def found(earlier: Any, graph: Any, **asked: Any) -> list[Change]:
    return changes(earlier._said, graph._said, graph.ledger(as_of="2021-07-10", **asked).asked)


def told(made: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.kind.value, change.task.text, change.before, change.after) for change in made]


@pytest.fixture(scope="module")
def changed(demo_gazette: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same issue, put right: a date, a lead, a target and a sum are others, a task is gone, one is new."""
    text = demo_gazette.read_text(encoding="utf-8")
    for before, after in [
        ("年4月底前全额追缴", "年5月底前全额追缴"),
        ("牵头单位：区交通局", "牵头单位：区公安局"),
        ("老旧小区二次供水设施22处", "老旧小区二次供水设施25处"),
        ("票价每人次不超过2元", "票价每人次不超过1元"),
        ("当自收到申请之日起5个工作日内答复", "当开展店招审查"),
    ]:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path_factory.mktemp("changed") / "gazette.md"
    path.write_text(text, encoding="utf-8")
    return kg.build([path])


def test_what_changed_in_a_document_is_told_line_by_line(demo_graph: Any, changed: Any) -> None:
    made = told(found(demo_graph, changed))
    assert ("时限变更", "全额追缴到区级财政专户", "2021-04-30", "2021-05-31") in made
    assert any(kind == "牵头变更" and (was, now) == ("区交通局", "区公安局") for kind, _, was, now in made)
    assert any(kind == "目标变更" and "22处" in was and "25处" in now for kind, _, was, now in made)
    assert any(kind == "资金变更" and "2元" in was and "1元" in now for kind, _, was, now in made)
    assert any(kind == "不再列入" and text == "答复" for kind, text, *_ in made)
    assert any(kind == "新增" and "店招审查" in text for kind, text, *_ in made)
    assert not any(kind == "文件废止" for kind, *_ in made)


def test_both_sentences_stand_beside_a_change(demo_graph: Any, changed: Any) -> None:
    (change,) = [change for change in found(demo_graph, changed) if change.kind is Kind.TERM]
    assert "4月底前" in change.former
    assert "5月底前" in change.quote


def test_between_a_graph_and_itself_nothing_changed(demo_graph: Any) -> None:
    assert found(demo_graph, demo_graph) == []


def test_what_a_later_issue_repeals_is_over_and_what_it_leaves_alone_goes_on(demo_graph: Any) -> None:
    later = kg.build([LATER])
    made = found(demo_graph, later)
    over = [change for change in made if change.kind is Kind.REPEALED]
    assert {change.task.doc for change in over} == {"青汀府办发〔2021〕22号"}
    assert {change.after for change in over} == {"由青汀府发〔2021〕19号废止"}
    assert all(change.quote.startswith("废止《青汀区老年食堂建设运营补助办法》") for change in over)
    reformed = {(c.kind, c.before, c.after) for c in made if c.task.doc == "青汀府办发〔2021〕14号"}
    assert reformed == {
        (
            Kind.PARTIES,
            "责任单位：区水文站、区气象局、区大数据局、各镇乡人民政府",
            "责任单位：区水文站、区气象局、区数据局、各镇乡人民政府",
        )
    }, "a dissolved agency's duties are its heir's"
    new = {change.task.doc for change in made if change.kind is Kind.NEW}
    assert new == {"青汀府发〔2021〕20号", "青汀府办〔2021〕21号"}
    whole = found(demo_graph, kg.build([Path(kg.__file__).parent / "demo" / "gazette.md", LATER]))
    assert told(whole) == told(made)


def test_it_can_be_narrowed(demo_graph: Any, changed: Any) -> None:
    one = found(demo_graph, changed, document="青汀府发〔2021〕6号")
    assert told(one) == [("时限变更", "全额追缴到区级财政专户", "2021-04-30", "2021-05-31")]
    whose = found(demo_graph, changed, agency="交通局")
    assert {change.kind for change in whose} <= {Kind.LEAD, Kind.PARTIES, Kind.FUNDS}


def test_the_command_begins_the_ledger_with_what_changed(
    demo_graph: Any, changed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo_graph.write(tmp_path / "earlier")
    changed.write(tmp_path / "now")
    usual = ["ledger", str(tmp_path / "now"), "--as-of", "2021-07-10", "--since", str(tmp_path / "earlier"), "-o"]
    assert main([*usual, str(tmp_path / "x.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames[:2] == ["变化", "任务"]
    assert [cell.value for cell in book["变化"][HEAD + 1]][4] == "变化前（earlier）"
    assert main([*usual, str(tmp_path / "x.csv")]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8-sig"))))
    assert {row["变化"] for row in rows} >= {"新增", "时限变更", "牵头变更", "不再列入"}
    assert len(rows) == book["变化"].max_row - HEAD - 1
    assert main([*usual, str(tmp_path / "x.ics")]) == 2
    assert "a calendar does not say what changed" in capsys.readouterr().err
    with pytest.raises(KgError, match="no graph here"):
        kg.open(tmp_path / "nowhere")
