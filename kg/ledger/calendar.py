"""The times of a ledger as a calendar (iCalendar, RFC 5545), to be taken in, and taken in again after the next build.

Each day is an entry of a whole day; what recurs has its rule, or, where it goes by working days, an entry a time. The
UID of an entry is made of its task, so that a later calendar moves it and never doubles it; its stamp is the day of
the ledger. Working days are those of the official notices, and go no further than these. What has no day stands as a task to do (VTODO) that names the event it waits for. Agents are text: a gazette
has no addresses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.due import occurrences, rhythm
from kg.due.workdays import LAST
from kg.ledger.book import Ledger
from kg.ledger.extra import require
from kg.ledger.progress import Entry, State
from kg.ledger.tables import Linker
from kg.ledger.tasks import Part, Task, Term, sentences
from kg.view.inline import visible
from kg.view.phrases import money, number

if TYPE_CHECKING:
    import icalendar

__all__ = ["as_calendar"]

_MORNING = dt.timedelta(hours=9)
_BEFORE = (dt.timedelta(days=7), dt.timedelta(days=1))
"""How long before the day an alarm sounds, at nine in the morning."""
_CLOSED = (State.DONE, State.STOPPED)


def as_calendar(ledger: Ledger, title: str, about: str, progress: Mapping[str, Entry], linker: Linker) -> bytes:
    """The bytes of the calendar: the same for the same ledger."""
    require("icalendar", "a calendar")
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//gongbao-kg//ledger//ZH")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", title)
    calendar.add("X-WR-CALDESC", visible(about))
    for task in ledger.tasks:
        for place, term in enumerate(task.terms):
            for entry in _entries(task, term, place):
                _describe(entry, ledger, task, term, progress.get(task.iri), linker(task.evidence))
                calendar.add_component(entry)
    data: bytes = calendar.to_ical(sorted=True)
    return data


def _entries(task: Task, term: Term, place: int) -> Iterator[icalendar.Event | icalendar.Todo]:
    """The entries of a time, with nothing but their UIDs and their days."""
    import icalendar

    uid = f"{task.iri.rpartition('/')[2]}{f'-{place + 1}' if place else ''}"
    if term.open:
        return
    days, rule = _days(term)
    if not days:
        waiting = icalendar.Todo()
        waiting.add("UID", f"{uid}@gongbao-kg")
        yield waiting
    for day in days:
        entry = icalendar.Event()
        entry.add("UID", f"{uid}{f'-{day:%Y%m}' if len(days) > 1 else ''}@gongbao-kg")
        entry.add("DTSTART", day)
        entry.add("DTEND", day + dt.timedelta(days=1))
        if rule:
            entry.add("RRULE", icalendar.vRecur.from_ical(rule))
        yield entry


def _days(term: Term) -> tuple[tuple[dt.date, ...], str | None]:
    """The days of the entries of a time, and the rule by which the only one comes again; none where none is known."""
    if term.day is None:
        return (), None
    if not term.recurs or term.since is None:
        return (term.day,), None
    rule = rhythm(term.rule, term.since).rule
    if rule and "BYSETPOS" in rule and "BYDAY=MO,TU,WE,TH,FR" in rule:
        return occurrences(term.rule, term.since, LAST), None
    return (term.day,), rule


def _describe(
    entry: icalendar.Event | icalendar.Todo, ledger: Ledger, task: Task, term: Term, said: Entry | None, address: str
) -> None:
    import icalendar

    closed = said is not None and said.state in _CLOSED
    waits = f"（待：{term.waits_for or '时限待定'}）" if isinstance(entry, icalendar.Todo) else ""
    entry.add("DTSTAMP", dt.datetime.combine(ledger.day, dt.time(), dt.UTC))
    entry.add("SUMMARY", visible(f"{f'【{said.state}】' if said and closed else ''}{waits}{task.text}"))
    entry.add("DESCRIPTION", visible("\n".join(_lines(task, term, said, address))))
    entry.add("CATEGORIES", [visible(task.doc)])
    if re.match(r"https?://", address):
        entry.add("URL", address)
    if isinstance(entry, icalendar.Todo):
        entry.add("STATUS", "COMPLETED" if closed else "NEEDS-ACTION")
        return
    entry.add("TRANSP", "TRANSPARENT")
    if closed or "FREQ=DAILY" in term.rule:
        return
    for before in _BEFORE[-1:] if term.recurs else _BEFORE:
        alarm = icalendar.Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", visible(task.text))
        alarm.add("TRIGGER", _MORNING - before)
        entry.add_component(alarm)


def _lines(task: Task, term: Term, said: Entry | None, address: str) -> Iterator[str]:
    for part in Part:
        if names := "、".join(party.name for party in task.named(part)):
            yield f"{part.value}：{names}"
    yield f"时限：{term.written}"
    if term.words and term.words not in task.text:
        yield f"届时：{term.words}"
    if term.basis:
        yield f"推算：{term.basis}"
    if task.targets:
        yield "目标：" + "；".join(f"{fact['subject']}{number(fact)}" for fact in task.targets)
    if task.funds:
        yield f"资金：{'；'.join(map(money, task.funds))}"
    if said:
        yield f"办理：{' '.join(str(word) for word in (said.state, said.done_on, said.remark, said.by) if word)}"
    yield f"文件：{task.doc} {task.title} {task.section}".rstrip()
    yield f"原文：{sentences(task.quotes)}"
    yield f"出处：{address}"
