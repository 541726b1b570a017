"""A deadline is reckoned: a date as written, a time limit by the Civil Code, the first day of one that recurs.

The day of the event is not counted (art. 201); months and years end on the corresponding day of the last month, else
on its last day (art. 202); a period that ends on a rest day ends on the next working day, at 24:00 (art. 203). A date
that is written out is no period: it stays where it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from kg.due.events import IN_FORCE, anchor_of
from kg.due.recurrence import first, rhythm
from kg.due.words import Words, together
from kg.due.workdays import UNKNOWN, add_workdays, is_workday, provisional, workday_from
from kg.grammar.dates import last_day, stretch
from kg.model import Deadline

__all__ = ["Due", "Precision", "due"]


class Precision(StrEnum):
    """How precise the words are that a date was reckoned from."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day on which something can be done in time; or the reason why it is not known."""

    date: dt.date | None = None
    """Of a deadline that recurs the first day from the date of its document on."""
    start: dt.date | None = None
    """The first day of a period: of a span as written, of a time limit the first that is counted."""
    precision: Precision | None = None
    basis: Words | None = None
    """What the date was reckoned from, and by what."""
    assumption: Words | None = None
    reason: Words | None = None
    """Why there is no date."""

    @property
    def resolved(self) -> bool:
        """Whether there is a date."""
        return self.date is not None


_PERIOD = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?", re.ASCII)
_WORKDAYS = re.compile(r"P(\d{1,4})BD", re.ASCII)
_UNITS = (("年", "year"), ("个月", "month"), ("周", "week"), ("日", "day"))
_NOTHING_SAID = Words("", "")
_NOTHING_TOLD: Mapping[str, dt.date] = MappingProxyType({})


def due(deadline: Deadline, document_date: dt.date | None, anchors: Mapping[str, dt.date] = _NOTHING_TOLD) -> Due:
    """When a deadline falls due.

    ``document_date`` is the 成文日期 of its document. ``anchors`` tell the days of events, by the words of the text
    (政策印发, 自政策印发之日起); under ``IN_FORCE`` the day on which the document itself comes into force.
    """
    if deadline.every:
        return _recurring(deadline.every, document_date)
    if deadline.within:
        return _within(deadline, deadline.within, document_date, anchors)
    if deadline.end or deadline.on:
        return _written(deadline)
    if deadline.start and (begin := stretch(deadline.start)):
        return Due(start=begin[0], reason=Words("只写明开始，没有截止", "a beginning is named, but no end"))
    return _unresolved("没有写明时间", "no time is named")


def _unresolved(zh: str, en: str) -> Due:
    return Due(reason=Words(zh, en))


_PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)
"""By the strokes in a date."""
_COARSE = {
    Precision.MONTH: Words("只写到月，按该月最后一日计", "only the month is named: its last day"),
    Precision.YEAR: Words("只写到年，按该年最后一日计", "only the year is named: its last day"),
}


def _written(deadline: Deadline) -> Due:
    """A date or a span as it is written: a rest day does not move it."""
    text = deadline.end or deadline.on or ""
    found = stretch(text)
    if not found:
        return _unresolved(f"“{text}”不是日期", f"“{text}” is no date")
    last, precision = found[1], _PRECISIONS[text.count("-")]
    begin = stretch(deadline.start) if deadline.start and deadline.end else None
    if deadline.end:
        whole = f"{deadline.start or ''}至{deadline.end}"
        basis = Words(f"写明的期间{whole}", f"the period as written, {deadline.start or '…'} to {deadline.end}")
    else:
        basis = Words(f"写明的日期{text}", f"the date as written, {text}")
    rest = None
    if is_workday(last) is False and not _is_validity(deadline):
        rest = Words(
            f"{last}为休息日，写明的日期不顺延", f"{last} is a rest day, which does not move a date as written"
        )
    return Due(
        date=last,
        start=begin[0] if begin else None,
        precision=precision,
        basis=basis,
        assumption=together(_COARSE.get(precision), rest),
    )


def _recurring(rule: str, document_date: dt.date | None) -> Due:
    if document_date is None:
        return _unresolved("成文日期未知，周期无从起算", "the date of the document is not known, nor the first time so")
    found = rhythm(rule, document_date)
    if found.reason:
        return Due(reason=found.reason)
    day = first(rule, document_date)
    if day is None:
        return _unresolved("成文日期以后没有到期的日子", "it has no day from the date of the document on")
    return Due(
        date=day,
        precision=Precision.DAY,
        basis=Words(
            f"首次{day}，自成文日期{document_date}起，按重复规则{rule}",
            f"the first time {day}, from the date of the document, {document_date}, by the rule {rule}",
        ),
        assumption=found.assumption,
    )


def _is_validity(deadline: Deadline) -> bool:
    return (deadline.task or "").endswith("有效期")


def _within(deadline: Deadline, duration: str, document_date: dt.date | None, anchors: Mapping[str, dt.date]) -> Due:
    working, period = _WORKDAYS.fullmatch(duration), _PERIOD.fullmatch(duration)
    if duration.startswith("PT"):
        return _unresolved(
            "按小时、分钟计，自事发时刻起算，不折算为日期", "hours and minutes run from the very time of the event"
        )
    if not working and not period:
        return _unresolved(f"“{duration}”不是时限", f"“{duration}” is no duration")
    validity = _is_validity(deadline)
    anchor = anchor_of(deadline.after or (IN_FORCE if validity else None), document_date, anchors)
    if anchor.day is None:
        return Due(reason=anchor.reason)
    try:
        if working:
            found = _in_workdays(anchor.day, int(working[1]))
        else:
            assert period is not None  # one of the two matched
            numbers = tuple(int(number or 0) for number in period.groups())
            found = _validity(anchor.day, numbers) if validity else _in_days(anchor.day, numbers)
    except (OverflowError, ValueError):
        return _unresolved(f"“{duration}”超出历法", f"“{duration}” lies beyond the calendar")
    if found.date is None:
        return found
    return replace(found, precision=Precision.DAY, assumption=together(anchor.assumption, found.assumption))


def _in_workdays(day: dt.date, count: int) -> Due:
    last = add_workdays(day, count)
    if last is None or not count:
        return Due(reason=UNKNOWN if count else Words("时限为零", "the time limit is nothing"))
    length = Words(f"{count}个工作日", f"{count} working day{_s(count)}")
    return _counted(day, last, length, calendar=Words("，按国务院放假安排", ", by the official holidays"))


def _in_days(day: dt.date, numbers: tuple[int, ...]) -> Due:
    """Days, weeks, months and years by the calendar; a rest day at the end moves it."""
    end, _ = _after(day, numbers)
    last = workday_from(end)
    if end == day:
        return _unresolved("时限为零", "the time limit is nothing")
    if last is None:
        return Due(
            reason=together(
                UNKNOWN,
                Words(f"期满日{end}是否顺延不得而知", f"whether the end on {end} is moved cannot be known"),
            )
        )
    moved = _NOTHING_SAID
    if last != end:
        moved = Words(f"；{end}为休息日，顺延至{last}", f"; {end} is a rest day, so the end is {last}")
    return _counted(day, last, _length(numbers), moved=moved)


def _counted(
    day: dt.date,
    last: dt.date,
    length: Words,
    calendar: Words = _NOTHING_SAID,
    moved: Words = _NOTHING_SAID,
) -> Due:
    """What was counted from the day after an event to the last day in time."""
    law = _law(day)
    return Due(
        date=last,
        start=day + dt.timedelta(days=1),
        basis=Words(
            f"{law.zh}；自{day}起{length.zh}，当日不计{calendar.zh}，末日24时止{moved.zh}",
            f"{law.en}; {length.en} from {day}, itself not counted{calendar.en}, until 24:00{moved.en}",
        ),
        assumption=provisional(last),
    )


def _validity(day: dt.date, numbers: tuple[int, ...]) -> Due:
    """What is in force from a day on is in force on that day: it ends before the corresponding day (至…5月19日)."""
    end, clipped = _after(day, numbers)
    length = _length(numbers)
    return Due(
        date=end if clipped else end - dt.timedelta(days=1),
        start=day,
        basis=Words(f"自{day}起有效{length.zh}", f"in force for {length.en} from {day} on"),
        assumption=Words(
            "有效期含起始当日，至对应日的前一日止，不因休息日顺延",
            "the first day is a day of validity, the last the one before the corresponding day, be it a rest day",
        ),
    )


def _after(day: dt.date, numbers: tuple[int, ...]) -> tuple[dt.date, bool]:
    """The day so much later, and whether the last month had no corresponding day."""
    years, months, weeks, days = numbers
    count = (day.year + years) * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year > dt.MAXYEAR:
        raise OverflowError(year)
    last = last_day(year, month)
    end = dt.date(year, month, min(day.day, last)) + dt.timedelta(days=7 * weeks + days)
    return end, day.day > last and not weeks and not days


def _length(numbers: tuple[int, ...]) -> Words:
    given = [(number, unit) for number, unit in zip(numbers, _UNITS, strict=True) if number]
    return Words(
        "".join(f"{number}{unit[0]}" for number, unit in given),
        " and ".join(f"{number} {unit[1]}{_s(number)}" for number, unit in given),
    )


def _s(number: int) -> str:
    return "" if number == 1 else "s"


# The three laws count alike; the one in force on the day of the event is named.
_LAWS = (
    (dt.date(2021, 1, 1), Words("民法典第201—203条", "Civil Code, art. 201–203")),
    (dt.date(2017, 10, 1), Words("民法总则第201—203条", "General Rules of the Civil Law, art. 201–203")),
    (dt.date.min, Words("民法通则第154条", "General Principles of the Civil Law, art. 154")),
)


def _law(day: dt.date) -> Words:
    return next(words for since, words in _LAWS if day >= since)
