"""The verbs of kg as commands."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError
from kg.read.limits import Limits

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Coverage
    from kg.read import Input

__all__ = ["main", "parser"]

OUTPUTS = "outputs"
T = TypeVar("T")


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="kg",
        description="Chinese government gazettes as a knowledge graph: every statement leads to its sentence. "
        "把政府公报变成知识图谱，每条陈述都能追溯到原句。",
    )
    top.add_argument("--version", action="store_true", help="say the version and stop")
    verbs = top.add_subparsers(dest="verb", metavar="COMMAND")

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
    _writing(build)
    _limiting(build)

    demo = verbs.add_parser(
        "demo", help="build the graph of the fictitious gazette that comes along 用自带的示例公报试一试"
    )
    _writing(demo)

    facts = verbs.add_parser("facts", help="print the facts of a graph, a JSON object a line 逐行输出事实")
    _of_graph(facts)
    facts.add_argument("--full", action="store_true", help="with spans, source, section, rule and IRI")

    query = verbs.add_parser("query", help="ask a graph a named question or any SPARQL 查询图谱")
    query.add_argument("question", nargs="?", help="the name of a question, a SPARQL query, or a file that holds one")
    _of_graph(query)
    query.add_argument("--list", action="store_true", help="list the named questions and their parameters")
    query.add_argument(
        "-p",
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the question; repeatable",
    )
    query.add_argument(
        "--as-of", metavar="DAY", help="what stood on this day (2021-06-30), by the documents until then"
    )
    query.add_argument(
        "--format", choices=("table", "csv", "json", "turtle"), help="default: table, turtle for CONSTRUCT"
    )

    view = verbs.add_parser("view", help="write a page with the network, or a part of it 生成可交互的网络图")
    _of_graph(view)
    view.add_argument("--document", metavar="N", help="only what stands in this document: a 文号 or part of a title")
    view.add_argument("--about", metavar="NAME", help="only this name and what it is tied to")
    view.add_argument("--kind", metavar="K", help="only this kind of fact (duty, member, post …)")
    view.add_argument("-o", "--output", metavar="FILE", help="default: view.html in the graph's folder")

    export = verbs.add_parser("export", help="write a graph in the forms that other programs read 导出为其他格式")
    _of_graph(export)
    export.add_argument(
        "--to",
        action="append",
        required=True,
        metavar="FORM",
        help="ttl, trig, nq, jsonld, rdfxml, graphml, gexf, csv, neo4j, ftm or popolo; repeatable, or several with commas",
    )
    export.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a folder, or a file for a form that is one; default: export in the graph's",
    )
    export.add_argument("--licence", metavar="IRI", help="the licence of the data; without it dataset.ttl says unknown")
    export.add_argument("--context", metavar="FILE", help="a JSON-LD context to write jsonld with")
    export.add_argument("--bom", action="store_true", help="begin csv with the mark by which Excel knows UTF-8")

    diff = verbs.add_parser("diff", help="say who came, who went, what moved, what is new 比较两期或两个日期")
    diff.add_argument("earlier", metavar="EARLIER", help="the folder of a built graph")
    diff.add_argument("later", nargs="?", metavar="LATER", help="another one; without it, EARLIER on two days")
    diff.add_argument(
        "--from", dest="since", metavar="DAY", help="what stood on this day (2021-06-30); default: at last"
    )
    diff.add_argument("--to", dest="until", metavar="DAY", help="what stands on this day; default: at last")
    diff.add_argument(
        "--topic", action="append", default=[], metavar="T", help="document, member, post, seat or duty; repeatable"
    )
    diff.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")

    check = verbs.add_parser("check", help="validate a graph: shapes, and evidence against the sources 校验图谱")
    _of_graph(check)
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
    _limiting(check)

    outline = verbs.add_parser("outline", help="print the tree of what was understood in a source 列出读出的结构")
    outline.add_argument("source", help="a file, a folder or .zip of them, or - (standard input)")
    outline.add_argument("--json", action="store_true", help="print it as JSON, an object a line for each source")
    _limiting(outline)

    rules = verbs.add_parser("rules", help="list the rules, and how many facts each gives on a source 列出抽取规则")
    rules.add_argument("source", nargs="*", help="a file or a folder to count on")
    return top


def _writing(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o", "--output", default=OUTPUTS, metavar="FOLDER", help=f"where to write; default: {OUTPUTS}"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--json", action="store_true", help="print what was found as JSON, with -q too")


def _limiting(command: argparse.ArgumentParser) -> None:
    """How large a source may be: what lies beyond is refused, not cut off."""
    usual = Limits()
    for name, default, what in (
        ("bytes", usual.bytes, "of one source as it lies on the disk; of a web page a fourth of it"),
        ("characters", usual.characters, "of text in one source"),
        ("pages", usual.pages, "of one source that has pages"),
        ("ratio", usual.ratio, "times that a part of a packed file may grow when unpacked"),
    ):
        command.add_argument(
            f"--max-{name}", type=_positive, default=default, metavar="N", help=f"{what}; default: {default}"
        )


def _limits(options: argparse.Namespace) -> Limits:
    return Limits(
        bytes=options.max_bytes,
        characters=options.max_characters,
        pages=options.max_pages,
        ratio=options.max_ratio,
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, got {text!r}")
    return int(text)


def _of_graph(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", nargs="?", default=OUTPUTS, help=f"the folder of a built graph; default: {OUTPUTS}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Gives 0, 1 where a check found violations, 2 where something is not as it must be."""
    # Chinese must come out whole whatever the locale says.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    status = 0
    try:
        status = _VERBS["help" if options.version or not options.verb else options.verb](options)
        sys.stdout.flush()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _close_output()
    except OSError as error:
        _close_output()
        where = error.filename or "standard output"
        print(f"kg: {where}: {error.strerror or error}; free some space, or write elsewhere", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kg: stopped", file=sys.stderr)
        return 128 + signal.SIGINT
    return status


def _close_output() -> None:
    """What is still in the buffer, and what comes, goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    """Print; where whoever reads has seen enough, go on without, so that the command comes to its verdict."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _close_output()


# --- build and demo ----------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    return _report(options, [Path(source) for source in options.source], _limits(options))


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
    _say(json.dumps(found, ensure_ascii=False, indent=2) if options.json else _told(found))
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


# --- asking and looking ------------------------------------------------------------------------------------


def _facts(options: argparse.Namespace) -> int:
    from kg.graph import open_graph

    for fact in open_graph(options.graph).facts(full=options.full):
        print(json.dumps(fact, ensure_ascii=False))
    return 0


def _query(options: argparse.Namespace) -> int:
    from kg.query import named

    if options.list or not options.question:
        for question in named():
            print(f"{question.name:14} {question.title_zh} / {question.title_en}")
            for parameter in question.parameters:
                default = f' (default "{parameter.default}")' if parameter.default is not None else ""
                print(f"{'':14}   -p {parameter.name}=…  {parameter.title_zh} / {parameter.title_en}{default}")
        return 0
    from kg.graph import open_graph
    from kg.query.results import default_form, render

    given: dict[str, str] = {}
    for parameter in options.param:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise KgError(f"a parameter must be NAME=VALUE, got {parameter!r}")
        given[name] = value
    graph = open_graph(options.graph)
    if options.as_of:
        graph = graph.as_of(options.as_of)
    answer = graph.answer(_question(options.question), **given)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    sys.stdout.write(render(answer, options.format or default_form(answer), width))
    return 0


def _question(text: str) -> str:
    """The question itself, or what stands in the file of that name."""
    from kg.query import find, is_name

    path = Path(text)
    if any(mark in text for mark in "{}<\n"):
        return text
    if path.is_file():
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KgError(f"{path}: cannot be read as a query: {error}") from error
    if is_name(text):
        return find(text).name
    if path.suffix == ".rq" or " " not in text:
        raise KgError(f"{text}: no such file; give a file that holds a query, a query, or a name: kg query --list")
    return text


def _view(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.outputs import write_all
    from kg.view import page, select

    graph = open_graph(options.graph)
    part = graph.network()
    if options.document or options.about or options.kind:
        part = select(part, document=options.document, about=options.about, kind=options.kind)
    chosen = [value for value in (options.document, options.about, options.kind) if value]
    folder = Path(options.graph) if Path(options.graph).is_dir() else Path(options.graph).parent
    path = Path(options.output) if options.output else folder / "view.html"
    write_all(path.parent, {path.name: page(part, title=" · ".join(chosen) or "公报知识图谱")})
    print(f"{path}: {part.number_of_nodes()} nodes, {part.number_of_edges()} edges; open it in a browser")
    return 0


def _export(options: argparse.Namespace) -> int:
    from kg.graph import open_graph

    graph = open_graph(options.graph)
    folder = Path(options.graph) if Path(options.graph).is_dir() else Path(options.graph).parent
    forms = [form for forms in options.to for form in forms.split(",")]
    output = Path(options.output) if options.output else folder / "export"
    paths = graph.export(output, *forms, licence=options.licence, context=options.context, bom=options.bom)
    _say("\n".join(map(str, paths)))
    return 0


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
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    wanted = [difference for difference in found if not options.topic or difference.topic in options.topic]
    sys.stdout.write(render(rows(wanted), options.format, width))
    return 0


def _check(options: argparse.Namespace) -> int:
    from kg.check import check
    from kg.graph import open_graph
    from kg.read import read

    if options.coverage:
        from kg.check import told
        from kg.pipeline import read_source

        _say(
            told([reading.coverage for reading in _each(options.coverage, _limits(options), read_source)]).rstrip("\n")
        )
        if options.graph is None:
            return 0
    sources = {source.sha256: source.text for source in _each(options.source, _limits(options), read)}
    report = check(open_graph(options.graph or OUTPUTS).store, sources or None)
    _say(report.text())
    return 0 if report.conforms else 1


def _each(paths: Sequence[str], limits: Limits, reader: Callable[[Input, Limits], T]) -> Iterator[T]:
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


def _outline(options: argparse.Namespace) -> int:
    from kg.anatomy import parse
    from kg.outline import as_json, outline, tree
    from kg.pipeline import expect_document
    from kg.read import read

    width = shutil.get_terminal_size((120, 24)).columns
    status = 2
    for source in _each([options.source], _limits(options), read):
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


def _rules(options: argparse.Namespace) -> int:
    from kg.extract import RULES
    from kg.pipeline import read_source

    given = Counter(fact.rule for reading in _each(options.source, Limits(), read_source) for fact in reading.facts)
    for rule in RULES:
        count = f"{given[rule.name]:6} " if options.source else ""
        print(f"{count}{rule.name:24} {rule.claim}")
        print(f"{'':{len(count)}}{'':24} + {rule.example!r}")
        print(f"{'':{len(count)}}{'':24} - {rule.counter!r}")
    return 0


def _help(options: argparse.Namespace) -> int:
    from kg.version import program_version

    print(f"kg {program_version()}" if options.version else parser().format_help().rstrip())
    return 0


_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "help": _help,
    "build": _build,
    "demo": _demo,
    "facts": _facts,
    "query": _query,
    "view": _view,
    "diff": _diff,
    "export": _export,
    "check": _check,
    "outline": _outline,
    "rules": _rules,
}

if __name__ == "__main__":
    sys.exit(main())
