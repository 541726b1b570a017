"""Names and values are written as N-Quads terms that no text out of a source can break.

IRIs keep Chinese characters as they are; whatever RFC 3987 does not allow in a path, and blanks and invisible
characters besides, are percent-encoded. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kg.errors import KgError
from kg.grammar.dates import stretch

__all__ = ["BASE", "NS", "boolean", "check_base", "date_value", "decimal", "iri", "json_value", "last_day"]
__all__ += ["literal", "segment", "tagged", "typed"]

NS = "https://w3id.org/gongbao/ns#"
"""The vocabulary: every term of ontology/gazette.ttl starts with it."""

BASE = "https://w3id.org/gongbao/id/"
"""Where resources stand unless the user sets another base."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"

_SURROGATE = re.compile("[\ud800-\udfff]")
# Allowed in a path by RFC 3987, less the blanks and the invisible characters among them: two IRIs that look
# the same should be the same. Private-use characters and non-characters are not allowed in a path at all.
_NOT_IN_PATH = re.compile(
    "[^A-Za-z0-9\\-._~!$&'()*+,;=:@/%"
    "\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
    "|%(?![0-9A-Fa-f]{2})"
)
# Everything that str.splitlines, a terminal or an N-Quads reader might take for something else than text.
_NOT_IN_LITERAL = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#]")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))


def _path(text: str) -> str:
    return _NOT_IN_PATH.sub(_percent, _SURROGATE.sub("\ufffd", text))


@lru_cache(maxsize=65536)
def segment(name: str) -> str:
    """A name becomes one segment of a path: ``/`` and ``%`` in it are percent-encoded too."""
    text = _path(name.replace("%", "%25")).replace("/", "%2F")
    # A segment of dots would be taken away by whoever normalises the path.
    return text.replace(".", "%2E") if text in (".", "..") else text


@lru_cache(maxsize=65536)
def iri(base: str, key: str) -> str:
    """The N-Quads term for the resource ``key`` below ``base``; the key is a path and keeps its ``/``."""
    return f"<{base}{_path(key)}>"


def check_base(base: str) -> str:
    """The base itself, if resources can stand below it. Raises KgError where they cannot."""
    if not _BASE.fullmatch(base):
        raise KgError(f"the base of all resources must be an absolute IRI that ends in '/' or '#', got {base!r}")
    return base


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def literal(text: str) -> str:
    """A plain string."""
    return f'"{_NOT_IN_LITERAL.sub(_escape, text)}"'


def tagged(text: str, language: str) -> str:
    """A string in a language, as in ``"财政局"@zh``."""
    return f"{literal(text)}@{language}"


def typed(text: str, name: str) -> str:
    """A literal of the XML Schema type ``name``."""
    return f"{literal(text)}^^<{_XSD}{name}>"


def boolean(value: bool) -> str:
    """True or false."""
    return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'


def json_value(text: str) -> str:
    """A JSON text as ``rdf:JSON``."""
    return f"{literal(text)}^^<{_RDF_JSON}>"


def decimal(value: Decimal) -> str:
    """A number without exponent and without idle zeros, so that equal numbers are the same term."""
    if not value.is_finite():
        raise KgError(f"an amount or a value must be a finite number, got {value}")
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f'"{"0" if digits in ("", "-0") else digits}"^^<{_XSD}decimal>'


def date_value(text: str) -> str:
    """A date as precise as the text: xsd:date, xsd:gYearMonth or xsd:gYear; a plain string if it is none."""
    match last_day(text), text.count("-"):
        case None, _:
            return literal(text)
        case _, 2:
            return typed(text, "date")
        case _, 1:
            return typed(text, "gYearMonth")
        case _:
            return typed(text, "gYear")


def last_day(text: str) -> date | None:
    """The last day that a date, a month or a year in ISO 8601 means; None if the text is none of them."""
    found = stretch(text)
    return found[1] if found else None
