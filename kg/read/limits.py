"""How much of one source is read: what lies beyond is refused with a message, never cut off silently."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

_MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one source may be, so that it is read and built in less than 1 GiB of memory."""

    bytes: int = 64 * _MEBI
    """Of the file as it lies on the disk."""
    characters: int = 1_250_000
    """Of the text in it: a graph of so much, as dense with facts as the demo gazette, fits."""
    pages: int = 2000
    """Of a PDF, an OFD or a scan of several pages."""
    ratio: int = 200
    """How many times larger than packed a part of a container may be when unpacked."""
    unpacked: int = 512 * _MEBI
    """Bytes of all parts of a container together, unpacked."""
    pictures: int = 0
    """Bytes of the pictures that are kept of its pages; none are made where it is 0."""
