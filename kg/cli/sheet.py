"""``kg sheet``: one page on a person, an agency or a body, as an office prints it."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.options import Verbs, of_folder

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    sheet = verbs.add_parser("sheet", help="write what is said of a person or an agency on one page 人员、单位一览表")
    sheet.add_argument("name", help="a name, words that only one name has, or an IRI")
    of_folder(sheet)
    sheet.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="what its ending says: .docx, .html or .pdf"
    )
    sheet.add_argument(
        "--as-of",
        metavar="DAY",
        help="what stood on this day (2020-07-01), by the documents until then; default: today",
    )
    sheet.set_defaults(run=_sheet)


def _sheet(options: argparse.Namespace) -> int:
    from kg.graph import open_graph

    graph, path = open_graph(options.graph), Path(options.output)
    made = graph.sheet(options.name, as_of=options.as_of)
    graph.write_sheet(made, path)
    print(f"{path}: {made.name}, {sum(len(block.lines) for block in made.blocks)} lines as of {made.day}")
    return 0
