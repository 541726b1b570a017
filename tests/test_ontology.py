"""The ontology says every word that the code uses, in both languages, and the code uses every word it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import rdflib
from invented import reading
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import KgError
from kg.model import FACT_KINDS, EntityType
from kg.rdf import NS, PREFIXES, derived, meta, quads, vocabulary
from kg.rdf.ontology import find, read

ROOT = Path(__file__).parent.parent
GRAPH = rdflib.Graph().parse(data=read(), format="turtle")
TERMS = sorted({str(s) for s in GRAPH.subjects() if str(s).startswith(NS)})
TABLES = [
    *vocabulary.CLASSES.values(),
    *vocabulary.ROLE_KINDS.values(),
    *vocabulary.DUTY_EDGES.values(),
    *vocabulary.DOCUMENT_TYPES.values(),
    *vocabulary.RELATION_EDGES.values(),
    *vocabulary.EVENT_EDGES.values(),
    *vocabulary.FOLLOWS,
    *(kind.value for kind in EntityType),
]


def emitted() -> set[str]:
    """The words of ours in the quads of a reading with every kind of fact."""
    whole = reading()
    text = "\n".join([*quads(whole), *derived(whole), *meta("1")])
    return set(re.findall(rf"<({re.escape(NS)}[^>]*)>", text))


def values(term: str, predicate: rdflib.URIRef) -> Iterator[rdflib.term.Node]:
    return GRAPH.objects(rdflib.URIRef(term), predicate)


def test_the_ontology_has_a_version_and_a_licence() -> None:
    (ontology,) = GRAPH.subjects(RDF.type, OWL.Ontology)
    (version,) = GRAPH.objects(ontology, OWL.versionIRI)
    assert str(version).startswith(f"{ontology}/")
    assert list(GRAPH.objects(ontology, rdflib.DCTERMS.license))


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_a_label_and_a_definition_in_each_language(term: str) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        texts = [value for value in values(term, predicate) if isinstance(value, rdflib.Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "zh"]
        assert all(text.strip() for text in texts)
    chinese = [str(v) for v in values(term, SKOS.definition) if isinstance(v, rdflib.Literal) and v.language == "zh"]
    assert re.search("[一-龥]", chinese[0])


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_one_type_and_at_most_one_domain(term: str) -> None:
    assert set(values(term, RDF.type)) - {OWL.SymmetricProperty}
    assert len(list(values(term, RDFS.domain))) <= 1
    assert list(values(term, RDFS.isDefinedBy))


def test_labels_tell_the_terms_of_a_type_apart() -> None:
    seen: dict[tuple[str, str], str] = {}
    for term in TERMS:
        kind = min(map(str, values(term, RDF.type)))
        for label in values(term, RDFS.label):
            other = seen.setdefault((kind, f"{label}@{label.language}"), term)  # type: ignore[attr-defined]
            assert other == term, label


def test_what_the_code_says_is_declared() -> None:
    assert emitted() | {NS + word for word in TABLES} <= set(TERMS)


def test_what_is_declared_the_code_says() -> None:
    """Or it stands above something that it says: a wider class, a scheme of concepts."""
    used = emitted() | {NS + word for word in TABLES}
    for field in (field for table in vocabulary.FIELDS.values() for field in table.values()):
        used |= {NS + word for word in (field.words, field.thing, field.order) if word}
    for term in sorted(used):
        for predicate in (RDFS.subClassOf, SKOS.inScheme, RDF.type):
            used |= {str(value) for value in values(term, predicate)}
    assert set(TERMS) - used == set()


def test_terms_of_other_vocabularies_come_from_those_chosen() -> None:
    for mapping in (RDFS.subClassOf, RDFS.subPropertyOf):
        for value in GRAPH.objects(None, mapping):
            assert str(value).startswith(tuple(PREFIXES.values()))


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_each_field_of_a_fact_has_a_property(kind: str) -> None:
    names = {field.name for field in fields(FACT_KINDS[kind])} - {"doc", "evidence", "rule", "section"}
    assert set(vocabulary.FIELDS[kind]) == names
    for field in vocabulary.FIELDS[kind].values():
        assert OWL.DatatypeProperty in set(values(NS + field.words, RDF.type))
        if field.thing:
            assert OWL.ObjectProperty in set(values(NS + field.thing, RDF.type))


def test_a_kind_of_fact_is_a_statement() -> None:
    things = {"GazetteIssue", "OfficialDocument"}  # these are what they say, and need no statement to exist
    for name in set(vocabulary.CLASSES.values()) - things:
        above = set(GRAPH.transitive_objects(rdflib.URIRef(NS + name), RDFS.subClassOf))
        assert rdflib.URIRef(f"{NS}Statement") in above


@pytest.mark.parametrize(("narrow", "wide"), vocabulary.FOLLOWS.items())
def test_wider_edges_are_those_the_ontology_names(narrow: str, wide: tuple[str, ...]) -> None:
    above = set(map(str, GRAPH.transitive_objects(rdflib.URIRef(NS + narrow), RDFS.subPropertyOf)))
    assert {vocabulary.name(qname) for qname in wide} == above - {NS + narrow}


@pytest.mark.parametrize("table", [vocabulary.ROLE_KINDS, vocabulary.DOCUMENT_TYPES], ids=["roles", "types"])
def test_a_word_is_a_label_of_its_concept(table: dict[str, str]) -> None:
    for word, concept in table.items():
        labels = {*values(NS + concept, SKOS.prefLabel), *values(NS + concept, SKOS.altLabel)}
        assert rdflib.Literal(word, lang="zh") in labels


def test_prefixes_mean_the_same_in_the_ontology() -> None:
    declared = dict(re.findall(r"@prefix (\w+):\s+<([^>]+)>", read()))
    assert {prefix: PREFIXES[prefix] for prefix in declared if prefix in PREFIXES} == {
        prefix: iri for prefix, iri in declared.items() if prefix in PREFIXES
    }


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KgError, match=r"nothing\.ttl is missing"):
        find("nothing.ttl")


def test_the_ontology_is_found_in_an_installed_package(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "ontology", tmp_path / "kg" / "ontology")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import kg.rdf.ontology as o\nassert o.__file__.startswith(sys.path[0])\nprint(o.find(), len(o.read()) > 1000)"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert run.stdout.split() == [str(tmp_path / "kg" / "ontology" / "gazette.ttl"), "True"]
