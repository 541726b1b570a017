"""Reading takes time in proportion to the length: hostile texts end, and copies of a text give what one gives.

No time is asserted, as machines differ. The hostile texts are read in a process of their own, which is given many
times what it needs: only work that grows faster than the text overruns.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.anatomy import parse
from kg.extract import extract
from kg.model import Fact, Source
from kg.read import read

DEMO = Path(__file__).parent.parent / "kg" / "demo" / "gazette.md"
LENGTH = 60_000
PATIENCE = 60

HOSTILE = {
    "agencies": "区财政局、",
    "open brackets": "（",
    "open titles": "《",
    "digits": "1",
    "blanks": " ",
    "dots": "1 . ",
    "agents of duties": "由区财政局负责",
    "names without separators": "张伟王芳李娜",
    "labels": "成员：",
    "particles": "的",
    "bangs": "!",
    "square brackets": "[",
    "tags": "<",
    "numbers behind a kind": "通知〔2020〕",
    "years": "2020年",
    "verbs of duties": "负责",
    "titles of posts": "副主任",
}
# What once took time exponential in the length of a clause: one word may be two words of the same list (必须, 达到).
AMBIGUOUS = {
    "modals": "必须" * 70 + "完成任务，2021年12月底前完成。",
    "rates": "区财政局给予补助，资金占比" + "达到" * 90 + "☃30%。",
    "measures": "每单" * 90 + "☃补助100万元。",
    "leads": "由1" * 90 + "张伟同志任组长。",
    "asides": "张伟（女" + "，男" * 90 + "任组长。",
}
READ = """
import sys
from pathlib import Path
from kg.anatomy import parse
from kg.extract import extract
from kg.read import read
extract(parse(read(Path(sys.argv[1]))))
"""


def hostile(paragraph: str) -> str:
    return f"# 云泽区人民政府关于印发方案的通知\n\n云泽府发〔2020〕1号\n\n各有关单位：\n\n{paragraph}\n\n请认真落实。\n"


def ends(text: str, folder: Path) -> None:
    path = folder / "hostile.md"
    path.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-c", READ, path], check=True, timeout=PATIENCE)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_paragraph_without_a_stop_ends(unit: str, tmp_path: Path) -> None:
    ends(hostile(unit * (LENGTH // len(unit))), tmp_path)


@pytest.mark.parametrize("sentence", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_what_can_be_read_in_many_ways_ends(sentence: str, tmp_path: Path) -> None:
    ends(hostile(sentence), tmp_path)


def test_a_roster_of_thousands_of_names_ends(tmp_path: Path) -> None:
    ends(hostile("组长：张伟\n\n成员：" + "张伟王芳李娜刘洋陈静" * 1000), tmp_path)


def test_copies_of_a_text_give_the_facts_of_one() -> None:
    source = read(DEMO)
    once = facts(source)
    assert facts(replace(source, text="\n".join([source.text] * 3))) == once


def facts(source: Source) -> set[tuple[object, ...]]:
    return {values(fact) for fact in extract(parse(source)).facts}


def values(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.doc, *fact.values()
