"""Sentences that put somebody into a seat: X任组长; 由X兼任办公室主任; 组长由X担任; 成员包括X、Y."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.anatomy.roster_labels import ROLES
from kg.extract.holders import holders
from kg.extract.people import Mention
from kg.grammar.bodies import BODY, groups_listed, is_group
from kg.grammar.matches import any_of

__all__ = ["Seating", "seatings"]

_OFFICE_ROLES = ("主任", "副主任", "专职副主任", "常务副主任", "联络员")
_ROLES = {*_OFFICE_ROLES, *(role for role in ROLES if not role.startswith("办公室"))}
_ROLE = any_of(_ROLES)
_BEFORE_BY = "|".join(
    f"(?<={any_of(role for role in _ROLES if len(role) == n)}由)" for n in sorted(set(map(len, _ROLES)))
)
_FILLED = re.compile(rf"[任为兼][^，。；]{{0,8}}(?:{_ROLE})|由(?:{_BEFORE_BY})|分别由|成员")
_OF_BODY = rf"(?:(?P<body>[^，。；：任为由兼]{{2,30}}?(?:{BODY}|组))|领导小组|工作领导小组|联席会议|工作组|指挥部|专班|委员会)?"
_BEHIND = re.compile(
    rf"(?:(?:^|(?<=[，。；：、]))(?P<body>[\u4e00-\u9fff]{{2,16}}?(?:组|专班))|领导小组|工作领导小组|联席会议|工作组|指挥部|专班|委员会)?"
    rf"(?P<office>办公室)?(?P<role>{_ROLE})(?:、[^，。；由]{{2,6}})?(?P<each>分别)?由(?P<who>[^。；]{{2,300}}?)(?:(?<!负责)同志)?(?P<verb>担任|兼任|任)(?=[，。；]|$)"
)
_FARTHEST = 400
_SEATED = rf"(?P<verb>任|担任|兼任|为|兼)(?:该)?{_OF_BODY}(?P<office>办公室)?(?P<role>{_ROLE})(?=[，。；、的]|$)"
_BEFORE = re.compile(rf"(?P<who>[^。；]{{2,{_FARTHEST}}}?){_SEATED}")
_VERB_BEHIND = re.compile(_SEATED)
_AMONG = re.compile(
    r"(?P<office>办公室)?成员(?P<role>单位)?(?:(?:包括|为|有|由)：?|(?<=办公室成员)：)(?P<who>[^。；]{2,600}?)(?:等)?(?:组成)?(?=[。；]|$)"
)
_BELOW = re.compile("下设(?P<list>[^，。；：]{4,80})[，：](?:$|由?[^。；：]{4,200}分别$)")
_LEAD = re.compile(rf".*(?:{BODY}(?:制度)?[，：]|(?:由|以)(?=.{{2}})|(?:增补|增加|增设|补充|调整)(?=.{{2}}))")
_NO_LONGER = re.compile("不再|免去|免除|辞去|原任")


@dataclass(frozen=True, slots=True)
class Seating:
    """Who is put into a seat."""

    role: str
    office: bool
    """Whether the seat is in the body's office, not in the body."""
    holders: tuple[Mention, ...]
    start: int
    end: int
    body: str | None = None
    """The body, where its name stands before the seat."""


def _before(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of _BEFORE in a stretch. None begins far before its verb, so the verb is looked for first."""
    for verb in _VERB_BEHIND.finditer(text, start, end):
        if verb.start() < start:
            continue
        match = _BEFORE.search(text, max(start, verb.start() - _FARTHEST), end)
        if not match:
            return
        yield match
        start = match.end()


def seatings(text: str, start: int, end: int) -> Iterator[Seating]:
    """The seats that a sentence of a text fills."""
    if not _FILLED.search(text, start, end):
        return
    behind = list(_BEHIND.finditer(text, start, end))
    edges = [start, *(edge for match in behind for edge in match.span()), end]
    between = [m for a, b in zip(edges[::2], edges[1::2], strict=True) for m in _before(text, a, b)]
    about_office = False
    for match in sorted((*behind, *between, *_AMONG.finditer(text, start, end)), key=lambda m: m.start()):
        among = match.re is _AMONG
        role = f"成员{match['role'] or ''}" if among else match["role"]
        office = bool(match["office"])
        if not among and not office and role in _OFFICE_ROLES:
            office = about_office or ("办公室" in text[start : match.start("role")] and "兼" in match[0])
            if not office and re.search(r"[局委厅部处院]办公室$", text[start : match.start("role")]):
                continue
        about_office = office
        if match.re is _BEFORE and _NO_LONGER.search(match["who"][-8:]):
            continue
        who_start, who_end = match.span("who")
        lead = _LEAD.match(text[who_start:who_end]) if match.re is _BEFORE else None
        who_start += lead.end() if lead else 0
        who_end -= 2 * match["who"].endswith("分别")
        named = tuple(holders(text, who_start, who_end, named=match.re is _BEHIND))
        if not named:
            continue
        body = None if among else match["body"]
        if match.re is _BEHIND and body and not is_group(body):
            body = None
        groups = _groups(text, start, match)
        if not groups:
            yield Seating(role, office, named, match.start(), match.end(), body)
        elif len(groups) == len(named):
            for group, holder in zip(groups, named, strict=True):
                yield Seating(role, office, (holder,), match.start(), match.end(), group)


def _groups(text: str, start: int, match: re.Match[str]) -> list[str]:
    """The groups that have a head each, in the order of these (下设A组、B组，组长分别由甲、乙担任; 甲、乙分别任A组、B组组长)."""
    if match.re is _BEHIND and match["each"] and (below := _BELOW.search(text[start : match.start()])):
        return groups_listed(below["list"])
    if match.re is _BEFORE and match["who"].endswith("分别"):
        below = _BELOW.search(text[start : match.end("who")])
        return groups_listed(match["body"] or (below["list"] if below else ""))
    return []
