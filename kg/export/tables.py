"""The graph as tables: a CSV file for each kind of thing and each kind of fact, and the W3C's description of them.

RFC 4180, UTF-8. A text that a spreadsheet would take for a formula has an apostrophe before it. Items of a list have
``；`` between them. ``csv-metadata.json`` (CSV on the Web) says of each column what it holds, in Chinese and English,
and its type. A document that two sources print stands in ``documents`` once for each, with its place there.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from kg.export.material import DATATYPES, Material, columns
from kg.model import FACT_KINDS, EntityType
from kg.query.results import Cell, harmless
from kg.rdf.vocabulary import CLASSES, FIELDS, Form

__all__ = ["tables"]

_SEPARATOR = "；"
_ENTITIES: Mapping[EntityType, str] = {
    EntityType.AGENCY: "agencies",
    EntityType.AGENCY_GROUP: "agency_groups",
    EntityType.BODY: "bodies",
    EntityType.OFFICIAL: "officials",
    EntityType.OFFICE_HOLDER: "office_holders",
}
_FACTS: Mapping[str, str] = {
    "issue": "issues",
    "document": "documents",
    "post": "posts",
    "appointment": "appointments",
    "member": "memberships",
    "seat": "seats",
    "stand_in": "stand_ins",
    "duty": "duties",
    "norm": "norms",
    "contact": "contacts",
    "fund": "funds",
    "deadline": "deadlines",
    "target": "targets",
    "cites": "citations",
    "event": "events",
    "part": "affiliations",
}


class _Column(NamedTuple):
    name: str
    zh: str
    en: str
    type: str = "string"
    list: bool = False


class _Table(NamedTuple):
    name: str
    zh: str
    en: str
    columns: tuple[_Column, ...]
    rows: Callable[[], Iterable[Iterable[Cell]]]


_ID = _Column("id", "标识", "IRI", "anyURI")
_NAMED = (
    _ID,
    _Column("name", "名称", "name"),
    _Column("other_names", "其他名称", "other names", list=True),
    _Column("jurisdiction", "行政区域", "jurisdiction"),
    _Column("parent", "上级机构", "part of", "anyURI"),
)
_EVIDENCE = (
    _Column("document", "所在文件", "document"),
    _Column("document_id", "所在文件标识", "IRI of the document", "anyURI"),
    _Column("section", "章节", "section"),
    _Column("section_id", "章节标识", "IRI of the section", "anyURI"),
    _Column("quote", "引文", "quote"),
    _Column("spans", "原文位置", "spans: code points, end exclusive"),
    _Column("source", "来源文件", "source file"),
    _Column("source_id", "来源标识", "IRI of the source", "anyURI"),
    _Column("rule", "规则", "rule"),
)
_DUE = (_Column("due", "到期日", "due", "date"), _Column("first_due", "首次到期日", "first due", "date"))
_SOURCES = (
    _ID,
    _Column("name", "文件名", "file name"),
    _Column("sha256", "散列值", "SHA-256"),
    _Column("encoding", "编码", "encoding"),
)
_SECTIONS = (
    _ID,
    _Column("number", "序号", "number"),
    _Column("path", "路径", "path"),
    _Column("heading", "标题", "heading"),
    _Column("part_of", "属于", "part of", "anyURI"),
    _Column("document_id", "所在文件标识", "IRI of the document", "anyURI"),
    _Column("spans", "原文位置", "spans: code points, end exclusive"),
    _Column("source_id", "来源标识", "IRI of the source", "anyURI"),
)


def tables(material: Material) -> dict[str, Iterator[str]]:
    """The files by name: the tables, all of them in every graph, and ``csv-metadata.json``."""
    made = list(_tables(material))
    files = {f"{table.name}.csv": _written(table, material.bom) for table in made}
    return {**files, "csv-metadata.json": _metadata(made)}


def _written(table: _Table, bom: bool) -> Iterator[str]:
    if bom:
        yield "\ufeff"
    yield _line(column.name for column in table.columns)
    for row in table.rows():
        yield _line(row)


def _line(cells: Iterable[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def _tables(material: Material) -> Iterator[_Table]:
    titles = material.titles
    yield _Table("sources", *titles["Source"], _SOURCES, lambda: ((k, *v) for k, v in material.sources.items()))
    for kind in FACT_KINDS:
        yield _Table(_FACTS[kind], *titles[CLASSES[kind]], _fact_columns(material, kind), _facts(material, kind))
    cited = (*_NAMED[:3], _Column("present", "是否收录", "whether the graph holds it", "boolean"))
    yield _Table("document_names", "文件名录", "documents present or cited", cited, lambda: _documents(material))
    for type_, name in _ENTITIES.items():
        yield _Table(name, *titles[type_.value], _NAMED, _entities(material, type_))
    yield _Table("sections", *titles["Section"], _SECTIONS, lambda: material.sections)


def _entities(material: Material, type_: EntityType) -> Callable[[], Iterator[Iterable[Cell]]]:
    def rows() -> Iterator[Iterable[Cell]]:
        for thing in material.things.values():
            if thing.type == type_.value:
                names = _SEPARATOR.join(thing.names)
                yield thing.iri, thing.label, names, thing.jurisdiction, thing.parent

    return rows


def _documents(material: Material) -> Iterator[Iterable[Cell]]:
    present = {fact["fact"] for fact in material.facts if fact["kind"] in ("document", "issue")}
    for thing in material.things.values():
        if thing.type in (EntityType.DOCUMENT.value, EntityType.GAZETTE_ISSUE.value):
            yield thing.iri, thing.label, _SEPARATOR.join(thing.names), thing.iri in present


def _fact_columns(material: Material, kind: str) -> tuple[_Column, ...]:
    found = [_ID]
    for key, words, form in columns(kind):
        zh, en = material.titles.get(words, (words, words))
        found.append(_Column(key, zh, en, DATATYPES[form], form is Form.LIST))
        if thing := FIELDS[kind][key].thing:
            zh, en = material.titles.get(thing, (thing, thing))
            found.append(_Column(f"{key}_id", f"{zh}标识", f"IRI: {en}", "anyURI", form is Form.LIST))
    if kind == "cites":
        found.append(_Column("cited_id", "所引文件标识", "IRI of the document cited", "anyURI"))
    return (*found, *(_DUE if kind in ("deadline", "target") else ()), *_EVIDENCE)


def _facts(material: Material, kind: str) -> Callable[[], Iterator[Iterable[Cell]]]:
    def rows() -> Iterator[Iterable[Cell]]:
        for fact in material.facts:
            if fact["kind"] == kind:
                yield _row(material, kind, fact)

    return rows


def _row(material: Material, kind: str, fact: Mapping[str, Any]) -> Iterator[Cell]:
    links = material.links.get(fact["fact"], {})
    yield fact["fact"]
    for key, _, form in columns(kind):
        value = fact.get(key)
        yield _SEPARATOR.join(value) if isinstance(value, list) else _number(value)
        if thing := FIELDS[kind][key].thing:
            things = links.get(thing, ())
            yield _SEPARATOR.join(things if form is Form.LIST else things[:1])
    if kind == "cites":
        yield material.link(fact, "cited")
    if kind in ("deadline", "target"):
        reckoned = material.dues.get(fact["fact"], {})
        yield from (reckoned.get("due"), reckoned.get("firstDue"))
    spans = " ".join(f"{start}-{end}" for start, end in fact["spans"])
    document = material.link(fact, "inDocument") or (fact["fact"] if kind in ("document", "issue") else "")
    yield from (fact["doc"], document, fact.get("section"), material.link(fact, "inSection"))
    yield from (fact["quote"], spans, fact["source"], fact["source_id"], fact["rule"])


def _number(value: Any) -> Cell:
    return Decimal(repr(value)) if isinstance(value, float) else value


def _metadata(made: Iterable[_Table]) -> Iterator[str]:
    """Metadata for tabular data on the Web (W3C, 2015)."""
    groups = [
        {
            "url": f"{table.name}.csv",
            "dc:title": [{"@value": table.zh, "@language": "zh"}, {"@value": table.en, "@language": "en"}],
            "tableSchema": {
                "columns": [_described(column) for column in table.columns],
                "primaryKey": ["id", "source_id"] if table.columns[-1].name in ("rule", "source_id") else "id",
            },
        }
        for table in made
    ]
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tables": groups,
    }
    yield json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"


def _described(column: _Column) -> dict[str, Any]:
    # A date may be a month or a year, which none of the Web's types of dates is.
    kind = {"base": "string", "dc:format": "ISO 8601"} if column.type == "date" else column.type
    return {
        "name": column.name,
        "titles": {"zh": [column.name, column.zh], "en": column.en},
        "datatype": kind,
        **({"separator": _SEPARATOR} if column.list else {}),
    }
