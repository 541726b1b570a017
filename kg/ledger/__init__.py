"""The ledger of an inspector (督办台账): who owes what by when, in force on a day, as an office keeps it.

``ledger`` makes it of what a store says, ``changes`` holds two against each other, ``written`` writes it in one of ``FORMS``; what was filled into one is read back by
``read_filled`` and becomes part of the progress by ``update``.
"""

from kg.ledger.book import SOON, Ledger, Question, ledger
from kg.ledger.changes import Change, Kind, changes
from kg.ledger.files import FORMS, Beside, written
from kg.ledger.filled import Filled, read_filled
from kg.ledger.progress import FILE, Entry, State, current, load, quads
from kg.ledger.said import Said
from kg.ledger.tasks import Part, Party, Status, Task, Term
from kg.ledger.update import Update, update

__all__ = [
    "FILE",
    "FORMS",
    "SOON",
    "Beside",
    "Change",
    "Entry",
    "Filled",
    "Kind",
    "Ledger",
    "Part",
    "Party",
    "Question",
    "Said",
    "State",
    "Status",
    "Task",
    "Term",
    "Update",
    "changes",
    "current",
    "ledger",
    "load",
    "quads",
    "read_filled",
    "update",
    "written",
]
