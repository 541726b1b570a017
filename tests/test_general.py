"""Nothing in kg/ knows a person, a place or an agency's proper name of the gazettes that it is tried on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import shared_folder

from kg.grammar.names import is_name

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for path in (ROOT / "kg").rglob("*")
    if path.suffix in (".py", ".txt", ".toml", ".json", ".rq", ".js") and "demo" not in path.parts
)
SURNAMES = ROOT / "kg" / "lexicon" / "surnames.txt"
DIVISIONS = ROOT / "kg" / "lexicon" / "divisions.txt"
EVERYWHERE = {SURNAMES, DIVISIONS, DIVISIONS.with_name("division_changes.txt")}
"""Lists that are whole: all surnames, and all divisions of the country, so that none is there for a gazette's sake."""
PLACE = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2})(?:[市区县镇乡]|街道)(?!场|域|级|直|属|街|（)|(?<=市)([\u4e00-\u9fff]{2})[区县]"
)
GENERAL = {
    "各镇",
    "各乡",
    "区城",
    "所在",
    "有关",
    "相关",
    "乡镇",
    "各街",
    "社区",
    "地区",
    "全区",
    "镇街",
    "住房",
    "老旧",
    "市辖",
    "所属",
    "驻区",
}


def facts(gold: Path) -> Iterator[dict[str, str]]:
    with gold.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def people(gold: Path) -> set[str]:
    """The names of people in a gold file, from the fields that hold nothing else."""
    found = {fact[field] for fact in facts(gold) for field in ("person", "a", "b") if field in fact}
    return {name for name in found if is_name(name)}


def places(gold: Path) -> set[str]:
    """The proper names of places in the names of issuers and agencies."""
    named = {
        str(fact.get(field, "")) for fact in facts(gold) for field in ("org", "agent", "group", "sponsor", "patient")
    }
    named |= {issuer for fact in facts(gold) for issuer in fact.get("issuer", ())}
    return {match[1] or match[2] for name in named for match in PLACE.finditer(name)} - GENERAL


def golds() -> list[Path]:
    return [ROOT / "kg" / "demo" / "gold.jsonl", *sorted((shared_folder() / "gold").glob("*.jsonl"))]


@pytest.mark.parametrize("gold", golds(), ids=lambda path: path.name)
def test_no_name_of_a_gazette_stands_in_the_code(gold: Path) -> None:
    names = {name for name in people(gold) | places(gold) if len(name) >= 2}
    assert len(names) > 20, "the gold must name people and places"
    hits = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in CODE
        if path not in EVERYWHERE
        for name in names
        if name in path.read_text(encoding="utf-8")
    }
    assert hits == set()


def test_the_list_of_divisions_holds_the_whole_country_and_is_no_choice() -> None:
    codes = [line.split()[0] for line in DIVISIONS.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    assert len({code for code in codes if len(code) == 2}) == 34
    assert sum(len(code) == 4 for code in codes) == 333
    assert sum(len(code) == 6 for code in codes) > 2800


def test_the_search_would_find_one() -> None:
    assert {"青汀", "临渚"} <= places(ROOT / "kg" / "demo" / "gold.jsonl")
