"""The result of a check is one value that a program can read and a person can be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from kg.check.evidence import EvidenceError, count_spans, evidence_errors
from kg.check.periods import turned_periods
from kg.check.shapes import Severity, Violation, gravest_first, violations
from kg.rdf import NS
from kg.store import Store

__all__ = ["Report", "check"]

_SEVERITIES: Mapping[Severity, str] = {
    Severity.VIOLATION: "违规 / violations",
    Severity.WARNING: "提醒 / warnings",
    Severity.INFO: "提示 / hints",
}
_INSTANCES = "SELECT (COUNT(DISTINCT ?node) AS ?n) WHERE { ?node a $class }"


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found."""

    violations: tuple[Violation, ...]
    """Results of all severities, the gravest first."""
    evidence: tuple[EvidenceError, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    """``quads``, ``sources``, ``statements``, ``spans``, and by kind of result ``Violation``, ``Warning``, ``Info``,
    ``evidence``."""
    reread: bool = False
    """Whether the sources were given, so that every quote was re-read in them."""

    @property
    def conforms(self) -> bool:
        """Nothing is false and nothing is without proof; warnings and hints are allowed."""
        return not self.evidence and not any(v.severity is Severity.VIOLATION for v in self.violations)

    def text(self, limit: int = 20) -> str:
        """The report for a person, in Chinese and in English; at most ``limit`` lines of each kind."""
        return "".join(f"{line}\n" for line in self._lines(limit))

    def _lines(self, limit: int) -> Iterator[str]:
        n = self.counts
        yield (
            f"已检查 / checked: {n.get('quads', 0)} 四元组 / quads, {n.get('sources', 0)} 来源 / sources, "
            f"{n.get('statements', 0)} 陈述 / statements, {n.get('spans', 0)} 依据 / spans"
        )
        for severity, title in _SEVERITIES.items():
            yield from _part(title, (v for v in self.violations if v.severity is severity), limit)
        yield from _part("依据不符 / evidence errors", self.evidence, limit)
        if not self.reread:
            yield "未提供来源文件，引文未与原文核对 / no sources were given: quotes were not re-read in them"
        yield "通过 / the graph conforms" if self.conforms else "未通过 / the graph does not conform"


def check(store: Store, sources: Mapping[str, str] | None = None) -> Report:
    """The graph against the shapes, its statements against their evidence, and these against the sources' texts.

    ``sources`` are decoded texts by the SHA-256 of their files' bytes; without them nothing is re-read.
    """
    found = tuple(gravest_first([*violations(store), *turned_periods(store)]))
    errors = tuple(evidence_errors(store, sources))
    severities = Counter(v.severity for v in found)
    counts = {
        "quads": len(store),
        "sources": _instances(store, "Source"),
        "statements": _instances(store, "Statement"),
        "spans": count_spans(store),
        **{severity.value: severities[severity] for severity in Severity},
        "evidence": len(errors),
    }
    return Report(found, errors, counts, sources is not None)


def _part(title: str, items: Iterable[object], limit: int) -> Iterator[str]:
    found = list(items)
    if not found:
        return
    yield f"{title}: {len(found)}"
    yield from (f"  {item}" for item in islice(found, limit))
    if len(found) > limit:
        yield f"  … 另有 {len(found) - limit} 条 / and {len(found) - limit} more"


def _instances(store: Store, name: str) -> int:
    (row,) = store.select(_INSTANCES, {"class": ox.NamedNode(NS + name)})
    return int(str(row["n"].value))
