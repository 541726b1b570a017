"""Which organisation is part of, or run by, another, where the text says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.anatomy.marks import ENUMERATOR
from kg.extract.groups import group_of, office_of
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.extract.task_groups import task_groups
from kg.grammar.agents import is_class, split_agents
from kg.grammar.bodies import body_in_title, groups_listed, is_body
from kg.grammar.organisations import is_organisation
from kg.grammar.sentences import sentences
from kg.model import Part

__all__ = ["RULES", "parts"]

RULES = (
    Rule(
        "part.stationed",
        "X派驻Y纪检监察组 is a group that X has sent to Y, and part of X.",
        "桑远同志主持区纪委监委派驻区政府办公室纪检监察组全面工作。",
        "区纪委监委派驻干部两名到村工作。",
    ),
    Rule(
        "part.belongs",
        "X隶属于Y, X挂靠在Y, X由Y管理 and X为Y所属事业单位 say whose X is.",
        "区老年助餐服务指导中心隶属于区民政局，承担申报受理工作。",
        "补助资金隶属关系不变，由区民政局管理。",
    ),
    Rule(
        "part.below",
        "X下设A、B lists groups below X; its office is no organisation of its own kind and is left to the seats.",
        "云泽区防汛抗旱指挥部下设水情监测组、物资保障组。",
        "领导小组下设办公室，办公室设在区水利局。",
    ),
)

_CUE = re.compile("派驻|驻|隶属|挂靠|归口|划归|划转|所属|直属|内设|下设|代管|主管|管理|管辖|举办")
_STATIONED = re.compile(
    r"(?P<of>[\u4e00-\u9fff]{0,8}(?:纪委监委|纪委|监委|监察委员会|纪律检查委员会))(?:派驻|派出|驻)(?P<where>(?!纪检)[\u4e00-\u9fff]{2,16}?)?"
    r"(?P<unit>纪检监察组|纪检组|纪检监察工委|纪工委|监察室)"
)
_NAME = r"[\u4e00-\u9fff（）·“”]{3,30}?"
_KIND = r"(?:内设(?:机构|科室)|直属(?:事业)?(?:单位|机构|企业)|所属(?:的)?(?:公益一类|公益二类|副[处科]级|正[处科]级)?(?:全额)?(?:事业)?(?:单位|机构|企业)|下属(?:事业)?(?:单位|机构|企业)|派出机构|管理的(?:事业)?(?:单位|机构|企业)|二级(?:机构|单位)|(?:全资)?(?:子公司|下属企业))"
_BELONGS = (
    (
        re.compile("划[归转]|转隶"),
        re.compile(
            rf"(?:^|[，、：])(?P<org>{_NAME})由[\u4e00-\u9fff]{{2,20}}?(?:划归|划转至|划转到|划转|转隶)(?P<of>[\u4e00-\u9fff]{{2,24}}?)(?:管理|领导|$|(?=[，；。（]))"
        ),
    ),
    (
        re.compile("隶属|挂靠|归[口属]"),
        re.compile(
            rf"(?:^|[，、：])(?P<org>{_NAME})(?:整体|成建制)?(?:隶属于|隶属|挂靠在|挂靠于|挂靠|归口|归属于|归属)(?P<of>[\u4e00-\u9fff]{{2,24}}?)(?:管理|领导|$|(?=[，；。（]))"
        ),
    ),
    (
        re.compile(_KIND),
        re.compile(
            rf"(?:^|[，、：])(?P<org>{_NAME})，?(?:仍|仍然|继续|变更|明确|调整)?(?:为|是|系|作为)(?P<of>[\u4e00-\u9fff]{{2,24}}?){_KIND}"
        ),
    ),
    (
        re.compile("（(?:整体|挂靠|隶属|归口)"),
        re.compile(
            rf"(?:^|[，、：])(?P<org>{_NAME})（(?:整体|挂靠在|挂靠于|挂靠|隶属于|隶属|归口)(?P<of>[\u4e00-\u9fff]{{2,24}}?)(?:管理|领导)?）"
        ),
    ),
    (
        re.compile(r"(?:划归|划转至|划入|交由|委托|由)[\u4e00-\u9fff]{2,24}?(?:主管|代管|管理|托管|举办|主办)"),
        re.compile(
            rf"(?:^|[，、：])(?P<org>{_NAME})(?:划归|划转至|划入|交由|委托|由)(?P<of>(?:(?!划归|划转|转隶)[\u4e00-\u9fff]){{2,24}}?)(?:主管|代管|管理|托管|举办|主办)(?=$|[，；。（])"
        ),
    ),
)
"""Each with what a sentence must hold for it."""
_BELOW = re.compile(
    r"(?:^|[，、：])(?P<of>[\u4e00-\u9fff（）“”·]{2,40}?)下设"
    r"(?:[^。；：，]{0,16}\w个[^。；：，]{0,8}(?:组|专班|机构)，?(?:分别)?(?:为|是|即)?：?(?=[^。；：，]{3,}组))?(?P<list>[^。；：]{3,200})"
)
_LEAD = re.compile(r"^(?:.*(?:设立|组建|成立|更名为|调整为|变更为)(?=.{4})|其中|同时|并|将|原|新成立的|设立的)")


def parts(scope: Scope) -> Iterator[Part]:
    """The affiliations that a document states, each once."""
    seen: set[tuple[str, str]] = set()
    stationed: list[Part] = []
    before: tuple[Passage, ...] = ()
    for passage in scope.passages:
        before = (*before[-6:], passage)
        text = passage.paragraph.text
        if not _CUE.search(text.chars):
            continue
        for match in _STATIONED.finditer(text.chars):
            of = re.sub(
                r"^(?:主持|负责|联系|协助|分管|由|任|兼任|同志|[^区市县省州旗]*?(?=[区市县省州旗](?:纪|监)))",
                "",
                match["of"],
            )
            start = match.end("of") - len(of)
            org = text.chars[start : match.end()]
            if is_organisation(of) and (org, of) not in seen:
                seen.add((org, of))
                stationed.append(
                    scope.fact(Part, "part.stationed", text, (start, match.end()), passage=passage, org=org, of=of)
                )
        for start, end in sentences(text.chars):
            number = ENUMERATOR.match(text.chars, start, end)
            start = number.end() if number else start
            for rule, org, of, first, last in _stated(text.chars[start:end], scope, before):
                if (org, of) not in seen:
                    seen.add((org, of))
                    stretch = (start + first, start + last)
                    yield scope.fact(Part, rule, text, stretch, passage=passage, org=org, of=of)
    for group in task_groups(scope) if scope.annex else ():
        body = _announced(scope, *group.announced) if group.announced else None
        if group.announced and body and (group.name, body) not in seen:
            seen.add((group.name, body))
            where, start, end = group.announced
            yield scope.fact(
                Part, "part.below", where.paragraph.text, (start, end), passage=where, org=group.name, of=body
            )
    whole = {part.of for part in stationed if _where(part)}
    yield from (part for part in stationed if _where(part) or part.of not in whole)


_SHORT = re.compile(r"^((?:工作)?(?:领导小组|协调小组|指挥部|工作专班|专班|委员会|工作组|联席会议))(办公室)?$")


def _named(scope: Scope, short: str, before: tuple[Passage, ...]) -> str:
    """The full name of what is called 领导小组 or 指挥部, where the title or what stands before has it."""
    match = re.search(rf"(?:成立|调整|设立|组建)(?P<name>[^，。；]{{2,40}}?{short})", scope.title)
    if match:
        return match["name"]
    body = group_of(scope, before[-1].heading, before)
    return body if body and body.endswith(short) else short


def _announced(scope: Scope, passage: Passage, start: int, end: int) -> str | None:
    """The body below which a sentence of a plan sets up the groups that follow it (专班下设2个工作组)."""
    chars = passage.paragraph.text.chars
    match = re.search(r"(?:^|[，。；：])(?P<of>[\u4e00-\u9fff（）“”·]{2,40}?)$", chars[:start])
    at = next(i for i, one in enumerate(scope.passages) if one is passage)
    of = match["of"] if match and chars.startswith("下设", start) else ""
    of = _SHORT.sub(
        lambda short: _named(scope, short[1], scope.passages[max(0, at - 6) : at + 1]) + (short[2] or ""), of
    )
    return of if is_body(of) or (of.endswith("办公室") and len(of) > 3) else None


def _where(part: Part) -> bool:
    """Whether the name of a stationed group says where it is stationed."""
    match = _STATIONED.fullmatch(part.org)
    return bool(match and match["where"])


def _stated(sentence: str, scope: Scope, before: tuple[Passage, ...]) -> Iterator[tuple[str, str, str, int, int]]:
    """Rule, organisation, whose it is, and the stretch, of each affiliation in a sentence."""
    for cue, pattern in _BELONGS:
        for match in pattern.finditer(sentence) if cue.search(sentence) else ():
            org, of = _LEAD.sub("", match["org"]), match["of"]
            if is_organisation(org) and is_organisation(of) and not is_class(org) and not is_class(of) and org != of:
                yield "part.belongs", org, of, match.end("org") - len(org), match.end()
    for match in _BELOW.finditer(sentence) if "下设" in sentence else ():
        of = _SHORT.sub(lambda short: _named(scope, short[1], before) + (short[2] or ""), match["of"])
        if of == "办公室" and (body := body_in_title(scope.title)):
            of = office_of(body)
        if not is_organisation(of) or is_class(of):
            continue
        listed = (
            re.sub(
                r"等?(?:\d+|[一二三四五六七八九十]+)?个?(?:专项|专业)?(?:工作)?(?:小组|组|机构)?$", "", match["list"]
            )
            if re.search(r"\d个|[一二三四五六七八九十]个", match["list"])
            else match["list"]
        ).partition("，")[0]
        for name in groups_listed(listed) or [agent.name for agent in split_agents(listed, "、")]:
            if (
                re.search("组|中心|队|专班|委员会|科|处|部$", name)
                and "办公室" not in name
                and len(name) <= 20
                and not re.match(r"[一二三四五六七八九十\d]+个|以下|下列|若干|相[关应]|专项工作", name)
            ):
                yield "part.below", name, of, match.start("of"), match.end()
