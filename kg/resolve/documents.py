"""Documents: one entity a 文号, else a title, whether the source prints the document or only refers to it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.grammar.references import normal_number
from kg.model import Citation, Document, Entity, EntityType, Fact, Issue

__all__ = ["documents"]


def documents(facts: Iterable[Fact]) -> dict[str, Entity]:
    """The documents that the facts stand in or refer to, by ``doc``, by number and by title."""
    facts = list(facts)
    titles: dict[str, str] = {}
    for fact in facts:
        if isinstance(fact, Document | Citation) and fact.number and fact.title:
            titles.setdefault(normal_number(fact.number), fact.title)
    numbers = {title: number for number, title in sorted(titles.items(), reverse=True)}
    found: dict[str, Entity] = {}

    def add(number: str | None, title: str | None, *, named: bool = True) -> None:
        number = normal_number(number) if number else numbers.get(title or "") if named else None
        name = number or title
        if not name:
            return
        label = titles.get(number or "", title or name)
        names = tuple(sorted({word for word in (number, label, title) if word}))
        entity = found.get(name) or Entity(EntityType.DOCUMENT, f"document/{_segment(name)}", label, names)
        for word in (number, title):
            if word:
                found.setdefault(word, entity)

    for fact in facts:
        if isinstance(fact, Document):
            # A plan behind a notice is not the earlier one of the same title that is cited by its number.
            add(fact.number, fact.title, named=not fact.part_of)
    for fact in facts:
        if isinstance(fact, Citation):
            add(fact.number, fact.title)
            if fact.number and normal_number(fact.number) in found:
                found.setdefault(fact.number, found[normal_number(fact.number)])
        if isinstance(fact, Issue):
            number = _segment(fact.number or fact.date or "")
            key = f"issue/{_segment(fact.title)}/{number}"
            label = f"{fact.title}{fact.number or ''}"
            found["issue"] = Entity(EntityType.GAZETTE_ISSUE, key, label, (label,))
    for fact in facts:
        if fact.doc not in found and fact.doc != "issue":
            add(None, fact.doc) if "〔" not in fact.doc else add(fact.doc, None)
    return found


def _segment(name: str) -> str:
    return name.replace("/", "／")
