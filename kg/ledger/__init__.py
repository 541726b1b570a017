"""The ledger of an inspector (督办台账): who owes what by when, in force on a day, as an office keeps it.

``ledger`` makes it of a store, ``written`` writes it in one of ``FORMS``; what was filled into one is read back by
``read_filled`` and becomes part of the progress by ``update``.
"""

from kg.ledger.book import SOON, Ledger, Question, ledger
from kg.ledger.files import FORMS, Beside, written
from kg.ledger.filled import Filled, read_filled
from kg.ledger.progress import FILE, Entry, State, current, load, quads
from kg.ledger.tasks import Part, Party, Status, Task, Term
from kg.ledger.update import Update, update

__all__ = [
    "FILE",
    "FORMS",
    "SOON",
    "Beside",
    "Entry",
    "Filled",
    "Ledger",
    "Part",
    "Party",
    "Question",
    "State",
    "Status",
    "Task",
    "Term",
    "Update",
    "current",
    "ledger",
    "load",
    "quads",
    "read_filled",
    "update",
    "written",
]
