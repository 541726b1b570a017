"""``kg diff``: what changed between two builds, or two days."""

from __future__ import annotations

import argparse
import sys

from kg.cli.options import Verbs
from kg.cli.output import width
from kg.errors import KgError

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    diff = verbs.add_parser("diff", help="say who came, who went, what moved, what is new 比较两期或两个日期")
    diff.add_argument("earlier", metavar="EARLIER", help="the folder of a built graph")
    diff.add_argument("later", nargs="?", metavar="LATER", help="another one; without it, EARLIER on two days")
    diff.add_argument(
        "--from", dest="since", metavar="DAY", help="what stood on this day (2021-06-30); default: at last"
    )
    diff.add_argument("--to", dest="until", metavar="DAY", help="what stands on this day; default: at last")
    diff.add_argument(
        "--topic",
        action="append",
        default=[],
        metavar="T",
        help="document, member, post, seat, duty or part; repeatable",
    )
    diff.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    diff.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    from kg.compare import Topic, rows
    from kg.graph import open_graph
    from kg.query.results import render

    if unknown := sorted(set(options.topic) - set(Topic)):
        raise KgError(f"the topic must be one of {', '.join(Topic)}, got {', '.join(unknown)}")
    earlier = open_graph(options.earlier)
    if options.later:
        found = open_graph(options.later).diff(earlier, since=options.since, until=options.until)
    else:
        found = earlier.diff(since=options.since, until=options.until)
    wanted = [difference for difference in found if not options.topic or difference.topic in options.topic]
    sys.stdout.write(render(rows(wanted), options.format, width()))
    return 0
