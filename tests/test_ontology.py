"""The ontology says every word that the code uses, in both languages, and the code uses every word it says.

Its files are held together: a term of another vocabulary exists there, nothing contradicts anything, examples run, and
the context and the tables that are made of the ontology are those that stand beside it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from identities import of_every_kind
from invented import LINES, NOTICE, reading, store_of
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, XSD

from kg.contradictions import CLAIMS
from kg.errors import KgError
from kg.lexicon import parts, words
from kg.model import FACT_KINDS, EntityType
from kg.rdf import NS, PREFIXES, vocabulary
from kg.rdf.ontology import find, read

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "ontology").rglob("*.ttl"))
SCHEMES = [file for file in FILES if file.parent.name == "schemes"]
VOCABULARY = [ROOT / "ontology" / "gazette.ttl", ROOT / "ontology" / "alignments.ttl", *SCHEMES]


def graph_of(*files: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


GRAPH = graph_of(*VOCABULARY)
TERMS = sorted({str(s) for s in GRAPH.subjects() if str(s).startswith(NS)})
CONCEPTS = sorted(map(str, GRAPH.subjects(RDF.type, SKOS.Concept)))
TABLES = [
    *vocabulary.CLASSES.values(),
    *vocabulary.ROLE_KINDS.values(),
    *filter(None, vocabulary.POST_KINDS.values()),
    *("PostDeputy", "PostActing"),
    *vocabulary.MODALITY_KINDS.values(),
    *vocabulary.DUTY_EDGES.values(),
    *vocabulary.DOCUMENT_TYPES.values(),
    *vocabulary.RELATION_EDGES.values(),
    *vocabulary.EVENT_KINDS.values(),
    *vocabulary.EVENT_EDGES.values(),
    *vocabulary.FOLLOWS,
    *(kind.value for kind in EntityType),
    *(claim.concept for claim in CLAIMS.values()),
]
APPOINTED = next(line for line in LINES if line["kind"] == "appointment")


def lines() -> list[str]:
    hired = {**APPOINTED, "title": "总工程师", "note": "聘期三年", "quote": "聘任闻一苇为区财政局总工程师(聘期三年)"}
    turned: dict[str, Any] = {
        "kind": "deadline",
        "start": "2031-05-01",
        "end": "2031-04-30",
        "quote": "五月一日至四月三十日",
    }
    sums = [
        {"kind": "target", "subject": subject, "value": value, "unit": "人", "quote": quote}
        for subject, value, quote in (
            ("招聘", 6, "招聘6人"),
            ("教师", 1, "，其中：教师1人"),
            ("医师", 2, "、医师2人"),
            ("农技员", 4, "、农技员4人"),
        )
    ]
    more = reading(({"doc": NOTICE, **line} for line in (turned, *sums)), name="另一期.txt", between="")
    return [*store_of(reading([*LINES, hired]), more).dump().decode().splitlines(), *of_every_kind()]


def emitted() -> set[str]:
    """The words of ours in the quads of a reading with every kind of fact."""
    return set(re.findall(rf"<({re.escape(NS)}[^>]*)>", "\n".join(lines())))


def values(term: str, predicate: rdflib.URIRef) -> Iterator[rdflib.term.Node]:
    return GRAPH.objects(rdflib.URIRef(term), predicate)


def texts(term: str, predicate: rdflib.URIRef) -> dict[str, str]:
    """What a term says, by language."""
    said = [value for value in values(term, predicate) if isinstance(value, rdflib.Literal)]
    assert len({text.language for text in said}) == len(said)
    return {str(text.language): str(text) for text in said}


# ---- The files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_file_has_a_name_a_version_and_a_licence(file: Path) -> None:
    graph = graph_of(file)
    (whole,) = {*graph.subjects(RDF.type, OWL.Ontology), *graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert graph.value(whole, OWL.versionInfo) == GRAPH.value(rdflib.URIRef(NS[:-1]), OWL.versionInfo)
    assert graph.value(whole, DCTERMS.license)
    if (whole, RDF.type, OWL.Ontology) in graph:
        assert str(graph.value(whole, OWL.versionIRI)) == f"{whole}/{graph.value(whole, OWL.versionInfo)}"
        assert {
            title.language for title in graph.objects(whole, DCTERMS.title) if isinstance(title, rdflib.Literal)
        } == {
            "en",
            "zh",
        }


def test_the_ontology_names_its_schemes() -> None:
    named = set(GRAPH.objects(rdflib.URIRef(NS[:-1]), DCTERMS.hasPart))
    assert named == set(GRAPH.subjects(RDF.type, SKOS.ConceptScheme))


# ---- The terms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_a_label_a_definition_and_an_example(term: str) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        said = texts(term, predicate)
        assert set(said) == {"en", "zh"}
        assert all(text.strip() for text in said.values())
    assert re.search("[一-龥]", texts(term, SKOS.definition)["zh"])
    assert list(values(term, SKOS.example))


@pytest.mark.parametrize("term", [term for term in TERMS if term not in CONCEPTS])
def test_an_example_runs_and_says_nothing_that_is_not_declared(term: str) -> None:
    """Values have the datatype, or are nodes, as the property says."""
    prefixes = "".join(f"@prefix {prefix}: <{space}> . " for prefix, space in PREFIXES.items())
    for example in values(term, SKOS.example):
        graph = rdflib.Graph().parse(data=f"{prefixes} @prefix : <urn:x:> . {example}", format="turtle")
        assert any(rdflib.URIRef(term) in triple for triple in graph)
        for _, predicate, value in graph:
            for word in (predicate, value):
                assert not str(word).startswith(NS) or str(word) in TERMS
            if str(predicate).startswith(NS):
                asked = GRAPH.value(predicate, RDFS.range)
                if (predicate, RDF.type, OWL.DatatypeProperty) in GRAPH:
                    assert isinstance(value, rdflib.Literal)
                    own = RDF.langString if value.language else value.datatype or XSD.string
                    assert asked in (own, RDFS.Literal, None)
                else:
                    assert isinstance(value, rdflib.URIRef)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_a_type_and_at_most_one_domain_and_range(term: str) -> None:
    assert set(values(term, RDF.type)) - {OWL.SymmetricProperty}
    for predicate in (RDFS.domain, RDFS.range):
        assert len(list(values(term, predicate))) <= 1
    assert list(values(term, RDFS.isDefinedBy)) == [rdflib.URIRef(NS[:-1])]


def test_labels_tell_the_terms_of_a_type_apart() -> None:
    seen: dict[tuple[str, str], str] = {}
    for term in TERMS:
        kind = max(map(str, values(term, RDF.type)))  # of a concept its class of ours
        for language, label in texts(term, RDFS.label).items():
            assert seen.setdefault((kind, f"{label}@{language}"), term) == term, label


# ---- The concepts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_stands_in_one_scheme_at_its_place(concept: str) -> None:
    (scheme,) = values(concept, SKOS.inScheme)
    assert texts(concept, SKOS.prefLabel) == texts(concept, RDFS.label)
    above = {*values(concept, SKOS.topConceptOf), *values(concept, SKOS.broader)}
    assert len(above) == 1
    assert above == {scheme} or scheme in set(values(min(map(str, above)), SKOS.inScheme))
    example = texts(concept, SKOS.example)
    assert set(example) == {"zh"}


def test_no_name_of_a_concept_is_that_of_another_in_its_scheme() -> None:
    seen: dict[tuple[rdflib.term.Node, str], str] = {}
    for concept in CONCEPTS:
        (scheme,) = values(concept, SKOS.inScheme)
        for name in (*values(concept, SKOS.prefLabel), *values(concept, SKOS.altLabel)):
            assert seen.setdefault((scheme, name.n3()), concept) == concept, name


@pytest.mark.parametrize(
    "table",
    [
        vocabulary.ROLE_KINDS,
        vocabulary.DOCUMENT_TYPES,
        vocabulary.EVENT_KINDS,
        vocabulary.MODALITY_KINDS,
    ],
    ids=["roles", "types", "events", "modality"],
)
def test_a_word_is_a_label_of_its_concept(table: dict[str, str]) -> None:
    for word, concept in table.items():
        labels = {*values(NS + concept, SKOS.prefLabel), *values(NS + concept, SKOS.altLabel)}
        assert rdflib.Literal(word, lang="zh") in labels


def test_a_name_of_a_concept_is_of_its_kind() -> None:
    """What the scheme says by example the table does."""
    readers: dict[str, Callable[[str], str | None]] = {
        "DocumentTypes": vocabulary.document_type,
        "RoleKinds": partial(vocabulary.classify, table=vocabulary.ROLE_KINDS),
        "EventKinds": partial(vocabulary.classify, table=vocabulary.EVENT_KINDS),
    }
    for concept in CONCEPTS:
        (scheme,) = values(concept, SKOS.inScheme)
        read_words = readers.get(str(scheme).removeprefix(NS))
        for name in values(concept, SKOS.altLabel):
            assert read_words is None or read_words(str(name)) in (concept.removeprefix(NS), None), name


def test_a_name_of_a_post_is_of_its_kind() -> None:
    named = [c for c in CONCEPTS if rdflib.URIRef(f"{NS}PostKinds") in set(values(c, SKOS.inScheme))]
    assert {vocabulary.post_kind(str(name)) for c in named for name in values(c, SKOS.altLabel)} == {
        c.removeprefix(NS) for c in named
    }
    for concept in named:
        for name in values(concept, SKOS.altLabel):
            assert vocabulary.post_kind(str(name)) == concept.removeprefix(NS), name


def test_every_type_of_document_in_the_lexicon_has_a_concept() -> None:
    verbs = {"批转", "转发"}  # they open a title, and the type stands at its end
    assert [word for word in words("document_types") if not vocabulary.document_type(word)] == sorted(verbs)
    assert verbs <= set(parts("document_types")["issued"])


def test_the_statutory_types_are_fifteen() -> None:
    assert len(list(values(f"{NS}StatutoryDocumentTypes", SKOS.member))) == 15


# ---- What the code says ----------------------------------------------------------------------------------------------


def test_what_the_code_says_is_declared() -> None:
    assert emitted() | {NS + word for word in TABLES} <= set(TERMS)


def reserved() -> set[str]:
    """Terms that wait for their use, and say so."""
    return {term for term in TERMS if texts(term, SKOS.editorialNote).get("en", "").startswith("Reserved:")}


def test_what_is_declared_the_code_says() -> None:
    """Or it stands above something that it says: a wider class, a scheme of concepts; or for an element; or it is reserved."""
    used = emitted() | {NS + word for word in TABLES}
    for field in (field for table in vocabulary.FIELDS.values() for field in table.values()):
        used |= {NS + word for word in (field.words, field.thing, field.order) if word}
    for term in sorted(used):
        for predicate in (RDFS.subClassOf, SKOS.inScheme, RDF.type, rdflib.URIRef(f"{NS}element")):
            used |= {str(value) for value in values(term, predicate)}
            used |= {f"{NS}element" for _ in values(term, rdflib.URIRef(f"{NS}element"))}
    used |= {NS + term for term in ("DocumentElement", "DocumentElements")}  # by what stands for an element
    used |= {str(whole) for whole in GRAPH.subjects(RDF.type, SKOS.Collection)}
    assert set(TERMS) - used == reserved()


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


# ---- Other vocabularies ----------------------------------------------------------------------------------------------

_CLOSED = {str(space): space for space in (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, XSD)}
_LISTED: dict[str, list[str]] = json.loads((ROOT / "tests" / "reused_terms.json").read_text(encoding="utf-8"))


def unknown(terms: Iterable[str]) -> set[str]:
    """The terms of vocabularies known here that these do not have, and those of other vocabularies."""
    found = set()
    for term in set(terms):
        space, local = re.fullmatch(r"(.*[/#])([^/#]*)", term).groups()  # type: ignore[union-attr]
        known = rdflib.URIRef(term) in _CLOSED[space] if space in _CLOSED else local in _LISTED.get(space, ())
        if not known and not term.startswith(NS):
            found.add(term)
    return found


def test_no_file_uses_a_term_that_its_vocabulary_does_not_have() -> None:
    for file in FILES:
        graph = graph_of(file)
        terms = {str(p) for p in graph.predicates()} | {str(o) for o in graph.objects(None, RDF.type)}
        for predicate in (
            RDFS.subClassOf,
            RDFS.subPropertyOf,
            RDFS.domain,
            RDFS.range,
            SKOS.closeMatch,
            SH.path,
            SH["class"],
        ):
            terms |= {str(o) for o in graph.objects(None, predicate) if isinstance(o, rdflib.URIRef)}
        for predicate in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.datatype, RDF.first):
            terms |= {str(o) for o in graph.objects(None, predicate) if isinstance(o, rdflib.URIRef)}
        assert unknown(terms) == set(), file


def test_no_graph_uses_a_term_that_its_vocabulary_does_not_have() -> None:
    terms = set(re.findall(r"^<[^>]*> <([^>]*)>", "\n".join(lines()), re.MULTILINE))
    terms |= set(re.findall(rf"<{re.escape(str(RDF.type))}> <([^>]*)>", "\n".join(lines())))
    assert unknown(terms) == set()


def test_a_term_that_does_not_exist_is_found() -> None:
    wrong = {f"{ORG}memberof", "http://www.w3.org/ns/oa#hasSauce", "http://xmlns.com/foaf/0.2/Person"}
    assert unknown({*wrong, f"{ORG}memberOf"}) == wrong


def test_mappings_say_what_they_map() -> None:
    graph = graph_of(ROOT / "ontology" / "alignments.ttl")
    mapped = {str(term) for term in graph.subjects() if str(term).startswith(NS)}
    assert mapped <= set(TERMS)
    spaces = {
        re.sub(r"[^/#]*$", "", str(o))
        for p in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)
        for o in graph.objects(None, p)
    }
    chosen = (
        ORG,
        "http://data.europa.eu/eli/ontology#",
        PROV,
        "http://www.w3.org/ns/oa#",
        TIME,
        SKOS,
        SDO,
        FOAF,
        DCTERMS,
    )
    assert spaces == {*map(str, chosen), "http://www.w3.org/2006/vcard/ns#"}
    for kind, above in (
        (OWL.Class, RDFS.subPropertyOf),
        (OWL.ObjectProperty, RDFS.subClassOf),
        (OWL.DatatypeProperty, RDFS.subClassOf),
    ):
        for term in GRAPH.subjects(RDF.type, kind):
            assert not list(graph.objects(term, above)), term


# ---- No contradiction ------------------------------------------------------------------------------------------------

_ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def contradictions(turtle: str = "", *, data: Iterable[str] = ()) -> list[str]:
    """What OWL RL finds wrong in the ontology, the axioms of those it is mapped to, and some data."""
    graph = graph_of(*VOCABULARY, ROOT / "tests" / "reused_axioms.ttl")
    graph.parse(data=f"@prefix gz: <{NS}> . @prefix skos: <{SKOS}> . @prefix : <urn:x:> . {turtle}", format="turtle")
    graph.parse(data="\n".join(sorted({re.sub(r" <[^>]*> \.$", " .", line) for line in data})), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    nothing = [f"{term} is nothing" for term in graph.subjects(RDF.type, OWL.Nothing)]
    return sorted([*map(str, graph.objects(None, _ERROR)), *nothing])


def test_the_ontology_is_consistent_under_owl_rl() -> None:
    assert contradictions() == []


def test_a_graph_is_consistent_under_owl_rl() -> None:
    assert contradictions(data=lines()) == []


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        (":x a gz:Agency, gz:Official .", "Disjoint classes"),
        (":x gz:hasTime :y . :y a gz:Official . :x gz:member :z . gz:Official <http://www.w3.org/2002/07/owl#disjointWith> <http://www.w3.org/2006/time#TemporalEntity> .", "Disjoint classes"),
        (':x a gz:Agency ; skos:prefLabel "区水务局"@zh ; skos:altLabel "区水务局"@zh .', "disjoint properties"),
        (":x a gz:Source, gz:Event .", "Disjoint classes"),
        (":x gz:holdsPostIn :y . :y a gz:Official .", "Disjoint classes"),
    ],
)  # fmt: skip
def test_a_contradiction_is_found(turtle: str, words: str) -> None:
    assert [told for told in contradictions(turtle) if words in told]


# ---- What is made of the ontology ------------------------------------------------------------------------------------


def test_the_context_is_the_one_made_of_the_ontology(tmp_path: Path) -> None:
    copy = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", copy)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (copy / "context.jsonld").unlink()
    subprocess.run([sys.executable, tmp_path / "docs" / "context.py"], check=True, cwd=ROOT)
    assert (copy / "context.jsonld").read_text(encoding="utf-8") == read("context.jsonld"), "run make docs"


def test_json_by_the_context_is_rdf() -> None:
    document = {
        **json.loads(read("context.jsonld")),
        "@id": "urn:x:fund",
        "@type": "Fund",
        "amount": "12.5",
        "payer": "urn:x:bureau",
        "comparator": ">=",
        "payerName": "区财政局",
        "dueBasis": {"@value": "依据", "@language": "zh"},
    }
    triples = {str(quad.triple) for quad in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)}
    decimal = f"^^<{XSD.decimal}>"
    assert triples == {
        f"<urn:x:fund> <{RDF.type}> <{NS}Fund>",
        f'<urn:x:fund> <{NS}amount> "12.5"{decimal}',
        f"<urn:x:fund> <{NS}payer> <urn:x:bureau>",
        f'<urn:x:fund> <{NS}comparator> ">="',
        f'<urn:x:fund> <{NS}payerName> "区财政局"',
        f'<urn:x:fund> <{NS}dueBasis> "依据"@zh',
    }


def test_the_page_has_every_term_at_the_fragment_of_its_iri(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "docs" / "pages.py", tmp_path], check=True, cwd=ROOT)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    anchors = re.findall(r'id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert {term.removeprefix(NS) for term in TERMS} <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)
    assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import", html)
    for text in ("校验要求", "GB/T 9704-2012, 7.2.5", "任命、聘任某人担任某职务。", "schema:GovernmentOrganization"):
        assert text in html


def test_the_table_of_elements_says_what_the_ontology_says() -> None:
    table = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in table.splitlines()
        if re.match(r"\| .* \| [\d.]* \| ", line)
    ]
    said = {}
    for concept in CONCEPTS:
        if rdflib.URIRef(f"{NS}DocumentElements") in set(values(concept, SKOS.inScheme)):
            name = " ".join(texts(concept, SKOS.prefLabel)[language] for language in ("zh", "en"))
            clauses = dict(str(source).split(", ") for source in values(concept, DCTERMS.source))
            terms = {
                str(t).removeprefix(NS) for t in GRAPH.subjects(rdflib.URIRef(f"{NS}element"), rdflib.URIRef(concept))
            }
            assert bool(terms) != (concept in reserved()), concept
            said[name] = (clauses.get("GB/T 9704-2012", ""), clauses.get("GB/T 33480-2016", ""), terms)
    assert said == {
        name: (layout, metadata, set(re.findall(r"`gz:(\w+)`", terms))) for name, layout, metadata, terms in rows
    }


def test_prefixes_mean_the_same_in_every_file() -> None:
    for file in FILES:
        declared = dict(re.findall(r"@prefix (\w+):\s+<([^>]+)>", file.read_text(encoding="utf-8")))
        assert all(PREFIXES.get(prefix, space) == space for prefix, space in declared.items()), file
        used = set(
            re.findall(
                r"(?<![\w:])(\w+):\w", re.sub(r"<[^>]*>|\"[^\"]*\"|'[^']*'|#.*", "", file.read_text(encoding="utf-8"))
            )
        )
        assert used <= set(declared), file


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
