"""``kg view``: a page with the network, or with a part of it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import quote

from kg.cli.options import Verbs, folder_of, of_graph, opened

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    view = verbs.add_parser("view", help="write a page with the network, or a part of it 生成可交互的网络图")
    of_graph(view)
    view.add_argument("--document", metavar="N", help="only what stands in this document: a 文号 or part of a title")
    view.add_argument("--about", metavar="NAME", help="only this name and what it is tied to")
    view.add_argument("--kind", metavar="K", help="only this kind of fact (duty, member, post …)")
    view.add_argument("-o", "--output", metavar="FILE", help="default: view.html in the graph's folder")
    view.set_defaults(run=_view)


def _view(options: argparse.Namespace) -> int:
    from kg.outputs import write_all
    from kg.view import EVIDENCE, MOST, page, select

    graph = opened(options, whole=True)
    part = graph.network()
    if options.document or options.about or options.kind:
        part = select(part, document=options.document, about=options.about, kind=options.kind)
    chosen = [value for value in (options.document, options.about, options.kind) if value]
    folder = folder_of(options.graph)
    path = Path(options.output) if options.output else folder / "view.html"
    beside = {
        name: os.path.relpath(folder / name, path.parent) if (folder / name).exists() else ""
        for name in (EVIDENCE, "report.html")
    }
    title = " · ".join(chosen) or "公报知识图谱"
    drawn = page(part, title=title, evidence=_address(beside[EVIDENCE]), report=_address(beside["report.html"]))
    write_all(path.parent, {path.name: drawn})
    if part.number_of_nodes() > MOST:
        print(f"{path}: shows the {MOST} best connected; for others give --document, --about or --kind")
    print(f"{path}: {part.number_of_nodes()} nodes, {part.number_of_edges()} edges; open it in a browser")
    return 0


def _address(path: str) -> str:
    """A path as a relative address: a drive or a scheme in it would make it another one."""
    return quote(path.replace(os.sep, "/"))
