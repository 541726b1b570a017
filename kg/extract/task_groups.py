"""The groups below a body (综合协调组, 资金保障专班), each under a heading of its own: who is in them, what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.anatomy import Heading, Passage
from kg.extract.scope import Scope
from kg.grammar.agents import split_agents
from kg.grammar.bodies import is_group
from kg.grammar.roles import ROLE_VERB, plain_role
from kg.grammar.sentences import sentences

__all__ = ["Led", "TaskGroup", "led", "task_groups", "tasks"]

_SET_UP = re.compile(
    r"(?:下设|分设|设立|设|成立|组建|分为)(?:以下|下列|了)?(?:[一二三四五六七八九十\d]{1,3}个)?(?:专项|专业|若干|相关)?(?:工作|专项|专业|具体)*(?:小组|组|专班|专项组|工作队)"
)
_BELOW = re.compile(r"下设(?P<list>[^，。；：]{2,80}?)(?=[，。；]|$)")
_LED = re.compile(
    r"(?:^|(?<=[。；，]))由?(?P<lead>[^，。；：]{2,60}?)牵头(?:负责)?[，、](?P<others>[^。；]{2,200}?)(?P<verb>参加|参与|配合|协助|组成)(?=[。；，]|$)"
)
_TASK = re.compile(
    rf"(?:(?:主要|工作|具体)*(?:职责|任务)：)?(?:主要|具体)?(?P<role>{ROLE_VERB})(?!(?:单位|部门|领导|处室|科室|人|小组)?：)(?P<matter>.{{3,}})"
)


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A group, and the paragraphs under its heading."""

    heading: Heading
    passages: tuple[Passage, ...]
    announced: tuple[Passage, int, int] | None
    """Where a sentence says that such groups are set up (领导小组下设三个工作组)."""

    @property
    def name(self) -> str:
        return self.heading.words


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
            yield TaskGroup(heading, tuple(behind), announced)
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


def tasks(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Role and matter of each sentence that says what the group under the heading does, and its stretch."""
    for start, end in sentences(text):
        match = _TASK.match(text, start, end)
        if match:
            yield plain_role(match["role"]), match["matter"].strip("，、 "), match.start("role"), end
