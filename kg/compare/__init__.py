"""Two graphs, or one graph on two days, are held against each other: who came, who went, what moved, what is new."""

from kg.compare.differences import CHANGES, TOPICS, Difference, differences, rows
from kg.standing import Topic

__all__ = ["CHANGES", "TOPICS", "Difference", "Topic", "differences", "rows"]
