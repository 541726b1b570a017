"""``kg build`` and ``kg demo``: read gazettes, write their graph, and say what was found."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Verbs, judging, limiting, limits, positive, stored, writing
from kg.cli.output import say
from kg.read.limits import Limits

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.holdings.build import Changes
    from kg.holdings.workers import Progress
    from kg.model import Coverage
    from kg.store.remote import RemoteStore

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    build = verbs.add_parser(
        "build",
        help="read gazettes and write their graph 读公报、建图谱",
        epilog="Exits with 0 where a graph was written, even if some of many sources were left out: they are named on "
        "standard error, and stand under `refused` in --json. Exits with 2 where none can be used.",
    )
    build.add_argument(
        "source",
        nargs="+",
        help="a file (text, Markdown, HTML, DOCX, PDF, OFD, a scan), a folder or .zip of them, or - (standard input)",
    )
    writing(build)
    build.add_argument(
        "--add", action="store_true", help="keep what the folder holds of other sources; without it they go"
    )
    build.add_argument(
        "--jobs", type=positive, metavar="N", help="how many sources to read at a time; default: one a processor"
    )
    judging(build)
    stored(build)
    limiting(build)
    build.set_defaults(run=_build)

    demo = verbs.add_parser(
        "demo", help="build the graph of the fictitious gazette that comes along 用自带的示例公报试一试"
    )
    writing(demo)
    demo.set_defaults(run=_demo)


def _build(options: argparse.Namespace) -> int:
    sources = [Path(source) for source in options.source]
    return _report(options, sources, limits(options), options.jobs, options.add, options.store, options.judgements)


def _demo(options: argparse.Namespace) -> int:
    with as_file(files("kg").joinpath("demo", "gazette.md")) as gazette:
        return _report(options, [gazette])


def _report(
    options: argparse.Namespace,
    sources: list[Path],
    limits: Limits = Limits(),  # noqa: B008  # frozen
    jobs: int | None = None,
    add: bool = False,
    store: str | None = None,
    judgements: str | None = None,
) -> int:
    from kg.graph import build

    remote = _at(store) if store else None  # an address that is none is said before anything is read

    show = sys.stderr.isatty() and not options.quiet
    graph = build(
        sources,
        output=options.output,
        limits=limits,
        jobs=jobs,
        add=add,
        judgements=judgements,
        progress=_progress if show else None,
    )
    if show:
        print("\r\033[K", end="", file=sys.stderr)
    fed = _fed(Path(options.output), remote, _progress if show else _silent, judgements) if remote is not None else None
    if show:
        print("\r\033[K", end="", file=sys.stderr)
    for source in graph.refused:
        print(f"kg: {source.reason}", file=sys.stderr)
    for reason in graph.waiting:
        print(f"kg: {reason}", file=sys.stderr)
    if options.json:
        say(json.dumps(_found(graph, Path(options.output)), ensure_ascii=False, indent=2))
    elif not options.quiet:
        say("\n".join(_told(graph, Path(options.output))))
        if remote is not None and fed:
            say(f"store {remote.address}: {len(fed.read)} sources fed, {len(fed.gone)} gone, {fed.kept} as before")
    return 0


def _at(address: str) -> RemoteStore:
    from kg.store.remote import RemoteStore

    return RemoteStore(address)


def _fed(folder: Path, store: RemoteStore, progress: Progress, judgements: str | None) -> Changes:
    from kg.holdings.feed import feed
    from kg.holdings.folder import Folder
    from kg.identity import read_judgements

    return feed(Folder(folder), store, progress, read_judgements(judgements)[0] if judgements else None)


def _silent(done: int, of: int, name: str) -> None:
    """Nobody looks."""


def _progress(done: int, of: int, name: str) -> None:
    width = 24
    full = width * done // of
    print(f"\r\033[K{'█' * full}{'·' * (width - full)} {done}/{of} {name[:40]}", end="", file=sys.stderr, flush=True)


def _found(graph: Graph, folder: Path) -> dict[str, object]:
    """Everything that was found, for programs."""
    changes = graph.changes
    return {
        "issues": [fact for fact in graph.facts() if fact["kind"] == "issue"],
        "documents": [
            {"doc": doc, "title": title, "date": date or None, "facts": facts}
            for source in graph.sources
            for doc, title, date, facts in source.documents
        ],
        "facts": dict(sorted(_kinds(graph).items())),
        "leftovers": [
            {
                "reason": leftover.reason,
                "text": leftover.text,
                "span": leftover.span and [leftover.span.start, leftover.span.end],
            }
            for leftover in graph.leftovers
        ],
        "coverage": [_covered(coverage) for coverage in graph.coverage],
        "refused": [{"source": source.text, "reason": source.reason} for source in graph.refused],
        "waiting": list(graph.waiting),
        "changes": changes and asdict(changes),
        "files": [str(path) for path in _written(folder)],
    }


def _kinds(graph: Graph) -> Counter[str]:
    counted: Counter[str] = Counter()
    for source in graph.sources:
        counted.update(source.facts)
    return counted


def _written(folder: Path) -> list[Path]:
    from kg.holdings.files import FILES
    from kg.view import EVIDENCE

    return [folder / name for name in (*FILES, EVIDENCE) if (folder / name).exists()]


def _covered(coverage: Coverage) -> dict[str, object]:
    return {
        "source": coverage.source,
        "tallies": [
            {"doc": tally.doc, "kind": tally.kind, "seen": tally.seen, "missed": tally.missed}
            for tally in coverage.tallies
        ],
        "gaps": [
            {
                "kind": gap.kind,
                "text": gap.text,
                "around": gap.around,
                "span": [gap.span.start, gap.span.end],
                "doc": gap.doc,
                "section": gap.section,
                "page": gap.page,
                "known": gap.known,
            }
            for gap in coverage.gaps
        ],
    }


_MOST = 10
"""How many of a kind are named."""


def _told(graph: Graph, folder: Path) -> Iterator[str]:
    """What was found, for people: of few sources the documents, of many what this build changed."""
    from kg.holdings.files import FEW

    if len(graph.sources) <= FEW:
        for source in graph.sources:
            yield from [source.issue] if source.issue else []
            for doc, title, date, facts in source.documents:
                yield f"  {doc if doc != title else '（无文号）'}  {title}  {date}  {facts} facts"
    if graph.changes and (graph.changes.gone or graph.changes.kept or graph.changes.replaced):
        yield from _changed(graph.changes)
    kinds = _kinds(graph)
    yield f"{kinds.total()} facts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    yield from _left_over(graph, few=len(graph.sources) <= FEW)
    if graph.refused:
        many = "s" * (len(graph.refused) > 1)
        yield f"left out: {len(graph.refused)} source{many} that could not be read (see above, and report.html)"
    yield "written: " + "  ".join(map(str, _written(folder)))
    yield f"next: open {folder / 'report.html'}, or ask: kg query --list; kg query about {folder} -p name=财政局"


def _changed(changes: Changes) -> Iterator[str]:
    new = tuple(name for name in changes.read if name not in changes.replaced)
    for sign, names in (("+", new), ("~", changes.replaced), ("-", changes.gone)):
        for name in names[:_MOST]:
            yield f"  {sign} {name}"
        if len(names) > _MOST:
            yield f"  {sign} and {len(names) - _MOST} more"
    yield f"sources: {len(changes.read)} read, {len(changes.gone)} gone, {changes.kept} as before"


def _left_over(graph: Graph, few: bool) -> Iterator[str]:
    from kg.anatomy import NOT_READ

    reasons: Counter[str] = Counter()
    for source in graph.sources:
        reasons.update(source.leftovers)
    unread = [leftover.text for leftover in graph.leftovers if leftover.reason == NOT_READ] if few else []
    yield from (f"not read: {text}" for text in unread[:_MOST])
    if len(unread) > _MOST:
        yield f"not read: {len(unread) - _MOST} places more (see report.html)"
    if reasons:
        worst = "; ".join(f"{reason} {n}" for reason, n in reasons.most_common(4))
        yield f"left over: {reasons.total()} ({worst})"
    seen, missed = (sum(pair[n] for source in graph.sources for pair in source.covered.values()) for n in (0, 1))
    if seen:
        yield f"covered: {seen - missed} of {seen} sums, times, numbers, roles and names that were recognised (see report.html)"
