"""When something falls due: a day, with what it was reckoned by and what was assumed; nothing where it cannot be known.

``due`` answers for one deadline, ``occurrences`` lists the days of one that recurs. Both are pure functions: they know
no clock. Days are counted by the Civil Code, art. 200-204; working days are those of the State Council's notices.
"""

from kg.due.events import IN_FORCE
from kg.due.reckoning import Due, Precision, due
from kg.due.recurrence import Rhythm, first, occurrences, rhythm
from kg.due.words import Words

__all__ = ["IN_FORCE", "Due", "Precision", "Rhythm", "Words", "due", "first", "occurrences", "rhythm"]
