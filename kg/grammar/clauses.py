"""Where a place in a text stands: the clause and the sentence around it, brackets respected."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["clause_at", "sentence_at"]

_MARKS = re.compile(r"[，。；：！？（）《》“”]")
_STOPS = "，。；：！？"
_WIDEST, _LONGEST = 400, 1200
"""A clause or a sentence longer than this is broken text; looking further would cost time and find nothing."""


@lru_cache(maxsize=1024)
def clause_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the clause around a place, parted by ，：。； or by the brackets that it stands in."""
    start, depth = max(0, place - _WIDEST), 0
    for i in range(place - 1, start - 1, -1):
        char = text[i]
        if char == "）":
            depth += 1
        elif char == "（":
            if depth == 0:
                start = i + 1
                break
            depth -= 1
        elif char in _STOPS and depth == 0:
            start = i + 1
            break
    end, depth = min(len(text), place + _WIDEST), 0
    for match in _MARKS.finditer(text, place, end):
        char = match[0]
        if char == "（":
            depth += 1
        elif char == "）":
            if depth == 0:
                end = match.start()
                break
            depth -= 1
        elif char in _STOPS and depth == 0:
            end = match.start()
            break
    return start, end


@lru_cache(maxsize=1024)
def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the sentence around a place, parted by 。；！？."""
    least, most = max(0, place - _LONGEST), min(len(text), place + _LONGEST)
    start = max(text.rfind(stop, least, place) for stop in "。；！？") + 1
    ends = [at for stop in "。；！？" if (at := text.find(stop, place, most)) >= 0]
    return start or least, min(ends, default=most)
