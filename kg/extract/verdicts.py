"""Praise and blame: reprimands, grades, awards, punishments, and the deeds that somebody is honoured for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Passage
from kg.extract.occurrences import NOT_DONE, Context, Found, named_parties
from kg.grammar.agents import is_class
from kg.grammar.dates import find_dates
from kg.grammar.names import is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.sentences import sentences
from kg.text import Text

__all__ = ["accidents", "awards", "deeds", "grades", "orders", "punishments", "reprimands"]

_REPRIMAND = re.compile(
    r"(?:对|给予|将)(?P<list>[^。；]{2,600}?)(?:在[\u4e00-\u9fff]{2,12}?范围内|在全[区市县省州])?(?:进行|予以|给予|作出)?"
    r"(?:全[区市县省州])?(?P<type>通报(?:批评|表扬))"
)
_BLAMED = re.compile(
    r"(?P<list>[^。；：]{2,400}?)(?:因|由于|在)(?P<why>[^。；]{2,80}?)，(?:现|特|经研究，)*(?:决定)?(?:予以|给予|进行)(?:全[区市县省州])?"
    r"(?P<type>通报(?:批评|表扬))"
)


def reprimands(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """对A、B、C等25个单位予以通报批评."""
    if not context.own:
        return
    for match in _REPRIMAND.finditer(chars, start, end):
        what, begin, parties = context.matter or None, match.start("list"), named_parties(match["list"])
        # 对存在问题的A、B: what stands before the last 的 that leaves a list of names is the reason.
        for cut in [m.end() for m in re.finditer("的", match["list"])] if not parties else ():
            parties = named_parties(match["list"][cut:])
            if parties:
                what, begin = _why(match["list"][: cut - 1]), begin + cut
                break
        for party in parties:
            yield Found("event.reprimand", match["type"], begin, match.end(), context.agent, party, what, context.date)
    if _REPRIMAND.search(chars, start, end) or not (blamed := _BLAMED.match(chars, start, end)):
        return
    for party in named_parties(blamed["list"]):
        what = blamed["why"]
        yield Found("event.reprimand", blamed["type"], start, blamed.end(), context.agent, party, what, context.date)


def _why(text: str) -> str:
    """What somebody is blamed or praised for, out of the clause before the names."""
    return re.sub(r"^(?:在|因|对|将)|(?:中|时)$", "", text)


_GRADE = re.compile(
    r"(?P<list>[^。；：]{2,300}?)(?:，)?(?:\d{4}年度?)?(?P<what>(?:年度|综合|工作|年终|目标)*(?:考核|考评|评议|评估|测评)(?:等次|等级|结果|结论)?(?:被)?(?:评定|确定)?为"
    r"[“\"]?(?P<grade>优秀|良好|较好|合格|称职|基本合格|基本称职|一般|较差|差|不合格|不称职|达标|不达标|[一二三]等|[A-D]级)[”\"]?)(?:等次|等级)?"
    r"(?P<behind>，(?:现)?(?:予以|给予|进行)(?P<praise>通报(?:表扬|批评)|表彰))?(?!的)"
)


def grades(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """A、B考核等次为优秀，予以通报表扬."""
    if not context.own:
        return
    match = _GRADE.search(chars, start, end)
    if not match:
        return
    number = re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]", match["list"])
    begin = match.start() + (number.end() if number else 0)
    parties = named_parties(chars[begin : match.end("list")])
    if not parties:
        parties = _leading(chars[begin : match.end("list")])
    for party in parties:
        praise = match["praise"]
        yield Found(
            "event.grade",
            praise or "考核",
            begin,
            match.end(),
            context.agent if praise else context.assessor or context.agent,
            party,
            match["what"],
            context.date if praise else None,
        )


_VERB = re.compile(r"(?<=[府局委办处院会司心校站队部])(?=[\u4e00-\u9fff]{2,})")


def _leading(clause: str) -> list[str]:
    """The one organisation that a clause begins with (桃沟乡人民政府巡河不实)."""
    for match in _VERB.finditer(clause, 3, 30):
        name = clause[: match.start()]
        if (
            is_organisation(name)
            and not is_class(name)
            and name.endswith(("政府", "办事处", "局", "委", "公司", "中心", "院", "学校"))
        ):
            return [name]
    return []


_AWARD = re.compile(
    r"追?授予?(?P<list>[^。；“\"]{2,800}?)[“\"](?P<title>[^。；”\"]{2,40})[”\"](?P<noun>(?:荣誉)?称号|奖章|奖|荣誉)?"
    r"|追?授予?(?P<list2>[^。；“\"]{2,200}?(?:同志|个人|单位|集体))(?P<title2>[\u4e00-\u9fff]{4,30}?)(?P<noun2>(?:荣誉)?称号)"
    r"|(?:命名|认定|确定)(?P<list3>[^。；“\"]{2,400}?)为(?:全?[省市区县州])?[“\"](?P<title3>[^。；”\"]{2,40})[”\"]"
    r"|(?:^|(?<=[，。；]))(?P<list4>[^，。；“\"]{2,400}?)(?:被)(?:评为|评定为|授予|命名为|确定为)(?:全?[省市区县州])?[“\"](?P<title4>[^。；”\"]{2,40})[”\"]"
)
_PRAISE = re.compile(
    r"(?:对|给予)(?P<list>[^。；]{2,600}?)(?:进行|予以|给予)(?:通报)?(?P<type>表彰|嘉奖)|给(?:予)?(?P<list2>[^。；，]{2,200}?)(?P<merit>记[一二三]等功)"
)
_PUNISH = re.compile(
    r"(?:给予|对)(?P<list>[^。；，]{2,120}?)(?:处以|作出|予以|给予)?(?:党内|政务|行政)?(?P<what>(?:严重)?警告|记大过|记过|降级|撤职|开除(?:公职|党籍)?|罚款(?:人民币)?[\d.]+万?元|诫勉谈话|诫勉)(?:的?(?:处分|处罚))?(?=[。；，]|$)"
)
_AWARDING = re.compile("表彰|授予|命名|嘉奖|奖励|记功|表扬|认定|决定")


def awards(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """授予A、B“…”称号; 对A予以表彰; 给A记三等功."""
    if not context.own:
        return
    for match in _AWARD.finditer(chars, start, end) if not _CONDITIONAL.search(chars, start, end) else ():
        listed = match["list"] or match["list2"] or match["list3"] or _ranked(match["list4"])
        title = match["title"] or match["title2"] or match["title3"] or match["title4"]
        noun = match["noun"] or match["noun2"] or ""
        what = f"{'命名为' if match['list3'] else '评为' if match['list4'] else '授予'}{title}{noun}"
        yield from _honours(context, match, listed, what)
    if not _AWARDING.search(context.scope.title) and "决定" not in chars:
        return
    for match in _PRAISE.finditer(chars, start, end):
        yield from _honours(context, match, match["list"] or match["list2"], match["merit"])


_CONDITIONAL = re.compile(r"(?:凡|对(?:于)?(?:获得|取得|在)|经[^，]{2,20}(?:合格|认定)后)[^。；]*(?:的|者)?，")


def _ranked(listed: str) -> str:
    """The list without the words that say by what rank it was made (综合得分前三名的A、B)."""
    lead = re.match(r"[^、]{2,24}?(?:前\d+名?|前[一二三四五六七八九十]+[名位]?)的", listed)
    return listed[lead.end() :] if lead else listed


def _honours(context: Context, match: re.Match[str], listed: str, what: str | None) -> Iterator[Found]:
    for party in named_parties(
        listed.rsplit("的", 1)[-1] if "的" in listed and "、" not in listed.rsplit("的", 1)[0] else listed
    ):
        if is_name(party) and not is_organisation(party):
            context.honoured.add(party)
        yield Found("event.award", "表彰", match.start(), match.end(), context.agent, party, what, context.date)


def punishments(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """给予X记过处分; 对Y处以罚款20万元."""
    if not context.own or NOT_DONE.search(chars, start, end):
        return
    for match in _PUNISH.finditer(chars, start, end):
        kind = "处罚" if "罚款" in match["what"] else "处分"
        for party in named_parties(match["list"]):
            yield Found(
                "event.punishment", kind, match.start(), match.end(), context.agent, party, match["what"], context.date
            )


_ORDERED = re.compile(
    r"责成(?P<list>[^。；，]{2,80}?)(?:于[^，。；]{2,20}前)?(?:向[^，。；]{2,24}?)?(?P<what>作出?(?:深刻|书面){0,2}检[查讨])"
    r"|取消(?P<list2>[^。；，]{2,80}?)(?P<what2>(?:\d{4}年度?)?(?:评先评优|评优评先|评先树优|评优|评先|参评)(?:的)?资格)"
)
_ACCIDENT = re.compile(
    r"(?P<where>[\u4e00-\u9fff（）]{4,52}?)发生了?(?:一起|[1-9]起)?(?P<what>[^，。；]{0,16}(?:事故|火灾|爆炸))"
)


def orders(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """责成A作出书面检查; 取消B评先评优资格."""
    if not context.own or _CONDITIONAL.search(chars, start, end):
        return
    for match in _ORDERED.finditer(chars, start, end):
        what = match["what"] or "取消" + match["what2"]
        for party in named_parties(match["list"] or match["list2"]):
            yield Found("event.order", "处理", match.start(), match.end(), context.agent, party, what, context.date)


def accidents(context: Context, chars: str, start: int, end: int) -> Iterator[Found]:
    """2023年8月17日，某公司发生一起高处坠落事故."""
    if not context.own:
        return
    for match in _ACCIDENT.finditer(chars, start, end):
        days = [day for day in find_dates(chars[start : match.start()], context.scope.year) if len(day.iso) == 10]
        where = match["where"]  # 某公司, or 某公司二期工地: the longest organisation that it begins with
        party = next((where[:end] for end in range(len(where), 3, -1) if is_organisation(where[:end])), None)
        if days and party and not is_class(party):
            yield Found("event.accident", "事故", match.start(), match.end(), None, party, match["what"], days[-1].iso)


_DEED = re.compile("挺身而出|不顾|见义勇为|奋不顾身|救|抢|扑灭|制止|抓获|转移|搏斗|追回|捐")


def deeds(context: Context, texts: list[tuple[Text, Passage]]) -> Iterator[tuple[Text, Passage, Found]]:
    """What somebody honoured here did, where a dated sentence tells it."""
    names = re.compile("|".join(sorted(map(re.escape, context.honoured))))
    for text, passage in texts:
        for start, end in sentences(text.chars):
            name = names.search(text.chars, start, end)
            if not name or not _DEED.search(text.chars, name.end(), end) or "授予" in text.chars[start:end]:
                continue
            days = [day for day in find_dates(text.chars[: name.start()], context.scope.year) if day.start >= start]
            if not days:
                continue
            brave = "见义勇为" in context.scope.title + text.chars[start:end]
            what = text.chars[name.end() : end].strip("，")
            found = Found(
                "event.deed", "见义勇为" if brave else "抢险救援", start, end, name[0], None, what, days[-1].iso
            )
            yield text, passage, found
            context.honoured.discard(name[0])
            return
