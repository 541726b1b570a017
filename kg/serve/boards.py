"""Pages on many things at once: who has which task (分工), what falls due when (时限), where the money goes (资金)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping

from kg.ledger import Part, Task
from kg.network import cut
from kg.query.results import Rows, harmless
from kg.query.results import csv as as_csv
from kg.rdf.vocabulary import CLASSES
from kg.serve.flow import flow
from kg.serve.html import html
from kg.serve.jobs import Answered, Served
from kg.serve.plan import Planned, planned, progress, tasks
from kg.serve.protocol import Refused
from kg.serve.timeline import Time, axis

__all__ = ["BOARD_JOBS"]

_ROWS, _COLUMNS, _TIMES = 400, 60, 150
_DOCUMENTS = 12
"""Documents that are read where none is chosen."""
_SIGNS = {Part.LEAD: "牵", Part.ANSWER: "责", Part.SUPPORT: "配", Part.OTHER: "他"}
_PARTS = ((Part.LEAD, "牵头", "leads"), (Part.ANSWER, "责任", "answers"), (Part.SUPPORT, "配合", "supports"), (Part.OTHER, "指导、审核等", "guides, approves …"))  # fmt: skip


def matrix(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """Tasks by agencies: who leads, answers, supports; of one document, or of one agency in all of its documents."""
    store = served.graph.store
    agency = fields.get("agency", "").strip()
    listed = planned(store, (CLASSES["duty"],), agency)
    chosen = _chosen(listed, fields.get("document", ""))
    if not chosen and listed:
        # Of an agency all documents, newest first; else the one that hands out most.
        chosen = listed[:_DOCUMENTS] if agency else [max(listed, key=lambda one: (one.facts, one.date))]
    found = [
        task
        for task in tasks(store, [one.iri for one in chosen])
        if task.parties and (not agency or any(agency in party.name for party in task.parties))
    ]
    shown = found[:_ROWS]
    parties = Counter((party.thing, party.thing or party.name) for task in shown for party in task.parties)
    names = {party.thing or party.name: party.name for task in reversed(shown) for party in task.parties}
    columns = [(thing, key, names[key]) for (thing, key), _ in parties.most_common(_COLUMNS)]
    if fields.get("format") == "csv":
        return _csv(shown, columns)
    if fields.get("format"):
        raise Refused(406, f"format must be csv, got {fields['format']!r}")
    return html(
        served, "matrix.html", language, "/matrix", fields,
        listed=listed, chosen=[one.iri for one in chosen], one=chosen[0] if len(chosen) == 1 else None, agency=agency,
        rows=[(task, _cells(task)) for task in shown], columns=columns, signs=_SIGNS, parts=_PARTS,
        more=len(found) - len(shown), hidden=len(parties) - len(columns), done=progress(served),
    )  # fmt: skip


def _cells(task: Task) -> dict[str, Part]:
    """The part of each party; of several the foremost."""
    order = list(Part)
    cells: dict[str, Part] = {}
    for party in task.parties:
        key = party.thing or party.name
        if key not in cells or order.index(party.part) < order.index(cells[key]):
            cells[key] = party.part
    return cells


def _csv(shown: list[Task], columns: list[tuple[str, str, str]]) -> Answered:
    rows = []
    for task in shown:
        cells = _cells(task)
        said = "；".join(term.written for term in task.terms)
        parts = [cells[key].value.removesuffix("单位") if key in cells else "" for _, key, _ in columns]
        rows.append((task.doc, task.text, said, *parts))
    heads = ("文号", "事项", "时限", *(harmless(name) for _, _, name in columns))
    text = as_csv(Rows(heads, tuple(rows))).encode("utf-8-sig", "replace")
    return Answered("text/csv; charset=utf-8", lambda body: body.write(text))


def timeline(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """Deadlines and phases on one scale: of a document, an agency, or the newest documents; from a day on."""
    store = served.graph.store
    agency, since = fields.get("agency", "").strip(), fields.get("from", "")
    if since and not _day(since):
        raise Refused(400, f"from must be a day as 2021-05-31, got {since!r}")
    listed = planned(store, (CLASSES["deadline"],), agency)
    chosen = _chosen(listed, fields.get("document", "")) or listed[:_DOCUMENTS]
    done = progress(served)
    boards, open_ends, left = [], [], _TIMES
    for one, own in _by_document(chosen, tasks(store, [one.iri for one in chosen])):
        times = []
        for task in own:
            if agency and not any(agency in party.name for party in task.parties):
                continue
            for term in task.terms:
                state = done[task.iri].state if task.iri in done else None
                who = "、".join(party.name for party in task.parties if party.part in (Part.LEAD, Part.ANSWER))
                label = cut(term.words or task.text, 22)
                said = "，".join(dict.fromkeys(filter(None, (label, cut(who, 14), state.value if state else ""))))
                if not term.day:
                    open_ends.append((one, task, term, said))
                elif not since or str(term.day) >= since:
                    start = str(term.start) if term.start and term.start <= term.day else str(term.day)
                    kind = "duty" if state else str(term.fact["kind"])
                    times.append(Time(said, kind, start, str(term.day), str(term.fact["fact"]), f"{task.text}　{term.written}　{term.basis}"))  # fmt: skip
        times.sort(key=lambda time: (time.end, time.start))
        if times:
            boards.append((one, axis(times[:left], dt.date.today()) if left else None, max(0, len(times) - left)))
            left = max(0, left - len(times))
    return html(
        served, "timeline.html", language, "/timeline", fields,
        listed=listed, document=fields.get("document", ""), agency=agency, since=since, boards=boards,
        waiting=open_ends[:_TIMES], more=max(0, len(listed) - len(chosen)),
    )  # fmt: skip


def _by_document(chosen: list[Planned], found: list[Task]) -> list[tuple[Planned, list[Task]]]:
    return [
        (one, [task for task in found if task.doc in (one.number, one.title) or task.title == one.title])
        for one in chosen
    ]


def flow_of_funds(served: Served, fields: Mapping[str, str], accept: str, language: str) -> Answered:
    """Money from who pays to who gets it, or to what it is for; of one document or all."""
    store = served.graph.store
    listed = planned(store, (CLASSES["fund"],))
    chosen = _chosen(listed, fields.get("document", ""))
    found = flow(store, [one.iri for one in chosen or listed[:200]], language)
    return html(
        served, "flow.html", language, "/flow", fields,
        listed=listed, document=fields.get("document", ""), flow=found, more=max(0, len(listed) - 200) if not chosen else 0,
    )  # fmt: skip


def _chosen(listed: list[Planned], document: str) -> list[Planned]:
    """The document that is asked for by its IRI; none where none is. Raises Refused where it is none of those listed."""
    if not document:
        return []
    found = [one for one in listed if one.iri == document]
    if not found:
        raise Refused(404, f"there is nothing of this kind in <{document}>")
    return found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


BOARD_JOBS: Mapping[str, Callable[..., Answered]] = {"matrix": matrix, "timeline": timeline, "flow": flow_of_funds}
"""By the name that the server asks for them."""
