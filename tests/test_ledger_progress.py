"""What is filled into a ledger comes back to its task, outlives rebuilds, and is refused where it is not clear."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.errors import KgError
from kg.ledger import FILE, Entry, State, current, load, quads, read_filled
from kg.ledger.progress import add
from kg.ledger.workbook import HEAD

DAY = "2021-06-01"
TODAY = dt.date.fromisoformat(DAY)
TOP = HEAD + 2
"""The first row of a task, as a spreadsheet counts."""


@pytest.fixture(scope="module")
def folder(demo_graph: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built")
    demo_graph.write(path)
    return path


@pytest.fixture(scope="module")
def blank(demo_graph: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The ledger of one document, to be filled in."""
    path: Path = demo_graph.write_ledger(
        demo_graph.ledger(as_of=DAY, document="青汀府发〔2021〕6号"), tmp_path_factory.mktemp("blank") / "x.xlsx"
    )
    return path.read_bytes()


class Form:
    """A ledger in the hands of whoever fills it in."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book["任务"]
        self.place = {cell.value: cell.column for cell in self.sheet[HEAD + 1]}

    def put(self, row: int, **values: Any) -> Form:
        heads = {"state": "办理状态", "done_on": "办结日期", "remark": "备注", "iri": "任务标识"}
        for name, value in values.items():
            self.sheet.cell(TOP + row, self.place[heads[name]]).value = value
        return self

    def cell(self, row: int, head: str) -> str:
        return str(self.sheet.cell(TOP + row, self.place[head]).coordinate)

    def iri(self, row: int) -> str:
        return str(self.sheet.cell(TOP + row, self.place["任务标识"]).value)

    @property
    def data(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def said(data: bytes) -> list[tuple[State | None, str | None, str]]:
    rows = read_filled(data, "台账.xlsx", TODAY).rows
    return [(row.state, str(row.done_on) if row.done_on else None, row.remark) for row in rows]


# What is clear


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "已办结"}, (State.DONE, None, "")),
        ({"state": " 已 办结\n"}, (State.DONE, None, "")),
        ({"state": "进行中"}, (State.UNDER_WAY, None, "")),
        ({"state": "办理中", "remark": "等批复"}, (State.UNDER_WAY, None, "等批复")),
        ({"remark": 12}, (None, None, "12")),
        ({"remark": "'=1+1"}, (None, None, "=1+1")),
        ({"remark": "'quoted'"}, (None, None, "'quoted'")),
        ({"done_on": dt.date(2021, 5, 3)}, (State.DONE, "2021-05-03", "")),
        ({"done_on": dt.datetime(2021, 5, 3, 9, 30)}, (State.DONE, "2021-05-03", "")),
        *(
            ({"state": "完成", "done_on": text}, (State.DONE, "2021-05-03", ""))
            for text in (
                "2021-05-03",
                "2021-5-3",
                "2021/5/3",
                "2021.5.3",
                "2021年5月3日",
                "2021-05-03 00:00:00",
                44319,
            )
        ),
    ],
)
def test_what_is_clear_is_read(
    blank: bytes, values: Mapping[str, Any], expected: tuple[State | None, str | None, str]
) -> None:
    assert said(Form(blank).put(1, **values).data) == [expected]


def test_a_ledger_that_nobody_filled_in_says_nothing(blank: bytes) -> None:
    filled = read_filled(blank, "台账.xlsx", TODAY)
    assert filled.rows == ()
    assert filled.seen > 5
    assert filled.missing == ()


def moved(form: Form) -> None:
    """The columns stand in the opposite order, with another one among them, and the heads are lower."""
    sheet = form.sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    sheet.delete_rows(1, sheet.max_row)
    for number, row in enumerate(rows, 7):
        for column, value in enumerate([*row[::-1], "督办科" if number == 7 else "x"], 2):
            sheet.cell(number, column).value = value


@pytest.mark.parametrize(
    "change",
    [
        moved,
        lambda form: form.sheet.delete_cols(form.place["任务"], 2),
        lambda form: form.sheet.insert_rows(1, 3),
        lambda form: form.sheet.merge_cells("B1:F1"),
        lambda form: form.sheet.merge_cells(f"C{TOP}:C{TOP + 2}"),
        lambda form: setattr(form.sheet.cell(HEAD + 1, form.place["办理状态"]), "value", " 办理\n状态 "),
        lambda form: form.book.create_sheet("说明", 0).append(["请填办理状态"]),
        lambda form: [form.book.remove(sheet) for sheet in form.book.worksheets[1:]],
        lambda form: form.sheet.sheet_view.__setattr__("rightToLeft", True),
    ],
)
def test_what_was_moved_or_added_around_it_makes_no_difference(blank: bytes, change: Callable[[Form], object]) -> None:
    form = Form(blank).put(1, state="已办结", remark="好")
    change(form)
    assert said(form.data) == [(State.DONE, None, "好")]


def test_rows_may_be_sorted_deleted_and_repeated(blank: bytes) -> None:
    form = Form(blank).put(1, state="已办结").put(2, state="办理中")
    form.sheet.delete_rows(TOP)
    values = [cell.value for cell in form.sheet[TOP]]
    form.sheet.append(values)
    assert said(form.data) == [(State.DONE, None, ""), (State.UNDER_WAY, None, "")]


def test_a_deleted_column_is_told_and_the_others_are_read(blank: bytes) -> None:
    form = Form(blank).put(1, state="已办结", remark="好")
    form.sheet.delete_cols(form.place["备注"])
    filled = read_filled(form.data, "台账.xlsx", TODAY)
    assert [row.state for row in filled.rows] == [State.DONE]
    assert filled.missing == ("备注",)


def test_macros_are_left_alone(blank: bytes) -> None:
    form = Form(blank).put(1, state="已办结")
    out = io.BytesIO(form.data)
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    filled = read_filled(out.getvalue(), "台账.xlsm", TODAY)
    assert [row.state for row in filled.rows] == [State.DONE]


# What is not


def put(**values: Any) -> Callable[[Form], object]:
    return lambda form: form.put(1, **values)


def merged(head: str) -> Callable[[Form], object]:
    return lambda form: form.sheet.merge_cells(f"{form.cell(1, head)}:{form.cell(2, head)}")


def twice(form: Form) -> None:
    form.put(1, state="已办结").put(2, state="办理中", iri=form.iri(1))


def numbered(form: Form) -> None:
    form.put(1, done_on=44317).sheet[form.cell(1, "办结日期")].number_format = "General"


def renamed(form: Form) -> None:
    form.sheet.cell(HEAD + 1, form.place["办理状态"]).value = "进展"


def headed_twice(form: Form) -> None:
    form.sheet.cell(HEAD + 1, form.sheet.max_column + 1).value = "备注"


def keyless(form: Form) -> None:
    form.sheet.delete_cols(form.place["任务标识"])


def copied(form: Form) -> None:
    form.book.copy_worksheet(form.sheet)


def nothing_to_fill(form: Form) -> None:
    for head in ("备注", "办结日期", "办理状态"):
        form.sheet.delete_cols(form.place[head])


REFUSED: dict[str, tuple[Callable[[Form], object], str]] = {
    "another word for the state": (
        put(state="差不多了"),
        "任务!M5 must be one of 未启动、办理中、已办结、已终止, got '差不多了'",
    ),
    "words for a date": (put(done_on="上周五"), "任务!N5 must be a date such as 2020-07-01, got '上周五'"),
    "a day that no month has": (put(done_on="2021-02-30"), "任务!N5 must be a date"),
    "a number for a date": (numbered, "任务!N5 must be a date such as 2020-07-01, got '44317'"),
    "a number that is no day": (put(done_on=20210503), "任务!N5 is an error"),
    "a part of a date": (put(done_on="5月3日"), "任务!N5 must be a date"),
    "a day to come": (
        put(done_on=dt.date(2021, 6, 2)),
        "任务!N5 must be a day from 1949-10-01 to 2021-06-01, got 2021-06-02",
    ),
    "a day of another age": (put(done_on="1021-05-03"), "任务!N5 must be a day from 1949-10-01"),
    "done and not done": (
        put(state="办理中", done_on="2021-05-03"),
        "任务!N5 says that it was done, but 任务!M5 says 办理中",
    ),
    "a formula for a date": (put(done_on="=TODAY()"), "任务!N5 is a formula, '=TODAY()'"),
    "a formula for a state": (put(state='=IF(1,"已办结")'), "任务!M5 is a formula"),
    "a formula for a remark": (put(remark="=A1"), "任务!O5 is a formula"),
    "a formula for the task": (put(iri="=A1", state="已办结"), "is a formula"),
    "no task": (put(iri=None, state="已办结"), "is empty, so it is not clear of which task row 5 speaks"),
    "another thing than a task": (
        put(iri="https://example.org/1", state="已办结"),
        "must be the IRI of a task, got 'https",
    ),
    "too long a remark": (put(remark="长" * 5001), "任务!O5 must have at most 5,000 characters, got 5,001"),
    "one task twice, and not the same": (twice, "is the task of 任务!W5 as well, which says something else"),
    "merged states": (merged("办理状态"), "任务!M5:M6 is merged"),
    "merged tasks": (merged("任务标识"), "is merged, so it is not clear of which task it speaks"),
    "a renamed column": (renamed, "has no column 办理状态, but 进展, which may be it under another name"),
    "two columns of one name": (headed_twice, "are both headed 备注"),
    "no column of tasks": (keyless, "no sheet has a column 任务标识 in its first 30 rows"),
    "two sheets of tasks": (copied, "each have a column 任务标识, expected one"),
    "nothing to fill in": (nothing_to_fill, "has none of the columns 办理状态、办结日期、备注"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_clear_is_refused_with_its_cell(blank: bytes, name: str) -> None:
    change, message = REFUSED[name]
    form = Form(blank)
    change(form)
    with pytest.raises(KgError) as refused:
        read_filled(form.data, "台账.xlsx", TODAY)
    assert message in str(refused.value)
    assert str(refused.value).startswith("台账.xlsx: ")


def test_all_that_is_wrong_is_told_at_once(blank: bytes) -> None:
    form = Form(blank).put(1, state="差不多").put(2, done_on="昨天").put(3, remark="=1")
    with pytest.raises(KgError, match="3 cells cannot be read, so nothing was taken in"):
        read_filled(form.data, "台账.xlsx", TODAY)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "expected a whole zip container"),
        ("序号,任务".encode(), "expected a whole zip container"),
        (archive(word__document_xml=b"<x/>"), "holds no xl/workbook.xml"),
        (archive(xl__workbook_xml=b"<x/>"), "cannot be read as a spreadsheet"),
        (archive(xl__workbook_xml=b"\0" * 300_000_000), "unpack"),
        (
            archive(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
            "declares a document type",
        ),
    ],
)
def test_what_is_no_spreadsheet_or_a_trap_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(KgError, match=message):
        read_filled(data, "台账.xlsx", TODAY)


def test_a_spreadsheet_cut_short_is_refused(blank: bytes) -> None:
    with pytest.raises(KgError):
        read_filled(blank[: len(blank) // 2], "台账.xlsx", TODAY)


def test_a_hundred_thousand_rows_are_read() -> None:
    def cell(text: str) -> str:
        return f'<c t="str"><v>{text}</v></c>'

    heads = "".join(map(cell, ["任务标识", "办理状态", "办结日期", "备注"]))
    rows = (f"<row>{cell(f'https://x/task/d/{n:016x}')}{cell('已办结') if n % 2 else ''}</row>" for n in range(100_000))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData><row>{heads}</row>{"".join(rows)}</sheetData></worksheet>'
    empty, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(empty)
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    filled = read_filled(out.getvalue(), "台账.xlsx", TODAY)
    assert (filled.seen, len(filled.rows)) == (100_000, 50_000)


# What becomes of it


def entry(**values: Any) -> Entry:
    return Entry(**{"task": "https://x/task/d/0123456789abcdef", "text": "完工", "doc": "d", "on": TODAY, **values})


def test_entries_outlive_being_written(tmp_path: Path) -> None:
    entries, _ = add(
        [],
        [
            entry(state=State.UNDER_WAY, remark='换行\n"引号"\\', by="唐九思"),
            entry(state=State.DONE, done_on=TODAY, by="岑望舒 <x>"),
            entry(task="https://x/task/d/0123456789abcde0", remark="<script>"),
        ],
    )
    path = tmp_path / FILE
    path.write_text("".join(quads(entries)), encoding="utf-8")
    assert set(load(path)) == set(entries)
    assert list(quads(load(path))) == path.read_text(encoding="utf-8").splitlines(keepends=True)
    (graph,) = {quad.graph_name for quad in ox.parse(path.read_bytes(), ox.RdfFormat.N_QUADS)}
    assert str(graph) == "<https://x/progress>"


def test_the_last_entry_counts_and_those_before_stay() -> None:
    first = entry(state=State.UNDER_WAY, remark="等批复")
    entries, _ = add([], [first])
    entries, added = add(entries, [entry(state=State.DONE, on=dt.date(2021, 7, 1))])
    (now,) = current(entries).values()
    assert (now.state, now.remark, now.revises) == (State.DONE, "等批复", first.iri)
    assert entries == [first, now]
    assert add(entries, [entry(state=State.DONE, on=dt.date(2021, 8, 1))])[1] == []
    entries, _ = add(entries, [entry(state=State.UNDER_WAY, on=dt.date(2021, 9, 1))])
    assert current(entries)[now.task].state is State.UNDER_WAY
    assert added == [now]


def test_going_back_takes_back_the_day_it_was_done() -> None:
    entries, _ = add([], [entry(state=State.DONE, done_on=TODAY)])
    entries, _ = add(entries, [entry(state=State.UNDER_WAY, on=dt.date(2021, 7, 1))])
    (now,) = current(entries).values()
    assert now.done_on is None


@pytest.mark.parametrize("text", ["nonsense", "<a> <b> _:c <g> .\n", "<a> <https://schema.org/object> <t> <g> .\n"])
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match="must hold the progress of tasks"):
        load(tmp_path / FILE)


def kg_ledger(*arguments: object) -> int:
    return main(["ledger", *map(str, arguments)])


def test_what_was_filled_in_is_at_its_task_after_a_rebuild_of_a_changed_source(
    folder: Path, demo_gazette: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "mine"
    source = tmp_path / "gazette.md"
    text = demo_gazette.read_text(encoding="utf-8")
    source.write_text(text, encoding="utf-8")
    kg.build([source], output=home)
    assert kg_ledger(home, "--as-of", DAY, "-o", tmp_path / "a.xlsx") == 0
    form = Form((tmp_path / "a.xlsx").read_bytes())
    words = [str(cell.value) for cell in form.sheet["B"][TOP - 1 :]]
    rows = {word: words.index(word) for word in ("全额追缴到区级财政专户", "向区政府作出书面检查", "答复")}
    form.put(rows["全额追缴到区级财政专户"], state="办理中", remark="已追缴一半<script>")
    form.put(rows["向区政府作出书面检查"], state="已办结", done_on=dt.date(2021, 3, 30))
    form.put(rows["答复"], state="已办结")
    (tmp_path / "filled.xlsx").write_bytes(form.data)
    assert kg_ledger(home, "--update", tmp_path / "filled.xlsx", "--as-of", DAY, "--by", "督查室 唐九思") == 0
    assert "3 of " in capsys.readouterr().out
    report = (home / "report.html").read_text(encoding="utf-8")
    assert "已追缴一半&lt;script&gt;" in report
    assert "督查室 唐九思 2021-06-01" in report
    again = kg.build([source], output=home).changes
    assert again
    assert again.kept == 1
    assert (home / "report.html").read_text(encoding="utf-8") == report
    kept = (home / FILE).read_bytes()
    facts = (home / "graph.nq").read_bytes()

    # The source is another: shifted, a date later, a sentence gone.
    changed = text.replace("年4月底前全额追缴", "年5月底前全额追缴").replace("# ", "\n\n# ", 1)
    start = changed.index("收到申请之日起5个工作日内")
    changed = changed[: changed.rindex("。", 0, start) + 1] + changed[changed.index("。", start) + 1 :]
    source.write_text(changed, encoding="utf-8")
    kg.build([source], output=home)
    assert (home / "graph.nq").read_bytes() != facts
    assert (home / FILE).read_bytes() == kept, "a build does not touch the progress"
    assert "已追缴一半" in (home / "report.html").read_text(encoding="utf-8")

    assert kg_ledger(home, "--as-of", "2021-06-10", "-o", tmp_path / "b.xlsx") == 0
    later = Form((tmp_path / "b.xlsx").read_bytes())
    read = {}
    for row in later.sheet.iter_rows(min_row=TOP):
        values = {head: row[column - 1].value for head, column in later.place.items()}
        if values["办理状态"]:
            read[values["任务"]] = (
                values["办理状态"],
                str(values["办结日期"] or "")[:10],
                values["备注"],
                values["填报"],
            )
            if values["任务"].startswith("全额追缴"):
                assert values["完成时限"] == dt.datetime(2021, 5, 31)
    by = "督查室 唐九思 2021-06-01"
    assert read == {
        "全额追缴到区级财政专户": ("办理中", "", "已追缴一半<script>", by),
        "向区政府作出书面检查": ("已办结", "2021-03-30", None, by),
    }
    gone = later.book["已不在的任务"]
    assert [cell.value for cell in gone[TOP]][1:5] == ["答复", "青汀府发〔2021〕10号", "已办结", None]
    assert gone.max_row == TOP

    # The old file once more: nothing new, and the row whose task is gone is told.
    capsys.readouterr()
    assert kg_ledger(home, "--update", tmp_path / "filled.xlsx", "--as-of", DAY) == 0
    out = capsys.readouterr().out
    assert "0 of " in out
    assert "kept, though the graph has no such task: 1\n  青汀府发〔2021〕10号 答复" in out


def test_a_refused_ledger_changes_nothing(
    folder: Path, blank: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xlsx").write_bytes(Form(blank).put(0, state="已办结").put(1, state="差不多").data)
    assert kg_ledger(folder, "--update", tmp_path / "x.xlsx", "--as-of", DAY) == 2
    assert "任务!M5 must be one of" in capsys.readouterr().err
    assert not (folder / FILE).exists()
    assert kg_ledger(folder, "--update", tmp_path / "missing.xlsx") == 2
    assert "missing.xlsx: cannot be read" in capsys.readouterr().err


def test_who_saved_the_file_said_it_where_nobody_else_is_named(folder: Path, blank: bytes, tmp_path: Path) -> None:
    form = Form(blank).put(0, state="已办结")
    form.book.properties.lastModifiedBy = "岑望舒"
    assert read_filled(form.data, "x.xlsx", TODAY).by == "岑望舒"


def test_a_ledger_without_the_extra_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.ledger.extra.find_spec", lambda name: None)
    for arguments, module in (
        (["-o", tmp_path / "x.xlsx"], "xlsxwriter"),
        (["-o", tmp_path / "x.ics"], "icalendar"),
        (["--update", __file__], "openpyxl"),
    ):
        assert kg_ledger(folder, "--as-of", DAY, *arguments) == 2
        assert f"needs the package {module}: pip install 'gongbao-kg[office]'" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
