"""Builds many generated gazettes, kills builds at random moments, changes sources, and holds the end against a fresh build.

    make soak                                   1,000 gazettes, 20 kills
    make soak ARGS='--gazettes 50 --kills 5'

Half of the kills hit the first build, half builds of small changes. After each the store must open and hold exactly
what it held before the killed build, or what that build was to make. Exits with 1 where it does not.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from random import Random
from time import perf_counter, sleep

import pyoxigraph as ox
from gazettes import write

from kg.holdings.files import FILES
from kg.holdings.folder import Folder
from kg.rdf import source_graph

KG = [sys.executable, "-m", "kg.cli"]


def start(sources: Path, output: Path) -> subprocess.Popen[bytes]:
    """A build as a process of its own."""
    return subprocess.Popen([*KG, "build", "-q", sources, "-o", output])


def finish(sources: Path, output: Path) -> float:
    """A build to its end; gives the seconds it took."""
    begun = perf_counter()
    if start(sources, output).wait():
        raise SystemExit("a build failed")
    return perf_counter() - begun


def killed(sources: Path, output: Path, seconds: float) -> bool:
    """A build that is killed after so long; whether it was still at work."""
    process = start(sources, output)
    sleep(seconds)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def held(output: Path) -> frozenset[str]:
    """The hashes of the sources that a store holds, each of which has its graph in it."""
    folder = Folder(output)
    if not folder.holds_store():
        return frozenset()
    state, store = folder.open()
    sources = frozenset(held.summary.sha256 for held in state.sources)
    said = {source_graph(digest, state.base) for digest in sources} | set(state.derived)
    if {graph for graph in store.graphs() if not graph.endswith("/edges")} != said:
        raise SystemExit(f"{output}: the store holds other graphs than its state says")
    return sources


def given(sources: Path) -> frozenset[str]:
    """The hashes of the sources in a folder."""
    from hashlib import sha256

    return frozenset(sha256(path.read_bytes()).hexdigest() for path in sources.glob("*.txt"))


def changes(sources: Path, random: Random) -> None:
    """One source is changed, one taken away, one is new."""
    changed, gone = random.sample(sorted(sources.glob("*.txt")), 2)
    text = changed.read_text(encoding="utf-8")
    changed.write_text(
        text.replace("副区长", "区长助理", 1) + f"\n（第{random.randint(1, 10**6)}次印刷）\n", encoding="utf-8"
    )
    new = gone.with_name(f"new-{random.randint(1, 10**6)}.txt")
    new.write_text(
        gone.read_text(encoding="utf-8").replace("人民政府", "人民政府", 1) + "\n（增刊）\n", encoding="utf-8"
    )
    gone.unlink()


def differences(one: Path, other: Path) -> Iterator[str]:
    """What differs between two outputs: of their files, and of the quads of their stores, the default graph among them."""
    for name in FILES:
        a, b = (folder / name for folder in (one, other))
        if a.exists() != b.exists() or (a.exists() and a.read_bytes() != b.read_bytes()):
            yield name
    stores = [ox.Store.read_only(str(Folder(f).quads(Folder(f).state().generation))) for f in (one, other)]
    if any(a != b for a, b in zip_longest(*(iter(store) for store in stores))):  # both keep them in one order
        yield "quads"


def soak(gazettes: int, kills: int, folder: Path, seed: int = 0) -> list[str]:
    """What is wrong in the end; nothing, if all is well."""
    random = Random(seed)
    sources, output = folder / "in", folder / "out"
    for _ in write(gazettes, sources, seed, gold=False):
        pass
    begun, wrong = perf_counter(), []
    for number in range(kills):
        before = held(output)
        if number >= kills // 2:
            if number == kills // 2:
                print(f"first build ended in {finish(sources, output):.0f} s", flush=True)
                before = held(output)
            changes(sources, random)
        wanted = given(sources)
        span = random.uniform(0.2, 0.1 * gazettes if number < kills // 2 else 6.0)
        alive = killed(sources, output, span)
        after = held(output)
        if after not in (before, wanted):
            wrong.append(f"kill {number + 1}: {len(after)} sources, neither those before nor those given")
        parts = len(list(output.glob("store/parts/*/*.zip")))
        print(
            f"kill {number + 1} after {span:.1f} s{'' if alive else ' (it had ended)'}: {len(after)} sources, {parts} parts",
            flush=True,
        )
    finish(sources, output)
    print(f"built, changed and killed in {perf_counter() - begun:.0f} s", flush=True)
    print(f"a fresh build of the same takes {finish(sources, folder / 'fresh'):.0f} s", flush=True)
    wrong += [f"differs from a fresh build: {name}" for name in differences(output, folder / "fresh")]
    if held(output) != given(sources):
        wrong.append("not all sources are in the store")
    return wrong


def main() -> int:
    """Soak, and say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazettes", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        wrong = soak(options.gazettes, options.kills, Path(name), options.seed)
    print("\n".join(wrong) or "all is well: the same to the byte as a fresh build")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
