"""A part of the graph: one document, one name with what surrounds it, one kind of fact, or all three together."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.view.heads import heads, plain
from kg.view.inline import words

if TYPE_CHECKING:
    import networkx

    from kg.view.layout import Node

__all__ = ["most", "select"]


def select(
    graph: networkx.MultiDiGraph, *, document: str | None = None, about: str | None = None, kind: str | None = None
) -> networkx.MultiDiGraph:
    """The part of the graph that stands in a document, is of a kind, and surrounds a name.

    ``document`` is a 文号 or part of one, or part of a title; ``about`` part of a label or another name; ``kind`` a
    kind of fact. Raises KgError, with what is near to it, where nothing answers to one of them.
    """
    part = graph
    if document is not None:
        part = _standing_in(part, document)
    if kind is not None:
        part = _of_kind(part, kind)
    if about is not None:
        part = _around(part, about)
    return part.copy()


_LAST = frozenset({"Section", "Deadline", "Target", "ContactPoint", "Event", "Fund", "Name"})


def most(graph: networkx.MultiDiGraph, number: int) -> networkx.MultiDiGraph:
    """The part of the graph with so many nodes: documents and parties before facts and sections, and of each the best connected."""

    def rank(node: Node) -> tuple[bool, int, str]:
        return graph.nodes[node].get("type") in _LAST, -graph.degree(node), str(node)

    return graph.subgraph(sorted(graph, key=rank)[:number]).copy()


def _standing_in(graph: networkx.MultiDiGraph, document: str) -> networkx.MultiDiGraph:
    """The edges of the documents meant, with the edges that lead to their own nodes."""
    main = heads(graph)
    keys = sorted({str(doc) for *_, doc in graph.edges(data="doc") if doc} | set(main))
    titles = {doc: plain(str(graph.nodes[node].get("label") or "")) for doc, node in main.items()}
    wanted = plain(document)
    meant = {doc for doc in keys if plain(doc) == wanted} or {
        doc for doc in keys if wanted and (wanted in plain(doc) or wanted in titles.get(doc, ""))
    }
    if not meant:
        raise KgError(_missing("document", "公文", document, keys))
    own = {main[doc] for doc in meant if doc in main}
    edges = [
        (source, target, key)
        for source, target, key, doc in graph.edges(keys=True, data="doc")
        if doc in meant or source in own or target in own
    ]
    alone = [node for node, docs in graph.nodes(data="docs") if graph.degree(node) == 0 and meant & {*(docs or ())}]
    return _part(graph, edges, [*own, *alone])


def _of_kind(graph: networkx.MultiDiGraph, kind: str) -> networkx.MultiDiGraph:
    kinds = sorted({str(k) for *_, k in graph.edges(data="kind") if k} | {k for n in graph if (k := _kind(graph, n))})
    if kind not in kinds:
        raise KgError(_missing("kind of fact", "事实类别", kind, kinds))
    edges = [(source, target, key) for source, target, key, k in graph.edges(keys=True, data="kind") if k == kind]
    return _part(graph, edges, [node for node in graph if _kind(graph, node) == kind])


def _around(graph: networkx.MultiDiGraph, about: str) -> networkx.MultiDiGraph:
    """What bears the name, its neighbours, the neighbours of statements among them, and the ties between all these."""
    wanted = plain(about)
    names = {
        node: [str(data.get("label") or node), *map(str, data.get("names") or ())]
        for node, data in graph.nodes(data=True)
    }
    hits = {node for node, called in names.items() if wanted and any(wanted in plain(name) for name in called)}
    if not hits:
        raise KgError(_missing("name", "名称", about, sorted({called[0] for called in names.values()})))
    near = {other for node in hits for other in (*graph.succ[node], *graph.pred[node])}
    beyond = {other for node in near if _statement(graph, node) for other in (*graph.succ[node], *graph.pred[node])}
    return graph.subgraph(hits | near | beyond)


def _kind(graph: networkx.MultiDiGraph, node: Node) -> str:
    """The kind of the fact that the node is, or nothing."""
    return str(graph.nodes[node].get("kind") or _statement(graph, node))


def _statement(graph: networkx.MultiDiGraph, node: Node) -> str:
    """The kind of a node that ties parties together as an edge does: a fund, a deadline; not a document."""
    look = words()["types"].get(str(graph.nodes[node].get("type"))) or {}
    return str(look.get("kind") or "")


def _part(
    graph: networkx.MultiDiGraph, edges: list[tuple[Node, Node, str]], nodes: list[Node]
) -> networkx.MultiDiGraph:
    part = graph.edge_subgraph(edges).copy()
    part.add_nodes_from((node, graph.nodes[node]) for node in nodes)
    return part


def _missing(what: str, chinese: str, wanted: str, known: list[str]) -> str:
    near = get_close_matches(wanted, known, n=5, cutoff=0.3) or known[:8]
    hint = f"; there is / 有: {'、'.join(name[:40] for name in near)}" if near else "; the graph is empty / 图是空的"
    return f"no {what} {wanted!r} in the graph / 图中没有此{chinese}{hint}"
