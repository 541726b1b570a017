"""Officials, agencies, classes of agencies and coordinating bodies: one entity a thing, by the words used for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.grammar.agency_kinds import AgencyName
from kg.grammar.agents import is_class
from kg.grammar.bodies import is_body
from kg.grammar.names import is_name
from kg.grammar.organisations import is_organisation
from kg.model import Appointment, Contact, Entity, EntityType, Fact, Member, Post, StandIn
from kg.resolve.names import body_name, local_name
from kg.resolve.places import Place, division_key, place_of

__all__ = ["fullness", "home", "parties"]

_PEOPLE = ("person", "a", "b")
_PARTIES = (
    "agent", "org", "group", "member", "payer", "payee", "patient", "of", "issuer", "addressees", "supervisor", "sponsor", "publisher",
)  # fmt: skip
_HOLDER = re.compile(r"(?:负责人|领导|负责同志|责任人|联络员)$|^分管|^主要|(?:区|市|县|镇|乡)长$")


class _Identity(NamedTuple):
    """What words name: those of one identity name one thing."""

    type: EntityType
    key: str
    place: str | None
    meanings: tuple[AgencyName, ...] = ()


def home(facts: Iterable[Fact], homes: Iterable[str]) -> Place:
    """The place that a source speaks for. ``homes`` are the places whose governments speak, as its texts name them."""
    titles = (str(value) for fact in facts for name, value in fact.values() if name in ("title", "doc"))
    return place_of(homes, {*(words for fact in facts for words in _words(fact)), *titles})


def parties(facts: Iterable[Fact], place: Place, source: str = "") -> dict[str, Entity]:
    """Whom the words of the facts name, in a source that speaks for ``place`` (临汀市云泽区).

    What a source names without saying where it belongs is its own: ``source`` keeps it apart from other sources.
    """
    facts = list(facts)
    people = {word for fact in facts for word in _people(fact)}
    groups = {fact.group for fact in facts if isinstance(fact, Member)}
    own = f"-{source}" if source else ""
    here = f"{place.name}{own if place.open else ''}" or f"未明{own}"
    same: dict[str, dict[str, _Identity]] = defaultdict(dict)
    for words in sorted({words for fact in facts for words in _words(fact)}):
        identity = _identity(words, place.name, here, people, groups)
        same[identity.key][words] = identity
    known = {key for key, names in same.items() if _can_have_parts(key, names.values())}
    found: dict[str, Entity] = {}
    for key, names in sorted(same.items()):
        first = min(names.values(), key=lambda identity: (identity.type, identity.place or ""))
        label = max(names, key=fullness)
        entity = Entity(
            first.type,
            key,
            label,
            tuple(names),
            first.place,
            division=division_key(here if first.place == place.name else first.place) if first.place else None,
            parent=_parent(key, known),
            reason=_reason(key, names, place.name),
        )
        found.update(dict.fromkeys(names, entity))
    return found


def fullness(name: str) -> tuple[bool, bool, int, str]:
    """How full a name is: the longest one, a second sign in brackets and what the agency used to be not counted."""
    return not name.endswith("）"), not name.startswith("原"), len(name), name


def _people(fact: Fact) -> Iterator[str]:
    if isinstance(fact, Post | Appointment):
        yield fact.person
    elif isinstance(fact, StandIn):
        yield from (fact.a, fact.b)
    elif isinstance(fact, Contact) and fact.person:
        yield fact.person
    elif isinstance(fact, Member) and is_name(fact.member) and not is_organisation(fact.member):
        yield fact.member


def _words(fact: Fact) -> Iterator[str]:
    for name, value in fact.values():
        if name in _PEOPLE or name in _PARTIES:
            yield from (value if isinstance(value, tuple) else (str(value),))


def _identity(words: str, home: str, here: str, people: set[str], groups: set[str]) -> _Identity:
    """What the words name, by the first claim that holds. ``here`` is what keys say for the home."""
    if words in people:
        return _Identity(EntityType.OFFICIAL, f"person/{here}/{_segment(words)}", home or None)
    local = local_name(words, home)
    if words in groups or (is_body(words) and len(local.meanings) != 1):
        return _Identity(EntityType.BODY, f"body/{here}/{_segment(body_name(words, home))}", home or None)
    if _HOLDER.search(words):
        return _Identity(EntityType.OFFICE_HOLDER, f"office-holder/{here}/{_segment(words)}", home or None)
    kind = EntityType.AGENCY_GROUP if is_class(words) else EntityType.AGENCY
    folder = "agencies" if kind is EntityType.AGENCY_GROUP else "agency"
    there = local.place if local.place != home else here
    key = f"{folder}/{there or here}/{_segment(local.name)}"
    return _Identity(kind, key, local.place or None, local.meanings)


def _reason(key: str, names: dict[str, _Identity], home: str) -> str:
    """Why the names are one thing, or why a short form is not taken for the name it may be short for."""
    _, place, local = key.split("/", 2)
    known = next((identity.meanings for identity in names.values()), ())
    said = []
    if len(names) > 1:
        listed = "".join(f"“{name}”" for name in names)
        years = _years(known[0]) if len(known) == 1 else ""
        where = f"{place}的" if home else ""
        said.append(f"{listed}去掉地名并写成全称都是{where}“{local}”{years}，故为同一主体")
    if len(known) > 1:
        listed = "、".join(f"“{name.full}”" for name in known)
        said.append(f"“{local}”可以是{listed}的名称或简称，不能确定为哪一个，故单列")
    return "；".join(said)


def _years(name: AgencyName) -> str:
    """Between which reforms the name was in use."""
    begun = f"{name.start}年机构改革起" if name.start else ""
    ended = f"{name.end}年机构改革止" if name.end else ""
    return f"（{begun}{ended}）" if begun or ended else ""


def _segment(name: str) -> str:
    return name.replace("/", "／")


def _can_have_parts(key: str, names: Iterable[_Identity]) -> bool:
    """Whether other organisations can be part of what stands at the key: a body, or an agency by its name."""
    types = {identity.type for identity in names}
    local = key.rsplit("/", 1)[1]
    return EntityType.BODY in types or (EntityType.AGENCY in types and is_organisation(local))


def _parent(key: str, known: set[str]) -> str | None:
    """The organisation or body whose name opens this one's: 公安局 of 公安局交巡警支队."""
    folder, place = key.split("/", 2)[:2]
    start = len(f"{folder}/{place}/")
    for end in range(len(key) - 1, start + 1, -1):
        if key[end] not in "、，（和及与":
            for above in ("agency", "body") if folder == "agency" else (folder,):
                other = f"{above}/{place}/{key[start:end]}"
                if other in known:
                    return other
    return None
