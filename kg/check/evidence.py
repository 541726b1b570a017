"""Every statement points to places in its source, and what stands there is what it quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.store import Store

__all__ = ["EvidenceError", "Reason", "count_spans", "evidence_errors", "short"]


class Reason(StrEnum):
    """What is wrong with a piece of evidence."""

    MISSING = "missing"
    UNLISTED = "unlisted"
    QUOTE = "quote"
    SOURCE = "source"
    TEXT = "text"

    @property
    def message_zh(self) -> str:
        return _MESSAGES[self][0]

    @property
    def message_en(self) -> str:
        return _MESSAGES[self][1]


_MESSAGES: Mapping[Reason, tuple[str, str]] = {
    Reason.MISSING: ("没有任何原文依据", "has no evidence"),
    Reason.UNLISTED: ("依据区间与依据节点不符", "lists spans that are not those of its evidence"),
    Reason.QUOTE: ("引文与依据处的原文不符", "has a quote that is not the text of its evidence"),
    Reason.SOURCE: ("依据所在的来源不在给定的文件之中", "stands in a source that is not among the files given"),
    Reason.TEXT: ("来源在该处的文字与依据不符", "has other text in the source at its place"),
}


@dataclass(frozen=True, slots=True)
class EvidenceError:
    """A statement, or a place of evidence, that cannot be put to the proof."""

    focus: str
    """The IRI of the statement or of the evidence."""
    reason: Reason
    expected: str | None = None
    """What the graph says."""
    found: str | None = None
    """What stands there."""

    def __str__(self) -> str:
        tail = "" if self.expected is None else f": {short(self.expected)} ≠ {short(self.found)}"
        return f"{self.focus}: {self.reason.message_zh} / {self.reason.message_en}{tail}"


def short(text: str | None, limit: int = 60) -> str:
    """Text out of a source as a terminal may show it: in quotes, without controls, cut where it is long."""
    if text is None:
        return "—"
    flat = " ".join(text.split())
    # repr, because a control character in a source must not reach a terminal.
    return repr(flat if len(flat) <= limit else f"{flat[: limit - 1]}…")


# A section's heading is evidence too, but nobody quotes it: only statements are compared with their quotes.
_STATEMENTS = """
SELECT ?fact ?spans ?quote WHERE {
  ?fact a gz:Statement .
  OPTIONAL { ?fact gz:evidenceSpans ?spans }
  OPTIONAL { ?fact gz:quote ?quote }
} ORDER BY ?fact ?spans ?quote
"""
_LINKS = "SELECT ?fact ?place WHERE { ?fact gz:evidence ?place }"
_PLACES = """
SELECT ?place ?sha ?start ?end ?exact WHERE {
  ?place a oa:SpecificResource ; oa:hasSource/gz:sha256 ?sha ; oa:hasSelector ?quote, ?position .
  ?quote oa:exact ?exact .
  ?position oa:start ?start ; oa:end ?end .
} ORDER BY ?sha ?place
"""


@dataclass(frozen=True, slots=True)
class _Place:
    sha: str
    start: int
    end: int
    exact: str

    @property
    def span(self) -> str:
        return f"{self.start}-{self.end}"


def evidence_errors(store: Store, sources: Mapping[str, str] | None = None) -> Iterator[EvidenceError]:
    """What is wrong between statements, their evidence and, where they are given, the sources' texts.

    ``sources`` are decoded texts by the SHA-256 of their bytes; a source that is missing from it is reported once.
    """
    places = _places(store)
    if sources is not None:
        yield from _against_sources(places, sources)
    yield from _statements(store, places)


def count_spans(store: Store) -> int:
    """How many places of evidence the graph has."""
    return len(_places(store))


def _places(store: Store) -> dict[str, _Place]:
    found = {}
    for row in store.select(_PLACES):
        try:
            found[_text(row["place"])] = _Place(
                _text(row["sha"]), int(_text(row["start"])), int(_text(row["end"])), _text(row["exact"])
            )
        except ValueError:
            continue  # no whole numbers: the shapes say so, and the statement's spans will not match
    return found


def _against_sources(places: Mapping[str, _Place], sources: Mapping[str, str]) -> Iterator[EvidenceError]:
    unknown: set[str] = set()
    for node, place in places.items():
        text = sources.get(place.sha)
        if text is None:
            if place.sha not in unknown:
                unknown.add(place.sha)
                yield EvidenceError(node, Reason.SOURCE, place.sha)
        elif (found := text[place.start : place.end]) != place.exact:
            yield EvidenceError(node, Reason.TEXT, place.exact, found)


def _statements(store: Store, places: Mapping[str, _Place]) -> Iterator[EvidenceError]:
    links: dict[str, list[_Place | None]] = {}
    for row in store.select(_LINKS):
        links.setdefault(_text(row["fact"]), []).append(places.get(_text(row["place"])))
    for row in store.select(_STATEMENTS):
        fact, spans, quote = (_text(row[name]) for name in ("fact", "spans", "quote"))
        if not (linked := links.get(fact)):
            yield EvidenceError(fact, Reason.MISSING)
            continue
        # A statement that two sources make word for word at the same place is one node with the evidence of both.
        by_source: dict[str, dict[str, str]] = {}
        for place in linked:
            if place is not None:
                by_source.setdefault(place.sha, {})[place.span] = place.exact
        listed = spans.split()
        fitting = [exact for exact in by_source.values() if all(span in exact for span in listed)]
        if None in linked or not listed or not fitting:
            held = " ".join(sorted(span for exact in by_source.values() for span in exact))
            yield EvidenceError(fact, Reason.UNLISTED, spans, held)
            continue
        texts = ["".join("".join(exact[span] for span in listed).split()) for exact in fitting]
        if quote not in texts:
            yield EvidenceError(fact, Reason.QUOTE, quote, texts[0])


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else ""
