"""Documents across sources: by number wherever it is cited, by a title that only one numbered document bears.

A title without a number is no document's own (《工作方案》): two that are printed with other dates or by other issuers
are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from kg.grammar.references import NUMBER
from kg.identity.decision import Decision, Outcome
from kg.identity.names import Fit
from kg.identity.people import Against
from kg.identity.profile import Printed
from kg.identity.senses import Group, Sense, about, bases

__all__ = ["printings_against", "titles"]

_NUMBER = re.compile(NUMBER)
_MARKS = re.compile(r"[\s《》〈〉“”\"'‘’]+")
_TELLING = re.compile(r"^[\u4e00-\u9fff]{2,30}(?:政府|办公厅|办公室|委员会|委|局|厅|部|院|会)关于")
_LONG = 15
"""Characters that make a title one document's own where it names no issuer."""


def printings_against(ones: Iterable[Printed], others: Iterable[Printed]) -> Against | None:
    """What speaks against printings under one title being those of one document, if anything does."""
    for one, other in product(ones, others):
        facts = tuple(sorted({one.iri, other.iri}))
        if one.date and other.date and one.date != other.date:
            said = "、".join(sorted((one.date, other.date)))
            return Against(f"成文日期不同（{said}）", f"they bear other dates ({said})", facts)
        if one.issuers and other.issuers and not set(one.issuers) & set(other.issuers):
            said = "、".join(sorted({*one.issuers, *other.issuers}))
            return Against(f"发文机关不同（{said}）", f"they are issued by others ({said})", facts)
    return None


def titles(groups: Mapping[Group, list[Sense]], printed: Iterable[Printed]) -> Iterator[Fit | Decision]:
    """Documents known by their title alone, each with the numbered one of that title."""
    behind = {each.iri for each in printed if each.above}
    documents = {group: senses for group, senses in groups.items() if group.folder == "document"}
    numbered: dict[str, list[Group]] = defaultdict(list)
    for group, senses in documents.items():
        if _NUMBER.fullmatch(group.name):
            for title in {_plain(name) for sense in senses for name in sense.names}:
                numbered[title].append(group)
    for group, senses in sorted(documents.items()):
        title = _plain(group.name)
        # What is printed behind a notice is not the earlier document of that title.
        if _NUMBER.fullmatch(group.name) or any(sense.iri in behind for sense in senses):
            continue
        found = sorted(numbered.get(title, ()))
        if len(found) == 1 and (_TELLING.match(title) or len(title) >= _LONG):
            yield Fit(found[0], group, _one_title(title, found[0], senses, documents[found[0]]))
        elif found:
            yield _open(title, senses, [documents[each] for each in found])


def _plain(title: str) -> str:
    return _MARKS.sub("", title)


def _one_title(title: str, number: Group, senses: list[Sense], others: list[Sense]) -> Decision:
    return Decision(
        "document.title",
        about(senses, others),
        Outcome.SAME,
        f"题为“{title}”而有文号的文件只有{number.name}一件，故只引题名者亦为该件",
        f"Only {number.name} bears both a number and the title “{title}”: what is cited by the title alone is that document",
        bases(senses) + bases(others),
    )


def _open(title: str, senses: list[Sense], candidates: list[list[Sense]]) -> Decision:
    listed = "、".join(sorted({sense.name for several in candidates for sense in several}))
    return Decision(
        "document.title",
        about(senses, *candidates),
        Outcome.OPEN,
        f"只引题名“{title}”，可以是{listed}，题名不足以确定，故不归并",
        f"Cited by the title “{title}” alone, which may be {listed}: a title that does not settle it",
        bases(senses),
    )
