"""The sheet of a person, an agency or a body: posts, duties, groups, stand-ins, deadlines, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import KgError
from kg.ledger.book import Ledger
from kg.ledger.said import Said
from kg.ledger.tasks import Fact, Part, Task, sentences
from kg.view.heads import plain
from kg.view.phrases import day_in_words, money

__all__ = ["Block", "Line", "Sheet", "sheet"]

_SHOWN = 20
"""Candidates that an error names."""


class Line(NamedTuple):
    """One thing that is said."""

    head: str
    """As what: a post, a role, a day."""
    text: str
    doc: str
    quote: str


@dataclass(frozen=True, slots=True)
class Block:
    """What is said of one kind."""

    title: str
    """With its number: 一、现任职务."""
    heads: tuple[str, str]
    """Of the columns of ``head`` and ``text``."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the documents in force on a day say of somebody."""

    name: str
    kind: str
    """机关单位, 人员 …"""
    names: tuple[str, ...]
    """Its other names."""
    day: str
    blocks: tuple[Block, ...]
    titles: tuple[tuple[str, str], ...]
    """The documents that are named, each with its title."""

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{self.name}情况一览表"

    @property
    def about(self) -> str:
        """Who it is about, and by which day."""
        names = f"（又称{'、'.join(self.names)}）" if self.names else ""
        return f"{self.kind}{names}　截至{self.day}，依公报所载、当日有效的文件"

    @property
    def sources(self) -> str:
        """The heading of the documents."""
        return f"{_NUMBERS[len(self.blocks)]}、所依据的文件"


_KINDS = {
    "Official": "人员",
    "OfficeHolder": "职务",
    "Agency": "机关单位",
    "AgencyGroup": "机关单位（类）",
    "CoordinatingBody": "议事协调机构",
}


def sheet(said: Said, ledger: Ledger, name: str) -> Sheet:
    """The sheet of who is named: by a name of his, by words that only one name has, or by his IRI.

    ``ledger`` is that of the whole graph on a day. Raises KgError where nobody is named so, and with the candidates
    where several are.
    """
    thing = _one(said, ledger, name)
    names = {label: kind for iri, label, kind in said.names if iri == thing}
    label = max(names, key=lambda text: (plain(text) == plain(name), len(text), text))
    facts = sorted(ledger.facts, key=lambda fact: (fact["graph"], fact["spans"], fact["fact"]))
    tasks = [task for task in ledger.tasks if any(party.thing == thing for party in task.parties)]
    made = [(title, heads, _gathered(lines(facts, tasks, thing, ledger))) for title, (heads, lines) in _BLOCKS.items()]
    said_of = [(title, heads, lines) for title, heads, lines in made if lines]
    kept = tuple(
        Block(f"{number}、{title}", heads, lines)
        for number, (title, heads, lines) in zip(_NUMBERS, said_of, strict=False)
    )
    docs = dict.fromkeys(line.doc for block in kept for line in block.lines)
    titles = {doc: str(fact["title"]) for doc, fact in said.documents.items()}
    return Sheet(
        label,
        _KINDS.get(next(iter(names.values())), ""),
        tuple(sorted(set(names) - {label})),
        str(ledger.day),
        kept,
        tuple((doc, titles.get(doc, "")) for doc in docs),
    )


def _one(said: Said, ledger: Ledger, name: str) -> str:
    words = plain(name)
    if not words:
        raise KgError("a sheet needs a name, got nothing")
    exact = {iri for iri, label, _ in said.names if name == iri or plain(label) == words}
    # 水利局 is 区水利局, and not 区水利局主要负责人.
    ending = {iri for iri, label, _ in said.names if plain(label).endswith(words)}
    within = {iri for iri, label, _ in said.names if words in plain(label)}
    found = exact or (ending if len(ending) == 1 else within)
    if not found:
        raise KgError(f"nobody is called {name!r}; see: kg search {name}")
    if len(found) > 1:
        lines = [f"  {_candidate(said, ledger, iri)}" for iri in sorted(found)]
        more = [f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
        raise KgError(
            "\n".join(
                [f"{name!r} may be {len(found)} of those named; give one in full, or its IRI:", *lines[:_SHOWN], *more]
            )
        )
    return next(iter(found))


def _candidate(said: Said, ledger: Ledger, iri: str) -> str:
    """A name with what tells its bearer from others."""
    names = sorted({label for thing, label, _ in said.names if thing == iri}, key=lambda text: (-len(text), text))
    posts = (
        f"{fact.get('org') or ''}{fact.get('title') or ''}"
        for fact in ledger.facts
        if fact["kind"] in ("post", "appointment") and fact["things"].get("person") == iri
    )
    held = "、".join(list(dict.fromkeys(posts))[:3])
    return f"{names[0]}{f'（{held}）' if held else ''}  {iri}"


def _gathered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What one document says under one head is one line; of sentences, one that stands within another falls away."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.head, line.doc), []).append(line)
    return tuple(
        Line(
            head,
            "、".join(dict.fromkeys(line.text for line in same if line.text)),
            doc,
            sentences(line.quote for line in same),
        )
        for (head, doc), same in found.items()
    )


def _is(fact: Fact, thing: str, *fields: str) -> bool:
    return any(fact["things"].get(field) == thing for field in fields)


Made = Callable[[list[Fact], list[Task], str, Ledger], Iterator[Line]]


def _posts(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "post" and _is(fact, thing, "person"):
            note = f"（{fact['note']}）" if fact.get("note") else ""
            yield Line(f"{fact.get('org') or ''}{fact.get('title') or ''}{note}", "", fact["doc"], fact["quote"])


def _appointments(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "appointment" and _is(fact, thing, "person", "org"):
            who = "" if _is(fact, thing, "person") else fact["person"]
            head = f"{'免去' if fact['action'] == '免' else '任'}{who}{fact.get('org') or ''}{fact.get('title') or ''}"
            date = day_in_words(str(fact.get("date") or ""))
            note = str(fact.get("note") or "")
            yield Line(head, "，".join(filter(None, (date, note))), fact["doc"], fact["quote"])


def _division(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "duty" and fact["rule"] == "duty.division" and _is(fact, thing, "agent"):
            yield Line(str(fact.get("role") or "负责"), fact["matter"], fact["doc"], fact["quote"])


def _tasks(part: Part) -> Made:
    def made(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
        for task in tasks:
            if any(party.thing == thing for party in task.named(part)):
                yield Line(task.text, _when(task, ledger), task.doc, sentences(task.quotes))

    return made


def _when(task: Task, ledger: Ledger) -> str:
    """By when, and how it stands."""
    term = task.term(ledger.day)
    if term is None:
        return ""
    status = ledger.status(task).value
    if term.recurs:
        following = term.next(ledger.day)
        return f"{term.written}" + (f"，下次{following}" if following else "")
    return f"{term.written}，{term.day}（{status}）" if term.day else f"{term.written}（{status}）"


def _seats(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "member" and _is(fact, thing, "member"):
            yield Line(str(fact.get("role") or "成员"), fact["group"], fact["doc"], fact["quote"])
        elif fact["kind"] == "seat" and _is(fact, thing, "org"):
            yield Line("办公室设在本单位", fact["group"], fact["doc"], fact["quote"])


def _members(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "member" and _is(fact, thing, "group"):
            yield Line(str(fact.get("role") or "成员"), fact["member"], fact["doc"], fact["quote"])
        elif fact["kind"] == "seat" and _is(fact, thing, "group"):
            yield Line("办公室设在", fact["org"], fact["doc"], fact["quote"])


def _staff(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "post" and _is(fact, thing, "org"):
            yield Line(str(fact.get("title") or "人员"), fact["person"], fact["doc"], fact["quote"])


def _stand_ins(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "stand_in" and _is(fact, thing, "a", "b"):
            other = fact["b"] if _is(fact, thing, "a") else fact["a"]
            yield Line("互为AB角", other, fact["doc"], fact["quote"])


def _money(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "fund" and _is(fact, thing, "payer", "payee"):
            head = "出资" if _is(fact, thing, "payer") else "受款"
            yield Line(f"{head}{money(fact)}", str(fact.get("purpose") or ""), fact["doc"], fact["quote"])


def _events(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "event" and _is(fact, thing, "agent", "patient"):
            head = f"{fact['type']}（对象）" if _is(fact, thing, "patient") else str(fact["type"])
            other = "" if _is(fact, thing, "patient") else str(fact.get("patient") or "")
            yield Line(head, " ".join(filter(None, (other, str(fact.get("what") or "")))), fact["doc"], fact["quote"])


def _contacts(facts: list[Fact], tasks: list[Task], thing: str, ledger: Ledger) -> Iterator[Line]:
    for fact in facts:
        if fact["kind"] == "contact" and _is(fact, thing, "person", "org"):
            who = "" if _is(fact, thing, "person") else str(fact.get("person") or "")
            how = (str(fact[name]) for name in ("phone", "address", "postcode", "website") if fact.get(name))
            yield Line(who or "联系方式", " ".join(how), fact["doc"], fact["quote"])


_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_BLOCKS: dict[str, tuple[tuple[str, str], Made]] = {
    "现任职务": (("职务", "备注"), _posts),
    "任免": (("任免", "日期与备注"), _appointments),
    "分工": (("角色", "事项"), _division),
    "牵头事项": (("事项", "时限"), _tasks(Part.LEAD)),
    "责任事项": (("事项", "时限"), _tasks(Part.ANSWER)),
    "配合事项": (("事项", "时限"), _tasks(Part.SUPPORT)),
    "指导、审核、监督事项": (("事项", "时限"), _tasks(Part.OTHER)),
    "AB角": (("关系", "人员"), _stand_ins),
    "参加的议事协调机构": (("角色", "机构"), _seats),
    "组成": (("角色", "成员"), _members),
    "人员": (("职务", "人员"), _staff),
    "资金": (("款项", "用途"), _money),
    "奖惩、审计与设立": (("类别", "对象与事由"), _events),
    "联系方式": (("联系人", "方式"), _contacts),
}
