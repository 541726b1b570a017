"""The calendar of a ledger, read by two libraries: each day once, the same entries in the next build."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

import kg
from kg.due import occurrences
from kg.ledger import Ledger, Task, Term
from kg.ledger.book import Question
from kg.ledger.calendar import as_calendar
from kg.ledger.progress import Entry, State

DAY = "2021-06-01"


@pytest.fixture(scope="module")
def book(demo_graph: Any) -> Ledger:
    made: Ledger = demo_graph.ledger(as_of=DAY)
    return made


@pytest.fixture(scope="module")
def data(demo_graph: Any, book: Ledger, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path: Path = demo_graph.write_ledger(
        book, tmp_path_factory.mktemp("calendar") / "台账.ics", link="https://example.org/kg"
    )
    return path.read_bytes()


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def todos(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VTODO"))


def uids(data: bytes) -> list[str]:
    return [str(entry["UID"]) for entry in (*events(data), *todos(data))]


def test_each_day_of_a_task_is_an_entry_once(book: Ledger, data: bytes) -> None:
    expected = Counter(
        (task.text, term.day) for task in book.tasks for term in task.terms if term.day and not term.recurs
    )
    found = Counter((str(event["SUMMARY"]), event["DTSTART"].dt) for event in events(data) if "RRULE" not in event)
    assert found == expected
    assert len(set(uids(data))) == len(uids(data))


def test_a_second_reader_finds_the_same(data: bytes) -> None:
    calendar = vobject.readOne(data.decode("utf-8"))
    mine = sorted((str(e["UID"]), str(e["SUMMARY"]), e["DTSTART"].dt) for e in events(data))
    other = sorted((e.uid.value, e.summary.value, e.dtstart.value) for e in calendar.vevent_list)
    assert mine == other
    assert {e.uid.value for e in calendar.vtodo_list} == {str(e["UID"]) for e in todos(data)}


def test_an_entry_says_who_by_what_and_where(data: bytes) -> None:
    (event,) = [event for event in events(data) if "开通乡村公交" in event["SUMMARY"]]
    said = str(event["DESCRIPTION"])
    for line in (
        "牵头单位：区交通局",
        "配合单位：区公安局",
        "时限：2021年6月底前",
        "推算：写明的日期2021-06-30",
        "目标：",
        "资金：",
    ):
        assert line in said
    assert str(event["URL"]).startswith("https://example.org/kg/evidence/")
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(days=1)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [
        dt.timedelta(days=-6, hours=-15),
        dt.timedelta(hours=-15),
    ]
    assert event["DTSTAMP"].dt == dt.datetime(2021, 6, 1, tzinfo=dt.UTC)
    assert "ATTENDEE" not in event


def test_without_a_base_the_address_is_relative_and_stands_in_the_text(
    demo_graph: Any, book: Ledger, tmp_path: Path
) -> None:
    plain = demo_graph.write_ledger(book, tmp_path / "x.ics").read_bytes()
    assert not any("URL" in event for event in events(plain))
    assert all("出处：evidence/" in event["DESCRIPTION"] for event in events(plain))


def test_what_waits_for_an_event_is_a_thing_to_do_until_the_event_is_told(
    demo_graph: Any, data: bytes, tmp_path: Path
) -> None:
    (waiting,) = [todo for todo in todos(data) if "组织复核" in todo["SUMMARY"]]
    assert waiting["SUMMARY"] == "（待：整改完成）组织复核"
    assert "DUE" not in waiting
    told = demo_graph.ledger(as_of=DAY, given={"整改完成": "2021-05-10"})
    later = demo_graph.write_ledger(told, tmp_path / "x.ics").read_bytes()
    (event,) = [event for event in events(later) if event["SUMMARY"] == "组织复核"]
    assert event["DTSTART"].dt == dt.date(2021, 5, 17)
    assert event["UID"] == waiting["UID"]


def test_the_next_build_has_the_same_entries(demo_gazette: Path, data: bytes, tmp_path: Path) -> None:
    """Its text stands elsewhere, and a date has been changed."""
    text = demo_gazette.read_text(encoding="utf-8")
    changed = tmp_path / "again.md"
    changed.write_text(
        text.replace("年4月底前全额追缴", "年5月底前全额追缴").replace("\n", "\n\n", 3), encoding="utf-8"
    )
    graph = kg.build([changed])
    later = graph.write_ledger(graph.ledger(as_of="2021-07-01"), tmp_path / "x.ics").read_bytes()
    assert uids(later) == uids(data)
    moved = {str(event["UID"]): event["DTSTART"].dt for event in events(later)}
    was = {str(event["UID"]): event["DTSTART"].dt for event in events(data)}
    assert [(was[uid], moved[uid]) for uid in was if was[uid] != moved[uid]] == [
        (dt.date(2021, 4, 30), dt.date(2021, 5, 31))
    ]


def recurring(rule: str, since: str) -> Ledger:
    start = dt.date.fromisoformat(since)
    first = occurrences(rule, start, dt.date(2030, 1, 1), 1)
    fact = {"fact": "f", "spans": [[1, 2]], "graph": "g"}
    term = Term(written="", words="", fact=fact, day=first[0] if first else None, rule=rule, since=start)
    task = Task(iri="x/task/d/0123456789abcdef", text="报送", doc="d", evidence=fact, terms=(term,))
    return Ledger(Question(day=dt.date(2021, 1, 1)), (task,), ())


def made(ledger: Ledger, progress: dict[str, Entry] | None = None) -> bytes:
    return as_calendar(ledger, "台账", "", progress or {}, lambda _: "")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=25",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=2",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=4",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=FR,SA",
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=10",
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=2",
        "FREQ=YEARLY;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1",
        "FREQ=YEARLY;UNTIL=20231231",
        "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5",
    ],
)
@pytest.mark.parametrize("since", ["2021-04-15", "2020-02-29", "2021-12-31"])
def test_the_entries_recur_on_the_days_that_were_reckoned(rule: str, since: str) -> None:
    from dateutil.rrule import rrulestr

    start, until = dt.date.fromisoformat(since), dt.date(2025, 12, 31)
    days: list[dt.date] = []
    for event in events(made(recurring(rule, since))):
        first = event["DTSTART"].dt
        if "RRULE" in event:
            written = event["RRULE"].to_ical().decode()
            found = rrulestr(written, dtstart=dt.datetime.combine(first, dt.time()))
            days += [
                day.date()
                for day in found.between(dt.datetime.combine(start, dt.time()), dt.datetime(2025, 12, 31), inc=True)
            ]
        else:
            days.append(first)
    assert tuple(day for day in days if day <= until) == occurrences(rule, start, until)


def test_what_goes_by_working_days_is_an_entry_a_time() -> None:
    found = events(made(recurring("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2021-04-15")))
    days = [event["DTSTART"].dt for event in found]
    assert dt.date(2021, 4, 30) in days
    assert dt.date(2024, 2, 29) in days
    assert not any("RRULE" in event for event in found)
    assert len({event["UID"] for event in found}) == len(found)


def test_what_recurs_within_the_day_is_a_thing_to_do() -> None:
    data = made(recurring("FREQ=MINUTELY;INTERVAL=10", "2021-04-15"))
    assert not events(data)
    assert len(todos(data)) == 1


def test_what_is_done_says_so_and_sounds_no_alarm(book: Ledger) -> None:
    task = next(task for task in book.tasks if "开通乡村公交" in task.text)
    entry = Entry(
        task=task.iri, text=task.text, doc=task.doc, state=State.DONE, remark="已通车", by="唐九思", on=book.day
    )
    (event,) = [event for event in events(made(book, {task.iri: entry})) if "开通乡村公交" in event["SUMMARY"]]
    assert event["SUMMARY"].startswith("【已办结】")
    assert "办理：已办结 已通车 唐九思" in event["DESCRIPTION"]
    assert not event.walk("VALARM")


def test_no_text_breaks_out_of_its_line() -> None:
    fact = {"fact": "f", "spans": [[1, 2]], "graph": "g"}
    term = Term(written="", words="", fact=fact, day=dt.date(2021, 6, 30))
    hostile = "完工\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00\x07\u202e；,\\"
    task = Task(
        iri="x/task/d/0123456789abcdef", text=hostile, doc=hostile, evidence=fact, terms=(term,), quotes=(hostile,)
    )
    data = made(Ledger(Question(day=dt.date(2021, 1, 1)), (task,), ()))
    assert len(events(data)) == 1
    assert len(vobject.readOne(data.decode("utf-8")).vevent_list) == 1
    assert not any(char in data for char in (b"\x00", b"\x07", "\u202e".encode()))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
