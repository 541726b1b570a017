"""Rosters: who sits in a body, in which role, with which post, in whatever layout they are printed.

Names stand in lines or columns with their posts behind a blank, with the posts in brackets, or alone; names are
set with blanks inside (张 三) or run together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from kg.anatomy.sections import Heading, Passage
from kg.anatomy.tables import Table, is_row, tables
from kg.grammar.agents import split_agents
from kg.grammar.bodies import is_group
from kg.grammar.matches import any_of
from kg.grammar.names import NAME, could_be_name, is_name, split_names
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import TITLE, split_posts
from kg.text import Text

__all__ = ["ROLES", "Entry", "Roster", "rosters"]

ROLES = [
    "常务副组长",
    "第一副组长",
    "副组长",
    "第一组长",
    "组长",
    "常务副总指挥",
    "副总指挥长",
    "副总指挥",
    "总指挥长",
    "总指挥",
    "常务副指挥长",
    "副指挥长",
    "指挥长",
    "指挥",
    "总召集人",
    "副总召集人",
    "副召集人",
    "召集人",
    "常务副主任",
    "副主任委员",
    "主任委员",
    "副主任",
    "主任",
    "执行主任",
    "副主席",
    "主席",
    "副会长",
    "会长",
    "副理事长",
    "理事长",
    "秘书长",
    "副秘书长",
    "总顾问",
    "顾问",
    "成员单位",
    "成员",
    "委员",
    "组员",
    "队员",
    "副队长",
    "队长",
    "副团长",
    "团长",
    "领队",
    "副总编辑",
    "总编辑",
    "副主编",
    "责任主编",
    "主编",
    "执行主编",
    "责任编辑",
    "编委",
    "编辑",
    "校对",
    "联络员",
    "办公室主任",
    "办公室副主任",
    "政委",
    "牵头领导",
    "责任领导",
    "总负责人",
    "负责人",
    "副总队长",
    "总队长",
    "督导员",
    "专家组组长",
    "秘书",
    "干事",
    "副指挥",
    "部长",
    "副部长",
    "办公室成员",
    "第一总指挥",
    "第一副总指挥",
    "常务总指挥",
    "第一指挥长",
    "第一主任",
    "常务副总召集人",
    "执行副组长",
    "执行组长",
    "执行总指挥",
    "首席专家",
    "名誉主任",
    "常务理事",
    "理事",
    "监事长",
    "监事",
]
"""The roles of a seat in a body, as rosters label them."""

_LABEL = re.compile(rf"(?<![^\s（）；。，、：])(?P<role>{any_of(ROLES, ' ?')}) ?： ?")
_BARE_LABEL = re.compile(rf"(?P<role>{any_of(ROLES, ' {0,2}')}) (?=[\u4e00-\u9fff])")
_UNIT_ROLES = [
    "牵头单位",
    "牵头部门",
    "牵头处室",
    "责任单位",
    "责任部门",
    "责任科室",
    "配合单位",
    "配合部门",
    "协办单位",
    "参与单位",
    "参加单位",
    "成员部门",
    "组成单位",
]
_UNIT_LABEL = re.compile(rf"(?:^|(?<=[ （；。，、：]))(?P<role>{'|'.join(_UNIT_ROLES)}) ?： ?")
"""What labels the seats of agencies under the heading of a group; elsewhere it labels who answers for a task."""
_GROUP = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:组|专班))[：（](?=(?:组长|负责人|召集人|牵头单位|责任单位)：)")
"""A line that names a group below a body in front of its members."""
_NAMED = re.compile(rf"(?P<name>{NAME})[（〔](?P<post>.+)[）〕][，、；。]?")
_ANYBODY = re.compile(r"(?P<name>[\u4e00-\u9fff·]{2,10})[（〔](?P<post>[^（）〔〕]+)[）〕][，、；。]?")
_GLUED_ORG = re.compile(r"(?:[区市县省州团镇乡]|原|中共|国家|人行|驻)")
_END = re.compile(
    r"[。；]|(?:领导小组|工作组|小组|联席会议|指挥部|专班|委员会|办公室) ?(?:下设|设在|设立|主要|负责|承担|成员|的|办公室)|如有(?:变动|变化)"
)
_OFFICE_HOLDER = re.compile(
    r"(?:各)?(?:(?:分管|主要|相关|有关)(?:负责人|领导|负责同志|人员)|负责人|负责同志|工作人员)$"
)
_REACHED = re.compile(r"，(?:联系)?(?:电话|手机|方式)[：:]?.*$")
_PERSONAL = re.compile(
    r"(?:(?:女|男|[\u4e00-\u9fff]{1,4}族|兼|挂职|正高级[^，、]{2,8}|副高级[^，、]{2,8})(?:[，、]|$))*"
)
_TAIL_NOTE = re.compile(r"[（〔](?:女|兼|挂职|.{1,4}族)[）〕]$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a roster."""

    role: str
    name: Text
    """The name of a person, or of an organisation that holds a seat."""
    post: Text | None
    whole: Text
    """Name and post."""
    person: bool
    """Whether it is a person who holds the seat."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of one body as one run of the text gives them."""

    passages: tuple[Passage, ...]
    heading: Heading | None
    entries: tuple[Entry, ...]
    unread: tuple[Text, ...]
    """What stands among the entries and was not understood."""
    group: str | None = None
    """The group below a body that the line itself names in front of its members."""


def rosters(passages: Iterable[Passage], people: Collection[str] = ()) -> list[Roster]:
    """The rosters among the passages, in order."""
    passages = list(passages)
    found: list[Roster] = [roster for table in tables(passages) if (roster := _tabled(table))]
    run: list[Passage] = []
    for passage in passages:
        if is_row(passage):
            continue
        starts = _label(passage.spaced.chars) is not None or (
            _in_group(passage) and _UNIT_LABEL.search(passage.spaced.chars) is not None
        )
        group = _GROUP.match(passage.spaced.chars) if starts and not passage.opens else None
        if run and (passage.opens or group or not (starts or _continues(passage))):
            found.extend(_roster(run, people))
            run = []
        if group and is_group(group["name"]):
            found.extend(replace(roster, group=group["name"]) for roster in _roster([passage], people))
            continue
        if passage.opens and not starts:
            continue
        if starts or run:
            run.append(passage)
    return [*found, *_roster(run, people)]


def _posted(cells: list[Text]) -> Text | None:
    """The post that the cells behind a name hold: a cell for the organisation and one for the title, or one for both."""
    held = [cell for cell in cells if cell.chars and cell.chars not in ROLES]
    post = next((cell for cell in held if _is_post(cell.chars)), None)
    unit = next((cell for cell in held if cell is not post and is_organisation(cell.chars)), None)
    plain = [p for p in split_posts(post.chars) if p.org is None] if post else []
    return Text.join([unit, post]) if post and unit and plain else post or unit


_SEAT = re.compile("组内|小组|领导组|指挥部|委员会|联席会议|角色|担任")
"""What heads the column of seats, where it stands behind that of names."""


def _tabled(table: Table) -> Roster | None:
    """The roster that a table holds: rows with a role, a name and a post; a role holds for the rows below it."""
    entries: list[Entry] = []
    role = ""
    for row in table.rows if any(re.search("姓名|职务|单位", cell) for cell in table.head) else ():
        cells = [cell.closed() for cell in row.cells]
        holder = next((cell for cell in cells if _OFFICE_HOLDER.search(cell.chars)), None)
        named = next((n for n, cell in enumerate(cells) if is_name(cell.chars) and cell.chars not in ROLES), None)
        limit = named if named is not None else len(cells)
        seats = [
            cell.chars
            for n, cell in enumerate(cells)
            if n < limit or (n < len(table.head) and _SEAT.search(table.head[n]))
        ]
        role = next((seat for seat in seats if seat in ROLES), role)
        if named is None and role and holder is not None:
            entries.append(Entry(role, holder, None, holder, False))
        if named is None or not role:
            continue
        post = _posted(cells[named + 1 :])
        entries.append(Entry(role, cells[named], post, Text.join([cells[named], *([post] if post else [])]), True))
    passages = tuple(row.passage for row in table.rows)
    return Roster(passages, table.heading, tuple(entries), ()) if entries else None


def _label(text: str) -> re.Match[str] | None:
    """The first label of a role in a text, where what follows can be a roster."""
    for match in _LABEL.finditer(text) if "：" in text else ():
        if re.match(r"[^。；：]{2,}", text[match.end() :]) or not text[match.end() :]:
            return match
    return _BARE_LABEL.match(text) if len(text) < 40 and "，" not in text else None


def _in_group(passage: Passage) -> bool:
    """Whether a passage stands under the heading of a group below a body."""
    return passage.heading is not None and is_group(passage.heading.words)


def _continues(passage: Passage) -> bool:
    """Whether a passage can be more lines of a roster."""
    text = passage.spaced.chars
    return len(text) <= 60 and not re.search(r"[。；：]|^(?:联席会议|领导小组|工作组|办公室|指挥部)", text)


def _roster(run: list[Passage], people: Collection[str]) -> list[Roster]:
    if not run:
        return []
    text = Text.join((passage.spaced for passage in run), " ")
    entries: list[Entry] = []
    unread: list[Text] = []
    labels = list(_LABEL.finditer(text.chars))
    if _in_group(run[0]):
        labels = sorted([*labels, *_UNIT_LABEL.finditer(text.chars)], key=lambda label: label.start())
    bare = _BARE_LABEL.match(text.chars)
    if bare and (not labels or labels[0].start() > 0):
        labels.insert(0, bare)
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        role = label["role"].replace(" ", "")
        part = text[label.end() : end]
        stop = _END.search(part.chars)
        part = part[: stop.start()] if stop else part
        part = part[: _closes(part.chars)] if "）" in part.chars else part
        _entries(role, part, people, entries, unread)
    if not entries:
        return []
    return [Roster(tuple(run), run[0].heading, tuple(_handed_on(entries)), tuple(unread))]


_HOLDERS = re.compile("(?:主要|分管|相关|有关)?(?:负责人|负责同志|领导)$")
_PLAIN_CLASS = re.compile("乡|镇|街道|村|社区|科室|股室|部门|单位|学校")


def _handed_on(entries: list[Entry]) -> list[Entry]:
    """The entries, with what a list says once of unnamed members said of each: 各乡镇、街道主要负责人."""
    found = list(entries)
    for i in range(len(found) - 1, 0, -1):
        one, last = found[i - 1], found[i]
        tail = _HOLDERS.search(last.name.chars)
        if one.person or last.person or one.role != last.role or not tail or last.post or one.post:
            continue
        adjoins = 0 < last.name.origin[0] - one.name.origin[-1] <= 2
        if adjoins and not _OFFICE_HOLDER.search(one.name.chars) and not split_posts(one.name.chars):
            name = Text.join([one.name, last.name[tail.start() :]])
            found[i - 1] = Entry(one.role, name, None, name, False)
    for i in range(1, len(found)):
        one, last = found[i - 1], found[i]
        near = 0 < last.name.origin[0] - one.name.origin[0] <= 12 and one.role == last.role
        if near and one.name.chars.startswith("各") and not last.person and _PLAIN_CLASS.match(last.name.chars):
            name = Text.join([one.name[:1], last.name])
            found[i] = Entry(last.role, name, None, name, False)
    return found


def _closes(chars: str) -> int:
    """Where a bracket closes that was opened before these characters; their end where none does."""
    depth = 0
    for at, char in enumerate(chars):
        depth += (char == "（") - (char == "）")
        if depth < 0:
            return at
    return len(chars)


@dataclass(slots=True)
class _Reading:
    """What is read behind one label, so far."""

    role: str
    people: Collection[str]
    entries: list[Entry]
    unread: list[Text]
    name: Text | None = None
    posts: list[Text] = field(default_factory=list)
    before: Text | None = None
    """The post that stands before the names which hold it (校长 钟某、副校长 雷某)."""

    def close(self) -> None:
        """The name that is open is complete."""
        if self.name is not None:
            post = _unwrapped(Text.join(self.posts).closed().strip(" ，、；")) if self.posts else self.before
            whole = Text.join([self.name, post] if self.posts and post else [self.name])
            self.entries.append(Entry(self.role, self.name, post if post and post.chars else None, whole, True))
        self.name, self.posts = None, []

    def add(self, name: Text) -> None:
        """The seat of an organisation, of a class or of an unnamed office-holder."""
        self.close()
        self.entries.append(Entry(self.role, name, None, name, False))


def _unwrapped(post: Text) -> Text:
    """A post without the brackets that stand around all of it."""
    wrapped = post.chars[:1] in "（〔" and post.chars[-1:] in "）〕" and not re.search("[（〔）〕]", post.chars[1:-1])
    return post[1:-1] if wrapped else post if post.chars.count("（") == post.chars.count("）") else post.strip("（）")


def _entries(role: str, part: Text, people: Collection[str], entries: list[Entry], unread: list[Text]) -> None:
    """Read the names and posts behind one label."""
    reading = _Reading(role, people, entries, unread)
    first = len(entries)
    pieces = _tokens(part)
    while pieces:
        token = pieces.pop(0)
        if reading.name is not None and reading.posts and _completes(reading.posts, token):
            reading.posts.append(token)
            continue
        token = _named_in_blanks(token, pieces)
        if not (_bracketed(reading, token) or _bare_names(reading, token, pieces) or _run_on(reading, token, pieces)):
            _post_or_holder(reading, token, pieces, first)
    reading.close()


def _bracketed(reading: _Reading, token: Text) -> bool:
    """Read a name with its posts in brackets: 何平（区政府副区长）."""
    bracketed = _NAMED.fullmatch(token.chars) or _ANYBODY.fullmatch(token.chars)
    if not bracketed or not (
        is_name(bracketed["name"]) or (could_be_name(bracketed["name"]) and split_posts(bracketed["post"]))
    ):
        return False
    reading.close()
    inside = token[bracketed.start("post") : bracketed.end("post")]
    note = _PERSONAL.match(inside.chars)
    inside = inside[note.end() :] if note else inside
    reached = _REACHED.search(inside.chars)
    inside = inside[: reached.start()] if reached else inside
    if inside.chars and not (split_posts(inside.chars) or is_organisation(inside.chars)):
        reading.unread.append(token)
        return True
    reading.name = token[: bracketed.end("name")]
    if inside.chars:
        reading.posts = [inside]
        reading.close()
    return True


def _bare_names(reading: _Reading, token: Text, pieces: list[Text]) -> bool:
    """Read a token that is a name, or several run together."""
    bare = _TAIL_NOTE.sub("", token.chars).rstrip("，、；")
    if not 2 <= len(bare) <= 12 or _is_post(bare) or is_organisation(bare):
        return False
    free = reading.name is None or bool(reading.posts)
    whole = could_be_name(bare) and bool(pieces) and _holds(pieces[0].chars) and (len(bare) > 3 or free)
    whole = whole or (reading.before is not None and reading.name is None and len(bare) < 4 and could_be_name(bare))
    names = [bare] if whole else split_names(bare, reading.people)
    at = 0
    for name in names or ():
        reading.close()
        reading.name, at = token[at : at + len(name)], at + len(name)
    return bool(names)


def _holds(chars: str) -> bool:
    """Whether what stands behind one name is the post that is held: two names run together have none behind them."""
    return _is_post(_TAIL_NOTE.sub("", chars).rstrip("，、；"))


def _run_on(reading: _Reading, token: Text, pieces: list[Text]) -> bool:
    """Read a post with a name run on behind it, or before it.

    Behind: 副校长雷某, or, where a name is open, its post with the next member's name (副主任陈某 区党工委委员).
    """
    cut = _name_behind(token.chars, pieces)
    if cut is not None:
        post, name = token[:cut], token[cut:]
        if len(name) == 1:  # the name is set with a blank inside
            name = Text.join([name, pieces.pop(0)])
        if reading.name is not None and not reading.posts and reading.before is None and _is_post(post.chars):
            reading.posts = [post]
            reading.close()
        else:
            reading.close()
            reading.before = post
        reading.name = name
        return True
    glued = None if reading.name is not None and not reading.posts else _unglue(token.chars)
    if glued:
        reading.close()
        reading.before = None
        reading.name, reading.posts = token[:glued], [token[glued:]]
    return bool(glued)


_AFFILIATION = re.compile("(?:[局委办股科室队所站处部院校]|中心|公司)$")
_GIVEN_TITLED = re.compile(rf"(?P<given>[\u4e00-\u9fff]{{1,2}}){TITLE}")
_BEHIND_POST = re.compile(
    rf"(?P<post>[^ ]*{TITLE}(?:[（〔][^（）〔〕]{{1,12}}[）〕])?)(?P<name>[\u4e00-\u9fff·]{{1,4}})"
)


def _name_behind(chars: str, pieces: list[Text]) -> int | None:
    """Where the name begins that is run on behind a post, or None."""
    for length in (3, 2, 4):
        match = _BEHIND_POST.fullmatch(chars)
        post, name = chars[:-length], chars[-length:]
        if (
            match
            and is_name(name)
            and re.search(rf"{TITLE}(?:[（〔][^（）〔〕]{{1,12}}[）〕])?$", post)
            and split_posts(post)
        ):
            return len(post)
    for length in (3, 2):
        org, name = chars[:-length], chars[-length:]
        if (
            is_name(name)
            and len(org) > 1
            and _AFFILIATION.search(org)
            and is_organisation(org)
            and not is_organisation(chars)
        ):
            return len(org)
    split = re.search(rf"{TITLE}(?:[（〔][^（）〔〕]{{1,12}}[）〕])?(?P<first>[\u4e00-\u9fff])$", chars)
    if split and pieces and is_name(split["first"] + pieces[0].chars) and len(pieces[0]) <= 2:
        return split.start("first") if split_posts(chars[: split.start("first")]) else None
    return None


def _post_or_holder(reading: _Reading, token: Text, pieces: list[Text], first: int) -> None:
    """Read what names nobody: the post of the name that is open, the next names' post, a class, organisations."""
    bare = _TAIL_NOTE.sub("", token.chars).rstrip("，、；")
    unnamed = _UNNAMED.match(bare) and (
        _is_post(_INSIDE.sub("", bare))
        or is_organisation(bare)
        or bare.endswith(("负责人", "负责同志", "领导", "人员"))
    )
    if unnamed:
        for start, end in _listed(bare):
            reading.add(token[start:end])
    elif (
        (_is_post(bare) or is_organisation(bare))
        and (reading.name is None or reading.before is not None)
        and _is_named(pieces, loosely=reading.before is not None)
    ):
        reading.close()
        reading.before = token[: len(bare)]
    elif reading.name is not None and not _OFFICE_HOLDER.search(bare):
        reading.posts.append(token)
    elif is_organisation(bare) or "负责" in bare or _OFFICE_HOLDER.search(bare):
        reading.close()
        holder = _OFFICE_HOLDER.search(bare)
        agents = split_agents(bare[: holder.start()] if holder else bare)
        for agent in agents:
            reading.add(token[agent.start : agent.end])
        if holder and agents:
            # 甲局、乙局主要负责同志: what is said of the last is said of all.
            _hand_on(token[holder.start() : len(bare)], reading.entries, first)
    else:
        reading.unread.append(token)


_UNNAMED = re.compile(r"各|有关|相关|驻村")
_INSIDE = re.compile(r"[（〔][^（）〔〕]*[）〕]")


def _listed(bare: str) -> list[tuple[int, int]]:
    """The classes of a list, each a seat (各包村组长、驻村第一书记); a list of organisations with one holder stays one."""
    parts = list(re.finditer(r"[^、，]+", bare))
    apart = all(_is_post(_INSIDE.sub("", part[0])) or _UNNAMED.match(part[0]) for part in parts)
    return [part.span() for part in parts] if apart else [(0, len(bare))]


def _is_named(pieces: list[Text], *, loosely: bool) -> bool:
    """Whether the next token is a name, or the first character of one set with blanks.

    Where posts have stood before names so far, a surname in no list will do.
    """
    if not pieces:
        return False
    chars = _TAIL_NOTE.sub("", pieces[0].chars)
    following = pieces[1].chars if len(pieces) > 1 else ""
    if loosely and len(chars) in (2, 3) and could_be_name(chars):
        return True
    return is_name(chars) or (len(chars) == 1 and len(following) <= 2 and is_name(chars + following))


def _hand_on(holder: Text, entries: list[Entry], first: int) -> None:
    """Give the organisations at the end of the list the words for who holds the seat."""
    for at in range(len(entries) - 1, first - 1, -1):
        entry = entries[at]
        if entry.person or not is_organisation(entry.name.chars):
            return
        name = Text.join([entry.name, holder])
        entries[at] = Entry(entry.role, name, None, name, False)


def _completes(posts: list[Text], token: Text) -> bool:
    """Whether a token is the rest of a post that the line before broke off (县国资办主 / 任)."""
    so_far = "".join(post.closed().chars for post in posts)
    if split_posts(so_far) or is_organisation(so_far):
        return False
    return bool(split_posts(so_far + token.closed().chars.rstrip("，、；")))


def _named_in_blanks(token: Text, pieces: list[Text]) -> Text:
    """The token with what follows it, where they are a name set with blanks inside (张 三, 黎 志 荣)."""
    if (
        len(token) == 1
        and len(pieces) > 1
        and len(pieces[0]) == 1
        and _touch(token, pieces[0])
        and _holds(pieces[1].chars)
    ):
        return Text.join([token, pieces.pop(0)])  # 果 然 区政府办公室副主任
    titled = _GIVEN_TITLED.fullmatch(pieces[0].chars) if len(token) == 1 and pieces else None
    if titled and is_name(token.chars + titled["given"]) and _touch(token, pieces[0]):
        return Text.join([token, pieces.pop(0)])  # 林 斌局长
    singles = [token]
    while len(singles[-1]) == 1 and pieces and len(singles) < 4:
        behind = re.match(r"[\u4e00-\u9fff]+", pieces[0].chars)
        if is_name("".join(s.chars for s in singles)) and _breaks(singles[-1], pieces[0]):
            break
        if not _touch(singles[-1], pieces[0]):
            break
        if not behind or len(behind[0]) > 2 or not is_name("".join(s.chars for s in singles) + behind[0]):
            break
        singles.append(pieces.pop(0))
    return Text.join(singles)


def _breaks(one: Text, other: Text) -> bool:
    """Whether a line ends between two stretches of a source."""
    return "\n" in one.source.text[one.origin[-1] : other.origin[0]]


def _touch(one: Text, other: Text) -> bool:
    """Whether nothing but blanks stands between two stretches of a source."""
    return not one.source.text[one.origin[-1] + 1 : other.origin[0]].strip()


def _is_post(text: str) -> bool:
    return any(post.org or post.title for post in split_posts(text)) and (len(text) > 4 or not is_name(text))


def _unglue(chars: str) -> int | None:
    """Where the post begins that is run on behind a name, or None."""
    fits = [
        length
        for length in (2, 3, 4)
        if is_name(chars[:length])
        and (_GLUED_ORG.match(chars[length:]) or re.fullmatch(TITLE, chars[length:]))
        and split_posts(chars[length:])
    ]
    return fits[0] if len(fits) == 1 else None


_NEXT = re.compile(
    r" ?(?:(?P<name>[\u4e00-\u9fff·]{2,12})|(?P<set>[\u4e00-\u9fff] {1,3}[\u4e00-\u9fff]{1,2}))(?: |[（〔、，；]|$)"
)
"""What a member's name can be behind 、."""


def _tokens(part: Text) -> list[Text]:
    """The pieces between blanks, and between the 、 that part names, outside brackets."""
    pieces: list[Text] = []
    chars, start, depth = part.chars, 0, 0
    for i, char in enumerate(chars):
        depth = max(0, depth + (char in "（〔") - (char in "）〕"))
        blank = char == " " and not (chars[i + 1 : i + 2] in "（〔" and re.search(r"[\u4e00-\u9fff]{3}$", chars[:i]))
        if depth == 0 and (blank or char == "；" or (char in "、，" and _parts_names(chars, i + 1, chars[start:i]))):
            pieces.append(part[start:i].strip(" ；"))
            start = i + 1
    pieces.append(part[start:].strip(" ；"))
    return [piece for piece in pieces if piece.chars]


_SEGMENT = re.compile(r" ?(?P<words>(?:[^ 、，；（〔]|[（〔][^（）〔〕]*[）〕])+)")


def _parts_names(chars: str, at: int, piece: str) -> bool:
    """Whether a mark of a list is followed by a member, so that it parts members and not posts.

    ``piece`` is what stands before the mark.
    """
    following = _SEGMENT.match(chars, at)
    held = _HELD.search(piece[-80:])
    words = following["words"] if following else ""
    if _UNNAMED.match(words) and (_OFFICE_HOLDER.search(piece) or is_organisation(piece.strip())):
        return True
    if words.startswith("各") and is_name(piece.strip().rpartition(" ")[2]):
        return True
    if _is_post(words) and re.match("各[\u4e00-\u9fff]{2,8}$", piece.strip()) and _is_post(piece.strip()):
        return True
    if words and _unglue(words) and (_names_somebody(_LAST.search(piece[-40:])) or _unglue(piece.strip())):
        return True
    if following and held and (split_posts(held["post"]) or _UNNAMED.match(following["words"])):
        return True
    if following and _name_behind(following["words"], []) and _names_somebody(_LAST.search(piece[-40:])):
        return True
    match = _NEXT.match(chars, at)
    if not match:
        return False
    return bool(match["set"]) or (
        re.fullmatch(NAME, match["name"]) is not None
        and not is_organisation(match["name"])
        and not re.fullmatch(TITLE, match["name"])
        and match["name"] not in ROLES
    )


_SEGMENT = re.compile(r" ?(?P<words>(?:[^ 、，；（〔]|[（〔][^（）〔〕]*[）〕])+)")
_HELD = re.compile(r"(?:^|(?<=[ 、，；]))[\u4e00-\u9fff·]{1,6}[（〔](?P<post>[^（）〔〕]+)[）〕]$")
"""A name, or the end of one set with a blank, with the post in brackets."""
_LAST = re.compile(r"[^ 、，；]+$")


def _names_somebody(match: re.Match[str] | None) -> bool:
    """Whether a piece of a list names a person, with a post before the name or behind it in brackets, or without."""
    return match is not None and (
        is_name(match[0]) or _name_behind(match[0], []) is not None or _NAMED.fullmatch(match[0]) is not None
    )
