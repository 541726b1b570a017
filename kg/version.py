"""The version of this program: in a module of its own, so that to say it nothing else is loaded."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["program_version"]


def program_version() -> str:
    """The version of this program."""
    try:
        return version("gongbao-kg")
    except PackageNotFoundError:
        return "0+unknown"
