"""The ledger as tables, a kind of thing each, with heads in Chinese and plain values in the cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from kg.ledger.book import Ledger
from kg.ledger.changes import Change
from kg.ledger.progress import Entry, State, last
from kg.ledger.table import PROGRESS, Cell, Column, Form, Link, Table
from kg.ledger.tasks import Fact, Part, Task, sentences
from kg.model import Coverage, Leftover
from kg.view.phrases import day_in_words, money, target

__all__ = ["Linker", "heads_of_tasks", "status_of", "table_of_changes", "tables"]


_EVIDENCE = (
    Column("doc", "文件", Form.TEXT, 14),
    Column("section", "章节", Form.TEXT, 18, printed=False),
    Column("quote", "原文", Form.WORDS, 60, printed=False),
)
_TASK = Column("task_number", "任务序号", Form.NUMBER, 9)
_N = Column("number", "序号", Form.NUMBER, 6)

_WIDTHS: Mapping[Part, int] = {Part.LEAD: 13, Part.ANSWER: 18, Part.SUPPORT: 14, Part.OTHER: 10}

Linker = Callable[[Fact], str]


def tables(
    ledger: Ledger,
    *,
    progress: Mapping[str, Entry],
    linker: Linker,
    leftovers: Sequence[tuple[str, Leftover]] = (),
    coverage: Sequence[Coverage] = (),
) -> list[Table]:
    """The tables of a ledger: tasks, deadlines, funds, targets, people, groups, and what could not be read.

    Where something was filled in about tasks that no document has any more, they are a table too.

    ``progress`` is the last entry about each task; ``linker`` gives the address of the evidence of a fact.
    ``leftovers`` come with the name of their source.
    """
    by_kind: dict[str, list[Fact]] = {}
    for fact in ledger.facts:
        by_kind.setdefault(fact["kind"], []).append(fact)
    of = partial(_of, by_kind)
    return [
        _tasks(ledger, progress, linker),
        _deadlines(ledger),
        _funds(ledger, of("fund")),
        _targets(ledger, of("target")),
        _people(of("post", "appointment", "stand_in", "contact", "duty")),
        _groups(of("member", "seat", "event")),
        _unread(ledger, leftovers, coverage),
        *([gone] if (gone := _gone(ledger, progress)).rows else []),
    ]


def _of(by_kind: Mapping[str, list[Fact]], *kinds: str) -> list[Fact]:
    return [fact for kind in kinds for fact in by_kind.get(kind, ())]


def status_of(ledger: Ledger, task: Task, progress: Mapping[str, Entry]) -> str:
    """How a task stands: done or given up where whoever keeps the ledger says so, else by its dates."""
    entry = progress.get(task.iri)
    if entry and entry.state in (State.DONE, State.STOPPED):
        return entry.state.value
    return ledger.status(task).value


def _columns(day: dt.date | str) -> tuple[Column, ...]:
    """Those of the tasks."""
    return (
        _N,
        Column("task", "任务", Form.WORDS, 32),
        *(Column(part.name.lower(), part.value, Form.WORDS, width) for part, width in _WIDTHS.items()),
        Column("written", "时限（原文）", Form.WORDS, 12),
        Column("due", "完成时限", Form.DATE, 11),
        Column("next", "下次时间", Form.DATE, 11),
        Column("target", "目标", Form.WORDS, 20),
        Column("fund", "资金", Form.WORDS, 12),
        Column("status", f"时限状态（截至{day}）", Form.TEXT, 12),
        *PROGRESS,
        *_EVIDENCE,
        Column("title", "文件标题", Form.WORDS, 30, printed=False),
        Column("basis", "推算依据", Form.WORDS, 40, printed=False),
        Column("by", "填报", Form.TEXT, 14, printed=False),
        Column("link", "出处", Form.LINK, 8, printed=False),
        Column("iri", "任务标识", Form.KEY, 3, printed=False),
    )


def heads_of_tasks() -> frozenset[str]:
    """The heads of the columns of the tasks, but for that of the status, which names its day."""
    return frozenset(column.head for column in _columns("") if column.name != "status")


def _tasks(ledger: Ledger, progress: Mapping[str, Entry], linker: Linker) -> Table:
    day = ledger.day
    rows = []
    for task in ledger.tasks:
        term, entry = task.term(day), progress.get(task.iri)
        rows.append(
            (
                task.number,
                task.text,
                *(_names(task, part) for part in Part),
                "；".join(dict.fromkeys(t.written for t in task.terms)),
                term.day if term and not term.recurs else None,
                term.next(day) if term else None,
                "；".join(map(target, task.targets)),
                "；".join(filter(None, map(_fund, task.funds))),
                status_of(ledger, task, progress),
                entry.state.value if entry and entry.state else "",
                entry.done_on if entry else None,
                entry.remark if entry else "",
                task.doc,
                task.section,
                sentences(task.quotes),
                task.title,
                term.basis if term else "",
                f"{entry.by} {entry.on}".strip() if entry else "",
                Link(linker(task.evidence), "原文"),
                task.iri,
            )
        )
    return Table("tasks", "任务", _columns(day), tuple(rows))


def _gone(ledger: Ledger, progress: Mapping[str, Entry]) -> Table:
    """What was filled in about tasks that are not, or no longer, in the ledger of the whole graph."""
    columns = (
        _N,
        Column("task", "任务", Form.WORDS, 40),
        Column("doc", "文件", Form.TEXT, 20),
        *(replace(column, filled=False) for column in PROGRESS),
        Column("by", "填报", Form.TEXT, 16),
        Column("why", "说明", Form.WORDS, 24),
    )
    rows: list[tuple[Cell, ...]] = []
    for entry in last(progress.values()):
        if entry.task not in ledger.known:
            why = "文件已废止" if entry.doc in ledger.repealed else "文件中已没有此项任务"
            state = entry.state.value if entry.state else ""
            by = f"{entry.by} {entry.on}".strip()
            rows.append((len(rows) + 1, entry.text, entry.doc, state, entry.done_on, entry.remark, by, why))
    return Table("gone", "已不在的任务", columns, tuple(rows))


def table_of_changes(found: Sequence[Change], earlier: str) -> Table:
    """What changed since an earlier graph, which ``earlier`` names."""
    columns = (
        _N,
        Column("kind", "变化", Form.TEXT, 10),
        Column("task", "任务", Form.WORDS, 40),
        Column("parties", "责任主体", Form.WORDS, 22),
        Column("before", f"变化前（{earlier}）", Form.WORDS, 24),
        Column("after", "变化后", Form.WORDS, 24),
        Column("doc", "文件", Form.TEXT, 16),
        Column("section", "章节", Form.TEXT, 18, printed=False),
        Column("quote", "现句", Form.WORDS, 50, printed=False),
        Column("former", "原句", Form.WORDS, 50, printed=False),
        Column("iri", "任务标识", Form.KEY, 3, printed=False),
    )
    rows = tuple(
        (
            n,
            change.kind.value,
            change.task.text,
            "、".join(party.name for party in change.task.parties),
            change.before,
            change.after,
            change.task.doc,
            change.task.section,
            change.quote,
            change.former,
            change.task.iri,
        )
        for n, change in enumerate(found, 1)
    )
    return Table("changes", "变化", columns, rows)


def _names(task: Task, part: Part) -> str:
    """Those who take part so; with the word for it where the column does not say it."""
    said = [
        f"{party.name}（{party.role}）" if part is Part.OTHER and party.role else party.name
        for party in task.named(part)
    ]
    return "、".join(said)


def _fund(fact: Fact) -> str:
    sides = "→".join(str(fact[name]) for name in ("payer", "payee") if fact.get(name))
    return f"{money(fact)}（{sides}）" if sides else money(fact)


def _deadlines(ledger: Ledger) -> Table:
    day = ledger.day
    columns = (
        _N,
        Column("words", "事项", Form.WORDS, 40),
        Column("agents", "责任主体", Form.WORDS, 24),
        Column("written", "时限（原文）", Form.WORDS, 18),
        Column("kind", "类型", Form.TEXT, 8),
        Column("start", "起始", Form.DATE, 11),
        Column("due", "到期日", Form.DATE, 11),
        Column("next", "下次时间", Form.DATE, 11),
        Column("basis", "推算依据或未能推算的原因", Form.WORDS, 30),
        Column("waits_for", "等待事件", Form.WORDS, 14),
        _TASK,
        *_EVIDENCE,
    )
    rows: list[tuple[Cell, ...]] = []
    for task in ledger.tasks:
        for term in task.terms:
            kind = "定期" if term.recurs else "时限" if term.fact.get("within") else "期间" if term.start else "定日"
            rows.append(
                (
                    len(rows) + 1,
                    term.words or task.text,
                    "、".join(party.name for party in task.parties),
                    term.written,
                    kind,
                    term.start,
                    None if term.recurs else term.day,
                    term.next(day),
                    term.basis,
                    term.waits_for,
                    task.number,
                    *_where(term.fact, task.section),
                )
            )
    return Table("deadlines", "时限", columns, tuple(rows))


def _where(fact: Fact, section: str | None = None) -> tuple[Cell, ...]:
    return fact["doc"], section if section is not None else fact.get("section", ""), fact["quote"]


def _funds(ledger: Ledger, facts: Iterable[Fact]) -> Table:
    columns = (
        _N,
        Column("amount", "金额（元）", Form.NUMBER, 16),
        Column("share", "比例", Form.NUMBER, 8),
        Column("money", "说法", Form.TEXT, 18),
        Column("per", "计量", Form.TEXT, 14),
        Column("payer", "出资方", Form.WORDS, 20),
        Column("payee", "受款方", Form.WORDS, 20),
        Column("purpose", "用途", Form.WORDS, 36),
        _TASK,
        *_EVIDENCE,
    )
    rows = tuple(
        (
            n,
            _decimal(fact.get("amount")),
            _decimal(fact.get("share")),
            money(fact),
            *(fact.get(name) for name in ("per", "payer", "payee", "purpose")),
            ledger.number_of.get(fact["fact"]),
            *_where(fact),
        )
        for n, fact in enumerate(facts, 1)
    )
    return Table("funds", "资金", columns, rows)


def _targets(ledger: Ledger, facts: Iterable[Fact]) -> Table:
    columns = (
        _N,
        Column("subject", "指标", Form.WORDS, 36),
        Column("comparator", "比较", Form.TEXT, 7),
        Column("value", "数值", Form.NUMBER, 12),
        Column("unit", "单位", Form.TEXT, 9),
        Column("by", "时间", Form.TEXT, 12),
        Column("agent", "责任主体", Form.WORDS, 20),
        _TASK,
        *_EVIDENCE,
    )
    rows = tuple(
        (
            n,
            fact["subject"],
            fact.get("comparator"),
            _decimal(fact["value"]),
            fact.get("unit"),
            day_in_words(str(fact.get("by") or "")),
            fact.get("agent"),
            ledger.number_of.get(fact["fact"]),
            *_where(fact),
        )
        for n, fact in enumerate(facts, 1)
    )
    return Table("targets", "目标", columns, rows)


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _people(facts: Iterable[Fact]) -> Table:
    columns = (
        _N,
        Column("person", "姓名", Form.TEXT, 12),
        Column("kind", "类别", Form.TEXT, 9),
        Column("org", "机构", Form.WORDS, 24),
        Column("what", "职务或分工", Form.WORDS, 32),
        Column("note", "角色或备注", Form.WORDS, 20),
        Column("date", "日期", Form.TEXT, 11),
        *_EVIDENCE,
    )
    rows: list[tuple[Cell, ...]] = []
    for fact in facts:
        if said := _person(fact):
            rows.append((len(rows) + 1, *said, *_where(fact)))
    return Table("people", "人员", columns, tuple(rows))


def _person(fact: Fact) -> tuple[Cell, ...] | None:
    match fact["kind"]:
        case "post":
            return fact["person"], "任职", fact.get("org"), fact.get("title"), fact.get("note"), ""
        case "appointment":
            date = day_in_words(str(fact.get("date") or ""))
            kind = "免职" if fact["action"] == "免" else "任命"
            return fact["person"], kind, fact.get("org"), fact.get("title"), fact.get("note"), date
        case "stand_in":
            return fact["a"], "AB角", "", fact["b"], "", ""
        case "contact" if fact.get("person"):
            return fact["person"], "联系方式", fact.get("org"), fact.get("phone"), fact.get("address"), ""
        case "duty" if "/person/" in str(fact["things"].get("agent") or ""):
            return fact["agent"], "分工", "", fact["matter"], fact.get("role"), ""
    return None


def _groups(facts: Iterable[Fact]) -> Table:
    columns = (
        _N,
        Column("group", "议事协调机构", Form.WORDS, 32),
        Column("kind", "类别", Form.TEXT, 10),
        Column("member", "成员或单位", Form.WORDS, 28),
        Column("role", "角色", Form.TEXT, 12),
        *_EVIDENCE,
    )
    rows: list[tuple[Cell, ...]] = []
    for fact in facts:
        match fact["kind"]:
            case "member":
                said = fact["group"], "成员", fact["member"], fact.get("role")
            case "seat":
                said = fact["group"], "办公室设在", fact["org"], ""
            case "event" if fact["type"] in ("成立", "调整", "撤销") and fact.get("patient"):
                said = fact["patient"], fact["type"], fact.get("agent"), ""
            case _:
                continue
        rows.append((len(rows) + 1, *said, *_where(fact)))
    return Table("groups", "机构", columns, tuple(rows))


def _unread(ledger: Ledger, leftovers: Iterable[tuple[str, Leftover]], coverage: Iterable[Coverage]) -> Table:
    columns = (
        _N,
        Column("kind", "类别", Form.WORDS, 26),
        Column("text", "所见", Form.WORDS, 30),
        Column("around", "前后文", Form.WORDS, 50),
        Column("doc", "文件", Form.TEXT, 20),
        Column("section", "章节", Form.TEXT, 14),
        Column("place", "位置", Form.TEXT, 14),
        Column("source", "来源", Form.TEXT, 20),
    )
    rows = tuple((n, *row) for n, row in enumerate(_not_facts(ledger, leftovers, coverage), 1))
    return Table("unread", "未读出", columns, rows)


def _not_facts(
    ledger: Ledger, leftovers: Iterable[tuple[str, Leftover]], coverage: Iterable[Coverage]
) -> Iterator[tuple[Cell, ...]]:
    for task in ledger.tasks:
        for term in task.terms:
            if term.day is None and not term.open:
                yield "时限未能推算", term.written, term.basis, task.doc, task.section, "", task.evidence["source"]
    for source, leftover in leftovers:
        place = str(leftover.span or "")
        yield leftover.reason, leftover.text, "", "", "", place, source
    for each in coverage:
        for gap in each.gaps:
            kind = f"没有事实覆盖的{gap.kind.zh}"
            yield kind, gap.text, gap.around, gap.doc, gap.section, str(gap.span), each.source
