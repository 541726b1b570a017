"""Administrative divisions: which places of the country bear a name, what lies above each, and what became of it.

The table (``kg/lexicon/divisions.txt``, GB/T 2260) and its changes since 2001 (``division_changes.txt``) are general
knowledge. A name that several places bear is none of them without evidence: there are four 鼓楼区.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import rows

__all__ = ["Division", "above", "bearing", "chain", "division", "goes_on", "merged_into", "named", "opens", "spoken_of"]

_VAGUE = frozenset({"东区", "西区", "城区", "郊区", "矿区", "新区", "南区", "北区"})
"""Names that mean nothing without the city before them."""
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Division:
    """A place of GB/T 2260, of today or of former days."""

    code: str
    """Six digits."""
    level: int
    """How many of them count: 2 of a province, 4 of a prefecture, 6 of a county."""
    name: str
    """鼓楼区."""
    path: str
    """Its name with all that lies above it: 江苏省南京市鼓楼区. No two places share one."""
    above: str | None = None
    """The path of what lies above it."""
    until: str | None = None
    """The month (ISO 8601) of the first table that no longer has it; None where it is of today."""


class _Table:
    """All divisions, by what they are looked for."""

    def __init__(self) -> None:
        changes = rows("division_changes")
        today = {line[0]: line[1] for line in rows("divisions")[""]}
        former = {
            (code, name): month
            for part in ("renamed", "merged")
            for month, code, name, *_ in changes[part]
            if today.get(code) != name
        }
        # What lies above is found by code, so what only former days knew is put where nothing of today stands.
        self._upper = {code: name for code, name in former if code not in today} | today
        self.by_path: dict[str, Division] = {}
        self.by_name: dict[str, list[Division]] = defaultdict(list)
        found = [(code, name, None) for code, name in today.items()]
        for code, name, until in [*found, *((code, name, until) for (code, name), until in former.items())]:
            self._add(code, name, until)
        self.later = dict(self._changes(changes["renamed"]))
        self.merged = dict(self._changes(changes["merged"]))
        self.other_names: dict[str, set[str]] = defaultdict(set)
        """The path of a place → former names of it, and of the prefecture it was under."""
        for former_path, (later, _) in self.later.items():
            while onward := self.later.get(later):
                later = onward[0]
            self.other_names[later].add(self.by_path[former_path].name)
        self.under = {self.path(code): prefecture for _, _, code, prefecture in changes["moved"]}

    def _add(self, code: str, name: str, until: str | None) -> None:
        upper = self._above(code)
        division = Division(code.ljust(6, "0"), len(code), name, self.path(code, name), upper, until)
        if division.path not in self.by_path:  # of today before of former days
            self.by_path[division.path] = division
            self.by_name[name].append(division)

    def path(self, code: str, name: str = "") -> str:
        """The name of a code with all that lies above it."""
        return (self._above(code) or "") + (name or self._upper[code])

    def _above(self, code: str) -> str | None:
        uppers = [code[:digits] for digits in (2, 4) if digits < len(code) and code[:digits] in self._upper]
        return "".join(self._upper[upper] for upper in uppers) or None

    def _changes(self, lines: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, str]]]:
        for month, code, name, later, later_name in lines:
            yield self.path(code, name), (self.path(later, later_name), month)


@cache
def _table() -> _Table:
    return _Table()


def division(path: str) -> Division | None:
    """The place of this path, if it is known."""
    return _table().by_path.get(path)


def named(name: str) -> tuple[Division, ...]:
    """All places that bear the name, or bore it, those of today first."""
    return tuple(_table().by_name.get(name, ()))


def above(place: Division) -> Division | None:
    """The place right above; None for a province."""
    return division(place.above) if place.above else None


def goes_on(place: Division) -> tuple[Division, str] | None:
    """As what a place went on, under another name or status, and the month of the first table that says so."""
    return _onward(_table().later.get(place.path))


def merged_into(place: Division) -> tuple[Division, str] | None:
    """Into which other place a place went, and the month of the first table that says so."""
    return _onward(_table().merged.get(place.path))


def _onward(change: tuple[str, str] | None) -> tuple[Division, str] | None:
    return (_table().by_path[change[0]], change[1]) if change else None


def bearing(words: str) -> tuple[Division, ...]:
    """The places that words name, with any of what lies above them before it or none: 鼓楼区, 南京市鼓楼区."""
    return tuple(
        place
        for start in range(max(0, len(words) - _LONGEST), len(words) - 1)
        for place in named(words[start:])
        if (start or place.name not in _VAGUE) and _explained(words[:start], place)
    )


def _explained(before: str, place: Division) -> bool:
    """Whether what stands before a place's name is made of what lies above it, now or formerly."""
    table, upper = _table(), above(place)
    moved = table.under.get(place.path)
    if moved and before.endswith(moved):
        before = before.removesuffix(moved)
        upper = above(upper) if upper else None
    while before and upper:
        for name in (upper.name, *sorted(table.other_names.get(upper.path, ()))):
            if before.endswith(name):
                before = before.removesuffix(name)
                break
        upper = above(upper)
    return not before


def opens(words: str) -> Iterator[tuple[tuple[Division, ...], str]]:
    """The places that words can begin with, longest first, each with what follows: 鼓楼区财政局."""
    for end in range(min(len(words) - 1, 2 * _LONGEST), 1, -1):
        if words[end - 1] in "省市区县旗盟州" and (places := bearing(words[:end])):
            yield places, words[end:]


def chain(place: Division) -> list[Division]:
    """The place and all that lies above it, the province first."""
    upper = above(place)
    return [*(chain(upper) if upper else ()), place]


def spoken_of(candidates: Iterable[Division], said: Callable[[str], bool]) -> tuple[Division, str] | None:
    """The one of several places above which lies what a text speaks of, and the name by which; None where none is alone.

    ``said`` tells whether the text has a name. Its prefecture is asked for first, then its province.
    """
    places = list(candidates)
    for level in (4, 2):
        spoken = [
            (place, upper.name)
            for place in places
            for upper in chain(place)[:-1]
            if upper.level == level and said(upper.name)
        ]
        if len(spoken) == 1:
            return spoken[0]
    return None
