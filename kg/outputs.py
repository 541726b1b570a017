"""Files are written beside and moved into place: a reader never sees half a file, nor half of a set of them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import KgError

__all__ = ["Content", "write_all"]

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
        for name, content in files.items():
            Path(staged, name).parent.mkdir(parents=True, exist_ok=True)
            with Path(staged, name).open("wb") as file:
                for piece in [content] if isinstance(content, str) else content:
                    file.write(piece.encode("utf-8", errors="replace") if isinstance(piece, str) else piece)
                file.flush()
                os.fsync(file.fileno())
        for name in files:
            if (folder / name).is_dir():  # found before the first is moved
                raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            Path(staged, name).replace(folder / name)
        made = False
    except OSError as error:
        raise KgError(
            f"{folder}: cannot be written: {error.strerror or error}; nothing was changed. "
            f"{_advice(error)}, or choose another folder with -o"
        ) from error
    finally:
        if staged is not None:
            shutil.rmtree(folder if made else staged, ignore_errors=True)
    return [folder / name for name in files]


def _advice(error: OSError) -> str:
    """What to do, but for writing elsewhere."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return "Move away what is in its place"
    return "See to it that you may write there"
