"""Names of organisations: what ends one, what stands before it, lists of them with shared heads and tails."""

from __future__ import annotations

import re

from kg.grammar.matches import any_of
from kg.lexicon import words

__all__ = ["SUFFIX", "is_organisation"]


SUFFIX = any_of(words("organisations"))
"""What the name of an organisation ends in."""
_NAME = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·“”（）〔〕]{{0,40}}?(?:{SUFFIX})(?:[（〔][^（）〔〕]{{1,12}}[）〕])?")
_BETWEEN = re.compile("[、 ]")
_LAST = frozenset(word[-1] for word in words("organisations")) | {"）", "〕"}
_VERBS = re.compile(r"给予|奖补|关于|现将|负责|进行|印发|推进|加强|决定|通知|落实|[的了在按由将把被]|如下|以下")


def is_organisation(text: str) -> bool:
    """Whether the whole text can be the name of an organisation, or of several parted by 、."""
    return (
        text[-1:] in _LAST
        and not _VERBS.search(text)
        and all(len(part) >= 2 and _NAME.fullmatch(part) for part in _BETWEEN.split(text))
    )
