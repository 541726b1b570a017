"""Tables of figures to be reached: a row says who or what, a column which figure, a line or a head the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.anatomy.tables import Row, Table
from kg.extract.frames import FIGURE
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.model import Target

__all__ = ["RULES", "tabled_targets"]

_SHARED_OUT = (
    "2021年公路养护目标任务分解表\n\n单位：公里\n\n| 序号 | 乡镇 | 新建 | 改造 |\n| --- | --- | --- | --- |\n"
    "| 1 | 柳溪镇 | 12 | 30 |\n| 2 | 桐山乡 | 8 | 15 |"
)
RULES = (
    Rule(
        "target.table",
        "In a table of aims a figure is to be reached by whom its row names, or of the indicator that its row names, "
        "in the unit that the head, the row or the line above says.",
        _SHARED_OUT,
        _SHARED_OUT.replace("目标任务分解表", "完成情况表"),
    ),
)

_AIMS = re.compile("目标|任务|计划|指标")
_TOLD = re.compile("完成情况|评分|考核|打分|统计|进展|排名")
"""What tables with such words in their titles say is no aim, or is a mark for having reached one."""
_WHO = re.compile(r"乡镇|镇街|街道|地区|单位|部门|区县|县区|市州|[县市区州镇乡]$|[县市区州]（")
_INDICATOR = re.compile("指标|项目名称")
_UNIT_COLUMN = re.compile(r"(?:计量|指标)?单位")
_NO_AIM = re.compile(r"序号|编号|备注|合计|小计|总计|属性|现状|基期|完成|实际|上年|去年|增速|分值|权重")
_SUM = re.compile(r"(?:合|总|小|共)计|全[省市县区州]")
_COMPARATORS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<"}
_UNIT_BEHIND = re.compile(r"[（(](?P<unit>[^（）()，、]{1,6})[）)]$")
_UNIT_SAID = re.compile(r"(?:计量)?单位 ?： ?(?P<unit>[^\s，。；：、（）/]{1,6})")
_YEAR = re.compile(r"(?P<year>20\d{2})年?(?:底|末)?")
_SCALES = {"万": 10_000, "亿": 100_000_000}
_MONEY = re.compile("元$")
_OPENS = re.compile(r"^.*?20\d{2}年度?|^[\u4e00-\u9fff]{1,8}?[省市县区州旗](?=[\u4e00-\u9fff]{4})")
_CLOSES = re.compile(
    r"(?:建设|生产|发展|工作|目标|任务|计划|指标|分解|分配|安排|下达|明细|汇总|一览|清单|表)+(?:（[^（）]*）)?$"
)
_DONE = re.compile(r"新建|改造|改建|扩建|续建|提升|完成|实施|建成|创建|培训|新增|治理|整治|推广|修复")
_BARE = re.compile(r"(?:目标|任务|计划|指标|数量?|值|面积|总量|个|年度)+")
"""A head that says no more than that something is to be reached."""
_MEASURE = re.compile("面积|产量|数量?$|里程|率$")
"""A head that says how something is measured, and not what."""


def tabled_targets(scope: Scope) -> Iterator[Target]:
    """The figures to be reached in the tables of a document, one a cell."""
    for table in scope.tables:
        title, said = _lines_above(scope, table)
        if _TOLD.search(title):
            continue
        who = next((n for n, head in enumerate(table.head) if _WHO.search(head) and not _INDICATOR.search(head)), None)
        what = table.column(_INDICATOR.pattern)
        if what is not None:
            yield from _of_indicators(scope, table, what)
        elif who is not None and _AIMS.search(title):
            yield from _shared_out(scope, table, who, title, said)


def _shared_out(scope: Scope, table: Table, who: int, title: str, said: str | None) -> Iterator[Target]:
    """What each of those in a column has to reach."""
    thing = _CLOSES.sub("", _OPENS.sub("", title))
    for column, head in enumerate(table.head):
        own = _UNIT_BEHIND.search(head)
        unit = own["unit"] if own else said
        if column == who or _NO_AIM.search(head) or not unit or _MONEY.search(unit) or not _of_figures(table, column):
            continue
        words = _YEAR.sub("", _UNIT_BEHIND.sub("", head))
        subject = words
        if not words or _BARE.fullmatch(words):
            subject = thing
        elif _DONE.match(words):
            subject = words + thing
        elif _MEASURE.search(words):
            subject = thing + words
        for row in table.rows:
            agent = _words(row, who)
            if agent and not _SUM.search(agent):
                yield from _figure(scope, row, column, subject or words, unit, _by(scope, head, title), agent)


def _of_indicators(scope: Scope, table: Table, what: int) -> Iterator[Target]:
    """What each indicator has to reach in the years to come."""
    units = next((n for n, head in enumerate(table.head) if _UNIT_COLUMN.fullmatch(head)), None)
    for column, head in enumerate(table.head):
        year = _YEAR.search(head)
        ahead = year is not None and scope.dated is not None and year["year"] >= scope.dated
        if column in (what, units) or _NO_AIM.search(head) or not ahead:
            continue
        for row in table.rows:
            name = _words(row, what)
            own = _UNIT_BEHIND.search(name)
            unit = _words(row, units) if units is not None else own["unit"] if own else ""
            if name:
                yield from _figure(scope, row, column, _UNIT_BEHIND.sub("", name), unit, year and year["year"], None)


def _figure(
    scope: Scope, row: Row, column: int, subject: str, unit: str, by: str | None, agent: str | None
) -> Iterator[Target]:
    """The target of a cell, where it holds a figure above nought."""
    match = FIGURE.fullmatch(_words(row, column))
    scale = _SCALES.get(unit[:1], 1) if len(unit) > 1 else 1
    if match and (value := Decimal(match["number"].replace(",", "")) * scale):
        yield scope.fact(
            Target,
            "target.table",
            row.passage.spaced,
            passage=row.passage,
            subject=subject,
            value=value,
            comparator=_COMPARATORS[match["sign"]] if match["sign"] else ">=" if match["least"] else "=",
            unit=match["percent"] or unit[scale > 1 :] or None,
            by=by,
            agent=agent,
        )


def _words(row: Row, column: int) -> str:
    """What a cell says, without blanks."""
    return "".join(row.cells[column].chars.split()) if column < len(row.cells) else ""


def _of_figures(table: Table, column: int) -> bool:
    """Whether a column has figures and nothing else."""
    held = [words for row in table.rows if (words := _words(row, column))]
    return bool(held) and all(FIGURE.fullmatch(words) or words in ("—", "-", "/") for words in held)


def _by(scope: Scope, head: str, title: str) -> str | None:
    """By when: the year of the column, else that of the title."""
    year = _YEAR.search(head) or _YEAR.search(title)
    return year["year"] if year and scope.dated and year["year"] >= scope.dated else None


def _lines_above(scope: Scope, table: Table) -> tuple[str, str | None]:
    """The title of a table and the unit that a line above it says (单位：亩)."""
    first = next((n for n, passage in enumerate(scope.passages) if table.rows and passage is table.rows[0].passage), 0)
    unit = None
    for passage in reversed(scope.passages[max(0, first - 4) : first]):
        chars = passage.paragraph.chars
        if "|" in chars:
            continue
        said = _UNIT_SAID.search(chars)
        unit = unit or (said["unit"] if said else None)
        rest = chars[: said.start()].rstrip("（( ") if said else chars
        if rest and _AIMS.search(rest) and len(rest) <= 50 and not re.search("[，。；]", rest):
            return rest, unit
        if rest:
            break
    heading = table.heading.words if table.heading else ""
    return heading if _AIMS.search(heading) and table.heading and len(heading) <= 30 else scope.title, unit
