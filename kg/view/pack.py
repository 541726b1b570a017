"""Circles are laid side by side around the first of them, without overlap and without chance.

The front-chain method (Wang, Wang, Dai, Wang: Visualization of large hierarchical data by circle
packing, CHI 2006): the circles on the outside form a ring; a new one goes where the ring comes closest
to the middle, and what it would overlap leaves the ring. The time is about linear in the number of circles.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, sin, sqrt

__all__ = ["Circle", "Point", "enclosing", "pack", "turned"]

Point = tuple[float, float]
Circle = tuple[float, float, float]
"""The middle (x, y) and the radius."""

_TOUCH = 1e-6


def pack(radii: Sequence[float]) -> list[Point]:
    """The middles of circles of these radii: the first at the origin, the others around it in their order."""
    placed: list[Circle] = []
    if radii:
        placed.append((0.0, 0.0, radii[0]))
    if len(radii) > 1:
        placed.append((radii[0] + radii[1], 0.0, radii[1]))
    if len(radii) > 2:
        placed.append(_tangent(placed[0], placed[1], radii[2]))
        _surround(placed, radii)
    return [(x, y) for x, y, _ in placed]


def _surround(placed: list[Circle], radii: Sequence[float]) -> None:
    """Puts the circles from the fourth on outside the first three, which touch each other."""
    # The ring runs 0, 1, 2 against the clock, so that the outside lies on the right of a → after[a].
    after = {0: 1, 1: 2, 2: 0}
    before = {1: 0, 2: 1, 0: 2}
    for i in range(3, len(radii)):
        a = min(after, key=lambda n: (_nearness(placed[n], placed[after[n]]), n))
        b = after[a]
        while True:
            circle = _tangent(placed[b], placed[a], radii[i])
            hit = _collision(placed, circle, a, b, after, before)
            if hit is None:
                break
            forward, n = hit
            a, b = (a, n) if forward else (n, b)
            gone = after[a]
            while gone != b:
                following = after.pop(gone)
                del before[gone]
                gone = following
            after[a], before[b] = b, a
        placed.append(circle)
        after[a], after[i] = i, b
        before[b], before[i] = i, a


def _collision(
    placed: list[Circle], circle: Circle, a: int, b: int, after: dict[int, int], before: dict[int, int]
) -> tuple[bool, int] | None:
    """The circle of the ring nearest to the gap a → b that the new one overlaps, and whether it comes after b."""
    forward, backward = after[b], before[a]
    far, near = placed[b][2], placed[a][2]
    while True:
        if far <= near:
            if _overlap(placed[forward], circle):
                return True, forward
            if forward == backward:
                return None
            far += placed[forward][2]
            forward = after[forward]
        else:
            if _overlap(placed[backward], circle):
                return False, backward
            if forward == backward:
                return None
            near += placed[backward][2]
            backward = before[backward]


def _overlap(one: Circle, other: Circle) -> bool:
    return hypot(one[0] - other[0], one[1] - other[1]) < one[2] + other[2] - _TOUCH


def _nearness(one: Circle, other: Circle) -> float:
    """How far from the origin the point is where two neighbours touch; rounded, so that equals stay equal."""
    weight = one[2] + other[2]
    x = (one[0] * other[2] + other[0] * one[2]) / weight
    y = (one[1] * other[2] + other[1] * one[2]) / weight
    return round(x * x + y * y, 6)


def _tangent(one: Circle, other: Circle, radius: float) -> Circle:
    """The circle of that radius that touches both, on the left of the way from the one to the other."""
    x, y = other[0] - one[0], other[1] - one[1]
    apart = hypot(x, y)
    to_one, to_other = one[2] + radius, other[2] + radius
    along = (apart * apart + to_one * to_one - to_other * to_other) / (2 * apart)
    aside = sqrt(max(0.0, to_one * to_one - along * along))
    return (one[0] + (x * along - y * aside) / apart, one[1] + (y * along + x * aside) / apart, radius)


def enclosing(circles: Sequence[Circle]) -> Circle:
    """A circle around all of them, within a few per cent of the smallest there is."""
    x = sum(c[0] * c[2] for c in circles) / sum(c[2] for c in circles)
    y = sum(c[1] * c[2] for c in circles) / sum(c[2] for c in circles)
    for step in range(2, 34):
        far = max(circles, key=lambda c: hypot(c[0] - x, c[1] - y) + c[2])
        away = hypot(far[0] - x, far[1] - y)
        if away < _TOUCH:
            break
        # The middle moves towards the point of the farthest circle that is farthest off (Bădoiu and Clarkson 2003).
        share = (away + far[2]) / away / step
        x, y = x + (far[0] - x) * share / 2, y + (far[1] - y) * share / 2
    return x, y, max(hypot(c[0] - x, c[1] - y) + c[2] for c in circles)


def turned(point: Point, angle: float) -> Point:
    """The point turned about the origin."""
    return (point[0] * cos(angle) - point[1] * sin(angle), point[0] * sin(angle) + point[1] * cos(angle))
