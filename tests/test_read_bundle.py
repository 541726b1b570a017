"""Folders, bundles and standard input: each file in them is a source; a bad one does not keep the others back."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.errors import KgError
from kg.read import Limits, find, read

NOTICE = "青川区人民政府关于做好防汛工作的通知\n\n青川府发〔2021〕3号\n\n各镇乡人民政府：\n\n一、区水利局负责清淤。\n\n青川区人民政府\n2021年5月10日\n"
OTHER = NOTICE.replace("防汛", "抗旱").replace("3号", "4号")


def bundle(files: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(name, data)
    return written.getvalue()


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def test_each_file_of_a_bundle_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(
        bundle({"2021/b.txt": NOTICE, "a.md": OTHER, "2021/": "", ".git/x.txt": "x", "__MACOSX/a.md": "x"})
    )
    entries = find([path])
    assert [(entry.name, entry.where) for entry in entries] == [
        ("2021/b.txt", f"{path}: 2021/b.txt"),
        ("a.md", f"{path}: a.md"),
    ]
    assert [(source.name, source.text) for source in map(read, entries)] == [("2021/b.txt", NOTICE), ("a.md", OTHER)]


def test_a_bundle_and_a_folder_of_the_same_files_give_the_same_graph(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"一.txt": NOTICE, "b/二.txt": OTHER}
    packed = tmp_path / "all.zip"
    packed.write_bytes(bundle(files))
    assert kg.build([packed]).nq == kg.build([put(tmp_path / "folder", files)]).nq


def test_a_bundle_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_bytes(bundle({"a.txt": NOTICE}))
    assert [entry.name for entry in find([path])] == ["a.txt"]
    path.write_bytes(bundle({"a.txt": NOTICE, "b.txt": OTHER}))
    with pytest.raises(KgError, match="holds 2 sources, expected one"):
        read(path)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"inner.zip": bundle({"a.txt": NOTICE})}, "inner.zip: a bundle inside a bundle"),
        ({"inner.bin": bundle({"a.txt": NOTICE})}, "a bundle of files"),
        ({"../a.txt": NOTICE}, "leads out of the container"),
        ({"/etc/a.txt": NOTICE}, "leads out of the container"),
        ({"C:\\a.txt": NOTICE}, "leads out of the container"),
        ({"a.txt": b"0" * 5_000_000}, "as a zip bomb does"),
        ({".hidden": "x"}, "holds no file to read"),
    ],
)
def test_traps_are_refused(tmp_path: Path, files: dict[str, str | bytes], message: str) -> None:
    path = tmp_path / "trap.zip"
    path.write_bytes(bundle(files))
    with pytest.raises(KgError, match=message):
        kg.build([path])


def test_a_bundle_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(bundle({"a.txt": NOTICE})[:-40])
    with pytest.raises(KgError, match=r"cut\.zip: expected a whole zip container"):
        kg.build([path])


def test_a_folder_is_searched_to_the_bottom(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "b/c/notice.txt": NOTICE,
            "a.html": f"<html><body><p>{NOTICE}</p></body></html>",
            "page_files/icon.png": b"\x89PNG\r\n\x1a\n",
            ".hidden/x.txt": "x",
            "~$lock.docx": "x",
            "links.tsv": "a\tb",
            "scan.bin": b"%PDF-1.4",
            "more.zip": bundle({"z.txt": OTHER}),
        },
    )
    found = find([tmp_path])
    assert [entry.where.removeprefix(f"{tmp_path}/") for entry in found if entry.refused is None] == [
        "a.html",
        "b/c/notice.txt",
        "more.zip: z.txt",
        "scan.bin",
    ]
    assert [entry.name for entry in found if entry.refused is not None] == ["links.tsv"]


def test_a_file_of_a_folder_is_read_for_what_it_is_or_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in NOTICE.split("\n\n")) + "</body></html>"
    put(
        tmp_path / "in",
        {
            "noext": page,
            "x.xyz": page.replace("3号", "5号"),
            "公报2021.05": OTHER,
            "rand.bin": bytes(range(256)) * 40,
            "noise": b"\xff\xff\xff\xff",
            "program.jar": bundle({"A.class": "x"}),
            "table.xlsx": bundle({"xl/workbook.xml": "x"}),
        },
    )
    assert main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q", "--json"]) == 0
    printed = capsys.readouterr()
    left_out = ["noise", "program.jar", "rand.bin", "table.xlsx"]
    assert [line.split(": ")[2] for line in printed.err.splitlines()] == left_out
    found = json.loads(printed.out)
    assert [Path(entry["source"]).name for entry in found["refused"]] == left_out
    assert sorted(document["doc"] for document in found["documents"]) == [f"青川府发〔2021〕{n}号" for n in (3, 4, 5)]
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert all(name in report for name in left_out)


def test_what_is_no_file_is_named_and_not_waited_for(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": NOTICE})
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    refused = kg.build([tmp_path]).refused
    assert [Path(leftover.text).name for leftover in refused][:1] == ["link.txt"]
    assert all("expected a file" in leftover.reason for leftover in refused)


def test_files_of_one_name_are_told_apart_by_their_path_in_the_folder(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a/x.txt": NOTICE,
            "b/x.txt": OTHER,
            "c/x.txt": "",
            "d/x.txt": "",
            "e/all.zip": bundle({"f/x.txt": NOTICE + "1"}),
        },
    )
    graph = kg.build([tmp_path])
    assert [source.name for source in graph.sources] == ["a/x.txt", "b/x.txt", "e/all.zip/f/x.txt"]
    assert {fact["source"] for fact in graph.facts(full=True)} >= {"a/x.txt", "b/x.txt"}
    assert [leftover.reason.split(": ")[1] for leftover in graph.refused] == ["c/x.txt", "d/x.txt"]
    assert [entry.name for entry in find([tmp_path / "a" / "x.txt"])] == ["x.txt"]


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, NOTICE.encode("gb18030"))
    graph = kg.build(["-"])
    assert [source.name for source in graph.sources] == ["standard input"]
    standard_input(monkeypatch, bundle({"a.txt": NOTICE, "b.txt": OTHER}))
    assert [source.name for source in kg.build(["-"]).sources] == ["a.txt", "b.txt"]
    standard_input(monkeypatch, b"x" * 2000)
    with pytest.raises(KgError, match="standard input: more than the 1,000 bytes"):
        kg.build(["-"], limits=Limits(bytes=1000))


def test_of_many_sources_a_bad_one_is_left_out_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(
        tmp_path / "in",
        {"good.txt": NOTICE, "bad.txt": b"\xff" * 9, "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
    )
    assert main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert "old.doc: expected text" in printed.err
    assert "bad.txt" in printed.err
    assert "left out: 2 sources" in printed.out
    assert "old.doc" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert [leftover.text for leftover in kg.build([tmp_path / "in"]).refused] == [
        str(tmp_path / "in" / "bad.txt"),
        str(tmp_path / "in" / "old.doc"),
    ]


def test_a_bad_source_alone_ends_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, {"bad.txt": b"\xff\xff\xff\xff"})
    assert main(["build", str(tmp_path / "bad.txt"), "-o", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()
    put(tmp_path, {"worse.txt": ""})
    assert main(["build", str(tmp_path), "-o", str(tmp_path / "out")]) == 2
    assert "none of 2 sources can be used:" in capsys.readouterr().err


def test_limits_are_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, {"a.txt": NOTICE})
    options = ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "-q"]
    assert main([*options, "--max-bytes", "100"]) == 2
    assert "more than the 100 that one source may have; split it, or allow more with --max-bytes N" in (
        capsys.readouterr().err
    )
    assert main([*options, "--max-bytes", "10000", "--max-pages", "5", "--max-ratio", "50"]) == 0
    with pytest.raises(SystemExit):
        main([*options, "--max-pages", "none"])
