"""What follows from several sources together stands in graphs of its own, made anew after every change.

This is the place for what no source can say alone: who is one person or one agency across sources, and where sources
contradict each other. A function here is given the parts of all sources, in the order of their names, and gives the
sorted N-Quads of each graph by the IRI of the graph: a pure function, so that the outcome is the same whichever way
the sources came together. A graph that comes out as it was is left as it stands; another is replaced as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from kg.holdings.parts import TOGETHER, Part
from kg.rdf import block, meta, meta_graph
from kg.standing import Fact
from kg.whole import whole

__all__ = ["derived"]


def derived(parts: Iterable[Part], version: str, base: str) -> Mapping[str, bytes]:
    """The graphs that are no source's own, by their IRIs: which software wrote the others, and what follows from all."""
    return {meta_graph(base): block(meta(version, base)), **whole(_together(parts), base)}


def _together(parts: Iterable[Part]) -> Iterator[Fact]:
    for part in parts:
        yield from map(json.loads, part.member(TOGETHER).splitlines())
