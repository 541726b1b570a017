"""What several commands are told in the same words: where to write, how large a source may be, which graph."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError
from kg.read.limits import Limits

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.read import Input

__all__ = [
    "OUTPUTS",
    "Verbs",
    "each",
    "folder_of",
    "judging",
    "limiting",
    "limits",
    "of_folder",
    "of_graph",
    "opened",
    "positive",
    "stored",
    "writing",
]

OUTPUTS = "outputs"
Verbs = argparse._SubParsersAction  # argparse gives it no public name
T = TypeVar("T")


def writing(command: argparse.ArgumentParser) -> None:
    """Where a build writes, and what it prints."""
    command.add_argument(
        "-o", "--output", default=OUTPUTS, metavar="FOLDER", help=f"where to write; default: {OUTPUTS}"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--json", action="store_true", help="print what was found as JSON, with -q too")


def judging(command: argparse.ArgumentParser) -> None:
    """Where the user's judgements stand."""
    command.add_argument(
        "--judgements", metavar="FILE", help="the user's judgements; default: judgements.yaml in the folder, if there"
    )


def limiting(command: argparse.ArgumentParser) -> None:
    """How large a source may be: what lies beyond is refused, not cut off."""
    usual = Limits()
    for name, default, what in (
        ("bytes", usual.bytes, "of one source as it lies on the disk; of a web page a fourth of it"),
        ("characters", usual.characters, "of text in one source"),
        ("pages", usual.pages, "of one source that has pages"),
        ("ratio", usual.ratio, "times that a part of a packed file may grow when unpacked"),
    ):
        command.add_argument(
            f"--max-{name}", type=positive, default=default, metavar="N", help=f"{what}; default: {default}"
        )


def limits(options: argparse.Namespace) -> Limits:
    """The limits that the options say."""
    return Limits(
        bytes=options.max_bytes,
        characters=options.max_characters,
        pages=options.max_pages,
        ratio=options.max_ratio,
    )


def positive(text: str) -> int:
    """A whole number above 0."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, got {text!r}")
    return int(text)


def of_graph(command: argparse.ArgumentParser) -> None:
    """The graph that is asked, looked at or checked: here, or in a store on another machine."""
    of_folder(command)
    stored(command)


def of_folder(command: argparse.ArgumentParser) -> None:
    """The folder of the graph."""
    command.add_argument("graph", nargs="?", default=OUTPUTS, help=f"the folder of a built graph; default: {OUTPUTS}")


def stored(command: argparse.ArgumentParser) -> None:
    """The store on another machine that is asked or fed, instead of a folder or besides."""
    command.add_argument(
        "--store",
        metavar="ADDRESS",
        help="a SPARQL store over HTTP: its address, or those of query, update and graphs with commas between them",
    )


def opened(options: argparse.Namespace, *, whole: bool = False) -> Graph:
    """The graph that the options name; ``whole`` for a command that asks for all of it, which is then fetched."""
    from kg.graph import Graph, open_graph
    from kg.store.remote import RemoteStore

    graph = open_graph(options.store or options.graph or OUTPUTS)
    return Graph(graph.store.copy()) if whole and isinstance(graph.store, RemoteStore) else graph


def folder_of(graph: str) -> Path:
    """The folder of a graph that was named by its folder or by its file."""
    return Path(graph) if Path(graph).is_dir() else Path(graph).parent


def each(paths: Sequence[str], limits: Limits, reader: Callable[[Input, Limits], T]) -> Iterator[T]:
    """What a reader makes of each of the sources at the paths."""
    from kg.read import find

    entries = find(paths, limits)
    for entry in entries:
        try:
            yield reader(entry, limits)
        except KgError as error:
            # What a build leaves out of many sources must not keep the others from being looked at.
            if len(entries) == 1:
                raise
            print(f"kg: not read: {error}", file=sys.stderr)
