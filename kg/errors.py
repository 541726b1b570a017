"""The one error that a user meets: it says which file, where, what was expected, what was found, what to do."""

from __future__ import annotations

__all__ = ["KgError"]


class KgError(Exception):
    """Something outside the program is not as it must be; the message is for the person who can mend it."""

    def __init__(self, message: str, *, zh: str = "") -> None:
        super().__init__(message)
        self.zh = zh
        """What is not as it must be, in Chinese, where pages show it; may be empty."""
