"""``kg ledger``: who owes what by when, as an office keeps it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Verbs, folder_of, of_graph, positive
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import Graph

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
        "--link", metavar="BASE", help="where the pages of the evidence stand; default: beside the graph"
    )
    ledger.add_argument("--update", metavar="FILE", help="take in what was filled into a ledger (.xlsx) before")
    ledger.add_argument("--by", metavar="NAME", help="who says so, with --update; default: who saved the file")
    ledger.set_defaults(run=_ledger)


def _ledger(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.ledger import FILE, load

    if not options.output and not options.update:
        raise KgError("a ledger is written to a file: give -o FILE, its ending .xlsx, .csv, .html, .md or .ics")
    graph = open_graph(options.graph)
    progress = folder_of(options.graph) / FILE
    if options.update:
        _update(graph, options, progress)
    if options.output:
        path = Path(options.output)
        made = graph.ledger(
            as_of=options.as_of,
            soon=options.soon,
            agency=options.agency,
            document=options.document,
            given=_given(options.given),
        )
        graph.write_ledger(made, path, link=options.link or "", progress=load(progress))
        print(f"{path}: {len(made.tasks)} tasks as of {made.day}")
        if path.suffix.lower() == ".ics" and made.waiting:
            for event, tasks in made.waiting.items():
                print(f"waiting for {event}: {', '.join(str(task.number) for task in tasks)}")
            print("tell the day of an event with --given EVENT=DAY")
    return 0


def _update(graph: Graph, options: argparse.Namespace, path: Path) -> None:
    """Take in what was filled into a ledger."""
    from kg.ledger import load, quads, read_filled, update
    from kg.outputs import write_all

    whole = graph.ledger(as_of=options.as_of)
    source = Path(options.update)
    try:
        data = source.read_bytes()
    except OSError as error:
        raise KgError(
            f"{source}: cannot be read: {error.strerror or error}; give the ledger that was filled in"
        ) from error
    filled = read_filled(data, source.name, whole.day)
    made = update(whole, load(path), filled, options.by or filled.by, whole.day)
    if made.added:
        write_all(path.parent, {path.name: quads(made.entries)})
    print(f"{path}: {len(made.added)} of {made.seen} rows say something new")
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
