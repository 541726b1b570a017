"""Numbers as official Chinese writes them: 1.9亿, 二十, 壹万圆整, 二〇二〇."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import cn2an

__all__ = ["CHINESE", "NUMBER", "ordinal", "value", "year_digits"]

CHINESE = "〇○零一二两三四五六七八九十百千"
"""The characters of plain Chinese numerals, for use inside a character class."""
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
NUMBER = rf"(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{CHINESE}{_FORMAL}]+)"
"""A number without its scale, in figures or in Chinese."""
_SCALE = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 1_000_000_000,
    "百亿": 10_000_000_000,
    "千亿": 100_000_000_000,
    "万亿": 1_000_000_000_000,
}
_PLAIN = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@lru_cache(maxsize=4096)
def value(number: str, scale: str = "") -> Decimal:
    """The value of a number with its scale (万, 亿, 千万 …).

    Raises ValueError where it is none.
    """
    number = number.replace(",", "")
    try:
        plain = (
            Decimal(number) if number[0].isdigit() else Decimal(str(cn2an.cn2an(number.replace("○", "零"), "smart")))
        )
    except Exception as error:  # cn2an raises bare Exceptions of several kinds
        raise ValueError(f"not a number: {number!r}") from error
    return plain * _times(scale)


def _times(scale: str) -> int:
    if scale in _SCALE:
        return _SCALE[scale]
    raise ValueError(f"not a scale: {scale!r}")


@lru_cache(maxsize=4096)
def ordinal(text: str) -> int | None:
    """The whole number that figures or Chinese numerals of an ordinal give (十二, 21), or None."""
    if text.isdigit():
        return int(text)
    if not re.fullmatch(rf"[{CHINESE}]+", text):
        return None
    try:
        return int(value(text))
    except ValueError:
        return None


def year_digits(text: str) -> str:
    """A year written digit by digit (二〇二〇, 二0一二), in figures."""
    return text.translate(_PLAIN)
