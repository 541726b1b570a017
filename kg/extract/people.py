"""People in running text: a name with 同志, its posts before or behind it, and who a paragraph is about."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.anatomy import Passage
from kg.anatomy.paragraphs import ENUMERATOR
from kg.grammar.names import NAME, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE, PostWords, split_posts

__all__ = ["Mention", "head", "mentions", "named_with_title", "spaced_of", "standing_names", "titled_names"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a text: where the name stands, and the posts printed with it."""

    start: int
    end: int
    name: str
    posts: tuple[PostWords, ...] = ()
    posts_start: int = 0
    posts_end: int = 0

    @property
    def left(self) -> int:
        """Where name and posts together begin."""
        return min(self.start, self.posts_start) if self.posts else self.start

    @property
    def right(self) -> int:
        """Where name and posts together end."""
        return max(self.end, self.posts_end) if self.posts else self.end


_LEADS = re.compile(
    r"^(?>[^，。；、]{0,12}?(?:协助|联系|由|经|请|以|任命|聘任|同意|决定|免去|推荐|提名|及|和|与|：))+(?=[\u4e00-\u9fff]{2,})|^(?:其中|分别)"
)
_PARTICLES = "由与和及任经对以为于请向同代从让给将"
_COMRADE = re.compile(r"同志")


def _name_before(text: str, end: int, start: int = 0) -> str | None:
    """The name that ends at end; where two readings fit, the one behind a title, else the one of three."""
    fits = [text[end - n : end] for n in (3, 2, 4) if end - n >= start and is_name(text[end - n : end])]
    fits += [m[0] for m in [re.search(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6})+$", text[start:end])] if m]
    if not fits:
        return None
    if len(fits) > 1 and fits[0][0] in _PARTICLES and fits[0][1:] == fits[1]:
        return fits[1]  # 由肖某同志: the first character is a word of its own
    for name in fits:
        before = text[start : end - len(name)]
        if not before or before[-1] in "，。；、：（" or re.search(rf"{TITLE}$", before):
            return name
    return fits[0]


def mentions(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """The people that the text names with 同志, with the posts before the name."""
    end = len(text) if end is None else end
    found: list[Mention] = []
    edge = start
    for match in _COMRADE.finditer(text, start, end):
        name = _name_before(text, match.start(), edge)
        if name:
            at = match.start() - len(name)
            found.extend(_listed_before(text, edge, at))
            found.append(_with_posts(text, edge, at, match.start(), name))
        edge = match.end()
    return found


_LISTED = re.compile(rf"(?:^|(?<=[，。；：由]))(?P<names>(?:{NAME}、)+)$")


def _listed_before(text: str, edge: int, at: int) -> list[Mention]:
    """The names in a list that closes with one 同志 for all of them (张某、李某同志)."""
    match = _LISTED.search(text[edge:at])
    if not match:
        return []
    start = edge + match.start("names")
    names = [(m.start(), m[0]) for m in re.finditer(r"[^、]+", match["names"])]
    return [Mention(start + i, start + i + len(name), name) for i, name in names if is_name(name)]


def _with_posts(text: str, edge: int, at: int, end: int, name: str) -> Mention:
    """The mention with the posts that stand between edge and the name, if all of it can be read as posts."""
    left = max([edge, *(text.rfind(mark, edge, at) + 1 for mark in "。；：！？")])
    lead = text[left:at].lstrip("，、和及")
    left = at - len(lead)
    for _ in range(6):
        posts = split_posts(text[left:at]) if left < at else []
        if (
            posts
            and all(post.title and (post.org is None or len(post.org) <= 24) for post in posts)
            and not _LEADS.match(text[left:at])
        ):
            return Mention(at, end, name, tuple(posts), left, at)
        cut = _LEADS.match(text[left:at])
        comma = text.find("，", left, at)
        if cut and cut.end() > 0:
            left += cut.end()
        elif comma >= 0:
            left = comma + 1
        else:
            break
    return Mention(at, end, name)


def titled_names(text: str) -> Mention | None:
    """The person that a whole text names with posts before the name and nothing else (区委书记李明)."""
    for length in (3, 2, 4):
        posts_text, name = text[:-length], text[-length:]
        if is_name(name) and re.search(rf"{TITLE}$", posts_text):
            posts = split_posts(posts_text)
            if posts or len(posts_text) > 3:
                return Mention(len(posts_text), len(text), name, tuple(posts), 0, len(posts_text))
    return None


_TITLED = re.compile(rf"(?P<name>{NAME})(?P<title>{TITLE})")


def named_with_title(text: str) -> str | None:
    """The person whom a whole text names with a title behind the name (李明局长)."""
    match = _TITLED.fullmatch(text)
    return match["name"] if match and is_name(match["name"]) else None


_HEAD = re.compile(
    rf"(?P<name>{NAME})(?:同志)?(?:"
    rf"[（〔](?P<bracket>[^（）〔〕]*(?:[（〔][^（）〔〕]*[）〕][^（）〔〕]*)*)[）〕](?:同志)?[：:]?"
    rf"|[：，](?P<behind>[^。；：]{{2,60}}?)[：。]?$"
    rf"|同志?：|：)"
)
_BEFORE = re.compile(
    rf"(?P<posts>[^。；：，]{{0,60}}?{TITLE})(?P<name>{NAME})(?:同志)?(?:[（〔](?P<aside>[^（）〔〕]{{1,6}})[）〕])?(?:同志)?(?:：|$)"
)
_FIRST_STOP = re.compile("[。；：，]")
_TITLED_HEAD = re.compile(rf"(?P<name>{NAME})(?P<title>{TITLE})(?=$|[：，。]|同志|主持|负责|协助|分管|联系|牵头)")


def head(text: str, spaced: str) -> Mention | None:
    """The person whom a paragraph is about, named at its head: 李明同志（副局长）, 副局长李明：, 李 明 副局长.

    Offsets are those of ``text``; of the third form only what stands before the first blank is read.
    """
    match = _HEAD.match(text)
    if match and is_name(match["name"]):
        for group in ("bracket", "behind"):
            words = match[group]
            posts = split_posts(words) if words else []
            if posts:
                return Mention(
                    match.start("name"),
                    match.end("name"),
                    match["name"],
                    tuple(posts),
                    match.start(group),
                    match.end(group),
                )
        if match["bracket"] is not None and is_organisation(match["bracket"]):
            place = PostWords(0, len(match["bracket"]), match["bracket"], None, None)
            return Mention(
                match.start("name"),
                match.end("name"),
                match["name"],
                (place,),
                match.start("bracket"),
                match.end("bracket"),
            )
        if match[0].endswith("：") and match["bracket"] is None:
            return Mention(match.start("name"), match.end("name"), match["name"])
    stop = _FIRST_STOP.search(text)
    before = _BEFORE.match(text) if not stop or stop[0] == "：" else None
    if before and is_name(before["name"]) and (posts := split_posts(before["posts"])):
        return Mention(before.start("name"), before.end("name"), before["name"], tuple(posts), 0, before.end("posts"))
    titled = _TITLED_HEAD.match(text)
    if titled and is_name(titled["name"]):
        post = PostWords(0, len(titled["title"]), None, titled["title"], None)
        return Mention(*titled.span("name"), titled["name"], (post,), *titled.span("title"))
    return _column_head(text, spaced)


def _column_head(text: str, spaced: str) -> Mention | None:
    """The person of a line that sets a name and posts apart by blanks: 李 明 区委常委，区政府副区长."""
    name, words = "", spaced.split(" ")
    for n, word in enumerate(words[:4]):
        name += _ASIDE.sub("", word).removesuffix("同志")
        if is_name(name) and n + 1 < len(words) and not (len(name) < 4 and len(words[n + 1]) == 1):
            start = text.find(_ASIDE.sub("", words[n + 1])[:4], len(name)) if text.startswith(name) else -1
            stop = re.compile(r"[。：；]|主持|负责|协助|分管").search(text, max(start, 0))
            end = stop.start() if stop else len(text)
            posts = split_posts(_NO_PARTY.sub("", text[start:end])) if 0 < start < end else []
            return Mention(0, len(name), name, tuple(posts), start, end) if posts else None
    return None


_ASIDE = re.compile(r"[（〔](?:女|男|兼|[\u4e00-\u9fff]{1,4}族)(?:，[^（）〔〕，]{1,6})*[）〕]")
_NO_PARTY = re.compile(r"[（〔](?:无党派|民[进建革盟]|致公党|农工党|九三|党外)[^（）〔〕]{0,6}[）〕]")


def spaced_of(passage: Passage) -> str:
    """A passage with the blanks of the source, without the number of a heading."""
    spaced = passage.paragraph.spaced.chars
    number = ENUMERATOR.match(spaced) if passage.opens else None
    return spaced[number.end() :] if number else spaced


_SIGNS = re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})(?=同志)")


def standing_names(texts: Collection[str]) -> frozenset[str]:
    """Names that stand by themselves before 同志 in any of the texts."""
    return frozenset(m["name"] for text in texts for m in _SIGNS.finditer(text) if is_name(m["name"]))
