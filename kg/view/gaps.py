"""What no fact covers, as the report shows it: how much by kind and by document, and each place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from kg.model import Coverage, Gap, GapKind

__all__ = ["gaps"]

_SHOWN = 200
"""How many places of a kind, and how many documents, are shown; all are counted."""


def gaps(coverages: Iterable[Coverage]) -> dict[str, Any] | None:
    """The counts and the places for the report's template, or None where nothing was looked at."""
    coverages = list(coverages)
    seen: Counter[GapKind] = Counter()
    missed: Counter[GapKind] = Counter()
    documents: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    places: dict[GapKind, list[tuple[str, Gap]]] = defaultdict(list)
    for coverage in coverages:
        for tally in coverage.tallies:
            seen[tally.kind] += tally.seen
            missed[tally.kind] += tally.missed
            counts = documents[coverage.source, tally.doc]
            counts[0] += tally.seen
            counts[1] += tally.missed
        for gap in coverage.gaps:
            places[gap.kind].append((coverage.source, gap))
    if not seen:
        return None
    rows = [
        {"doc": doc, "source": source, **_share(*counts)} for (source, doc), counts in documents.items() if counts[1]
    ]
    rows.sort(key=lambda row: -row["missed"])
    return {
        "kinds": [
            {"zh": kind.zh, "name": str(kind), **_share(seen[kind], missed[kind])} for kind in GapKind if seen[kind]
        ],
        "documents": rows[:_SHOWN],
        "more": max(0, len(rows) - _SHOWN),
        "missed": missed.total(),
        "share": _share(seen.total(), missed.total())["share"],
        "groups": [
            {
                "zh": kind.zh,
                "name": str(kind),
                "number": len(places[kind]),
                # What the graph knows from nowhere else comes first.
                "shown": sorted(places[kind], key=lambda place: place[1].known)[:_SHOWN],
                "more": max(0, len(places[kind]) - _SHOWN),
            }
            for kind in GapKind
            if places[kind]
        ],
    }


def _share(seen: int, missed: int) -> dict[str, Any]:
    """Counts, and the share that is covered in whole per cent, never rounded up to all."""
    return {"seen": seen, "missed": missed, "share": 100 * (seen - missed) // seen}
