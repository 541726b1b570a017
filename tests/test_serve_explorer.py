"""What the explorer asks the server for, and what it is refused."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import serving

import kg


@pytest.fixture(scope="module")
def folder(demo_gazette: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explored")
    kg.build([demo_gazette], output=path)
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    with serving(folder, "--workers", "1") as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def agency(demo_graph: Any) -> str:
    return str(demo_graph.search("区财政局", kinds=["Agency"])[0].iri)


def test_a_piece_says_all_that_the_page_needs(client: httpx.Client, agency: str) -> None:
    piece = client.get("/network", params={"iri": agency}).json()
    assert [piece["things"][root]["iri"] for root in piece["roots"]] == [agency]
    assert len(piece["nodes"]) == len(piece["things"])
    assert all(edge["fact"] < len(piece["facts"]) for edge in piece["edges"])
    quotes = [fact.get("quote", "") for fact in piece["facts"]]
    assert any("区财政局" in quote for quote in quotes)
    assert all(fact["page"].endswith(".html") for fact in piece["facts"] if fact.get("spans"))


def test_less_is_asked_for_and_the_rest_is_counted(client: httpx.Client, agency: str) -> None:
    full, part = (client.get("/network", params={"iri": agency, "limit": limit}).json() for limit in ("2000", "3"))
    assert len(part["edges"]) < len(full["edges"])
    assert not full["left"]
    assert sum(part["left"].values()) > 0


def test_the_way_between_two_is_a_piece_and_where_there_is_none_it_is_empty(
    client: httpx.Client, demo_graph: Any, agency: str
) -> None:
    person = demo_graph.search("廉清", kinds=["Official"])[0].iri
    piece = client.get("/network", params={"iri": person, "to": agency}).json()
    assert {piece["things"][root]["iri"] for root in piece["roots"]} == {person, agency}
    assert client.get("/network", params={"iri": person, "to": "urn:none"}).json()["things"] == []


def test_the_map_is_the_same_twice(client: httpx.Client) -> None:
    first = client.get("/network/whole")
    assert first.headers["content-type"] == "application/json"
    said = first.json()
    assert len(said["nodes"]) == said["whole"] > 100
    assert len(client.get("/network/whole?limit=20").json()["nodes"]) == 20
    assert client.get("/network/whole").content == first.content


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/network", 400, "from 1 to 50 things"),
        ("/network?" + "&".join(f"iri=urn:{n}" for n in range(51)), 400, "got 51"),
        ("/network?iri=none", 400, "absolute IRI"),
        ("/network?iri=urn:a%20b", 400, "absolute IRI"),
        ("/network?iri=urn:a&to=x", 400, "absolute IRI"),
        ("/network?iri=urn:none", 404, "nothing is said"),
        ("/network?iri=urn:a&hops=4", 400, "hops must be a number from 1 to 3"),
        ("/network?iri=urn:a&hops=-1", 400, "hops"),
        ("/network?iri=urn:a&limit=2001", 400, "limit must be a number from 1 to 2000"),
        ("/network?iri=urn:a&limit=%D9%A1", 400, "limit"),
        ("/network/whole?limit=x", 400, "limit"),
        ("/network/whole?limit=0", 400, "limit"),
    ],
)
def test_what_is_asked_wrongly_is_said(client: httpx.Client, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text


def test_the_evidence_stands_beside_the_graph_under_its_own_policy(client: httpx.Client, folder: Path) -> None:
    (page,) = (folder / "evidence").glob("*.html")
    answer = client.get(f"/evidence/{page.name}")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe" not in policy


def test_nothing_else_of_the_folder_is_given_out(client: httpx.Client, folder: Path) -> None:
    (folder / "evidence" / "notes.html").write_text("no page of evidence", encoding="utf-8")
    (folder / "evidence" / f"{'a' * 16}.html").symlink_to(folder / "facts.jsonl")
    for name in (
        "notes.html",
        f"{'a' * 16}.html",
        f"{'b' * 16}.html",
        "..%2ffacts.jsonl",
        "%2e%2e/facts.jsonl",
        "a%00b",
    ):
        assert client.get(f"/evidence/{name}").status_code == 404, name
    for name in ("page.py", "words.json", "..%2fpage.py", "drawing.js"):
        assert client.get(f"/static/view/{name}").status_code == 404, name


def test_a_page_of_evidence_that_says_another_policy_runs_nothing(client: httpx.Client, folder: Path) -> None:
    path = folder / "evidence" / f"{'c' * 16}.html"
    path.write_text(
        '<meta http-equiv="Content-Security-Policy" content="default-src *; script-src \'unsafe-inline\'">'
        "<script>alert(1)</script>",
        encoding="utf-8",
    )
    policy = client.get(f"/evidence/{path.name}").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_the_pages_of_a_build_are_led_on(client: httpx.Client) -> None:
    for old, new in (("/network.html", "/explore"), ("/report.html", "/")):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["location"]) == (303, new)


def test_every_page_is_guarded(client: httpx.Client) -> None:
    for address in (
        "/explore",
        "/network?iri=urn:none",
        "/static/stage.js",
        "/static/view/graph.js",
        "/static/vendor/sigma.min.js",
    ):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"], address
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_nothing_that_is_asked_makes_it_fail(client: httpx.Client, agency: str) -> None:
    chance = random.Random(20310203)
    pieces = [
        agency,
        "urn:a",
        "",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "9" * 400,
        "<urn:x>",
        "🀄",
        "' OR 1",
        "-1",
        "1",
        "/../",
        "2147483648",
    ]
    names = ["iri", "to", "hops", "limit", "lang", "format", "x"]
    paths = ["/network", "/network/whole", "/explore", "/evidence/x", "/static/view/x"]
    for _ in range(60):
        fields: list[tuple[str, str]] = [
            (chance.choice(names), chance.choice(pieces)) for _ in range(chance.randint(0, 4))
        ]
        answer = client.get(chance.choice(paths), params=fields)  # type: ignore[arg-type]
        assert answer.status_code < 500, (answer.request.url, answer.text)
