"""Lists of agents with their roles: behind labels (责任单位：…) and in brackets (…牵头，…配合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.grammar.agents import is_agent, split_agents
from kg.grammar.names import NAME, is_name
from kg.grammar.posts import TITLE
from kg.grammar.roles import LABEL, role_of_label

__all__ = ["BRACKET", "LABELLED", "TERM", "AgentList", "bracket_roles", "labelled_lists"]

LABELLED = re.compile(rf"{LABEL}(?:：|为：)")
BRACKET = re.compile(r"[（〔【](?P<inside>(?:[^（）〔〕【】]|（[^（）]*）){4,400})[）〕】]")
TERM = re.compile(
    r"(?:(?:完成|办结|整改|落实|推进|达标)?(?:时限|时间|期限)(?:要求|节点|安排)?|(?:完成|时间)节点|进度安排|时间进度)(?:：|为：)"
)
"""The label of the time by which an item is done."""
_SEGMENT_ROLE = re.compile(
    r"(?P<role>牵头负责|牵头(?:实施|落实|推进)|牵头|(?:负责|抓好|组织|具体|共同)落实|具体负责|负责实施|[按依]照?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|落实|推进|做好)?|分工负责|共同负责|分别负责"
    r"|分别牵头|落实(?:属地|主体|监管|行业|领导)?(?:管理|监管|监督)?责任|负责|配合|参与|参加|落实|组织实施|指导|支持|主办|协办|承办|实施)$"
)
_MANNER = re.compile(r"^(?:[按依]照?(?:各自)?职责(?:分工)?(?:分别)?|分工|共同|分别|具体|抓好|组织(?=落实))")
_WHEN = re.compile(
    rf"(?:{TERM.pattern})?(?:(?:20\d\d年|每年|每季度|\d{{1,2}}月|年)[^，；。]{{0,14}}(?:完成|实施|推进|取得明显成效|落实|启动)?"
    r"|长期(?:坚持|推进|实施)?|持续(?:推进|实施|坚持)|立即(?:实施|执行)|已完成)?|(?:列|排名?)?(?:在)?第一(?:位)?的为牵头(?:单位|部门)|下同"
)
"""What stands in a bracket of agents besides them: by when, and how to read it."""


_REMARK = re.compile(r"以下|下同|不再|其他|列|排")
"""How a remark begins on how to read this bracket and those behind it."""


@dataclass(frozen=True, slots=True)
class AgentList:
    """A list behind a label: where label and list stand, and the agents of each role in it."""

    start: int
    end: int
    roles: tuple[tuple[str, tuple[str, ...]], ...]


def labelled_lists(chars: str) -> Iterator[AgentList]:
    """Read 责任单位：… and the like, from left to right; a list may say itself who of them leads."""
    labels = list(LABELLED.finditer(chars)) if "：" in chars else []
    for i, label in enumerate(labels):
        limit = labels[i + 1].start() if i + 1 < len(labels) else len(chars)
        end = _list_end(chars, label.end(), limit)
        if end > label.end():
            roles = tuple(_roles(chars[label.end() : end], role_of_label(label["label"])))
            yield AgentList(label.start(), end, roles)


def _list_end(text: str, start: int, limit: int) -> int:
    """Where a list of agents ends: at a stop, at the label of a time, or at the bracket that closes around it."""
    if term := TERM.search(text, start, limit):
        limit = term.start()
    depth = 0
    for i in range(start, limit):
        char = text[i]
        if char in "（〔【":
            depth += 1
        elif char in "）〕】":
            if depth == 0:
                return i
            depth -= 1
        elif char in "。；" and depth == 0:
            return i
    return limit


_HOLDER = re.compile(rf"[^，；]{{2,40}}(?:长|主任|书记|主席|常委|政委|委员|经理)(?P<name>{NAME})")
"""One office-holder with his posts before his name."""
_NAMED = re.compile(rf"(?P<name>{NAME})(?:同志)?(?:副?[省市州县区旗镇乡]长|副?主任|{TITLE})")
"""One with his office behind his name."""
_OWN_ROLE = re.compile(r"（(?P<role>牵头|配合|负责|主办|协办)(?:单位|部门)?）$")


def _roles(text: str, role: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The roles of a labelled list: that of the label, but where the list says another."""
    for part in _parts(text):
        said = _SEGMENT_ROLE.search(part)
        names: dict[str, list[str]] = {}
        if (holder := _HOLDER.fullmatch(part) or _NAMED.fullmatch(part)) and is_name(holder["name"]):
            yield role, (holder["name"],)
            continue
        for agent in split_agents(part[: said.start()] if said else part):
            own = _OWN_ROLE.search(agent.name)
            name = agent.name[: own.start()] if own else agent.name
            if is_agent(name) or is_name(name) or len(name) <= 16:
                names.setdefault(own["role"] if own else _plain(said["role"]) if said else role, []).append(name)
        yield from ((own_role, tuple(found)) for own_role, found in names.items())


def _parts(text: str) -> list[str]:
    """The list whole; its parts where one of them says a role by itself."""
    parts = re.split("[，；]", text)
    return parts if any(_SEGMENT_ROLE.search(part) for part in parts) else [text]


def _plain(role: str) -> str:
    """The role that the end of a list says: 按职责分工负责 is 负责."""
    bare = _MANNER.sub("", role) or "负责"
    if bare.endswith("责任"):
        return "责任"
    return "牵头" if bare.startswith("牵头") else re.sub(r"(?<=负责)(?:落实|实施)$", "", bare) or "负责"


def bracket_roles(inside: str) -> list[tuple[str, int, list[str]]]:
    """The roles in a bracket, each with its place and agents; nothing where any part is something else but a time."""
    found: list[tuple[str, int, list[str]]] = []
    open_agents: list[str] = []
    start = 0
    at = 0
    for part in re.split(r"[，；。]", inside):
        if found and not open_agents and _REMARK.match(part):
            break
        role = _SEGMENT_ROLE.search(part)
        bare = re.sub("^由", "", part[: role.start()] if role else part)
        names = [agent.name for agent in split_agents(bare)]
        if not names or not all(is_agent(name) for name in names):
            if found and not open_agents and not role and _WHEN.fullmatch(part):
                at += len(part) + 1
                start = at
                continue
            return []
        open_agents += names
        if role:
            found.append((_plain(role["role"]), start, open_agents))
            open_agents, start = [], at + len(part) + 1
        at += len(part) + 1
    return [] if open_agents else found
