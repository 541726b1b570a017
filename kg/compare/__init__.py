"""Two graphs, or one graph on two days, are held against each other: who came, who went, what moved, what is new."""

from kg.compare.differences import CHANGES, TOPICS, Difference, differences, rows
from kg.compare.standing import Standing, State, Topic, as_of, state, told

__all__ = [
    "CHANGES",
    "TOPICS",
    "Difference",
    "Standing",
    "State",
    "Topic",
    "as_of",
    "differences",
    "rows",
    "state",
    "told",
]
