"""A server for tests: ``kg serve`` as a process of its own on a port that is free."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["serving"]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """The address of a server for the graph in the folder, without the last slash, while it runs."""
    command = [sys.executable, "-m", "kg.cli", "serve", str(folder), "--port", "0", "-q", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[0]
            yield address.rstrip("/")
        finally:
            server.terminate()
            assert server.wait(timeout=20) == 0, "a server that is told to stop ends well"
