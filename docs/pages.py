"""Writes the page of the ontology: every term with its names, definition, example, place and mappings; every concept.

    make docs                     writes ontology/context.jsonld (context.py) and outputs/docs/index.html
    python docs/pages.py FOLDER   writes the page alone

One file that opens offline. The anchor of a term is the fragment of its IRI, so that the page can be served at the
namespace itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from kg.rdf import NS, PREFIXES

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
VCARD = "http://www.w3.org/2006/vcard/ns#"
GZ = rdflib.Namespace(NS)

KINDS = (
    (OWL.Class, "类", "Classes"),
    (OWL.ObjectProperty, "对象属性", "Object properties"),
    (OWL.DatatypeProperty, "数据属性", "Datatype properties"),
    (OWL.AnnotationProperty, "标注属性", "Annotation properties"),
)
RELATIONS = (
    (RDFS.subClassOf, "上位类", "subclass of"),
    (RDFS.subPropertyOf, "上位属性", "subproperty of"),
    (RDFS.domain, "定义域", "domain"),
    (RDFS.range, "值域", "range"),
    (SKOS.broader, "上位概念", "broader"),
    (SKOS.member, "成员", "members"),
    (GZ.element, "公文要素", "element"),
    (SKOS.closeMatch, "近似", "close match"),
    (DCTERMS.source, "出处", "source"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A term or a text that something is related to."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What the page says of a term."""

    key: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    examples: tuple[str, ...]
    others: tuple[str, ...]
    """Other names, of a concept."""
    relations: tuple[tuple[str, str, tuple[Link, ...]], ...]
    """What it is related by, in both languages, and to what."""
    demands: tuple[tuple[str, str], ...]
    """What the shapes demand of an instance, of a class."""
    note: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page."""

    key: str
    zh: str
    en: str
    terms: tuple[Term, ...]
    definition: tuple[str, str] | None = None


class Page:
    """The graphs that the page is made of."""

    def __init__(self) -> None:
        files = (ONTOLOGY / "gazette.ttl", *sorted((ONTOLOGY / "schemes").glob("*.ttl")), ONTOLOGY / "alignments.ttl")
        texts = [file.read_text(encoding="utf-8") for file in files]
        self.graph = rdflib.Graph()
        for text in texts:
            self.graph.parse(data=text, format="turtle")
        terms = dict.fromkeys(re.findall(r"^gz:(\w+)", "\n".join(texts), re.MULTILINE))
        self._order = {NS + term: place for place, term in enumerate(terms)}
        self.shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")

    def parts(self) -> Iterator[Part]:
        """Classes, properties, then the schemes of concepts."""
        for kind, zh, en in KINDS:
            yield Part(en.replace(" ", "-").lower(), zh, en, tuple(map(self.term, self._ours(RDF.type, kind))))
        for scheme in self._ours(RDF.type, SKOS.ConceptScheme):
            told = self.term(scheme)
            concepts = [*self._ours(SKOS.inScheme, scheme)]
            if collections := [
                c for c in self._ours(RDF.type, SKOS.Collection) if self.graph.value(c, SKOS.member) in concepts
            ]:
                concepts += collections
            terms = tuple(map(self.term, concepts))
            yield Part(told.key, told.zh, told.en, terms, (told.definition_zh, told.definition_en))

    def term(self, term: rdflib.term.Node) -> Term:
        definition, label, note = (
            self._both(self.graph, term, p) for p in (SKOS.definition, RDFS.label, SKOS.editorialNote)
        )
        return Term(
            key=str(term).removeprefix(NS),
            zh=label[0],
            en=label[1],
            definition_zh=definition[0],
            definition_en=definition[1],
            examples=tuple(sorted(map(str, self.graph.objects(term, SKOS.example)))),
            others=tuple(sorted(map(str, self.graph.objects(term, SKOS.altLabel)))),
            relations=tuple(
                (zh, en, links)
                for predicate, zh, en in RELATIONS
                if (links := tuple(map(_link, sorted(self.graph.objects(term, predicate), key=self._place))))
            ),
            demands=tuple(self._demands(term)),
            note=note if any(note) else None,
        )

    def _ours(self, predicate: rdflib.URIRef, value: rdflib.term.Node) -> list[rdflib.term.Node]:
        return sorted((s for s in self.graph.subjects(predicate, value) if str(s).startswith(NS)), key=self._place)

    def _place(self, node: rdflib.term.Node) -> tuple[int, str]:
        """Terms come in the order of the files; what is not ours behind them, by its name."""
        return self._order.get(str(node), len(self._order)), str(node)

    def _demands(self, term: rdflib.term.Node) -> Iterator[tuple[str, str]]:
        for shape in self.shapes.subjects(SH.targetClass, term):
            tellers = [shape, *self.shapes.objects(shape, SH.property)]
            said = (self._both(self.shapes, teller, SH.message) for teller in tellers)
            yield from sorted(message for message in said if any(message))

    def _both(self, graph: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.URIRef) -> tuple[str, str]:
        said = {str(text.language): str(text) for text in _literals(graph.objects(term, predicate))}
        return said.get("zh", ""), said.get("en", "")


def _literals(nodes: Iterable[rdflib.term.Node]) -> Iterator[rdflib.Literal]:
    return (node for node in nodes if isinstance(node, rdflib.Literal))


def _link(node: rdflib.term.Node) -> Link:
    """A term of ours stands on the page; another one at its own address, by its prefix."""
    if isinstance(node, rdflib.Literal):
        return Link(str(node))
    for prefix, space in {**PREFIXES, "vcard": VCARD}.items():
        if str(node).startswith(space):
            local = str(node).removeprefix(space)
            return Link(f"{prefix}:{local}", f"#{local}" if space == NS else str(node))
    return Link(str(node), str(node))


def html() -> str:
    """The page."""
    page = Page()
    ontology = rdflib.URIRef("https://w3id.org/gongbao/ns")
    names = {str(title.language): str(title) for title in _literals(page.graph.objects(ontology, DCTERMS.title))}
    texts = {str(text.language): str(text) for text in _literals(page.graph.objects(ontology, DCTERMS.description))}
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string((Path(__file__).parent / "page.html.template").read_text(encoding="utf-8"))
    return template.render(
        ontology=ontology,
        names=names,
        texts=texts,
        version=page.graph.value(ontology, OWL.versionInfo),
        version_iri=page.graph.value(ontology, OWL.versionIRI),
        licence=page.graph.value(ontology, DCTERMS.license),
        prefixes={**PREFIXES, "vcard": VCARD},
        parts=list(page.parts()),
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "outputs" / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html(), encoding="utf-8")
    print(folder / "index.html")
