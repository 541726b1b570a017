"""Runs the notebook cell by cell, and writes a copy that shows what each gives.

    make docs                            into outputs/docs/graph.ipynb
    python docs/notebook.py FOLDER       into another folder

The cells run in IPython, which pyvis brings along; no Jupyter is needed. In docs/ it is kept without outputs, so that a
better reading of the demo gazette changes nothing there. A cell that fails ends the run.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "docs" / "graph.ipynb"


class _Silent(DisplayHook):
    """Keeps what a cell gives, and prints nothing."""

    def write_output_prompt(self) -> None:
        """Nothing."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Nothing."""

    def finish_displayhook(self) -> None:
        """Nothing."""


_Shell: Any = type("_Shell", (InteractiveShell,), {"displayhook_class": _Silent})  # half of IPython has no types


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with what its cells give. Stops with the error of a cell that fails."""
    with tempfile.TemporaryDirectory() as home:
        shell = _Shell(config=Config({"HistoryManager": {"enabled": False}}), ipython_dir=home)
        cells = [_run(shell, number, cell) for number, cell in enumerate(notebook["cells"], start=1)]
    return {**notebook, "cells": cells}


def _run(shell: Any, number: int, cell: dict[str, Any]) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return cell
    with capture_output(display=False) as captured:
        done = shell.run_cell("".join(cell["source"]), store_history=False)
    if not done.success:
        sys.exit(f"{NOTEBOOK.name}, cell {number}: {done.error_in_exec or done.error_before_exec!r}")
    outputs: list[dict[str, Any]] = []
    if captured.stdout:
        outputs.append({"name": "stdout", "output_type": "stream", "text": captured.stdout})
    if done.result is not None:
        text = shell.display_formatter.format(done.result)[0]["text/plain"]
        outputs.append(
            {"data": {"text/plain": text}, "execution_count": None, "metadata": {}, "output_type": "execute_result"}
        )
    return {**cell, "outputs": outputs}


def main() -> None:
    """Run it, and write the copy."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "outputs" / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    shown = run(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
    path = folder / NOTEBOOK.name
    path.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
