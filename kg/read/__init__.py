"""Bytes → Source: one reader a format."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError
from kg.model import Source
from kg.read.text import decode

__all__ = ["find", "read"]

_ENDINGS = (".txt", ".md", ".markdown", ".text", ".html", ".htm")
LARGEST = 64 * 1024 * 1024
"""The most bytes that one source may have."""


def find(paths: list[Path]) -> list[Path]:
    """The files to read: each path given, and of each folder all readable files below it, sorted.

    Raises KgError where a path does not exist or a folder holds nothing readable.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and file.suffix.lower() in _ENDINGS
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
            if not inside:
                raise KgError(
                    f"{path}: the folder holds no readable file; expected files ending in {', '.join(_ENDINGS)}"
                )
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise KgError(f"{path}: no such file or folder")
    return list(found)


def read(path: Path) -> Source:
    """The source that a file holds, decoded.

    Raises KgError where the file cannot be read, is empty, too large, or is no text.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise KgError(f"{path}: {size:,} bytes, more than the {LARGEST:,} that one source may have; split it")
        data = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path}: cannot be read: {error.strerror}") from error
    return decode(data, path)
