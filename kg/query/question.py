"""A question is a SPARQL query in a file with a name, two titles and parameters in the comments at its head.

::

    # title: Who holds a post
    # title-zh: 谁任某职
    # param: post string "局长" 职务名称 / a post's title
    SELECT ?person ?organization WHERE {
      ?holding a gz:PostHolding ; gz:postTitle ?title ; gz:personName ?person ; gz:organizationName ?organization .
      FILTER(CONTAINS(?title, $post))
    }

A parameter stands in the query as ``$name`` wherever a literal may stand, and nowhere else; ``?name`` is an ordinary
variable. Its value is put in as a complete RDF term, so no text can become a part of the query. A parameter without
a default in quotes must be given. One of the type ``words`` is searched for: ``VALUES ?thing { $words }`` binds the
things that were found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import last_day
from kg.store import Value

__all__ = ["Parameter", "Question", "parse", "read_all"]

_HEADER = re.compile(r"#\s*(title|title-zh|param)\s*:\s*(.*)")
_PARAMETER = re.compile(r'(?P<name>\w+)\s+(?P<type>\w+)(?:\s+"(?P<default>[^"]*)")?\s+(?P<zh>.+?)\s+/\s+(?P<en>.+)')


def _integer(text: str) -> Value:
    return int(text)


def _decimal(text: str) -> Value:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return value


def _date(text: str) -> Value:
    """A day; a month or a year is its last day."""
    if (day := last_day(text)) is None:
        raise ValueError(text)
    return day


_TYPES: Mapping[str, tuple[Callable[[str], Value], str]] = {
    "string": (str, "text"),
    "integer": (_integer, "a whole number"),
    "decimal": (_decimal, "a number"),
    "date": (_date, "a date such as 2020-06-30, 2020-06 or 2020"),
    "iri": (ox.NamedNode, "an absolute IRI"),
    "words": (str, "text to search"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be asked with."""

    name: str
    type: str
    """One of string, integer, decimal, date, iri, words."""
    title_zh: str
    title_en: str
    default: str | None = None
    """The text that stands for it where none is given; without one it must be given."""

    def value(self, text: str) -> Value:
        """The text as a value of the parameter's type. Raises KgError where it is none."""
        read, expected = _TYPES[self.type]
        try:
            return read(text)
        except (ValueError, InvalidOperation) as error:
            raise KgError(f"the parameter {self.name} must be {expected}, got {text!r}") from error


@dataclass(frozen=True, slots=True)
class Question:
    """A named SPARQL query."""

    name: str
    title_zh: str
    title_en: str
    parameters: tuple[Parameter, ...]
    text: str = field(repr=False)

    def bindings(self, given: Mapping[str, str]) -> dict[str, Value]:
        """The values of all parameters. Raises KgError for an unknown, a missing and an ill-typed one."""
        known = {parameter.name for parameter in self.parameters}
        if unknown := sorted(set(given) - known):
            has = ", ".join(sorted(known)) or "no parameters"
            raise KgError(f"the question {self.name} has {has}, got {', '.join(unknown)}")
        values = {}
        for parameter in self.parameters:
            text = given.get(parameter.name, parameter.default)
            if text is None:
                raise KgError(
                    f"the question {self.name} needs {parameter.name} ({parameter.title_zh} / {parameter.title_en})"
                )
            values[parameter.name] = parameter.value(text)
        return values


def parse(name: str, text: str) -> Question:
    """The question in the text of a ``.rq`` file. Raises KgError that names it where its head is not in order."""
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not (header := _HEADER.fullmatch(line.strip())):
            continue
        key, value = header[1], header[2].strip()
        if key != "param":
            titles[key] = value
            continue
        found = _PARAMETER.fullmatch(value)
        if not found or found["type"] not in _TYPES:
            raise KgError(
                f'{name}.rq: a parameter must be written as: # param: name type "default" 中文 / English, '
                f"its type one of {', '.join(_TYPES)}; got {value!r}"
            )
        if not re.search(rf"\${found['name']}\b", text):
            raise KgError(f"{name}.rq: the parameter {found['name']} must stand in the query as ${found['name']}")
        parameters.append(Parameter(found["name"], found["type"], found["zh"], found["en"], found["default"]))
    for key in ("title", "title-zh"):
        if not titles.get(key):
            raise KgError(f"{name}.rq: must have a line '# {key}: …' at its head")
    return Question(name, titles["title-zh"], titles["title"], tuple(parameters), text)


def read_all(folder: str) -> list[Question]:
    """The questions in a folder of this package, by name."""
    found: list[Traversable] = [
        entry for entry in (files("kg.query") / folder).iterdir() if entry.name.endswith(".rq") and entry.is_file()
    ]
    return [
        parse(entry.name.removesuffix(".rq"), entry.read_text(encoding="utf-8"))
        for entry in sorted(found, key=lambda entry: entry.name)
    ]
