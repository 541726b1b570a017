"""Where money comes from and goes to, as bands as wide as the sums; what cannot be added up stands beside it.

A sum a head or a year, a share, a limit from above or from below is no band: it is listed. Of a sum and its parts the parts
are taken where they are all of it, else the sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.standing import told
from kg.store import Store
from kg.view.phrases import money

__all__ = ["Flow", "flow"]

_FACTS = "SELECT DISTINCT ?fact WHERE { VALUES ?document { $documents } ?fact a gz:Fund ; gz:inDocument ?document }"
_WIDE, _HEIGHT, _COLUMN, _GAP, _TOP = 960.0, 420.0, 14.0, 14.0, 12.0
_LEFT, _RIGHT = 250.0, 690.0
_BANDS = 40
_LEAST = 2.0
"""A band is drawn no thinner."""


@dataclass(frozen=True, slots=True)
class Block:
    """Who pays, or what is paid for."""

    label: str
    iri: str
    amount: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """A sum from one to the other."""

    path: str
    about: str
    iri: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture, and all funds in a table."""

    width: float
    height: float
    x: tuple[float, float]
    column: float
    payers: tuple[Block, ...]
    payees: tuple[Block, ...]
    bands: tuple[Band, ...]
    total: str
    drawn: int
    funds: tuple[tuple[Mapping[str, Any], str, bool], ...]
    """Each fact, its sum in words, and whether it is a band."""


def flow(store: Store, documents: Iterable[str], language: str) -> Flow:
    """The funds of some documents."""
    asked = tuple(map(ox.NamedNode, documents))
    found = [fact for (fact,) in store.rows(_FACTS, {"documents": asked})] if asked else []
    facts = told(store, found)
    taken = _added(facts)
    unknown = "出资方未写明" if language == "zh" else "payer not said"
    banded = sorted(
        (fact for fact in facts if fact["fact"] in taken), key=lambda fact: (-taken[fact["fact"]], fact["fact"])
    )[:_BANDS]
    ends = {
        fact["fact"]: (
            (str(fact.get("payer") or unknown), fact["things"].get("payer") or ""),
            (str(fact.get("payee") or fact.get("purpose") or fact["doc"]), fact["things"].get("payee") or ""),
        )
        for fact in banded
    }
    sums: tuple[dict[str, Decimal], dict[str, Decimal]] = (defaultdict(Decimal), defaultdict(Decimal))
    for fact in banded:
        for side in (0, 1):
            sums[side][ends[fact["fact"]][side][0]] += taken[fact["fact"]]
    total = sum(sums[0].values(), Decimal())
    things = {name: iri for pair in ends.values() for name, iri in pair if iri}
    most = max(len(sums[0]), len(sums[1]), 1)
    height = max(_HEIGHT, most * 34.0)
    scale = (height - 2 * _TOP - most * _GAP) / float(total) if total else 0.0
    sides = tuple(_blocks(sums[side], things, scale, height) for side in (0, 1))
    height = max(height, *(block.y + block.height + _TOP for side in sides for block in side[-1:]), 0.0)
    return Flow(
        _WIDE, height, (_LEFT, _RIGHT), _COLUMN, sides[0], sides[1], tuple(_bands(banded, ends, sides, taken, scale)),
        money({"amount": total}) if banded else "", len(banded),
        tuple((fact, money(fact), fact["fact"] in ends) for fact in facts),
    )  # fmt: skip


def _added(facts: list[Mapping[str, Any]]) -> dict[str, Decimal]:
    """What can be added up, by its fact: exact sums, once, and no sum beside its parts."""
    exact = {
        str(fact["fact"]): fact
        for fact in facts
        if fact.get("amount") is not None and not fact.get("per") and fact.get("comparator", "=") in ("=", "~")
    }
    split = {str(fact["whole"]) for fact in exact.values() if fact.get("whole") in exact and fact.get("complete")}
    kept = {
        iri: Decimal(str(fact["amount"]))
        for iri, fact in exact.items()
        if iri not in split and not (fact.get("whole") in exact and fact["whole"] not in split)
    }
    # What two documents, or two sentences, say in the same words is one sum.
    seen: set[tuple[str, ...]] = set()
    once = {}
    for iri in sorted(kept):
        key = tuple(str(exact[iri].get(name) or "") for name in ("amount", "payer", "payee", "purpose"))
        if kept[iri] > 0 and key not in seen:
            seen.add(key)
            once[iri] = kept[iri]
    return once


def _blocks(sums: Mapping[str, Decimal], things: Mapping[str, str], scale: float, height: float) -> tuple[Block, ...]:
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    tall = {name: max(_LEAST, float(sums[name]) * scale) for name in ranked}
    whole = sum(max(size, 14.0) for size in tall.values()) + _GAP * max(0, len(ranked) - 1)
    y = max(_TOP, (height - whole) / 2)
    blocks = []
    for name in ranked:
        blocks.append(
            Block(name, things.get(name, ""), money({"amount": sums[name]}), round(y, 1), round(tall[name], 1))
        )
        y += max(tall[name], 14.0) + _GAP
    return tuple(blocks)


def _bands(
    banded: list[Mapping[str, Any]],
    ends: Mapping[str, tuple[tuple[str, str], tuple[str, str]]],
    sides: tuple[tuple[Block, ...], ...],
    taken: Mapping[str, Decimal],
    scale: float,
) -> list[Band]:
    at = [{block.label: block.y for block in blocks} for blocks in sides]
    rank = [{block.label: place for place, block in enumerate(blocks)} for blocks in sides]
    bands = []
    middle = (_LEFT + _COLUMN + _RIGHT) / 2
    for fact in sorted(banded, key=lambda fact: tuple(rank[side][ends[fact["fact"]][side][0]] for side in (0, 1))):
        (payer, _), (payee, _) = ends[fact["fact"]]
        size = max(_LEAST, float(taken[fact["fact"]]) * scale)
        a, b = at[0][payer], at[1][payee]
        at[0][payer], at[1][payee] = a + size, b + size
        path = (
            f"M{_LEFT + _COLUMN:g} {a:.1f}C{middle:g} {a:.1f} {middle:g} {b:.1f} {_RIGHT:g} {b:.1f}"
            f"V{b + size:.1f}C{middle:g} {b + size:.1f} {middle:g} {a + size:.1f} {_LEFT + _COLUMN:g} {a + size:.1f}Z"
        )
        bands.append(
            Band(
                path, f"{payer} → {payee}：{money(fact)}　{fact.get('purpose') or ''}　{fact['doc']}", str(fact["fact"])
            )
        )
    return bands
