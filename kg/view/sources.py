"""A build of many sources on one page: a row a source, drawn from counts that are ready. No network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

from kg.model import GapKind
from kg.view.evidence import EVIDENCE, evidence_name
from kg.view.inline import render
from kg.view.report import FILES, bars, dressed

__all__ = ["Counted", "sources_report"]


class Counted(Protocol):
    """What is known of a source without looking into it."""

    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def issue(self) -> str: ...
    @property
    def documents(self) -> Sequence[object]: ...
    @property
    def facts(self) -> Mapping[str, int]: ...
    @property
    def leftovers(self) -> Mapping[str, int]: ...
    @property
    def covered(self) -> Mapping[str, tuple[int, int]]: ...


def sources_report(
    sources: Iterable[Counted],
    refused: Sequence[str],
    *,
    few: int,
    files: Sequence[str],
    progress: Iterable[object] = (),
) -> str:
    """The page as HTML. ``refused`` are the reasons of the sources that were left out; ``files``, the files beside it.

    ``few`` is how many sources a build may have to be shown by their facts; ``progress`` is as in the report of these.
    """
    sources = list(sources)
    kinds: Counter[str] = Counter()
    leftovers: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for source in sources:
        kinds.update(source.facts)
        leftovers.update(source.leftovers)
        for kind, (found, left) in source.covered.items():
            seen[kind] += found
            missed[kind] += left
    numbers = [
        (len(sources), "个来源", "sources"),
        (sum(len(source.documents) for source in sources), "份公文", "documents"),
        (kinds.total(), "条事实", "facts"),
        (leftovers.total(), "处未成事实", "left over"),
        (len(refused), "个来源未能读入", "sources left out"),
    ]
    return render(
        "sources.html.template",
        **dressed(),
        contents=(),
        title="公报知识图谱",
        few=few,
        progress=list(progress),
        glance=[{"number": number, "zh": chinese, "en": english} for number, chinese, english in numbers],
        kinds=bars(kinds),
        rows=[_row(source) for source in sources],
        covered=[
            {
                "zh": kind.zh,
                "name": str(kind),
                "seen": seen[kind],
                "missed": missed[kind],
                "share": _share(seen[kind], missed[kind]),
            }
            for kind in GapKind
            if seen[kind]
        ],
        missed=missed.total(),
        leftovers=[
            {"reason": reason, "number": number}
            for reason, number in sorted(leftovers.items(), key=lambda item: (-item[1], item[0]))
        ],
        refused=refused,
        files=[(name, quote(name), FILES.get(name, "")) for name in files],
    )


def _row(source: Counted) -> dict[str, Any]:
    seen, missed = (sum(counts[n] for counts in source.covered.values()) for n in (0, 1))
    return {
        "name": source.name,
        "page": f"{EVIDENCE}/{evidence_name(source.sha256[:16])}",
        "issue": source.issue,
        "documents": len(source.documents),
        "facts": sum(source.facts.values()),
        "leftovers": sum(source.leftovers.values()),
        "share": _share(seen, missed) if seen else None,
    }


def _share(seen: int, missed: int) -> int:
    """In whole per cent, never rounded up to all."""
    return 100 * (seen - missed) // seen
