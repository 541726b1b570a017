"""What is due: the words for a task and for the event that a time limit runs from."""

from __future__ import annotations

import re

from kg.extract.frames import Frame
from kg.grammar.periods import Time
from kg.grammar.subjects import Subject, without_modals

__all__ = ["about", "after_marks", "event_of", "part_of", "task_of"]


def after_marks(chars: str, at: int, last: int) -> int:
    """The first place from at on that is no comma and the like."""
    while at < last and chars[at] in "，起止）":
        at += 1
    return at


def task_of(frame: Frame, time: Time, actor: Subject | None, start: int, last: int) -> tuple[str, int]:
    """What must be done, and where the words for it end."""
    chars = frame.chars
    if chars.startswith("全年为", time.start):
        behind = frame.sentence(min(time.end + 1, len(chars) - 1))
        return chars[slice(*behind)] if behind[0] > last else chars[time.start : time.end], time.end
    at = after_marks(chars, time.end, last)
    stop = last if time.kind == "horizon" else _task_end(frame, time, at, last)
    head_end = actor.start if actor and start <= actor.start < time.start else time.start
    head = re.sub(
        r"(?:自|从|在|于)[^，。；]*?(?:之日起|后|起)$|^(?:[一二三四五六七八九十]{1,3}是|并|同时|且|坚持|其中|责成)+",
        "",
        without_modals(chars[start:head_end]),
    )
    body = chars[actor.end if actor and at <= actor.end < stop and actor.start >= at else at : stop]
    body = re.sub(r"^[起，止]+", "", body)
    if _LED.fullmatch(body) and stop < last:
        # 7月6日至12日，由县教育局牵头，县公安局配合，审核报名信息: what they do stands last.
        at, stop = max(chars.rfind("，", stop, last) + 1, stop), last
        body = chars[at:stop]
    body = re.sub(r"^(?:要|应当|应|须|负责|分别(?=在))", "", body)
    if actor and chars.startswith("的", actor.end) and actor.end < time.start:
        head = without_modals(chars[actor.end + 1 : time.start])  # 各单位的方案于5月底前报送
    if not 1 < len(head) <= 60 or (actor and head in "".join(actor)):
        head = ""
    return head + _BRACKETS.split(body)[0], stop


_LED = re.compile("牵头(?:负责|组织)?")
_BRACKETS = re.compile(r"（(?:责任|牵头|联系)|（[^（）]*(?:牵头|配合|负责)")


def _task_end(frame: Frame, time: Time, at: int, last: int) -> int:
    """Where the task ends that begins at a place: before another agent, another time, or a number to be reached."""
    chars = frame.chars
    following = [other.start for other in frame.times if other.start > time.end]
    stop = min(frame.clause(at)[1] if at < last else at, last)
    while stop < last and chars[stop] == "，" and stop - at < 90 and not chars.endswith("一次", at, stop):
        further = frame.clause(stop + 1)[1]
        if (
            chars[stop + 1 : stop + 2] in tuple("区市县各由对")
            or chars.startswith("一次", stop + 1)
            or further - at > 160
        ):
            break
        if any(stop < other < further for other in following) or _NUMBERED.search(chars, stop, further):
            break
        stop = further
    return stop


_NUMBERED = re.compile(r"不[少低超高大小]|达到?\d|\d[%元]")
_HALVES = re.compile(r"(?P<a>上半年|半年|季度|年中|月度|第一季度)(?:工作)?[和及、与](?P<b>下半年|年度|全年|年终|年)")


def part_of(task: str, i: int, count: int) -> str:
    """The task of one date of a list: of 分别报送半年和年度总结 the first is 报送半年总结."""
    if count < 2:
        return task
    task = task.removeprefix("前")
    match = _HALVES.search(task)
    if count == 2 and match:
        task = task[: match.start()] + match["ab"[i]] + task[match.end() :]
    return task.removeprefix("分别")


def about(frame: Frame, first: int, start: int) -> str:
    """What a task of a few words is about: the clause before, else the heading."""
    before = frame.chars[first:start].rstrip("，").split("，")[0]
    if len(before) > 4 and start > first:
        return before[:60] + "，"
    words = frame.heading_above(start)
    return words + "：" if words else ""


_RUNS_FROM = (
    re.compile(r"(?:自|从|于|在)([^，。；]{2,60}?之日)起?的?$"),
    re.compile(r"(?:自|从|在|于)?([^，。；]{2,60}?)(?:以后|之后|后|起)的?$"),
)
_EARLIER = (
    re.compile(r"^(?:自|从|在)?(.{2,60}?)(?:之后|以后|后)$"),
    re.compile(r"^(?:自|从)?(.{2,60}?之日)起?$"),
    re.compile(r"^(.{2,60})的$"),
)


def event_of(chars: str, first: int, start: int, place: int, actor: Subject | None) -> str | None:
    """The event that the time limit at a place runs from: before it in its clause, else in a clause before."""
    own = chars[actor.end if actor and start <= actor.end <= place else start : place]
    own = re.sub(r"^会同[^，]{2,24}?(?=[于在自])|^(?:应当?|要|须|必须|可)+", "", own)
    for pattern in _RUNS_FROM:
        if found := pattern.search(own):
            return re.sub("^[在于自]", "", found[1])
    for clause in reversed(chars[first:start].rstrip("，").split("，")):
        for pattern in _EARLIER:
            if found := pattern.search(clause):
                return found[1]
    return None
