"""AB角: who covers for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from kg.anatomy import Heading, Passage
from kg.anatomy.tables import Table
from kg.extract.division_tables import person_rows
from kg.extract.heads import head_of
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.names import NAME, could_be_name, is_name
from kg.model import StandIn
from kg.text import Text

__all__ = ["RULES", "stand_ins"]

RULES = (
    Rule(
        "stand_in.chain",
        "Behind AB角 names joined by dashes cover for one another.",
        "AB角：何 平—李 文 王小川—赵 亮",
        "实行AB角制度。",
    ),
    Rule("stand_in.mutual", "Two people are said to be AB角 of one another.", "何平与李文互为AB角。", "岗位互为AB角。"),
)

_HEAD = re.compile(r"A ?[、/]?B ?(?:角|岗)(?:安排|制度|关系|设置|分工)?(?:如下)?：?")
# Recognition takes the dash between two names for the numeral 一.
_DASH, _TAKEN = r" ?(?:[—–\-~～]{1,3}|←→|↔) ?", r" ?一 ?"
_ONE = rf"(?:{NAME}|[\u4e00-\u9fff]{{2,6}}|[\u4e00-\u9fff] [\u4e00-\u9fff])"
_CHAINS = {
    link: re.compile(rf"(?:(?<=^)|(?<=[ ：，、；。]))(?P<chain>{_ONE}(?:{link}{_ONE})+)(?=[ ，、；。]|$)")
    for link in (_DASH, _TAKEN)
}
_MUTUALLY = re.compile(r"[^。；]{4,200}互为A、?/?B[角岗]")
_PAIR = re.compile(
    rf"(?P<a>{NAME})(?:同志)?[和与](?P<b>{NAME})(?:同志)?(?=[、，]|互为|以及|$)|(?P<a2>{NAME})、(?P<b2>{NAME})(?=互为)"
)
_ALL = re.compile(rf"(?:^|(?<=[，。；：]))(?P<names>{NAME}(?:、{NAME})+(?:[和与]{NAME})?)(?:同志)?(?:之间)?(?=互为)")


def _mutual(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The pairs that sentences say are AB角 of one another, each with its stretch."""
    for mutual in _MUTUALLY.finditer(text):
        several = _ALL.search(text, mutual.start(), mutual.end())
        names = re.split("[、和与]", several["names"]) if several else []
        if several and len(names) > 2 and all(map(is_name, names)):
            yield from ((a, b, *several.span()) for a, b in combinations(names, 2))
            continue
        for match in _PAIR.finditer(text, mutual.start(), mutual.end()):
            a, b = match["a"] or match["a2"], match["b"] or match["b2"]
            if is_name(a) and is_name(b):
                yield a, b, *match.span()


def stand_ins(scope: Scope) -> Iterator[StandIn]:
    """The pairs that cover for one another, each once."""
    for table in scope.tables:
        yield from _tabled(scope, table)
    covered: set[frozenset[str]] = set()
    for row in person_rows(scope):
        if row.stand_in and is_name(row.stand_in.chars) and row.stand_in.chars != row.name.chars:
            pair = frozenset((row.name.chars, row.stand_in.chars))
            if pair not in covered:
                covered.add(pair)
                text = Text.join([row.name, row.stand_in])
                yield scope.fact(
                    StandIn,
                    "stand_in.chain",
                    text,
                    passage=row.row.passage,
                    a=row.name.chars,
                    b=row.stand_in.chars,
                )
    open_list = False
    under: Heading | None = None
    covering: set[frozenset[str]] = set()
    for passage in scope.passages:
        if (cover := _covered(scope, passage)) and frozenset((cover.a, cover.b)) not in covering:
            covering.add(frozenset((cover.a, cover.b)))
            yield cover
        spaced = passage.spaced
        if passage.heading and passage.heading is not under:
            under = passage.heading
            open_list = open_list or bool(_HEAD.fullmatch(under.words))
        if not open_list and "角" not in spaced.chars and "岗" not in spaced.chars:
            continue
        mark = _HEAD.search(spaced.chars)
        for a, b, start, end in _mutual(passage.body.chars):
            yield scope.fact(StandIn, "stand_in.mutual", passage.body, (start, end), passage=passage, a=a, b=b)
        if mark:
            open_list = True
        if not open_list:
            continue
        found = False
        link = _DASH if re.search(r"[—–\-~～←↔]", spaced.chars) else _TAKEN
        for match in _CHAINS[link].finditer(spaced.chars, mark.end() if mark else 0):
            names = [name.replace(" ", "") for name in re.split(link, match["chain"])]
            if not all(is_name(name) or (link is _DASH and could_be_name(name)) for name in names):
                continue
            found = True
            for a, b in combinations(names, 2):
                start, end = match.span("chain")
                if abs(names.index(a) - names.index(b)) == 1:
                    cut = re.search(_blanks(a) + link + _blanks(b), spaced.chars[start:end])
                    start, end = (start + cut.start(), start + cut.end()) if cut else (start, end)
                yield scope.fact(StandIn, "stand_in.chain", spaced, (start, end), passage=passage, a=a, b=b)
        open_list = bool(mark) or found or bool(passage.opens and under and _HEAD.fullmatch(under.words))


_COVER = re.compile(rf"(?:AB|A、B|A/B|[BＢ])[角岗](?:为|是|由)?：?(?P<b>{NAME})(?:同志)?(?:担任)?(?=[，。；、）]|$)")


def _covered(scope: Scope, passage: Passage) -> StandIn | None:
    """Who covers for the one whom a paragraph is about: 何平（副主任）：负责…。B岗：李文."""
    text = passage.body.chars
    match = _COVER.search(text) if "角" in text or "岗" in text else None
    one = head_of(passage, passage.said.chars) if match and is_name(match["b"]) else None
    if not match or not one or one.name == match["b"]:
        return None
    stretch = match.span()
    return scope.fact(StandIn, "stand_in.chain", passage.body, stretch, passage=passage, a=one.name, b=match["b"])


def _tabled(scope: Scope, table: Table) -> Iterator[StandIn]:
    """The pairs of a table with a column for A角 and one for B角."""
    a, b = table.column(r"^A[角岗]"), table.column(r"^B[角岗]")
    if a is None or b is None:
        return
    for row in table.rows:
        if max(a, b) < len(row.cells):
            one, other = row.cells[a].closed().chars, row.cells[b].closed().chars
            if is_name(one) and is_name(other):
                yield scope.fact(StandIn, "stand_in.chain", row.passage.spaced, passage=row.passage, a=one, b=other)


def _blanks(name: str) -> str:
    return " ?".join(name)
