"""What every extractor is given: a document, its passages, and what its dates and names are relative to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from kg.anatomy import Annex, DocumentParts, Passage
from kg.anatomy.rosters import Roster, rosters
from kg.anatomy.tables import Table, tables
from kg.extract.frames import Frame, cells, frames, named_year
from kg.extract.matters import Matters
from kg.grammar.places import home_of
from kg.model import Fact
from kg.text import Text

__all__ = ["Scope", "scopes"]

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Scope:
    """A document, or the plan printed behind it, as the extractors see it."""

    document: DocumentParts
    annex: Annex | None
    passages: tuple[Passage, ...] = field(repr=False)
    rosters: tuple[Roster, ...] = field(repr=False)
    prose: str = field(repr=False)
    """All the text of the passages, for what is decided by how often something is said."""
    home: str
    """The place whose government speaks (临汀市云泽区), as far as the issuer's name says it."""

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def year(self) -> str | None:
        return self.document.year

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables among its passages."""
        return tuple(tables(self.passages))

    @cached_property
    def dated(self) -> str | None:
        """The year of the document; where it has neither date nor number, that of its title, else of a 文号 in it."""
        return self.year or named_year(self.title, self.passages)

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """The passages that have a number or a time in them, for all that read these."""
        return tuple(frames(self.passages, self.dated, self.document.date))

    @cached_property
    def cells(self) -> tuple[Frame, ...]:
        """The cells of tables that say what is to be done."""
        return tuple(cells(self.tables, self.dated, self.document.date))

    @cached_property
    def matters(self) -> Matters:
        """What the lists of agents at the ends of its passages are about."""
        return Matters(self.passages)

    @property
    def issuer(self) -> str | None:
        """Who speaks: the first issuer."""
        return self.document.issuer[0].chars if self.document.issuer else None

    @property
    def title(self) -> str:
        text = self.annex.title if self.annex else self.document.title
        return text.chars if text else ""

    @property
    def notice_title(self) -> str:
        """The title of the document itself, of a plan that of the notice it is printed behind."""
        return self.document.title.chars if self.document.title else ""

    def fact(
        self,
        kind: type[F],
        rule: str,
        text: Text,
        *stretches: tuple[int, int],
        passage: Passage | None = None,
        **values: Any,
    ) -> F:
        """A fact of this document, with the stretches of the text (all of it by default) as evidence."""
        section = passage.heading.path if passage and passage.heading else ""
        return kind(doc=self.key, evidence=text.evidence(*stretches), rule=rule, section=section, **values)


def scopes(documents: Iterable[DocumentParts], people: frozenset[str]) -> Iterator[Scope]:
    """The scopes of documents: each document's own passages, then each of its plans.

    ``people`` are names that stand alone somewhere in the source; they part names run together.
    """
    for document in documents:
        home = next((home for text in document.issuer if (home := home_of(text.chars))), "")
        for annex in (None, *document.annexes):
            passages = annex.passages if annex else document.passages
            prose = "\n".join(passage.body.chars for passage in passages)
            yield Scope(document, annex, passages, tuple(rosters(passages, people)), prose, home)
