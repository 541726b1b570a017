"""The default graph is the merge of all named graphs, in which every thing has one IRI and one preferred name.

Which IRI stands for which is said by the graph of identity; the named graphs keep what each source says. A fact that
the user calls wrong is left out, and with it the plain edges that only it supports. The work grows with what is put in
another's place, not with the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any

import pyoxigraph as ox

from kg.rdf import NS
from kg.rdf.vocabulary import name

__all__ = ["Canonical", "merge", "settle", "unsettle"]

_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_DEFAULT = ox.DefaultGraph()
_EDGES = "/edges"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Where = Callable[[ox.Store, ox.NamedNode, ox.DefaultGraph | None], Iterator[ox.Quad]]


def _gz(local: str) -> ox.NamedNode:
    return ox.NamedNode(NS + local)


_SAME, _TYPE = ox.NamedNode(name("owl:sameAs")), ox.NamedNode(name("rdf:type"))
_PREFERRED, _OTHER = ox.NamedNode(name("skos:prefLabel")), ox.NamedNode(name("skos:altLabel"))
_LABEL = ox.NamedNode(name("rdfs:label"))
_NAME, _REJECTS = _gz("preferredName"), _gz("rejects")
_SENSE_OF, _USED, _IN_SOURCE = _gz("senseOf"), _gz("usedIri"), _gz("inSource")
_SINGLE = frozenset(
    {_gz("jurisdiction"), _gz("inDivision"), _gz("divisionCode"), ox.NamedNode(name("schema:containedInPlace"))}
)
"""What a thing has one of: that of the IRI which stands for it."""
_KINDS = (_TYPE, _gz("roleKind"), _gz("eventKind"), _gz("relation"), _gz("action"))
"""What two facts have in common that make the same plain edge."""


class Canonical:
    """Which IRI stands for what a source calls by another, and what the user calls wrong, as a store says.

    What in a graph of identity is no IRI where one must be says nothing.
    """

    def __init__(self, inner: ox.Store) -> None:
        said = chain.from_iterable(_named(inner, None, link, None) for link in (_SAME, _SENSE_OF, _NAME, _REJECTS))
        self.decided = frozenset(quad.graph_name.value for quad in said)
        """The graphs that say so: what they say of an IRI is about that one."""
        self.same = dict(_pairs(inner, _SAME))
        used, source = dict(_pairs(inner, _USED)), dict(_pairs(inner, _IN_SOURCE))
        self.senses = {
            (source[node], used[node]): thing
            for node, thing in _pairs(inner, _SENSE_OF)
            if node in source and node in used
        }
        self.names: dict[str, ox.Literal] = {
            quad.subject.value: quad.object
            for quad in _named(inner, None, _NAME, None)
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        }
        self.rejected = frozenset(fact for _, fact in _pairs(inner, _REJECTS))

    def of(self, graph: str, iri: str) -> str:
        """The IRI that stands for what the source of a graph (or of its edges) calls by an IRI."""
        return self.same.get(iri) or self.senses.get((graph.removesuffix(_EDGES), iri), iri)

    def all_of(self, iri: str) -> tuple[str, ...]:
        """The IRIs that stand for an IRI in whichever source; none for a fact that the user calls wrong."""
        if iri in self.rejected:
            return ()
        if one := self.same.get(iri):
            return (one,)
        return tuple(sorted({thing for (_, used), thing in self.senses.items() if used == iri})) or (iri,)

    def used(self) -> set[str]:
        """The IRIs for which others stand."""
        return {*self.same, *(used for _, used in self.senses)}

    @cached_property
    def _instead(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for used, thing in chain(self.same.items(), ((used, thing) for (_, used), thing in self.senses.items())):
            found[thing].add(used)
        return found

    def used_for(self, iris: Iterable[str]) -> set[str]:
        """The IRIs themselves, and those for which they stand: what sources call the same things."""
        return {used for iri in iris for used in (iri, *self._instead.get(iri, ()))}

    def said(self, quad: Any) -> ox.Quad:
        """A quad of a named graph as the default graph has it."""
        graph, subject, value = quad.graph_name.value, quad.subject, quad.object
        if graph not in self.decided:
            if isinstance(subject, ox.NamedNode):
                subject = ox.NamedNode(self.of(graph, subject.value))
            if isinstance(value, ox.NamedNode):
                value = ox.NamedNode(self.of(graph, value.value))
        return ox.Quad(subject, quad.predicate, value)


def merge(inner: ox.Store) -> None:
    """Make the default graph of a store that has none."""
    inner.update(_MERGE)
    settle(inner)


def settle(inner: ox.Store) -> None:
    """Make a default graph that is the plain merge speak of one IRI a thing, as the graph of identity says."""
    canonical = Canonical(inner)
    for iri in sorted(canonical.used()):
        _put_in_place(inner, canonical, ox.NamedNode(iri))
    for node in sorted(canonical.names):
        _call(inner, ox.NamedNode(node), canonical.names[node])
    for fact in sorted(canonical.rejected):
        _leave_out(inner, canonical, ox.NamedNode(fact))


def unsettle(inner: ox.Store) -> None:
    """Make it the plain merge again, so that graphs can be added to it and taken away."""
    canonical = Canonical(inner)
    for node in sorted({*canonical.used(), *canonical.same.values(), *canonical.senses.values()}):
        _restore(inner, _touching, ox.NamedNode(node))
    for node in sorted(canonical.names):
        _restore(inner, _about, ox.NamedNode(node))
    for fact in sorted(canonical.rejected):
        inner.extend(_plain(quad) for quad in list(chain(_parts(inner, fact), _ties(inner, ox.NamedNode(fact)))))


def _restore(inner: ox.Store, where: _Where, node: ox.NamedNode) -> None:
    for quad in list(where(inner, node, _DEFAULT)):
        inner.remove(quad)
    inner.extend([_plain(quad) for quad in where(inner, node, None)])


def _plain(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _put_in_place(inner: ox.Store, canonical: Canonical, node: ox.NamedNode) -> None:
    """What sources say of an IRI is said of those that stand for it."""
    for quad in list(_touching(inner, node, _DEFAULT)):
        inner.remove(quad)
    for quad in sorted(set(_touching(inner, node, None)), key=str):
        said = canonical.said(quad)
        single = quad.predicate in _SINGLE and said.subject != quad.subject
        if not (single and any(inner.quads_for_pattern(said.subject, quad.predicate, None, _DEFAULT))):
            inner.add(said)


def _call(inner: ox.Store, node: ox.NamedNode, preferred: Term) -> None:
    """The preferred name is the only one, and all others are names besides."""
    for label in (_PREFERRED, _LABEL):
        for quad in list(inner.quads_for_pattern(node, label, None, _DEFAULT)):
            inner.remove(quad)
            inner.add(ox.Quad(node, _OTHER, quad.object))
        inner.add(ox.Quad(node, label, preferred))
    inner.remove(ox.Quad(node, _OTHER, preferred))


def _leave_out(inner: ox.Store, canonical: Canonical, fact: ox.NamedNode) -> None:
    """A fact, the nodes that are part of it, and the plain edges that no other fact supports."""
    gone = [edge for edge in _ties(inner, fact) if not _supported(inner, canonical, fact, edge)]
    for quad in [*gone, *_parts(inner, fact.value)]:
        inner.remove(canonical.said(quad))


def _parts(inner: ox.Store, fact: str) -> Iterator[ox.Quad]:
    """What is said of a fact in named graphs, and of the nodes that are part of it."""
    waiting, seen = [fact], {fact}
    while waiting:
        for quad in _named(inner, ox.NamedNode(waiting.pop()), None, None):
            yield quad
            value = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
            if value.startswith(f"{fact}#") and value not in seen:
                waiting.append(value)
                seen.add(value)


def _ties(inner: ox.Store, fact: ox.NamedNode) -> Iterator[Any]:
    """The plain edges between what a fact speaks of."""
    for graph in sorted({quad.graph_name.value for quad in _named(inner, fact, None, None)}):
        if not graph.endswith(_EDGES):
            ends = _things(inner, fact, ox.NamedNode(graph))
            for end in ends:
                for edge in inner.quads_for_pattern(end, None, None, ox.NamedNode(graph + _EDGES)):
                    if edge.object in ends or edge.object == fact:
                        yield edge


def _supported(inner: ox.Store, canonical: Canonical, fact: ox.NamedNode, edge: Any) -> bool:
    """Whether another fact of the same kind ties the same ends, or another source says so."""
    if any(quad.graph_name != edge.graph_name for quad in _named(inner, edge.subject, edge.predicate, edge.object)):
        return True
    graph = ox.NamedNode(edge.graph_name.value.removesuffix(_EDGES))
    kind = _kind(inner, fact, graph)
    for quad in inner.quads_for_pattern(None, None, edge.subject, graph):
        other = quad.subject
        if other == fact or not isinstance(other, ox.NamedNode) or other.value in canonical.rejected:
            continue
        if (other == edge.object or edge.object in _things(inner, other, graph)) and _kind(inner, other, graph) == kind:
            return True
    return False


def _things(inner: ox.Store, fact: ox.NamedNode, graph: ox.NamedNode) -> set[ox.NamedNode]:
    """What a fact points to."""
    said = inner.quads_for_pattern(fact, None, None, graph)
    return {quad.object for quad in said if isinstance(quad.object, ox.NamedNode) and quad.predicate != _TYPE}


def _kind(inner: ox.Store, fact: ox.NamedNode, graph: ox.NamedNode) -> set[str]:
    places = (graph, ox.NamedNode(graph.value + _EDGES))
    said = (inner.quads_for_pattern(fact, kind, None, place) for place in places for kind in _KINDS)
    return {str(quad.object) for quad in chain.from_iterable(said)}


def _touching(inner: ox.Store, node: ox.NamedNode, graph: ox.DefaultGraph | None) -> Iterator[ox.Quad]:
    """The quads with a node at either end, in the default graph or in the named ones."""
    if graph is None:
        yield from _named(inner, node, None, None)
        yield from _named(inner, None, None, node)
    else:
        yield from inner.quads_for_pattern(node, None, None, graph)
        yield from inner.quads_for_pattern(None, None, node, graph)


def _about(inner: ox.Store, node: ox.NamedNode, graph: ox.DefaultGraph | None) -> Iterator[ox.Quad]:
    """The quads about a node, likewise."""
    yield from _named(inner, node, None, None) if graph is None else inner.quads_for_pattern(node, None, None, graph)


def _named(inner: ox.Store, subject: Any, predicate: ox.NamedNode | None, value: Term | None) -> Iterator[Any]:
    """Quads of named graphs alone."""
    for quad in inner.quads_for_pattern(subject, predicate, value, None):
        if isinstance(quad.graph_name, ox.NamedNode):
            yield quad


def _pairs(inner: ox.Store, link: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """What is tied by a property in named graphs, where both ends are IRIs."""
    for quad in _named(inner, None, link, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            yield quad.subject.value, quad.object.value
