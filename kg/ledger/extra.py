"""What writes and reads the files of an office is an extra, ``gongbao-kg[office]``: a build does without."""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import KgError

__all__ = ["require"]


def require(module: str, what: str) -> None:
    """Raises KgError that says how to install it where a module of the extra is missing; ``what`` is what it is for."""
    if find_spec(module) is None:
        raise KgError(f"{what} needs the package {module}: pip install 'gongbao-kg[office]'")
