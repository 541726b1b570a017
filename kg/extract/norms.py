"""What an agent may do and what it must not: permissions and prohibitions. What it must do is a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.anatomy.tables import is_row
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.sentences import clauses, sentences
from kg.grammar.subjects import subject
from kg.model import Norm

__all__ = ["RULES", "norms"]

RULES = (
    Rule(
        "norm.may",
        "A clause that opens with agents and 可以, 可, 有权 says what they may do.",
        "区民政局可以委托第三方机构开展评估。",
        "评估可以采取多种方式。",
    ),
    Rule(
        "norm.must_not",
        "A clause that opens with agents and 不得, 严禁, 禁止 says what they must not do; so does a later clause of theirs.",
        "各街道办事处应当专款专用，不得截留补助资金。",
        "补助资金不得截留。",
    ),
)

_CUE = re.compile("可|有权|不得|严禁|禁止|不准|不允许|不许")
_NORM = re.compile(
    r"(?P<lead>(?:也|均|都|一律|原则上|严格|坚决|，)*)"
    r"(?:(?P<may>可以|可(?![持靠行能见观操])|有权)|(?P<must_not>不得|严禁|禁止|不准|不允许|不许))(?P<matter>[^，。；：]{3,})"
)
_A_NUMBER = re.compile(r"(?:超过|低于|少于|高于|多于|大于|小于|早于|晚于|迟于)[^，]*\d")
"""不得低于90% is a number to be kept: a target."""


def norms(scope: Scope) -> Iterator[Norm]:
    """The permissions and prohibitions that a document gives, one an agent and matter."""
    seen: set[tuple[str, str, str]] = set()
    for passage in scope.passages:
        if is_row(passage) or not _CUE.search(passage.body.chars):
            continue
        for norm in _in(scope, passage):
            key = (norm.agent, norm.modality, norm.matter)
            if key not in seen:
                seen.add(key)
                yield norm


def _in(scope: Scope, passage: Passage) -> Iterator[Norm]:
    text = passage.body.chars
    for start, end in sentences(text):
        if not _CUE.search(text, start, end):
            continue
        agents: tuple[str, ...] = ()
        named = (start, start)
        for a, b in clauses(text, start, end):
            who = subject(text, a, b)
            if who:
                agents, named = tuple(who), (who.start, who.end)
            elif text.startswith("经", a):
                agents = ()  # somebody else has approved, and may be who acts
            led = bool(who) and text.endswith("由", start, named[0])
            norm = _NORM.match(text, who.end if who else a, b)
            if norm and not _A_NUMBER.match(norm["matter"]):
                for agent in agents:
                    yield scope.fact(
                        Norm,
                        "norm.may" if norm["may"] else "norm.must_not",
                        passage.body,
                        *([(named[0], b)] if who else [named, (norm.start(), b)]),
                        passage=passage,
                        agent=agent,
                        modality="可以" if norm["may"] else "不得",
                        matter=norm["matter"],
                    )
            if led:
                agents = ()  # 由X提出申请，可…: what follows need not be X's
