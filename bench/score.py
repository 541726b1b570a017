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
import re
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


def elsewhere(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The gold of documents of other places (tests/gold) with the facts read out of them.

    These files hold no text: a fact says where its quote stands in the source, counted without white space and tags.
    """
    for places in sorted((ROOT / "tests" / "gold").glob("*.jsonl")):
        source = SHARED / "corpus" / places.stem
        if not source.exists():
            continue
        text = source.read_text(encoding="utf-8")
        flat = "".join((re.sub(r"<[^<>]*>", "", text) if source.suffix == ".html" else text).split())
        gold = folder / f"{places.stem}.gold.jsonl"
        with places.open(encoding="utf-8") as lines, gold.open("w", encoding="utf-8") as file:
            for line in lines:
                fact = json.loads(line)
                start, end = fact.pop("at")
                print(json.dumps({**fact, "quote": flat[start:end]}, ensure_ascii=False), file=file)
        yield gold, facts_of(source, folder)


def invented(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Fictitious documents in the manner of many offices, with their gold."""
    for gold in sorted((ROOT / "tests" / "notices").glob("*.jsonl")):
        yield gold, facts_of(gold.with_suffix(".txt"), folder)


def joined(pairs: Iterator[tuple[Path, Path]], name: str, folder: Path) -> tuple[Path, Path] | None:
    """The pairs as one, each of their documents under a name of its own, so that one table tells of all."""
    gold, facts = folder / f"{name}.jsonl", folder / f"{name} facts.jsonl"
    with gold.open("w", encoding="utf-8") as out, facts.open("w", encoding="utf-8") as read:
        for one, other in pairs:
            for path, file in ((one, out), (other, read)):
                for line in path.read_text(encoding="utf-8").splitlines():
                    print(json.dumps({**json.loads(line), "doc": one.stem}, ensure_ascii=False), file=file)
    return (gold, facts) if gold.stat().st_size else None


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
        groups = [
            joined(elsewhere(Path(folder)), "other places", Path(folder)),
            joined(invented(Path(folder)), "invented", Path(folder)),
        ]
        for gold, facts in [*pairs(Path(folder)), *filter(None, groups)]:
            print(f"\n{gold.name}, against the facts of {facts.stem}", flush=True)
            subprocess.run([sys.executable, scorer, gold, facts, *sys.argv[1:]], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
