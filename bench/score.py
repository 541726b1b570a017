"""Scores what a build finds against gold files: the demo's own, and the samples' beside the project.

    make score                    one table a gold file
    make score ARGS=--misses      with what was missed and what was wrong

Each gazette goes through the command line as a user's would (kg build, kg facts), so that what is scored is what
the graph holds. The samples, their gold and the scorer lie in ../shared, or where GONGBAO_SHARED says. What is
given on the command line goes on to the scorer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("GONGBAO_SHARED", ROOT.parent / "shared"))
KG = Path(sys.executable).with_name("kg")


def facts_of(gazette: Path, folder: Path) -> Path:
    """The facts of a gazette, in a file, by way of a built graph."""
    graph = folder / gazette.stem
    subprocess.run([KG, "build", "-q", gazette, "-o", graph], check=True)
    facts = folder / f"{gazette.stem}.jsonl"
    with facts.open("wb") as file:
        subprocess.run([KG, "facts", graph], stdout=file, check=True)
    return facts


def documents(facts: Path) -> set[str]:
    """The documents that the facts of a file stand in; `issue` is no one's own."""
    with facts.open(encoding="utf-8") as lines:
        return {json.loads(line)["doc"] for line in lines if line.strip()} - {"issue"}


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each gold file with the facts it is about: those of the gazette with which it shares most documents."""
    demo = ROOT / "kg" / "demo"
    yield demo / "gold.jsonl", facts_of(demo / "gazette.md", folder)
    found = [facts_of(seed, folder) for seed in sorted((SHARED / "seeds").glob("*.txt"))]
    for gold in sorted((SHARED / "gold").glob("*.jsonl")):
        wanted = documents(gold)
        shared, facts = max(((len(wanted & documents(facts)), facts) for facts in found), default=(0, gold))
        if shared:
            yield gold, facts
        else:
            print(f"{gold.name}: none of the sample gazettes has a document of it", file=sys.stderr)


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
    with tempfile.TemporaryDirectory() as folder:
        for gold, facts in pairs(Path(folder)):
            print(f"\n{gold.name}, against the facts of {facts.stem}", flush=True)
            subprocess.run([sys.executable, scorer, gold, facts, *sys.argv[1:]], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
