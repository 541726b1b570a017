"""A rule is one named thing: what it claims, a text it reads, and a text that it must leave alone."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """The claim of a pattern, with its proof: the tests run the example and the counter-example.

    The example must yield at least one fact by this rule, the counter-example none.
    """

    name: str
    """As it stands in each fact: ``<kind>.<what>``."""
    claim: str
    example: str
    counter: str
