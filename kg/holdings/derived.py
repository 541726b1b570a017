"""What follows from several sources together stands in graphs of its own, made anew after every change.

This is the place for what no source can say alone: who is one person or one agency across sources, and where sources
contradict each other. A function here is given the parts of all sources, in the order of their names, and gives the
sorted N-Quads of each graph by the IRI of the graph: a pure function, so that the outcome is the same whichever way
the sources came together. A graph that comes out as it was is left as it stands; another is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from kg.contradictions import Contradiction, within
from kg.holdings.parts import PROFILE, Part, contradicted, facts_together
from kg.identity import Added, Identity, Judgements, Profile, identify, lines, loads, profiles
from kg.rdf import block, is_whole, meta, meta_graph, source_graph, whole_graph
from kg.standing import Fact, by_source, needed, told
from kg.store import Store
from kg.whole import together

__all__ = ["added_to", "again", "derived", "profiles_of"]

_Alone = Iterable[tuple[str, Contradiction]]
"""What a source contradicts by itself, behind the IRI of its graph."""


def derived(
    parts: Sequence[Part], version: str, base: str, judgements: Judgements | None = None
) -> Mapping[str, bytes]:
    """The graphs that are no source's own, by their IRIs: which software wrote the others, and what follows from all.

    Who is who comes first: what follows else speaks of one IRI a thing, and of no fact that the user calls wrong. Raises
    KgError for judgements that are not as they must be.
    """
    facts = (fact for part in parts for fact in facts_together(part))
    alone = ((source_graph(part.summary.sha256, base), found) for part in parts for found in contradicted(part))
    identity = identify(profiles_of(parts), base, judgements, added_to(parts, base))
    return {meta_graph(base): block(meta(version, base)), **_follows(identity, facts, alone, base)}


def profiles_of(parts: Iterable[Part]) -> list[Profile]:
    """What identity knows of the sources."""
    return [loads(line) for part in parts for line in part.member(PROFILE).decode("utf-8").splitlines()]


def added_to(parts: Iterable[Part], base: str) -> Added:
    """What users added to the sources."""
    return {source_graph(part.summary.sha256, base): part.summary.added for part in parts if part.summary.added}


def again(
    store: Store, base: str, judgements: Judgements, added: Added | None = None, anew: Mapping[str, bytes] | None = None
) -> Store:
    """A store of the same sources, and what follows from them by other judgements.

    ``anew`` are the N-Quads of sources that are others by these, by the IRIs of their graphs.
    """
    found, anew = Store(), anew or {}
    for graph in store.graphs():
        source = graph.removesuffix("/edges")
        if not is_whole(graph) and graph != whole_graph("identity", base) and source not in anew:
            found.add(BytesIO(store.dump(graph)), graph)
    for graph, quads in anew.items():
        found.add(BytesIO(quads), graph)
    facts = told(found)
    alone = ((graph, one) for graph, own in by_source(facts).items() for one in within(own))
    identity = identify(profiles(found), base, judgements, added)
    for graph, said in _follows(identity, needed(facts), alone, base).items():
        found.add(BytesIO(said), graph)
    return found


def _follows(identity: Identity, facts: Iterable[Fact], alone: _Alone, base: str) -> Mapping[str, bytes]:
    return {
        whole_graph("identity", base): block(lines(identity, base)),
        **together(_facts(facts, identity), _contradicted(alone, identity), base),
    }


def _facts(facts: Iterable[Fact], identity: Identity) -> Iterator[Fact]:
    for fact in facts:
        if fact["fact"] not in identity.wrong:
            graph, iri = fact["graph"], fact["fact"]
            own = identity.canonical(graph, iri)
            things = {name: iri and identity.canonical(graph, iri) for name, iri in fact["things"].items()}
            yield fact if (own, things) == (iri, fact["things"]) else {**fact, "fact": own, "things": things}


def _contradicted(alone: _Alone, identity: Identity) -> Iterator[Contradiction]:
    """Where none of the facts in it is called wrong."""
    for graph, found in alone:
        if identity.wrong.keys().isdisjoint((found.one, *found.others)):
            one, *others = (identity.canonical(graph, iri) for iri in (found.one, *found.others))
            yield replace(found, one=one, others=tuple(others))
