"""The text of a source while it is put together: paragraphs, rows of tables, and where in the file they stood."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from kg.model import Box, Picture, Place, Source

__all__ = ["Draft", "row", "source_of"]

_BREAKS = re.compile(r"[ \t]*[\r\n\v\f\u2028\u2029]+[ \t]*|\t+")


def row(cells: Sequence[str]) -> str:
    """A row of a table as a line of Markdown; a cell stands on one line, a stroke in it is made full-width."""
    inside = (_BREAKS.sub(" ", cell.strip()).replace("|", "｜") for cell in cells)
    return "| " + " | ".join(inside) + " |"


class Draft:
    """A text in the making. Blocks are kept apart by a blank line; places are those of the text as it grows."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._pending: list[tuple[str, str]] = []
        self.length = 0

    def add(self, block: str, marks: Sequence[tuple[int, str, str]] = (), tight: bool = False) -> None:
        """Put a block behind what there is, one line below where ``tight``; marks are offset in it, kind and label.

        A block of nothing but white space is left out, and its marks go to the next one.
        """
        kept = block.rstrip().lstrip("\n")
        shift = len(block) - len(block.lstrip("\n"))
        if not kept:
            self._pending.extend((kind, label) for _, kind, label in marks)
            return
        if self.length:
            self._write("\n" if tight else "\n\n")
        self._places.extend(Place(self.length, kind, label) for kind, label in self._pending)
        self._pending.clear()
        self._places.extend(
            Place(self.length + min(max(0, at - shift), len(kept) - 1), kind, label) for at, kind, label in marks
        )
        self._write(kept)

    def mark(self, kind: str, label: str) -> None:
        """Say where the next block stands."""
        self._pending.append((kind, label))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)

    def source(self, data: bytes, name: str, form: str) -> Source:
        """The source that was put together out of the bytes."""
        text = "".join(self._pieces)
        # What is pending stands behind the last block; what only ends with that block needs no saying.
        places = [*self._places, *(Place(self.length, kind, label) for kind, label in self._pending if label)]
        places.sort(key=lambda place: place.start)
        return source_of(data, name, form, text + "\n" if text else "", tuple(places))


def source_of(
    data: bytes,
    name: str,
    form: str,
    text: str,
    places: tuple[Place, ...],
    boxes: tuple[Box, ...] = (),
    pictures: Sequence[Picture] = (),
) -> Source:
    """The source of bytes whose format holds characters by their code, not in an encoding of its own."""
    return Source(name, hashlib.sha256(data).hexdigest(), "utf-8", text, form, places, boxes, tuple(pictures))
