"""Files are written beside and moved into place: a reader never sees half a file, nor half of a set of them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError

__all__ = ["write_all"]


def write_all(folder: Path, files: Mapping[str, str]) -> list[Path]:
    r"""Write the files into the folder, in UTF-8 with \\n at line ends, and give their paths.

    Raises KgError, with nothing changed in the folder, where it cannot be made or a file cannot be written.
    """
    staged: str | None = None
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = tempfile.mkdtemp(prefix=".kg-", dir=folder)
        for name, text in files.items():
            with Path(staged, name).open("w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for name in files:
            Path(staged, name).replace(folder / name)
    except OSError as error:
        if made and staged is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise KgError(
            f"{folder}: cannot be written: {error.strerror or error}; nothing was changed. "
            f"{_advice(error)}, or choose another folder with -o"
        ) from error
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
    return [folder / name for name in files]


def _advice(error: OSError) -> str:
    """What to do, but for writing elsewhere."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return "Move away what is in its place"
    return "See to it that you may write there"
