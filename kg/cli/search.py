"""``kg search``: what a graph has of some words."""

from __future__ import annotations

import argparse
import sys

from kg.cli.options import Verbs, of_graph, opened, positive
from kg.cli.output import width

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    search = verbs.add_parser("search", help="find names, matters and quotes by any characters 按字词检索")
    search.add_argument("words", help="one character or more; one wrong one is forgiven")
    of_graph(search)
    search.add_argument("--limit", type=positive, default=20, metavar="N", help="how many at most; default: 20")
    search.add_argument(
        "--class",
        dest="kinds",
        action="append",
        default=[],
        metavar="C",
        help="only things of this class of the ontology (Agency, Official, Responsibility …); repeatable",
    )
    search.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    search.set_defaults(run=_search)


def _search(options: argparse.Namespace) -> int:
    from kg.query.results import Rows, render
    from kg.rdf import NS
    from kg.rdf.ontology import labels

    hits = opened(options, whole=True).search(options.words, limit=options.limit, kinds=options.kinds)
    columns = ("kind", "name", "found", "document", "iri")
    found = tuple(
        (labels()[NS + hit.kind]["zh"], hit.text, hit.text[hit.start : hit.end], hit.document or None, hit.iri)
        for hit in hits
    )
    sys.stdout.write(render(Rows(columns, found), options.format, width()))
    return 0
