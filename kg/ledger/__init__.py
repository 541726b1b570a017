"""The ledger of an inspector (督办台账): who owes what by when, in force on a day, as an office keeps it.

``ledger`` makes it of a store, ``written`` writes it in one of ``FORMS``.
"""

from kg.ledger.book import SOON, Ledger, Question, ledger
from kg.ledger.files import FORMS, Beside, written
from kg.ledger.tasks import Part, Party, Status, Task, Term

__all__ = [
    "FORMS",
    "SOON",
    "Beside",
    "Ledger",
    "Part",
    "Party",
    "Question",
    "Status",
    "Task",
    "Term",
    "ledger",
    "written",
]
