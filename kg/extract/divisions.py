"""Divisions of labour (分工): a person at the head of a paragraph, then what they lead, manage and assist in."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from kg.anatomy import Heading, Passage
from kg.extract.division_tables import person_rows
from kg.extract.heads import head_of
from kg.extract.people import Mention, mentions
from kg.extract.scope import Scope
from kg.grammar.agents import split_agents
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE
from kg.model import Duty
from kg.text import Text

__all__ = ["division"]

_ROLE = re.compile(
    r"(?:并|还|同时|具体|主要|一并|重点)?(?P<role>"
    r"(?:协助|配合|受[^，。；、]{1,8}委托)(?:[^，。；、]{0,14}?)(?:处理|负责|分管(?!副|领导|负责)|联系|协调|抓好|抓|做好|管理|主持|完成)"
    r"|领导|协助分管|协助|主持|全面负责|负责|分管联系|分管|主管|主抓|协助联系|联系服务|联系|协管|兼管|牵头负责|牵头|统筹协调|统筹|协调|承担|完成|指导和联系|联系和指导|联系指导|挂[点钩包]联系|挂联|包联|包保|包抓|包片|抓好|抓|组织)"
    r"(?:(?:的)?(?:工作|单位|部门|科室|处室|股室|领域|范围|乡镇|镇乡|镇街|街道|村居?|社区|企业|学校|院系|项目|区域|[、和]){1,4}(?=[：]))?"
    r"(?P<matter>[^。；]+)"
)
_STARTS = re.compile(
    r"(?:^|(?<=[。；，：]))(?=(?:并|还|同时|具体|主要|重点)?(?:领导(?!同志|小组|班子|成员|干部)|协助|主持|全面负责|负责|分管|主管|主抓|联系(?!人|电话|方式)|挂[点钩包]联系|挂联|包联|包保|包抓|包片|抓(?!手|紧|住|总)|协管|兼管|牵头|统筹|承担|配合|完成[^，]{2,20}交办))"
)
_OF_NOBODY = re.compile(
    r"(?<=[。；])(?:以上|上述|各位|本分工|本通知|此前|未尽|未涉及|其他(?:事项|未)|领导(?:同志|成员|之间|外出|实行)|实行|区?市?县?政府领导)"
)
"""A sentence on everybody, behind what is said of the last person."""
_LABEL = re.compile(r"(?:主要|具体)?(?:工作)?(?:分工|职责)：")
_HEAD_END = re.compile(r"(?:同志)?[）〕：:，。 ]*(?:同志)?[：:，。]?")
_KEEP = re.compile(r"(?:全面|日常|具体|有关|相关|其他|其它|各项|交办的|中心|重点|常务)工作$")
_TAIL = re.compile(r"(?:等)?(?:方面|领域)?(?:的)?(?:相关|有关)?工作$|等(?:方面|单位|部门|工作|事务|领域)?$|方面$")
_HEADS = re.compile(r"^(?:办公室|机关|局机关|委机关|本级|党组)")
_SHARED_VERB = re.compile(r"^(?:组织|协调|指导|监督|承办|筹备|安排)(?=[^、]{3,}(?:会议|活动|会|工作)、)")


def division(scope: Scope) -> Generator[Duty, None, set[int]]:
    """The duties of people in a division of labour; gives back the identities of the passages read.

    A document is read so only where its title speaks of 分工, or where people stand at the head of paragraphs
    and are followed by what they lead.
    """
    read: set[int] = set()
    for row in person_rows(scope) if "分工" in scope.title or "分工" in scope.notice_title else ():
        read.add(id(row.row.passage))
        for role, cell in row.duties:
            if _STARTS.match(cell.chars):
                yield from _duties(scope, row.row.passage, cell, row.name.chars)
            else:
                yield from _items(scope, row.row.passage, cell, row.name.chars, role, 0, 0, len(cell))
    about = "分工" in scope.title or "分工" in scope.notice_title
    person: Mention | None = None
    opened: Heading | None = None
    for passage in scope.passages:
        said = passage.said
        label = _LABEL.match(said.chars)
        said = said[label.end() :] if label else said
        text = said.chars
        found = head_of(passage, text)
        inside = not passage.opens or bool(opened and passage.heading and opened in passage.heading.chain()[1:])
        if found and (about or _STARTS.search(text[found.right :])):
            person, opened = found, passage.heading if passage.opens else None
            rest = said[_behind(text, found) :]
            read.add(id(passage))
        elif person and about and inside and _STARTS.match(text):
            rest = said
            read.add(id(passage))
        else:
            if found or passage.opens or re.match(r"A ?、?B ?角", text) or (len(text) < 60 and re.search(TITLE, text)):
                person = None  # a head that is not understood must not go on under the last one's name
            continue
        if rest.chars:
            yield from _duties(scope, passage, rest, person.name)
    return read


def _behind(text: str, person: Mention) -> int:
    """Where the duties begin behind the head of a paragraph."""
    match = _HEAD_END.match(text, person.right)
    return match.end() if match else person.right


def _duties(scope: Scope, passage: Passage, text: Text, person: str) -> Iterator[Duty]:
    rest = _OF_NOBODY.search(text.chars)
    text = text[: rest.start()] if rest else text
    starts = [m.start() for m in _STARTS.finditer(text.chars)]
    for n, start in enumerate(starts):
        limit = starts[n + 1] if n + 1 < len(starts) else len(text)
        match = _ROLE.match(text.chars, start, limit)
        if not match:
            continue
        end = min(match.end(), limit)
        begin = match.start("matter")
        yield from _items(scope, passage, text, person, match["role"], match.start("role"), begin, end)
        for extra in re.finditer(r"；(?P<role>协调|组织|指导|统筹)(?P<matter>[^。；]+)", text.chars[end:limit]):
            lead, first, last = (end + place for place in (extra.start("role"), extra.start("matter"), extra.end()))
            yield from _items(scope, passage, text, person, extra["role"], lead, first, last)


def _items(
    scope: Scope, passage: Passage, text: Text, person: str, role: str, lead: int, start: int, end: int
) -> Iterator[Duty]:
    """One duty an item of an enumeration; its quote goes from the verb, at ``lead``, to the item."""
    start = end - len(text.chars[start:end].lstrip("：，、 "))
    chars = text.chars[start:end].rstrip("，、 ")
    end = start + len(chars)
    if role.endswith("联系") and "同志" in chars:
        for mention in mentions(text.chars, start, end):
            yield scope.fact(
                Duty,
                "duty.division",
                text,
                (lead, mention.end),
                passage=passage,
                agent=person,
                role=role,
                matter=mention.name,
            )
        return
    for _a, b, matter in _enumeration(chars):
        if len(matter) >= 2:
            yield scope.fact(
                Duty, "duty.division", text, (lead, start + b), passage=passage, agent=person, role=role, matter=matter
            )


def _enumeration(chars: str) -> list[tuple[int, int, str]]:
    """The items of an enumeration: cut at 、 and at the last 和 or 及; what is said once is handed on.

    A chain of verbs on one object, and what belongs to one owner (X的A、B), stays one matter.
    """
    stripped = chars if _KEEP.search(chars) else _TAIL.sub("", chars)
    tail_of_all = ""
    pieces = _cut(stripped)
    if len(pieces) > 1 and (_is_chain(stripped, pieces) or _WHOLE.fullmatch(stripped)):
        return [(0, len(chars), stripped)]
    if len(pieces) == 1:
        return [(0, len(chars), stripped)] if stripped else []
    head = _HEADS.match(stripped[pieces[0][0] : pieces[0][1] - 1])
    verb = _SHARED_VERB.match(stripped)
    agencies = split_agents(stripped) if re.search(r"[局委办厅部]$", stripped.split("、")[0]) else []
    names = {(agent.start, agent.end): agent.name for agent in agencies}
    last = stripped[pieces[-1][0] : pieces[-1][1]]
    shared_tail = re.search(r"(?:活动|会议)?安排$|活动$", last)
    if shared_tail and len(pieces) == 2:
        tail_of_all = shared_tail[0].removeprefix("活动") if shared_tail[0] != "活动" else ""
    found = []
    for n, (a, b) in enumerate(pieces):
        item = stripped[a:b].strip()
        item = names.get((a, b), item)
        if n and head and not item.startswith(head[0]) and not re.match(r"区|市|县|省|全|.{0,3}(?:政府|党委)", item):
            item = head[0] + item
        if n and verb and not item.startswith(verb[0]):
            item = verb[0] + item
        if tail_of_all and n < len(pieces) - 1 and not item.endswith(tail_of_all):
            item += tail_of_all
        found.append((a, b, item))
    return found


def _cut(chars: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    depth = start = 0
    for i, char in enumerate(chars):
        depth += (char in "（〔《“") - (char in "）〕》”")
        if depth == 0 and char in "、，":
            pieces.append((start, i))
            start = i + 1
    pieces.append((start, len(chars)))
    pieces = [(a, b) for a, b in pieces if chars[a:b].strip()]
    if not pieces:
        return pieces
    a, b = pieces[-1]
    lists = all(map(is_organisation, (chars[x:y] for x, y in pieces)))
    if lists and _OWN_AND.search(chars[a:b]) and not is_organisation(re.split("以及|和|及", chars[a:b])[0]):
        return pieces  # 规划建设局、应急管理和生态环境局: the 和 is the name's own
    own = chars[a] in "省市州区县旗" and is_organisation(chars[a:b])
    if own and not all(map(is_organisation, re.split("以及|和|及", chars[a:b]))):
        return pieces  # 人力资源和社会保障局: the 和 is the name's own
    cuts = [m for m in re.finditer(r"以及|和|及", chars[a:b]) if m.start() >= 2 and m.end() <= b - a - 2]
    both = (
        len(cuts) == 1
        and is_organisation(chars[a : a + cuts[0].start()])
        and is_organisation(chars[a + cuts[0].end() : b])
    )
    both = both or re.fullmatch("[^和与及]{2,}工作[和及][^和与及]{2,}工作", chars[a:b]) is not None
    if cuts and (len(pieces) > 1 or both or re.search(r"[和及].{0,6}的|安排|活动", chars[a:b])):
        cut = cuts[-1]
        pieces[-1:] = [(a, a + cut.start()), (a + cut.end(), b)]
    return pieces


_OWN_AND = re.compile(r"(?<![派体会联])(?:和|与)[^和与及]{2,10}[局委厅办处科室股]$")
_WHOLE = re.compile(
    r"(?:(?:[^、]{0,12}(?:党工委|党委|党组|政府|管委会|局|院|校|集团|公司))[、和])+[^、]{0,12}(?:党工委|党委|党组|政府|管委会|局|院|校|集团|公司)(?:的)?(?:全面|日常)工作"
)
"""The whole of what several organs do (党工委、管委会全面工作)."""
_BARE_VERB = re.compile("监督|指导|督促|组织|协调|推进|检查|统筹")


def _is_chain(chars: str, pieces: list[tuple[int, int]]) -> bool:
    """Whether an enumeration is a chain of verbs on one object, or parts of what one owner has."""
    if re.match(r"(?:[^、，的]{2,3}、)*[^、，的]{2,3}(?:和|、|与)[^、，的]{2}[^、，]{2,}的", chars) and re.match(
        r"(?:指导|协调|推进|监督|督促|检查|组织|统筹|管理|研究|落实|推动|汇总|分析)", chars
    ):
        return True
    first, last = chars[pieces[0][0] : pieces[0][1]], chars[pieces[-1][0] : pieces[-1][1]]
    if _BARE_VERB.fullmatch(first) and _BARE_VERB.match(chars, pieces[1][0]):
        return True
    if re.match(r"监督|指导|督促|组织|协调", first) and "的" not in first and "的" in last:
        return True
    if all("的" in chars[a:b] for a, b in pieces):
        return False
    return "的" in first and len(pieces) <= 3 and len(first.split("的")[0]) >= 4
