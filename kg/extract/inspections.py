"""Inspections that took place: audits, assessments, summonses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.occurrences import Context, Found, named_parties
from kg.grammar.agents import is_class
from kg.grammar.dates import find_dates
from kg.grammar.names import NAME
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE

__all__ = ["inspections"]

_DONE = re.compile(
    r"(?:，|^|依法|组织|组|分别|共同)?对(?P<object>[^。；，]{2,90}?)(?:进行|开展|实施|组织|作|做)了(?P<how>[\u4e00-\u9fff]{0,10}?"
    r"(?P<type>审计|考核|约谈|检查|督查|督导|调查|评估|验收|稽查|巡察|巡视|核查|抽查|考评|测评))|(?P<talk>约谈)了(?P<whom>[^。；，]{2,40})"
)
_PLACES = re.compile(
    r"(?P<all>(?:[\u4e00-\u9fff]{2,12}[、和])*[\u4e00-\u9fff]{1,8}?[市县区州盟旗镇乡])(?:等\d*个?[市县区州镇乡]+(?:（[^（）]{1,8}）)?)?的?"
    r"(?=\d{4}年|[\u4e00-\u9fff]{4,}(?:情况|问题|工作|项目|资金))"
)
"""The places in which something was inspected (青江市、平川县2024年度…建设情况)."""
_CUT = re.compile(r"根据|依据|按照|依照|依法|组织|联合|会同|对|约谈|抽调|派出|委托|自\d|从\d|于\d|牵头|开展")
_QUOTED = re.compile(r"《[^《》]*》|（[^（）]*）")
_PERSON = re.compile(rf"(?P<org>[\u4e00-\u9fff]*?)(?:{TITLE})(?P<name>{NAME})(?:同志)?")


def inspections(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """2019年10月16日—12月19日，市审计局…对…进行了专项审计."""
    match = _DONE.search(chars, start, end)
    if not match:
        return
    agent = _subject(chars[start : match.start()])
    if agent is None:
        return
    kind = match["type"] or match["talk"]
    if kind == "考核":
        context.assessor = agent
    target = match["object"] or match["whom"]
    what = match["how"]
    parties = named_parties(target)
    home = re.match(r"(?:对)?(?:我|本|全)(?P<level>[省市区县州旗])(?:的)?", target)
    owned = re.match(
        r"(?P<org>[\u4e00-\u9fff]{2,24}?(?:局|委|政府|公司|中心|院|办事处|集团|银行|学校))(?:的)?(?=\d{4}年|[\u4e00-\u9fff]{2,}(?:情况|问题|工作|项目|资金|责任))",
        target,
    )
    if home and context.scope.home:
        parties = [_short(context.scope.home, home["level"])]
        what = target[home.end() :] + match["how"] if match["how"] else None
    elif not parties and (places := _PLACES.match(target)) and (listed := named_parties(places["all"])):
        parties = listed
        what = target[places.end() :] + (match["how"] or "")
    elif not parties and owned and is_organisation(owned["org"]):
        parties = [owned["org"]]
        what = target[owned.end() :] + (match["how"] or "")
    elif (not parties and re.search(r"(?:主要|分管)?负责(?:人|同志)$", target)) or (
        not parties and kind in ("考核", "考评") and re.search(r"\d+[个家]", target)
    ):
        parties = [target]
    for party in parties:
        yield Found(
            "event.inspection",
            kind,
            start,
            match.end(),
            agent,
            party,
            what,
            _when(context, chars[start : match.start()]),
        )


def _short(home: str, level: str) -> str:
    """The last place in a chain of places (临汀市青川区 for 区: 青川区)."""
    parts = re.findall(
        r"[\u4e00-\u9fff]+?(?:自治区|自治州|自治县|[省市区县州旗镇乡])(?![\u4e00-\u9fff]?$)|[\u4e00-\u9fff]+", home
    )
    return next((part for part in reversed(parts) if part.endswith(level)), home)


def _subject(before: str) -> str | None:
    """Who acts, in the words before 对: an organisation or a person."""
    bare = _QUOTED.sub("", before)
    for day in reversed(find_dates(bare, "2000")):
        bare = bare[: day.start] + "，" + bare[day.end :]
    for clause in re.split(r"[，、：]|——|[—～至到](?=，|$)", bare):
        clause = clause.strip("，—-～至到起间以来期 ")
        cut = _CUT.search(clause)
        name = clause[: cut.start()] if cut else clause
        if is_organisation(name) and not is_class(name):
            return name
        person = _PERSON.fullmatch(name)
        if person:
            return person["name"]
    return None


def _when(context: Context, text: str) -> str | None:
    """The date in the text, or the period from one to the next."""
    days = find_dates(_QUOTED.sub(lambda m: "　" * len(m[0]), text), context.scope.year)
    days = [day for day in days if len(day.iso) >= 7]
    short = re.compile(r" ?(?:—|至|到|-|～)+ ?(?P<day>\d{1,2})[日号]").match(text, days[0].end) if days else None
    if short and len(days[0].iso) == 10:  # 3月1日至20日
        return f"{days[0].iso}/{days[0].iso[:8]}{int(short['day']):02}"
    if len(days) >= 2 and re.fullmatch(r" ?(?:—|至|到|-|～)+ ?", text[days[0].end : days[1].start]):
        return f"{days[0].iso}/{days[1].iso}"
    return days[0].iso if days else None
