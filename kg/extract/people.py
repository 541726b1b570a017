"""People in running text: a name with 同志, and its posts before or behind it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.grammar.names import NAME, could_be_name, is_name
from kg.grammar.posts import TITLE, PostWords, split_posts

__all__ = ["Mention", "mentions", "named_with_title", "standing_names", "titled_names"]


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
_BEHIND_TITLE = re.compile(rf"(?:[局委办厅部院校会司站所队处心府]|主)(?:副?{TITLE})(?P<name>[\u4e00-\u9fff]{{2,3}})$")
"""A name whose surname is in no list, between the title of an office and 同志."""
_PARTICLES = "由与和及任经对以为于请向同代从让给将"
_COMRADE = re.compile(r"同志")


def _name_before(text: str, end: int, start: int = 0) -> str | None:
    """The name that ends at end; where two readings fit, the one behind a title, else the one of three."""
    fits = [text[end - n : end] for n in (3, 2, 4) if end - n >= start and is_name(text[end - n : end])]
    fits += [m[0] for m in [re.search(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6})+$", text[start:end])] if m]
    if not fits:
        titled = _BEHIND_TITLE.search(text, max(start, end - 30), end)
        return titled["name"] if titled and could_be_name(titled["name"]) else None
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
        comma = comma if comma >= 0 else text.find("、", left, at)
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


_SIGNS = re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})(?=同志)")


def standing_names(texts: Collection[str]) -> frozenset[str]:
    """Names that stand by themselves before 同志 in any of the texts."""
    return frozenset(m["name"] for text in texts if "同志" in text for m in _SIGNS.finditer(text) if is_name(m["name"]))
