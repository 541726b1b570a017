"""What the extractors know, as data: plain lists of words, read once.

A list is a text file beside this module: words parted by white space, ``#`` opens a comment line,
``[name]`` opens a part of the list. What has more to it than words is a table in TOML.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["parts", "rows", "table", "words"]


@cache
def parts(name: str) -> dict[str, tuple[str, ...]]:
    """The words of ``<name>.txt`` by part; what stands before the first part is under the empty name."""
    found: dict[str, dict[str, None]] = {"": {}}
    current = ""
    for line in files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            current = line[1:-1]
            found.setdefault(current, {})
        elif line and not line.startswith("#"):
            found[current].update(dict.fromkeys(line.split()))
    return {part: tuple(entries) for part, entries in found.items()}


@cache
def rows(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The lines of ``<name>.txt`` by part, each split into its words: a list in which a line says one thing."""
    found: dict[str, list[tuple[str, ...]]] = {"": []}
    current = ""
    for line in files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            current = line[1:-1]
            found.setdefault(current, [])
        elif line and not line.startswith("#"):
            found[current].append(tuple(line.split()))
    return {part: tuple(lines) for part, lines in found.items()}


@cache
def words(name: str) -> tuple[str, ...]:
    """All words of ``<name>.txt``, longest first and then by code point, so that alternations match greedily."""
    everything = {word for part in parts(name).values() for word in part}
    return tuple(sorted(everything, key=lambda word: (-len(word), word)))


@cache
def table(name: str) -> dict[str, Any]:
    """What ``<name>.toml`` says. It is read once and shared: a caller changes nothing in it."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
