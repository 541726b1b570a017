"""Facts as what stands is reckoned from them: in full, with their graph and the things that their fields name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import pyoxigraph as ox

from kg.query.gold import located
from kg.rdf.vocabulary import FIELDS, THINGS, gz
from kg.store import Store, among

__all__ = ["Fact", "by_source", "is_repeal", "needed", "thing", "told"]

Fact = Mapping[str, Any]
"""A fact in full, as ``kg.query.facts`` tells it, with ``graph``, the IRI of its source, and ``things``: the IRI of what
each of its fields names. What is part of a sum has the IRI of the ``whole``, and says whether the parts are ``complete``."""

_LINKS = [gz(link) for link in THINGS]
_NAMED = f"""
SELECT ?g ?fact ?link ?thing WHERE {{ VALUES ?link {{ {" ".join(_LINKS)} }} GRAPH ?g {{ ?fact ?link ?thing }} }}"""
_NAMED_BY = f"""
SELECT ?g ?fact ?link ?thing WHERE {{ GRAPH ?g {{ ?fact ?link ?thing }} FILTER(?link IN ({", ".join(_LINKS)})) }}"""
_SUMS = """SELECT ?part ?whole (EXISTS { GRAPH ?h { ?part gz:completes ?whole } } AS ?complete)
WHERE { GRAPH ?g { ?part gz:partOfSum ?whole } } ORDER BY ?part ?whole"""


def told(store: Store, only: Iterable[str] | None = None) -> list[Fact]:
    """The facts of a store, or those of some IRIs."""
    chosen = None if only is None else frozenset(only)
    used = None if chosen is None else store.canonical.used_for(chosen)
    named: dict[tuple[str, str], str] = {}
    for row in _rows(store, _NAMED if used is None else among(_NAMED_BY, "fact"), used):
        graph, statement, link, node = (term.value if isinstance(term, ox.NamedNode) else "" for term in row)
        statement, node = store.canonical.of(graph, statement), store.canonical.of(graph, node)
        named[statement, link] = max(node, named.get((statement, link), ""))
    sums = {
        part.value: (whole.value, complete.value == "true")
        for part, whole, complete in _rows(store, _SUMS if used is None else among(_SUMS, "part"), used)
    }
    found: list[Fact] = []
    for graph, fact in located(store, chosen):
        properties = ((name, field.thing) for name, field in FIELDS[fact["kind"]].items() if field.thing)
        things = {name: named.get((fact["fact"], gz(link)[1:-1])) for name, link in properties}
        full = {**fact, "graph": graph, "things": things}
        if fact["fact"] in sums:
            full["whole"], full["complete"] = sums[fact["fact"]]
        found.append(full)
    return found


def _rows(store: Store, sparql: str, nodes: Iterable[str] | None) -> Iterator[Any]:
    if nodes is None:
        yield from store.select(sparql, merge=False)
    else:
        yield from chain.from_iterable(store.select_about(sparql, nodes, merge=False))


_ALONE = frozenset({"contact", "stand_in", "norm", "fund"})
"""The kinds of facts that none of another source ends or contradicts."""
_REPEALS = re.compile("废止|失效")
_UNUSED = frozenset({"rule", "section", "source", "spans", "quote"})


def needed(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Those of the facts that facts of another source can end or contradict, less what is not needed for that."""
    for fact in facts:
        kind = fact["kind"]
        if kind in _ALONE or (kind == "cites" and not is_repeal(fact)):
            continue
        slim = {key: value for key, value in fact.items() if key not in _UNUSED}
        yield {**slim, "quote": fact["quote"]} if kind == "post" else slim


def is_repeal(citation: Fact) -> bool:
    """Whether a citation takes back the document that it cites."""
    return bool(_REPEALS.search(str(citation.get("relation", ""))))


def by_source(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The facts by the IRI of their source, in their order."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact["graph"]].append(fact)
    return found


def thing(fact: Fact, name: str) -> str:
    """What a field of a fact names: the IRI, or the words where nothing known is named; nothing if it has no such field."""
    return str(fact["things"].get(name) or fact.get(name) or "")
