"""The graph in the syntaxes of RDF, subject by subject: no more of it is held at a time than a few thousand quads.

N-Quads and TriG keep the named graphs; Turtle and RDF/XML, which have none, hold the default graph: every
thing by one IRI, a triple once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import TypeVar
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import PREFIXES
from kg.rdf.vocabulary import name
from kg.store import Store

__all__ = ["in_order", "nq", "rdfxml", "trig", "ttl", "xml_text"]

T = TypeVar("T")

_BATCH = 2000
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCAL = re.compile(r"[^\W\d][\w.\-]*$")
_STRING = name("xsd:string")


def nq(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """N-Quads: a quad a line."""
    for quad in quads:
        yield f"{quad} .\n"


def trig(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """TriG of quads that come graph by graph and subject by subject."""
    yield _prefixes()
    for batch in _batches(list(group) for _, group in groupby(quads, lambda quad: (quad.graph_name, quad.subject))):
        yield _serialized(batch, ox.RdfFormat.TRIG)


def in_order(store: Store) -> Iterator[ox.Quad]:
    """The quads of a store, graph by graph, sorted in each."""
    for graph in store.graphs():
        for subject in store.subjects(graph):
            yield from store.about(subject, graph)


def ttl(store: Store) -> Iterator[str]:
    """Turtle: the default graph."""
    yield _prefixes()
    for batch in _batches(store.merged()):
        yield _serialized(batch, ox.RdfFormat.TURTLE)


def rdfxml(store: Store) -> Iterator[str]:
    """RDF/XML: the default graph. What XML cannot hold, a control character, is U+FFFD."""
    spaces = "".join(f"\n  xmlns:{prefix}={quoteattr(space)}" for prefix, space in sorted(PREFIXES.items()))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
    for triples in store.merged():
        about = quoteattr(_resource(triples[0].subject))
        lines = [f"<rdf:Description rdf:about={about}>"]
        lines += [f"  {_element(triple.predicate.value, triple.object)}" for triple in triples]
        yield "\n".join([*lines, "</rdf:Description>\n"])
    yield "</rdf:RDF>\n"


def xml_text(text: str) -> str:
    """A text that XML 1.0 can hold: what it cannot is U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _prefixes() -> str:
    # Oxigraph writes prefixes in an order that changes from run to run, and before each batch.
    return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in sorted(PREFIXES.items()))


def _serialized(batch: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat) -> str:
    data = ox.serialize(batch, format=form, prefixes=dict(PREFIXES)) or b""
    return data.decode("utf-8").split("\n", len(PREFIXES))[-1]


def _batches(groups: Iterable[list[T]]) -> Iterator[list[T]]:
    """The groups put together to batches of some thousand, none torn apart."""
    batch: list[T] = []
    for group in chain(groups, ([],)):
        if len(batch) >= _BATCH or (batch and not group):
            yield batch
            batch = []
        batch.extend(group)


def _resource(term: object) -> str:
    assert isinstance(term, ox.NamedNode)  # the graph has no blank nodes
    return term.value


def _element(predicate: str, value: object) -> str:
    tag, space = _tag(predicate)
    if isinstance(value, ox.NamedNode):
        return f"<{tag}{space} rdf:resource={quoteattr(value.value)}/>"
    assert isinstance(value, ox.Literal)
    kind = ""
    if value.language:
        kind = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype.value != _STRING:
        kind = f" rdf:datatype={quoteattr(value.datatype.value)}"
    # A reader of XML takes a bare carriage return for a line break.
    text = escape(xml_text(value.value), {"\r": "&#13;"})
    return f"<{tag}{space}{kind}>{text}</{tag}>"


def _tag(predicate: str) -> tuple[str, str]:
    """The predicate as the name of an element, and the declaration of its namespace if it has no prefix."""
    for prefix, space in PREFIXES.items():
        if predicate.startswith(space) and _LOCAL.fullmatch(predicate[len(space) :]):
            return f"{prefix}:{predicate[len(space) :]}", ""
    if not (local := _LOCAL.search(predicate)):
        raise KgError(f"RDF/XML cannot name the property {predicate}: export to another syntax")
    return f"p:{local[0]}", f" xmlns:p={quoteattr(predicate[: local.start()])}"
