"""What is written for the user beside the store: for few sources all that shows them, for many what costs little.

``graph.nq`` and ``facts.jsonl`` are the parts of the sources one behind the other, copied and not made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO

import pyoxigraph as ox

from kg.holdings.derived import profiles_of
from kg.holdings.parts import FACTS, QUADS, Part
from kg.ledger.progress import Entry, last
from kg.model import Coverage, Leftover
from kg.outputs import Content
from kg.query import dues
from kg.query.gold import FULL, located, plain_lines
from kg.rdf import source_graph
from kg.standing import told
from kg.store import Store

__all__ = ["FEW", "FILES", "written_for_few", "written_for_many"]

FEW = 12
"""So many sources, a year of a monthly gazette, are shown by their facts; pages of more are too large to be looked at."""
FILES = ("graph.nq", "graph.trig", "facts.jsonl", "network.html", "report.html")
"""All that a build may write."""
_FOR_MANY = ("graph.nq", "facts.jsonl", "report.html")


def written_for_few(
    store: Store,
    blocks: Callable[[], Iterable[bytes]],
    leftovers: Callable[[], Iterable[Leftover]],
    coverage: Callable[[], Iterable[Coverage]],
    evidence: str,
    progress: Iterable[Entry] = (),
) -> Mapping[str, Content]:
    """The files of a graph of few sources. ``blocks`` are its N-Quads, graph by graph, sorted in each.

    ``evidence`` is the folder of the evidence pages, empty where there are none; ``progress`` is what was filled into
    ledgers.
    """
    from kg.contradictions import CLAIMS, kept, told_with_sentences
    from kg.export.syntaxes import trig  # what is not written is not waited for
    from kg.network import network
    from kg.view import page, report

    found = [{**fact, "graph": graph} for graph, fact in located(store)]
    ties = network(store, found)

    def plain() -> Iterator[str]:
        for fact in found:
            line = json.dumps(
                {key: value for key, value in fact.items() if key not in (*FULL, "graph")}, ensure_ascii=False
            )
            yield f"{line}\n"

    def drawn() -> Iterator[str]:
        issues = (fact["title"] + fact.get("number", "") for fact in found if fact["kind"] == "issue")
        yield page(ties, title=next(issues, "公报知识图谱"), evidence=evidence, report="report.html")

    def reported() -> Iterator[str]:
        yield report(
            found,
            leftovers(),
            ties,
            dues=dues(store),
            coverage=coverage(),
            progress=last(progress),
            evidence=evidence,
            contradictions=told_with_sentences(kept(store, CLAIMS), found, CLAIMS),
        )

    return {
        "graph.nq": blocks(),
        "graph.trig": trig(quad for block in blocks() for quad in ox.parse(block, ox.RdfFormat.N_QUADS)),
        "facts.jsonl": plain(),
        "network.html": drawn(),
        "report.html": reported(),
    }


def written_for_many(
    parts: Sequence[Part],
    blocks: Iterable[bytes],
    refused: Sequence[Leftover],
    base: str,
    progress: Iterable[Entry] = (),
    wrong: frozenset[str] = frozenset(),
) -> Mapping[str, Content]:
    """The files of a graph of many sources, whose parts come by name; without the facts that are ``wrong``."""
    from kg.view import sources_report

    by_place = sorted(parts, key=lambda part: (part.summary.name, source_graph(part.summary.sha256, base)))

    def listed() -> Iterator[str]:
        summaries = (part.summary for part in by_place)
        beside = [name for name in _FOR_MANY if name != "report.html"]
        reasons = [left.reason for left in refused]
        yield sources_report(summaries, reasons, few=FEW, files=beside, progress=last(progress))

    return {
        "graph.nq": blocks,
        "facts.jsonl": (_facts(part, wrong) for part in by_place),
        "report.html": listed(),
    }


def _facts(part: Part, wrong: frozenset[str]) -> bytes:
    if not wrong or not any(profile.has(fact) for profile in profiles_of([part]) for fact in wrong):
        return part.member(FACTS)
    found = told(Store.of(BytesIO(part.member(QUADS))))
    return b"".join(plain_lines(fact for fact in found if fact["fact"] not in wrong))


def in_order(parts: Iterable[Part], others: Mapping[str, bytes], base: str) -> Iterator[bytes]:
    """The N-Quads of parts, and of the other graphs, by the IRIs of the graphs."""
    here: dict[str, Part | bytes] = {source_graph(part.summary.sha256, base): part for part in parts}
    for _, place in sorted({**here, **others}.items()):
        yield place if isinstance(place, bytes) else place.member(QUADS)
