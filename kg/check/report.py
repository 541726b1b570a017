"""The result of a check is one value that a program can read and a person can be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.check.evidence import EvidenceError, count_spans, evidence_errors, short
from kg.check.listing import DIFFERS, NOT_FOUND, NOT_LISTED, NOT_SEEN
from kg.check.shapes import Severity, Violation, violations
from kg.contradictions import CLAIMS, contradictions, told_with_sentences
from kg.model import Coverage, GapKind, Leftover
from kg.rdf import NS
from kg.standing import told
from kg.store import Store

__all__ = ["Report", "check"]

_SEVERITIES: Mapping[Severity, str] = {
    Severity.VIOLATION: "违规 / violations",
    Severity.WARNING: "提醒 / warnings",
    Severity.INFO: "提示 / hints",
}
_INSTANCES = "SELECT (COUNT(DISTINCT ?node) AS ?n) WHERE { ?node a $class }"
_LISTING = frozenset({DIFFERS, NOT_FOUND, NOT_LISTED, NOT_SEEN})


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found."""

    violations: tuple[Violation, ...]
    """Results of the shapes of all severities, the gravest first."""
    evidence: tuple[EvidenceError, ...]
    contradictions: tuple[Mapping[str, Any], ...] = ()
    """What the sources contradict, each with the sentences of both sides (``kg.contradictions.told_with_sentences``)."""
    coverage: tuple[Coverage, ...] = ()
    """What no fact covers, source by source; empty where the graph was opened from a file of N-Quads."""
    listing: tuple[Leftover, ...] = ()
    """What the contents of issues, their documents and the run of their numbers do not agree in."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """``quads``, ``sources``, ``statements``, ``spans``, and by kind of result ``Violation``, ``Warning``, ``Info``,
    ``evidence``, ``contradictions``."""
    reread: bool = False
    """Whether the sources were given, so that every quote was re-read in them."""

    @property
    def conforms(self) -> bool:
        """Nothing is false and nothing is without proof.

        Warnings and hints are allowed, and so is what the sources contradict: that they say so is true.
        """
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
            yield from _part(title, [str(v) for v in self.violations if v.severity is severity], limit)
        yield from _part("依据不符 / evidence errors", list(map(str, self.evidence)), limit)
        if not self.reread:
            yield "未提供来源文件，引文未与原文核对 / no sources were given: quotes were not re-read in them"
        yield from _part("矛盾 / contradictions", list(map(_contradiction, self.contradictions)), limit)
        listed = [f"{left.reason}: {short(left.text, 120)}" for left in self.listing]
        yield from _part("目录与文号 / contents and numbers", listed, limit)
        if self.coverage:
            seen, missed = (
                (sum(kind) for kind in zip(*self.covered().values(), strict=True)) if self.covered() else (0, 0)
            )
            yield f"覆盖 / covered: {seen - missed} / {seen}"
        yield "通过 / the graph conforms" if self.conforms else "未通过 / the graph does not conform"

    def covered(self) -> dict[GapKind, tuple[int, int]]:
        """By kind of what can be recognised in the texts: how many were seen, and how many of them no fact accounts for."""
        seen: Counter[GapKind] = Counter()
        missed: Counter[GapKind] = Counter()
        for coverage in self.coverage:
            for tally in coverage.tallies:
                seen[tally.kind] += tally.seen
                missed[tally.kind] += tally.missed
        return {kind: (seen[kind], missed[kind]) for kind in GapKind if seen[kind]}

    def plain(self) -> dict[str, Any]:
        """The report as plain values, for JSON and for the page: with no place of what no fact covers."""
        return {
            "conforms": self.conforms,
            "reread": self.reread,
            "counts": dict(self.counts),
            "results": [
                {
                    "severity": str(v.severity),
                    "focus": v.focus,
                    "path": v.path,
                    "zh": v.message_zh,
                    "en": v.message_en,
                    "value": v.value,
                }
                for v in self.violations
            ],
            "evidence": [
                {
                    "focus": error.focus,
                    "reason": str(error.reason),
                    "zh": error.reason.message_zh,
                    "en": error.reason.message_en,
                    "expected": error.expected,
                    "found": error.found,
                }
                for error in self.evidence
            ],
            "contradictions": list(self.contradictions),
            "listing": [
                {
                    "reason": left.reason,
                    "text": left.text,
                    "span": [left.span.start, left.span.end] if left.span else None,
                }
                for left in self.listing
            ],
            "coverage": {
                str(kind): {"seen": seen, "missed": missed} for kind, (seen, missed) in self.covered().items()
            },
        }


def check(
    store: Store,
    sources: Mapping[str, str] | None = None,
    *,
    coverage: Iterable[Coverage] = (),
    leftovers: Iterable[Leftover] = (),
) -> Report:
    """The graph against the shapes, its statements against their evidence, and these against the sources' texts.

    ``sources`` are decoded texts by the SHA-256 of their files' bytes; without them nothing is re-read. ``coverage`` and
    ``leftovers`` are what a build keeps of what no fact covers and what was left over.
    """
    found = tuple(violations(store))
    errors = tuple(evidence_errors(store, sources))
    facts = told(store)
    conflicts = tuple(told_with_sentences(contradictions(facts), facts, CLAIMS))
    severities = Counter(v.severity for v in found)
    counts = {
        "quads": len(store),
        "sources": _instances(store, "Source"),
        "statements": _instances(store, "Statement"),
        "spans": count_spans(store),
        **{severity.value: severities[severity] for severity in Severity},
        "evidence": len(errors),
        "contradictions": len(conflicts),
    }
    listing = tuple(left for left in leftovers if left.reason in _LISTING)
    return Report(found, errors, conflicts, tuple(coverage), listing, counts, sources is not None)


def _contradiction(one: Mapping[str, Any]) -> str:
    said = f"{one['zh']} / {one['en']}" + (" (提示 hint)" if one["severity"] == "Info" else "")
    sides = (f"      {side['doc']} {short(side['quote'], 90)}" for side in (one["one"], *one["others"]))
    # What a source says must not turn a terminal upside down.
    return "\n".join("".join(char if char.isprintable() else " " for char in line) for line in (said, *sides))


def _part(title: str, found: list[str], limit: int) -> Iterator[str]:
    if not found:
        return
    yield f"{title}: {len(found)}"
    yield from (f"  {item}" for item in islice(found, limit))
    if len(found) > limit:
        yield f"  … 另有 {len(found) - limit} 条 / and {len(found) - limit} more"


def _instances(store: Store, name: str) -> int:
    (row,) = store.select(_INSTANCES, {"class": ox.NamedNode(NS + name)})
    return int(str(row["n"].value))
