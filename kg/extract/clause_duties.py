"""One clause of prose: who it says must do something or answers for it, and where the words for that begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.anatomy.roster_labels import ROLES
from kg.grammar.agents import is_agent, split_agents
from kg.grammar.matches import any_of
from kg.grammar.names import NAME, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE
from kg.grammar.roles import ROLE_VERB, STRONG_VERB, VERB, plain_role

__all__ = ["CONDITION", "DEED", "Draft", "agents_of", "conditional", "draft_of", "left_to"]

_MODAL = re.compile(
    r"(?=[，还也均都仍应必务须需要将])，?(?:还|也|均|都|仍)?(?:应当|应该|必须|务必|(?<![相供对效反适响])应(?!急|用|对|收|税|届|聘|邀|付|诉)|须|需要|(?<![所必急])需(?!求)"
    r"|(?<![主重需必只首摘简])要(?!求|点|素|害|闻|件|领|义|约)|(?<!即)将(?!来|军)(?:有计划地|不定期|定期)?)(?:及时|认真|切实|积极|严格|进一步|充分|主动|全力|自觉|定期|按)?"
)
_MODAL_CUE = re.compile("[应必务须需要将]")
_ADVERB = r"(?:有计划地|进一步|积极|认真|切实|严格|全力|主动|共同|统一|及时|充分|具体|主要|联合|按照?(?:各自)?职责(?:分工)?|依法)*"
_LEADING_ROLE = re.compile(rf"(?P<adverb>{_ADVERB})(?P<role>{ROLE_VERB})好?(?=.{{2}})")
_DUTY_OF = re.compile(
    r"(?:切实|认真)?(?:履行|落实)好?(?P<role>牵头|主体|第一责任主体|监管|属地)(?:的)?责任$"
    r"|(?:(?:加强|履职|主动|各司)[\u4e00-\u9fff]{2,4}、)?(?:切实|进一步|主动)?(?:加强|密切|积极|搞好|做好)?(?:协调|协作|沟通|相互|通力)*配合(?:、主动作为)?$"
)
_SEAT = re.compile(rf"(?:任|为)(?:{'|'.join(ROLES)})")
_JOINT_VERB = re.compile(rf"(?P<verb>{VERB}|加强|推进|推动|构建)")
_MANNER = re.compile(
    r"(?P<agents>[^，。；]{2,40}?)(?:按照|根据|依据|依照|按)[^，。；]{2,30}?(?P<role>组织|负责|牵头)(?P<matter>.{3,})"
)
_MANNER_CUE = re.compile("按|根据|依[据照]")
_ANSWERABLE = re.compile(
    r"(?P<agents>[^，。；]{2,60}?)(?:是|为)(?P<matter>[^，。；]{2,40}?)(?:工作)?的(?P<role>(?:第一)?责任(?:主体|单位|人)|牵头单位|实施主体|主管部门)"
)
_ANSWERS_FOR = re.compile(
    r"(?P<agents>[^，。；对]{2,60}?)对(?P<matter>[^，。；]{2,60}?)(?:负|承担)(?:总责|责|主体责任|全部责任|直接责任)"
)
_WAITING = ("的", "时", "后", "前", "中", "下")
_LEFT_TO = re.compile(r"由(?P<agents>[^，。；]{2,60}?)负责")
_NAME_ENDS = re.compile(r"[局委办厅部院署处站所队会司](?![局委办厅部院署处站所队会司])|中心|部门")
_BY_WHOM = re.compile(r"由(?!于|此|来|衷|头|政策|[^，]{0,20}(?:组成|构成))")
_BY_VERB = re.compile(rf"(?P<adverb>{_ADVERB})(?P<verb>{VERB})")
_ROLE_VERB = re.compile(rf"(?P<adverb>{_ADVERB})(?P<role>{STRONG_VERB})")
_ROLE_CUE = re.compile("负责|牵头|配合|承担|主持|指导|组织|协[助调]|督促|监督|参与")
"""Without one of these no clause says who answers for what."""
_NO_ROLE = re.compile(
    r"(?:召开|[或及和](?:参与|参加|配合)|人|单位|部门|制(?!定|订|作)|同志|领导(?!小组|组|[全本][\u4e00-\u9fff]|[、和]?(?:组织|指挥|协调|指导))|的|任)"
)
_HELPED = re.compile(r"配合(?P<agents>[^，。；]{2,40}?)(?P<role>协调|组织|开展|做好|实施)")
_PLAIN_ROLE = re.compile(
    r"(?P<agents>[^，。；]{3,40}?)(?P<role>指导|组织|协助|督促|监督)(?!部|中心|小组|处|科|站|局|委|性|机构|单位)(?=.{3})"
)
_STRICT_ROLE = re.compile(
    r"(?P<agents>[^，。；]{2,40}?)(?P<adverb>(?:积极|认真|切实|统一|具体|定期|及时)+)(?P<role>组织|协调|参与|配合)"
)
_BEHIND_AGENTS = re.compile(
    r"(?:按照?(?:各自)?职责(?:分工)?|根据职责(?:分工)?|依法|分别|共同|结合[^，]{2,8}实际|将|还|也|均)+$|(?:接报|受理|(?:接到|收到|发现)[^，]{1,16})(?:后|时)$"
)
_HOW = "统筹 定期 不定期 适时 及时 共同 联合 分别 依法 按程序 按规定 具体 统一 认真 积极 主动 切实 全面 严格 加快 立即 迅速 足额 按照?(?:各自)?职责(?:分工)?"
_ADVERBS = rf"(?:{'|'.join(_HOW.split())}|分[^，]{{1,5}}领域)*+"
_WHAT = (
    "制订 拟定 拟订 编制 起草 修订 推进 推动 实施 实行 执行 落实 研究 研判 分析 审核 审查 审批 审定 汇总 公开 公示 提请 受理 督促 督导 检查 核查 抽查 查处 查验"
    " 考核 评估 评价 通报 细化 安排 明确 报送 上报 报告 报备 办理 签订 核定 认定 核实 核对 评选 收集 梳理 排查 摸排 协调 调度 调集 调配 调派 派出 派驻 选派 抽调 组建"
    " 设立 配备 指派 启动 批准 组织 指挥 指导 监督 监管 监测 维护 清理 整治 拆除 疏散 转移 救治 抢修 储备 采购 宣传 普及 引导 动员 发动 掌握 跟踪 协助 移交 移送 责令 进行 约谈"
)
_ACTS = "保持 坚持 制定 开展 建立 健全 完善 加强 强化 做好 抓好 搞好 发布 公布 提出 提供 筹集 筹措 保障 保证 履行 解决 出台 拨付 下达"
"""Verbs that end in no name and open none: 县财政局加强资金监管."""
_NO_VERB = (
    r"(?!了|的|过|项目|工程|工作(?!组|队|人员|专班)|情况|方案|规划|任务|资金|结果|人员|部门|单位|体系|机制|制度|水平|能力|力度|标准|小组|中心|会(?![同商])|院|局|委(?!托)|办(?!理|好)"
    r"|科|处(?!理|置|罚)|站|所(?![需有在])|司|员|长|人(?!员|工)|组(?!织|建)|率|预案|中的)"
)
"""What makes a name of a verb: 实施方案, 检查组, 指挥长."""
DEED = (
    rf"(?:{_ADVERBS}(?:(?:根据|结合|按照?|依照|依据)(?:[^，《》]|《[^《》]*》){{1,24}}?{_ADVERBS})?"
    rf"(?:(?:{any_of(_ACTS.split())})(?![了的过])|(?:{any_of(_WHAT.split())}){_NO_VERB}|给予(?=[^，]{{0,12}}(?:通报|表扬|表彰|批评|警告|嘉奖))).{{2,}}"
    rf"|{_ADVERBS}"
    r"对(?!口|外|象|接|应|比|策|于|此|标|照)[^，]{2,30}(?:(?:提出|作出|给予|进行|开展|实行|实施|予以)(?!了|的).{2,}|(?:逐一|依法|严格|全面|统一|集中|严肃)[\u4e00-\u9fff]{2,6})"
    r"|[将把][^，]{2,40}(?:纳入|列入|作为|录入|移交|抄送|报送|上报)(?!了|的).{2,})"
)
"""What an office does: with 对 the verb stands behind what it is done to."""
_DEED = re.compile(DEED)
_OFFICE_ENDS = re.compile(
    r"(?:[局厅院署站所队司府室组镇乡区县市旗州）]|委(?![托派员])|办(?![理好公])|部(?![署门])|处(?![理置罚分以\d])|会(?![同签商]))(?![局委办厅部院署处站所队会司府长（])"
    r"|中心|部门|单位|街道|镇街|办事处|机关|防指"
)
CONDITION = re.compile(r"[^，。；]{2,}(?:的|后|时|前|者|，按规定)$")


@dataclass(slots=True)
class Draft:
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


def draft_of(clause: str, at: int, about: str, left: Draft | None, plain: bool) -> Draft | None:
    """The duty that opens in a clause, by the first of the readers that finds one.

    ``about`` is what the clauses before are about, ``left`` what 由X负责 leaves to X; ``plain`` allows for one without
    a word that says so.
    """
    return (
        _handed_over(clause, at)
        or _modal(clause, at)
        or _by(clause, at, about)
        or left
        or _role(clause, at)
        or _jointly(clause, at)
        or _manner(clause, at)
        or _person(clause, at)
        or _answers(clause, at)
        or (_plain(clause, at) if plain else None)
    )


def _modal(clause: str, at: int) -> Draft | None:
    """X要M, X应当M; X在…时，应当M has its modal in a later clause and is not read."""
    if not _MODAL_CUE.search(clause, 2):
        return None
    for match in _MODAL.finditer(clause, 2):
        head = clause[: match.start()]
        if len(head) > 120:
            return None
        agents = agents_of(head)
        if not agents:
            continue
        start = match.end()
        if clause.startswith("由", start):
            return None
        if match[0].startswith("将") and not re.match(
            r"将(?:有计划|不定期|及时|统筹|结合|落实|继续|组织|开展|加强|按照|根据|进一步|会同|适时|定期|积极|认真|对|组成|成立|组建|派出|联合)",
            clause[match.start() :],
        ):
            continue
        if re.match(r"(?:求|点|素|害|闻|件|领|义|约)", clause[start:]) and match[0].endswith("要"):
            continue
        verb = re.match(r"(?:还|也|均|都|仍|，)?(?:应当|应该|必须|务必|应|须|需要|需|要|将)", match[0])
        start = match.start() + (verb.end() if verb else 0)
        duty = _DUTY_OF.match(clause, start)
        if duty:
            return Draft("duty.modal", agents, duty["role"] or "配合", at, at + duty.end())
        role = _LEADING_ROLE.match(clause, start)
        return Draft(
            "duty.modal", agents, plain_role(role["role"]) if role else None, at, at + (role.end() if role else start)
        )
    return None


def _person(clause: str, at: int) -> Draft | None:
    """党工委书记何平负责M: somebody by name, behind his post."""
    match = _NAMED.match(clause) if _PERSONAL_CUE.search(clause, 2, 40) else None
    name = match["name"].removesuffix("同志") if match else ""
    if match is None or not is_name(name) or is_agent(match["post"] + name):
        return None
    return Draft("duty.role", [name], plain_role(match["role"]), at, at + match.end())


_PERSONAL_CUE = re.compile("负责|牵头|分管|主持|协助")
_NAMED = re.compile(
    rf"(?P<post>[^，。；：]{{0,24}}(?:{TITLE}))(?P<name>{NAME}(?:同志)?)(?:具体|全面)?(?P<role>牵头负责|负责(?!人)|牵头|分管|主持(?!召开)|协助)(?=.{{3}})"
)


_WITH = re.compile("会同|联合(?![会社体国])")


def _jointly(clause: str, at: int) -> Draft | None:
    """X会同Y制定M: both do it."""
    partner = _WITH.search(clause, 2, 40)
    if not partner:
        return None
    for verb in _JOINT_VERB.finditer(clause, partner.end()):
        if (agents := agents_of(clause[: verb.start()])) and len(agents) > 1:
            return Draft("duty.role", agents, None, at, at + verb.start())
    return None


def _manner(clause: str, at: int) -> Draft | None:
    """X按照…组织开展M: a duty without a modal, by the way in which it is done."""
    match = _MANNER.match(clause) if _MANNER_CUE.search(clause) else None
    if match and (agents := agents_of(match["agents"])):
        return Draft("duty.role", agents, match["role"], at, at + match.end("role"))
    return None


def _answers(clause: str, at: int) -> Draft | None:
    """X是M的责任主体, X对M负责."""
    if clause.endswith(("主体", "单位", "部门", "责任人")) and (body := _ANSWERABLE.fullmatch(clause)):
        agents, matter, role = agents_of(body["agents"]), body["matter"], body["role"].removesuffix("部门")
    elif clause.endswith("责") and (held := _ANSWERS_FOR.fullmatch(clause)):
        agents, matter, role = agents_of(held["agents"]), held["matter"], "负责"
    else:
        return None
    return Draft("duty.role", agents, role, at, at + len(clause), matter, closed=True) if agents else None


def _plain(clause: str, at: int) -> Draft | None:
    """各镇制定M: a duty without a modal, of offices alone, that opens a clause."""
    if clause.endswith(_WAITING) and len(clause) < 60:
        return None
    for name in _OFFICE_ENDS.finditer(clause, 1, 60):
        deed = _DEED.match(clause, name.end())
        agents = agents_of(clause[: name.end()]) if deed else []
        if deed and agents and all(map(_is_office, agents)):
            role = _LEADING_ROLE.match(clause, name.end())
            start = role.end() if role else name.end()
            return Draft("duty.plain", agents, plain_role(role["role"]) if role else None, at, at + start)
    return None


def _is_office(name: str) -> bool:
    """Whether a name is that of an authority or of a class of them."""
    if _NO_OFFICE.search(name):
        return False
    return is_organisation(name) or re.match("各|有关|相关|[省市州县区][直级]", name) is not None


_NO_OFFICE = re.compile(
    r"公司|企业|集团|银行|协会|学校|医院|机构|项目|中心校$|[\d每前向将把对以“”\"]|给予|拨付|协助|.{17}"
    r"|全部$|(?:灌|库|林|矿|景|牧|山|湖|小|厂)区$|^(?:形成|实现|坚持|引导|建立|完善|推行|推进|推动|促进|加快|加大|营造|落实)"
    r"|^(?:[报经]|提请|深化|组建|指导|协调|督促|打造|提升|优化|拓展|培育|健全|构建|创新|探索|扩大|规范|依托|发挥|聚焦|统筹|协调|集中|分类|专项|动态|综合|重大)"
)


def conditional(clause: str, at: int, behind: str) -> Draft | None:
    """X在…时，应当M: the agent opens the sentence, the modal follows its condition."""
    if not clause.endswith(_WAITING) or not re.match(r"(?:应当|应|要|须|必须)", behind):
        return None
    for verb in re.finditer(r"在|确定|收到|接到|发现|因|对|未|自|经|需|拟|申请|以", clause):
        if verb.start() >= 2 and (agents := agents_of(clause[: verb.start()])):
            return Draft("duty.modal", agents, None, at, at + verb.start(), open=True)
    return None


_PASSES = re.compile("由[^，。；]{2,24}(?:划归|划转|转隶|划入)")
"""What passes from one to the other is no duty of the one."""
_HANDED_OVER = re.compile(
    r"(?:将)?(?P<body>[^，。；]{3,60}?)(?:承担)?的(?:全部|有关|相关|行政)?职责(?:整体|统一)?(?:划入|划转[到至给]?|移交给?|并入)(?P<agent>[^，。；]{3,30})"
)


def _handed_over(clause: str, at: int) -> Draft | None:
    """将X的职责划入Y: Y answers for what X did."""
    match = _HANDED_OVER.fullmatch(clause) if "职责" in clause else None
    agents = agents_of(match["agent"]) if match else []
    if match is None or not agents:
        return None
    return Draft("duty.by", agents, "承担", at, at + len(clause), f"{match['body']}的职责", closed=True)


def _by(clause: str, at: int, last_about: str = "") -> Draft | None:
    """由X V…, also with what it is about before it (M由X V)."""
    if "由" not in clause or len(clause) > 600 or _SEAT.search(clause) or _PASSES.search(clause):
        return None
    for found in _BY_WHOM.finditer(clause):
        tail = clause[found.end() :]
        if (
            (alone := agents_of(tail))
            and len(alone) > 1
            and not re.search(r"牵头|负责(?!人)|组织(?!部|委员)|组建|开展|提供|制定", tail)
        ):
            return Draft("duty.by", alone, None, at, at + len(clause))
        ends = (m.end() for m in _NAME_ENDS.finditer(tail) if is_organisation(tail[: m.end()]))
        own = next(ends, 0) if tail[:1] in "省市州区县旗" else 0
        for verb in _BY_VERB.finditer(tail):
            if verb.end() < own:
                continue  # 城市管理局: the verb is a part of the name
            named = re.sub(r"^[该其]", "", tail[: verb.start()])
            agents = [] if named.endswith("所") and not is_organisation(named) else agents_of(named)
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
            if about and "解释" in clause[begin:] and _EXPLAINS.fullmatch(clause[begin:]):
                return Draft("duty.by", agents, "负责", at, at + len(clause), f"解释{about}", about=about)
            if about and len(about) < 40 and not is_role and begin + len(word) >= len(clause):
                # M由X运营 says: 运营M.
                return Draft("duty.by", agents, None, at, at + len(clause), f"{clause[begin:]}{about}", about=about)
            if not about and last_about and len(clause) - begin <= 4:
                return Draft(
                    "duty.by", agents, None, at, at + len(clause), clause[begin:] + last_about, about=last_about
                )
            if about and len(about) < 40 and not agents_of(about):
                prefix = f"{about}，" if len(clause) - begin > 3 else about
                if is_role and len(clause) - begin <= 3:
                    prefix = clause[begin:] + about
                    return Draft("duty.by", agents, plain_role(word), at, at + len(clause), prefix)
            return Draft("duty.by", agents, plain_role(word) if is_role else None, at, at + begin, prefix, about=about)
        if (done := _by_office(clause, found.end())) and not _PERMITS.search(clause, 0, found.start()):
            agents, begin = done
            about = _BEFORE_BY.sub("", clause[: found.start()])
            if about and len(about) < 40 and len(clause) - begin <= 4:
                # M由X起草 says: 起草M.
                return Draft("duty.by", agents, None, at, at + len(clause), f"{clause[begin:]}{about}", about=about)
            prefix = f"{about}，" if about and len(about) < 40 else ""
            return Draft("duty.by", agents, None, at, at + begin, prefix, about=about)
    return None


_EXPLAINS = re.compile(r"(?:制定|制订|承担|修订)?(?:并|和)?(?:负责)?(?:具体)?(?:应用)?(?:的)?解释(?:工作)?")
_BEFORE_BY = re.compile(r"(?:应当|应|须|均|原则上|一律|统一|直接|再|则)+$")
_PERMITS = re.compile(r"可以?$|可以组")


def _by_office(clause: str, start: int) -> tuple[list[str], int] | None:
    """The offices behind 由 and where their deed begins, whatever its verb; nothing where they only tell which thing is meant."""
    best = None
    if holder := _HOLDER.match(clause, start):
        return ([holder["holder"]], holder.end())
    for name in _OFFICE_ENDS.finditer(clause, start + 1, start + 60):
        rest = clause[name.end() :]
        agents = agents_of(clause[start : name.end()])
        if agents and len(rest) >= 2 and all(map(_is_office, agents)) and not _NO_DEED.match(rest):
            best = agents, name.end()
    return best


_HOLDER = re.compile(
    r"(?P<holder>(?:[省市州县区旗](?:政府|委)?(?:主要|分管)(?:领导|负责人)|[省市州县区旗镇乡]长|总?指挥长?|[\u4e00-\u9fff]{2,14}(?:办公室)?(?:主任|局长|组长|主要负责人)))"
    r"(?=决定|批准|启动|签发|签署|审批|审定|主持|组织|宣布|担?负|召集|指挥|约谈|通报|追究)"
)
_NO_DEED = re.compile(
    r"[的、和及与为是、（）]|处以?\d|[^，。；]{1,6}(?:的(?!，)|而成)|改|变更|调整|更名|转|第?\d+次|[^，。；]{0,8}(?:审议|同意)"
    r"|[^，。；]*(?:任$|任[^务]|发放|支付|兑付|列支|垫付|拨付)|[主副]"
)


def left_to(clause: str, at: int, before: str) -> Draft | None:
    """M，由X负责: what the clauses before name is left to X."""
    match = _LEFT_TO.fullmatch(clause)
    agents = agents_of(match["agents"]) if match and 2 <= len(before) <= 60 and not CONDITION.search(before) else []
    return Draft("duty.by", agents, "负责", at, at + len(clause), before) if agents else None


def _role(clause: str, at: int) -> Draft | None:
    """X负责M, X牵头M, X配合."""
    if not _ROLE_CUE.search(clause):
        return None
    for match in _ROLE_VERB.finditer(clause):
        if match.start() < 2 or _NO_ROLE.match(clause, match.end()):
            continue
        agents = agents_of(clause[: match.start()])
        if agents:
            return Draft("duty.role", agents, plain_role(match["role"]), at, at + match.end())
    helped = _HELPED.match(clause)
    if helped and (agents := agents_of(helped["agents"])):
        return Draft("duty.role", agents, helped["role"], at, at + helped.end())
    plain = _PLAIN_ROLE.match(clause)
    if plain and (agents := agents_of(plain["agents"])) and all(is_organisation(agent) for agent in agents):
        return Draft("duty.role", agents, plain["role"], at, at + plain.end())
    strict = _STRICT_ROLE.match(clause)
    if strict and (agents := agents_of(strict["agents"])):
        return Draft("duty.role", agents, strict["role"], at, at + strict.end())
    return None


def agents_of(text: str) -> list[str]:
    """The agents that the whole text names, or nothing."""
    if len(text) > 400:
        return []  # too long whatever stands behind the agents, and asked for at each verb of a clause
    text = _BEHIND_AGENTS.sub("", text)
    if not 2 <= len(text) <= 120:
        return []
    names = [agent.name for agent in split_agents(text, "、")]
    return names if names and all(is_agent(name) for name in names) else []
