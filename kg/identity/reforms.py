"""Which agency followed which: by the reforms of institutions, and by the merger of places.

A change is made only of agencies that the sources speak of. Where a place's sources skip a step (卫生局 and 卫生健康委员会,
but no 卫生和计划生育委员会) the change spans both reforms; where two agencies could be the later one it is left open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from kg.grammar.divisions import division, merged_into
from kg.identity.decision import Decision, Outcome
from kg.identity.senses import Group
from kg.lexicon import table

__all__ = ["Agency", "Change", "changes"]

_ORGANS = ("", "委员会", "办公室", "总局", "局", "厅", "大队", "支队", "总队", "中心")


class Agency(NamedTuple):
    """An agency of the sources, as far as a reform asks."""

    iri: str
    group: Group
    since: str
    """The date of the first document that speaks of it; may be empty."""
    basis: tuple[str, ...]
    """The IRIs of statements that do."""


class Reform(NamedTuple):
    """A reform of institutions."""

    id: str
    zh: str
    en: str
    start: str
    """The day (ISO 8601) of the decision."""
    end: str
    """The day by which all places had carried it out."""


class Change(NamedTuple):
    """One or several agencies became another: an ``org:ChangeEvent``."""

    key: str
    """Where it stands below the base of all resources."""
    originals: tuple[str, ...]
    """IRIs."""
    result: str
    date: str
    """The day (ISO 8601; or a month) by which it had happened for certain."""
    start: str
    """The day before which it had not; may be empty."""
    label_zh: str
    label_en: str
    reason_zh: str
    reason_en: str
    basis: tuple[str, ...]


@cache
def _steps() -> Mapping[str, tuple[tuple[Reform, tuple[str, ...]], ...]]:
    """Stem of a name → by which reforms it became which stems."""
    found: dict[str, list[tuple[Reform, tuple[str, ...]]]] = defaultdict(list)
    for entry in table("reforms")["reform"]:
        reform = Reform(*(entry[field] for field in Reform._fields))
        for change in entry["change"]:
            for stem in change["from"]:
                found[stem].append((reform, tuple(change["to"])))
    return {stem: tuple(steps) for stem, steps in found.items()}


def changes(agencies: Iterable[Agency], base: str) -> tuple[list[Change], list[Decision]]:
    """The changes among agencies, and what is left open."""
    at: dict[str, dict[str, list[Agency]]] = defaultdict(lambda: defaultdict(list))
    agencies = sorted(agencies)
    for agency in agencies:
        for stem in _stems(agency.group.name):
            at[agency.group.place][stem].append(agency)
    met: dict[tuple[Agency, tuple[Reform, ...]], list[Agency]] = defaultdict(list)
    decisions = []
    for agency in agencies:
        for stem in _stems(agency.group.name):
            for later, reforms in _followers(stem, at[agency.group.place]):
                if _is_later(agency.since, reforms[0].end):
                    continue  # a new agency of the old name
                if len(later) == 1:
                    met[later[0], reforms].append(agency)
                else:
                    decisions.append(_open(agency, later, reforms))
    found = [_reformed(later, reforms, former, base) for (later, reforms), former in sorted(met.items())]
    return [*found, *_moved(agencies, base)], decisions


def _stems(name: str) -> list[str]:
    """The stem of a name that reforms speak of; of 卫生健康委员会 it is 卫生健康."""
    known = _known()
    return [
        name.removesuffix(organ) for organ in _ORGANS if name.endswith(organ) and name.removesuffix(organ) in known
    ][:1]


def _is_later(since: str, end: str) -> bool:
    """Whether an agency is heard of only when the reform that ended it was long over: more than a year."""
    return bool(since) and int(since[:4]) > int(end[:4]) + 1


@cache
def _known() -> frozenset[str]:
    return frozenset(_steps()) | {stem for steps in _steps().values() for _, to in steps for stem in to}


def _followers(
    stem: str, held: Mapping[str, list[Agency]], before: tuple[Reform, ...] = ()
) -> Iterator[tuple[list[Agency], tuple[Reform, ...]]]:
    """The first agencies on each way onward that the sources have, and by which reforms."""
    for reform, to in _steps().get(stem, ()):
        reforms = (*before, reform)
        if later := [agency for each in to for agency in held.get(each, ())]:
            yield later, reforms
        else:
            for each in to:
                yield from _followers(each, held, reforms)


def _reformed(later: Agency, reforms: tuple[Reform, ...], former: list[Agency], base: str) -> Change:
    last = reforms[-1]
    names = "、".join(agency.group.name for agency in former)
    by = "、".join(reform.zh for reform in reforms)
    by_en = ", ".join(reform.en for reform in reforms)
    place, name = later.group.place, later.group.name
    within = f"{reforms[0].start}至{last.end}"
    return Change(
        f"change/{place}/{name}/{'-'.join(reform.id for reform in reforms)}",
        tuple(agency.iri for agency in former),
        later.iri,
        min(last.end, later.since) if later.since >= last.start else last.end,
        last.start,
        f"{by}：{names}→{name}",
        f"{by_en}: {names} → {name}",
        f"{by}（{within}）后，{names}由{name}承接；{place}的这些机构在来源中均有记载",
        f"After {by_en} ({reforms[0].start} to {last.end}) {names} went on as {name}; the sources have all of them in {place}",
        tuple(sorted({fact for agency in (*former, later) for fact in agency.basis})),
    )


def _open(agency: Agency, later: list[Agency], reforms: tuple[Reform, ...]) -> Decision:
    listed = "、".join(each.group.name for each in later)
    return Decision(
        "agency.successor",
        tuple(sorted({agency.iri, *(each.iri for each in later)})),
        Outcome.OPEN,
        f"{reforms[-1].zh}后，{agency.group.name}的职责可以在{listed}，来源没有能确定的依据",
        f"After {reforms[-1].en} the duties of {agency.group.name} may lie with {listed}; nothing in the sources decides it",
        agency.basis,
    )


def _moved(agencies: list[Agency], base: str) -> Iterator[Change]:
    """Agencies of a place that went into another, and those of the other by the same name."""
    by_group = {agency.group: agency for agency in agencies}
    for agency in agencies:
        place = division(agency.group.place)
        if place and (into := merged_into(place)):
            other, month = into
            if later := by_group.get(agency.group._replace(place=other.path)):
                yield Change(
                    f"change/{place.path}/{agency.group.name}/{month}",
                    (agency.iri,),
                    later.iri,
                    month,
                    "",
                    f"行政区划调整：{place.path}并入{other.path}",
                    f"Change of divisions: {place.path} went into {other.path}",
                    f"行政区划表自{month}起不再列“{place.path}”，其地并入“{other.path}”，故其{agency.group.name}由后者的同名机构承接",
                    f"The tables of divisions have no “{place.path}” from {month} on; it went into “{other.path}”, whose agency of this name followed",
                    tuple(sorted({*agency.basis, *later.basis})),
                )
