"""A user's judgements: what is the same, what is not, what a thing is called, which fact is wrong, which is missing.

They stand in a YAML file, a list of entries each with a reason, and are above whatever the program decides::

    - same: [区文旅委, 区文化和旅游发展委员会]
      reason: 区政府网站机构概况
    - not-same: [何平 @ 第1期.txt, 何平 @ 第2期.txt]
      reason: 两人不同科室
      who: 编目组
      when: 2021-03-04
    - name: [区文旅委, 临江市青川区文化和旅游发展委员会]
    - wrong: https://w3id.org/gongbao/id/duty/…/0a1b2c3d4e5f
      was: 区财政局负责供水
    - fact: {kind: duty, agent: 区水务局, role: 牵头, matter: 供水保障}
      source: 第1期.txt
      quote: 供水保障由区水务局牵头
      nth: 2

A thing is named by its IRI, by that without the base (``agency/临江市/财政局``) or by a name that it alone bears; `` @ ``
and a source's name (or the beginning of its hash) behind it mean what only that source calls so. ``was`` is what was
known of things named by IRIs, for the day on which they are gone: then the judgement waits and is reported. A missing
fact has the fields of its kind in the gold format; its ``quote`` stands in the source, where it stands there several
times as the ``nth``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import yaml

from kg.errors import KgError
from kg.identity.additions import Unfit, addition
from kg.identity.profile import Profile
from kg.identity.senses import Sense
from kg.model import Addition

__all__ = ["OTHERS", "VERBS", "WHERE", "Added", "Judgement", "Judgements", "Ruling", "Unapplied", "is_source"]

VERBS = ("same", "not-same", "name", "wrong", "fact")
OTHERS = ("reason", "who", "when", "was")
"""What an entry may say besides."""
WHERE = ("source", "quote", "nth")
"""What one of a missing fact says as well."""
Added = Mapping[str, Mapping[str, str | int]]
"""By the IRI of a source's graph and the key of an addition, the IRI of the fact or how often its words stand there."""
_AT = re.compile(r"\s+@\s+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    return False


class Judgement(NamedTuple):
    """One entry of the file."""

    verb: str
    """One of ``VERBS``."""
    things: tuple[str, ...] = ()
    """As the user names them: of ``wrong`` the IRI of the fact."""
    name: str = ""
    """Of ``name`` what the thing is to be called."""
    reason: str = ""
    who: str = ""
    when: str = ""
    was: str = ""
    fact: tuple[tuple[str, str], ...] = ()
    """Of ``fact`` what is missing: its ``kind``, and its fields as the user writes them."""
    source: str = ""
    """Where it is missing: the name of a source, or the beginning of its hash."""
    quote: str = ""
    nth: str = ""
    line: int = 0
    """Where the entry begins, counted from 1."""
    ends: int = 0
    """The line behind its last one."""

    @property
    def why(self) -> tuple[str, str]:
        """What decides, in Chinese and in English."""
        return f"人工认定：{self.reason or '未说明理由'}", f"A user's judgement: {self.reason or 'no reason given'}"

    def told(self) -> dict[str, object]:
        """The entry as plain values, without its place in the file."""
        said = {key: value for key, value in self._asdict().items() if value and key not in ("line", "ends", "fact")}
        if self.things:
            said["things"] = list(self.things)
        return said | ({"fact": dict(self.fact)} if self.fact else {})

    @classmethod
    def retold(cls, said: Mapping[str, Any]) -> Judgement:
        """The judgement that ``told`` gave. Raises TypeError or ValueError for what it did not give."""
        fact = tuple((str(name), str(value)) for name, value in dict(said.get("fact", {})).items())
        return cls(**{**said, "things": tuple(said.get("things", ())), "fact": fact})

    @property
    def addition(self) -> Addition | None:
        """The fact that is missing. Raises Unfit where it is not as it must be."""
        return addition(dict(self.fact), self.quote, self.nth) if self.verb == "fact" else None

    def __str__(self) -> str:
        if self.verb == "fact":
            return f"fact: {' '.join(value for _, value in self.fact)} @ {self.source}"
        said = (
            " ≠ ".join(self.things)
            if self.verb == "not-same"
            else " = ".join((*self.things, *filter(None, [self.name])))
        )
        return f"{self.verb}: {said}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement, with what its words name in the sources."""

    judgement: Judgement
    sides: tuple[tuple[Sense, ...], ...] = ()
    """Of each thing what the sources call it."""
    facts: tuple[str, ...] = ()
    """The facts that are wrong, or that were missing."""

    @property
    def verb(self) -> str:
        return self.judgement.verb


class Unapplied(NamedTuple):
    """A judgement that applies to nothing that the sources say now, and what of it is gone."""

    judgement: Judgement
    gone: str
    """In Chinese."""
    gone_en: str


class _Missing(NamedTuple):
    """What an addition lacks in the sources, and what is wrong with it if it never was there; in both languages."""

    zh: str
    en: str
    what: str
    what_zh: str


def is_source(words: str, name: str, sha: str) -> bool:
    """Whether words mean the source of that name and hash (or what its graph says of it)."""
    return words == name or (len(words) >= 4 and sha.startswith(words.lower()[: len(sha)]))


@dataclass(frozen=True)
class Judgements:
    """The judgements of a file, in their order."""

    entries: tuple[Judgement, ...] = ()
    file: str = "judgements.yaml"
    """What errors call it."""

    @classmethod
    def parse(cls, text: str, file: str = "judgements.yaml") -> Judgements:
        """The judgements in a text. Raises KgError with the line where it is not as it must be."""
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{file}:{mark.line + 1}" if mark else file
            what = getattr(error, "problem", None) or str(error).splitlines()[0]
            raise KgError(f"{where}: must be YAML: {what}; mend it, nothing was built") from error
        if root is None:
            return cls((), file)
        if not isinstance(root, yaml.SequenceNode):
            raise KgError(
                f"{file}:1: must be a list of entries that begin with '- same:', '- not-same:', '- name:', '- wrong:' or '- fact:'; mend it, nothing was built"
            )
        return cls(tuple(_Entry(file, node).judgement() for node in root.value), file)

    def wrong(self, base: str) -> frozenset[str]:
        """The IRIs of the facts that are wrong."""
        facts = (fact for entry in self.entries if entry.verb == "wrong" for fact in entry.things)
        return frozenset(_in_full(fact, base) for fact in facts)

    def additions(self, name: str, sha: str) -> tuple[Addition, ...]:
        """What the user adds to the source of that name and hash, each once."""
        found = (entry.addition for entry in self.entries if entry.source and is_source(entry.source, name, sha))
        return tuple({each.key: each for each in found if each}.values())

    def applied(
        self, senses: Iterable[Sense], profiles: Sequence[Profile], base: str, added: Added | None = None
    ) -> tuple[list[Ruling], list[Unapplied]]:
        """The judgements with what their words name; and those of which something is gone that was known once.

        Raises KgError, with the line, for a name that nothing bears, or more than one thing.
        """
        if not self.entries:
            return [], []
        names = _Names(senses, profiles, base)
        rulings, unapplied = [], []
        for judgement in self.entries:
            if said := judgement.addition:
                fact = self._added(judgement, said, profiles, added or {})
                if isinstance(fact, str):
                    rulings.append(Ruling(judgement, facts=(fact,)))
                elif judgement.was:
                    unapplied.append(Unapplied(judgement, fact.zh, fact.en))
                else:
                    raise self._error(judgement, fact.what, fact.what_zh)
                continue
            if judgement.verb == "wrong":
                facts = tuple(_in_full(fact, base) for fact in judgement.things)
                gone = [fact for fact in facts if not any(profile.has(fact) for profile in profiles)]
                ruling = Ruling(judgement, facts=facts)
            else:
                found = [names.find(thing) for thing in judgement.things]
                gone = [thing for thing, sides in zip(judgement.things, found, strict=True) if not sides]
                ruling = Ruling(judgement, tuple(tuple(next(iter(each.values()))) for each in found if each))
                for thing, each in zip(judgement.things, found, strict=True):
                    if len(each) > 1:
                        listed = ", ".join(sorted(each)[:5])
                        raise self._error(
                            judgement,
                            f"{thing!r} names {len(each)} things: {listed}; give one of these",
                            f"“{thing}”是{len(each)}个对象的名称：{listed}；请写明其一",
                        )
            if not gone:
                self._check(ruling)
                rulings.append(ruling)
            elif judgement.was:
                listed = ", ".join(gone)
                unapplied.append(Unapplied(judgement, listed, listed))
            elif judgement.verb == "wrong":
                raise self._error(judgement, f"no fact has the IRI {gone[0]!r}", f"没有 IRI 为“{gone[0]}”的陈述")
            else:
                raise self._error(
                    judgement, f"nothing in the sources is called {gone[0]!r}", f"来源中没有称为“{gone[0]}”的对象"
                )
        return rulings, unapplied

    def _added(self, judgement: Judgement, said: Addition, profiles: Sequence[Profile], added: Added) -> str | _Missing:
        """The fact that says it, or what is missing for it."""
        source, quote = judgement.source, f"“{said.quote}”"
        found = [p for p in profiles if is_source(source, p.name, p.graph.rpartition("/")[2])]
        if len(found) > 1:
            listed = ", ".join(f"{p.graph.rpartition('/')[2]} {p.name}" for p in found[:5])
            raise self._error(
                judgement,
                f"{source!r} names {len(found)} sources: {listed}; give the beginning of the hash of one",
                f"“{source}”是{len(found)}个来源的名称：{listed}；请改写散列值的开头",
            )
        if not found:
            return _Missing(
                f"来源“{source}”", f"the source {source!r}", f"there is no source {source!r}", f"没有来源“{source}”"
            )
        times = added.get(found[0].graph, {}).get(said.key, 0)
        if isinstance(times, str):
            return times
        if not times:
            return _Missing(quote, quote, f"{quote} does not stand in {source!r}", f"“{source}”中没有{quote}")
        if not said.nth:
            return _Missing(
                f"唯一一处{quote}",
                f"one place alone with {quote}",
                f"{quote} stands {times} times in {source!r}; say which is meant by 'nth', 1 to {times}",
                f"{quote}在“{source}”中出现{times}次；请写明是第几处（1 至 {times}）",
            )
        return _Missing(
            f"第{said.nth}处{quote}",
            f"place {said.nth} of {quote}",
            f"{quote} stands {times} times in {source!r}, there is no place {said.nth}",
            f"{quote}在“{source}”中只出现{times}次，没有第{said.nth}处",
        )

    def _check(self, ruling: Ruling) -> None:
        types = {sense.type for side in ruling.sides for sense in side}
        if ruling.verb == "same" and len(types) > 1:
            kinds = ", ".join(sorted(types))
            raise self._error(
                ruling.judgement,
                f"what is the same must be of one kind, got {kinds}",
                f"认定同一的须为同类对象，现为 {kinds}",
            )

    def contested(self, senses: Iterable[Sense], profiles: Sequence[Profile], base: str) -> set[str]:
        """The IRIs of which judgements speak as single sources use them."""
        said = [thing for entry in self.entries for thing in entry.things if _AT.search(thing)]
        names = _Names(senses, profiles, base) if said else None
        return {iri for thing in said if names for iri in names.find(_AT.split(thing)[0])}

    def noted(self, judgement: Judgement, senses: Iterable[Sense], profiles: Sequence[Profile], base: str) -> Judgement:
        """The judgement with its things named for good: by their keys, with the names they have now as what they were.

        Raises KgError for a name that nothing bears, or more than one thing.
        """
        names = _Names(senses, profiles, base)
        keys, labels = [], []
        for thing in judgement.things:
            found = names.find(thing)
            if len(found) != 1:
                Judgements((judgement._replace(was=""),), self.file).applied(senses, profiles, base)
            ((iri, several),) = found.items()
            source = _AT.split(thing, maxsplit=1)[1:]
            keys.append(" @ ".join([iri.removeprefix(base), *source]))
            labels.append(max(label for sense in several for label in sense.labels))
        return judgement._replace(things=tuple(keys), was="；".join(labels))

    def contradiction(self, ruling: Ruling, others: Sequence[Ruling]) -> KgError:
        """The error of a judgement that others contradict."""
        said = ", ".join(f"line {other.judgement.line} ({other.judgement})" for other in others)
        zh = "、".join(f"第 {other.judgement.line} 行（{other.judgement}）" for other in others)
        return self._error(
            ruling.judgement, f"{ruling.judgement}: contradicts {said}", f"“{ruling.judgement}”与{zh}相矛盾"
        )

    def _error(self, judgement: Judgement, what: str, zh: str) -> KgError:
        where = f"{self.file}:{judgement.line}" if judgement.line else self.file
        return KgError(
            f"{where}: {what}; mend the judgement or take it away, nothing was built", zh=f"{zh}；未作任何改动"
        )


def _in_full(fact: str, base: str) -> str:
    return fact if fact.startswith(base) else f"{base}{fact}"


class _Names:
    """What words name in the sources."""

    def __init__(self, senses: Iterable[Sense], profiles: Iterable[Profile], base: str) -> None:
        self._base = base
        self._by_iri: dict[str, list[Sense]] = defaultdict(list)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for sense in senses:
            self._by_iri[sense.iri].append(sense)
            full = (sense.place + sense.name,) if sense.place else ()
            for name in (*sense.names, *full):
                self._by_name[name].add(sense.iri)
        self._sources = [(profile.name, profile.graph) for profile in profiles]

    def find(self, words: str) -> Mapping[str, list[Sense]]:
        """The senses by IRI of whatever bears the words."""
        thing, *source = _AT.split(words, maxsplit=1)
        iris = [thing] if thing in self._by_iri else [f"{self._base}{thing}"]
        if iris[0] not in self._by_iri:
            iris = sorted(self._by_name.get(thing, ()))
        graphs = (
            {graph for name, graph in self._sources if is_source(source[0], name, graph.rpartition("/")[2])}
            if source
            else None
        )
        found = {
            iri: [sense for sense in self._by_iri[iri] if graphs is None or graphs.issuperset(sense.graphs)]
            for iri in iris
        }
        return {iri: senses for iri, senses in found.items() if senses}


class _Entry:
    """An entry of the file while it is read."""

    def __init__(self, file: str, node: yaml.Node) -> None:
        self._file = file
        self._node = node

    def judgement(self) -> Judgement:
        node = self._node
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, f"an entry must begin with one of {', '.join(VERBS)}")
        said: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if name not in (*VERBS, *OTHERS, *WHERE):
                raise self._error(
                    key, f"an entry has one of {', '.join(VERBS)} and may have {', '.join(OTHERS)}; got {name!r}"
                )
            if name in said:
                raise self._error(key, f"{name!r} stands here twice")
            said[name] = value
        verbs = [verb for verb in VERBS if verb in said]
        if len(verbs) != 1:
            raise self._error(node, f"an entry must have one of {', '.join(VERBS)}, got {', '.join(verbs) or 'none'}")
        (verb,) = verbs
        others: dict[str, Any] = {key: " ".join(self._texts(said[key])) for key in OTHERS if key in said}
        if (when := others.get("when")) and not _is_day(when):
            raise self._error(said["when"], f"'when' must be a day such as 2021-03-04, got {when!r}")
        others |= {"line": node.start_mark.line + 1, "ends": node.end_mark.line + 1}
        if verb == "fact":
            return self._fact(said)._replace(**others)
        if where := next((key for key in WHERE if key in said), ""):
            raise self._error(said[where], f"{where!r} goes with 'fact' alone, not with {verb!r}")
        things = self._texts(said[verb])
        fewest, most, form, form_zh = _FORMS[verb]
        if not fewest <= len(things) <= most:
            raise self._error(said[verb], f"{form}; got {len(things)}", f"{form_zh}，现有 {len(things)} 项")
        things, name = (things[:1], things[-1]) if verb == "name" else (things, "")
        if len(set(things)) != len(things):
            raise self._error(
                said[verb],
                f"a thing is the same as itself: {things[0]!r} stands here twice",
                f"“{things[0]}”写了两次，同一对象不必也不能与自身比较",
            )
        return Judgement(verb, things, name, **others)

    def _fact(self, said: Mapping[str, yaml.Node]) -> Judgement:
        """What is missing. Raises KgError where it has not the form of a fact."""
        node = said["fact"]
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "fact needs its kind and fields: fact: {kind: duty, agent: 某局, matter: 某事}")
        for name in ("source", "quote"):
            if name not in said:
                raise self._error(
                    node, f"a fact needs {name!r} besides: where it is missing, in the words of the source"
                )
        places = {self._text(key): key for key, _ in node.value}
        values = tuple((self._text(key), self._text(value)) for key, value in node.value)
        if len(places) < len(values):
            raise self._error(node, "a field stands here twice")
        where: dict[str, Any] = {name: self._text(said[name]) for name in WHERE if name in said}
        judgement = Judgement("fact", fact=values, **where)
        try:
            addition(dict(values), judgement.quote, judgement.nth)
        except Unfit as error:
            raise self._error(places.get(error.field) or said.get(error.field, node), str(error), error.zh) from error
        return judgement

    def _texts(self, node: yaml.Node) -> tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._text(item) for item in node.value)
        return (self._text(node),)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self._error(node, "a name, an IRI or a reason must be a text that is not empty")
        return str(node.value).strip()

    def _error(self, node: yaml.Node, what: str, zh: str = "") -> KgError:
        line = node.start_mark.line + 1
        return KgError(f"{self._file}:{line}: {what}; mend it, nothing was built", zh=zh and f"{zh}；未作任何改动")


_FORMS: Mapping[str, tuple[int, int, str, str]] = {
    "same": (2, 1000, "same needs a list of two things or more: same: [A, B]", "“同一”须写明两个或更多对象"),
    "not-same": (2, 2, "not-same needs a list of two things: not-same: [A, B]", "“不同”须写明两个对象"),
    "name": (
        2,
        2,
        "name needs a list of a thing and what it is to be called: name: [A, 某某局]",
        "“定名”须写明对象和名称",
    ),
    "wrong": (1, 1, "wrong needs the IRI of one fact", "“有误”须写明一条陈述的 IRI"),
}
"""How many values a verb has at least and at most, and how it is written, in English and in Chinese."""
