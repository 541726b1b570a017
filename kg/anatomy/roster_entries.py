"""What stands behind one label of a roster: who holds the role, each with the posts printed beside the name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from kg.anatomy.roster_labels import ROLES
from kg.anatomy.roster_tokens import (
    NAMED,
    OFFICE_HOLDER,
    TAIL_NOTE,
    UNNAMED,
    holds,
    is_post,
    line_starts,
    name_behind,
    named_in_blanks,
    offices,
    tokens,
    unglue,
)
from kg.grammar.agents import split_agents
from kg.grammar.names import could_be_name, is_name, is_set_apart, split_names
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import split_posts
from kg.text import Text

__all__ = ["Entry", "entries_behind", "handed_on"]


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


_ANYBODY = re.compile(r"(?P<name>[\u4e00-\u9fff·]{2,10})[（〔](?P<post>[^（）〔〕]+)[）〕][，、；。]?")
_REACHED = re.compile(r"，(?:联系)?(?:电话|手机|方式)[：:]?.*$")
_PERSONAL = re.compile(
    r"(?:(?:女|男|[\u4e00-\u9fff]{1,4}族|兼|挂职|正高级[^，、]{2,8}|副高级[^，、]{2,8})(?:[，、]|$))*"
)
_INSIDE = re.compile(r"[（〔][^（）〔〕]*[）〕]")
_ASIDE = re.compile(r"[（〔][^（）〔〕]{1,12}[）〕](?: |$)")
_HOLDERS = re.compile("(?:主要|分管|相关|有关)?(?:负责人|负责同志|领导)$")
_HOLDER_INSIDE = re.compile("(?:负责人|负责同志|领导)(?=[，、；])")
_PLAIN_CLASS = re.compile("乡|镇|街道|村|社区|科室|股室|部门|单位|学校")


def handed_on(entries: list[Entry]) -> list[Entry]:
    """The entries, with what a list says once of unnamed members said of each: 各乡镇、街道主要负责人."""
    found = list(entries)
    for i in range(len(found) - 1, 0, -1):
        one, last = found[i - 1], found[i]
        tail = _HOLDERS.search(last.name.chars)
        if one.person or last.person or one.role != last.role or not tail or last.post or one.post:
            continue
        adjoins = 0 < last.name.origin[0] - one.name.origin[-1] <= 2
        if adjoins and not OFFICE_HOLDER.search(one.name.chars) and not split_posts(one.name.chars):
            name = Text.join([one.name, last.name[tail.start() :]])
            found[i - 1] = Entry(one.role, name, None, name, False)
    for i in range(1, len(found)):
        one, last = found[i - 1], found[i]
        near = 0 < last.name.origin[0] - one.name.origin[0] <= 12 and one.role == last.role
        if near and one.name.chars.startswith("各") and not last.person and _PLAIN_CLASS.match(last.name.chars):
            name = Text.join([one.name[:1], last.name])
            found[i] = Entry(last.role, name, None, name, False)
    return found


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

    def add_all(self, names: Text, stretches: list[tuple[int, int]]) -> None:
        """The seats that the stretches of a text name."""
        for start, end in stretches:
            self.add(names[start:end])


def _unwrapped(post: Text) -> Text:
    """A post without the brackets that stand around all of it."""
    wrapped = post.chars[:1] in "（〔" and post.chars[-1:] in "）〕" and not re.search("[（〔）〕]", post.chars[1:-1])
    return post[1:-1] if wrapped else post if post.chars.count("（") == post.chars.count("）") else post.strip("（）")


def entries_behind(role: str, part: Text, people: Collection[str], entries: list[Entry], unread: list[Text]) -> None:
    """Read the names and posts behind one label."""
    reading = _Reading(role, people, entries, unread)
    first = len(entries)
    if lined := _lined(part):
        for line in lined:
            if isinstance(line, Text) and (seats := offices(line.chars)):
                reading.add_all(line, seats)
            elif isinstance(line, Text):
                entries_behind(role, line, people, entries, unread)
            else:
                name, post = line
                entries.append(Entry(role, name, post, Text.join([name, post]), True))
        return
    pieces = tokens(part)
    unnamed = [offices(piece.chars) if "分管" in piece.chars or not unglue(piece.chars) else [] for piece in pieces]
    if all(unnamed):
        for piece, seats in zip(pieces, unnamed, strict=True):
            reading.add_all(piece, seats)
        return
    while pieces:
        token = pieces.pop(0)
        if reading.name is not None and reading.posts and _completes(reading.posts, token):
            reading.posts.append(token)
            continue
        token = named_in_blanks(token, pieces)
        if not (_bracketed(reading, token) or _bare_names(reading, token, pieces) or _run_on(reading, token, pieces)):
            _post_or_holder(reading, token, pieces, first)
    reading.close()


def _lined(part: Text) -> list[tuple[Text, Text] | Text]:
    """The lines of a part that gives one member a line, name and post parted by a blank: each with name and post.

    The post stands before the name on every line, or behind it. A line that names an organisation or an unnamed
    office-holder is given as it is. Nothing where the part is set otherwise.
    """
    lines = [[word.strip(" ，、；。") for word in _words(line)] for line in _source_lines(part)]
    for name_first in (True, False):
        read = [_line(words, name_first=name_first) for words in lines]
        if any(isinstance(line, tuple) for line in read) and all(line is not None for line in read):
            return [line for line in read if line is not None]
    return []


def _source_lines(part: Text) -> list[Text]:
    """A part cut where a line of the source ends; a remark in brackets that has a line of its own goes with the one before."""
    starts = [at for at in line_starts(part) if not at or not _ASIDE.match(part.chars, at)]
    lines = [part[start:end] for start, end in pairwise([*starts, len(part)])]
    return [line for line in lines if line.chars.strip(" ，、；。")]


def _words(line: Text) -> list[Text]:
    """The words of a line between its blanks; what stands in brackets behind a blank goes with the word before it."""
    return [
        line[match.start() : match.end()].closed()
        for match in re.finditer(r"[^ ]+(?: ?[（〔][^（）〔〕]*[）〕])*", line.chars)
    ]


def _line(words: list[Text], *, name_first: bool) -> tuple[Text, Text] | Text | None:
    """Name and post of a line; the line itself where it names no person; None where it is something else."""
    words = [word for word in words if word.chars]
    if len(words) == 1:
        bare = words[0].chars
        seats = is_organisation(bare) or OFFICE_HOLDER.search(bare) or UNNAMED.match(bare) or offices(bare)
        return words[0] if seats else None
    if not name_first:
        words = words[::-1]
    apart = 1
    while apart < min(3, len(words) - 1) and len(words[apart - 1]) == len(words[apart]) == 1:
        apart += 1
    named, posts = words[:apart], words[apart:]
    if not name_first:
        named, posts = named[::-1], posts[::-1]
    name = Text.join(named)
    note = TAIL_NOTE.search(name.chars)
    name = name[: note.start()] if note else name
    chars = name.chars
    certain = (
        is_set_apart(chars) if apart > 1 else (could_be_name(chars) and not is_organisation(chars)) or is_name(chars)
    )
    if not certain or chars in ROLES or is_post(chars) or not all(_says_where(word.chars) for word in posts):
        return None
    return name, Text.join(posts)


def _says_where(chars: str) -> bool:
    """Whether a word is a post, or an organisation that one is held in."""
    return is_post(chars) or is_organisation(chars)


def _bracketed(reading: _Reading, token: Text) -> bool:
    """Read a name with its posts in brackets: 何平（区政府副区长）."""
    bracketed = NAMED.fullmatch(token.chars) or _ANYBODY.fullmatch(token.chars)
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
    bare = TAIL_NOTE.sub("", token.chars).rstrip("，、；")
    if not 2 <= len(bare) <= 12 or is_post(bare) or is_organisation(bare):
        return False
    free = reading.name is None or bool(reading.posts)
    whole = could_be_name(bare) and bool(pieces) and holds(pieces[0].chars) and (len(bare) > 3 or free)
    whole = whole or (reading.before is not None and reading.name is None and len(bare) < 4 and could_be_name(bare))
    names = [bare] if whole else split_names(bare, reading.people)
    at = 0
    for name in names or ():
        reading.close()
        reading.name, at = token[at : at + len(name)], at + len(name)
    return bool(names)


def _run_on(reading: _Reading, token: Text, pieces: list[Text]) -> bool:
    """Read a post with a name run on behind it, or before it.

    Behind: 副校长雷某, or, where a name is open, its post with the next member's name (副主任陈某 区党工委委员).
    """
    cut = name_behind(token.chars, pieces)
    if cut is not None:
        post, name = token[:cut], token[cut:]
        if len(name) == 1:  # the name is set with a blank inside
            name = Text.join([name, pieces.pop(0)])
        if reading.name is not None and not reading.posts and reading.before is None and is_post(post.chars):
            reading.posts = [post]
            reading.close()
        else:
            reading.close()
            reading.before = post
        reading.name = name
        return True
    glued = None if reading.name is not None and not reading.posts else unglue(token.chars)
    if glued:
        reading.close()
        reading.before = None
        reading.name, reading.posts = token[:glued], [token[glued:]]
    return bool(glued)


def _post_or_holder(reading: _Reading, token: Text, pieces: list[Text], first: int) -> None:
    """Read what names nobody: the post of the name that is open, the next names' post, a class, organisations."""
    bare = TAIL_NOTE.sub("", token.chars).rstrip("，、；")
    unnamed = UNNAMED.match(bare) and (
        is_post(_INSIDE.sub("", bare)) or is_organisation(bare) or bare.endswith(("负责人", "负责同志", "领导", "人员"))
    )
    if unnamed:
        reading.add_all(token, _listed(bare))
    elif (
        (is_post(bare) or is_organisation(bare))
        and (reading.name is None or reading.before is not None)
        and _is_named(pieces, loosely=reading.before is not None)
    ):
        reading.close()
        reading.before = token[: len(bare)]
    elif reading.name is not None and not OFFICE_HOLDER.search(bare):
        reading.posts.append(token)
    elif not pieces and reading.before is None and (seats := offices(bare)):
        reading.add_all(token, seats)
    elif is_organisation(bare) or "负责" in bare or OFFICE_HOLDER.search(bare):
        reading.close()
        if inside := _HOLDER_INSIDE.search(bare):  # 甲局、乙局负责同志，丙队队长
            pieces.insert(0, token[inside.end() :].strip("，、；"))
            token, bare = token[: inside.end()], bare[: inside.end()]
        holder = OFFICE_HOLDER.search(bare)
        agents = split_agents(bare[: holder.start()] if holder else bare)
        if any(name_behind(agent.name, []) for agent in agents):
            reading.unread.append(token)
            return
        for agent in agents:
            whole = holder and agent.end == holder.start()
            reading.add(token[agent.start : len(bare) if whole else agent.end])
        if holder and agents and agents[-1].end == holder.start():
            # 甲局、乙局主要负责同志: what is said of the last is said of all.
            _hand_on(token[holder.start() : len(bare)], reading.entries, first)
    else:
        reading.unread.append(token)


def _listed(bare: str) -> list[tuple[int, int]]:
    """The classes of a list, each a seat (各包村组长、驻村第一书记; 各乡镇人民政府、城关街道办事处负责人)."""
    parts = list(re.finditer(r"[^、，]+", bare))
    apart = all(
        is_post(_INSIDE.sub("", part[0])) or UNNAMED.match(part[0]) or is_organisation(OFFICE_HOLDER.sub("", part[0]))
        for part in parts
    )
    return [part.span() for part in parts] if apart else [(0, len(bare))]


def _is_named(pieces: list[Text], *, loosely: bool) -> bool:
    """Whether the next token is a name, or the first character of one set with blanks.

    Where posts have stood before names so far, a surname in no list will do.
    """
    if not pieces:
        return False
    chars = TAIL_NOTE.sub("", pieces[0].chars)
    following = pieces[1].chars if len(pieces) > 1 else ""
    if loosely and len(chars) in (2, 3) and could_be_name(chars):
        return True
    return is_name(chars) or (len(chars) == 1 and len(following) <= 2 and is_name(chars + following))


def _hand_on(holder: Text, entries: list[Entry], first: int) -> None:
    """Give the organisations before the last of a list the words for who holds the seat, which that has."""
    for at in range(len(entries) - 2, first - 1, -1):
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
