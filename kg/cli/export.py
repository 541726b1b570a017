"""``kg export``: a graph in the forms that other programs read."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.options import Verbs, folder_of, of_graph, opened
from kg.cli.output import say

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    export = verbs.add_parser("export", help="write a graph in the forms that other programs read 导出为其他格式")
    of_graph(export)
    export.add_argument(
        "--to",
        action="append",
        required=True,
        metavar="FORM",
        help="ttl, trig, nq, jsonld, rdfxml, graphml, gexf, csv, neo4j, ftm or popolo; repeatable, or several with commas",
    )
    export.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a folder, or a file for a form that is one; default: export in the graph's",
    )
    export.add_argument("--licence", metavar="IRI", help="the licence of the data; without it dataset.ttl says unknown")
    export.add_argument("--context", metavar="FILE", help="a JSON-LD context to write jsonld with")
    export.add_argument("--bom", action="store_true", help="begin csv with the mark by which Excel knows UTF-8")
    export.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    graph = opened(options, whole=True)
    folder = folder_of(options.graph)
    forms = [form for forms in options.to for form in forms.split(",")]
    output = Path(options.output) if options.output else folder / "export"
    paths = graph.export(output, *forms, licence=options.licence, context=options.context, bom=options.bom)
    say("\n".join(map(str, paths)))
    return 0
