"""Tables: rows of Markdown (``| a | b |``) among the passages become rows of cells under a head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.anatomy.sections import Heading, Passage
from kg.text import Text

__all__ = ["Row", "Table", "is_row", "tables"]

_RULE = re.compile(r"[|:\-—–－ ：]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    passage: Passage
    cells: tuple[Text, ...]
    """With the blanks of the source; a cell may be empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a heading."""

    heading: Heading | None
    head: tuple[str, ...]
    """The words of its first row, without blanks."""
    rows: tuple[Row, ...]
    """The rows below the head."""

    def column(self, words: str) -> int | None:
        """The first column whose head matches the pattern, or None."""
        return next((n for n, cell in enumerate(self.head) if re.search(words, cell)), None)


def is_row(passage: Passage) -> bool:
    """Whether a passage is a row of a table."""
    return passage.spaced.chars.count("|") >= 2


def tables(passages: Iterable[Passage]) -> Iterator[Table]:
    """The tables among the passages, in order."""
    run: list[Passage] = []
    for passage in passages:
        if is_row(passage):
            run.append(passage)
        elif run:
            yield from _table(run)
            run = []
    yield from _table(run)


def _table(run: list[Passage]) -> Iterator[Table]:
    rows = [Row(passage, tuple(_cells(passage.spaced))) for passage in run if not _RULE.fullmatch(passage.spaced.chars)]
    if rows:
        head = tuple("".join(cell.chars.split()) for cell in rows[0].cells)
        yield Table(run[0].heading, head, tuple(rows[1:]))


def _cells(line: Text) -> Iterator[Text]:
    marks = [m.start() for m in re.finditer(r"\|", line.chars)]
    if not line.chars.startswith("|"):
        marks.insert(0, -1)
    ends = marks[1:] if line.chars.rstrip().endswith("|") else [*marks[1:], len(line)]
    for start, end in zip(marks, ends, strict=False):
        yield line[start + 1 : end].strip()
