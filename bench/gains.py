"""What a change of the rules gains and loses: the facts of the working tree beside those of the last commit.

    make gains                     over the demo and every text in ../shared
    make gains ARGS='--since v1'   beside another commit
    make gains ARGS=FILE           over one file

Prints each fact that is new (+) and each that is gone (-), by source, then the counts by kind.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("GONGBAO_SHARED", ROOT.parent / "shared"))

# Run by the Python of either tree, so it uses only what both have had from the first version on.
FACTS = """
import json, sys, kg
for path in sys.argv[1:]:
    try:
        for fact in kg.build([path]).facts():
            print(json.dumps([path, fact], ensure_ascii=False, sort_keys=True))
    except kg.KgError as error:
        print(json.dumps([path, {"kind": "error", "doc": "", "quote": str(error)}], ensure_ascii=False))
"""


def facts_of(tree: Path, paths: list[Path]) -> Counter[str]:
    """The facts that the program in a tree reads out of the files, as lines of JSON."""
    done = subprocess.run(
        [sys.executable, "-c", FACTS, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONUTF8": "1"},
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"the program in {tree} failed:\n{done.stderr}")
    return Counter(done.stdout.splitlines())


def texts() -> list[Path]:
    """The demo and every text of the sample material."""
    found = [ROOT / "kg" / "demo" / "gazette.md"]
    for folder in ("seeds", "corpus"):
        found += sorted(p for p in (SHARED / folder).glob("*") if p.suffix in (".txt", ".md", ".html", ".docx"))
    return [path for path in found if path.name != "README.md"]


def shown(line: str) -> tuple[str, str, str]:
    """The source, the kind and the rest of a fact."""
    path, fact = json.loads(line)
    kind, doc, quote = fact.pop("kind"), fact.pop("doc"), fact.pop("quote")
    fields = " · ".join(f"{name}={value}" for name, value in sorted(fact.items()))
    return Path(path).name, kind, f"{kind} [{doc}] {fields}  “{quote[:40]}”"


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--since", default="HEAD", help="the commit to compare with; default: HEAD")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.files] or texts()
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder, "before")
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", before, options.since], check=True)
        try:
            old, new = facts_of(before, paths), facts_of(ROOT, paths)
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", before], check=True)
    kinds: dict[str, Counter[str]] = {"+": Counter(), "-": Counter()}
    source = ""
    changed = [(*shown(line), "+") for line in new - old] + [(*shown(line), "-") for line in old - new]
    for name, kind, text, sign in sorted(changed, key=lambda change: (change[0], change[2], change[3])):
        if name != source:
            print(f"== {name}")
            source = name
        print(f"{sign} {text}")
        kinds[sign][kind] += 1
    print(f"{len(paths)} sources, {old.total()} facts before, {new.total()} now")
    for kind in sorted({*kinds["+"], *kinds["-"]}):
        print(f"{kind:12} gained {kinds['+'][kind]:4}  lost {kinds['-'][kind]:4}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
