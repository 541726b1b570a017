"""An index of words in SQLite: every character is a token, so that Chinese is found from one character upward.

One wrong character is forgiven: of a name that is asked for whole where it has two characters, of any run of three and
more. What is right comes first, names before matters and matters before quotes.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from os import PathLike
from typing import Self
from urllib.parse import quote

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
CREATE TABLE IF NOT EXISTS held(key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stands(
  key TEXT NOT NULL, entry INTEGER NOT NULL, ties INTEGER NOT NULL, PRIMARY KEY(key, entry)) WITHOUT ROWID;
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


@lru_cache(1 << 16)
def _folded(character: str) -> str:
    """The letters and figures that a character stands for, in one width and case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", character).casefold()))


def _plain(text: str) -> tuple[str, list[int]]:
    """The letters and figures of a text in one width and case, and the place of each in the text."""
    folded = list(map(_folded, text))
    return "".join(folded), [place for place, several in enumerate(folded) for _ in several]


def _spread(text: str) -> str:
    return " ".join("".join(map(_folded, text)))


class Index:
    """The words of a store, in a file or in memory, by the keys of what they were found in: graphs, or parts of a build."""

    def __init__(self, path: str | PathLike[str] = ":memory:", *, read_only: bool = False) -> None:
        """Open the index, and make it where there is none. Raises KgError where that cannot be."""
        self._path = path
        where = f"file:{quote(str(path))}{'?mode=ro' if read_only else ''}"
        with self._told("opened"):
            self._base = sqlite3.connect(path if path == ":memory:" else where, uri=True, check_same_thread=False)
        with self._told("opened"):
            if not read_only:
                self._base.executescript(_SCHEMA + "".join(_WORDS.format(int(field)) for field in Field))
            self.keys()

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Errors of SQLite name the file, which is closed."""
        try:
            yield
        except sqlite3.Error as error:
            if hasattr(self, "_base"):
                self._base.close()
            raise KgError(
                f"{self._path}: cannot be {what} as an index of words: {error}; build the graph again"
            ) from error

    @classmethod
    def of(cls, store: Store) -> Self:
        """An index in memory of all that stands in a store."""
        index = cls()
        index.hold(store.graphs(), lambda graph: entries(store.dump(graph)))
        return index

    def close(self) -> None:
        self._base.close()

    def hold(self, keys: Iterable[str], found: Callable[[str], Iterable[Entry]]) -> None:
        """Hold the entries of these keys and of no others: what is missing is asked for, what is no longer named goes.

        A key stands for entries that do not change. All of it is done, or nothing.
        """
        wanted, held = set(keys), set(self.keys())
        with self._told("written"), self._base:
            for key in sorted(held - wanted):
                self._take(key)
            for key in sorted(wanted - held):
                self._base.execute("INSERT INTO held VALUES(?)", (key,))
                for entry in found(key):
                    self._base.execute(
                        "INSERT INTO stands VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET ties = max(ties, excluded.ties)",
                        (key, self._number(entry), entry.ties),
                    )

    def keys(self) -> list[str]:
        """The keys whose entries stand here, sorted."""
        return [key for (key,) in self._base.execute("SELECT key FROM held ORDER BY key")]

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

    def _take(self, key: str) -> None:
        self._base.execute("DELETE FROM held WHERE key = ?", (key,))
        held = self._base.execute("SELECT entry FROM stands WHERE key = ?", (key,)).fetchall()
        self._base.execute("DELETE FROM stands WHERE key = ?", (key,))
        for (number,) in held:
            if self._base.execute("SELECT 1 FROM stands WHERE entry = ?", (number,)).fetchone():
                continue
            field, text = self._base.execute("SELECT field, text FROM entry WHERE id = ?", (number,)).fetchone()
            self._base.execute(
                f"INSERT INTO words{field:d}(words{field:d}, rowid, text) VALUES('delete', ?, ?)",
                (number, _spread(text)),
            )
            self._base.execute("DELETE FROM entry WHERE id = ?", (number,))

    def search(
        self,
        text: str,
        *,
        limit: int = 20,
        kinds: Iterable[str] = (),
        standing: Callable[[str], tuple[str, ...]] = lambda iri: (iri,),
    ) -> list[Hit]:
        """The things whose words have the text in them, best first, each once; at most ``limit``.

        ``kinds`` are classes to keep to; ``standing`` gives the IRIs that stand for one that a source uses. Raises KgError where the text has neither a letter nor a figure.
        """
        wanted = _plain(text)[0][:_LONGEST]
        if not wanted:
            raise KgError(f"what is searched must have a letter or a figure, got {text!r}")
        found: dict[str, Hit] = {}
        for hit in self._hits(wanted, limit, sorted(set(kinds))):
            if len(found) >= limit:
                break
            for iri in standing(hit.iri):
                found.setdefault(iri, replace(hit, iri=iri))
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
