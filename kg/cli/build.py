"""``kg build`` and ``kg demo``: read gazettes, write their graph, and say what was found."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import Verbs, limiting, limits, writing
from kg.cli.output import say
from kg.read.limits import Limits

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Coverage

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
    limiting(build)
    build.set_defaults(run=_build)

    demo = verbs.add_parser(
        "demo", help="build the graph of the fictitious gazette that comes along 用自带的示例公报试一试"
    )
    writing(demo)
    demo.set_defaults(run=_demo)


def _build(options: argparse.Namespace) -> int:
    return _report(options, [Path(source) for source in options.source], limits(options))


def _demo(options: argparse.Namespace) -> int:
    with as_file(files("kg").joinpath("demo", "gazette.md")) as gazette:
        return _report(options, [gazette])


def _report(options: argparse.Namespace, sources: list[Path], limits: Limits = Limits()) -> int:  # noqa: B008  # frozen
    from kg.graph import build

    show = sys.stderr.isatty() and not options.quiet
    graph = build(sources, output=options.output, limits=limits, progress=_progress if show else None)
    if show:
        print("\r\033[K", end="", file=sys.stderr)
    for source in graph.refused:
        print(f"kg: {source.reason}", file=sys.stderr)
    if options.quiet and not options.json:
        return 0
    found = _found(graph, Path(options.output))
    say(json.dumps(found, ensure_ascii=False, indent=2) if options.json else _told(found))
    return 0


def _progress(done: int, of: int, name: str) -> None:
    width = 24
    full = width * done // of
    print(f"\r\033[K{'█' * full}{'·' * (width - full)} {done}/{of} {name[:40]}", end="", file=sys.stderr, flush=True)


def _found(graph: Graph, folder: Path) -> dict[str, object]:
    from kg.graph import FILES

    facts = list(graph.facts())
    by_doc: dict[str, Counter[str]] = {}
    for fact in facts:
        by_doc.setdefault(fact["doc"], Counter())[fact["kind"]] += 1
    return {
        "issues": [fact for fact in facts if fact["kind"] == "issue"],
        "documents": [
            {
                "doc": fact["doc"],
                "title": fact["title"],
                "date": fact.get("date"),
                "facts": sum(by_doc[fact["doc"]].values()),
            }
            for fact in facts
            if fact["kind"] == "document" and "part_of" not in fact
        ],
        "facts": dict(sorted(Counter(fact["kind"] for fact in facts).items())),
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
        "files": [str(folder / name) for name in FILES],
    }


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


_MOST_UNREAD = 10


def _told(found: dict[str, object]) -> str:
    """What was found, for people."""
    from kg.anatomy import NOT_READ

    lines: list[str] = []
    issues, documents, facts = found["issues"], found["documents"], found["facts"]
    leftovers, refused, paths = found["leftovers"], found["refused"], found["files"]
    coverages = found["coverage"]
    assert isinstance(issues, list)
    assert isinstance(documents, list)
    assert isinstance(facts, dict)
    assert isinstance(leftovers, list)
    assert isinstance(coverages, list)
    assert isinstance(refused, list)
    assert isinstance(paths, list)
    for issue in issues:
        lines.append(" ".join(str(issue[key]) for key in ("title", "number", "total_number", "date") if key in issue))
    for document in documents:
        number = document["doc"] if document["doc"] != document["title"] else ""
        lines.append(
            f"  {number or '（无文号）'}  {document['title']}  {document['date'] or ''}  {document['facts']} facts"
        )
    total = sum(facts.values())
    lines.append(f"{total} facts: " + ", ".join(f"{kind} {count}" for kind, count in facts.items()))
    unread = [leftover["text"] for leftover in leftovers if leftover["reason"] == NOT_READ]
    lines.extend(f"not read: {text}" for text in unread[:_MOST_UNREAD])
    if len(unread) > _MOST_UNREAD:
        lines.append(f"not read: {len(unread) - _MOST_UNREAD} places more (see report.html)")
    if leftovers:
        reasons = Counter(str(leftover["reason"]) for leftover in leftovers)
        lines.append(
            f"left over: {len(leftovers)} (" + "; ".join(f"{reason} {n}" for reason, n in reasons.most_common(4)) + ")"
        )
    if tallies := [tally for coverage in coverages for tally in coverage["tallies"]]:
        seen, missed = (sum(tally[name] for tally in tallies) for name in ("seen", "missed"))
        lines.append(
            f"covered: {seen - missed} of {seen} sums, times, numbers, roles and names that were recognised (see report.html)"
        )
    if refused:
        lines.append(
            f"left out: {len(refused)} source{'s' * (len(refused) > 1)} that could not be read (see above, and report.html)"
        )
    lines.append("written: " + "  ".join(paths))
    folder = Path(paths[0]).parent
    lines.append(
        f"next: open {folder / 'report.html'}, or ask: kg query --list; kg query about {folder} -p name=财政局"
    )
    return "\n".join(lines)
