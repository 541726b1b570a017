"""Rosters: who sits in a body, in which role, with which post, in whatever layout they are printed.

Names stand in lines or columns with their posts behind a blank, with the posts in brackets, or alone; names are
set with blanks inside (张 三) or run together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.anatomy.sections import Heading, Passage
from kg.anatomy.tables import Table, is_row, tables
from kg.grammar.agents import split_agents
from kg.grammar.names import NAME, is_name, split_names
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import split_posts
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
]
"""The roles of a seat in a body, as rosters label them."""

_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s）；。，、：]))(?P<role>"
    + "|".join(" ?".join(role) for role in sorted(ROLES, key=len, reverse=True))
    + r") ?： ?"
)
_BARE_LABEL = re.compile(
    r"(?P<role>"
    + "|".join(" {0,2}".join(role) for role in sorted(ROLES, key=len, reverse=True))
    + r") (?=[\u4e00-\u9fff])"
)
_NAMED = re.compile(rf"(?P<name>{NAME})[（〔](?P<post>.+)[）〕][，、；。]?")
_GLUED_ORG = re.compile(r"(?:[区市县省州团镇乡]|原|中共|国家|人行|驻)")
_END = re.compile(
    r"[。；]|(?:领导小组|工作组|小组|联席会议|指挥部|专班|委员会|办公室) ?(?:下设|设在|设立|主要|负责|承担|成员|的|办公室)|如有(?:变动|变化)"
)
_OFFICE_HOLDER = re.compile(r"(?:各)?(?:分管|主要|相关|有关)(?:负责人|领导|负责同志)$")
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

    @property
    def person(self) -> bool:
        return is_name(self.name.chars)


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of one body as one run of the text gives them."""

    passages: tuple[Passage, ...]
    heading: Heading | None
    entries: tuple[Entry, ...]
    unread: tuple[Text, ...]
    """What stands among the entries and was not understood."""


def rosters(passages: Iterable[Passage], people: Collection[str] = ()) -> list[Roster]:
    """The rosters among the passages, in order."""
    passages = list(passages)
    found: list[Roster] = [roster for table in tables(passages) if (roster := _tabled(table))]
    run: list[Passage] = []
    for passage in passages:
        if is_row(passage):
            continue
        starts = _label(passage.spaced.chars) is not None
        if run and (passage.opens or not (starts or _continues(passage))):
            found.extend(_roster(run, people))
            run = []
        if passage.opens and not starts:
            continue
        if starts or run:
            run.append(passage)
    return [*found, *_roster(run, people)]


def _tabled(table: Table) -> Roster | None:
    """The roster that a table holds: rows with a role, a name and a post; a role holds for the rows below it."""
    entries: list[Entry] = []
    role = ""
    for row in table.rows if any(re.search("姓名|职务|单位", cell) for cell in table.head) else ():
        cells = [cell.closed() for cell in row.cells]
        named = next((n for n, cell in enumerate(cells) if is_name(cell.chars) and cell.chars not in ROLES), None)
        role = next((cell.chars for cell in cells if cell.chars in ROLES), role)
        if named is None or not role:
            continue
        posts = [cell for cell in cells[named + 1 :] if cell.chars and cell.chars not in ROLES and _is_post(cell.chars)]
        whole = Text.join([cells[named], *posts[:1]])
        entries.append(Entry(role, cells[named], posts[0] if posts else None, whole))
    passages = tuple(row.passage for row in table.rows)
    return Roster(passages, table.heading, tuple(entries), ()) if entries else None


def _label(text: str) -> re.Match[str] | None:
    """The first label of a role in a text, where what follows can be a roster."""
    for match in _LABEL.finditer(text):
        if re.match(r"[^。；：]{2,}", text[match.end() :]) or not text[match.end() :]:
            return match
    return _BARE_LABEL.match(text) if len(text) < 40 and "，" not in text else None


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
    bare = _BARE_LABEL.match(text.chars)
    if bare and (not labels or labels[0].start() > 0):
        labels.insert(0, bare)
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        role = label["role"].replace(" ", "")
        part = text[label.end() : end]
        stop = _END.search(part.chars)
        part = part[: stop.start()] if stop else part
        _entries(role, part, people, entries, unread)
    if not entries:
        return []
    return [Roster(tuple(run), run[0].heading, tuple(entries), tuple(unread))]


def _entries(role: str, part: Text, people: Collection[str], entries: list[Entry], unread: list[Text]) -> None:
    """Read the names and posts behind one label."""
    name: Text | None = None
    posts: list[Text] = []
    first = len(entries)

    def close() -> None:
        nonlocal name, posts
        if name is not None:
            post = Text.join(posts).closed().strip(" ，、；（）〔〕") if posts else None
            whole = Text.join([name, *([post] if post else [])])
            entries.append(Entry(role, name, post if post and post.chars else None, whole))
        name, posts = None, []

    pieces = _tokens(part)
    while pieces:
        token = pieces.pop(0)
        if name is not None and posts and _completes(posts, token):
            posts.append(token)
            continue
        token = _named_in_blanks(token, pieces)
        chars = token.chars
        bracketed = _NAMED.fullmatch(chars)
        if bracketed and is_name(bracketed["name"]):
            close()
            name = token[: bracketed.end("name")]
            inside = token[bracketed.start("post") : bracketed.end("post")]
            note = _PERSONAL.match(inside.chars)
            inside = inside[note.end() :] if note else inside
            reached = _REACHED.search(inside.chars)
            inside = inside[: reached.start()] if reached else inside
            if inside.chars and (split_posts(inside.chars) or is_organisation(inside.chars)):
                posts = [inside]
                close()
            elif inside.chars:
                unread.append(token)
            continue
        bare = _TAIL_NOTE.sub("", chars).rstrip("，、；")
        can_be = 2 <= len(bare) <= 12 and not _is_post(bare) and not is_organisation(bare)
        names = split_names(bare, people) if can_be else None
        if names:
            at = 0
            for one in names:
                close()
                name, at = token[at : at + len(one)], at + len(one)
            continue
        glued = None if name is not None and not posts else _unglue(chars)
        if glued:
            close()
            name, posts = token[:glued], [token[glued:]]
        elif re.match("各|有关|相关", bare) and (
            _is_post(bare) or is_organisation(bare) or bare.endswith(("负责人", "负责同志", "领导"))
        ):
            close()
            entries.append(Entry(role, token[: len(bare)], None, token[: len(bare)]))
        elif name is not None:
            posts.append(token)
        elif is_organisation(bare) or "负责" in bare:
            holder = _OFFICE_HOLDER.search(bare)
            agents = split_agents(bare[: holder.start()] if holder else bare)
            entries.extend(
                Entry(role, token[agent.start : agent.end], None, token[agent.start : agent.end]) for agent in agents
            )
            if holder and agents:
                # 甲局、乙局主要负责同志: what is said of the last is said of all.
                _hand_on(token[holder.start() : len(bare)], entries, first)
        else:
            unread.append(token)
    close()


def _hand_on(holder: Text, entries: list[Entry], first: int) -> None:
    """Give the organisations at the end of the list the words for who holds the seat."""
    for at in range(len(entries) - 1, first - 1, -1):
        entry = entries[at]
        if entry.post or not is_organisation(entry.name.chars):
            return
        name = Text.join([entry.name, holder])
        entries[at] = Entry(entry.role, name, None, name)


def _completes(posts: list[Text], token: Text) -> bool:
    """Whether a token is the rest of a post that the line before broke off (县国资办主 / 任)."""
    so_far = "".join(post.closed().chars for post in posts)
    if split_posts(so_far) or is_organisation(so_far):
        return False
    return bool(split_posts(so_far + token.closed().chars.rstrip("，、；")))


def _named_in_blanks(token: Text, pieces: list[Text]) -> Text:
    """The token with what follows it, where they are a name set with blanks inside (张 三, 黎 志 荣)."""
    singles = [token]
    while len(singles[-1]) == 1 and pieces and len(singles) < 4:
        behind = re.match(r"[\u4e00-\u9fff]+", pieces[0].chars)
        if is_name("".join(s.chars for s in singles)) and _breaks(singles[-1], pieces[0]):
            break
        if not behind or len(behind[0]) > 2 or not is_name("".join(s.chars for s in singles) + behind[0]):
            break
        singles.append(pieces.pop(0))
    return Text.join(singles)


def _breaks(one: Text, other: Text) -> bool:
    """Whether a line ends between two stretches of a source."""
    return "\n" in one.source.text[one.origin[-1] : other.origin[0]]


def _is_post(text: str) -> bool:
    return any(post.org or post.title for post in split_posts(text)) and (len(text) > 4 or not is_name(text))


def _unglue(chars: str) -> int | None:
    """Where the post begins that is run on behind a name, or None."""
    fits = [
        length
        for length in (2, 3, 4)
        if is_name(chars[:length]) and _GLUED_ORG.match(chars[length:]) and split_posts(chars[length:])
    ]
    return fits[0] if len(fits) == 1 else None


def _tokens(part: Text) -> list[Text]:
    """The pieces between blanks and 、 outside brackets, names set with a blank inside put together."""
    pieces: list[Text] = []
    for match in re.finditer(
        r"(?:[^ 、，；（〔]|[（〔][^）〕]*(?:[）〕]|$)|(?<=[\u4e00-\u9fff]{3}) ?(?=[（〔])|[、，](?! ?(?:"
        + NAME
        + r"|[\u4e00-\u9fff] {1,3}[\u4e00-\u9fff])(?: |[（〔、，；]|$)))+",
        part.chars,
    ):
        piece = part[match.start() : match.end()].strip(" ；")
        if piece.chars:
            pieces.append(piece)
    return pieces
