"""What the server and its workers tell each other: frames of a kind, a length and that many bytes."""

from __future__ import annotations

import json
import struct
from asyncio import IncompleteReadError, StreamReader
from enum import IntEnum
from typing import IO, Any

__all__ = ["Kind", "frame", "read_frame", "receive"]

_HEAD = struct.Struct("!BI")


class Kind(IntEnum):
    """What a frame holds."""

    JOB = 0
    """To a worker: the name of a job and its arguments, as JSON."""
    HEAD = 1
    """From a worker: status, media type and headers of the answer, as JSON."""
    DATA = 2
    """A piece of its body."""
    END = 3
    """The answer is complete; empty."""
    BROKEN = 4
    """The answer was given up in the middle: why, as JSON."""


def frame(kind: Kind, content: bytes | dict[str, Any] = b"") -> bytes:
    """A frame; what is no bytes is written as JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return _HEAD.pack(kind, len(data)) + data


def read_frame(stream: IO[bytes]) -> tuple[Kind, bytes] | None:
    """The next frame; None where the other side is gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    data = stream.read(length)
    return (Kind(kind), data) if len(data) == length else None


async def receive(stream: StreamReader) -> tuple[Kind, bytes] | None:
    """The same, waiting for it."""
    try:
        kind, length = _HEAD.unpack(await stream.readexactly(_HEAD.size))
        return Kind(kind), await stream.readexactly(length)
    except IncompleteReadError:
        return None
