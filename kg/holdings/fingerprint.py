"""The program that reads has a fingerprint: of its code, its lists and the libraries it reads with.

With another one everything is read again. That the version alone would tell is only true of releases.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["fingerprint"]

_LIBRARIES = (
    "charset-normalizer", "chinesecalendar", "cn2an", "lxml", "numpy", "onnxruntime", "pillow", "pyoxigraph", "pypdfium2", "python-dateutil", "rapidocr",
)  # fmt: skip
"""What a source is read with, but for the standard library; what is not installed is a difference too."""


@cache
def fingerprint() -> str:
    """SHA-256, in hexadecimal, of every file of the package and the versions of the libraries."""
    digest = sha256()
    for name, data in _below(files("kg"), ""):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    for library in _LIBRARIES:
        digest.update(f"{library}\0{_version(library)}\0".encode())
    return digest.hexdigest()


def _below(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            found += _below(entry, name) if entry.name != "__pycache__" else []
        elif not entry.name.endswith((".pyc", ".pyo")):
            found.append((name, entry.read_bytes()))
    return found


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
