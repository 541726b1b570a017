"""How a thing is drawn: the words beside its mark, in lines, and the room that both take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.view.inline import visible, words
from kg.view.phrases import money, when

if TYPE_CHECKING:
    import networkx

    from kg.view.layout import Node

__all__ = ["Mark", "mark"]

_LEADING = 1.3
_SUBJECT = re.compile(r"^.{2,40}?关于(?=.{4})")
_WIDTH = {"card": 15, "paper": 17, "statement": 11}
"""Full-width characters in a line; all others have as many as the lines of a name may be long."""
_LONGEST = 12


class Mark(NamedTuple):
    """A mark with its label on the right; a card has no mark, and its first line is the number of the document."""

    type: str
    lines: tuple[str, ...]
    font: int
    size: float
    """The radius of the mark; 0 for a card."""
    width: float
    height: float
    weight: int
    """How many ties it has."""


def mark(graph: networkx.MultiDiGraph, node: Node, doc: str | None) -> Mark:
    """How a node is drawn. ``doc`` is the name of the document that it is, where facts of the graph stand in it."""
    data = graph.nodes[node]
    kind = str(data.get("type") or "")
    kind = kind if kind in words()["types"] else ""
    ties = graph.degree(node)
    label = visible(" ".join(str(data.get("label") or node).split()))
    if doc is not None:
        return _card(kind, doc, label, ties)
    if kind in ("OfficialDocument", "Section"):
        return _beside(kind, _lines(_SUBJECT.sub("", label), _WIDTH["paper"], 1), 11, 4.0, ties)
    if words()["types"][kind].get("kind"):
        said = _statement(kind, data) or label
        return _beside(kind, _lines(said, _WIDTH["statement"], 1), 11, 4.5, ties)
    grown = min(8.0, 1.6 * sqrt(max(0, ties - 2)))
    return _beside(kind, _lines(label, _LONGEST, 2), 11 + round(grown), 4.5 + grown * 0.55, ties)


def _card(kind: str, doc: str, label: str, ties: int) -> Mark:
    """A document of the issue: its number, and below it what it is about."""
    font = 12
    about = _lines(_SUBJECT.sub("", label), _WIDTH["card"], 2)
    head = [] if doc in (label, "issue") else _lines(visible(doc), _WIDTH["card"], 1)
    lines = (*head, *about)
    width = max(map(_wide, lines)) * font + 18
    return Mark(kind, lines, font, 0.0, round(max(width, 100.0), 1), round(len(lines) * font * _LEADING + 10, 1), ties)


def _beside(kind: str, lines: list[str], font: int, size: float, ties: int) -> Mark:
    width = 2 * size + 5 + max(map(_wide, lines)) * font + 4
    height = max(2 * size, len(lines) * font * _LEADING) + 3
    return Mark(kind, tuple(lines), font, round(size, 1), round(width, 1), round(height, 1), ties)


def _statement(kind: str, data: Mapping[str, Any]) -> str:
    """A deadline by its time and a sum by its amount, as a reader would say them."""
    fields = data.get("fields") or {}
    try:
        # What a limit runs from is told in the panel: here is no room for it.
        time = {name: value for name, value in fields.items() if name != "after"}
        said = when(time) if kind == "Deadline" else money(fields) if kind == "Fund" else ""
    except ArithmeticError:
        return ""
    return "" if said.startswith("FREQ=") else visible(said)


def _wide(text: str) -> float:
    """How wide a line is, in full-width characters."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.56 for char in text)


def _lines(text: str, width: int, most: int) -> list[str]:
    """The text in lines of about the same width, with an ellipsis where it takes more than so many of them."""
    whole = _wide(text)
    count = min(most, max(1, ceil(whole / width)))
    room = max(whole / count + 0.5, 1.0) if whole <= count * width else float(width)
    lines = [""]
    for char in text[: 4 * width * most]:
        if lines[-1] and _wide(lines[-1] + char) > room:
            if len(lines) == count:
                return [*lines[:-1], lines[-1][:-1] + "…"]
            lines.append("")
        lines[-1] += char
    return lines
