"""The files of the ontology are found wherever the package stands: installed, or in its own source tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError

__all__ = ["find", "labels", "read", "schemes"]

_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def find(name: str = "gazette.ttl") -> Traversable:
    """The file or folder ``name`` of the ontology: ``kg/ontology`` of a wheel, else ``ontology`` beside the package."""
    inside = files("kg") / "ontology" / name
    if inside.is_file() or inside.is_dir():
        return inside
    beside = Path(__file__).resolve().parents[2] / "ontology" / name
    if beside.exists():
        return beside
    raise KgError(f"the ontology's file {name} is missing: expected at {inside} or {beside}; install gongbao-kg again")


def read(name: str = "gazette.ttl") -> str:
    """The text of a file of the ontology."""
    return find(name).read_text(encoding="utf-8")


def schemes() -> tuple[str, ...]:
    """The names of the files of concept schemes, sorted."""
    folder = find("schemes")
    return tuple(f"schemes/{file.name}" for file in sorted(folder.iterdir(), key=lambda file: file.name))


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """What each term and concept of the ontology is called: IRI → language (``zh``, ``en``) → label."""
    found: dict[str, dict[str, str]] = {}
    for name in ("gazette.ttl", *schemes()):
        for triple in ox.parse(read(name), ox.RdfFormat.TURTLE):
            if (
                triple.predicate == _LABEL
                and isinstance(triple.subject, ox.NamedNode)
                and isinstance(triple.object, ox.Literal)
                and triple.object.language
            ):
                found.setdefault(triple.subject.value, {})[triple.object.language] = triple.object.value
    return found
