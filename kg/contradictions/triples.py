"""A contradiction is a node in the graph: which claim is broken, by which statements, and how much it weighs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from kg.contradictions.claims import Claim, Contradiction
from kg.rdf.terms import tagged
from kg.rdf.vocabulary import gz, std

__all__ = ["triples"]


def triples(found: Iterable[Contradiction], claims: dict[str, Claim], base: str) -> Iterator[tuple[str, str, str]]:
    """The triples of contradictions, as N-Quads terms."""
    for one in found:
        claim = claims[one.claim]
        said = json.dumps([one.one, *sorted(one.others)], separators=(",", ":"))
        node = f"<{base}contradiction/{one.claim}/{sha256(said.encode('ascii')).hexdigest()[:12]}>"
        yield node, std("rdf:type"), gz("Contradiction")
        yield node, gz("contradictionKind"), gz(claim.concept)
        yield node, gz("oneSide"), f"<{one.one}>"
        for other in one.others:
            yield node, gz("otherSide"), f"<{other}>"
        yield node, std("sh:resultSeverity"), std(f"sh:{claim.severity}")
        yield node, std("sh:resultMessage"), tagged(one.zh, "zh")
        yield node, std("sh:resultMessage"), tagged(one.en, "en")
