"""``kg check``: whether a graph holds, and what no fact covers."""

from __future__ import annotations

import argparse

from kg.cli.options import Verbs, each, limiting, limits, of_graph, opened
from kg.cli.output import say

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    check = verbs.add_parser("check", help="validate a graph: shapes, and evidence against the sources 校验图谱")
    of_graph(check)
    check.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="PATH",
        help="re-read every quote from this file or folder; repeatable",
    )
    check.add_argument(
        "--coverage",
        nargs="+",
        default=[],
        metavar="SOURCE",
        help="say what in these files or folders no fact covers; without a graph, nothing else is checked",
    )
    check.set_defaults(graph=None)
    limiting(check)
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from kg.check import check
    from kg.read import read

    if options.coverage:
        from kg.check import told
        from kg.pipeline import read_source

        say(told([reading.coverage for reading in each(options.coverage, limits(options), read_source)]).rstrip("\n"))
        if options.graph is None and options.store is None:
            return 0
    sources = {source.sha256: source.text for source in each(options.source, limits(options), read)}
    report = check(opened(options, whole=True).store, sources or None)
    say(report.text())
    return 0 if report.conforms else 1
