"""Seats in coordinating bodies: rosters, the editorial board, and sentences that name who is 组长."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Anatomy, Passage
from kg.anatomy.rosters import ROLES, rosters
from kg.extract.groups import group_of, office_of
from kg.extract.people import mentions, named_with_title, titled_names
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.agents import split_agents
from kg.grammar.bodies import BODY, body_names, usual_name
from kg.grammar.names import is_name, split_names
from kg.grammar.sentences import sentences
from kg.model import Member

__all__ = ["RULES", "board", "members"]

RULES = (
    Rule(
        "member.roster",
        "Behind a role and a colon stand those who hold it, each with a post or without.",
        "决定成立全区防汛工作领导小组。\n\n组 长：何 平 区政府副区长\n\n成 员：李 文 区水利局局长",
        "责任单位：区财政局",
    ),
    Rule(
        "member.prose",
        "A sentence that sets up a body says who is its head, deputies and members.",
        "成立由分管副区长任组长的山洪防御工作领导小组，负责统筹协调。",
        "由区财政局为企业提供咨询。",
    ),
    Rule(
        "member.office",
        "由…兼任办公室主任 names the head of the body's office.",
        "成立养老服务工作领导小组。领导小组办公室设在区民政局，由王芳同志兼任办公室主任。",
        "王芳同志任区民政局办公室主任。",
    ),
)

_ROLE = "|".join(sorted((role for role in ROLES if not role.startswith("办公室")), key=len, reverse=True))
_SEATS = re.compile(rf"(?P<who>[^。；]+?)(?:任|为|担任|兼任)(?P<role>{_ROLE})(?=[，。；、的]|$|，)")
_OFFICE = re.compile(
    r"(?P<who>[^，。；：]{2,60}?)(?:兼任|担任|任|兼)(?:领导小组|联席会议|工作组|指挥部|专班)?(?P<office>办公室)?(?P<role>常务副主任|副主任|主任)(?=[，。；、]|$)"
)
_COMPOSED = re.compile(
    rf"(?:(?P<members>成员)|(?<!人员))由(?P<who>[^。；由]{{3,160}}?)(?:等)?(?:联合|共同)?组成(?=[，。；]|$|的(?:[^，。；]{{0,24}}{BODY}))"
)
_OFFICE_BY = re.compile(r"办公室(?P<role>(?:常务)?副?主任)由(?P<who>[^，。；]{2,40}?)(?:同志)?(?:兼任|担任)")
_FROM = re.compile(r"^(?:并)?(?:由|以|请)|^(?:其中|具体)")


def members(scope: Scope) -> Iterator[Member]:
    """The seats that a document gives."""
    seen: tuple[Passage, ...] = ()
    listed = {id(roster.passages[0]): roster for roster in scope.rosters}
    for passage in scope.passages:
        roster = listed.get(id(passage))
        if roster:
            group = group_of(scope, roster.heading, (*seen, passage))
            if group:
                for entry in roster.entries:
                    name = entry.name.chars
                    yield scope.fact(
                        Member, "member.roster", entry.whole, passage=passage, group=group, member=name, role=entry.role
                    )
        seen = (*seen[-6:], passage)
        yield from _prose(scope, passage, seen)


def board(anatomy: Anatomy, people: frozenset[str]) -> Iterator[Member]:
    """The editorial board of an issue. ``people`` are names known from elsewhere in it."""
    if not anatomy.issue:
        return
    passages = [Passage(p, None, False, p.text, p.spaced) for p in anatomy.issue.board]
    for roster in rosters(passages, people):
        for entry in roster.entries:
            if entry.person:
                yield Member(
                    doc="issue",
                    evidence=entry.whole.evidence(),
                    rule="member.roster",
                    group="编辑委员会",
                    member=entry.name.chars,
                    role=entry.role,
                )


def _prose(scope: Scope, passage: Passage, seen: tuple[Passage, ...]) -> Iterator[Member]:
    text = passage.body.chars
    if not re.search(rf"(?:任|为|兼)(?:办公室)?(?:{_ROLE})|由[^。]+组成", text):
        return
    whole = passage.paragraph.text.chars
    shift = len(whole) - len(text)
    founded = [(a - shift, usual_name(whole[a:b], scope.prose)) for a, b in body_names(whole)]
    for start, end in sentences(text, "。"):
        group = group_of(scope, passage.heading, seen)
        inside = [name for a, name in founded if start <= a < end]
        earlier = [name for a, name in founded if a < start]
        if inside or earlier:
            group = inside[0] if inside else earlier[-1]
        if not group:
            continue
        yield from _office(scope, passage, start, end, group)
        yield from _seats(scope, passage, start, text[start:end], group, bool(founded))


def _office(scope: Scope, passage: Passage, start: int, end: int, group: str) -> Iterator[Member]:
    """由…兼任办公室主任, in a sentence that speaks of the office."""
    text = passage.body.chars
    if "办公室" not in text[start:end]:
        return
    at = start
    for match in _OFFICE.finditer(text, start, end):
        if (not match["office"] and "兼任" not in match[0]) or re.search(
            r"[局委厅部处院]办公室$", text[: match.start("role")]
        ):
            continue
        who_start, who_end = match.start("who"), match.end("who")
        lead = _FROM.match(text[who_start:who_end])
        who_start += lead.end() if lead else 0
        for name, _a, _b in _holders(text, who_start, who_end):
            yield scope.fact(
                Member,
                "member.office",
                passage.body,
                (max(at, match.start()), match.end()),
                passage=passage,
                group=office_of(group),
                member=name,
                role=match["role"],
            )
        at = match.end()
    for match in _OFFICE_BY.finditer(text, start, end):
        for name, _, _ in _holders(text, *match.span("who")):
            yield scope.fact(
                Member,
                "member.office",
                passage.body,
                match.span(),
                passage=passage,
                group=office_of(group),
                member=name,
                role=match["role"],
            )


def _seats(scope: Scope, passage: Passage, base: int, sentence: str, group: str, founds: bool) -> Iterator[Member]:
    """X任组长，Y、Z任副组长，… and 由X任组长的领导小组."""
    if not founds and not re.search(BODY, sentence):
        return
    for match in _SEATS.finditer(sentence):
        who = match["who"]
        begin = match.start("who")
        lead = re.match(rf".*(?:{BODY}(?:制度)?(?:，|：)|由)(?=.{{2}})", who)
        begin += lead.end() if lead else 0
        who = sentence[begin : match.end("who")]
        who = who.lstrip("，、")
        begin = match.end("who") - len(who)
        if match["role"] in ("主任", "副主任") and (
            "兼" in match[0] or "办公室" in sentence[max(0, match.start("role") - 8) : match.start("role")]
        ):
            continue
        for name, a, b in _holders(sentence, begin, match.end("who")):
            yield scope.fact(
                Member,
                "member.prose",
                passage.body,
                (base + a, base + match.end()) if match.end() - a < 60 else (base + a, base + b),
                passage=passage,
                group=group,
                member=name,
                role=match["role"],
            )
    for match in _COMPOSED.finditer(sentence):
        role = "成员" if match["members"] else None
        for name, _, _ in _holders(sentence, match.start("who"), match.end("who")):
            yield scope.fact(
                Member,
                "member.prose",
                passage.body,
                (base + match.start(), base + match.end()),
                passage=passage,
                group=group,
                member=name,
                role=role,
            )


def _holders(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Who a stretch names: people with posts, office-holders, organisations, each with its place."""
    named = mentions(text, start, min(len(text), end + 2)) if "同志" in text[start:end] else []
    if named:
        for mention in named:
            yield mention.name, mention.left, mention.end
        return
    whole = text[start:end]
    titled = named_with_title(whole)
    if titled:
        yield titled, start, end
        return
    runs = re.split(r"(?<=[\u4e00-\u9fff]{2})，", whole)
    if sum(titled_names(run.strip("、，")) is not None for run in runs) * 2 > len(runs):
        at = start
        for run in runs:
            seated = titled_names(run)
            if seated:
                yield seated.name, at, at + len(run)
            at += len(run) + 1
        return
    pieces = whole.split("、")
    if all(is_name(piece) for piece in pieces) and not any(len(piece) > 3 and "·" not in piece for piece in pieces):
        at = start
        for piece in pieces:
            yield piece, at, at + len(piece)
            at += len(piece) + 1
        return
    names = split_names(whole) if len(whole) <= 4 else None
    if names and len(names) == 1:
        yield whole, start, end
        return
    mixed = re.split(r"(?<=负责人)和|(?<=负责人)、|(?<=领导)和|(?<=领导)、", whole)
    for part in mixed:
        at = start + whole.index(part)
        holder = re.search(r"(?:各)?(?:分管|主要|相关|有关)?(?:负责人|领导|负责同志)$", part)
        if not (
            holder
            or re.search(r"[长任员席记]$", part)
            or re.search(
                r"(?:局|委|办|部|中心|政府|单位|社|会|司|行|院|校|站|所|队|处|企业|机构|代表|学者|专家|部门)$", part
            )
        ):
            continue
        agents = split_agents(part[: holder.start()]) if holder else split_agents(part)
        for agent in agents:
            name = agent.name + (holder[0] if holder and not agent.name.endswith(holder[0]) else "")
            if 2 <= len(name) <= 40:
                yield name, at + agent.start, at + agent.end
