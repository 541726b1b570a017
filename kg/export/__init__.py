"""The graph goes out in the forms that others read: RDF, networks, tables, Neo4j, FollowTheMoney, Popolo.

Each form is written from the graph piece by piece, so that it is never held as a whole; a folder with several has a
description of them beside, in DCAT and VoID. The same graph gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from kg.errors import KgError
from kg.export import ftm, neo4j
from kg.export.description import describe
from kg.export.jsonld import jsonld, read_context
from kg.export.material import Material
from kg.export.network_files import gexf, graphml
from kg.export.popolo import popolo
from kg.export.syntaxes import in_order, nq, rdfxml, trig, ttl
from kg.export.tables import tables
from kg.outputs import write_all
from kg.store import Store

__all__ = ["FORMS", "export"]

_Files = Mapping[str, Iterator[str]]

FORMS: Mapping[str, Callable[[Material], _Files]] = {
    "ttl": lambda m: {"graph.ttl": ttl(m.store)},
    "trig": lambda m: {"graph.trig": trig(in_order(m.store))},
    "nq": lambda m: {"graph.nq": nq(in_order(m.store))},
    "jsonld": lambda m: {"graph.jsonld": jsonld(m.store, m.context)},
    "rdfxml": lambda m: {"graph.rdf": rdfxml(m.store)},
    "graphml": lambda m: {"network.graphml": graphml(m)},
    "gexf": lambda m: {"network.gexf": gexf(m)},
    "csv": lambda m: {f"csv/{name}": text for name, text in tables(m).items()},
    "neo4j": lambda m: {"neo4j/nodes.csv": neo4j.nodes_csv(m), "neo4j/relationships.csv": neo4j.relationships_csv(m)},
    "ftm": lambda m: {"ftm/entities.ftm.jsonl": ftm.entities(m), "ftm/statements.csv": ftm.statements(m)},
    "popolo": lambda m: {"popolo.json": popolo(m)},
}
"""What a graph can be exported to: the name of each form, and the files it has."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


def export(
    store: Store,
    forms: Sequence[str],
    output: str | Path,
    *,
    software: str,
    licence: str | None = None,
    context: str | Path | None = None,
    bom: bool = False,
) -> list[Path]:
    """Write a graph in some forms; gives the paths of the files.

    ``output`` is a folder, where ``dataset.ttl`` describes the files; or, for one form that is one file, that file, if
    its name has an ending and no folder is there. ``licence`` is the IRI of the data's licence, ``context`` a file
    with the JSON-LD context to write with, ``bom`` begins tables with the mark by which spreadsheets know UTF-8.
    All or nothing is written. Raises KgError for an unknown form and where the files cannot be written.
    """
    if unknown := [form for form in forms if form not in FORMS]:
        raise KgError(f"the form must be one of {', '.join(FORMS)}, got {', '.join(unknown)}")
    if licence is not None and not _ABSOLUTE.fullmatch(licence):
        raise KgError(f"the licence must be an absolute IRI such as that of its text, got {licence!r}")
    given = read_context(context) if context is not None else None
    material = Material(store, software, licence, given, bom)
    files = {name: pieces for form in dict.fromkeys(forms) for name, pieces in FORMS[form](material).items()}
    path = Path(output)
    if path.suffix and not path.is_dir():
        if len(files) != 1:
            raise KgError(f"{path}: must be a folder, since {', '.join(forms)} is {len(files)} files")
        return write_all(path.parent, {path.name: next(iter(files.values()))})
    measured = {name: _measured(name, pieces, material.written) for name, pieces in files.items()}
    return write_all(path, {**measured, "dataset.ttl": describe(material)})


def _measured(name: str, pieces: Iterable[str], written: list[tuple[str, int, str]]) -> Iterator[str]:
    """The pieces, whose size and hash are known once the last was taken."""
    size, digest = 0, sha256()
    for piece in pieces:
        data = piece.encode("utf-8", errors="replace")
        size += len(data)
        digest.update(data)
        yield piece
    written.append((name, size, digest.hexdigest()))
