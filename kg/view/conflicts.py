"""Contradictions as pages show them: by claim, each side with its sentence, its place, and a link to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.view.evidence import at, where

__all__ = ["conflicts"]

_SHOWN = 200
"""How many of a claim are shown; all are counted."""


def conflicts(found: Iterable[Mapping[str, Any]], evidence: str) -> list[dict[str, Any]]:
    """Contradictions (``kg.contradictions.told_with_sentences``) for the templates.

    ``evidence`` is the folder of the evidence pages, empty where there are none.
    """
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in found:
        groups[one["claim"]].append(one)
    return [
        {
            "zh": same[0]["claimZh"],
            "en": same[0]["claimEn"],
            "hint": same[0]["severity"] == "Info",
            "number": len(same),
            "shown": [
                {"zh": one["zh"], "en": one["en"], "sides": [_side(s, evidence) for s in (one["one"], *one["others"])]}
                for one in same[:_SHOWN]
            ],
            "more": max(0, len(same) - _SHOWN),
        }
        for same in groups.values()
    ]


def _side(side: Mapping[str, Any], evidence: str) -> dict[str, Any]:
    return {"doc": side["doc"], "quote": side["quote"], "where": where(side), "link": at(side, evidence)}
