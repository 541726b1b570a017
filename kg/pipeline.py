"""One source → its reading: a pure function of the file's bytes and the lexicons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.anatomy import Anatomy, parse
from kg.check.coverage import coverage
from kg.check.listing import self_check
from kg.errors import KgError
from kg.extract import extract
from kg.model import Addition, Reading, Source
from kg.rdf import BASE, block, derived, meta, quads
from kg.read import Input, Limits, read
from kg.resolve import documents, home, parties, places

__all__ = ["expect_document", "graphs", "read_source", "statements", "understand"]


def understand(source: Source, additions: Sequence[Addition] = ()) -> Reading:
    """All that can be read out of a source, and what a user adds to it.

    Raises KgError where the source holds no document.
    """
    anatomy = parse(source)
    expect_document(anatomy, source)
    extraction = extract(anatomy, additions)
    here = home(extraction.facts, extraction.homes)
    known = parties(extraction.facts, here, source.sha256[:16])
    return Reading(
        source=source,
        facts=extraction.facts,
        sections=extraction.sections,
        parties=known,
        documents=documents(extraction.facts),
        leftovers=(*extraction.leftovers, *self_check(anatomy)),
        coverage=coverage(anatomy, extraction.facts, known),
        places=places(known.values(), here),
        added=extraction.added,
    )


def expect_document(anatomy: Anatomy, source: Source) -> None:
    """Raises KgError where the source, parsed, holds no document."""
    if not any(
        document.title or document.number or any(passage.opens for passage in document.all_passages())
        for document in anatomy.documents
    ):
        raise KgError(
            f"{source.name}: no official document found; expected a title (…关于…的通知), a 文号 or numbered sections"
        )


def read_source(entry: Input, limits: Limits = Limits()) -> Reading:  # noqa: B008  # frozen
    """The reading of one thing to read. Raises KgError where it cannot be read or holds no document."""
    return understand(read(entry, limits))


def graphs(readings: Iterable[Reading], version: str, base: str = BASE) -> Iterator[bytes]:
    """The N-Quads of readings in UTF-8, one named graph after the other by their IRIs, the lines of each sorted.

    The same readings give the same bytes, in whatever order they come. Of each line there is one.
    """
    yield block(meta(version, base))
    for reading in sorted(readings, key=lambda reading: reading.source.sha256):
        yield statements(reading, base)


def statements(reading: Reading, base: str = BASE) -> bytes:
    """The N-Quads of a reading: those of its source's graph, sorted, then those of its graph of edges."""
    return block(quads(reading, base)) + block(derived(reading, base))
