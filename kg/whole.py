"""What follows from all sources together: since when and until when what they say stood, and what they contradict.

It is a function of the facts and of nothing else, and stands in graphs of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.rdf import block, whole_graph
from kg.standing import Fact, intervals, needed, state

__all__ = ["whole"]


def whole(facts: Iterable[Fact], base: str) -> Mapping[str, bytes]:
    """The N-Quads of each graph of it, sorted, by the IRI of the graph. Facts that say nothing here may be left out."""
    standing = whole_graph("standing", base)
    triples = intervals(state(needed(facts)), base)
    return {standing: block(f"{' '.join(triple)} <{standing}> ." for triple in triples)}
