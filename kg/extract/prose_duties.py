"""Duties in prose: clauses that open with an agent and say what it must do or answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.extract.clause_duties import CONDITION, Draft, agents_of, conditional, draft_of, left_to
from kg.extract.frames import NARRATIVE, PAST
from kg.extract.groups import full_name, group_of, office_of
from kg.extract.scope import Scope
from kg.grammar.bodies import body_names, group_led, is_body
from kg.grammar.roles import plain_role
from kg.grammar.sentences import clauses, sentences
from kg.model import Duty

__all__ = ["named_in_full", "prose_duties"]

_ELIDED = re.compile(r"(?:并)?(?:主要)?(?P<role>负责|承担|牵头|组织|统筹)(?=.{2})")
_OPENING = re.compile(
    r"(?:(?:主要|工作|具体)*职责(?:任务)?(?:是|为)?：)?(?:同时|此外|另外|其中|特别是|因此)?，?(?:请|特请|原则上|凡|必要时|一方面|[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、])?"
)
_FURTHER = re.compile(r"(?:也|还)?(?:要|应当|应|须|必须)(?!求|点|素|急|对|用|变|付)")
_DISSOLVED = re.compile(r"(?:[^，。；]{0,20}(?:决定|同意))?(?:撤销|不再保留)(?P<body>[^，。；]{3,40})$")
_IS = re.compile(r"(?P<agent>[^，。；]{2,30}?)(?:为|是|系|隶属于?|属于)(?!了)")
_REACHED = re.compile(r"(?:电话|传真|邮箱|地址|联系人|联络员)(?:[：:]|\d)")
"""How somebody is reached is no deed."""
_AGAIN = re.compile(r"(?:并)?(?:(?P<role>牵头|负责(?!人)|承担|协助)(?=.{3})|(?:不定期|定期)(?=.{3}))")
_OTHER_ROLE = re.compile(rf"{_AGAIN.pattern}|(?:并)?(?P<role2>指导|督促|监督|协调|统筹|组织)(?!实施$)(?=.{{4}})")
"""How one goes on who answers for something in a named way."""
_SAME_SUBJECT = re.compile(r"(?:认真|及时|定期|做好|加强与|积极配合|积极做好|主动|协助)(?=.{3})")
_SO_THAT = re.compile("确保|保证|推动|形成|做到|切实|力争")
_GENERIC = re.compile(
    r"(?:本|该|区|市|县)?(?P<body>领导小组|工作领导小组|工作组|联席会议|指挥部|专班|工作专班|委员会)?(?P<office>办公室)?(?P<rest>各?成员单位|成员|主要负责人|负责人)?"
)
_LEADERS = re.compile(r"(?:各单位)?(?:主要|分管)(?:领导|负责人|负责同志)(?:同志)?")
_CONDITIONAL = ("的", "后", "时", "前", "者", "，按规定")
_NOT_A_DUTY = re.compile(
    r"符合|具备|达到|可以|可(?!持续|靠|行)|有权|鼓励|支持(?!.{0,4}部门)|享受|不超过|为[^，]{0,10}(?:标准|条件)|是指|包括|所称|是[^否]"
)
_APPEAL = re.compile(
    r"(?:切实)?把[^，]{2,40}(?:摆[上在到]|列入|纳入)[^，]{0,8}(?:日程|位置)(?:来抓)?$|亲自抓$|以[^，]{2,20}为(?:榜样|鉴|戒|契机)|再接再厉|珍惜荣誉|发扬成绩|向[^，]{2,20}学习|引以为戒|吸取教训"
)
"""What is called for at the end of praise or blame; it is no duty."""
_THIS = re.compile(r"本(?:[一-龥]{2,6}?)(?=自|由|的|从|有效)")
_SAYS_NOTHING = frozenset(("重点工作", "有关工作", "相关工作", "以下工作", "各项工作"))
_LEAD_IN = re.compile(
    r"(?:(?:务必)?高度重视|提高(?:思想)?认识|加强领导|统一思想|(?:充分|高度|深刻)认识[^，]{0,30}|提高政治站位|充分发挥[^，]{2,20}(?:优势|作用))(?:，|$)"
)
"""What a duty's matter may open with and says nothing by itself."""


def prose_duties(
    scope: Scope, passage: Passage, before: tuple[Passage, ...], taken: list[tuple[int, int]]
) -> Iterator[Duty]:
    """The duties in the sentences of a passage, outside the stretches taken already."""
    text = passage.body.chars
    agents: list[str] = []
    heading = passage.heading
    under = next((above.words for above in heading.chain() if above.words), None) if heading else None
    for start, end in sentences(text, "。；！？"):
        if any(a < end and start < b and (b - a) * 2 > 0 and a <= start for a, b in taken):
            continue
        for a, _ in taken:
            end = min(end, a) if start < a < end else end
        drafts = _drafts(scope, passage, before, start, end, agents)
        matter = about = ""
        starts = [draft.quote_start for draft in drafts]
        stops = [draft.start if draft.closed else stop for draft, stop in zip(drafts, [*starts[1:], end], strict=False)]
        matters = [
            _LEAD_IN.sub("", (draft.prefix + text[draft.start : stop]).strip("，、：。； （"))
            for draft, stop in zip(drafts, stops, strict=True)
        ]
        for n, (draft, stop) in enumerate(zip(drafts, stops, strict=True)):
            last, matter = matter, matters[n]
            if not matter and draft.role == "牵头":
                matter = next(filter(None, matters[n:]), "")  # 区应急局牵头，有关部门配合，开展整治
            if matter in ("启动", "批准", "决定", "宣布") and draft.rule == "duty.by" and under:
                matter += under  # 由县长启动
            if matter in ("实施", "落实", "组织实施", "推进") and about:
                matter += about  # 考核工作由X领导，Y组织实施
            about = draft.about or about
            if not matter and draft.role == "配合":
                matter = last
            elif matter in ("解释", "具体解释工作", "解释工作", "具体解释") and (
                named := _THIS.search(text, start, end)
            ):
                matter = f"解释{named[0]}"
            if (len(matter) < 3 and draft.role != "配合") or _APPEAL.match(matter) or matter in _SAYS_NOTHING:
                continue
            for agent in draft.agents:
                yield scope.fact(
                    Duty,
                    draft.rule,
                    passage.body,
                    (draft.quote_start, max(stop - (text[stop - 1] in "，、"), draft.start)),
                    passage=passage,
                    agent=agent,
                    role=draft.role,
                    matter=matter or (under or ""),
                    under=under,
                )


_OFFICE_SEATED = re.compile(r"(?P<office>[省市州县区旗][\u4e00-\u9fff]{1,14}[指组办]办公室)(?:设在|设于)")
_TOWARDS = re.compile(
    r"对(?!于?此)[^，。；]{4,40}（[^，。；（）]{1,12}）|对[^，。；]{2,30}(?:企业|单位|项目|个人|部门|主体|机构|行为|问题)"
)
"""Towards whom the next clause has somebody act."""
_OWN = re.compile("(?:主要|工作|具体)*职责(?:任务)?(?:是|为)?：$")
_TAKES_PART = re.compile(r"(?:参加|参与|配合|组成|为成员(?:单位)?)$")


def _drafts(
    scope: Scope, passage: Passage, before: tuple[Passage, ...], start: int, end: int, agents: list[str]
) -> list[Draft]:
    """The duties that open in a sentence. ``agents`` carries who the last sentence was about, and is updated."""
    text = passage.body.chars
    told = NARRATIVE.search(scope.notice_title) is not None or PAST.search(text, start, end) is not None
    found: list[Draft] = []
    founded: list[str] = []
    about = ""
    aside: list[str] = []
    condition = ""
    condition_start = start
    group = None
    for number, (a, b) in enumerate(clauses(text, start, end)):
        clause = text[a:b]
        if number == 0 and (group := group_led(clause)):
            founded = [group]
            continue
        if group and _TAKES_PART.search(clause):
            continue
        lead = _OPENING.match(clause)
        at = a + (lead.end() if lead else 0)
        clause = text[at:b]
        if found and found[-1].start < at and (modal := _FURTHER.match(clause)):
            if found[-1].open:
                found[-1].open = False
                continue
            held = text[condition_start:at] if condition else ""
            found.append(
                Draft(
                    found[-1].rule,
                    list(found[-1].agents),
                    None,
                    condition_start if held else at,
                    at + modal.end(),
                    held,
                )
            )
            condition = ""
            continue
        if (
            found
            and found[-1].start < at
            and (again := (_OTHER_ROLE if found[-1].role and at - found[-1].start > 4 else _AGAIN).match(clause))
        ):
            # The same agents go on with something else.
            role = again["role"] or again.groupdict().get("role2")
            found.append(
                Draft(
                    found[-1].rule,
                    list(found[-1].agents),
                    role and plain_role(role),
                    at,
                    at + again[0].index(role) + len(role) if role else at,
                )
            )
            continue
        gone = _DISSOLVED.match(clause)
        about = found[-1].about if found else about
        about = gone["body"] if gone else about
        left = left_to(clause, at, text[start : a - 1]) if number and not found else None
        draft = draft_of(clause, at, about, left, plain=not told and not _REACHED.search(clause))
        if draft is None and not found and b < end:
            draft = conditional(clause, at, text[b + 1 : end])
        if draft is None and (founded or (found and found[-1].rule == "office")) and (match := _ELIDED.match(clause)):
            who = founded or found[-1].agents
            draft = Draft("duty.role", list(who), match["role"], at, at + match.end())
        elif (
            draft is None and number == 0 and agents and (match := re.match(r"(?:并)?(负责|承担|牵头)(?=.{2})", clause))
        ):
            draft = Draft("duty.role", list(agents), match[1], at, at + match.end())
        elif draft is None and number == 0 and agents and re.match(r"要(?!求|点|素|害|闻|件)", clause):
            draft = Draft("duty.modal", list(agents), None, at, at + 1)
        elif (
            draft is None
            and number == 0
            and agents
            and start
            and text[start - 1] == "；"
            and re.match(r"对(?!于?此)", clause)
            and "，由" not in text[at:end]
        ) or (draft is None and number == 0 and agents and _SAME_SUBJECT.match(clause)):
            draft = Draft("duty.modal", list(agents), None, at, at)
        elif (
            draft is None
            and founded
            and not found
            and number
            and not re.search(r"[任为]|办公室", clause)
            and not _REACHED.search(clause)
        ):
            draft = Draft("duty.founded", list(founded), None, at, at)
        if draft is None and agents and number <= 1 and _OWN.search(text, start, at):
            draft = Draft("duty.founded", list(agents), None, at, at)  # …组由X牵头。主要职责：M
        if "办公室" in clause and re.search(r"设在|设于|下设|兼任", clause):
            group = group_of(scope, passage.heading, before)
            if group is None and agents and is_body(agents[-1]):
                group = agents[-1]
            seated = _OFFICE_SEATED.search(clause)
            if seated and draft is None and not _GENERIC.fullmatch(seated["office"]):
                founded = [seated["office"]]  # as the text calls it
            elif group and draft is None and not (founded and founded[0].endswith("办公室")):
                founded = [office_of(group)]
        names = [clause[x:y] for x, y in body_names(clause)] if draft is None else []
        subject = _IS.match(clause) if draft is None and number == 0 else None
        if subject and len(found_agents := agents_of(subject["agent"])) == 1:
            founded = found_agents  # X为Y的内设机构，负责M
        if names:
            founded = named_in_full(scope, passage, before, names[-1:], []) or names[-1:]
        if draft:
            last = found[-1].agents if found else agents
            named = named_in_full(scope, passage, before, draft.agents, last)
            if named is None or _NOT_A_DUTY.match(text[draft.start : b]):
                condition = ""
                continue
            if len(draft.agents) == 1 and _LEADERS.fullmatch(draft.agents[0]):
                aside = list(last)  # what follows is said of the agency again
            draft.agents = named
            if condition and not found and draft.rule != "duty.role":
                draft.prefix, draft.quote_start = condition + "，", condition_start
            found.append(draft)
        elif aside and not _SO_THAT.match(clause):
            found.append(Draft("duty.modal", aside, None, at, at))
            aside = []
        elif (clause.endswith(_CONDITIONAL) and CONDITION.fullmatch(clause)) or _TOWARDS.fullmatch(clause):
            condition_start = condition_start if condition and not found else at
            condition = (condition + "，" + clause).strip("，") if not found else clause
        else:
            condition = ""
    if found:
        agents[:] = found[-1].agents
    elif founded:
        agents[:] = founded
    return found


def named_in_full(
    scope: Scope, passage: Passage, before: tuple[Passage, ...], names: list[str], last: list[str]
) -> list[str] | None:
    """The agents with what they leave out: 领导小组 is this body, 主要领导 is that of the agents before."""
    found: list[str] = []
    for short in names:
        name = full_name(scope, short)
        generic = _GENERIC.fullmatch(name)
        if generic and (generic["body"] or generic["office"]) and name:
            group = group_of(scope, passage.heading, before)
            if group and (generic["body"] or not re.match(r"[区市县]", name)):
                whole = office_of(group) if generic["office"] else group
                found.append(whole + (generic["rest"] or ""))
                continue
            if not generic["body"]:
                found.append(name)
                continue
            if not group:
                found.append(name)
                continue
            found.append(group)
        elif _LEADERS.fullmatch(name) and len(names) == 1:
            if not last:
                return None
            found.extend(f"{agent}{name}" for agent in last)
        else:
            group = group_of(scope, passage.heading, before) if is_body(name) else None
            found.append(group if group and group.endswith(name) else name)
    return found
