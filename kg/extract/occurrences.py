"""What the sentences of a document share when they tell of an event, and the parties that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.anatomy import Passage
from kg.extract.scope import Scope
from kg.grammar.agents import is_class, split_agents
from kg.grammar.names import NAME, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE

__all__ = ["NOT_DONE", "Context", "Found", "context_of", "named_parties"]

NOT_DONE = re.compile(
    r"鼓励|支持|引导|推动|吸引|探索|允许|申请|督促|要求|指导|应当?(?!急|用|对)|必须|须|可以|可|拟|要|不得|自行|确需|禁止|每个|各[\u4e00-\u9fff]|争取|力争|未|若|如"
)
"""Words before a verb that make it a wish, a duty or a condition, and no event."""


@dataclass(slots=True)
class Context:
    """What a document's sentences share: who decides, when, and which bodies were named so far."""

    scope: Scope
    own: bool
    """Whether the notice itself speaks, and not the plan behind it."""
    issuer: str | None
    agent: str | None
    """Who decides, in the words of the text; else the issuer."""
    matter: str
    """What the title says the document is about."""
    honoured: set[str] = field(default_factory=set)
    assessor: str | None = None
    passage: Passage | None = None

    @property
    def date(self) -> str | None:
        return self.scope.document.date if self.own else None


@dataclass(frozen=True, slots=True)
class Found:
    """An event that a sentence tells of, and the stretch that tells it."""

    rule: str
    type: str
    start: int
    end: int
    agent: str | None = None
    patient: str | None = None
    what: str | None = None
    date: str | None = None


# --- who decides -------------------------------------------------------------------------------------------

_DECIDES = re.compile(
    r"(?:^|[，。；：])(?:现|特|兹)?(?P<agent>[\u4e00-\u9fff]{2,24}?)(?:研究)?(?:作出|做出)?决定(?!书|的|了|性)"
)
_AFTER_STUDY = re.compile(
    r"经(?P<agent>[\u4e00-\u9fff]{2,16}?)(?:第?\d+次?|第[一二三四五六七八九十]+次)?(?:党组|常务|常委会|全体|办公)?(?:会议|会)?(?:研究|审议|讨论|批准)"
    r"(?:同意|通过)?(?:，现|，)?决定"
)
_MATTER = re.compile(
    r"关于(?:印发|表彰|授予|给予|对)?(?P<matter>.{2,80}?)(?:(?:予以|给予)(?:通报)?(?:表扬|表彰|嘉奖|批评))?(?:的)?(?:决定|通知|通报|通告|公告|意见|批复|命令|令)(?:（[^（）]*）)?$"
)


def context_of(scope: Scope) -> Context:
    """What the sentences of a document share."""
    own = scope.annex is None
    issuer = scope.issuer
    agent = issuer
    if own:
        for passage in scope.passages:
            chars = passage.paragraph.chars
            if "决定" not in chars:
                continue
            match = _DECIDES.search(chars)
            if match and is_organisation(match["agent"]) and not match["agent"].startswith("经"):
                agent = match["agent"]
                break
            match = _AFTER_STUDY.search(chars)
            if match:
                same = issuer is not None and issuer[-2:] == match["agent"][-2:] and is_organisation(match["agent"])
                agent = match["agent"] if same else issuer
                break
    match = _MATTER.search(scope.title)
    return Context(scope, own, issuer, agent, match["matter"] if match else "")


# --- lists of parties --------------------------------------------------------------------------------------

_AND_SO_ON = re.compile(r"等(?:\d+|[一二三四五六七八九十百]+|几|多)?(?:个|家|名|位|人|户)?[^、，。；]{0,16}$")
_AND_OTHERS = re.compile(
    r"等(?:\d+|[一二三四五六七八九十百]+)?(?:个|家|名|位|人)[^、，。；和及]{0,12}(?:和|及|以及|、|，)"
)
_BRACKET = re.compile(r"[（〔](?!集团|有限)[^（）〔〕]*[）〕]")


def named_parties(listed: str) -> list[str]:
    """The people and organisations of a list by name; nothing where one of them is a mere class."""
    bare = _BRACKET.sub("", listed).strip("，、：: ")
    both = _AND_OTHERS.search(bare)
    if both:  # A、B等15个单位和C、D等20名个人
        first, second = named_parties(bare[: both.start()]), named_parties(bare[both.end() :])
        if first and second:
            return [*first, *second]
    bare = _AND_SO_ON.sub("", bare)
    names = [re.sub(r"(?:等)?同志$", "", agent.name.strip()) for agent in split_agents(bare)]
    if any(not _is_party(name) for name in names):
        return []
    holders = [_OFFICE_AND_NAME.fullmatch(name) for name in names]
    return [
        holder["name"] if holder and not is_organisation(name) else name
        for name, holder in zip(names, holders, strict=True)
    ]


_OFFICE_AND_NAME = re.compile(rf"[\u4e00-\u9fff]{{0,30}}(?:{TITLE})(?P<name>{NAME})")


def _is_party(name: str) -> bool:
    if is_class(name):
        return False
    if (is_name(name) and len(name) <= 3) or ("·" in name and is_name(name)):
        return True
    if _OFFICE_AND_NAME.fullmatch(name):
        return True
    if re.search(r"[的了对在]|^(?:以下|下列|上述|先进|优秀|被|全体|广大|每)|\d个", name):
        return False
    return is_organisation(name) or bool(
        re.fullmatch(
            r"[\u4e00-\u9fff（）·]{2,24}(?:村|社区|学校|小学|中学|企业|厂|店|队|组|班|家庭|户|镇|乡|街道|区|县|市|州|盟|旗)",
            name,
        )
    )
