"""Measures a store that grows, as ratios within one run, and prints Markdown tables.

    make bench-store                              1,000 generated gazettes, a third of them for the questions: a million quads
    make bench-store ARGS='--gazettes 100 --runs 3'

Builds are timed as processes; what is compared is done in turn, and the median of the ratios counts. Nothing is
asserted: machines differ.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pyoxigraph as ox
import rdflib
from gazettes import gazette, write
from tables import table

from kg.holdings.folder import Folder
from kg.query import FUNCTIONS, named
from kg.rdf import PREFIXES
from kg.store import Bound, bound

LIMIT = 60
"""Seconds that a question is given at most."""
ENOUGH = 25
"""So many times as long as ours takes an answer of another is waited for: its ratio is at least this where it is shown."""
_FUNCTIONS: Any = {ox.NamedNode(name): function for name, function in FUNCTIONS.items()}
KG = [sys.executable, "-m", "kg.cli"]


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def built(*arguments: str | Path) -> tuple[float, int]:
    """A build as a process: the seconds it takes, and the most memory its main process has, in MB."""
    begun = perf_counter()
    with subprocess.Popen([*KG, "build", "-q", *map(str, arguments)]) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"kg build {' '.join(map(str, arguments))} failed")
    return perf_counter() - begun, usage.ru_maxrss // 1024


def growing(gazettes: int, runs: int, folder: Path) -> Iterator[Sequence[object]]:
    """All of them built, one more, one less; memory by the number of sources."""
    sources, output = folder / "in", folder / "out"
    for _ in write(gazettes, sources, gold=False):
        pass
    whole, memory = built(sources, "-o", output)
    yield f"build {gazettes:,} gazettes", f"{whole:.1f}", "", memory
    nothing, memory = built(sources, "-o", output)
    yield "build again, nothing changed", f"{nothing:.2f}", f"{nothing / whole:.2%}", memory
    more = []
    for made in (gazette(gazettes + run) for run in range(runs)):
        (sources / made.name).write_text(made.text, encoding="utf-8")
        took, memory = built(sources, "-o", output)
        more.append(took)
    yield "add one", f"{median(more):.2f}", f"{median(more) / whole:.2%}", memory
    next(sources.iterdir()).unlink()
    less, memory = built(sources, "-o", output)
    yield "take one away", f"{less:.2f}", f"{less / whole:.2%}", memory


def memory(gazettes: int, folder: Path) -> Iterator[Sequence[object]]:
    """The memory of a build of fewer sources, beside that of all."""
    for count in (gazettes // 10, gazettes // 3):
        sources = folder / f"in-{count}"
        for _ in write(count, sources, gold=False):
            pass
        took, most = built(sources, "-o", folder / f"out-{count}")
        yield f"{count:,}", f"{took:.1f}", most


def jobs(gazettes: int, runs: int, folder: Path) -> Iterator[Sequence[object]]:
    """One job against two, in turn."""
    sources = folder / "in-jobs"
    for _ in write(gazettes, sources, gold=False):
        pass
    ratios = []
    for _ in range(runs):
        took = []
        for count in ("1", "2"):
            shutil.rmtree(folder / "out-jobs", ignore_errors=True)
            took.append(built(sources, "-o", folder / "out-jobs", "--jobs", count)[0])
        ratios.append(took[0] / took[1])
        yield f"{took[0]:.1f}", f"{took[1]:.1f}", f"{ratios[-1]:.2f}"
    yield "", "median", f"{median(ratios):.2f}"


def questions(output: Path, runs: int) -> Iterator[Sequence[object]]:
    """Each named question over a store: through kg, by a bare call, over the union of all graphs, by rdflib in memory."""
    _, store = Folder(output).open()
    plain = rdflib.Graph().parse(data=b"".join(store.default_lines()), format="nt")
    yield f"({len(store):,} quads; {len(plain):,} triples merged)", "", "", "", ""
    ratios: list[tuple[float, float, float]] = []
    for question in named():
        if any(parameter.default is None or parameter.type == "words" for parameter in question.parameters):
            continue
        values: dict[str, Bound] = dict(question.bindings({}))
        text = bound(question.text, values)
        ours = partial(asked, partial(store.query, question.text, values, FUNCTIONS))
        bare = partial(asked, partial(store._inner.query, text, prefixes=dict(PREFIXES), custom_functions=_FUNCTIONS))
        union = partial(
            asked,
            partial(
                store._inner.query,
                text,
                prefixes=dict(PREFIXES),
                custom_functions=_FUNCTIONS,
                use_default_graph_as_union=True,
            ),
        )
        if patient(ours) >= LIMIT:
            yield question.name, f"over {LIMIT * 1000:,}", "", "", ""
            continue
        pairs = [(seconds(bare), seconds(ours)) for _ in range(runs + 1)][1:]
        mine = median(mine for _, mine in pairs)
        slow = (
            float("nan")
            if "fn:" in text
            else patient(partial(asked, partial(plain.query, text, initNs=dict(PREFIXES))), ENOUGH * mine)
        )
        ratios.append(
            (median(mine / theirs for theirs, mine in pairs), patient(union, ENOUGH * mine) / mine, slow / mine)
        )
        yield question.name, f"{mine * 1000:.0f}", *(f"{ratio:.2f}" for ratio in ratios[-1])
    columns = [[ratio for ratio in column if ratio == ratio] for column in zip(*ratios, strict=True)]
    yield "median", "", *(f"{median(column):.2f}" for column in columns)


def asked(ask: Callable[[], Any]) -> None:
    """All answers of a question are fetched."""
    for _ in ask():
        pass


def patient(work: Callable[[], object], limit: float = LIMIT) -> float:
    """How long some work takes, or how long it was waited for; in a process of its own, since nothing else stops rdflib."""
    limit = min(max(limit, 1), LIMIT)
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()

    def measured() -> None:
        try:
            theirs.send(seconds(work))
        except Exception:  # rdflib cannot sort or count what is not bound
            theirs.send(float("nan"))

    process = forking.Process(target=measured)
    process.start()
    took = ours.recv() if ours.poll(limit) else limit
    process.kill()
    process.join()
    return float(took)


def dumps(output: Path, runs: int) -> Iterator[Sequence[object]]:
    """Sorted N-Quads against the dump of the store."""
    _, store = Folder(output).open()

    def ours() -> None:
        for graph in store.graphs():
            store.dump(graph)

    pairs = [(seconds(lambda: store._inner.dump(format=ox.RdfFormat.N_QUADS)), seconds(ours)) for _ in range(runs)]
    ratio = median(mine / theirs for theirs, mine in pairs)
    yield f"{median(a for a, _ in pairs):.1f}", f"{median(b for _, b in pairs):.1f}", f"{ratio:.2f}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazettes", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        head = ("what", "seconds", "of building all", "memory, MB")
        table("A store that grows", head, growing(options.gazettes, options.runs, folder))
        table("Memory", ("sources", "seconds", "memory, MB"), memory(options.gazettes, folder))
        table("Two jobs", ("one job, s", "two jobs, s", "ratio"), jobs(options.gazettes // 10, options.runs, folder))
        table("Sorted N-Quads", ("dump of the store, s", "sorted, s", "ratio"), dumps(folder / "out", options.runs))
        table(
            "Questions",
            ("question", "ms", "of a bare call", "as a union", "rdflib takes times"),
            questions(folder / f"out-{options.gazettes // 3}", options.runs),
        )


if __name__ == "__main__":
    main()
