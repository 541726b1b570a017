"""What was filled into a ledger is read back: where it is clear; what is not is refused with its cell and the reason.

Columns are found by their heads, so that they may be moved, and others put among them. Nothing in the file is run or
reckoned: a formula in a cell that is read is refused, macros are left alone.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from kg.errors import KgError
from kg.ledger.extra import require
from kg.ledger.progress import State
from kg.ledger.table import PROGRESS
from kg.ledger.tables import heads_of_tasks
from kg.query.results import as_meant
from kg.read.archive import Archive
from kg.read.limits import Limits

__all__ = ["Filled", "Row", "read_filled"]

_LIMITS = Limits()
_KEY = "任务标识"
_STATE, _DONE_ON, _REMARK = (column.head for column in PROGRESS)
_SEARCHED = 30
"""Rows in which the heads are looked for: titles may stand above them."""
_SHOWN = 20
"""Cells that an error names."""
_LONGEST = 5_000
"""Characters of a remark."""
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+/task/[^/\x00-\x20<>\"{}|^`\\]+/[0-9a-f]{16}")
_STATES: Mapping[str, State] = {
    **{state.value: state for state in State},
    "未开始": State.NOT_BEGUN,
    "未办理": State.NOT_BEGUN,
    "进行中": State.UNDER_WAY,
    "推进中": State.UNDER_WAY,
    "正在办理": State.UNDER_WAY,
    "已完成": State.DONE,
    "完成": State.DONE,
    "办结": State.DONE,
    "终止": State.STOPPED,
    "已取消": State.STOPPED,
}
_WRITTEN = re.compile(
    r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T ]00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})"
)
_EARLIEST = dt.date(1949, 10, 1)


class Row(NamedTuple):
    """What stands in a row about a task."""

    task: str
    """Its IRI."""
    text: str
    doc: str
    state: State | None
    done_on: dt.date | None
    remark: str
    number: int
    """Of the row, from 1."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file says of how far tasks are."""

    rows: tuple[Row, ...]
    """Those in which something is filled in."""
    seen: int
    """How many rows there are."""
    missing: tuple[str, ...]
    """Heads of columns to be filled in that the file has not."""
    by: str
    """Who saved the file, where it says so."""


def read_filled(data: bytes, name: str, day: dt.date) -> Filled:
    """What is filled into a spreadsheet (.xlsx, .xlsm).

    ``day`` is that on which it is taken in: nothing can be done after it. Raises KgError for what is no spreadsheet,
    for one in which the tasks are not to be found, and with all cells that cannot be read.
    """
    require("openpyxl", "a filled spreadsheet")
    import openpyxl

    parts = Archive.open(data, name, _LIMITS)
    if "xl/workbook.xml" not in parts:
        raise KgError(f"{name}: must be a spreadsheet (.xlsx, .xlsm), and holds no xl/workbook.xml; save it as .xlsx")
    for part in parts:
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in parts.read(part):
            raise KgError(f"{name}: {part} declares a document type, as no spreadsheet does; nothing of it is read")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what is not read, and about cells that are refused anyway
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            sheet, heads = _find(book, name)
            found = _Reader(name, sheet, heads, day, _merged(parts, sheet)).read()
        by = str(book.properties.lastModifiedBy or "")
    except KgError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise KgError(
            f"{name}: cannot be read as a spreadsheet ({type(error).__name__}: {error}); open it and save it anew"
        ) from error
    return Filled(found.rows, found.seen, found.missing, by)


class _Heads(NamedTuple):
    row: int
    places: Mapping[str, int]
    """Head → column, from 1."""


def _find(book: Any, name: str) -> tuple[Any, _Heads]:
    """The sheet with the tasks, and its heads."""
    found = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_row=_SEARCHED, values_only=True), 1):
            texts = [re.sub(r"\s+", "", str(value)) if value is not None else "" for value in row]
            if _KEY in texts:
                found.append((sheet, _Heads(number, _places(name, sheet, number, texts))))
                break
    if not found:
        raise KgError(
            f"{name}: no sheet has a column {_KEY} in its first {_SEARCHED} rows, by which tasks are known; "
            "write the ledger anew and fill it in without deleting that column"
        )
    if len(found) > 1:
        names = "、".join(sheet.title for sheet, _ in found)
        raise KgError(f"{name}: the sheets {names} each have a column {_KEY}, expected one; delete the copies")
    return found[0]


def _places(name: str, sheet: Any, number: int, texts: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    wanted = (_KEY, _STATE, _DONE_ON, _REMARK)
    for column, text in enumerate(texts, 1):
        if text in wanted and text in places:
            raise KgError(
                f"{name}: {_cell(sheet, number, column)} and {_cell(sheet, number, places[text])} are both headed "
                f"{text}, expected one; delete or rename the other"
            )
        if text:
            places.setdefault(text, column)
    missing = [head for head in wanted if head not in places]
    known = heads_of_tasks()
    other = [text for text in places if text not in known and not text.startswith("时限状态")]
    if len(missing) == len(PROGRESS):
        raise KgError(
            f"{name}: {sheet.title} has none of the columns {'、'.join(missing)}; nothing can be read from it"
        )
    if missing and other:
        raise KgError(
            f"{name}: {sheet.title} has no column {'、'.join(missing)}, but {'、'.join(other)}, which may be it under "
            f"another name; give the column its name back in row {number}, or delete what was added"
        )
    return places


def _cell(sheet: Any, row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{sheet.title}!{get_column_letter(column)}{row}"


_MERGE = re.compile(rb"mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")


def _merged(parts: Archive, sheet: Any) -> list[str]:
    """The ranges of a sheet that are merged: the reader of rows does not say."""
    path = str(sheet._worksheet_path).lstrip("/")
    return [found.decode("ascii") for found in _MERGE.findall(parts.read(path))]


class _Found(NamedTuple):
    rows: tuple[Row, ...]
    seen: int
    missing: tuple[str, ...]


class _Reader:
    """One sheet, row by row."""

    def __init__(self, name: str, sheet: Any, heads: _Heads, day: dt.date, merged: Sequence[str]) -> None:
        self.name, self.sheet, self.heads, self.day, self.merged = name, sheet, heads, day, merged
        self.wrong: list[str] = []

    def read(self) -> _Found:
        self._refuse_merged()
        rows: dict[str, Row] = {}
        seen = 0
        for number, cells in enumerate(self.sheet.iter_rows(min_row=self.heads.row + 1), self.heads.row + 1):
            row = self._row(number, cells)
            if row is None:
                continue
            seen += 1
            before = rows.setdefault(row.task, row)
            if before[3:6] != row[3:6]:
                other = self._at(before.number, _KEY)
                self._wrong(self._at(number, _KEY), f"is the task of {other} as well, which says something else")
        if self.wrong:
            more = f"\n  and {len(self.wrong) - _SHOWN} more" if len(self.wrong) > _SHOWN else ""
            raise KgError(
                f"{self.name}: {len(self.wrong)} cell{'s' * (len(self.wrong) > 1)} cannot be read, so nothing was taken in:\n  "
                + "\n  ".join(self.wrong[:_SHOWN])
                + more
            )
        missing = tuple(column.head for column in PROGRESS if column.head not in self.heads.places)
        return _Found(tuple(row for row in rows.values() if any(row[3:6])), seen, missing)

    def _wrong(self, cell: str, reason: str) -> None:
        self.wrong.append(f"{cell} {reason}")

    def _at(self, number: int, head: str) -> str:
        return _cell(self.sheet, number, self.heads.places[head])

    def _refuse_merged(self) -> None:
        from openpyxl.utils import range_boundaries

        read = {self.heads.places[head] for head in (_KEY, _STATE, _DONE_ON, _REMARK) if head in self.heads.places}
        for area in self.merged:
            left, _, right, bottom = range_boundaries(area)
            if bottom > self.heads.row and any(left <= column <= right for column in read):
                self._wrong(
                    f"{self.sheet.title}!{area}", "is merged, so it is not clear of which task it speaks: split it"
                )

    def _row(self, number: int, cells: Sequence[Any]) -> Row | None:
        values = {head: self._value(number, head, cells) for head in (_KEY, _STATE, _DONE_ON, _REMARK)}
        filled = any(values[column.head] is not None for column in PROGRESS)
        key = str(values[_KEY] or "").strip()
        if not key:
            if filled:
                self._wrong(self._at(number, _KEY), f"is empty, so it is not clear of which task row {number} speaks")
            return None
        if not _IRI.fullmatch(key):
            self._wrong(self._at(number, _KEY), f"must be the IRI of a task, got {key[:60]!r}")
            return None
        if not filled:
            return Row(key, "", "", None, None, "", number)
        state, done_on = self._state(number, values[_STATE]), self._date(number, values[_DONE_ON])
        if done_on and state not in (None, State.DONE):
            self._wrong(
                self._at(number, _DONE_ON), f"says that it was done, but {self._at(number, _STATE)} says {state}"
            )
        return Row(
            key,
            self._words("任务", cells),
            self._words("文件", cells),
            State.DONE if done_on and state is None else state,
            done_on,
            self._remark(number, values[_REMARK]),
            number,
        )

    def _value(self, number: int, head: str, cells: Sequence[Any]) -> Any:
        """What stands in the cell; nothing for one that is empty, missing or refused."""
        place = self.heads.places.get(head)
        if place is None or place > len(cells):
            return None
        cell = cells[place - 1]
        if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
            return None
        if cell.data_type in ("f", "e"):
            what = "a formula" if cell.data_type == "f" else "an error"
            self._wrong(self._at(number, head), f"is {what}, {str(cell.value)[:40]!r}: put the value in its place")
            return None
        return cell.value

    def _words(self, head: str, cells: Sequence[Any]) -> str:
        place = self.heads.places.get(head)
        value = cells[place - 1].value if place and place <= len(cells) else None
        return as_meant(str(value)) if value is not None else ""

    def _state(self, number: int, value: Any) -> State | None:
        if value is None:
            return None
        found = _STATES.get("".join(str(value).split()))
        if found is None:
            self._wrong(self._at(number, _STATE), f"must be one of {'、'.join(State)}, got {str(value)[:40]!r}")
        return found

    def _date(self, number: int, value: Any) -> dt.date | None:
        if value is None:
            return None
        day = _day(value)
        if day is None:
            self._wrong(self._at(number, _DONE_ON), f"must be a date such as 2020-07-01, got {str(value)[:40]!r}")
        elif not _EARLIEST <= day <= self.day:
            self._wrong(self._at(number, _DONE_ON), f"must be a day from {_EARLIEST} to {self.day}, got {day}")
        return day

    def _remark(self, number: int, value: Any) -> str:
        if value is None:
            return ""
        text = as_meant(str(value)).strip()
        if len(text) > _LONGEST:
            self._wrong(self._at(number, _REMARK), f"must have at most {_LONGEST:,} characters, got {len(text):,}")
        return text


def _day(value: Any) -> dt.date | None:
    """The day that a cell says, be it a date, or text or a number that can be read in one way only."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    try:
        return dt.date(*(int(number) for number in found.groups() if number))
    except ValueError:
        return None
