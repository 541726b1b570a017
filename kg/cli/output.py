"""What commands print, and what they do where nobody reads on."""

from __future__ import annotations

import os
import shutil
import sys

__all__ = ["close_output", "say", "width"]


def say(text: str) -> None:
    """Print; where whoever reads has seen enough, go on without, so that the command comes to its verdict."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        close_output()


def close_output() -> None:
    """What is still in the buffer, and what comes, goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int | None:
    """How many columns the terminal has; None where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
