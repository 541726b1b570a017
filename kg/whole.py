"""What follows from all sources together: since when and until when what they say stood, and what they contradict.

It is a function of the facts and of nothing else, and stands in graphs of its own: the stretches of time in one for each
source whose statements they are about, so that a source more changes only the graphs of those that it says something of;
the contradictions, which are few, in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.contradictions import CLAIMS, Contradiction, across, triples, within
from kg.rdf import block, standing_graph, whole_graph
from kg.standing import Fact, by_source, intervals, needed, state

__all__ = ["together", "whole"]


def whole(facts: Iterable[Fact], base: str) -> Mapping[str, bytes]:
    """The N-Quads of each graph of it, sorted, by the IRI of the graph. The facts are told in full."""
    facts = list(facts)
    alone = [found for own in by_source(facts).values() for found in within(own)]
    return together(needed(facts), alone, base)


def together(facts: Iterable[Fact], alone: Iterable[Contradiction], base: str) -> Mapping[str, bytes]:
    """The same from what is needed of the facts alone, and from what each source contradicts by itself."""
    facts = list(facts)
    stands = state(facts)
    graphs = {standing_graph(source): found for source, found in intervals(stands, base).items()}
    if found := [*alone, *across(facts, stands)]:
        graphs[whole_graph("contradictions", base)] = set(triples(found, CLAIMS, base))
    made = {}
    for graph in list(graphs):  # each goes when it is written: all of them twice would be much
        made[graph] = block(f"{' '.join(triple)} <{graph}> ." for triple in graphs.pop(graph))
    return made
