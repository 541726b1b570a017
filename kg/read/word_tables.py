"""The cells of a table → its rows, each with a text for every column: merged cells are repeated where that is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Cell", "grid"]

_LONGEST_REPEATED = 200
"""A text longer than this is not written a second time: it is no name of an agency, and could be a trap."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    column: int
    """Where it begins, in columns of the table's grid."""
    span: int = 1
    """How many columns of the grid it covers."""
    continues: bool = False
    """Whether it goes on with the cell above it."""


def grid(rows: Sequence[Sequence[Cell]], heads: int = 1) -> Iterator[list[str]]:
    """The rows of a table as texts, one for each column in which any cell begins.

    What goes over several rows is said of each of them, and repeated. What goes over several columns is repeated in
    the rows of the head (``heads`` many), where it is part of the name of each column; below it stands once, and so
    does a cell that goes over the whole row.
    """
    starts = sorted({cell.column for row in rows for cell in row})
    index = {column: at for at, column in enumerate(starts)}
    above: dict[int, str] = {}
    for number, row in enumerate(rows):
        texts = [""] * len(starts)
        for cell in row:
            first = index[cell.column]
            text = cell.text
            if cell.continues:
                text = above.get(cell.column, "")
                text = text if len(text) <= _LONGEST_REPEATED else ""
            else:
                above[cell.column] = text
            texts[first] = text
            if number < heads and len(row) > 1 and len(text) <= _LONGEST_REPEATED:
                for column in range(cell.column + 1, cell.column + cell.span):
                    if column in index:
                        texts[index[column]] = text
        yield texts
