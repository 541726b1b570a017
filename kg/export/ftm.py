"""The graph as entities of FollowTheMoney 4, the model of OpenSanctions and Aleph: one JSON object a line.

=========================================  ==================================================================
a person; an office without a name         Person; LegalEntity
an agency; a coordinating body             Organization; PublicBody
agencies named by a class of them          LegalEntity
an official document, an issue, a source   Document
a post held, an appointment, a removal     Position and Occupancy, which ends with a removal
a seat in a coordinating body              Membership
money of which both ends are known         Payment
an award, an audit, a body set up          Event
a deadline with a date                     Event
two who stand in for one another           Associate
a duty, a citation, an affiliation …       UnknownLink, with its ``role``
everything else                            Note on whoever it concerns
=========================================  ==================================================================

Nothing is said by a narrower schema than the graph supports: where a schema asks for an end that the source does not
name, or for one of another class, the statement is a Note. Every statement has the IRI of its fact (``recordId``, or
``sourceUrl`` of a Note), all its fields (``summary``), its quote and place (``description``) and its document
(``proof``). ``statements`` says the same value by value, each with the rule that read it as its ``origin``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha1
from typing import Any, NamedTuple

from kg.export.material import Material, Thing, columns
from kg.rdf.vocabulary import CLASSES

__all__ = ["entities", "statements"]

_DATASET = "gongbao"
_SCHEMAS: Mapping[str, str] = {
    "Official": "Person",
    "OfficeHolder": "LegalEntity",
    "Agency": "Organization",
    "AgencyGroup": "LegalEntity",
    "CoordinatingBody": "PublicBody",
    "OfficialDocument": "Document",
    "GazetteIssue": "Document",
}
_ORGANIZATIONS = frozenset({"Organization", "PublicBody"})
_PARTIES = frozenset({"Person", "LegalEntity", *_ORGANIZATIONS})
_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_LANGUAGE = "zho"
# The types of the properties that stand here; every other is a string.
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("name", "alias"), "name"),
    **dict.fromkeys(("summary", "description", "notes"), "text"),
    **dict.fromkeys(("startDate", "endDate", "date", "publishedAt"), "date"),
    **dict.fromkeys(("proof", "holder", "post", "member", "organization", "payer", "beneficiary", "entity"), "entity"),
    **dict.fromkeys(("organizer", "involved", "person", "associate", "subject", "object"), "entity"),
    **dict.fromkeys(("country", "jurisdiction"), "country"),
    "language": "language",
    "sourceUrl": "url",
    "website": "url",
    "address": "address",
    "amount": "number",
    "purpose": "text",
    "id": "id",
}
_TAGGED = frozenset({"name", "text", "string"})
_COLUMNS: tuple[str, ...] = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
)
_COLUMNS += ("original_value", "external", "first_seen", "last_seen", "id")

_Said = Mapping[str, str | list[str]]


class _Entity(NamedTuple):
    id: str
    schema: str
    properties: dict[str, list[str]]
    origin: str
    """The rule that read the statement; nothing for the things that statements speak of."""


def entities(material: Material) -> Iterator[str]:
    """The entities as JSON lines, things before statements."""
    for entity in _entities(material):
        caption = next(iter(entity.properties.get("name") or entity.properties.get("role") or ()), entity.schema)
        line = {"id": entity.id, "caption": caption, "schema": entity.schema, "properties": entity.properties}
        yield json.dumps({**line, "datasets": [_DATASET]}, ensure_ascii=False) + "\n"


def statements(material: Material) -> Iterator[str]:
    """The same as statements: a CSV line for each value, as ``ftm`` reads and writes them."""
    yield _line(_COLUMNS)
    for entity in _entities(material):
        values = [(prop, value) for prop, each in entity.properties.items() for value in each]
        for prop, value in [("id", entity.id), *values]:
            kind = _TYPES.get(prop, "string")
            language = _LANGUAGE if kind in _TAGGED and not value.isascii() else ""
            key = f"{_DATASET}.{entity.id}.{prop}.{value}" + (f"@{language}" if language else "")
            digest = sha1(key.encode("utf-8"), usedforsecurity=False).hexdigest()
            row = (entity.id, entity.id, prop, kind, entity.schema, value, _DATASET, entity.origin, language)
            yield _line((*row, "", "false", "", "", digest))


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _entities(material: Material) -> Iterator[_Entity]:
    writer = _Writer(material)
    for iri, (name, sha, encoding) in material.sources.items():
        said: _Said = {"name": name, "title": name, "fileName": name, "encoding": encoding, "sourceUrl": _url(iri)}
        yield _entity(iri, "Document", {**said, "description": f"SHA-256 {sha}"})
    for thing in material.things.values():
        yield writer.thing(thing)
    for fact in material.facts:
        yield from writer.statement(fact)
    yield from writer.parents()


def _id(iri: str) -> str:
    """Ids may hold letters, digits, points and strokes only."""
    return f"gb-{sha1(iri.encode('utf-8'), usedforsecurity=False).hexdigest()}"


def _url(iri: str) -> str:
    return iri if iri.startswith(("http://", "https://")) else ""


def _entity(iri: str, schema: str, said: _Said, origin: str = "") -> _Entity:
    properties = {name: [value] if isinstance(value, str) else value for name, value in said.items() if value}
    return _Entity(_id(iri), schema, properties, origin)


class _Writer:
    def __init__(self, material: Material) -> None:
        self._material = material
        # What two sources print in the same words at the same place is one fact with two pieces of evidence.
        self._facts: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for fact in material.facts:
            self._facts[fact["fact"]].append(fact)
        self._positions: set[str] = set()
        self._forms: Mapping[str, Callable[[Mapping[str, Any]], Iterator[tuple[str, _Said]]]] = {
            "post": self._occupancy,
            "appointment": self._occupancy,
            "member": self._membership,
            "seat": self._link("group", "organization", "办公室设在"),
            "part": self._link("organization", "parentOrganization", "隶属"),
            "duty": self._link("agent", "inDocument", "{role}：{matter}"),
            "norm": self._link("agent", "inDocument", "{modality}：{matter}"),
            "cites": self._link("inDocument", "cited", "{relation}"),
            "stand_in": self._associate,
            "fund": self._payment,
            "event": self._event,
            "deadline": self._deadline,
        }

    def thing(self, thing: Thing) -> _Entity:
        """A party or a document."""
        said: dict[str, str | list[str]] = {"name": thing.label, "alias": list(thing.names)}
        said |= {"sourceUrl": _url(thing.iri), "keywords": thing.jurisdiction}
        if thing.jurisdiction:
            said["country"] = "cn"
        schema = _SCHEMAS[thing.type]
        if schema != "Document":
            return _entity(thing.iri, schema, said)
        said |= {"title": thing.label, "fileName": thing.label, "language": _LANGUAGE}
        printed = self._facts.get(thing.iri, [])
        for fact in printed:
            day = "publishedAt" if fact["kind"] == "issue" else "date"
            for name, value in (
                ("author", fact.get("issuer", [])),
                ("publisher", fact.get("publisher", "")),
                (day, _day(fact.get("date"))),
                ("summary", self._summary(fact)),
                ("description", _place(fact)),
                ("proof", _id(fact["source_id"])),
            ):
                values = [value] if isinstance(value, str) else value
                said[name] = list(dict.fromkeys([*said.get(name, ()), *filter(None, values)]))
        return _entity(thing.iri, schema, said, printed[0]["rule"] if printed else "")

    def statement(self, fact: Mapping[str, Any]) -> Iterator[_Entity]:
        """What a fact becomes: by the schema made for it if its ends are known, else a Note."""
        printed = self._facts[fact["fact"]]
        if fact is not printed[0] or (fact["kind"] in ("document", "issue") and fact["fact"] in self._material.things):
            return
        form = self._forms.get(fact["kind"])
        made = list(form(fact)) if form else []
        common: _Said = {"summary": self._summary(fact), "description": [_place(each) for each in printed]}
        document = self._material.link(fact, "inDocument")
        sources = [each["source_id"] for each in printed]
        proof = [_id(iri) for iri in ([document] if document in self._material.things else sources)]
        for schema, said in made:
            if schema == "Position":
                if (key := str(said["name"])) not in self._positions:
                    self._positions.add(key)
                    yield _entity(_position(key), schema, said, fact["rule"])
            else:
                record = {"recordId": fact["fact"], "proof": proof}
                yield _entity(fact["fact"], schema, {**common, **record, **said}, fact["rule"])
        if not made:
            title = self._material.titles[CLASSES[fact["kind"]]][0]
            about = sorted({_id(thing) for thing in self._ends(fact)})
            note: _Said = {"name": title, "entity": about, "proof": proof, "sourceUrl": _url(fact["fact"])}
            yield _entity(fact["fact"], "Note", {**common, **note}, fact["rule"])

    def parents(self) -> Iterator[_Entity]:
        """Which organisation another is a part of by its name."""
        for thing in self._material.things.values():
            if thing.parent in self._material.things:
                said: _Said = {"subject": _id(thing.iri), "object": _id(thing.parent), "role": "隶属"}
                yield _entity(f"{thing.iri}#parent", "UnknownLink", said)

    def _ends(self, fact: Mapping[str, Any]) -> Iterator[str]:
        for local, things in self._material.links.get(fact["fact"], {}).items():
            if local != "inSection":
                yield from (thing for thing in things if thing in self._material.things)

    def _schema(self, iri: str) -> str:
        thing = self._material.things.get(iri)
        return _SCHEMAS[thing.type] if thing else ""

    def _summary(self, fact: Mapping[str, Any]) -> str:
        """All fields of a fact, each under its label."""
        titles = self._material.titles
        said = [
            f"{titles[words][0]}：{'、'.join(fact[key]) if isinstance(fact[key], list) else fact[key]}"
            for key, words, _ in columns(fact["kind"])
            if key in fact
        ]
        said += [f"{titles[name][0]}：{day}" for name, day in self._material.dues.get(fact["fact"], {}).items()]
        return "；".join([titles[CLASSES[fact["kind"]]][0], *said])

    def _link(self, start: str, end: str, pattern: str) -> Callable[[Mapping[str, Any]], Iterator[tuple[str, _Said]]]:
        def form(fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
            subject, object_ = self._material.link(fact, start), self._material.link(fact, end)
            if subject != object_ and self._schema(subject) and self._schema(object_):
                role = re.sub(r"\{(\w+)\}", lambda found: str(fact.get(found[1], "")), pattern).strip("：")
                yield "UnknownLink", {"subject": _id(subject), "object": _id(object_), "role": role}

        return form

    def _occupancy(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
        person, organization = self._material.link(fact, "person"), self._material.link(fact, "organization")
        if self._schema(person) != "Person" or "title" not in fact:
            return
        thing = self._material.things.get(organization)
        words = (thing.label if thing else fact.get("org", "")) + fact["title"]
        of = _id(organization) if self._schema(organization) in _ORGANIZATIONS else ""
        area = thing.jurisdiction if thing else ""
        yield "Position", {"name": words, "organization": of, "subnationalArea": area, "country": "cn" if area else ""}
        held: dict[str, str | list[str]] = {"holder": _id(person), "post": _id(_position(words))}
        if fact["kind"] == "appointment":
            ended = fact["action"] == "免"
            held["endDate" if ended else "startDate"] = _day(fact.get("date"))
            held["status"] = "ended" if ended else ""
        yield "Occupancy", held

    def _membership(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
        member, group = self._material.link(fact, "member"), self._material.link(fact, "group")
        if self._schema(member) in _PARTIES and self._schema(group) in _ORGANIZATIONS and member != group:
            yield "Membership", {"member": _id(member), "organization": _id(group), "role": fact.get("role", "")}

    def _associate(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
        a, b = self._material.link(fact, "partnerA"), self._material.link(fact, "partnerB")
        if self._schema(a) == self._schema(b) == "Person" and a != b:
            yield "Associate", {"person": _id(a), "associate": _id(b), "relationship": "AB角"}

    def _payment(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
        payer, payee = self._material.link(fact, "payer"), self._material.link(fact, "payee")
        if self._schema(payer) in _PARTIES and self._schema(payee) in _PARTIES and payer != payee:
            ends = {"payer": _id(payer), "beneficiary": _id(payee)}
            # Only a sum that is said outright is the amount: 不少于 and 每人 stand in the summary.
            exact = "amount" in fact and fact.get("comparator", "=") == "=" and "per" not in fact
            money = {"amount": _number(fact["amount"]), "currency": "CNY"} if exact else {}
            yield "Payment", {**ends, **money, "purpose": fact.get("purpose", "")}

    def _event(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
        agent, patient = self._material.link(fact, "agent"), self._material.link(fact, "patient")
        start, _, end = fact.get("date", "").partition("/")
        name = "：".join(filter(None, (fact.get("type", ""), fact.get("what", ""))))
        if name:
            by = _id(agent) if self._schema(agent) in _PARTIES else ""
            to = _id(patient) if self._schema(patient) in _PARTIES else ""
            when = {"startDate": _day(start), "endDate": _day(end)} if end else {"date": _day(start)}
            yield "Event", {"name": name, "organizer": by, "involved": to, **when}

    def _deadline(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, _Said]]:
        due = self._material.dues.get(fact["fact"], {})
        start, end = _day(fact.get("start")), _day(fact.get("end") or fact.get("on") or due.get("due"))
        if start or end:
            agent = self._material.link(fact, "agent")
            who = _id(agent) if self._schema(agent) in _PARTIES else ""
            name = "：".join(filter(None, ("期限", fact.get("task", ""))))
            yield "Event", {"name": name, "involved": who, "startDate": start, "endDate": end}


def _position(words: str) -> str:
    return f"position:{words}"


def _place(fact: Mapping[str, Any]) -> str:
    """The quote, and where it stands."""
    spans = " ".join(f"{start}-{end}" for start, end in fact["spans"])
    return f"“{fact['quote']}”（{fact['source']} {spans}，{fact['doc']}）"


def _day(text: str | None) -> str:
    return text if text and _DATE.fullmatch(text) else ""


def _number(value: int | float) -> str:
    return repr(value) if isinstance(value, int) else f"{value:f}".rstrip("0").rstrip(".")
