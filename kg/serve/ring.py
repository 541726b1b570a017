"""The small network on the page of a thing: the thing in the middle, what it is tied to on both sides, drawn without a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass

from networkx import MultiDiGraph

from kg.network import cut
from kg.view.inline import visible, words

__all__ = ["Ring", "ring", "shape"]

_MOST = 24
"""Things around the one in the middle."""
_STEP, _WIDE, _REACH = 24.0, 940.0, 250.0
_LONGEST, _LONGEST_TIE = 17, 8


@dataclass(frozen=True, slots=True)
class Spoke:
    """A thing around, and what ties it."""

    iri: str
    label: str
    whole: str
    """The label in full."""
    type: str
    tie: str
    kind: str
    x: float
    y: float
    path: str
    left: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """The picture; lengths are those of its SVG."""

    type: str
    label: str
    width: float
    height: float
    spokes: tuple[Spoke, ...]
    left: int
    """Things that are not shown."""


def ring(graph: MultiDiGraph, iri: str) -> Ring | None:
    """What surrounds a thing in a network: who acts before what is said, the most tied first; None where nothing does."""
    if iri not in graph:
        return None
    ties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    inside = {iri}
    if graph.nodes[iri].get("type") == "OfficialDocument":  # what stands in its sections stands in it
        inside |= {node for node, kind in graph.nodes.data("type") if kind == "Section"}
    for tail, head, data in graph.edges(data=True):
        if (tail in inside) != (head in inside):
            ties[head if tail in inside else tail].append((str(data["kind"]), str(data["label"])))
    if not ties:
        return None
    kinds, types = list(words()["kinds"]), list(words()["types"])

    def order(node: str) -> tuple[int, int, str]:
        kind = _known(str(graph.nodes[node].get("type") or ""), types)
        return kinds.index(_known(ties[node][0][0], kinds)), types.index(kind), node

    shown = sorted(sorted(ties, key=lambda node: (-len(ties[node]), node))[:_MOST], key=order)
    rows = max((len(shown) + 1) // 2, 2)
    height = rows * _STEP + 36
    middle = str(graph.nodes[iri].get("label") or iri)
    return Ring(
        _known(str(graph.nodes[iri].get("type") or ""), types),
        cut(visible(middle), _LONGEST),
        _WIDE,
        height,
        tuple(_spokes(graph, shown, ties, height)),
        len(ties) - len(shown),
    )


def _spokes(
    graph: MultiDiGraph, shown: list[str], ties: dict[str, list[tuple[str, str]]], height: float
) -> Iterator[Spoke]:
    half = (len(shown) + 1) // 2
    for left, nodes in ((False, shown[:half]), (True, shown[half:])):
        for place, node in enumerate(nodes):
            y = height / 2 + (place - (len(nodes) - 1) / 2) * _STEP
            x = _WIDE / 2 + (-1 if left else 1) * _REACH * 0.55
            bend = (x + _WIDE / 2) / 2
            label = visible(str(graph.nodes[node].get("label") or node))
            kind, tie = ties[node][0]
            said = visible(tie) + (f"×{len(ties[node])}" if len(ties[node]) > 1 else "")
            path = f"M{_WIDE / 2:g} {height / 2:g}C{bend:g} {height / 2:g} {bend:g} {y:g} {x:g} {y:g}"
            type_ = _known(str(graph.nodes[node].get("type") or ""), words()["types"])
            yield Spoke(
                node, cut(label, _LONGEST), label, type_, cut(said, _LONGEST_TIE), kind, x, round(y, 1), path, left
            )  # fmt: skip


def shape(kind: str, x: float, y: float, radius: float) -> str:
    """The outline of a type's mark about a place, as the points of a polygon; empty for what is round."""
    looks = words()["types"]
    outline = words()["outlines"].get(looks[_known(kind, looks)]["shape"], ())
    return " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in outline)


def _known(name: str, known: Container[str]) -> str:
    return name if name in known else ""
