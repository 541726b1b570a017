"""Files are written beside and moved into place: a reader never sees half a file, nor half of a set of them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import KgError

__all__ = ["Content", "advice", "refuse_folders", "stage", "sync", "write_all"]

Content = str | Iterable[str | bytes]
"""The text of a file, or pieces of it, made when their turn comes; bytes are UTF-8 already."""


def write_all(folder: Path, files: Mapping[str, Content]) -> list[Path]:
    """Write the files into the folder, text in UTF-8, and give their paths.

    The name of a file may have folders before it.

    Raises KgError, with nothing changed in the folder, where it cannot be made or a file cannot be written.
    """
    staged: str | None = None
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = tempfile.mkdtemp(prefix=".kg-", dir=folder)
        stage(Path(staged), files)
        refuse_folders(folder, files)
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            Path(staged, name).replace(folder / name)
        made = False
    except OSError as error:
        raise KgError(
            f"{folder}: cannot be written: {error.strerror or error}; nothing was changed. "
            f"{advice(error)}, or choose another folder with -o"
        ) from error
    finally:
        if staged is not None:
            shutil.rmtree(folder if made else staged, ignore_errors=True)
    return [folder / name for name in files]


def stage(folder: Path, files: Mapping[str, Content]) -> None:
    """Write the files into a folder from which they are to be moved, each whole and on the disk."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("wb") as file:
            for piece in [content] if isinstance(content, str) else content:
                file.write(piece.encode("utf-8", errors="replace") if isinstance(piece, str) else piece)
            file.flush()
            os.fsync(file.fileno())


def refuse_folders(folder: Path, names: Iterable[str]) -> None:
    """Raises IsADirectoryError where a folder stands in the place of one of the files: before the first is moved."""
    for name in names:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")


def sync(folder: Path) -> None:
    """What was moved into or out of the folder stays so through a loss of power, where the system can promise it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def advice(error: OSError) -> str:
    """What to do about it, but for writing elsewhere."""
    # What comes from the store has no number, but the words of the system.
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or os.strerror(errno.ENOSPC) in str(error):
        return "Free some space"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return "Move away what is in its place"
    return "See to it that you may write there"
