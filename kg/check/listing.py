"""An issue against itself: what its contents and index list, the documents found in it, the run of their numbers.

A slip of recognition does not part a title from its document, but it is reported; so is each number inside a run
that no document of the source has: it may stand in another issue, or may have been lost.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.anatomy import Anatomy, DocumentParts
from kg.extract.contents_pages import contents
from kg.extract.mentions import flat
from kg.grammar.references import normal_number
from kg.model import Leftover, Span

__all__ = ["DIFFERS", "NOT_FOUND", "NOT_LISTED", "NOT_SEEN", "Entry", "indexed", "listed", "self_check"]

NOT_FOUND = "listed in the contents or index, not found 目录列有而正文未见"
NOT_LISTED = "found, not listed in the contents or index 正文有而目录未列"
DIFFERS = "title differs from that in the contents or index 标题与目录不一致"
NOT_SEEN = "number inside the run of its year, not seen 文号在已见的起止之间而未见"

_ALIKE = 0.7
"""The share of pairs of characters that two titles must have in common to be one."""
_COMMON = 30
"""A pair of characters that more titles have tells nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the contents or the index of an issue name it."""

    title: str
    number: str | None
    span: Span
    """From its first character to its last."""


def listed(anatomy: Anatomy) -> list[Entry]:
    """The entries of an issue's contents, in the order of the text; those of its index are not among them."""
    if not anatomy.issue:
        return []
    facts = contents(replace(anatomy, issue=replace(anatomy.issue, index=())))
    return sorted(
        (Entry(fact.title or "", fact.number, _from_to(fact.evidence.spans)) for fact in facts),
        key=lambda entry: entry.span,
    )


def indexed(anatomy: Anatomy) -> list[Entry]:
    """The entries of an issue's index."""
    return [
        Entry(title.chars, normal_number(number.chars), _from_to((*title.spans(), *number.spans())))
        for title, number in (anatomy.issue.index if anatomy.issue else ())
    ]


def _from_to(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def self_check(anatomy: Anatomy) -> tuple[Leftover, ...]:
    """What the contents, the index and the documents of a source do not agree in, and the holes in their numbers."""
    documents = [document for document in anatomy.documents if document.title or document.number]
    return (*_compared((*listed(anatomy), *indexed(anatomy)), documents), *_holes(documents))


def _compared(entries: Sequence[Entry], documents: Sequence[DocumentParts]) -> Iterator[Leftover]:
    if not entries:
        return  # an issue without contents, or no issue at all, lists nothing
    titles = [flat(str(document.title or "")) for document in documents]
    found: set[int] = set()
    told: set[str] = set()
    for entry, place in zip(entries, _places(entries, documents, titles), strict=True):
        name = flat(entry.title)
        if place is not None:
            found.add(place)
        if name in told:
            continue  # the contents and the index say it both
        if place is None:
            told.add(name)
            yield Leftover(NOT_FOUND, _called(entry.title, entry.number), entry.span)
        elif titles[place] and not _same(name, titles[place]):
            told.add(name)
            yield Leftover(DIFFERS, f"{entry.title} | {documents[place].title}", entry.span)
    for place, document in enumerate(documents):
        head = document.title or document.number
        if place not in found and head and head.chars:
            number = document.key if document.number else None
            yield Leftover(NOT_LISTED, _called(str(document.title or ""), number), head.spans()[0])


def _called(title: str, number: str | None) -> str:
    return f"{title}（{number}）" if title and number else title or number or ""


def _same(one: str, other: str) -> bool:
    """Whether two titles say the same, one perhaps without the issuer or what stands in brackets."""
    return one in other or other in one


# --- which entry is which document -------------------------------------------------------------------------


def _places(
    entries: Sequence[Entry], documents: Sequence[DocumentParts], titles: Sequence[str]
) -> Iterator[int | None]:
    """For each entry the place of its document: that of its number, of its title, or the one most like it."""
    by_number = {normal_number(document.number.chars): i for i, document in enumerate(documents) if document.number}
    by_title: dict[str, int] = {}
    pairs: dict[str, list[int]] = defaultdict(list)
    for i, title in enumerate(titles):
        for name in (title, _matter(title)):
            by_title.setdefault(name, i)
        for pair in _pairs(title):
            pairs[pair].append(i)
    for entry in entries:
        title = flat(entry.title)
        exact = by_number.get(entry.number or "")
        if exact is None:
            exact = by_title.get(title, by_title.get(_matter(title)))
        yield exact if exact is not None else _most_alike(title, titles, pairs)


def _matter(title: str) -> str:
    """A title without its issuer."""
    return title[max(0, title.find("关于")) :]


def _pairs(title: str) -> set[str]:
    return {title[i : i + 2] for i in range(len(title) - 1)}


def _most_alike(title: str, titles: Sequence[str], pairs: dict[str, list[int]]) -> int | None:
    """The document whose title has most in common with this one, if it is enough."""
    own = _pairs(title)
    votes = Counter(i for pair in sorted(own) if len(pairs.get(pair, ())) <= _COMMON for i in pairs.get(pair, ()))
    best, most = None, 0.0
    for i, _ in votes.most_common(5):
        other = _pairs(titles[i])
        alike = len(own & other) / max(1, min(len(own), len(other)))
        if alike > most:
            best, most = i, alike
    return best if most >= _ALIKE else None


# --- numbers -----------------------------------------------------------------------------------------------

_SERIAL = re.compile(r"(?P<code>.+〔\d{4}〕)(?P<serial>\d+)号")


def _holes(documents: Iterable[DocumentParts]) -> Iterator[Leftover]:
    """The numbers between the least and the greatest of a 机关代字 and a year that no document has, a run as one."""
    runs: dict[str, dict[int, Span]] = defaultdict(dict)
    for document in documents:
        match = _SERIAL.fullmatch(normal_number(document.number.chars)) if document.number else None
        if match and document.number:
            runs[match["code"]].setdefault(int(match["serial"]), document.number.spans()[0])
    for code, seen in runs.items():
        serials = sorted(seen)
        for before, after in pairwise(serials):
            if after - before > 1:
                last = f"—{after - 1}" if after - before > 2 else ""
                yield Leftover(NOT_SEEN, f"{code}{before + 1}{last}号", seen[after])
