"""``kg judge``: the user's word above the program's: what is the same, what is not, a name, a fact wrong or missing."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from kg.cli.options import OUTPUTS, Verbs, judging, positive
from kg.cli.output import say, width
from kg.errors import KgError
from kg.model import ADDABLE

__all__ = ["add"]

_VERBS = {
    "same": ("say that things are one 同一", "A", "B", "a thing: its IRI, or a name that it alone bears"),
    "not-same": (
        "say that two things are not one 不同",
        "A",
        "B",
        "a thing; NAME @ SOURCE is what one source calls so",
    ),
    "name": ("say what a thing is called 定名", "A", "NAME", "a thing, and its name"),
    "wrong": ("say that a fact is wrong 有误", "FACT", "", "the IRI of a fact: kg facts --full"),
}


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command and of its verbs."""
    judge = verbs.add_parser("judge", help="overrule the program: same, not same, a name, a wrong fact 人工认定")
    sub = judge.add_subparsers(dest="judgement", metavar="VERB", required=True)
    for verb, (what, first, second, help_) in _VERBS.items():
        command = sub.add_parser(verb, help=what)
        command.add_argument("thing", metavar=first, help=help_)
        if second:
            command.add_argument("other", nargs="+" if verb == "same" else None, metavar=second)
        _said(command)
        command.set_defaults(run=_judge)
    fact = sub.add_parser("fact", help="add a fact that is missing 补充")
    fact.add_argument("kind", metavar="KIND", help=f"one of {', '.join(ADDABLE)}")
    fact.add_argument(
        "fields", nargs="+", metavar="FIELD=VALUE", help="as kg facts prints them: agent=某局 matter=某事"
    )
    fact.add_argument("--source", required=True, help="the name of a source, or the beginning of its hash: kg status")
    fact.add_argument("--quote", required=True, metavar="TEXT", help="the words of the source that say so, as printed")
    fact.add_argument("--nth", type=positive, metavar="N", help="which place, where the words stand in several")
    _said(fact)
    fact.set_defaults(run=_add)
    listing = sub.add_parser("list", help="list the judgements, numbered 列出")
    listing.add_argument("--json", action="store_true", help="print them as JSON")
    _of_folder(listing)
    listing.set_defaults(run=_list)
    undo = sub.add_parser("undo", help="take a judgement back 撤回")
    undo.add_argument("number", nargs="?", type=int, metavar="N", help="its number: kg judge list; default: the last")
    _of_folder(undo)
    undo.set_defaults(run=_undo)


def _said(command: argparse.ArgumentParser) -> None:
    """Why, who and when."""
    command.add_argument("--reason", default="", metavar="TEXT", help="why; it stands in the graph")
    command.add_argument("--who", default="", metavar="NAME", help="who says so")
    command.add_argument("--when", default=date.today().isoformat(), metavar="DAY", help="default: today")
    _of_folder(command)


def _of_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", default=OUTPUTS, metavar="FOLDER", help=f"the graph; default: {OUTPUTS}")
    judging(command)


def _judge(options: argparse.Namespace) -> int:
    other = getattr(options, "other", [])
    more = other if isinstance(other, list) else [other]
    things = [options.thing, *([] if options.judgement == "name" else more)]
    name = more[0] if options.judgement == "name" else ""
    return _judged(options, *things, name=name)


def _add(options: argparse.Namespace) -> int:
    fact = {"kind": options.kind}
    for field in options.fields:
        name, sign, value = field.partition("=")
        if not sign or name in fact:
            raise KgError(f"each field must stand once, as FIELD=VALUE, got {field!r}; such as agent=某局 matter=某事")
        fact[name] = value
    return _judged(options, fact=fact, source=options.source, quote=options.quote, nth=options.nth)


def _judged(options: argparse.Namespace, *things: str, **what: Any) -> int:
    from kg.graph import open_graph

    said = {"reason": options.reason, "who": options.who, "when": options.when, "file": options.judgements}
    graph = open_graph(options.output).judge(options.judgement, *things, **what, **said)
    entries = graph.judgements(options.judgements)
    say(f"{len(entries)}  {entries[-1]}（{entries[-1].was}）")
    for reason in graph.waiting:
        say(reason)
    return 0


def _list(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.query.results import Rows, render

    entries = open_graph(options.output).judgements(options.judgements)
    if options.json:
        say(json.dumps([entry.told() for entry in entries], ensure_ascii=False, indent=2))
        return 0
    columns = ("n", "verb", "things", "name", "was", "reason", "who", "when")
    rows = tuple(
        (
            number,
            e.verb,
            " | ".join(e.things) or f"{' '.join('='.join(field) for field in e.fact)} @ {e.source}",
            e.name or None,
            e.was or None,
            e.reason or None,
            e.who or None,
            e.when or None,
        )
        for number, e in enumerate(entries, 1)
    )
    say(render(Rows(columns, rows), "table", width()).rstrip("\n"))
    return 0


def _undo(options: argparse.Namespace) -> int:
    from kg.graph import open_graph

    graph = open_graph(options.output)
    entries = graph.judgements(options.judgements)
    graph.unjudge(options.number, file=options.judgements)
    say(f"taken back: {entries[(options.number or len(entries)) - 1]}")
    return 0
