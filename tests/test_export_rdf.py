"""RDF goes out in five syntaxes; rdflib reads back from each what the graph holds, and from the description of a dump
what is in it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from kg.errors import KgError
from kg.export import export
from kg.rdf import PREFIXES
from kg.store import Store

# rdflib's own parsers of TriG and JSON-LD still use it.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

NAMED = {"nq": ("graph.nq", "nquads"), "trig": ("graph.trig", "trig"), "jsonld": ("graph.jsonld", "json-ld")}
MERGED = {"ttl": ("graph.ttl", "turtle"), "rdfxml": ("graph.rdf", "xml")}

HOSTILE = [
    r'"a \"quoted\" text with a \\ in it"',
    r'"line\nbreak, return\rand tab\t"',
    '"</rdf:Description><script>alert(1)</script> & ]]>"',
    '"\u2028\u0085\U00020000\U0001f600"',
    '"字"@zh-Hant',
    '"two words"@en',
    f'"[\\"甲\\",\\"乙\\"]"^^<{PREFIXES["rdf"]}JSON>',
    f'"2020-06"^^<{PREFIXES["xsd"]}gYearMonth>',
    f'"54000000.5"^^<{PREFIXES["xsd"]}decimal>',
    f'"true"^^<{PREFIXES["xsd"]}boolean>',
    '"7"^^<https://example.org/kind>',
    "<https://example.org/机关/甲%20乙>",
    '"@id"',
    '"gz:Agency"',
    '""',
]


def hostile() -> Store:
    """Two graphs that share a triple, with whatever a text may hold."""
    about = [
        f"<https://example.org/甲> <https://example.org/says/p{n % 3}> {v}" for n, v in enumerate(HOSTILE, start=1)
    ]
    about += [f"<https://example.org/甲> <{PREFIXES['gz']}quote> {value}" for value in HOSTILE]
    about += [f"<https://example.org/甲> <{PREFIXES['gz']}evidence> {value}" for value in HOSTILE]
    about += [f"<https://example.org/甲> <{PREFIXES['rdf']}type> <{PREFIXES['gz']}Agency>"]
    graphs = ("https://example.org/one", "https://example.org/two")
    lines = [f"{triple} <{graph}> ." for triple in about for graph in graphs]
    return Store.of(
        [*lines, f"<https://example.org/乙> <{PREFIXES['gz']}quote> <https://example.org/甲> <{graphs[1]}> ."]
    )


def quads(dataset: rdflib.Dataset) -> set[tuple[str, ...]]:
    return {(s.n3(), p.n3(), o.n3(), str(graph)) for s, p, o, graph in dataset.quads()}


def read(path: Path, syntax: str) -> set[tuple[str, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(path, format=syntax)
    return quads(dataset)


def triples(path: Path, syntax: str) -> set[tuple[str, ...]]:
    graph = rdflib.Graph()
    graph.parse(path, format=syntax)
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}


@pytest.fixture(autouse=True)
def as_written() -> Iterator[None]:
    """Literals are compared as they are written, not by their value."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    yield
    rdflib.NORMALIZE_LITERALS = before


def stored(store: Store, folder: Path) -> set[tuple[str, ...]]:
    path = folder / "stored.nq"
    path.write_text("".join(f"{quad} .\n" for quad in store.quads()), encoding="utf-8", newline="\n")
    return read(path, "nquads")


@pytest.mark.parametrize("form", NAMED)
def test_a_syntax_with_graphs_gives_back_every_quad(form: str, exported: Path, demo_graph: Any, tmp_path: Path) -> None:
    file, syntax = NAMED[form]
    assert read(exported / file, syntax) == stored(demo_graph.store, tmp_path)


@pytest.mark.parametrize("form", MERGED)
def test_a_syntax_without_graphs_gives_back_every_triple(
    form: str, exported: Path, demo_graph: Any, tmp_path: Path
) -> None:
    file, syntax = MERGED[form]
    assert triples(exported / file, syntax) == {quad[:3] for quad in stored(demo_graph.store, tmp_path)}


@pytest.mark.parametrize("form", [*NAMED, *MERGED])
def test_whatever_a_text_holds_comes_back(form: str, tmp_path: Path) -> None:
    file, syntax = {**NAMED, **MERGED}[form]
    store = hostile()
    export(store, [form], tmp_path / file, software="test")
    expected = stored(store, tmp_path)
    found = read(tmp_path / file, syntax) if form in NAMED else triples(tmp_path / file, syntax)
    assert found == (expected if form in NAMED else {quad[:3] for quad in expected})


def test_what_xml_cannot_hold_is_marked(tmp_path: Path) -> None:
    store = Store.of([r'<urn:a> <https://example.org/p> "\u0001\u000Bx\uFFFF" <urn:g> .'])
    export(store, ["rdfxml"], tmp_path / "graph.rdf", software="test")
    ((_, _, text),) = triples(tmp_path / "graph.rdf", "xml")
    assert text == '"\ufffd\ufffdx\ufffd"'


def test_a_property_that_xml_cannot_name_is_told(tmp_path: Path) -> None:
    store = Store.of(["<urn:a> <https://example.org/p/1> <urn:b> <urn:g> ."])
    with pytest.raises(KgError, match=r"RDF/XML cannot name the property https://example.org/p/1"):
        export(store, ["rdfxml"], tmp_path / "new" / "graph.rdf", software="test")
    assert not (tmp_path / "new").exists()


def test_a_large_graph_is_written_in_batches_that_lose_nothing(tmp_path: Path) -> None:
    lines = [f'<urn:s:{n % 700}> <https://example.org/p> "{n}" <urn:g:{n % 3}> .' for n in range(9000)]
    store = Store.of(lines)
    for form, (file, syntax) in NAMED.items():
        export(store, [form], tmp_path / file, software="test")
        assert len(read(tmp_path / file, syntax)) == 9000
    export(store, ["ttl"], tmp_path / "graph.ttl", software="test")
    assert len(triples(tmp_path / "graph.ttl", "turtle")) == 9000
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8").count("@prefix gz:") == 1


CONTEXTS: dict[str, Any] = {
    "prefixes": {"gz": PREFIXES["gz"], "xsd": PREFIXES["xsd"]},
    "none": {},
    "a vocabulary": {"@vocab": PREFIXES["gz"], "quote": {"@language": "zh-hant"}},
    "a language for all": {"@language": "en", "gz": PREFIXES["gz"], "quote": "gz:quote"},
    "terms with types": {
        "@version": 1.1,
        "gz": {"@id": PREFIXES["gz"], "@prefix": True},
        "xsd": PREFIXES["xsd"],
        "Agency": "gz:Agency",
        "evidence": {"@id": "gz:evidence", "@type": "@id", "@container": "@set"},
        "amount": {"@id": "gz:quote", "@type": "xsd:decimal"},
        "quote": {"@id": "gz:quote", "@language": None},
        "zh": {"@id": "gz:quote", "@language": "zh-hant"},
        "kind": {"@id": "https://example.org/says/p1", "@type": "https://example.org/kind"},
        "month": {"@id": "https://example.org/says/p2", "@type": "xsd:gYearMonth"},
    },
    "what is not understood is not used": {
        "gz": PREFIXES["gz"],
        "quote": {"@id": "gz:quote", "@container": "@language"},
        "evidence": {"@reverse": "gz:evidence"},
        "json": {"@id": "gz:evidence", "@type": "@json"},
        "list": {"@id": "https://example.org/says/p1", "@container": "@list"},
        "gz:evidence": {"@id": "gz:evidence", "@type": "@id"},
        "nothing": None,
    },
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_json_ld_says_the_same_by_any_context(name: str, tmp_path: Path) -> None:
    store = hostile()
    (tmp_path / "context.jsonld").write_text(json.dumps({"@context": CONTEXTS[name]}), encoding="utf-8")
    file = tmp_path / "graph.jsonld"
    export(store, ["jsonld"], file, software="test", context=tmp_path / "context.jsonld")
    assert json.loads(file.read_text(encoding="utf-8"))["@context"] == CONTEXTS[name]
    assert {tuple(map(str.lower, q)) for q in read(file, "json-ld")} == {
        tuple(map(str.lower, q)) for q in stored(store, tmp_path)
    }


def test_a_context_makes_json_short(demo_graph: Any, tmp_path: Path) -> None:
    context = [{"gz": PREFIXES["gz"]}, {"quote": "gz:quote", "agent": {"@id": "gz:agent", "@type": "@id"}}]
    (tmp_path / "c.json").write_text(json.dumps(context), encoding="utf-8")
    demo_graph.export(tmp_path / "graph.jsonld", "jsonld", context=tmp_path / "c.json")
    graphs = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    duty = next(n for g in graphs for n in g["@graph"] if "gz:Responsibility" in n["@type"] and "agent" in n)
    assert isinstance(duty["quote"], str)
    assert duty["agent"].startswith("https://")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read as a JSON-LD context"),
        ('"https://example.org/context.jsonld"', "opens no connection"),
        ('{"@context": ["https://example.org/context.jsonld", {}]}', "opens no connection"),
        ('{"@import": "https://example.org/context.jsonld"}', "opens no connection"),
    ],
)
def test_a_context_that_cannot_be_used_is_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "context.jsonld").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=said):
        export(hostile(), ["jsonld"], tmp_path, software="test", context=tmp_path / "context.jsonld")


# The description beside a dump

SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


def described(folder: Path) -> tuple[rdflib.Graph, rdflib.URIRef]:
    graph = rdflib.Graph()
    graph.parse(folder / "dataset.ttl", publicID="https://example.org/dump/dataset.ttl")
    return graph, rdflib.URIRef("https://example.org/dump/dataset.ttl#dataset")


def test_the_description_names_every_file_with_its_size_and_hash(exported: Path) -> None:
    graph, dataset = described(exported)
    found = {}
    for distribution in graph.objects(dataset, DCAT.distribution):
        url = str(graph.value(distribution, DCAT.downloadURL)).removeprefix("https://example.org/dump/")
        checksum = graph.value(distribution, SPDX.checksum)
        assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        media = str(graph.value(distribution, DCAT.mediaType))
        assert media.startswith("https://www.iana.org/assignments/media-types/")
        found[url] = (
            int(str(graph.value(distribution, DCAT.byteSize))),
            str(graph.value(checksum, SPDX.checksumValue)),
        )
    written = {
        path.relative_to(exported).as_posix(): (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in exported.rglob("*")
        if path.is_file() and path.name != "dataset.ttl"
    }
    assert found == written
    dumps = {str(url).rpartition("/")[2] for url in graph.objects(dataset, VOID.dataDump)}
    assert dumps == {file for file, _ in (NAMED | MERGED).values()}


def test_the_description_counts_what_the_dump_holds(exported: Path) -> None:
    graph, dataset = described(exported)
    dump = rdflib.Graph()
    dump.parse(exported / "graph.ttl")
    assert int(str(graph.value(dataset, VOID.triples))) == len(dump)
    assert int(str(graph.value(dataset, VOID.distinctSubjects))) == len(set(dump.subjects()))
    properties = {
        graph.value(part, VOID.property): int(str(graph.value(part, VOID.triples)))
        for part in graph.objects(dataset, VOID.propertyPartition)
    }
    assert properties == Counter(dump.predicates())
    classes = {
        graph.value(part, VOID["class"]): int(str(graph.value(part, VOID.entities)))
        for part in graph.objects(dataset, VOID.classPartition)
    }
    assert classes == Counter(dump.objects(None, RDF.type))
    spaces = tuple(str(space) for space in graph.objects(dataset, VOID.vocabulary))
    assert all(str(term).startswith(spaces) for term in (*properties, *classes))


def test_the_description_has_titles_and_says_when_the_licence_is_unknown(exported: Path) -> None:
    graph, dataset = described(exported)
    assert {title.language for title in graph.objects(dataset, DCTERMS.title) if isinstance(title, rdflib.Literal)} == {
        "zh",
        "en",
    }
    assert not list(graph.triples((None, DCTERMS.license, None)))
    assert rdflib.Literal("licence unknown", lang="en") in set(graph.objects(dataset, DCTERMS.rights))


def test_the_licence_that_is_given_is_the_files_licence_too(demo_graph: Any, tmp_path: Path) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    demo_graph.export(tmp_path, "nq", licence=licence)
    graph, dataset = described(tmp_path)
    assert {str(subject).rpartition("#")[2] for subject in graph.subjects(DCTERMS.license, rdflib.URIRef(licence))} == {
        "dataset",
        "graph.nq",
    }
    assert graph.value(dataset, DCTERMS.rights) is None


def test_a_licence_must_be_an_iri(demo_graph: Any, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"licence must be an absolute IRI.*'CC BY'"):
        demo_graph.export(tmp_path, "nq", licence="CC BY")
