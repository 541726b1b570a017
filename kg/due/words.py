"""What is told to people stands in both languages."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Words", "together"]


@dataclass(frozen=True, slots=True)
class Words:
    """One line in Chinese, and the same in English."""

    zh: str
    en: str


def together(*said: Words | None) -> Words | None:
    """All that was said, in one line; None where nothing was."""
    lines = [words for words in said if words]
    if not lines:
        return None
    return Words("；".join(words.zh for words in lines), "; ".join(words.en for words in lines))
