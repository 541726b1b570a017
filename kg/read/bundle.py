"""A ``.zip`` of sources: each file in it is a source of its own, read when its turn comes, never unpacked to the disk."""

from __future__ import annotations

from kg.read.archive import Archive

__all__ = ["hidden", "members"]


def members(bundle: Archive) -> list[str]:
    """The names of the files in a bundle that are sources, sorted; hidden ones are left out."""
    return sorted(name for name in bundle if not hidden(name.split("/")))


def hidden(parts: list[str] | tuple[str, ...]) -> bool:
    """Whether a path leads to or through what systems keep for themselves."""
    return any(part.startswith((".", "~$")) or part in _OF_SYSTEMS for part in parts)


_OF_SYSTEMS = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "$RECYCLE.BIN"})
