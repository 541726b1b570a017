"""The endpoint by the words of the SPARQL 1.1 Protocol, and what a server owes those who ask and those who run it."""

from __future__ import annotations

import io
import json
import random
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import rdflib
from cases import notice
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import serving
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

import kg
from kg.cli import main
from kg.serve.hints import hint
from kg.serve.jobs import Served, sparql
from kg.serve.limits import ServeLimits
from kg.serve.negotiation import GRAPHS, PAGES, SOLUTIONS, chosen
from kg.serve.protocol import Refused, asked
from kg.serve.run import _bound

# rdflib's own parser of JSON-LD still uses it.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = Path(__file__).parent.parent
SEATS = "SELECT ?seat ?quote WHERE { ?seat a gz:Seat ; gz:quote ?quote }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"


@pytest.fixture(scope="module")
def folder(demo_gazette: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served")
    kg.build([demo_gazette], output=path)
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with serving(folder, "--timeout", "3", "--max-rows", "5000", "--workers", "2", "--max-body", "20000") as address:
        yield address


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


# --- the protocol ------------------------------------------------------------------------------------------

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
REQUESTS: list[Any] = [
    # method, query string, Content-Type, body, status
    pytest.param("GET", {"query": SEATS}, None, None, 200, id="2.1.1 query via GET"),
    pytest.param("POST", {}, FORM, {"query": SEATS}, 200, id="2.1.2 query via POST with URL-encoded parameters"),
    pytest.param("POST", {}, QUERY, SEATS, 200, id="2.1.3 query via POST directly"),
    pytest.param("POST", {}, f"{QUERY}; charset=UTF-8", SEATS, 200, id="2.1.3 the charset is UTF-8"),
    pytest.param("POST", {}, f"{QUERY}; charset=gbk", SEATS, 415, id="2.1.3 another charset"),
    pytest.param("GET", {"query": [SEATS, SEATS]}, None, None, 400, id="2.1 exactly one query"),
    pytest.param("POST", {}, FORM, {"query": [SEATS, SEATS]}, 400, id="2.1 exactly one query in a form"),
    pytest.param("POST", {}, FORM, {"other": "1"}, 400, id="2.1 a form without a query"),
    pytest.param("POST", {"query": SEATS}, QUERY, SEATS, 400, id="2.1 a query in two places"),
    pytest.param("POST", {}, "text/plain", SEATS, 415, id="2.1 a body of another type"),
    pytest.param("POST", {}, None, SEATS, 415, id="2.1 a body of no type"),
    pytest.param("GET", {"query": "SELECT * {"}, None, None, 400, id="2.1.6 a query that is none"),
    pytest.param("GET", {"query": ""}, None, None, 400, id="2.1.6 an empty query"),
    pytest.param("PUT", {"query": SEATS}, None, None, 405, id="2.1 another method"),
    pytest.param("HEAD", {"query": SEATS}, None, None, 200, id="HEAD as GET"),
    pytest.param("POST", {}, "application/sparql-update", "DROP ALL", 403, id="2.2 an update directly"),
    pytest.param("POST", {}, FORM, {"update": "DROP ALL"}, 403, id="2.2 an update in a form"),
    pytest.param("GET", {"update": "DROP ALL"}, None, None, 403, id="2.2 an update via GET"),
    pytest.param("GET", {"query": "DROP ALL"}, None, None, 400, id="an update for a query"),
    pytest.param("GET", {"query": "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, None, None, 400, id="SERVICE"),
    pytest.param("GET", {"query": SEATS, "default-graph-uri": "no iri"}, None, None, 400, id="a graph that is no IRI"),
    pytest.param("POST", {}, QUERY, b"SELECT \xff", 400, id="a body that is not UTF-8"),
    pytest.param("POST", {}, QUERY, SEATS + "#" * 20000, 413, id="a body that is too large"),
]


@pytest.mark.parametrize(("method", "fields", "media", "body", "status"), REQUESTS)
def test_the_protocol(
    client: httpx.Client, method: str, fields: dict[str, Any], media: str | None, body: Any, status: int
) -> None:
    content = urlencode(body, doseq=True) if isinstance(body, dict) else body
    headers = {"Content-Type": media} if media else {}
    answer = client.request(method, "/sparql", params=fields, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    if status == 200 and method != "HEAD":
        assert len(answer.json()["results"]["bindings"]) == 7
    elif status != 200 and method != "HEAD":
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text.strip()


ASK, CONSTRUCT = "ASK { ?s a gz:Seat }", "CONSTRUCT { ?s a gz:Seat } WHERE { ?s a gz:Seat }"
FORMS = [
    (SEATS, "application/sparql-results+json", lambda text: len(json.loads(text)["results"]["bindings"]) == 7),
    (SEATS, "application/sparql-results+xml", lambda text: text.count("<result>") == 7),
    (SEATS, "text/csv", lambda text: len(text.splitlines()) == 8),
    (SEATS, "text/tab-separated-values", lambda text: text.startswith("?seat\t?quote\n")),
    (ASK, "application/sparql-results+json", lambda text: json.loads(text)["boolean"] is True),
    (ASK, "application/sparql-results+xml", lambda text: "<boolean>true</boolean>" in text),
    (ASK, "text/csv", lambda text: text == "true"),
    (CONSTRUCT, "text/turtle", lambda text: len(rdflib.Graph().parse(data=text, format="turtle")) == 7),
    (CONSTRUCT, "application/n-triples", lambda text: len(rdflib.Graph().parse(data=text, format="nt")) == 7),
    (CONSTRUCT, "application/ld+json", lambda text: len(rdflib.Graph().parse(data=text, format="json-ld")) == 7),
    (CONSTRUCT, "application/rdf+xml", lambda text: len(rdflib.Graph().parse(data=text, format="xml")) == 7),
    ("DESCRIBE ?s { ?s a gz:Seat }", "text/turtle", lambda text: len(rdflib.Graph().parse(data=text)) > 7),
]


@pytest.mark.parametrize(("query", "media", "holds"), FORMS, ids=[f"{q.split()[0]}-{m}" for q, m, _ in FORMS])
def test_answers_come_in_the_form_that_is_asked_for(client: httpx.Client, query: str, media: str, holds: Any) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert holds(answer.text)


def test_a_form_that_there_is_none_of_is_refused(client: httpx.Client) -> None:
    for query, wanted in ((SEATS, "image/png"), (CONSTRUCT, "text/csv")):
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": wanted})
        assert answer.status_code == 406
        assert "Accept must take one of" in answer.text
    assert client.get("/sparql", params={"query": SEATS, "format": "csv"}).text.startswith("seat,quote")
    assert client.get("/sparql", params={"query": SEATS, "format": "png"}).status_code == 406


def test_the_dataset_of_a_request_is_the_whole_dataset(client: httpx.Client, demo_graph: Any) -> None:
    source = next(graph for graph in demo_graph.store.graphs() if re.search("source/[0-9a-f]+$", graph))

    def count(query: str, **graphs: str) -> int:
        answer = client.get("/sparql", params={"query": query, **{k.replace("_", "-"): v for k, v in graphs.items()}})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    default, named = (f"SELECT (COUNT(*) AS ?n) WHERE {{ {p} }}" for p in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"))
    assert count(default, default_graph_uri=source) < count(default)
    assert count(named, default_graph_uri=source) == 0
    assert count(named, named_graph_uri=source) == count(default, default_graph_uri=source)
    assert count(default, named_graph_uri=source) == 0
    assert count(default.replace("WHERE", "FROM <urn:none> WHERE"), default_graph_uri=source) > 0
    assert count(default, default_graph_uri="urn:none") == 0


@pytest.mark.parametrize(
    ("accept", "forms", "name"),
    [
        ("", SOLUTIONS, "json"),
        ("*/*", SOLUTIONS, "json"),
        ("text/csv;q=0.5, application/sparql-results+xml", SOLUTIONS, "xml"),
        ("text/*", SOLUTIONS, "json"),  # text/json is a name of it
        ("application/json;q=0, text/*;q=0.1", SOLUTIONS, "json"),
        ("*/*;q=0.1, text/csv", SOLUTIONS, "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", (*GRAPHS, *PAGES), "html"),
        ("TEXT/TURTLE", GRAPHS, "turtle"),
        ("application/ld+json; profile=x; q=1.0", GRAPHS, "jsonld"),
        ("image/png", SOLUTIONS, None),
        ("text/csv;q=0", SOLUTIONS, None),
        (", ;;q=", SOLUTIONS, None),
    ],
)
def test_the_form_that_is_liked_most_is_chosen(accept: str, forms: Any, name: str | None) -> None:
    found = chosen(accept, forms)
    assert (found and found.name) == name


def test_what_is_no_query_operation_says_why() -> None:
    with pytest.raises(Refused, match="at most 200 fields"):
        asked("GET", b"query=x&" * 300, "", b"")
    with pytest.raises(Refused, match="percent-encoded UTF-8"):
        asked("GET", b"query=%ff", "", b"")
    assert asked("GET", b"", "", b"") is None


def test_the_endpoint_says_what_it_is(client: httpx.Client) -> None:
    said = rdflib.Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).text)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = said.subjects(rdflib.RDF.type, sd.Service)
    assert str(service).endswith("/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in said
    assert (service, sd.supportedLanguage, sd.SPARQL11Update) not in said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s foo:bar ?o }", "declare PREFIX foo:"),
        ("SELECT * { ?s ?p “x” }", "line 1, column 18"),
        ("SELECT * {\n ?s ?p ?o ．\n ?s a ？x }", "line 2, column 11"),
        ("SELECT * { ?s ?p ?o", "1 opening and 0 closing"),
    ],
)
def test_a_query_that_is_none_gets_its_place_and_a_hint(client: httpx.Client, query: str, said: str) -> None:
    text = client.get("/sparql", params={"query": query}).text
    assert re.search(r"error at \d+:\d+", text)
    assert said in text


def test_what_stands_in_strings_is_no_reason_for_a_hint() -> None:
    assert hint('SELECT * { ?s gz:quote "，x:y{" # ，foo:bar {\n}') == ""


# --- clients of others -------------------------------------------------------------------------------------


def test_sparqlwrapper_talks_to_it(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql", returnFormat=JSON)

    def found() -> Any:
        return client.queryAndConvert()

    client.setQuery(SEATS)
    assert len(found()["results"]["bindings"]) == 7
    client.setMethod(POST)
    assert len(found()["results"]["bindings"]) == 7
    client.setReturnFormat(CSV)
    assert found().startswith(b"seat,quote")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert b"Seat" in found()


def test_rdflib_talks_to_it(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    assert len(list(graph.query(SEATS))) == 7
    seat = rdflib.URIRef("https://w3id.org/gongbao/ns#Seat")
    assert len(list(graph.subjects(rdflib.RDF.type, seat))) == 7


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_examples_of_the_readme_answer(server: str, readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^curl .*$", text)
    assert len(commands) >= 5
    for command in commands:
        line = shlex.split(command.replace("http://127.0.0.1:8890", server), comments=True)
        done = subprocess.run([*line, "-sS", "--fail"], capture_output=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr.decode()}"
        assert done.stdout.strip(), command


# --- graphs, things and pages ------------------------------------------------------------------------------


def test_the_graph_store_protocol_gives_graphs_and_takes_none(client: httpx.Client, demo_graph: Any) -> None:
    held = {
        graph: sum(1 for quad in demo_graph.store.quads() if quad.graph_name.value == graph)
        for graph in demo_graph.store.graphs()
    }
    for graph, size in held.items():
        answer = client.get("/graph", params={"graph": graph}, headers={"Accept": "application/n-triples"})
        assert len(answer.text.splitlines()) == size
    assert client.get("/graph?default", headers={"Accept": "text/turtle"}).status_code == 200
    assert client.head("/graph", params={"graph": next(iter(held))}).status_code == 200
    assert client.get("/graph", params={"graph": "urn:none"}).status_code == 404
    assert client.get("/graph", params={"graph": "none"}).status_code == 404
    assert client.get("/graph").status_code == 400
    assert client.get("/graph?default&graph=urn:g").status_code == 400
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert client.request(method, "/graph?default", content="<urn:a> <urn:b> <urn:c> .").status_code == 405


def test_every_thing_has_a_page_and_its_triples(client: httpx.Client, demo_graph: Any) -> None:
    agency = demo_graph.search("区财政局", kinds=["Agency"])[0].iri
    place = "/id/" + quote(agency.removeprefix("https://w3id.org/gongbao/id/"))
    page = client.get(place, headers={"Accept": "text/html", "Accept-Language": "zh"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "区财政局应当自公示期满之日起20日内将补助资金拨付至运营单位" in page.text
    triples = rdflib.Graph().parse(data=client.get(place, headers={"Accept": "text/turtle"}).text)
    assert (rdflib.URIRef(agency), rdflib.SKOS.prefLabel, rdflib.Literal("区财政局", lang="zh")) in triples
    linked = client.get(place, headers={"Accept": "application/ld+json"}).text
    assert len(rdflib.Graph().parse(data=linked, format="json-ld")) == len(triples)
    assert client.get("/describe", params={"iri": agency}, headers={"Accept": "text/html"}).status_code == 200
    assert client.get("/id/agency/none").status_code == 404
    assert client.get("/describe", params={"iri": "no iri"}).status_code == 400


def test_every_link_of_a_page_leads_somewhere(client: httpx.Client) -> None:
    seen, waiting = set[str](), ["/?lang=zh", "/search?q=财政&lang=zh", "/questions?lang=en"]
    while waiting and len(seen) < 60:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200, (address, answer.text[:300])
        links = [link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"]*)"', answer.text)]
        waiting += random.Random(len(seen)).sample(links, min(6, len(links)))
    assert len(seen) == 60


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_speak_both_languages(client: httpx.Client, language: str) -> None:
    for address in ("/", "/search?q=茶", "/questions", "/questions/members", "/sparql"):
        text = client.get(
            address,
            params={"lang": language} if "?" not in address else None,
            headers={"Accept": "text/html", "Accept-Language": language},
        ).text
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in text
        assert ("公报知识图谱" if language == "zh" else "Gazette graph") in text


def test_a_question_is_answered_as_a_page_and_as_data(client: httpx.Client) -> None:
    given = {"group": "古茶树"}
    assert "<td>廉清</td>" in client.get("/questions/members", params=given, headers={"Accept": "text/html"}).text
    rows = client.get("/questions/members", params={**given, "format": "json"}).json()
    assert {row["member"] for row in rows} >= {"廉清"}
    assert client.get("/questions/members", params={**given, "format": "csv"}).text.count("\r\n") == len(rows) + 1
    assert client.get("/questions/none").status_code == 404
    assert client.get("/questions/due", params={"before": "x", "format": "json"}).status_code == 400
    assert {question["name"] for question in client.get("/questions?format=json").json()} >= {"members", "found"}


def test_every_question_of_the_editor_is_a_query(client: httpx.Client) -> None:
    for question in client.get("/questions?format=json").json():
        if "$words" not in question["query"]:
            assert client.post("/sparql", data={"query": question["query"]}).status_code == 200, question["name"]


def test_words_are_found(client: httpx.Client) -> None:
    hits = client.get("/search", params={"q": "古茶村", "format": "json"}).json()
    assert hits
    assert not any(hit["exact"] for hit in hits)
    page = client.get("/search", params={"q": '<script>alert(1)</script>茶"'}, headers={"Accept": "text/html"}).text
    assert "<script>alert" not in page


# --- what a server owes -------------------------------------------------------------------------------------


def test_every_answer_is_guarded(client: httpx.Client) -> None:
    for address in ("/", "/sparql", "/health", "/static/pages.css", "/none", "/graph"):
        headers = client.get(address, headers={"Accept": "text/html"}).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_a_page_from_elsewhere_cannot_ask_under_its_own_name(client: httpx.Client) -> None:
    assert client.get("/health", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/health", headers={"Host": "localhost:1"}).status_code == 200


def test_a_client_that_sends_nonsense_gets_an_answer_or_is_left_alone(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    for nonsense in (
        b"\x00" * 100,
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(nonsense)
            line.shutdown(socket.SHUT_WR)
            assert b" 500 " not in line.recv(4096)


def test_an_answer_waits_for_no_acknowledgement() -> None:
    with _bound("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP, "asyncio sets TCP_NODELAY on no other"


def test_a_query_without_end_ends_and_others_are_answered(server: str) -> None:
    with httpx.Client(base_url=server, timeout=60) as client, ThreadPoolExecutor(1) as pool:
        endless = pool.submit(client.get, "/sparql", params={"query": ENDLESS})
        time.sleep(0.3)
        for _ in range(5):
            assert client.get("/sparql", params={"query": ASK}).status_code == 200
        answer = endless.result()
    assert answer.status_code == 503
    assert "longer than 3 s" in answer.text


def test_an_answer_of_too_many_rows_says_what_to_do(client: httpx.Client) -> None:
    for query in ("SELECT * { GRAPH ?g { ?s ?p ?o } }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        answer = client.get("/sparql", params={"query": query})
        assert answer.status_code == 400, "the first rows are held back until it is known whether there are too many"
        assert "LIMIT" in answer.text
    assert client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 4999"}).status_code == 200


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", ["SELECT ?s { ?s ?p ?o } LIMIT %d", "SELECT ?unbound { ?s ?p ?o } LIMIT %d"])
def test_no_row_more_is_given_than_granted(demo_graph: Any, form: str, query: str) -> None:
    served = Served(demo_graph, ServeLimits(rows=3))
    for number in (1, 3):
        sparql(served, query % number, (), (), "", form).write(io.BytesIO())
    with pytest.raises(Refused, match="more rows"):
        sparql(served, query % 4, (), (), "", form).write(io.BytesIO())


def test_a_server_answers_under_the_address_that_it_says(demo_gazette: Path, tmp_path: Path) -> None:
    kg.build([demo_gazette], output=tmp_path)
    with serving(tmp_path, "--host", "127.0.0.2", "--name", "Gongbao.Local", "--workers", "1") as address:
        assert httpx.get(f"{address}/health").status_code == 200
        assert httpx.get(f"{address}/health", headers={"Host": "gongbao.local"}).status_code == 200
        state, away = tmp_path / "store", tmp_path / "away"
        (tmp_path / "graph.nq").unlink()
        state.rename(away)
        httpx.get(f"{address}/sparql", params={"query": ASK}, timeout=60)
        away.rename(state)
        assert httpx.get(f"{address}/sparql", params={"query": ASK}, timeout=60).status_code == 200


def test_nothing_that_is_sent_makes_the_server_fail(server: str) -> None:
    chance = random.Random(20210101)
    pieces = [
        SEATS,
        ASK,
        CONSTRUCT,
        "SELECT",
        "{",
        "}",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "“",
        "?s",
        "<urn:a>",
        "'''",
        "\\u00",
        "🀄",
        "9" * 400,
        "(" * 400,
        "FILTER(REGEX(?o, '((a+)+)+$'))",
        "GROUP BY",
        "ORDER BY",
        "VALUES",
        "OFFSET -1",
    ]
    names = [
        "query",
        "format",
        "default-graph-uri",
        "named-graph-uri",
        "graph",
        "default",
        "iri",
        "q",
        "class",
        "lang",
        "group",
        "before",
    ]
    paths = [
        "/sparql",
        "/graph",
        "/search",
        "/describe",
        "/id/",
        "/id/%00",
        "/id/../../etc/passwd",
        "/questions/due",
        "/questions/%FF",
        "/static/../app.py",
        "/health",
        "/",
    ]
    with httpx.Client(base_url=server, timeout=60) as client:
        for _ in range(150):
            text = "".join(chance.choice([*pieces, " "]) for _ in range(chance.randint(0, 6)))
            fields: list[tuple[str, Any]] = [
                (chance.choice(names), chance.choice([text, *pieces])) for _ in range(chance.randint(0, 3))
            ]
            answer = client.request(
                chance.choice(["GET", "GET", "POST", "PUT", "OPTIONS"]),
                chance.choice(paths),
                params=fields,
                content=text.encode() if chance.random() < 0.5 else None,
                headers={
                    "Accept": chance.choice(["*/*", "text/html", "text/turtle", ";;,", "text/csv;q=0.3"]),
                    "Content-Type": chance.choice([FORM, QUERY, "", "x/y", "application/sparql-update"]),
                },
            )
            assert answer.status_code != 500, (answer.request, answer.text)


def test_requests_are_logged_line_by_line(folder: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "serve", str(folder), "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        address = server.stdout.readline().split()[0]
        httpx.get(f"{address}health")
        server.terminate()
        line = json.loads(server.stderr.readline())
    assert (line["path"], line["status"], line["method"]) == ("/health", 200, "GET")


def test_a_new_build_is_served_without_a_word(tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("one.md", "two.md"))
    first.write_text(notice("现将有关事项通知如下：由区财政局负责资金保障。"), encoding="utf-8")
    second.write_text(notice("现将有关事项通知如下：由区水务局负责水质监测。"), encoding="utf-8")
    kg.build([first], output=tmp_path / "out")
    with serving(tmp_path / "out", "--workers", "1") as address:

        def agents() -> str:
            return httpx.get(f"{address}/search", params={"q": "水务局", "format": "json"}, timeout=30).text

        assert agents() == "[]"
        kg.build([first, second], output=tmp_path / "out")
        assert "区水务局" in agents()


def test_what_cannot_be_served_is_said(
    tmp_path: Path, folder: Path, server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(tmp_path / "none")]) == 2
    assert "no graph here" in capsys.readouterr().err
    port = server.rpartition(":")[2]
    assert main(["serve", str(folder), "--port", port]) == 2
    assert "another program has this port" in capsys.readouterr().err


def test_an_origin_may_be_let_in(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--cors", "https://example.org", "--name", "gazettes.local") as address:
        answer = httpx.get(f"{address}/health", headers={"Host": "gazettes.local"})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "https://example.org"
