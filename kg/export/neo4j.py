"""The network as CSV files with the headers that ``neo4j-admin database import`` reads: nodes, and relationships.

A date that is a whole day stands twice: as precise as the text in ``date``, and as Neo4j's own type in ``date_day``.
Items of a list are parted by a semicolon, Neo4j's own delimiter; one inside an item becomes the full-width ``；``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.export.material import Material
from kg.export.property_graph import EDGE, NODE, Value, edges, nodes

__all__ = ["nodes_csv", "relationship_type", "relationships_csv"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
_KINDS: Mapping[str, str] = {
    "appointment": "APPOINTED_TO",
    "cites": "CITES",
    "contact": "CONTACT",
    "deadline": "DEADLINE",
    "duty": "ANSWERS_FOR",
    "event": "ACTED_ON",
    "fund": "FUND",
    "member": "MEMBER_OF",
    "norm": "NORM",
    "part": "AFFILIATED_TO",
    "post": "HOLDS_POST_IN",
    "seat": "SEATED_IN",
    "section": "PART_OF",
    "stand_in": "STANDS_IN_FOR",
    "target": "TARGET",
}
"""Kind of fact → type of its relationships."""
_LABELS: Mapping[str, str] = {
    "主管": "SUPERVISES",
    "主办": "SPONSORS",
    "编辑出版": "PUBLISHES",
    "发文": "ISSUED",
    "主送": "ADDRESSED_TO",
    "附于": "PART_OF",
    "出资": "PAYS",
    "拨付": "PAID_TO",
    "见于": "FOUND_IN",
    "联系人": "CONTACT_PERSON_OF",
    "联系方式": "REACHED_BY",
    "限期": "BOUND_BY",
    "目标": "AIMS_AT",
}
"""What an edge of these kinds is called → type of the relationship."""
_SEVERAL = frozenset({"issue", "document", "fund", "contact", "deadline", "target"})


def nodes_csv(material: Material) -> Iterator[str]:
    """The nodes: ``:ID`` is the IRI, ``:LABEL`` the class."""
    properties = [name for name in NODE if name != "type"]
    yield _line(["iri:ID", *_headers(properties, NODE), ":LABEL"])
    for node in nodes(material):
        yield _line([node.id, *_cells(properties, NODE, node.properties), node.properties["type"]])


def relationships_csv(material: Material) -> Iterator[str]:
    """The relationships, from ``:START_ID`` to ``:END_ID``, each with the statement it comes from."""
    yield _line(["iri", *_headers(EDGE, EDGE), ":START_ID", ":END_ID", ":TYPE"])
    for edge in edges(material):
        cells = _cells(EDGE, EDGE, edge.properties)
        yield _line([edge.id, *cells, edge.source, edge.target, relationship_type(edge.properties)])


def relationship_type(properties: Mapping[str, Value]) -> str:
    """The type of the relationship that an edge becomes."""
    kind = str(properties["kind"])
    if kind == "appointment" and properties.get("action") == "免":
        return "REMOVED_FROM"
    label = _LABELS.get(str(properties.get("label"))) if kind in _SEVERAL else None
    return label or _KINDS.get(kind, kind.upper())


def _headers(names: Iterable[str], table: Mapping[str, str]) -> Iterator[str]:
    for name in names:
        match table[name]:
            case "strings":
                yield f"{name}:string[]"
            case "date":
                yield from (f"{name}:string", f"{name}_day:date")
            case kind:
                yield f"{name}:{kind}"


def _cells(names: Iterable[str], table: Mapping[str, str], properties: Mapping[str, Value]) -> Iterator[Any]:
    for name in names:
        value = properties.get(name, "")
        if isinstance(value, list):
            yield ";".join(item.replace(";", "；") for item in value)
        elif isinstance(value, bool):
            yield "true" if value else "false"
        else:
            yield value
        if table[name] == "date":
            yield value if _DAY.fullmatch(str(value)) else ""


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    # The importer takes a line for a row unless told otherwise.
    csv.writer(out, lineterminator="\n").writerow([_BREAKS.sub(" ", str(cell)) for cell in cells])
    return out.getvalue()
