"""``kg outline``: the tree of what was understood in a source."""

from __future__ import annotations

import argparse
import json
import shutil
import sys

from kg.cli.options import Verbs, each, limiting, limits
from kg.errors import KgError

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    outline = verbs.add_parser("outline", help="print the tree of what was understood in a source 列出读出的结构")
    outline.add_argument("source", help="a file, a folder or .zip of them, or - (standard input)")
    outline.add_argument("--json", action="store_true", help="print it as JSON, an object a line for each source")
    limiting(outline)
    outline.set_defaults(run=_outline)


def _outline(options: argparse.Namespace) -> int:
    from kg.anatomy import parse
    from kg.outline import as_json, outline, tree
    from kg.pipeline import expect_document
    from kg.read import read

    width = shutil.get_terminal_size((120, 24)).columns
    status = 2
    for source in each([options.source], limits(options), read):
        anatomy = parse(source)
        node = outline(anatomy)
        if options.json:
            print(json.dumps(as_json(node, source), ensure_ascii=False))
        else:
            print(tree(node, width), end="")
        try:
            expect_document(anatomy, source)
            status = 0
        except KgError as error:
            # What there is has been shown; a build would refuse it.
            sys.stdout.flush()
            print(f"kg: {error}", file=sys.stderr)
    return status
