"""Duties in prose: clauses that open with an agent and say what it must do or answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.anatomy import Passage
from kg.anatomy.roster_labels import ROLES
from kg.extract.frames import NARRATIVE, PAST
from kg.extract.groups import group_of, office_of
from kg.extract.scope import Scope
from kg.grammar.agents import is_agent, split_agents
from kg.grammar.bodies import body_names, is_body
from kg.grammar.matches import any_of
from kg.grammar.organisations import is_organisation
from kg.grammar.roles import ROLE_VERB, STRONG_VERB, VERB, plain_role
from kg.grammar.sentences import clauses, sentences
from kg.model import Duty

__all__ = ["named_in_full", "prose_duties"]

_MODAL = re.compile(
    r"(?=[，还也均都仍应必务须需要将])，?(?:还|也|均|都|仍)?(?:应当|应该|必须|务必|(?<![相供对效反适响])应(?!急|用|对|收|税|届|聘|邀|付|诉)|须|需要|(?<![所必急])需(?!求)"
    r"|(?<![主重需必只首摘简])要(?!求|点|素|害|闻|件|领|义|约)|(?<!即)将(?!来|军)(?:有计划地|不定期|定期)?)(?:及时|认真|切实|积极|严格|进一步|充分|主动|全力|自觉|定期|按)?"
)
_MODAL_CUE = re.compile("[应必务须需要将]")
_ADVERB = r"(?:有计划地|进一步|积极|认真|切实|严格|全力|主动|共同|统一|及时|充分|具体|主要|联合|按照?(?:各自)?职责(?:分工)?|依法)*"
_LEADING_ROLE = re.compile(rf"(?P<adverb>{_ADVERB})(?P<role>{ROLE_VERB})(?=.{{2}})")
_DUTY_OF = re.compile(
    r"(?:切实|认真)?(?:履行|落实)好?(?P<role>牵头|主体|第一责任主体|监管|属地)(?:的)?责任$"
    r"|(?:(?:加强|履职|主动|各司)[\u4e00-\u9fff]{2,4}、)?(?:切实|进一步|主动)?(?:加强|密切|积极|搞好|做好)?(?:协调|协作|沟通|相互|通力)*配合(?:、主动作为)?$"
)
_ELIDED = re.compile(r"(?:并)?(?:主要)?(?P<role>负责|承担|牵头|组织|统筹)(?=.{2})")
_SEAT = re.compile(rf"(?:任|为)(?:{'|'.join(ROLES)})")
_OPENING = re.compile(
    r"(?:同时|此外|另外|其中|特别是|因此|各级)?，?(?:请|特请|原则上|凡|必要时|一方面|[一二三四五六七八九十]{1,2}是|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、])?"
)
_FURTHER = re.compile(r"(?:也|还)?(?:要|应当|应|须|必须)(?!求|点|素|急|对|用|变|付)")
_DISSOLVED = re.compile(r"(?:[^，。；]{0,20}(?:决定|同意))?(?:撤销|不再保留)(?P<body>[^，。；]{3,40})$")
_IS = re.compile(r"(?P<agent>[^，。；]{2,30}?)(?:为|是|系|隶属于?|属于)(?!了)")
_JOINT_VERB = re.compile(rf"(?P<verb>{VERB}|加强|推进|推动|构建)")
_MANNER = re.compile(
    r"(?P<agents>[^，。；]{2,40}?)(?:按照|根据|依据|依照|按)[^，。；]{2,30}?(?P<role>组织|负责|牵头)(?P<matter>.{3,})"
)
_MANNER_CUE = re.compile("按|根据|依[据照]")
_ANSWERABLE = re.compile(
    r"(?P<agents>[^，。；]{2,60}?)(?:是|为)(?P<matter>[^，。；]{2,40}?)(?:工作)?的(?P<role>(?:第一)?责任(?:主体|单位)|牵头单位|实施主体|主管部门)"
)
_ANSWERS_FOR = re.compile(
    r"(?P<agents>[^，。；对]{2,60}?)对(?P<matter>[^，。；]{2,60}?)(?:负|承担)(?:总责|责|主体责任|全部责任|直接责任)"
)
_DOES_TO = re.compile(
    r"(?P<agents>[^，。；对]{2,60}?)(?P<matter>对[^，。；]{2,40}?(?:实行|开展|进行|实施|予以)(?!了)[^，。；]{2,20})"
)
_WAITING = ("的", "时", "后", "前", "中", "下")
_LEFT_TO = re.compile(r"由(?P<agents>[^，。；]{2,60}?)负责")
_NAME_ENDS = re.compile(r"[局委办厅部院署处站所队会司](?![局委办厅部院署处站所队会司])|中心|部门")
_BY_WHOM = re.compile(r"由(?!于|此|来|衷|头|政策|[^，]{0,20}(?:组成|构成))")
_BY_VERB = re.compile(rf"(?P<adverb>{_ADVERB})(?P<verb>{VERB})")
_ROLE_VERB = re.compile(rf"(?P<adverb>{_ADVERB})(?P<role>{STRONG_VERB})")
_ROLE_CUE = re.compile("负责|牵头|配合|承担|主持|指导|组织|协[助调]|督促|监督|参与")
"""Without one of these no clause says who answers for what."""
_NO_ROLE = re.compile(r"(?:[或及和](?:参与|参加|配合)|人|单位|部门|制(?!定|订|作)|同志|领导|的|任)")
_HELPED = re.compile(r"配合(?P<agents>[^，。；]{2,40}?)(?P<role>协调|组织|开展|做好|实施)")
_PLAIN_ROLE = re.compile(
    r"(?P<agents>[^，。；]{3,40}?)(?P<role>指导|组织|协助|督促|监督)(?!部|中心|小组|处|科|站|局|委|性|机构|单位)(?=.{3})"
)
_STRICT_ROLE = re.compile(
    r"(?P<agents>[^，。；]{2,40}?)(?P<adverb>(?:积极|认真|切实|统一|具体|定期|及时)+)(?P<role>组织|协调|参与|配合)"
)
_BEHIND_AGENTS = re.compile(
    r"(?:按照?(?:各自)?职责(?:分工)?|根据职责(?:分工)?|依法|分别|共同|结合[^，]{2,8}实际|将|还|也|均)+$"
)
_AGAIN = re.compile(r"(?:并)?(?:(?P<role>牵头|负责(?!人)|承担|协助)(?=.{3})|(?:不定期|定期)(?=.{3}))")
_SAME_SUBJECT = re.compile(r"(?:认真|及时|定期|坚持|做好|加强与|积极配合|积极做好|主动|协助)(?=.{3})")
_SO_THAT = re.compile("确保|保证|推动|形成|做到|切实|力争")
_HOW = "统筹 定期 不定期 适时 及时 共同 联合 分别 依法 按程序 按规定"
_WHAT = (
    "制定 制订 编制 开展 推进 推动 实施 建立 完善 落实 研究 加强 强化 做好 审核 汇总 公布 发布 提出 受理 督促 检查 考核 通报 出台 细化 安排"
    " 明确 报送 办理 签订 拨付 下达 核定 认定 评选 审定 收集 梳理 排查"
)
_PLAIN = re.compile(
    rf"(?P<agents>[^，。；：]{{2,60}}?)(?P<verb>(?:{any_of(_HOW.split())}|(?:根据|结合)[^，]{{2,14}}?|分[^，]{{1,5}}领域)*{any_of(_WHAT.split())}"
    r"(?!了|的|过|项目|工程|工作|情况|方案|规划|任务|资金|结果|人员|部门|单位|体系|机制|制度|水平|能力|力度|标准|小组|中心|会|院|局|委|办|科|处|站|所|司).{3,})"
)
_GENERIC = re.compile(
    r"(?:本|该|区|市|县)?(?P<body>领导小组|工作领导小组|工作组|联席会议|指挥部|专班|工作专班|委员会)?(?P<office>办公室)?(?P<rest>各?成员单位|成员|主要负责人|负责人)?"
)
_LEADERS = re.compile(r"(?:各单位)?(?:主要|分管)(?:领导|负责人|负责同志)(?:同志)?")
_CONDITION = re.compile(r"[^，。；]{2,}(?:的|后|时|前|者|，按规定)$")
_CONDITIONAL = ("的", "后", "时", "前", "者", "，按规定")
_NOT_A_DUTY = re.compile(
    r"符合|具备|达到|可以|可(?!持续|靠|行)|有权|鼓励|支持(?!.{0,4}部门)|享受|不超过|为[^，]{0,10}(?:标准|条件)|是指|包括|所称|是[^否]"
)
_APPEAL = re.compile(
    r"以[^，]{2,20}为(?:榜样|鉴|戒|契机)|再接再厉|珍惜荣誉|发扬成绩|向[^，]{2,20}学习|引以为戒|吸取教训"
)
"""What is called for at the end of praise or blame; it is no duty."""
_THIS = re.compile(r"本(?:[一-龥]{2,6}?)(?=自|由|的|从|有效)")
_SAYS_NOTHING = frozenset(("重点工作", "有关工作", "相关工作", "以下工作", "各项工作"))
_LEAD_IN = re.compile(
    r"(?:(?:务必)?高度重视|提高(?:思想)?认识|加强领导|统一思想|(?:充分|高度|深刻)认识[^，]{0,30}|提高政治站位|充分发挥[^，]{2,20}(?:优势|作用))(?:，|$)"
)
"""What a duty's matter may open with and says nothing by itself."""


@dataclass(slots=True)
class _Draft:
    """A duty whose matter is not at its end yet."""

    rule: str
    agents: list[str]
    role: str | None
    quote_start: int
    start: int
    prefix: str = ""
    open: bool = False
    """Whether only the condition has been read, and the modal is to come."""
    closed: bool = False
    """Whether its own clause says all of it."""
    about: str = ""
    """What a clause with 由 is about; the clauses behind it in the sentence may be about it too."""


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
        matter = ""
        for n, draft in enumerate(drafts):
            stop = drafts[n + 1].quote_start if n + 1 < len(drafts) else end
            stop = draft.start if draft.closed else stop
            last, matter = matter, _LEAD_IN.sub("", (draft.prefix + text[draft.start : stop]).strip("，、：。； （"))
            if not matter and draft.role == "配合":
                matter = last
            elif matter == "解释" and (named := _THIS.search(text, start, end)):
                matter += named[0]
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


def _drafts(
    scope: Scope, passage: Passage, before: tuple[Passage, ...], start: int, end: int, agents: list[str]
) -> list[_Draft]:
    """The duties that open in a sentence. ``agents`` carries who the last sentence was about, and is updated."""
    text = passage.body.chars
    told = NARRATIVE.search(scope.notice_title) is not None or PAST.search(text, start, end) is not None
    found: list[_Draft] = []
    founded: list[str] = []
    about = ""
    aside: list[str] = []
    condition = ""
    condition_start = start
    for number, (a, b) in enumerate(clauses(text, start, end)):
        clause = text[a:b]
        lead = _OPENING.match(clause)
        at = a + (lead.end() if lead else 0)
        clause = text[at:b]
        if found and found[-1].start < at and (modal := _FURTHER.match(clause)):
            if found[-1].open:
                found[-1].open = False
                continue
            held = text[condition_start:at] if condition else ""
            found.append(
                _Draft(
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
        if found and found[-1].start < at and (again := _AGAIN.match(clause)):
            # The same agents go on with something else.
            role = again["role"]
            found.append(
                _Draft(
                    found[-1].rule,
                    list(found[-1].agents),
                    role and plain_role(role),
                    at,
                    at + again.end("role") if role else at,
                )
            )
            continue
        gone = _DISSOLVED.match(clause)
        about = found[-1].about if found else about
        about = gone["body"] if gone else about
        draft = (
            _handed_over(clause, at)
            or _modal(clause, at)
            or _by(clause, at, about)
            or (_left_to(clause, at, text[start : a - 1]) if number and not found else None)
            or _role(clause, at)
            or _jointly(clause, at)
            or _manner(clause, at)
            or _answers(clause, at)
            or (None if number or told else _plain(clause, at))
        )
        if draft is None and not found and b < end:
            draft = _conditional(clause, at, text[b + 1 : end])
        if draft is None and (founded or (found and found[-1].rule == "office")) and (match := _ELIDED.match(clause)):
            who = founded or found[-1].agents
            draft = _Draft("duty.role", list(who), match["role"], at, at + match.end())
        elif (
            draft is None and number == 0 and agents and (match := re.match(r"(?:并)?(负责|承担|牵头)(?=.{2})", clause))
        ):
            draft = _Draft("duty.role", list(agents), match[1], at, at + match.end())
        elif draft is None and number == 0 and agents and re.match(r"要(?!求|点|素|害|闻|件)", clause):
            draft = _Draft("duty.modal", list(agents), None, at, at + 1)
        elif (
            draft is None
            and number == 0
            and agents
            and start
            and text[start - 1] == "；"
            and re.match(r"对(?!于?此)", clause)
            and "，由" not in text[at:end]
        ) or (draft is None and number == 0 and agents and _SAME_SUBJECT.match(clause)):
            draft = _Draft("duty.modal", list(agents), None, at, at)
        elif draft is None and founded and not found and number and not re.search(r"[任为]|办公室", clause):
            draft = _Draft("duty.founded", list(founded), None, at, at)
        if "办公室" in clause and re.search(r"设在|设于|下设|兼任", clause):
            group = group_of(scope, passage.heading, before)
            if group is None and agents and is_body(agents[-1]):
                group = agents[-1]
            if group and draft is None:
                founded = [office_of(group)]
        names = [clause[x:y] for x, y in body_names(clause)] if draft is None else []
        subject = _IS.match(clause) if draft is None and number == 0 else None
        if subject and len(found_agents := _agents(subject["agent"])) == 1:
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
            found.append(_Draft("duty.modal", aside, None, at, at))
            aside = []
        elif clause.endswith(_CONDITIONAL) and _CONDITION.fullmatch(clause):
            condition_start = condition_start if condition and not found else at
            condition = (condition + "，" + clause).strip("，") if not found else clause
        else:
            condition = ""
    if found:
        agents[:] = found[-1].agents
    elif founded:
        agents[:] = founded
    return found


def _modal(clause: str, at: int) -> _Draft | None:
    """X要M, X应当M; X在…时，应当M has its modal in a later clause and is not read."""
    if not _MODAL_CUE.search(clause, 2):
        return None
    for match in _MODAL.finditer(clause, 2):
        head = clause[: match.start()]
        if len(head) > 120:
            return None
        agents = _agents(head)
        if not agents:
            continue
        start = match.end()
        if clause.startswith("由", start):
            return None
        if match[0].startswith("将") and not re.match(
            r"将(?:有计划|不定期|及时|统筹|结合|落实|继续|组织|开展|加强|按照|根据|进一步|会同|适时|定期|积极|认真|对)",
            clause[match.start() :],
        ):
            continue
        if re.match(r"(?:求|点|素|害|闻|件|领|义|约)", clause[start:]) and match[0].endswith("要"):
            continue
        verb = re.match(r"(?:还|也|均|都|仍|，)?(?:应当|应该|必须|务必|应|须|需要|需|要|将)", match[0])
        start = match.start() + (verb.end() if verb else 0)
        duty = _DUTY_OF.match(clause, start)
        if duty:
            return _Draft("duty.modal", agents, duty["role"] or "配合", at, at + duty.end())
        role = _LEADING_ROLE.match(clause, start)
        return _Draft(
            "duty.modal", agents, plain_role(role["role"]) if role else None, at, at + (role.end() if role else start)
        )
    return None


def _jointly(clause: str, at: int) -> _Draft | None:
    """X会同Y制定M: both do it."""
    if "会同" not in clause[2:40]:
        return None
    for verb in _JOINT_VERB.finditer(clause):
        if verb.start() > clause.index("会同") and (agents := _agents(clause[: verb.start()])) and len(agents) > 1:
            return _Draft("duty.role", agents, None, at, at + verb.start())
    return None


def _manner(clause: str, at: int) -> _Draft | None:
    """X按照…组织开展M: a duty without a modal, by the way in which it is done."""
    match = _MANNER.match(clause) if _MANNER_CUE.search(clause) else None
    if match and (agents := _agents(match["agents"])):
        return _Draft("duty.role", agents, match["role"], at, at + match.end("role"))
    return None


def _answers(clause: str, at: int) -> _Draft | None:
    """X是M的责任主体, X对M负责, X对M开展检查."""
    if clause.endswith(("主体", "单位", "部门")) and (body := _ANSWERABLE.fullmatch(clause)):
        agents, matter, role = _agents(body["agents"]), body["matter"], body["role"].removesuffix("部门")
    elif clause.endswith("责") and (held := _ANSWERS_FOR.fullmatch(clause)):
        agents, matter, role = _agents(held["agents"]), held["matter"], "负责"
    elif "对" in clause and (done := _DOES_TO.fullmatch(clause)) and all(map(is_organisation, _agents(done["agents"]))):
        agents, matter, role = _agents(done["agents"]), done["matter"], None
    else:
        return None
    return _Draft("duty.role", agents, role, at, at + len(clause), matter, closed=True) if agents else None


def _plain(clause: str, at: int) -> _Draft | None:
    """各镇制定M: a duty without a modal, of offices alone, at the head of a sentence."""
    match = _PLAIN.match(clause)
    agents = _agents(match["agents"]) if match else []
    if match and agents and all(map(_is_office, agents)):
        role = _LEADING_ROLE.match(clause, match.start("verb"))
        start = role.end() if role else match.start("verb")
        return _Draft("duty.plain", agents, plain_role(role["role"]) if role else None, at, at + start)
    return None


def _is_office(name: str) -> bool:
    """Whether a name is that of an authority or of a class of them."""
    if _NO_OFFICE.search(name):
        return False
    return is_organisation(name) or re.match("各|有关|相关|[省市州县区][直级]", name) is not None


_NO_OFFICE = re.compile(
    r"公司|企业|集团|银行|协会|学校|医院|机构|项目|中心校$|[\d每前向将把对以]|.{17}"
    r"|^(?:深化|打造|提升|优化|拓展|培育|健全|构建|创新|探索|扩大|规范|依托|发挥|聚焦|统筹|协调|集中|分类|专项|动态|综合|重大)"
)


def _conditional(clause: str, at: int, behind: str) -> _Draft | None:
    """X在…时，应当M: the agent opens the sentence, the modal follows its condition."""
    if not clause.endswith(_WAITING) or not re.match(r"(?:应当|应|要|须|必须)", behind):
        return None
    for verb in re.finditer(r"在|确定|收到|接到|发现|因|对|未|自|经|需|拟|申请|以", clause):
        if verb.start() >= 2 and (agents := _agents(clause[: verb.start()])):
            return _Draft("duty.modal", agents, None, at, at + verb.start(), open=True)
    return None


_PASSES = re.compile("由[^，。；]{2,24}(?:划归|划转|转隶|划入)")
"""What passes from one to the other is no duty of the one."""
_HANDED_OVER = re.compile(
    r"(?:将)?(?P<body>[^，。；]{3,60}?)(?:承担)?的(?:全部|有关|相关|行政)?职责(?:整体|统一)?(?:划入|划转[到至给]?|移交给?|并入)(?P<agent>[^，。；]{3,30})"
)


def _handed_over(clause: str, at: int) -> _Draft | None:
    """将X的职责划入Y: Y answers for what X did."""
    match = _HANDED_OVER.fullmatch(clause) if "职责" in clause else None
    agents = _agents(match["agent"]) if match else []
    if match is None or not agents:
        return None
    return _Draft("duty.by", agents, "承担", at, at + len(clause), f"{match['body']}的职责", closed=True)


def _by(clause: str, at: int, last_about: str = "") -> _Draft | None:
    """由X V…, also with what it is about before it (M由X V)."""
    if "由" not in clause or len(clause) > 600 or _SEAT.search(clause) or _PASSES.search(clause):
        return None
    for found in _BY_WHOM.finditer(clause):
        tail = clause[found.end() :]
        if (
            (alone := _agents(tail))
            and len(alone) > 1
            and not re.search(r"牵头|负责(?!人)|组织(?!部|委员)|组建|开展|提供|制定", tail)
        ):
            return _Draft("duty.by", alone, None, at, at + len(clause))
        ends = (m.end() for m in _NAME_ENDS.finditer(tail) if is_organisation(tail[: m.end()]))
        own = next(ends, 0) if tail[:1] in "省市州区县旗" else 0
        for verb in _BY_VERB.finditer(tail):
            if verb.end() < own:
                continue  # 城市管理局: the verb is a part of the name
            agents = (
                [] if tail[: verb.start()].endswith("所") else _agents(re.sub(r"^[该其]", "", tail[: verb.start()]))
            )
            if not agents:
                continue
            about = re.sub(r"(?:应当|应|可|须|均|原则上|一律|统一|直接)+$", "", clause[: found.start()])
            about = re.sub(r"^(?:原则上|凡|对|并|再|先|后|同时)", "", about)
            if about.startswith("其") and last_about:
                about = f"{last_about}的{about[1:]}"
            if re.search(r"可以?$|可以组", about):
                return None
            word = verb["verb"]
            is_role = re.fullmatch(ROLE_VERB, word) is not None
            begin = found.end() + (verb.end() if is_role else verb.start("verb"))
            prefix = ""
            if about and len(about) < 40 and not is_role and begin + len(word) >= len(clause):
                # M由X运营 says: 运营M.
                return _Draft("duty.by", agents, None, at, at + len(clause), f"{clause[begin:]}{about}", about=about)
            if not about and last_about and len(clause) - begin <= 4:
                return _Draft(
                    "duty.by", agents, None, at, at + len(clause), clause[begin:] + last_about, about=last_about
                )
            if about and len(about) < 40 and not _agents(about):
                prefix = f"{about}，" if len(clause) - begin > 3 else about
                if is_role and len(clause) - begin <= 3:
                    prefix = clause[begin:] + about
                    return _Draft("duty.by", agents, plain_role(word), at, at + len(clause), prefix)
            return _Draft("duty.by", agents, plain_role(word) if is_role else None, at, at + begin, prefix, about=about)
    return None


def _left_to(clause: str, at: int, before: str) -> _Draft | None:
    """M，由X负责: what the clauses before name is left to X."""
    match = _LEFT_TO.fullmatch(clause)
    agents = _agents(match["agents"]) if match and 2 <= len(before) <= 60 and not _CONDITION.search(before) else []
    return _Draft("duty.by", agents, "负责", at, at + len(clause), before) if agents else None


def _role(clause: str, at: int) -> _Draft | None:
    """X负责M, X牵头M, X配合."""
    if not _ROLE_CUE.search(clause):
        return None
    for match in _ROLE_VERB.finditer(clause):
        if match.start() < 2 or _NO_ROLE.match(clause, match.end()):
            continue
        agents = _agents(clause[: match.start()])
        if agents:
            return _Draft("duty.role", agents, plain_role(match["role"]), at, at + match.end())
    helped = _HELPED.match(clause)
    if helped and (agents := _agents(helped["agents"])):
        return _Draft("duty.role", agents, helped["role"], at, at + helped.end())
    plain = _PLAIN_ROLE.match(clause)
    if plain and (agents := _agents(plain["agents"])) and all(is_organisation(agent) for agent in agents):
        return _Draft("duty.role", agents, plain["role"], at, at + plain.end())
    strict = _STRICT_ROLE.match(clause)
    if strict and (agents := _agents(strict["agents"])):
        return _Draft("duty.role", agents, strict["role"], at, at + strict.end())
    return None


def _agents(text: str) -> list[str]:
    """The agents that the whole text names, or nothing."""
    if len(text) > 400:
        return []  # too long whatever stands behind the agents, and asked for at each verb of a clause
    text = _BEHIND_AGENTS.sub("", text)
    if not 2 <= len(text) <= 120:
        return []
    names = [agent.name for agent in split_agents(text, "、")]
    return names if names and all(is_agent(name) for name in names) else []


def named_in_full(
    scope: Scope, passage: Passage, before: tuple[Passage, ...], names: list[str], last: list[str]
) -> list[str] | None:
    """The agents with what they leave out: 领导小组 is this body, 主要领导 is that of the agents before."""
    found: list[str] = []
    for name in names:
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
