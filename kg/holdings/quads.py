"""The quads of a generation are written: all of them in bulk, or those of the sources that changed.

A generation begins as a checkpoint of the one before, whose files it shares, and is not changed any more once the
state of the folder names it. The default graph holds the merge of the named graphs, as :class:`kg.store.Store` says:
while graphs come and go the plain one, which is made to speak of one IRI a thing at the end (``kg/merge.py``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.merge import settle, unsettle
from kg.outputs import sync

__all__ = ["Generation"]

_AT_ONCE = 50_000
"""Quads that are loaded together: what is held beside the store meanwhile stays small."""
# A triple leaves the default graph only where no other graph states it.
_TAKE_AWAY = """
DELETE { ?s ?p ?o } WHERE {
  GRAPH <%(graph)s> { ?s ?p ?o }
  FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } FILTER(?other != <%(graph)s>) }
}"""


class Generation:
    """The quads of a generation while they are written."""

    def __init__(self, path: Path, before: Path | None, threads: int = 1) -> None:
        """Begun at the path, with the quads of the generation before where there is one: then it ``continues``."""
        self.path = path
        self.continues = before is not None
        shutil.rmtree(path, ignore_errors=True)
        if before is not None:
            ox.Store.read_only(str(before)).backup(str(path))
        self._store: ox.Store | None = ox.Store(str(path))
        if self.continues:
            unsettle(self._store)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="kg-loading")
        self._waiting: list[bytes] = []
        self._count = 0
        self._loading: list[Future[None]] = []

    def add(self, block: bytes, graphs: Sequence[str]) -> None:
        """The N-Quads of some graphs, soon to be loaded; more than a few blocks wait for nobody."""
        self._waiting.append(block)
        for graph in graphs:
            block = block.replace(f" <{graph}> .\n".encode(), b" .\n")
        self._waiting.append(block)
        self._count += block.count(b"\n")
        if self._count >= _AT_ONCE:
            self._load()

    def _load(self) -> None:
        if not self._waiting:
            return
        data, self._waiting, self._count = b"".join(self._waiting), [], 0
        while len(self._loading) > 2 * self._pool._max_workers:
            self._loading.pop(0).result()
        self._loading.append(self._pool.submit(self._open().bulk_load, data, ox.RdfFormat.N_QUADS))

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs away, and out of the default graph what no other graph states."""
        for graph in graphs:
            self._open().update(_TAKE_AWAY % {"graph": graph})
            self._open().remove_graph(ox.NamedNode(graph))

    def change(self, graph: str, former: bytes, new: bytes) -> None:
        """The N-Quads of a graph in the place of the former ones: what both have stays as it is."""
        before, after = (frozenset(block.splitlines(keepends=True)) for block in (former, new))
        store = self._open()
        for quad in ox.parse(b"".join(before - after), ox.RdfFormat.N_QUADS):
            store.remove(quad)
            left = list(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None))
            if all(isinstance(each.graph_name, ox.DefaultGraph) for each in left):
                for each in left:
                    store.remove(each)
        self.add(b"".join(sorted(after - before)), [graph])

    def close(self) -> None:
        """All is loaded, on the disk, and not changed any more."""
        self._load()
        for loading in self._loading:
            loading.result()
        self._pool.shutdown()
        settle(self._open())
        self._open().flush()
        self._store = None
        for path in self.path.iterdir():
            sync(path)
        sync(self.path)
        self.path.with_suffix(".lock").touch()
        sync(self.path.parent)

    def abandon(self) -> None:
        """It comes to nothing."""
        self._pool.shutdown(cancel_futures=True)
        self._store = None
        with suppress(OSError):
            shutil.rmtree(self.path)

    def _open(self) -> ox.Store:
        if self._store is None:
            raise ValueError("the generation was closed")
        return self._store
