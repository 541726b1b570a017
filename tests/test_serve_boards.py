"""The pages of things with their pictures, the matrix of duties, the timeline and the flow of funds, as the server fills them in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import serving

import kg
from kg.ledger import Part
from kg.ledger.progress import Entry, State, quads
from kg.serve.flow import flow
from kg.serve.plan import planned, tasks
from kg.serve.portrait import groups, portrait
from kg.serve.ring import ring
from kg.serve.things import thing
from kg.serve.timeline import Time, axis

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def folder(demo_gazette: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("boards")
    kg.build([demo_gazette], output=path)
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    with (
        serving(folder, "--workers", "1") as address,
        httpx.Client(base_url=address, timeout=30, headers=HTML) as client,
    ):
        yield client


def iri(graph: Any, name: str, kind: str) -> str:
    return str(graph.search(name, kinds=[kind])[0].iri)


def page(client: httpx.Client, iri: str) -> str:
    return unescape(client.get("/describe", params={"iri": iri, "lang": "zh"}).text)


# ---- the page of a thing ----------------------------------------------------------------------------------------------


def test_the_page_of_an_agency_says_what_it_leads_and_supports_whom_it_has_and_what_falls_due(
    client: httpx.Client, demo_graph: Any
) -> None:
    text = page(client, iri(demo_graph, "区水利局", "Agency"))
    for words in ("责任事项", "任职", "时限", 'class="ring"', 'class="times"', "在网络图中展开"):
        assert words in text, words
    found = groups(thing(demo_graph.store, iri(demo_graph, "区水利局", "Agency")))  # type: ignore[arg-type]
    parts = [group.part[0] for group in found if group.part]
    assert parts == [name for name in ("牵头事项", "责任事项", "配合事项", "指导、审核、监督事项") if name in parts]
    assert len(parts) > 1


def test_the_page_of_a_person_has_posts_over_time_and_groups(client: httpx.Client, demo_graph: Any) -> None:
    text = page(client, iri(demo_graph, "廉清", "Official"))
    assert re.search(r'class="bar kind-post"', text)
    assert "区林业局局长" in text
    assert "古茶树保护工作组" in text


@pytest.mark.parametrize(
    "kind", ["OfficialDocument", "CoordinatingBody", "Fund", "Deadline", "Section", "Agency", "Official"]
)
def test_the_page_of_anything_is_whole(client: httpx.Client, demo_graph: Any, kind: str) -> None:
    rows = demo_graph.store.select(f"SELECT DISTINCT ?s {{ ?s a gz:{kind} }} ORDER BY ?s LIMIT 3")
    for row in rows:
        for language in ("zh", "en"):
            answer = client.get("/describe", params={"iri": row["s"].value, "lang": language})
            assert answer.status_code == 200
            assert "<main" in answer.text


def test_a_fact_stands_once_on_a_page_and_leads_to_its_sentence(
    client: httpx.Client, demo_graph: Any, folder: Path
) -> None:
    text = page(client, iri(demo_graph, "区财政局", "Agency"))
    assert "org:organization" not in text
    name, start = re.search(r'href="/evidence/([0-9a-f]{16}\.html)#s(\d+-\d+)"', text).groups()  # type: ignore[union-attr]
    assert (folder / "evidence" / name).is_file()
    assert start


def test_a_ring_has_those_who_act_and_says_how_many_are_left_out(demo_graph: Any) -> None:
    whole = demo_graph.network()
    node = max(whole, key=lambda one: (len({*whole.predecessors(one), *whole.successors(one)}), one))
    drawn = ring(whole, node)
    assert drawn is not None
    assert len(drawn.spokes) == 24
    near = {n for n in (*whole.predecessors(node), *whole.successors(node)) if n != node}
    assert {spoke.iri for spoke in drawn.spokes} <= near
    assert drawn.left == len(near) - 24
    assert len({(spoke.left, spoke.y) for spoke in drawn.spokes}) == 24, "none stands on another"
    assert ring(whole, "urn:none") is None


def test_of_a_document_those_are_around_whom_its_sections_name(demo_graph: Any) -> None:
    document = iri(demo_graph, "茶产业提质增效", "OfficialDocument")
    drawn = portrait(demo_graph.store, document, "zh").ring
    assert drawn is not None
    assert any(spoke.kind == "duty" and spoke.type == "Agency" for spoke in drawn.spokes)
    assert not any(spoke.type == "Section" for spoke in drawn.spokes)


# ---- times ------------------------------------------------------------------------------------------------------------


def test_times_stand_on_one_scale() -> None:
    drawn = axis([Time("一", "deadline", "2031-01", "2031-03"), Time("二", "event", "2031-02-03", "2031-02-03")])
    assert drawn is not None
    long, point = drawn.rows
    assert long.width > 100
    assert point.width == 0
    assert long.x < point.x < long.x + long.width
    assert [name for _, name in drawn.ticks][:2] == ["2031-01", "2031-02"]


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31", "2031", "2031-13", "", "soon", "2031-02-30"])
def test_no_time_breaks_the_scale(start: str) -> None:
    drawn = axis(
        [Time("一", "deadline", start, start), Time("二" * 300, "event", "2031-02-03", "2031-02-03")],
        dt.date(2031, 1, 1),
    )
    assert drawn is not None
    assert all(0 <= row.x <= drawn.width and 0 <= row.text <= drawn.width for row in drawn.rows)
    assert len(drawn.ticks) < 30


def test_where_nothing_is_dated_there_is_no_picture() -> None:
    assert axis([]) is None
    assert axis([Time("一", "deadline", "", "")]) is None
    assert axis([Time("一", "deadline", "2031-02-01", "2031-01-01")]) is None


# ---- the matrix -------------------------------------------------------------------------------------------------------


def test_the_matrix_says_of_each_task_who_has_which_part(client: httpx.Client, demo_graph: Any) -> None:
    listed = planned(demo_graph.store, ("Responsibility",))
    for one in listed:
        rows = list(
            csv.reader(
                io.StringIO(client.get("/matrix", params={"document": one.iri, "format": "csv"}).text.lstrip("\ufeff"))
            )
        )
        made = [task for task in tasks(demo_graph.store, [one.iri]) if task.parties]
        assert len(rows) == len(made) + 1
        for task, row in zip(made, rows[1:], strict=True):
            cells = dict(zip(rows[0], row, strict=True))
            assert cells["事项"].lstrip("'") == task.text
            leads = {party.name for party in task.named(Part.LEAD)}
            assert all(cells[name] == "牵头" for name in leads if name in cells)
            assert sum(bool(cell) for cell in row[3:]) == len({party.thing or party.name for party in task.parties})
    assert len(listed) > 3


def test_the_tasks_of_a_document_are_those_of_the_ledger(demo_graph: Any) -> None:
    from kg.ledger import Question, Said, ledger

    everything = ledger(Said.by(demo_graph.store), Question(day=dt.date(2021, 6, 1))).tasks
    for one in planned(demo_graph.store, ("Responsibility",))[:4]:
        own = {task.iri for task in everything if task.doc in (one.number, one.title)}
        assert own <= {task.iri for task in tasks(demo_graph.store, [one.iri])}


def test_the_matrix_of_an_agency_has_its_tasks_alone(client: httpx.Client) -> None:
    text = client.get("/matrix", params={"agency": "财政局", "format": "csv"}).text
    head, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    columns = [place for place, name in enumerate(head) if "财政局" in name]
    assert rows
    assert all(any(row[place] for place in columns) for row in rows)


def test_the_matrix_page_shows_signs_and_links(client: httpx.Client) -> None:
    text = client.get("/matrix?lang=zh").text
    assert 'class="sign part-' in text
    assert re.search(r'<th scope="row"><a href="/id/', text)
    assert client.get("/matrix?agency=没有这个单位").status_code == 200
    assert client.get("/matrix?document=urn:none").status_code == 404
    assert client.get("/matrix?format=xml").status_code == 406


def test_what_was_filled_in_is_seen(folder: Path, client: httpx.Client, demo_graph: Any) -> None:
    one = planned(demo_graph.store, ("Deadline",))[0]
    task = next(task for task in tasks(demo_graph.store, [one.iri]) if any(term.day for term in task.terms))
    entry = Entry(task=task.iri, text=task.text, doc=task.doc, state=State.DONE, on=dt.date(2031, 1, 1))
    (folder / "progress.nq").write_text("".join(quads([entry])), encoding="utf-8")
    try:
        assert "已办结" in client.get("/timeline", params={"document": one.iri, "lang": "zh"}).text
    finally:
        (folder / "progress.nq").unlink()
    assert "已办结" not in client.get("/timeline", params={"document": one.iri, "lang": "zh"}).text


# ---- deadlines and money ----------------------------------------------------------------------------------------------


def test_the_timeline_has_every_deadline_of_a_document(client: httpx.Client, demo_graph: Any) -> None:
    for one in planned(demo_graph.store, ("Deadline",)):
        text = client.get("/timeline", params={"document": one.iri}).text
        facts = [
            row["f"].value
            for row in demo_graph.store.select(f"SELECT DISTINCT ?f {{ ?f a gz:Deadline ; gz:inDocument <{one.iri}> }}")
        ]
        shown = text.count('class="bar ') + len(re.findall("<li><a href", text))
        assert shown >= len({term.written for task in tasks(demo_graph.store, [one.iri]) for term in task.terms}) > 0
        assert facts


def test_the_timeline_begins_where_it_is_told(client: httpx.Client) -> None:
    all_of_it, late = (
        client.get("/timeline", params={"from": day}).text.count('class="bar ') for day in ("", "2021-10-01")
    )
    assert 0 < late < all_of_it
    assert client.get("/timeline?from=soon").status_code == 400
    assert client.get("/timeline?agency=财政").status_code == 200


def test_only_what_can_be_added_up_is_a_band(demo_graph: Any) -> None:
    listed = planned(demo_graph.store, ("Fund",))
    drawn = flow(demo_graph.store, [one.iri for one in listed], "zh")
    bands = [fact for fact, _, band in drawn.funds if band]
    assert len(bands) == len(drawn.bands) == drawn.drawn > 0
    assert not any(
        fact.get("per") or fact.get("share") or fact.get("comparator", "=") not in ("=", "~") for fact in bands
    )
    wholes = {fact.get("whole") for fact in bands} - {None}
    assert not wholes & {fact["fact"] for fact in bands}, "no sum stands beside its parts"
    total = sum(Decimal(str(fact["amount"])) for fact in bands)
    for blocks in (drawn.payers, drawn.payees):
        assert blocks
        assert all(block.y >= 0 and block.y + block.height <= drawn.height + 1 for block in blocks)
        assert all(a.y + a.height <= b.y for a, b in pairwise(blocks))
    assert total > 0


def test_the_flow_page_lists_every_fund(client: httpx.Client, demo_graph: Any) -> None:
    text = client.get("/flow").text
    (number,) = (
        int(row["n"].value) for row in demo_graph.store.select("SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a gz:Fund }")
    )
    assert text.count('<td class="when">') == number
    assert 'class="band ' in text
    assert client.get("/flow?document=urn:none").status_code == 404


def test_nothing_that_is_asked_makes_a_board_fail(client: httpx.Client, demo_graph: Any) -> None:
    chance = random.Random(20310101)
    document = planned(demo_graph.store, ("Responsibility",))[0].iri
    pieces = [
        document,
        "urn:a",
        "",
        "\x00",
        "财政",
        "9" * 300,
        "<script>",
        '"',
        "2021-05-31",
        "0000-00-00",
        "csv",
        "\\",
    ]
    for _ in range(30):
        fields = {
            name: chance.choice(pieces) for name in chance.sample(["document", "agency", "from", "format", "lang"], 2)
        }
        answer = client.get(chance.choice(["/matrix", "/timeline", "/flow"]), params=fields)
        assert answer.status_code < 500, (answer.request.url, answer.text)
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script>" not in answer.text.replace('<script src="/static/light.js"></script>', "")


def test_a_label_without_room_beside_its_bar_stands_above_it() -> None:
    long = "全面推进阶段：" + "组织开展专项检查，" * 6
    drawn = axis([Time(long, "deadline", "2031-01-05", "2031-12-20"), Time("报送", "deadline", "2031-12", "2031-12")])
    assert drawn
    phase, month = drawn.rows
    assert phase.line < phase.y - 10
    assert phase.text + 13 * len(long) <= drawn.width
    assert month.line == month.y > phase.y + 15
    assert drawn.height > month.y
