"""The graph as JSON-LD 1.1 by a context: a named graph holds a node object a subject, a line each.

A value is as short as the context makes it and never another than the graph's: a term is used where its type or
language is the value's own, a prefixed name with the type written out everywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import PREFIXES
from kg.rdf.ontology import find
from kg.rdf.vocabulary import name
from kg.store import Store

__all__ = ["jsonld", "own_context", "read_context"]

_TYPE, _STRING = name("rdf:type"), name("xsd:string")
_DELIMITERS = (":", "/", "?", "#", "[", "]", "@")
_SIMPLE = frozenset({"@id", "@type", "@language", "@container", "@prefix", "@protected"})
"""Keys of a term's definition that this writer obeys; a term with another is not used."""


def read_context(path: str | Path) -> Mapping[str, Any]:
    """The context in a file. Raises KgError where there is none, or where it is to be fetched from elsewhere."""
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise KgError(f"{path}: cannot be read as a JSON-LD context: {error}") from error
    return _context(document, str(path))


def own_context() -> Mapping[str, Any]:
    """The context of the ontology, if it has one; else the project's prefixes."""
    try:
        found = find("context.jsonld")
    except KgError:
        return {"@version": 1.1, **dict(sorted(PREFIXES.items()))}
    return _context(json.loads(found.read_text(encoding="utf-8")), "context.jsonld")


def _context(document: object, where: str) -> Mapping[str, Any]:
    context = document.get("@context", document) if isinstance(document, dict) else document
    merged: dict[str, Any] = {}
    for part in context if isinstance(context, list) else [context]:
        if not isinstance(part, dict) or "@import" in part:
            raise KgError(
                f"{where}: a JSON-LD context must be an object, or several in a list; kg opens no connection to fetch one"
            )
        merged |= part
    return merged


def jsonld(store: Store, context: Mapping[str, Any] | None = None) -> Iterator[str]:
    """The named graphs, each with its node objects. The context is written along."""
    given = own_context() if context is None else context
    words = _Words(given)
    yield f'{{"@context": {_json(given)},\n"@graph": ['
    graphs = store.graphs()
    for number, graph in enumerate(graphs):
        yield f'{"," if number else ""}\n{{"@id": {_json(graph)}, "@graph": ['
        for place, subject in enumerate(store.subjects(graph)):
            yield f"{',' if place else ''}\n{_json(words.node(subject, store.about(subject, graph)))}"
        yield "\n]}"
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Term(NamedTuple):
    key: str
    type: str | None = None
    """``@id``, ``@vocab`` or the IRI of a datatype."""
    language: str | None = None
    always_a_list: bool = False


class _Words:
    """What the context calls IRIs and values."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context
        self._language = context.get("@language")
        self._vocab = context.get("@vocab") or ""
        self._prefixes = dict(self._find_prefixes())
        self._terms: dict[str, list[_Term]] = {}
        self._classes: dict[str, str] = {}
        for key, definition in sorted(context.items()):
            if not key.startswith("@"):
                self._add(key, definition)

    def _find_prefixes(self) -> Iterator[tuple[str, str]]:
        for key, definition in self._context.items():
            if key.startswith("@") or ":" in key:
                continue
            match definition:
                case str(iri) if iri.endswith(_DELIMITERS):
                    yield key, iri
                case {"@id": str(iri), "@prefix": True}:
                    yield key, iri

    def _add(self, key: str, definition: object) -> None:
        if isinstance(definition, str):
            definition = {"@id": definition}
        if not isinstance(definition, dict) or not definition.keys() <= _SIMPLE:
            return
        iri = self._expand(definition.get("@id") or key)
        container = definition.get("@container")
        containers = {container} if isinstance(container, str) else set(container or ())
        if iri is None or not containers <= {"@set"} or key in self._prefixes:
            return
        kind, language = definition.get("@type"), definition.get("@language", self._language)
        kind = kind if kind in (None, "@id", "@vocab") else self._expand(str(kind)) or "@unknown"
        self._terms.setdefault(iri, []).append(
            _Term(key, kind, None if kind else language, always_a_list=bool(containers))
        )
        self._classes.setdefault(iri, key)

    def _expand(self, text: str) -> str | None:
        prefix, colon, local = text.partition(":")
        if colon and prefix in self._prefixes and not local.startswith("//"):
            return self._prefixes[prefix] + local
        if colon:
            return text
        return f"{self._vocab}{text}" if self._vocab and not text.startswith("@") else None

    def node(self, subject: str, quads: list[ox.Quad]) -> dict[str, Any]:
        """The node object of a subject."""
        node: dict[str, Any] = {"@id": subject}
        for quad in quads:
            predicate, value = quad.predicate.value, quad.object
            if predicate == _TYPE and isinstance(value, ox.NamedNode):
                term, written = _Term("@type"), self._class(value.value)
            else:
                term, written = self._said(predicate, value)
            if term.key in node and not isinstance(node[term.key], list):
                node[term.key] = [node[term.key]]
            if term.key in node:
                node[term.key].append(written)
            else:
                node[term.key] = [written] if term.always_a_list else written
        return node

    def _class(self, iri: str) -> Any:
        return self._classes.get(iri) or self._short(iri)

    def _said(self, predicate: str, value: object) -> tuple[_Term, Any]:
        """The key and the value of one triple: the term made for such values, else one that makes nothing of them."""
        terms = [*self._terms.get(predicate, ()), self._curie(predicate)]
        for term in terms:
            if (text := self._bare(term, value)) is not None:
                return term, text
        return next(term for term in terms if term.type is None), self._full(value)

    def _bare(self, term: _Term, value: object) -> str | None:
        """The value as a mere string, if the term says all that it leaves out."""
        if isinstance(value, ox.NamedNode):
            return value.value if term.type in ("@id", "@vocab") else None
        assert isinstance(value, ox.Literal)
        if value.language:
            return value.value if term.type is None and (term.language or "").lower() == value.language else None
        wanted = None if value.datatype.value == _STRING else value.datatype.value
        return value.value if term.type == wanted and (wanted or term.language is None) else None

    def _full(self, value: object) -> Any:
        if isinstance(value, ox.NamedNode):
            return {"@id": value.value}
        assert isinstance(value, ox.Literal)
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value != _STRING:
            return {"@value": value.value, "@type": self._short(value.datatype.value)}
        return {"@value": value.value}

    def _curie(self, predicate: str) -> _Term:
        key = self._short(predicate)
        # A context may define a prefixed name itself, with a type: the whole IRI is then the one that says nothing.
        return _Term(predicate if key in self._context else key, language=self._language)

    def _short(self, iri: str) -> str:
        for prefix, space in self._prefixes.items():
            local = iri.removeprefix(space)
            if local != iri and local and not local.startswith("//") and f"{prefix}:{local}" not in self._context:
                return f"{prefix}:{local}"
        return iri
