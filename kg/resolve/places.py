"""Where a source speaks, and the places above: 海淀区 is 北京市海淀区 wherever it says so, 鼓楼区 only with evidence.

A place that the table of divisions does not know keeps the name that the source gives it, with what lies above it as
far as that name says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kg.grammar.divisions import Division, bearing, division, spoken_of
from kg.model import Entity, EntityType
from kg.resolve.names import units

__all__ = ["Place", "division_key", "place_of", "places"]


class Place(NamedTuple):
    """A place as a source speaks of it."""

    name: str = ""
    """With all that lies above it, as far as that is known; empty where the source does not say."""
    reason: str = ""
    """Why it is that one, or why it is left open; in Chinese."""
    open: bool = False
    """Whether several places of the country bear the name, and the source does not tell which it is."""


def place_of(homes: Iterable[str], words: Iterable[str]) -> Place:
    """The place that speaks most often in a source. ``words`` are those by which it names parties and documents."""
    said = "\n".join(words)
    found = [_known(home, said) for home in homes if home]
    # 云泽区 is 临汀市云泽区 where the source speaks of one place that ends so.
    longer = {place.name: _longer(place.name, {other.name for other in found}) for place in found}
    counted = Counter(longer[place.name] for place in found)
    if not counted:
        return Place()
    name = min(counted, key=lambda name: (-counted[name], name))
    return next(place for place in found if place.name == name)


def places(parties: Iterable[Entity], home: Place) -> dict[str, Entity]:
    """By their keys, the places that the parties belong to and those above them."""
    found: dict[str, Entity] = {}
    for entity in parties:
        if entity.division and entity.jurisdiction and entity.division not in found:
            here = home if entity.jurisdiction == home.name else Place(entity.jurisdiction)
            _add(found, entity.division, here)
    return dict(sorted(found.items()))


def division_key(name: str) -> str:
    """Where a place stands below the base of all resources."""
    return f"division/{name.replace('/', '／')}"


def _known(home: str, said: str) -> Place:
    name = "".join(units(home)) or home
    candidates = bearing(name)
    if not candidates:
        return Place(name)
    if len(candidates) == 1:
        (only,) = candidates
        why = "" if only.path == name else f"全国行政区划中只有“{only.path}”称“{name}”，故为该地"
        return Place(only.path, why)
    listed = "、".join(place.path for place in candidates)
    if spoken := spoken_of(candidates, lambda upper: upper in said):
        place, upper = spoken
        return Place(place.path, f"称“{name}”的有{listed}，文中提到“{upper}”，故为“{place.path}”")
    return Place(name, f"称“{name}”的有{listed}，文中没有能确定是哪一处的依据，故单列，不与其他来源归并", open=True)


def _longer(name: str, names: set[str]) -> str:
    """The one longer name that ends in this one, else the name itself."""
    found = [other for other in names if other != name and other.endswith(name)]
    return found[0] if len(found) == 1 else name


def _add(found: dict[str, Entity], key: str, place: Place) -> None:
    known = None if place.open else division(place.name)
    above = _above(place, known)
    parent = division_key(above) if above else None
    names = tuple(sorted({place.name, known.name if known else (units(place.name) or [place.name])[-1]}))
    code = known.code if known else ""
    found[key] = Entity(EntityType.DIVISION, key, place.name, names, code=code, parent=parent, reason=place.reason)
    if parent and parent not in found:
        _add(found, parent, Place(above))


def _above(place: Place, known: Division | None) -> str:
    if known:
        return known.above or ""
    return "" if place.open else "".join(units(place.name)[:-1])
