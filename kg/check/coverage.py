"""What no fact covers: each sum, time, number, role, agency and name that neither a fact nor an element accounts for.

A reader who trusts the graph must be able to see what it missed. A fact accounts for what stands in its evidence;
an element of GB/T 9704 (title, 文号, 主送机关, heading, 署名 …) for what it is made of.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.anatomy import Anatomy, DocumentParts
from kg.anatomy.paragraphs import paragraphs
from kg.check.mentions import Seen, seen
from kg.grammar.clauses import clause_at, sentence_at
from kg.grammar.names import is_name
from kg.grammar.organisations import is_organisation
from kg.model import Coverage, Entity, EntityType, Fact, Gap, GapKind, Source, Span, Tally
from kg.text import Text, lines

__all__ = ["coverage", "page_of"]

_WIDEST = 60
"""Of the words shown around what was missed."""
_NAMED = frozenset((GapKind.AGENCY, GapKind.PERSON))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A text in its place."""

    text: Text
    doc: str
    section: str
    year: str | None


def coverage(anatomy: Anatomy, facts: Iterable[Fact], parties: Mapping[str, Entity]) -> Coverage:
    """What of a source no fact covers, and out of how much.

    ``parties`` are whom the facts speak of, by their words: a person known from one place is sure in all others.
    """
    source = anatomy.source
    facts = list(facts)
    covered = _covered(anatomy, facts)
    said = _said(facts)
    people = frozenset(name for name, party in parties.items() if party.type is EntityType.OFFICIAL and is_name(name))
    counts: Counter[tuple[str, GapKind]] = Counter()
    missed: Counter[tuple[str, GapKind]] = Counter()
    gaps: list[Gap] = []
    for stretch in _stretches(anatomy):
        text, origin = stretch.text, stretch.text.origin
        for one in seen(text.chars, stretch.year, people):
            counts[stretch.doc, one.kind] += 1
            places = origin[one.start : one.end]
            if 2 * sum(covered[place] for place in places) >= len(places) or _is_said(said, text, one):
                continue
            missed[stretch.doc, one.kind] += 1
            words = text.chars[one.start : one.end]
            gaps.append(
                Gap(
                    kind=one.kind,
                    text=words,
                    around=_around(text.chars, one.start, one.end),
                    span=text.spans(one.start, one.end)[0],
                    doc=stretch.doc,
                    section=stretch.section,
                    page=page_of(source, places[0]),
                    known=one.kind in _NAMED and words in said,
                )
            )
    order = {doc: number for number, doc in enumerate(dict.fromkeys(doc for doc, _ in counts))}
    kinds = list(GapKind)
    tallies = [
        Tally(doc, kind, counts[doc, kind], missed[doc, kind])
        for doc, kind in sorted(counts, key=lambda key: (order[key[0]], kinds.index(key[1])))
    ]
    gaps.sort(key=lambda gap: (gap.span, kinds.index(gap.kind)))
    return Coverage(source.name, tuple(tallies), tuple(gaps))


def page_of(source: Source, offset: int) -> str:
    """The label of the page that a place in the text stands on, or nothing where the source has no pages."""
    pages = [place for place in source.places if place.kind == "page"]
    at = bisect_right(pages, offset, key=lambda place: place.start)
    return pages[at - 1].label if at else ""


def _around(chars: str, start: int, end: int) -> str:
    """The clause around a stretch, cut where it is long."""
    first, last = clause_at(chars, start)
    first, last = max(first, start - _WIDEST // 2), min(max(last, end), end + _WIDEST // 2)
    return chars[first:last].strip()


_FIELDS = (
    *("person", "agent", "org", "member", "group", "payer", "payee", "patient", "of", "a", "b"),
    *("issuer", "addressees", "supervisor", "sponsor", "publisher"),
    *("date", "effective", "on", "start", "end", "every", "within", "by"),
)
"""The fields that hold a party or a time."""


def _said(facts: Iterable[Fact]) -> dict[str, array[int]]:
    """The parties and times that facts speak of, each with the places of these facts, in order."""
    found: dict[str, set[int]] = defaultdict(set)
    for fact in facts:
        for name in _FIELDS:
            value = getattr(fact, name, None)
            for word in (value,) if isinstance(value, str) else value or ():
                found[word].add(fact.evidence.spans[0].start)
    return {word: array("i", sorted(places)) for word, places in found.items()}


def _is_said(said: dict[str, array[int]], text: Text, one: Seen) -> bool:
    """Whether a fact in the same sentence holds it in a field: what a sentence says once for all that follows."""
    if not one.values or not all(value in said for value in one.values):
        return False
    start, end = sentence_at(text.chars, one.start)
    first, last = text.origin[start], text.origin[max(start, end - 1)]
    places = said[one.values[0]]
    at = bisect_left(places, first)
    return at < len(places) and places[at] <= last


# --- what is accounted for ---------------------------------------------------------------------------------


def _covered(anatomy: Anatomy, facts: Iterable[Fact]) -> bytearray:
    """A byte for each character of the source: 1 where evidence or an element stands."""
    mask = bytearray(len(anatomy.source.text))
    for fact in facts:
        for span in fact.evidence.spans:
            _mark(mask, span)
    for text in _elements(anatomy):
        if text.chars:
            for span in text.spans():
                _mark(mask, span)
    return mask


def _mark(mask: bytearray, span: Span) -> None:
    mask[span.start : span.end] = b"\x01" * (span.end - span.start)


_CONTENTS = re.compile(r"目 ?[录次](?:\s.*)?")
_IMPRINT = re.compile(
    r"(?:主管|主办|承办|协办|出版|编辑|编印|印刷|发行|准印证|刊号|地址|电话|传真|邮编|邮政编码|网址|邮箱)[^：]{0,8}："
)


def _elements(anatomy: Anatomy) -> Iterator[Text]:
    for document in anatomy.documents:
        yield from _elements_of(document)
    if anatomy.issue:
        board = {id(paragraph) for paragraph in anatomy.issue.board}
        inside = not any(_CONTENTS.fullmatch(paragraph.chars) for paragraph in anatomy.issue.masthead)
        for paragraph in anatomy.issue.masthead:
            inside = (inside or bool(_CONTENTS.fullmatch(paragraph.chars))) and id(paragraph) not in board
            if inside or is_organisation(paragraph.chars) or _IMPRINT.match(paragraph.chars):
                yield paragraph.text
        for title, number in anatomy.issue.index:
            yield from (title, number)


def _elements_of(document: DocumentParts) -> Iterator[Text]:
    single = (document.title, document.number, document.addressees, document.date_text, document.openness)
    yield from (text for text in single if text)
    yield from document.issuer
    yield from document.attachments
    for annex in document.annexes:
        yield annex.title
        yield from annex.attachments
    for passage in document.all_passages():
        if passage.opens and passage.heading:
            yield passage.heading.whole


# --- all of the text ---------------------------------------------------------------------------------------


def _stretches(anatomy: Anatomy) -> Iterator[_Stretch]:
    """All text of a source in its places: of the issue, of the documents, and what belongs to neither."""
    read = bytearray(len(anatomy.source.text))
    starts: list[tuple[int, str, str | None]] = []
    for text in _elements(anatomy):
        if text.chars:
            for span in text.spans():
                _mark(read, span)
    if anatomy.issue:
        for paragraph in anatomy.issue.masthead:
            yield _marked(read, _Stretch(paragraph.text, "issue", "", None))
    for document in anatomy.documents:
        head = document.title or document.number
        if head and head.chars:
            starts.append((head.origin[0], document.key, document.year))
        for passage in document.all_passages():
            section = passage.heading.path if passage.heading else ""
            yield _marked(read, _Stretch(passage.paragraph.text, document.key, section, document.year))
    yield from _rest(anatomy, read, sorted(starts, key=lambda start: start[0]))


def _marked(read: bytearray, stretch: _Stretch) -> _Stretch:
    if stretch.text.chars:
        for span in stretch.text.spans():
            _mark(read, span)
    return stretch


_FURNITURE = re.compile(r".{0,40}文件|.{0,60}(?:目录|索引).{0,12}|抄送.*|.{2,40}印发|附件.{0,4}")


def _rest(anatomy: Anatomy, read: bytearray, starts: list[tuple[int, str, str | None]]) -> Iterator[_Stretch]:
    """What stands in no part that was understood, each paragraph with the document that it stands behind."""
    source = anatomy.source
    first = "issue" if anatomy.issue else anatomy.documents[0].key if anatomy.documents else ""
    for hole in re.finditer(b"\x00+", read):
        left = source.text[hole.start() : hole.end()]
        if len(_LETTER.findall(left)) < 4:
            continue  # markup and blanks between what was read
        at = bisect_right(starts, hole.start(), key=lambda start: start[0])
        doc, year = starts[at - 1][1:] if at else (first, None)
        for paragraph in paragraphs(lines(replace(source, text=left))[0]):
            chars = paragraph.chars
            if len(chars) >= 4 and not _FURNITURE.fullmatch(chars) and not is_organisation(chars):
                origin = array("i", (place + hole.start() for place in paragraph.text.origin))
                yield _Stretch(Text(source, chars, origin), doc, "", year)


_LETTER = re.compile(r"\w")
