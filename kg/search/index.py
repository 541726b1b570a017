"""An index of words in SQLite: every character is a token, so that Chinese is found from one character upward.

One wrong character is forgiven: of a name that is asked for whole where it has two characters, of any run of three and
more. What is right comes first, names before matters and matters before quotes.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from typing import Self

from kg.errors import KgError
from kg.search.entries import Entry, Field, entries
from kg.store import Store

__all__ = ["Hit", "Index"]

_LONGEST = 64
"""Characters of what is asked that are looked at."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry(
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, field INTEGER NOT NULL, text TEXT NOT NULL,
  document TEXT NOT NULL, UNIQUE(iri, kind, field, text, document));
CREATE TABLE IF NOT EXISTS stands(
  graph TEXT NOT NULL, entry INTEGER NOT NULL, ties INTEGER NOT NULL, PRIMARY KEY(graph, entry)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stands_entry ON stands(entry);
"""
# Every character is written with blanks around it, so the plainest tokenizer does: it parts at ASCII's blanks alone.
_WORDS = """CREATE VIRTUAL TABLE IF NOT EXISTS words{} USING fts5(text, content='', tokenize="ascii");"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, by the most telling of its words."""

    iri: str
    kind: str
    """The class of the thing: ``Agency``, ``Responsibility``."""
    field: Field
    text: str
    start: int
    """Where in ``text`` the words stand, in code points; ``end`` is exclusive."""
    end: int
    document: str
    exact: bool
    """Whether every character is the one that was asked for."""


def _plain(text: str) -> tuple[str, list[int]]:
    """The letters and figures of a text in one width and case, and the place of each in the text."""
    folded, places = [], []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character).casefold():
            if one.isalnum():
                folded.append(one)
                places.append(place)
    return "".join(folded), places


def _spread(text: str) -> str:
    return " ".join(_plain(text)[0])


class Index:
    """The words of the named graphs of a store, in a file or in memory."""

    def __init__(self, path: str | PathLike[str] = ":memory:", *, read_only: bool = False) -> None:
        """Open the index, and make it where there is none. Raises KgError where that cannot be."""
        try:
            if read_only:
                self._base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            else:
                self._base = sqlite3.connect(path, check_same_thread=False)
                self._base.executescript(_SCHEMA + "".join(_WORDS.format(int(field)) for field in Field))
        except sqlite3.Error as error:
            raise KgError(f"{path}: cannot be opened as an index of words: {error}; build the graph again") from error

    @classmethod
    def of(cls, store: Store) -> Self:
        """An index in memory of all that stands in a store."""
        index = cls()
        for graph in store.graphs():
            index.put(graph, entries(store, graph))
        return index

    def close(self) -> None:
        self._base.close()

    def put(self, graph: str, found: Iterable[Entry]) -> None:
        """Let these be the entries of a named graph, in place of those it had; all of it, or nothing."""
        with self._base:
            self._take(graph)
            for entry in found:
                self._base.execute(
                    "INSERT INTO stands VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET ties = max(ties, excluded.ties)",
                    (graph, self._number(entry), entry.ties),
                )

    def remove(self, graph: str) -> None:
        """Take the entries of a named graph away."""
        with self._base:
            self._take(graph)

    def graphs(self) -> list[str]:
        """The named graphs whose entries stand here, sorted."""
        return [graph for (graph,) in self._base.execute("SELECT DISTINCT graph FROM stands ORDER BY graph")]

    def _number(self, entry: Entry) -> int:
        key = (entry.iri, entry.kind, int(entry.field), entry.text, entry.document)
        known = self._base.execute(
            "SELECT id FROM entry WHERE iri = ? AND kind = ? AND field = ? AND text = ? AND document = ?", key
        ).fetchone()
        if known:
            return int(known[0])
        number = self._base.execute(
            "INSERT INTO entry(iri, kind, field, text, document) VALUES(?, ?, ?, ?, ?)", key
        ).lastrowid
        assert number is not None
        self._base.execute(f"INSERT INTO words{entry.field:d}(rowid, text) VALUES(?, ?)", (number, _spread(entry.text)))
        return number

    def _take(self, graph: str) -> None:
        held = self._base.execute("SELECT entry FROM stands WHERE graph = ?", (graph,)).fetchall()
        self._base.execute("DELETE FROM stands WHERE graph = ?", (graph,))
        for (number,) in held:
            if self._base.execute("SELECT 1 FROM stands WHERE entry = ?", (number,)).fetchone():
                continue
            field, text = self._base.execute("SELECT field, text FROM entry WHERE id = ?", (number,)).fetchone()
            self._base.execute(
                f"INSERT INTO words{field:d}(words{field:d}, rowid, text) VALUES('delete', ?, ?)",
                (number, _spread(text)),
            )
            self._base.execute("DELETE FROM entry WHERE id = ?", (number,))

    def search(self, text: str, *, limit: int = 20, kinds: Iterable[str] = ()) -> list[Hit]:
        """The things whose words have the text in them, best first, each once; at most ``limit``.

        ``kinds`` are classes to keep to. Raises KgError where the text has neither a letter nor a figure.
        """
        wanted = _plain(text)[0][:_LONGEST]
        if not wanted:
            raise KgError(f"what is searched must have a letter or a figure, got {text!r}")
        found: dict[str, Hit] = {}
        for hit in self._hits(wanted, limit, sorted(set(kinds))):
            if len(found) >= limit:
                break
            found.setdefault(hit.iri, hit)
        return list(found.values())

    def _hits(self, wanted: str, limit: int, kinds: list[str]) -> Iterator[Hit]:
        for field in Field:
            yield from self._exact(field, wanted, limit, kinds)
        for field in Field:
            yield from self._forgiven(field, wanted, limit, kinds)

    def _exact(self, field: Field, wanted: str, limit: int, kinds: list[str]) -> Iterator[Hit]:
        for row in self._matching(field, f'"{" ".join(wanted)}"', kinds):
            plain, places = _plain(row[3])
            at = plain.find(wanted)
            yield _hit(row, places, at, len(wanted), exact=True)

    def _forgiven(self, field: Field, wanted: str, limit: int, kinds: list[str]) -> Iterator[Hit]:
        length = len(wanted)
        if length < 2 or (length == 2 and field is not Field.NAME):
            return
        asked = []
        for wrong in range(length):
            before, behind = " ".join(wanted[:wrong]), " ".join(wanted[wrong + 1 :])
            asked.append(f'NEAR("{before}" "{behind}", 1)' if before and behind else f'"{before or behind}"')
        for row in self._matching(field, " OR ".join(asked), kinds):
            plain, places = _plain(row[3])
            if length == 2 and len(plain) != 2:
                continue
            at = _almost(plain, wanted)
            if at is not None:
                yield _hit(row, places, at, length, exact=False)

    def _matching(self, field: Field, asked: str, kinds: list[str]) -> Iterator[tuple[str, str, int, str, str]]:
        only = f"AND entry.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        # Equal names first, then what most is said of, then the shortest; the rest keeps the order the same always.
        yield from self._base.execute(
            f"""SELECT entry.iri, entry.kind, entry.field, entry.text, entry.document
            FROM words{field:d} JOIN entry ON entry.id = words{field:d}.rowid
            WHERE words{field:d} MATCH ? {only}
            ORDER BY (SELECT sum(ties) FROM stands WHERE stands.entry = entry.id) DESC, length(entry.text),
              entry.text, entry.iri, entry.kind, entry.document""",
            (asked, *kinds),
        )


def _almost(plain: str, wanted: str) -> int | None:
    """Where the text has the words with exactly one character another."""
    length = len(wanted)
    for at in range(len(plain) - length + 1):
        wrong = 0
        for one, other in zip(plain[at : at + length], wanted, strict=True):
            wrong += one != other
            if wrong > 1:
                break
        if wrong == 1:
            return at
    return None


def _hit(row: tuple[str, str, int, str, str], places: list[int], at: int, length: int, *, exact: bool) -> Hit:
    iri, kind, field, text, document = row
    return Hit(iri, kind, Field(field), text, places[at], places[at + length - 1] + 1, document, exact)
