"""The same verbs over a SPARQL store on another machine: what is asked there is what is asked here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from sparql_servers import oxigraph, relay, virtuoso

import kg
from kg.cli import main
from kg.holdings.feed import feed
from kg.holdings.folder import Folder
from kg.store import http
from kg.store.remote import RemoteStore

NOTICES = Path(__file__).parent / "notices"
NAMES = ("04-roster.txt", "06-appointment.txt", "13-plan.txt")


def silent(done: int, of: int, name: str) -> None:
    """Nobody looks."""


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(http, "_FIRST_PAUSE", 0.01)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph") / "data") as address:
        yield address


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    kg.build([NOTICES / name for name in NAMES], output=folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def store(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """A store that was fed what was built, and is only asked."""
    with oxigraph(tmp_path_factory.mktemp("fed") / "data") as address:
        store = RemoteStore(address)
        feed(Folder(built), store, silent)
        yield store


def default_graph(store: RemoteStore) -> set[str]:
    triples = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    return set(map(str, triples))


def merged(folder: Path) -> set[str]:
    return {line.decode().removesuffix(" .\n") for line in kg.open(folder).store.default_lines()}


def test_what_is_fed_is_what_was_built(store: RemoteStore, built: Path) -> None:
    assert store.copy().dump() == (built / "graph.nq").read_bytes()
    assert default_graph(store) == merged(built)
    assert feed(Folder(built), store, silent).read == ()


def test_every_verb_says_the_same_over_the_store(
    store: RemoteStore, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*command: str) -> str:
        assert main(list(command)) == 0
        return capsys.readouterr().out

    for command, *options in (
        [["facts"]],
        [["facts"], "--full"],
        [["query", "due"]],
        [["query", "members"], "--format", "json"],
        [["query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"]],
        [["query", "ASK { ?s a gz:Seat }"]],
        [["search", "财政局"]],
    ):
        assert told(*command, "--store", store.address, *options) == told(*command, str(built), *options)
    page = ("-o", str(tmp_path / "check.html"))
    there, here = (told("check", *where, *page) for where in (["--store", store.address], [str(built)]))
    assert there == "".join(line for line in here.splitlines(keepends=True) if "covered" not in line)
    there, here = (json.loads(told("status", "--json", *where)) for where in (["--store", store.address], [str(built)]))
    assert there["sources"] == here["sources"]
    told("export", "--store", store.address, "--to", "nq", "-o", str(tmp_path / "graph.nq"))
    assert (tmp_path / "graph.nq").read_bytes() == (built / "graph.nq").read_bytes()


@pytest.mark.parametrize("question", [question.name for question in kg.questions()])
def test_every_question_has_the_same_answer_there(store: RemoteStore, built: Path, question: str) -> None:
    required = {p.name: "财政" for q in kg.questions() if q.name == question for p in q.parameters if p.default is None}
    there, here = (kg.open(where).query(question, **required) for where in (store.address, built))
    assert there == here


def test_a_build_feeds_what_changed_and_takes_away_what_is_gone(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = [str(NOTICES / name) for name in NAMES]
    output = ["-o", str(tmp_path / "out"), "--store", server]
    for given, said in (
        (sources[:2], "2 sources fed, 0 gone, 0 as before"),
        (sources, "1 sources fed, 0 gone, 2 as before"),
        (sources[1:], "0 sources fed, 1 gone, 2 as before"),
    ):
        assert main(["build", *given, *output]) == 0
        assert said in capsys.readouterr().out
        assert default_graph(RemoteStore(server)) == merged(tmp_path / "out")
    assert main(["remove", NAMES[1], *output]) == 0
    assert default_graph(RemoteStore(server)) == merged(tmp_path / "out")
    assert main(["remove", NAMES[2], "-o", str(tmp_path / "none"), "--store", server]) == 0
    assert NAMES[2] in capsys.readouterr().out
    assert not list(kg.open(server).facts())
    RemoteStore(server)._connection.update("DROP ALL")


def test_a_store_that_goes_away_loses_nothing_and_is_fed_on(server: str, built: Path) -> None:
    with relay(server, lambda number, method, path: -1 if number > 12 else None) as broken:
        store = RemoteStore(broken.address)
        with pytest.raises(
            kg.KgError, match=r"nothing is lost: [0-9] of [0-9] graphs .* same command goes on from here"
        ):
            feed(Folder(built), store, silent)
    store = RemoteStore(server)
    left = len([said for said in store.held().values() if said["key"]])
    assert left < 3
    assert len(feed(Folder(built), store, silent).read) >= 3 - left
    assert store.copy().dump() == (built / "graph.nq").read_bytes()
    assert default_graph(store) == merged(built)
    store._connection.update("DROP ALL")


def test_what_fails_in_passing_is_asked_again(server: str, built: Path) -> None:
    with relay(server, lambda number, method, path: (503, -1, 429, None)[number % 4]) as flaky:
        store = RemoteStore(flaky.address)
        feed(Folder(built), store, silent)
        assert store.copy().dump() == (built / "graph.nq").read_bytes()
    RemoteStore(server)._connection.update("DROP ALL")


def test_where_nothing_answers_it_is_said_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, said in (
        ("http://127.0.0.1:9", "does not answer"),
        ("nowhere", "must be given by its http(s) address"),
        ("http://u:secret@127.0.0.1:9/", "must hold no user and no password"),
    ):
        assert main(["build", str(NOTICES / NAMES[0]), "-o", str(tmp_path / "o"), "--store", address]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert "secret" not in told
    assert not (tmp_path / "o").exists()


def test_what_is_no_store_is_named_with_what_was_tried(server: str) -> None:
    with (
        relay(server, lambda number, method, path: 404) as other,
        pytest.raises(kg.KgError, match=r"no SPARQL store answers here; tried .*/query"),
    ):
        RemoteStore(other.address)


def test_credentials_come_from_the_environment_when_the_store_asks(
    server: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_STORE_USER", "archivist")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret-word")
    with relay(server, lambda number, method, path: 401) as closed:
        assert main(["facts", "--store", closed.address]) == 2
        assert all("Authorization" not in headers for _, _, headers in closed.seen), "nobody asked for them by a scheme"
    told = capsys.readouterr().err
    assert "secret-word" not in told
    monkeypatch.setenv("KG_STORE_TOKEN", "token-word")
    with relay(server, lambda number, method, path: 403 if number > 2 else None) as closed:
        assert main(["facts", "--store", closed.address]) == 2
        assert {headers["Authorization"] for _, _, headers in closed.seen} == {"Bearer token-word"}
    told = capsys.readouterr().err
    assert "token-word" not in told
    assert "the store refuses (403); give KG_STORE_USER" in told


def test_a_store_that_answers_in_its_own_way_is_asked_for_its_graphs(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Virtuoso 7.2: digest credentials, a default graph that is the union, ASK without a boolean, odd CONTAINS."""
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    with virtuoso(tmp_path / "virtuoso") as address:
        store = RemoteStore(address)
        feed(Folder(built), store, silent)
        assert list(kg.open(address).facts(full=True)) == list(kg.open(built).facts(full=True))
        for question in ("members", "due", "seats", "holders"):
            assert kg.open(address).query(question) == kg.open(built).query(question)
        assert feed(Folder(built), store, silent).read == ()
        store.remove(next(iter(store.held())), store.graphs()[:1])
        assert len(feed(Folder(built), store, silent).read) <= 1


@pytest.mark.parametrize("address", ["http://[", "http://a..b/", "http://127.0.0.1:99999/"])
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(kg.KgError, match=re.escape(address.rstrip("/"))):
        RemoteStore(address)


def test_a_token_that_no_header_takes_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "secret\n")
    with pytest.raises(kg.KgError, match="KG_STORE_TOKEN must hold") as error:
        RemoteStore("http://127.0.0.1:9/")
    assert "secret" not in str(error.value)
