"""Appointments and removals (任免): what a notice says was given to whom, or taken from whom."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace

from kg.anatomy import Passage
from kg.extract.people import titled_names
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.dates import parse_date
from kg.grammar.names import NAME, is_name
from kg.grammar.posts import TITLE, PostWords, split_posts
from kg.model import Appointment

__all__ = ["RULES", "appointments"]

RULES = (
    Rule(
        "appointment.appoint",
        "任命X为P and X任P appoint X to each post of P.",
        "任命何平为区财政局副局长（试用期一年）。",
        "成立由何平任组长的领导小组。",
    ),
    Rule(
        "appointment.remove",
        "免去X的P职务 removes X from each post of P.",
        "免去何平的区财政局副局长职务。",
        "免去企业的登记费用。",
    ),
)

_NAMES = rf"(?P<names>{NAME}(?:同志)?(?:（[^（）]{{1,20}}）)?(?:、{NAME}(?:同志)?)*)"
_NAMES_COMRADE = rf"(?P<names>{NAME}同志)"
_POSTS = r"(?P<posts>[^；。：]+?)"
_NOTE = (
    r"(?P<note>(?:，(?:退休|另有任用|另行安排|改任|到龄退休|按规定[^，；。]{0,12}退休[^，；。]{0,6}|因[^，；。]{2,16}|保留[^，；。]{2,10})"
    r"|，?（[^（）]{2,30}）|，?(?:试用期|任期|聘期|挂职)(?!时间[从自])[^，；。]{0,30})*)"
    r"(?:，(?:任职|挂职|聘任|任期)?(?:时间)?(?:均)?[自从](?P<since>[^，；。]{4,14}?)起(?:计算|算)?)?"
)
_APPOINT = (
    re.compile(rf"(?:任命|聘任|决定任命|同意任命|聘用|委任|委派|派){_NAMES}(?:为|担任|任){_POSTS}(?:职务)?{_NOTE}$"),
    re.compile(rf"^[^，；。]{{2,30}}?{TITLE}{_NAMES_COMRADE}(?:(?P<held>兼任)|担任|任){_POSTS}(?:职务)?{_NOTE}$"),
    re.compile(
        rf"^{_NAMES}(?:试用期满[^；。]{{0,16}}?，?)?"
        rf"(?:(?P<seconded>挂职)(?:担任|任)|(?:正式|继续)?(?:任|担任|兼任|挂任|为|提任|聘任为|任命为|同时任)){_POSTS}(?:职务)?{_NOTE}$"
    ),
)
_RANKED = re.compile(rf"^(?:同意)?{_NAMES}(?P<verb>晋升|套转|提名)(?:为)?{_POSTS}(?:职级|人选)?{_NOTE}$")
_NOMINATED = re.compile(rf"^(?P<verb>提名){_NAMES}(?:为|任){_POSTS}(?:人选)?{_NOTE}$")
_EACH = re.compile(
    rf"(?P<names>{NAME}(?:、{NAME})+)(?:同志)?[^。；]{{0,30}}?分别(?:正式)?(?:任命为|任|为){_POSTS}{_NOTE}$"
)
_CONCURRENT = re.compile(rf"^(?:同时)?兼任{_POSTS}(?:职务)?{_NOTE}$")
_REMOVE = (
    re.compile(rf"(?:免去|免除|解聘|同意辞去|接受){_NAMES}(?P<concurrent>兼任)?的{_POSTS}(?:职务|职级)?{_NOTE}$"),
    re.compile(rf"(?:免去|免除|解聘|同意辞去|接受){_NAMES}{_POSTS}(?:职务|职级)?{_NOTE}$"),
    re.compile(rf"^(?:{_NAMES})?(?:不再担任|不再兼任|辞去){_POSTS}(?:职务|职级)?{_NOTE}$"),
    re.compile(rf"^其?原任(?:的)?{_POSTS}职务(?:自然)?(?:免除|免去){_NOTE}$"),
    re.compile(rf"^(?:同时)?(?:免去|免除|解聘)(?:其|该同志)?(?:的)?(?:原任的?|原)?{_POSTS}(?:职务|职级){_NOTE}$"),
)
_REMOVED = re.compile(rf"^{_NAMES}(?P<concurrent>兼任)?的{_POSTS}(?:职务|职级)?{_NOTE}$")
"""Without a verb of its own, behind 免去：."""
_ACT = re.compile(
    r"(?:^|[，：。])(?:决定|同意|经[^，。]{2,20}决定)?(?P<act>任命|聘任|任职|免去|免职|解聘)(?:下列同志|以下同志)?(?:职务)?[：:]$"
)
_ACT_HEAD = re.compile(r"(?:决定)?(?P<act>任命|聘任|任职|免去|免职|解聘)(?:事项|人员|名单)?")
_LAPSED = re.compile(
    r"^(?P<holders>[^；。]{6,}?)的(?:原任)?职务(?:随[^，；。]{2,16}?)?(?:一并|相应)?(?:自然|自行)?(?:免除|免去)"
)
"""People who lose what stands before their names: 原某局局长张某、副局长李某的职务自然免除."""
_CALLED = re.compile(
    r"(?:聘任|聘请|任命)(?:下列|以下)(?:同志|人员|专家)(?:为|担任)(?P<posts>[^，；。：]{4,40})(?P<note>，[^；。：]{2,12})?[：:]$"
)
_CALLED_ONE = re.compile(rf"(?P<name>{NAME})(?:同志)?(?:（[^（）]{{2,40}}）)?[，、；。]?")
_SAME = re.compile(r"^(?:该|本)(?:公司|单位|局|委|院|校|中心|集团|镇|乡|街道)")
_SIGNS = re.compile(r"任|免|聘|辞去|晋升|提名")
_PART = re.compile(r"[^。；]+")


def appointments(scope: Scope) -> Iterator[Appointment]:
    """The appointments and removals of a document, one a post. Only notices that are about them are read."""
    notice = bool(re.search(r"任免|任职|免职|任命|免去|聘任|职务|人事", scope.title))
    if not notice:
        return
    act = ""
    called: re.Match[str] | None = None
    for passage in scope.passages:
        text = passage.said.chars
        if called and not passage.opens and (one := _CALLED_ONE.fullmatch(text)) and is_name(one["name"]):
            posts = _posts(called["posts"], called["note"] or "")
            yield from _given(scope, passage, one.span(), "任", [one["name"]], posts)
            continue
        called = _CALLED.search(text)
        if called:
            continue
        head = _ACT.search(text)
        above = next(
            (
                m
                for over in (passage.heading.chain() if passage.heading else [])
                if (m := _ACT_HEAD.fullmatch(over.words))
            ),
            None,
        )
        said = head or above
        act = said["act"][0].replace("解", "免").replace("聘", "任") if said else act
        last: list[str] = []
        for part in _PART.finditer(text[: head.start()] if head else text):
            if act or _SIGNS.search(part[0]):
                last = yield from _sentence(scope, passage, part.start(), part[0], last, act)


def _sentence(
    scope: Scope, passage: Passage, base: int, sentence: str, last: list[str], act: str
) -> Generator[Appointment, None, list[str]]:
    """Read one sentence; a clause without a name is about the people of the clause before it. Gives these back."""
    if lapsed := _LAPSED.match(sentence):
        yield from _lapses(scope, passage, base, lapsed)
        return last
    org: str | None = None
    for start, end in _turns(sentence):
        clause = sentence[start:end].strip()
        lead = start + len(sentence[start:end]) - len(sentence[start:end].lstrip())
        each = _EACH.search(clause)
        if each:
            yield from _each(scope, passage, base + lead, each)
            continue
        removing = (*_REMOVE, _REMOVED) if act == "免" else _REMOVE
        for action, patterns in (("", (_RANKED, _NOMINATED)), ("免", removing), ("任", (*_APPOINT, _CONCURRENT))):
            match = next((m for p in patterns if (m := p.search(clause))), None)
            if not match:
                continue
            given = match.groupdict().get("names")
            names = [re.sub(r"同志|（.*?）", "", name) for name in given.split("、")] if given else last
            words = match["posts"]
            if len(names) == 1 and names[0][-1] in "市县区省州" and is_name(names[0][:-1]) and "任" not in match[0]:
                # 免去周某市公安局…: what looks like the end of the name opens the post.
                names, words = [names[0][:-1]], names[0][-1] + words
            if not names or not all(is_name(name) for name in names):
                continue
            groups = match.groupdict()
            note = (
                "挂职"
                if groups.get("seconded")
                else "兼"
                if groups.get("concurrent") or groups.get("held") or match.re is _CONCURRENT
                else ""
            )
            posts = [_at(post, org) for post in _posts(words, note or match["note"])]
            if not posts:
                continue
            last, org = names, posts[-1].org
            stretch = (base + lead + match.start(), base + lead + match.end())
            since = parse_date(match["since"]) if match["since"] else None
            yield from _given(scope, passage, stretch, action or match["verb"], names, posts, since)
            break
    return last


def _given(
    scope: Scope,
    passage: Passage,
    stretch: tuple[int, int],
    action: str,
    names: list[str],
    posts: list[PostWords],
    since: str | None = None,
) -> Iterator[Appointment]:
    """One appointment or removal for each of the people and each of the posts; from the day that the text says, or its own."""
    for name in names:
        for post in posts:
            yield scope.fact(
                Appointment,
                "appointment.remove" if action == "免" else "appointment.appoint",
                passage.said,
                stretch,
                passage=passage,
                person=name,
                action=action,
                org=post.org,
                title=post.title,
                note=post.note,
                date=since or scope.document.date,
            )


def _at(post: PostWords, org: str | None) -> PostWords:
    """The post at the organisation named before, where it says no more than 该公司, or nothing (免去其财务总监职务)."""
    same = post.org is None or _SAME.fullmatch(post.org)
    return replace(post, org=org) if org and same else post


def _lapses(scope: Scope, passage: Passage, base: int, match: re.Match[str]) -> Iterator[Appointment]:
    """The posts that people lose without an act; a post without an organisation has that of the one before it."""
    org: str | None = None
    found: list[tuple[tuple[int, int], str, list[PostWords]]] = []
    for part in re.finditer(r"[^、，]+", match["holders"]):
        holder = titled_names(part[0])
        posts = (
            [_at(post, org) for post in (holder.posts or split_posts(part[0][: holder.posts_end]))] if holder else []
        )
        if holder is None or not posts:
            return
        org = posts[-1].org
        found.append((part.span(), holder.name, posts))
    for (start, end), name, posts in found:
        yield from _given(scope, passage, (base + start, base + end), "免", [name], posts)


def _each(scope: Scope, passage: Passage, base: int, match: re.Match[str]) -> Iterator[Appointment]:
    """Several people, each to the post in the same place of the list (分别任命为…)."""
    names, posts = match["names"].split("、"), split_posts(match["posts"])
    if len(names) != len(posts) or not all(map(is_name, names)):
        return
    for name, post in zip(names, posts, strict=True):
        yield scope.fact(
            Appointment,
            "appointment.appoint",
            passage.said,
            (base + match.start(), base + match.end()),
            passage=passage,
            person=name,
            action="任",
            org=post.org,
            title=post.title,
            note=post.note,
            date=scope.document.date,
        )


def _turns(sentence: str) -> list[tuple[int, int]]:
    """The clauses of a sentence, cut before a new act (免去其…, 不再担任…), not inside lists of posts."""
    cuts = [0]
    for match in re.finditer(
        rf"，(?=(?:同时)?(?:兼任|免去|免除|不再|任命|聘任|辞去|解聘|提名|其?原任)|{NAME}(?:同志)?的(?=[^，；。]{{2,30}}职务)|{NAME}(?:同志)?(?:任|担任|兼任|为|不再|挂任|晋升))",
        sentence,
    ):
        cuts.append(match.end())
    return [(a, (b - 1 if b < len(sentence) else b)) for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]


def _posts(words: str, note: str) -> list[PostWords]:
    posts = split_posts(re.sub(r"(?:职务|职级)(?=、)", "", words.removesuffix("的")))
    remark = re.sub(r"^[，（]+|）$", "", note.strip()) or None
    if not posts or not remark:
        return posts
    last = posts[-1]
    everything = "挂职" in remark
    return [
        PostWords(p.start, p.end, p.org, p.title, p.note or (remark if everything or p is last else None))
        for p in posts
    ]
