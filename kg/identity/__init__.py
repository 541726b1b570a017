"""Who is who across sources: one IRI a thing, each decision with its reason, and the user's judgements above all.

``profiles`` tells what a source has (a pure function of its graph, to be kept), ``identify`` decides from the profiles of
all sources and the judgements, and ``lines`` writes what was decided as a graph of its own.
"""

from kg.identity.decide import Identity, Thing, identify
from kg.identity.decision import Decision, Outcome
from kg.identity.judgements import Judgement, Judgements
from kg.identity.lines import lines
from kg.identity.people import two_readings
from kg.identity.profile import Profile, dumps, loads, profiles

__all__ = [
    "Decision",
    "Identity",
    "Judgement",
    "Judgements",
    "Outcome",
    "Profile",
    "Thing",
    "dumps",
    "identify",
    "lines",
    "loads",
    "profiles",
    "two_readings",
]
