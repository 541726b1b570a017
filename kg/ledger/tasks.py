"""What a ledger is made of: a task, who answers for it in which part, and the times that the text sets for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kg.due import first

__all__ = ["Fact", "Part", "Party", "Status", "Task", "Term", "sentences"]

Fact = Mapping[str, Any]
"""A fact in full, as ``kg.standing.told`` gives it."""


def sentences(quotes: Iterable[str]) -> str:
    """The quotes one behind the other, each once; one that stands within another is not said again."""
    said = list(dict.fromkeys(quotes))
    return "……".join(one for one in said if not any(one in other and one != other for other in said))


class Part(StrEnum):
    """In which part a party takes on a task; the value is the head of its column."""

    LEAD = "牵头单位"
    ANSWER = "责任单位"
    SUPPORT = "配合单位"
    OTHER = "其他单位"
    """Who guides, approves, coordinates or watches."""


class Status(StrEnum):
    """How a task stands on a day, by its dates alone; the value is the word for it in the ledger."""

    OVERDUE = "已逾期"
    SOON = "即将到期"
    DUE = "未到期"
    RECURRING = "定期"
    ENDED = "周期已止"
    """Its rule names no more days."""
    OPEN = "长期"
    """No end is set."""
    WAITING = "时限待定"
    """A time is set that cannot be reckoned; the reason stands beside it."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes on a task."""

    name: str
    """The text's words."""
    thing: str
    """The IRI of who is named; empty where nobody known is."""
    role: str
    """The text's word for the role; empty where it has none."""
    part: Part


@dataclass(frozen=True, slots=True)
class Term:
    """A time that the text sets for a task, and what it was reckoned to."""

    written: str
    """The words of the time in the text, or where they are spread over a list, the time in the usual form."""
    words: str
    """What must be done by then."""
    fact: Fact
    day: dt.date | None = None
    """The last day in time; of what recurs the first such day."""
    start: dt.date | None = None
    basis: str = ""
    """What the day was reckoned by, with what was assumed; or why there is none."""
    rule: str = ""
    """The recurrence rule (RFC 5545) as the text has it."""
    since: dt.date | None = None
    """The day that the rule is counted from: the date of the document."""
    waits_for: str = ""
    """The event that the time runs from, where its day is not known."""

    @property
    def recurs(self) -> bool:
        return bool(self.rule)

    @property
    def open(self) -> bool:
        """Whether only a beginning is named."""
        return self.start is not None and self.day is None and not self.rule

    def next(self, day: dt.date) -> dt.date | None:
        """Of what recurs, the first day from ``day`` on."""
        return first(self.rule, self.since, day) if self.rule and self.since and self.day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of a ledger: something that a document says must be done."""

    iri: str
    """Made of the document and the words of the task: the same in every build that reads them so."""
    number: int = 0
    """In the ledger, from 1."""
    text: str
    parties: tuple[Party, ...] = ()
    terms: tuple[Term, ...] = ()
    targets: tuple[Fact, ...] = ()
    funds: tuple[Fact, ...] = ()
    doc: str
    """The document: its 文号, else its title."""
    title: str = ""
    """Of the document."""
    section: str = ""
    """Its path, with the heading behind it."""
    evidence: Fact
    """The fact whose sentence the row shows first."""
    quotes: tuple[str, ...] = ()
    """All sentences that the row was made of, in reading order."""

    def named(self, part: Part) -> tuple[Party, ...]:
        """Who takes on the task in a part, in the order of the text."""
        return tuple(party for party in self.parties if party.part is part)

    def term(self, day: dt.date) -> Term | None:
        """The time that counts on a day: the next that is not past, else the last; before all what has a day."""
        dated = sorted((t for t in self.terms if t.day and not t.recurs), key=lambda t: (t.day or dt.date.max, t.words))
        coming = [term for term in dated if term.day and term.day >= day]
        rest = [term for term in self.terms if not (term.day and not term.recurs)]
        return next(iter([*coming, *dated[-1:], *rest]), None)

    def status(self, day: dt.date, soon: int) -> Status:
        """How the task stands on a day; what falls due within ``soon`` days is due soon."""
        term = self.term(day)
        if term is None or term.open:
            return Status.OPEN
        if term.recurs:
            return Status.ENDED if term.day and not term.next(day) else Status.RECURRING
        if term.day is None:
            return Status.WAITING
        if term.day < day:
            return Status.OVERDUE
        return Status.SOON if (term.day - day).days <= soon else Status.DUE

    def numbered(self, number: int) -> Task:
        """The same task under a number."""
        return replace(self, number=number)
