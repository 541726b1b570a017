"""What was decided becomes a named graph of its own: which IRI stands for which, and each decision with its reason.

What a source says stays as it is. ``owl:sameAs`` ties an IRI to the one that stands for it wherever it is used; an IRI
that sources use for several things has a ``gz:Sense`` for each source. The default graph is made by these (``kg/merge.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from kg.identity.decide import Identity, Thing
from kg.identity.decision import Decision
from kg.identity.judgements import Judgement
from kg.identity.reforms import Change
from kg.rdf import whole_graph
from kg.rdf.terms import date_value, iri, literal, tagged
from kg.rdf.vocabulary import gz, std

__all__ = ["lines"]

Triple = tuple[str, str, str]

_TYPE, _LABEL = std("rdf:type"), std("rdfs:label")


def lines(identity: Identity, base: str) -> Iterator[str]:
    """The decisions as N-Quads lines, in no order and some of them twice: the caller sorts."""
    tail = f" <{whole_graph('identity', base)}> ."
    parts = (_things(identity), _decisions(identity, base), _changes(identity, base), _judged(identity, base))
    for part in parts:
        for subject, predicate, value in part:
            yield f"{subject} {predicate} {value}{tail}"


def _things(identity: Identity) -> Iterator[Triple]:
    own: dict[str, set[str]] = {}
    for thing in identity.things:
        for sense in thing.senses:
            own.setdefault(sense.iri, set()).add(thing.iri)
    for thing in identity.things:
        node = f"<{thing.iri}>"
        labels: set[str] = set()
        for sense in thing.senses:
            labels |= sense.labels
            if len(own[sense.iri]) > 1:
                yield from _sense(thing, *sense.order)
            elif sense.iri != thing.iri:
                yield f"<{sense.iri}>", std("owl:sameAs"), node
        if labels != {thing.label}:
            yield node, _TYPE, gz(thing.senses[0].type)
            yield node, gz("preferredName"), tagged(thing.label, "zh")


def _sense(thing: Thing, used: str, graph: str) -> Iterator[Triple]:
    node = f"<{thing.iri}#{sha256(f'{used} {graph}'.encode()).hexdigest()[:12]}>"
    yield node, _TYPE, gz("Sense")
    yield node, gz("senseOf"), f"<{thing.iri}>"
    yield node, gz("usedIri"), f"<{used}>"
    yield node, gz("inSource"), f"<{graph}>"


def _decisions(identity: Identity, base: str) -> Iterator[Triple]:
    for decision in identity.decisions:
        node = _node(decision, base)
        yield node, _TYPE, gz("IdentityDecision")
        yield node, gz("outcome"), gz(decision.outcome.value)
        for thing in decision.about:
            yield node, gz("about"), f"<{thing}>"
        for source in decision.sources:
            yield node, gz("inSource"), f"<{source}>"
        yield from _why(node, decision.rule, decision.reason_zh, decision.reason_en, decision.basis)
        yield from _who(node, decision.by, decision.when)


def _node(decision: Decision, base: str) -> str:
    said = json.dumps(
        [decision.about, decision.sources, decision.basis, decision.reason_zh, decision.by, decision.when]
    )
    return iri(base, f"decision/{decision.rule}/{sha256(said.encode('ascii')).hexdigest()[:12]}")


def _why(node: str, rule: str, zh: str, en: str, basis: tuple[str, ...]) -> Iterator[Triple]:
    yield node, gz("decidedBy"), literal(rule)
    yield node, gz("reason"), tagged(zh, "zh")
    yield node, gz("reason"), tagged(en, "en")
    for fact in basis:
        yield node, gz("basis"), f"<{fact}>"


def _who(node: str, by: str, when: str) -> Iterator[Triple]:
    if by:
        yield node, gz("judgedBy"), literal(by)
    if when:
        yield node, gz("date"), date_value(when)


def _changes(identity: Identity, base: str) -> Iterator[Triple]:
    for change in identity.changes:
        node = iri(base, change.key)
        yield node, _TYPE, gz("Reorganisation")
        yield node, _LABEL, tagged(change.label_zh, "zh")
        yield node, _LABEL, tagged(change.label_en, "en")
        yield node, std("org:resultingOrganization"), f"<{change.result}>"
        for original in change.originals:
            yield node, std("org:originalOrganization"), f"<{original}>"
        yield node, gz("date"), date_value(change.date)
        if change.start:
            yield node, gz("start"), date_value(change.start)
        yield from _why(node, _by(change), change.reason_zh, change.reason_en, change.basis)


def _by(change: Change) -> str:
    return "reorganisation.reform" if change.start else "reorganisation.merged-division"


def _judged(identity: Identity, base: str) -> Iterator[Triple]:
    """What the user says of facts, and what applies to nothing now."""
    for rulings, outcome, link in (
        (identity.wrong, "OutcomeWrong", "rejects"),
        (identity.added, "OutcomeAdded", "adds"),
    ):
        for fact, ruling in rulings.items():
            said = ruling.judgement
            node = iri(base, f"decision/judgement.{said.verb}/{sha256(fact.encode()).hexdigest()[:12]}")
            yield node, gz("outcome"), gz(outcome)
            yield node, gz(link), f"<{fact}>"
            yield from _judgement(node, said, *said.why)
    for said, gone, gone_en in identity.unapplied:
        node = iri(base, f"decision/judgement.{said.verb}/{sha256(str(said).encode()).hexdigest()[:12]}")
        yield node, gz("outcome"), gz("OutcomeWaiting")
        zh = f"人工认定“{said}”所指的{gone}（原为：{said.was}）现已不在来源之中，暂不生效"
        en = f"The judgement “{said}” speaks of {gone_en} (it was: {said.was}), which is not in the sources now: it waits"
        yield from _judgement(node, said, zh, en)


def _judgement(node: str, said: Judgement, zh: str, en: str) -> Iterator[Triple]:
    yield node, _TYPE, gz("IdentityDecision")
    yield from _why(node, f"judgement.{said.verb}", zh, en, ())
    yield from _who(node, said.who, said.when)
