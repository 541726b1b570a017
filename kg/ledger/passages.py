"""The facts of one section are gathered to tasks, by the rule that ``kg.ledger.joining`` states."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.ledger.tasks import Fact

__all__ = ["Draft", "bare", "gathered"]

_CLOSING = frozenset({"duty.label", "duty.bracket"})
_NOT_IN_WORDS = re.compile(r"[^\w%]+")
_TIME_FIELDS = ("on", "start", "end", "every", "within", "after")
# A heading that names a part of any plan, and nothing to be done.
_KINDS_OF_PART = "目标|要求|任务|原则|思想|安排|措施|内容|步骤|指标|保障|思路|意义|情况|事项|标准|条件|附则|总则"
_GENERAL = re.compile(
    rf"(?:总体|工作|主要|发展|基本|重点|年度|具体|阶段|预期|行动|建设|指导|实施|组织|清单|[与和及、]|{_KINDS_OF_PART})*(?:{_KINDS_OF_PART})"
)
_BUCKET = 256
"""Characters of a stretch of text in which what overlaps is looked for."""


@dataclass(slots=True, eq=False)
class Draft:
    """A task while its facts are gathered."""

    matter: str
    section: str
    """The path of its section."""
    whole: Draft | None = None
    """The task that this one is a date of."""
    duties: list[Fact] = field(default_factory=list)
    deadlines: list[Fact] = field(default_factory=list)
    targets: list[Fact] = field(default_factory=list)
    funds: list[Fact] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    """Whom its duties, deadlines and targets name, and those of the task that it is a date of."""

    @property
    def facts(self) -> list[Fact]:
        return [*self.duties, *self.deadlines, *self.targets, *self.funds]

    @property
    def closing(self) -> bool:
        """Whether its agents stand behind what they take on."""
        return any(duty["rule"] in _CLOSING for duty in self.duties)

    @property
    def only_named(self) -> bool:
        """Whether nothing is said of it but who takes it on."""
        return self.closing and not (self.deadlines or self.targets or self.funds)

    @property
    def key(self) -> str:
        """The words that it is known by."""
        return f"{self.whole.key}\t{bare(self.matter)}" if self.whole else bare(self.matter)


def gathered(path: str, facts: Iterable[Fact], heading: str) -> list[Draft]:
    """The tasks of a section of one document in one source; ``heading`` is that of the section."""
    section = _Section(path, heading)
    of: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact["spans"], fact["fact"])):
        of[fact["kind"]].append(fact)
    section.duties(of["duty"])
    section.deadlines(of["deadline"])
    section.split()
    section.targets(of["target"])
    section.funds(of["fund"])
    wholes = {id(draft.whole) for draft in section.found}
    return [draft for draft in section.found if draft.facts and not (id(draft) in wholes and draft.only_named)]


class _Section:
    def __init__(self, path: str, heading: str) -> None:
        self.path = path
        self.heading = heading
        self.found: list[Draft] = []
        self._of_matter: dict[str, Draft] = {}
        self._at: dict[int, list[tuple[int, int, Draft]]] = defaultdict(list)
        self._closing: list[tuple[int, Draft]] = []

    def duties(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            draft = self._draft(fact["matter"])
            self._put(draft.duties, fact, draft)
        closing = [draft for draft in self.found if draft.closing]
        ends = ((max(int(fact["spans"][-1][1]) for fact in draft.duties), draft) for draft in closing)
        self._closing = sorted(ends, key=lambda entry: entry[0])

    def _draft(self, matter: str) -> Draft:
        """The task of that matter, made if there is none."""
        words = bare(matter)
        if words not in self._of_matter:
            self._of_matter[words] = self._new(matter)
        return self._of_matter[words]

    def _new(self, matter: str, whole: Draft | None = None) -> Draft:
        self.found.append(Draft(matter, self.path, whole, agents=set(whole.agents) if whole else set()))
        return self.found[-1]

    def _put(self, facts: list[Fact], fact: Fact, draft: Draft) -> None:
        """The fact is one of a draft from now on, and what overlaps it finds the draft."""
        facts.append(fact)
        if name := _agent(fact):
            draft.agents.add(name)
        for start, end in fact["spans"]:
            for bucket in range(start // _BUCKET, end // _BUCKET + 1):
                self._at[bucket].append((start, end, draft))

    def _over(self, fact: Fact) -> list[Draft]:
        """The tasks with a duty, a deadline or a target whose sentence shares a character with that of the fact."""
        found: dict[int, Draft] = {}
        for start, end in fact["spans"]:
            for bucket in range(start // _BUCKET, end // _BUCKET + 1):
                found |= {id(draft): draft for a, b, draft in self._at[bucket] if a < end and start < b}
        return list(found.values())

    def _closed_by(self, fact: Fact) -> Draft | None:
        """The first task whose agents stand behind the fact; where they stand before everything, the only one."""
        place = bisect_right(self._closing, fact["spans"][0][0], key=lambda entry: entry[0])
        if place < len(self._closing):
            return self._closing[place][1]
        return self._closing[0][1] if len(self._closing) == 1 else None

    def deadlines(self, facts: Iterable[Fact]) -> None:
        said: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in facts:
            said[bare(fact.get("task") or fact["quote"]), *_time(fact)].append(fact)
        for group in said.values():
            home = self._home_of_deadline(group) or self._new(group[0].get("task") or group[0]["quote"])
            for fact in group:
                self._put(home.deadlines, fact, home)

    def _home_of_deadline(self, group: list[Fact]) -> Draft | None:
        fact = group[0]
        if same := self._of_matter.get(bare(fact.get("task") or "")):
            return same
        agents = {name for each in group if (name := _agent(each))}
        if not agents and (closed := self._closed_by(fact)):
            return closed
        over = [d for d in self._over(fact) if d.duties and (not agents or agents & d.agents)]
        return over[0] if len(over) == 1 else None

    def split(self) -> None:
        """Each of several times of one task becomes a row."""
        for draft in list(self.found):
            if not draft.duties or len({_time(fact) for fact in draft.deadlines}) < 2:
                continue
            deadlines, draft.deadlines = draft.deadlines, []
            made: dict[tuple[str, ...], Draft] = {}
            for fact in deadlines:
                words = fact.get("task") or fact["quote"]
                place = (bare(words), *_time(fact))
                if place not in made:
                    made[place] = self._new(words, draft)
                made[place].deadlines.append(fact)
        self._at.clear()
        for draft in self.found:
            for fact in (*draft.duties, *draft.deadlines):
                self._put([], fact, draft)

    def targets(self, facts: Iterable[Fact]) -> None:
        busy = any(draft.duties or draft.deadlines for draft in self.found)
        for fact in facts:
            home = self._home_of_target(fact)
            if home is None and (fact.get("agent") or fact.get("by")):
                named = not busy and self.heading and not _GENERAL.fullmatch(self.heading)
                home = self._draft(self.heading if named and not fact.get("agent") else str(fact["subject"]))
            if home:
                self._put(home.targets, fact, home)

    def _home_of_target(self, fact: Fact) -> Draft | None:
        over, closed, name = self._over(fact), self._closed_by(fact), _agent(fact)
        dated = [draft for draft in over if draft.deadlines]
        if len(dated) == 1:
            return dated[0]
        if closed and bare(fact["quote"]) in bare(closed.matter):
            return closed
        shared = [draft for draft in over if not name or name in draft.agents]
        if len(shared) == 1:
            return shared[0]
        return closed if closed and (not name or name in closed.agents) else None

    def funds(self, facts: Iterable[Fact]) -> None:
        paying: dict[str, list[Draft]] = defaultdict(list)
        for draft in self.found:
            for name in draft.agents:
                paying[name].append(draft)
        for fact in facts:
            over = self._over(fact)
            home = over[0] if len(over) == 1 else self._closed_by(fact)
            payers = paying.get(_thing(fact, "payer"), ()) if fact.get("payer") else ()
            if home is None and len(payers) == 1:
                home = payers[0]
            if home:
                home.funds.append(fact)


def _time(fact: Fact) -> tuple[str, ...]:
    return tuple(str(fact.get(name) or "") for name in _TIME_FIELDS)


def bare(words: str) -> str:
    """The words without punctuation and white space, by which two are compared."""
    return _NOT_IN_WORDS.sub("", words)


def _thing(fact: Fact, name: str) -> str:
    """Whom a field of a fact names: by the IRI, or by the words where nobody known is named."""
    return str(fact["things"].get(name) or fact.get(name) or "")


def _agent(fact: Fact) -> str:
    """Who is to do it; nothing where nobody is named."""
    return _thing(fact, "agent") if fact["kind"] in ("duty", "deadline", "target") else ""
