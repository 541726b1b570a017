"""Who a stretch of prose puts into a seat: people with their posts, office-holders, organisations."""

from __future__ import annotations

import re

from kg.extract.people import Mention, named_with_title, titled_names
from kg.grammar.agents import is_agent, split_agents
from kg.grammar.names import could_be_name, is_name, split_names
from kg.grammar.posts import TITLE, split_posts

__all__ = ["holders"]

_HOLDER = re.compile(r"(?:各)?(?:分管|主要|相关|有关)?(?:负责人|领导|负责同志|联络员|工作人员)$")
_AGENCY = re.compile(
    r"[长任员席记]$|(?:局|委|办|部|中心|政府|单位|社|会|司|行|院|校|站|所|队|处|企业|机构|代表|学者|专家|部门)$"
)
_PERSONAL = re.compile(r"（[^（）]{1,20}）")
_CLAUSE = re.compile(r"设在|下设|负责(?!人|同志)|兼任|担任|如下|决定|组成")
_LOOSE = re.compile(rf"(?P<posts>.*{TITLE})(?P<name>(?:(?![的了和与及、，任等为])[\u4e00-\u9fff·]){{2,6}})")
"""A name that begins with no surname (巴特尔), where nothing but a name can stand: behind a post, to the end."""
_BARE = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_TITLED = re.compile(rf"{TITLE}$")
_CUT = re.compile(r"，|、|；|(?<=[\u4e00-\u9fff]{3})和(?=[\u4e00-\u9fff]{4,})|以及|(?<=同志)和|(?<=）)和")


def holders(text: str, start: int, end: int, *, named: bool = False) -> list[Mention]:
    """Those whom the stretch names, each with its place; of an office-holder or an organisation only the name.

    A post may itself be a list (区委常委、副区长李某), so what is no name by itself is read together with what
    follows it. With ``named`` a stretch of a few characters that is nothing else is taken for a name.
    """
    if named and _BARE.fullmatch(text, start, end) and not _AGENCY.search(text[start:end]):
        return [Mention(start, end, text[start:end])]
    found: list[Mention] = []
    at = start
    for run_start, run_end in _runs(text, start, end):
        if run_start < at:
            continue
        mention = _mention(text, at, run_end)
        if mention is None and at < run_start and _CLAUSE.search(text, at, run_start):
            mention = _mention(text, run_start, run_end)
        if mention:
            found.append(mention)
            at = run_end + 1
    if at < end and (rest := text[at:end].strip("，、；")) and not _CLAUSE.search(rest):
        found.extend(_agencies(end - len(text[at:end].lstrip("，、；")), rest))
    return found


def _runs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut at every mark of a list outside brackets."""
    cuts, depth = [], 0
    marks = {match.start(): match for match in _CUT.finditer(text, start, end)}
    for i in range(start, end):
        depth += (text[i] in "（〔") - (text[i] in "）〕")
        if i in marks and depth == 0:
            cuts.append(marks[i].span())
    bounds = [start, *(place for cut in cuts for place in cut), end]
    return [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]


def _mention(text: str, start: int, end: int) -> Mention | None:
    """The person that the stretch from start to end names and nothing else, with posts before or behind the name."""
    said = _PERSONAL.sub("", text[start:end])
    whole = said.removesuffix("同志")
    lead = len(whole) - len(whole.lstrip("，、；和 "))
    whole, start = whole[lead:], start + lead
    if (is_name(whole) and len(whole) <= 3) or (is_name(whole) and (split_names(whole) or []) == [whole]):
        return Mention(start, start + len(whole), whole)
    if whole != said.lstrip("，、；和 ") and could_be_name(whole) and not _AGENCY.search(whole):
        return Mention(start, start + len(whole), whole)
    titled = named_with_title(whole)
    if titled:
        return Mention(start, start + len(titled), titled)
    seated = titled_names(whole)
    loose = _LOOSE.fullmatch(whole) if not seated else None
    if loose and (posts := split_posts(loose["posts"])) and all(post.org for post in posts):
        begin = start + loose.start("name")
        return Mention(begin, begin + len(loose["name"]), loose["name"], tuple(posts), start, begin)
    if seated and (seated.posts or not re.search("[，、]", whole)):
        return Mention(
            start + seated.start, start + seated.end, seated.name, seated.posts, start, start + seated.posts_end
        )
    return None


def _agencies(start: int, rest: str) -> list[Mention]:
    """The organisations and office-holders of a list (区水利局、区应急局主要负责人)."""
    also = re.match(r"(?:以及|及|和)(?=[\u4e00-\u9fff]{4})", rest)
    if also:
        start, rest = start + also.end(), rest[also.end() :]
    found: list[Mention] = []
    at = 0
    for part in re.split(r"(?:(?<=负责人)|(?<=领导)|(?<=负责同志))[和、，及与]", rest):
        place = start + rest.index(part, at)
        at = place - start + len(part)
        holder = _HOLDER.search(part)
        agents = split_agents(part[: holder.start()] if holder else part)
        if not (holder or _AGENCY.search(part) or (len(agents) > 1 and all(is_agent(a.name) for a in agents))):
            continue
        for agent in agents:
            complete = _TITLED.search(agent.name) or (holder and agent.name.endswith(holder[0]))
            name = agent.name + (holder[0] if holder and not complete else "")
            if 2 <= len(name) <= 40:
                found.append(Mention(place + agent.start, place + agent.end, name))
    return found
