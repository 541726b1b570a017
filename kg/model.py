"""The values that flow through the pipeline: sources, spans, documents, sections, facts.

All are frozen. Nothing here imports another module of kg. Offsets are code points in the
decoded text of a source, end exclusive; money is yuan as Decimal; dates are ISO 8601 strings,
as precise as the text (``2020-06-23``, ``2020-06``, ``2020``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar

__all__ = [
    "ADDABLE",
    "FACT_KINDS",
    "Addition",
    "Appointment",
    "Box",
    "Citation",
    "Contact",
    "Coverage",
    "Deadline",
    "Document",
    "Duty",
    "Entity",
    "EntityType",
    "Event",
    "Evidence",
    "Fact",
    "Fund",
    "Gap",
    "GapKind",
    "Issue",
    "Leftover",
    "Member",
    "Norm",
    "Part",
    "Picture",
    "Place",
    "Post",
    "Reading",
    "Seat",
    "Section",
    "Source",
    "Span",
    "StandIn",
    "Tally",
    "Target",
]


class EntityType(StrEnum):
    """What a thing is: the local name of its class in the ontology."""

    AGENCY = "Agency"
    AGENCY_GROUP = "AgencyGroup"
    """Agencies named by a class of them and not one by one (各乡镇人民政府, 有关单位)."""
    BODY = "CoordinatingBody"
    OFFICIAL = "Official"
    OFFICE_HOLDER = "OfficeHolder"
    """Somebody named by an office and not by a name (区财政局主要负责人)."""
    DOCUMENT = "OfficialDocument"
    GAZETTE_ISSUE = "GazetteIssue"
    DIVISION = "Division"
    """A place with a government of its own (行政区划)."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source's decoded text: code points, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must have 0 <= start < end, got {self.start}..{self.end}")

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact was read: spans in reading order, and the text that stands at them."""

    spans: tuple[Span, ...]
    text: str
    """The source's own characters at the spans, joined, line breaks and blanks included."""

    @property
    def quote(self) -> str:
        """The text with all white space removed, otherwise as printed."""
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its file a stretch of a source's text stands; it holds up to the next place of the same kind."""

    start: int
    """Of the stretch, in the decoded text."""
    kind: str
    """``page``, ``table``, ``footnote``, ``box`` …"""
    label: str
    """What a person would call it: the number of the page."""
    confidence: float | None = None
    """Of the recognition, 0 to 1, where the text was recognised."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a stretch of a source's text stands on its page: a line, or a row of a table."""

    start: int
    end: int
    """Of the stretch, in the decoded text; end exclusive."""
    page: str
    """The label of the page."""
    left: float
    top: float
    right: float
    bottom: float
    """As shares of the page's width and height, from its upper left corner."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page looks like."""

    page: str
    """The label of the page."""
    width: int
    height: int
    """In pixels."""
    form: str
    """``png`` or ``jpeg``."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, decoded: the unit of work. Two sources with the same bytes are the same source."""

    name: str
    """The file's name without its folder."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    encoding: str
    text: str = field(repr=False)
    format: str = "text"
    """text, html, docx, pdf, ofd or image: what the bytes were recognised as."""
    places: tuple[Place, ...] = field(default=(), repr=False)
    """Where stretches of the text stand in the file, by start."""
    boxes: tuple[Box, ...] = field(default=(), repr=False)
    """Where stretches of the text stand on their pages, by start, where the file has pages with places on them."""
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    """What the pages look like, as far as a reading was asked to keep it."""

    def at(self, spans: tuple[Span, ...]) -> str:
        """The source's characters at the spans, joined."""
        return "".join(self.text[s.start : s.end] for s in spans)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document: 一、, （一）, 1., （1）, 第一章, 第一条 and the like."""

    doc: str
    """The document it stands in, as in ``Fact.doc``."""
    path: str
    """Its number behind those above it, with points between: ``二.（一）.3``. Unique in its document."""
    number: str
    heading: str
    span: Span
    """Of the heading."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that facts speak of under one or more names."""

    type: EntityType
    key: str
    """Where it stands below the base of all resources: ``agency/临汀市云泽区/财政局``."""
    label: str
    """Its name in full, as far as the source gives it."""
    names: tuple[str, ...] = ()
    """Every name the source has for it, sorted."""
    jurisdiction: str | None = None
    """The place it belongs to, with all that lies above it as far as that is known: 临汀市云泽区."""
    parent: str | None = None
    """The key of the organisation it is part of, where its name says so; of a place that of the place above it."""
    reason: str = ""
    """Why its names are taken for one thing, or a short form for none of those it may be; in Chinese, for a reader."""
    division: str | None = None
    """The key of the place it belongs to."""
    code: str = ""
    """Of a place its code by GB/T 2260, where it is one of the country's table."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that was seen and not turned into a fact, with the reason why."""

    reason: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one stretch of text says. The fields of each kind are those of the gold format.

    A field that the source is silent on is None (or empty). Names are the source's own words,
    misprints put right: entities are made of them later.
    """

    kind: ClassVar[str]

    doc: str
    """The document it stands in: its 文号, else its title; ``issue`` for the periodical's own data."""
    evidence: Evidence
    rule: str
    """The name of the rule that read it."""
    section: str = ""
    """The ``path`` of the section it stands in, or nothing."""

    def values(self) -> Iterator[tuple[str, object]]:
        """The fields of this kind that are set, in their order of declaration."""
        for name in self.__slots__:  # the fields of the class itself, without those of all facts
            value = getattr(self, name)
            if value is not None and value != () and value is not False:
                yield name, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Fact):
    """An issue of a periodical (一期公报): its own data."""

    kind: ClassVar[str] = "issue"
    title: str
    number: str | None = None
    total_number: str | None = None
    date: str | None = None
    supervisor: str | None = None
    sponsor: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Fact):
    """An official document (公文), by the elements of GB/T 9704."""

    kind: ClassVar[str] = "document"
    title: str
    number: str | None = None
    issuer: tuple[str, ...] = ()
    type: str | None = None
    date: str | None = None
    effective: str | None = None
    addressees: tuple[str, ...] = ()
    public: bool = False
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Fact):
    """A person holds a post."""

    kind: ClassVar[str] = "post"
    person: str
    org: str | None = None
    title: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Fact):
    """A notice appoints somebody to a post (任) or removes somebody from one (免)."""

    kind: ClassVar[str] = "appointment"
    person: str
    action: str
    org: str | None = None
    title: str | None = None
    note: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Fact):
    """A seat in a coordinating body, held by a person, an organisation or an office-holder."""

    kind: ClassVar[str] = "member"
    group: str
    member: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Fact):
    """A group's office is placed in an organisation (办公室设在…)."""

    kind: ClassVar[str] = "seat"
    group: str
    org: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn(Fact):
    """Two people cover for one another (AB角)."""

    kind: ClassVar[str] = "stand_in"
    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Fact):
    """An agent answers for a matter."""

    kind: ClassVar[str] = "duty"
    agent: str
    matter: str
    role: str | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Fact):
    """An agent may do something (可以), or must not (不得). What it must do is a ``Duty``."""

    kind: ClassVar[str] = "norm"
    agent: str
    modality: str
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Fact):
    """How to reach a person or an organisation."""

    kind: ClassVar[str] = "contact"
    person: str | None = None
    org: str | None = None
    phone: str | None = None
    address: str | None = None
    postcode: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Fact):
    """A sum of money (``amount``, yuan) or a share of one (``share``, 0 to 1)."""

    kind: ClassVar[str] = "fund"
    amount: Decimal | None = None
    share: Decimal | None = None
    comparator: str = "="
    per: str | None = None
    payer: str | None = None
    payee: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Fact):
    """By when, during when, or how often something must be done."""

    kind: ClassVar[str] = "deadline"
    on: str | None = None
    start: str | None = None
    end: str | None = None
    every: str | None = None
    """A recurrence rule of RFC 5545."""
    within: str | None = None
    """A duration of ISO 8601; working days end in BD (``P20BD``)."""
    after: str | None = None
    """The event that ``within`` runs from, in the text's words."""
    agent: str | None = None
    task: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """A number that must be reached or kept."""

    kind: ClassVar[str] = "target"
    subject: str
    value: Decimal
    comparator: str = "="
    unit: str | None = None
    by: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Fact):
    """The text refers to another document, law, plan or attachment."""

    kind: ClassVar[str] = "cites"
    title: str | None = None
    number: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """Something done to or by a named party: an award, a reprimand, an audit, a body set up."""

    kind: ClassVar[str] = "event"
    type: str
    agent: str | None = None
    patient: str | None = None
    what: str | None = None
    date: str | None = None
    """A date, or an interval of two dates with a stroke between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Fact):
    """An organisation is part of, or run by, another."""

    kind: ClassVar[str] = "part"
    org: str
    of: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A fact that the program misses in a source and a user adds: what it says, and in which words of the source."""

    kind: str
    """One of ``ADDABLE``."""
    values: tuple[tuple[str, str | Decimal], ...]
    """The fields that are set, in the order of the format."""
    quote: str
    """As printed, without white space."""
    nth: int = 0
    """Which of the places with these words is meant, from 1; 0 where there is but one."""

    @property
    def key(self) -> str:
        """Twelve hexadecimal digits that tell it from others."""
        said = [self.kind, [(name, str(value)) for name, value in self.values], self.quote, self.nth]
        return sha256(json.dumps(said).encode("ascii")).hexdigest()[:12]


class GapKind(StrEnum):
    """What can be recognised in a text whether a fact says it or not."""

    SUM = "sum"
    PERCENTAGE = "percentage"
    QUANTITY = "quantity"
    TIME = "time"
    """A date, a period, a rhythm or a time limit."""
    ROLE = "role"
    """牵头, 责任, 负责 and the like."""
    AGENCY = "agency"
    PERSON = "person"

    @property
    def zh(self) -> str:
        """Its name in Chinese."""
        return dict(zip(GapKind, ("金额", "比例", "数量", "时间", "责任用语", "机关单位", "人员"), strict=True))[self]


@dataclass(frozen=True, slots=True)
class Gap:
    """A sum, a date, a name … in the text that no fact and no element of a document accounts for."""

    kind: GapKind
    text: str
    """As clean text."""
    around: str
    """The clause it stands in."""
    span: Span
    doc: str
    """As in ``Fact.doc``."""
    section: str = ""
    """The ``path`` of its section, or nothing."""
    page: str = ""
    """The label of its page, where the source has pages."""
    known: bool = False
    """Whether facts read elsewhere in the source speak of this agency or person."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind a document has, and how many of them nothing accounts for."""

    doc: str
    kind: GapKind
    seen: int
    missed: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What no fact covers in a source, and out of how much."""

    source: str = ""
    """The name of the source."""
    tallies: tuple[Tally, ...] = ()
    """By document, in the order of the text, and kind; only of what was seen."""
    gaps: tuple[Gap, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one source: a pure function of its bytes and the lexicons."""

    source: Source
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    parties: Mapping[str, Entity]
    """Who the facts speak of, by the words they use: officials, agencies, groups of them, bodies."""
    documents: Mapping[str, Entity]
    """The documents the facts stand in or refer to, by ``doc``, by number and by title."""
    leftovers: tuple[Leftover, ...]
    coverage: Coverage = Coverage()
    """What in the text no fact says."""
    places: Mapping[str, Entity] = field(default_factory=dict)
    """By their keys, the places that the parties belong to, and those above them."""
    added: Mapping[str, Fact | int] = field(default_factory=dict)
    """By the keys of additions, the fact that says it; or how often their words stand in the text, where that is not clear."""


FACT_KINDS: dict[str, type[Fact]] = {
    cls.kind: cls
    for cls in (
        Issue,
        Document,
        Post,
        Appointment,
        Member,
        Seat,
        StandIn,
        Duty,
        Norm,
        Contact,
        Fund,
        Deadline,
        Target,
        Citation,
        Event,
        Part,
    )
}

ADDABLE = tuple(kind for kind in FACT_KINDS if kind not in ("issue", "document"))
"""The kinds that a user may add: an issue and its documents are what the source is made of."""
