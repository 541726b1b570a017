"""The styles of a Word document, as far as they say what text is: headings, lists, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.read.numbering import W, whole

__all__ = ["Style", "Styles", "read_styles"]

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = ("title", "标题")
_DEEPEST = 64
"""Styles further down a chain of styles than this are not looked at: the chain may be a ring."""
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it takes from those it is based on."""

    heading: int = 0
    """Its level as a heading, from 1, or 0."""
    listed: str = ""
    """The list its paragraphs are numbered in, or nothing."""
    level: int | None = None
    hidden: bool = False


_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids, and the one of paragraphs that name none."""

    by_id: Mapping[str, Style]
    chains: Mapping[str, tuple[str, ...]]
    """Each style and those it is based on, nearest first."""
    default: str = ""

    def of(self, properties: Any) -> Style:
        """The style of a paragraph (its ``w:pPr`` or None), its own outline level before that of the style."""
        style = self.by_id.get(self._id(properties), _PLAIN)
        own = properties.find(f"{W}outlineLvl") if properties is not None else None
        if own is not None:
            level = whole(own.get(f"{W}val"), 9)
            return Style(level + 1 if 0 <= level < 9 else 0, style.listed, style.level, style.hidden)
        return style

    def list_of(self, properties: Any, of_style: Mapping[tuple[str, str], int]) -> tuple[str, int]:
        """The list and the level that a paragraph is numbered in; no list where it is in none."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        style = self.by_id.get(self._id(properties), _PLAIN)
        number = own.find(f"{W}numId") if own is not None else None
        level = own.find(f"{W}ilvl") if own is not None else None
        listed = (number.get(f"{W}val") or "") if number is not None else style.listed
        if listed in ("", "0"):
            return "", 0
        if level is not None:
            return listed, whole(level.get(f"{W}val"))
        linked = (of_style[listed, s] for s in self.chains.get(self._id(properties), ()) if (listed, s) in of_style)
        return listed, next(linked, style.level or 0)

    def hides(self, properties: Any) -> bool:
        """Whether the text of a run (its ``w:rPr`` or None) is hidden."""
        if properties is None:
            return False
        own = properties.find(f"{W}vanish")
        if own is not None:
            return own.get(f"{W}val") not in _OFF
        named = properties.find(f"{W}rStyle")
        return named is not None and self.by_id.get(named.get(f"{W}val") or "", _PLAIN).hidden

    def lists(self) -> dict[str, str]:
        """The list of each style that has one."""
        return {name: style.listed for name, style in self.by_id.items() if style.listed}

    def _id(self, properties: Any) -> str:
        named = properties.find(f"{W}pStyle") if properties is not None else None
        return (named.get(f"{W}val") or "") if named is not None else self.default


def read_styles(root: Any) -> Styles:
    """The styles that a part of styles (its root element, or None) declares."""
    if root is None:
        return Styles({}, {})
    elements = {element.get(f"{W}styleId") or "": element for element in root.iterfind(f"{W}style")}
    based = {name: _value(element, "basedOn") for name, element in elements.items()}
    chains = {name: _chain(name, based) for name in elements}
    default = next(
        (
            name
            for name, element in elements.items()
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on")
        ),
        "",
    )
    return Styles({name: _style([elements[s] for s in chain]) for name, chain in chains.items()}, chains, default)


def _chain(name: str, based: Mapping[str, str]) -> tuple[str, ...]:
    chain: list[str] = []
    while name in based and name not in chain and len(chain) < _DEEPEST:
        chain.append(name)
        name = based[name]
    return tuple(chain)


def _style(chain: list[Any]) -> Style:
    """A style out of its own element and those it is based on, nearest first."""
    heading: int | None = None
    listed: str | None = None
    level: int | None = None
    hidden: bool | None = None
    for element in chain:
        name = _value(element, "name").strip().lower()
        named = _HEADING.fullmatch(name)
        outline = _value(element, f"pPr/{W}outlineLvl")
        if heading is None and (outline or named or name in _TITLE):
            found = whole(outline) + 1 if outline else int(named[1]) if named else 1
            heading = found if found <= 9 else 0
        number = _value(element, f"pPr/{W}numPr/{W}numId")
        depth = _value(element, f"pPr/{W}numPr/{W}ilvl")
        listed = number if listed is None and number else listed
        level = whole(depth) if level is None and depth else level
        vanish = element.find(f"{W}rPr/{W}vanish")
        if hidden is None and vanish is not None and element.get(f"{W}type") == "character":
            hidden = vanish.get(f"{W}val") not in _OFF
    return Style(heading or 0, "" if listed in (None, "0") else str(listed), level, bool(hidden))


def _value(element: Any, path: str) -> str:
    found = element.find(f"{W}{path}")
    return (found.get(f"{W}val") or "") if found is not None else ""
