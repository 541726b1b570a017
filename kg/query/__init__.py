"""Questions are put to a store: the named ones, any SPARQL, and for the facts in the form they are scored in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

import pyoxigraph as ox

from kg.errors import KgError
from kg.query.dues import Reckoned, dues
from kg.query.functions import FUNCTIONS
from kg.query.gold import facts, located
from kg.query.question import Parameter, Question, parse, read_all
from kg.search import Index
from kg.store import Answer, Bound, Store

__all__ = [
    "FUNCTIONS",
    "Parameter",
    "Question",
    "Reckoned",
    "ask",
    "dues",
    "facts",
    "find",
    "is_name",
    "located",
    "named",
    "parse",
]

_HITS = 200
"""Things found by words that a question starts from."""


@cache
def _named() -> tuple[Question, ...]:
    return tuple(read_all("questions"))


def named() -> list[Question]:
    """The questions that come with the package, by name."""
    return list(_named())


def is_name(text: str) -> bool:
    """Whether a text is the name of a question, known or not: no SPARQL is a single word."""
    return re.fullmatch(r"\s*[\w-]+\s*", text) is not None


def find(name: str) -> Question:
    """The question of that name. Raises KgError that lists the names there are."""
    for question in _named():
        if question.name == name.strip():
            return question
    names = ", ".join(question.name for question in _named())
    raise KgError(f"there is no question named {name!r}; there are: {names}")


def ask(
    store: Store,
    question: Question | str,
    given: Mapping[str, str] | None = None,
    index: Callable[[], Index] | None = None,
) -> Answer:
    """The answer to a question, or to the one of that name, with the parameters given as text.

    ``index`` gives the words of the store for a question that searches; without it they are gathered from the store.
    """
    if isinstance(question, str):
        question = find(question)
    values: dict[str, Bound] = dict(question.bindings(given or {}))
    for parameter in question.parameters:
        if parameter.type == "words":
            words = index() if index else Index.of(store)
            hits = words.search(str(values[parameter.name]), limit=_HITS, standing=store.canonical.all_of)
            values[parameter.name] = tuple(ox.NamedNode(hit.iri) for hit in hits)
    return store.query(question.text, values, FUNCTIONS)
