"""Which form an answer takes: by the Accept header of HTTP (RFC 9110, section 12.5.1), over the forms there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["GRAPHS", "PAGES", "SOLUTIONS", "Form", "chosen", "named"]


class Form(NamedTuple):
    """A form that answers are written in."""

    name: str
    """By which ``format=`` asks for it."""
    media: str
    others: tuple[str, ...] = ()
    """Other media types that mean the same."""


SOLUTIONS = (
    Form("json", "application/sparql-results+json", ("application/json", "text/json")),
    Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Form("csv", "text/csv"),
    Form("tsv", "text/tab-separated-values"),
)
"""Of SELECT and ASK, the first where nothing else is asked for."""
GRAPHS = (
    Form("turtle", "text/turtle", ("application/x-turtle", "application/turtle")),
    Form("ntriples", "application/n-triples", ("text/plain",)),
    Form("jsonld", "application/ld+json", ("application/json",)),
    Form("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
)
"""Of CONSTRUCT and DESCRIBE, of a graph and of what is said of a thing."""
PAGES = (Form("html", "text/html", ("application/xhtml+xml",)),)
"""For people."""

_RANGE = re.compile(r"\s*(?P<type>[\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*(?P<parameters>(?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*(?P<q>[01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def chosen(accept: str, forms: Sequence[Form]) -> Form | None:
    """The form that the header asks for most, the earlier one of two it likes the same; None where it takes none."""
    if not accept.strip():
        return forms[0]
    ranges = [_preference(part) for part in accept.split(",")]
    best, quality = None, 0.0
    for form in forms:
        wanted = max(
            (_quality(media, ranges) for media in (form.media, *form.others)),
            default=0.0,
        )
        if wanted > quality:
            best, quality = form, wanted
    return best


def named(name: str, forms: Sequence[Form]) -> Form | None:
    """The form of that name or media type."""
    wanted = name.strip().lower()
    return next((form for form in forms if wanted in (form.name, form.media, *form.others)), None)


def _preference(part: str) -> tuple[str, float]:
    found = _RANGE.fullmatch(part.rstrip())
    if not found:
        return "", 0.0
    quality = _QUALITY.search(found["parameters"])
    return found["type"].lower(), float(quality["q"]) if quality else 1.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much the media type is wanted, by the most specific range that has it."""
    for pattern in (media, f"{media.partition('/')[0]}/*", "*/*"):
        for name, quality in ranges:
            if name == pattern:
                return quality
    return 0.0
