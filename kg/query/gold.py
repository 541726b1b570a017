"""The facts in a store are told in the form of the gold files, by one question a kind over the RDF.

So what is scored is what the graph holds. A question's variables are the fields of its kind and, of every kind,
``fact``, ``graph``, ``doc``, ``quote``, ``spans``, ``rule``, ``source`` (the file's name) and ``section`` (a path).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from sys import intern
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.model import FACT_KINDS
from kg.query.question import Question, read_all
from kg.rdf.vocabulary import FIELDS, classes_of, name
from kg.store import Store, among

__all__ = ["FULL", "facts", "located", "plain_lines"]

FULL = ("spans", "source", "section", "rule", "fact")
"""What a fact has in full beyond the format."""
_BEYOND = frozenset((*FULL, "graph", "things"))

_KINDS = {name(f"gz:{cls}"): kind for kind in FACT_KINDS for cls in classes_of(kind)}
_CLASSES = "SELECT DISTINCT ?fact ?class WHERE { VALUES ?fact { $nodes } GRAPH ?graph { ?fact a ?class } }"

_BOOLEAN, _DECIMAL, _JSON = name("xsd:boolean"), name("xsd:decimal"), name("rdf:JSON")


def facts(store: Store, *, full: bool = False) -> Iterator[dict[str, Any]]:
    """Each fact as a dict: ``doc``, ``kind``, its fields in the order of the format, ``quote``.

    With ``full`` each has as well its ``spans`` ([[start, end], …]), ``source``, ``section`` (if any), ``rule`` and
    ``fact`` (its IRI). Sorted by source, then as they stand in it. Amounts are int where they are whole, else float.
    """
    for _, fact in located(store):
        if not full:
            for key in FULL:
                fact.pop(key, None)
        yield fact


def plain_lines(found: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Facts as lines of JSON in UTF-8, without what they have beyond the format."""
    for fact in found:
        plain = {key: value for key, value in fact.items() if key not in _BEYOND}
        yield f"{json.dumps(plain, ensure_ascii=False)}\n".encode("utf-8", errors="replace")


def located(store: Store, only: Iterable[str] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same facts in full and in the same order, each behind the IRI of its source; ``only`` those of some IRIs."""
    found = []
    chosen = None if only is None else _by_kind(store, store.canonical.used_for(only))
    for number, kind in enumerate(FACT_KINDS):
        for graph, fact in _of_kind(store, kind) if chosen is None else _of_some(store, kind, chosen[kind]):
            if fact["fact"] in store.canonical.rejected:
                continue  # the user says that it is wrong
            fact["fact"] = store.canonical.of(graph, fact["fact"])
            found.append(((fact["source"], graph, fact["spans"], number, _place(fact), fact["fact"]), fact))
    found.sort(key=lambda entry: entry[0])
    for (_, graph, *_), fact in found:
        yield graph, fact


def _place(fact: Mapping[str, Any]) -> int:
    """Where the agent of a fact is named in its quote; of a name that has its head from a list, where its end is."""
    quote, agent = fact["quote"], fact.get("agent") or ""
    return next((at for start in range(len(agent) - 1) if (at := quote.find(agent[start:])) >= 0), -1)


def _by_kind(store: Store, iris: Iterable[str]) -> dict[str, set[str]]:
    """The facts among some IRIs, by their kinds."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact, cls in store.rows_about(_CLASSES, iris, merge=False):
        if kind := _KINDS.get(cls):
            found[kind].add(fact)
    return found


def _of_some(store: Store, kind: str, facts: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for solutions in store.select_about(among(_questions()[kind].text, "fact"), facts, merge=False):
        yield from _told(solutions, kind)


def _of_kind(store: Store, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _told(store.select(_questions()[kind].text, merge=False), kind)


def _told(solutions: ox.QuerySolutions, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    places = {variable.value: index for index, variable in enumerate(solutions.variables)}
    # ``values`` puts a field where the format has it; the rest stands around the fields.
    fields = [(field, places[field]) for field in FIELDS[kind]]
    for row in solutions:
        text = {
            key: row[places[key]] for key in ("graph", "doc", "quote", "spans", "source", "section", "rule", "fact")
        }
        fact: dict[str, Any] = {"doc": _value(text["doc"]), "kind": kind}
        for field, place in fields:
            if (term := row[place]) is not None:
                fact[field] = _value(term)
        fact["quote"] = _value(text["quote"])
        fact["spans"] = [[int(end) for end in span.split("-")] for span in _text(text["spans"]).split()]
        fact["source"] = _value(text["source"])
        if text["section"] is not None:
            fact["section"] = _value(text["section"])
        fact["rule"] = _value(text["rule"])
        fact["fact"] = _text(text["fact"])
        yield _text(text["graph"]), fact


@cache
def _questions() -> dict[str, Question]:
    questions = {question.name: question for question in read_all("facts")}
    if missing := [kind for kind in FACT_KINDS if kind not in questions]:
        raise KgError(f"the questions for {', '.join(missing)} are missing in kg/query/facts; install gongbao-kg again")
    return questions


def _text(term: object) -> str:
    if not isinstance(term, ox.Literal | ox.NamedNode):
        raise TypeError(f"a literal or an IRI was expected, got {term!r}")
    # Of a document's name there are as many as it has facts.
    return intern(term.value)


def _value(term: object) -> str | bool | int | float | list[str]:
    text = _text(term)
    datatype = term.datatype.value if isinstance(term, ox.Literal) else ""
    if datatype == _BOOLEAN:
        return text in ("true", "1")  # XML Schema has both, and some stores keep the other
    if datatype == _DECIMAL:
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else float(number)
    if datatype == _JSON:
        items: list[str] = json.loads(text)
        return items
    return text
