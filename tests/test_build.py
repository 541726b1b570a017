"""The main job from the command line: what it writes, that it is the same everywhere, and how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model import Source, Span
from kg.read import read

FILES = {"graph.nq", "graph.trig", "facts.jsonl", "network.html", "report.html"}


def run(
    *arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **(env or {})}, cwd=cwd, check=False)


def test_a_build_writes_its_files_and_says_what_it_found(demo_gazette: Path, tmp_path: Path) -> None:
    done = run("build", demo_gazette, "-o", tmp_path / "o")
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert {path.name for path in (tmp_path / "o").iterdir()} == FILES | {"store", "evidence"}
    assert "2021年第2期" in told
    assert "青汀府办发〔2021〕15号" in told
    assert "next:" in told
    assert "\033" not in told, "a pipe gets no control characters"


def test_quiet_and_json(demo_gazette: Path, tmp_path: Path) -> None:
    assert run("build", "-q", demo_gazette, "-o", tmp_path / "q").stdout == b""
    assert json.loads(run("build", "-q", "--json", demo_gazette, "-o", tmp_path / "q").stdout)["facts"]
    found = json.loads(run("build", "--json", demo_gazette, "-o", tmp_path / "j").stdout)
    assert found["facts"]["document"] == 20
    assert len(found["documents"]) == 16


def test_builds_are_the_same_to_the_byte(demo_gazette: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    builds: list[tuple[dict[str, str], Path | None, Path]] = [
        ({}, None, tmp_path / "a"),
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}, elsewhere, tmp_path / "b"),
        ({"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}, None, tmp_path / "c" / "d"),
    ]
    for env, cwd, folder in builds:
        done = run(
            "build",
            "-q",
            demo_gazette,
            "-o",
            folder,
            env=env | {"PYTHONPATH": str(Path(kg.__file__).parent.parent)},
            cwd=cwd,
        )
        assert done.returncode == 0, done.stderr.decode()
    first, *others = ({name: (folder / name).read_bytes() for name in FILES} for *_, folder in builds)
    for other in others:
        assert [name for name in FILES if first[name] != other[name]] == []


def test_the_graph_is_sorted_and_has_no_blank_nodes(demo_graph: Any) -> None:
    lines = demo_graph.nq.splitlines()
    assert lines == sorted(set(lines), key=lambda line: (line.rsplit(" ", 2)[1].rstrip(">"), line))
    assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in lines)


def test_the_statements_are_the_same_once_the_store_has_them(demo_gazette: Path) -> None:
    graph = kg.build([demo_gazette])
    before = graph.nq
    assert graph.query("ASK { ?s ?p ?o }") is True
    assert graph.nq == before


def evidence_holds(graph: Any, source: Source) -> None:
    facts = list(graph.facts(full=True))
    assert facts
    for fact in facts:
        spans = tuple(Span(*pair) for pair in fact["spans"])
        assert spans, fact
        assert "".join(source.at(spans).split()) == fact["quote"], fact


def test_every_quote_is_what_stands_at_its_spans(demo_graph: Any, demo_gazette: Path) -> None:
    evidence_holds(demo_graph, read(demo_gazette))


def test_every_quote_of_the_sample_is_what_stands_at_its_spans(seeds: list[Path]) -> None:
    for seed in seeds:
        evidence_holds(kg.build([seed]), read(seed))


def test_facts_of_the_command_line_are_those_of_the_file(demo_gazette: Path, tmp_path: Path) -> None:
    run("build", "-q", demo_gazette, "-o", tmp_path)
    assert run("facts", tmp_path).stdout == (tmp_path / "facts.jsonl").read_bytes()


def test_the_demo_comes_along(tmp_path: Path) -> None:
    assert run("demo", "-q", "-o", tmp_path / "o").returncode == 0
    assert {path.name for path in (tmp_path / "o").iterdir()} == FILES | {"store", "evidence"}


def test_sources_count_once(demo_gazette: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.md"
    twin.write_bytes(demo_gazette.read_bytes())
    assert len(kg.build([demo_gazette, twin]).sources) == 1


# --- bad input: one line on standard error, exit status 2, nothing half-written --------------------------------


def fails(done: subprocess.CompletedProcess[bytes], *words: str) -> None:
    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert told.startswith("kg: ")
    assert told.count("\n") == 1
    assert "Traceback" not in told
    for word in words:
        assert word in told


def test_no_such_file(tmp_path: Path) -> None:
    fails(run("build", tmp_path / "none.txt", "-o", tmp_path / "o"), "none.txt", "no such file")
    assert not (tmp_path / "o").exists()


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    fails(run("build", tmp_path / "empty.txt", "-o", tmp_path / "o"), "empty.txt", "empty")
    assert not (tmp_path / "o").exists()


def test_a_folder_with_nothing_readable(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ".hidden.txt").write_text("x")
    fails(run("build", tmp_path / "in", "-o", tmp_path / "o"), str(tmp_path / "in"))


def test_a_binary_under_the_name_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "program.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" + bytes(range(256)) * 8)
    fails(run("build", tmp_path / "program.txt", "-o", tmp_path / "o"), "program.txt")
    assert not (tmp_path / "o").exists()


def test_a_text_with_no_document_in_it(tmp_path: Path) -> None:
    (tmp_path / "poem.txt").write_text("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n", encoding="utf-8")
    fails(run("build", tmp_path / "poem.txt", "-o", tmp_path / "o"), "poem.txt", "no official document")
    assert not (tmp_path / "o").exists()


def test_an_output_folder_that_cannot_be_made(demo_gazette: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "o"):
        fails(run("build", demo_gazette, "-o", folder), "cannot be written", "Move away what is in its place")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_leaves_what_was_there(demo_gazette: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = kg.build([demo_gazette])
    graph.write(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}

    real = Path.open

    def full(path: Path, *args: Any, **kwargs: Any) -> Any:
        return real(Path("/dev/full") if path.name == "report.html" else path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(kg.KgError, match="cannot be written"):
        graph.write(tmp_path)
    monkeypatch.undo()
    assert {path.name for path in tmp_path.iterdir()} == FILES | {"evidence"}
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("command", [["query", "--list"], ["--version"], ["rules"]])
def test_standard_output_that_is_full_is_said(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", *command], stdout=full, stderr=subprocess.PIPE, check=False
        )
    fails_on = done.stderr.decode()
    assert (done.returncode, fails_on.count("\n")) == (2, 1), fails_on
    assert fails_on.startswith("kg: standard output: ")


def test_a_verdict_is_kept_where_nobody_reads_it(demo_graph: Any, tmp_path: Path) -> None:
    kept = [line for line in demo_graph.nq.splitlines() if "/ns#quote>" not in line]
    (tmp_path / "graph.nq").write_text("\n".join(kept) + "\n", encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", "check", str(tmp_path)],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_in_python_an_answer_is_plain(demo_graph: Any) -> None:
    rows = demo_graph.query("holders", title="局长")
    assert rows
    assert all(isinstance(row, dict) and isinstance(row["person"], str | None) for row in rows)
    assert demo_graph.query("ASK { ?s a gz:Seat }") is True
    assert len(list(demo_graph.query("CONSTRUCT { ?s a gz:Seat } WHERE { ?s a gz:Seat }")))
    with pytest.raises(kg.KgError, match="no question named 'nosuch'; there are: about, "):
        demo_graph.query("nosuch")


def test_asking_where_there_is_no_graph(tmp_path: Path) -> None:
    fails(run("query", "members", tmp_path), "no graph here", "kg build")


def test_a_damaged_graph(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("<a> <b")
    fails(run("facts", tmp_path), "graph.nq")


def test_a_question_that_is_none(demo_gazette: Path, tmp_path: Path) -> None:
    run("build", "-q", demo_gazette, "-o", tmp_path)
    fails(run("query", "nothing-of-the-kind", tmp_path), "nothing-of-the-kind")
    fails(run("query", "SELECT ?x WHERE {", tmp_path))
    fails(run("query", "INSERT DATA { <a:a> <a:b> <a:c> }", tmp_path), "updates are refused")
    fails(run("query", "question.rq", tmp_path), "question.rq: no such file")
    fails(run("query", "members", tmp_path, "-p", "group"), "NAME=VALUE")
