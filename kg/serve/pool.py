"""Workers answer jobs, one each at a time; one that takes too long is ended, and another takes its place."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve.frames import Kind, frame, receive
from kg.serve.limits import ServeLimits
from kg.serve.protocol import Refused

__all__ = ["Answer", "Broken", "Pool"]

_PAUSE = 1.0
"""Seconds until a worker that could not open the graph is started again."""


class Broken(Exception):  # noqa: N818  # it is said of an answer
    """An answer ended in the middle, after its head had gone out."""


@dataclass(slots=True)
class Answer:
    """The head of an answer, and its body piece by piece."""

    status: int
    media: str
    headers: dict[str, str]
    body: AsyncIterator[bytes]


class Pool:
    """A number of workers for the graph in a folder."""

    def __init__(self, folder: str, limits: ServeLimits, judgements: str = "") -> None:
        self._folder = folder
        self._judgements = judgements
        self._limits = limits
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: dict[Process, int] = {}
        """Each worker, and which state of the folder it has opened."""
        self._waiting = 0
        self._renewing: set[asyncio.Task[None]] = set()
        self._closed = False

    async def open(self) -> None:
        """Start the workers. Raises Refused where one cannot open the graph."""
        await asyncio.gather(*(self._start() for _ in range(self._limits.workers)))

    async def close(self) -> None:
        """End the workers."""
        self._closed = True
        for task in self._renewing:
            task.cancel()
        for process in list(self._all):
            await self._end(process)

    async def answer(self, job: str, **arguments: Any) -> Answer:
        """The answer of a worker, as soon as its head is known.

        Raises Refused with 503 where too many wait, none becomes free in time, or the answer does not begin in time. The
        iterator of the body raises Broken where the answer ends in the middle; it must be read to its end or closed.
        """
        if self._waiting >= self._limits.concurrency:
            raise Refused(503, "too many requests are being answered; try again", **{"Retry-After": "1"})
        self._waiting += 1
        try:
            process = await asyncio.wait_for(self._next_worker(), self._limits.seconds)
        except TimeoutError as error:
            raise Refused(503, "no worker became free in time; try again", **{"Retry-After": "5"}) from error
        finally:
            self._waiting -= 1
        until = asyncio.get_running_loop().time() + self._limits.seconds
        whole = False
        try:
            assert process.stdin is not None
            process.stdin.write(frame(Kind.JOB, {"job": job, "arguments": arguments}))
            await process.stdin.drain()
            kind, data = await self._next(process, until)
            assert kind is Kind.HEAD
            head = json.loads(data)
            whole = True
            return Answer(head["status"], head["media"], head["headers"], self._body(process, until))
        except (ConnectionError, EOFError) as error:
            raise Refused(503, "the answer took more than the server could give it; ask for less") from error
        except TimeoutError as error:
            raise Refused(
                503, f"the answer took longer than {self._limits.seconds:g} s; ask for less, or in parts"
            ) from error
        finally:
            if not whole:
                self._renew(process)

    async def _next_worker(self) -> Process:
        """A worker that is idle; those that have opened a former state of the folder are replaced first."""
        while self._all.get(process := await self._idle.get()) != self._state():
            self._renew(process)
        return process

    def _state(self) -> int:
        """Changes with each build of the folder."""
        for path in (Path(self._folder, "store", "state.json"), Path(self._folder, "graph.nq"), Path(self._folder)):
            with suppress(OSError):
                return path.stat().st_mtime_ns
        return 0

    async def _body(self, process: Process, until: float) -> AsyncIterator[bytes]:
        whole = False
        try:
            while True:
                kind, data = await self._next(process, until)
                if kind is Kind.END:
                    whole = True
                    return
                if kind is Kind.BROKEN:
                    whole = True
                    raise Broken(json.loads(data)["message"])
                yield data
        except TimeoutError as error:
            raise Broken(f"the answer took longer than {self._limits.seconds:g} s") from error
        except (ConnectionError, EOFError) as error:
            raise Broken("the worker ended") from error
        finally:
            # Whoever asked may have gone: what is still being written then is written for nobody.
            if whole:
                self._idle.put_nowait(process)
            else:
                self._renew(process)

    async def _next(self, process: Process, until: float) -> tuple[Kind, bytes]:
        assert process.stdout is not None
        async with asyncio.timeout_at(until):
            found = await receive(process.stdout)
        if found is None:
            raise EOFError
        return found

    async def _start(self) -> None:
        state = self._state()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.serve.worker", self._folder, json.dumps(self._limits.said()), self._judgements),
            stdin=PIPE,
            stdout=PIPE,
            limit=1 << 20,
        )
        self._all[process] = state
        assert process.stdout is not None
        if await receive(process.stdout) is None:
            await self._end(process)
            raise Refused(503, "a worker could not open the graph")
        self._idle.put_nowait(process)

    def _renew(self, process: Process) -> None:
        """Another worker instead of this one, whose answer nobody waits for any more."""
        if self._closed:
            return
        task = asyncio.get_running_loop().create_task(self._replace(process))
        self._renewing.add(task)
        task.add_done_callback(self._renewing.discard)

    async def _replace(self, process: Process) -> None:
        await self._end(process)
        while not self._closed:
            with suppress(Refused):
                await self._start()
                return
            await asyncio.sleep(_PAUSE)  # a build may be about to put a graph there

    async def _end(self, process: Process) -> None:
        self._all.pop(process, None)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
