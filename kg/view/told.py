"""What the scripts of a page know of a network: things, edges and facts by number, and the documents they stand in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.rdf.terms import last_day
from kg.view.evidence import evidence_name
from kg.view.heads import dates, heads
from kg.view.inline import visible, words
from kg.view.zones import parents

if TYPE_CHECKING:
    import networkx

    from kg.view.layout import Node

__all__ = ["Told"]

_TIMES = ("date", "on", "end", "by", "start", "effective")
_DAY = 10


class Told:
    """A network as a script is told of it; what a source says is text without tricks."""

    def __init__(self, graph: networkx.MultiDiGraph) -> None:
        self._graph = graph
        self.nodes = sorted(graph, key=str)
        """A thing's number is its place here."""
        self.order: dict[Node, int] = {node: number for number, node in enumerate(self.nodes)}
        self.heads = heads(graph)
        facts = _Facts(dates(graph, self.heads))
        self.edges = list(_edges(graph, self.order, facts))
        up = parents(graph, self.heads)
        self.things = [_thing(graph, node, facts, self.order, up) for node in self.nodes]
        self.facts = facts.all
        self.docs = _documents(graph, self.heads, self.order)

    def type_of(self, node: Node) -> str:
        """The type that a node is drawn as."""
        kind = str(self._graph.nodes[node].get("type") or "")
        return kind if kind in words()["types"] else ""


def _edges(graph: networkx.MultiDiGraph, order: Mapping[Node, int], facts: _Facts) -> Iterator[dict[str, object]]:
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (order[e[0]], order[e[1]], str(e[2])))
    for number, (source, target, key, data) in enumerate(edges):
        kind = str(data.get("kind") or "")
        yield {
            "from": order[source],
            "to": order[target],
            "id": number,
            "iri": visible(str(key)),
            "fact": facts.number(data),
            "kind": kind if kind in words()["kinds"] else "",
            "label": visible(str(data.get("label") or "")),
        }


class _Facts:
    """Each fact once, whatever number of edges and nodes it has; they refer to it by its number."""

    def __init__(self, dates: Mapping[str, str]) -> None:
        self.all: list[dict[str, object]] = []
        self._numbers: dict[str, int] = {}
        self._dates = dates

    def number(self, data: Mapping[str, Any]) -> int:
        fact: dict[str, object] = {
            name: visible(str(data[name]))
            for name in ("kind", "doc", "quote", "source", "spans", "rule")
            if data.get(name)
        }
        fields = data.get("fields") or {}
        fact["fields"] = {
            visible(str(name)): visible(str(value)) for name, value in fields.items() if value not in (None, "")
        }
        if day := self._day(fields, str(data.get("doc") or "")):
            fact["day"] = day
        if data.get("graph"):
            fact["page"] = evidence_name(str(data["graph"]))
        key = json.dumps(fact, sort_keys=True)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(fact)
        return self._numbers[key]

    def _day(self, fields: Mapping[str, Any], doc: str) -> str:
        """The day that a fact speaks of, else that of its document; of a month or a year the last."""
        for text in (*(fields.get(name) for name in _TIMES), self._dates.get(doc)):
            if text and (day := last_day(str(text)[:_DAY])):
                return day.isoformat()
        return ""


def _thing(
    graph: networkx.MultiDiGraph, node: Node, facts: _Facts, order: Mapping[Node, int], up: Mapping[Node, Node]
) -> dict[str, object]:
    """What the panel says of a node beside its edges; a node that is a statement has a fact of its own."""
    data = graph.nodes[node]
    names = data.get("names") or ()
    thing: dict[str, object] = {
        "iri": visible(str(node)),
        "label": visible(str(data.get("label") or node)),
        "docs": [visible(str(doc)) for doc in data.get("docs") or ()],
        "names": [visible(str(name)) for name in names if name != data.get("label")],
    }
    if node in up:
        thing["up"] = order[up[node]]
    if data.get("quote") or data.get("fields"):
        look = words()["types"].get(str(data.get("type"))) or {}
        thing["fact"] = facts.number({"kind": look.get("kind"), **data})
    return thing


def _documents(
    graph: networkx.MultiDiGraph, main: Mapping[str, Node], order: Mapping[Node, int]
) -> list[dict[str, object]]:
    """The documents that facts stand in, by name, each with its own node if it has one."""
    facts: Counter[str] = Counter(str(doc) for *_, doc in graph.edges(data="doc") if doc)
    facts.update(dict.fromkeys(_standing(graph), 0))
    found: list[dict[str, object]] = []
    for doc in sorted(facts):
        entry: dict[str, object] = {"key": visible(doc)}
        if doc in main:
            entry["node"] = order[main[doc]]
            entry["title"] = visible(str(graph.nodes[main[doc]].get("label") or doc))
        found.append(entry)
    return found


def _standing(graph: networkx.MultiDiGraph) -> Iterable[str]:
    for _, docs in graph.nodes(data="docs"):
        yield from map(str, docs or ())
