"""The senses of one group become one thing, or several where something speaks against it.

Senses that share a post, or a date and an issuer, stand together; what stands together is compared, so that the work
grows with the number of sources and not with the number of pairs. What fits none or several of those that are apart
stays by itself, and is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg.identity.closure import Closure
from kg.identity.decision import Decision, Outcome
from kg.identity.documents import printings_against
from kg.identity.people import Against, Life, lives_against
from kg.identity.profile import Holding, Printed, Profile
from kg.identity.senses import Group, Sense, about, bases, graphs_of

__all__ = ["Evidence", "join"]

T = TypeVar("T")
_Order = tuple[str, str]
_Compare = Callable[[Sequence[Sense], Sequence[Sense]], Against | None]


class Evidence:
    """What the profiles say for and against senses being one thing."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._holdings: dict[str, list[tuple[str, Holding]]] = defaultdict(list)
        self._printed: dict[str, list[tuple[str, Printed]]] = defaultdict(list)
        for profile in profiles:
            for holding in profile.holdings:
                self._holdings[holding.person].append((profile.graph, holding))
            for each in profile.printed:
                self._printed[each.iri].append((profile.graph, each))

    def _of(self, said: Mapping[str, list[tuple[str, T]]], senses: Iterable[Sense]) -> list[T]:
        return [one for sense in senses for graph, one in said.get(sense.iri, ()) if sense.order[1] in ("", graph)]

    def life(self, senses: Iterable[Sense]) -> Life:
        """What all of the senses together say of a person."""
        return Life.of(self._of(self._holdings, senses))

    def printings(self, senses: Iterable[Sense]) -> list[Printed]:
        """The printings of a document among the senses, of those that say the same one."""
        return list({(each.date, each.issuers): each for each in self._of(self._printed, senses)}.values())

    def ties(self, sense: Sense) -> Iterator[Hashable]:
        """What two senses share that are the same thing for certain: a post, a date with an issuer."""
        if sense.folder == "person":
            for holding in self._of(self._holdings, [sense]):
                if holding.organization and holding.title:
                    yield holding.organization, holding.title
        for printed in self._of(self._printed, [sense]):
            yield printed.date, printed.issuers

    def against(self, ones: Sequence[Sense], others: Sequence[Sense]) -> Against | None:
        """What speaks against some senses being the same thing as others."""
        if ones[0].folder == "person":
            return lives_against(self.life(ones), self.life(others))
        return printings_against(self.printings(ones), self.printings(others))

    def doubtful(self, group: Group, senses: Sequence[Sense]) -> bool:
        """Whether there is anything in the group that could speak against its being one thing."""
        if group.folder == "person":
            return self.life(senses).is_doubtful()
        if group.folder != "document" or "〔" in group.name:
            return False
        return len(self.printings(senses)) > 1


def join(group: Group, senses: list[Sense], evidence: Evidence, closure: Closure[_Order]) -> Iterator[Decision]:
    """Make the senses of a group one thing in the closure, or several; and the decisions about those that are several."""
    doubtful = any(sense.order[1] for sense in senses) and evidence.doubtful(group, senses)
    if not doubtful and not any(closure.is_marked(sense.order) for sense in senses):
        for sense in senses:
            closure.join(senses[0].order, sense.order)
        return
    firsts: dict[Hashable, Sense] = {}
    for sense in senses:
        for tie in evidence.ties(sense):
            closure.join(firsts.setdefault(tie, sense).order, sense.order)
    by_order = {sense.order: sense for sense in senses}
    together = [[by_order[each] for each in some] for some in closure.sets(by_order).values()]
    yield from _parted(group, together, evidence.against if doubtful else lambda *_: None, closure)
    if group.folder == "person" and doubtful:
        yield from _in_itself(group, closure.sets(by_order).values(), by_order, evidence)


def _parted(
    group: Group, together: Sequence[Sequence[Sense]], compare: _Compare, closure: Closure[_Order]
) -> Iterator[Decision]:
    conflicts: dict[int, dict[int, Against | None]] = defaultdict(dict)
    for i, one in enumerate(together):
        for j, other in enumerate(together[:i]):
            why = compare(one, other)
            if why or closure.are_apart(one[0].order, other[0].order):
                conflicts[i][j] = conflicts[j][i] = why
    things: list[list[int]] = []
    left: list[int] = []
    for index in sorted(range(len(together)), key=lambda i: (i not in conflicts, i)):
        possible = [thing for thing in things if not conflicts[index].keys() & set(thing)]
        if not possible and (index in conflicts or not things):
            things.append([index])
        elif len(possible) == 1 and (index in conflicts or len(things) == 1):
            possible[0].append(index)
        else:
            left.append(index)
    for thing in things:
        for index in thing[1:]:
            closure.join(together[thing[0]][0].order, together[index][0].order)
    if whys := [why for i in sorted(conflicts) for _, why in sorted(conflicts[i].items()) if why]:
        yield _apart(group, [sense for some in together for sense in some], whys[0], len(things))
    if left:
        yield _left(group, [sense for index in left for sense in together[index]])


def _in_itself(
    group: Group, sets: Iterable[list[_Order]], by_order: dict[_Order, Sense], evidence: Evidence
) -> Iterator[Decision]:
    """Of one thing that contradicts itself, and cannot be parted, it is reported."""
    for some in sets:
        senses = [by_order[order] for order in some]
        life = evidence.life(senses)
        if why := lives_against(life, life):
            yield Decision(
                "person.doubtful",
                about(senses),
                Outcome.OPEN,
                f"“{group.name}”{why.reason_zh}，可能是同名的两人，而来源没有能分开的依据",
                f"“{group.name}” may be two people of one name: {why.reason_en}; nothing in the sources parts them",
                why.facts,
                graphs_of(senses),
            )


def _apart(group: Group, senses: Sequence[Sense], why: Against, things: int) -> Decision:
    zh, en = ("人", "people") if group.folder == "person" else ("份文件", "documents")
    return Decision(
        f"{group.folder}.apart",
        about(senses),
        Outcome.DIFFERENT,
        f"同名“{group.name}”{why.reason_zh}，故分为{things}{zh}",
        f"“{group.name}” are {things} {en} of one name: {why.reason_en}",
        why.facts,
        graphs_of(senses),
    )


def _left(group: Group, senses: Sequence[Sense]) -> Decision:
    return Decision(
        f"{group.folder}.several-fit",
        about(senses),
        Outcome.OPEN,
        f"同名“{group.name}”不止一个，这些来源没有能确定是哪一个的依据，故单列",
        f"There are several “{group.name}”, and nothing in these sources tells which is meant: each is kept by itself",
        bases(senses),
        graphs_of(senses),
    )
