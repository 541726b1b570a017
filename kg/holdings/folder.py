"""The folder of a build: what lies where in it, who may write, and which state is the good one.

``store/`` belongs to the program alone. ``state.json`` in it names the good state and is swapped in one move; whatever
it does not name is what a build left that was stopped, and the next one takes up or clears away. So a build may be
stopped at any point: until the swap the former state is there, after it the new one.

::

    store/state.json        the good state: its sources, its generation of quads, the files it wrote
    store/parts/ab/….zip    a part a source
    store/quads-000007/     the quads, in an embedded store that is not changed any more
    store/files-000007/     the files of that state, until they are moved to where the user looks for them
    store/words.sqlite      the index of words, which follows the state
    store/lock              held by the build at work
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

import portalocker

from kg.errors import KgError
from kg.holdings.parts import Stored, Summary
from kg.identity import JUDGEMENTS, Judgements, read_judgements
from kg.outputs import advice, sync
from kg.store import Store

__all__ = ["FORMAT", "Folder", "Holding", "Left", "State"]

FORMAT = 1
"""Of what lies in ``store/``: raised when a program can no longer read what an earlier one wrote, or the reverse."""
_NAME = "store"
_ALONE = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
_WITH_OTHERS = portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING


@dataclass(frozen=True, slots=True)
class Holding:
    """A source that the store holds."""

    summary: Summary
    key: str
    """The name of its part."""
    built: str
    """When, in UTC by ISO 8601. It stands here and nowhere among the facts."""
    version: str
    """Of the program that read it."""


@dataclass(frozen=True, slots=True)
class Left:
    """A source that was given and is not in the store."""

    name: str
    where: str
    reason: str
    key: str = ""
    """The name that its part would have; empty where another time may be better."""


@dataclass(frozen=True, slots=True)
class State:
    """All that is true of a store."""

    edition: int = 0
    """One more with every change; 0 is the store that holds nothing yet."""
    generation: int = 0
    """Of its quads: the edition they were written for."""
    base: str = ""
    version: str = ""
    """Of the program that wrote the files."""
    sources: tuple[Holding, ...] = ()
    """By name."""
    refused: tuple[Left, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    """The graphs that are no source's own: the SHA-256 of the N-Quads of each."""
    together: str = ""
    """The fingerprint of all that these were made of."""
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """What was written for the user: of each file its size and the nanosecond it was written at."""

    def json(self) -> str:
        said = {"format": FORMAT, **_fields(self)}
        said["sources"] = [{**_fields(held), "summary": _fields(held.summary)} for held in self.sources]
        said["refused"] = [_fields(left) for left in self.refused]
        return json.dumps(said, ensure_ascii=True, separators=(",\n", ":"))

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> State:
        """The state that JSON holds. Raises KeyError, TypeError or ValueError where it holds none."""
        values = {each.name: said[each.name] for each in fields(cls) if each.name != "together" or "together" in said}
        values["sources"] = tuple(
            Holding(**{**held, "summary": Summary.of(held["summary"])}) for held in said["sources"]
        )
        values["refused"] = tuple(Left(**left) for left in said["refused"])
        values["files"] = {name: (int(size), int(written)) for name, (size, written) in said["files"].items()}
        return cls(**values)


def _fields(value: Any) -> dict[str, Any]:
    """What a dataclass holds; dataclasses.asdict() would copy all of it, over and over."""
    return {each.name: getattr(value, each.name) for each in fields(value)}


class Folder:
    """The output folder of builds."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.store = self.path / _NAME

    def holds_store(self) -> bool:
        """Whether a build has come to its end here."""
        return self._state.is_file()

    @property
    def _state(self) -> Path:
        return self.store / "state.json"

    def part(self, key: str) -> Path:
        """Where the part of that name lies."""
        return self.store / "parts" / key[:2] / f"{key}.zip"

    def stored(self, held: Holding) -> Stored:
        """The part of a source."""
        return Stored(held.summary, self.part(held.key))

    def quads(self, generation: int) -> Path:
        """Where the quads of a generation lie."""
        return self.store / f"quads-{generation:06}"

    @property
    def words(self) -> Path:
        """Where the index of words lies."""
        return self.store / "words.sqlite"

    def judgements(self) -> Judgements:
        """What the user says in the folder. Raises KgError where it is not as it must be."""
        return read_judgements(self.path / JUDGEMENTS)[0]

    def files(self, edition: int) -> Path:
        """Where the files of an edition wait until they are moved."""
        return self.store / f"files-{edition:06}"

    def state(self) -> State:
        """The good state; an empty one where no build has come to its end.

        Raises KgError where it cannot be read, is damaged, or was written by a newer program.
        """
        try:
            said = json.loads(self._state.read_text(encoding="ascii"))
            if (found := int(said["format"])) > FORMAT:
                raise KgError(
                    f"{self.store}: written by a newer gongbao-kg (format {found}; this one reads up to {FORMAT}); "
                    "use that one, or build into a new folder"
                )
            return State.of(said)
        except (FileNotFoundError, NotADirectoryError):
            return State()
        except OSError as error:
            raise KgError(f"{self._state}: cannot be read: {error.strerror or error}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KgError(
                f"{self._state}: damaged ({type(error).__name__}: {error}); nothing was changed. "
                f"Build into a new folder, or move {self.store} away and build again"
            ) from error

    def open(self) -> tuple[State, Store]:
        """The good state and its quads, for any number of readers at a time.

        While somebody reads a generation no build removes it. Raises KgError where there is none, or it is damaged.
        """
        while True:
            state = self.state()
            path = self.quads(state.generation)
            lock = _Shared(path.with_suffix(".lock"))
            if path.is_dir() or self.state().generation == state.generation:
                return state, self.reading(state, lock)

    def reading(self, state: State, lock: object = None) -> Store:
        """The quads of a state. Raises KgError where they are missing or damaged."""
        try:
            return Store.read_only(self.quads(state.generation), lock)
        except KgError as error:
            raise KgError(f"{error}; build into a new folder, or move {self.store} away and build again") from error

    # --- writing ------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Whoever writes into the folder, alone. Raises KgError where another process is at it, or may not be.

        A folder made for it is gone again where nothing came of it.
        """
        made, alone = not self.path.exists(), False
        try:
            self._claim()
            with (self.store / "lock").open("a+", encoding="ascii") as lock:
                self._locked(lock)
                alone = True
                yield
        except OSError as error:
            raise KgError(
                f"{self.path}: cannot be written: {error.strerror or error}; what was there is unchanged. "
                f"{advice(error)}, or choose another folder with -o"
            ) from error
        finally:
            if alone and not self.holds_store() and not any(self.store.glob("parts/*/*.zip")):
                self._withdraw(made)

    def _claim(self) -> None:
        """Make ``store/``; of one that is not ours, leave everything."""
        self.path.mkdir(parents=True, exist_ok=True)
        ours = ("state.json", "lock", "parts")
        if self.store.is_dir() and any(self.store.iterdir()) and not any((self.store / name).exists() for name in ours):
            raise KgError(
                f"{self.store}: holds files that no build has written; they were left alone. "
                "Choose another folder with -o"
            )
        self.store.mkdir(exist_ok=True)

    def _withdraw(self, made: bool) -> None:
        """Take away what was made for a build of which nothing came."""
        with suppress(OSError):
            (self.store / "lock").unlink(missing_ok=True)
            for path in (self.store / "parts").glob("*"):
                path.rmdir()
            for path in (self.store / "parts", self.store, *([self.path] if made else [])):
                if path.exists():
                    path.rmdir()

    def _locked(self, lock: IO[str]) -> None:
        try:
            portalocker.lock(lock, _ALONE)
        except portalocker.AlreadyLocked as error:
            lock.seek(0)
            who = lock.read().strip()
            raise KgError(
                f"{self.path}: another build is at work on it{f' (process {who})' if who else ''}; "
                "wait until it has ended, or choose another folder with -o",
                zh="另一个程序正在改动这个目录，请稍后再试；未作任何改动",
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()

    def swap(self, state: State, former: State) -> None:
        """From here on this is the good state, and the former one no more, whatever happens."""
        beside = self._state.with_name("state.json.new")
        with beside.open("w", encoding="ascii") as file:
            file.write(state.json())
            file.flush()
            os.fsync(file.fileno())
        known = {former.together, *(held.key for held in former.sources)}
        new = (key for key in (state.together, *(held.key for held in state.sources)) if key not in known)
        for folder in {self.part(key).parent for key in new if key}:
            sync(folder)
        sync(self.store)
        beside.replace(self._state)
        sync(self.store)

    def publish(self, state: State, every: Sequence[str]) -> None:
        """Move the files of the good state to where the user looks for them; of ``every`` the others go.

        What a build that was stopped has not yet moved, the next one moves.
        """
        waiting = self.files(state.edition)
        if waiting.is_dir():
            for path in sorted(waiting.iterdir()):
                path.replace(self.path / path.name)
            sync(self.path)
            waiting.rmdir()
        for name in every:
            if name not in state.files:
                (self.path / name).unlink(missing_ok=True)

    def sweep(self, state: State, *, parts: bool = True) -> None:
        """Clear away what the good state does not need, but for what somebody reads, and parts where they may serve."""
        keys = {state.together, *(held.key for held in state.sources)}
        for path in self.store.glob("parts/*/*") if parts else ():
            if path.stem not in keys or path.suffix != ".zip":
                path.unlink(missing_ok=True)
        for path in self.store.glob("files-*"):
            shutil.rmtree(path, ignore_errors=True)
        for path in self.store.glob("quads-*"):
            if path.is_dir() and path != self.quads(state.generation):
                self._remove(path)
        for path in self.store.glob("quads-*.lock"):
            if path.with_suffix("") != self.quads(state.generation) and not path.with_suffix("").is_dir():
                path.unlink(missing_ok=True)

    def _remove(self, generation: Path) -> None:
        lock = generation.with_suffix(".lock")
        with suppress(portalocker.AlreadyLocked, FileNotFoundError):
            if lock.exists():
                with lock.open("rb") as held:
                    portalocker.lock(held, _ALONE)
                    shutil.rmtree(generation, ignore_errors=True)
            else:
                shutil.rmtree(generation, ignore_errors=True)


class _Shared:
    """A lock on a file that many hold at a time, and no build while one does; let go when nobody refers to it."""

    def __init__(self, path: Path) -> None:
        self._file = -1
        with suppress(OSError):  # nothing there to lock: what it stands for is gone as well
            self._file = os.open(path, os.O_RDONLY)
            with suppress(portalocker.LockException):  # a file system without locks: no worse than without this one
                portalocker.lock(self._file, _WITH_OTHERS)

    def __del__(self) -> None:
        if self._file >= 0:
            os.close(self._file)
