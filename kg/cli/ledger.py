"""``kg ledger``: who owes what by when, as an office keeps it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kg.cli.options import Verbs, of_graph, opened, positive
from kg.errors import KgError

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    ledger = verbs.add_parser("ledger", help="write the tasks with who leads, by when and where it says so 督办台账")
    of_graph(ledger)
    ledger.add_argument("-o", "--output", metavar="FILE", help="what its ending says: .xlsx, .csv, .html, .md or .ics")
    ledger.add_argument(
        "--as-of", metavar="DAY", help="judge by this day (2020-07-01), by the documents until then; default: today"
    )
    ledger.add_argument("--soon", type=positive, metavar="N", help="due soon is within so many days; default: 30")
    ledger.add_argument("--agency", metavar="NAME", help="only tasks in which somebody of this name takes part")
    ledger.add_argument("--document", metavar="N", help="only tasks of this document: a 文号 or part of a title")
    ledger.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="EVENT=DAY",
        help="the day of an event that a time runs from (政策印发=2020-07-01); repeatable",
    )
    ledger.add_argument(
        "--link", metavar="BASE", help="where the pages of the evidence stand; default: in the folder of the graph"
    )
    ledger.add_argument("--since", metavar="EARLIER", help="begin with what changed since this build: its folder")
    ledger.add_argument("--update", metavar="FILE", help="take in what was filled into a ledger (.xlsx) before")
    ledger.add_argument("--by", metavar="NAME", help="who says so, with --update; default: who saved the file")
    ledger.set_defaults(run=_ledger)


def _ledger(options: argparse.Namespace) -> int:
    from kg.graph import open_graph

    if not options.output and not options.update:
        raise KgError("a ledger is written to a file: give -o FILE, its ending .xlsx, .csv, .html, .md or .ics")
    if options.update:
        _update(options)
    if options.output:
        graph, path = opened(options, whole=True), Path(options.output)
        made = graph.ledger(
            as_of=options.as_of,
            soon=options.soon,
            agency=options.agency,
            document=options.document,
            given=_given(options.given),
        )
        since = open_graph(options.since) if options.since else None
        graph.write_ledger(made, path, link=options.link or "", since=since)
        print(f"{path}: {len(made.tasks)} tasks as of {made.day}")
        if path.suffix.lower() == ".ics" and made.waiting:
            for event, tasks in made.waiting.items():
                print(f"waiting for {event}: {', '.join(str(task.number) for task in tasks)}")
            print("tell the day of an event with --given EVENT=DAY")
    return 0


def _update(options: argparse.Namespace) -> None:
    """Take in what was filled into a ledger, and say what it brought."""
    from kg.graph import take_in

    made = take_in(options.graph, options.update, by=options.by, as_of=options.as_of)
    print(f"{options.update}: {len(made.added)} of {made.seen} rows say something new")
    for head in made.missing:
        print(f"no column {head}: nothing of it was read")
    if made.gone:
        print(f"kept, though the graph has no such task: {len(made.gone)}")
        for entry in made.gone:
            print(f"  {entry.doc} {entry.text}")


def _given(written: Sequence[str]) -> dict[str, str]:
    given = {}
    for each in written:
        event, equals, day = each.rpartition("=")
        if not equals or not event.strip():
            raise KgError(f"--given must be EVENT=DAY, such as 政策印发=2020-07-01, got {each!r}")
        given[event.strip()] = day.strip()
    return given
