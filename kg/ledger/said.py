"""What a ledger is made of, read out of a store: the facts, the headings they stand under, the names of the parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.ledger.tasks import Fact
from kg.rdf import BASE, NS
from kg.rdf.terms import segment
from kg.standing import told
from kg.store import Store

__all__ = ["Said"]

_HEADINGS = "SELECT ?fact ?heading WHERE { GRAPH ?g { ?fact gz:inSection ?s . ?s gz:heading ?heading } }"
_NAMES = """SELECT ?g ?thing ?name ?class WHERE { GRAPH ?g {
  VALUES ?class { gz:Agency gz:AgencyGroup gz:CoordinatingBody gz:Official gz:OfficeHolder }
  ?thing a ?class ; skos:prefLabel|skos:altLabel ?name } }"""


@dataclass(frozen=True, slots=True)
class Said:
    """All that a graph says, as far as a ledger asks."""

    facts: tuple[Fact, ...]
    headings: Mapping[str, str]
    """Fact → the heading of its section."""
    names: tuple[tuple[str, str, str], ...]
    """Parties, each with each of its names, and the local name of its class."""

    @staticmethod
    def by(store: Store) -> Said:
        """What a store says: who is who as was decided, and without the facts that a user rejects."""
        one = store.canonical
        headings = {row[0]: row[1] for row in sorted(store.rows(_HEADINGS, merge=False))}
        names = {
            (one.of(graph, thing), name, kind.removeprefix(NS))
            for graph, thing, name, kind in store.rows(_NAMES, merge=False)
        }
        return Said(tuple(told(store)), headings, tuple(sorted(names)))

    def after(self, earlier: Said) -> Said:
        """With what an earlier graph says of documents that this one has not: it goes on standing."""
        graphs = {fact["graph"] for fact in self.facts}
        documents = {fact["doc"] for fact in self.facts}
        kept = [fact for fact in earlier.facts if fact["graph"] not in graphs and fact["doc"] not in documents]
        return Said((*self.facts, *kept), {**earlier.headings, **self.headings}, (*self.names, *earlier.names))

    @property
    def documents(self) -> dict[str, Fact]:
        """Each document, by what facts call it."""
        return {fact["doc"]: fact for fact in self.facts if fact["kind"] == "document" and not fact.get("part_of")}

    @property
    def base(self) -> str:
        """What all IRIs begin with."""
        for fact in self.facts:
            before, stroke, _ = str(fact["fact"]).rpartition(f"{fact['kind']}/{segment(fact['doc'])}/")
            if stroke:
                return before
        return BASE
