"""Requests of the SPARQL 1.1 Protocol (W3C Recommendation, section 2.1) and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox

__all__ = ["FORM", "Asked", "Refused", "asked", "named_node"]

FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 200


class Refused(Exception):  # noqa: N818  # it is an answer, and becomes one
    """A request that is not answered with what it asks for."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Asked:
    """A query operation."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str = ""
    """The form by name, where ``format=`` asks for one."""


def named_node(iri: str, what: str = "iri") -> ox.NamedNode:
    """The node of an IRI that a request gives. Raises Refused for what is none."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise Refused(400, f"{what} must be an absolute IRI, got {iri!r}") from error


def asked(method: str, address: bytes, media: str, body: bytes) -> Asked | None:
    """What a request to the endpoint asks; None for a GET without a query, which asks what the endpoint is.

    ``address`` is the query string of the URL. Raises Refused, with the status that the protocol names, for what is no
    query operation: two queries, no query, an update, a body of another type or not in UTF-8.
    """
    fields = _fields(address, "the query string")
    if method == "GET":
        if not any(name in ("query", "update") for name, _ in fields):
            return None
        return _operation(fields)
    kind, _, parameters = media.partition(";")
    kind = kind.strip().lower()
    if kind == FORM:
        return _operation([*_fields(body, "the body"), *((n, v) for n, v in fields if n == "format")])
    if kind == _QUERY:
        _utf8_only(parameters)
        if any(name == "query" for name, _ in fields):
            raise Refused(400, "the query must stand in the body or in the query string, not in both")
        return _operation([("query", _text(body, "the body")), *fields])
    if kind == _UPDATE:
        raise Refused(403, "updates are refused: this endpoint reads and does not write")
    raise Refused(415, f"the body must be {_QUERY} or {FORM}, got {kind or 'no Content-Type'}")


def _operation(fields: list[tuple[str, str]]) -> Asked:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise Refused(403, "updates are refused: this endpoint reads and does not write")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"there must be exactly one query, got {len(queries)}")
    return Asked(
        queries[0],
        tuple(value for name, value in fields if name == "default-graph-uri"),
        tuple(value for name, value in fields if name == "named-graph-uri"),
        next((value for name, value in fields if name == "format"), ""),
    )


def _fields(data: bytes, where: str) -> list[tuple[str, str]]:
    text = _text(data, where)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, f"{where} must be percent-encoded UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"{where} must have at most {_MOST_FIELDS} fields") from error


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"{where} must be UTF-8, byte {error.start} is not") from error


def _utf8_only(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset" and value.strip('"').lower() not in ("utf-8", "utf8"):
            raise Refused(415, f"the body must be in UTF-8, got charset {value}")
