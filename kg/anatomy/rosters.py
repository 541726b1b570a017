"""Rosters: who sits in a body, in which role, with which post, in whatever layout they are printed.

Names stand in lines or columns with their posts behind a blank, with the posts in brackets, or alone; names are
set with blanks inside (张 三) or run together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.anatomy.roster_entries import Entry, entries_behind, handed_on
from kg.anatomy.roster_labels import ALONE, BARE_LABEL, GROUP, LABEL, ROLES, UNIT_LABEL, in_group, label_of
from kg.anatomy.roster_tokens import OFFICE_HOLDER, is_post, line_starts
from kg.anatomy.sections import Heading, Passage
from kg.anatomy.tables import Table, is_row, tables
from kg.grammar.bodies import is_group
from kg.grammar.names import could_be_name, is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import split_posts
from kg.text import Text

__all__ = ["Entry", "Roster", "rosters"]

_END = re.compile(
    r"[。；]|(?:领导小组|工作组|小组|联席会议|指挥部|专班|委员会|办公室) ?(?:下设|设在|设立|主要|负责|承担|成员|的|办公室)|如有(?:变动|变化)"
)


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
    below: str | None = None
    before: Passage | None = None
    for passage, behind in zip_longest(passages, passages[1:]):
        if is_row(passage):
            continue
        starts = (
            label_of(passage.spaced.chars) is not None
            or (in_group(passage) and UNIT_LABEL.search(passage.spaced.chars) is not None)
            or (behind is not None and not run and _labels(before, passage, behind))
        )
        before = passage
        if not starts and behind is not None and _is_named_alone(passage) and label_of(behind.spaced.chars):
            found.extend(_under(_roster(run, people), below))
            run, below = [], passage.body.chars
            continue
        group = GROUP.match(passage.spaced.chars) if starts and not passage.opens else None
        if run and (passage.opens or group or not (starts or _continues(passage))):
            found.extend(_under(_roster(run, people), below))
            run, below = [], None
        if group and is_group(group["name"]):
            found.extend(_under(_roster([passage], people), group["name"]))
            continue
        if passage.opens and not starts:
            continue
        if starts or run:
            run.append(passage)
    return [*found, *_under(_roster(run, people), below)]


def _is_named_alone(passage: Passage) -> bool:
    """Whether a line that is no heading is the name of a group below a body, and nothing else (工程技术组)."""
    return not passage.opens and len(passage.body.chars) <= 12 and is_group(passage.body.chars)


def _labels(before: Passage | None, passage: Passage, behind: Passage) -> bool:
    """Whether a line is a role alone, and those who hold it stand on the lines behind it.

    Not where a name stands before it: then it says what he is (何平 / 组长).
    """
    label = ALONE.fullmatch(passage.body.chars)
    if not label or passage.opens or behind.opens or not _continues(behind):
        return False
    if before is not None and is_name(before.body.chars):
        return False
    entries: list[Entry] = []
    unread: list[Text] = []
    entries_behind(label["role"], behind.spaced, (), entries, unread)
    return bool(entries) and not unread


def _under(found: list[Roster], group: str | None) -> list[Roster]:
    """Rosters of the group that the line above them, or its beginning, names, where they name none themselves."""
    return [replace(roster, group=roster.group or group) for roster in found] if group else found


def _posted(cells: list[Text]) -> Text | None:
    """The post that the cells behind a name hold: a cell for the organisation and one for the title, or one for both."""
    held = [cell for cell in cells if cell.chars and cell.chars not in ROLES]
    post = next((cell for cell in held if is_post(cell.chars)), None)
    unit = next((cell for cell in held if cell is not post and is_organisation(cell.chars)), None)
    plain = [p for p in split_posts(post.chars) if p.org is None] if post else []
    return Text.join([unit, post]) if post and unit and plain else post or unit


_IN_BRACKETS = re.compile(r"(?:.*(?:[、，：。； ]|下设|设立))?(?P<name>[\u4e00-\u9fff]{2,16}?(?:组|专班))（$")
"""A group below a body whose members stand in brackets behind its name (综合协调组（组长：何平）、物资保障组（…）)."""
_SEAT = re.compile("组内|小组|领导组|指挥部|委员会|联席会议|角色|担任")
"""What heads the column of seats, where it stands behind that of names."""


def _tabled(table: Table) -> Roster | None:
    """The roster that a table holds: rows with a role, a name and a post; a role holds for the rows below it."""
    entries: list[Entry] = []
    role = ""
    column = table.column(r"^姓名$")
    for row in table.rows if any(re.search("姓名|职务|单位", cell) for cell in table.head) else ():
        cells = [cell.closed() for cell in row.cells]
        holder = next((cell for cell in cells if OFFICE_HOLDER.search(cell.chars)), None)
        named = next((n for n, cell in enumerate(cells) if is_name(cell.chars) and cell.chars not in ROLES), None)
        if column is not None and column < len(cells) and could_be_name(cells[column].chars):
            named = column
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


def _continues(passage: Passage) -> bool:
    """Whether a passage can be more lines of a roster."""
    text = passage.spaced.chars
    return len(text) <= 60 and not re.search(r"[。；：]|^(?:联席会议|领导小组|工作组|办公室|指挥部)", text)


def _roster(run: list[Passage], people: Collection[str]) -> list[Roster]:
    if not run:
        return []
    text = Text.join((passage.spaced for passage in run), " ")
    found: dict[str | None, tuple[list[Entry], list[Text]]] = {}
    group: str | None = None
    labels = list(LABEL.finditer(text.chars))
    if in_group(run[0]):
        labels = sorted([*labels, *UNIT_LABEL.finditer(text.chars)], key=lambda label: label.start())
    if not labels or labels[0].start() > 0:
        labels = sorted([*labels, *_bare_labels(text)], key=lambda label: label.start())
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        role = label["role"].replace(" ", "")
        part = text[label.end() : end]
        closes = _closes(part.chars)
        named = _IN_BRACKETS.search(text.chars, max(0, label.start() - 30), label.start())
        group = named["name"] if named and is_group(named["name"]) else group
        stop = _END.search(part.chars)
        part = part[: min(stop.start() if stop else closes, closes)]
        entries, unread = found.setdefault(group, ([], []))
        entries_behind(role, part, people, entries, unread)
        group = group if closes == end - label.end() else None
    return [
        Roster(tuple(run), run[0].heading, tuple(handed_on(entries)), tuple(unread), group)
        for group, (entries, unread) in found.items()
        if entries
    ]


def _bare_labels(text: Text) -> list[re.Match[str]]:
    """The roles without a colon that open lines, where the first line is opened so; not the rest of a post (县统计局 / 局长)."""
    found: list[re.Match[str]] = []
    for at in line_starts(text):
        label = BARE_LABEL.match(text.chars, at)
        if label and (
            not at or (found and not is_organisation(text.chars[max(0, at - 40) : at].rstrip().rpartition(" ")[2]))
        ):
            found.append(label)
    return found


def _closes(chars: str) -> int:
    """Where a bracket closes that was opened before these characters; their end where none does."""
    depth = 0
    for at, char in enumerate(chars):
        depth += (char == "（") - (char == "）")
        if depth < 0:
            return at
    return len(chars)
