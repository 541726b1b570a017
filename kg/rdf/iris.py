"""Every thing in a reading has one IRI, made of what the source says and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256

from kg.model import Document, Entity, Fact, Issue, Reading, Section, Span
from kg.rdf.terms import BASE, check_base, iri, segment

__all__ = ["Names", "base_of", "is_whole", "meta_graph", "source_graph", "standing_graph", "whole_graph"]


def source_graph(sha: str, base: str = BASE) -> str:
    """The IRI (no brackets) of the named graph of a source, by the SHA-256 of its bytes; its edges add ``/edges``."""
    return f"{base}source/{sha[:16]}"


def meta_graph(base: str = BASE) -> str:
    """The IRI (no brackets) of the graph that says which software wrote the others."""
    return f"{base}meta"


def standing_graph(source: str) -> str:
    """The IRI of the graph that says when what a source says stood, by the IRI of the source."""
    return f"{source}/standing"


def whole_graph(name: str, base: str = BASE) -> str:
    """The IRI (no brackets) of a graph of what follows from all sources together: ``identity`` or ``contradictions``."""
    return f"{base}whole/{name}"


def is_whole(graph: str) -> bool:
    """Whether a graph holds what follows from the facts of all sources together, and is made anew for a day."""
    return graph.endswith(("/standing", "whole/contradictions"))


def base_of(graphs: Iterable[str]) -> str:
    """Where the resources stand that the graphs of a build speak of: below the graph that says what wrote them."""
    return next((graph.removesuffix("meta") for graph in graphs if graph.endswith(("/meta", "#meta"))), BASE)


def _plain(value: object) -> object:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class Names:
    """The IRIs of one reading, as N-Quads terms, and the facts they are given to.

    A fact that is equal to an earlier one in kind, document, fields and spans has the same IRI and is left out.
    """

    def __init__(self, reading: Reading, base: str = BASE) -> None:
        self.base = check_base(base)
        self.reading = reading
        source = source_graph(reading.source.sha256, base)
        self.source = f"<{source}>"
        self.edges = f"<{source}/edges>"
        self._evidence = f"<{source}/"
        self._paths = {(s.doc, s.path) for s in reading.sections}
        self.facts: Mapping[str, Fact] = self._facts()

    def _facts(self) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        seen: set[str] = set()
        for fact in self.reading.facts:
            own = self._statement(fact)
            if own in seen:
                continue
            seen.add(own)
            node = self._record(fact) or own
            # Two facts about one document in one source stay two nodes, or their fields would run together.
            facts[own if node in facts else node] = fact
        return facts

    def _statement(self, fact: Fact) -> str:
        content = {
            "doc": fact.doc,
            "fields": {name: _plain(value) for name, value in fact.values()},
            "kind": fact.kind,
            "spans": [(s.start, s.end) for s in fact.evidence.spans],
        }
        digest = sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()[:12]
        return f"<{self.base}{fact.kind}/{segment(fact.doc)}/{digest}>"

    def _record(self, fact: Fact) -> str | None:
        """The document or the issue itself, for the facts that say what it is."""
        if isinstance(fact, Document):
            return (
                self.document(fact.number, fact.title) or f"<{self.base}document/{segment(fact.number or fact.title)}>"
            )
        if isinstance(fact, Issue):
            return self.document(fact.doc) or f"<{self.base}issue/{segment(fact.title)}/{segment(fact.number or '')}>"
        return None

    def key(self, key: str) -> str:
        """The entity that stands at the key."""
        return iri(self.base, key)

    def entity(self, entity: Entity) -> str:
        return iri(self.base, entity.key)

    def party(self, words: str) -> str | None:
        """Whom the words name, if it is known."""
        entity = self.reading.parties.get(words)
        return self.entity(entity) if entity else None

    def document(self, *keys: str | None) -> str | None:
        """The document that the first known of the keys (a number, a title) names."""
        for key in keys:
            if key and (entity := self.reading.documents.get(key)):
                return self.entity(entity)
        return None

    def section(self, doc: str, path: str) -> str | None:
        """The section, if the reading has it."""
        if (doc, path) not in self._paths:
            return None
        return f"<{self.base}section/{segment(doc)}/{segment(path)}>"

    def above(self, section: Section) -> str | None:
        """The section that the section is part of, or else its document."""
        path = section.path
        while path:
            path = path.rpartition(".")[0]
            if found := self.section(section.doc, path):
                return found
        return self.document(section.doc)

    def evidence(self, span: Span, part: str = "") -> str:
        """A place in the source; ``part`` is one of its selectors."""
        return f"{self._evidence}{span}{part}>"

    def gazette(self, title: str) -> str:
        """The periodical, by its title."""
        return f"<{self.base}gazette/{segment(title)}>"
