"""FollowTheMoney and Popolo: what goes out fits their models, names nothing that is not there, keeps the evidence.

``ftm_model.json`` is what followthemoney 4.11.2 says of the schemata used: what each extends, what it requires, the
type of each property and the range of those that name an entity. The library itself has no wheels (it asks for ICU),
so it is no part of the tests' environment; CONTRIBUTING.md says how to hold an export against it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from hashlib import sha1
from pathlib import Path
from typing import Any

import jsonschema
import pytest

MODEL: dict[str, Any] = json.loads((Path(__file__).parent / "ftm_model.json").read_text(encoding="utf-8"))

PATTERNS = {
    "entity": r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?",
    "date": r"\d{4}(-\d\d(-\d\d)?)?",
    "url": r"https?://[^\s/]+\.[^\s]+",
    "number": r"-?\d+(\.\d+)?",
    "country": r"[a-z]{2}",
    "language": r"[a-z]{3}",
}
"""Type → what its values look like; a value of any other type is a text without white space at its ends."""


def family(schema: str) -> set[str]:
    return {schema}.union(*(family(above) for above in MODEL[schema]["extends"]))


def properties(schema: str) -> dict[str, list[str]]:
    return {name: kind for each in family(schema) for name, kind in MODEL[each]["properties"].items()}


@pytest.fixture(scope="module")
def entities(exported: Path) -> dict[str, dict[str, Any]]:
    lines = (exported / "ftm" / "entities.ftm.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    found = {entity["id"]: entity for entity in read}
    assert len(found) == len(read)
    return found


def test_every_entity_fits_its_schema(entities: dict[str, dict[str, Any]]) -> None:
    for entity in entities.values():
        known = properties(entity["schema"])
        for required in {r for each in family(entity["schema"]) for r in MODEL[each]["required"]} - {"name"}:
            assert entity["properties"].get(required), (entity["schema"], required)
        for name, values in entity["properties"].items():
            assert name in known, (entity["schema"], name)
            assert values
            assert len(set(values)) == len(values)
            for value in values:
                assert re.fullmatch(PATTERNS.get(known[name][0], r"\S(.*\S)?"), value, re.DOTALL), (name, value)


def test_every_end_is_there_and_of_the_class_that_is_asked_for(entities: dict[str, dict[str, Any]]) -> None:
    for entity in entities.values():
        known = properties(entity["schema"])
        for name, values in entity["properties"].items():
            if known[name][0] == "entity":
                for value in values:
                    assert value != entity["id"]
                    assert known[name][1] in family(entities[value]["schema"]), (entity["schema"], name)


def test_every_fact_is_an_entity_with_its_evidence(entities: dict[str, dict[str, Any]], demo_graph: Any) -> None:
    by_fact = {
        iri: entity["properties"]
        for entity in entities.values()
        for iri in entity["properties"].get("recordId", entity["properties"].get("sourceUrl", ()))
    }
    for fact in demo_graph.facts(full=True):
        said = by_fact[fact["fact"]]
        assert fact["quote"] in said["description"][0]
        assert f"{fact['source']} {fact['spans'][0][0]}-" in said["description"][0]
        for key, value in fact.items():
            if key not in ("doc", "kind", "quote", "spans", "source", "section", "rule", "fact"):
                for item in value if isinstance(value, list) else [value]:
                    assert str(item) in said["summary"][0], (fact, key)
        proof = entities[said["proof"][0]]
        assert proof["schema"] == "Document"


def test_the_schemata_are_those_the_facts_deserve(entities: dict[str, dict[str, Any]], demo_graph: Any) -> None:
    counts = Counter(entity["schema"] for entity in entities.values())
    facts = Counter(fact["kind"] for fact in demo_graph.facts())
    assert counts["Person"] == len(demo_graph.query("SELECT ?p { ?p a gz:Official }"))
    assert counts["Associate"] == facts["stand_in"]
    assert counts["Occupancy"] > facts["appointment"]
    assert counts["Payment"]
    removed = [e["properties"] for e in entities.values() if e["properties"].get("status") == ["ended"]]
    assert len(removed) == sum(f["kind"] == "appointment" and f["action"] == "免" for f in demo_graph.facts())
    assert all("startDate" not in said for said in removed)


def test_a_sum_that_is_bounded_or_counted_is_no_amount(entities: dict[str, dict[str, Any]], demo_graph: Any) -> None:
    facts = {fact["fact"]: fact for fact in demo_graph.facts(full=True) if fact["kind"] == "fund"}
    payments = [e["properties"] for e in entities.values() if e["schema"] == "Payment"]
    assert any("amount" in said for said in payments)
    for said in payments:
        fact = facts[said["recordId"][0]]
        exact = fact["comparator"] == "=" and "per" not in fact and "amount" in fact
        assert said.get("amount") == ([str(fact["amount"])] if exact else None)


def test_statements_say_the_same_with_their_rule(
    entities: dict[str, dict[str, Any]], exported: Path, demo_graph: Any
) -> None:
    rules = {fact["fact"]: fact["rule"] for fact in demo_graph.facts(full=True)}
    said: dict[str, dict[str, list[str]]] = {}
    with (exported / "ftm" / "statements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            language = f"@{row['lang']}" if row["lang"] else ""
            key = f"{row['dataset']}.{row['entity_id']}.{row['prop']}.{row['value']}{language}"
            assert row["id"] == sha1(key.encode(), usedforsecurity=False).hexdigest()
            entity = entities[row["entity_id"]]
            assert row["schema"] == entity["schema"]
            if row["prop"] == "id":
                assert row["value"] == row["prop_type"].replace("id", entity["id"])
                continue
            assert row["prop_type"] == properties(row["schema"])[row["prop"]][0]
            said.setdefault(row["entity_id"], {}).setdefault(row["prop"], []).append(row["value"])
            if row["prop"] == "recordId":
                assert row["origin"] == rules[row["value"]]
    assert said == {key: entity["properties"] for key, entity in entities.items()}


# Popolo

TEXT = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
URI = {"type": "string", "pattern": "^[a-z]+:[!-~]+$"}


def listed(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": 1}


def shape(required: list[str], **fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


SOURCES = listed(shape(["url"], url=URI, note=TEXT))
NAMES = listed(shape(["name"], name=TEXT, start_date=DATE, end_date=DATE, note=TEXT))
CONTACTS = listed(shape(["type", "value"], type=TEXT, value=TEXT, label=TEXT, note=TEXT, sources=SOURCES))
PARTY: dict[str, Any] = {"id": TEXT, "name": TEXT, "other_names": NAMES, "contact_details": CONTACTS}
POPOLO = shape(
    ["persons", "organizations", "posts", "memberships"],
    persons=listed(shape(["id", "name"], **PARTY)),
    organizations=listed(shape(["id", "name"], **PARTY, classification=TEXT, parent_id=TEXT, area_id=TEXT)),
    posts=listed(shape(["id", "label"], id=TEXT, label=TEXT, role=TEXT, organization_id=TEXT, sources=SOURCES)),
    memberships=listed(
        shape(
            ["id", "sources"],
            id=TEXT,
            label=TEXT,
            role=TEXT,
            member={"type": "object", "required": ["@type", "id", "name"]},
            person_id=TEXT,
            organization_id=TEXT,
            post_id=TEXT,
            start_date=DATE,
            end_date=DATE,
            sources=SOURCES,
        )
    ),
    areas=listed(shape(["id", "name"], id=TEXT, name=TEXT)),
)
"""The classes of the Popolo specification with those of their properties that are written; no other is let through."""


@pytest.fixture(scope="module")
def popolo(exported: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((exported / "popolo.json").read_text(encoding="utf-8"))
    return read


def test_popolo_has_its_shape(popolo: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(POPOLO)
    jsonschema.Draft202012Validator(POPOLO).validate(popolo)


def test_popolo_names_nothing_that_is_not_there(popolo: dict[str, Any]) -> None:
    ids = {name: [each["id"] for each in objects] for name, objects in popolo.items()}
    assert all(len(set(each)) == len(each) for each in ids.values())
    homes = {"person_id": "persons", "organization_id": "organizations", "parent_id": "organizations"}
    homes |= {"post_id": "posts", "area_id": "areas"}
    for each in (each for objects in popolo.values() for each in objects):
        for key, home in homes.items():
            assert each.get(key) is None or each[key] in ids[home], (key, each)


def test_every_place_of_a_person_is_a_membership_with_its_source(popolo: dict[str, Any], demo_graph: Any) -> None:
    facts = {f["fact"]: f for f in demo_graph.facts(full=True) if f["kind"] in ("post", "appointment", "member")}
    memberships = {each["id"]: each for each in popolo["memberships"]}
    assert set(memberships) <= set(facts)
    names = {each["id"]: each["name"] for each in (*popolo["persons"], *popolo["organizations"])}
    for iri, fact in facts.items():
        if "title" not in fact and "org" not in fact and "group" not in fact:
            continue  # a name alone
        membership = memberships[iri]
        assert membership["sources"][0]["url"].endswith(f"/{fact['spans'][0][0]}-{fact['spans'][0][1]}")
        assert fact["quote"] in membership["sources"][0]["note"]
        assert membership.get("role") == fact.get("title", fact.get("role"))
        if "person" in fact and "person_id" in membership:
            assert names[membership["person_id"]] == fact["person"]
        if fact["kind"] == "appointment":
            end = "end_date" if fact["action"] == "免" else "start_date"
            assert membership.get(end) == fact.get("date")
