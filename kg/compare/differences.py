"""What changed between two states, each difference with the sentence of before and that of after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.query.results import Rows
from kg.standing import Fact, Key, Standing, State, Topic

__all__ = ["CHANGES", "TOPICS", "Difference", "differences", "rows"]

TOPICS: Mapping[Topic, str] = {
    Topic.DOCUMENT: "公文",
    Topic.MEMBER: "成员",
    Topic.POST: "职务",
    Topic.SEAT: "办公室设在",
    Topic.DUTY: "职责",
    Topic.PART: "隶属",
}
CHANGES: Mapping[str, str] = {
    "new": "新出现",
    "ended": "终止",
    "came": "进入",
    "went": "离开",
    "changed": "变更",
    "moved": "转移",
}
"""What happened: their names, for a reader of Chinese."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison."""

    topic: Topic
    change: str
    """One of ``CHANGES``."""
    subject: str
    """The body, the post, the matter or the document, in the source's words."""
    before: str
    after: str
    date: str
    """Of the document that brought the change; in ISO 8601, empty where it has none."""
    fact: Fact
    """The evidence of the change."""
    former: Fact | None = None
    """The evidence of what was before."""


def rows(found: Iterable[Difference]) -> Rows:
    """The differences as a table, with the sentences of after and before; topic and change in Chinese."""
    return Rows(
        ("date", "topic", "change", "subject", "before", "after", "document", "quote", "formerDocument", "formerQuote"),
        tuple(
            (
                d.date,
                TOPICS[d.topic],
                CHANGES[d.change],
                d.subject,
                d.before,
                d.after,
                d.fact["doc"],
                d.fact["quote"],
                d.former["doc"] if d.former else None,
                d.former["quote"] if d.former else None,
            )
            for d in found
        ),
    )


_ORDER = {topic: number for number, topic in enumerate(Topic)}


def differences(before: State, after: State) -> list[Difference]:
    """What ``after`` has that ``before`` has not, and the other way round; by topic, then by date."""
    found = [
        *_documents(before, after),
        *_members(before, after),
        *_by_subject(before, after, Topic.POST),
        *_by_subject(before, after, Topic.SEAT),
        *_by_subject(before, after, Topic.DUTY),
        *_by_subject(before, after, Topic.PART),
    ]
    return sorted(found, key=lambda d: (_ORDER[d.topic], d.date, d.fact["graph"], d.fact["spans"], d.before, d.after))


def _documents(before: State, after: State) -> Iterator[Difference]:
    for _, new in _only(after, before, Topic.DOCUMENT):
        yield Difference(Topic.DOCUMENT, "new", _document(new.fact), "", "", new.date, new.fact)
    for key, old in _only(before, after, Topic.DOCUMENT):
        end = after.ended.get(key)
        if end and end.ended:
            yield Difference(Topic.DOCUMENT, "ended", _document(old.fact), "", "", end.until, end.ended, old.fact)


def _members(before: State, after: State) -> Iterator[Difference]:
    """Each member with the roles of before and after; a body that is dissolved is one line."""
    old, new = (_grouped(state, Topic.MEMBER, lambda s: (*s.subject, s.thing)) for state in (before, after))
    bodies = {members[0].subject for members in new.values()}
    dissolved: dict[Key, list[Standing]] = defaultdict(list)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, []), new.get(key, [])
        if _keys(was) == _keys(now):
            continue
        if not now:
            if ended := after.ended.get(was[0].key):
                if ended.subject in bodies:
                    yield _left(ended, "went", _roles(was))
                else:
                    dissolved[ended.subject].append(ended)
        else:
            fact, former = now[0].fact, was[0].fact if was else None
            change = "changed" if was else "came"
            yield Difference(Topic.MEMBER, change, fact["group"], _roles(was), _roles(now), now[0].date, fact, former)
    for members in dissolved.values():
        names = dict.fromkeys(str(member.fact["member"]) for member in members)
        yield _left(members[0], "ended", "、".join(names))


def _left(ended: Standing, change: str, before: str) -> Difference:
    assert ended.ended is not None  # or it would stand
    return Difference(Topic.MEMBER, change, ended.fact["group"], before, "", ended.until, ended.ended, ended.fact)


def _roles(standings: Sequence[Standing]) -> str:
    if not standings:
        return ""
    return f"{standings[0].fact['member']} {'、'.join(sorted(standing.value for standing in standings))}".rstrip()


def _by_subject(before: State, after: State, topic: Topic) -> Iterator[Difference]:
    """Posts, seats and duties: who has them before and after."""
    old, new = (_grouped(state, topic, lambda s: s.subject) for state in (before, after))
    for key in sorted(old.keys() | new.keys()):
        was, is_ = old.get(key, []), new.get(key, [])
        if {s.thing for s in was} == {s.thing for s in is_}:
            continue
        gone = [s for s in was if s.thing not in {other.thing for other in is_}]
        came = [s for s in is_ if s.thing not in {other.thing for other in was}]
        ends = [after.ended[s.key] for s in gone if s.key in after.ended]
        if not came and not ends:
            continue
        change = ("moved" if topic is Topic.DUTY else "changed") if ends and came else "came" if came else "went"
        if topic is Topic.DUTY and change in ("came", "went"):
            change = "new" if came else "ended"
        best = came[0].fact if came else ends[0].ended
        assert best is not None
        heir = "" if came or best["kind"] != "duty" else f"{best['agent']} {best.get('role', '')}".strip()
        if heir:
            change = "moved"  # with all that its holder answered for
        yield Difference(
            topic,
            change,
            _subject(topic, (came or ends)[0].fact),
            "、".join(dict.fromkeys(_who(topic, s) for s in ends)),
            heir or "、".join(dict.fromkeys(_who(topic, s) for s in came)),
            came[0].date if came else ends[0].until,
            best,
            ends[0].fact if ends else None,
        )


def _grouped(state: State, topic: Topic, by: Callable[[Standing], Key]) -> dict[Key, list[Standing]]:
    found: dict[Key, list[Standing]] = defaultdict(list)
    for standing in state.standing.values():
        if standing.topic is topic:
            found[by(standing)].append(standing)
    return found


def _only(one: State, other: State, topic: Topic) -> Iterator[tuple[Key, Standing]]:
    return ((key, s) for key, s in one.standing.items() if s.topic is topic and key not in other.standing)


def _keys(standings: Iterable[Standing]) -> set[Key]:
    return {standing.key for standing in standings}


def _subject(topic: Topic, fact: Mapping[str, object]) -> str:
    match topic:
        case Topic.POST:
            return f"{fact.get('org') or ''}{fact['title']}"
        case Topic.SEAT:
            return str(fact["group"])
        case Topic.PART:
            return str(fact["org"])
        case _:
            return str(fact["matter"])


def _who(topic: Topic, standing: Standing) -> str:
    fact = standing.fact
    name = str(fact[{Topic.POST: "person", Topic.SEAT: "org", Topic.DUTY: "agent", Topic.PART: "of"}[topic]])
    return f"{name} {standing.value}".strip() if topic is Topic.DUTY else name


def _document(fact: Fact) -> str:
    return str(fact["title"]) + (f"（{fact['number']}）" if fact.get("number") else "")
