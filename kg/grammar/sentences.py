"""Sentences and clauses: where they begin and end, brackets and quotation marks held together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

__all__ = ["clauses", "sentences"]

_OPEN, _CLOSE = "（《“〔【‘", "）》”〕】’"


def _cut(text: str, marks: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    depth = 0
    for match in marks.finditer(text, start, end):
        mark = match[0]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 or mark == "。":
            depth = 0
            if match.start() > start:
                yield start, match.start()
            start = match.end()
    if end > start:
        yield start, end


@cache
def _marks(stops: str) -> re.Pattern[str]:
    """A pattern for the stops, and for the brackets and quotation marks that they may stand in."""
    return re.compile(f"[{_OPEN}{_CLOSE}{stops}]")


def sentences(text: str, stops: str = "。；！？") -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, the stop left out. A stop inside brackets or quotes does not count; 。 always does."""
    return _cut(text, _marks(stops), 0, len(text))


def clauses(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of each clause of a sentence, parted by ， or ：."""
    return _cut(text, _marks("，：。；！？"), start, len(text) if end is None else end)
