"""What is to be read: files, the files in folders and in ``.zip`` bundles, and standard input, before any is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kg.errors import KgError
from kg.read.archive import Archive
from kg.read.bundle import hidden, members, open_bundle
from kg.read.limits import Limits
from kg.read.recognise import Format, recognise

__all__ = ["Input", "find"]

STANDARD_INPUT = "-"
"""The path that stands for standard input."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, and where its bytes are to be had: a small value that can be sent to another process."""

    name: str
    """Of the file without its folder; ``standard input`` where there is none."""
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

    Of a folder all files below it that may hold a document, by their ending or their content; hidden ones, and the
    files that a browser saved beside a page, are left out. ``-`` is standard input. A bundle that cannot be opened,
    and one inside another, comes as an Input that says so when it is read. Raises KgError where a path does not
    exist or a folder holds nothing to read.
    """
    found: dict[Input, None] = {}
    for path in map(Path, paths):
        if str(path) == STANDARD_INPUT:
            found.update(dict.fromkeys(_inside(_standard_input(limits), limits)))
        elif path.is_dir():
            inside = [entry for file in sorted(_documents(path)) for entry in _inside(_of(file), limits)]
            if not inside:
                raise KgError(
                    f"{path}: the folder holds no file to read; expected files ending in {', '.join(sorted(_ENDINGS))}"
                )
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found.update(dict.fromkeys(_inside(_of(path), limits)))
        else:
            raise KgError(f"{path}: no such file or folder")
    return list(found)


def _of(path: Path) -> Input:
    return Input(path.name, str(path), path)


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
"""Files of these endings are taken from a folder; others where their content is one of the formats with a magic."""
_SAVED_BESIDE = ("_files", ".files", "_文件")


def _documents(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        if hidden(parts) or any(part.endswith(_SAVED_BESIDE) for part in parts[:-1]) or not file.is_file():
            continue
        if file.suffix.lower() in _ENDINGS or _claims(file):
            yield file


def _claims(file: Path) -> bool:
    """Whether a file of another ending begins as a document does that has a magic number."""
    try:
        with file.open("rb") as opened:
            head = opened.read(8)
    except OSError:
        return False
    return head.startswith((b"%PDF-", b"PK\x03\x04")) and file.suffix.lower() not in (".jar", ".xlsx", ".pptx", ".epub")


# --- bytes, and what is inside bundles ---------------------------------------------------------------------


def _raw(entry: Input, limits: Limits) -> bytes:
    """The bytes of a file or of standard input, a bundle's too. A file too large is not read at all."""
    if entry.data is not None:
        if len(entry.data) > limits.bytes:
            raise KgError(
                f"{entry.where}: more than the {limits.bytes:,} bytes that one source may have (limit `bytes`); split it"
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
    return f"{where}: {size:,} bytes, more than the {limits.bytes:,} that one source may have (limit `bytes`); split it"


def _inside(entry: Input, limits: Limits) -> list[Input]:
    """The thing itself; or, where it is a bundle, what is in it."""
    try:
        if not _begins_as_zip(entry):
            return [entry]
        data = _raw(entry, limits)
        if recognise(data) is not Format.ZIP:
            return [entry]
        bundle = open_bundle(data, entry.where, limits)
    except KgError as error:
        return [Input(entry.name, entry.where, entry.path, data=entry.data, refused=str(error))]
    listed = [_member(entry, name, bundle) for name in members(bundle)]
    empty = f"{entry.where}: the bundle holds no file to read; expected documents in it"
    return listed or [Input(entry.name, entry.where, entry.path, data=entry.data, refused=empty)]


def _member(entry: Input, name: str, bundle: Archive) -> Input:
    where = f"{entry.where}: {name}"
    refused = None
    if name.lower().endswith(".zip"):
        refused = f"{where}: a bundle inside a bundle is not opened; unpack it and give what is in it"
    return Input(PurePosixPath(name).name, where, entry.path, name, entry.data, refused)


def _begins_as_zip(entry: Input) -> bool:
    if entry.data is not None:
        return entry.data[:2] == b"PK"
    assert entry.path is not None
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
    return open_bundle(_raw(container, limits), container.where, limits)
