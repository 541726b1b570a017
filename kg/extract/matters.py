"""What a list of agents at the end of a paragraph is about: its heading, its items, or the sentence before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.anatomy import Heading, Passage
from kg.extract.agent_lists import LABELLED, TERM
from kg.grammar.sentences import sentences

__all__ = ["Matters"]

_ROLES = r"[（〔【][^（）〔〕【】]*(?:牵头|负责|配合|落实|参与)[^（）〔〕【】]{0,16}[）〕】][。；]?"
_LIST = re.compile(rf"{LABELLED.pattern}|{_ROLES}$")
_LIST_ALONE = re.compile(rf"[（【〔]?(?:{LABELLED.pattern}|{TERM.pattern}).*|{_ROLES}")
_CALLED = re.compile(r"^(?:问题(?:表现|描述)?|存在问题|反馈问题|工作任务|重点任务|任务内容|工作内容|事项名称)：")
_NUMBER = re.compile(r"^\d{1,2}[.、]")


class Matters:
    """The matters of a scope's lists of agents.

    A list behind its item is about that item; one that stands by itself is about what stands before it: the heading,
    the paragraph before it where the heading has several lists, or all the items whose last one it follows.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._before: dict[int, Passage] = {}
        self._opening: dict[int, Passage] = {}
        """The passage that each heading opens."""
        self._behind: dict[int, list[Passage]] = {}
        self._groups: Counter[int] = Counter()
        """How many lists stand under each heading; lines of one list count once."""
        self._listed: Counter[int] = Counter()
        """How many of the headings below each heading have lists."""
        self._last: dict[int, int] = {}
        """The heading of the last passage below each heading."""
        self._below: Counter[int] = Counter()
        """How many headings stand right below each."""
        self._told: set[int] = set()
        """The headings below which an item says more than its first sentence."""
        before: Passage | None = None
        for passage in passages:
            heading = passage.heading
            chars = passage.body.chars
            alone = ("：" in chars or chars[:1] in "（〔【") and _LIST_ALONE.fullmatch(chars) is not None
            if alone and before:
                self._before[id(passage)] = before
                self._behind.setdefault(id(before), []).append(passage)
            if heading and passage.opens:
                self._opening.setdefault(id(heading), passage)
            for above in heading.chain() if heading else ():
                self._last[id(above)] = id(heading)
            if heading and passage.opens and heading.parent:
                self._below[id(heading.parent)] += 1
                if heading.words and passage.body.chars and not alone:
                    self._told.add(id(heading.parent))
            if heading and (not self._goes_on if alone else _closes_with_list(chars)):
                self._groups[id(heading)] += 1
                if heading.parent and self._groups[id(heading)] == 1:
                    self._listed[id(heading.parent)] += 1
            self._goes_on = alone
            before = before if alone else passage

    _goes_on = False

    def matter(self, passage: Passage, head: str) -> tuple[str | None, str | None]:
        """What a list is about that stands behind ``head`` in a passage, and the heading above."""
        heading = passage.heading
        named = heading if heading and heading.words else None
        before = self._before.get(id(passage))
        if before is not None and heading and not passage.opens:
            if closed := self._closed(heading):
                named = closed
            elif not (named and (before.opens or self._groups[id(heading)] < 2)) and before.heading is heading:
                opening = self._opening.get(id(heading), before) if self._groups[id(heading)] < 2 else before
                return _first(opening.said.chars), _above(heading if not opening.opens else heading.parent)
        if named and (passage.opens or before is not None or self._groups[id(heading)] < 2):
            return named.words, _above(named.parent)
        if said := _first(head):
            return said, _above(heading)
        return (named.words, _above(named.parent)) if named else (None, None)

    def together(self, passage: Passage) -> list[Passage]:
        """The paragraphs that list agents of the same item as this one: it, and those beside it that stand alone."""
        before = self._before.get(id(passage))
        return [passage] if before is None else [before, *self._behind[id(before)]]

    def _closed(self, heading: Heading) -> Heading | None:
        """The heading above all items of which the list behind the last one is the only list."""
        parent = heading.parent
        if (
            not parent
            or not parent.words
            or id(parent) in self._told
            or self._below[id(parent)] < 2
            or self._listed[id(parent)] != 1
        ):
            return None
        return parent if self._last.get(id(parent)) == id(heading) and self._groups[id(heading)] == 1 else None


def _closes_with_list(chars: str) -> bool:
    """Whether a paragraph has a list of agents in it, behind a label or in a bracket at its end."""
    return ("：" in chars or chars.endswith(("）", "〕", "】", "。", "；"))) and _LIST.search(chars) is not None


def _first(text: str) -> str | None:
    """The first sentence of a text, if it says anything."""
    text = _CALLED.sub("", text.rstrip("（【〔 。；"))
    first = next(sentences(text), None)
    return _NUMBER.sub("", text[slice(*first)]) if first and first[1] - first[0] >= 4 else None


def _above(heading: Heading | None) -> str | None:
    """The words of the nearest heading that has some."""
    return next((above.words for above in heading.chain() if above.words), None) if heading else None
