"""The project as a thing to install and to work on: what it ships, what it pins, what must not stand in it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pathspec
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def tracked_files() -> list[Path]:
    """The project's files, as git would take them: without what .gitignore names. Needs no git."""
    ignored = pathspec.GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())

    def below(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            name = path.relative_to(ROOT).as_posix()
            if name == ".git" or ignored.match_file(f"{name}/" if path.is_dir() else name):
                continue
            if path.is_dir():
                yield from below(path)
            else:
                yield path

    return list(below(ROOT))


def texts() -> Iterator[tuple[str, str]]:
    """Each file of the project that is text, by its name."""
    for path in tracked_files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_with(pattern: str) -> list[str]:
    """Each line of the project that holds what the pattern matches, with its place."""
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        if wanted.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


# What must not stand in it


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(
            r"pypi\.(?:org|io|python)|pythonhosted\.|registry\.(?:npmjs|yarnpkg)|(?:deb|security|archive)\.(?:debian|ubuntu)\."
            r"|mirrors?\.[a-z0-9-]+\.(?:com|org|edu|cn)|proxy\.golang\.|index\.crates\.|conda\.anaconda\.",
            id="host of a registry",
        ),
        pytest.param(r"(?<!-)--(?:extra-)?(?:index-url|find-links|trusted-host)\b", id="registry given to pip"),
        pytest.param(r"(?<![\w.:/-])/(?:root|work|farm|Users|home/\w+|mnt|media)/", id="path of one machine"),
    ],
)
def test_no_file_holds_a(pattern: str) -> None:
    assert not lines_with(pattern)


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"util", "utils", "helper", "helpers", "common", "misc"}
    assert not [path for path in tracked_files() if path.suffix == ".py" and drawers & set(path.stem.split("_"))]


def test_no_name_of_a_sample_gazette_stands_in_the_project(shared: Path) -> None:
    names = {
        str(fact[field])
        for gold in (shared / "gold").glob("*.jsonl")
        for fact in map(json.loads, filter(str.strip, gold.read_text(encoding="utf-8").splitlines()))
        for field, kinds in (
            ("person", ("post", "appointment")),
            ("a", ("stand_in",)),
            ("b", ("stand_in",)),
            ("number", ("document",)),
        )
        if fact["kind"] in kinds and len(str(fact.get(field, ""))) > 2
    }
    assert names, "the gold files name nobody"
    # Two-character names are left out: they occur inside other words.
    assert not lines_with("|".join(map(re.escape, sorted(names))))


def test_the_demo_gazette_has_no_sentence_of_a_sample_gazette(seeds: list[Path], demo_gazette: Path) -> None:
    def sentences(path: Path) -> set[str]:
        text = re.sub(r"\s+", "", path.read_text(encoding="utf-8"))
        return {sentence for sentence in re.split(r"[。；！？#|]", text) if len(sentence) >= 20}

    ours = sentences(demo_gazette)
    for seed in seeds:
        assert not ours & sentences(seed), f"written off {seed.name}"


# What it pins


def pinned() -> dict[str, str]:
    """The versions of constraints.txt by canonical name."""
    found: dict[str, str] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            assert re.fullmatch(r"[\w.+!]+", version), f"constraints.txt must say name==version, got {line!r}"
            found[canonicalize_name(name)] = version
    return found


def declared() -> list[Requirement]:
    """What pyproject.toml asks for: to run, to test, to develop, to build."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"]["optional-dependencies"].values()
    return [
        Requirement(text)
        for group in (project["project"]["dependencies"], project["build-system"]["requires"], *optional)
        for text in group
    ]


def test_every_dependency_is_pinned_at_a_version_that_fits() -> None:
    versions = pinned()
    for requirement in declared():
        name = canonicalize_name(requirement.name)
        if name != "gongbao-kg":
            assert name in versions, f"{name} must stand in constraints.txt"
            assert requirement.specifier.contains(versions[name]), f"{name}=={versions[name]} must fit {requirement}"


def test_every_package_that_kg_imports_is_declared() -> None:
    imported = {
        name.partition(".")[0]
        for path in tracked_files()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "kg")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        text
        for name, group in project["optional-dependencies"].items()
        if name not in ("test", "dev")
        for text in group
    ]
    ours = {canonicalize_name(Requirement(text).name) for text in (*project["dependencies"], *extras)}
    homes = packages_distributions()
    for module in imported - sys.stdlib_module_names - {"kg"}:
        assert ours & {canonicalize_name(home) for home in homes.get(module, [module])}, f"{module} must be declared"


def test_whatever_a_dependency_pulls_in_is_pinned_too() -> None:
    versions = pinned()
    waiting = [(canonicalize_name(r.name), frozenset(r.extras)) for r in declared()]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = item = waiting.pop()
        if item in seen or name == "gongbao-kg":
            continue
        seen.add(item)
        assert name in versions, f"{name} must stand in constraints.txt"
        try:
            needed = [Requirement(text) for text in requires(name) or []]
        except PackageNotFoundError:  # a part that this environment was set up without
            continue
        for requirement in needed:
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))


# How it is built


def test_the_import_contracts_hold() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the wheel holds."""
    folder = tmp_path_factory.mktemp("wheel")
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


def test_the_wheel_holds_the_whole_package(wheel: list[str]) -> None:
    package = {path.relative_to(ROOT).as_posix() for path in tracked_files() if path.is_relative_to(ROOT / "kg")}
    assert not package - set(wheel)
    for what in ("kg/demo/gazette.md", "kg/demo/gold.jsonl", "kg/py.typed"):
        assert what in wheel
    assert any(name.endswith(".rq") for name in wheel)


def test_the_wheel_holds_the_ontology_inside_the_package(wheel: list[str]) -> None:
    ontology = {
        f"kg/{path.relative_to(ROOT).as_posix()}" for path in tracked_files() if path.is_relative_to(ROOT / "ontology")
    }
    assert ontology
    assert not ontology - set(wheel)


def test_the_wheel_holds_nothing_besides(wheel: list[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"kg", "gongbao_kg"}


@pytest.mark.parametrize("target", ["demo", "test", "check", "score", "bench", "docs", "clean"])
def test_make_says_what_it_can_do(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.*  ## \S", makefile, re.MULTILINE)
