"""The index of words of a folder is kept in step with its good state.

It follows the state and is no part of it: what a build that was stopped left behind is caught up by the next one, and until
then a reader sees that the index is not of the state, and makes one of its own.
"""

from __future__ import annotations

from contextlib import suppress

from kg.errors import KgError
from kg.holdings.folder import Folder, State
from kg.holdings.parts import words
from kg.search import Entry, Index

__all__ = ["index_of", "renew"]


def renew(folder: Folder, state: State) -> None:
    """Bring the index in step: only what changed is gathered. One that is damaged is made anew."""
    held = {source.key: source for source in state.sources}

    def found(key: str) -> list[Entry]:
        return words(folder.stored(held[key]))

    for _ in range(2):
        index = None
        try:
            index = Index(folder.words)
            index.hold(held, found)
            return
        except KgError:
            folder.words.unlink(missing_ok=True)
        finally:
            if index is not None:
                index.close()


def index_of(folder: Folder, state: State) -> Index | None:
    """The index of the state, to be read; None where it is missing, damaged or of another state."""
    with suppress(KgError):
        index = Index(folder.words, read_only=True)
        if index.keys() == sorted(source.key for source in state.sources):
            return index
        index.close()
    return None
