"""A store on another machine is fed what a folder holds: the graphs that it lacks, and those that are others there.

What the store holds is written down in it, source by source as each is whole; so the same command again goes on where
a feeding was stopped, by whichever side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from kg.errors import KgError
from kg.holdings.build import Changes, graphs
from kg.holdings.derived import derived
from kg.holdings.folder import Folder, Holding
from kg.holdings.parts import QUADS, Part, Summary
from kg.holdings.workers import Progress
from kg.identity import Judgements
from kg.rdf import meta_graph
from kg.store.remote import RemoteStore

__all__ = ["feed", "held", "take_out"]


def feed(folder: Folder, store: RemoteStore, progress: Progress, judgements: Judgements | None = None) -> Changes:
    """Bring the store up to date with the folder; gives what that changed.

    Raises KgError where the store refuses or goes away, with how far it came.
    """
    state = folder.state()
    there = store.held()
    sources = {graphs(one, state.base)[0]: one for one in state.sources}
    parts = [folder.stored(one) for one in state.sources]
    others = derived(parts, state.version, state.base, judgements or folder.judgements())
    keys = {graph: one.key for graph, one in sources.items()}
    keys |= {graph: sha256(block).hexdigest() for graph, block in others.items()}
    merged = sha256("".join(sorted(keys.values())).encode("ascii")).hexdigest()
    gone = [group for group in there if group not in keys and group != store.default]
    todo = [group for group, key in sorted(keys.items()) if there.get(group, {}).get("key") != key]
    done = 0
    with _going_on(lambda: f"{len(keys) - len(todo) + done} of {len(keys)} graphs are there"):
        for group in gone:
            store.remove(group, there[group]["graphs"])
        for done, group in enumerate(todo):
            progress(done, len(todo), sources[group].summary.name if group in sources else group)
            said: dict[str, Any] = {"key": keys[group]}
            if one := sources.get(group):
                said |= {"summary": asdict(one.summary), "built": one.built, "version": one.version}
                blocks = _split(folder.stored(one), graphs(one, state.base))
            else:
                blocks = {group: others[group]}
            store.replace(group, blocks, said, there.get(group, {}).get("graphs", ()))
        if there.get(store.default, {}).get("key") != merged:
            store.replace_default(folder.reading(state).default_lines(), merged)
    names = (there[group]["summary"]["name"] for group in gone if "summary" in there[group])
    read = tuple(sorted(sources[group].summary.name for group in todo if group in sources))
    return Changes(read, tuple(sorted(names)), len(sources) - len(read))


def _split(part: Part, names: tuple[str, str]) -> Mapping[str, bytes]:
    """The N-Quads of a part by graph."""
    block = part.member(QUADS)
    last = block.rfind(f" <{names[0]}> .\n".encode())
    cut = block.find(b"\n", last) + 1 if last >= 0 else 0
    return {names[0]: block[:cut], names[1]: block[cut:]}


def held(store: RemoteStore) -> list[Holding]:
    """The sources that the store holds, by name; those not yet whole are not among them."""
    found = [
        Holding(Summary.of(said["summary"]), said["key"], said["built"], said["version"])
        for said in store.held().values()
        if said["key"] and "summary" in said
    ]
    return sorted(found, key=lambda one: (one.summary.name, one.summary.sha256))


def take_out(store: RemoteStore, sources: list[Holding]) -> None:
    """Take sources out of the store, and the graphs made of several sources: the next feeding makes these anew.

    What is left of the default graph is the merge of what is left.
    """
    digests = {one.summary.sha256 for one in sources}
    for group, said in store.held().items():
        alone = "summary" in said
        if said["summary"]["sha256"] in digests if alone else group not in (meta_graph(store.base), store.default):
            store.remove(group, said["graphs"])
    here = store.copy()
    here.merge()
    store.replace_default(here.default_lines(), "")


@contextmanager
def _going_on(so_far: Any) -> Iterator[None]:
    try:
        yield
    except KgError as error:
        raise KgError(f"{error}; nothing is lost: {so_far()}, and the same command goes on from here") from error
