"""A graph becomes one HTML file that shows it, moves it, searches it and gives the words behind each edge.

pyvis holds the nodes, the edges and the options, and brings the vis-network library; its own templates all
call a CDN, so the page is a template of ours. The file asks nothing of any network, and the same graph gives
the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.rdf.terms import last_day
from kg.view.evidence import evidence_name
from kg.view.heads import heads
from kg.view.inline import asset, json_text, policy, render, visible, words
from kg.view.layout import Layout, Node, lay_out
from kg.view.marks import Mark, mark
from kg.view.select import most
from kg.view.zones import parents, zones

if TYPE_CHECKING:
    import networkx

__all__ = ["MOST", "SCRIPTS", "page"]

MOST = 1500
"""Nodes that a page draws at most: with more it is neither quick nor read."""

SCRIPTS = ("page.js", "marks.js", "svg.js", "graph.js", "drawing.js", "search.js", "panel.js", "table.js", "network.js")
_STYLES = ("page.css", "network.css")
_RESTING = 150
"""Up to so many nodes all are shown at first; with more, those of the types that ``words.json`` lets rest are not."""
_TIMES = ("date", "on", "end", "by", "start", "effective")
_DAY = 10


def page(graph: networkx.MultiDiGraph, *, title: str, evidence: str = "", report: str = "") -> str:
    """One self-contained HTML page that shows the graph, or the ``MOST`` best connected nodes of a larger one.

    Nodes carry ``label`` and ``type``, edges ``kind``, ``label``, ``doc``, ``quote``, ``fields``, ``source``, ``graph`` and
    ``spans``, as :func:`kg.network.network` makes them; what is missing is left out. ``evidence`` is the folder of the
    evidence pages as seen from the page, ``report`` the report; nothing links to what is not there.
    """
    from markupsafe import Markup

    whole = graph.number_of_nodes()
    if whole > MOST:
        graph = most(graph, MOST)
    nodes = sorted(graph, key=str)
    order: dict[Node, int] = {node: number for number, node in enumerate(nodes)}
    main = heads(graph)
    named = {node: doc for doc, node in main.items()}
    marks = {node: mark(graph, node, named.get(node)) for node in nodes}
    grouped = zones(graph, marks, frozenset(named), order)
    layouts = lay_out(grouped), lay_out(grouped, upright=True)
    facts = _Facts(_dates(graph, main))
    network = _network(graph, nodes, order, marks, layouts, facts)
    vis_nodes, vis_edges, *_, options = network.get_network_data()
    up = parents(graph, main)
    data = {
        "title": visible(title),
        "words": words(),
        "nodes": vis_nodes,
        "edges": vis_edges,
        "options": json.loads(options),
        "things": [_thing(graph, node, facts, order, up) for node in nodes],
        "facts": facts.all,
        "docs": _documents(graph, main, order),
        "regions": [[[r.key, r.x, r.y, r.width, r.height] for r in layout.regions] for layout in layouts],
        "resting": whole > _RESTING,
        "whole": whole,
        "most": MOST,
        "links": {"evidence": evidence, "report": report},
    }
    script, style, library = "\n".join(map(asset, SCRIPTS)), "\n".join(map(asset, _STYLES)), _library()
    return render(
        "network.html.template",
        title=visible(title),
        policy=Markup(policy(scripts=(library, script), styles=(style,))),
        library=Markup(library),
        script=Markup(script),
        style=Markup(style),
        data=Markup(json_text(data)),
        noscript=" ".join(words()["ui"]["noScript"].values()),
    )


@cache
def _library() -> str:
    """The vis-network that pyvis brings, with the line ends that an HTML parser gives it.

    Its style sheet dresses only navigation buttons, pop-ups and editors, none of which the page has: it stays out.
    """
    folder = files("pyvis").joinpath("lib")
    latest = max(
        (f for f in folder.iterdir() if f.name.startswith("vis-")),
        key=lambda f: [int(n) for n in f.name.removeprefix("vis-").split(".")],
    )
    text = latest.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    # Not splitlines(): the library has line separators of Unicode inside its strings.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _dates(graph: networkx.MultiDiGraph, main: Mapping[str, Node]) -> dict[str, str]:
    """The date of each document that facts stand in."""
    found: dict[str, str] = {}
    for doc, node in main.items():
        date = (graph.nodes[node].get("fields") or {}).get("date")
        if date:
            found[doc] = str(date)
    return found


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


def _network(
    graph: networkx.MultiDiGraph,
    nodes: list[Node],
    order: Mapping[Node, int],
    marks: Mapping[Node, Mark],
    layouts: tuple[Layout, Layout],
    facts: _Facts,
) -> Any:
    """The pyvis network. Its lists are filled directly: ``add_node`` and ``add_edge`` look through all that is there."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node as Vertex

    wide, upright = layouts
    network = Network(height="100%", width="100%", directed=True)
    for node in nodes:
        drawn = marks[node]
        x, y = wide.positions[node]
        vertex = Vertex(
            order[node],
            "custom",
            "\n".join(drawn.lines),
            x=x,
            y=y,
            upright=upright.positions[node],
            group=drawn.type,
            lines=drawn.lines,
            letter=drawn.font,
            size=drawn.size,
            room=(drawn.width, drawn.height),
            weight=drawn.weight,
        )
        network.nodes.append(vertex.options)
        network.node_ids.append(order[node])
        network.node_map[order[node]] = vertex.options
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (order[e[0]], order[e[1]], str(e[2])))
    for number, (source, target, key, data) in enumerate(edges):
        kind = str(data.get("kind") or "")
        edge = Edge(
            order[source],
            order[target],
            directed=True,
            id=number,
            iri=visible(str(key)),
            fact=facts.number(data),
            kind=kind if kind in words()["kinds"] else "",
            label=visible(str(data.get("label") or "")),
        )
        network.edges.append(edge.options)
    network.options = _options()
    return network


def _options() -> dict[str, Any]:
    """The options of vis-network: everything stays where the layout put it, and no pop-ups."""
    return {
        "autoResize": True,
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "physics": {"enabled": False},
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
            "keyboard": False,
            "tooltipDelay": 3600000,
            "hideEdgesOnDrag": False,
        },
        "nodes": {"chosen": False, "font": {"multi": False}},
        "edges": {
            "chosen": False,
            "selectionWidth": 0,
            "hoverWidth": 0,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}},
            "font": {"size": 10, "align": "middle", "multi": False},
            "scaling": {"label": {"drawThreshold": 5}},
        },
    }


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
