"""The contradictions that a graph holds, and how each is told: with the claim that is broken and the sentences of both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.contradictions.claims import Claim, Contradiction
from kg.rdf import NS
from kg.standing import Fact
from kg.store import Store

__all__ = ["kept", "told_with_sentences"]

_KEPT = """
SELECT ?node ?kind ?one ?other ?said WHERE { GRAPH ?g {
  ?node a gz:Contradiction ; gz:contradictionKind ?kind ; gz:oneSide ?one ; sh:resultMessage ?said .
  OPTIONAL { ?node gz:otherSide ?other }
} }
"""


def kept(store: Store, claims: Mapping[str, Claim]) -> list[Contradiction]:
    """The contradictions that stand in the graph of a store."""
    names = {NS + claim.concept: claim.name for claim in claims.values()}
    found: dict[tuple[str, str, str], tuple[set[str], dict[str, str]]] = defaultdict(lambda: (set(), {}))
    for node, kind, one, other, said in store.select(_KEPT, merge=False):
        others, words = found[node.value, kind.value, one.value]
        words[said.language] = said.value
        if other is not None:
            others.add(other.value)
    return sorted(
        Contradiction(names[kind], one, tuple(sorted(others)), words.get("zh", ""), words.get("en", ""))
        for (_, kind, one), (others, words) in found.items()
        if kind in names
    )


_SENTENCE = ("doc", "quote", "source", "spans", "graph", "fact")


def told_with_sentences(
    found: Iterable[Contradiction], facts: Iterable[Fact], claims: Mapping[str, Claim]
) -> list[dict[str, Any]]:
    """Contradictions as plain values, the graver first, then in the order of the claims.

    ``one`` and each of ``others`` has ``doc``, ``quote``, ``source``, ``spans``, ``graph`` and ``fact``, its IRI.
    """
    found = list(found)
    wanted = {iri for one in found for iri in (one.one, *one.others)}
    by_iri = {fact["fact"]: {name: fact.get(name) for name in _SENTENCE} for fact in facts if fact["fact"] in wanted}
    order = {name: (claim.severity != "Warning", at) for at, (name, claim) in enumerate(claims.items())}
    told = [
        {
            "claim": one.claim,
            "severity": claims[one.claim].severity,
            "claimZh": claims[one.claim].zh,
            "claimEn": claims[one.claim].en,
            "zh": one.zh,
            "en": one.en,
            "one": by_iri[one.one],
            "others": [by_iri[other] for other in one.others if other in by_iri],
        }
        for one in found
        if one.one in by_iri
    ]
    return sorted(told, key=lambda one: (order[one["claim"]], str(one["one"]["doc"]), one["one"]["spans"]))
