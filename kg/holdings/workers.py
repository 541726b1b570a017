"""Sources are read by processes of their own: on all cores, in bounded memory, and none takes the others with it.

A process that a source brings down (a library that crashes, no memory left) is a source that was not read, with the
reason; another process goes on with the next. Each gets its work through a pipe, so that nothing depends on how a
program that calls ``kg.build`` was started. A part is written to the disk by the process that made it.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, cast

from kg.errors import KgError
from kg.holdings.garbage import uncollected
from kg.holdings.parts import Part, Stored, make
from kg.model import Addition
from kg.read import Input, Limits, read_bytes

__all__ = ["Progress", "Refused", "Task", "cores", "read_each"]

Progress = Callable[[int, int, str], None]
"""Is told how many sources are done, of how many, and the name of one."""
_FEW, _SMALL = 4, 512 * 1024
"""Fewer sources than this, of fewer bytes together, are read before a process would have started."""


@dataclass(frozen=True, slots=True)
class Task:
    """A source to be read, and where its part is to be kept."""

    entry: Input
    size: int
    """In bytes."""
    limits: Limits
    base: str
    path: Path | None
    """The file of the part; None where it stays in memory."""
    additions: tuple[Addition, ...] = ()
    """What a user adds to it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a source has no part."""

    reason: str
    lasting: bool = True
    """Whether it would be the same another time."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_each(tasks: Iterable[Sequence[Task]], jobs: int, progress: Progress) -> Iterator[tuple[Task, Part | Refused]]:
    """Each task with its outcome, as they come; by so many processes at a time.

    Of tasks that stand together the next is done only where the one before is refused.
    """
    waiting = list(tasks)
    of, done = len(waiting), 0
    while waiting:
        following = {id(same[0]): same[1:] for same in waiting}
        first = [same[0] for same in waiting]
        waiting = []
        progress(done, of, first[0].entry.name)
        for task, outcome in _read_all(first, jobs):
            if isinstance(outcome, Refused) and following[id(task)]:
                waiting.append(following[id(task)])
            else:
                done += 1
                progress(done, of, task.entry.name)
            yield task, outcome


def _read_all(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Part | Refused]]:
    few = len(tasks) < _FEW and sum(task.size for task in tasks) < _SMALL
    jobs = min(jobs, len(tasks))
    if jobs < 2 or few or not sys.executable:
        for task in tasks:
            yield task, read_one(task)
        return
    idle: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker() for _ in range(jobs)]
    for worker in workers:
        idle.put(worker)

    def call(task: Task) -> tuple[Task, Part | Refused]:
        worker = idle.get()
        try:
            return task, worker.call(task)
        finally:
            idle.put(worker)

    pool = ThreadPoolExecutor(jobs, thread_name_prefix="kg-reading")
    try:
        for done in as_completed([pool.submit(call, task) for task in tasks]):
            yield done.result()
    finally:
        for worker in workers:  # first, so that no thread waits for one any more
            worker.stop()
        pool.shutdown(wait=True, cancel_futures=True)


def read_one(task: Task) -> Part | Refused:
    """The part of a source, kept where the task says."""
    from kg.pipeline import understand  # as in kg.holdings.parts

    try:
        with uncollected():
            source = read_bytes(task.entry.bytes(task.limits), task.entry.name, task.limits)
            part = make(understand(source, task.additions), task.base)
    except KgError as error:
        return Refused(str(error))
    if task.path is None:
        return part
    part.save(task.path)
    return Stored(part.summary, task.path)


class _Worker:
    """A process that reads one source after the other. It is started when it gets its first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def call(self, task: Task) -> Part | Refused:
        if self._stopped:
            return Refused("stopped", lasting=False)
        process = self._process = self._process or _start()
        try:
            pickle.dump(task, _end(process.stdin))
            _end(process.stdin).flush()
            outcome: Part | Refused | BaseException = pickle.load(_end(process.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            code = process.wait()
            _close(process)
            self._process = None
            how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
            return Refused(
                f"{task.entry.name}: the process that read it came to an end ({how}), perhaps for want of memory; "
                "build again with --jobs 1, or without it",
                lasting=False,
            )
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def stop(self) -> None:
        self._stopped = True
        if (process := self._process) is not None:
            process.kill()
            process.wait()
            _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what it was still to be told
            _end(pipe).close()


def _end(pipe: IO[bytes] | None) -> IO[bytes]:
    return cast("IO[bytes]", pipe)


def _start() -> subprocess.Popen[bytes]:
    # The same modules as here, however they came to be found; in a session of its own, so that Ctrl-C reaches the
    # parent alone, which then stops its workers.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-m", "kg.holdings"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        start_new_session=True,
    )


def serve() -> None:
    """Read what the parent sends, until it sends no more. What a library prints is kept out of the answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while True:
        try:
            task: Task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            outcome: object = read_one(task)
        except Exception as error:  # for the parent to raise
            outcome = error
        try:
            pickle.dump(outcome, answers)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)  # nobody waits for it any more
