"""Who acts in a clause: the agents at its head, or those that 由 names."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.grammar.agents import is_agent, split_agents
from kg.grammar.matches import any_of

__all__ = ["Subject", "subject", "without_modals"]

_BEHIND = re.compile(
    r"(?<![重主需必])要求?|应(?![急用对届收付变聘])当?|须|必须|需|负责|会同|牵头|每|于|(?<!所)在|自|将|按|可|有权|不得|严禁|禁止|不准|承担|对|向|从|以|以后|分别|联合|定期|不定期|共同|组织|开展|统筹|安排|"
    r"收到|接到|发现|为(?=每)|受理|制定|完成|报送|召开|建立|提出|给予|补助|年度|每年|实行|严格|全面|原则上|及时|全年|至少|通过|储备|协调|把|整合|购买|采购|委托|举办|落实|做好|加强|指导|发布|查处|组建|配备|储备|"
    r"承办|增开|公布|是(?=[^，]{2,24}(?:主体|责任人|责任单位)(?:，|$))|登录|派出|邀请|申请|办理|提交|报告|监督|出台|推动|推进|聘请|聘任|提供|履行|支付|实施|实现|完成|建成|形成|出具|作出|办结|审核|拨付|报|\d|年"
)
_LEAD = re.compile(
    r"(?:第[\d一二三四五六七八九十百零]{1,5}条|[一二三四五六七八九十]{1,3}是|请|责成|同时|并且?|另外|此外|原则上|其中|今后|对此|确保|力争|明确|要求|督促)*"
    r"(?:\d{4}年(?:\d{1,2}月)?[底末]?前?(?!度))?由?(?:所?涉及的)?(?:成立|设立|组建|建立)?"
)
_MODALS = (
    "要 应当 可以 应 须 必须 需要 需 将 可 原则上 全部 全面 基本 坚持 并且 并 且 也 还 都 均 分别 联合 一律 再 必 务必 请 严格 实行 切实 确保 力争 负责 牵头 共同 认真 及时 "
    "定期 同时 今后 以后 最迟 于 在 从 自 按照 按 最晚 不迟于"
)
_LASTS = frozenset(word[-1] for word in _MODALS.split())
_MODAL_WORDS = rf"(?>{any_of(_MODALS.split())})*+"
# 会同 with its partners stands once and nothing is given back: partners may themselves hold modals (必须 is 必 and 须).
_MODAL = re.compile(rf"{_MODAL_WORDS}(?:会同[^，]{{2,30}}?{_MODAL_WORDS})?$")


@lru_cache(maxsize=4096)
def without_modals(text: str) -> str:
    """The text without the modals, adverbs and prepositions at its end (应当于, 原则上)."""
    return _MODAL.sub("", text) if text[-1:] in _LASTS or "会同" in text else text


class Subject(tuple[str, ...]):
    """The names of the agents of a clause, with the place where their words begin and end."""

    start: int
    end: int

    @classmethod
    def of(cls, names: tuple[str, ...], start: int, end: int) -> Subject:
        """The subject of these names, whose words stand from start to end."""
        made = cls(names)
        made.start, made.end = start, end
        return made


def subject(text: str, start: int, end: int) -> Subject | None:
    """The agents that the stretch begins with, each by its full name; None where it begins with none.

    The stretch is a clause or its beginning; its agents end where a modal, a preposition or a time begins.
    """
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    places = [match.start() for match in _BEHIND.finditer(text, first + 2, min(end, first + 160))]
    if end - first <= 160:
        places.append(end)
    for place in places:
        names = _agents(without_modals(text[first:place]))
        if names:
            return Subject.of(names, first, place)
    return None


@lru_cache(maxsize=4096)
def _agents(run: str) -> tuple[str, ...]:
    """The agents that a run of words is, or nothing where it is anything else."""
    if not 2 <= len(run) <= 160 or run[-1] in "、，和及与":
        return ()
    found = split_agents(run, "、")
    names = tuple(agent.name for agent in found)
    return names if names and all(map(_acts, names)) else ()


_BODY = re.compile(
    r"(?:领导小组|工作组|联席会议|专班|指挥部|委员会)(?:办公室)?$|[你贵我](?:[局委办厅区县市镇]|单位|公司)$|财政$"
)


_VERBAL = re.compile(
    r"\d|要建|应当|实现|建成|打造|培育|形成|推动|推进|落实|构建|超过|达到|整合|^(?:完成|新增|分别|统一|集中|[向对把将在于从为与和由经报给按以]|初步|累计|建设|新建|引进|发展|统筹|健全|年底|严禁|禁止|包括|涉及|符合|属于|未|无|每|本)"
    r"|建设(?![局委厅部办银集公指领工单开投管发项])"
)


def _acts(name: str) -> bool:
    """Whether a name is that of an agent, a body or an addressee, with or without 有关 before it."""
    if _VERBAL.search(name):
        return False
    return bool(_BODY.search(name)) or is_agent(re.sub("^(?:有关|相关)(?=..)", "", name))
