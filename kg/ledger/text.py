"""The ledger as text: CSV of the tasks, and Markdown of all tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kg.ledger.table import Cell, Form, Link, Table
from kg.query.results import Rows, csv, harmless

__all__ = ["as_csv", "as_markdown"]

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!]")


def as_csv(table: Table) -> str:
    """RFC 4180 with Chinese heads, behind the mark by which Excel knows UTF-8; formulas in the text are defused."""
    heads = tuple(column.head for column in table.columns)
    rows = tuple(tuple(_plain(cell) for cell in row) for row in table.rows)
    return "\ufeff" + csv(Rows(heads, rows))


def _plain(cell: Cell) -> str | int | Decimal | None:
    if isinstance(cell, Link):
        return cell.address
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def as_markdown(tables: Sequence[Table], title: str, about: str) -> Iterator[str]:
    """All tables that have rows, as pipe tables; what the text has of markup stays text."""
    yield f"# {_text(title)}\n\n{_text(about)}\n"
    for table in tables:
        if not table.rows:
            continue
        said = {n for row in table.rows for n, cell in enumerate(row) if cell not in (None, "")}
        shown = [n for n, column in enumerate(table.columns) if column.form is not Form.KEY and n in said]
        yield f"\n## {_text(table.title)}\n\n"
        yield _line(table.columns[n].head for n in shown)
        yield _line("--:" if table.columns[n].form is Form.NUMBER else "---" for n in shown)
        for row in table.rows:
            yield _line(_cell(row[n]) for n in shown)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(cell: Cell) -> str:
    match cell:
        case Link(address=address, text=text):
            return f"[{_text(text)}](<{re.sub('[<>|]', '', address)}>)" if address else ""
        case None:
            return ""
        case dt.date():
            return cell.isoformat()
        case _:
            return _text(harmless(cell))


def _text(words: str) -> str:
    return " ".join(_MARKUP.sub(r"\\\g<0>", words).split())
