"""What the documents contradict each other in, and themselves: each claim that is broken, with both sides' statements.

A contradiction is the sources' own. It is reported and kept in the graph, and does not make the graph wrong: that the
sources say so is true. Each claim is a function; a test breaks every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.contradictions.claims import Claim, Contradiction, Facts
from kg.contradictions.dates import due_before_document, period_turned
from kg.contradictions.kept import kept, told_with_sentences
from kg.contradictions.matters import two_due_dates, two_leads, two_limits, two_seats
from kg.contradictions.papers import listed_otherwise, one_number
from kg.contradictions.posts import removed_unknown, two_holders, two_readings
from kg.contradictions.sums import figures_and_words, parts_and_total, shares_and_whole
from kg.contradictions.triples import triples
from kg.standing import Fact, State, by_source, needed, state

__all__ = ["CLAIMS", "Contradiction", "across", "contradictions", "kept", "told_with_sentences", "triples", "within"]

CLAIMS: dict[str, Claim] = {
    claim.name: claim
    for claim in (
        Claim(
            "two_holders",
            "一个正职在同一天只有一人担任",
            "A post for one is held by one person at a time",
            "Warning",
            two_holders,
            within=False,
        ),
        Claim(
            "two_readings",
            "同一人在同一机构的职务只有一种写法",
            "The post of a person in an organisation is written in one way",
            "Warning",
            two_readings,
            within=False,
        ),
        Claim(
            "removed_unknown",
            "被免去某职的人此前见载任该职",
            "Who is removed from a post was said to hold it",
            "Info",
            removed_unknown,
            within=False,
        ),
        Claim(
            "period_turned",
            "期间不早于开始而结束",
            "A period does not end before it starts",
            "Warning",
            period_turned,
            within=True,
        ),
        Claim(
            "due_before_document",
            "期限不早于规定它的公文",
            "A deadline is not over when its document is issued",
            "Warning",
            due_before_document,
            within=True,
        ),
        Claim(
            "parts_and_total",
            "各项相加等于总数",
            "Parts add up to their total",
            "Warning",
            parts_and_total,
            within=True,
        ),
        Claim(
            "shares_and_whole",
            "各方分担的比例合计不超过百分之百",
            "Shares come to no more than the whole",
            "Warning",
            shares_and_whole,
            within=True,
        ),
        Claim(
            "figures_and_words",
            "大写金额与小写一致",
            "A sum in words is the sum in figures",
            "Warning",
            figures_and_words,
            within=True,
        ),
        Claim(
            "one_number",
            "一个文号只属于一件公文",
            "A number is that of one document",
            "Warning",
            one_number,
            within=False,
        ),
        Claim(
            "listed_otherwise",
            "目录所列的标题和文号与正文一致",
            "The contents list a document by its own title and number",
            "Info",
            listed_otherwise,
            within=True,
        ),
        Claim(
            "two_leads",
            "同一任务只有一个牵头方",
            "A task is led by the same in all documents",
            "Warning",
            two_leads,
            within=False,
        ),
        Claim(
            "two_due_dates",
            "同一任务只有一个期限",
            "A task falls due on one day",
            "Warning",
            two_due_dates,
            within=False,
        ),
        Claim("two_limits", "同一指标只有一个数值", "A limit has one value", "Warning", two_limits, within=False),
        Claim(
            "two_seats",
            "一个机构的办公室在同一天只设在一处",
            "The office of a body is in one place at a time",
            "Warning",
            two_seats,
            within=False,
        ),
    )
}
"""By name."""


def within(facts: Iterable[Fact]) -> list[Contradiction]:
    """What the facts of one source contradict by themselves."""
    known = Facts(facts)
    return sorted({found for claim in CLAIMS.values() if claim.within for found in claim.broken(known, State())})


def across(facts: Iterable[Fact], stands: State) -> list[Contradiction]:
    """What the facts of all sources contradict together. ``stands`` is their state after all documents."""
    known = Facts(facts)
    return sorted({found for claim in CLAIMS.values() if not claim.within for found in claim.broken(known, stands)})


def contradictions(facts: Iterable[Fact]) -> list[Contradiction]:
    """All that facts in full contradict: by themselves, source by source, and together."""
    facts = list(facts)
    needs = list(needed(facts))
    alone = (found for own in by_source(facts).values() for found in within(own))
    return sorted({*alone, *across(needs, state(needs))})
