"""A graph becomes one HTML file that shows it, moves it, searches it and gives the words behind each edge.

pyvis holds the nodes, the edges and the options, and brings the vis-network library; its own templates all
call a CDN, so the page is a template of ours. The file asks nothing of any network, and the same graph gives
the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from kg.view.heads import heads
from kg.view.inline import asset, json_text, policy, render, visible, words
from kg.view.layout import FLAT, Layout, Node, place

if TYPE_CHECKING:
    import networkx

__all__ = ["page"]

_WIDTH = 8
"""Full-width characters in a line of a label."""
_FONT = 13
_MAIN_FONT = 22
_SUBJECT = re.compile(r"^.{2,40}?(?=关于.{4})")
_LEADING = 1.25
_FLAT_ROOM = 1.32
"""Twice ``layout.FLAT``: what a mark is high, as a radius in the round."""


def page(graph: networkx.MultiDiGraph, *, title: str) -> str:
    """One self-contained HTML page that shows the graph.

    Nodes carry ``label`` and ``type``, edges ``kind``, ``label``, ``doc``, ``quote``, ``fields``, ``source`` and
    ``spans``, as :func:`kg.network.network` makes them; what is missing is left out.
    """
    from markupsafe import Markup

    nodes = sorted(graph, key=str)
    order: dict[Node, int] = {node: number for number, node in enumerate(nodes)}
    marks = {node: _mark(graph, node, main=False) for node in nodes}
    main = heads(graph)
    marks |= {node: _mark(graph, node, main=True) for node in main.values()}
    layout = place(graph, {node: _room(mark) for node, mark in marks.items()}, main, order)
    facts = _Facts()
    network = _network(graph, nodes, order, marks, layout, facts)
    vis_nodes, vis_edges, *_, options = network.get_network_data()
    data = {
        "title": visible(title),
        "words": words(),
        "nodes": vis_nodes,
        "edges": vis_edges,
        "options": json.loads(options),
        "things": [_thing(graph, node, facts) for node in nodes],
        "facts": facts.all,
        "docs": _documents(graph, main, order, layout),
        "shared": layout.shared,
        "flat": FLAT,
    }
    script, style, library = asset("network.js"), asset("network.css"), _library()
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


class _Facts:
    """Each fact once, whatever number of edges and nodes it has; they refer to it by its number."""

    def __init__(self) -> None:
        self.all: list[dict[str, object]] = []
        self._numbers: dict[str, int] = {}

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
        key = json.dumps(fact, sort_keys=True)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(fact)
        return self._numbers[key]


def _mark(graph: networkx.MultiDiGraph, node: Node, *, main: bool) -> dict[str, Any]:
    """How a node is drawn: its type as a group, its label in lines, its size by the number of its ties."""
    data = graph.nodes[node]
    kind = str(data.get("type") or "")
    look = words()["types"].get(kind)
    kind = kind if look else ""
    look = look or words()["types"][""]
    ties = graph.degree(node)
    font = _FONT + min(9, int(1.6 * sqrt(max(0, ties - 3))))
    label = visible(str(data.get("label") or node))
    if main:
        # The number of the document stands at its island and says whose it is; what it is about comes after 关于.
        font, label = _MAIN_FONT, _SUBJECT.sub("", label)
    return {
        "group": kind,
        "label": _lines(label, _WIDTH + 3 * main, 3 if main else 2),
        "size": round(look["size"] + min(18.0, 2.2 * sqrt(ties)) + 6 * main, 1),
        "font": {"size": font},
    }


def _wide(text: str) -> float:
    """How wide a line is, in full-width characters."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in text)


def _lines(text: str, width: int, most: int) -> str:
    """The text in lines of about the same width, with an ellipsis where it takes more than so many of them."""
    text = " ".join(text.split())
    whole = _wide(text)
    count = min(most, max(1, ceil(whole / width)))
    room = max(whole / count + 0.5, 1.0) if whole <= count * width else float(width)
    lines = [""]
    for char in text:
        if lines[-1] and _wide(lines[-1] + char) > room:
            if len(lines) == count:
                return "\n".join([*lines[:-1], lines[-1][:-1] + "…"])
            lines.append("")
        lines[-1] += char
    return "\n".join(lines)


def _room(mark: Mapping[str, Any]) -> float:
    """The radius of the room a mark takes with its label under it, before all is pressed flat."""
    font, lines = mark["font"]["size"], mark["label"].count("\n") + 1
    wide = max(mark["size"] * 2, max(map(_wide, mark["label"].split("\n"))) * font)
    high = mark["size"] * 2 + lines * font * _LEADING + 6
    return float(max(wide / 2 + 3, high / _FLAT_ROOM))


def _network(
    graph: networkx.MultiDiGraph,
    nodes: list[Node],
    order: Mapping[Node, int],
    marks: Mapping[Node, dict[str, Any]],
    layout: Layout,
    facts: _Facts,
) -> Any:
    """The pyvis network. Its lists are filled directly: ``add_node`` and ``add_edge`` look through all that is there."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node as Vertex

    network = Network(height="100%", width="100%", directed=True)
    for node in nodes:
        mark, (x, y) = marks[node], layout.positions[node]
        look = words()["types"][mark["group"]]
        # The mark and the label under it stand in the middle of their room together.
        lift = 0.0 if look["shape"] == "box" else (mark["label"].count("\n") + 1) * mark["font"]["size"] * _LEADING / 2
        vertex = Vertex(order[node], look["shape"], x=x, y=round(y - lift, 1), **mark)
        network.nodes.append(vertex.options)
        network.node_ids.append(order[node])
        network.node_map[order[node]] = vertex.options
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (order[e[0]], order[e[1]], str(e[2])))
    bends = _bends([(order[source], order[target]) for source, target, _, _ in edges])
    for number, (source, target, key, data) in enumerate(edges):
        kind = str(data.get("kind") or "")
        look = words()["kinds"].get(kind) or words()["kinds"][""]
        more: dict[str, Any] = {"dashes": [6, 5]} if look.get("dashes") else {}
        edge = Edge(
            order[source],
            order[target],
            directed=True,
            id=number,
            iri=visible(str(key)),
            fact=facts.number(data),
            kind=kind if kind in words()["kinds"] else "",
            label=_lines(visible(str(data.get("label") or "")), 10, 1),
            **bends[number],
            **more,
        )
        network.edges.append(edge.options)
    network.options = _options()
    return network


def _bends(pairs: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """How each edge is bent, so that edges between the same two nodes fan out and loops lie in one another."""
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (source, target) in enumerate(pairs):
        together[min(source, target), max(source, target)].append(number)
    bends: list[dict[str, Any]] = [{"smooth": False}] * len(pairs)
    for (low, high), numbers in together.items():
        step = min(0.22, 1.1 / len(numbers))
        for place_, number in enumerate(numbers):
            if low == high:
                bends[number] = {"selfReference": {"size": 16 + 9 * place_, "angle": 0.7854}}
                continue
            # Seen from the lower node: an edge that comes back bends the other way round.
            bend = (place_ - (len(numbers) - 1) / 2) * step * (1 if pairs[number][0] == low else -1)
            if abs(bend) > 1e-9:
                turn = "curvedCW" if bend > 0 else "curvedCCW"
                bends[number] = {"smooth": {"enabled": True, "type": turn, "roundness": round(abs(bend), 3)}}
    return bends


def _options() -> dict[str, Any]:
    """The options of vis-network: no physics at the start, no tooltip, small labels only from near by."""
    groups = {
        name: {
            "shape": look["shape"],
            "color": look["color"],
            "shapeProperties": {"borderDashes": [4, 3] if look.get("hollow") else False},
        }
        for name, look in words()["types"].items()
    }
    return {
        "autoResize": True,
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "physics": {"enabled": False, "solver": "forceAtlas2Based", "stabilization": False},
        "interaction": {"hover": True, "keyboard": False, "tooltipDelay": 3600000, "hideEdgesOnDrag": False},
        "groups": groups,
        "nodes": {"borderWidth": 1.5, "font": {"multi": False}, "scaling": {"label": {"drawThreshold": 9}}},
        "edges": {
            "width": 1,
            "hoverWidth": 0.8,
            "selectionWidth": 1.6,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
            "font": {"size": 10, "align": "middle", "multi": False},
            "scaling": {"label": {"drawThreshold": 12}},
        },
    }


def _thing(graph: networkx.MultiDiGraph, node: Node, facts: _Facts) -> dict[str, object]:
    """What the panel says of a node beside its edges; a node that is a statement has a fact of its own."""
    data = graph.nodes[node]
    names = data.get("names") or ()
    thing: dict[str, object] = {
        "iri": visible(str(node)),
        "label": visible(str(data.get("label") or node)),
        "docs": [visible(str(doc)) for doc in data.get("docs") or ()],
        "names": [visible(str(name)) for name in names if name != data.get("label")],
    }
    if data.get("quote") or data.get("fields"):
        look = words()["types"].get(str(data.get("type"))) or {}
        thing["fact"] = facts.number({"kind": look.get("kind"), **data})
    return thing


def _documents(
    graph: networkx.MultiDiGraph, main: Mapping[str, Node], order: Mapping[Node, int], layout: Layout
) -> list[dict[str, object]]:
    """The documents that facts stand in, by name, each with its own node and its island if it has them."""
    facts: Counter[str] = Counter(str(doc) for *_, doc in graph.edges(data="doc") if doc)
    facts.update(dict.fromkeys(_standing(graph), 0))
    islands = {island.doc: island for island in layout.islands}
    found: list[dict[str, object]] = []
    for doc in sorted(facts):
        entry: dict[str, object] = {"key": visible(doc)}
        if doc in main:
            entry["node"] = order[main[doc]]
            entry["title"] = visible(str(graph.nodes[main[doc]].get("label") or doc))
        if doc in islands:
            entry["island"] = [islands[doc].x, islands[doc].y, islands[doc].radius]
        found.append(entry)
    return found


def _standing(graph: networkx.MultiDiGraph) -> Iterable[str]:
    for _, docs in graph.nodes(data="docs"):
        yield from map(str, docs or ())
