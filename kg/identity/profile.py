"""What identity needs to know of a source: its things by name, class, place and evidence, and who holds which post.

A profile is a pure function of the source's graph and small beside it, so that it can be kept and read again: what is
one across sources is decided from profiles alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container
from dataclasses import astuple, dataclass, replace
from typing import Any

from kg.model import EntityType
from kg.rdf import NS
from kg.rdf.vocabulary import THINGS
from kg.store import Store

__all__ = ["Holding", "Mention", "Printed", "Profile", "dumps", "loads", "profiles"]

_TYPES = frozenset(entity.value for entity in EntityType)
_PARTIES = sorted({*THINGS, "cited"})
_ENTITIES = """
SELECT ?graph ?thing ?class ?label ?other ?jurisdiction WHERE {
  GRAPH ?graph {
    ?thing skos:prefLabel ?label ; a ?class .
    OPTIONAL { ?thing skos:altLabel ?other } OPTIONAL { ?thing gz:jurisdiction ?jurisdiction }
  }
}"""
_LINKS = f"""
SELECT ?graph ?fact ?thing ?document WHERE {{
  VALUES ?link {{ {" ".join(f"gz:{link}" for link in _PARTIES)} }}
  GRAPH ?graph {{ ?fact a gz:Statement ; ?link ?thing . OPTIONAL {{ ?fact gz:inDocument ?document }} }}
}}"""
_DOCUMENTS = """
SELECT ?graph ?document ?title ?number ?date ?issuer ?above WHERE {
  GRAPH ?graph {
    ?document a gz:OfficialDocument, gz:Statement ; gz:title ?title .
    OPTIONAL { ?document gz:number ?number } OPTIONAL { ?document gz:dateOfDocument ?date }
    OPTIONAL { ?document gz:issuerName ?issuer } OPTIONAL { ?document gz:partOf ?above }
  }
}"""
_POSTS = """
SELECT ?graph ?fact ?class ?person ?name ?organization ?words ?title ?date ?document ?quote WHERE {
  VALUES ?class { gz:PostHolding gz:Appointment gz:Removal }
  GRAPH ?graph {
    ?fact a ?class ; gz:person ?person ; gz:personName ?name ; gz:quote ?quote .
    OPTIONAL { ?fact gz:organization ?organization } OPTIONAL { ?fact gz:organizationName ?words }
    OPTIONAL { ?fact gz:postTitle ?title } OPTIONAL { ?fact gz:date ?date } OPTIONAL { ?fact gz:inDocument ?document }
  }
}"""
_FACTS = "SELECT ?graph ?fact WHERE { GRAPH ?graph { ?fact a gz:Statement } }"
_SOURCES = "SELECT ?graph ?name WHERE { GRAPH ?graph { ?graph a gz:Source ; schema:name ?name } }"


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing as one source speaks of it."""

    iri: str
    type: str
    """The local name of its class."""
    label: str
    names: tuple[str, ...]
    """All names it has there, the label among them; sorted."""
    place: str = ""
    """Its jurisdiction; empty where the source does not say."""
    facts: int = 0
    """How many statements speak of it."""
    basis: str = ""
    """The IRI of the earliest of them."""
    since: str = ""
    """The date (ISO 8601) of the earliest document that speaks of it, as far as it has one."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody holds a post, is appointed to it or removed from it, by one statement."""

    fact: str
    person: str
    name: str
    """The person's, as the statement gives it."""
    organization: str
    """The IRI, or the words where nothing known is named; may be empty."""
    words: str
    title: str
    date: str
    """Of the appointment, else of the document; may be empty."""
    document: str
    quote: str
    ends: bool = False
    """Whether it is a removal."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document that the source prints."""

    iri: str
    title: str
    number: str
    date: str
    issuers: tuple[str, ...]
    above: str = ""
    """The IRI of the document behind which it is printed."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The things of one source."""

    graph: str
    """The IRI of its named graph."""
    name: str
    """The name of its file."""
    mentions: tuple[Mention, ...] = ()
    holdings: tuple[Holding, ...] = ()
    printed: tuple[Printed, ...] = ()
    facts: frozenset[str] = frozenset()
    """The last segments of the IRIs of its statements, by which they are known."""

    def less(self, wrong: Container[str]) -> Profile:
        """The profile without what statements say that are wrong."""
        return replace(self, holdings=tuple(holding for holding in self.holdings if holding.fact not in wrong))

    def has(self, fact: str) -> bool:
        """Whether the source makes the statement of this IRI."""
        return fact.rpartition("/")[2] in self.facts


def dumps(profile: Profile) -> str:
    """The profile as a line of JSON."""
    several = (profile.mentions, profile.holdings, profile.printed)
    said = [
        profile.graph,
        profile.name,
        *([astuple(each) for each in some] for some in several),
        sorted(profile.facts),
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Profile:
    """The profile that ``dumps`` wrote."""
    graph, name, mentions, holdings, printed, facts = json.loads(text)
    return Profile(
        graph,
        name,
        tuple(Mention(*_values(each)) for each in mentions),
        tuple(Holding(*each) for each in holdings),
        tuple(Printed(*_values(each)) for each in printed),
        frozenset(facts),
    )


def _values(said: list[Any]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in said]


def profiles(store: Store) -> list[Profile]:
    """The profiles of all sources in a store, by the IRIs of their graphs."""
    read = _Reader(store)
    return [read.profile(graph, name) for graph, name in sorted(store.rows(_SOURCES, merge=False))]


class _Reader:
    def __init__(self, store: Store) -> None:
        self.printed = self._printed(store)
        dates = {(graph, each.iri): each.date for graph, several in self.printed.items() for each in several}
        for graph, several in self.printed.items():
            for each in several:
                # What is printed behind a document without a date of its own has that document's.
                dates[graph, each.iri] = each.date or dates.get((graph, each.above), "")
        self.dates = dates
        self.spoken = self._spoken(store)
        self.mentions = self._mentions(store)
        self.holdings = self._holdings(store)
        self.facts: dict[str, set[str]] = defaultdict(set)
        for graph, fact in store.rows(_FACTS, merge=False):
            self.facts[graph].add(fact.rpartition("/")[2])

    def profile(self, graph: str, name: str) -> Profile:
        return Profile(
            graph,
            name,
            tuple(sorted(self.mentions[graph], key=lambda mention: mention.iri)),
            tuple(sorted(self.holdings[graph], key=lambda holding: (holding.person, holding.fact))),
            tuple(sorted(self.printed[graph], key=lambda each: each.iri)),
            frozenset(self.facts[graph]),
        )

    def _printed(self, store: Store) -> dict[str, list[Printed]]:
        said: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
        for graph, document, *rest in sorted(store.rows(_DOCUMENTS, merge=False)):
            said[graph, document].append(tuple(rest))
        found: dict[str, list[Printed]] = defaultdict(list)
        for (graph, document), rows in said.items():
            title, number, date, _, above = rows[0]
            issuers = tuple(sorted({row[3] for row in rows if row[3]}))
            found[graph].append(Printed(document, title, number, date, issuers, above))
        return found

    def _spoken(self, store: Store) -> dict[tuple[str, str], tuple[int, str, str]]:
        """Of each thing in each graph: how many statements speak of it, the earliest date, the statement of that date."""
        said: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for graph, fact, thing, document in store.rows(_LINKS, merge=False):
            said[graph, thing].add((self.dates.get((graph, document)) or self.dates.get((graph, fact), ""), fact))
        found = {}
        for key, facts in said.items():
            date, fact = min(facts, key=lambda each: (each[0] or "9999", each[1]))
            found[key] = (len(facts), date, fact)
        return found

    def _mentions(self, store: Store) -> dict[str, list[Mention]]:
        said: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
        for graph, thing, kind, label, other, place in sorted(store.rows(_ENTITIES, merge=False)):
            if (local := kind.removeprefix(NS)) in _TYPES:
                said[graph, thing].append((local, label, other, place))
        found: dict[str, list[Mention]] = defaultdict(list)
        for (graph, thing), rows in said.items():
            local, label, _, place = rows[0]
            names = tuple(sorted({name for _, first, other, _ in rows for name in (first, other) if name}))
            facts, date, fact = self.spoken.get((graph, thing), (0, "", ""))
            found[graph].append(Mention(thing, local, label, names, place, facts, fact, date))
        return found

    def _holdings(self, store: Store) -> dict[str, list[Holding]]:
        found: dict[str, dict[str, Holding]] = defaultdict(dict)
        for graph, fact, kind, person, name, organization, words, title, date, document, quote in sorted(
            store.rows(_POSTS, merge=False)
        ):
            when = date or self.dates.get((graph, document), "")
            ends = kind.endswith("Removal")
            holding = Holding(fact, person, name, organization or words, words, title, when, document, quote, ends)
            found[graph].setdefault(fact, holding)
        return defaultdict(list, {graph: list(facts.values()) for graph, facts in found.items()})
