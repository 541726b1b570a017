"""Where a pattern matches last: in Chinese what stands nearest before a word decides about it."""

from __future__ import annotations

import re
from collections import deque

__all__ = ["last_match"]


def last_match(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The last match of a pattern in a stretch of a text, or None."""
    found = deque(pattern.finditer(text, start, len(text) if end is None else end), maxlen=1)
    return found[0] if found else None
