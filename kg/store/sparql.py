"""A query is made ready: prefixes and parameters are put in, and what must not be asked is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import PREFIXES

__all__ = ["Bound", "Value", "among", "bound", "refusal", "term", "without_service"]

Value = str | bool | int | float | Decimal | date | ox.NamedNode | ox.Literal
"""What a parameter may be given as; text is always a string literal, never a part of the query."""
Bound = Value | tuple[ox.NamedNode, ...]
"""What stands in a query for a parameter: a value, or things one behind the other, as ``VALUES`` takes them."""

_SURROGATE = re.compile("[\ud800-\udfff]")
# The word, other than in a ?variable or behind the colon of a name: Oxigraph takes SERVICESILENT<…> and 1SERVICE<…> too.
_SERVICE = re.compile(r"[?$]\w*?service|:[\w-]*?service|(?P<first>s)(?P<rest>ervice)", re.IGNORECASE | re.ASCII)
_UPDATE = re.compile(
    r"(?:\s|#[^\n]*\n|PREFIX\s[^<]*<[^>]*>|BASE\s[^<]*<[^>]*>)*+(?:INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\b",
    re.IGNORECASE | re.ASCII,
)
# Text that is no code, in the order in which a reader of SPARQL tries it; then a parameter.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*"
    r"|\$(?P<name>\w+)",
    re.DOTALL,
)


def term(value: Value) -> ox.NamedNode | ox.Literal:
    """The RDF term for a Python value."""
    match value:
        case ox.NamedNode() | ox.Literal():
            return value
        case str() if not value.isascii() and _SURROGATE.search(value):
            raise KgError(f"a parameter must be text that UTF-8 can hold, got {value!r}")
        case str() | bool() | int() | float():
            return ox.Literal(value)
        case Decimal():
            return ox.Literal(format(value, "f"), datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))
        case date():
            return ox.Literal(value.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    raise KgError(f"a parameter must be text, a number, a date or an RDF term, got {value!r}")


_PATTERN = re.compile(r"WHERE \{(?:\s*GRAPH \?\w+ \{)?|OPTIONAL \{")
"""Where a pattern begins."""


def among(sparql: str, variable: str) -> str:
    """The query about some things alone: those that ``$nodes`` will stand for, as the values of a variable.

    They are named in each OPTIONAL too: what stands in one is else gathered for all things, and only then held against these.
    """
    return _PATTERN.sub(lambda begins: f"{begins[0]} VALUES ?{variable} {{ $nodes }}", sparql)


def bound(sparql: str, bindings: Mapping[str, Bound]) -> str:
    """The query with a complete RDF term in the place of each parameter ``$name``, outside of strings, IRIs and comments."""
    terms = {name: _written(value) for name, value in bindings.items()}

    def put(match: re.Match[str]) -> str:
        return terms.get(match["name"] or "", match[0])

    return _TOKEN.sub(put, sparql)


def _written(value: Bound) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(term(value))


def without_service(sparql: str) -> str:
    """The query with an escape for the first letter of every SERVICE, which as a keyword then means nothing.

    In a string, an IRI or a comment it means the same, and elsewhere Oxigraph knows no escapes: so no reading of the query
    but Oxigraph's own decides what is a keyword.
    """
    return _SERVICE.sub(lambda word: rf"\u{ord(word['first']):04x}{word['rest']}" if word["first"] else word[0], sparql)


def refusal(error: SyntaxError, sparql: str) -> KgError:
    """What is to be said of a query that cannot be read: an update is one, and is named as such, and so is SERVICE."""
    if _UPDATE.match(sparql):
        return KgError("updates are refused: the query must be one that reads and does not write")
    if without_service(sparql) != sparql:
        return KgError(
            "the query must not use SERVICE, nor the word outside of strings, IRIs and ?variables: kg opens no connection to "
            f"another machine; {_position(error)}"
        )
    return KgError(f"the query must be SPARQL 1.1 that reads and does not write; {_position(error)}")


def _position(error: SyntaxError) -> str:
    # Oxigraph prints every character class it would have taken: the place and the first line say enough.
    first = str(error).splitlines()[0] if str(error) else "it cannot be read"
    return first if len(first) <= 160 else f"{first[:157]}…"
