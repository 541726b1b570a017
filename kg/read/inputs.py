"""What is to be read: files, the files in folders and in ``.zip`` bundles, and standard input, before any is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.errors import KgError
from kg.read.archive import Archive
from kg.read.bundle import hidden, members
from kg.read.limits import Limits
from kg.read.recognise import EXPECTED, Format, recognise

__all__ = ["Input", "find"]

STANDARD_INPUT = "-"
"""The path that stands for standard input."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, and where its bytes are to be had: a small value that can be sent to another process."""

    name: str
    """The file's own, or its path inside the folder or bundle that was given, with ``/``; or ``standard input``."""
    where: str
    """What a person would call it in a message: the path as given, and behind it the path inside a bundle."""
    path: Path | None = None
    """The file, or the bundle that it lies in."""
    member: str | None = None
    """Its path inside the bundle."""
    data: bytes | None = field(default=None, repr=False)
    """What came from standard input: the source, or the bundle that it lies in."""
    refused: str | None = None
    """Why it is not read, where that is known before."""

    def bytes(self, limits: Limits = Limits()) -> bytes:  # noqa: B008  # frozen
        """The bytes. Raises KgError where they cannot be read, or are more than the limits allow."""
        if self.refused is not None:
            raise KgError(self.refused)
        if self.member is not None:
            bundle = _bundle(self, limits)
            if bundle.size(self.member) > limits.bytes:
                raise KgError(_too_large(self.where, bundle.size(self.member), limits))
            return bundle.read(self.member)
        return _raw(self, limits)


def find(paths: Iterable[Path | str], limits: Limits = Limits()) -> list[Input]:  # noqa: B008  # frozen
    """What there is to read at the paths, each thing once: files in their order, those of folders and bundles sorted.

    Of a folder all files below it, but hidden ones and those that a browser saved beside a page. ``-`` is standard
    input. A file of a folder that neither its ending nor its content makes a document, a bundle that cannot be opened,
    and one inside another, come as an Input that says so when it is read. Raises KgError where a path does not exist
    or a folder holds no file.
    """
    found: dict[Input, None] = {}
    for path in map(Path, paths):
        if str(path) == STANDARD_INPUT:
            found.update(dict.fromkeys(_inside(_standard_input(limits), limits)))
        elif path.is_dir():
            below = [_below(path, file) for file in sorted(_files(path))]
            inside = [entry for file in below for entry in _inside(file, limits, f"{file.name}/")]
            if not inside:
                raise KgError(f"{path}: the folder holds no file to read; expected {EXPECTED}")
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found.update(dict.fromkeys(_inside(_of(path), limits)))
        else:
            raise KgError(f"{path}: no such file or folder")
    return list(found)


def _of(path: Path) -> Input:
    return Input(path.name, str(path), path)


def _below(folder: Path, file: Path) -> Input:
    name = file.relative_to(folder).as_posix()
    return Input(name, str(file), file, refused=_passed_over(name, file))


def _standard_input(limits: Limits) -> Input:
    # One byte more than allowed is enough to know that there is too much.
    data = sys.stdin.buffer.read(limits.bytes + 1)
    return Input("standard input", "standard input", data=data)


_ENDINGS = frozenset(
    {
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".shtml",
        ".jsp",
        ".asp",
        ".aspx",
        ".php",
        ".docx",
        ".pdf",
        ".ofd",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".zip",
        ".doc",
        ".wps",
        ".rtf",
        ".mht",
        ".mhtml",
    }
)
"""Text is taken from a folder where its name has one of these endings or none; all else by its content alone."""
_PROGRAMS = frozenset({".jar", ".war", ".apk", ".whl"})
"""Containers that would pass for bundles."""
_ENDING = re.compile(r"\.[a-z0-9]*[a-z][a-z0-9]*", re.I)
"""What is an ending, unlike that of ``2021.05`` and ``公报.第三期``."""
_HEAD = 8192
_SAVED_BESIDE = ("_files", ".files", "_文件")


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        if hidden(parts) or any(part.endswith(_SAVED_BESIDE) for part in parts[:-1]) or file.is_dir():
            continue
        yield file


def _passed_over(name: str, file: Path) -> str | None:
    """Why a file of a folder is not taken for a document; of what is not yet known to be none, nothing is said."""
    ending = file.suffix.lower()
    if ending in _ENDINGS or not _ENDING.fullmatch(ending) or not file.is_file():
        return None
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return None  # said when it is read
    if recognise(head) is not Format.TEXT and ending not in _PROGRAMS:
        return None
    return (
        f"{name}: expected {EXPECTED}; found other content under the ending {ending}; give it by itself if it is text"
    )


# --- bytes, and what is inside bundles ---------------------------------------------------------------------


def _raw(entry: Input, limits: Limits) -> bytes:
    """The bytes of a file or of standard input, a bundle's too. A file too large is not read at all."""
    if entry.data is not None:
        if len(entry.data) > limits.bytes:
            raise KgError(
                f"{entry.where}: more than the {limits.bytes:,} bytes that one source may have; "
                "split it, or allow more with --max-bytes N"
            )
        return entry.data
    assert entry.path is not None
    shown = str(entry.path)
    try:
        if not entry.path.is_file():
            raise KgError(f"{shown}: expected a file, found something else, which is not read")
        size = entry.path.stat().st_size
        if size > limits.bytes:
            raise KgError(_too_large(shown, size, limits))
        return entry.path.read_bytes()
    except OSError as error:
        raise KgError(f"{shown}: cannot be read: {error.strerror or error}") from error


def _too_large(where: str, size: int, limits: Limits) -> str:
    return (
        f"{where}: {size:,} bytes, more than the {limits.bytes:,} that one source may have; "
        "split it, or allow more with --max-bytes N"
    )


def _inside(entry: Input, limits: Limits, folder: str = "") -> list[Input]:
    """The thing itself; or, where it is a bundle, what is in it, ``folder`` before the name of each."""
    if entry.refused is not None:
        return [entry]
    try:
        if not _begins_as_zip(entry):
            return [entry]
        data = _raw(entry, limits)
        if recognise(data) is not Format.ZIP:
            return [entry]
        bundle = Archive.open(data, entry.where, limits)
    except KgError as error:
        return [Input(entry.name, entry.where, entry.path, data=entry.data, refused=str(error))]
    listed = [_member(entry, name, folder) for name in members(bundle)]
    empty = f"{entry.where}: the bundle holds no file to read; expected documents in it"
    return listed or [Input(entry.name, entry.where, entry.path, data=entry.data, refused=empty)]


def _member(entry: Input, name: str, folder: str) -> Input:
    where = f"{entry.where}: {name}"
    refused = None
    if name.lower().endswith(".zip"):
        refused = f"{where}: a bundle inside a bundle is not opened; unpack it and give what is in it"
    return Input(f"{folder}{name}", where, entry.path, name, entry.data, refused)


def _begins_as_zip(entry: Input) -> bool:
    if entry.data is not None:
        return entry.data[:2] == b"PK"
    assert entry.path is not None
    if not entry.path.is_file():
        return False  # to open a pipe would be to wait for it
    try:
        with entry.path.open("rb") as opened:
            return opened.read(2) == b"PK"
    except OSError:
        return False  # said when it is read


def _bundle(entry: Input, limits: Limits) -> Archive:
    """The bundle that a member lies in."""
    container = Input("", entry.where.removesuffix(f": {entry.member}"), entry.path, data=entry.data)
    try:
        stamp = 0 if entry.path is None else entry.path.stat().st_mtime_ns
    except OSError as error:
        raise KgError(f"{container.where}: cannot be read: {error.strerror or error}") from error
    return _opened(container, limits, stamp)


@lru_cache(maxsize=1)  # the members of a bundle are read one after the other
def _opened(container: Input, limits: Limits, stamp: int) -> Archive:
    return Archive.open(_raw(container, limits), container.where, limits)
