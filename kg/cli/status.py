"""``kg status``: what a store holds, by source; ``kg remove``: takes sources out of it."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.cli.options import OUTPUTS, Verbs, judging, of_graph, stored
from kg.cli.output import say, width
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.holdings.folder import Holding, State
    from kg.query.results import Cell

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    status = verbs.add_parser("status", help="say what a store holds, by source 列出库中的来源")
    of_graph(status)
    status.add_argument("--json", action="store_true", help="print it as JSON")
    status.set_defaults(run=_status)

    remove = verbs.add_parser("remove", help="take sources out of a store, with all that was read in them 移除来源")
    remove.add_argument("source", nargs="+", help="its name, or four characters or more of its SHA-256: kg status")
    remove.add_argument("-o", "--output", default=OUTPUTS, metavar="FOLDER", help=f"the folder; default: {OUTPUTS}")
    judging(remove)
    stored(remove)
    remove.set_defaults(run=_remove)


def _status(options: argparse.Namespace) -> int:
    from kg.query.results import Rows, render

    state = _remote(options.store) if options.store else _local(options.graph)
    if options.json:
        say(json.dumps(_as_json(state), ensure_ascii=False, indent=2))
        return 0
    columns = ("source", "sha256", "documents", "facts", "left over", "not covered", "built", "version")
    rows = Rows(columns, tuple(_row(held) for held in state.sources))
    say(render(rows, "table", width()).rstrip("\n"))
    for left in state.refused:
        say(f"left out: {left.reason}")
    return 0


def _local(path: str) -> State:
    from kg.holdings.folder import Folder

    folder = Folder(path)
    if not folder.holds_store():
        raise KgError(f"{path}: no store here; build one: kg build SOURCE -o {path}")
    return folder.state()


def _remote(address: str) -> State:
    from kg.holdings.feed import held
    from kg.holdings.folder import State
    from kg.rdf import BASE
    from kg.store.remote import RemoteStore
    from kg.version import program_version

    return State(base=BASE, version=program_version(), sources=tuple(held(RemoteStore(address))))


def _row(held: Holding) -> tuple[Cell, ...]:
    said = held.summary
    missed = sum(missed for _, missed in said.covered.values())
    return (
        said.name,
        said.sha256[:16],
        len(said.documents),
        sum(said.facts.values()),
        sum(said.leftovers.values()),
        missed,
        held.built,
        held.version,
    )


def _as_json(state: State) -> dict[str, Any]:
    return {
        "base": state.base,
        "version": state.version,
        "sources": [
            {
                **asdict(held.summary),
                "graph": f"{state.base}source/{held.summary.sha256[:16]}",
                "built": held.built,
                "version": held.version,
            }
            for held in state.sources
        ],
        "refused": [{"source": left.name, "where": left.where, "reason": left.reason} for left in state.refused],
    }


def _remove(options: argparse.Namespace) -> int:
    from kg.holdings.build import named, remove
    from kg.holdings.feed import feed, held, take_out
    from kg.holdings.folder import Folder
    from kg.identity import read_judgements
    from kg.store.remote import RemoteStore

    folder = Folder(options.output)
    store = RemoteStore(options.store) if options.store else None
    if store is None or folder.holds_store():
        judgements = read_judgements(options.judgements, must=True)[0] if options.judgements else None
        gone = remove(folder, options.source, judgements)
        if store is not None:
            feed(folder, store, lambda done, of, name: None, judgements)
    else:
        gone = named(held(store), options.source)
        take_out(store, gone)
    for one in gone:
        said = one.summary
        facts = sum(said.facts.values())
        say(f"removed: {said.name} ({said.sha256[:16]}), {len(said.documents)} documents, {facts} facts")
    return 0
