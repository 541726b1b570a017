"""A user's judgements: what is the same, what is not, what a thing is called, which fact is wrong; each with a reason.

They stand in a YAML file, a list of entries, and are above whatever the program decides::

    - same: [区文旅委, 区文化和旅游发展委员会]
      reason: 区政府网站机构概况
    - not-same: [何平 @ 第1期.txt, 何平 @ 第2期.txt]
      reason: 两人不同科室
      who: 编目组
      when: 2021-03-04
    - name: [区文旅委, 临江市青川区文化和旅游发展委员会]
    - wrong: https://w3id.org/gongbao/id/duty/…/0a1b2c3d4e5f
      was: 区财政局负责供水

A thing is named by its IRI, by that without the base (``agency/临江市/财政局``) or by a name that it alone bears; `` @ ``
and a source's name (or the beginning of its hash) behind it mean what only that source calls so. ``was`` is what was
known of things named by IRIs, for the day on which they are gone: then the judgement waits and is reported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from kg.errors import KgError
from kg.identity.profile import Profile
from kg.identity.senses import Sense

__all__ = ["OTHERS", "VERBS", "Judgement", "Judgements", "Ruling", "Unapplied"]

VERBS = ("same", "not-same", "name", "wrong")
OTHERS = ("reason", "who", "when", "was")
"""What an entry may say besides."""
_AT = re.compile(r"\s+@\s+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_Order = tuple[str, str]


class Judgement(NamedTuple):
    """One entry of the file."""

    verb: str
    """One of ``VERBS``."""
    things: tuple[str, ...]
    """As the user names them: of ``wrong`` the IRI of the fact."""
    name: str = ""
    """Of ``name`` what the thing is to be called."""
    reason: str = ""
    who: str = ""
    when: str = ""
    was: str = ""
    line: int = 0
    """Where the entry begins, counted from 1."""
    ends: int = 0
    """The line behind its last one."""

    def told(self) -> dict[str, object]:
        """The entry as plain values, without its place in the file."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self._asdict().items()
            if value and key not in ("line", "ends")
        }

    def __str__(self) -> str:
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
    """The facts that are wrong."""

    @property
    def verb(self) -> str:
        return self.judgement.verb


class Unapplied(NamedTuple):
    """A judgement that applies to nothing that the sources say now, and what of it is gone."""

    judgement: Judgement
    gone: str


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
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{file}:{mark.line + 1}" if mark else file
            what = getattr(error, "problem", None) or str(error).splitlines()[0]
            raise KgError(f"{where}: must be YAML: {what}; mend it, nothing was built") from error
        if root is None:
            return cls((), file)
        if not isinstance(root, yaml.SequenceNode):
            raise KgError(
                f"{file}:1: must be a list of entries that begin with '- same:', '- not-same:', '- name:' or '- wrong:'; mend it, nothing was built"
            )
        return cls(tuple(_Entry(file, node).judgement() for node in root.value), file)

    def wrong(self, base: str) -> frozenset[str]:
        """The IRIs of the facts that are wrong."""
        facts = (fact for entry in self.entries if entry.verb == "wrong" for fact in entry.things)
        return frozenset(_in_full(fact, base) for fact in facts)

    def applied(
        self, senses: Iterable[Sense], profiles: Sequence[Profile], base: str
    ) -> tuple[list[Ruling], list[Unapplied]]:
        """The judgements with what their words name; and those of which something is gone that was known once.

        Raises KgError, with the line, for a name that nothing bears, or more than one thing.
        """
        if not self.entries:
            return [], []
        names = _Names(senses, profiles, base)
        rulings, unapplied = [], []
        for judgement in self.entries:
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
                        raise self._error(judgement, f"{thing!r} names {len(each)} things: {listed}; give one of these")
            if not gone:
                self._check(ruling)
                rulings.append(ruling)
            elif judgement.was:
                unapplied.append(Unapplied(judgement, ", ".join(gone)))
            else:
                what = "no fact has the IRI" if judgement.verb == "wrong" else "nothing in the sources is called"
                raise self._error(judgement, f"{what} {gone[0]!r}")
        return rulings, unapplied

    def _check(self, ruling: Ruling) -> None:
        types = {sense.type for side in ruling.sides for sense in side}
        if ruling.verb == "same" and len(types) > 1:
            raise self._error(ruling.judgement, f"what is the same must be of one kind, got {', '.join(sorted(types))}")

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

    def contradiction(self, ruling: Ruling, others: Iterable[Ruling]) -> KgError:
        """The error of a judgement that others contradict."""
        said = ", ".join(f"line {other.judgement.line} ({other.judgement})" for other in others)
        return self._error(ruling.judgement, f"{ruling.judgement}: contradicts {said}")

    def _error(self, judgement: Judgement, what: str) -> KgError:
        where = f"{self.file}:{judgement.line}" if judgement.line else self.file
        return KgError(f"{where}: {what}; mend the judgement or take it away, nothing was built")


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
        graphs = {graph for name, graph in self._sources if self._is(source[0], name, graph)} if source else None
        found = {
            iri: [sense for sense in self._by_iri[iri] if graphs is None or graphs.issuperset(sense.graphs)]
            for iri in iris
        }
        return {iri: senses for iri, senses in found.items() if senses}

    @staticmethod
    def _is(words: str, name: str, graph: str) -> bool:
        return words == name or (len(words) >= 4 and graph.rpartition("/")[2].startswith(words.lower()))


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
            if name not in (*VERBS, *OTHERS):
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
        things = self._texts(said[verb])
        fewest, most, form = _FORMS[verb]
        if not fewest <= len(things) <= most:
            raise self._error(said[verb], f"{form}; got {len(things)}")
        things, name = (things[:1], things[-1]) if verb == "name" else (things, "")
        if len(set(things)) != len(things):
            raise self._error(said[verb], f"a thing is the same as itself: {things[0]!r} stands here twice")
        others = {key: " ".join(self._texts(said[key])) for key in OTHERS if key in said}
        if (when := others.get("when")) and not _DAY.fullmatch(when):
            raise self._error(said["when"], f"'when' must be a day such as 2021-03-04, got {when!r}")
        return Judgement(verb, things, name, **others, line=node.start_mark.line + 1, ends=node.end_mark.line + 1)

    def _texts(self, node: yaml.Node) -> tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._text(item) for item in node.value)
        return (self._text(node),)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self._error(node, "a name, an IRI or a reason must be a text that is not empty")
        return str(node.value).strip()

    def _error(self, node: yaml.Node, what: str) -> KgError:
        return KgError(f"{self._file}:{node.start_mark.line + 1}: {what}; mend it, nothing was built")


_FORMS: Mapping[str, tuple[int, int, str]] = {
    "same": (2, 1000, "same needs a list of two things or more: same: [A, B]"),
    "not-same": (2, 2, "not-same needs a list of two things: not-same: [A, B]"),
    "name": (2, 2, "name needs a list of a thing and what it is to be called: name: [A, 某某局]"),
    "wrong": (1, 1, "wrong needs the IRI of one fact"),
}
"""How many values a verb has at least and at most, and how it is written."""
