"""Appointments and removals (任免): what a notice says was given to whom, or taken from whom."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace

from kg.anatomy import Passage
from kg.anatomy.tables import Table
from kg.extract.heads import spaced_of
from kg.extract.people import titled_names
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.dates import DATE, parse_date
from kg.grammar.names import NAME, could_be_name, is_name
from kg.grammar.posts import TITLE, PostWords, split_posts
from kg.model import Appointment
from kg.text import Text

__all__ = ["RULES", "appointments"]

RULES = (
    Rule(
        "appointment.appoint",
        "任命X为P and X任P appoint X to each post of P.",
        "任命何平为区财政局副局长（试用期一年）。",
        "成立由何平任组长的领导小组。",
    ),
    Rule(
        "appointment.table",
        "A row of a table gives a name and, in columns of their own, the posts given and taken.",
        "| 姓名 | 任职 | 免职 |\n| --- | --- | --- |\n| 何平 | 区财政局副局长 |  |",
        "| 姓名 | 任务 |\n| --- | --- |\n| 何平 | 校对 |",
    ),
    Rule(
        "appointment.remove",
        "免去X的P职务 removes X from each post of P.",
        "免去何平的区财政局副局长职务。",
        "免去企业的登记费用。",
    ),
)

_ANY_COMRADE = r"[\u4e00-\u9fff]{2,4}(?=同志)"
"""A name whose surname is in no list, where nothing but a name stands before 同志."""
_NAMES = rf"(?P<names>(?:{NAME}|{_ANY_COMRADE})(?:同志)?(?:（[^（）]{{1,20}}）)?(?:、{NAME}(?:同志)?)*)"
_COUNTED = r"(?:等)?(?:[二三四五六七八九十\d]{1,3}(?:名|位)?同志|[二三四五六七八九十\d]{1,3}人)?"
_NAMES_COMRADE = rf"(?P<names>{NAME}同志)"
_POSTS = r"(?P<posts>[^；。：]+?)"
_NOTE = (
    r"(?P<note>(?:，(?:(?:并)?办理退休(?:手续)?|退休(?:手续[^，；。]{2,16})?|另有任用|另行安排|改任|到龄退休|按规定[^，；。]{0,12}退休[^，；。]{0,6}|因[^，；。]{2,16}|保留[^，；。]{2,10})"
    r"|，?（[^（）]{1,30}）|，?(?:试用期|任期|聘期|挂职)(?!时间[从自])[^，；。]{0,30})*)"
    r"(?:，(?:请|并)?按[^；。]{2,30}(?:办理|执行))?"
    r"(?:，(?:任职|挂职|聘任|任期)?(?:时间)?(?:均)?[自从](?P<since>[^，；。]{4,14}?)起(?:计算|算)?)?"
)
_AS = r"(?:职务(?:（职级）|、职级)?|职级)?"
_APPOINT = (
    re.compile(
        rf"(?:任命|聘任|决定任命|同意任命|聘用|委任|委派|派){_NAMES}{_COUNTED}(?:为|担任|任){_POSTS}(?:职务)?{_NOTE}$"
    ),
    re.compile(rf"(?:任命|聘任)(?P<names>[\u4e00-\u9fff·]{{2,8}}(?:（[^（）]{{1,10}}）)?)为{_POSTS}(?:职务)?{_NOTE}$"),
    re.compile(rf"^[^，；。]{{2,30}}?{TITLE}{_NAMES_COMRADE}(?:(?P<held>兼任)|担任|任){_POSTS}(?:职务)?{_NOTE}$"),
    re.compile(
        rf"^(?:同意|决定)?{_NAMES}{_COUNTED}(?:试用期满[^；。]{{0,16}}?，?)?"
        rf"(?:(?P<seconded>挂职)(?:担任|任)|(?:正式|继续)?(?:任|担任|兼任|挂任|为|提任|聘任为|任命为|同时任)){_POSTS}(?:职务)?{_NOTE}$"
    ),
)
_SENT = re.compile(
    rf"^(?:选派|委派|选聘|下派|抽调|派)(?:[^，；。]{{2,30}}?{TITLE})?{_NAMES}(?:到|赴|去)(?P<place>[^，；。]{{2,30}}?)(?:挂职)?(?:挂任|担任|兼任|任){_POSTS}(?:职务)?{_NOTE}$"
)
"""选派X到Y村任第一书记."""
_RESIGNED = re.compile(
    rf"(?:接受|同意|准予|批准){_NAMES}(?:的)?(?:请求)?辞去(?:其)?(?:的|所任的|担任的)?{_POSTS}(?:职务)?(?:的?(?:请求|申请))?{_NOTE}(?:，[^，；。]{{2,40}}(?:备案|批准))?$"
)
_RANKED = re.compile(rf"^(?:同意)?{_NAMES}(?P<verb>晋升|套转|提名)(?:为)?{_POSTS}(?:职级|人选)?{_NOTE}$")
_NOMINATED = re.compile(rf"^(?P<verb>提名|推荐){_NAMES}(?:为|任){_POSTS}(?:人选|候选人)?{_NOTE}$")
_PROPOSED = re.compile(
    rf"^(?:并|同时)?(?P<verb>提名|推荐|拟任)(?:其|该同志)?(?:为|任|担任){_POSTS}(?:人选|候选人|职务)?{_NOTE}$"
)
_EACH = re.compile(
    rf"(?P<names>{NAME}(?:、{NAME})+)(?:同志)?[^。；]{{0,30}}?(?:分别(?:正式)?|试用期满[^；。]{{0,16}}?正式)(?:任命为|任|为){_POSTS}{_NOTE}$"
)
_OF_ONE = re.compile(rf"(?P<name>{NAME}|{_ANY_COMRADE})同志")
"""A clause that says of one person what is no act (何平同志挂职期满): the next is about the same."""
_CONCURRENT = re.compile(rf"^(?:同时)?兼任{_POSTS}(?:职务)?{_NOTE}$")
_REMOVE = (
    _RESIGNED,
    re.compile(rf"(?:免去|免除|解聘)(?P<names>[\u4e00-\u9fff·]{{2,10}})的{_POSTS}{_AS}{_NOTE}$"),
    re.compile(rf"(?:免去|免除|解聘|同意辞去|接受){_NAMES}(?P<concurrent>兼任)?的{_POSTS}{_AS}{_NOTE}$"),
    re.compile(rf"(?:免去|免除|解聘|同意辞去|接受){_NAMES}{_POSTS}{_AS}{_NOTE}$"),
    re.compile(rf"^(?:{_NAMES})?(?:不再担任|不再兼任|辞去){_POSTS}{_AS}{_NOTE}$"),
    re.compile(rf"^其?原任(?:的)?{_POSTS}职务(?:自然)?(?:免除|免去){_NOTE}$"),
    re.compile(rf"^(?:同时)?(?:免去|免除|解聘)(?:其|该同志)?(?:的)?(?:原任的?|原)?{_POSTS}(?:职务|职级){_NOTE}$"),
)
_REMOVED = re.compile(rf"^{_NAMES}(?P<concurrent>兼任)?的{_POSTS}{_AS}{_NOTE}$")
"""Without a verb of its own, behind 免去：."""
_REMOVED_OF = re.compile(
    rf"^(?P<names>[\u4e00-\u9fff·]{{2,6}}?)(?P<posts>[省市县区旗州][^；。：的]{{2,40}})职务{_NOTE}$"
)
"""The same without 的; the post says at once whose office it is."""
_APPOINTED = re.compile(rf"^(?P<names>[\u4e00-\u9fff·]{{2,8}})为{_POSTS}(?:职务)?{_NOTE}$")
"""Without a verb of its own, behind 任命：."""
_ACT = re.compile(
    r"(?:^|[，：。])(?:决定|同意|经[^，。]{2,20}决定)?(?P<act>任命|聘任|任职|免去|免职|解聘)(?:下列同志|以下同志)?(?:职务)?[：:]$"
)
_ACT_HEAD = re.compile(r"(?:决定)?(?P<act>任命|聘任|任职|免去|免职|解聘)(?:事项|人员|名单)?")
_LAPSED = re.compile(
    r"^(?P<holders>[^；。]{6,}?)的?(?:原任)?职务(?:随[^，；。]{2,16}?)?(?:一并|相应)?(?:自然|自行)?(?:免除|免去)"
)
"""People who lose what stands before their names: 原某局局长张某、副局长李某的职务自然免除."""
_CALLED = re.compile(
    r"(?:聘任|聘请|任命|聘用)(?:下列|以下)(?:同志|人员|专家)(?:为|担任)(?P<posts>[^，；。：]{4,40})(?P<note>，[^；：]{2,60})?[：:]$"
)
_CALLED_ONE = re.compile(rf"(?P<name>{NAME})(?:同志)?(?:（[^（）]{{2,40}}）)?[，、；。]?")
_DECIDED = re.compile(
    rf"(?:[^：]{{0,60}}(?:决定|如下|研究|同意|任免|任职|通知)[^：]{{0,20}}：)+|(?:(?:根据|经|因)[^，：]{{2,60}}，)*(?:现|特)?(?:研究)?(?:决定|同意)[：，]?(?={NAME}(?:、{NAME}|同志)*[^，。；]{{0,8}}(?:任|为|担任|兼任|正式|试用期|挂))"
)
"""The words that lead to the acts: 经研究，决定：."""
_SAME = re.compile(r"^(?:该|本)(?:公司|单位|局|委|院|校|中心|集团|镇|乡|街道)")
_ABOUT = re.compile("任免|任职|免职|任命|免去|聘任|聘用|职务|人事|职级|晋升|试用期|转正|挂职|退休|辞去")
_PARTY, _OF_BRANCH = re.compile("党总支|党支部|党委|党组|党工委"), re.compile("副?书记|委员")
_SIGNS = re.compile("任|免|聘|辞去|晋升|提名|推荐")
_PART = re.compile(r"[^。；]+")


def appointments(scope: Scope) -> Iterator[Appointment]:
    """The appointments and removals of a document, one a post. Only notices that are about them are read."""
    if _ABOUT.search(scope.title):
        day = _decided_on(scope) or scope.document.date
        for fact in _acts(scope):
            yield fact if fact.date else replace(fact, date=day)


def _acts(scope: Scope) -> Iterator[Appointment]:
    for table in scope.tables:
        yield from _tabled(scope, table)
    act = ""
    called: re.Match[str] | None = None
    for passage in scope.passages:
        text = passage.said.chars
        one = _CALLED_ONE.fullmatch(text) if called else None
        name = one["name"] if one else listed[0] if called and (listed := _listed(passage)) else ""
        if called and is_name(name):
            posts = _posts(called["posts"], re.sub("（[^（）]*）", "", called["note"] or ""))
            yield from _given(scope, passage, (0, len(text)), "任", [name], posts)
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
        if passage.opens and not said:
            act = ""  # 三、接受辞职 behind 二、免去
        act = said["act"][0].replace("解", "免").replace("聘", "任") if said else act
        if act and not head and (listed := _listed(passage)):
            name, at, posts = listed
            yield from _given(scope, passage, (at, len(text)), act, [name], posts)
            continue
        last: list[str] = []
        for part in _PART.finditer(text[: head.start()] if head else text):
            if act or _SIGNS.search(part[0]):
                last = yield from _sentence(scope, passage, part.start(), part[0], last, act)


def _listed(passage: Passage) -> tuple[str, int, list[PostWords]] | None:
    """The name and the posts of a line under 任命： or 免去：, which blanks part; and where the line begins."""
    words = spaced_of(passage).split(" ")
    name = ""
    for n, word in enumerate(words[:4]):
        bare = re.sub(r"（[^（）]*）|同志", "", word)
        name += bare
        rest = "".join(words[n + 1 :]).rstrip("；。，")
        if not rest or (len(words[n + 1]) == 1 and len(name) < 3) or "同志" in rest:
            continue
        if is_name(name) or (n == 0 and could_be_name(name)):
            posts = _posts(re.sub(r"(?:职务|职级)(?=（|$)", "", rest), "")
            return (name, 0, posts) if posts else None
    return None


def _tabled(scope: Scope, table: Table) -> Iterator[Appointment]:
    """The appointments of a table: a column for names, one for what is given, one for what is taken."""
    named = table.column(r"姓名|^人员$")
    given = table.column(r"^(?!原任|现任|免|解)[拟决]?定?(?:任命|聘任|任职|聘用|新任|任)(?:的)?(?:职务|岗位|职位)?$")
    taken = table.column(r"^(?:免去|免职|解聘|免|原任|辞去)(?:的)?(?:职务|岗位|职位)?$")
    if named is None or (given is None and taken is None):
        return
    for row in table.rows:
        cells = [cell.closed() for cell in row.cells]
        if named >= len(cells) or not could_be_name(cells[named].chars):
            continue
        for action, n in (("任", given), ("免", taken)):
            if n is None or n >= len(cells):
                continue
            for post in _posts(cells[n].chars, ""):
                yield scope.fact(
                    Appointment,
                    "appointment.table",
                    Text.join([cells[named], cells[n]]),
                    passage=row.passage,
                    person=cells[named].chars,
                    action=action,
                    org=post.org,
                    title=post.title,
                    note=post.note,
                )


def _sentence(
    scope: Scope, passage: Passage, base: int, sentence: str, last: list[str], act: str
) -> Generator[Appointment, None, list[str]]:
    """Read one sentence; a clause without a name is about the people of the clause before it. Gives these back."""
    if (match := _LAPSED.match(sentence)) and (lapsed := list(_lapses(scope, passage, base, match))):
        yield from lapsed
        return last
    before: PostWords | None = None
    sentence = re.sub("先生|女士", "同志", sentence)  # as companies say it
    decided = _DECIDED.match(sentence)
    if decided:
        base, sentence = base + decided.end(), sentence[decided.end() :]
    for start, end in _turns(sentence):
        clause = sentence[start:end].strip()
        lead = start + len(sentence[start:end]) - len(sentence[start:end].lstrip())
        each = _EACH.search(clause)
        if each:
            yield from _each(scope, passage, base + lead, each)
            continue
        removing = (*_REMOVE, _REMOVED, _REMOVED_OF) if act == "免" else _REMOVE
        appointing = (_SENT, *_APPOINT, _CONCURRENT, _APPOINTED) if act == "任" else (_SENT, *_APPOINT, _CONCURRENT)
        for action, patterns in (
            ("", (_RANKED, _NOMINATED, _PROPOSED)),
            ("免", removing),
            ("任", appointing),
        ):
            match = next((m for p in patterns if (m := p.search(clause))), None)
            if not match:
                continue
            given = match.groupdict().get("names")
            names = [re.sub(r"同志|（.*?）", "", name) for name in given.split("、")] if given else last
            words = match["posts"]
            if len(names) == 1 and names[0][-1] in "市县区省州旗" and is_name(names[0][:-1]) and "任" not in match[0]:
                # 免去周某市公安局…: what looks like the end of the name opens the post.
                names, words = [names[0][:-1]], names[0][-1] + words
            listed = match.re in (_REMOVED_OF, _APPOINTED) and could_be_name(names[0])
            if not names or (given and not listed and not all(_is_person(name, clause) for name in names)):
                continue
            groups = match.groupdict()
            note = (
                "挂职"
                if groups.get("seconded")
                else "兼"
                if groups.get("concurrent") or groups.get("held") or match.re is _CONCURRENT
                else ""
            )
            posts = [_at(post, groups.get("place"), before) for post in _posts(words, note or match["note"])]
            if not posts:
                continue
            last, before = names, posts[-1]
            stretch = (base + lead + match.start(), base + lead + match.end())
            since = parse_date(match["since"]) if match["since"] else None
            yield from _given(scope, passage, stretch, action or match["verb"], names, posts, since)
            break
        else:
            if about := _OF_ONE.match(clause):
                last = [about["name"]]
    return last


def _is_person(name: str, clause: str) -> bool:
    """Whether a name stands in a clause where only a person's can: any before 同志, and behind 免去 and before 的."""
    sure = f"{name}同志" in clause or re.search(
        rf"(?:免去|免除|解聘){re.escape(name)}的|(?:任命|聘任){re.escape(name)}(?:（[^（）]*）)?为", clause
    )
    return is_name(name) or (bool(sure) and could_be_name(name))


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
                date=since,
            )


_ON = (
    re.compile(rf"(?:任职|任期|聘任|任免|试用期)(?:时间|期限|职务)?(?:均)?[自从](?P<day>{DATE})起(?:计算|算|生效)"),
    re.compile(
        rf"(?:经|根据)[^，。；：]{{0,20}}?(?P<day>{DATE})[^，。；：]{{0,40}}?(?:会议?|研究)[^。；：]{{0,16}}?决定"
    ),
    re.compile(rf"(?P<day>{DATE})(?:[^，。；：]{{0,20}}会议?)?(?:研究)?决定"),
)


def _decided_on(scope: Scope) -> str | None:
    """The day from which the appointments of a notice hold or on which they were decided, where its text says it."""
    for pattern in _ON:
        if match := pattern.search(scope.prose):
            return parse_date(match["day"])
    return None


def _at(post: PostWords, place: str | None, before: PostWords | None) -> PostWords:
    """The post at the place it is said to be, or at the organisation named before, where it says no more than 该公司.

    Behind a post of a Party branch 书记 is that of the branch.
    """
    org = place or (before.org if before else None)
    if not org or not (post.org is None or _SAME.fullmatch(post.org)):
        return post
    party = _PARTY.match(before.title or "") if before and not place else None
    title = party[0] + post.title if party and _OF_BRANCH.fullmatch(post.title or "") and post.title else post.title
    return replace(post, org=org, title=title)


def _lapses(scope: Scope, passage: Passage, base: int, match: re.Match[str]) -> Iterator[Appointment]:
    """The posts that people lose without an act; a post without an organisation has that of the one before it."""
    before: PostWords | None = None
    found: list[tuple[tuple[int, int], str, list[PostWords]]] = []
    for part in re.finditer(r"[^、，]+", match["holders"]):
        holder = titled_names(part[0].removeprefix("原").removesuffix("同志"))
        posts = (
            [
                _at(post, None, before)
                for post in (holder.posts or split_posts(part[0].removeprefix("原")[: holder.posts_end]))
            ]
            if holder
            else []
        )
        if holder is None or not posts:
            return
        before = posts[-1]
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
        )


def _turns(sentence: str) -> list[tuple[int, int]]:
    """The clauses of a sentence, cut before a new act (免去其…, 不再担任…), not inside lists of posts."""
    cuts = [0]
    for match in re.finditer(
        rf"，(?=(?:同时|并)?(?:兼任|免去|免除|不再|任命|聘任|辞去|解聘|提名|推荐|其?原任)|{NAME}(?:同志)?的(?=[^，；。]{{2,30}}职务)|{NAME}(?:同志)?(?:任|担任|兼任|为|不再|挂任|晋升))",
        sentence,
    ):
        cuts.append(match.end())
    return [(a, (b - 1 if b < len(sentence) else b)) for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]


def _beside(posts: tuple[PostWords, ...]) -> list[PostWords]:
    """The posts, with those that stand in brackets beside another: 一团副团长（乌兰镇副镇长）."""
    found: list[PostWords] = []
    for post in posts:
        also = split_posts(post.note) if post.note else ()
        if also and all(one.org and one.title for one in also):
            found.extend([replace(post, note=None), *also])
        else:
            found.append(post)
    return found


def _posts(words: str, note: str) -> list[PostWords]:
    posts = _beside(split_posts(re.sub(r"(?:职务|职级)(?=、)", "", words.removesuffix("的"))))
    if any(post.org and "的" in post.org for post in posts):
        return []
    remark = re.sub(r"^[，（]+|）$", "", note.strip()) or None
    if remark and (also := split_posts(remark)) and all(post.org and post.title for post in also):
        return [*posts, *also]  # 团长（镇长）: one and the same in two houses
    if not posts or not remark:
        return list(posts)
    last = posts[-1]
    everything = "挂职" in remark
    return [
        PostWords(p.start, p.end, p.org, p.title, p.note or (remark if everything or p is last else None))
        for p in posts
    ]
