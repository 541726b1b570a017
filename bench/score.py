"""Scores what a build finds against gold files: the demo's own, the samples' beside the project, and our own.

    make score                    one table a gold file or group of them
    make score ARGS=--misses      with what was missed and what was wrong

Each gazette goes through the command line as a user's would (kg build, kg facts), so that what is scored is what
the graph holds. The samples, their gold and the scorer lie in ../shared, or where GONGBAO_SHARED says. What is
given on the command line goes on to the scorer.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("GONGBAO_SHARED", ROOT.parent / "shared"))
KG = Path(sys.executable).with_name("kg")


def facts_of(*gazettes: Path, folder: Path) -> list[dict[str, Any]]:
    """The facts of gazettes, by way of a built graph, each with the name of its source."""
    graph = folder / gazettes[0].stem
    subprocess.run([KG, "build", "-q", *gazettes, "-o", graph], check=True)
    told = subprocess.run([KG, "facts", "--full", graph], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in told.stdout.splitlines()]


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def written(facts: Iterable[dict[str, Any]], path: Path) -> Path:
    """The file that holds the facts now."""
    path.write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts), encoding="utf-8")
    return path


def documents(facts: Iterable[dict[str, Any]]) -> set[str]:
    """The documents that facts stand in; `issue` is no one's own."""
    return {fact["doc"] for fact in facts} - {"issue"}


def issues(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each gold file of an issue with the facts it is about: those of the gazette it shares most documents with."""
    demo = ROOT / "kg" / "demo"
    yield demo / "gold.jsonl", written(facts_of(demo / "gazette.md", folder=folder), folder / "demo.jsonl")
    found = {seed.stem: facts_of(seed, folder=folder) for seed in sorted((SHARED / "seeds").glob("*.txt"))}
    for gold in sorted((SHARED / "gold").glob("*.jsonl")):
        wanted = documents(read(gold))
        shared, seed = max(((len(wanted & documents(facts)), seed) for seed, facts in found.items()), default=(0, ""))
        if shared:
            yield gold, written(found[seed], folder / f"{seed}.jsonl")
        else:
            print(f"{gold.name}: none of the sample gazettes has a document of it", file=sys.stderr)


def elsewhere() -> Iterator[tuple[Path, Path]]:
    """The documents of other places beside the project, each with its gold."""
    for gold in sorted((ROOT / "tests" / "gold").glob("*.jsonl")):
        if (source := SHARED / "corpus" / gold.stem).exists():
            yield source, gold


def invented() -> Iterator[tuple[Path, Path]]:
    """Fictitious documents in the manner of many offices, each with its gold."""
    for gold in sorted((ROOT / "tests" / "notices").glob("*.jsonl")):
        yield gold.with_suffix(".txt"), gold


def quoted(gold: Path, source: Path) -> Iterator[dict[str, Any]]:
    """The facts of a gold file. One that holds no text says where its quote and longer words stand in the source.

    Places are counted in code points, without white space and tags.
    """
    text = source.read_text(encoding="utf-8")
    flat = "".join((re.sub(r"<[^<>]*>", "", text) if source.suffix == ".html" else text).split())
    for fact in read(gold):
        if at := fact.pop("at", None):
            fact["quote"] = at
        yield {name: flat[slice(*value)] if _is_place(value) else value for name, value in fact.items()}


def _is_place(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(place, int) for place in value)


def together(pairs: Iterable[tuple[Path, Path]], name: str, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Many lone documents as one table: each is named by its file, not by what it calls itself."""
    sources = dict(pairs)
    if sources:
        gold = [{**fact, "doc": source.name} for source, of in sources.items() for fact in quoted(of, source)]
        facts = [{**fact, "doc": fact["source"]} for fact in facts_of(*sources, folder=folder)]
        yield written(gold, folder / f"{name}.jsonl"), written(facts, folder / f"facts of {name}.jsonl")


def main() -> int:
    """Print a table a gold file, or say why there is none."""
    scorer = SHARED / "tools" / "score.py"
    if not scorer.exists():
        print(
            f"Nothing was scored: the scorer is not at {scorer}.\n"
            "It comes with the sample gazettes: a folder `shared` beside the project, with tools/score.py, gold/ and\n"
            "seeds/. If it lies elsewhere, say where in GONGBAO_SHARED.",
            file=sys.stderr,
        )
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for gold, facts in (
            *issues(folder),
            *together(elsewhere(), "other places", folder),
            *together(invented(), "invented", folder),
        ):
            print(f"\n{gold.name}, against the facts of {facts.stem}", flush=True)
            subprocess.run([sys.executable, scorer, gold, facts, *sys.argv[1:]], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
