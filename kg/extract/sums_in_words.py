"""Sums written twice, in figures and in words (大写): what does not agree is reported, the figures stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.scope import Scope
from kg.grammar.numbers import value
from kg.model import Leftover

__all__ = ["unequal_sums"]

_TWICE = re.compile(
    r"(?<![\d,.])(?P<figures>\d[\d,]*(?:\.\d+)?)(?P<scale>百万|千万|万|亿)?元?（?(?:人民币)?大写(?:金额)?[：:]?(?:人民币)?(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,24})[元圆]"
)


def unequal_sums(scope: Scope) -> Iterator[Leftover]:
    """The sums of a document whose words say another amount than their figures."""
    for passage in scope.passages:
        text = passage.body
        for match in _TWICE.finditer(text.chars) if "大写" in text.chars else ():
            try:
                agree = value(match["figures"], match["scale"] or "") == value(match["words"])
            except ValueError:
                agree = False
            if not agree:
                yield Leftover("a sum differs in figures and in words", match[0], text.spans(match.start())[0])
