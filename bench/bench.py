"""Times the build, the shapes and the questions, and prints Markdown tables: medians over several runs.

    make bench                    five runs each
    make bench ARGS='--runs 20'

Whole commands are timed as processes, from a cold start; the phases of a build and the questions inside one
process, after one run that does not count. The gazettes are the demo and the samples in ../shared/seeds (or
where GONGBAO_SHARED says) where there are some. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from pictures import HEAD, pictures
from tables import table

from kg import pipeline
from kg.anatomy import parse
from kg.check.shapes import violations
from kg.extract import extract
from kg.graph import build
from kg.identity import dumps, identify, loads, profiles
from kg.identity import lines as lines_of
from kg.query import ask, facts, named
from kg.rdf import BASE, block
from kg.read import read
from kg.resolve import documents, home, parties
from kg.store import Store
from kg.text import lines

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("GONGBAO_SHARED", ROOT.parent / "shared"))
KG = Path(sys.executable).with_name("kg")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took, in seconds: the median and the least of several runs."""

    median: float
    least: float


def timed(work: Callable[[], T], runs: int) -> tuple[Timing, T]:
    """The timing of some work and what it gives, after one run that does not count."""
    result = work()
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        result = work()
        seconds.append(perf_counter() - start)
    return Timing(median(seconds), min(seconds)), result


def gazettes() -> list[Path]:
    """The demo, and the samples where there are some."""
    return [ROOT / "kg" / "demo" / "gazette.md", *sorted((SHARED / "seeds").glob("*.txt"))]


def whole_commands(runs: int, folder: Path) -> Iterator[Sequence[object]]:
    """Each command as a user runs it: process started, imports, work, files written."""

    def row(name: str, *arguments: str | Path) -> Sequence[object]:
        memory: list[int] = []

        def run() -> None:
            with subprocess.Popen([KG, *arguments], stdout=subprocess.DEVNULL) as process:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise SystemExit(f"kg {' '.join(map(str, arguments))} failed with {process.returncode}")
            memory.append(usage.ru_maxrss)

        timing, _ = timed(run, runs)
        return name, f"{timing.median:.2f}", f"{timing.least:.2f}", f"{median(memory) / 1024:.0f}"

    yield row("kg --version", "--version")
    for gazette in gazettes():
        yield row(f"kg build {gazette.name}", "build", "-q", gazette, "-o", folder / gazette.stem)
    output = folder / gazettes()[-1].stem
    yield row("kg facts", "facts", output)
    yield row("kg query about", "query", "about", output)
    yield row("kg view", "view", output)
    yield row("kg check", "check", output)


def phases(gazette: Path, runs: int) -> Iterator[Sequence[object]]:
    """What a build does with a gazette, one phase after the other."""
    source = read(gazette)
    anatomy = parse(source)
    extraction = extract(anatomy)
    reading = pipeline.understand(source)
    quads = b"".join(pipeline.graphs([reading], "bench")).splitlines()
    store = Store.of(quads)

    def row(name: str, work: Callable[[], object], made: str) -> Sequence[object]:
        timing, _ = timed(work, runs)
        return name, f"{timing.median * 1000:.1f}", f"{len(source.text) / timing.median:,.0f}", made

    yield row("read", lambda: read(gazette), f"{len(source.text):,} characters")
    yield row("text", lambda: lines(source), f"{len(lines(source)[0]):,} lines")
    yield row("anatomy (text among it)", lambda: parse(source), f"{len(anatomy.documents):,} documents")
    yield row("extract", lambda: extract(anatomy), f"{len(extraction.facts):,} facts")
    yield row(
        "resolve",
        lambda: (parties(extraction.facts, home(extraction.facts, extraction.homes)), documents(extraction.facts)),
        f"{len(reading.parties) + len(reading.documents):,} names",
    )
    yield row("rdf", lambda: list(pipeline.graphs([reading], "bench")), f"{len(quads):,} quads")
    yield row("store", lambda: Store.of(quads), "")
    yield row("facts, out of the store", lambda: list(facts(store)), "")


def growth(gazette: Path, runs: int) -> Iterator[Sequence[object]]:
    """Characters a second of the phases that read, over copies of a gazette: work that is linear keeps its pace."""
    source = read(gazette)
    for copies in (1, 5, 20):
        many = replace(source, text="\n".join([source.text] * copies))
        parsing, anatomy = timed(partial(parse, many), runs)
        extracting, _ = timed(partial(extract, anatomy), runs)
        paces = (f"{len(many.text) / timing.median:,.0f}" for timing in (parsing, extracting))
        yield f"{copies}", f"{len(many.text):,}", *paces


def shapes(quads: Sequence[str], runs: int) -> Iterator[Sequence[object]]:
    """Quads a second of the shapes, over copies of a graph under other names."""
    for copies in (1, 5, 20):
        store = Store.of(line.replace(BASE, f"{BASE}{copy}/") for copy in range(copies) for line in quads)
        store.query("ASK {}")
        timing, found = timed(partial(violations, store), runs)
        yield (
            f"{copies}",
            f"{len(store):,}",
            f"{timing.median * 1000:.0f}",
            f"{len(store) / timing.median:,.0f}",
            len(found),
        )


def identities(store: Store, runs: int) -> Iterator[Sequence[object]]:
    """Who is who, over copies of the profiles of a graph: half of them of one place, half of places of their own."""
    (first, *_) = profiles(store)
    text = dumps(first)
    place = next(mention.place for mention in first.mentions if mention.place)
    share = 0.0
    for copies in (1, 10, 100, 1000):
        many = []
        for copy in range(copies):
            own = text.replace(place, f"{copy}{place}") if copy % 2 else text
            many.append(
                loads(own.replace(first.graph, f"{first.graph}{copy:04}").replace("-01", f"-{copy % 9 + 1:02}"))
            )
        timing, found = timed(partial(identify, many, BASE), max(1, runs // 2))
        written, _ = timed(partial(block, lines_of(found, BASE)), 1)
        seconds = timing.median + written.median
        share = share or seconds
        yield (
            f"{copies}",
            f"{sum(len(profile.mentions) for profile in many):,}",
            f"{len(found.things):,}",
            f"{len(found.decisions):,}",
            f"{seconds * 1000:,.0f}",
            f"{seconds / copies * 1000:.2f}",
            f"{seconds / copies / share:.2f}",
        )


def questions(store: Store, runs: int) -> Iterator[Sequence[object]]:
    """Each named question with its defaults, all its answers fetched."""
    for question in named():
        if any(parameter.default is None for parameter in question.parameters):
            continue

        def answers(name: str = question.name) -> int:
            answer = ask(store, name)
            return 1 if isinstance(answer, bool) else sum(1 for _ in answer)

        timing, count = timed(answers, runs)
        yield question.name, f"{timing.median * 1000:.2f}", f"{count:,}"


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description="Time the build and the questions.")
    options.add_argument("--runs", type=int, default=5, help="runs that count, of each thing; default: 5")
    runs = max(1, options.parse_args().runs)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {cores} cores; {runs} runs each"
    )
    if not (SHARED / "seeds").is_dir():
        print(f"Only the demo is timed: there are no sample gazettes at {SHARED / 'seeds'}")
    with tempfile.TemporaryDirectory() as folder:
        head = ("command, from a cold start", "median, s", "least, s", "memory, MB")
        table("Whole commands", head, whole_commands(runs, Path(folder)))
    for gazette in gazettes():
        head = ("phase", "median, ms", "characters a second", "made")
        table(f"Phases: {gazette.name}", head, phases(gazette, runs))
        head = ("copies", "characters", "anatomy, characters a second", "extract, characters a second")
        table(f"Growth: 1, 5, 20 copies of {gazette.name}", head, growth(gazette, runs))
    graph = build(gazettes())
    table(
        "Shapes, over 1, 5, 20 copies of the graph of all of them",
        ("copies", "quads", "median, ms", "quads a second", "results"),
        shapes(graph.nq.splitlines(), runs),
    )
    store = graph.store
    table(
        "Who is who, over 1, 10, 100, 1000 sources",
        ("sources", "names", "things", "decisions", "median, ms", "ms a source", "of one's share"),
        identities(store, runs),
    )
    table("Questions, over all of them", ("question", "median, ms", "answers"), questions(store, runs))
    try:
        table("Pictures, in Chromium", HEAD, pictures(50_000, gazettes()[-1]))
    except SystemExit as missing:  # there is no Chromium, or nothing that drives it
        print(missing)


if __name__ == "__main__":
    main()
