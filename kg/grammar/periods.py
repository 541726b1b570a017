"""Times by which, during which or how often something is done, as ISO 8601 and RFC 5545 say them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.grammar.dates import parse_date
from kg.grammar.numbers import ordinal
from kg.grammar.rhythms import RHYTHM, WEEKDAYS, adverbial, rules, weekdays

__all__ = ["DATE_LIKE", "Time", "find_times"]

_Y = r"(?:[12]\d{3}|[二一][〇○零0O一二三四五六七八九]{3})年"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"{_N}[日号]"
_MONTH = rf"{_N}月(?:份)?(?:{_DAY}|底|末|初|[上中下]旬)?"
DATE_LIKE = rf"(?:(?:{_Y}|今年|明年|当年|本年|次年)?{_MONTH}|(?:{_Y}|今年|明年|当年|本年)(?:年?底|年?末|上半年|下半年)?|(?<![\u4e00-\u9fff0-9])(?:年[底末]|[上下]半年)|(?<![今明去本当每次上同往历近末两三半几度\d])年[底末](?=前|之前|以前))"
"""A date, a month or a year in any precision; or 年底."""
_HOUR = r"(?:（(?:星期|周)[一二三四五六日天]）)?(?:(?:上午|下午|晚)?\d{1,2}(?:[：:时点](?:\d{1,2}分?)?)(?:整)?|上午|下午|下班|中午)"
_BEFORE = r"(?:以前|之前|前(?![一二两三四五六七八九十几\d年期后往置瞻述款条期沿列端]|提(?![出交请供报升取])))"
_TO = r"(?:起)?(?:至|到|——|—|-|～)"

_FIRST = "即印发有试暂每年季月周星按逐全今明当本次力到至截一二三四五六七八九十两"
"""What a time begins with, if not with a figure."""
_TIMES = re.compile(
    rf"(?=[{_FIRST}\d])(?:"
    rf"(?P<valid>有效期(?:限)?(?:为|至|到|：|自|从|暂定|暂定为)*(?:(?P<vfrom>{DATE_LIKE}){_TO})?(?P<vto>{DATE_LIKE})(?:止|为止)?)"
    rf"|(?P<validfor>(?:有效期(?:限)?|试行期?|暂行期?)(?:为|暂定为|暂定)?(?P<vn>{_N})(?:个)?(?P<vunit>年|个?月))"
    rf"|(?P<rhythm>{RHYTHM})(?P<rhour>{_HOUR}(?:[、和]{_HOUR})*)?(?:{_BEFORE}|[之以]?内)?(?P<rspan>{_TO}(?P<rto2>{_MONTH}|{_DAY})(?:止|期间)?)?"
    rf"(?:至(?P<until>{_Y}(?:底|末|{_MONTH})?))?"
    rf"|(?<![一二两三每上下本周个])(?P<weekly>{WEEKDAYS}(?=[\u4e00-\u9fff]))"
    rf"|(?P<adv>(?:按|逐)(?:月|季度|季|年度|年|周|日|旬))(?=[\u4e00-\u9fff])"
    rf"|(?P<all>全年为[^，。；]{{1,8}}期)"
    rf"|(?P<till>(?:即日|即时|印发之日|发布之日)起?(?:至|到)(?P<tend>{DATE_LIKE}))(?:止)?"
    rf"|(?P<run>(?P<rfrom>{DATE_LIKE})(?:起|开始)，?(?:至|到|于)?(?P<rend>{DATE_LIKE}|{_DAY})结束)"
    rf"|(?P<range>(?P<from>{DATE_LIKE}|(?<![\d第.—\-])(?:{_Y})?\d{{1,2}}(?={_TO}\d{{1,2}}月))(?P<rto>{_TO})(?P<to>{DATE_LIKE}|{_DAY}|{_N}月(?:底)?))(?:止|期间)?"
    rf"|(?P<within>(?<![\d.])(?P<wn>\d{{1,3}}|[一二三四五六七八九十两]{{1,3}})(?P<wunit>个工作日|工作日|个小时|小时|个月|日|天|分钟|年|周|个星期)(?:之内|以内|内))"
    rf"|(?P<due>(?P<dates>{DATE_LIKE}(?:{_HOUR})?(?:[、和及]{DATE_LIKE})*)(?:{_HOUR})?(?P<dbefore>{_BEFORE}|之?内))"
    rf"|(?P<inyear>年内)"
    rf"|(?P<horizon>(?:力争)?(?:到|至|截至)?(?:{_Y}(?:底|末)?|{_Y}{_N}月(?:底|末)?)(?=[，,]))"
    rf"|(?P<by>(?:到|至)(?P<bydate>{_Y}(?:年?[底末]|{_N}月(?:{_DAY}|底|末)?)?))"
    rf"|(?P<date>{DATE_LIKE})(?P<open>后|以后|之后|起)?"
    r")"
)
_HINT = re.compile(r"[年月日周季时天旬]|每\d|每学")
_BUSINESS = {
    "个工作日": "P{}BD",
    "工作日": "P{}BD",
    "日": "P{}D",
    "天": "P{}D",
    "小时": "PT{}H",
    "个小时": "PT{}H",
    "分钟": "PT{}M",
}
_DURATION = {**_BUSINESS, "个月": "P{}M", "月": "P{}M", "年": "P{}Y", "周": "P{}W", "个星期": "P{}W"}


@dataclass(frozen=True, slots=True)
class Time:
    """A time found in a text: its place, what it is, and the values it stands for, one for each date of a list."""

    start: int
    end: int
    kind: str
    """``every``, ``within``, ``due``, ``span``, ``open`` (from a date on), ``horizon``, ``date``, ``validity``."""
    values: tuple[dict[str, str], ...]
    """Of the fields ``on``, ``start``, ``end``, ``every``, ``within``."""


@lru_cache(maxsize=1024)
def find_times(text: str, year: str | None = None) -> tuple[Time, ...]:
    """The times of a text, from left to right; a date without a year takes the year given."""
    if not _HINT.search(text):
        return ()
    return tuple(time for match in _TIMES.finditer(text) if (time := _time(match, year)))


def _time(match: re.Match[str], year: str | None) -> Time | None:
    found = _read(match, year)
    if found is None:
        return None
    kind, values = found
    return Time(match.start(), match.end(), kind, tuple(values)) if values else None


def _read(match: re.Match[str], year: str | None) -> tuple[str, list[dict[str, str]]] | None:
    if match["valid"]:
        end = _iso(match["vto"], year)
        return ("validity", [{"end": end}]) if end else None
    if match["validfor"]:
        number = ordinal(match["vn"])
        unit = "Y" if match["vunit"] == "年" else "M"
        return ("validity", [{"within": f"P{number}{unit}"}]) if number else None
    if match["rhythm"]:
        return _recurrence(match, year)
    if match["weekly"]:
        return "every", [{"every": f"FREQ=WEEKLY;BYDAY={weekdays(match['weekly'])}"}]
    if match["adv"]:
        return "every", [{"every": adverbial(match["adv"][1:].removesuffix("度"))}]
    if match["all"]:
        return "every", [{"every": "FREQ=DAILY"}]
    if match["till"]:
        end = _iso(match["tend"], year)
        return ("span", [{"end": end}]) if end else None
    if match["range"] or match["run"]:
        first, last = match["from"] or match["rfrom"], match["to"] or match["rend"]
        first += "月" if first[-1].isdigit() else ""  # 2023年10—12月
        start = _iso(first, year)
        end = _iso(_with_month(last, first), start[:4] if start else year)
        return ("span", [{"start": start, "end": end}]) if start and end and start <= end else None
    if match["within"]:
        number = ordinal(match["wn"])
        return ("within", [{"within": _DURATION[match["wunit"]].format(number)}]) if number else None
    if match["due"]:
        return _due(match, year)
    if match["inyear"]:
        return ("due", [{"on": year}]) if year else None
    if match["horizon"]:
        written = re.sub(r"^(?:力争)?(?:到|至|截至)?", "", match["horizon"])
        on = _iso(written, year)
        return ("horizon" if re.match("力争|到|至", match["horizon"]) else "date", [{"on": on}]) if on else None
    if match["by"]:
        on = _iso(match["bydate"], year)
        return ("horizon", [{"on": on}]) if on else None
    on = _iso(match["date"], year)
    if not on:
        return None
    return ("open", [{"start": on}]) if match["open"] else ("date", [{"on": on}])


def _due(match: re.Match[str], year: str | None) -> tuple[str, list[dict[str, str]]] | None:
    values = []
    for written in re.split("[、和及]", re.sub(_HOUR + "$", "", match["dates"])):
        on = _iso(re.sub(_HOUR + "$", "", written), year)
        if on is None:
            return None
        year = on[:4]
        values.append({"on": on})
    return "due", values


_RELATIVE = re.compile("^(?:今年|当年|本年)(?:度)?")


def _iso(written: str, year: str | None) -> str | None:
    """A date in any precision, as ISO 8601."""
    written = written.replace("月份", "月")
    if year:
        written = re.sub("^(?:明年|次年)", f"{int(year) + 1}年", _RELATIVE.sub(f"{year}年", written))
    if year and re.match("[上下]半年", written):
        written = f"{year}年{written}"
    if re.match("年[底末]", written):
        return f"{year}-12-31" if year else None
    written = re.sub("年年?(?=[底末])", "年", written)
    if year and re.match(rf"{_N}月", written):
        written = f"{year}年{written}"
    return parse_date(written.removesuffix("初"), year)


def _with_month(written: str, before: str) -> str:
    """The end of a range with the year and month of its beginning where it has none of its own (1日至25日)."""
    if re.fullmatch(_DAY, written):
        month = re.match(rf"(.*?{_N}月)", before)
        return (month[1] if month else "") + written
    return written


_CLOCK = re.compile(r"(上午|下午|晚)?(?<!\d)(\d{1,2})[：:时点]")


def _hour(part: str, written: str) -> int:
    """An hour of the day: 下午5时 is 17."""
    hour = int(written)
    return hour + 12 if part in ("下午", "晚") and hour < 12 else hour


def _recurrence(match: re.Match[str], year: str | None) -> tuple[str, list[dict[str, str]]] | None:
    values = rules(match, match["rto2"] or "")
    if hours := [_hour(*found) for found in _CLOCK.findall(match["rhour"] or "")]:
        values = tuple(f"{rule};BYHOUR={','.join(map(str, hours))}" for rule in values)
    if match["until"] and (until := _iso(match["until"], year)):
        ending = until.replace("-", "") if len(until) == 10 else f"{until[:4]}1231"
        values = tuple(f"{rule};UNTIL={ending}" for rule in values)
    return "every", [{"every": rule} for rule in values]
