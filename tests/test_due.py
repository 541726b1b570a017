"""Due dates: an anchor and a time limit in, the last day out, over the holidays of 2019 to 2026."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from cases import notice, reading_of
from hypothesis import given
from hypothesis import strategies as st

from kg.due import IN_FORCE, Due, Precision, due, occurrences, rhythm
from kg.due.workdays import FIRST, LAST, add_workdays, is_workday, workday_from
from kg.graph import Graph
from kg.model import Deadline, Evidence, Span
from kg.query import ask, dues
from kg.query.results import Rows
from kg.rdf import derived, quads
from kg.store import Store
from kg.view import report

TOLD = date(2021, 5, 10)


def deadline(**fields: str) -> Deadline:
    return Deadline(doc="某府发〔2021〕1号", evidence=Evidence((Span(0, 1),), "某"), rule="by_hand", **fields)


def limit(anchor: str, within: str, **fields: str) -> Due:
    """When a time limit ends that runs from the day of an event."""
    return due(deadline(within=within, after="受理之日", **fields), None, {"受理": date.fromisoformat(anchor)})


PERIODS = [
    # the day of the event, the time limit, the last day
    ("2019-01-31", "P3BD", "2019-02-03"),  # the weekend before Spring Festival is worked
    ("2019-02-01", "P5BD", "2019-02-13"),
    ("2019-01-25", "P10D", "2019-02-11"),  # ends on the first day of Spring Festival
    ("2019-04-26", "P3BD", "2019-04-30"),
    ("2019-04-30", "P1BD", "2019-05-05"),  # a Sunday made up
    ("2019-09-27", "P5BD", "2019-10-10"),
    ("2019-09-01", "P1M", "2019-10-08"),  # ends on National Day
    ("2020-01-17", "P5BD", "2020-01-23"),
    ("2020-01-23", "P1BD", "2020-02-03"),  # Spring Festival was made longer
    ("2020-01-03", "P30D", "2020-02-03"),
    ("2020-01-31", "P1M", "2020-03-02"),  # no 31 February: the 29th, a Saturday
    ("2020-02-29", "P1Y", "2021-03-01"),  # no 29 February: the 28th, a Sunday
    ("2020-04-24", "P2BD", "2020-04-27"),
    ("2020-04-30", "P4BD", "2020-05-09"),
    ("2020-05-25", "P1M", "2020-06-28"),  # the Dragon Boat Festival, then a Sunday made up
    ("2020-09-25", "P5BD", "2020-10-09"),
    ("2020-09-10", "P30D", "2020-10-10"),  # a Saturday made up is no rest day
    ("2021-02-05", "P5BD", "2021-02-18"),
    ("2021-02-18", "P2BD", "2021-02-20"),
    ("2021-03-03", "P7M", "2021-10-08"),
    ("2021-04-23", "P1BD", "2021-04-25"),
    ("2021-05-07", "P1BD", "2021-05-08"),
    ("2021-05-10", "P10BD", "2021-05-24"),
    ("2021-05-10", "P6M", "2021-11-10"),
    ("2021-05-10", "P5D", "2021-05-17"),  # a Saturday
    ("2021-08-31", "P1M", "2021-09-30"),
    ("2021-09-17", "P3BD", "2021-09-23"),
    ("2021-09-24", "P6BD", "2021-10-08"),
    ("2021-10-08", "P1BD", "2021-10-09"),
    ("2021-12-31", "P1Y", "2023-01-03"),  # ends on a New Year's holiday
    ("2022-01-28", "P3BD", "2022-02-07"),  # both days of the weekend are worked
    ("2022-04-01", "P2BD", "2022-04-06"),
    ("2022-09-30", "P2BD", "2022-10-09"),
    ("2022-12-30", "P1BD", "2023-01-03"),
    ("2023-01-20", "P2BD", "2023-01-29"),
    ("2023-02-28", "P1Y", "2024-02-28"),  # the corresponding day, not the last of February
    ("2023-03-30", "P6M", "2023-10-07"),
    ("2023-06-21", "P1BD", "2023-06-25"),
    ("2023-09-28", "P2BD", "2023-10-08"),
    ("2024-01-31", "P1M", "2024-02-29"),
    ("2024-02-02", "P2BD", "2024-02-05"),
    ("2024-02-09", "P1BD", "2024-02-18"),
    ("2024-04-06", "P1D", "2024-04-07"),  # a Sunday made up
    ("2024-09-13", "P1BD", "2024-09-14"),
    ("2024-09-30", "P5BD", "2024-10-12"),
    ("2025-01-24", "P3BD", "2025-02-05"),
    ("2025-02-07", "P1BD", "2025-02-08"),
    ("2025-04-30", "P1BD", "2025-05-06"),
    ("2025-05-01", "P1M", "2025-06-03"),
    ("2025-09-08", "P4W", "2025-10-09"),
    ("2025-09-26", "P3BD", "2025-09-30"),
    ("2026-01-01", "P1BD", "2026-01-04"),
    ("2026-02-13", "P2BD", "2026-02-24"),
    ("2026-02-27", "P1BD", "2026-02-28"),
    ("2026-05-08", "P1BD", "2026-05-09"),
    ("2026-09-15", "P20D", "2026-10-08"),
    ("2026-09-18", "P2BD", "2026-09-21"),
    ("2026-09-30", "P3BD", "2026-10-10"),
]


# The notices of the State Council, as printed: weekends that are worked, and the holidays from one day to another.
NOTICES = {
    2019: (
        ["02-02", "02-03", "04-28", "05-05", "09-29", "10-12"],
        ["01-01", "02-04/02-10", "04-05/04-07", "05-01/05-04", "06-07/06-09", "09-13/09-15", "10-01/10-07"],
    ),
    2020: (
        ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"],
        ["01-01", "01-24/02-02", "04-04/04-06", "05-01/05-05", "06-25/06-27", "10-01/10-08"],
    ),
    2021: (
        ["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"],
        ["01-01/01-03", "02-11/02-17", "04-03/04-05", "05-01/05-05", "06-12/06-14", "09-19/09-21", "10-01/10-07"],
    ),
    2022: (
        ["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"],
        ["01-01/01-03", "01-31/02-06", "04-03/04-05", "04-30/05-04", "06-03/06-05", "09-10/09-12", "10-01/10-07"],
    ),
    2023: (
        ["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"],
        ["01-01/01-02", "01-21/01-27", "04-05", "04-29/05-03", "06-22/06-24", "09-29/10-06", "12-30/12-31"],
    ),
    2024: (
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
        ["01-01", "02-10/02-17", "04-04/04-06", "05-01/05-05", "06-08/06-10", "09-15/09-17", "10-01/10-07"],
    ),
    2025: (
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
        ["01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
    ),
    2026: (
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
        ["01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21", "09-25/09-27", "10-01/10-07"],
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_a_year_is_as_its_notice_says(year: int) -> None:
    worked = {date.fromisoformat(f"{year}-{day}") for day in NOTICES[year][0]}
    rest: set[date] = set()
    for span in NOTICES[year][1]:
        begin, _, end = span.partition("/")
        first, last = date.fromisoformat(f"{year}-{begin}"), date.fromisoformat(f"{year}-{end or begin}")
        rest |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=n)
        assert is_workday(day) is (day in worked or (day.weekday() < 5 and day not in rest)), day


@pytest.mark.parametrize(("anchor", "within", "last"), PERIODS, ids=[f"{a}+{w}" for a, w, _ in PERIODS])
def test_a_time_limit_ends(anchor: str, within: str, last: str) -> None:
    found = limit(anchor, within)
    assert (str(found.date), found.precision, found.reason) == (last, Precision.DAY, None)
    # The day of the event is not counted.
    assert found.start == date.fromisoformat(anchor) + timedelta(days=1)


def test_the_basis_names_the_law_and_the_count() -> None:
    basis = limit("2021-05-10", "P10BD").basis
    assert basis is not None
    assert basis.zh == "民法典第201—203条；自2021-05-10起10个工作日，当日不计，按国务院放假安排，末日24时止"
    assert basis.en.startswith("Civil Code, art. 201–203; 10 working days from 2021-05-10")


def test_the_basis_says_what_moved_the_end() -> None:
    basis = limit("2021-03-03", "P7M").basis
    assert basis is not None
    assert basis.zh.endswith("2021-10-03为休息日，顺延至2021-10-08")


@pytest.mark.parametrize(
    ("anchor", "law"),
    [("2021-01-01", "民法典第201"), ("2020-12-31", "民法总则第201"), ("2017-09-30", "民法通则第154")],
)
def test_the_law_is_the_one_in_force(anchor: str, law: str) -> None:
    basis = limit(anchor, "P3D").basis
    assert basis is not None
    assert basis.zh.startswith(law)


# The end of what the calendar knows


@pytest.mark.parametrize(
    ("anchor", "within"),
    [
        (LAST, "P1BD"),
        (LAST, "P1D"),
        (LAST - timedelta(days=3), "P5BD"),
        (LAST - timedelta(days=200), "P1Y"),
        (FIRST - timedelta(days=10), "P3BD"),
        (FIRST - timedelta(days=400), "P1M"),
    ],
)
def test_beyond_the_known_years_nothing_is_guessed(anchor: date, within: str) -> None:
    found = limit(str(anchor), within)
    assert (found.resolved, found.basis) == (False, None)
    assert found.reason is not None
    assert f"只知{FIRST.year}年至{LAST.year}年" in found.reason.zh


def test_the_last_week_known_is_assumed_to_stay() -> None:
    found = limit(str(LAST - timedelta(days=8)), "P4D")
    assert found.resolved
    assert found.assumption is not None
    assert f"{LAST.year + 1}年元旦" in found.assumption.zh
    assert limit(str(LAST - timedelta(days=30)), "P4D").assumption is None


def test_a_date_as_written_needs_no_calendar() -> None:
    assert due(deadline(on="2099-06-30"), None).date == date(2099, 6, 30)


@given(st.dates(FIRST, LAST), st.integers(1, 60))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    last = add_workdays(day, count)
    if last is not None:
        days = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
        assert sum(bool(is_workday(day)) for day in days) == count
        assert is_workday(last)


@given(st.dates(FIRST, LAST), st.integers(1, 400))
def test_a_period_never_ends_on_a_rest_day_or_early(day: date, count: int) -> None:
    found = limit(str(day), f"P{count}D").date
    if found:
        assert is_workday(found)
        assert found == workday_from(day + timedelta(days=count))


# What a time limit runs from


@pytest.mark.parametrize(
    ("after", "last"),
    [
        ("印发之日", "2021-05-24"),
        ("发布之日", "2021-05-24"),
        ("公布之日", "2021-05-24"),
        ("本通知印发之日", "2021-05-24"),
        ("本通报正式印发之日", "2021-05-24"),
        ("本实施办法公布之日", "2021-05-24"),
        ("即日", "2021-05-24"),
        ("2021年5月8日", "2021-05-21"),
        ("2021年5月8日起", "2021-05-21"),
        ("5月8日", "2021-05-21"),
        # These are events of their own, or somebody else's documents.
        ("文件印发", None),
        ("政策文件正式印发", None),
        ("检测结果公布之日", None),
        ("本区规划公布之日", None),
        ("《湿地规划》发布之日", None),
        ("2021年5月", None),
        ("收到申请之日", None),
        ("每季度终了", None),
        ("", None),
    ],
)
def test_what_the_document_itself_fixes(after: str, last: str | None) -> None:
    found = due(deadline(within="P10BD", after=after), TOLD)
    assert (str(found.date) if found.date else None) == last
    assert bool(found.reason) is not found.resolved


def test_the_date_of_the_document_is_an_assumption() -> None:
    found = due(deadline(within="P3D", after="本通知印发之日"), TOLD).assumption
    assert found is not None
    assert found.zh == "“本通知印发之日”按成文日期2021-05-10计"


def test_without_a_date_of_the_document_it_is_not_known() -> None:
    found = due(deadline(within="P3D", after="印发之日"), None)
    assert found.reason is not None
    assert found.reason.zh == "本文件的成文日期未知"


@pytest.mark.parametrize("given", ["政策印发", "自政策印发之日起", "政策印发后", "政策正式印发"])
def test_an_event_is_told_in_other_words(given: str) -> None:
    found = due(deadline(within="P10BD", after="政策印发之日"), TOLD, {given: date(2020, 7, 1)})
    assert found.date == date(2020, 7, 15)


def test_what_is_told_goes_before_the_date_of_the_document() -> None:
    found = due(deadline(within="P1D", after="印发之日"), TOLD, {"印发": date(2021, 5, 12)})
    assert (found.date, found.assumption) == (date(2021, 5, 13), None)


def test_an_event_told_twice_is_not_known() -> None:
    told = {"政策印发": date(2020, 7, 1), "政策印发后": date(2020, 7, 2)}
    assert not due(deadline(within="P1D", after="政策印发之日"), TOLD, told).resolved


def test_hours_have_no_day() -> None:
    found = due(deadline(within="PT48H", after="印发之日"), TOLD)
    assert found.reason is not None
    assert "小时" in found.reason.zh


@pytest.mark.parametrize("within", ["P0D", "P0BD", "P", "PBD", "20日", "P9999Y", "P1X"])
def test_what_is_no_duration_has_no_end(within: str) -> None:
    found = due(deadline(within=within, after="印发之日"), TOLD)
    assert (found.date, bool(found.reason)) == (None, True)


@pytest.mark.parametrize(
    ("force", "within", "last"),
    [
        ("2021-05-20", "P5Y", "2026-05-19"),
        ("2021-01-01", "P2Y", "2022-12-31"),  # a rest day: it ends all the same
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2021-05-20", "P10Y", "2031-05-19"),  # needs no calendar
    ],
)
def test_a_document_is_in_force_until_the_day_before(force: str, within: str, last: str) -> None:
    found = due(deadline(within=within, task="本办法有效期"), TOLD, {IN_FORCE: date.fromisoformat(force)})
    assert (str(found.date), str(found.start)) == (last, force)
    assert found.assumption is not None


# Dates as written


@pytest.mark.parametrize(
    ("fields", "start", "last", "precision"),
    [
        ({"on": "2021-06-30"}, None, "2021-06-30", Precision.DAY),
        ({"on": "2021-06"}, None, "2021-06-30", Precision.MONTH),
        ({"on": "2024-02"}, None, "2024-02-29", Precision.MONTH),
        ({"on": "2021"}, None, "2021-12-31", Precision.YEAR),
        ({"start": "2021-05-01", "end": "2021-09-30"}, "2021-05-01", "2021-09-30", Precision.DAY),
        ({"start": "2021-06", "end": "2023"}, "2021-06-01", "2023-12-31", Precision.YEAR),
        ({"end": "2026-05-19"}, None, "2026-05-19", Precision.DAY),
    ],
)
def test_a_date_is_what_is_written(fields: dict[str, str], start: str | None, last: str, precision: Precision) -> None:
    found = due(deadline(**fields), None)
    assert (found.start and str(found.start), str(found.date), found.precision) == (start, last, precision)


def test_a_rest_day_does_not_move_a_date_as_written() -> None:
    found = due(deadline(on="2021-05-15"), TOLD)
    assert found.date == date(2021, 5, 15)
    assert found.assumption is not None
    assert "不顺延" in found.assumption.zh


@pytest.mark.parametrize("fields", [{"start": "2021-06"}, {"on": "2021-02-30"}, {"on": "0000"}, {"on": "明年"}, {}])
def test_what_names_no_end_has_none(fields: dict[str, str]) -> None:
    found = due(deadline(**fields), TOLD)
    assert (found.date, bool(found.reason)) == (None, True)


# What recurs

RHYTHMS = [
    # the rule, the days from 2021-05-10 on
    ("FREQ=DAILY", "2021-05-10 2021-05-11"),
    ("FREQ=DAILY;BYHOUR=17", "2021-05-10 2021-05-11"),
    ("FREQ=DAILY;INTERVAL=10", "2021-05-20 2021-05-30"),
    ("FREQ=WEEKLY", "2021-05-16 2021-05-23"),
    ("FREQ=WEEKLY;INTERVAL=2", "2021-05-23 2021-06-06"),
    ("FREQ=WEEKLY;BYDAY=MO", "2021-05-10 2021-05-17"),
    ("FREQ=WEEKLY;BYDAY=FR,SA", "2021-05-14 2021-05-15"),
    ("FREQ=MONTHLY", "2021-05-31 2021-06-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=5", "2021-06-05 2021-07-05"),
    ("FREQ=MONTHLY;BYMONTHDAY=25", "2021-05-25 2021-06-25"),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "2021-05-31 2021-06-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2021-05-31 2021-06-30"),
    ("FREQ=MONTHLY;INTERVAL=2", "2021-06-30 2021-08-31"),
    ("FREQ=MONTHLY;INTERVAL=3", "2021-06-30 2021-09-30"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2021-06-30 2021-09-30"),
    ("FREQ=MONTHLY;INTERVAL=6", "2021-06-30 2021-12-31"),
    ("FREQ=MONTHLY;INTERVAL=5", "2021-09-30 2022-02-28"),
    ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", "2021-07-10 2021-10-10"),
    ("FREQ=YEARLY", "2021-12-31 2022-12-31"),
    ("FREQ=YEARLY;INTERVAL=2", "2022-12-31 2024-12-31"),
    ("FREQ=YEARLY;BYMONTH=3", "2022-03-31 2023-03-31"),
    ("FREQ=YEARLY;BYMONTH=2", "2022-02-28 2023-02-28"),
    ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", "2022-03-31 2023-03-31"),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", "2021-07-10 2021-10-10"),
    ("FREQ=MONTHLY;BYMONTHDAY=10,20,-1", "2021-05-10 2021-05-20"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2022-02-28 2023-02-28"),
    ("FREQ=MONTHLY;BYDAY=1WE", "2021-06-02 2021-07-07"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2021-05-31 2021-06-30"),
    ("FREQ=MONTHLY;BYMONTH=10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2021-10-08 2022-10-08"),  # behind National Day
    ("FREQ=MONTHLY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2022-01-30 2023-01-31"),  # a Sunday made up
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=0", ""),
    ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=2", ""),
    ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1", "2021-09-01 2022-09-01"),
    ("FREQ=YEARLY;UNTIL=20211231", "2021-12-31"),
    ("FREQ=MONTHLY;UNTIL=20210531", "2021-05-31"),
    ("FREQ=MONTHLY;COUNT=1", "2021-05-31"),
    ("FREQ=YEARLY;UNTIL=20201231", ""),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10", ""),  # of which month of the quarter is not said
    ("FREQ=MINUTELY;INTERVAL=10", ""),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ""),
    ("FREQ=DAILY;BYMONTH=13", ""),
    ("FREQ=DAILY;INTERVAL=0", ""),
    ("FREQ=DAILY;FREQ=DAILY", ""),
    ("FREQ=MONTHLY;BYSETPOS=9", ""),
    ("每月", ""),
]


@pytest.mark.parametrize(("rule", "days"), RHYTHMS, ids=[rule for rule, _ in RHYTHMS])
def test_a_rule_falls_due(rule: str, days: str) -> None:
    assert " ".join(map(str, occurrences(rule, TOLD, date(2030, 12, 31), 2))) == days
    found = due(deadline(every=rule), TOLD)
    assert (str(found.date) if found.date else "") == days[:10]
    assert bool(found.reason) is not found.resolved


def test_later_days_keep_the_phase_of_the_document() -> None:
    rule = "FREQ=YEARLY;INTERVAL=2"
    assert occurrences(rule, TOLD, date(2030, 1, 1), since=date(2025, 1, 1)) == (date(2026, 12, 31), date(2028, 12, 31))
    assert occurrences("FREQ=MONTHLY;COUNT=2", TOLD, date(2030, 1, 1), since=date(2021, 6, 1)) == (date(2021, 6, 30),)


def test_days_end_with_the_last_one_asked_for() -> None:
    assert occurrences("FREQ=MONTHLY;BYMONTHDAY=25", TOLD, date(2021, 6, 24)) == (date(2021, 5, 25),)


def test_what_a_rule_leaves_open_is_an_assumption() -> None:
    found = rhythm("FREQ=MONTHLY;INTERVAL=3", TOLD)
    assert found.rule == "FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=3,6,9,12"
    assert found.assumption is not None
    assert found.assumption.zh == "未写明日期，按每季度的最后一日计"
    assert rhythm("FREQ=MONTHLY;BYMONTHDAY=25", TOLD).assumption is None


def test_without_a_date_of_the_document_nothing_begins() -> None:
    assert not due(deadline(every="FREQ=MONTHLY"), None).resolved


# In the graph

TEXT = """一、区民政局应当自本通知印发之日起10个工作日内制定细则。

二、区水利局应当自受理之日起20个工作日内作出决定。

三、区林业局于2021年6月底前完成普查。

四、各责任单位每月25日前报送工作进度。
"""


@pytest.fixture(scope="module")
def store() -> Store:
    reading = reading_of(notice(TEXT))
    return Store.of([*quads(reading), *derived(reading)])


def test_the_question_shows_the_date_beside_the_words(store: Store) -> None:
    rows: list[dict[str, Any]] = list(Rows.of(ask(store, "due", {})).objects())
    assert [(row.get("due"), row["when"]) for row in rows] == [
        ("2021-05-24", "P10BD ← 本通知印发之日"),
        ("2021-05-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("2021-06-30", "2021-06-30"),
        (None, "P20BD ← 受理之日"),
    ]
    assert [row["basis"] for row in rows] == [
        "民法典第201—203条；自2021-05-10起10个工作日，当日不计，按国务院放假安排，末日24时止；“本通知印发之日”按成文日期2021-05-10计",
        "首次2021-05-25，自成文日期2021-05-10起，按重复规则FREQ=MONTHLY;BYMONTHDAY=25",
        "写明的日期2021-06-30",
        "未推算：“受理之日”的日期未知",
    ]


def test_what_is_reckoned_is_asked_for_by_its_date(store: Store) -> None:
    rows = list(Rows.of(ask(store, "due", {"since": "2021-05", "before": "2021-05"})).objects())
    assert [row.get("due") for row in rows] == ["2021-05-24", "2021-05-25"]


def test_what_recurs_is_listed_by_its_next_day(store: Store) -> None:
    rows = list(Rows.of(ask(store, "due", {"since": "2023-02-26"})).objects())
    assert [(row["due"], row["when"]) for row in rows] == [("2023-03-25", "FREQ=MONTHLY;BYMONTHDAY=25")]
    # A day that a query of the user's own reckons.
    rows = list(
        Rows.of(
            Graph(store).answer(
                "SELECT (<https://w3id.org/gongbao/function/nextDue>('FREQ=YEARLY;INTERVAL=2', '2021-05-10', '2023') AS ?day) {}"
            )
        ).objects()
    )
    assert rows == [{"day": "2024-12-31"}]


def test_what_was_reckoned_stands_among_what_follows() -> None:
    reading = reading_of(notice(TEXT))
    words = ("#due>", "#firstDue>", "#dueBasis>", "#duePrecision>", "#dueUnresolved>", "#dueAssumption>")
    assert not any(word in line for line in quads(reading) for word in words)
    lines = list(derived(reading))
    assert all(any(word in line for line in lines) for word in words)
    assert all("/edges>" in line for line in lines)


def test_validity_runs_from_the_day_that_the_document_is_in_force() -> None:
    reading = reading_of(notice("本办法自2021年5月20日起施行，有效期5年。"))
    (found,) = dues(Store.of([*quads(reading), *derived(reading)])).values()
    assert found.day == "2026-05-19"


def test_the_report_shows_the_date_and_its_basis(store: Store) -> None:
    graph = Graph(store)
    html = report(list(graph.facts(full=True)), (), graph.network(), dues=dues(store))
    html = html.replace('<span class="left-days"></span>', "")  # filled by the script of the page
    assert "2021-05-24<small>民法典第201—203条" in html
    assert "首次 2021-05-25" in html
    assert "—<small>“受理之日”的日期未知" in html


def test_working_days_of_a_month_are_those_of_the_calendar_where_it_is_known() -> None:
    rule = "FREQ=MONTHLY;BYMONTH=10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"
    assert occurrences(rule, TOLD, date(2021, 10, 7)) == ()
    # 1 October 2035 is a Monday; what its holidays will be is not known, and that is said.
    assert occurrences(rule, date(2035, 1, 1), date(2035, 12, 31)) == (date(2035, 10, 1),)
    assumption = rhythm(rule, TOLD).assumption
    assert assumption is not None
    assert assumption.zh.endswith("其余年份按周一至周五计")
