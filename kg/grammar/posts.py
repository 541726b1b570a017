"""Posts: which part of the words names the organisation, which the title, and what a list of posts shares."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.grammar.matches import any_of
from kg.grammar.organisations import SUFFIX, is_organisation
from kg.lexicon import words

__all__ = ["TITLE", "PostWords", "split_posts"]

_TITLES = any_of(words("titles"))
_PARTY = r"(?:党组|党委|党工委|党总支|党支部|机关党委|纪委|纪检组|纪检监察组|工会)"
_PARTY_HEAD = re.compile(_PARTY)
_PART = re.compile(r"(?:[^、，（〔]|[（〔][^）〕]*[）〕])+")
TITLE = rf"(?:(?:常务|第一|执行|专职|兼职|代理|代|业务|行政|科技|党务)?副?(?:[一二三四]级)?(?:{_TITLES}))"
"""The words of a title, without the organisation."""
_POST = re.compile(rf"(?P<org>.*?)(?P<title>{_PARTY}?{TITLE})(?P<note>(?:[（〔][^（）〔〕]{{1,30}}[）〕])*)")
_ORG_END = re.compile(rf"(?:{SUFFIX}|[省市县区镇乡州村]|街道|片区)(?:[（〔][^（）〔〕]{{1,14}}[）〕])*$")
_SUBUNIT = re.compile(
    r"(?![\u4e00-\u9fff]{0,3}?(?:区|市|县|省)[\u4e00-\u9fff]{3,}).{1,12}(?:支队|大队|中队|总队|派出所|科|处|室|所|站|分局|中心|纪检组|监察组|分校|党支部|党总支|党委|党组|庭|股)$"
    r"|(?:审判|检察|学术|学位|教学|技术|专家|仲裁)委员会$"
)
_RANKS = ("总队", "支队", "大队", "中队")
"""The units of a force, from above to below."""
_UNIT_ABOVE = re.compile(
    r"(?P<above>.*(?:局|委员会|委|厅|院|公司|集团|政府|办事处|中心|学校|大学|学院|办公室|管委会))(?P<unit>[^局厅]{1,12}(?:支队|大队|中队|派出所|科|处|室|所|股|庭)|(?:审判|检察)委员会)"
)
_OF_ALL = ("审判员", "检察员", "法官", "检察官")
"""Titles of a court's or an office's members, whatever division was named before."""
_BRANCH = re.compile("(?:党委|党支部|党总支|党工委|党组)$")
_BARE_PARTY = re.compile(r"(?:副?书记|委员|常委|成员)")
_PLACE = re.compile(r"(?P<place>.*?[省市县区镇乡州盟旗])(?:委|党委|人民政府|政府|人大|政协|纪委|党组)")
_REMARK = re.compile(r"挂职(?:[一二两三\d]+年)?|[正副][部厅局县处科]级|主持(?:全面|日常)?工作|试用期[一二两半\d]年")
"""What stands behind a post, parted by a comma, and says how it is held."""
_LEVELLED = re.compile(r"[区市县省州](?![\u4e00-\u9fff]?[区市县])")
_PLACE_HEADS = ("区长", "县长", "市长", "镇长", "乡长", "省长", "州长", "旗长", "盟长")


@dataclass(frozen=True, slots=True)
class PostWords:
    """A post in the words of the text; start and end say where in what was split."""

    start: int
    end: int
    org: str | None
    title: str | None
    note: str | None


@lru_cache(maxsize=4096)
def split_posts(text: str) -> tuple[PostWords, ...]:
    """The posts that a text names one behind the other: 区公安局党委委员、交巡警支队支队长 gives two.

    A post without an organisation of its own has that of the post before it; a unit stands below it.
    Gives nothing where a part is no post.
    """
    found: list[PostWords] = []
    before = base = waiting = ""
    joined = False
    for match in _PART.finditer(text):
        part = match[0]
        lead = len(part) - len(part.lstrip("兼任 "))
        whole = _POST.fullmatch(part.strip())
        if not whole:
            if found and not waiting and _REMARK.fullmatch(part.strip()):
                found = _remarked(found, part.strip())
                continue
            if is_organisation(part.strip()) and not waiting:
                waiting = part.strip() + "、"  # 党委、管委会办公室主任: two organisations, one post
                continue
            return ()
        org, title, note = whole["org"], whole["title"], whole["note"].strip("（）〔〕") or None
        if org.startswith("兼"):
            org, note = org[1:], note or "兼"
        if org.startswith(("任", "担任", "由")):
            return ()
        org, title = _party(org, title)
        org, waiting = waiting + org, ""
        if not org and found and (party := _PARTY_HEAD.match(found[-1].title or "")) and _BARE_PARTY.fullmatch(title):
            title = party[0] + title  # 党委委员、书记
        if not org and title in _OF_ALL:
            org = base
        elif not org:
            place = _PLACE.match(before)
            elsewhere = place and title.endswith(_PLACE_HEADS) and not before.endswith("政府")
            branch = _BRANCH.search(before)
            org = (
                _government(place["place"])
                if place and elsewhere
                else before[: branch.start()]
                if branch and not _PARTY_HEAD.match(title) and not _BARE_PARTY.fullmatch(title)
                else before
            )
        elif _LEVELLED.match(before) and org in (
            "管委会",
            "管理委员会",
            "政府",
            "人大",
            "人大常委会",
            "政协",
            "纪委",
            "监委",
        ):
            org = before[0] + org
        elif before and _SUBUNIT.fullmatch(org) and not org.startswith(base):
            org = _above(_beside(base, org)) + org
            joined = True
        before = org
        base = base if joined else org
        joined = False
        found.append(PostWords(match.start() + (lead if part[0] == " " else 0), match.end(), org or None, title, note))
    return () if waiting else tuple(found)


def _remarked(found: list[PostWords], remark: str) -> list[PostWords]:
    """The posts with a remark that stands behind them as another of the list: 挂职 is said of all, the rest of the last."""
    of_all = remark.startswith("挂职")
    return [
        replace(post, note=remark) if post.note is None and (of_all or post is found[-1]) else post for post in found
    ]


def _government(place: str) -> str:
    """The government whose head somebody is: of 市委常委、常务副市长 it is 市政府."""
    return f"{place}政府" if len(place) == 1 else place


def _party(org: str, title: str) -> tuple[str, str]:
    """党组, 党委 and the like belong to the title where what is before them is an organisation by itself."""
    party = _PARTY_HEAD.match(title)
    if (
        not party
        or not org
        or (_ORG_END.search(org) and not re.search(r"(?:^|[省市县区州])[省市县区]$|^[省市县区]$|[镇乡]$", org))
    ):
        return org, title
    return org + party[0], title[party.end() :]


def _beside(base: str, unit: str) -> str:
    """What a unit is below: of 县公安局治安大队 beside which 城关派出所 is named it is 县公安局."""
    match = _UNIT_ABOVE.fullmatch(base)
    if not match or not is_organisation(match["above"]):
        return base
    one, other = (next((n for n, rank in enumerate(_RANKS) if name.endswith(rank)), None) for name in (base, unit))
    return base if one is not None and other is not None and one < other else match["above"]


def _above(org: str) -> str:
    """The organisation a unit named after it belongs to."""
    return re.sub(r"(?:党组|党委|党工委)$", "", org)
