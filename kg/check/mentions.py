"""What a careful reader would mark in a text: sums, shares, numbers, times, words of responsibility, agencies, people.

Only what is sure is found: a text that is all understood must show nothing. Each pass over a text is linear.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.extract.people import mentions as comrades
from kg.grammar.agents import is_agent, is_class
from kg.grammar.amounts import TIME_UNITS, find_amounts
from kg.grammar.names import NAME, is_name
from kg.grammar.periods import find_times
from kg.grammar.posts import TITLE
from kg.grammar.roles import LABEL
from kg.grammar.sentences import sentences
from kg.lexicon import words
from kg.model import GapKind

__all__ = ["Seen", "seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """Something recognised: where it stands in the text, end exclusive, and what it is."""

    start: int
    end: int
    kind: GapKind
    values: tuple[str, ...] = ()
    """What a fact that says it holds in a field: the dates of a time, the name of an agency or a person."""


_QUOTED = re.compile("《[^《》]{1,160}》")


def seen(text: str, year: str | None = None, people: Collection[str] = ()) -> list[Seen]:
    """What can be recognised in a clean text, from left to right; not inside the title of a document.

    ``year`` is the year of dates that name none; ``people`` are names known from elsewhere.
    """
    text = _QUOTED.sub(lambda title: "◆" * len(title[0]), text)
    times = list(_times(text, year))
    found = {*times, *_amounts(text, times), *_roles(text), *_agencies(text), *_people(text), *_known(text, people)}
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


# --- numbers and times -------------------------------------------------------------------------------------


def _times(text: str, year: str | None) -> Iterator[Seen]:
    for time in find_times(text, year):
        # A year by itself says what something is about (2020年度), not when it must be done.
        bare = time.kind in ("date", "open") and all(len(next(iter(value.values()))) == 4 for value in time.values)
        if not bare and not text.startswith("版", time.end):
            values = tuple(dict.fromkeys(part for value in time.values for part in value.values()))
            yield Seen(time.start, time.end, GapKind.TIME, values)


def _amounts(text: str, times: list[Seen]) -> Iterator[Seen]:
    at = 0
    for amount in find_amounts(text):
        while at < len(times) and times[at].end <= amount.start:
            at += 1
        if at < len(times) and times[at].start < amount.end:
            continue
        if amount.is_money:
            yield Seen(amount.start, amount.end, GapKind.SUM)
        elif amount.is_share:
            yield Seen(amount.start, amount.end, GapKind.PERCENTAGE)
        elif amount.unit in TIME_UNITS:
            if amount.stated:
                yield Seen(amount.start, amount.end, GapKind.TIME)
        elif amount.unit:
            yield Seen(amount.start, amount.end, GapKind.QUANTITY)


# --- responsibility ----------------------------------------------------------------------------------------

_ROLES = re.compile(
    rf"{LABEL}(?=：|为(?![了此主]))"
    r"|(?:(?:牵头|主要|具体|统一|共同|分别|全面|全权|直接)负责|(?<![真度相对理员])负责)(?![人任制同的]|到底|精神|态度)"
    r"|(?<![对于])牵头(?!负责|单位|部门|人|领导|责任|主体|企业|院|方|的)|(?<!分工)分管(?!负责|领导|副|同志|的|人|工作的)"
)


def _roles(text: str) -> Iterator[Seen]:
    for match in _ROLES.finditer(text):
        yield Seen(match.start(), match.end(), GapKind.ROLE)


# --- agencies ----------------------------------------------------------------------------------------------

_TOO_WIDE = frozenset(
    [
        "部门",
        "单位",
        "机构",
        "组织",
        "企业",
        "基地",
        "机关",
        "科",
        "股",
        "室",
        "所",
        "站",
        "队",
        "院",
        "校",
        "部",
        "司",
        "处",
        "厅",
        "街道",
        "社区",
        "园区",
        "景区",
        "林场",
        "农场",
        "水库",
        "机场",
        "车站",
        "码头",
        "港口",
        "矿区",
        "驻地",
        "学校",
        "中心",
        "集团",
        "支队",
        "大队",
        "中队",
        "总队",
        "新区",
        "示范区",
        "敬老院",
        "福利院",
        "养老院",
        "合作社",
        "党组",
        "党委",
        "党支部",
        "党总支",
        "工委",
    ]
)
_ENDS = re.compile("|".join(word for word in words("organisations") if word not in _TOO_WIDE))
_RUN = re.compile(r"[\u4e00-\u9fff]{3,}")
_CUT = re.compile(
    r"由|向|报请|报送|上报|报|经|请|对|与|和|及|会同|责成|委托|授权|督促|配合|联系|通知|指导|协助|并|或|在|到|至|送|给|将|把|被|从|以|各自|按照?|根据|依托|设立|成立|组建|设置"
    r"|建设|优化|做[强实优大]|支持|引进|培育|打造|加强|共建|同意|任命|于|是|为|的"
)
_NOT_CUT = re.compile(
    r"城乡建设|建设委|建设局|建设厅|建设管理|建设投资|建设集团|建设工程|建设银行|经济和|报社|以太|向阳|在线|发展和改革|发展与改革|人力资源和|住房和|文化和|规划和|自然资源和|退役军人和|卫生和|工业和|农业和|体育和|民族和|统计与|检查和|机关事务和"
)
_FOLLOWS = re.compile(
    r"$|[^\u4e00-\u9fff]|(?:要|应|须|必须|需|负责|牵头|会同|和|及|与|等|或|对|向|按|根据|提出|在|于|将|组织|主要|分管|有关|相关|同意|研究|批准|批复|审定|审批|审核|审查|备案|派"
    r"|联合|共同|具体|统一|可|不得|每|予以|给予|拨付|依|从|报|已|自|配合|参加|参与|承担|下达|下设|设立|成立|建立|制定|印发|发布|汇总|核定|核准|登记|验收|监督|检查|管理|开展|做好|加强|领导|决定"
    r"|实施|落实|完成|提供|办理|作出|出具|召开|运营|统筹|协调|安排|出台|收到|接到|受理|支持|指导|推荐|认定|申请|提交|签订|申报|备|批|审|是|为)"
)
_LEVEL = re.compile(
    r"(?:原|本)?(?:[\u4e00-\u9fff]{1,12}?(?:省|市|区|县|州|旗|镇|乡|街道)|国家|国务院|中央|全国|中国|中华|人民银行|人行|[省市区县州镇])(?=.)"
)
_GENERIC = re.compile(
    r"上市|县级|市级|区级|省级|乡级|镇级|村级|乡镇|镇乡|社区|街道|镇街|村居|区县|市县|县市|区域|市场|市政|城市|全[省市区县]|[我本贵][省市区县]"
)
_VERBAL = re.compile(
    r"布局|格局|当局|结局|[我本][省市区县]|(?:局|公司|政府).{2,}(?:局|公司)$|工作|要求|问题|建设项目|情况|进行|实现|推进|推动|加强|完善|责任|[的了着]|(?:成立|设立|组建|建立|经|报|全|本|我|该|其|此|贵|上级|下级)(?=[区市县省]?(?:级)?(?:政府|办公室|委员会|领导小组|工作组|公司|医院|单位))"
)


def _agencies(text: str) -> Iterator[Seen]:
    """Agencies named by a name of their own, with the place or the level that they are of."""
    for run in _RUN.finditer(text):
        end_of_last = run.start()
        for match in _ENDS.finditer(text, run.start(), run.end()):
            if not _FOLLOWS.match(text, match.end()):
                continue
            start = _name_start(text, max(end_of_last, match.end() - 30), match.start())
            name = text[start : match.end()]
            if _is_named(name, match[0]) and not _is_formula(text, start, match.end()):
                yield Seen(start, match.end(), GapKind.AGENCY, (name,))
                end_of_last = match.end()


def _name_start(text: str, start: int, end: int) -> int:
    """Where the name begins that ends behind ``end``: behind the last word that cannot be in a name."""
    kept = [match.span() for match in _NOT_CUT.finditer(text, start, end + 4)]
    for match in _CUT.finditer(text, start, end):
        if not any(a <= match.start() < b for a, b in kept):
            start = match.end()
    return start


def _is_named(name: str, suffix: str) -> bool:
    level = _LEVEL.match(name)
    return (
        3 <= len(name) <= 28
        and bool(level)
        and not _GENERIC.match(name)
        and len(name) - len(suffix) >= 1
        and not is_class(name)
        and not _VERBAL.search(name)
        and is_agent(name)
    )


def _is_formula(text: str, start: int, end: int) -> bool:
    """Whether a text says only that an agency has agreed (经区政府同意)."""
    return text[max(0, start - 2) : start].endswith(("经", "报", "报请")) and bool(_AGREES.match(text, end))


_AGREES = re.compile("[^，。；]{0,16}(?:同意|研究|批准|审定|审议)")


# --- people ------------------------------------------------------------------------------------------------

_TITLED = re.compile(rf"(?<=[\u4e00-\u9fff])(?:{TITLE})(?P<name>{NAME})(?=$|[，。；、：）]|任|主持|担任|出席|带队|率)")
_BRACKETED = re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})（(?=[^（）]{{0,24}}(?:{TITLE})[），、])")


def _people(text: str) -> Iterator[Seen]:
    """Names with 同志, behind a title, or before their post in brackets."""
    for start, end in sentences(text) if "同志" in text else ():
        for person in comrades(text, start, end):
            yield Seen(person.start, person.start + len(person.name), GapKind.PERSON, (person.name,))
    for pattern in (_TITLED, _BRACKETED):
        for match in pattern.finditer(text):
            if is_name(match["name"], rare=False):
                yield Seen(*match.span("name"), GapKind.PERSON, (match["name"],))


_FIRST = re.compile(rf"(?={NAME})")


def _known(text: str, people: Collection[str]) -> Iterator[Seen]:
    """The names known from elsewhere, wherever they stand."""
    if not people:
        return
    at = 0
    for match in _FIRST.finditer(text):
        start = match.start()
        if start < at:
            continue
        for length in (4, 3, 2):
            name = text[start : start + length]
            if name in people:
                yield Seen(start, start + length, GapKind.PERSON, (name,))
                at = start + length
                break
