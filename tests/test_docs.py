"""The documentation: what the command line can do stands in both READMEs, and what they name exists."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli import parser

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "outputs/README.md", "ontology/README.md")


def commands(of: argparse.ArgumentParser, above: str = "") -> dict[str, argparse.ArgumentParser]:
    """The subcommands of a parser, and theirs, by name: ``judge``, ``judge same``."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                found |= {above + name: sub, **commands(sub, f"{above}{name} ")}
    return found


def options(of: argparse.ArgumentParser) -> Iterator[str]:
    """The options of a parser, each by its longest name."""
    for action in of._actions:
        if action.option_strings and action.help != argparse.SUPPRESS:
            yield max(action.option_strings, key=len)


def every_option() -> list[tuple[str, str]]:
    """Every option of every command; options of `kg` itself stand with an empty command."""
    top = parser()
    parsers = {"": top, **commands(top)}
    return [(name, option) for name, sub in parsers.items() for option in options(sub) if option != "--help"]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(text: str) -> str:
    """What stands in code blocks and between backticks."""
    return "\n".join(
        block or inline for block, inline in re.findall(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", text, re.DOTALL)
    )


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", commands(parser()))
def test_a_command_is_documented(command: str, readme: str) -> None:
    assert re.search(rf"\bkg {re.escape(command)}(?![\w-])", page(readme)), f"{readme} must name `kg {command}`"


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize(("command", "option"), every_option())
def test_an_option_is_documented(command: str, option: str, readme: str) -> None:
    named = re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", page(readme))
    assert named, f"{readme} must name {option} of `{f'kg {command}'.strip()}`"


@pytest.mark.parametrize("readme", READMES)
def test_what_a_readme_shows_exists(readme: str) -> None:
    top = parser()
    known = {
        option for sub in (top, *commands(top).values()) for action in sub._actions for option in action.option_strings
    }
    called = re.findall(r"(?m)(?:^|\$ |[\s/])kg ([a-z][a-z-]*)((?: [^\n#|>]*)?)", code(page(readme)))
    assert called, f"{readme} must show how kg is called"
    for command, rest in called:
        assert command in commands(top), f"{readme} names `kg {command}`, which does not exist"
        outside_quotes = re.sub(r"'[^']*'|\"[^\"]*\"", "", rest)
        for option in re.findall(r"(?<!\S)--?[a-z][\w-]*", outside_quotes):
            assert option in known, f"{readme} names {option} of `kg {command}`, which does not exist"


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_opens_with_the_two_commands(readme: str) -> None:
    text = page(readme)
    demo, test = text.find("make demo"), text.find("make test")
    assert -1 < demo < test, f"{readme} must name make demo and then make test"
    assert demo < 2000, f"{readme} must open with make demo"
    later = re.search(r"\bkg (?!demo)[a-z]+ ", code(text))
    assert later is None or demo < text.find(later[0]), f"{readme} must open with make demo"


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_links_to_is_there(name: str) -> None:
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"{name} is not written")
    for target in re.findall(r"\]\(([^)\s]+)\)", page(name)):
        if not re.match(r"[a-z]+:|#", target):
            assert (path.parent / target.split("#")[0]).exists(), f"{name} links to {target}"


@pytest.mark.parametrize("name", READMES)
def test_what_a_page_says_make_does_it_does(name: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", page("Makefile")))
    for target in re.findall(r"(?m)(?:^|\$ )make ([a-z-]+)", code(page(name))):
        assert target in targets, f"{name} names `make {target}`"


def test_the_notebook_runs_and_shows_something_in_every_cell(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "notebook.py"), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    shown = json.loads((tmp_path / "graph.ipynb").read_text(encoding="utf-8"))
    kept = json.loads((ROOT / "docs" / "graph.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in shown["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 8
    assert all(cell["outputs"] for cell in cells)
    assert not any(cell.get("outputs") for cell in kept["cells"]), "it is kept without outputs"
