"""The groups below a body (综合协调组, 资金保障专班), each under a heading of its own: who is in them, what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.anatomy import Passage
from kg.extract.groups import group_of, office_of
from kg.extract.scope import Scope
from kg.grammar.agents import split_agents
from kg.grammar.bodies import is_group
from kg.grammar.names import NAME, is_name
from kg.grammar.roles import ROLE_VERB, plain_role
from kg.grammar.sentences import sentences

__all__ = ["Led", "TaskGroup", "led", "seated", "task_groups", "tasks"]

_SET_UP = re.compile(
    r"(?<![对将把])(?<![对将把]下)(?:下设|分设|设立|设|成立|组建|分为)(?:以下|下列|了)?(?:[一二三四五六七八九十\d]{1,3}个)?(?:专项|专业|若干|相关)?(?:工作|专项|专业|具体)*(?:小组|组|专班|专项组|工作队)"
)
_BELOW = re.compile(r"下设(?P<list>[^，。；：]{2,80}?)(?=[，。；]|$)")
_LED = re.compile(
    r"(?:^|(?<=[。；，]))由?(?P<lead>[^，。；：]{2,60}?)牵头(?:负责)?[，、](?P<others>[^。；]{2,200}?)(?P<verb>参加|参与|配合|协助|组成)(?=[。；，]|$)"
)
_SEATED = re.compile(
    rf"[，；]?(?P<role>副?组长|负责人|召集人|联络员|成员)：?(?P<names>{NAME}(?:同志)?(?:、{NAME}(?:同志)?)*)(?=[，。；）]|$)"
)
_LISTED = re.compile(rf"（(?P<names>{NAME}(?:、{NAME})*)）")
_BESIDE = re.compile("（[^（）]*）")
_DUTY = re.compile("(?:主要|工作|具体)*(?:职责|任务)：")
_TASK = re.compile(
    rf"(?:(?:主要|工作|具体)*(?:职责|任务)：)?(?:主要|具体)?(?P<role>{ROLE_VERB})(?!(?:单位|部门|领导|处室|科室|人|小组)?：)(?P<matter>.{{3,}})"
)
_MORE = re.compile(rf"，(?P<role>{ROLE_VERB})(?=[^，。；]{{3}})")
"""What else a sentence has the group do (负责…，组织…)."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A group, and the paragraphs under its heading."""

    name: str
    passages: tuple[Passage, ...]
    announced: tuple[Passage, int, int] | None
    """Where a sentence says that such groups are set up (领导小组下设三个工作组); not so for a body's office."""


@dataclass(frozen=True, slots=True)
class Led:
    """Somebody in a group by what a sentence has them do (由市水利局牵头，市财政局参加)."""

    role: str
    name: str
    start: int
    end: int


def task_groups(scope: Scope) -> Iterator[TaskGroup]:
    """The groups that the headings of a document name."""
    announced: tuple[Passage, int, int] | None = None
    listed: set[str] = set()
    for i, passage in enumerate(scope.passages):
        heading = passage.heading
        if heading and passage.opens and (is_group(heading.words) or heading.words in listed):
            behind = [p for p in scope.passages[i : i + 12] if p.heading is heading]
            yield TaskGroup(heading.words, tuple(behind), announced)
        elif heading and passage.opens and heading.words == "办公室":
            behind = [p for p in scope.passages[i : i + 12] if p.heading is heading]
            body = group_of(scope, heading.parent, scope.passages[max(i - 6, 0) : i])
            if body and any(_DUTY.match(p.body.chars) for p in behind):
                yield TaskGroup(office_of(body), tuple(behind), None)
        elif match := _SET_UP.search(passage.paragraph.chars):
            announced = (passage, match.start(), match.end())
        elif match := _BELOW.search(passage.paragraph.chars):
            announced = (passage, match.start(), match.end())
            listed = {name for name in re.split("[、和及]|以及", match["list"]) if 2 < len(name) <= 10} - {"办公室"}


def led(text: str) -> Iterator[Led]:
    """Those who lead a group and take part in it, as a sentence says."""
    for match in _LED.finditer(text):
        for agent in split_agents(match["lead"]):
            yield Led("牵头", agent.name, match.start(), match.end())
        for agent in split_agents(match["others"]):
            yield Led(match["verb"].replace("组成", "成员"), agent.name, match.start(), match.end())


def seated(text: str) -> Iterator[Led]:
    """Those in a group whom the line names that its name opens: 组长郑某，成员吴某、曾某，负责…; （黄某、蓝某）：负责…."""
    listed = _LISTED.match(text)
    at = 0
    while match := listed or _SEATED.match(text, at):
        names = [name.removesuffix("同志") for name in match["names"].split("、")]
        if not all(map(is_name, names)):
            return
        for name in names:
            yield Led("" if listed else match["role"], name, match.start(), match.end())
        if listed:
            return
        at = match.end()


def _task_start(text: str) -> int:
    """Where the task of a group may begin on the line that its name opens: behind those who are in it."""
    beside = _BESIDE.match(text)
    at = max([beside.end() if beside else 0, *(one.end for one in seated(text))])
    return at + (text[at : at + 1] in ("：", "，") and at > 0)


_LED_BY = re.compile(r"由[^，。；]{2,40}(?:负责|牵头)，(?=[对开组严定按加做负][^，。；]{4})")


def tasks(text: str) -> Iterator[tuple[str | None, str, int, int]]:
    """Role and matter of each sentence that says what the group under the heading does, and its stretch."""
    opening = _task_start(text)
    if by := _LED_BY.match(text, opening):
        # 由县交通质监站负责，对在建项目开展检查: what the group does.
        end = next((stop for start, stop in sentences(text) if start <= by.start() < stop), len(text))
        yield None, text[by.end() : end].strip("，、 "), by.end(), end
        opening = end
    for begin, end in sentences(text):
        start = max(begin, opening)
        match = _TASK.match(text, start, end) if start < end else None
        if not match:
            continue
        role, at = match["role"], match.end("role")
        for more in _MORE.finditer(text, at, end):
            yield plain_role(role), text[at : more.start()].strip("，、 "), at - len(role), more.start()
            role, at = more["role"], more.end()
        yield plain_role(role), text[at:end].strip("，、 "), at - len(role), end
