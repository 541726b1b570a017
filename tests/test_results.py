"""An answer in each of its forms: what a reader, a spreadsheet, a program and a triple store are given."""

from __future__ import annotations

import csv as csv_reader
import io
import json as json_reader
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.errors import KgError
from kg.query.results import FORMS, Cell, Rows, csv, json, places, render, table, turtle
from kg.store import Store

LINES = [
    '<http://e/a> <http://e/p> "区水务局" <http://e/g> .',
    '<http://e/a> <http://e/q> "1250.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://e/g> .',
    '<http://e/b> <http://e/p> "Ab" <http://e/g> .',
    '<http://e/b> <http://e/q> "3"^^<http://www.w3.org/2001/XMLSchema#integer> <http://e/g> .',
    '<http://e/c> <http://e/p> "是"@zh <http://e/g> .',
]
SELECT = "SELECT ?person ?amount WHERE { ?s <http://e/p> ?person OPTIONAL { ?s <http://e/q> ?amount } } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT { ?s gz:title ?o } WHERE { ?s <http://e/p> ?o }"


@pytest.fixture
def store() -> Store:
    return Store.of(LINES)


def rows(*values: Cell) -> Rows:
    return Rows(("x",), tuple((value,) for value in values))


@pytest.mark.parametrize(
    ("text", "wide"), [("", 0), ("ab", 2), ("财政局", 6), ("〔2031〕", 8), ("ＡＢ", 4), ("e\u0301", 1), ("a\u200bb", 2)]
)
def test_a_chinese_character_takes_two_places(text: str, wide: int) -> None:
    assert places(text) == wide


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ('"7"^^xsd:integer', 7),
        ('"7"^^xsd:nonNegativeInteger', 7),
        ('"7.0"^^xsd:decimal', 7),
        ('"7.25"^^xsd:decimal', Decimal("7.25")),
        ('"12345678901234567890.1"^^xsd:decimal', Decimal("12345678901234567890.1")),
        ('"INF"^^xsd:double', "INF"),
        ('"true"^^xsd:boolean', True),
        ('"2031-04"^^xsd:gYearMonth', "2031-04"),
        ('"七"^^xsd:integer', "七"),
        ('"区"@zh', "区"),
        ("gz:title", "https://w3id.org/gongbao/ns#title"),
        ("UNDEF", None),
    ],
)
def test_values_are_plain(term: str, value: Cell) -> None:
    found = Rows.of(Store.of([]).query(f"SELECT ?x WHERE {{ VALUES ?x {{ {term} }} }}"))
    assert found == rows(value)


def test_a_table_is_aligned(store: Store) -> None:
    assert render(store.query(SELECT)).splitlines() == [
        "姓名 person  金额（元） amount",
        "───────────  ─────────────────",
        "区水务局                1250.5",
        "Ab                           3",
        "是",
        "3 行 / 3 rows",
    ]


def test_every_line_of_a_table_begins_its_columns_at_the_same_place(store: Store) -> None:
    found = Rows(("a", "b"), (("财政局", "x"), ("abc", "y"), ("〔2031〕7号", "z")))
    lines = table(found).splitlines()[2:-1]
    assert {places(line[:-1]) for line in lines} == {places("〔2031〕7号") + 2}


def test_long_cells_are_cut() -> None:
    line = table(rows("财" * 30), cell=11).splitlines()[2]
    assert line == "财" * 5 + "…"


def test_of_an_iri_the_end_is_kept() -> None:
    line = table(rows("https://w3id.org/gongbao/id/agency/栖云区/财政局"), cell=11).splitlines()[2]
    assert line == "…区/财政局"


def test_a_table_fits_the_terminal() -> None:
    found = Rows(("a", "b", "c"), (("财" * 30, "政" * 30, "局"),))
    assert max(map(places, table(found, width=60).splitlines()[:-1])) <= 60


def test_an_empty_answer_is_still_a_table() -> None:
    assert table(Rows(("person",), ())).splitlines() == ["姓名 person", "───────────", "0 行 / 0 rows"]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\x7f", "\u202e", "\u2066", "\u2028"])
def test_no_control_character_reaches_a_terminal(form: str, char: str) -> None:
    found = Rows(("x",), ((f"财{char}[31m政",),))
    text = {"table": table, "csv": csv, "json": json}[form](found)
    assert char not in text
    assert "财" in text


def test_no_control_character_reaches_a_terminal_in_turtle() -> None:
    triple = ox.Triple(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/b"), ox.Literal("财\x9b31m\u202e"))
    text = turtle([triple])
    assert "\x9b" not in text
    assert next(iter(ox.parse(text, ox.RdfFormat.TURTLE))).object == triple.object


def test_csv_is_rfc_4180() -> None:
    found = Rows(("x", "y"), (('a "b", c', "行一\n行二"), (None, True)))
    text = csv(found)
    assert text == 'x,y\r\n"a ""b"", c","行一\n行二"\r\n,true\r\n'
    assert list(csv_reader.reader(io.StringIO(text, newline="")))[1] == ['a "b", c', "行一\n行二"]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    (_, (found,)) = csv_reader.reader(io.StringIO(csv(rows(cell)), newline=""))
    assert found.startswith("'")


@pytest.mark.parametrize(("cell", "written"), [(-5, "-5"), (Decimal("-0.5"), "-0.5"), ("a=1", "a=1"), ("—5", "—5")])
def test_a_number_is_no_formula(cell: Cell, written: str) -> None:
    assert csv(rows(cell)) == f"x\r\n{written}\r\n"


def test_json_is_a_list_of_objects_with_every_column(store: Store) -> None:
    text = render(store.query(SELECT), "json")
    assert json_reader.loads(text) == [
        {"person": "区水务局", "amount": 1250.5},
        {"person": "Ab", "amount": 3},
        {"person": "是", "amount": None},
    ]
    assert "区水务局" in text
    assert json(rows()) == "[]\n"


def test_turtle_is_what_was_constructed(store: Store) -> None:
    text = render(store.query(CONSTRUCT), "turtle")
    assert text == render(store.query(CONSTRUCT), "turtle")
    assert 'gz:title "区水务局"' in text
    assert len(list(ox.parse(text, ox.RdfFormat.TURTLE))) == 3


def test_triples_are_rows_too(store: Store) -> None:
    found = Rows.of(store.query(CONSTRUCT))
    assert found.columns == ("subject", "predicate", "object")
    assert found.rows[0] == ("http://e/a", "https://w3id.org/gongbao/ns#title", "区水务局")
    assert "gz:title" in table(found)


@pytest.mark.parametrize(("asked", "shown"), [("ASK { ?s ?p 'Ab' }", "是 yes"), ("ASK { ?s ?p 'Ac' }", "否 no")])
def test_a_yes_or_no_is_a_row(store: Store, asked: str, shown: str) -> None:
    assert render(store.query(asked)).splitlines()[2] == shown
    assert json_reader.loads(render(store.query(asked), "json")) == [{"answer": shown == "是 yes"}]


@pytest.mark.parametrize("query", [SELECT, "ASK { ?s ?p ?o }"])
def test_turtle_is_refused_for_what_has_no_triples(store: Store, query: str) -> None:
    with pytest.raises(KgError, match="CONSTRUCT"):
        render(store.query(query), "turtle")


def test_an_unknown_form_is_refused(store: Store) -> None:
    with pytest.raises(KgError, match="table, csv, json, turtle"):
        render(store.query(SELECT), "xml")
    assert FORMS == ("table", "csv", "json", "turtle")


def test_a_number_of_a_million_digits_is_shown_as_written(store: Store) -> None:
    rows = Rows.of(store.query('SELECT ("1e999999999"^^xsd:decimal AS ?long) ("12.0"^^xsd:decimal AS ?short) {}'))
    assert rows.rows == (("1e999999999", 12),)
