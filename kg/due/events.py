"""The day that a time limit runs from: told, written in the words of the event, or the day of the document itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.due.words import Words
from kg.grammar.dates import parse_date

__all__ = ["IN_FORCE", "Anchor", "anchor_of"]

IN_FORCE = "施行之日"
"""The event under which the day is told on which the document itself comes into force."""

# 本通知, 本实施办法; not 本区规划, which is somebody else's.
_THIS = (
    r"本(?![省市区县州旗镇乡街村级部局委厅院所单])(?:[\u4e00-\u9fff]{0,6}?)"
    r"(?:通知|通告|通报|公告|公报|意见|办法|方案|规定|细则|批复|决定|决议|文件|文|规则|规范|措施|政策|计划|规划|预案|函|令|条例|章程|要点)"
)
_ISSUE = r"(?:印发|发布|公布|下发|颁布|发文|签发|成文|发出)"
# 印发之日 alone speaks of the document it stands in; 文件印发, as rules about documents say it, of any document.
_ISSUED = re.compile(rf"(?:{_THIS}(?:正式)?{_ISSUE}(?:之?日|当[日天])?|(?:正式)?{_ISSUE}(?:之日|当[日天])|即日)")
_FORCE = re.compile(rf"(?:{_THIS})?(?:正式)?(?:施行|实施|生效|执行)(?:之日|当[日天])")
_AROUND = re.compile(r"^[自从在于]+|正式|(?:之日|当[日天])?(?:起|以后|之后|后)?$")
_YEAR = re.compile(r"(?:[12]\d{3}|[一二][〇○零0O一二三四五六七八九]{3})年")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of an event, and what was assumed about it; or the reason why it is not known."""

    day: date | None
    assumption: Words | None = None
    reason: Words | None = None


def anchor_of(event: str | None, document_date: date | None, anchors: Mapping[str, date]) -> Anchor:
    """The day of an event: as told in ``anchors``, as the words themselves say, or that of the document."""
    if not event:
        return _unknown("原文未写明自何时起算", "the text does not say what the time runs from")
    words = "".join(event.split())
    told = _told(words, anchors)
    if len(told) == 1:
        return Anchor(min(told))
    if told:
        return _unknown(f"“{words}”有不止一个日期", f"more than one day was told for “{words}”")
    if _FORCE.fullmatch(words):
        if IN_FORCE in anchors:
            return Anchor(anchors[IN_FORCE])
        return _unknown("本文件的施行日期未知", "it is not known when the document comes into force")
    if _ISSUED.fullmatch(words):
        if document_date is None:
            return _unknown("本文件的成文日期未知", "the date of the document is not known")
        return Anchor(
            document_date,
            Words(f"“{words}”按成文日期{document_date}计", f"“{words}” is taken for the date of the document"),
        )
    return _written(words, document_date) or _unknown(
        f"“{words}”的日期未知", f"it is not known when “{words}” took place"
    )


def _told(words: str, anchors: Mapping[str, date]) -> set[date]:
    if words in anchors:
        return {anchors[words]}
    core = _core(words)
    return {day for event, day in anchors.items() if core and _core("".join(event.split())) == core}


def _core(words: str) -> str:
    """The event without 自, 之日, 起 and the like, so that 政策印发 and 自政策印发之日起 are one."""
    return _AROUND.sub("", words)


def _written(words: str, document_date: date | None) -> Anchor | None:
    """The date that the words are; one without a year is of the document's."""
    year = str(document_date.year) if document_date else None
    iso = parse_date(_core(words), year)
    if iso is None:
        return None
    if not _DAY.fullmatch(iso):
        return _unknown(f"起算日“{words}”未写到日", f"“{words}” does not say which day the time runs from")
    if _YEAR.match(_core(words)):
        return Anchor(date.fromisoformat(iso))
    return Anchor(
        date.fromisoformat(iso),
        Words(f"“{words}”的年份按成文日期为{year}年", f"“{words}” is taken to be in {year}, the year of the document"),
    )


def _unknown(zh: str, en: str) -> Anchor:
    return Anchor(None, reason=Words(zh, en))
