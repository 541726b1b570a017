"""What is said to be one, and what not to be, is closed: sets of one thing each, in whatever order it was said.

To be one is symmetric and transitive. What is kept apart stays so, and with it all that is one with either side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

__all__ = ["Closure"]

T = TypeVar("T", bound=Hashable)
Mark = tuple[int, bool]
"""One side of what is kept apart: its number, and which of the two."""


class Closure(Generic[T]):
    """Sets of things that are one, some of them kept apart from others."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}
        self._members: dict[T, list[T]] = {}
        self._marks: dict[T, set[Mark]] = defaultdict(set)
        """What each set is kept apart by, by its root."""
        self._kept = 0

    def root(self, thing: T) -> T:
        """The thing that stands for the set; the same for all in it."""
        parent = self._parent
        while (above := parent.get(thing, thing)) != thing:
            parent[thing] = parent.get(above, above)
            thing = parent[thing]
        return thing

    def join(self, one: T, other: T) -> bool:
        """The two are one. Nothing is done, and False given, where they are kept apart."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if self.are_apart(a, b):
            return False
        if len(self._members.get(a, (a,))) < len(self._members.get(b, (b,))):
            a, b = b, a
        self._parent[b] = a
        self._members.setdefault(a, [a]).extend(self._members.pop(b, [b]))
        if marks := self._marks.pop(b, None):
            self._marks[a] |= marks
        return True

    def keep_apart(self, ones: Iterable[T], others: Iterable[T]) -> T | None:
        """None of the ones is any of the others. Where one is already, nothing is done, and it is given back."""
        first = {self.root(thing): thing for thing in ones}
        second = {self.root(thing) for thing in others}
        for root, thing in first.items():
            if root in second:
                return thing
        for side, roots in ((False, first), (True, second)):
            for root in roots:
                self._marks[root].add((self._kept, side))
        self._kept += 1
        return None

    def is_marked(self, thing: T) -> bool:
        """Whether the thing is kept apart from anything."""
        return bool(self._marks.get(self.root(thing)))

    def are_apart(self, one: T, other: T) -> bool:
        """Whether the two are kept apart."""
        marks = self._marks.get(self.root(other), set())
        return any((number, not side) in marks for number, side in self._marks.get(self.root(one), ()))

    def sets(self, things: Iterable[T]) -> dict[T, list[T]]:
        """The things by the root of their set, in the order in which they come."""
        found: dict[T, list[T]] = defaultdict(list)
        for thing in things:
            found[self.root(thing)].append(thing)
        return dict(found)
