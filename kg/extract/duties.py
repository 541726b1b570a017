"""Who answers for what: labelled lists of agents, brackets with roles, prose, and divisions of labour."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence

from kg.anatomy import Heading, Passage
from kg.anatomy.tables import is_row
from kg.extract.agent_lists import BRACKET, bracket_roles, labelled_lists
from kg.extract.clause_duties import DEED
from kg.extract.divisions import division
from kg.extract.groups import group_of
from kg.extract.prose_duties import named_in_full, prose_duties
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.task_groups import led, task_groups, tasks
from kg.extract.task_tables import task_duties
from kg.grammar.agents import is_agent, split_agents
from kg.grammar.bodies import is_body, is_group
from kg.grammar.names import is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.roles import ROLE_VERB, STRONG_VERB, plain_role
from kg.grammar.sentences import clauses, sentences
from kg.model import Duty, Span

__all__ = ["RULES", "duties"]

RULES = (
    Rule(
        "duty.label",
        "Behind 责任单位： and the like each agency answers for the heading of the paragraph.",
        "（一）完善设施布局。新建一批服务站点。（责任单位：区民政局、区财政局，各街道办事处、镇乡人民政府）",
        "责任单位要高度重视。",
    ),
    Rule(
        "duty.bracket",
        "A bracket of agents that ends in a role (…牵头，…配合) gives each of them that role.",
        "（二）建设信息平台。整合政务信息系统（区大数据局牵头，区财政局配合）。",
        "加强服务中心（站）建设。",
    ),
    Rule(
        "duty.role",
        "A clause that opens with agents and a verb of responsibility says what they answer for.",
        "区水利局负责汇总有关情况。",
        "负责任的态度十分重要。",
    ),
    Rule(
        "duty.modal",
        "A clause that opens with agents and 要, 应, 应当, 须 says what they must do.",
        "各有关部门要制定工作计划。",
        "政策解读应当同步组织。",
    ),
    Rule(
        "duty.plain",
        "A sentence that opens with offices and what they do says what they are to do, where nothing is told of the past.",
        "各镇乡人民政府制定实施方案，报区农业农村委备案。",
        "各镇乡人民政府制定了实施方案。",
    ),
    Rule(
        "duty.founded",
        "What a sentence says behind the setting up of a body is what the body is to do.",
        "成立专项工作领导小组，强化考核督导，定期通报进展。",
        "建立健全工作台账，强化考核督导。",
    ),
    Rule(
        "duty.colon",
        "An agency before a colon answers for each clause behind it.",
        "区财政局：负责落实配套资金，会同区水利局加强监管。",
        "区财政局：请于本周内反馈意见。",
    ),
    Rule("duty.by", "由X… says that X is to do it.", "由区财政局提供资金保障。", "由于资金不足，项目暂缓。"),
    Rule(
        "duty.body",
        "Under 主要职责 a body's duties stand one behind the other.",
        "决定成立青川区防汛工作领导小组。\n一、主要职责\n组织推动全区防汛工作；协调解决重点难点问题。",
        "一、主要特点\n组织推动全区防汛工作。",
    ),
    Rule(
        "duty.division",
        "In a division of labour each item of what somebody leads or assists in is one duty.",
        "何平同志（区政府办公室副主任）\n协助分管副区长处理财政、审计等工作。",
        "何平同志是优秀干部。",
    ),
)

_ALONE = re.compile(r"(?<=[。；])[（〔【](?P<inside>(?:[^（）〔〕【】：]|（[^（）]{1,12}）){4,200})[）〕】][。；]?$")
"""A bracket of agencies at the end of a paragraph, without a word of what they do."""
_OWN_DUTIES = re.compile(
    r"(?:^|(?<=[。；，]))(?P<body>[^，。；：]{2,40}?)(?:的)?(?:主要|工作|具体){0,2}职责(?:任务)?(?:是|为|如下|有)?：(?P<list>[^。：]{6,})"
)
_SEATED = re.compile(r"[^，。；]{0,12}办公室(?:设在|设于|下设)|各成员单位")
_DUTIES_HEADING = re.compile(
    r"^(?:主要|工作|具体|领导小组|领导组|工作组|指挥部|委员会|组委会|联席会议|专班)?(?:工作)?(?:职责|职能)(?:任务|分工)?$|^(?:主要|领导小组|工作组)职责"
)


_NO_MATTER = re.compile(
    r"如下$|^的|^(?:下设|设在|设于|挂靠|调整至|调整到|划转至|并入)|同志(?:兼任|担任|任)|(?:自然|自行|自动|相应)(?:接替|递补|更替|替补|调整)|(?:不再|不)另?行?(?:发文|行文)"
    r"|^各(?:街道|乡镇?|镇|村|社区)(?:、(?:街道|乡镇?|镇|村|社区))*$|^(?:成员单位|部门)(?:工作)?职责$|》(?:（[^（）]*）)?(?:同时|自行)废止$"
    r"|^不作为|^成员(?:如有|如|若有|因|发生|变动)"
)
"""What reads like a matter and is none: who holds a seat, and who follows whom in it."""


def duties(scope: Scope) -> Iterator[Duty]:
    """The duties that a document gives, one an agent and matter."""
    seen: set[tuple[str, str, str | None]] = set()
    for duty in _all(scope):
        key = (duty.agent, duty.matter, duty.role)
        if key not in seen and len(duty.matter) >= 2 and not _NO_MATTER.search(duty.matter):
            seen.add(key)
            yield duty


def _all(scope: Scope) -> Iterator[Duty]:
    in_rosters = {id(p) for roster in scope.rosters for p in roster.passages}
    divided = yield from division(scope)
    yield from task_duties(scope)
    grouped = yield from _of_groups(scope)
    before: tuple[Passage, ...] = ()
    for passage in scope.passages:
        before = (*before[-6:], passage)
        if id(passage) in divided or id(passage) in grouped or is_row(passage):
            continue
        if (yield from _by_colon(scope, passage)):
            continue
        taken = yield from _labelled(scope, passage)
        taken += yield from _bracketed(scope, passage, taken)
        taken += yield from _alone(scope, passage, taken)
        taken += yield from _closing(scope, passage, taken)
        taken += yield from _own_duties(scope, passage, before)
        heading = passage.heading
        above = heading.chain()[1:] if heading and passage.opens else heading.chain()[:1] if heading else []
        if heading and any(_DUTIES_HEADING.search(over.words) for over in above):
            group = group_of(scope, heading, before)
            if passage.opens and is_group(heading.words) and not passage.body.chars:
                continue
            if group:
                # A sentence may say what somebody else does: 县财政局负责经费落实.
                others = [
                    duty
                    for duty in prose_duties(scope, passage, before, taken)
                    if is_organisation(duty.agent) and not group.endswith(duty.agent) and duty.agent != group
                ]
                yield from others
                yield from _of_body(scope, passage, group, [span for duty in others for span in duty.evidence.spans])
                continue
        if id(passage) in in_rosters:
            stop = _roster_end(passage)
            if stop is None:
                continue
            taken = [*taken, (0, stop)]
        said = list(prose_duties(scope, passage, before, taken))
        holder = _holder_of_duties(heading) if not said and passage.body.chars else None
        yield from said if not holder else _of_body(scope, passage, holder)


def _of_groups(scope: Scope) -> Generator[Duty, None, set[int]]:
    """What the groups below a body do, each under its heading; gives back the identities of the passages read."""
    in_rosters = {id(passage) for roster in scope.rosters for passage in roster.passages}
    read: set[int] = set()
    for group in task_groups(scope):
        for passage in group.passages:
            said = [*tasks(passage.body.chars)]
            if said or id(passage) in in_rosters or any(led(passage.body.chars)):
                read.add(id(passage))
            for role, matter, start, end in said:
                yield scope.fact(
                    Duty,
                    "duty.body",
                    passage.body,
                    (start, end),
                    passage=passage,
                    agent=group.name,
                    role=role,
                    matter=matter,
                    under=_under(passage) if passage.opens else None,
                )
    return read


def _under(passage: Passage, inside: bool = False) -> str | None:
    """The heading that a paragraph of duties stands under; one that it opens itself only where ``inside`` says so."""
    above = passage.heading.chain()[passage.opens and not inside :] if passage.heading else []
    return next((over.words for over in above if over.words), None)


def _is_agency(words: str) -> bool:
    """Whether a heading is the name of an agency or a body, and no word besides."""
    return (
        4 <= len(words) <= 24
        and (is_organisation(words) or is_body(words))
        and not re.match("成员|各|有关|责任|牵头", words)
    )


def _holder_of_duties(heading: Heading | None) -> str | None:
    """Whose duties a section lists (专员职责), by its heading or one above it."""
    for above in heading.chain() if heading else ():
        if above.parent and re.search("职责|分工", above.parent.words) and _is_agency(above.words):
            return above.words  # 3 职责分工, 3.1 州防汛抗旱指挥部
        match = re.fullmatch(r"(?P<agent>[^，、]{2,16}?)的?(?:主要|工作|基本)*职责", above.words)
        if (
            match
            and is_agent(match["agent"])
            and not re.fullmatch(r"(?:各|有关|相关)?(?:成员|责任)?(?:部门|单位|人员|机构)", match["agent"])
        ):
            return match["agent"]
    return None


def _roster_end(passage: Passage) -> int | None:
    """Where the prose begins behind a roster in the same paragraph, or None."""
    text = passage.body.chars
    match = re.search(
        r"(?:领导小组|工作组|联席会议|指挥部|专班|委员会)?(?:下设)?办公室(?:，|设|主要|负责|承担)|(?:领导小组|工作组|联席会议|指挥部|专班)(?:主要)?负责",
        text,
    )
    return match.start() if match and match.start() > 0 else None


_COLON = re.compile(
    rf"(?P<agents>[^：。；]{{2,60}}?)(?:：|负责：)(?=(?:主要|具体|牵头)?(?:{STRONG_VERB}|协助|指导|组织|会同|配合|统筹|{DEED}))"
)


_ANEW = re.compile("根据|按照?|依[据照]|在|对|每|及时|定期|会同|收到|接到|发生")
"""How a clause begins that the role of the clause before it does not hold for."""


def _by_colon(scope: Scope, passage: Passage) -> Generator[Duty, None, bool]:
    """Read 县财政局：负责…，…; each clause is a duty. Gives back whether the passage is of that form."""
    said = passage.said
    match = _COLON.match(said.chars)
    names = [agent.name for agent in split_agents(match["agents"])] if match else []
    if not match or not names or not all(is_agent(name) and not is_name(name) for name in names):
        return False
    under = _under(passage)
    role: str | None = None
    for a, b in clauses(said.chars, match.end()):
        verb = re.match(rf"(?:主要|具体)?(?P<role>{ROLE_VERB})(?=.{{2}})", said.chars[a:b])
        chain = verb and re.match("[、，和]", said.chars[a + verb.end() : b])
        role = plain_role(verb["role"]) if verb and not chain else None if _ANEW.match(said.chars, a) else role
        matter = said.chars[a + (verb.end() if verb and not chain else 0) : b].strip("，、 ")
        for name in names if len(matter) >= 3 else ():
            yield scope.fact(
                Duty,
                "duty.colon",
                said,
                (match.start(), match.end("agents")),
                (a, b),
                passage=passage,
                agent=name,
                role=role,
                matter=matter,
                under=under,
            )
    return True


def _labelled(scope: Scope, passage: Passage) -> Generator[Duty, None, list[tuple[int, int]]]:
    """Read 责任单位：… and the like; gives back the stretches read, as the generator's value."""
    text = passage.body
    taken: list[tuple[int, int]] = []
    lists = list(labelled_lists(text.chars))
    for listed in lists:
        opened = text.chars[listed.start - 1] in "（【〔" if listed.start else False
        matter, under = scope.matters.matter(passage, text.chars[: lists[0].start])
        taken.append((max(0, listed.start - opened), listed.end))
        for role, names in listed.roles if matter else ():
            for name in names:
                yield scope.fact(
                    Duty,
                    "duty.label",
                    text,
                    (listed.start, listed.end),
                    passage=passage,
                    agent=name,
                    role=role,
                    matter=matter,
                    under=under,
                )
    return taken


def _bracketed(
    scope: Scope, passage: Passage, taken: list[tuple[int, int]]
) -> Generator[Duty, None, list[tuple[int, int]]]:
    """Read brackets of agents with roles; gives back the stretches read, as the generator's value."""
    text = passage.body
    found = [
        (match, roles)
        for match in BRACKET.finditer(text.chars)
        if not any(a <= match.start() < b for a, b in taken) and (roles := bracket_roles(match["inside"]))
    ]
    read: list[tuple[int, int]] = []
    previous = 0
    for match, roles in found:
        read.append(match.span())
        heading = passage.heading
        alone = len(found) == 1 and match.end() >= len(text.chars.rstrip("。；"))
        sentence = text.chars[previous : match.start()].strip("。；， ")
        matter: str | None
        if alone and ((passage.opens and heading and heading.words) or not sentence):
            matter, under = scope.matters.matter(passage, sentence)
        else:
            cut = max(sentence.rfind("。"), sentence.rfind("；")) + 1
            matter, under = sentence[cut:], _under(passage, inside=True)
        previous = match.end()
        if not matter:
            continue
        for role, start, agents in roles:
            for name in agents:
                yield scope.fact(
                    Duty,
                    "duty.bracket",
                    text,
                    (match.start("inside") + start, match.end("inside")),
                    passage=passage,
                    agent=name,
                    role=role,
                    matter=matter,
                    under=under,
                )
    return read


_LAST_SENTENCE = re.compile(r"(?<=[。；])(?P<inside>[^。；：（]{4,}(?:（[^（）]*）[^。；：（]*)*)。?$")


def _closing(
    scope: Scope, passage: Passage, taken: list[tuple[int, int]]
) -> Generator[Duty, None, list[tuple[int, int]]]:
    """Read a last sentence of agents and roles alone (区发改委牵头，区住建委参与。); gives back the stretch read."""
    text = passage.body
    match = _LAST_SENTENCE.search(text.chars) if not taken and _CLOSES.search(text.chars[-16:]) else None
    roles = bracket_roles(match["inside"]) if match else []
    if not match or not roles:
        return []
    matter, under = scope.matters.matter(passage, text.chars[: match.start()])
    for role, start, agents in roles if matter else ():
        for name in agents:
            yield scope.fact(
                Duty,
                "duty.bracket",
                text,
                (match.start() + start, match.end("inside")),
                passage=passage,
                agent=name,
                role=role,
                matter=matter,
                under=under,
            )
    return [match.span()]


_CLOSES = re.compile(r"(?:牵头|负责|配合|参与|参加|落实|实施|推进)。?$")


def _alone(
    scope: Scope, passage: Passage, taken: list[tuple[int, int]]
) -> Generator[Duty, None, list[tuple[int, int]]]:
    """Read a bracket that closes a task and names nobody but agencies."""
    match = _ALONE.search(passage.body.chars) if passage.opens and not taken else None
    heading = passage.heading
    if not match or not heading or not heading.words:
        return []
    names = [agent.name for part in re.split("[，；]", match["inside"]) for agent in split_agents(part)]
    if not names or not all(is_agent(name) and is_organisation(name.removeprefix("各")) for name in names):
        return []
    under = heading.parent.words if heading.parent and heading.parent.words else None
    for name in names:
        yield scope.fact(
            Duty,
            "duty.bracket",
            passage.body,
            match.span(),
            passage=passage,
            agent=name,
            matter=heading.words,
            under=under,
        )
    return [match.span()]


def _own_duties(
    scope: Scope, passage: Passage, before: tuple[Passage, ...]
) -> Generator[Duty, None, list[tuple[int, int]]]:
    """Read what a body or its office is said to do behind 主要职责：, a clause a duty."""
    text = passage.body.chars
    read: list[tuple[int, int]] = []
    for match in _OWN_DUTIES.finditer(text) if "职责" in text else ():
        named = (named_in_full(scope, passage, before, [match["body"]], []) or [""])[0]
        if not is_body(named.removesuffix("办公室")):
            continue
        read.append(match.span())
        for part in re.finditer(r"[^；]{4,}", match["list"]):
            start, end = match.start("list") + part.start(), match.start("list") + part.end()
            verb = re.match(rf"(?P<role>{ROLE_VERB})(?![、和])(?=.{{4}})", part[0])
            yield scope.fact(
                Duty,
                "duty.body",
                passage.body,
                (start, end),
                passage=passage,
                agent=named,
                role=plain_role(verb["role"]) if verb else None,
                matter=part[0][verb.end() if verb else 0 :].strip("，、 "),
            )
    return read


def _of_body(scope: Scope, passage: Passage, group: str, taken: Sequence[Span] = ()) -> Iterator[Duty]:
    """The duties of a body under a heading that says so, outside the stretches taken already."""
    said = passage.said
    text, agent = said.chars, group
    for start, end in sentences(text):
        lead = re.match(
            r"(?:\d{1,2}[.、]|（[一二三四五六七八九十\d]+）)?(?:领导小组|工作组|联席会议|指挥部|专班)?(?:的)?(?:主要)?(?:职责(?:是|为)?[：:]?|负责[：:])?",
            text[start:end],
        )
        begin = start + (lead.end() if lead else 0)
        verb = re.match(rf"(?P<role>{ROLE_VERB})(?![、和])(?=.{{4}})", text[begin:end])
        matter = text[begin + (verb.end() if verb else 0) : end].strip("，、 ")
        spans = said[start:end].spans()
        if any(span.start < other.end and other.start < span.end for span in spans for other in taken) or _SEATED.match(
            text[start:end]
        ):
            continue
        if len(matter) >= 4 and not matter.endswith(("：", "如下")) and not re.match(r"到\d{4}年|\d{4}年", matter):
            yield scope.fact(
                Duty,
                "duty.body",
                said,
                (start, end),
                passage=passage,
                agent=agent,
                role=plain_role(verb["role"]) if verb else None,
                matter=matter,
                under=_under(passage),
            )
