"""Tables of money: a row names who gets it or what it is for, a column who pays or which part it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.anatomy.tables import Row, Table
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.amounts import find_amounts
from kg.grammar.organisations import is_organisation
from kg.model import Fund

__all__ = ["RULES", "tabled_funds"]

RULES = (
    Rule(
        "fund.table",
        "In a table a number below a head that speaks of money is a sum, in the unit that the head or the line above says.",
        "单位：万元\n\n| 区 | 总投资 | 市级财政补助 |\n| --- | --- | --- |\n| 青川区 | 1200 | 400 |",
        "| 区 | 户数 |\n| --- | --- |\n| 青川区 | 1200 |",
    ),
)

_SIZES = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
_UNIT = re.compile(r"[（(](?:人民币)?(?P<unit>[千万百亿]{0,2}元)[)）]|[/／](?P<unit2>[千万百亿]{0,2}元)$")
_SAID = re.compile(r"(?:金额)?单位 ?： ?(?:人民币)?(?P<unit>[千万百亿]{0,2}元)")
_MONEY = re.compile(r"资金|经费|投资|补助|补贴|奖补|奖励|配套|自筹|金额|预算|拨款|财政|出资|合计|小计|总额|费用|标准")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ORDINAL = re.compile(r"序号|编号|年份|备注")
_PAYER = re.compile(
    r"(?P<payer>(?:中央|省级?|市级?|州级?|县级?|区级?|镇级?|乡级?|本级|上级)(?:财政)?)(?=.*(?:财政|补助|配套|资金|自筹|投入|承担|补贴|奖补))"
)
_PER = re.compile(r"每[^\d，。；]{1,4}(?=\d)")
_GRADE = re.compile(r"合计|总计|小计|共计|第?[一二三四五六七八九十甲乙丙丁A-D]+[档类级等]次?")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[省市区县旗州镇乡村]|街道|社区)")


def tabled_funds(scope: Scope) -> Iterator[Fund]:
    """The sums in the tables of a document, one a cell."""
    for table in scope.tables:
        units = _units(scope, table)
        for row in table.rows:
            for n, cell in enumerate(row.cells[: len(table.head)]):
                chars = cell.closed().chars
                if _ORDINAL.search(table.head[n]):
                    continue
                if units[n] and _NUMBER.fullmatch(chars):
                    value = Decimal(chars.replace(",", "")) * units[n]
                    if value:
                        yield _fund(scope, table, row, n, value, "=", None)
                elif _MONEY.search(table.head[n]):
                    per = _PER.search(chars)
                    for amount in find_amounts(chars):
                        if amount.is_money:
                            given = per[0] if per else f"每{amount.per}" if amount.per else None
                            yield _fund(scope, table, row, n, amount.value, amount.comparator, given)


def _units(scope: Scope, table: Table) -> list[int]:
    """How many yuan one is in each column; 0 for a column that is not of money."""
    said = _said(scope, table)
    sizes = []
    for head in table.head:
        own = _UNIT.search(head)
        unit = (own["unit"] or own["unit2"]) if own else said if _MONEY.search(head) else None
        sizes.append(_SIZES.get(unit or "", 0))
    return sizes


def _said(scope: Scope, table: Table) -> str | None:
    """The unit that a line before the table says (单位：万元)."""
    if not table.rows:
        return None
    first = next((n for n, passage in enumerate(scope.passages) if passage is table.rows[0].passage), 0)
    for passage in reversed(scope.passages[max(0, first - 4) : first]):
        if match := _SAID.search(passage.paragraph.chars):
            return match["unit"]
    return None


def _fund(scope: Scope, table: Table, row: Row, column: int, value: Decimal, comparator: str, per: str | None) -> Fund:
    labels = [words for n, cell in enumerate(row.cells[:column]) if (words := _label(table, n, cell.closed().chars))]
    payee = next((words for words in labels if is_organisation(words) or _PLACE.fullmatch(words)), None)
    named = next((words for words in labels if words != payee), "")
    head = _UNIT.sub("", table.head[column])
    payer = _PAYER.match(head)
    return scope.fact(
        Fund,
        "fund.table",
        row.passage.spaced,
        passage=row.passage,
        amount=value,
        comparator=comparator,
        per=per,
        payer=payer["payer"] if payer else None,
        payee=payee,
        purpose=f"{named}{head}" or None,
    )


def _label(table: Table, column: int, chars: str) -> str:
    """What a cell calls its row, if it does."""
    if _ORDINAL.search(table.head[column]) or not re.search("[\u4e00-\u9fff]", chars) or re.search(r"\d", chars):
        return ""
    return "" if _GRADE.fullmatch(chars) else chars
