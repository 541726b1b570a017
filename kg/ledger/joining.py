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
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby

from kg.ledger.tasks import Fact, Part, Party, Task, Term
from kg.rdf.terms import segment
from kg.rdf.vocabulary import ROLE_KINDS, classify

__all__ = ["join"]

_CLOSING = frozenset({"duty.label", "duty.bracket"})
_STANDING = frozenset({"duty.division"})
_NOT_IN_WORDS = re.compile(r"[^\w%]+")
_TIME_FIELDS = ("on", "start", "end", "every", "within", "after")
# A heading that names a part of any plan, and nothing to be done.
_KINDS_OF_PART = "目标|要求|任务|原则|思想|安排|措施|内容|步骤|指标|保障|思路|意义|情况|事项|标准|条件|附则|总则"
_GENERAL = re.compile(
    rf"(?:总体|工作|主要|发展|基本|重点|年度|具体|阶段|预期|行动|建设|指导|实施|组织|清单|[与和及、]|{_KINDS_OF_PART})*(?:{_KINDS_OF_PART})"
)
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


@dataclass(slots=True)
class _Draft:
    """A task while its facts are gathered."""

    matter: str
    section: str
    duties: list[Fact] = field(default_factory=list)
    deadlines: list[Fact] = field(default_factory=list)
    targets: list[Fact] = field(default_factory=list)
    funds: list[Fact] = field(default_factory=list)
    whole: _Draft | None = None
    """The task that this one is a date of."""

    @property
    def facts(self) -> list[Fact]:
        return [*self.duties, *self.deadlines, *self.targets, *self.funds]

    @property
    def closing(self) -> bool:
        return any(duty["rule"] in _CLOSING for duty in self.duties)

    @property
    def only_named(self) -> bool:
        """Whether nothing is said of it but who takes it on."""
        return self.closing and not (self.deadlines or self.targets or self.funds)

    @property
    def agents(self) -> set[str]:
        """Whom its duties, deadlines and targets name."""
        return {name for fact in self.facts if (name := _agent(fact))}

    @property
    def end(self) -> int:
        return max(int(fact["spans"][-1][1]) for fact in self.duties)

    def overlaps(self, fact: Fact) -> bool:
        """Whether the sentence of a duty or a deadline of it shares a character with that of the fact."""
        own = [span for mine in (*self.duties, *self.deadlines, *self.targets) for span in mine["spans"]]
        return any(a < d and c < b for a, b in own for c, d in fact["spans"])


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
    said: dict[tuple[str, str], list[_Draft]] = defaultdict(list)
    for (_, doc), group in groupby(wanted, lambda fact: (fact["graph"], fact["doc"])):
        for draft in _Passages(group, heading).drafts():
            said[doc, _key(draft)].append(draft)
    made = [
        _task(doc, key, drafts, terms, heading, titles, base)
        for (doc, key), same in said.items()
        for key, drafts in _apart(key, same)
    ]
    return sorted(made, key=_place)


def _place(task: Task) -> tuple[str, str, list[list[int]], dt.date, str]:
    first = min((term.day for term in task.terms if term.day), default=dt.date.max)
    return task.evidence["graph"], task.doc, task.evidence["spans"], first, task.iri


def _apart(key: str, drafts: list[_Draft]) -> Iterator[tuple[str, list[_Draft]]]:
    """What is said in the same words of different agents is not one task: the agents tell it apart."""
    by_agents: dict[tuple[str, ...], list[_Draft]] = defaultdict(list)
    for draft in drafts:
        by_agents[tuple(sorted(_all_agents(draft)))].append(draft)
    for agents, same in by_agents.items():
        yield ("\n".join((key, *agents)) if len(by_agents) > 1 else key), same


def _all_agents(draft: _Draft) -> set[str]:
    return draft.agents | (draft.whole.agents if draft.whole else set())


def _key(draft: _Draft) -> str:
    """The words that a task is known by."""
    return _bare(draft.matter) if draft.whole is None else f"{_bare(draft.whole.matter)}\t{_bare(draft.matter)}"


class _Passages:
    """The facts of one document in one source, gathered to tasks."""

    def __init__(self, facts: Iterable[Fact], heading: Headings) -> None:
        self.of: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(facts, key=lambda fact: (fact["spans"], fact["fact"])):
            self.of[fact["kind"]].append(fact)
        self.heading = heading
        self.found: list[_Draft] = []

    def drafts(self) -> list[_Draft]:
        self._duties()
        self._deadlines()
        self._split()
        self._targets()
        self._funds()
        wholes = {id(draft.whole) for draft in self.found}
        return [draft for draft in self.found if draft.facts and not (id(draft) in wholes and draft.only_named)]

    def _in(self, section: str) -> list[_Draft]:
        return [draft for draft in self.found if draft.section == section]

    def _duties(self) -> None:
        for duty in self.of["duty"]:
            self._draft(duty["matter"], duty.get("section", "")).duties.append(duty)

    def _draft(self, matter: str, section: str) -> _Draft:
        """The task of that matter in that section, made if there is none."""
        bare = _bare(matter)
        for draft in self._in(section):
            if _bare(draft.matter) == bare and draft.whole is None:
                return draft
        self.found.append(_Draft(matter, section))
        return self.found[-1]

    def _deadlines(self) -> None:
        said: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in self.of["deadline"]:
            place = (fact.get("section", ""), _bare(fact.get("task") or fact["quote"]), *_time(fact))
            said[place].append(fact)
        for group in said.values():
            home = self._home_of_deadline(group)
            if home is None:
                fact = group[0]
                home = _Draft(fact.get("task") or fact["quote"], fact.get("section", ""))
                self.found.append(home)
            home.deadlines += group

    def _home_of_deadline(self, group: list[Fact]) -> _Draft | None:
        fact = group[0]
        here = [draft for draft in self._in(fact.get("section", "")) if draft.duties]
        task = _bare(fact.get("task") or "")
        if same := [draft for draft in here if task and _bare(draft.matter) == task]:
            return same[0]
        agents = {name for each in group if (name := _agent(each))}
        if not agents and (closed := _closed_by(here, fact)):
            return closed
        over = [draft for draft in here if draft.overlaps(fact) and (not agents or agents & draft.agents)]
        return over[0] if len(over) == 1 else None

    def _split(self) -> None:
        """Each of several times of one task becomes a row."""
        for draft in list(self.found):
            times = {_time(fact) for fact in draft.deadlines}
            if not draft.duties or len(times) < 2:
                continue
            for fact in draft.deadlines:
                words = fact.get("task") or fact["quote"]
                for made in self.found:
                    if (
                        made.whole is draft
                        and _bare(made.matter) == _bare(words)
                        and _time(made.deadlines[0]) == _time(fact)
                    ):
                        made.deadlines.append(fact)
                        break
                else:
                    self.found.append(_Draft(words, draft.section, deadlines=[fact], whole=draft))
            draft.deadlines = []

    def _targets(self) -> None:
        for fact in self.of["target"]:
            home = self._home_of_target(fact)
            if home is None and (fact.get("agent") or fact.get("by")):
                matter = str(fact["subject"]) if fact.get("agent") else self._named(fact)
                home = self._draft(matter, fact.get("section", ""))
            if home:
                home.targets.append(fact)

    def _home_of_target(self, fact: Fact) -> _Draft | None:
        here = self._in(fact.get("section", ""))
        words, agent = _bare(fact["quote"]), _agent(fact)
        dated = [draft for draft in here if draft.deadlines and draft.overlaps(fact)]
        inside = [draft for draft in here if words in _bare(draft.matter)]
        over = [draft for draft in here if draft.overlaps(fact) and (not agent or agent in _all_agents(draft))]
        for found in (dated, inside, over):
            if len(found) == 1:
                return found[0]
        closed = _closed_by(here, fact)
        return closed if closed and (not agent or agent in closed.agents) else None

    def _named(self, fact: Fact) -> str:
        """A section's targets are one task, if its heading says what is to be done and nothing else in it does."""
        heading = self.heading(fact)
        others = any(draft.duties or draft.deadlines for draft in self._in(fact.get("section", "")))
        return str(fact["subject"]) if not heading or others or _GENERAL.fullmatch(heading) else heading

    def _funds(self) -> None:
        for fact in self.of["fund"]:
            here = self._in(fact.get("section", ""))
            over = [draft for draft in here if draft.overlaps(fact)]
            home = over[0] if len(over) == 1 else _closed_by(here, fact)
            if home is None and fact.get("payer"):
                paying = [draft for draft in here if _thing(fact, "payer") in _all_agents(draft)]
                home = paying[0] if len(paying) == 1 else None
            if home:
                home.funds.append(fact)


def _closed_by(drafts: Iterable[_Draft], fact: Fact) -> _Draft | None:
    """The first task whose agents stand behind the fact; where they stand before everything, the only one."""
    closing = sorted((draft for draft in drafts if draft.closing), key=lambda draft: draft.end)
    behind = [draft for draft in closing if draft.end > fact["spans"][0][0]]
    return behind[0] if behind else closing[0] if len(closing) == 1 else None


def _time(fact: Fact) -> tuple[str, ...]:
    return tuple(str(fact.get(name) or "") for name in _TIME_FIELDS)


def _bare(words: str) -> str:
    """The words without punctuation and white space, by which two are compared."""
    return _NOT_IN_WORDS.sub("", words)


def _thing(fact: Fact, name: str) -> str:
    return str(fact["things"].get(name) or fact.get(name) or "")


def _agent(fact: Fact) -> str:
    return _thing(fact, "agent") if fact["kind"] in ("duty", "deadline", "target") else ""


def _task(
    doc: str,
    key: str,
    drafts: list[_Draft],
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


def _text(draft: _Draft) -> str:
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
    return text if not words or _bare(words) in _bare(text) else f"{text}：{words}"


def _parties(drafts: list[_Draft]) -> tuple[Party, ...]:
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
        party = Party(name, str(fact["things"].get("agent") or ""), str(fact.get("role") or ""), _part(fact))
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


def _part(fact: Fact) -> Part:
    role = str(fact.get("role") or "")
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
