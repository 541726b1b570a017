"""Names of organisations → the place they belong to and the name they bear there.

区人社局, 云泽区人力社保局 and 临汀市云泽区人力资源和社会保障局 in a gazette of 临汀市云泽区 are all
人力资源和社会保障局 of 临汀市云泽区. What the home does not explain stays part of the name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grammar.agency_kinds import AgencyName, agency_name, full_name, meanings
from kg.grammar.divisions import chain, division, opens, spoken_of
from kg.grammar.organisations import is_organisation

__all__ = ["COUNTRY", "LocalName", "body_name", "local_name", "units"]

COUNTRY = "中国"
"""The place of organs of the whole country."""

_UNIT = re.compile(r"[\u4e00-\u9fff]{2,}?(?:自治州|自治县|[省市县区州旗])")
_LEVEL = re.compile(
    r"原?(?P<level>自治[区州县]|区(?!县|乡(?!村)|块|划|位|间)|县(?!区|乡(?!村)|市(?![场监政]))"
    r"|市(?!场|区|县|州|政(?![府协法务]))|[省州旗](?!下|舰))(?![级直属内域际辖])(?=[\u4e00-\u9fff])"
)
"""The level that a name opens with, where it is no part of a word: not 市 of 市场, 市级, 市政设施."""
_PARTY = re.compile(r"委(?:员会)?(?P<part>(?![托派任培员会])[\u4e00-\u9fff（）、]*)")
_CENTRAL = re.compile(r"国家(?!级)|国务院|中国|中央|全国")
_NATIONAL = re.compile(
    r"(?:中共|党)?中央(?:委员会|办公厅|[\u4e00-\u9fff]{2,10}(?:部|委员会|委|办公室|办))?|国务院[\u4e00-\u9fff]{0,16}"
    r"|全国(?:人大|政协|人民代表大会)[\u4e00-\u9fff]{0,8}|最高人民(?:法院|检察院)|审计署|中国人民银行"
    r"|国家(?P<local>[\u4e00-\u9fff]{2,12}(?:局|委员会|委|署|办公室))"
    r"|(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源"
    r"|生态环境|环境保护|住房和?城乡建设|建设|交通运输|交通|铁道|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务"
    r"|应急管理|卫生)部(?:[\u4e00-\u9fff]{2,8}[司局厅办])?"
)
"""Organs of the whole country, which no place has one of."""
_TAX = re.compile(r"国家税务总局(?=[\u4e00-\u9fff]{2,}税务局)")
_FRONT = re.compile(
    r"(?P<front>中国共产党|中共|(?:中国共产主义青年|共青)?团|中国人民政治协商会议|政协)(?P<rest>[\u4e00-\u9fff]+)"
)
_SECOND_SIGN = re.compile(r"(?<=[局委厅办会室])（(?P<other>[\u4e00-\u9fff]{3,14})）$")
_GOVERNMENT = re.compile(r"^政府(?!采购|投资|购买|引导|性|和社会资本)")


class LocalName(NamedTuple):
    """What an organisation is called where it belongs."""

    place: str
    """The jurisdiction it belongs to; empty where the home does not say which that is."""
    name: str
    """Its name there, in full as far as that is certain: 人力资源和社会保障局, 区委宣传部."""
    meanings: tuple[AgencyName, ...] = ()
    """The names known all over the country that it can be: one, or several where it is short for several."""


def local_name(words: str, home: str) -> LocalName:
    """The place and the name of what the words name, said in ``home`` (临汀市云泽区; may be empty).

    区财政局 belongs to the district that speaks, 市财政局 to the city above it, where the name of the home says
    which that is; a name without a place belongs to the home.
    """
    words = _TAX.sub("", _with_one_sign(words))
    if (front := _FRONT.fullmatch(words)) and (organ := _behind_front(front["front"], front["rest"], home)):
        return organ
    place, level, rest = _placed(words, home)
    if level and place:
        return _organ(place, level, rest)
    if level:
        organ = _organ("", level, rest)
        return organ if _PARTY.fullmatch(rest) else organ._replace(name=level + organ.name)
    known = meanings(words)
    if (national := _NATIONAL.fullmatch(words)) and not known:
        return LocalName(COUNTRY, f"国家{full_name(national['local'])}" if national["local"] else words)
    if elsewhere := _in_division(words, home):
        return elsewhere
    if other := _elsewhere(words):
        return LocalName(home, other)
    return LocalName("" if _CENTRAL.match(words) else home, _in_full(words), known)


def body_name(words: str, home: str) -> str:
    """The name of a coordinating body without the place; which bodies there are is not known all over the country."""
    place, level, rest = _placed(words, home)
    return _GOVERNMENT.sub("人民政府", rest if level and place else words)


def units(home: str) -> list[str]:
    """The places that the name of a place is made of, outermost first: 临汀市, 云泽区."""
    known = division(home)
    return [place.name for place in chain(known)] if known else _UNIT.findall(home)


def _placed(words: str, home: str) -> tuple[str, str, str]:
    """The place that the words belong to, its level where they open with it or with the place, and what follows."""
    parts = units(home)
    above = ["".join(parts[:n]) for n in range(len(parts), 0, -1)] or ([home] if home else [])
    for place in sorted({*above, *parts[-1:]}, key=lambda name: (-len(name), name)):
        rest = words.removeprefix(place)
        if rest != words and (len(rest) > 1 or rest == "委"):
            return home if home.endswith(place) else place, place[-1], rest
    if level := _LEVEL.match(words):
        fits = (place for place in above if place.endswith(level["level"]))
        return next(fits, ""), level["level"][-1], words[level.end() :]
    return home, "", words


def _organ(place: str, level: str, rest: str) -> LocalName:
    """An organ of a place by what follows the place's name: of its Party committee, or any other."""
    if party := _PARTY.fullmatch(rest):
        part = party["part"]
        return LocalName(place, f"{level}委{full_name(part, party=True)}", meanings(part, party=True))
    return LocalName(place, _in_full(rest), meanings(rest))


def _behind_front(front: str, rest: str, home: str) -> LocalName | None:
    """An organ whose name has the place inside: 中共云泽区委, 共青团云泽区委员会, 团区委, 政协云泽区委员会."""
    place, level, rest = _placed(rest, home)
    organ = re.fullmatch(r"委(?:员会)?", rest)
    if not (level and place):
        return None
    if front in ("中国共产党", "中共"):
        return _organ(place, level, rest)
    if not organ:
        return None
    return LocalName(place, f"团{level}委" if front.endswith("团") else "政协")


def _with_one_sign(words: str) -> str:
    """An agency without the second sign at its door: 市场监管局（知识产权局） is 市场监管局."""
    sign = _SECOND_SIGN.search(words)
    return words[: sign.start()] if sign and agency_name(_LEVEL.sub("", sign["other"], count=1)) else words


def _in_division(words: str, home: str) -> LocalName | None:
    """An organ of another place of the country by its name: 海淀区财政局 in 北京市朝阳区; of several places the near one."""
    for candidates, rest in opens(words):
        if rest[0] not in "级直属内域际辖" and (meanings(rest) or _PARTY.fullmatch(rest) or is_organisation(rest)):
            near = candidates[0] if len(candidates) == 1 else None
            if not near and (spoken := spoken_of(candidates, lambda upper: upper in units(home))):
                near = spoken[0]
            return _organ(near.path, near.name[-1], rest) if near else None
    return None


def _elsewhere(words: str) -> str | None:
    """The name in full of an agency behind the name of a place that is not the home's: 山前县工商局."""
    for mark in re.finditer(r"(?<=..)[省市县区州旗]", words):
        if known := agency_name(words[mark.end() :]):
            return words[: mark.end()] + known.full
    return None


def _in_full(name: str) -> str:
    """The name in full; 政府 is 人民政府 also where it opens a longer name (政府督查室)."""
    return _GOVERNMENT.sub("人民政府", full_name(name))
