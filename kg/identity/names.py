"""Names of agencies and bodies in several sources that can be read as one name.

临江市's 云泽区财政局 is the 财政局 of 临江市云泽区; 云泽区财政局 in a source that does not say where it speaks is so too,
where no other place's fits; and 区文旅委 is the one of its meanings that the sources have in that place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.grammar.agency_kinds import meanings
from kg.identity.decision import Decision, Outcome
from kg.identity.senses import Group, Sense, about, bases
from kg.resolve.names import units

__all__ = ["Fit", "fits"]

_FOLDERS = frozenset({"agency", "agencies", "body"})
_LEVELS = "省市县区州旗盟"


class Fit(NamedTuple):
    """Two groups that a rule takes for one, and the decision that says so."""

    one: Group
    other: Group
    decision: Decision


def fits(groups: Mapping[Group, list[Sense]]) -> Iterator[Fit | Decision]:
    """What can be read as one name, and where several fit the decision that it is left open."""
    named = {group: senses for group, senses in groups.items() if group.folder in _FOLDERS}
    yield from _full_names(named)
    yield from _names_with_their_place(named)
    yield from _short_forms(named)


def _full_names(named: Mapping[Group, list[Sense]]) -> Iterator[Fit]:
    """临汀市 + 云泽区财政局 and 临汀市云泽区 + 财政局."""
    by_full: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in named:
        if not _unknown(group.place):
            for name in _written_out(group):
                by_full[group.folder, group.place + name].append(group)
    for (_, full), found in sorted(by_full.items()):
        first, *others = sorted(found, key=lambda group: (-len(group.place), group))
        for other in others:
            yield Fit(first, other, _one_full_name(full, named[first], named[other]))


def _names_with_their_place(named: Mapping[Group, list[Sense]]) -> Iterator[Fit | Decision]:
    """云泽区财政局 of a source that does not say where it speaks."""
    if not any(_unknown(group.place) for group in named):
        return
    ends: dict[tuple[str, str], set[Group]] = defaultdict(set)
    for group in named:
        if not _unknown(group.place):
            parts = units(group.place)
            for start in range(len(parts)):
                for name in _written_out(group):
                    ends[group.folder, "".join(parts[start:]) + name].add(group)
    for group, senses in sorted(named.items()):
        if not _unknown(group.place):
            continue
        found = sorted(ends[group.folder, group.name])
        if len(found) == 1:
            full = found[0].place + found[0].name
            yield Fit(found[0], group, _one_full_name(full, named[found[0]], senses))
        elif found:
            yield _open("agency.full-name", group.name, senses, [named[each] for each in found])


def _short_forms(named: Mapping[Group, list[Sense]]) -> Iterator[Fit | Decision]:
    """文旅委, which may be 文化和旅游委员会 or another, where the place has but one of them."""
    for group, senses in sorted(named.items()):
        known = meanings(group.name) if group.folder == "agency" else ()
        if len(known) < 2:
            continue
        others = [group._replace(name=name.full) for name in known if name.full != group.name]
        held = [other for other in others if other in named]
        itself = any(name.full == group.name for name in known)
        if len(held) == 1 and not itself:
            yield Fit(held[0], group, _one_meaning(group, held[0], senses, named[held[0]], len(known)))
        elif held:
            yield _open("agency.short-form", group.name, senses, [named[each] for each in held], itself=itself)


def _written_out(group: Group) -> Iterator[str]:
    """The name as it stands behind the place: of 区委宣传部 as well 委宣传部, since the place ends in 区."""
    yield group.name
    if group.name[:1] in _LEVELS and group.name[1:2] == "委" and group.place.endswith(group.name[0]):
        yield group.name[1:]


def _unknown(place: str) -> bool:
    return not place or place.startswith("未明") or "-" in place


def _names(*several: Iterable[Sense]) -> list[str]:
    return sorted({label for senses in several for sense in senses for label in sense.labels})


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"“{name}”" for name in names)


def _one_full_name(full: str, first: list[Sense], other: list[Sense]) -> Decision:
    said = _quoted(_names(first, other))
    return Decision(
        "agency.full-name",
        about(first, other),
        Outcome.SAME,
        f"{said}连同所在地写全都是“{full}”，别无可以相合者，故为同一主体",
        f"{said} written out with their place are “{full}”, and nothing else fits: one party",
        bases(first) + bases(other),
    )


def _one_meaning(short: Group, full: Group, senses: list[Sense], others: list[Sense], known: int) -> Decision:
    return Decision(
        "agency.short-form",
        about(senses, others),
        Outcome.SAME,
        f"“{short.name}”可以是{known}个名称的简称，各来源中{full.place}只有其中的“{full.name}”，故为同一主体",
        f"“{short.name}” may be short for {known} names, of which the sources have only “{full.name}” in {full.place}: one party",
        bases(senses) + bases(others),
    )


def _open(
    rule: str, name: str, senses: list[Sense], candidates: list[list[Sense]], *, itself: bool = False
) -> Decision:
    listed = _quoted(_names(*candidates))
    why = ("它本身又是一个全称，", "it is a name in full as well, ") if itself else ("", "")
    return Decision(
        rule,
        about(senses, *candidates),
        Outcome.OPEN,
        f"“{name}”可以是{listed}，{why[0]}没有能确定的依据，故不归并",
        f"“{name}” may be {listed}; {why[1]}nothing decides it, so they are kept as they are",
        bases(senses),
    )
