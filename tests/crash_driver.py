"""Builds a folder again and again, each time ended with SIGKILL one file operation later; a program of its own.

    python crash_driver.py WORK STEP

WORK has the sources before and after a change (``before/``, ``after/``) and fresh builds of both (``old/``, ``new/``).
Nothing here opens a store before it forks: the threads of one would not come along.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

import kg.graph
import kg.pipeline  # what reads is imported once, before the forks
import kg.view
from kg.holdings.files import FILES
from kg.holdings.folder import Folder

_WRITES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link"}


def forked(work: Callable[[], None]) -> int:
    """What a process that does the work ends with: its exit status, or less than 0 a signal."""
    sys.stdout.flush()
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException as error:
            sys.stdout.write(f"{type(error).__name__}: {error}\n")
            sys.stdout.flush()
            os._exit(3)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def build(sources: Path, output: Path, fatal: int) -> None:
    """A build that does not live to do its file operation of that number."""
    done = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event in _WRITES or opens:
            done += 1
            if done == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    kg.graph.build([sources], output=output, jobs=1)


def quads(output: Path) -> set[str]:
    """What the store of an output holds, in its default graph as well."""
    state, store = Folder(output).open()
    del store
    return set(map(str, ox.Store.read_only(str(Folder(output).quads(state.generation)))))


def files(output: Path) -> dict[str, bytes]:
    """The files of an output."""
    return {name: (output / name).read_bytes() for name in FILES if (output / name).exists()}


def state_is_good(work: Path) -> None:
    """The store holds what it held before, or what the build was to make."""
    if quads(work / "out") not in (quads(work / "old"), quads(work / "new")):
        raise ValueError("neither the state before nor that after")


def next_build_ends_it(work: Path) -> None:
    """The next build comes to the end that the killed one did not."""
    kg.graph.build([work / "after"], output=work / "out", jobs=1)
    if quads(work / "out") != quads(work / "new") or files(work / "out") != files(work / "new"):
        raise ValueError("the next build made something else")


def main(work: Path, step: int) -> int:
    """Try every step-th operation until a build lives; says at which something was lost."""
    operation, lived, wrong = 1, False, 0
    while not lived:
        shutil.rmtree(work / "out", ignore_errors=True)
        shutil.copytree(work / "old", work / "out")
        lived = forked(partial(build, work / "after", work / "out", operation)) == 0
        for check in (state_is_good, next_build_ends_it):
            if status := forked(partial(check, work)):
                sys.stdout.write(f"operation {operation}: {check.__name__} {status}\n")
                wrong += 1
        operation += step
    sys.stdout.write(f"{operation - step} operations\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
