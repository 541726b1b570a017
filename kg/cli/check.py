"""``kg check``: whether a graph holds, what its sources contradict, and what no fact covers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kg.cli.options import OUTPUTS, Verbs, each, folder_of, limiting, limits, of_graph, opened
from kg.cli.output import say

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    check = verbs.add_parser(
        "check",
        help="validate a graph: shapes, evidence, contradictions, coverage 校验图谱、查找矛盾",
        epilog="Exits with 1 where the graph is not as it must be, or a quote is not what stands in its source. What the "
        "sources contradict is theirs: it is shown, and does not fail the check.",
    )
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
    check.add_argument("--json", action="store_true", help="print what was found as JSON")
    check.add_argument(
        "-o", "--output", metavar="FILE", help="where to write the page; default: check.html in the graph's folder"
    )
    check.set_defaults(graph=None)
    limiting(check)
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from kg.outputs import write_all
    from kg.read import read
    from kg.view import EVIDENCE, checked

    if options.coverage:
        from kg.check import told
        from kg.pipeline import read_source

        say(told([reading.coverage for reading in each(options.coverage, limits(options), read_source)]).rstrip("\n"))
        if options.graph is None and options.store is None:
            return 0
    graph = opened(options, whole=True)
    sources = {source.sha256: source.text for source in each(options.source, limits(options), read)}
    report = graph.check(sources or None)
    folder = Path(OUTPUTS) if options.store else folder_of(options.graph or OUTPUTS)
    page = Path(options.output) if options.output else folder / "check.html"
    beside = [name for name in ("report.html", "network.html") if (page.parent / name).is_file()]
    pages = EVIDENCE if (page.parent / EVIDENCE).is_dir() else ""
    found = report.plain()
    write_all(page.parent, {page.name: [checked(found, coverage=report.coverage, files=beside, evidence=pages)]})
    if options.json:
        say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        say(f"{report.text()}{page}")
    return 0 if report.conforms else 1
