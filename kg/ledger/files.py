"""The ledger in the form that the ending of a file names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import quote

from kg.errors import KgError
from kg.ledger.book import Ledger
from kg.ledger.calendar import as_calendar
from kg.ledger.changes import Change
from kg.ledger.page import as_page
from kg.ledger.progress import Entry
from kg.ledger.tables import table_of_changes, tables
from kg.ledger.tasks import Fact, Status
from kg.ledger.text import as_csv, as_markdown
from kg.ledger.workbook import workbook
from kg.model import Coverage, Leftover

__all__ = ["FORMS", "Beside", "evidence", "written"]

FORMS = ("xlsx", "csv", "html", "md", "ics")
"""The endings of the files that a ledger is written to."""

TITLE = "督办台账"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands in a ledger beside what the graph says."""

    progress: Mapping[str, Entry] = field(default_factory=dict)
    """The last entry about each task."""
    link: str = ""
    """What the addresses of evidence begin with; nothing for addresses relative to the folder of the build."""
    leftovers: Sequence[tuple[str, Leftover]] = ()
    """What was seen and not turned into facts, with the name of its source."""
    coverage: Sequence[Coverage] = ()
    changes: Sequence[Change] | None = None
    """What changed since an earlier graph; None where it is not asked."""
    earlier: str = ""
    """What that graph is called."""


def evidence(fact: Fact, link: str = "") -> str:
    """The address of the sentence of a fact, on the page of its source."""
    page = str(fact["graph"]).rpartition("/")[2]
    start, end = fact["spans"][0]
    base = f"{link.rstrip('/')}/" if link else ""
    return f"{base}evidence/{quote(page)}.html#s{start}-{end}"


def about(ledger: Ledger) -> str:
    """What a ledger is of: its day, what was asked for, and how many tasks stand how."""
    asked = ledger.asked
    parts = [f"截至{asked.day}"]
    parts += [f"单位：{asked.agency}"] if asked.agency else []
    parts += [f"文件：{asked.document}"] if asked.document else []
    parts += [f"设定：{event}={day}" for event, day in sorted(asked.given.items())]
    counts = "，".join(f"{status.value}{ledger.counts[status]}" for status in Status if ledger.counts[status])
    parts.append(f"共{len(ledger.tasks)}项" + (f"（{counts}）" if counts else ""))
    if ledger.repealed:
        parts.append(f"已废止而未列入的文件：{'、'.join(sorted(ledger.repealed))}")
    return "；".join(parts) + f"。{asked.soon}日内到期的为“{Status.SOON.value}”。"


def written(ledger: Ledger, path: PurePath, beside: Beside = Beside()) -> Iterable[str | bytes]:  # frozen
    """What goes into a file of that name, in pieces. Raises KgError for an ending that is none of ``FORMS``."""
    form = path.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise KgError(
            f"{path}: the ending must be one of {', '.join(f'.{each}' for each in FORMS)}, got {path.suffix!r}"
        )

    def linker(fact: Fact) -> str:
        return evidence(fact, beside.link)

    if form == "ics":
        if beside.changes is not None:
            raise KgError(f"{path}: a calendar does not say what changed: write .xlsx, .csv, .html or .md")
        return [as_calendar(ledger, TITLE, about(ledger), beside.progress, linker)]
    made = tables(
        ledger,
        progress=beside.progress,
        linker=linker,
        leftovers=beside.leftovers,
        coverage=beside.coverage,
    )
    if beside.changes is not None:
        made.insert(0, table_of_changes(beside.changes, beside.earlier))
    match form:
        case "xlsx":
            return [workbook(made, TITLE, about(ledger), ledger.day)]
        case "csv":
            return [as_csv(made[0])]
        case "html":
            return [as_page(made, TITLE, about(ledger))]
        case _:
            return as_markdown(made, TITLE, about(ledger))
