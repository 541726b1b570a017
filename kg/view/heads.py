"""Which node is the document itself that an edge's ``doc`` names: by its IRI, its label or its other names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    import networkx

    from kg.view.layout import Node

__all__ = ["dates", "heads", "plain"]

_BRACKETS = str.maketrans("〔［【「{", "(((((") | str.maketrans("〕］】」}", ")))))") | str.maketrans("[]", "()")


def plain(text: str) -> str:
    """The text for comparing: no white space, one form of brackets, of width and of case.

    A 文号 is written with 〔〕, and typed with whatever the keyboard has.
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_BRACKETS).split()).casefold()


def heads(graph: networkx.MultiDiGraph) -> dict[str, Node]:
    """The node of each document that facts stand in, where the graph has one."""
    docs = {str(doc) for *_, doc in graph.edges(data="doc") if doc}
    docs.update(str(doc) for _, found in graph.nodes(data="docs") for doc in found or ())
    named: dict[str, Node] = {}
    issues: list[Node] = []
    for node in sorted(graph, key=str):
        data = graph.nodes[node]
        if data.get("type") == "OfficialDocument":
            for name in (unquote(str(node).rsplit("/", 1)[-1]), data.get("label"), *(data.get("names") or ())):
                named.setdefault(plain(str(name)), node)
        elif data.get("type") == "GazetteIssue":
            issues.append(node)
    found = {doc: named[plain(doc)] for doc in sorted(docs) if plain(doc) in named}
    if "issue" in docs and issues:
        found["issue"] = issues[0]
    return found


def dates(graph: networkx.MultiDiGraph, main: Mapping[str, Node]) -> dict[str, str]:
    """The date of each document that facts stand in."""
    found: dict[str, str] = {}
    for doc, node in main.items():
        date = (graph.nodes[node].get("fields") or {}).get("date")
        if date:
            found[doc] = str(date)
    return found
