"""Tiers of a measure: which of the parties named together an amount of 分别…100万元、50万元、10万元 is for."""

from __future__ import annotations

import re

from kg.grammar.amounts import Amount, find_amounts
from kg.grammar.clauses import clause_at

__all__ = ["tier_of", "tier_party"]

_GRADE = r"(?:(?:国家|世界|自治区|省部|省|市|州|县|区|部|院士)级|[一二三四五六七八九十两\d]+(?:星级|[级星])|[A-D\d]+A*级|[\d.]+[万亿]*(?:元|亩|头|人|家|平方米)(?:以上)?|[特一二三]等奖?|[金银铜]奖|第?[一二三]名)"
_GRADED = re.compile(rf"(?P<before>.*?)(?P<grade>{_GRADE})(?P<behind>.*)")


_APART = re.compile("分别|依次")


def tier_of(chars: str, amount: Amount) -> tuple[int, int] | None:
    """The place of an amount in a list behind 分别, and how many the list has; None where it stands in none."""
    start, end = clause_at(chars, amount.start)
    if not _APART.search(chars, start, amount.start):
        return None
    run = [other for other in find_amounts(chars) if start <= other.start < end and other.unit == amount.unit]
    listed: list[Amount] = []
    for other in run:
        if listed and not re.fullmatch(r"（[^（）]*）?[、和及]|[、和及]", chars[listed[-1].end : other.start]):
            if amount in listed:
                break
            listed = []
        listed.append(other)
    if amount not in listed or len(listed) < 2 or not _APART.search(chars, start, listed[0].start):
        return None
    return listed.index(amount), len(listed)


def tier_party(parties: str, rank: int, count: int) -> str:
    """The party of a tier (国家级、省级、市级实验室: the second is 省级实验室); all of them where they do not fit."""
    pieces = re.split("[、和及或]", parties)
    if len(pieces) != count:
        return parties
    first, last = _GRADED.fullmatch(pieces[0]), _GRADED.fullmatch(pieces[-1])
    own = pieces[rank]
    if not first or not last:
        return own if all(len(piece) >= 4 for piece in pieces) else parties
    before = first["before"] if rank and not own.startswith(first["before"]) else ""
    behind = last["behind"] if rank < count - 1 and not own.endswith(last["behind"]) else ""
    return before + own + behind
