"""What a check found, on one page: whether the graph holds, and what its sources contradict, with the sentences of both sides.

The page is one HTML file of the kind of the report; its links lead to the files of the build beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from kg.model import Coverage
from kg.view.conflicts import conflicts
from kg.view.gaps import gaps
from kg.view.inline import render
from kg.view.report import docname, dressed

__all__ = ["checked"]

_SHOWN = 200
"""How many results of a kind are shown; all are counted."""
_SEVERITIES = {"Violation": ("违规", "Violations"), "Warning": ("提醒", "Warnings"), "Info": ("提示", "Hints")}


def checked(
    found: Mapping[str, Any], *, coverage: Iterable[Coverage] = (), files: Sequence[str] = (), evidence: str = ""
) -> str:
    """The page as HTML. ``found`` is ``kg.check.Report.plain()``; ``coverage``, what no fact covers in each source.

    ``files`` are the names of the files beside the page that it links to, ``evidence`` the folder of the evidence pages.
    """
    results: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for result in found["results"]:
        results[result["severity"]].append(result)
    listing: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for left in found["listing"]:
        listing[left["reason"]].append(left)
    return render(
        "check.html.template",
        **dressed(),
        found=found,
        results=[
            {"zh": zh, "en": en, **_cut(results[name])} for name, (zh, en) in _SEVERITIES.items() if results[name]
        ],
        errors=_cut(found["evidence"]),
        conflicts=conflicts(found["contradictions"], evidence),
        listing=[{"reason": reason, **_cut(left)} for reason, left in listing.items()],
        gaps=gaps(coverage),
        files=[(name, quote(name)) for name in files],
        docname=docname,
    )


def _cut(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"number": len(items), "shown": items[:_SHOWN], "more": max(0, len(items) - _SHOWN)}
