"""Facts that a user adds are placed: where in the source their words stand, in which document and section.

A quote is looked for as printed, white space apart; where it runs over a page's furniture, in the text without that.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

from kg.anatomy import Anatomy
from kg.model import FACT_KINDS, Addition, Fact
from kg.text import Text

__all__ = ["RULE", "Places"]

RULE = "judgement.fact"
"""What the facts say they were read by."""


class Places:
    """The places of a source's text where quotes can stand."""

    def __init__(self, anatomy: Anatomy) -> None:
        source = anatomy.source
        self._printed = _dense(Text(source, source.text, array("i", range(len(source.text)))))
        self._parts = sorted(_parts(anatomy), key=lambda part: part[:1])
        paragraphs = [passage.paragraph.text for document in anatomy.documents for passage in document.all_passages()]
        if anatomy.issue:
            paragraphs = [*(paragraph.text for paragraph in anatomy.issue.masthead), *paragraphs]
        closed = Text.join(paragraphs) if paragraphs else self._printed
        printed = "".join(source.text[place] for place in closed.origin)
        self._closed = _dense(Text(source, printed, closed.origin))

    def fact(self, addition: Addition) -> Fact | int:
        """The fact, with what stands at its place as evidence; or how often its words stand in the text."""
        found = self.found(addition.quote)
        if not (len(found) == 1 and addition.nth <= 1) and not 1 <= addition.nth <= len(found):
            return len(found)
        place = found[addition.nth - 1 if addition.nth else 0]
        doc, section = self.part(place.origin[0])
        kind = FACT_KINDS[addition.kind]
        return kind(doc=doc, evidence=place.evidence(), rule=RULE, section=section, **dict(addition.values))

    def found(self, quote: str) -> list[Text]:
        """The places of a quote without white space, in reading order."""
        return next(filter(None, (_found(text, quote) for text in (self._printed, self._closed))), [])

    def part(self, offset: int) -> tuple[str, str]:
        """The document and the section that a place of the source lies in."""
        at = bisect_right(self._parts, offset, key=lambda part: part[0])
        return self._parts[max(at - 1, 0)][1:]


def _parts(anatomy: Anatomy) -> Iterator[tuple[int, str, str]]:
    """Where each part begins: its place, its document and its section."""
    if anatomy.issue:
        yield 0, "issue", ""
    for document in anatomy.documents:
        for text in (document.title, document.number, document.date_text):
            if text and text.chars:
                yield text.origin[0], document.key, ""
        for passage in document.all_passages():
            if passage.paragraph.text.chars:
                section = passage.heading.path if passage.heading else ""
                yield passage.paragraph.text.origin[0], document.key, section


def _dense(text: Text) -> Text:
    """The text without white space."""
    kept = [number for number, char in enumerate(text.chars) if not char.isspace()]
    return Text(text.source, "".join(text.chars[i] for i in kept), array("i", (text.origin[i] for i in kept)))


def _found(text: Text, quote: str) -> list[Text]:
    found, at = [], text.chars.find(quote)
    while at >= 0:
        found.append(text[at : at + len(quote)])
        at = text.chars.find(quote, at + len(quote))
    return found
