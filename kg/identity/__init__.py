"""Who is who across sources: one IRI a thing, each decision with its reason, and the user's judgements above all.

``profiles`` tells what a source has (a pure function of its graph, to be kept), ``identify`` decides from the profiles of
all sources and the judgements, and ``lines`` writes what was decided as a graph of its own.
"""

from kg.identity.additions import CHOICES, Unfit, addition, fields_of
from kg.identity.decide import Identity, Thing, identify
from kg.identity.decision import Decision, Outcome
from kg.identity.judgement_file import JUDGEMENTS, added, read_judgements, without
from kg.identity.judgements import VERBS, Added, Judgement, Judgements, is_source
from kg.identity.lines import lines
from kg.identity.people import two_readings
from kg.identity.profile import Profile, dumps, loads, profiles
from kg.identity.senses import senses_of

__all__ = [
    "CHOICES",
    "JUDGEMENTS",
    "VERBS",
    "Added",
    "Decision",
    "Identity",
    "Judgement",
    "Judgements",
    "Outcome",
    "Profile",
    "Thing",
    "Unfit",
    "added",
    "addition",
    "dumps",
    "fields_of",
    "identify",
    "is_source",
    "lines",
    "loads",
    "profiles",
    "read_judgements",
    "senses_of",
    "two_readings",
    "without",
]
