"""A dump is described beside it by DCAT 3 and VoID: what it is, which files there are, what they hold.

IRIs are relative, so that the description is true wherever the folder is put. No clock is asked: nothing says when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.export.material import Material
from kg.rdf import PREFIXES
from kg.rdf.terms import last_day, literal, tagged, typed
from kg.rdf.vocabulary import name

__all__ = ["describe"]

_MEDIA = "https://www.iana.org/assignments/media-types/"
_MEDIA_TYPES: Mapping[str, str] = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".graphml": "application/xml",
    ".gexf": "application/xml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
}
_RDF = frozenset({".nq", ".trig", ".ttl", ".jsonld", ".rdf"})
_OWN = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"


class _Counts(NamedTuple):
    triples: int
    subjects: int
    classes: Counter[str]
    properties: Counter[str]


def describe(material: Material) -> Iterator[str]:
    """The description in Turtle; it is made when all other files are written, since it says how large they are."""
    used = ("dcterms", "prov", "rdfs", "xsd")
    spaces = {**{prefix: PREFIXES[prefix] for prefix in used}, **_OWN}
    yield "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in sorted(spaces.items()))
    counts = _count(material)
    yield _node("#dataset", ["a dcat:Dataset, void:Dataset", *_general(material), *_figures(counts, material)])
    for number, (local, count) in enumerate(sorted(counts.classes.items()), start=1):
        yield _node(f"#class-{number}", [f"void:class <{local}>", f"void:entities {count}"])
    for number, (local, count) in enumerate(sorted(counts.properties.items()), start=1):
        yield _node(f"#property-{number}", [f"void:property <{local}>", f"void:triples {count}"])
    for file, size, digest in material.written:
        yield _distribution(file, size, digest, material.licence)


def _node(iri: str, lines: list[str]) -> str:
    return f"\n<{iri}> " + " ;\n    ".join(lines) + " .\n"


def _general(material: Material) -> Iterator[str]:
    issues = [fact for fact in material.facts if fact["kind"] == "issue"]
    titles = list(dict.fromkeys(fact["title"] for fact in issues))
    numbers = [fact["title"] + fact.get("number", "") for fact in issues]
    of = f"：{'、'.join(titles)}" if titles else ""
    yield f"dcterms:title {tagged(f'公报知识图谱{of}', 'zh')}, {tagged(f'Gazette knowledge graph{of}', 'en')}"
    documents = sum(fact["kind"] == "document" for fact in material.facts)
    zh = f"由{len(material.sources)}份来源、{documents}篇公文读出的{len(material.facts)}条陈述，每条附原文依据。"
    en = f"{len(material.facts)} statements, each with the words it was read from; documents: {documents}, "
    en += f"sources: {len(material.sources)}."
    yield f"dcterms:description {tagged(zh, 'zh')}, {tagged(en, 'en')}"
    if material.licence:
        yield f"dcterms:license <{material.licence}>"
    else:
        yield f"dcterms:rights {tagged('许可未知', 'zh')}, {tagged('licence unknown', 'en')}"
    yield f"dcterms:language <{_LANGUAGE}ZHO>"
    yield f"dcterms:conformsTo <{PREFIXES['gz'].removesuffix('#')}>"
    yield f"prov:wasAttributedTo {_software(material)}"
    yield from _list("dcat:keyword", (tagged(issue, "zh") for issue in sorted(set(numbers))))
    yield from _list("dcterms:source", (f"<{source}>" for source in material.sources))
    days = sorted(
        d for f in material.facts if f["kind"] in ("document", "issue") and (d := last_day(f.get("date", "")))
    )
    if days:
        start, end = (typed(day.isoformat(), "date") for day in (days[0], days[-1]))
        yield f"dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate {start} ; dcat:endDate {end} ]"


def _software(material: Material) -> str:
    return f"[ a prov:SoftwareAgent ; rdfs:label {literal(material.software)} ]"


def _figures(counts: _Counts, material: Material) -> Iterator[str]:
    yield f"void:triples {counts.triples}"
    yield f"void:distinctSubjects {counts.subjects}"
    yield f"void:classes {len(counts.classes)}"
    yield f"void:properties {len(counts.properties)}"
    terms = (*counts.properties, *counts.classes)
    spaces = sorted({space for space in PREFIXES.values() if any(term.startswith(space) for term in terms)})
    yield from _list("void:vocabulary", (f"<{space}>" for space in spaces))
    yield from _list("void:uriSpace", (literal(s) for s in sorted({_space(iri) for iri in material.sources})))
    yield from _list("void:classPartition", (f"<#class-{n}>" for n in range(1, len(counts.classes) + 1)))
    yield from _list("void:propertyPartition", (f"<#property-{n}>" for n in range(1, len(counts.properties) + 1)))
    files = [quote(file) for file, _, _ in material.written]
    yield from _list("dcat:distribution", (f"<#{file}>" for file in files))
    yield from _list("void:dataDump", (f"<{file}>" for file in files if PurePosixPath(file).suffix in _RDF))


def _list(predicate: str, terms: Iterable[str]) -> Iterator[str]:
    """The predicate with all its values, if it has any."""
    if said := ",\n        ".join(terms):
        yield f"{predicate} {said}"


def _space(source: str) -> str:
    """The base of all resources, by the IRI of a source."""
    return source[: source.rindex("source/")]


def _count(material: Material) -> _Counts:
    triples = subjects = 0
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for each in material.store.merged():
        subjects += 1
        triples += len(each)
        properties.update(triple.predicate.value for triple in each)
        classes.update(
            triple.object.value
            for triple in each
            if triple.predicate.value == name("rdf:type") and isinstance(triple.object, ox.NamedNode)
        )
    return _Counts(triples, subjects, classes, properties)


def _distribution(file: str, size: int, digest: str, licence: str | None) -> str:
    media = _MEDIA_TYPES.get(PurePosixPath(file).suffix, "application/octet-stream")
    checksum = f"[ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue {typed(digest, 'hexBinary')} ]"
    lines = [
        "a dcat:Distribution",
        f"dcterms:title {literal(file)}",
        f"dcat:downloadURL <{quote(file)}>",
        f"dcat:mediaType <{_MEDIA}{media}>",
        f"dcat:byteSize {typed(str(size), 'nonNegativeInteger')}",
        f"spdx:checksum {checksum}",
    ]
    return _node(f"#{quote(file)}", [*lines, *([f"dcterms:license <{licence}>"] if licence else [])])
