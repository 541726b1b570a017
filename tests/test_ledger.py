"""The ledger of the demo gazette in each of its forms, read back as those who get it would."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import kg
from kg.cli import main
from kg.errors import KgError
from kg.ledger import FORMS, Ledger, Part, Said, Status, Task, Term
from kg.ledger import ledger as make_ledger
from kg.ledger.page import as_page
from kg.ledger.table import Column, Form, Link, Table
from kg.ledger.text import as_csv, as_markdown
from kg.ledger.workbook import HEAD, workbook
from kg.store import Store

DAY = "2021-06-01"
SHEETS = ["任务", "时限", "资金", "目标", "人员", "机构", "未读出"]
FILLED = ["办理状态", "办结日期", "备注"]


@pytest.fixture(scope="module")
def book(demo_graph: Any) -> Ledger:
    made: Ledger = demo_graph.ledger(as_of=DAY)
    return made


@pytest.fixture(scope="module")
def files(demo_graph: Any, book: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("ledger")
    return {form: demo_graph.write_ledger(book, folder / f"台账.{form}") for form in FORMS}


def the(book: Ledger, doc: str, words: str) -> Task:
    (task,) = [task for task in book.tasks if task.doc.endswith(doc) and words in task.text]
    return task


def names(task: Task, part: Part) -> str:
    return "、".join(party.name for party in task.named(part))


# What is in it


@pytest.mark.parametrize(
    ("doc", "words", "lead", "support", "due", "targets", "funds", "status"),
    [
        ("19号", "开通乡村公交", "区交通局", "区公安局、青汀鹿铃公共交通有限公司", "2021-06-30", 3, 1, Status.SOON),
        ("19号", "建设口袋公园", "区城市管理局", "区规划自然资源局、临渚街道办事处", "2021-10-01", 2, 0, Status.DUE),
        ("19号", "安装校园直饮水", "区教委", "区卫生健康委、区市场监管局", "2021-08-20", 2, 0, Status.DUE),
        ("6号", "全额追缴", "", "", "2021-04-30", 0, 0, Status.OVERDUE),
        ("10号", "打造夜间街区", "区商务委", "区财政局、区城市管理局", "2022-12-31", 3, 1, Status.DUE),
    ],
)
def test_a_row_has_all_that_the_document_says_of_its_task(
    book: Ledger, doc: str, words: str, lead: str, support: str, due: str, targets: int, funds: int, status: Status
) -> None:
    task = the(book, doc, words)
    term = task.term(book.day)
    assert names(task, Part.LEAD) == lead
    assert names(task, Part.SUPPORT).startswith(support)
    assert term
    assert str(term.day) == due
    assert (len(task.targets), len(task.funds)) == (targets, funds)
    assert book.status(task) is status


def test_what_recurs_says_when_it_comes_next(demo_graph: Any) -> None:
    for day, following in (("2021-06-05", "2021-06-05"), ("2021-06-06", "2021-07-05")):
        book = demo_graph.ledger(as_of=day)
        task = the(book, "19号", "报送上月进度")
        term = task.term(book.day)
        assert term
        assert (term.written, str(term.next(book.day))) == ("每月5日前", following)
        assert book.status(task) is Status.RECURRING


def test_what_waits_for_an_event_has_a_date_once_the_event_is_told(demo_graph: Any) -> None:
    task = the(demo_graph.ledger(as_of=DAY), "12号", "组织复核")
    assert [term.waits_for for term in task.terms] == ["整改完成"]
    told = demo_graph.ledger(as_of=DAY, given={"整改完成": "2021-05-10"})
    (term,) = the(told, "12号", "组织复核").terms
    assert (str(term.day), term.waits_for) == ("2021-05-17", "")
    assert "按国务院放假安排" in term.basis
    assert told.status(the(told, "12号", "组织复核")) is Status.OVERDUE


@pytest.mark.parametrize(
    ("event", "last"),
    [
        ("2021-04-25", "2021-04-30"),  # a Sunday made up is the day of the event and not counted
        ("2021-04-26", "2021-05-06"),  # Labour Day
        ("2021-04-30", "2021-05-11"),  # behind it a Saturday made up
        ("2021-09-17", "2021-09-26"),  # a Saturday and a Sunday made up around the Mid-Autumn Festival
        ("2025-01-24", "2025-02-07"),  # a Sunday made up, then Spring Festival
        ("2026-12-24", "2026-12-31"),  # the last that is known
    ],
)
def test_working_days_are_those_of_the_notices(demo_graph: Any, event: str, last: str) -> None:
    told = demo_graph.ledger(as_of=DAY, given={"整改完成": event})
    assert [str(term.day) for term in the(told, "12号", "组织复核").terms] == [last]


def test_beyond_what_the_calendar_knows_a_time_is_not_resolved(demo_graph: Any) -> None:
    told = demo_graph.ledger(as_of=DAY, given={"整改完成": "2026-12-25"})
    (term,) = the(told, "12号", "组织复核").terms
    assert term.day is None
    assert "放假安排只知2004年至2026年" in term.basis
    assert told.status(the(told, "12号", "组织复核")) is Status.WAITING


@pytest.mark.parametrize("wrong", ["2021-6-1", "明天", "2021-06", "2021-02-30"])
def test_what_is_no_day_is_refused(demo_graph: Any, wrong: str) -> None:
    with pytest.raises(KgError, match="must be an ISO date"):
        demo_graph.ledger(as_of=wrong)
    with pytest.raises(KgError, match="must be an ISO date"):
        demo_graph.ledger(as_of=DAY, given={"整改完成": wrong})


def test_it_can_be_narrowed_to_an_agency_and_to_a_document(demo_graph: Any, book: Ledger) -> None:
    whose = demo_graph.ledger(as_of=DAY, agency="区水利局")
    assert whose.tasks
    assert all(any("水利局" in party.name for party in task.parties) for task in whose.tasks)
    assert [task.number for task in whose.tasks] == list(range(1, len(whose.tasks) + 1))
    one = demo_graph.ledger(as_of=DAY, document="青汀府办发[2021]15号")
    assert {task.doc for task in one.tasks} == {"青汀府办发〔2021〕15号"}
    assert {task.iri for task in one.tasks} == {task.iri for task in book.tasks if task.doc.endswith("发〔2021〕15号")}
    with pytest.raises(KgError, match="takes on a task"):
        demo_graph.ledger(as_of=DAY, agency="火星局")
    with pytest.raises(KgError, match="no document has"):
        demo_graph.ledger(as_of=DAY, document="火星")


def test_what_is_issued_later_or_repealed_by_then_is_left_out(demo_gazette: Path) -> None:
    graph = kg.build([demo_gazette, Path(__file__).parent / "issues" / "2021-3.md"])
    before, after = graph.ledger(as_of="2021-05-10"), graph.ledger(as_of="2021-07-10")
    repealed = "青汀府办发〔2021〕22号"
    assert repealed in {task.doc for task in before.tasks}
    assert repealed not in {task.doc for task in after.tasks}
    assert list(after.repealed) == [repealed]
    assert not any(task.doc == "青汀府办〔2021〕21号" for task in before.tasks)
    assert any(task.doc == "青汀府办〔2021〕21号" for task in after.tasks)


def test_who_is_one_as_was_decided_is_one_and_a_rejected_fact_is_out(demo_graph: Any, book: Ledger) -> None:
    task = the(book, "14号", "织密监测网络：完成")
    (lead,) = task.named(Part.LEAD)
    other = f"{lead.thing}/改"
    graph = "<https://w3id.org/gongbao/id/decided>"
    decided = [
        f"<{lead.thing}> <http://www.w3.org/2002/07/owl#sameAs> <{other}> {graph} .",
        f"<https://example.org/1> <https://w3id.org/gongbao/ns#rejects> <{task.terms[0].fact['fact']}> {graph} .",
    ]
    store = Store.of([*demo_graph.store.dump().decode("utf-8").splitlines(), *decided])
    said = Said.by(store)
    told = make_ledger(said, book.asked)
    assert not any("完成墨池水库" in one.text for one in told.tasks)
    leads = {party.thing for one in told.tasks for party in one.parties if party.name == lead.name}
    assert leads == {other}
    assert (other, lead.name, "Agency") in said.names


def term(day: str = "", rule: str = "", since: str = "", start: str = "", waits: str = "") -> Term:
    day_, since_, start_ = (dt.date.fromisoformat(text) if text else None for text in (day, since, start))
    return Term(written="", words="", fact={}, day=day_, rule=rule, since=since_, start=start_, waits_for=waits)


@pytest.mark.parametrize(
    ("terms", "status", "due"),
    [
        ([], Status.OPEN, None),
        ([term("2031-05-31")], Status.OVERDUE, "2031-05-31"),
        ([term("2031-06-01")], Status.SOON, "2031-06-01"),
        ([term("2031-07-01")], Status.SOON, "2031-07-01"),
        ([term("2031-07-02")], Status.DUE, "2031-07-02"),
        ([term("2031-05-31"), term("2031-08-01")], Status.DUE, "2031-08-01"),
        ([term("2031-04-30"), term("2031-05-31")], Status.OVERDUE, "2031-05-31"),
        ([term(start="2031-05-01")], Status.OPEN, None),
        ([term(waits="整改完成")], Status.WAITING, None),
        ([term("2031-01-05", "FREQ=MONTHLY;BYMONTHDAY=5", "2031-01-01")], Status.RECURRING, "2031-01-05"),
        ([term("2031-01-05", "FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20310405", "2031-01-01")], Status.ENDED, "2031-01-05"),
        (
            [term("2031-01-05", "FREQ=MONTHLY;BYMONTHDAY=5", "2031-01-01"), term("2031-06-15")],
            Status.SOON,
            "2031-06-15",
        ),
    ],
)
def test_the_status_is_by_the_date(terms: Sequence[Term], status: Status, due: str | None) -> None:
    task = Task(iri="", text="", doc="", evidence={}, terms=tuple(terms))
    day = dt.date(2031, 6, 1)
    counted = task.term(day)
    assert task.status(day, 30) is status
    assert (counted and counted.day and str(counted.day)) == due


# The spreadsheet


def test_the_spreadsheet_is_read_back_with_types_filters_and_frozen_heads(
    book: Ledger, files: Mapping[str, Path]
) -> None:
    read = openpyxl.load_workbook(files["xlsx"])
    assert read.sheetnames == SHEETS
    for sheet in read:
        assert sheet.freeze_panes == f"C{HEAD + 2}"
        assert sheet.auto_filter.ref.startswith(f"A{HEAD + 1}:")
        assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
    sheet = read["任务"]
    heads = [cell.value for cell in sheet[HEAD + 1]]
    assert heads[:5] == ["序号", "任务", "牵头单位", "责任单位", "配合单位"]
    assert f"时限状态（截至{DAY}）" in heads
    assert DAY in sheet["A2"].value
    assert sheet.max_row == HEAD + 1 + len(book.tasks)
    column = {head: number for number, head in enumerate(heads, 1)}
    for task, row in zip(book.tasks, sheet.iter_rows(min_row=HEAD + 2), strict=True):
        cells = {head: row[number - 1] for head, number in column.items()}
        assert cells["序号"].value == task.number
        assert cells["任务"].alignment.wrap_text
        due = task.term(book.day)
        if due and due.day and not due.recurs:
            assert cells["完成时限"].is_date
            assert cells["完成时限"].value.date() == due.day
        assert cells["任务标识"].value == task.iri
    letter = openpyxl.utils.get_column_letter(column["任务标识"])
    assert sheet.column_dimensions[letter].hidden
    assert {str(rule.type) for rule in sheet.data_validations.dataValidation} == {"list", "date"}
    amounts = [cell.value for cell in read["资金"]["B"][HEAD + 1 :]]
    assert {type(value) for value in amounts} <= {int, float, type(None)}
    assert 0.6 in amounts
    assert 3_000_000_000 in amounts


def test_the_same_day_gives_the_same_bytes(
    demo_graph: Any, book: Ledger, files: Mapping[str, Path], tmp_path: Path
) -> None:
    for form, path in files.items():
        again = demo_graph.write_ledger(demo_graph.ledger(as_of=DAY), tmp_path / f"again.{form}")
        assert again.read_bytes() == path.read_bytes(), form


HOSTILE = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
]
TABLE = Table(
    "tasks",
    "任务",
    (Column("task", "任务", Form.WORDS), Column("link", "出处", Form.LINK)),
    tuple((words, Link("javascript:alert(1)", words)) for words in HOSTILE),
)


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    data = workbook([TABLE], "台账", "", dt.date(2031, 1, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows(min_row=HEAD + 2, max_col=1) for cell in row]
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    assert all(cell.value.startswith("'") for cell in cells[:-1])


def test_no_cell_of_a_csv_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(TABLE).removeprefix("\ufeff"))))
    assert all(row[0].startswith("'") for row in rows[1:-1])


def test_text_stays_text_on_the_page_and_in_markdown() -> None:
    page = as_page([TABLE], "<b>台账</b>", "")
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "<b>" not in page
    markdown = "".join(as_markdown([TABLE], "台账", ""))
    assert "<script" not in re.sub(r"\\<", "", markdown)
    assert all(line.count("|") - line.count("\\|") == 3 for line in markdown.splitlines() if line.startswith("|"))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_the_spreadsheet_opens_in_libreoffice(files: Mapping[str, Path], tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(files["xlsx"])]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    from pypdfium2 import PdfDocument

    pdf = PdfDocument(tmp_path / "台账.pdf")
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert all(page.get_width() > page.get_height() for page in pdf)
    tasks = [page for page in pages if "牵头单位" in page]
    assert len(tasks) > 1, "the heads stand on every page of the tasks"
    assert f"第 1 页 / 共 {len(pages)} 页" in pages[0]
    pdf.close()


# The other forms


def test_the_csv_has_the_tasks_for_excel(book: Ledger, files: Mapping[str, Path]) -> None:
    data = files["csv"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["任务标识"] for row in rows] == [task.iri for task in book.tasks]
    assert set(FILLED) <= set(rows[0])


def test_the_page_asks_nothing_of_any_network_and_links_to_the_evidence(
    book: Ledger, files: Mapping[str, Path]
) -> None:
    page = files["html"].read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "<script" not in page
    links = re.findall(r'href="(evidence/[^"]+)"', page)
    assert len(links) == len(book.tasks)
    assert re.fullmatch(r"evidence/[0-9a-f]{16}\.html#s\d+-\d+", links[0])


def test_links_begin_where_the_pages_are_said_to_be(demo_graph: Any, book: Ledger, tmp_path: Path) -> None:
    path = demo_graph.write_ledger(book, tmp_path / "x.html", link="https://example.org/kg/")
    assert 'href="https://example.org/kg/evidence/' in path.read_text(encoding="utf-8")


def test_links_lead_from_the_file_to_the_folder_of_the_build(folder: Path, book: Ledger) -> None:
    graph = kg.open(folder)
    for name, before in (("x.html", ""), ("a b/x.html", "../"), ("甲/乙/x.html", "../../")):
        page = graph.write_ledger(book, folder / name).read_text(encoding="utf-8")
        assert f'href="{before}evidence/' in page
    outside = graph.write_ledger(book, folder.parent / "x.html").read_text(encoding="utf-8")
    assert f'href="{folder.name}/evidence/' in outside


def test_another_ending_is_refused_and_nothing_is_written(demo_graph: Any, book: Ledger, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"must be one of \.xlsx"):
        demo_graph.write_ledger(book, tmp_path / "x.doc")
    assert not list(tmp_path.iterdir())


def test_numbers_of_a_table_are_numbers() -> None:
    table = Table("funds", "资金", (Column("amount", "金额", Form.NUMBER),), ((Decimal("0.1"),), (12,), (None,)))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([table], "台账", "", dt.date(2031, 1, 1)))).active
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=HEAD + 2)] == [0.1, 12, None]


# The command


@pytest.fixture(scope="module")
def folder(demo_graph: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built")
    demo_graph.write(path)
    return path


def test_the_command_writes_the_ledger_and_says_of_which_day(
    folder: Path, files: Mapping[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "台账.csv"
    assert main(["ledger", str(folder), "--as-of", DAY, "-o", str(path)]) == 0
    assert f"tasks as of {DAY}" in capsys.readouterr().out
    assert path.read_bytes() == files["csv"].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give -o FILE"),
        (["-o", "x.pages"], "must be one of"),
        (["-o", "x.csv", "--as-of", "gestern"], "must be an ISO date"),
        (["-o", "x.csv", "--given", "政策印发"], "must be EVENT=DAY"),
        (["-o", "x.csv", "--given", "=2021-01-01"], "must be EVENT=DAY"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path,
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["ledger", str(folder), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
