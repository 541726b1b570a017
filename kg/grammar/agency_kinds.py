"""Kinds of agencies: 发改委, 发展改革委 and 发展和改革委员会 are one name, 卫生局 and 卫生健康局 are two.

The names are data (``kg/lexicon/agencies.toml``) and stand here without the place before them: of 临汀市云泽区人社局
only 人社局. A short form of several names, or one that is itself the name of another, says none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.grammar.organisations import is_organisation
from kg.lexicon import table

__all__ = ["AgencyName", "agency_name", "full_name", "meanings"]

_SHORT_ORGANS = {"委员会": "委", "办公室": "办"}
_HEAD = re.compile(r"(?:[局厅会委办]|政府|办公室)$")
"""What the name of an agency with parts ends in."""
_NO_PART = re.compile(r"[、，（〔和及与]|采购|投资|购买|引导|[员托派任](?!驻)|公室|长")
"""What opens no name of a part: it goes on a list, or a word that only begins like the agency's name."""


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name that agencies of a kind bear all over the country, in full, and the reforms that it lasted between."""

    kind: str
    """The id of the kind: ``human-resources``."""
    full: str
    """人力资源和社会保障局."""
    start: int | None = None
    """The year of the reform that brought it; None where it has no such bound."""
    end: int | None = None


def agency_name(name: str, *, party: bool = False) -> AgencyName | None:
    """The one name in full that a name without its place stands for; None where it is unknown or says several.

    ``party`` asks for the organs of a Party committee: 宣传部 of 区委宣传部.
    """
    found = meanings(name, party=party)
    return found[0] if len(found) == 1 else None


def meanings(name: str, *, party: bool = False) -> tuple[AgencyName, ...]:
    """All names in full that a name without its place can stand for."""
    return _forms(party).get(_folded(name), ())


def full_name(name: str, *, party: bool = False) -> str:
    """The name with the agency it opens with in full: 人社局就业中心 is 人力资源和社会保障局就业中心.

    The longest known form decides, also where it says several: 建委 is not the 建 of something shorter.
    """
    if known := meanings(name, party=party):
        return known[0].full if len(known) == 1 else name
    for end in range(len(name) - 1, 1, -1):
        head, rest = name[:end], name[end:]
        if (known := meanings(head, party=party)) and _is_part(head, rest):
            return known[0].full + rest if len(known) == 1 else name
    return name


def _is_part(head: str, rest: str) -> bool:
    """Whether what follows an agency's name can be the name of a part of it."""
    return bool(_HEAD.search(head)) and not _NO_PART.match(rest) and len(rest) >= 2 and is_organisation(rest)


def _folded(name: str) -> str:
    return name.replace("与", "和")


@cache
def _forms(party: bool) -> dict[str, tuple[AgencyName, ...]]:
    """Every form in use → the names in full it can stand for, in the order of the data."""
    found: dict[str, dict[str, AgencyName]] = {}
    for agency in table("agencies")["agency"]:
        if agency.get("party", False) is party:
            for entry in agency["name"]:
                for name, forms in _names(agency["id"], entry):
                    for form in forms:
                        found.setdefault(_folded(form), {}).setdefault(name.full, name)
    return {form: tuple(names.values()) for form, names in found.items()}


def _names(kind: str, entry: dict[str, Any]) -> Iterator[tuple[AgencyName, set[str]]]:
    """The names in full of an entry, one an organ, each with the forms in use for it."""
    for organ in entry.get("organs", ("",)):
        full = entry["stem"] + organ
        stems = (entry["stem"], *entry.get("short", ()))
        forms = {stem + _SHORT_ORGANS.get(organ, organ) for stem in stems}
        forms |= {stem + organ for stem in stems if len(stem) > 2 or stem == entry["stem"] or organ != "委员会"}
        yield AgencyName(kind, full, entry.get("from"), entry.get("to")), forms
