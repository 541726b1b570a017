"""The one error that a user meets: it says which file, where, what was expected, what was found, what to do."""

__all__ = ["KgError"]


class KgError(Exception):
    """Something outside the program is not as it must be; the message is for the person who can mend it."""
