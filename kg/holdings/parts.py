"""A part is all that a build keeps of a source: its sorted N-Quads, facts, leftovers, evidence page, text, and a summary.

It is a pure function of the source, its name, the limits, the program and what a user adds to it, and is named after
them all: a part that is there need not be made again, whoever made it. One with other additions is made from its text. On the disk it is a ``.zip`` whose members are stored as they are.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from kg.contradictions import Contradiction, within
from kg.errors import KgError
from kg.holdings.fingerprint import fingerprint
from kg.identity import dumps, profiles
from kg.model import Addition, Box, Coverage, Gap, GapKind, Leftover, Place, Reading, Source, Span, Tally
from kg.query.gold import plain_lines
from kg.rdf.iris import Names
from kg.read import Limits
from kg.search import Entry, Field, entries
from kg.standing import Fact, needed, told
from kg.store import Store

__all__ = [
    "ALONE",
    "DETAILS",
    "FACTS",
    "PAGE",
    "PROFILE",
    "QUADS",
    "TEXT",
    "TOGETHER",
    "WORDS",
    "Made",
    "Part",
    "Stored",
    "Summary",
]
__all__ += [
    "contradicted",
    "coverage",
    "expect_this_program",
    "facts_together",
    "key",
    "leftovers",
    "make",
    "source_of",
    "words",
]
__all__ += ["with_additions"]

QUADS, FACTS, DETAILS, PAGE, SUMMARY = "graph.nq", "facts.jsonl", "details.json", "evidence.html", "summary.json"
PROFILE, TOGETHER = "profile.json", "together.jsonl"
"""What tells who is who across sources, and the facts that those of others can end or contradict (``kg.standing.told``)."""
ALONE = "contradictions.jsonl"
"""What the source contradicts by itself."""
TEXT = "text.json"
"""The source as it was decoded, but for the pictures, which are on the evidence page."""
WORDS = "words.json"
"""By what its things are found in a search."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""When every member was written, as far as the part says: the same part is the same bytes."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said of a source without opening its part."""

    name: str
    sha256: str
    """Of its bytes, in hexadecimal."""
    format: str
    encoding: str
    issue: str
    """The title, number and date of the issue of a periodical that it is; empty where it is none."""
    documents: tuple[tuple[str, str, str, int], ...]
    """Of each document by itself: what its facts call it, its title, its date (may be empty), how many facts it has."""
    quads: int
    facts: Mapping[str, int]
    """By kind, in the order of the kinds' names."""
    leftovers: Mapping[str, int]
    """By reason."""
    covered: Mapping[str, tuple[int, int]]
    """By kind of what can be recognised: how many were seen, and how many of them no fact accounts for."""
    added: Mapping[str, str | int] = field(default_factory=dict)
    """By the keys of a user's additions, the IRI of the fact; or how often its words stand in the text, if that is not clear."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Summary:
        """The summary that JSON holds."""
        documents = tuple((doc, title, date, int(facts)) for doc, title, date, facts in said["documents"])
        covered = {kind: (int(seen), int(missed)) for kind, (seen, missed) in said["covered"].items()}
        return cls(**{**said, "documents": documents, "covered": covered})


class Part(Protocol):
    """What was read out of one source, in memory or on the disk."""

    @property
    def summary(self) -> Summary: ...

    def member(self, name: str) -> bytes:
        """One of those above: ``graph.nq``, ``facts.jsonl`` and so on."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A part in memory."""

    summary: Summary
    members: Mapping[str, bytes] = field(repr=False)

    def member(self, name: str) -> bytes:
        return self.members[name]

    def save(self, path: Path) -> None:
        """Write the part beside and move it into its place, so that what is there is whole."""
        summary = json.dumps(asdict(self.summary), ensure_ascii=True).encode("ascii")
        _save({**self.members, SUMMARY: summary}, path)


@dataclass(frozen=True, slots=True)
class Stored:
    """A part on the disk."""

    summary: Summary
    path: Path

    @classmethod
    def at(cls, path: Path) -> Stored:
        """The part in a file. Raises KgError where the file is no part, or damaged."""
        return cls(Summary.of(json.loads(_member(path, SUMMARY))), path)

    def member(self, name: str) -> bytes:
        return _member(self.path, name)


def _member(path: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (OSError, zipfile.BadZipFile, KeyError, EOFError) as error:
        what = error.strerror if isinstance(error, OSError) else error
        raise KgError(f"{path}: this part of the store is damaged: {what}; build into a new folder") from error


def key(digest: str, name: str, limits: Limits, base: str, program: str) -> str:
    """What a part is named after: the hash of the source's bytes, its name, the limits, the base and the program."""
    said = json.dumps([digest, name, asdict(limits), base, program], sort_keys=True)
    return sha256(said.encode("ascii")).hexdigest()[:40]


def with_additions(key: str, additions: Iterable[Addition]) -> str:
    """The name of the part that has these additions, by that of any part that is the same but for additions."""
    alone = key.partition("-")[0]
    said = "".join(sorted({addition.key for addition in additions}))
    return f"{alone}-{sha256(said.encode('ascii')).hexdigest()[:16]}" if said else alone


def make(reading: Reading, base: str) -> Made:
    """The part of a reading."""
    from kg.pipeline import statements  # a build that reads nothing does not wait for what reads
    from kg.view import evidence

    quads = statements(reading, base)
    store = Store.of(BytesIO(quads))
    found = told(store)
    facts = b"".join(plain_lines(found))
    details = json.dumps(_details(reading)).encode("ascii")
    page = evidence(reading, base).encode("utf-8")
    profile = "\n".join(map(dumps, profiles(store))).encode("utf-8")
    together, alone = _lines(needed(found)), _lines(map(asdict, within(found)))
    members = {
        QUADS: quads,
        FACTS: facts,
        PROFILE: profile,
        TOGETHER: together,
        ALONE: alone,
        DETAILS: details,
        PAGE: page,
        TEXT: json.dumps(_decoded(reading.source)).encode("ascii"),
        WORDS: json.dumps([astuple(entry) for entry in entries(quads)]).encode("ascii"),
    }
    return Made(_summary(reading, quads, facts, base), members)


def _decoded(source: Source) -> dict[str, Any]:
    said = {name: getattr(source, name) for name in ("name", "sha256", "encoding", "text", "format")}
    several = {"places": list(map(astuple, source.places)), "boxes": list(map(astuple, source.boxes))}
    return {**said, **several, "program": fingerprint()}


def source_of(part: Part) -> Source:
    """The source of a part, as it was decoded. Raises KgError where a version that did not keep it made the part."""
    from kg.view import pictures

    said = _text(part)
    del said["program"]
    said["places"] = tuple(Place(*each) for each in said["places"])
    said["boxes"] = tuple(Box(*each) for each in said["boxes"])
    return Source(**said, pictures=pictures(part.member(PAGE).decode("utf-8")))


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(f"{json.dumps(value)}\n".encode("ascii") for value in values)


def expect_this_program(part: Part) -> None:
    """Raises KgError where another version of the program made the part: this one would read other facts besides."""
    if _text(part)["program"] != fingerprint():
        raise _by_another(part)


def _text(part: Part) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(part.member(TEXT))
    except KgError as error:
        raise _by_another(part) from error
    return said


def _by_another(part: Part) -> KgError:
    return KgError(
        f"{part.summary.name}: was read by another version of gongbao-kg; build again, and then add or take back: kg build",
        zh=f"{part.summary.name}是由另一版本读入的；请先重新运行 kg build，再补充或撤回，未作任何改动",
    )


def _summary(reading: Reading, quads: bytes, lines: bytes, base: str) -> Summary:
    facts = [json.loads(line) for line in lines.splitlines()]
    in_document = Counter(fact["doc"] for fact in facts)
    issues = (fact for fact in facts if fact["kind"] == "issue")
    documents = (fact for fact in facts if fact["kind"] == "document" and "part_of" not in fact)
    covered: dict[str, tuple[int, int]] = {}
    for tally in reading.coverage.tallies:
        seen, missed = covered.get(tally.kind, (0, 0))
        covered[str(tally.kind)] = (seen + tally.seen, missed + tally.missed)
    return Summary(
        name=reading.source.name,
        sha256=reading.source.sha256,
        format=reading.source.format,
        encoding=reading.source.encoding,
        issue="; ".join(
            " ".join(fact[name] for name in ("title", "number", "total_number", "date") if name in fact)
            for fact in issues
        ),
        documents=tuple(
            (fact["doc"], fact["title"], fact.get("date", ""), in_document[fact["doc"]]) for fact in documents
        ),
        quads=quads.count(b"\n"),
        facts=dict(sorted(Counter(fact["kind"] for fact in facts).items())),
        leftovers=dict(Counter(leftover.reason for leftover in reading.leftovers)),
        covered=covered,
        added=_added(reading, base),
    )


def _added(reading: Reading, base: str) -> dict[str, str | int]:
    if not reading.added:
        return {}
    nodes = {id(fact): node.strip("<>") for node, fact in Names(reading, base).facts.items()}
    return {key: said if isinstance(said, int) else nodes[id(said)] for key, said in reading.added.items()}


def _details(reading: Reading) -> dict[str, Any]:
    covered = reading.coverage
    return {
        "leftovers": [[found.reason, found.text, found.span and _ends(found.span)] for found in reading.leftovers],
        "tallies": [[tally.doc, tally.kind, tally.seen, tally.missed] for tally in covered.tallies],
        "gaps": [
            [gap.kind, gap.text, gap.around, _ends(gap.span), gap.doc, gap.section, gap.page, gap.known]
            for gap in covered.gaps
        ],
    }


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def leftovers(part: Part) -> Iterator[Leftover]:
    """What was seen in the source and turned into no fact, with the reason."""
    for reason, text, ends in json.loads(part.member(DETAILS))["leftovers"]:
        yield Leftover(reason, text, Span(*ends) if ends else None)


def coverage(part: Part) -> Coverage:
    """What in the text of the source no fact says."""
    said = json.loads(part.member(DETAILS))
    return Coverage(
        part.summary.name,
        tuple(Tally(doc, GapKind(kind), seen, missed) for doc, kind, seen, missed in said["tallies"]),
        tuple(
            Gap(GapKind(kind), text, around, Span(*ends), doc, section, page, known)
            for kind, text, around, ends, doc, section, page, known in said["gaps"]
        ),
    )


def facts_together(part: Part) -> Iterator[Fact]:
    """The facts of the source that those of others can end or contradict."""
    # All at once, so that what they call their fields stands in memory once.
    yield from json.loads(b"[%s]" % b",".join(part.member(TOGETHER).splitlines()))


def words(part: Part) -> list[Entry]:
    """By what its things are found."""
    return [Entry(iri, kind, Field(field), *rest) for iri, kind, field, *rest in json.loads(part.member(WORDS))]


def contradicted(part: Part) -> Iterator[Contradiction]:
    """What the source contradicts by itself."""
    for line in part.member(ALONE).splitlines():
        said = json.loads(line)
        yield Contradiction(**{**said, "others": tuple(said["others"])})


def save_graphs(graphs: Mapping[str, bytes], path: Path) -> None:
    """Write the N-Quads of graphs that are no source's own, by their IRIs, likewise."""
    _save(graphs, path)


def graphs_at(path: Path, only: Container[str] | None = None) -> dict[str, bytes]:
    """The graphs that were saved there, or some of them; none where there are none, or they are damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist() if only is None or name in only}
    except (OSError, zipfile.BadZipFile):
        return {}


def _save(members: Mapping[str, bytes], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, data in members.items():
                archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
