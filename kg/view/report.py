"""A build on one page: the issue at a glance, its documents, who has most ties, what falls due, what was left over.

The page is one HTML file that asks nothing of any network, and says all it has without its script, which puts one of the
two languages aside and counts the days from the reader's today. Its links lead to the files beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.model import FACT_KINDS, Coverage, Leftover, Span
from kg.view.conflicts import conflicts
from kg.view.evidence import anchor, at, evidence_name, where
from kg.view.gaps import gaps
from kg.view.inline import asset, json_text, policy, render, visible, words
from kg.view.phrases import money, when
from kg.view.ties import bridges, circles, most_tied, parties, ways

if TYPE_CHECKING:
    import networkx
    from markupsafe import Markup

    from kg.query import Reckoned

__all__ = ["FILES", "SCRIPTS", "bars", "docname", "dressed", "report"]

Fact = Mapping[str, Any]

FILES = {"network.html": "网络图", "facts.jsonl": "事实", "graph.nq": "图谱", "graph.trig": "图谱（可读）"}
"""The files beside a report, as it calls them."""
SCRIPTS = ("page.js", "report.js")
_STYLES = ("page.css", "report.css")
_CONTENTS = (
    ("glance", "一览", "At a glance"),
    ("documents", "公文", "Documents"),
    ("kinds", "事实", "Facts"),
    ("ties", "联系", "Ties"),
    ("deadlines", "时限", "Deadlines"),
    ("contradictions", "矛盾", "Contradictions"),
    ("funds", "资金", "Funds"),
    ("appointments", "任免", "Appointments"),
    ("coverage", "覆盖", "Coverage"),
    ("left", "未成事实", "Left over"),
)
_LEFT = 200
"""How many leftovers of a reason are shown; all are counted."""


def report(
    facts: Iterable[Fact],
    leftovers: Iterable[Leftover],
    graph: networkx.MultiDiGraph,
    *,
    dues: Mapping[str, Reckoned] | None = None,
    coverage: Iterable[Coverage] = (),
    progress: Iterable[object] = (),
    files: Sequence[str] = tuple(FILES),
    evidence: str = "",
    contradictions: Iterable[Mapping[str, Any]] = (),
) -> str:
    """The report as HTML. ``facts`` are in the gold format, with ``spans``, ``source`` and ``rule`` where they are known.

    ``dues`` say when the deadlines fall due, by their IRI; ``coverage``, what no fact covers in each source;
    ``progress``, how far tasks are as somebody filled in, with ``text``, ``doc``, ``state`` and the like;
    ``contradictions``, what the sources contradict, with the sentences of both sides.
    ``files`` are the names of the files beside the report that it links to, ``evidence`` the folder of the evidence pages;
    nothing links to what is not there. For those pages facts need their ``graph``.
    """
    facts = list(facts)
    leftovers = list(leftovers)
    issues = [fact for fact in facts if fact["kind"] == "issue"]
    kinds = Counter(str(fact["kind"]) for fact in facts)
    plain, named = parties(graph)
    tied = {
        "ties": most_tied(graph),
        "ways": ways(graph, plain, named),
        "circles": circles(graph, plain, named),
        "bridges": bridges(graph, plain, named),
    }
    found = gaps(coverage)
    sources = _sources(facts, evidence)
    against = conflicts(contradictions, evidence)
    appointments = [fact for fact in facts if fact["kind"] == "appointment"]
    shown = {"ties": tied["ties"], "appointments": appointments, "coverage": found, "contradictions": against}
    return render(
        "report.html.template",
        **dressed(),
        **tied,
        contents=[(target, chinese, english) for target, chinese, english in _CONTENTS if shown.get(target, True)],
        title=_title(issues),
        issues=issues,
        glance=_glance(facts, leftovers, graph),
        documents=_documents(facts),
        kinds=bars(kinds),
        deadlines=_deadlines(facts, dues or {}),
        funds=_funds(facts),
        total=_total(facts),
        appointments=appointments,
        leftovers=_leftovers(leftovers),
        gaps=found,
        progress=list(progress),
        conflicts=against,
        files=[(name, quote(name), FILES.get(name, "")) for name in files],
        sources=sources,
        where=where,
        at=lambda fact: at(fact, evidence),
        inside=_inside(sources),
        inpicture=lambda node: f"network.html#node={quote(visible(str(node)), safe='')}",
        docname=docname,
        fieldname=lambda name: words()["fields"][name],
    )


def dressed() -> dict[str, Markup]:
    """What every page of this kind is given: its policy, its style, its script and the script's words."""
    from markupsafe import Markup

    style, script = "\n".join(map(asset, _STYLES)), "\n".join(map(asset, SCRIPTS))
    return {
        "policy": Markup(policy(scripts=(script,), styles=(style,))),
        "style": Markup(style),
        "script": Markup(script),
        "data": Markup(json_text({"words": {"ui": words()["ui"]}})),
    }


def _sources(facts: Sequence[Fact], evidence: str) -> list[tuple[str, str]]:
    """The sources by name, each with the address of its evidence page."""
    found = (
        {(str(fact.get("source") or ""), str(fact["graph"])) for fact in facts if fact.get("graph")} if evidence else ()
    )
    return [(name, f"{evidence}/{quote(evidence_name(graph))}") for name, graph in sorted(found)]


def _inside(sources: Sequence[tuple[str, str]]) -> Callable[[str, Span], str]:
    """The address of a place in a source by its name; of one without a name where there is one source alone."""
    pages = {name: page for name, page in sources if sum(name == other for other, _ in sources) == 1}

    def address(source: str, span: Span) -> str:
        page = pages.get(source) if source else sources[0][1] if len(sources) == 1 else None
        return f"{page}#{anchor(span)}" if page else ""

    return address


def _total(facts: Sequence[Fact]) -> dict[str, Any] | None:
    """What the sums that are stated as a whole add up to."""
    sums = [Decimal(str(f["amount"])) for f in facts if f["kind"] == "fund" and f.get("amount") and not f.get("per")]
    return {"number": len(sums), "said": money({"amount": sum(sums)})} if len(sums) > 1 else None


def _title(issues: Sequence[Fact]) -> str:
    if not issues:
        return "公报知识图谱"
    names = [" ".join(str(fact[n]) for n in ("title", "number") if fact.get(n)) for fact in issues]
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 期"


def docname(doc: object) -> str:
    """What a document is called on a page."""
    return "公报本身" if doc == "issue" else str(doc)


def _glance(facts: Sequence[Fact], leftovers: Sequence[Leftover], graph: networkx.MultiDiGraph) -> list[dict[str, Any]]:
    """The few numbers that say how big it is."""
    types = Counter(str(kind) for _, kind in graph.nodes(data="type"))
    numbers = [
        (sum(fact["kind"] == "document" for fact in facts), "份公文", "documents"),
        (len(facts), "条事实", "facts"),
        (types["Official"], "人", "people"),
        (types["Agency"] + types["AgencyGroup"], "个机关单位", "agencies"),
        (types["CoordinatingBody"], "个议事协调机构", "coordinating bodies"),
        (len(leftovers), "处未成事实", "left over"),
    ]
    return [{"number": number, "zh": chinese, "en": english} for number, chinese, english in numbers]


def _documents(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The documents in their order, each with what was found in it; last the issue itself and what has no document."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        found[str(fact["doc"])][str(fact["kind"])] += 1
    rows: list[dict[str, Any]] = []
    named: set[str] = set()
    for fact in facts:
        if fact["kind"] != "document":
            continue
        # A plan behind a notice has the notice's facts: they are counted there.
        first = fact["doc"] not in named and not fact.get("part_of")
        issuer = fact.get("issuer") or ()
        rows.append(
            {
                "fact": fact,
                "issuer": issuer if isinstance(issuer, str) else "、".join(map(str, issuer)),
                "kinds": _kinds(found[str(fact["doc"])]) if first else [],
            }
        )
        if first:
            named.add(str(fact["doc"]))
    rows.extend(
        {"fact": {"title": docname(doc)}, "issuer": "", "kinds": _kinds(found[doc])}
        for doc in sorted(found.keys() - named)
    )
    return rows


def _kinds(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    look = words()["kinds"]
    return [(look.get(kind, look[""])["zh"], counts[kind]) for kind in _in_order(counts)]


def _in_order(kinds: Iterable[str]) -> list[str]:
    rank = {kind: number for number, kind in enumerate(FACT_KINDS)}
    return sorted(kinds, key=lambda kind: (rank.get(kind, len(rank)), kind))


def bars(kinds: Mapping[str, int]) -> list[dict[str, Any]]:
    """How many facts of each kind there are, and how long the bar for it is."""
    look = words()["kinds"]
    most = max(kinds.values(), default=1)
    return [
        {**look.get(kind, look[""]), "name": kind, "number": kinds[kind], "width": round(100 * kinds[kind] / most, 1)}
        for kind in _in_order(kinds)
    ]


def _deadlines(facts: Sequence[Fact], dues: Mapping[str, Reckoned]) -> list[dict[str, Any]]:
    """What falls due, by its date; what recurs or runs from an event comes after what has a date."""
    rows = [
        {"fact": fact, "when": when(fact), "due": dues.get(str(fact.get("fact")))}
        for fact in facts
        if fact["kind"] == "deadline"
    ]
    # 2020 means by the end of 2020, so it comes after 2020-12-31; ~ sorts behind all digits.
    return sorted(
        rows, key=lambda row: f"{row['fact'].get('on') or row['fact'].get('end') or row['fact'].get('start') or '~'}~"
    )


def _funds(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Sums, the largest first, then shares."""
    rows = [{"fact": fact, "money": money(fact)} for fact in facts if fact["kind"] == "fund"]
    return sorted(rows, key=lambda row: (-float(row["fact"].get("amount") or 0), -float(row["fact"].get("share") or 0)))


def _leftovers(leftovers: Sequence[Leftover]) -> list[dict[str, Any]]:
    """By reason, the most frequent first."""
    reasons: dict[str, list[Leftover]] = defaultdict(list)
    for leftover in leftovers:
        reasons[leftover.reason].append(leftover)
    return [
        {"reason": reason, "number": len(found), "shown": found[:_LEFT], "more": max(0, len(found) - _LEFT)}
        for reason, found in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
