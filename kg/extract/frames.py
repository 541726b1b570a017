"""Passages as the extractors of numbers and times read them: one text each, with the time that holds in it.

A phase of a plan hands its time on to what stands under it; a goal named for a year holds for the goals behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.anatomy import Heading, Passage
from kg.anatomy.tables import Table, is_row
from kg.grammar.clauses import clause_at, sentence_at
from kg.grammar.periods import Time, find_times
from kg.text import Text

__all__ = ["FIGURE", "NARRATIVE", "PAST", "Frame", "cells", "frames", "in_name", "named_year"]

PAST = re.compile(
    r"了(?<!为了)(?![解望却结])|已(?![经由]?(?:[^，。；]{0,12})(?:同意|审定|审议|通过))|截[至止]|近年来|去年|上年(?!度)|同比|查出|发现[^，。；]{0,12}问题|其中有|仍有|还有"
)
"""What says that a sentence tells of what was."""
NARRATIVE = re.compile(r"(?:通报|决定|批复|公报)(?:（[^）]*）)?$")
"""Titles of documents that tell more than they order."""
_GOALS = re.compile(r"目标")


@dataclass(frozen=True, slots=True)
class Frame:
    """A passage as one text, from the words of its heading on, with the times in it."""

    passage: Passage
    text: Text
    heading_end: int
    """Where the heading's own words end; 0 where it has none here."""
    times: tuple[Time, ...]
    year: str | None
    phase: Time | None
    """The time of the phase that the passage stands in or opens."""
    goal: Time | None
    """The year that the goals above it are named for."""
    told: str | None
    """The day of the document."""

    @property
    def chars(self) -> str:
        return self.text.chars

    def heading_above(self, place: int) -> str:
        """The words of the heading that a place stands under, without a bracket at their end."""
        heading = self.passage.heading
        return _BRACKET_BEHIND.sub("", heading.words) if heading and place >= self.heading_end else ""

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence around a place; the words of a heading are a sentence of their own."""
        start, end = sentence_at(self.chars, place)
        if self.heading_end:
            if place < self.heading_end:
                return start, min(end, self.heading_end)
            return max(start, self.heading_end), end
        return start, end

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Start and end of each clause from one place to another."""
        while start < end:
            stop = min(self.clause(start)[1], end)
            yield start, stop
            start = stop + 1

    def clause(self, place: int) -> tuple[int, int]:
        """Start and end of the clause around a place."""
        start, end = clause_at(self.chars, place)
        first, last = self.sentence(place)
        return max(start, first), min(end, last)


_BRACKET_BEHIND = re.compile(r"（[^（）]*）$")
_YEAR_TITLE = re.compile(r"(?<![—\-～至\d])((?:19|20)\d{2})年(?![—\-～至前])")
_YEAR_OPENS = re.compile(r"(?:^|[。；]|^\d{1,2}[.、]|^（[一二三四五六七八九十]+）)(20\d{2})年，")
_YEAR_DATED = re.compile(r"(20\d{2})年\d{1,2}月")
_YEAR_NUMBER = re.compile(r"[〔\[（]((?:19|20)\d{2})[〕\]）]")


def named_year(title: str, passages: Iterable[Passage]) -> str | None:
    """The year that a title names, where it is one; else the latest of a 文号 in the passages."""
    if (named := _YEAR_TITLE.findall(title)) and len(named) == 1:
        return str(named[0])
    years = [m[1] for passage in passages for m in _YEAR_NUMBER.finditer(passage.body.chars)]
    latest = max(years, default="")
    said = [m[1] for passage in passages for m in _YEAR_OPENS.finditer(passage.paragraph.chars) if m[1] >= latest]
    if said or latest:
        return min(said, default=latest)
    dated = {m[1] for passage in passages for m in _YEAR_DATED.finditer(passage.paragraph.chars)}
    return dated.pop() if len(dated) == 1 else None


_TO_DO = re.compile(r"目标|任务|内容|指标|要求|措施|举措|成果")
FIGURE = re.compile(r"(?P<sign>[≥≤><])? ?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>%)?(?P<least>以上)?")
"""A cell that holds a figure and no word of what it counts: the row and the head of the column say that."""
_BY_WHEN = r"时限|时间|期限|进度|完成日期|截止"


def cells(tables: Iterable[Table], year: str | None, told: str | None) -> Iterator[Frame]:
    """The cells of tables that say what is to be done, each with the time of its row."""
    for table in tables:
        column = table.column(_BY_WHEN)
        columns = [n for n, head in enumerate(table.head) if _TO_DO.search(head) and n != column]
        for row in table.rows if columns else ():
            text = row.cells[column].closed().chars if column is not None and column < len(row.cells) else ""
            phase = next(iter(find_times(text, year)), None)
            for n in columns:
                if n < len(row.cells) and _HINT.search(row.cells[n].chars) and not FIGURE.fullmatch(row.cells[n].chars):
                    cell = row.cells[n].closed()
                    times = tuple(find_times(cell.chars, year))
                    yield Frame(row.passage, cell, 0, times, year, phase, None, told)


def frames(passages: Iterable[Passage], year: str | None, told: str | None) -> Iterator[Frame]:
    """The passages that have a number or a time in them; a date without a year takes the year given."""
    phases: dict[str, Time | None] = {}
    goal: Time | None = None
    goals = ""
    for passage in passages:
        heading = passage.heading
        text, heading_end = passage.body, 0
        if passage.opens and heading:
            whole = passage.paragraph.text
            skip = len(heading.whole) - len(heading.text)
            text, heading_end = whole[skip:], len(heading.text)
        chars = text.chars
        top = _goals_above(heading)
        if top != goals:
            goal, goals = None, top
        if not _HINT.search(chars) or is_row(passage):
            continue
        times = tuple(time for time in find_times(chars, year) if not in_name(chars, time.start, time.end))
        phase = _phase(heading, phases, year)
        if (
            not heading_end
            and (opened := _bracketed(chars, times))
            and re.match("止?）(?:[。：；]|$)", chars[opened.end :])
        ):
            phase = opened
            if passage.opens and heading:
                phases[heading.path] = opened
        if phase and year and (own := _year_of(phase)) > year:
            # A day in a phase is of the phase's year.
            times = tuple(time for time in find_times(chars, own) if not in_name(chars, time.start, time.end))
        yield Frame(passage, text, heading_end, times, year, phase, goal, told)
        if goals:
            goal = next((time for time in reversed(times) if time.kind == "horizon"), goal)


_HINT = re.compile(
    r"[\d每]|一[乡镇街村县区社校园]|年|百分之|[一二两三四五六七八九十]个?[月工日小天]|[元圆]|(?:至少|少于|低于|超过)"
)


def _year_of(phase: Time) -> str:
    """The year in which a phase begins."""
    value = phase.values[0]
    return (value.get("start") or value.get("on") or value.get("end") or "")[:4]


def _goals_above(heading: Heading | None) -> str:
    if heading is None:
        return ""
    return next((above.path for above in reversed(heading.chain()) if _GOALS.search(above.words)), "")


def _phase(heading: Heading | None, phases: dict[str, Time | None], year: str | None) -> Time | None:
    """The time in brackets behind the words of the nearest heading that has one."""
    if heading is None:
        return None
    if heading.path not in phases:
        own = None
        if "年" in heading.words or "月" in heading.words:
            own = _bracketed(heading.words, find_times(heading.words, year))
        phases[heading.path] = own or _phase(heading.parent, phases, year)
    return phases[heading.path]


def _bracketed(words: str, times: tuple[Time, ...]) -> Time | None:
    """The one time of a phase, in brackets at the end of its name (筹备阶段（2021年3月—5月）)."""
    for time in times:
        if not 2 < time.start <= 40 or words[time.start - 1] != "（":
            continue
        before, behind = words[: time.start], words[time.end : time.end + 2]
        named = "《" not in before and re.search(r"[\u4e00-\u9fff]{2}（$", before)
        if named and time.kind in ("span", "open", "date", "due") and behind[:1] in ("）", "止"):
            return time
    return None


def in_name(chars: str, start: int, end: int) -> bool:
    """Whether a stretch stands in the title of a document, in a 文号, or in the name of a year's thing (2020年度)."""
    opening = chars.rfind("《", 0, start)
    if opening >= 0 and "》" not in chars[opening:start]:
        return True
    return chars[end : end + 1] in "度版级届" and bool(chars[end : end + 1])
