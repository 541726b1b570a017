"""The contents (目录) and the index of an issue: each title once, with its number where it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.anatomy import Anatomy
from kg.extract.mentions import NUMBERED, flat
from kg.grammar.organisations import is_organisation
from kg.grammar.references import TITLE, normal_number
from kg.model import Citation
from kg.text import Text

__all__ = ["contents"]

_OPENS = re.compile(r"目 ?[录次](?:\s.*)?")
_CLOSES = re.compile(
    r"编辑委员会|编委会|(?:主管|主办|承办|编辑|出版|编印|印刷|准印证|刊号|地址|电话|邮编|邮政编码|网址|顾问|主任|主编|副主编)[\u4e00-\u9fff]{0,6}："
)
_HEAD = re.compile(
    r"【[^】]*】|[\u4e00-\u9fff·（）]{0,40}(?:文件|任免|索引|检索|选登|专栏|资料|大事记|法规|规章|信息|目录)"
)
_LEADER = re.compile(r"[\s.·…—/\-]*[（(]?\d{1,3}[）)]?(?= |$)|[\s.·…]{3,}")
_ISSUED_AS = re.compile(
    rf"\s*(?P<open>（)?(?P<number>[\u4e00-\u9fff]{{1,14}}{NUMBERED.pattern}|[\u4e00-\u9fff]{{0,20}}令第?\d+号)(?(open)）)"
)
_LISTED = re.compile(
    r"(?:办法|规定|条例|细则|决定|方案|规划|计划|意见|通知|通报|公告|通告|批复|报告|公报|要点)(?:（[^（）]{1,12}）)?$"
)


def contents(anatomy: Anatomy) -> Iterator[Citation]:
    """Each document in the index and in the contents of an issue, once."""
    if anatomy.issue is None:
        return
    seen: set[str] = set()
    entries: list[tuple[Text, Text | None]] = [*anatomy.issue.index, *_listed(anatomy)]
    for title, number in entries:
        name = flat(title.chars)
        if any(name in known or known in name for known in seen):
            continue
        seen.add(name)
        yield Citation(
            doc="issue",
            evidence=Text.join((title, number) if number else (title,)).evidence(),
            rule="cites.contents",
            title=title.chars,
            number=normal_number(number.chars) if number else None,
            relation="目录",
        )


def _listed(anatomy: Anatomy) -> Iterator[tuple[Text, Text | None]]:
    """The titles in the contents, and the 文号 behind a title where it is printed."""
    assert anatomy.issue
    lines: list[Text] = []
    started = not any(_OPENS.fullmatch(p.chars) for p in anatomy.issue.masthead)
    board = {id(p) for p in anatomy.issue.board}
    for paragraph in anatomy.issue.masthead:
        if _OPENS.fullmatch(paragraph.chars):
            started = True
        elif started and id(paragraph) not in board and not _CLOSES.match(paragraph.chars):
            lines.append(paragraph.spaced)
    if not lines:
        return
    whole = Text.join(lines, "\n")
    places = [i for i, char in enumerate(whole.chars) if char.isalnum()]
    dense = "".join(whole.chars[i] for i in places)
    taken: list[tuple[int, int]] = []
    for document in anatomy.documents:
        if document.title is None:
            continue
        title = document.title.chars
        for name in (title, title[title.find("关于") :]):
            letters = flat(name)
            at = dense.find(letters) if len(letters) > 8 else -1
            if at >= 0:
                start, end = places[at], places[at + len(letters) - 1] + 1
                end += len(re.match("[》）」”]*", whole.chars[end:])[0])  # type: ignore[index]
                number = _ISSUED_AS.match(whole.chars, end)
                yield _one_line(whole[start:end]), whole[slice(*number.span("number"))] if number else None
                taken.append((start, end))
                break
    yield from _unmatched(whole, taken)


def _one_line(text: Text) -> Text:
    return text.drop(re.compile(r"\n")).closed()


def _unmatched(whole: Text, taken: list[tuple[int, int]]) -> Iterator[tuple[Text, Text | None]]:
    """Titles in the contents that are no found document's: those that end in a 文种 over one to four lines."""
    at = 0
    for start, end in [*sorted(taken), (len(whole), len(whole))]:
        rest = whole[at:start]
        at = max(at, end)
        held: list[Text] = []
        place = 0
        for match in re.finditer(r"[^\n]+", rest.chars):
            place = match.start()
            for cut in [*_LEADER.finditer(rest.chars, match.start(), match.end()), None]:
                stop = cut.start() if cut else match.end()
                piece = rest[place:stop].strip()
                place = cut.end() if cut else stop
                if not piece.chars or _HEAD.fullmatch(piece.chars):
                    held = []
                    continue
                held = [*held[-3:], piece]
                entry = _entry(held, ends=cut is not None)
                if entry:
                    yield entry
                    held = []


def _entry(lines: list[Text], *, ends: bool) -> tuple[Text, Text | None] | None:
    """The entry that the last of some lines ends, and the 文号 behind it; ``ends`` says that a page number follows."""
    for first in range(len(lines) - 1, -1, -1):
        if first and is_organisation(lines[first - 1].closed().chars):
            continue  # the issuer stands on a line of its own
        title, number = _numbered(_one_line(Text.join(lines[first:])))
        if TITLE.fullmatch(title.chars):
            return title, number
    title, number = _numbered(_one_line(lines[-1]))
    # With a number or a page behind it, a name that ends in a 文种 is a title, 关于 or not.
    return (title, number) if (ends or number) and len(title) > 6 and _LISTED.search(title.chars) else None


def _numbered(entry: Text) -> tuple[Text, Text | None]:
    match = _ISSUED_AS.search(entry.chars)
    if not match or match.end() < len(entry):
        return entry, None
    return entry[: match.start()], entry[match.start("number") : match.end("number")]
