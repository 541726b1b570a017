"""What follows from several sources together stands in graphs of its own, made anew after every change.

This is the place for what no source can say alone: who is one person or one agency across sources, and where sources
contradict each other. A function here is given the parts of all sources, in the order of their names, and gives the
sorted N-Quads of each graph by the IRI of the graph: a pure function, so that the outcome is the same whichever way
the sources came together. A graph that comes out as it was is left as it stands; another is replaced as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.holdings.parts import PROFILE, TOGETHER, Part
from kg.identity import Identity, Judgements, identify, lines, loads
from kg.rdf import block, meta, meta_graph, whole_graph
from kg.standing import Fact
from kg.whole import whole

__all__ = ["derived"]


def derived(
    parts: Sequence[Part], version: str, base: str, judgements: Judgements | None = None
) -> Mapping[str, bytes]:
    """The graphs that are no source's own, by their IRIs: which software wrote the others, and what follows from all.

    Who is who comes first: what follows else speaks of one IRI a thing, and of no fact that the user calls wrong. Raises
    KgError for judgements that are not as they must be.
    """
    profiles = [loads(line) for part in parts for line in part.member(PROFILE).decode("utf-8").splitlines()]
    identity = identify(profiles, base, judgements)
    return {
        meta_graph(base): block(meta(version, base)),
        whole_graph("identity", base): block(lines(identity, base)),
        **whole(_together(parts, identity), base),
    }


def _together(parts: Iterable[Part], identity: Identity) -> Iterator[Fact]:
    for part in parts:
        for line in part.member(TOGETHER).splitlines():
            fact = json.loads(line)
            if fact["fact"] not in identity.wrong:
                graph = fact["graph"]
                things = {name: iri and identity.canonical(graph, iri) for name, iri in fact["things"].items()}
                yield {**fact, "fact": identity.canonical(graph, fact["fact"]), "things": things}
