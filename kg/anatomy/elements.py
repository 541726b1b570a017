"""The elements of a source: an issue’s own parts, its documents by GB/T 9704, what is printed behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.anatomy.paragraphs import Paragraph
from kg.anatomy.sections import Passage
from kg.model import Leftover, Source
from kg.text import Text

__all__ = ["Anatomy", "Annex", "DocumentParts", "IssueParts"]


@dataclass(frozen=True, slots=True)
class Annex:
    """What is printed behind a notice: the plan it issues (方案, 办法 …), or an attachment with its text."""

    title: Text
    passages: tuple[Passage, ...]
    attachments: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document by the elements of GB/T 9704; an element that is not there is None or empty."""

    key: str
    """Its 文号 in standard form, else its title, else the name of the source."""
    title: Text | None
    number: Text | None
    issuer: tuple[Text, ...]
    """署名 or, where that is missing, what stands before 关于 in the title."""
    addressees: Text | None
    """主送机关, without the colon."""
    passages: tuple[Passage, ...]
    attachments: tuple[Text, ...]
    """附件说明: one a listed attachment, without its number."""
    date: str | None
    """成文日期."""
    date_text: Text | None
    openness: Text | None
    """公开属性, as printed."""
    annexes: tuple[Annex, ...]
    printed: str | None = None
    """印发日期, where 版记 gives it and 署名 is missing: not the date of the document, but it tells the year."""

    @property
    def year(self) -> str | None:
        """The year that its dates without a year fall into."""
        match = re.search(r"〔(\d{4})〕", self.key)
        return self.date[:4] if self.date else match[1] if match else self.printed[:4] if self.printed else None

    def all_passages(self) -> list[Passage]:
        """Its own and those of its annexes, in order."""
        return [*self.passages, *(passage for annex in self.annexes for passage in annex.passages)]


@dataclass(frozen=True, slots=True)
class IssueParts:
    """An issue of a periodical: what belongs to no document of it."""

    masthead: tuple[Paragraph, ...]
    """All paragraphs before the first document: title, number, imprint, contents."""
    board: tuple[Paragraph, ...]
    """Who is on the editorial board."""
    board_name: str
    """What the board is called: 编辑委员会, 编委会; empty where there is none."""
    index: tuple[tuple[Text, Text], ...]
    """Title and 文号 of each document in the index."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What a source is made of."""

    source: Source
    issue: IssueParts | None
    documents: tuple[DocumentParts, ...]
    leftovers: tuple[Leftover, ...] = field(repr=False)
