"""A folder is brought up to date: only what changed is read, the outcome is that of a build from nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.holdings import build as building
from kg.holdings.files import FEW, FILES
from kg.holdings.folder import FORMAT, Folder
from kg.outputs import write_all
from kg.read import Limits


def written(folder: Path) -> dict[str, bytes]:
    """The files of a build, and every quad of its store, those of the default graph as well."""
    state = Folder(folder).state()
    store = ox.Store.read_only(str(Folder(folder).quads(state.generation)))
    files = {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}
    return {**files, "quads": "\n".join(sorted(map(str, store))).encode()}


NOTICE = """栖云区人民政府办公室关于做好湿地修复工作的通知

栖云府办发〔2031〕{number}号

各镇人民政府：

为做好湿地修复工作，现通知如下。

一、完善设施。2031年9月底前，完成巡护站建设。（牵头单位：区水务局；责任单位：区财政局）

二、成立栖云区湿地修复工作领导小组，由岑望舒任组长，闻一苇任副组长。

栖云区人民政府办公室

2031年6月{number}日

（某页 2023）
"""


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Some notices, by the names of their files."""
    return {f"{number}.txt": NOTICE.format(number=number) for number in range(11, 16)}


@pytest.fixture
def sources(tmp_path: Path, texts: dict[str, str]) -> Path:
    """A folder with three of them."""
    put(tmp_path / "in", dict(list(texts.items())[:3]))
    return tmp_path / "in"


def put(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def build(sources: Path | Sequence[Path], output: Path, **options: Any) -> Any:
    """A build in this process, and what it changed."""
    return kg.build([sources] if isinstance(sources, Path) else sources, output=output, jobs=1, **options).changes


@pytest.fixture
def built(sources: Path, tmp_path: Path) -> Path:
    build(sources, tmp_path / "out")
    return tmp_path / "out"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- only what changed is read ----------------------------------------------------------------------------------


def test_what_is_new_changed_or_gone_is_all_that_is_done(
    sources: Path, built: Path, texts: dict[str, str], tmp_path: Path
) -> None:
    first, second, _ = names(sources)
    fourth, fifth = list(texts)[3:]
    assert build(sources, built) == building.Changes(kept=3)
    put(sources, {fourth: texts[fourth], fifth: texts[fifth]})
    assert build(sources, built) == building.Changes(read=(fourth, fifth), kept=3)
    put(sources, {second: texts[second].replace("2023", "2024")})
    (sources / first).unlink()
    assert build(sources, built) == building.Changes(read=(second,), gone=(first,), kept=3, replaced=(second,))
    build(sources, tmp_path / "fresh")
    assert written(built) == written(tmp_path / "fresh")


def test_a_triple_that_another_source_states_stays_in_the_default_graph(tmp_path: Path, texts: dict[str, str]) -> None:
    name, text = next(iter(texts.items()))
    put(tmp_path / "in", {name: text, "twin.txt": text + "\n\n"})
    build(tmp_path / "in", tmp_path / "out")
    (tmp_path / "in" / "twin.txt").unlink()
    put(tmp_path / "in", dict(list(texts.items())[1:3]))  # so that most is kept
    build(tmp_path / "in", tmp_path / "out")
    build(tmp_path / "in", tmp_path / "fresh")
    assert written(tmp_path / "out") == written(tmp_path / "fresh")


def test_another_name_limit_base_or_program_is_another_reading(
    sources: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = names(sources)[0]
    (sources / first).rename(sources / "renamed.txt")
    assert build(sources, built).read == ("renamed.txt",)
    assert {fact["source"] for fact in kg.open(built).facts(full=True)} == set(names(sources))
    assert len(build(sources, built, limits=Limits(pages=7)).read) == 3
    assert len(build(sources, built, base="http://x.example/").read) == 3
    monkeypatch.setattr(building, "fingerprint", lambda: "another")
    assert len(build(sources, built, base="http://x.example/").read) == 3


def test_the_fingerprint_is_of_every_file_of_the_package(tmp_path: Path) -> None:
    package = Path(kg.__file__).parent
    shutil.copytree(package, tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "ontology", tmp_path / "ontology")
    code = "from kg.holdings.fingerprint import fingerprint; print(fingerprint())"

    def told() -> str:
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
        return run.stdout.decode()

    before = told()
    assert told() == before
    with (tmp_path / "kg" / "lexicon" / "surnames.txt").open("a", encoding="utf-8") as lexicon:
        lexicon.write("\n# more\n")
    assert told() != before


def test_each_source_has_its_evidence_page_and_only_what_changed_is_written(
    sources: Path, built: Path, texts: dict[str, str]
) -> None:
    pages = built / "evidence"
    before = {path.name: path.stat().st_mtime_ns for path in pages.iterdir()}
    assert set(before) == {f"{sha256((sources / name).read_bytes()).hexdigest()[:16]}.html" for name in list(texts)[:3]}
    (sources / next(iter(texts))).unlink()
    kept = sorted(before)[0]
    (pages / "mine.html").write_text("kept", encoding="utf-8")
    (pages / kept).unlink()
    build(sources, built)
    after = {path.name: path.stat().st_mtime_ns for path in pages.iterdir()}
    assert len(after) == 2 + 1  # a page of somebody else is left alone
    assert [name for name in after if name != kept and after[name] != before.get(name)] == ["mine.html"]


def test_with_add_the_others_stay(sources: Path, built: Path, texts: dict[str, str], tmp_path: Path) -> None:
    fourth = list(texts)[3]
    put(tmp_path / "new", {fourth: texts[fourth], names(sources)[0]: texts[fourth] + "\n\n附注"})
    changes = build(tmp_path / "new", built, add=True)
    assert (len(changes.read), changes.kept) == (2, 2), "one of the same name takes the other's place"
    put(sources, {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()})
    build(sources, tmp_path / "fresh")
    assert written(built) == written(tmp_path / "fresh")
    assert build(tmp_path / "new", built).gone == tuple(names(sources)[1:3]), "without it they go"


def test_what_cannot_be_read_is_not_tried_again(sources: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(sources, {"poem.txt": "床前明月光，疑是地上霜。\n", "twin.txt": "床前明月光，疑是地上霜。\n"})
    refused = kg.build([sources], output=built, jobs=1).refused
    assert [left.reason.split(": ")[1] for left in refused] == ["poem.txt", "twin.txt"]
    monkeypatch.setattr("kg.holdings.workers.read_one", lambda task: pytest.fail(f"{task.entry.name} was read"))
    assert kg.build([sources], output=built, jobs=1).refused == refused
    assert kg.open(built).refused == refused


def test_the_order_in_which_sources_come_makes_no_difference(sources: Path, built: Path, tmp_path: Path) -> None:
    build(sorted(sources.iterdir(), reverse=True), tmp_path / "other")
    assert written(tmp_path / "other") == written(built)


def test_by_several_processes_it_is_the_same(sources: Path, texts: dict[str, str], tmp_path: Path) -> None:
    put(sources, texts)
    told: list[tuple[int, int]] = []
    kg.build([sources], output=tmp_path / "two", jobs=2, progress=lambda done, of, name: told.append((done, of)))
    build(sources, tmp_path / "one")
    assert written(tmp_path / "one") == written(tmp_path / "two")
    assert told == [(n, 5) for n in range(6)]


def test_a_source_that_brings_its_process_down_takes_no_other_with_it(
    sources: Path, texts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(sources, texts)
    bad = names(sources)[1]
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os\nfrom kg.holdings import workers\nreally = workers.read_one\n"
        f"workers.read_one = lambda task: os.kill(os.getpid(), 9) if task.entry.name == {bad!r} else really(task)\n"
    )
    monkeypatch.syspath_prepend(tmp_path / "site")
    graph = kg.build([sources], output=tmp_path / "out", jobs=2)
    (left,) = graph.refused
    assert bad in left.reason
    assert "SIGKILL" in left.reason
    assert len(graph.sources) == 4
    monkeypatch.undo()
    assert build(sources, tmp_path / "out").read == (bad,), "it may have been the machine's fault"


def test_few_sources_are_shown_by_their_facts_and_many_as_a_table(tmp_path: Path, texts: dict[str, str]) -> None:
    text = min(texts.values(), key=len)
    put(tmp_path / "in", {f"{n:02}.txt": f"{text}\n{n}" for n in range(FEW)})
    build(tmp_path / "in", tmp_path / "out")
    assert names(tmp_path / "out") == sorted([*FILES, "evidence", "store"])
    put(tmp_path / "in", {"more.txt": text})
    build(tmp_path / "in", tmp_path / "out")
    assert names(tmp_path / "out") == ["evidence", "facts.jsonl", "graph.nq", "report.html", "store"], (
        "no page of what was before"
    )
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "more.txt" in page
    assert page.count("<script>") == 1, "the page's own"
    graph = kg.open(tmp_path / "out")
    assert graph.nq.encode() == (tmp_path / "out" / "graph.nq").read_bytes()
    facts = "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in graph.facts())
    assert facts == (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8")
    (tmp_path / "in" / "more.txt").unlink()
    build(tmp_path / "in", tmp_path / "out")
    assert names(tmp_path / "out") == sorted([*FILES, "evidence", "store"])


def test_a_file_that_was_taken_away_or_changed_is_written_again(sources: Path, built: Path) -> None:
    before = written(built)
    (built / "graph.nq").unlink()
    (built / "report.html").write_text("mine")
    assert build(sources, built) == building.Changes(kept=3)
    assert written(built) == before


def test_a_graph_is_the_same_from_memory_from_a_build_and_opened(sources: Path, built: Path, tmp_path: Path) -> None:
    put(sources, {"poem.txt": "床前明月光，疑是地上霜。\n"})
    graphs = [kg.build([sources]), kg.build([sources], output=built), kg.open(built)]
    for graph in graphs[1:]:
        for what in ("nq", "sources", "leftovers", "coverage", "refused"):
            assert getattr(graph, what) == getattr(graphs[0], what), what
        assert list(graph.facts(full=True)) == list(graphs[0].facts(full=True))
    graphs[0].write(tmp_path / "plain")
    assert {n: (tmp_path / "plain" / n).read_bytes() for n in FILES} == {n: (built / n).read_bytes() for n in FILES}
    with pytest.raises(kg.KgError, match="holds the store of a build"):
        graphs[0].write(built)


# --- many readers, one writer -----------------------------------------------------------------------------------


def test_who_asks_goes_on_asking_what_he_opened(sources: Path, built: Path) -> None:
    graph, again = kg.open(built), kg.open(built)
    before = graph.nq
    (sources / names(sources)[0]).unlink()
    build(sources, built)
    assert graph.nq == again.nq == before
    assert len(list((built / "store").glob("quads-*.lock"))) == 2, "a generation that is read is not removed"
    del graph, again
    put(sources, {"poem.txt": "床前明月光，疑是地上霜。\n"})
    build(sources, built)
    assert len(list((built / "store").glob("quads-*.lock"))) == 1


def test_the_second_build_at_a_time_says_so_and_stops(sources: Path, built: Path, tmp_path: Path) -> None:
    before = written(built)
    for folder in (built, tmp_path / "new"):
        with Folder(folder).writing(), pytest.raises(kg.KgError, match=rf"another build is at work .*{os.getpid()}"):
            build(sources, folder)
    assert written(built) == before
    assert not (tmp_path / "new").exists()
    build(sources, tmp_path / "new")


def test_the_lock_dies_with_its_process(sources: Path, built: Path) -> None:
    code = (
        "import os, sys; from kg.holdings.folder import Folder\n"
        "with Folder(sys.argv[1]).writing(): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(built)], check=False)
    assert build(sources, built) == building.Changes(kept=3)


# --- what is damaged, newer, or not ours ------------------------------------------------------------------------


def damage_state(store: Path) -> None:
    (store / "state.json").write_text("{")


def newer_state(store: Path) -> None:
    said = json.loads((store / "state.json").read_text())
    (store / "state.json").write_text(json.dumps({**said, "format": FORMAT + 1}))


def odd_state(store: Path) -> None:
    (store / "state.json").write_text(json.dumps({"format": 1, "sources": [7]}))


def lose_quads(store: Path) -> None:
    shutil.rmtree(next(store.glob("quads-*[0-9]")))


def damage_quads(store: Path) -> None:
    (next(store.glob("quads-*[0-9]")) / "CURRENT").write_text("nothing of the kind\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (damage_state, "state.json: damaged"),
        (newer_state, "written by a newer gongbao-kg"),
        (odd_state, "state.json: damaged"),
        (lose_quads, "cannot be opened"),
        (damage_quads, "cannot be opened"),
    ],
)
def test_a_store_that_is_damaged_or_newer_is_named_and_left_alone(
    sources: Path, built: Path, damage: Callable[[Path], None], said: str
) -> None:
    damage(built / "store")
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    put(sources, {"poem.txt": "床前明月光，疑是地上霜。\n"})
    for command in (lambda: kg.open(built), lambda: build(sources, built)):
        with pytest.raises(kg.KgError, match=said) as caught:
            command()
        assert "new folder" in str(caught.value)
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file() and path.name != "lock"} == {
        path: data for path, data in before.items() if path.name != "lock"
    }


def test_a_part_that_is_damaged_is_named(sources: Path, built: Path) -> None:
    part = Folder(built).part(Folder(built).state().sources[0].key)
    data = part.read_bytes()
    part.write_bytes(data[: len(data) // 2])
    (sources / names(sources)[0]).write_text("第二期", encoding="utf-8")
    with pytest.raises(kg.KgError, match=rf"{part.name}: this part of the store is damaged"):
        list(kg.open(built).leftovers)


def test_a_folder_that_is_no_output_folder_keeps_everything(sources: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "out" / "store" / "shop.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    with pytest.raises(kg.KgError, match="no build has written"):
        build(sources, tmp_path / "out")
    assert names(tmp_path / "out") == ["store"]
    assert theirs.read_text() == "theirs"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("theirs")
    build(sources, tmp_path / "other")
    assert (tmp_path / "other" / "notes.txt").read_text() == "theirs"


def test_a_folder_in_the_place_of_a_file_is_found_before_anything_is_changed(sources: Path, built: Path) -> None:
    before = written(built)
    (built / "report.html").unlink()
    (built / "report.html").mkdir()
    (sources / names(sources)[0]).unlink()
    with pytest.raises(kg.KgError, match="Move away what is in its place"):
        build(sources, built)
    (built / "report.html").rmdir()
    (built / "report.html").write_bytes(before["report.html"])
    assert written(built) == before


def test_a_folder_that_may_not_be_written_is_named(sources: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    (sources / names(sources)[0]).unlink()
    before = written(built)
    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(kg.KgError, match=r"cannot be written: Permission denied; .* may write there"):
        build(sources, built)
    monkeypatch.undo()
    assert written(built) == before


@pytest.mark.skipif(sys.platform != "linux", reason="a file system of a few megabytes is mounted as Linux does")
def test_a_full_disk_leaves_the_last_good_state(sources: Path, texts: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    script = (
        f"mount -t tmpfs -o size=9m none {tmp_path}/small && "
        f"{sys.executable} -m kg.cli build -q --jobs 1 {sources}/{names(sources)[0]} -o {tmp_path}/small/o && "
        f"cp -r {tmp_path}/small/o {tmp_path}/before && "
        f"dd if=/dev/zero of={tmp_path}/small/filler bs=1k count=$1 2>/dev/null; "
        f"{sys.executable} -m kg.cli build -q --jobs 1 {sources} -o {tmp_path}/small/o; echo status $?; "
        f"cp -r {tmp_path}/small/o {tmp_path}/after"
    )
    run = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", "99999"],
        capture_output=True,
        text=True,
        check=False,
    )
    if "status" not in run.stdout:
        pytest.skip("no file system may be mounted here")
    assert "status 2" in run.stdout, run.stdout + run.stderr
    assert "Free some space" in run.stderr
    assert written(tmp_path / "after") == written(tmp_path / "before")
    assert build(sources, tmp_path / "after").kept == 1


# --- kg status, kg remove ---------------------------------------------------------------------------------------


def test_status_says_what_the_store_holds(sources: Path, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(sources, {"poem.txt": "床前明月光，疑是地上霜。\n"})
    build(sources, built)
    assert main(["status", str(built), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    facts = list(kg.open(built).facts(full=True))
    assert [source["name"] for source in told["sources"]] == sorted({fact["source"] for fact in facts})
    for source in told["sources"]:
        assert sum(source["facts"].values()) == sum(fact["source"] == source["name"] for fact in facts)
        assert source["graph"] in kg.open(built).store.graphs()
        assert source["built"].endswith("Z")
        assert source["version"]
    assert [left["source"] for left in told["refused"]] == ["poem.txt"]
    assert main(["status", str(built)]) == 0
    lines = capsys.readouterr().out
    assert all(name in lines for name in names(sources))
    assert b"Z" not in (built / "graph.nq").read_bytes().split(b"meta> .")[-1][-40:], "no clock among the facts"


def test_remove_takes_sources_by_name_and_by_hash(
    sources: Path, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = names(sources)
    digest = {source.name: source.sha256 for source in kg.open(built).sources}
    assert main(["remove", first, digest[second][:9], "-o", str(built)]) == 0
    told = capsys.readouterr().out
    assert first in told
    assert second in told
    (sources / first).unlink()
    (sources / second).unlink()
    build(sources, tmp_path / "fresh")
    assert written(built) == written(tmp_path / "fresh")
    before = written(built)
    for wrong in (first, "0000000", ""):
        assert main(["remove", third, wrong, "-o", str(built)]) == 2
        assert "the store holds no source" in capsys.readouterr().err
    assert written(built) == before
    assert main(["remove", third, "-o", str(built)]) == 0
    assert not list(kg.open(built).facts())
    assert not kg.open(built).sources


def test_where_there_is_no_store_there_is_nothing_to_say_or_remove(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["status", str(tmp_path / "none")], ["remove", "x", "-o", str(tmp_path / "none")]):
        assert main(command) == 2
        assert "no store here" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    write_all(tmp_path / "plain", {"graph.nq": ""})
    assert main(["status", str(tmp_path / "plain")]) == 2


def test_one_of_a_name_is_told_when_it_takes_the_place_of_another(sources: Path, tmp_path: Path) -> None:
    first, second = sorted(sources.glob("*"))[:2]
    for year, source in (("2020", first), ("2021", second)):
        (tmp_path / year).mkdir()
        (tmp_path / year / "1.txt").write_bytes(source.read_bytes())
    kg.build([tmp_path / "2020" / "1.txt"], output=tmp_path / "out")
    changes = kg.build([tmp_path / "2021" / "1.txt"], output=tmp_path / "out", add=True).changes
    assert changes is not None
    assert (changes.read, changes.replaced, changes.gone) == (("1.txt",), ("1.txt",), ())
