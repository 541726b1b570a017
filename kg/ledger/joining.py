"""Facts that speak of one task become one task.

The rule, within one document:

1. Duties of one matter in one section are one task, whoever they name. What stands behind 责任单位： or in a bracket of
   agents at the end of a passage *closes* that passage: it speaks of all that stands in the section before it, back to
   the bracket before.
2. A deadline belongs to the task whose matter it repeats; else, where it names no agent, to the task that closes its
   passage; else to the one task in its section that it overlaps with and that shares an agent with it (or, where it
   names none, that it overlaps with). Any other deadline is a task of its own: its agents answer for it.
3. Where two deadlines or more with different times belong to one task, each becomes a row: they fall due, and are
   ticked off, one by one. A row has the task's agents. The task itself stays a row
   only if more is said of it than who takes it on.
4. A target belongs to the task whose matter contains it or that it overlaps with; else, where it names no agent or one
   of the task's, to the task that closes its passage. Any other target that has an agent is a task of its own; one
   without an agent, but with a date, is one too, and all of them in a section in which nothing else is to be done are
   one task, named by its heading. The rest are conditions and standards, and no tasks.
5. A fund belongs to the task that it overlaps with, else to the one that closes its passage, else to the only one in
   its section in which its payer takes part. Any other fund is no task.
6. What a document says twice, of the same agents and in the same words, is one task; so is what two sources say of the
   same document.

The division of labour among leaders (协助分管…) is no task; neither is what somebody may or must not do.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby

from kg.ledger.passages import Draft, bare, gathered
from kg.ledger.tasks import Fact, Part, Party, Task, Term
from kg.rdf.terms import segment
from kg.rdf.vocabulary import ROLE_KINDS, classify

__all__ = ["join", "part_of"]

_STANDING = frozenset({"duty.division"})
_PARTS: Mapping[str, Part] = {
    "RoleLead": Part.LEAD,
    "RoleAssist": Part.SUPPORT,
    "RoleSupport": Part.SUPPORT,
    "RoleTakePart": Part.SUPPORT,
    "RoleLiaise": Part.SUPPORT,
    "RoleGuide": Part.OTHER,
    "RoleApprove": Part.OTHER,
    "RoleCoordinate": Part.OTHER,
}
"""Kind of role → the part; any other kind, or none, answers for the task."""
_WORDS: Mapping[str, Part] = {
    "主办": Part.LEAD,
    "主责": Part.LEAD,
    "协办": Part.SUPPORT,
    "协同": Part.SUPPORT,
    "协作": Part.SUPPORT,
    "监管": Part.OTHER,
    "督办": Part.OTHER,
}
"""Words of labels that are no kind of role in the graph."""
_VERBS = ("组织", "协调", "指导", "统筹", "审定", "审核", "审批", "监督", "督促", "承担", "支持")
"""Roles that are the verb of the matter: without it the matter says nothing."""

Terms = Callable[[Fact], Term | None]
Headings = Callable[[Fact], str]


def join(facts: Iterable[Fact], terms: Terms, heading: Headings, titles: Mapping[str, str], base: str) -> list[Task]:
    """The tasks that the facts speak of, by document and in reading order.

    ``terms`` says what time a deadline or a target sets, ``heading`` that of the section of a fact, ``titles`` those
    of the documents; ``base`` begins all IRIs.
    """
    wanted = [
        fact
        for fact in facts
        if fact["kind"] in ("duty", "deadline", "target", "fund") and fact["rule"] not in _STANDING
    ]
    wanted.sort(key=lambda fact: (fact["graph"], fact["doc"]))
    said: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for (_, doc), group in groupby(wanted, lambda fact: (fact["graph"], fact["doc"])):
        for path, section in groupby(sorted(group, key=_section), _section):
            facts_of_it = list(section)
            for draft in gathered(path, facts_of_it, heading(facts_of_it[0])):
                said[doc, draft.key].append(draft)
    made = [
        _task(doc, key, drafts, terms, heading, titles, base)
        for (doc, key), same in said.items()
        for key, drafts in _apart(key, same)
    ]
    return sorted(made, key=_place)


def _section(fact: Fact) -> str:
    return str(fact.get("section") or "")


def _place(task: Task) -> tuple[str, str, list[list[int]], dt.date, str]:
    first = min((term.day for term in task.terms if term.day), default=dt.date.max)
    return task.evidence["graph"], task.doc, task.evidence["spans"], first, task.iri


def _apart(key: str, drafts: list[Draft]) -> Iterator[tuple[str, list[Draft]]]:
    """What is said in the same words of different agents is not one task: the agents tell it apart."""
    by_agents: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_agents[tuple(sorted(draft.agents))].append(draft)
    for agents, same in by_agents.items():
        yield ("\n".join((key, *agents)) if len(by_agents) > 1 else key), same


def _task(
    doc: str,
    key: str,
    drafts: list[Draft],
    terms: Terms,
    heading: Headings,
    titles: Mapping[str, str],
    base: str,
) -> Task:
    draft = drafts[0]
    facts = [fact for each in drafts for fact in each.facts]
    evidence = min(facts, key=lambda fact: (fact["graph"], fact["spans"], fact["fact"]))
    digest = sha256(f"{doc}\n{key}".encode()).hexdigest()[:16]
    dated = [fact for each in drafts for fact in (*each.deadlines, *each.targets)]
    path, title = draft.section, heading(evidence)
    return Task(
        iri=f"{base}task/{segment(doc)}/{digest}",
        text=_text(draft),
        parties=_parties(drafts),
        terms=_terms(dated, terms),
        targets=_unlike(fact for each in drafts for fact in each.targets),
        funds=_unlike(fact for each in drafts for fact in each.funds),
        doc=doc,
        title=titles.get(doc, ""),
        section=f"{path} {title}".strip(),
        evidence=evidence,
        quotes=tuple(dict.fromkeys(fact["quote"] for fact in sorted(facts, key=lambda fact: fact["spans"]))),
    )


def _text(draft: Draft) -> str:
    """What is to be done: the matter, with the verb that is its role, or with what falls due of it."""
    if draft.whole:
        return _with(_text(draft.whole), draft.matter)
    roles = {str(duty.get("role") or "") for duty in draft.duties}
    verb = next(iter(roles)) if len(roles) == 1 else ""
    text = f"{verb}{draft.matter}" if verb in _VERBS and not draft.closing else draft.matter
    words = {str(fact.get("task") or "") for fact in draft.deadlines} if draft.duties else set()
    return _with(text, next(iter(words))) if len(words) == 1 else text


def _with(text: str, words: str) -> str:
    """The text, with the words behind it unless it says them already."""
    return text if not words or bare(words) in bare(text) else f"{text}：{words}"


def _parties(drafts: list[Draft]) -> tuple[Party, ...]:
    """Who takes on the task, each once in each part, in the order in which the text names them."""
    facts = [
        fact for each in drafts for draft in (each, each.whole) if draft for fact in (*draft.duties, *draft.deadlines)
    ]
    if not any(fact["kind"] == "duty" for fact in facts):
        facts += [fact for each in drafts for fact in each.targets]
    found: dict[tuple[str, Part], tuple[tuple[int, int], Party]] = {}
    for fact in facts:
        if not (name := str(fact.get("agent") or "")):
            continue
        role = str(fact.get("role") or "")
        party = Party(name, str(fact["things"].get("agent") or ""), role, part_of(role))
        place = (fact["spans"][0][0], _offset(name, fact["quote"]))
        known = found.setdefault((party.thing or name, party.part), (place, party))
        # An agent that its duty puts into a part does not answer for the task once more because a date names it.
        if known[0] > place:
            found[party.thing or name, party.part] = (place, party)
    duty = {key for key, part in found if part is not Part.ANSWER}
    kept = {
        slot: said for slot, said in found.items() if slot[1] is not Part.ANSWER or slot[0] not in duty or said[1].role
    }
    parties = [party for _, party in sorted(kept.values(), key=lambda entry: (entry[0], entry[1].name))]
    if any(party.part in (Part.LEAD, Part.ANSWER) for party in parties):
        return tuple(parties)
    # With nobody else named, who guides or coordinates answers for doing so.
    return tuple(Party(p.name, p.thing, p.role, Part.ANSWER) if p.part is Part.OTHER else p for p in parties)


def part_of(role: str) -> Part:
    """In which part the text's word for a role puts whoever has it; without one, or with another word, they answer."""
    named = next((part for word, part in _WORDS.items() if word in role), None)
    return named or _PARTS.get(classify(role, ROLE_KINDS) or "", Part.ANSWER)


def _offset(name: str, quote: str) -> int:
    """Where a name stands in the sentence, be its beginning shared with the one before it (各街道办事处、乡镇人民政府)."""
    for cut in range(max(1, len(name) - 1)):
        if (at := quote.find(name[cut:])) >= 0:
            return at
    return len(quote)


def _terms(facts: Iterable[Fact], terms: Terms) -> tuple[Term, ...]:
    """The times that are set, each once; a target adds one only where it names another day."""
    found: dict[tuple[object, ...], Term] = {}
    for fact in facts:
        if term := terms(fact):
            key = (term.day, term.rule, term.basis if term.day is None else "", term.waits_for)
            found.setdefault(key, term)
    return tuple(found.values())


def _unlike(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts, less those that say the same number of the same thing again."""
    seen: dict[tuple[str, ...], Fact] = {}
    for fact in facts:
        names = ("subject", "value", "comparator", "unit", "by", "amount", "share", "per", "payer", "payee", "purpose")
        seen.setdefault(tuple(str(fact.get(name) or "") for name in names), fact)
    return tuple(seen.values())
