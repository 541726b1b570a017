"""Seats in coordinating bodies: rosters, the editorial board, and sentences that name who is 组长."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Anatomy, Passage
from kg.anatomy.rosters import Roster, rosters
from kg.extract.division_tables import person_rows
from kg.extract.groups import group_of, office_of
from kg.extract.holders import holders
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.seatings import seatings
from kg.extract.task_groups import led, seated, task_groups
from kg.grammar.agents import split_agents
from kg.grammar.bodies import BODY, body_names, is_group, is_office, usual_name
from kg.grammar.organisations import is_organisation
from kg.grammar.sentences import sentences
from kg.model import Member
from kg.text import Text

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

_COMPOSED = re.compile(
    rf"(?<!人员)(?<!成员)(?:(?P<role>委员|成员)(?<!人员))?由(?P<who>[^。；由]{{3,160}}?)(?:等)?(?:联合|共同)?组成(?=[，。；]|$|的(?:[^，。；]{{0,24}}{BODY}))"
)


def members(scope: Scope) -> Iterator[Member]:
    """The seats that a document gives."""
    seen: tuple[Passage, ...] = ()
    listed: dict[int, list[Roster]] = {}
    for roster in scope.rosters:
        listed.setdefault(id(roster.passages[0]), []).append(roster)
    for passage in scope.passages:
        for roster in listed.get(id(passage), ()):
            group = roster.group or _below(scope, roster, group_of(scope, roster.heading, (*seen, passage)))
            if group:
                for entry in roster.entries:
                    own = entry.role.removeprefix("办公室") if len(entry.role) > 3 else entry.role
                    yield scope.fact(
                        Member,
                        "member.roster",
                        entry.whole,
                        passage=passage,
                        group=group if own == entry.role else office_of(group),
                        member=entry.name.chars,
                        role=own,
                    )
        if id(passage) not in listed and passage.heading and _UNITS.fullmatch(passage.heading.words):
            yield from _units(scope, passage, seen)
        seen = (*seen[-6:], passage)
        yield from _prose(scope, passage, seen)
    yield from _tabled(scope)
    for task_group in task_groups(scope):
        for passage in task_group.passages:
            opens = passage.opens and id(passage) not in listed
            for one in (*led(passage.body.chars), *(seated(passage.body.chars) if opens else ())):
                yield scope.fact(
                    Member,
                    "member.prose",
                    passage.body,
                    (one.start, one.end),
                    passage=passage,
                    group=task_group.name,
                    member=one.name,
                    role=one.role or None,
                )


_OFFICE = re.compile(r"(?:[^，。；]{2,12})?办公室(?:组成人员|成员|人员)?")


def _below(scope: Scope, roster: Roster, group: str | None) -> str | None:
    """The body's office or department whose heading a roster stands right under (（一）办公室, （二）竞赛部)."""
    words = roster.heading.words if roster.heading else ""
    if group and _OFFICE.fullmatch(words) and not group.endswith("办公室"):
        return office_of(group)
    heads = {entry.role for entry in roster.entries}
    return words if heads & {"部长", "副部长"} and re.fullmatch("[\\u4e00-\\u9fff]{2,8}部", words) else group


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
                    group=anatomy.issue.board_name,
                    member=entry.name.chars,
                    role=entry.role,
                )


def _prose(scope: Scope, passage: Passage, seen: tuple[Passage, ...]) -> Iterator[Member]:
    """The seats that sentences fill, each in the body that the sentence is about."""
    text = passage.body.chars
    if not re.search(r"[任为兼由]|成员", text) or _APPOINTS.search(scope.title):
        return
    whole = passage.paragraph.text.chars
    shift = len(whole) - len(text)
    founded = [(a - shift, usual_name(whole[a:b], scope.prose)) for a, b in body_names(whole)]
    for start, end in sentences(text, "。"):
        inside = [name for a, name in founded if start <= a < end]
        earlier = [name for a, name in founded if a < start]
        seats = list(seatings(text, start, end))
        composed = list(_COMPOSED.finditer(text, start, end)) if founded else []
        if not (seats or composed):
            continue
        group = next(iter(inside or earlier[-1:]), None) or group_of(scope, passage.heading, seen)
        for seat in seats:
            own = _own_body(seat.body, group)
            group = group or own
            if not own or not group or (is_office(own) and not (founded or seat.office)):
                continue
            if not (founded or seat.office or re.search(BODY, text[start:end]) or _is_about(scope, passage, group)):
                continue
            rule = "member.office" if seat.office else "member.prose"
            for holder in seat.holders:
                stretch = (
                    (min(holder.left, seat.end), seat.end)
                    if seat.end - holder.left < 60
                    else (holder.left, holder.right)
                )
                if holder.left > seat.end or stretch[0] >= stretch[1]:
                    stretch = (seat.start, seat.end)
                yield scope.fact(
                    Member,
                    rule,
                    passage.body,
                    stretch,
                    passage=passage,
                    group=office_of(own) if seat.office else own,
                    member=holder.name,
                    role=seat.role,
                )
        for match in composed if group else ():
            of_office = match["role"] and text.endswith("办公室", start, match.start())
            own = office_of(group) if group and of_office else group
            for holder in holders(text, *match.span("who")):
                yield scope.fact(
                    Member,
                    "member.prose",
                    passage.body,
                    match.span(),
                    passage=passage,
                    group=own,
                    member=holder.name,
                    role=match["role"],
                )


_APPOINTS = re.compile("任免|任职|免职|任命|聘任")
"""A notice that fills posts: the 委员会 it names are offices."""
_LIST = re.compile(rf"(?P<body>[^，。；：]{{2,50}}?{BODY})(?:组成)?(?:成员|人员|组成人员)(?:名单|名册|一览表|表)")


def _tabled(scope: Scope) -> Iterator[Member]:
    """The members of a table headed …成员名单 that has columns for names and posts and none for roles."""
    match = _LIST.fullmatch(scope.title) if scope.annex else _LIST.search(scope.title)
    listed = {id(passage) for roster in scope.rosters for passage in roster.passages}
    for row in person_rows(scope) if match else ():
        if match and id(row.row.passage) not in listed:
            yield scope.fact(
                Member,
                "member.roster",
                Text.join([row.name, *([row.unit] if row.unit else []), *([row.post] if row.post else [])]),
                passage=row.row.passage,
                group=match["body"],
                member=row.name.chars,
                role="成员",
            )


_UNITS = re.compile("(?P<role>成员单位|成员部门|组成单位|参加单位)(?:组成|名单)?")


def _units(scope: Scope, passage: Passage, seen: tuple[Passage, ...]) -> Iterator[Member]:
    """The agencies that a section 成员单位 lists and nothing else."""
    text = passage.body.chars.rstrip("。；")
    agents = split_agents(text)
    group = group_of(scope, passage.heading, seen)
    match = _UNITS.fullmatch(passage.heading.words) if passage.heading else None
    if (
        not group
        or not match
        or not all(is_organisation(a.name.removeprefix("各")) and len(a.name) < 24 for a in agents)
    ):
        return
    for agent in agents:
        yield scope.fact(
            Member,
            "member.roster",
            passage.body,
            (agent.start, agent.end),
            passage=passage,
            group=group,
            member=agent.name,
            role=match["role"],
        )


def _own_body(named: str | None, group: str | None) -> str | None:
    """The body whose seat is filled: that named before the seat, unless it is the group in short."""
    if named and is_group(named) and not (group and group.endswith(named)):
        return named
    if group and (not named or group.endswith(named) or len(named) < 6):
        return group
    return named if named and len(named) >= 6 else None


def _is_about(scope: Scope, passage: Passage, group: str) -> bool:
    """Whether the notice itself sets up or adjusts the body, or the section has its name."""
    return group in scope.notice_title or bool(passage.heading and passage.heading.words.endswith(group))
