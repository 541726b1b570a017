"""``kg rules``: the rules of extraction, and how many facts each gives on a source."""

from __future__ import annotations

import argparse
from collections import Counter

from kg.cli.options import Verbs, each
from kg.read.limits import Limits

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    rules = verbs.add_parser("rules", help="list the rules, and how many facts each gives on a source 列出抽取规则")
    rules.add_argument("source", nargs="*", help="a file or a folder to count on")
    rules.set_defaults(run=_rules)


def _rules(options: argparse.Namespace) -> int:
    from kg.extract import RULES
    from kg.pipeline import read_source

    given = Counter(fact.rule for reading in each(options.source, Limits(), read_source) for fact in reading.facts)
    for rule in RULES:
        count = f"{given[rule.name]:6} " if options.source else ""
        print(f"{count}{rule.name:24} {rule.claim}")
        print(f"{'':{len(count)}}{'':24} + {rule.example!r}")
        print(f"{'':{len(count)}}{'':24} - {rule.counter!r}")
    return 0
