"""How often something is done, and on which day of each stretch: 每季度首月10日前, 每月最后一个工作日, as RFC 5545 says it.

A stretch of the calendar's own (旬, 季度, 半年) ends with the calendar: 每旬 is no 每10天. Working days are Monday to Friday
in a rule, counted by ``BYSETPOS``, since RFC 5545 knows no holidays; what they are in a year is for ``kg.due`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.grammar.dates import last_day
from kg.grammar.numbers import ordinal

__all__ = ["RHYTHM", "WEEKDAYS", "adverbial", "rules", "weekdays"]

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"{_N}[日号]"
_DAYS = rf"{_DAY}(?:[、和]{_DAY})*"
_MONTH = rf"{_N}月(?:份)?(?:{_DAY}|底|末|初|[上中下]旬)?"
_TO = r"(?:至|到|——|—|-|～)"
WEEKDAYS = (
    rf"(?:周|星期)[一二三四五六日天](?:(?:[、和]|{_TO})(?:周|星期)?[一二三四五六日天](?![\u4e00-\u9fff]?[次轮场期]))*"
)
"""Days of the week, one by one or from one to another."""
_WORKDAY = rf"(?:最后(?:一|1)?个|[第前]{_N}个|{_N}个(?=工作日[之以]?内))工作日"
_AFTER = rf"(?:结束|终了|届满)(?:(?:之|以)?后(?:的)?)(?:{_N}(?:个工作日|个月|日|天)(?:之内|以内|内))?"
_IN_WEEK = rf"[一二三四五六日天](?![次轮场期个回篇])(?:(?:[、和]|{_TO})(?:周|星期)?[一二三四五六日天](?![次轮场期]))*|{WEEKDAYS}"
_IN_MONTH = rf"{_WORKDAY}|(?:前|次月的?)?{_DAYS}|前{_N}天|月?[底末]{_WORKDAY}|月?[底末初]|最后一[天日]|[上中下]旬|(?:第{_N}|最后一)个(?:周|星期)[一二三四五六日天]"
_IN_TERM = (
    rf"(?:首月|末月|次月|第?[一二三]个月|末?的?最后一个月)(?:的?(?:{_IN_MONTH}))?|季?[底末]{_WORKDAY}|季?[底末初]"
    rf"|{_WORKDAY}|前{_N}[日天]|最后一[天日]|{_DAYS}"
)
_IN_YEAR = (
    rf"{_MONTH}(?:[、和]{_MONTH})*(?:的(?:{_DAY}|[上中下]旬|[底末]))?|年?[底末初]|[上下]半年|第?[一二三四]季度[底末]?"
)
RHYTHM = (
    r"(?:每(?:隔|逢)?(?:"
    rf"(?P<year>学年|年)度?(?:的?(?P<in_year>{_IN_YEAR}|{_AFTER}))?"
    rf"|(?P<term>半年|季度?)(?:的?(?P<in_term>{_IN_TERM}|{_AFTER}))?"
    rf"|(?P<month>[双单]?月)度?(?:的?(?P<in_month>{_IN_MONTH}|{_AFTER}))?"
    rf"|(?P<week>周|星期)(?:的?(?P<in_week>{_IN_WEEK}))?"
    r"|(?P<whole>旬|半个?月|双周|个?工作日)[底末]?"
    r"|(?P<count>两|\d{1,2}|[二三四五六七八九十]{1,2})?个?(?P<unit>学年|年|季度?|月|周|星期|日|天|学期(?!开学|结束|放假|[初末中])|分钟|小时))"
    rf"|(?<![本上当该各全\d一二三四])(?P<ended>[年季月])度(?P<after>{_AFTER}))"
)
"""每 with a stretch of time, and the day in it; 年度终了后30日内 stands for that of each year."""

_FREQ = {
    "年": ("YEARLY", 1),
    "学年": ("YEARLY", 1),
    "半年": ("MONTHLY", 6),
    "学期": ("MONTHLY", 6),
    "季度": ("MONTHLY", 3),
    "季": ("MONTHLY", 3),
    "双月": ("MONTHLY", 2),
    "月": ("MONTHLY", 1),
    "双周": ("WEEKLY", 2),
    "周": ("WEEKLY", 1),
    "星期": ("WEEKLY", 1),
    "日": ("DAILY", 1),
    "天": ("DAILY", 1),
    "小时": ("HOURLY", 1),
    "分钟": ("MINUTELY", 1),
}
_WORKING = "BYDAY=MO,TU,WE,TH,FR"
_WHOLE = {
    "旬": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "半月": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    "半个月": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    "单月": "FREQ=YEARLY;BYMONTH=1,3,5,7,9,11",
    "工作日": f"FREQ=WEEKLY;{_WORKING}",
    "个工作日": f"FREQ=WEEKLY;{_WORKING}",
}
"""What no interval says."""
_LENGTH = {"年": 12, "学年": 12, "半年": 6, "季": 3, "季度": 3, "双月": 2, "单月": 2, "月": 1}
"""In months."""
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PLACES = {day: place for place, days in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for day in days}


def rules(match: re.Match[str], closing: str = "") -> tuple[str, ...]:
    """The rules of a match of ``RHYTHM``, one for each day of a list; nothing where it measures a price or a speed.

    ``closing`` is the day or month on which a window closes that comes back every year or month (每月20日至25日).
    """
    if match["whole"]:
        return (adverbial(match["whole"]),)
    if unit := match["unit"]:
        return () if unit in ("分钟", "小时") and not match["count"] else (_every(unit, _count(match["count"])),)
    if match["week"]:
        return (_every("周") + (f";BYDAY={weekdays(match['in_week'])}" if match["in_week"] else ""),)
    if each := match["ended"]:
        return tuple(_after(each, match["after"]))
    each = match["year"] or match["term"] or match["month"]
    when = match["in_year"] or match["in_term"] or match["in_month"] or ""
    if closing:
        month = re.match(rf"{_N}月", when)
        when = (month[0] if month and "月" not in closing else "") + closing
    found = (
        _after(each, when) if re.match("结束|终了|届满", when) else _in_year(when) if match["year"] else _in(each, when)
    )
    return tuple(found) or (adverbial(each),)


def adverbial(unit: str) -> str:
    """按月, 逐年, 每旬: once in each."""
    return _WHOLE.get(unit) or _every(unit)


def weekdays(written: str) -> str:
    """The days of the week that are named, as ``BYDAY`` has them."""
    days: list[int] = []
    for match in re.finditer(rf"(?P<to>{_TO})?(?:周|星期)?(?P<day>[一二三四五六日天])", written):
        day = _PLACES[match["day"]]
        days += range(days[-1] + 1, day + 1) if match["to"] and days else (day,)
    return ",".join(_CODES[day] for day in dict.fromkeys(days))


def _every(each: str, count: int = 1) -> str:
    freq, times = _FREQ[each]
    return f"FREQ={freq}" + (f";INTERVAL={times * count}" if times * count > 1 else "")


def _count(written: str | None) -> int:
    return 2 if written == "两" else (ordinal(written) or 1) if written else 1


def _after(each: str, when: str) -> Iterator[str]:
    """So many days, working days or months after the end of each stretch, where that is the same day in each year."""
    match = re.search(rf"后的?(?P<n>{_N})(?P<unit>个工作日|个月|日|天)", when)
    number = ordinal(match["n"]) if match else None
    if not match or not number:
        return
    step = _LENGTH[each]
    months = range(1, 13, step)
    if match["unit"] == "个月" and number <= step:
        yield _on("BYMONTHDAY=-1", [month + number - 1 for month in months])
    elif match["unit"] == "个工作日" and number <= _FEWEST_WORKDAYS:
        yield _on(f"{_WORKING};BYSETPOS={number}", months)
    elif match["unit"] in "日天" and number <= min(last_day(2021, month) for month in months):
        yield _on(f"BYMONTHDAY={number}", months)


_FEWEST_WORKDAYS = 15
"""That any month has."""


def _in_year(when: str) -> Iterator[str]:
    """The months and days that are named; of February the last day is not the 28th in every year."""
    if quarter := re.match(r"第?([一二三四])季度", when):
        when = f"{3 * _PLACES[quarter[1]] + 3}月底"
    when = {"上半年": "6月底", "下半年": "12月底"}.get(when) or re.sub("^年?[底末]$", "12月底", when)
    listed, _, shared = when.partition("的")
    for match in re.finditer(rf"(?P<month>{_N})月(?:份)?(?P<day>[^、和]*)", listed):
        month, day = ordinal(match["month"]), match["day"] or shared
        if not month or month > 12:
            continue
        for part in _days(day):
            part = f"BYMONTHDAY={last_day(2021, month)}" if part == _LAST and month != 2 else part
            yield _on(part, [month])
        if not day or day == "初":
            yield f"FREQ=YEARLY;BYMONTH={month}"


def _in(each: str, when: str) -> Iterator[str]:
    """The month and the day that are named of each quarter, half-year or month."""
    step = _LENGTH[each]
    named = re.match(r"(?:首月|次月|第?(?P<n>[一二三])个月|末月|末?的?最后一个月)的?", when) if step > 2 else None
    if named:
        last = named[0].startswith(("末", "最后", "的"))
        first = ordinal(named["n"]) if named["n"] else step if last else 1
        months: Iterable[int] = range(first or 1, 13, step)
        if named.end() == len(when):
            yield f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}"
            return
        when = when[named.end() :]
    elif step > 2 and re.fullmatch("季?[底末]|最后一[天日]", when):
        yield f"{_every(each)};{_LAST}"
        return
    elif step > 2 and re.match(_DAY, when):
        yield from (f"{_every(each)};{part}" for part in _days(when))  # of which month is not said
        return
    else:
        ends = step if step < 3 or re.search("[底末后]", when) else 1  # a quarter's first days, or its last
        months = range(1 if each == "单月" else ends, 13, step)
    yield from (_on(part, months) for part in _days(when))


_LAST = "BYMONTHDAY=-1"


def _days(when: str) -> Iterator[str]:
    """The days of a month that are named."""
    if when.endswith("工作日"):
        number = None if "最后" in when else re.search(_N, when)
        place = -1 if number is None else ordinal(number[0]) or 0
        if -1 <= place <= _FEWEST_WORKDAYS and place:
            yield f"{_WORKING};BYSETPOS={place}"
    elif week := re.fullmatch(rf"(?:第(?P<n>{_N})|最后一)个(?:周|星期)(?P<day>.)", when):
        place = (ordinal(week["n"]) or 0) if week["n"] else -1
        if -1 <= place <= 4 and place:
            yield f"BYDAY={place}{weekdays(week['day'])}"
    elif when.endswith("旬"):
        yield {"上旬": "BYMONTHDAY=10", "中旬": "BYMONTHDAY=20"}.get(when, _LAST)
    elif when.endswith(("底", "末")) or when.startswith("最后一"):
        yield _LAST
    else:
        yield from (f"BYMONTHDAY={ordinal(day)}" for day in re.findall(rf"({_N})[日号天]", when))


def _on(day: str, months: Iterable[int]) -> str:
    """The rule for a day in some months of the year, or in all of them."""
    named = ",".join(map(str, months))
    if named.count(",") == 11:
        return f"FREQ=MONTHLY;{day}"
    # What is counted within the month (the first Monday, the last working day) would be counted within the year.
    return f"FREQ={'MONTHLY' if 'BYDAY' in day else 'YEARLY'};BYMONTH={named};{day}"
