"""Officials, agencies, classes of agencies and coordinating bodies: one entity a thing, by the words used for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kg.grammar.agents import is_class
from kg.grammar.bodies import is_body
from kg.grammar.names import is_name
from kg.grammar.organisations import is_organisation
from kg.model import Appointment, Contact, Entity, EntityType, Fact, Member, Post, StandIn

__all__ = ["parties"]

_PEOPLE = ("person", "a", "b")
_PARTIES = (
    "agent", "org", "group", "member", "payer", "payee", "patient", "of", "issuer", "addressees", "supervisor", "sponsor", "publisher",
)  # fmt: skip
_HOLDER = re.compile(r"(?:负责人|领导|负责同志|责任人|联络员)$|^分管|^主要|(?:区|市|县|镇|乡)长$")
_LEVEL = re.compile(r"(?:原)?(?P<level>[区县市省州旗])(?=[\u4e00-\u9fff]{1,})")


def parties(facts: Iterable[Fact], homes: Iterable[str]) -> dict[str, Entity]:
    """Whom the words of the facts name. ``homes`` are the places whose governments speak (临江市青川区)."""
    facts = list(facts)
    counted = Counter(home for home in homes if home)
    home = min(counted, key=lambda place: (-counted[place], place)) if counted else ""
    people = {word for fact in facts for word in _people(fact)}
    groups = {fact.group for fact in facts if isinstance(fact, Member)}
    names: dict[tuple[EntityType, str, str | None], set[str]] = defaultdict(set)
    for fact in facts:
        for words in _words(fact):
            names[_identity(words, home, people, groups)].add(words)
    known = {key for kind, key, _ in names if kind in (EntityType.AGENCY, EntityType.BODY)}
    found: dict[str, Entity] = {}
    for (kind, key, place), used in sorted(names.items()):
        label = max(used, key=lambda name: (len(name), name))
        entity = Entity(kind, key, label, tuple(sorted(used)), place, _parent(key, known))
        found.update(dict.fromkeys(used, entity))
    return found


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


def _identity(words: str, home: str, people: set[str], groups: set[str]) -> tuple[EntityType, str, str | None]:
    """Type, key and jurisdiction of what the words name."""
    place = home or "未明"
    if words in people:
        return EntityType.OFFICIAL, f"person/{place}/{_segment(words)}", home or None
    if words in groups or is_body(words):
        return EntityType.BODY, f"body/{place}/{_segment(_local(words, home)[1])}", home or None
    if _HOLDER.search(words):
        return EntityType.OFFICE_HOLDER, f"office-holder/{place}/{_segment(words)}", home or None
    jurisdiction, local = _local(words, home)
    kind = EntityType.AGENCY_GROUP if is_class(words) else EntityType.AGENCY
    folder = "agencies" if kind is EntityType.AGENCY_GROUP else "agency"
    return kind, f"{folder}/{jurisdiction or place}/{_segment(local)}", jurisdiction or home or None


def _local(words: str, home: str) -> tuple[str, str]:
    """The place an organisation belongs to, and its name without that place.

    区财政局 belongs to the district that speaks, 市财政局 to the city above it, where the name of the home says
    which that is; a prefix that the home does not explain stays part of the name.
    """
    for place in _places(home):
        if words.startswith(place) and len(words) > len(place) + 1:
            return home if home.endswith(place) else place, _usual(words[len(place) :])
    level = _LEVEL.match(words)
    if level and home:
        for place in _above(home):
            if place.endswith(level["level"]):
                return place, _usual(words[level.end() :])
    return home, words


def _places(home: str) -> list[str]:
    """The names that the home and the places above it go by, longest first."""
    parts = re.findall(r"[\u4e00-\u9fff]{2,}?(?:自治州|自治县|[省市县区州旗])", home)
    whole = ["".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return sorted({*whole, *parts[-1:]}, key=lambda name: (-len(name), name)) if parts else [home] if home else []


def _above(home: str) -> list[str]:
    """The home and the places above it, innermost first: 临江市青川区, 临江市."""
    parts = re.findall(r"[\u4e00-\u9fff]{2,}?(?:自治州|自治县|[省市县区州旗])", home)
    return ["".join(parts[:n]) for n in range(len(parts), 0, -1)] or [home]


def _usual(name: str) -> str:
    """The name with 政府 written in full, so that 区政府办公室 and 青川区人民政府办公室 are one."""
    return re.sub(r"^政府", "人民政府", name)


def _segment(name: str) -> str:
    return name.replace("/", "／")


def _parent(key: str, known: set[str]) -> str | None:
    """The organisation whose name opens this one's: 公安局 of 公安局交巡警支队."""
    fits = [other for other in known if other != key and key.startswith(other) and len(other.rsplit("/", 1)[1]) >= 2]
    return max(fits, key=len) if fits else None
