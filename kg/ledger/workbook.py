"""The ledger as a spreadsheet: a sheet a table, as an office prints and filters it (Office Open XML, ECMA-376).

XlsxWriter writes it: text goes in as text and never as a formula, and the same tables give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.ledger.extra import require
from kg.ledger.progress import State
from kg.ledger.table import PROGRESS, Cell, Column, Form, Link, Table
from kg.ledger.tasks import Status
from kg.query.results import harmless, places

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["HEAD", "workbook"]

HEAD = 2
"""The row of the heads, from 0: a title and a line about the ledger stand above."""

_LONGEST = 32_767
"""Characters that a cell holds."""
_MOST_ROWS = 1_048_576 - HEAD - 1
_MOST_LINKS = 65_530
_MARKED: Mapping[str, str] = {
    Status.OVERDUE.value: "#F8CBAD",
    Status.SOON.value: "#FFE699",
    Status.WAITING.value: "#DDEBF7",
    State.DONE.value: "#E2EFDA",
}
"""Colours of what is to be seen at a glance."""
_FONT = "宋体"
_LINE, _HIGHEST = 13.5, 409.0
"""The height of a line of 10 points, and of the highest row, in points."""


def workbook(tables: Sequence[Table], title: str, about: str, day: dt.date) -> bytes:
    """The bytes of the spreadsheet. ``about`` stands below the title of each sheet, ``day`` is when it was made.

    Raises KgError where a table has more rows than a sheet.
    """
    require("xlsxwriter", "a spreadsheet")
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = dt.datetime.combine(day, dt.time())
    book.set_properties({"title": title, "comments": about, "created": made})
    formats = _Formats(book)
    for table in tables:
        if len(table.rows) > _MOST_ROWS:
            raise KgError(
                f"{table.title}: {len(table.rows):,} rows, more than the {_MOST_ROWS:,} of a sheet; "
                "write .csv, or narrow the ledger with --agency or --document"
            )
        _sheet(book.add_worksheet(table.title), table, f"{title}（{table.title}）", about, formats)
    book.close()
    return out.getvalue()


class _Formats:
    """How cells look, each made once."""

    def __init__(self, book: Workbook) -> None:
        usual = {"font_name": _FONT, "font_size": 10, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self.title = book.add_format(
            {"font_name": "黑体", "font_size": 16, "align": "center_across", "valign": "vcenter"}
        )
        self.about = book.add_format({"font_name": _FONT, "font_size": 10, "font_color": "#595959"})
        head = {**usual, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        self.head = book.add_format({**head, "bg_color": "#D9E1F2"})
        self.filled = book.add_format({**head, "bg_color": "#FFF2CC"})
        self.of: dict[Form, Format] = {
            Form.TEXT: book.add_format({**usual, "text_wrap": True}),
            Form.WORDS: book.add_format({**usual, "text_wrap": True}),
            Form.NUMBER: book.add_format({**usual, "num_format": "#,##0.######"}),
            Form.DATE: book.add_format({**usual, "num_format": "yyyy-mm-dd", "align": "center"}),
            Form.LINK: book.add_format({**usual, "font_color": "#0563C1", "underline": 1}),
            Form.KEY: book.add_format({**usual, "font_size": 8, "font_color": "#7F7F7F"}),
        }
        self.whole = book.add_format({**usual, "num_format": "#,##0"})
        self.marked = {word: book.add_format({"bg_color": colour}) for word, colour in _MARKED.items()}


def _sheet(sheet: Worksheet, table: Table, title: str, about: str, formats: _Formats) -> None:
    last_row, last_column = HEAD + max(len(table.rows), 1), len(table.columns) - 1
    sheet.set_row(0, 28)
    printed = max(n for n, column in enumerate(table.columns) if column.printed)
    sheet.write_string(0, 0, title, formats.title)
    for n in range(1, printed + 1):
        sheet.write_blank(0, n, None, formats.title)
    sheet.write_string(1, 0, about, formats.about)
    sheet.set_row(HEAD, 30)
    for n, column in enumerate(table.columns):
        sheet.write_string(HEAD, n, column.head, formats.filled if column.filled else formats.head)
        sheet.set_column(n, n, column.width, None, {"hidden": column.form is Form.KEY})
    links = len(table.rows) <= _MOST_LINKS
    for row, cells in enumerate(table.rows, HEAD + 1):
        sheet.set_row(row, _height(table.columns, cells))
        for n, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            _write(sheet, row, n, column, cell, formats, links)
    sheet.autofilter(HEAD, 0, last_row, last_column)
    sheet.freeze_panes(HEAD + 1, 2)
    _validate(sheet, table, last_row)
    _mark(sheet, table, last_row, formats)
    _print(sheet, last_row, printed)


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """The height of a row, in points, that shows all that is printed of it: not every program finds it by itself."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if column.printed and isinstance(cell, str):
            lines = max(lines, sum(-(-max(places(line), 1) // (column.width - 1)) for line in cell.split("\n")))
    return min(lines * _LINE + 3, _HIGHEST)


def _write(sheet: Worksheet, row: int, n: int, column: Column, cell: Cell, formats: _Formats, links: bool) -> None:
    form = formats.of[column.form]
    match cell:
        case None | "":
            sheet.write_blank(row, n, None, form)
        case dt.date():
            sheet.write_datetime(row, n, dt.datetime.combine(cell, dt.time()), formats.of[Form.DATE])
        case int() | Decimal():
            whole = cell == int(cell)
            sheet.write_number(row, n, int(cell) if whole else float(cell), formats.whole if whole else form)
        case Link(address=address, text=text) if links and address:
            local = "" if "://" in address else "external:"
            sheet.write_url(row, n, f"{local}{address}", form, text)
        case Link(address=address):
            sheet.write_string(row, n, harmless(address), form)
        case _:
            sheet.write_string(row, n, harmless(cell)[:_LONGEST], form)


def _validate(sheet: Worksheet, table: Table, last_row: int) -> None:
    """What may be filled in is offered: the states as a list, dates as dates."""
    for n, column in enumerate(table.columns):
        if not column.filled:
            continue
        if column.name == "state":
            offered: dict[str, object] = {"validate": "list", "source": [state.value for state in State]}
            sheet.data_validation(HEAD + 1, n, last_row, n, {**offered, "error_message": "请从列表中选择"})
        elif column.form is Form.DATE:
            offered = {"validate": "date", "criteria": ">=", "value": dt.date(1949, 10, 1)}
            sheet.data_validation(HEAD + 1, n, last_row, n, {**offered, "error_message": "请填日期，如 2020-07-01"})


def _mark(sheet: Worksheet, table: Table, last_row: int, formats: _Formats) -> None:
    for n, column in enumerate(table.columns):
        if column.name in ("status", PROGRESS[0].name):
            for word, form in formats.marked.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": form}
                sheet.conditional_format(HEAD + 1, n, last_row, n, rule)


def _print(sheet: Worksheet, last_row: int, last_column: int) -> None:
    """A4 across, as wide as one page, the heads on every page, the pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.set_footer("&C第 &P 页 / 共 &N 页&R&A")
    sheet.center_horizontally()
