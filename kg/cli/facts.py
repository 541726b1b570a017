"""``kg facts``: the facts of a graph, a JSON object a line."""

from __future__ import annotations

import argparse
import json

from kg.cli.options import Verbs, of_graph, opened

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    facts = verbs.add_parser("facts", help="print the facts of a graph, a JSON object a line 逐行输出事实")
    of_graph(facts)
    facts.add_argument("--full", action="store_true", help="with spans, source, section, rule and IRI")
    facts.set_defaults(run=_facts)


def _facts(options: argparse.Namespace) -> int:
    for fact in opened(options).facts(full=options.full):
        print(json.dumps(fact, ensure_ascii=False))
    return 0
