"""A table of a ledger: rows of plain values under columns with heads in Chinese."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

__all__ = ["PROGRESS", "Cell", "Column", "Form", "Link", "Table"]


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page."""

    address: str
    text: str


Cell = str | int | Decimal | dt.date | Link | None


class Form(Enum):
    """How a column is written."""

    TEXT = "text"
    WORDS = "words"
    """Long text, wrapped."""
    NUMBER = "number"
    DATE = "date"
    LINK = "link"
    KEY = "key"
    """For the program, and not shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, its head, how it is written, how wide it is in characters."""

    name: str
    head: str
    form: Form = Form.TEXT
    width: int = 12
    filled: bool = False
    """Whether it is there to be filled in."""
    printed: bool = True
    """Whether it goes on paper; those that do stand before those that do not."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; a cell of a row stands under the column of its place."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


PROGRESS = (
    Column("state", "办理状态", Form.TEXT, 9, filled=True),
    Column("done_on", "办结日期", Form.DATE, 11, filled=True),
    Column("remark", "备注", Form.WORDS, 16, filled=True),
)
"""What is filled in by hand and read back."""
