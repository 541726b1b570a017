"""The verb: what it writes and where, the same bytes each time, all or nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli import main
from kg.errors import KgError
from kg.export import FORMS


@pytest.fixture(scope="module")
def built(demo_graph: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "graph.nq").write_text(demo_graph.nq, encoding="utf-8", newline="\n")
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_forms_are_these() -> None:
    assert list(FORMS) == ["ttl", "trig", "nq", "jsonld", "rdfxml", "graphml", "gexf", "csv", "neo4j", "ftm", "popolo"]


def test_a_form_goes_beside_the_graph_by_default(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "graph.nq").write_bytes((built / "graph.nq").read_bytes())
    assert main(["export", str(tmp_path), "--to", "ttl,popolo", "--to", "graphml"]) == 0
    written = ["graph.ttl", "popolo.json", "network.graphml", "dataset.ttl"]
    assert capsys.readouterr().out.split() == [str(tmp_path / "export" / name) for name in written]
    assert set(digests(tmp_path / "export")) == set(written)


def test_one_file_may_have_a_name_of_its_own(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "my.ttl"
    assert main(["export", str(built), "--to", "ttl", "-o", str(file)]) == 0
    assert set(digests(tmp_path)) == {"new/my.ttl"}


def test_several_files_need_a_folder(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(built), "--to", "csv", "-o", str(tmp_path / "tables.csv")]) == 2
    assert "must be a folder, since csv is " in capsys.readouterr().err
    assert not digests(tmp_path)


@pytest.mark.parametrize("form", ["xlsx", "", "ttl,xlsx"])
def test_a_form_must_be_known(form: str, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(built), "--to", form, "-o", str(tmp_path)]) == 2
    assert "the form must be one of ttl, trig, nq" in capsys.readouterr().err
    assert not digests(tmp_path)


def test_a_graph_from_its_file_gives_the_bytes_of_a_graph_just_built(
    built: Path, exported: Path, tmp_path: Path
) -> None:
    kg.open(built).export(tmp_path, *FORMS)
    assert digests(tmp_path) == digests(exported)


def test_another_process_writes_the_same_bytes(built: Path, exported: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "kg.cli", "export", str(built), "--to", ",".join(FORMS), "-o", str(tmp_path)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    )
    assert digests(tmp_path) == digests(exported)


def test_the_order_of_sources_changes_nothing(demo_gazette: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("关于印发方案的通知\n甲府发〔2020〕1号\n各单位：\n一、区财政局牵头落实。\n", encoding="utf-8")
    for number, sources in enumerate(([demo_gazette, other], [other, demo_gazette])):
        kg.build(sources).export(tmp_path / str(number), *FORMS)
    assert digests(tmp_path / "0") == digests(tmp_path / "1")


def test_what_two_sources_print_stands_in_both(tmp_path: Path) -> None:
    notice = "甲县人民政府关于印发方案的通知\n甲府发〔2020〕1号\n各乡镇人民政府：\n一、县财政局牵头落实。\n成立工作领导小组，组长由县长张三担任。\n"
    for folder in ("一", "二"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notice.txt").write_text(notice + folder, encoding="utf-8")
    sources = [tmp_path / folder / "notice.txt" for folder in ("一", "二")]
    kg.build(sources).export(tmp_path / "out", "csv", "ftm", "popolo", "graphml")
    with (tmp_path / "out" / "csv" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2
    assert len({row["id"] for row in rows}) == 1
    assert len({row["source_id"] for row in rows}) == 2
    lines = (tmp_path / "out" / "ftm" / "entities.ftm.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == len(lines)
    (document,) = [e for e in map(json.loads, lines) if rows[0]["id"] in e["properties"].get("sourceUrl", ())]
    assert len(document["properties"]["proof"]) == 2
    popolo = json.loads((tmp_path / "out" / "popolo.json").read_text(encoding="utf-8"))
    (member,) = popolo["memberships"]
    assert len(member["sources"]) == 2


def test_what_fails_leaves_what_was_there(demo_graph: Any, tmp_path: Path) -> None:
    demo_graph.export(tmp_path, "nq")
    before = digests(tmp_path)
    (tmp_path / "context.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(KgError, match="must be an object"):
        demo_graph.export(tmp_path, "nq", "jsonld", context=tmp_path / "context.json")
    (tmp_path / "context.json").unlink()
    (tmp_path / "network.gexf").mkdir()
    with pytest.raises(KgError, match=r"nothing was changed. Move away what is in its place"):
        demo_graph.export(tmp_path, "ttl", "gexf", licence="https://example.org/licence")
    assert digests(tmp_path) == before


def test_no_more_is_held_than_a_few_thousand_quads(demo_graph: Any) -> None:
    from kg.export.syntaxes import in_order, nq, rdfxml, trig, ttl

    store = demo_graph.store
    for form in (nq(in_order(store)), trig(in_order(store)), rdfxml(store), ttl(store)):
        pieces = [len(piece) for piece in form]
        assert len(pieces) > 5, form
        assert max(pieces) < sum(pieces) / 4, form
