"""A reading becomes quads: what the source says, and where it says it, in a named graph of the source's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from kg.model import Appointment, Citation, Entity, EntityType, Evidence, Fact, Issue, Reading
from kg.rdf.iris import Names, meta_graph
from kg.rdf.terms import BASE, boolean, check_base, date_value, decimal, json_value, literal, segment, tagged, typed
from kg.rdf.vocabulary import CLASSES, FIELDS, Field, Form, gz, std

__all__ = ["meta", "quads"]

Triple = tuple[str, str, str]

_TYPE, _LABEL = std("rdf:type"), std("rdfs:label")
_PREFERRED, _ALTERNATIVE = std("skos:prefLabel"), std("skos:altLabel")
_STATEMENT = gz("Statement")


def quads(reading: Reading, base: str = BASE) -> Iterator[str]:
    """The statements of a reading as N-Quads lines, in no order and some of them twice: the caller sorts.

    Lines hold no line break of any kind and no blank node. Raises KgError for a base that is no IRI.
    """
    names = Names(reading, base)
    tail = f" {names.source} ."
    parts = (_source(names), _entities(names), _sections(names), _evidence(names), _facts(names))
    for subject, predicate, value in chain.from_iterable(parts):
        yield f"{subject} {predicate} {value}{tail}"


def meta(version: str, base: str = BASE) -> Iterator[str]:
    """Which software wrote the graphs: the same lines for the same version, in the ``meta`` graph."""
    software = f"<{check_base(base)}software/gongbao-kg/{segment(version)}>"
    for predicate, value in (
        (_TYPE, std("prov:SoftwareAgent")),
        (std("schema:name"), literal("gongbao-kg")),
        (std("schema:softwareVersion"), literal(version)),
    ):
        yield f"{software} {predicate} {value} <{meta_graph(base)}> ."


def _source(names: Names) -> Iterator[Triple]:
    source = names.reading.source
    yield names.source, _TYPE, gz("Source")
    yield names.source, gz("sha256"), literal(source.sha256)
    yield names.source, gz("encoding"), literal(source.encoding)
    yield names.source, std("schema:name"), literal(source.name)


def _entities(names: Names) -> Iterator[Triple]:
    reading = names.reading
    entities: dict[str, Entity] = {}
    for entity in chain(reading.parties.values(), reading.documents.values(), reading.places.values()):
        entities.setdefault(entity.key, entity)
    for entity in entities.values():
        node, label = names.entity(entity), tagged(entity.label, "zh")
        yield node, _TYPE, gz(entity.type.value)
        yield node, _PREFERRED, label
        yield node, _LABEL, label
        for other in entity.names:
            if other != entity.label:
                yield node, _ALTERNATIVE, tagged(other, "zh")
        if entity.jurisdiction:
            yield node, gz("jurisdiction"), literal(entity.jurisdiction)
        if entity.division:
            yield node, gz("inDivision"), names.key(entity.division)
        if entity.code:
            yield node, gz("divisionCode"), literal(entity.code)
        if entity.parent:
            within = "schema:containedInPlace" if entity.type is EntityType.DIVISION else "org:subOrganizationOf"
            yield node, std(within), names.key(entity.parent)
        if entity.reason:
            yield node, gz("reason"), tagged(entity.reason, "zh")


def _sections(names: Names) -> Iterator[Triple]:
    for section in names.reading.sections:
        node = names.section(section.doc, section.path)
        assert node is not None  # names knows every section of its reading
        yield node, _TYPE, gz("Section")
        yield node, gz("sectionNumber"), literal(section.number)
        yield node, gz("sectionPath"), literal(section.path)
        yield node, gz("heading"), literal(section.heading)
        yield node, gz("evidence"), names.evidence(section.span)
        yield node, gz("evidenceSpans"), literal(str(section.span))
        if document := names.document(section.doc):
            yield node, gz("inDocument"), document
        if above := names.above(section):
            yield node, gz("partOf"), above


def _evidence(names: Names) -> Iterator[Triple]:
    """Web Annotation: a place in the source is a specific resource with two selectors, one a span."""
    reading = names.reading
    spans = {span for fact in names.facts.values() for span in fact.evidence.spans}
    spans.update(section.span for section in reading.sections)
    text = reading.source.text
    for span in spans:
        node, quote, position = (names.evidence(span, part) for part in ("", "#quote", "#position"))
        yield node, _TYPE, std("oa:SpecificResource")
        yield node, std("oa:hasSource"), names.source
        yield node, std("oa:hasSelector"), quote
        yield node, std("oa:hasSelector"), position
        yield quote, _TYPE, std("oa:TextQuoteSelector")
        yield quote, std("oa:exact"), literal(text[span.start : span.end])
        yield position, _TYPE, std("oa:TextPositionSelector")
        yield position, std("oa:start"), typed(str(span.start), "integer")
        yield position, std("oa:end"), typed(str(span.end), "integer")


def _facts(names: Names) -> Iterator[Triple]:
    for node, fact in names.facts.items():
        removal = isinstance(fact, Appointment) and fact.action == "免"
        yield node, _TYPE, gz("Removal" if removal else CLASSES[fact.kind])
        yield node, _TYPE, _STATEMENT
        yield from _place(names, node, fact)
        table = FIELDS[fact.kind]
        for name, value in fact.values():
            for predicate, term in _field(names, table[name], value):
                yield node, predicate, term
        if isinstance(fact, Citation) and (cited := names.document(fact.number, fact.title)):
            yield node, gz("cited"), cited
        if isinstance(fact, Issue):
            gazette = names.gazette(fact.title)
            yield node, gz("issueOf"), gazette
            yield gazette, _TYPE, gz("Gazette")
            yield gazette, _PREFERRED, tagged(fact.title, "zh")
            yield gazette, _LABEL, tagged(fact.title, "zh")


def _place(names: Names, node: str, fact: Fact) -> Iterator[Triple]:
    yield node, gz("documentKey"), literal(fact.doc)
    document = names.document(fact.doc)
    if document and document != node:
        yield node, gz("inDocument"), document
    if fact.section and (section := names.section(fact.doc, fact.section)):
        yield node, gz("inSection"), section
    evidence: Evidence = fact.evidence
    for span in evidence.spans:
        yield node, gz("evidence"), names.evidence(span)
    yield node, gz("evidenceSpans"), literal(" ".join(map(str, evidence.spans)))
    yield node, gz("quote"), literal(evidence.quote)
    yield node, gz("rule"), literal(fact.rule)


def _field(names: Names, field: Field, value: object) -> Iterator[tuple[str, str]]:
    match field.form, value:
        case Form.TEXT, str(text):
            yield gz(field.words), literal(text)
            if field.thing and (thing := _thing(names, field.thing, text)):
                yield gz(field.thing), thing
        case Form.DATE, str(text):
            yield gz(field.words), date_value(text)
            start, stroke, end = text.partition("/")
            if stroke:
                yield gz("start"), date_value(start)
                yield gz("end"), date_value(end)
        case Form.NUMBER, Decimal() as number:
            yield gz(field.words), decimal(number)
        case Form.FLAG, bool(flag):
            yield gz(field.words), boolean(flag)
        case Form.LIST, tuple(items) if field.order:
            yield gz(field.order), json_value(json.dumps(items, ensure_ascii=False, separators=(",", ":")))
            for item in items:
                yield from _field(names, Field(field.words, field.thing), item)
        case form, other:
            raise TypeError(f"{field.words} must be a {form.value}, got {other!r}")


def _thing(names: Names, predicate: str, words: str) -> str | None:
    return names.document(words) if predicate == "partOf" else names.party(words)
