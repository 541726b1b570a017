"""Documents: one number is one document, and the contents of an issue call it by its title and its number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.contradictions.claims import Facts, Found
from kg.grammar.references import normal_number
from kg.standing import Fact, State

__all__ = ["likeness", "listed_otherwise", "one_number", "topic"]

_ALIKE = 0.7
"""The share of pairs of characters that two titles have in common that are one title, misread."""


def topic(title: str) -> str:
    """What a title is about, by its letters and figures alone: without who issued it."""
    flat = re.sub(r"[\W_]", "", title)
    return flat[max(0, flat.find("关于")) :]


def likeness(one: str, other: str) -> float:
    """The share of pairs of characters that the shorter of two texts has in common with the longer, 0 to 1."""
    pairs, others = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(pairs & others) / max(1, min(len(pairs), len(others)))


def one_number(facts: Facts, state: State) -> Iterator[Found]:
    """Two documents of one number and two titles; a title that was misread is the same."""
    titles: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in facts.of("document"):
        if fact.get("number") and not fact.get("part_of"):
            titles[normal_number(fact["number"])].setdefault(topic(fact["title"]), fact)
    for number, known in titles.items():
        (_, first), *rest = known.items()
        for _, fact in rest:
            if likeness(topic(first["title"]), topic(fact["title"])) < _ALIKE:
                yield Found(
                    fact,
                    [first],
                    f"{number}是两件公文的文号：《{first['title']}》和《{fact['title']}》",
                    f"{number} is the number of two documents",
                )


def listed_otherwise(facts: Facts, state: State) -> Iterator[Found]:
    """A document that the contents or the index of its issue list under another title or another number."""
    numbers: dict[tuple[str, str], Fact] = {}
    titles: dict[tuple[str, str], Fact] = {}
    for fact in facts.of("document"):
        if not fact.get("part_of"):
            titles.setdefault((fact["graph"], topic(fact["title"])), fact)
            if fact.get("number"):
                numbers.setdefault((fact["graph"], normal_number(fact["number"])), fact)
    for fact in facts.of("cites"):
        if fact.get("relation") != "目录":
            continue
        graph, title, number = fact["graph"], topic(fact.get("title") or ""), normal_number(fact.get("number") or "")
        by_number, by_title = numbers.get((graph, number)), titles.get((graph, title))
        if by_number and title and not _same(title, topic(by_number["title"])):
            yield Found(
                fact,
                [by_number],
                f"目录所列标题《{fact['title']}》与正文标题《{by_number['title']}》不一致",
                "the contents give the document another title",
            )
        elif number and not by_number and by_title and by_title.get("number"):
            yield Found(
                fact,
                [by_title],
                f"目录所列文号{fact['number']}与正文文号{by_title['number']}不一致",
                f"the contents give the document the number {fact['number']}, it has {by_title['number']} itself",
            )


def _same(one: str, other: str) -> bool:
    """Whether two titles say the same, one perhaps without what stands in brackets."""
    return one in other or other in one
