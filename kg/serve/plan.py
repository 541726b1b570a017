"""The tasks of some documents, read without the rest of the graph: what the matrix and the timeline are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ledger import FILE, Entry, Task, current, load
from kg.ledger.joining import join
from kg.ledger.reckoning import Reckoning
from kg.serve.jobs import Served
from kg.serve.things import base_of
from kg.standing import told
from kg.store import Store

__all__ = ["Planned", "planned", "progress", "tasks"]

_PLANNED = """
SELECT ?document (SAMPLE(?name) AS ?title) (SAMPLE(?code) AS ?number) (MAX(STR(?day)) AS ?date) (COUNT(DISTINCT ?fact) AS ?n) WHERE {
  VALUES ?class { $classes } ?fact a ?class ; gz:inDocument ?document ; gz:rule ?rule . ?document gz:title ?name .
  FILTER(STR(?rule) != "duty.division")
  OPTIONAL { ?document gz:number ?code } OPTIONAL { ?document gz:dateOfDocument ?day }
} GROUP BY ?document ORDER BY DESC(?date) ?title"""
_OF_AGENT = """
SELECT DISTINCT ?document WHERE {
  ?party skos:prefLabel|skos:altLabel ?label . FILTER(CONTAINS(STR(?label), $words))
  ?fact gz:agent ?party ; gz:inDocument ?document
}"""
_FACTS = """
SELECT DISTINCT ?fact WHERE {
  {
    VALUES ?document { $documents } VALUES ?class { gz:Responsibility gz:Deadline gz:Target gz:Fund }
    ?fact gz:inDocument ?document ; a ?class
  }
  UNION { VALUES ?fact { $documents } }
}"""
_HEADINGS = (
    "SELECT ?fact ?heading WHERE { VALUES ?fact { $facts } ?fact gz:inSection ?section . ?section gz:heading ?heading }"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that sets something down to be done."""

    iri: str
    title: str
    number: str
    date: str
    facts: int


def planned(store: Store, classes: Sequence[str], agent: str = "") -> list[Planned]:
    """The documents with facts of these classes, the newest first; with ``agent`` where somebody so called takes part.

    How leaders divide their work among themselves (分管…) is no task.
    """
    query = _PLANNED.replace("$classes", " ".join(f"gz:{name}" for name in classes))
    found = [
        Planned(document, title, number, date, int(facts))
        for document, title, number, date, facts in store.rows(query)
        if document
    ]
    if not agent:
        return found
    known = {document for (document,) in store.rows(_OF_AGENT, {"words": agent})}
    return [one for one in found if one.iri in known]


def tasks(store: Store, documents: Iterable[str]) -> list[Task]:
    """The tasks of the documents, in their order and in the order of reading, with the days that they set."""
    order = list(documents)
    asked = tuple(map(ox.NamedNode, order))
    found = [fact for (fact,) in store.rows(_FACTS, {"documents": asked})] if asked else []
    facts = told(store, found)
    named = tuple(ox.NamedNode(fact) for fact in found)
    headings = {row[0]: row[1] for row in store.rows(_HEADINGS, {"facts": named})} if named else {}
    titles = {
        fact["doc"]: str(fact["title"]) for fact in facts if fact["kind"] == "document" and not fact.get("part_of")
    }
    place = {fact["doc"]: order.index(fact["fact"]) for fact in facts if fact["fact"] in order}
    made = join(facts, Reckoning(facts, {}).term, lambda fact: headings.get(fact["fact"], ""), titles, base_of(store))
    return sorted(made, key=lambda task: place.get(task.doc, len(order)))


def progress(served: Served) -> Mapping[str, Entry]:
    """What whoever keeps the ledger wrote of the tasks last, by their IRIs."""
    return current(load(served.graph.home / FILE) if served.graph.home else ())
