"""How far tasks are, as whoever keeps the ledger says: apart from what the source says, with who said so and when.

Each entry is a ``schema:Action`` in a graph of its own, which no build touches: ``progress.nq`` beside the graph of a
build. A later entry about a task revises the one before (PROV-O); none is ever taken away. An entry keeps the words and
the document of its task, so that it can be read when no build has the task any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import literal, segment, typed
from kg.rdf.vocabulary import name, std

__all__ = ["FILE", "Entry", "State", "add", "current", "last", "load", "quads"]

FILE = "progress.nq"
"""The file, in the folder of a build."""


class State(StrEnum):
    """How far a task is; the value is the word for it in the ledger."""

    NOT_BEGUN = "未启动"
    UNDER_WAY = "办理中"
    DONE = "已办结"
    STOPPED = "已终止"
    """Given up, or no longer needed."""


_STATUS: Mapping[State, str] = {
    State.NOT_BEGUN: name("schema:PotentialActionStatus"),
    State.UNDER_WAY: name("schema:ActiveActionStatus"),
    State.DONE: name("schema:CompletedActionStatus"),
    State.STOPPED: name("schema:FailedActionStatus"),
}
_TASK, _TEXT, _DOC = std("schema:object"), std("rdfs:label"), std("dcterms:bibliographicCitation")
_STATE, _DONE_ON, _REMARK = std("schema:actionStatus"), std("schema:endTime"), std("schema:description")
_BY, _ON, _REVISES = std("prov:wasAttributedTo"), std("prov:generatedAtTime"), std("prov:wasRevisionOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody wrote about a task."""

    task: str
    """Its IRI."""
    text: str
    doc: str
    state: State | None = None
    done_on: dt.date | None = None
    remark: str = ""
    by: str = ""
    """Who wrote it; empty where it is not said."""
    on: dt.date
    """When it was taken in."""
    revises: str = ""
    """The IRI of the entry before."""

    @property
    def iri(self) -> str:
        """Made of all that the entry says."""
        said = (self.task, self.state or "", self.done_on or "", self.remark, self.by, self.on, self.revises)
        digest = sha256("\n".join(map(str, said)).encode("utf-8", "replace")).hexdigest()[:16]
        base, _, rest = self.task.rpartition("task/")
        return f"{base}progress/{rest}/{digest}"

    @property
    def said(self) -> tuple[State | None, dt.date | None, str]:
        """What was filled in."""
        return self.state, self.done_on, self.remark


def current(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The last entry of each task, by its IRI."""
    found = {entry.iri: entry for entry in entries}
    revised = {entry.revises for entry in found.values()}
    return {entry.task: entry for iri, entry in sorted(found.items()) if iri not in revised}


def last(entries: Iterable[Entry]) -> list[Entry]:
    """The last entry of each task, by document and words."""
    return sorted(current(entries).values(), key=lambda entry: (entry.doc, entry.text, entry.task))


def add(entries: Iterable[Entry], new: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries with the new ones behind them, and those that were added: such as say something else than the last.

    A new entry goes on from the last one: what it leaves out stays.
    """
    known = list(entries)
    latest = current(known)
    added = []
    for entry in new:
        former = latest.get(entry.task)
        if former:
            entry = replace(
                entry,
                state=entry.state or former.state,
                done_on=entry.done_on or (former.done_on if entry.state in (None, State.DONE) else None),
                remark=entry.remark or former.remark,
                revises=former.iri,
            )
            if entry.said == former.said:
                continue
        added.append(entry)
        latest[entry.task] = entry
    return [*known, *added], added


def quads(entries: Iterable[Entry]) -> Iterator[str]:
    """The entries as sorted lines of N-Quads, in a graph of their own."""
    yield from sorted({line for entry in entries for line in _lines(entry)})


def _lines(entry: Entry) -> Iterator[str]:
    base = entry.task.rpartition("task/")[0]
    node, graph = f"<{entry.iri}>", f"<{base}progress>"
    said = [
        (std("rdf:type"), std("schema:Action")),
        (std("rdf:type"), std("prov:Entity")),
        (_TASK, f"<{entry.task}>"),
        (_TEXT, literal(entry.text)),
        (_DOC, literal(entry.doc)),
        (_ON, typed(f"{entry.on.isoformat()}T00:00:00Z", "dateTime")),
    ]
    if entry.state:
        said.append((_STATE, f"<{_STATUS[entry.state]}>"))
    if entry.done_on:
        said.append((_DONE_ON, typed(entry.done_on.isoformat(), "date")))
    if entry.remark:
        said.append((_REMARK, literal(entry.remark)))
    if entry.revises:
        said.append((_REVISES, f"<{entry.revises}>"))
    if entry.by:
        keeper = f"<{base}keeper/{segment(entry.by)}>"
        said.append((_BY, keeper))
        yield f"{keeper} {std('rdf:type')} {std('prov:Agent')} {graph} .\n"
        yield f"{keeper} {_TEXT} {literal(entry.by)} {graph} .\n"
    for predicate, value in said:
        yield f"{node} {predicate} {value} {graph} .\n"


def load(path: Path) -> list[Entry]:
    """The entries in a file; none where there is no file. Raises KgError where it holds something else."""
    if not path.is_file():
        return []
    said: dict[str, dict[str, str]] = {}
    try:
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.N_QUADS):
            if not isinstance(quad, ox.Quad) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                raise ValueError("a blank node")
            said.setdefault(_value(quad.subject), {})[f"<{quad.predicate.value}>"] = quad.object.value
        names = {node: fields[_TEXT] for node, fields in said.items() if _TEXT in fields}
        found = [_entry(fields, names) for fields in said.values() if _TASK in fields]
    except (OSError, SyntaxError, ValueError, KeyError) as error:
        raise KgError(
            f"{path}: must hold the progress of tasks as kg ledger --update writes it, got {error!r}; "
            "put back the file as it was, or move it away"
        ) from error
    return sorted(found, key=lambda entry: (entry.on, entry.task, entry.iri))


def _value(node: object) -> str:
    if not isinstance(node, ox.NamedNode):
        raise ValueError(f"{node} where an IRI must stand")
    return node.value


def _entry(fields: Mapping[str, str], names: Mapping[str, str]) -> Entry:
    states = {iri: state for state, iri in _STATUS.items()}
    return Entry(
        task=fields[_TASK],
        text=fields[_TEXT],
        doc=fields[_DOC],
        state=states[fields[_STATE]] if _STATE in fields else None,
        done_on=dt.date.fromisoformat(fields[_DONE_ON]) if _DONE_ON in fields else None,
        remark=fields.get(_REMARK, ""),
        by=names.get(fields.get(_BY, ""), ""),
        on=dt.date.fromisoformat(fields[_ON][:10]),
        revises=fields.get(_REVISES, ""),
    )
