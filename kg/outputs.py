"""Files are written beside and moved into place: a reader never sees half a file, nor half of a set of them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError

__all__ = ["Content", "write_all"]

Content = str | Callable[[BinaryIO], object]
"""The text of a file, or what writes its bytes: the latter is called when its turn comes."""


def write_all(folder: Path, files: Mapping[str, Content]) -> list[Path]:
    """Write the files into the folder, text in UTF-8, and give their paths.

    Raises KgError, with nothing changed in the folder, where it cannot be made or a file cannot be written.
    """
    staged: str | None = None
    made = not folder.exists()
    done = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = tempfile.mkdtemp(prefix=".kg-", dir=folder)
        for name, content in files.items():
            with Path(staged, name).open("wb") as file:
                if isinstance(content, str):
                    file.write(content.encode("utf-8", errors="replace"))
                else:
                    content(file)
                file.flush()
                os.fsync(file.fileno())
        for name in files:
            Path(staged, name).replace(folder / name)
        done = True
    except OSError as error:
        raise KgError(
            f"{folder}: cannot be written: {error.strerror or error}; nothing was changed. "
            f"{_advice(error)}, or choose another folder with -o"
        ) from error
    finally:
        if staged is not None:
            shutil.rmtree(folder if made and not done else staged, ignore_errors=True)
    return [folder / name for name in files]


def _advice(error: OSError) -> str:
    """What to do, but for writing elsewhere."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return "Move away what is in its place"
    return "See to it that you may write there"
