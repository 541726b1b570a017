"""Divisions of labour set as a table: a person a row, columns for posts, for what the person leads, for the stand-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.anatomy.tables import Row, Table
from kg.extract.scope import Scope
from kg.grammar.names import is_name
from kg.text import Text

__all__ = ["PersonRow", "person_rows"]

_NAME = re.compile(r"姓名|领导(?:姓名)?$|^责任人$|^人员$|^成员$")
_POST = re.compile(r"^(?:现任)?职务(?:职级)?$|^职位$|^岗位$|^单位(?:及|和|、)?职务$|^(?:工作)?单位职务$|^职务职称$")
_UNIT = re.compile(r"^(?:所在|工作)?单位(?:名称)?$|^部门$")
_ROLES = (
    (re.compile("协助"), "协助"),
    (re.compile("联系|挂点|包联|挂钩|包保|包村|驻点"), "联系"),
    (re.compile("主管"), "主管"),
    (re.compile("分管|分工|职责|负责|主要工作"), "分管"),
)
_STAND_IN = re.compile(r"^(?:互为)?A ?[、/]?B ?[角岗]$|^B[角岗]$|协同|替补|补位")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a row says of a person."""

    row: Row
    name: Text
    unit: Text | None
    post: Text | None
    duties: tuple[tuple[str, Text], ...]
    """The role that the head of a column gives, and the cell."""
    stand_in: Text | None


def person_rows(scope: Scope) -> Iterator[PersonRow]:
    """The rows of tables that are about a person each, by a column for names and one for posts or for duties."""
    for table in scope.tables:
        yield from _of_table(table)


def _of_table(table: Table) -> Iterator[PersonRow]:
    named = table.column(_NAME.pattern)
    post, unit = _column(table, _POST), _column(table, _UNIT)
    answers = [(n, role) for n, cell in enumerate(table.head) if n not in (named, post, unit) and (role := _role(cell))]
    if named is None or (post is None and not answers):
        return
    stand_in = _column(table, _STAND_IN)
    for row in table.rows:
        cells = [cell.closed() for cell in row.cells]
        if named >= len(cells) or not is_name(cells[named].chars):
            continue

        def cell(n: int | None, cells: list[Text] = cells) -> Text | None:
            return cells[n] if n is not None and n < len(cells) and cells[n].chars else None

        found = tuple((role, text) for n, role in answers if (text := cell(n)) is not None)
        yield PersonRow(row, cells[named], cell(unit), cell(post), found, cell(stand_in))


def _column(table: Table, words: re.Pattern[str]) -> int | None:
    return next((n for n, cell in enumerate(table.head) if words.search(cell)), None)


def _role(head: str) -> str | None:
    return next((role for words, role in _ROLES if words.search(head)), None) if not _STAND_IN.search(head) else None
