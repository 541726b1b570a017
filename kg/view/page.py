"""A graph becomes one HTML file that shows it, moves it, searches it and gives the words behind each edge.

pyvis holds the nodes, the edges and the options, and brings the vis-network library; its own templates all
call a CDN, so the page is a template of ours. The file asks nothing of any network, and the same graph gives
the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.view.inline import asset, json_text, policy, render, visible, words
from kg.view.layout import Layout, Node, lay_out
from kg.view.marks import Mark, mark
from kg.view.select import most
from kg.view.told import Told
from kg.view.zones import zones

if TYPE_CHECKING:
    import networkx

__all__ = ["MOST", "SCRIPTS", "page"]

MOST = 1500
"""Nodes that a page draws at most: with more it is neither quick nor read."""

SCRIPTS = ("page.js", "marks.js", "svg.js", "graph.js", "drawing.js", "search.js", "panel.js", "table.js", "network.js")
_STYLES = ("page.css", "network.css")
_RESTING = 150
"""Up to so many nodes all are shown at first; with more, those of the types that ``words.json`` lets rest are not."""


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
    told = Told(graph)
    named = {node: doc for doc, node in told.heads.items()}
    marks = {node: mark(graph, node, named.get(node)) for node in told.nodes}
    grouped = zones(graph, marks, frozenset(named), told.order)
    layouts = lay_out(grouped), lay_out(grouped, upright=True)
    vis_nodes, vis_edges, *_, options = _network(told, marks, layouts).get_network_data()
    data = {
        "title": visible(title),
        "words": words(),
        "nodes": vis_nodes,
        "edges": vis_edges,
        "options": json.loads(options),
        "things": told.things,
        "facts": told.facts,
        "docs": told.docs,
        "regions": [[[r.key, r.x, r.y, r.width, r.height] for r in layout.regions] for layout in layouts],
        "resting": [name for name, look in words()["types"].items() if look.get("rests")] if whole > _RESTING else [],
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


def _network(told: Told, marks: Mapping[Node, Mark], layouts: tuple[Layout, Layout]) -> Any:
    """The pyvis network. Its lists are filled directly: ``add_node`` and ``add_edge`` look through all that is there."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node as Vertex

    wide, upright = layouts
    network = Network(height="100%", width="100%", directed=True)
    for number, node in enumerate(told.nodes):
        drawn = marks[node]
        x, y = wide.positions[node]
        vertex = Vertex(
            number,
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
        network.node_ids.append(number)
        network.node_map[number] = vertex.options
    for told_edge in told.edges:
        rest = {name: value for name, value in told_edge.items() if name not in ("from", "to")}
        network.edges.append(Edge(told_edge["from"], told_edge["to"], directed=True, **rest).options)
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
