"""An answer becomes text: a table for a terminal, CSV for a spreadsheet, JSON for a program, Turtle for a triple store.

Values are plain: a number is a number, everything else its text, whatever is not bound is missing. What a source says
is data and stays so: no control character reaches a terminal, no cell is a formula to a spreadsheet.
"""

from __future__ import annotations

import csv as csv_lines
import io
import json as json_text
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import PREFIXES
from kg.store import Answer

__all__ = [
    "FORMS",
    "HEADINGS",
    "Cell",
    "Rows",
    "as_meant",
    "csv",
    "default_form",
    "harmless",
    "json",
    "places",
    "render",
    "table",
    "turtle",
]

Cell = str | int | Decimal | bool | None
"""A plain value; None is a variable that is not bound."""

FORMS = ("table", "csv", "json", "turtle")
"""What ``render`` can write."""

HEADINGS: Mapping[str, str] = {
    "a": "A角",
    "action": "任免",
    "address": "地址",
    "after": "之后",
    "agent": "责任主体",
    "amount": "金额（元）",
    "as": "作为",
    "b": "B角",
    "basis": "推算依据",
    "before": "之前",
    "behind": "随文印发于",
    "bodies": "席位数",
    "by": "达标时间",
    "change": "变化",
    "chief": "负责人",
    "code": "区划代码",
    "comparator": "比较",
    "date": "日期",
    "document": "所在文件",
    "due": "到期日",
    "effective": "施行日期",
    "end": "终点",
    "evidence": "另一依据",
    "endDocument": "终止文件",
    "endQuote": "终止引文",
    "fact": "陈述",
    "facts": "陈述数",
    "formerDocument": "原所在文件",
    "formerQuote": "原引文",
    "found": "命中",
    "group": "议事协调机构",
    "head": "办公室负责人",
    "heading": "标题",
    "iri": "标识",
    "issuers": "发文机关",
    "kind": "类别",
    "last": "最近见载",
    "left": "余",
    "limit": "试用、聘期届满",
    "matter": "事项",
    "member": "成员",
    "members": "成员数",
    "missing": "缺号数",
    "modality": "准许与否",
    "name": "名称",
    "note": "附注",
    "number": "号",
    "of": "隶属于",
    "organization": "机构",
    "other": "对方",
    "otherDocument": "另一方所在文件",
    "otherQuote": "另一方引文",
    "outcome": "认定",
    "part": "分项",
    "path": "路径",
    "patient": "对象",
    "payee": "受款方",
    "payer": "出资方",
    "per": "计量",
    "person": "姓名",
    "phone": "电话",
    "place": "地方",
    "post": "职务",
    "postcode": "邮编",
    "posts": "职务",
    "public": "公开",
    "published": "刊载日期",
    "publisher": "编辑出版",
    "purpose": "用途",
    "quote": "引文",
    "reason": "理由",
    "reform": "沿革",
    "relation": "关系",
    "role": "角色",
    "rule": "规则",
    "seats": "席位",
    "section": "章节",
    "seen": "首见",
    "severity": "程度",
    "share": "比例",
    "since": "自",
    "source": "来源",
    "sponsor": "主办",
    "start": "起点",
    "status": "依据",
    "subject": "主题",
    "supervisor": "主管",
    "task": "任务",
    "text": "原文",
    "today": "今由",
    "title": "标题",
    "topic": "类别",
    "total": "总期号",
    "type": "类型",
    "under": "上级标题",
    "unit": "单位",
    "value": "数值",
    "way": "方式",
    "website": "网址",
    "what": "事由",
    "when": "时间",
    "who": "认定人",
}
"""The columns of the named questions, for a reader of Chinese; a table prints both words."""

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(
    _XSD + local
    for local in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
)
_DECIMALS = frozenset(_XSD + local for local in ("decimal", "double", "float"))
_BOOLEAN = _XSD + "boolean"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_DIGITS = 400
"""A number of more digits stays as it is written; a double has at most 309."""
_GAP = "  "
# What moves a terminal's cursor or turns the direction of its text, less the tab and the line breaks of plain text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Rows:
    """The solutions of a query, or its triples, as plain values under the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The rows of any answer: triples have the columns subject, predicate, object; an ASK has one, ``answer``."""
        if isinstance(answer, bool):
            return cls(("answer",), ((answer,),))
        if isinstance(answer, ox.QueryTriples):
            triples = sorted(answer, key=_order)
            rows = ((_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in triples)
            return cls(("subject", "predicate", "object"), tuple(rows))
        columns = tuple(variable.value for variable in answer.variables)
        return cls(columns, tuple(tuple(_plain(term) for term in solution) for solution in answer))

    def __len__(self) -> int:
        return len(self.rows)

    def objects(self) -> Iterator[dict[str, Cell]]:
        """Each row as a dict with every column, in their order."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


def render(answer: Answer | Rows, form: str = "table", width: int | None = None) -> str:
    """The answer in one of ``FORMS``, ending in a line break. Raises KgError where it cannot be written so."""
    if form == "turtle":
        if not isinstance(answer, ox.QueryTriples):
            raise KgError(
                "Turtle holds triples: the query must be a CONSTRUCT or a DESCRIBE, or choose table, csv, json"
            )
        return turtle(answer)
    if form not in FORMS:
        raise KgError(f"the form of the answer must be one of {', '.join(FORMS)}, got {form!r}")
    rows = answer if isinstance(answer, Rows) else Rows.of(answer)
    if form == "csv":
        return csv(rows)
    if form == "json":
        return json(rows)
    return table(rows, width=width)


def default_form(answer: Answer) -> str:
    """The form an answer is best read in: Turtle for triples, else a table."""
    return "turtle" if isinstance(answer, ox.QueryTriples) else "table"


def table(rows: Rows, width: int | None = None, cell: int = 40) -> str:
    """The rows in aligned columns, Chinese characters two places wide, with their number below.

    Values wider than ``cell`` places end in …, IRIs begin with it; with ``width`` (a terminal's) the widest columns
    are made narrower until a line fits, as far as it can.
    """
    numeric = [
        any(row[i] is not None for row in rows.rows) and all(row[i] is None or _is_number(row[i]) for row in rows.rows)
        for i in range(len(rows.columns))
    ]
    head = [_heading(column) for column in rows.columns]
    body = [[_shown(value) for value in row] for row in rows.rows]
    widths = [min(cell, max([places(line[i]) for line in (head, *body)], default=0)) for i in range(len(rows.columns))]
    _narrow(widths, width)
    lines = [_line(head, widths, [False] * len(widths)), _GAP.join("─" * w for w in widths)]
    lines += [_line(line, widths, numeric) for line in body]
    lines.append(f"{len(rows)} 行 / {len(rows)} row{'' if len(rows) == 1 else 's'}")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def csv(rows: Rows) -> str:
    """RFC 4180 with a header. A text that a spreadsheet would take for a formula has an apostrophe before it.

    Lines end in CR LF, so write it with ``newline=""``; for a spreadsheet in Chinese, with ``encoding="utf-8-sig"``.
    """
    out = io.StringIO()
    writer = csv_lines.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow([harmless(value) for value in row])
    return out.getvalue()


def json(rows: Rows) -> str:
    """A list of objects, one a row, with every column as a key, in their order.

    Numbers are numbers, booleans booleans, IRIs, dates and all else strings; what is not bound is null. This is not
    the SPARQL results format: language tags and datatypes are left to Turtle.
    """
    if not rows.rows:
        return "[]\n"
    objects = (json_text.dumps({k: _jsonable(v) for k, v in row.items()}, ensure_ascii=False) for row in rows.objects())
    return _CONTROL.sub(_escape, "[\n" + ",\n".join(objects) + "\n]\n")


def turtle(triples: Iterable[ox.Triple]) -> str:
    """The triples in Turtle with the project's prefixes, in an order that is the same for the same triples."""
    ordered = dict.fromkeys(sorted(triples, key=_order))
    data = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    lines = io.StringIO(data.decode("utf-8"), newline="\n").readlines()
    # Oxigraph writes prefixes in an order that changes from run to run.
    return _CONTROL.sub(_escape, "".join(sorted(lines[: len(PREFIXES)]) + lines[len(PREFIXES) :]))


def places(text: str) -> int:
    """How many places a text takes in a terminal: two for a wide character, none for a combining one."""
    return sum(map(_place, text))


def _place(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _order(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _plain(term: object) -> Cell:
    match term:
        case None:
            return None
        case ox.Literal():
            return _number(term.value, term.datatype.value)
        case ox.NamedNode():
            return term.value
        case other:
            return str(other)


def _number(text: str, datatype: str) -> Cell:
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype in _DECIMALS and (number := Decimal(text)).is_finite():
            if abs(number.adjusted()) > _DIGITS:  # 1e999999999 would be written out
                return text
            return int(number) if number == number.to_integral_value() else number
    except (ValueError, InvalidOperation):
        return text  # an ill-formed literal is shown as it is written
    if datatype == _BOOLEAN:
        return text in ("true", "1")
    return text


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _written(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case other:
            return str(other)


def _jsonable(value: Cell) -> str | int | float | bool | None:
    return float(value) if isinstance(value, Decimal) else value


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"


def harmless(value: Cell) -> str:
    """The value as a cell of a table: a text that a spreadsheet would take for a formula has an apostrophe before it."""
    text = _CONTROL.sub(" ", _written(value))
    start = text.lstrip(" \n")
    # A sign alone, as a comparator is, computes nothing.
    return f"'{text}" if isinstance(value, str) and len(start) > 1 and start.startswith(_FORMULA) else text


def as_meant(cell: str) -> str:
    """The text of a cell without the apostrophe that ``harmless`` put before it."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _heading(column: str) -> str:
    word = HEADINGS.get(column)
    return f"{word} {column}" if word else _shown(column)


def _shown(value: Cell) -> str:
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    text = _written(value)
    if "://" in text:
        for prefix, namespace in PREFIXES.items():
            if text.startswith(namespace) and (local := text[len(namespace) :]).isidentifier():
                return f"{prefix}:{local}"
    return " ".join(_CONTROL.sub(" ", text).split())


def _narrow(widths: list[int], limit: int | None, least: int = 8) -> None:
    """The widest columns give way, one place at a time, until a line fits or none is wider than ``least``."""
    if limit is None or not widths:
        return
    spare = limit - len(_GAP) * (len(widths) - 1)
    while sum(widths) > spare and max(widths) > least:
        widths[widths.index(max(widths))] -= 1


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for text, limit, end in zip(cells, widths, right, strict=True):
        shown = _cut(text, limit)
        blank = " " * (limit - places(shown))
        padded.append(blank + shown if end else shown + blank)
    return _GAP.join(padded)


def _cut(text: str, limit: int) -> str:
    """The text in at most ``limit`` places; of an IRI the end is kept, which tells one from another."""
    if places(text) <= limit:
        return text
    backwards = text.startswith(("http://", "https://"))
    kept, room = [], limit - 1
    for char in reversed(text) if backwards else text:
        room -= _place(char)
        if room < 0:
            break
        kept.append(char)
    return "…" + "".join(reversed(kept)) if backwards else "".join(kept) + "…"
