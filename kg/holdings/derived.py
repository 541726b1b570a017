"""What follows from several sources together stands in graphs of its own, made anew after every change.

This is the place for what no source can say alone: who is one person or one agency across sources, and where sources
contradict each other. A function here is given the parts of all sources, in the order of their names, and gives the
sorted N-Quads of each graph by the IRI of the graph: a pure function, so that the outcome is the same whichever way
the sources came together. A graph that comes out as it was is left as it stands; another is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.contradictions import Contradiction
from kg.holdings.parts import PROFILE, Part, contradicted, facts_together
from kg.identity import Identity, Judgements, identify, lines, loads
from kg.rdf import block, meta, meta_graph, source_graph, whole_graph
from kg.standing import Fact
from kg.whole import together

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
        **together(_facts(parts, identity), _contradicted(parts, identity, base), base),
    }


def _facts(parts: Iterable[Part], identity: Identity) -> Iterator[Fact]:
    for part in parts:
        for fact in facts_together(part):
            if fact["fact"] not in identity.wrong:
                graph = fact["graph"]
                things = {name: iri and identity.canonical(graph, iri) for name, iri in fact["things"].items()}
                yield {**fact, "fact": identity.canonical(graph, fact["fact"]), "things": things}


def _contradicted(parts: Iterable[Part], identity: Identity, base: str) -> Iterator[Contradiction]:
    """What each source contradicts by itself, where none of the facts in it is called wrong."""
    for part in parts:
        graph = source_graph(part.summary.sha256, base)
        for found in contradicted(part):
            if identity.wrong.keys().isdisjoint((found.one, *found.others)):
                one, *others = (identity.canonical(graph, iri) for iri in (found.one, *found.others))
                yield replace(found, one=one, others=tuple(others))
