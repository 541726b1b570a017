"""The days on which something that recurs falls due, by the rules of RFC 5545 that the extractors emit.

RFC 5545 takes what a rule leaves open from the day it starts: 每季度 from 10 May would be due on 10 August. In official
Chinese it means once in each quarter, so it is due when the quarter ends. ``rhythm`` says what a rule was taken for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from kg.due.words import Words, together
from kg.due.workdays import FIRST, LAST, of_month
from kg.grammar.dates import last_day

__all__ = ["Rhythm", "first", "occurrences", "rhythm"]

# The parts that the extractors emit. Others make it easy to say what never comes, for which dateutil searches long.
_RULE = re.compile(
    r"FREQ=(?P<freq>SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:UNTIL=\d{8}(?:T\d{6}Z?)?"
    r"|(?:COUNT|INTERVAL)=\d{1,3}|BY(?:HOUR|MINUTE|SECOND|MONTH)=\d{1,2}(?:,\d{1,2})*|WKST=[A-Z]{2}"
    r"|BYMONTHDAY=-?\d{1,2}(?:,-?\d{1,2})*|BYDAY=(?:-?[1-4])?[A-Z]{2}(?:,(?:-?[1-4])?[A-Z]{2})*"
    r"|BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-?[1-9]\d?))*",
    re.ASCII,
)
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DATED = ("BYDAY", "BYMONTHDAY", "BYMONTH")
_PERIODS = {3: ("季度", "quarter"), 6: ("半年", "half-year")}

Parts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rule that leaves nothing open, for a calendar; or the reason why there is none."""

    rule: str | None
    """As RFC 5545 has it, for days: hours are left out."""
    start: date
    """The day that the rule is counted from, which need not be one of its own."""
    assumption: Words | None = None
    reason: Words | None = None


def rhythm(rule: str, start: date) -> Rhythm:
    """What a rule means that came into being on a day."""
    match = _RULE.fullmatch(rule)
    parts = dict(part.split("=", 1) for part in rule.split(";")) if match else {}
    if not match or len(parts) != rule.count(";") + 1:
        return _none(start, f"“{rule}”不是RFC 5545的重复规则", f"“{rule}” is no rule of RFC 5545")
    for name in _CLOCK:
        parts.pop(name, None)
    made = _MADE.get(match["freq"])
    if made is None:
        return _none(start, "每日不止一次，不逐日列出", "it recurs within the day and has no days of its own")
    step = int(parts.get("INTERVAL", "1"))
    try:
        if step and _comes(parts):
            found = made(parts, step, start)
            if found.rule:
                rrulestr(found.rule, dtstart=datetime.combine(found.start, time()))
            return found
    except (ValueError, OverflowError):
        pass
    return _none(start, f"“{rule}”无法推算", f"“{rule}” cannot be reckoned with")


def _comes(parts: Parts) -> bool:
    """Whether there is such a day: no 30 February, and no weekday in a rule that names days of the month."""
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    if not all(1 <= month <= 12 for month in months) or not all(days) or ("BYMONTHDAY" in parts and "BYDAY" in parts):
        return False
    return min(days) <= max(last_day(2020, month) for month in months)  # a leap year


def occurrences(
    rule: str, start: date, until: date, limit: int | None = None, since: date | None = None
) -> tuple[date, ...]:
    """The days from ``start`` to ``until``, both included, on which a rule falls due: at most ``limit`` of them.

    ``start`` is when the rule came into being, the date of its document: every second year is counted from it. Days
    before ``since`` are left out. Nothing where the rule leaves the day open: ``rhythm`` says why.
    """
    found = rhythm(rule, start)
    if found.rule is None:
        return ()
    parts = dict(part.split("=", 1) for part in found.rule.split(";"))
    count = int(parts.pop("COUNT", "0"))
    last = min(until, _until(parts))
    # A working day may lie before the weekday that the rule names: its month is read to the end.
    end = last.replace(day=last_day(last.year, last.month)) if _of_workdays(parts) else last
    parts["UNTIL"] = f"{end:%Y%m%d}" if end.year >= 1000 else f"{end.year:04}{end:%m%d}"
    days = (day.date() for day in rrulestr(_join(parts), dtstart=datetime.combine(found.start, time())))
    if place := int(parts["BYSETPOS"]) if _of_workdays(parts) else 0:
        days = (of_month(day.year, day.month, place) or day for day in days)
    # What starts within a period counts from its beginning: the quarter that has begun, the month.
    days = (day for day in takewhile(lambda day: day <= last, days) if day >= start)
    counted = islice(days, count or None)
    return tuple(islice((day for day in counted if since is None or day >= since), limit))


def first(rule: str, start: date, since: date | None = None) -> date | None:
    """The first day from ``start`` on, and not before ``since``, on which a rule falls due.

    None where ``since`` lies more than a century after ``start``: nobody follows up a promise that long.
    """
    if since and since.year - start.year > 100:
        return None
    step = re.search(r"INTERVAL=(\d{1,3})(?!\d)", rule)
    # Years enough for one interval, and for 29 February.
    year = max(start, since or start).year + 9 + (int(step[1]) if step else 0)
    return next(iter(occurrences(rule, start, date(year, 12, 31) if year < 10000 else date.max, 1, since)), None)


def _until(parts: Parts) -> date:
    written = parts.get("UNTIL")
    return datetime.strptime(written[:8], "%Y%m%d").date() if written else date.max


def _yearly(parts: Parts, step: int, start: date) -> Rhythm:
    if "BYMONTH" in parts and "BYMONTHDAY" not in parts and "BYDAY" not in parts:
        parts["BYMONTHDAY"] = "-1"
        return _some(parts, start, _end("月", "month"))
    if _open(parts):
        parts |= {"BYMONTH": "12", "BYMONTHDAY": "31"}
        begin = start.replace(year=start.year + step - 1, month=1, day=1)
        if step == 1:
            return _some(parts, begin, _end("年", "year"))
        return _some(parts, begin, _end(f"{step}年（自成文当年起）", f"{step} years, from that of the document on"))
    if step > 1:
        return _some(parts, start, _from("年", "year"))
    return _some(parts, start)


def _monthly(parts: Parts, step: int, start: date) -> Rhythm:
    if "BYMONTH" in parts:
        step = 1  # the months that are named say it all
        parts.pop("INTERVAL", None)
    if step == 1:
        if _open(parts, "BYMONTH"):
            parts["BYMONTHDAY"] = "-1"
            return _some(parts, start, _end("月", "month"))
        if _of_workdays(parts):
            return _some(parts, start.replace(day=1), _BY_THE_CALENDAR)
        return _some(parts, start, _clip(parts))
    if not _open(parts) and parts.get("BYMONTHDAY") != "-1":
        return _none(
            start,
            f"未写明是每{step}个月中的哪一个月",
            f"it is not said in which of {step} months the day lies",
        )
    zh, en = _PERIODS.get(step, (f"{step}个月", f"{step} months"))
    assumption = _end(zh, en) if _open(parts) else None
    parts["BYMONTHDAY"] = "-1"
    if 12 % step == 0:
        # Quarters and half-years are those of the calendar, and not counted from the document.
        parts["BYMONTH"] = ",".join(str(month) for month in range(step, 13, step))
        parts.pop("INTERVAL")
        return _some(parts, start, assumption)
    month = start.year * 12 + start.month - 1 + step - 1
    return _some(parts, date(month // 12, month % 12 + 1, 1), together(assumption, _from("月", "month")))


def _of_workdays(parts: Parts) -> bool:
    """Whether a rule counts the working days of a month."""
    return "BYSETPOS" in parts and parts.get("BYDAY") == "MO,TU,WE,TH,FR" and parts["FREQ"] == "MONTHLY"


_BY_THE_CALENDAR = Words(
    f"工作日按国务院放假安排（{FIRST.year}年至{LAST.year}年），其余年份按周一至周五计",
    f"working days are those of the official holidays ({FIRST.year} to {LAST.year}), elsewhere Monday to Friday",
)


def _clip(parts: Parts) -> Words | None:
    """每月31日 is the last day of a shorter month, which the rule as written would pass over."""
    day = parts.get("BYMONTHDAY", "")
    if day not in ("29", "30", "31"):
        return None
    parts["BYMONTHDAY"] = ",".join(str(number) for number in range(28, int(day) + 1))
    parts["BYSETPOS"] = "-1"
    return Words(f"没有{day}日的月份按其最后一日计", f"a month without a day {day} is due on its last day")


def _weekly(parts: Parts, step: int, start: date) -> Rhythm:
    if not _open(parts, "BYDAY"):
        raise ValueError("a rule of weeks names weekdays only")
    monday = start - timedelta(days=start.weekday())
    if _open(parts):
        parts["BYDAY"] = "SU"
        begin = monday + timedelta(weeks=step - 1)
        if step == 1:
            return _some(parts, begin, _end("周", "week"))
        return _some(parts, begin, _end(f"{step}周（自成文当周起）", f"{step} weeks, from that of the document on"))
    return _some(parts, monday, _from("周", "week") if step > 1 else None)


def _daily(parts: Parts, step: int, start: date) -> Rhythm:
    if not _open(parts):
        raise ValueError("a rule of days names none")
    if step == 1:
        return _some(parts, start)
    return _some(parts, start + timedelta(days=step), _from("日", "day"))


_MADE: dict[str, Callable[[Parts, int, date], Rhythm]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}


def _open(parts: Parts, *but: str) -> bool:
    """Whether a rule names no day."""
    return not any(name in parts for name in _DATED if name not in but)


def _join(parts: Parts) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _some(parts: Parts, start: date, assumption: Words | None = None) -> Rhythm:
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_until(parts):%Y%m%d}"
    return Rhythm(_join(parts), start, assumption)


def _none(start: date, zh: str, en: str) -> Rhythm:
    return Rhythm(None, start, reason=Words(zh, en))


def _end(zh: str, en: str) -> Words:
    return Words(f"未写明日期，按每{zh}的最后一日计", f"no day is named: the last day of each {en}")


def _from(zh: str, en: str) -> Words:
    return Words(f"间隔自成文当{zh}起算", f"the interval is counted from the {en} of the document")
