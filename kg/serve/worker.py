"""``python -m kg.serve.worker FOLDER LIMITS JUDGEMENTS`` answers one job after the other; the server starts it and stops it.

Each worker is a process of its own: a query that does not end, or takes too much memory, is ended with its process,
and others go on being answered. It opens the store to read, and no connection.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from typing import IO, Any

from kg.errors import KgError
from kg.graph import open_graph
from kg.serve.boards import BOARD_JOBS
from kg.serve.editing import EDIT_JOBS
from kg.serve.explorer import EXPLORER_JOBS
from kg.serve.frames import Kind, frame, read_frame
from kg.serve.jobs import DATA_JOBS, Answered, Served
from kg.serve.limits import ServeLimits
from kg.serve.pages import PAGE_JOBS
from kg.serve.protocol import Refused

__all__ = ["main"]

_JOBS = {**DATA_JOBS, **PAGE_JOBS, **EXPLORER_JOBS, **BOARD_JOBS, **EDIT_JOBS}


def main(arguments: list[str]) -> None:
    """Answer jobs that come on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal, meant for the server, which ends us itself
    folder, limits, judgements = arguments
    served = Served(open_graph(folder), ServeLimits.of(json.loads(limits)), judgements)
    served.limits.hold_memory()
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand among the frames
    answers.write(frame(Kind.END))  # ready
    answers.flush()
    with suppress(BrokenPipeError):
        while job := read_frame(jobs):
            asked = json.loads(job[1])
            _answer(served, asked["job"], asked["arguments"], answers)


class _Body:
    """What an answer is written to: the head goes out with the first piece."""

    def __init__(self, out: IO[bytes]) -> None:
        self.begun = False
        self._out = out

    def head(self, status: int, media: str, headers: dict[str, str]) -> None:
        self._out.write(frame(Kind.HEAD, {"status": status, "media": media, "headers": headers}))
        self.begun = True

    def write(self, data: bytes) -> int:
        self._out.write(frame(Kind.DATA, bytes(data)))
        self._out.flush()
        return len(data)


def _answer(served: Served, name: str, arguments: dict[str, Any], out: IO[bytes]) -> None:
    body = _Body(out)
    try:
        answer: Answered = _JOBS[name](served, **arguments)
        body.head(answer.status, answer.media, dict(answer.headers))
        answer.write(body)
    except BrokenPipeError:
        raise
    except (KgError, Refused) as error:
        _refuse(body, out, getattr(error, "status", 400), str(error), getattr(error, "headers", {}))
        return
    except MemoryError:
        _refuse(body, out, 503, "the answer needs more memory than there is; ask for a part of it", {})
        return
    out.write(frame(Kind.END))
    out.flush()


def _refuse(body: _Body, out: IO[bytes], status: int, message: str, headers: dict[str, str]) -> None:
    if not body.begun:
        body.head(status, "text/plain; charset=utf-8", headers)
        body.write(f"{message}\n".encode("utf-8", "replace"))
        out.write(frame(Kind.END))
    else:
        out.write(frame(Kind.BROKEN, {"status": status, "message": message}))
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
