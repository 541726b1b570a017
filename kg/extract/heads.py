"""Whom a paragraph is about: a person at its head, with the posts held, in front of what they answer for.

何平同志（副局长）; 副局长何平：; 何平副局长：; 副局长：何平（区政府党组成员）; 何 平 副局长; 局长何平主持全面工作.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.anatomy import Passage
from kg.anatomy.marks import ENUMERATOR
from kg.extract.people import Mention
from kg.grammar.names import NAME, could_be_name, is_name, is_set_apart
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE, PostWords, split_posts

__all__ = ["head", "head_of", "spaced_of"]

_ASIDE = r"[（〔][^（）〔〕]*(?:[（〔][^（）〔〕]*[）〕][^（）〔〕]*)*[）〕]"
_LEADS = r"(?:主持|负责|协助|分管|联系|牵头|领导|主管|协管|全面|兼管|统筹)"
"""What a division of labour says of a person first."""
_LEADING = re.compile(_LEADS)
_CHARGE = re.compile(rf"{_ASIDE}|[。：；]|{_LEADS}")
"""Where the posts of a line end; what stands in brackets is passed over (副局长（主持工作）)."""
_WIDEST = 120
"""Characters at the head of a paragraph that a person with posts may take."""
_NAME_FIRST = re.compile(
    rf"(?P<name>{NAME})(?:同志)?(?:(?P<aside>{_ASIDE})(?:同志)?[：:]?|[：，](?P<behind>[^。；：]{{2,60}}?)[：。]?$|：)"
)
_COMRADE = re.compile(rf"(?P<name>{NAME})同志(?=[：，]?(?:具体|全面|主要)?{_LEADS})")
_BEFORE_COLON = re.compile(r"(?P<lead>[^。；：]{2,90})：")
_ANY_NAMED_LAST = re.compile(
    rf"(?P<posts>[^。；： ]{{0,60}}{TITLE})(?P<name>(?:(?![工作职责分任务要求电话同志])[\u4e00-\u9fff]){{3}})"
    rf"(?=(?:同志)?[： ](?:具体|全面|主要)?{_LEADS})"
)
"""A post and a name whose surname is in no list, where a charge follows."""
_BEFORE_LEADS = re.compile(rf"(?P<lead>[^。；：，]{{2,60}}) (?={_LEADS})")
_NAMED_LAST = re.compile(
    rf"(?P<posts>[^。；：]{{0,80}}?{TITLE}(?:{_ASIDE})?)(?P<name>{NAME})(?:同志)?(?P<aside>{_ASIDE})?(?:同志)?"
)
_NAMED_THEN_LEADS = re.compile(
    rf"(?P<posts>[^。；：，]{{0,40}}?{TITLE})(?P<name>{NAME})(?:同志)?，?(?=(?:具体|全面|主要)?{_LEADS})"
)
_LABELLED = re.compile(
    rf"(?P<posts>[^。；：]{{1,40}}{TITLE}|{TITLE})：(?P<name>{NAME})(?:同志)?(?P<aside>{_ASIDE})?(?=$|[。，；]|{_LEADS})"
)
_LABELLED_ALONE = re.compile(
    rf"(?P<posts>[^。；：]{{1,40}}{TITLE}|{TITLE})：(?P<name>[\u4e00-\u9fff]{{2,3}})(?:同志)?(?P<aside>{_ASIDE})?"
)
"""The same on a line of its own, where a surname in no list will do."""
_TITLED = re.compile(rf"(?P<name>{NAME})(?P<title>{TITLE})(?=$|[：，。]|同志|{_LEADS})")
_LIFE = re.compile(rf"(?P<name>{NAME})，[男女]，[^。；]{{4,120}}?(?:现任|，任)(?P<posts>[^。；]{{2,60}})(?=[。；]|$)")
_PLACE = re.compile(r"[省市县区镇乡州盟旗村]|街道")
_PERSONAL = re.compile(r"[（〔](?:女|男|兼|[\u4e00-\u9fff]{1,4}族)(?:，[^（）〔〕，]{1,6})*[）〕]")
_NO_PARTY_NAMED = re.compile(
    "[，、](?:民[进建革盟]|致公党|农工党|九三学社|台盟|无党派(?:人士)?|党外(?:人士)?)(?:会员|社员|党员)?$"
)
_NO_PARTY = re.compile(r"[（〔](?:无党派|民[进建革盟]|致公党|农工党|九三|党外)[^（）〔〕]{0,6}[）〕]")


@lru_cache(maxsize=1024)
def head(text: str, spaced: str) -> Mention | None:
    """The person whom a paragraph is about, with the posts printed at the head; None where there is none.

    Offsets are those of ``text``; ``spaced`` is the same paragraph with its blanks, which part columns.
    """
    return (
        _name_first(text)
        or _labelled(text)
        or _apart(text, spaced)
        or _before_colon(text, spaced)
        or _leads(text)
        or _life(text)
        or _columns(text, spaced)
    )


def head_of(passage: Passage, text: str) -> Mention | None:
    """The person whom a passage with this text is about; where none is printed with a post, the heading gives it.

    一、党委副书记、镇长 above 何平：主持全面工作 says what 何平 is.
    """
    found = head(text, spaced_of(passage))
    heading = passage.heading
    if found and not found.posts and heading and not passage.opens and (posts := _posts(heading.words)):
        return Mention(found.start, found.end, found.name, tuple(posts), found.start, found.end)
    return found


def spaced_of(passage: Passage) -> str:
    """A passage with the blanks of the source, without the number of a heading."""
    spaced = passage.paragraph.spaced.chars
    number = ENUMERATOR.match(spaced) if passage.opens else None
    return spaced[number.end() :] if number else spaced


def _name_first(text: str) -> Mention | None:
    """何平同志（区政府办公室副主任）; 何平，区政府办公室副主任; 何平：."""
    match = _NAME_FIRST.match(text)
    if not match or not is_name(match["name"]):
        return None
    words, start, end = (match["behind"], *match.span("behind"))
    if match["aside"]:
        words, start, end = match["aside"][1:-1], match.start("aside") + 1, match.end("aside") - 1
    if words and (posts := _posts(words)):
        return _mention(match, posts, start, end)
    if match["aside"] and is_organisation(words):
        return _mention(match, (PostWords(0, len(words), words, None, None),), start, end)
    return _mention(match) if not match["aside"] and "：" in match[0] else None


def _labelled(text: str) -> Mention | None:
    """副县长：何平（县委常委）."""
    match = (_LABELLED.match(text) or _LABELLED_ALONE.fullmatch(text)) if "：" in text[:_WIDEST] else None
    posts = _posts(match["posts"]) if match and could_be_name(match["name"]) else ()
    if not match or not posts:
        return None
    inside = _posts((match["aside"] or "").strip("（）〔〕"))
    return _mention(match, (*posts, *inside), 0, match.end("aside") if match["aside"] else match.end("posts"))


def _before_colon(text: str, spaced: str) -> Mention | None:
    """区委常委、副区长何平（挂职）：; 何平党组成员、副局长：; 何平副局长（正处级） 协助…."""
    colon = _BEFORE_COLON.match(text)
    blank = _BEFORE_LEADS.match(spaced)
    lead = text if len(text) <= 60 and not re.search("[。；：]", text) else ""
    if blank and (not colon or len(blank["lead"]) < len(colon["lead"])):
        lead = blank["lead"].replace(" ", "")
    elif colon:
        lead = colon["lead"]
    match = _NAMED_LAST.fullmatch(lead)
    if match and is_name(match["name"]) and (posts := _posts(match["posts"])):
        seconded = match["aside"] and "挂职" in match["aside"]
        noted = [PostWords(p.start, p.end, p.org, p.title, p.note or "挂职") for p in posts] if seconded else posts
        return Mention(*match.span("name"), match["name"], tuple(noted), 0, match.end())
    loose = _ANY_NAMED_LAST.match(spaced if blank else text) if lead else None
    if (
        loose
        and could_be_name(loose["name"])
        and (posts := _posts(loose["posts"]))
        and all(_is_org(post.org) for post in posts)
    ):
        return Mention(*loose.span("name"), loose["name"], tuple(posts), 0, loose.end())
    for length in (3, 2, 4) if colon or blank else ():
        name, words = lead[:length], lead[length:].removeprefix("同志")
        if is_name(name) and (posts := _posts(words)) and all(_is_org(post.org) for post in posts):
            return Mention(0, length, name, tuple(posts), length, len(lead))
    return None


def _leads(text: str) -> Mention | None:
    """局长何平主持全面工作; 何平局长负责…; 何平同志分管…."""
    leads = _LEADING.search(text, 0, _WIDEST)
    match = _NAMED_THEN_LEADS.match(text) if leads else None
    if match and is_name(match["name"]) and (posts := _posts(match["posts"])):
        return _mention(match, posts, 0, match.end("posts"))
    titled = _TITLED.match(text)
    if titled and is_name(titled["name"]):
        return _mention(
            titled, (PostWords(0, len(titled["title"]), None, titled["title"], None),), *titled.span("title")
        )
    comrade = _COMRADE.match(text) if leads else None
    return _mention(comrade) if comrade and is_name(comrade["name"]) else None


def _life(text: str) -> Mention | None:
    """Who a life opens with: 何平，男，汉族，1975年3月生，现任副区长."""
    match = _LIFE.match(text)
    posts = _posts(match["posts"]) if match and is_name(match["name"]) else ()
    return _mention(match, posts, *match.span("posts")) if match and posts else None


def _columns(text: str, spaced: str) -> Mention | None:
    """A line that sets a name and posts apart by blanks: 何 平 区委常委，区政府副区长."""
    if " " not in spaced:
        return None
    name, words = "", [word for word in _PERSONAL.sub(" ", spaced).split(" ") if word]
    apart = len(words) > 2 and len(words[0]) == len(words[1]) == 1  # where a surname in no list will do
    for n, word in enumerate(words[:4]):
        name += _PERSONAL.sub("", word).removesuffix("同志")
        known = is_name(name) or (apart and n in (1, 2) and (could_be_name(name) or is_set_apart(name)))
        if known and n + 1 < len(words) and not (len(name) < 4 and len(words[n + 1]) == 1):
            start = text.find(_PERSONAL.sub("", words[n + 1])[:4], len(name)) if text.startswith(name) else -1
            stop = next((m for m in _CHARGE.finditer(text, max(start, 0)) if m[0][0] not in "（〔"), None)
            end = stop.start() if stop else len(text)
            posts = _posts(_NO_PARTY.sub("", text[start:end])) if 0 < start < end else ()
            return Mention(0, len(name), name, posts, start, end) if posts else None
    return None


def _apart(text: str, spaced: str) -> Mention | None:
    """A name whose surname is in no list, with a blank and a whole post behind it: 扎西顿珠 云坪乡人民政府乡长."""
    if " " not in spaced[:_WIDEST]:
        return None
    words = [word for word in _PERSONAL.sub(" ", spaced[:_WIDEST]).split(" ") if word]
    name = words[0] if words else ""
    if (
        not 3 <= len(name) <= 8
        or len(words) < 2
        or is_name(name)
        or not could_be_name(name)
        or _PLACE.search(name[-2:])
    ):
        return None
    posts = _posts(words[1]) if text.startswith(name) and not is_organisation(name) else ()
    start = text.find(words[1], len(name)) if posts else -1
    sure = posts and all(post.title and _is_org(post.org) for post in posts)
    return Mention(0, len(name), name, posts, start, start + len(words[1])) if start > 0 and sure else None


def _mention(match: re.Match[str], posts: tuple[PostWords, ...] = (), start: int = 0, end: int = 0) -> Mention:
    return Mention(*match.span("name"), match["name"], posts, start, end)


def _posts(words: str) -> tuple[PostWords, ...]:
    """The posts that the words are, personal remarks in brackets left out."""
    return split_posts(_NO_PARTY_NAMED.sub("", _PERSONAL.sub("", words)).strip("，、 ")) if words else ()


def _is_org(org: str | None) -> bool:
    """Whether what stands before a title names an organisation or a place, or nothing stands there."""
    return org is None or is_organisation(org) or bool(_PLACE.search(org[-2:]))
