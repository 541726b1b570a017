"""Two of one name in one place are one person unless something speaks against it.

Against it speaks what no one person can be: of two sexes or two birth dates, an organ that watches the government and
one of the government at a time (the Organic Law of local people's congresses and governments), or head of two towns at a
time. A time is that of the documents: from the first that says so to the last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from kg.identity.profile import Holding

__all__ = ["Against", "Life", "lives_against", "two_readings"]

_SEX = re.compile(r"(?:同志)?[，,（(、](?P<sex>[男女])(?=[，,）)、])")
_BORN = re.compile(r"(?P<born>(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)(?:出)?生")
_CONGRESS = re.compile(r"人大(?:常委会|常务委员会)?$|人民代表大会(?:常务委员会)?$")
_CONGRESS_POSTS = re.compile(r"(?:主任|副主任|委员)$")
_EXECUTIVE = re.compile(r"(?:人民政府|政府|人民法院|法院|人民检察院|检察院|监察委员会|监委|[局厅])$")
_NOT_EXECUTIVE = re.compile(r"调研员|巡视员|科员|主任科员|党组|党委")
_TOWN = re.compile(r"(?:[镇乡]|街道)")
_TOWN_HEADS = re.compile(r"^(?:镇长|乡长|党委书记|党工委书记|书记|主任)$")
_TOWN_ORGAN = re.compile(r"(?:[镇乡](?:人民政府|政府|党委)?|街道(?:办事处|党工委)?)$")
_OTHER_POST = re.compile(r"[副代兼总正原一二三四五六七八九十]")


class _Post(NamedTuple):
    organization: str
    """The IRI, or the words."""
    words: str
    title: str

    def __str__(self) -> str:
        return self.words + self.title

    def is_of_congress(self) -> bool:
        return bool(_CONGRESS.search(self.words) and _CONGRESS_POSTS.search(self.title))

    def is_executive(self) -> bool:
        return bool(_EXECUTIVE.search(self.words) and not _NOT_EXECUTIVE.search(self.title))

    def heads_town(self) -> bool:
        return bool(_TOWN_ORGAN.search(self.words) and _TOWN_HEADS.match(self.title))

    @property
    def town(self) -> str:
        found = _TOWN.search(self.words)
        return self.words[: found.end()] if found else self.words


@dataclass(slots=True)
class Life:
    """What sources say of somebody: what tells people of one name apart, and each post with the time it is known for."""

    sexes: set[str] = field(default_factory=set)
    births: set[str] = field(default_factory=set)
    posts: dict[_Post, tuple[str, str, str]] = field(default_factory=dict)
    """Post → the date of the first and of the last document that has it, and the first statement."""
    facts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, holdings: Iterable[Holding]) -> Life:
        """The life that statements tell of a person."""
        life = cls()
        for holding in sorted(holdings, key=lambda each: (each.date, each.fact)):
            life.facts.append(holding.fact)
            _, _, behind = holding.quote.partition(holding.name)
            if sex := _SEX.match(behind):
                life.sexes.add(sex["sex"])
            if born := _BORN.search(behind[:24]):
                life.births.add(born["born"])
            if holding.date and holding.organization and not holding.ends:
                post = _Post(holding.organization, holding.words, holding.title)
                start, _, fact = life.posts.get(post, (holding.date, "", holding.fact))
                life.posts[post] = (start, holding.date, fact)
        return life

    def is_doubtful(self) -> bool:
        """Whether it may be the lives of several people: no comparison finds anything where this does not."""
        if len(self.sexes) > 1 or len(self.births) > 1:
            return True
        telling = [post for post in self.posts if post.is_of_congress() or post.is_executive() or post.heads_town()]
        return any(_cannot_be_held(one, other) for one, other in combinations(telling, 2))


@dataclass(frozen=True, slots=True)
class Against:
    """Why two are not one."""

    reason_zh: str
    reason_en: str
    facts: tuple[str, ...]


def lives_against(one: Life, other: Life) -> Against | None:
    """What speaks against two lives being one person's, if anything does."""
    facts = tuple(sorted({*one.facts[:1], *other.facts[:1]}))
    if one.sexes and other.sexes and not one.sexes & other.sexes:
        said = "、".join(sorted(one.sexes | other.sexes))
        return Against(f"所载性别不同（{said}）", f"they are said to be of different sexes ({said})", facts)
    if one.births and other.births and not any(_agree(a, b) for a in one.births for b in other.births):
        said = "、".join(sorted(one.births | other.births))
        return Against(f"所载出生时间不同（{said}）", f"they are said to be born at different times ({said})", facts)
    for post, (start, end, fact) in sorted(one.posts.items()):
        for post2, (start2, end2, fact2) in sorted(other.posts.items()):
            if start <= end2 and start2 <= end and (why := _cannot_be_held(post, post2)):
                held = sorted((str(post), str(post2)))
                zh = f"同一时期任“{held[0]}”与“{held[1]}”，{why[0]}"
                en = f"“{held[0]}” and “{held[1]}” at one time: {why[1]}"
                return Against(zh, en, tuple(sorted({fact, fact2})))
    return None


def two_readings(holdings: Iterable[tuple[str, str, Holding]], within: int = 366) -> Iterator[tuple[Holding, Holding]]:
    """Pairs of statements that give one person two titles in one organisation that differ by one character.

    Such are often one post and a slip of the pen or of a scan (队长, 支队长); a deputy is no slip of a head. Each holding
    comes behind its person and its organisation. ``within`` so many days, since a later title may be a promotion. Each
    pair of titles once, by the earliest statements of both.
    """
    at: dict[tuple[str, str], dict[str, Holding]] = defaultdict(dict)
    for person, organization, holding in holdings:
        if organization and holding.title:
            titles = at[person, organization]
            known = titles.get(holding.title)
            if known is None or (holding.date, holding.fact) < (known.date, known.fact):
                titles[holding.title] = holding
    for _, titles in sorted((key, titles) for key, titles in at.items() if len(titles) > 1):
        for first, second in combinations(sorted(titles.values(), key=lambda each: (each.date, each.fact)), 2):
            if _slip(first.title, second.title) and abs(_day(first.date) - _day(second.date)) <= within:
                yield first, second


def _slip(one: str, other: str) -> bool:
    """Whether one title is the other less one character, which is none that makes another post of it."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or len(long) != len(short) + 1:
        return False
    lost = next((at for at, char in enumerate(short) if long[at] != char), len(short))
    return long[lost + 1 :] == short[lost:] and not _OTHER_POST.match(long[lost])


def _day(date: str) -> int:
    """A number that grows with the date by about one a day."""
    year, month, day = (int(part or 1) for part in (*re.findall(r"\d+", date)[:3], "", "", "")[:3])
    return year * 365 + month * 30 + day


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _cannot_be_held(one: _Post, other: _Post) -> tuple[str, str] | None:
    """Why no one person holds both posts."""
    if one.organization == other.organization:
        return None
    if (one.is_of_congress() and other.is_executive()) or (other.is_of_congress() and one.is_executive()):
        return "人大常委会组成人员不得担任行政、监察、审判、检察机关的职务", "the law keeps the two apart"
    if one.heads_town() and other.heads_town():
        towns = sorted((one.town, other.town), key=len)
        if not towns[1].endswith(towns[0]):
            return "一人不能同时主持两个乡镇（街道）", "nobody heads two towns"
    return None
