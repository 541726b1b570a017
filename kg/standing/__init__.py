"""What stands, since when and until when, by the last word of the documents."""

from kg.standing.facts import Fact, by_source, needed, thing, told
from kg.standing.intervals import intervals
from kg.standing.state import Key, Standing, State, Topic, as_of, state

__all__ = [
    "Fact",
    "Key",
    "Standing",
    "State",
    "Topic",
    "as_of",
    "by_source",
    "intervals",
    "needed",
    "state",
    "thing",
    "told",
]
