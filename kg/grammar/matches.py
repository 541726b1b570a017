"""How patterns are put together and looked for: one of many words, and where something stands last."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import Any

__all__ = ["any_of", "last_match"]


def any_of(words: Iterable[str], between: str = "") -> str:
    """A pattern that matches any of the words, the longest that fits first.

    What words begin with in common stands in it once, so that a place is read once and not once for each word.
    ``between`` is a pattern for what may stand between the characters of a word.
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for char in word:
            branch = branch.setdefault(char, {})
        branch[""] = {}  # a word may end here
    firsts = re.escape("".join(sorted(tree)))
    return f"(?=[{firsts}]){_branches(tree, '', between)}"


def _branches(tree: dict[str, Any], before: str, between: str) -> str:
    """A pattern for the words of a tree; the end of a word comes behind what goes on."""
    found = [
        before + re.escape(char) + _branches(branch, between, between) if char else ""
        for char, branch in sorted(tree.items(), reverse=True)
    ]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def last_match(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The last match of a pattern in a stretch of a text, or None."""
    found = deque(pattern.finditer(text, start, len(text) if end is None else end), maxlen=1)
    return found[0] if found else None
