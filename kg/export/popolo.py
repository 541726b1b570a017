"""The people, organisations, posts and memberships of the graph in Popolo, the format of civic technology.

One JSON object with ``persons``, ``organizations``, ``posts``, ``memberships`` and ``areas``. Each membership and
post has ``sources``: the address of its place in the source, with the quote as its note. Duties, money, deadlines and
all else that Popolo has no class for are left to the other forms.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha1
from typing import Any
from urllib.parse import quote as percent

from kg.export.material import Material, Thing
from kg.rdf.terms import last_day

__all__ = ["popolo"]

_ORGANIZATIONS: Mapping[str, str] = {
    "Agency": "机关单位",
    "AgencyGroup": "机关统称",
    "CoordinatingBody": "议事协调机构",
}
_PERSONS = frozenset({"Official"})
_CONTACTS: Mapping[str, str] = {"phone": "voice", "address": "address", "postcode": "postcode", "website": "url"}


def popolo(material: Material) -> Iterator[str]:
    """The document, an object a line."""
    parts = _parts(material)
    yield "{"
    for number, (name, objects) in enumerate(parts.items()):
        yield f'{"," if number else ""}\n"{name}": ['
        for place, each in enumerate(objects):
            yield f"{',' if place else ''}\n{json.dumps(each, ensure_ascii=False)}"
        yield "\n]"
    yield "\n}\n"


def _parts(material: Material) -> dict[str, list[dict[str, Any]]]:
    things = material.things
    contacts = _contacts(material)
    posts: dict[str, dict[str, Any]] = {}
    memberships: dict[str, dict[str, Any]] = {}
    for fact in material.facts:
        if membership := _membership(material, fact, posts):
            # What two sources print in the same words at the same place is one fact.
            memberships.setdefault(fact["fact"], {**membership, "sources": []})["sources"] += _sources(material, fact)
    areas = sorted({thing.jurisdiction for thing in things.values() if thing.jurisdiction})
    return {
        "persons": [_party(thing, contacts) for thing in things.values() if thing.type in _PERSONS],
        "organizations": [_organization(thing, things, contacts) for thing in _organizations(things)],
        "posts": list(posts.values()),
        "memberships": list(memberships.values()),
        "areas": [{"id": f"area:{name}", "name": name} for name in areas],
    }


def _organizations(things: Mapping[str, Thing]) -> Iterator[Thing]:
    yield from (thing for thing in things.values() if thing.type in _ORGANIZATIONS)


def _party(thing: Thing, contacts: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    party: dict[str, Any] = {"id": thing.iri, "name": thing.label}
    if thing.names:
        party["other_names"] = [{"name": name} for name in thing.names]
    if thing.iri in contacts:
        party["contact_details"] = contacts[thing.iri]
    return party


def _organization(
    thing: Thing, things: Mapping[str, Thing], contacts: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    organization = {**_party(thing, contacts), "classification": _ORGANIZATIONS[thing.type]}
    if thing.parent in things and things[thing.parent].type in _ORGANIZATIONS:
        organization["parent_id"] = thing.parent
    if thing.jurisdiction:
        organization["area_id"] = f"area:{thing.jurisdiction}"
    return organization


def _contacts(material: Material) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for fact in material.facts:
        if fact["kind"] == "contact":
            party = material.link(fact, "person") or material.link(fact, "organization")
            for key, kind in _CONTACTS.items():
                if party and key in fact:
                    detail = {"type": kind, "value": fact[key], "sources": _sources(material, fact)}
                    found.setdefault(party, []).append(detail)
    return found


def _membership(material: Material, fact: Mapping[str, Any], posts: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """What a fact says of somebody's place in an organisation; a new post is put among the posts."""
    match fact["kind"]:
        case "post" | "appointment":
            who, where, role = material.link(fact, "person"), material.link(fact, "organization"), fact.get("title")
        case "member":
            who, where, role = material.link(fact, "member"), material.link(fact, "group"), fact.get("role")
        case _:
            return None
    things = material.things
    membership: dict[str, Any] = {"id": fact["fact"], "label": fact["quote"]}
    if role:
        membership["role"] = role
    if where in things and things[where].type in _ORGANIZATIONS:
        membership["organization_id"] = where
    if who in things and things[who].type in _PERSONS:
        membership["person_id"] = who
    elif who in things:
        member = things[who]
        membership["member"] = {"@type": _kind(member), "id": member.iri, "name": member.label}
    if not who or not (role or "organization_id" in membership):
        return None
    if fact["kind"] != "member" and role:
        membership["post_id"] = _post(material, fact, role, membership.get("organization_id"), posts)
    if fact["kind"] == "appointment" and last_day(fact.get("date", "")):
        membership["end_date" if fact["action"] == "免" else "start_date"] = fact["date"]
    return membership


def _kind(thing: Thing) -> str:
    return "Organization" if thing.type in _ORGANIZATIONS else "Person"


def _post(
    material: Material, fact: Mapping[str, Any], role: str, where: str | None, posts: dict[str, dict[str, Any]]
) -> str:
    name = material.things[where].label if where else fact.get("org", "")
    key = f"{where or name} {role}"
    post = posts.setdefault(
        key,
        {
            "id": f"post:{sha1(key.encode('utf-8'), usedforsecurity=False).hexdigest()}",
            "label": f"{name}{role}",
            "role": role,
            **({"organization_id": where} if where else {}),
            "sources": [],
        },
    )
    post["sources"] += _sources(material, fact)
    return str(post["id"])


def _sources(material: Material, fact: Mapping[str, Any]) -> list[dict[str, str]]:
    """Where a fact stands: a URI for each place, and the quote."""
    note = f"“{fact['quote']}”（{fact['source']}，{fact['doc']}）"
    return [{"url": percent(place, safe="/:?#[]@!$&'()*+,;=%~"), "note": note} for place in material.evidence(fact)]
