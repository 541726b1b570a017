"""What a contradiction is: two things that the documents say and that cannot both be true, each with its statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from kg.rdf.terms import last_day
from kg.standing import Fact, State

__all__ = ["Claim", "Contradiction", "Facts", "Found", "Paper"]

Severity = Literal["Warning", "Info"]


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """A statement that others speak against."""

    claim: str
    """The name of the claim that does not hold: one of ``CLAIMS``."""
    one: str
    """The IRI of the statement."""
    others: tuple[str, ...]
    """Of those against it; none where it is against itself."""
    zh: str
    """What is the matter, for a reader of Chinese, and in English."""
    en: str


class Found(NamedTuple):
    """What a claim finds: the facts, and what is the matter."""

    one: Fact
    others: Sequence[Fact]
    zh: str
    en: str


class Paper(NamedTuple):
    """A document as its facts know it."""

    title: str
    date: str
    """In ISO 8601; empty where it has none."""
    issuer: str


class Facts:
    """Facts by their kinds, and the documents they stand in."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._kinds: dict[str, list[Fact]] = {}
        for fact in facts:
            self._kinds.setdefault(fact["kind"], []).append(fact)

    def of(self, *kinds: str) -> Iterator[Fact]:
        for kind in kinds:
            yield from self._kinds.get(kind, ())

    @cached_property
    def _papers(self) -> dict[tuple[str, str], Paper]:
        return {
            (fact["graph"], fact["doc"]): Paper(
                fact["title"], str(fact.get("date") or ""), "、".join(fact.get("issuer") or ())
            )
            for fact in self.of("document")
            if not fact.get("part_of")
        }

    def paper(self, fact: Fact) -> Paper:
        """The document that a fact stands in; one without a word where no fact says what it is."""
        return self._papers.get((fact["graph"], fact["doc"]), _NOTHING)

    def day(self, fact: Fact) -> str:
        """The day of the document that a fact stands in; nothing where it is known less precisely."""
        date = self.paper(fact).date
        return date if date.count("-") == 2 and last_day(date) else ""


_NOTHING = Paper("", "", "")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that holds of documents that do not contradict each other."""

    name: str
    """As in ``gz:Contradiction…``, in small letters with a line between the words."""
    zh: str
    en: str
    severity: Severity
    """How much it weighs, by the local name of its term in SHACL."""
    find: Callable[[Facts, State], Iterator[Found]]
    """What it is broken by. Of a claim ``within`` a source the state stands empty."""
    within: bool
    """Whether one source can be held against it without the others."""

    @property
    def concept(self) -> str:
        """The local name of its concept in the ontology."""
        return "Contradiction" + "".join(word.capitalize() for word in self.name.split("_"))

    def broken(self, facts: Facts, state: State) -> Iterator[Contradiction]:
        """Each contradiction that it finds."""
        for found in self.find(facts, state):
            others = tuple(dict.fromkeys(fact["fact"] for fact in found.others))
            yield Contradiction(self.name, found.one["fact"], others, found.zh, found.en)
