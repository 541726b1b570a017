"""Work that makes many objects and no cycles of them is done without looking for cycles.

Python looks for cycles whenever enough objects were made, and in all of them ever again: where none are made this costs
as much as the work itself.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """No cycles are looked for; behind it as before. What is not part of a cycle goes all the same."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
