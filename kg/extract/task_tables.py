"""Tables of tasks: a row names a task, who leads it, who answers and supports, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy.tables import Row, Table
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.agents import is_agent, split_agents
from kg.grammar.names import is_name
from kg.grammar.periods import find_times
from kg.grammar.roles import role_of_label
from kg.model import Deadline, Duty

__all__ = ["RULES", "task_deadlines", "task_duties"]

_EXAMPLE = (
    "| 序号 | 工作任务 | 牵头单位 | 责任单位 | 完成时限 |\n| 1 | 建设信息平台 | 区大数据局 | 区财政局 | 2021年9月底前 |"
)
RULES = (
    Rule(
        "duty.table",
        "In a table of tasks those named in a column of a role answer for the row's task.",
        _EXAMPLE,
        "| 序号 | 姓名 |\n| 1 | 何平 |",
    ),
    Rule(
        "deadline.table",
        "In a table of tasks the column of time says by when.",
        _EXAMPLE,
        "| 序号 | 姓名 |\n| 1 | 何平 |",
    ),
)

_TASK = r"任务|事项|内容|项目名称|措施|举措|重点工作|工作要求|具体工作|主要工作"
_ROLE = re.compile(r"牵头|责任|主办|承办|协办|配合|参加|参与|落实|实施单位|主管|督办")
_TIME = r"时限|时间|期限|进度|完成日期|截止"


def _task(table: Table, row: Row) -> str | None:
    """What a row is about: the cells of its task columns, the narrowest last."""
    columns = [n for n, cell in enumerate(table.head) if re.search(_TASK, cell) and not _ROLE.search(cell)]
    words = [row.cells[n].closed().chars for n in columns if n < len(row.cells) and row.cells[n].chars]
    return words[-1] if words else None


def _agents(table: Table, row: Row) -> Iterator[tuple[int, str, list[str]]]:
    """The columns of a row that name agents: column, role, names."""
    for n, cell in enumerate(table.head):
        if n < len(row.cells) and _ROLE.search(cell) and row.cells[n].chars:
            names = [
                agent.name
                for agent in split_agents(re.sub(r"[ ；]+", "、", row.cells[n].chars).strip("、"))
                if is_agent(agent.name) or is_name(agent.name)
            ]
            if names:
                yield n, role_of_label(cell), names


def task_duties(scope: Scope) -> Iterator[Duty]:
    """The duties in the tables of a document."""
    for table in scope.tables:
        for row in table.rows:
            task = _task(table, row)
            if not task:
                continue
            under = table.heading.words if table.heading and table.heading.words else None
            for n, role, names in _agents(table, row):
                for name in names:
                    yield scope.fact(
                        Duty,
                        "duty.table",
                        row.cells[n],
                        passage=row.passage,
                        agent=name,
                        role=role,
                        matter=task,
                        under=under,
                    )


def task_deadlines(scope: Scope) -> Iterator[Deadline]:
    """The deadlines in the tables of a document: one for each that leads or answers."""
    for table in scope.tables:
        column = table.column(_TIME)
        for row in table.rows:
            if column is None or column >= len(row.cells) or not row.cells[column].chars:
                continue
            task, text = _task(table, row), row.cells[column]
            columns = list(_agents(table, row))
            first = next((names for _, role, names in columns if role == "牵头"), columns[0][2] if columns else [None])
            for time in find_times(text.closed().chars, scope.dated):
                for values in time.values if task else ():
                    for agent in first:
                        yield scope.fact(
                            Deadline, "deadline.table", text, passage=row.passage, agent=agent, task=task, **values
                        )
