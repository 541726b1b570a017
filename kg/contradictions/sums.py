"""Sums: parts add up to the total they are said to be of, and a sum in words is the sum in figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kg.contradictions.claims import Facts, Found
from kg.grammar.numbers import value
from kg.standing import Fact, State

__all__ = ["figures_and_words", "parts_and_total", "shares_and_whole"]


def parts_and_total(facts: Facts, state: State) -> Iterator[Found]:
    """Parts that come to more than their total, or to less where the text lists them all.

    Bounds (不低于, 约) add up to nothing; one part alone leaves a rest unsaid.
    """
    parts: dict[str, list[Fact]] = defaultdict(list)
    wholes: dict[str, Fact] = {}
    for fact in facts.of("fund", "target"):
        wholes[fact["fact"]] = fact
        if fact.get("whole"):
            parts[fact["whole"]].append(fact)
    for iri, listed in parts.items():
        whole = wholes.get(iri)
        if whole is None or any(fact["comparator"] != "=" for fact in (whole, *listed)):
            continue
        total = _number(whole)
        amounts = [_number(fact) * (total if "share" in fact else 1) for fact in listed]
        together = sum(amounts, Decimal())
        if together > total or (together < total and all(fact.get("complete") for fact in listed)):
            unit = whole.get("unit") or "元"
            said = f"{_plain(total)}{unit}"
            yield Found(
                whole,
                listed,
                f"总数为{said}，所列{len(listed)}项合计{_plain(together)}{unit}",
                f"the total is {_plain(total)}, and the {len(listed)} parts come to {_plain(together)}",
            )


def shares_and_whole(facts: Facts, state: State) -> Iterator[Found]:
    """Shares of several payers, one behind the other, that come to more than all."""
    shares = [fact for fact in facts.of("fund") if "share" in fact and fact.get("payer") and fact["comparator"] == "="]
    shares.sort(key=lambda fact: (fact["graph"], fact["doc"], fact["spans"]))
    run: list[Fact] = []
    for fact in [*shares, None]:
        if fact and run and _goes_on(run, fact):
            run.append(fact)
            continue
        together = sum(map(_number, run), Decimal())
        if together > 1:
            said = f"{_plain(together * 100)}%"
            yield Found(
                run[0],
                run[1:],
                f"{len(run)}方承担的比例合计{said}",
                f"the shares of the {len(run)} that pay come to {said}",
            )
        run = [fact] if fact else []


def _goes_on(run: list[Fact], fact: Fact) -> bool:
    """Whether a share stands right behind those of others, in the same document, and is somebody else's."""
    last = run[-1]
    near = 0 <= fact["spans"][0][0] - last["spans"][-1][1] <= _NEAR or fact["spans"] == last["spans"]
    together = (fact["graph"], fact["doc"]) == (last["graph"], last["doc"])
    return together and near and fact["payer"] not in {other["payer"] for other in run}


_NEAR = 3
"""Characters between two clauses of one sentence: a comma, perhaps a line's end."""


def _number(fact: Fact) -> Decimal:
    said = next(fact[name] for name in ("amount", "share", "value") if name in fact)
    return Decimal(str(said))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_FORMAL = "零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億"
_WORDS = rf"(?:人民币)?(?P<words>[{_FORMAL}]+)[元圆圓](?:整|正)?(?:零?(?P<jiao>[壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<fen>[壹贰叁肆伍陆柒捌玖])分)?"
_FIGURES = r"(?P<figures>\d[\d,，]*(?:\.\d+)?)(?P<scale>[百千]?[万亿]?)元(?:整|正)?"
_BOTH = (
    re.compile(rf"{_FIGURES}[（(，,]?(?:人民币)?大写(?:金额)?[：:]?{_WORDS}"),
    re.compile(rf"{_WORDS}[（(，,]?(?:小写(?:金额)?[：:]?)?(?:人民币)?[¥￥]?{_FIGURES.replace('元', '元?')}[）)]"),
)
_SIMPLE = str.maketrans("貳參陸萬億圓〇", "贰叁陆万亿圆零")


def figures_and_words(facts: Facts, state: State) -> Iterator[Found]:
    """A sum whose words (大写) are another number than its figures."""
    seen: set[tuple[str, str, str]] = set()
    for fact in facts.of("fund", "target"):
        for pattern in _BOTH:
            for match in pattern.finditer(fact["quote"]):
                # Facts of one clause have the same quote: it is one sum.
                place = (fact["graph"], str(fact["spans"]), match[0])
                if place in seen or (amounts := _amounts(match)) is None:
                    continue
                seen.add(place)
                figures, words = amounts
                if figures != words:
                    yield Found(
                        fact,
                        [],
                        f"小写{_plain(figures)}元，大写却是{_plain(words)}元",
                        f"the figures say {_plain(figures)} yuan, the words {_plain(words)}",
                    )


def _amounts(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    try:
        figures = value(re.sub("[,，]", "", match["figures"]), match["scale"] or "")
        words = value(match["words"].translate(_SIMPLE))
        for part, unit in (("jiao", "0.1"), ("fen", "0.01")):
            if match[part]:
                words += value(match[part]) * Decimal(unit)
    except ValueError:
        return None
    return figures, words
