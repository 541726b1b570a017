"""Profiles of invented sources, so that who is who can be asked without reading any."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from kg.identity import Added, Identity, Judgements, Profile, identify, lines
from kg.identity.profile import Holding, Mention, Printed
from kg.rdf import BASE

HOME = "临汀市云泽区"
_TYPES = {
    "agency": "Agency",
    "agencies": "AgencyGroup",
    "body": "CoordinatingBody",
    "person": "Official",
    "office-holder": "OfficeHolder",
    "division": "Division",
    "document": "OfficialDocument",
}


def graph(name: str) -> str:
    """The graph of the source of a name."""
    return f"{BASE}source/{sha256(name.encode()).hexdigest()[:16]}"


def iri(key: str) -> str:
    """The IRI of a key."""
    return BASE + key


def called(key: str, *names: str, since: str = "2020-01-01", facts: int = 1) -> Mention:
    """A thing by its key (``agency/临汀市云泽区/财政局``), with the names that a source has for it, the label first."""
    folder, _, rest = key.partition("/")
    place, _, name = rest.partition("/")
    names = names or (name or place,)
    place = place if folder not in ("document", "division") and not place.startswith("未明") else ""
    basis = iri(f"duty/文/{sha256((key + since).encode()).hexdigest()[:12]}")
    return Mention(iri(key), _TYPES[folder], names[0], tuple(sorted(names)), place, facts, basis, since)


def holds(person: str, words: str, title: str, date: str, *, quote: str = "", place: str = HOME) -> Holding:
    """Somebody holds a post in an organisation (区财政局) by a document of a date."""
    organization = iri(f"agency/{place}/{words.removeprefix('区')}")
    fact = iri(f"post/文/{sha256((person + words + title + date + quote).encode()).hexdigest()[:12]}")
    who = iri(f"person/{place}/{person}")
    return Holding(fact, who, person, organization, words, title, date, "", quote or f"{person}{words}{title}")


def prints(key: str, title: str, date: str, *issuers: str, number: str = "", above: str = "") -> Printed:
    """A document that a source prints."""
    return Printed(iri(key), title, number, date, issuers, iri(above) if above else "")


def source(name: str, *said: Mention | Holding | Printed) -> Profile:
    """What the source of a name has; who holds a post is mentioned, and so is what is printed."""
    mentions = {each.iri: each for each in said if isinstance(each, Mention)}
    for each in said:
        if isinstance(each, Holding):
            place = each.person.removeprefix(f"{BASE}person/").partition("/")[0]
            mentions.setdefault(each.person, called(f"person/{place}/{each.name}", since=each.date))
        if isinstance(each, Printed):
            mentions.setdefault(each.iri, called(each.iri.removeprefix(BASE), each.title, since=each.date))
    facts = {mention.basis.rpartition("/")[2] for mention in mentions.values()}
    facts |= {each.fact.rpartition("/")[2] for each in said if isinstance(each, Holding)}
    return Profile(
        graph(name),
        name,
        tuple(sorted(mentions.values(), key=lambda mention: mention.iri)),
        tuple(each for each in said if isinstance(each, Holding)),
        tuple(each for each in said if isinstance(each, Printed)),
        frozenset(facts),
    )


def decided(*profiles: Profile, judgements: str = "") -> Identity:
    """Who is who in the sources."""
    return identify(profiles, BASE, Judgements.parse(judgements))


def written(profiles: Iterable[Profile], judgements: str = "", added: Added | None = None) -> list[str]:
    """The lines of the graph of identity, sorted."""
    return sorted(set(lines(identify(profiles, BASE, Judgements.parse(judgements), added), BASE)))


def of_every_kind() -> list[str]:
    """The lines of a graph of identity in which every kind of decision stands."""
    first = source(
        "第1期.txt",
        called(f"agency/{HOME}/卫生局", "区卫生局", since="2012-03-01"),
        called(f"agency/{HOME}/财政局", "区财政局"),
        holds("李文", "区财政局", "科长", "2020-05-01", quote="李文（男，1970年生）"),
    )
    second = source(
        "第2期.txt",
        called(f"agency/{HOME}/卫生健康委员会", "区卫生健康委"),
        called(f"agency/{HOME}/财政局", "云泽区财政局"),
        called("agency/临汀市/云泽区卫生局", "云泽区卫生局", since="2011-03-01"),
        called(f"agency/{HOME}/交通局", "区交通局"),
        called(f"agency/{HOME}/交通运输局", "区交通运输局"),
        holds("李文", "区水利局", "科长", "2020-06-01", quote="李文（女，1980年生）"),
    )
    wrong = first.mentions[0].basis
    judgements = (
        f"- wrong: {wrong}\n  reason: 识别有误\n  who: 编目组\n  when: 2021-03-04\n"
        f"- wrong: {iri('duty/文/000000000000')}\n  was: 区财政局负责供水\n"
        "- fact: {kind: duty, agent: 区财政局, matter: 供水}\n  source: 第1期.txt\n  quote: 区财政局负责供水\n"
    )
    (missing,) = Judgements.parse(judgements).additions("第1期.txt", "")
    return written([first, second], judgements, {first.graph: {missing.key: iri("duty/文/111111111111")}})
