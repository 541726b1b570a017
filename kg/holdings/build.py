"""A folder is brought up to date with the sources that are given: what is new or changed is read, the rest is kept.

The outcome is, to the byte, that of a build from nothing. What was read stays read, whatever happens to the build: the
next one takes the parts that are there.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from kg.errors import KgError
from kg.holdings.derived import derived
from kg.holdings.files import FEW, FILES, in_order, written_for_few, written_for_many
from kg.holdings.fingerprint import fingerprint
from kg.holdings.folder import Folder, Holding, Left, State
from kg.holdings.garbage import uncollected
from kg.holdings.pages import bring_up_to_date
from kg.holdings.parts import (
    QUADS,
    Made,
    Part,
    Stored,
    coverage,
    expect_this_program,
    graphs_at,
    key,
    leftovers,
    make,
    save_graphs,
    source_of,
    with_additions,
)
from kg.holdings.quads import Generation
from kg.holdings.words import renew
from kg.holdings.workers import Progress, Refused, Task, read_each
from kg.identity import Judgement, Judgements, read_judgements
from kg.ledger.progress import FILE as PROGRESS
from kg.ledger.progress import Entry, load, quads
from kg.model import Addition, Leftover
from kg.outputs import Content, refuse_folders, stage, write_all
from kg.rdf import source_graph
from kg.read import Input, Limits
from kg.version import program_version
from kg.view import EVIDENCE

__all__ = ["Changes", "amended", "build", "given", "graphs", "judge", "named", "none_read", "remove", "take_in"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build did to what was there before."""

    read: tuple[str, ...] = ()
    """The names of the sources that were new or had changed."""
    gone: tuple[str, ...] = ()
    """The names of those that are there no more."""
    kept: int = 0
    """How many stayed as they were."""
    replaced: tuple[str, ...] = ()
    """The names of those read in whose place another text of the same name stood."""


@dataclass(frozen=True, slots=True)
class Given:
    """A source that was given."""

    entry: Input
    size: int
    digest: str
    key: str
    additions: tuple[Addition, ...]
    """What the user adds to it."""


def given(
    entries: Iterable[Input], limits: Limits, base: str, judgements: Judgements
) -> tuple[list[list[Given]], list[Left]]:
    """The sources among the entries, those of one content together, and those whose bytes cannot even be had.

    Of those of one content the first that can be read is the source: it may be a matter of the name.
    """
    found: dict[str, list[Given]] = {}
    refused: list[Left] = []
    for entry in entries:
        try:
            data = entry.bytes(limits)
        except KgError as error:
            refused.append(Left(entry.name, entry.where, f"not read: {error}"))
            continue
        digest = sha256(data).hexdigest()
        additions = judgements.additions(entry.name, digest)
        name = with_additions(key(digest, entry.name, limits, base, fingerprint()), additions)
        found.setdefault(digest, []).append(Given(entry, len(data), digest, name, additions))
    return list(found.values()), refused


def build(
    entries: Sequence[Input],
    folder: Folder,
    *,
    base: str,
    limits: Limits,
    jobs: int,
    add: bool,
    progress: Progress,
    judgements: Judgements | None = None,
) -> Changes:
    """Bring the folder up to date with the entries; with ``add``, what it holds besides them stays.

    Without ``judgements`` those in the folder hold.

    Raises KgError, with nothing changed, where no source at all can be used, where another build is at work on the
    folder, and where it cannot be written.
    """
    with folder.writing():
        judged = judgements or folder.judgements()  # what is wrong with them is said before anything is read
        changes = _Build(folder, base, limits, jobs, progress, judged).run(entries, add)
        renew(folder, folder.state())
        return changes


def judge(folder: Folder, path: Path, changed: Callable[[Sequence[Judgement], str], str]) -> None:
    """Change the file of judgements at the path, and bring all in line with it: ``changed`` is given entries and text.

    Raises KgError, with nothing changed, where there is no store, another process is at work on it, and for judgements
    that are not as they must be.
    """
    if not folder.holds_store():
        raise KgError(f"{folder.path}: no store here; build one: kg build SOURCE -o {folder.path}")
    with folder.writing():  # from reading the file on, so that of two who judge at a time neither is lost
        entries, text = read_judgements(path)
        text = changed(entries.entries, text)
        judgements = Judgements.parse(text, str(path))
        before = folder.state()
        kept, gone, new = _in_line(folder, before.sources, judgements, before.base)
        generation = _changed(folder, before, gone, new)
        beside = path.with_name(f".{path.name}.new")
        with _abandoned(generation):
            write_all(path.parent, {beside.name: text})  # where it cannot be written, nothing is changed
            try:
                _commit(folder, before, [*kept, *new], before.refused, generation, before.base, judgements)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
        renew(folder, folder.state())


def amended(part: Part, judgements: Judgements, base: str) -> Made | None:
    """The part with what the user adds to its source; None where it has just that. Raises KgError as ``source_of`` does."""
    additions = judgements.additions(part.summary.name, part.summary.sha256)
    if {addition.key for addition in additions} == set(part.summary.added):
        return None
    from kg.pipeline import understand  # as in kg.holdings.parts

    expect_this_program(part)
    return make(understand(source_of(part), additions), base)


def _in_line(
    folder: Folder, sources: Iterable[Holding], judgements: Judgements, base: str
) -> tuple[list[Holding], list[Holding], list[Holding]]:
    """The sources that have what the user adds to them; those that have not; and what takes the place of these."""
    kept: list[Holding] = []
    gone: list[Holding] = []
    new: list[Holding] = []
    for held in sources:
        if made := amended(folder.stored(held), judgements, base):
            path = folder.part(with_additions(held.key, judgements.additions(held.summary.name, held.summary.sha256)))
            made.save(path)
            gone.append(held)
            new.append(_holding(Stored(made.summary, path)))
        else:
            kept.append(held)
    return kept, gone, new


def remove(folder: Folder, wanted: Sequence[str], judgements: Judgements | None = None) -> list[Holding]:
    """Take sources out of the store, each named by its name or the beginning of its SHA-256; gives what went.

    Without ``judgements`` those in the folder hold.

    Raises KgError, with nothing changed, where one names nothing, or several.
    """
    if not folder.holds_store():
        raise KgError(f"{folder.path}: no store here; build one: kg build SOURCE -o {folder.path}")
    with folder.writing():
        before = folder.state()
        judgements = judgements or folder.judgements()
        gone = named(before.sources, wanted)
        keys = {held.key for held in gone}
        left = [held for held in before.sources if held.key not in keys]
        kept, other, new = _in_line(folder, left, judgements, before.base)
        generation = _changed(folder, before, [*gone, *other], new)
        with _abandoned(generation):
            _commit(folder, before, [*kept, *new], before.refused, generation, before.base, judgements)
        renew(folder, folder.state())
    return gone


def named(sources: Sequence[Holding], wanted: Sequence[str]) -> list[Holding]:
    """The sources that are named by their name or the beginning of their SHA-256. Raises KgError as ``remove`` does."""
    gone: dict[str, Holding] = {}
    for word in wanted:
        hits = [held for held in sources if held.summary.name == word]
        if len(hits) > 1:
            hashes = ", ".join(held.summary.sha256[:16] for held in hits[:5])
            raise KgError(f"{word!r} is the name of {len(hits)} sources; give the hash of one: {hashes}")
        if not hits and len(word) >= 4:
            hits = [held for held in sources if held.summary.sha256.startswith(word.lower())]
            if len(hits) > 1:
                names = ", ".join(f"{held.summary.sha256[:16]} {held.summary.name}" for held in hits[:5])
                raise KgError(f"{word!r} begins the hash of {len(hits)} sources: {names}; give more of it")
        if not hits:
            raise KgError(
                f"the store holds no source {word!r}; give its name, or four characters or more of its SHA-256: kg status"
            )
        gone |= {held.key: held for held in hits}
    return list(gone.values())


class _Build:
    def __init__(
        self, folder: Folder, base: str, limits: Limits, jobs: int, progress: Progress, judgements: Judgements
    ) -> None:
        self.folder = folder
        self.base = base
        self.limits = limits
        self.jobs = jobs
        self.progress = progress
        self.judgements = judgements

    def run(self, entries: Sequence[Input], add: bool) -> Changes:
        folder, before = self.folder, self.folder.state()
        if before.edition:
            folder.publish(before, FILES)
        folder.sweep(before, parts=False)
        sources, refused = given(entries, self.limits, self.base, self.judgements)
        kept, ready, tasks = self._planned(before, sources, refused)
        if add:
            here = {entry.name for entry in entries}
            digests = {same[0].digest for same in sources}
            kept += [h for h in before.sources if h.summary.name not in here and h.summary.sha256 not in digests]
            refused += [left for left in before.refused if left.name not in here]
            kept, _, amended = _in_line(folder, kept, self.judgements, self.base)
            ready += amended
        keys = {held.key for held in kept}
        gone = [held for held in before.sources if held.key not in keys]
        # More is to be loaded than is there already: then all is loaded, while it is read.
        anew = before.base != self.base or len(ready) + len(tasks) + len(gone) > len(kept)
        generation: Generation | None = None
        if anew and (ready or tasks):
            generation = Generation(folder.quads(before.edition + 1), None, max(1, self.jobs // 2))
        with _abandoned(generation):
            new = list(ready)
            there = iter([*kept, *ready])  # loaded beside the reading, which must not wait for it
            for held in self._read(tasks, refused):
                new.append(held)
                self._load(generation, held, *islice(there, 1))
            self._load(generation, *there)
            if not kept and not new:
                raise KgError(none_read([left.reason for left in refused], len(entries)))
            if generation is None:
                generation = _changed(folder, before, gone, new, self.base)
        with _abandoned(generation):
            _commit(folder, before, [*kept, *new], tuple(refused), generation, self.base, self.judgements)
        names = {held.summary.name for held in new}
        lost = {held.summary.name for held in gone}
        read, gone_for_good, replaced = (tuple(sorted(each)) for each in (names, lost - names, names & lost))
        return Changes(read, gone_for_good, len(kept), replaced)

    def _planned(
        self, before: State, sources: Iterable[Sequence[Given]], refused: list[Left]
    ) -> tuple[list[Holding], list[Holding], list[list[Task]]]:
        """What is kept, what was read by a build that was stopped, and what is to be read."""
        known = {held.key: held for held in before.sources}
        hopeless = {left.key: left for left in before.refused if left.key}
        kept: list[Holding] = []
        ready: list[Holding] = []
        tasks: list[list[Task]] = []
        for same in sources:
            refused += [replace(hopeless[s.key], where=s.entry.where) for s in same if s.key in hopeless]
            hopeful = [source for source in same if source.key not in hopeless]
            if held := next(
                (known[s.key] for s in hopeful if s.key in known and self.folder.part(s.key).is_file()), None
            ):
                kept.append(held)
            elif part := next(filter(None, (_left_by_another(self.folder.part(s.key)) for s in hopeful)), None):
                ready.append(_holding(part))
            elif hopeful:
                tasks.append(
                    [
                        Task(s.entry, s.size, self.limits, self.base, self.folder.part(s.key), s.additions)
                        for s in hopeful
                    ]
                )
        return kept, ready, tasks

    def _read(self, tasks: list[list[Task]], refused: list[Left]) -> Iterator[Holding]:
        """What is read of the tasks, as it comes; what cannot be read goes to the refused."""
        for task, outcome in read_each(tasks, self.jobs, self.progress):
            if isinstance(outcome, Refused):
                again = task.path.stem if task.path and outcome.lasting else ""
                refused.append(Left(task.entry.name, task.entry.where, f"not read: {outcome.reason}", again))
            else:
                yield _holding(outcome)

    def _load(self, generation: Generation | None, *sources: Holding) -> None:
        if generation is None:
            return
        for held in sources:
            generation.add(self.folder.stored(held).member(QUADS), graphs(held, self.base))


def _left_by_another(path: Path) -> Stored | None:
    """The part that a build left that was stopped, if it is whole."""
    if not path.is_file():
        return None
    try:
        return Stored.at(path)
    except KgError:
        path.unlink()
        return None


def _holding(part: Part) -> Holding:
    assert isinstance(part, Stored)
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Holding(part.summary, part.path.stem, now, program_version())


def graphs(held: Holding, base: str) -> tuple[str, str]:
    """The IRIs of the graphs of a source."""
    graph = source_graph(held.summary.sha256, base)
    return graph, f"{graph}/edges"


def _changed(
    folder: Folder, before: State, gone: Iterable[Holding], new: Iterable[Holding], base: str | None = None
) -> Generation | None:
    """A generation that begins with the one before, less what is gone, and with what is new; None without a change."""
    gone, new = list(gone), list(new)
    if not gone and not new:
        return None
    generation = _following(folder, before)
    for held in gone:
        generation.remove(graphs(held, before.base))
    for held in new:
        generation.add(folder.stored(held).member(QUADS), graphs(held, base or before.base))
    return generation


def _following(folder: Folder, before: State) -> Generation:
    """The next generation, begun with the quads of the one before. Raises KgError where these are damaged."""
    folder.reading(before)
    return Generation(folder.quads(before.edition + 1), folder.quads(before.generation))


@contextmanager
def _abandoned(generation: Generation | None) -> Iterator[None]:
    """Where it comes to nothing, the generation goes."""
    try:
        yield
    except BaseException:
        if generation is not None:
            generation.abandon()
        raise


def _commit(
    folder: Folder,
    before: State,
    sources: Sequence[Holding],
    refused: Sequence[Left],
    generation: Generation | None,
    base: str,
    judgements: Judgements,
) -> None:
    """Write what the sources make together by the judgements, and make it the good state."""
    version = program_version()
    sources = sorted(sources, key=lambda held: (held.summary.name, held.summary.sha256))
    parts = [folder.stored(held) for held in sources]
    together = _fingerprint(sources, version, base, repr(judgements.entries))
    with uncollected():
        others = _followed(folder.part(together), lambda: derived(parts, version, base, judgements))
    hashes = {graph: sha256(block).hexdigest() for graph, block in others.items()}
    anew = generation is not None and not generation.continues
    known = {} if anew or before.base != base else dict(before.derived)
    if generation is None and known != hashes:
        generation = _following(folder, before)
    if generation is not None:
        with _abandoned(generation):
            changed = {graph for graph, digest in known.items() if hashes.get(graph) != digest}
            former = graphs_at(folder.part(before.together), changed & hashes.keys())
            generation.remove(changed - former.keys())
            for graph, block in others.items():
                if known.get(graph) != hashes[graph]:
                    generation.change(graph, former.get(graph, b""), block)
            generation.close()
    state = State(
        edition=before.edition + 1,
        generation=before.edition + 1 if generation else before.generation,
        base=base,
        version=version,
        sources=tuple(sources),
        refused=tuple(sorted(refused, key=lambda left: (left.name, left.where, left.reason))),
        derived=hashes,
        together=together,
        files=before.files,
    )
    if generation is None and replace(state, edition=before.edition) == before and _untouched(folder, before):
        bring_up_to_date(folder.path, parts, base)
        return
    waiting = folder.files(state.edition)
    shutil.rmtree(waiting, ignore_errors=True)
    files = _files(folder, state, parts, others, judgements.wrong(base))
    stage(waiting, files)
    refuse_folders(folder.path, files)
    if (evidence := folder.path / EVIDENCE).is_file():
        raise NotADirectoryError(errno.ENOTDIR, f"{evidence.name} is a file, and a folder of pages is to stand there")
    written = {name: ((waiting / name).stat().st_size, (waiting / name).stat().st_mtime_ns) for name in files}
    state = replace(state, files=written)
    folder.swap(state, before)
    folder.publish(state, FILES)
    bring_up_to_date(folder.path, parts, base)
    folder.sweep(state)


def _fingerprint(sources: Sequence[Holding], *said: str) -> str:
    """Of all that the graphs are made of that are no source's own."""
    return sha256("\n".join([*said, *sorted(held.key for held in sources)]).encode("utf-8")).hexdigest()[:40]


def _followed(path: Path, work: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """What follows from the sources together: kept like a part, since it takes long with many of them."""
    if found := graphs_at(path):
        return found
    made = work()
    save_graphs(made, path)
    return made


def _files(
    folder: Folder,
    state: State,
    parts: Sequence[Stored],
    others: Mapping[str, bytes],
    wrong: frozenset[str] = frozenset(),
) -> Mapping[str, Content]:
    refused = [Leftover(left.reason, left.where) for left in state.refused]
    told = load(folder.path / PROGRESS)
    if len(parts) > FEW:
        return written_for_many(parts, in_order(parts, others, state.base), refused, state.base, told, wrong)
    return written_for_few(
        folder.reading(state),
        lambda: in_order(parts, others, state.base),
        lambda: (*refused, *(left for part in parts for left in leftovers(part))),
        lambda: (coverage(part) for part in parts),
        EVIDENCE,
        told,
    )


def take_in(folder: Folder, changed: Callable[[], Sequence[Entry]]) -> None:
    """Write the progress of tasks into the folder, and the report anew; nothing else changes.

    ``changed`` gives the entries once nobody else writes into the folder; none where nothing is to be written. Raises KgError, with nothing changed, where another build is at work on the folder, and where it cannot be written.
    """
    if not folder.holds_store():
        if entries := changed():
            write_all(folder.path, {PROGRESS: quads(entries)})  # files of a graph, without what a report is made of
        return
    with folder.writing():
        if not (entries := changed()):
            return
        write_all(folder.path, {PROGRESS: quads(entries)})
        state = folder.state()
        parts = [folder.stored(held) for held in state.sources]
        name = "report.html"
        (path,) = write_all(folder.path, {name: _files(folder, state, parts, {})[name]})
        stamp = path.stat()
        folder.swap(replace(state, files={**state.files, name: (stamp.st_size, stamp.st_mtime_ns)}), state)


def _untouched(folder: Folder, state: State) -> bool:
    """Whether the files are there as they were written."""
    for name, (size, written) in state.files.items():
        path = folder.path / name
        if not path.is_file() or (path.stat().st_size, path.stat().st_mtime_ns) != (size, written):
            return False
    return bool(state.files)


def none_read(reasons: Sequence[str], given: int) -> str:
    """Why there is nothing to build: the reason of the only source, or those of the first few."""
    reasons = [reason.removeprefix("not read: ") for reason in reasons]
    if given == 1:
        return reasons[0]
    more = [f"and {len(reasons) - 5} more"] if len(reasons) > 5 else []
    return "\n  ".join([f"none of {given} sources can be used:", *reasons[:5], *more])
