"""Tables set as plain text, their cells parted by tabulators or by blanks: each gap gets the bar of a Markdown row.

Blanks part many other things (names and posts of a roster, a name set wide), so that a table set with blanks is
taken for one only where its head says so and its rows fit the head exactly; what does not fit stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["with_bars"]

_TABBED = re.compile(
    r"(?:^(?:[^\t\n]*\t)?[^\t\n]*(?:序号|任务|事项|姓名|单位|项目|时限)[^\n]*\n)(?:[^\t\n]*\t[^\t\n]*\t[^\n]*(?:\n|$))+",
    re.MULTILINE,
)
"""A table whose columns are parted by tabulators, from its head on."""
_BLANK = r"[ \u3000]"
_GAP = re.compile(rf"(?:\u3000|  | \u3000){_BLANK}*")
"""What parts two cells: an ideographic blank or more than one other."""
_HEAD = re.compile(
    rf"^{_BLANK}*(?P<first>序{_BLANK}?号|编号|乡镇(?:（街道）)?|镇街|街道|区县|县区|县（[市、区旗]+）|地区|市州|单位|指标(?:名称)?)"
    rf"(?=\u3000|  | \u3000)[^\n]*$",
    re.MULTILINE,
)
"""A line that begins as the head of a table does, with the word for its first column."""
_OF_PEOPLE = re.compile(rf"姓{_BLANK}*名|职{_BLANK}*务|性{_BLANK}*别")
"""Heads of a roster, which is read by its names."""
_NUMBERED = re.compile(r"\d{1,3}")
_FIGURE = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?%?|[—\-/]")
_SUM = re.compile(rf"(?:合|总|小|共){_BLANK}*计")
_GOES_ON = re.compile(rf"\n(?:\u3000{{3}}| {{4}})(?!{_BLANK}*\n)")
"""A line set so far in that it is the rest of a cell of the row above."""

_LINE = re.compile(rf"(?<=\n){_BLANK}*(?P<words>[^\s][^\n]*)")
_Cells = list[tuple[int, int]]
"""Start and end of each cell of a line, in the text."""
_SHIFT = 2
"""By how many narrow characters a cell may begin before or behind the head of its column."""


def with_bars(text: str) -> str:
    """The text with a bar for each tabulator or gap between the cells of a table; as long as before.

    A gap over a cell that is empty has a bar more.
    """
    if "\t" in text:
        text = _TABBED.sub(lambda table: table[0].replace("\t", "|"), text)
    pieces, done = [], 0
    for head in _HEAD.finditer(text):
        for cells, columns in _table(text, head) if head.start() >= done else ():
            for ((_, end), (start, _)), (one, other) in zip(pairwise(cells), pairwise(columns), strict=True):
                bars = min(other - one, start - end)
                pieces += [text[done:end], "|" * bars, " " * (start - end - bars)]
                done = start
    return "".join((*pieces, text[done:]))


def _table(text: str, head: re.Match[str]) -> list[tuple[_Cells, list[int]]]:
    """The lines of the table under a head, each with its cells and their columns; none where it is no table."""
    heads = _cells(text, head.start("first"), head.end(), head.end("first"))
    if not 3 <= len(heads) <= 20 or _OF_PEOPLE.search(head[0]) or not all(_heads(text[a:b]) for a, b in heads):
        return []
    rows: list[tuple[_Cells, list[int]]] = []
    whole = 0
    number: int | None = None
    for line in _LINE.finditer(text, head.end()):
        summed = _SUM.match(text, line.start("words"))
        cells = _cells(text, *line.span("words"), summed.end() if summed else None)
        words = [text[start:end] for start, end in cells]
        missing = len(heads) - len(cells)
        if summed and _SUM.fullmatch(words[0]) and missing in (0, 1):
            # 合计 stands for the name as well
            rows.append((cells, [0, *range(1 + missing, len(heads))]))
            break
        following = int(words[0]) if _NUMBERED.fullmatch(words[0]) else None
        if "号" in head["first"]:
            fits = following is not None and number in (None, following - 1)
        else:
            fits = _of_figures(words)
        columns = list(range(len(heads))) if not missing else _below(text, heads, cells)
        if not fits or not columns or _GOES_ON.match(text, line.end()):
            break
        rows.append((cells, columns))
        whole += not missing
        number = following
    return [(heads, list(range(len(heads)))), *rows] if whole > 1 else []


def _below(text: str, heads: _Cells, cells: _Cells) -> list[int]:
    """The columns that the cells of a row with empty ones stand in, each below its head; nothing where one does not."""
    if not 1 < len(cells) < len(heads):
        return []
    places = [_place(text, start) for start, _ in heads]
    columns = [
        min(range(len(heads)), key=lambda column: abs(places[column] - _place(text, start))) for start, _ in cells
    ]
    near = all(
        abs(places[column] - _place(text, start)) <= _SHIFT for column, (start, _) in zip(columns, cells, strict=True)
    )
    return columns if near and columns[0] == 0 and len(set(columns)) == len(columns) else []


def _place(text: str, at: int) -> int:
    """How far from the beginning of its line a place is set, in narrow characters."""
    return sum(1 + (char > "\u2e7f") for char in text[text.rfind("\n", 0, at) + 1 : at])


def _heads(words: str) -> bool:
    """Whether words can head a column."""
    return 2 <= len(words) <= 16 and re.search("[，。；：]", words) is None


def _of_figures(words: list[str]) -> bool:
    """Whether a row is a name with figures behind it."""
    return re.search("[\u4e00-\u9fff]", words[0]) is not None and all(_FIGURE.fullmatch(word) for word in words[1:])


def _cells(text: str, start: int, end: int, first: int | None = None) -> _Cells:
    """The cells of a line; the gaps part them. ``first`` is where the first ends, whatever it holds."""
    found: _Cells = []
    end = start + len(text[start:end].rstrip())
    for gap in _GAP.finditer(text, first or start, end):
        found.append((start, gap.start()))
        start = gap.end()
    return [*found, (start, end)]
