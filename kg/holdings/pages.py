"""The evidence pages beside the files of a build: a page a source, written where it is new and nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.holdings.parts import PAGE, Part, Stored
from kg.outputs import Content
from kg.rdf import source_graph
from kg.view import EVIDENCE, evidence_name

__all__ = ["bring_up_to_date", "pages"]

_OURS = re.compile(r"[0-9a-f]{16}\.html")


def pages(parts: Iterable[Part], base: str) -> Mapping[str, Content]:
    """The evidence pages of parts by their names in the folder of a build."""
    return {f"{EVIDENCE}/{_name(part, base)}": [part.member(PAGE)] for part in parts}


def bring_up_to_date(folder: Path, parts: Iterable[Stored], base: str) -> None:
    """Write the pages of the parts that are newer than what is there, and take away those of sources that are gone.

    Each is written beside and moved into place. A page that is as new as its part is the page of that part.
    """
    place = folder / EVIDENCE
    place.mkdir(exist_ok=True)
    named = {_name(part, base): part for part in parts}
    for name, part in named.items():
        page = place / name
        if not page.is_file() or page.stat().st_mtime_ns < part.path.stat().st_mtime_ns:
            beside = page.with_name(f".{name}.{os.getpid()}")
            beside.write_bytes(part.member(PAGE))
            beside.replace(page)
    for path in place.iterdir():
        if _OURS.fullmatch(path.name) and path.name not in named:
            path.unlink()


def _name(part: Part, base: str) -> str:
    return evidence_name(source_graph(part.summary.sha256, base))
