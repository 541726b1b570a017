"""The evidence page of a source."""

from __future__ import annotations

__all__ = ["evidence_name"]


def evidence_name(graph: str) -> str:
    """The file name of the evidence page of a source, by the IRI of its graph."""
    return f"{graph.rsplit('/', 1)[-1]}.html"
