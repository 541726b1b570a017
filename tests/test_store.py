"""The store answers SPARQL over the merge of all graphs, changes nothing for a query, and opens no connection."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from invented import LINES, NOTICE, reading

from kg.errors import KgError
from kg.rdf import BASE, NS, derived, quads
from kg.store import Store, Value
from kg.store.for_rdflib import dataset

ELSEWHERE = "<http://127.0.0.1:9/>"


def lines(name: str = "甲.txt", count: int | None = None) -> list[str]:
    whole = reading(LINES[:count], name=name)
    return [*sorted(set(quads(whole))), *sorted(set(derived(whole)))]


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(lines())


@pytest.fixture(scope="module")
def two() -> Store:
    """Two sources that say much the same."""
    return Store.of([*lines("甲.txt"), *lines("乙.txt", 20)])


def count(store: Store, pattern: str) -> int:
    (row,) = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    cell = row["n"]
    assert isinstance(cell, ox.Literal)
    return int(cell.value)


def test_a_file_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    assert len(Store.load(path)) == len(lines())


def test_what_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"none\.nq: cannot be read"):
        Store.load(tmp_path / "none.nq")
    path = tmp_path / "broken.nq"
    path.write_text("<a> <b>\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"broken\.nq: line 1 must be N-Quads"):
        Store.load(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KgError, match=r"broken\.nq"):
        Store.load(path)


def test_an_empty_store_answers() -> None:
    assert list(Store.of([]).select("SELECT * WHERE { ?s ?p ?o }")) == []
    assert Store.of([]).dump() == b""


def test_each_form_of_query_has_its_answer(store: Store) -> None:
    assert isinstance(store.query("SELECT * WHERE { ?s a gz:Seat }"), ox.QuerySolutions)
    assert isinstance(store.query("CONSTRUCT { ?s a gz:Seat } WHERE { ?s a gz:Seat }"), ox.QueryTriples)
    assert isinstance(store.query(f"DESCRIBE <{BASE}document/{NOTICE}>"), ox.QueryTriples)
    assert store.query("ASK { ?s a gz:Seat }") is True
    assert store.query("ASK { ?s a gz:Nothing }") is False
    with pytest.raises(KgError, match="SELECT"):
        store.select("ASK { ?s a gz:Seat }")


def test_a_triple_that_two_sources_state_counts_once(two: Store) -> None:
    assert len(two.graphs()) == 4
    assert count(two, f"<{BASE}agency/栖云区/栖云区水务局> a gz:Agency") == 1
    assert count(two, f"GRAPH ?g {{ <{BASE}agency/栖云区/栖云区水务局> a gz:Agency }}") == 2


def test_one_source_can_be_asked_alone(two: Store) -> None:
    graphs = [graph for graph in two.graphs() if not graph.endswith("/edges")]
    found = [len(list(two.select(f"SELECT ?f FROM <{graph}> WHERE {{ ?f gz:documentKey ?d }}"))) for graph in graphs]
    assert sorted(found) == [20, len(LINES)]


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
        f"ASK {{ service silent {ELSEWHERE} {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ ?s ?p 1SERVICE{ELSEWHERE}{{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ SERVICESILENT{ELSEWHERE}{{ ?s ?p ?o }} }}",
        "PREFIX : <http://127.0.0.1:9/> SELECT * WHERE { SERVICE:x { ?s ?p ?o } }",
        "SELECT * WHERE { VALUES ?g { <http://127.0.0.1:9/> } SERVICE ?g { ?s ?p ?o } }",
        f"SELECT * WHERE {{ ?a ?b ?c FILTER(?a<1)SERVICE#>\n{ELSEWHERE} {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ ?a ?b ?c FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
        f"SELECT * WHERE {{ {{ SELECT * WHERE {{ OPTIONAL {{ Service {ELSEWHERE} {{ ?s ?p ?o }} }} }} }} }}",
        f"SELECT * WHERE {{ # x\rSERVICE {ELSEWHERE} {{ ?s ?p ?o }}\n }}",
        f'SELECT * WHERE {{ BIND("a\\u0022 AS ?x) #" AS ?y) SERVICE {ELSEWHERE} {{ ?s ?p ?o }}\n }}',
        f"SELECT * WHERE {{ ?s gz:a\\#b ?o . SERVICE {ELSEWHERE} {{ ?s ?p ?o }}\n }}",
        f'SELECT * WHERE {{ ?a ?p ?b FILTER(?a<?b#>"""\n)SERVICE {ELSEWHERE} {{ ?s ?p ?o }} #"""\n }}',
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ # '''\n SERVICE {ELSEWHERE} {{ ?s ?p ?o }} # '''\n }}",
    ],
)
def test_no_other_machine_is_asked(store: Store, query: str) -> None:
    with pytest.raises(KgError, match="SERVICE"):
        store.query(query)


def test_rdflib_asks_no_other_machine(store: Store) -> None:
    with pytest.raises(SyntaxError):
        dataset(store._inner).query(f"SELECT * WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}")


def test_the_letters_mean_what_they_meant(store: Store) -> None:
    asked = "SELECT ('a\\\\Service' AS ?text) (STR(<urn:SERVICE>) AS ?iri) {}"
    (row,) = store.select(asked)
    assert (row["text"].value, row["iri"].value) == ("a\\Service", "urn:SERVICE")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { ?s gz:quote ?service FILTER(CONTAINS(?service, 'service')) }",
        "# service\nSELECT * WHERE { ?s ?p <http://x.example/service/y> }",
        "SELECT * WHERE { ?s gz:Service _:service }",
    ],
)
def test_the_word_alone_is_no_service(store: Store, query: str) -> None:
    assert list(store.select(query)) == []


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL; SELECT * WHERE { ?s ?p ?o }",
    ],
)
def test_a_query_changes_nothing(store: Store, update: str) -> None:
    with pytest.raises(KgError, match="reads and does not write"):
        store.query(update)
    assert len(store) == len(lines())


def test_what_is_no_query_is_told_where(store: Store) -> None:
    with pytest.raises(KgError, match="1:") as caught:
        store.query("SELECT * WHERE {")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "text",
    [
        '区水务局" ) } # ',
        "\\u0022) } #",
        "a\\",
        "$agent",
        "line\nbreak",
        "</script>",
        "'''",
        '"""',
        "x\x00y",
        "<urn:x>",
    ],
)
def test_a_parameter_is_never_a_part_of_the_query(store: Store, text: str) -> None:
    (row,) = store.select("SELECT ($agent AS ?x) (CONCAT('$agent', \"$agent\") AS ?y) WHERE { }", {"agent": text})
    assert row["x"] == ox.Literal(text)
    assert row["y"] == ox.Literal("$agent$agent")


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("局长", "string"), (True, "boolean"), (7, "integer"), (Decimal("1E+2"), "decimal"), (date(2031, 6, 30), "date")],
)
def test_a_parameter_has_the_type_of_its_value(store: Store, value: Value, datatype: str) -> None:
    (row,) = store.select("SELECT (DATATYPE($x) AS ?type) WHERE { }", {"x": value})
    assert row["type"] == ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")


def test_a_parameter_can_be_a_resource(store: Store) -> None:
    node = ox.NamedNode(f"{BASE}agency/栖云区/栖云区水务局")
    (row,) = store.select("SELECT ?label WHERE { $agency skos:prefLabel ?label }", {"agency": node})
    assert row["label"] == ox.Literal("栖云区水务局", language="zh")


def test_a_parameter_must_be_a_value(store: Store) -> None:
    with pytest.raises(KgError, match="parameter"):
        store.query("SELECT * WHERE { ?s ?p $x }", {"x": ["a"]})  # type: ignore[dict-item]
    with pytest.raises(KgError, match="parameter"):
        store.query("SELECT * WHERE { ?s ?p $x }", {"x": "\ud800"})


def test_the_dump_is_what_was_loaded(store: Store) -> None:
    store.query("ASK { ?s ?p ?o }")  # the merge that a query needs is no part of the graph
    assert store.dump() == ("\n".join(lines()) + "\n").encode("utf-8")
    assert len(store) == len(lines())


def test_another_process_dumps_the_same_bytes(store: Store) -> None:
    here = Path(__file__).parent
    code = (
        f"import sys, hashlib; sys.path[:0] = [{str(here.parent)!r}, {str(here)!r}]\n"
        "from test_store import Store, lines\n"
        "print(hashlib.sha256(Store.of(lines()[::-1]).dump()).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == hashlib.sha256(store.dump()).hexdigest()


def test_rdflib_sees_the_same_graph(store: Store) -> None:
    dataset = store.rdf
    assert isinstance(dataset, rdflib.Dataset)
    assert len(set(dataset.quads())) == len(lines())
    seats = list(dataset.subjects(rdflib.RDF.type, rdflib.URIRef(f"{NS}Seat")))
    assert len(seats) == 1
    assert len(list(dataset.query("SELECT ?s WHERE { ?s a gz:Seat }"))) == 1


def test_the_default_graph_of_the_dataset_is_the_merge(two: Store) -> None:
    dataset = two.rdf
    assert len(list(dataset.quads())) == len(two)
    merged = {quad.triple for quad in two.quads()}
    assert len(dataset) == len(list(dataset.triples((None, None, None)))) == len(merged) < len(two)
    assert {str(graph.identifier) for graph in dataset.graphs()} >= set(two.graphs())
    alone = dataset.graph(rdflib.URIRef(two.graphs()[0]))
    assert len(list(alone.triples((None, None, None)))) == two.dump(two.graphs()[0]).count(b"\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda dataset: dataset.add((rdflib.URIRef("urn:a"), rdflib.RDF.type, rdflib.URIRef("urn:b"))),
        lambda dataset: dataset.remove((None, rdflib.RDF.type, rdflib.URIRef(f"{NS}Seat"))),
        lambda dataset: dataset.update("DELETE WHERE { ?s ?p ?o }"),
        lambda dataset: dataset.parse(data="<urn:a> <urn:b> <urn:c> .", format="turtle"),
        lambda dataset: dataset.remove_graph(next(dataset.graphs())),
    ],
    ids=["add", "remove", "update", "parse", "remove_graph"],
)
def test_the_dataset_is_the_store_itself_and_changes_nothing(
    two: Store, change: Callable[[rdflib.Dataset], object]
) -> None:
    before = len(two)
    with pytest.raises(KgError, match="reads and does not write"):
        change(two.rdf)
    assert len(two) == before
