"""Times behind a label or in a bracket of agents: by when the item that they close is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.anatomy import Passage
from kg.anatomy.tables import is_row
from kg.extract.agent_lists import BRACKET, LABELLED, TERM, bracket_roles, labelled_lists
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.periods import Time, find_times
from kg.model import Deadline

__all__ = ["RULES", "item_terms", "term_deadlines"]

RULES = (
    Rule(
        "deadline.term",
        "Behind 完成时限： and in a bracket of agents a time says by when those who lead have done the item.",
        "（一）建设信息平台。整合信息系统。\n\n牵头单位：区大数据局\n\n完成时限：2021年9月底",
        "（一）建设信息平台。办理时限：依法确定。",
    ),
)

_STOP = re.compile(r"[。；）】]|$")
_LEADS = ("牵头", "主办", "责任", "负责", "落实", "实施")
"""The roles by which somebody answers for a time, the first that an item names."""


def term_deadlines(scope: Scope) -> Iterator[Deadline]:
    """The deadlines that labels and brackets of items set, one for each that leads."""
    matters = scope.matters
    year = scope.dated
    for passage in scope.passages:
        for start, end, time, roles in _terms(passage, year):
            head = passage.body.chars[:start]
            task = matters.matter(passage, head)[0]
            if not task:
                continue
            named = roles or [pair for near in matters.together(passage) for pair in _roles_of(near)]
            agents = next((names for lead in _LEADS for role, names in named if role == lead), ())
            for value in time.values:
                for agent in agents or (None,):
                    yield scope.fact(
                        Deadline,
                        "deadline.term",
                        passage.body,
                        (start, end),
                        passage=passage,
                        agent=agent,
                        task=task,
                        **value,
                    )


def item_terms(passages: Sequence[Passage], year: str | None) -> dict[int, Time]:
    """The time by which each item is done, by the heading that it stands under."""
    found: dict[int, Time] = {}
    for passage in passages:
        for _, _, time, _ in _terms(passage, year) if passage.heading else ():
            found.setdefault(id(passage.heading), time)
    return found


def _terms(passage: Passage, year: str | None) -> Iterator[tuple[int, int, Time, Sequence[tuple[str, Sequence[str]]]]]:
    """The times of a passage behind labels and in brackets: start and end, the time, the roles beside it."""
    chars = passage.body.chars
    if is_row(passage):
        return
    if "时" in chars or "期限" in chars or "节点" in chars or "进度" in chars:
        for label in TERM.finditer(chars):
            stop = _STOP.search(chars, label.end())
            end = stop.start() if stop else len(chars)
            time = _lone(chars[label.end() : end], year)
            if time and (not label.start() or chars[label.start() - 1] in "。；，（ " or LABELLED.search(chars)):
                yield label.start(), end, time, tuple(_roles_of(passage))
    for match in BRACKET.finditer(chars):
        *parts, last = re.split("[，；]", match["inside"])
        if parts and (roles := bracket_roles(match["inside"])) and (time := _lone(last, year)):
            yield (
                match.end("inside") - len(last),
                match.end("inside"),
                time,
                [(role, names) for role, _, names in roles],
            )


def _lone(text: str, year: str | None) -> Time | None:
    """The one time that a few words are."""
    times = find_times(text, year) if len(text) <= 24 else ()
    time = times[0] if len(times) == 1 else None
    if (
        time
        and time.start <= 5
        and len(text) - time.end <= 6
        and time.kind in ("due", "date", "span", "every", "horizon")
    ):
        return time
    return None


def _roles_of(passage: Passage) -> Iterator[tuple[str, Sequence[str]]]:
    """The agents that a passage lists, by role."""
    for listed in labelled_lists(passage.body.chars):
        yield from listed.roles
    for match in BRACKET.finditer(passage.body.chars):
        yield from ((role, names) for role, _, names in bracket_roles(match["inside"]))
