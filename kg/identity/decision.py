"""A decision says which things are one, or are not, by which rule, why, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Decision", "Outcome"]


class Outcome(StrEnum):
    """What was decided: the local name of its concept in the ontology."""

    SAME = "OutcomeSame"
    DIFFERENT = "OutcomeDifferent"
    OPEN = "OutcomeOpen"
    """Something speaks for and something against, or several fit: it is left to a person."""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision about things across sources."""

    rule: str
    """Its name, as in ``agency.full-name``; of a user's word ``judgement.same`` and the like."""
    about: tuple[str, ...]
    """The IRIs it is about, as the sources have them; sorted."""
    outcome: Outcome
    reason_zh: str
    reason_en: str
    basis: tuple[str, ...] = ()
    """The IRIs of statements that show it, at most a few of each side."""
    sources: tuple[str, ...] = ()
    """Where it is about what only some sources say: their graphs."""
    by: str = ""
    """Who decided, where a user did and says so."""
    when: str = ""
    """The date (ISO 8601) of a user's decision, where it is said."""
