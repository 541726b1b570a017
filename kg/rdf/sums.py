"""Which sums and counts a text says are parts of which other: plain edges from each part to the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.grammar.sums import parts_behind
from kg.model import Fact, Fund, Reading, Target
from kg.rdf.iris import Names
from kg.rdf.vocabulary import gz

__all__ = ["parts_of_sums"]

_Node = tuple[str, Fund | Target]


def parts_of_sums(names: Names) -> Iterator[tuple[str, str, str]]:
    """The edges of a reading; ``gz:completes`` beside ``gz:partOfSum`` where the text lists all parts."""
    groups: dict[tuple[str, str, str], list[_Node]] = defaultdict(list)
    for node, fact in names.facts.items():
        if isinstance(fact, Fund):
            groups[fact.doc, "fund", fact.per or ""].append((node, fact))
        elif isinstance(fact, Target) and fact.unit not in (None, "元", "%", "‰"):
            groups[fact.doc, fact.unit or "", ""].append((node, fact))
    for group in groups.values():
        yield from _of_group(names.reading, sorted(group, key=lambda node: _stretch(node[1])))


def _of_group(reading: Reading, group: list[_Node]) -> Iterator[tuple[str, str, str]]:
    """Of sums of one unit, in the order of the text: what is said behind 其中 is part of the one sum before it."""
    text = reading.source.text
    places = [_stretch(fact) for _, fact in group]
    for at, (whole, fact) in enumerate(group):
        start, end = places[at]
        if places.count((start, end)) > 1 or (isinstance(fact, Fund) and fact.amount is None):
            continue  # two sums in one clause: the text does not say of which they are parts
        if not (said := parts_behind(text, end)):
            continue
        parts = [node for node, place in zip(group, places, strict=True) if end <= place[0] and place[1] <= said.end]
        complete = said.complete(len(parts), fact.evidence.quote)
        for part, _ in parts:
            yield part, gz("partOfSum"), whole
            if complete:
                yield part, gz("completes"), whole


def _stretch(fact: Fact) -> tuple[int, int]:
    spans = fact.evidence.spans
    return min(span.start for span in spans), max(span.end for span in spans)
