"""``kg query``: a graph answers a named question or any SPARQL that reads."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.options import Verbs, of_graph, opened
from kg.cli.output import width
from kg.errors import KgError

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    query = verbs.add_parser("query", help="ask a graph a named question or any SPARQL 查询图谱")
    query.add_argument("question", nargs="?", help="the name of a question, a SPARQL query, or a file that holds one")
    of_graph(query)
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
    query.set_defaults(run=_query)


def _query(options: argparse.Namespace) -> int:
    from kg.query import named

    if options.list or not options.question:
        for question in named():
            print(f"{question.name:14} {question.title_zh} / {question.title_en}")
            for parameter in question.parameters:
                default = f' (default "{parameter.default}")' if parameter.default is not None else ""
                print(f"{'':14}   -p {parameter.name}=…  {parameter.title_zh} / {parameter.title_en}{default}")
        return 0
    from kg.query.results import default_form, render

    given: dict[str, str] = {}
    for parameter in options.param:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise KgError(f"a parameter must be NAME=VALUE, got {parameter!r}")
        given[name] = value
    graph = opened(options)
    if options.as_of:
        graph = graph.as_of(options.as_of)
    answer = graph.answer(_question(options.question), **given)
    sys.stdout.write(render(answer, options.format or default_form(answer), width()))
    return 0


_LONGEST_NAME = 1_000
"""Characters; a longer text is no path."""


def _question(text: str) -> str:
    """The question itself, or what stands in the file of that name."""
    from kg.query import find, is_name

    path = Path(text)
    if any(mark in text for mark in "{}<\n"):
        return text
    if len(text) < _LONGEST_NAME and path.is_file():
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise KgError(f"{path}: cannot be read as a query: {error}") from error
    if is_name(text):
        return find(text).name
    if path.suffix == ".rq" or " " not in text:
        raise KgError(f"{text}: no such file; give a file that holds a query, a query, or a name: kg query --list")
    return text
