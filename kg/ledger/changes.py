"""Two ledgers are held against each other: what came in, what changed its date or its lead, what is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.ledger.book import Ledger, Question, asked_for, ledger
from kg.ledger.said import Said
from kg.ledger.tasks import Part, Task, sentences
from kg.view.phrases import money, target

__all__ = ["Change", "Kind", "changes"]


class Kind(StrEnum):
    """What happened to a task; the value is the word for it in the ledger."""

    NEW = "新增"
    TERM = "时限变更"
    LEAD = "牵头变更"
    PARTIES = "单位变更"
    TARGETS = "目标变更"
    FUNDS = "资金变更"
    REPEALED = "文件废止"
    GONE = "不再列入"
    """Its document is there and does not have it any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the comparison."""

    kind: Kind
    task: Task
    """As it is now; of what is over, as it was."""
    before: str
    after: str
    quote: str
    """The sentence that says so now; of what its document does not have any more, nothing."""
    former: str
    """The sentence of before."""


def changes(earlier: Said, said: Said, asked: Question) -> list[Change]:
    """What changed from an earlier graph to this one, both as they stand on the day asked for, in the order of this.

    What the earlier graph says of documents that this one has not goes on standing. Raises KgError where none of the
    two has the document asked for.
    """
    whole = replace(asked, agency=None, document=None)
    after = said.after(earlier)
    wanted = asked_for(after, asked)
    return [change for change in _between(ledger(earlier, whole), ledger(after, whole)) if wanted(change.task)]


def _between(before: Ledger, after: Ledger) -> list[Change]:
    old = {task.iri: task for task in before.tasks}
    now = {task.iri: task for task in after.tasks}
    found = [change for task in after.tasks for change in _of(old.get(task.iri), task)]
    for task in before.tasks:
        if task.iri not in now:
            ended = after.repealed.get(task.doc)
            kind = Kind.REPEALED if ended else Kind.GONE
            said = f"由{ended['doc']}废止" if ended else ""
            found.append(Change(kind, task, _days(task), said, str(ended["quote"]) if ended else "", _quote(task)))
    return found


def _of(was: Task | None, task: Task) -> Iterator[Change]:
    if was is None:
        yield Change(Kind.NEW, task, "", _days(task), _quote(task), "")
        return
    for kind, told in _TOLD.items():
        before, after = told(was), told(task)
        if before != after:
            yield Change(kind, task, before, after, _quote(task), _quote(was))


def _quote(task: Task) -> str:
    return sentences(task.quotes)


def _days(task: Task) -> str:
    """The times of a task: of each the day, the rule or the words."""
    said = (str(term.day) if term.day and not term.recurs else term.written for term in task.terms)
    return "；".join(dict.fromkeys(said))


def _leads(task: Task) -> str:
    return "、".join(party.name for party in task.named(Part.LEAD))


def _others(task: Task) -> str:
    parts = [
        f"{part.value}：{'、'.join(party.name for party in named)}"
        for part in Part
        if part is not Part.LEAD and (named := task.named(part))
    ]
    return "；".join(parts)


def _targets(task: Task) -> str:
    return "；".join(map(target, task.targets))


def _funds(task: Task) -> str:
    return "；".join(map(money, task.funds))


_TOLD: dict[Kind, Callable[[Task], str]] = {
    Kind.TERM: _days,
    Kind.LEAD: _leads,
    Kind.PARTIES: _others,
    Kind.TARGETS: _targets,
    Kind.FUNDS: _funds,
}
