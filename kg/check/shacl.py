"""SHACL Core, as far as ontology/shapes.ttl needs it, becomes SPARQL: a shape is a few queries that find what breaks it.

A store answers these for a million statements in the time in which a validator that walks the graph node by node gets
through some thousands. What the queries find is what the reference implementation finds; a test holds the two together.
A constraint that is not known here is an error, never a constraint that is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, count
from typing import Any, NoReturn

import pyoxigraph as ox

from kg.rdf import PREFIXES

__all__ = ["Check", "compiled"]

_SH = "http://www.w3.org/ns/shacl#"
_RDF, _RDFS, _XSD = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["xsd"]
_NIL = f"{_RDF}nil"

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Check:
    """A query with a solution for each result of a shape, and what such a result says."""

    query: str
    """SELECT of ``?focus`` and, where one value is to blame, ``?value``."""
    path: str | None
    """The property path as SPARQL writes it with prefixes; None where the node itself is meant."""
    severity: str
    """The local name of ``sh:Violation``, ``sh:Warning`` or ``sh:Info``."""
    messages: Mapping[str, str]
    """By language."""


def compiled(turtle: str, below: Mapping[str, Iterable[str]]) -> list[Check]:
    """The queries for the shapes in a text. ``below`` names the classes under a class, as far as the data has any.

    Raises ValueError for a constraint, a target or a path that is not one of those known here.
    """
    return list(_Compiler(_Shapes(turtle), below).checks())


class _Shapes:
    """The triples of a graph of shapes, by subject and by the local name of a SHACL term."""

    def __init__(self, turtle: str) -> None:
        self.triples: dict[Term, dict[str, list[Term]]] = {}
        for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
            said = self.triples.setdefault(_term(quad.subject), {})
            said.setdefault(quad.predicate.value, []).append(_term(quad.object))

    def all(self, node: Term, name: str) -> list[Term]:
        return self.triples.get(node, {}).get(_SH + name, [])

    def has(self, node: Term, name: str) -> bool:
        return bool(self.all(node, name))

    def items(self, head: Term) -> Iterator[Term]:
        while str(head) != f"<{_NIL}>":
            yield self.triples[head][f"{_RDF}first"][0]
            (head,) = self.triples[head][f"{_RDF}rest"]

    def parameters(self, node: Term) -> Iterator[tuple[str, Term]]:
        """The SHACL terms of a shape, with their values."""
        for predicate, values in self.triples[node].items():
            if predicate.startswith(_SH):
                yield from ((predicate[len(_SH) :], value) for value in values)

    def targeted(self) -> list[Term]:
        """The shapes that say themselves what they are about."""
        return [node for node in self.triples if any(self.has(node, name) for name in _TARGETS)]


_TARGETS: Mapping[str, str] = {"targetClass": "a", "targetSubjectsOf": "subjects", "targetObjectsOf": "objects"}
_SAID = frozenset({"path", "severity", "message", "property", "flags", "name", "description", "order", *_TARGETS})
"""What a shape says that is no constraint on a value."""
_SETS = frozenset({"minCount", "maxCount", "hasValue", "uniqueLang"})
"""What a property shape says of all its values together."""
_LANGUAGE = "LCASE(LANG(?value))"
_CASTS = frozenset({"boolean", "decimal", "integer", "date", "dateTime", "duration", "gYear", "gYearMonth"})
"""The datatypes whose literals may be no value of theirs, which a cast finds out."""


class _Compiler:
    def __init__(self, shapes: _Shapes, below: Mapping[str, Iterable[str]]) -> None:
        self._shapes = shapes
        self._below = below
        self._numbers = count()

    def checks(self) -> Iterator[Check]:
        for shape in self._shapes.targeted():
            target = self._target(shape)
            if claims := self._claims(shape, "?focus", "?focus"):
                yield self._check(shape, None, f"SELECT DISTINCT ?focus WHERE {{ {target} {_broken(claims)} }}")
            for inner in self._shapes.all(shape, "property"):
                steps, path = self._path(inner)
                if claims := self._claims(inner, "?value", "?focus"):
                    values = f"{target} {self._along('?focus', steps, '?value')} {_broken(claims)}"
                    yield self._check(inner, path, f"SELECT DISTINCT ?focus ?value WHERE {{ {values} }}")
                for query in self._counts(inner, target, steps):
                    yield self._check(inner, path, query)

    def _check(self, shape: Term, path: str | None, query: str) -> Check:
        severity = next(iter(self._shapes.all(shape, "severity")), None)
        messages = {m.language or "": m.value for m in self._shapes.all(shape, "message") if isinstance(m, ox.Literal)}
        return Check(query, path, severity.value.removeprefix(_SH) if severity else "Violation", messages)

    def _counts(self, shape: Term, target: str, steps: list[str]) -> Iterator[str]:
        """Queries for the nodes whose values are too few, too many or not those they must be."""
        values = self._along("?focus", steps, "?value")
        for name, parameter in self._shapes.parameters(shape):
            match name:
                case "minCount":
                    where, having = f"OPTIONAL {{ {values} }}", f"COUNT(DISTINCT ?value) < {parameter}"
                case "maxCount":
                    where, having = values, f"COUNT(DISTINCT ?value) > {parameter}"
                case "hasValue":
                    where, having = (
                        f"OPTIONAL {{ {values} FILTER(sameTerm(?value, {parameter})) }}",
                        "COUNT(?value) = 0",
                    )
                case "uniqueLang" if parameter.value == "true":
                    where, having = (
                        f'{values} FILTER(LANG(?value) != "")',
                        f"COUNT(DISTINCT ?value) > COUNT(DISTINCT {_LANGUAGE})",
                    )
                case _:
                    continue
            yield f"SELECT ?focus WHERE {{ {target} {where} }} GROUP BY ?focus HAVING({having})"

    def _target(self, shape: Term) -> str:
        patterns = []
        for name, role in _TARGETS.items():
            for value in self._shapes.all(shape, name):
                if role == "a":
                    patterns += [f"?focus a {cls} ." for cls in self._classes(value)]
                else:
                    other = f"?other{next(self._numbers)}"
                    ends = ("?focus", other) if role == "subjects" else (other, "?focus")
                    patterns.append(f"{ends[0]} {value} {ends[1]} .")
        if len(patterns) == 1 and " a " in patterns[0]:
            return patterns[0]
        either = " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
        return f"{{ SELECT DISTINCT ?focus WHERE {{ {either} }} }}"

    def _classes(self, cls: Term) -> list[str]:
        return [str(cls), *(f"<{lower}>" for lower in sorted(self._below.get(cls.value, ())))]

    def _path(self, shape: Term) -> tuple[list[str], str]:
        """The path of a property shape, step by step in SPARQL, and as a whole with prefixes."""
        (path,) = self._shapes.all(shape, "path")
        if isinstance(path, ox.NamedNode):
            return [str(path)], _compact(path.value)
        if either := self._shapes.all(path, "alternativePath"):
            steps, joint = list(self._shapes.items(either[0])), "|"
        elif path in self._shapes.triples and f"{_RDF}first" in self._shapes.triples[path]:
            steps, joint = list(self._shapes.items(path)), "/"
        else:
            _unknown("path", path)
        if not all(isinstance(step, ox.NamedNode) for step in steps):
            _unknown("path", path)
        whole = joint.join(_compact(step.value) for step in steps)
        return ([str(step) for step in steps] if joint == "/" else [f"({joint.join(map(str, steps))})"]), whole

    def _along(self, focus: str, steps: list[str], value: str) -> str:
        """A pattern from a node along a path."""
        between = [f"?v{next(self._numbers)}" for _ in steps[1:]]
        nodes = [focus, *between, value]
        return " ".join(f"{nodes[at]} {step} {nodes[at + 1]} ." for at, step in enumerate(steps))

    # ---- What must hold, as expressions of SPARQL that are true where it does ---------------------------------------

    def _claims(self, shape: Term, value: str, focus: str) -> list[str]:
        """What a shape says of a value, or a node shape of its node; ``focus`` has the value, where it is another."""
        claims = []
        for name, parameter in self._shapes.parameters(shape):
            if name == "property" and focus != value:
                _unknown("property within sh:property", parameter)
            if name in _SAID or (name in _SETS and focus != value):
                continue
            if made := _SIMPLE.get(name):
                claims.append(made(value, parameter))
            elif name == "class":
                claims.append(self._class(value, parameter))
            elif name == "pattern":
                flags = "".join(f", {flag}" for flag in self._shapes.all(shape, "flags"))
                claims.append(_holds(f"REGEX(STR({value}), {parameter}{flags})"))
            elif name == "in":
                claims.append(_any(f"sameTerm({value}, {item})" for item in self._shapes.items(parameter)))
            elif name == "node":
                claims.append(self._conforms(parameter, value))
            elif name == "not":
                claims.append(f"!{self._conforms(parameter, value)}")
            elif name == "or":
                claims.append(_any(self._conforms(one, value) for one in self._shapes.items(parameter)))
            elif name == "xone":
                claims.append(_one([self._conforms(one, value) for one in self._shapes.items(parameter)]))
            elif name in ("lessThan", "disjoint") and focus != value:
                other = f"?other{next(self._numbers)}"
                wrong = f"sameTerm({value}, {other})" if name == "disjoint" else f"!{_holds(f'{value} < {other}')}"
                claims.append(f"NOT EXISTS {{ {focus} {parameter} {other} . FILTER({wrong}) }}")
            else:
                _unknown(name, parameter)
        return claims

    def _set_claims(self, shape: Term, focus: str) -> Iterator[str]:
        """What a property shape within another says of all values together.

        One step only: the store would look for what stands behind a longer path once for every node.
        """
        steps, whole = self._path(shape)
        if len(steps) > 1:
            _unknown("path", ox.Literal(whole))
        for name, parameter in self._shapes.parameters(shape):
            if name == "minCount" and int(parameter.value) > 0:
                yield f"EXISTS {{ {self._distinct(focus, steps, int(parameter.value))} }}"
            elif name == "maxCount":
                yield f"NOT EXISTS {{ {self._distinct(focus, steps, int(parameter.value) + 1)} }}"
            elif name == "hasValue":
                yield f"EXISTS {{ {self._along(focus, steps, str(parameter))} }}"
            elif name == "uniqueLang":
                _unknown(name, parameter)

    def _distinct(self, focus: str, steps: list[str], n: int) -> str:
        """A pattern that fits where the path has ``n`` values, none of them twice."""
        values = [f"?v{next(self._numbers)}" for _ in range(n)]
        along = [self._along(focus, steps, value) for value in values]
        return " ".join(along + [f"FILTER(!sameTerm({one}, {two}))" for one, two in combinations(values, 2)])

    def _class(self, value: str, cls: Term) -> str:
        return _any(f"EXISTS {{ {value} a {name} }}" for name in self._classes(cls))

    def _conforms(self, shape: Term, value: str) -> str:
        """Whether a value is in every respect as a shape says."""
        if self._shapes.has(shape, "path"):
            claims = self._property_holds(shape, value)
        else:
            claims = self._claims(shape, value, value)
            for inner in self._shapes.all(shape, "property"):
                claims += self._property_holds(inner, value)
        return _all(claims)

    def _property_holds(self, shape: Term, focus: str) -> list[str]:
        steps, _ = self._path(shape)
        inner = f"?v{next(self._numbers)}"
        holds = list(self._set_claims(shape, focus))
        if claims := self._claims(shape, inner, focus):
            holds.append(f"NOT EXISTS {{ {self._along(focus, steps, inner)} {_broken(claims)} }}")
        return holds


def _datatype(value: str, datatype: Term) -> str:
    right = _holds(f"DATATYPE({value}) = {datatype}")
    name = datatype.value.removeprefix(_XSD)
    if datatype.value in (f"{_XSD}string", f"{_RDF}langString"):
        return right
    if name not in _CASTS:
        _unknown("datatype", datatype)
    return f"({right} && {_holds(f'STRLEN(STR({datatype}(STR({value})))) > 0')})"


def _node_kind(value: str, kind: Term) -> str:
    match kind.value.removeprefix(_SH):
        case "IRI":
            return f"isIRI({value})"
        case "Literal":
            return f"isLiteral({value})"
    _unknown("nodeKind", kind)


_SIMPLE: Mapping[str, Callable[[str, Term], str]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minInclusive": lambda value, bound: _holds(f"{value} >= {bound}"),
    "maxInclusive": lambda value, bound: _holds(f"{value} <= {bound}"),
    "minLength": lambda value, length: _holds(f"STRLEN(STR({value})) >= {length}"),
}
"""The constraints on a value that need nothing but the value and their parameter."""


def _holds(expression: str) -> str:
    """What cannot be worked out does not hold."""
    return f"COALESCE({expression}, false)"


def _all(claims: Iterable[str]) -> str:
    return f"({' && '.join(claims) or 'true'})"


def _any(claims: Iterable[str]) -> str:
    return f"({' || '.join(claims) or 'false'})"


def _one(claims: list[str]) -> str:
    """Exactly one of them."""
    return _any(
        _all(claim if at == chosen else f"!{claim}" for at, claim in enumerate(claims)) for chosen in range(len(claims))
    )


def _broken(claims: Iterable[str]) -> str:
    return f"FILTER(!{_all(claims)})"


def _term(term: Any) -> Term:
    if not isinstance(term, Term):
        raise ValueError(f"a shape must be made of IRIs, blank nodes and literals, got {term}")
    return term


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _unknown(name: str, term: Term) -> NoReturn:
    raise ValueError(f"shapes must keep to what kg/check/shacl.py can say in SPARQL, got sh:{name} {term}")
