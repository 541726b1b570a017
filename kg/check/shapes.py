"""The graph is held against ontology/shapes.ttl, all of it at once, by queries made of the shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.check.shacl import compiled
from kg.rdf.ontology import read
from kg.store import Store

__all__ = ["Severity", "Violation", "gravest_first", "violations"]


class Severity(StrEnum):
    """How much a result weighs: the local name of its term in SHACL."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that is not as a shape says: one ``sh:ValidationResult``."""

    focus: str
    """The IRI of the node."""
    path: str | None
    """The property, as in ``gz:amount``, or the node's shape as a whole."""
    message_zh: str
    message_en: str
    severity: Severity
    value: str | None = None
    """What was found, where one value is to blame."""

    def __str__(self) -> str:
        place = f"{self.focus} {self.path}" if self.path else self.focus
        found = "" if self.value is None else f" (got {self.value!r})"
        return f"{place}: {self.message_zh} / {self.message_en}{found}"


_SUBCLASSES = "SELECT ?lower ?upper WHERE { ?lower rdfs:subClassOf+ ?upper FILTER(?lower != ?upper) }"


def violations(store: Store) -> list[Violation]:
    """Every result of the shapes over the union of all graphs, the gravest first, then by node and property."""
    below: dict[str, list[str]] = defaultdict(list)
    for row in store.select(_SUBCLASSES):
        below[_text(row["upper"])].append(_text(row["lower"]))
    found = []
    for check in compiled(read("shapes.ttl"), below):
        severity, zh, en = Severity(check.severity), check.messages["zh"], check.messages["en"]
        solutions = store.select(check.query)
        blames = any(variable.value == "value" for variable in solutions.variables)
        for row in solutions:
            value = _text(row["value"]) if blames else None
            found.append(Violation(_text(row["focus"]), check.path, zh, en, severity, value))
    return gravest_first(found)


def gravest_first(found: Iterable[Violation]) -> list[Violation]:
    """Each once, the gravest first, then by node and property."""
    order = list(Severity)
    return sorted(
        dict.fromkeys(found),
        key=lambda v: (order.index(v.severity), v.focus, v.path or "", v.message_en, v.value or ""),
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)
