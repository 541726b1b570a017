"""Where the office of a body is placed (办公室设在…)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.extract.groups import group_of
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.agents import split_agents
from kg.grammar.bodies import BODY, is_body
from kg.grammar.matches import last_match
from kg.grammar.organisations import is_organisation
from kg.model import Seat

__all__ = ["RULES", "seats"]

RULES = (
    Rule(
        "seat.placed",
        "办公室设在X says where the office of a body is.",
        "成立养老服务工作领导小组。领导小组办公室设在区民政局。",
        "服务窗口设在区政务服务中心。",
    ),
)

_SEAT = re.compile(
    rf"(?P<group>[^，。；：]{{0,50}}?{BODY})?(?:下设|设立|设)?(?:日常工作机构)?(?P<office>办公室)?(?:，|、|（)?(?:下)?(?:设在|设于|设置在|挂靠在?|依托|放在|于|在)(?P<org>[^。；，]{{2,60}})"
)
_CUE = re.compile(r"设在|设于|设置在|挂靠|依托|办公室(?:[于在]|(?:由|从)[^，。；：]{2,30}(?:至|到|在|为))")
_MOVED = re.compile(
    rf"(?P<group>[^，。；：、]{{2,50}}?{BODY})办公室(?:由|从)[^，。；：]{{2,30}}?(?:调整|变更|划转|转移|移交)(?:设)?(?:至|到|在|为)(?P<org>[^，。；：]{{2,30}})"
)
_NAMED = re.compile(
    rf"(?:更名为|成立|设立|组建|建立|^|[，、])(?P<body>[^，。；：、由为]{{4,40}}?{BODY})(?:制度)?(?=[，、])"
)


def _nearest(sentence: str) -> str | None:
    """The body that the sentence itself sets up or names anew before its office is placed."""
    match = last_match(_NAMED, sentence)
    body = match["body"] if match else ""
    body = re.sub(r"^.*(?:更名为|成立|设立|组建|建立)", "", body)
    return body if len(body) > 6 and is_body(body) else None


def seats(scope: Scope) -> Iterator[Seat]:
    """The seats of offices that a document gives."""
    before: tuple[Passage, ...] = ()
    for passage in scope.passages:
        text = passage.body.chars
        before = (*before[-6:], passage)
        if "办公室" not in text or not _CUE.search(text):
            continue
        for match in _MOVED.finditer(text):
            if is_organisation(match["org"]):
                yield scope.fact(
                    Seat,
                    "seat.placed",
                    passage.body,
                    match.span(),
                    passage=passage,
                    group=re.sub("^(?:将|把)", "", match["group"]),
                    org=match["org"],
                )
        for match in _SEAT.finditer(text):
            sentence = text[text.rfind("。", 0, match.start()) + 1 : match.start("org")]
            if "办公室" not in sentence:
                continue
            org = re.split(r"，|）|负责|由|承担|具体|（", match["org"])[0]
            named = match["group"] or ""
            group = _nearest(sentence) or group_of(scope, passage.heading, before)
            whole = match.start() == 0 or text[match.start() - 1] in "，。；：、"
            if named and whole and len(named) > 6:
                own = re.sub(r"^.*(?:成立|建立|设立|组建|领导下|的)", "", named)
                group = own if not group or (group not in named and len(own) > 5) else group
            if not group:
                continue
            start = match.start() if whole or not match["group"] else match.end("group")
            for agent in split_agents(org):
                if is_organisation(agent.name):
                    yield scope.fact(
                        Seat,
                        "seat.placed",
                        passage.body,
                        (start, match.start("org") + len(org)),
                        passage=passage,
                        group=group,
                        org=agent.name,
                    )
