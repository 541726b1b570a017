"""How official Chinese says of what parts a sum is made (聘用51人，其中：资深11人、金牌15人、普惠25人)."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grammar.numbers import value

__all__ = ["Parts", "parts_behind"]

_OPENS = re.compile(r"\s*(?P<bracket>[（(]?)[，,、。；;]?\s*(?:其\s*中|分\s*别\s*[为是])\s*(?P<colon>[:：]?)")
_ENDS = re.compile(r"[。；;]|其\s*中")
_REST = re.compile(r"其\s*余|剩\s*余|余\s*下|其\s*他|等(?![级次额])")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_FOR_YEARS = re.compile(r"([两一二三四五六七八九十\d]{1,2})年")
_WIDEST = 300
"""Characters in which the parts must be said."""


class Parts(NamedTuple):
    """Where the parts of a sum are listed."""

    start: int
    end: int
    listed: bool
    """Whether they are set out as a list behind a colon, or said one by one (分别为)."""
    years: int
    """How many years are named, one a part; 0 where none is."""
    rest: bool
    """Whether a rest is spoken of (其余, 等): then the parts are not all."""

    def complete(self, count: int, whole: str) -> bool:
        """Whether so many parts are all there are of a sum that the words ``whole`` name."""
        if self.rest:
            return False
        if self.years:
            said = _FOR_YEARS.search(whole)
            return said is not None and value(said[1]) == count == self.years
        return self.listed and count > 2


def parts_behind(text: str, place: int) -> Parts | None:
    """The parts that a text lists of the sum that ends at a place; None where it lists none there."""
    if not (opens := _OPENS.match(text, place)):
        return None
    stop = min(len(text), opens.end() + _WIDEST)
    if ends := _ENDS.search(text, opens.end(), stop):
        stop = ends.start()
    if opens["bracket"] and (closes := re.compile("[）)]").search(text, opens.end(), stop)):
        stop = closes.start()
    said = text[opens.end() : stop]
    listed = bool(opens["colon"]) or "别" in opens[0]
    return Parts(opens.end(), stop, listed, len(set(_YEARS.findall(said))), _REST.search(said) is not None)
