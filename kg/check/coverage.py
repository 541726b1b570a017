"""What no fact covers: each sum, time, number, role, agency and name that neither a fact nor an element accounts for.

A reader who trusts the graph must be able to see what it missed. A fact accounts for what stands in its evidence;
an element of GB/T 9704 (title, 文号, 主送机关, heading, 署名 …) for what it is made of.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.anatomy import Anatomy
from kg.check.mentions import Seen, seen
from kg.check.stretches import Pages, elements, furniture, mark, prose, unplaced
from kg.grammar.clauses import clause_at, sentence_at
from kg.grammar.names import is_name
from kg.model import Coverage, Entity, EntityType, Fact, Gap, GapKind, Tally
from kg.text import Text

__all__ = ["coverage", "told"]

_WIDEST = 60
"""Of the words shown around what was missed."""
_NAMED = frozenset((GapKind.AGENCY, GapKind.PERSON))


def coverage(anatomy: Anatomy, facts: Iterable[Fact], parties: Mapping[str, Entity]) -> Coverage:
    """What of a source no fact covers, and out of how much.

    ``parties`` are whom the facts speak of, by their words: a person known from one place is sure in all others.
    """
    source, pages = anatomy.source, Pages(anatomy.source)
    facts = list(facts)
    covered = _covered(anatomy, facts)
    said = _said(facts)
    people = frozenset(name for name, party in parties.items() if party.type is EntityType.OFFICIAL and is_name(name))
    counts: Counter[tuple[str, GapKind]] = Counter()
    missed: Counter[tuple[str, GapKind]] = Counter()
    gaps: list[Gap] = []
    outside = (stretch for stretch in unplaced(anatomy) if not furniture(stretch.text.chars))
    for stretch in (*prose(anatomy), *outside):
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
                    page=pages.at(places[0]),
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
        mark(mask, fact.evidence.spans)
    for text in elements(anatomy):
        mark(mask, text.spans())
    return mask


# --- told --------------------------------------------------------------------------------------------------


def told(coverages: Iterable[Coverage]) -> str:
    """What no fact covers, for a person, in Chinese and in English: shares by kind and by document, and each place."""
    return "".join(f"{_harmless(line)}\n" for coverage in coverages for line in _told(coverage))


def _told(coverage: Coverage) -> Iterator[str]:
    yield f"{coverage.source}: 没有事实覆盖之处 / what no fact covers"
    by_kind: dict[GapKind, list[Tally]] = defaultdict(list)
    by_doc: dict[str, list[Tally]] = defaultdict(list)
    gaps: dict[str, list[Gap]] = defaultdict(list)
    for gap in coverage.gaps:
        gaps[gap.doc].append(gap)
    for tally in coverage.tallies:
        by_kind[tally.kind].append(tally)
        by_doc[tally.doc].append(tally)
    for kind in GapKind:
        if kind in by_kind:
            yield _shares(f"{kind.zh} {kind}", by_kind[kind])
    for doc, tallies in by_doc.items():
        yield _shares(doc, tallies)
        for gap in gaps[doc]:
            place = " ".join(filter(None, (str(gap.span), gap.page and f"p.{gap.page}", gap.section)))
            known = "  别处已知 known elsewhere" if gap.known else ""
            yield f"    {gap.kind.zh} {gap.text}  〈{gap.around}〉  {place}{known}"


def _shares(name: str, tallies: Iterable[Tally]) -> str:
    seen, missed = (sum(counts) for counts in zip(*((tally.seen, tally.missed) for tally in tallies), strict=True))
    return f"  {name}: {100 * (seen - missed) // seen}%  认出 seen {seen}  未覆盖 missed {missed}"


def _harmless(text: str) -> str:
    """The text without what moves a terminal's cursor or turns the direction of its text."""
    return "".join(char if char.isprintable() else " " for char in text)
