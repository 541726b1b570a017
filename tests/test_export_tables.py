"""The tables are RFC 4180, safe in a spreadsheet, and say what the facts say; the W3C's description fits them."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from test_export_network import _with_label

from kg.export.material import columns
from kg.model import FACT_KINDS

KINDS = {
    "issues": "issue",
    "documents": "document",
    "posts": "post",
    "appointments": "appointment",
    "memberships": "member",
    "seats": "seat",
    "stand_ins": "stand_in",
    "duties": "duty",
    "norms": "norm",
    "contacts": "contact",
    "funds": "fund",
    "deadlines": "deadline",
    "targets": "target",
    "citations": "cites",
    "events": "event",
    "affiliations": "part",
}
"""Table → kind of fact."""


PARTIES = ("agencies", "agency_groups", "bodies", "officials", "office_holders")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_every_kind_of_fact_has_its_table() -> None:
    assert set(KINDS.values()) == set(FACT_KINDS)


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_a_table_says_what_the_facts_say(name: str, kind: str, exported: Path, demo_graph: Any) -> None:
    facts = [fact for fact in demo_graph.facts(full=True) if fact["kind"] == kind]
    rows = table(exported, name)
    assert [row["id"] for row in rows] == [fact["fact"] for fact in facts]
    for row, fact in zip(rows, facts, strict=True):
        for key, _, _ in columns(kind):
            assert row[key].removeprefix("'") == written(fact.get(key)), key
        assert row["quote"].removeprefix("'") == fact["quote"]
        assert row["spans"] == " ".join(f"{start}-{end}" for start, end in fact["spans"])
        assert row["source"] == fact["source"]
        assert row["document"] == fact["doc"]


def written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "；".join(value)
        case float():
            return format(Decimal(repr(value)), "f")
    return str(value)


def test_an_iri_leads_to_a_row_of_another_table(exported: Path) -> None:
    known = {row["id"] for name in (*PARTIES, "document_names", "sections", "sources") for row in table(exported, name)}
    for name in KINDS:
        for row in table(exported, name):
            for column, cell in row.items():
                if column.endswith("_id") and cell:
                    assert set(cell.split("；")) <= known, (name, column)
    assert any(row["agent_id"] for row in table(exported, "duties"))
    assert any(row["due"] for row in table(exported, "deadlines"))
    assert any(row["first_due"] for row in table(exported, "deadlines"))


def test_names_and_hierarchy_are_kept(exported: Path, demo_graph: Any) -> None:
    agencies = table(exported, "agencies")
    assert any(row["other_names"] for row in agencies)
    assert any(row["parent"] for row in agencies)
    assert all(row["jurisdiction"] for row in agencies)
    labels = {
        str(cell)
        for row in demo_graph.query("SELECT ?l { ?p a gz:Official ; skos:prefLabel ?l }")
        for cell in row.values()
    }
    assert {row["name"] for row in table(exported, "officials")} == labels
    assert {row["present"] for row in table(exported, "document_names")} == {"true", "false"}


def test_files_are_rfc_4180(exported: Path) -> None:
    for path in (exported / "csv").glob("*.csv"):
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert len({len(row) for row in rows}) == 1


def test_a_mark_tells_a_spreadsheet_that_it_is_utf_8(demo_graph: Any, tmp_path: Path) -> None:
    demo_graph.export(tmp_path, "csv", bom=True)
    for path in (tmp_path / "csv").glob("*.csv"):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ('=HYPERLINK("http://example.org","甲")', '\'=HYPERLINK("http://example.org","甲")'),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("＝1+1", "'＝1+1"),
        ("甲=1", "甲=1"),
        ("=", "="),
        ('甲,"乙"', '甲,"乙"'),
    ],
)
def test_a_text_is_never_a_formula(label: str, cell: str, tmp_path: Path) -> None:
    _with_label(label).export(tmp_path, "csv")
    (row,) = table(tmp_path, "officials")
    assert row["name"] == cell


def test_tables_without_rows_have_their_header(tmp_path: Path, exported: Path) -> None:
    _with_label("甲").export(tmp_path, "csv")
    assert {path.name for path in (tmp_path / "csv").iterdir()} == {path.name for path in (exported / "csv").iterdir()}
    funds = (tmp_path / "csv" / "funds.csv").read_text(encoding="utf-8")
    assert funds.startswith("id,amount,")


def test_the_description_fits_the_tables(exported: Path) -> None:
    metadata = json.loads((exported / "csv" / "csv-metadata.json").read_text(encoding="utf-8"))
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    described = {part["url"]: part["tableSchema"] for part in metadata["tables"]}
    assert set(described) == {path.name for path in (exported / "csv").glob("*.csv")}
    for file, schema in described.items():
        with (exported / "csv" / file).open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        assert [column["name"] for column in schema["columns"]] == header
        for number, column in enumerate(schema["columns"]):
            assert column["name"] in column["titles"]["zh"]
            assert column["titles"]["en"]
            cells = [row[number] for row in rows if row[number]]
            match column["datatype"]:
                case "decimal":
                    assert all(Decimal(cell).is_finite() for cell in cells)
                case "boolean":
                    assert set(cells) <= {"true", "false"}
                case "anyURI":
                    assert all(part.startswith("http") for cell in cells for part in cell.split("；"))
        key = schema["primaryKey"]
        keys = [tuple(row[header.index(name)] for name in ([key] if isinstance(key, str) else key)) for row in rows]
        assert len(set(keys)) == len(keys)
