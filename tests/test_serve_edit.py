"""``kg serve --edit``: judgements by forms, each undone again; and nobody else's page can send one."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import serving
from test_additions import FACT, NOTICE, QUOTE

import kg
from kg.cli import main
from kg.holdings.build import judge
from kg.holdings.folder import Folder
from kg.identity import VERBS
from kg.serve import ServeLimits
from kg.serve.app import application

LED = NOTICE.replace("砚桥镇的水渠", "由区水利局牵头负责水渠维护，由区财政局负责水渠资金。砚桥镇的水渠")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edited")
    (path / "notice.md").write_text(LED, encoding="utf-8")
    kg.build([path / "notice.md"], output=path / "out")
    return path / "out"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with serving(folder, "--edit", "--workers", "1", "--max-body", "20000") as address:
        yield address


@pytest.fixture
def client(server: str, folder: Path) -> Iterator[httpx.Client]:
    """A browser, as far as a server can tell; what it judged is taken back at the end."""
    with httpx.Client(
        base_url=server, timeout=60, headers={"Origin": server, "Sec-Fetch-Site": "same-origin"}
    ) as found:
        yield found
    if entries(folder):
        judge(Folder(folder), folder / "judgements.yaml", lambda entries, text: "")


def token(client: httpx.Client, page: str = "/edit/name") -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


def sent(client: httpx.Client, verb: str, **fields: str) -> httpx.Response:
    return client.post(f"/edit/{verb}", data={"token": token(client), "lang": "zh", "reason": "网站", **fields})


def entries(folder: Path) -> list[dict[str, Any]]:
    return [entry.told() for entry in kg.open(folder).judgements()]


def led(folder: Path) -> str:
    (fact,) = [
        fact for fact in kg.open(folder).facts(full=True) if fact["kind"] == "duty" and fact.get("role") == "牵头"
    ]
    return str(fact["fact"])


def undone(client: httpx.Client, number: int = 1) -> httpx.Response:
    page = client.get("/edit?lang=zh").text
    said = {
        n: unescape(told)
        for n, told in re.findall(r'name="n" value="(\d+)"><input type="hidden" name="said" value="([^"]*)"', page)
    }
    return client.post("/edit/undo", data={"token": token(client), "n": str(number), "said": said[str(number)]})


# ---- what each says, and that it is taken back ---------------------------------------------------------------------


def test_a_fact_is_called_wrong_at_once_and_back_again(client: httpx.Client, folder: Path) -> None:
    wrong, ask = (
        led(folder),
        {"query": "ASK { ?d a gz:Responsibility ; gz:matter ?m FILTER(CONTAINS(?m, '水渠维护')) }"},
    )
    assert client.get("/sparql", params=ask).json()["boolean"] is True
    page = client.get(f"/describe?iri={wrong}&lang=zh").text
    assert "这条陈述有误" in page
    form = client.get("/edit/wrong", params={"thing": wrong, "lang": "zh", "back": "/?lang=zh"}).text
    assert "水渠维护" in form
    (better,) = [unescape(address) for address in re.findall(r'href="(/edit/fact[^"]+)"', form)]
    assert 'name="field.matter" value="水渠维护"' in client.get(better).text
    answer = sent(client, "wrong", thing=wrong, who="编目\u200b组", back="/?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/edit?done=1&back=%2F%3Flang%3Dzh&lang=zh")
    assert client.get("/sparql", params=ask).json()["boolean"] is False
    shown = client.get(answer.headers["location"]).text
    assert "已认定" in shown
    assert 'href="/?lang=zh"' in shown
    assert "编目[U+200B]组" in shown  # what misleads the eye is shown, and goes back to be undone as it is
    (entry,) = entries(folder)
    assert (entry["verb"], entry["things"], entry["reason"], entry["who"]) == ("wrong", [wrong], "网站", "编目\u200b组")
    assert undone(client).headers["location"].startswith("/edit?undone=1")
    assert client.get("/sparql", params=ask).json()["boolean"] is True
    assert entries(folder) == []


def test_names_are_of_two_things_and_are_preferred(client: httpx.Client, folder: Path) -> None:
    assert sent(client, "not-same", thing="区财政局", other="区水利局").status_code == 303
    assert sent(client, "name", thing="区水利局", name="云泽区水利局").status_code == 303
    assert "云泽区水利局" in client.get("/search", params={"q": "云泽区水利局"}).text
    assert [entry["verb"] for entry in entries(folder)] == ["not-same", "name"]
    page = client.get("/edit?lang=zh").text
    assert "<td>定名</td>" in page
    assert re.search(r'<a href="/id/agency/[^"]+">区水利局</a>', page)
    assert "<td>不同</td>" in page
    answer = sent(client, "same", thing="区财政局", other="区水利局")
    assert answer.status_code == 422
    assert "相矛盾" in answer.text


def test_a_missing_fact_is_added_from_a_sentence(client: httpx.Client, folder: Path) -> None:
    sha = kg.open(folder).sources[0].sha256[:16]
    text = client.get(f"/edit/source/{sha}?lang=zh").text
    (address,) = [unescape(a) for a in re.findall(r'>也多多费心。</span><a class="add" href="([^"]+)"', text)]
    form = client.get(address).text
    assert "也多多费心" in form
    assert 'name="field.matter"' in form
    chosen = client.get(
        "/edit/fact",
        params={"source": sha, "quote": "区水利局多多费心", "near": str(LED.index("砚桥镇")), "kind": "target"},
    ).text
    assert 'name="nth" type="number" min="1" max="2" value="2"' in chosen
    assert 'name="field.subject"' in chosen
    values = {f"field.{name}": value for name, value in FACT.items() if name != "kind"}
    answer = sent(client, "fact", source=sha, kind="duty", quote="区财政局\r\n也多多费心", **values)
    assert answer.status_code == 303
    (fact,) = [fact for fact in kg.open(folder).facts(full=True) if fact["rule"] == "judgement.fact"]
    assert {name: fact[name] for name in FACT} == FACT
    assert (fact["quote"], fact["section"]) == (QUOTE, "一")
    (entry,) = entries(folder)
    assert (entry["source"], entry["fact"]) == ("notice.md", FACT)
    agency = client.get("/search", params={"q": "区财政局", "format": "json"}).json()[0]["iri"]
    assert QUOTE in client.get("/describe", params={"iri": agency}).text
    assert "由此已读出" in client.get(address).text
    again = sent(client, "fact", source=sha, kind="duty", quote=QUOTE, **values)
    assert again.status_code == 422
    assert "图谱中已有此陈述" in again.text
    assert 'value="茶园用水"' in again.text


def test_the_way_to_the_text_is_on_every_page(client: httpx.Client, folder: Path) -> None:
    document = client.get("/search", params={"q": "茶园用水工作的通知", "format": "json"}).json()[0]["iri"]
    page = client.get("/describe", params={"iri": document, "lang": "zh"}).text
    (way,) = [unescape(address) for address in re.findall(r'href="(/edit/of[^"]+)"', page)]
    answer = client.get(way)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/edit/source/{kg.open(folder).sources[0].sha256[:16]}?")
    assert client.get("/edit/of?thing=x:y").status_code == 404


# ---- what is refused, and says why -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "fields", "words"),
    [
        ("same", {"thing": "区财政局", "other": "区旅游局"}, "来源中没有称为“区旅游局”的对象"),
        ("same", {"thing": "区财政局"}, "“同一”须写明两个或更多对象，现有 1 项"),
        ("not-same", {"thing": "区财政局", "other": "临汀市云泽区财政局"}, "同一对象不必也不能与自身比较"),
        ("same", {"thing": "区财政局", "other": "云泽府办发〔2020〕5号"}, "须为同类对象"),
        ("wrong", {"thing": "duty/无/000000000000"}, "没有 IRI 为“duty/无/000000000000”的陈述"),
        ("wrong", {"thing": "a b"}, "没有 IRI 为"),
        ("name", {"thing": "区财政局", "name": ""}, "“定名”须写明对象和名称"),
        ("fact", {"kind": "duty", "field.agent": "区财政局", "quote": QUOTE}, "此类陈述须写明“事项”"),
        ("fact", {"kind": "duty", "field.agent": "某", "field.matter": "某", "quote": "无此句"}, "中没有“无此句”"),
        ("fact", {"kind": "duty", "field.agent": "某", "field.matter": "某", "quote": "多多费心"}, "请写明是第几处"),
        ("fact", {"kind": "deadline", "field.on": "明天", "quote": QUOTE}, "须为日期"),
        ("fact", {"kind": "duty", "field.agent": "某", "field.matter": "某", "quote": QUOTE, "nth": "-1"}, "须为正整数"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_said_on_the_page_in_both_languages(
    client: httpx.Client, folder: Path, verb: str, fields: dict[str, str], words: str
) -> None:
    before = {path: path.read_bytes() for path in folder.glob("*.*")}
    source = {"source": kg.open(folder).sources[0].sha256[:16]} if verb == "fact" else {}
    answer = sent(client, verb, **source, **fields)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert words in page
    assert "未作任何改动" in page
    assert re.search(r'<p lang="en">[^<]{8,}</p>', answer.text)
    assert 'name="reason" value="网站"' in answer.text  # what was filled in is not lost
    assert {path: path.read_bytes() for path in folder.glob("*.*")} == before


def test_two_at_a_time_are_told_so_and_neither_is_lost(client: httpx.Client, folder: Path) -> None:
    one, other = kg.open(folder), kg.open(folder)
    with Folder(folder).writing():
        answer = sent(client, "name", thing="区水利局", name="甲局")
    assert answer.status_code == 422
    assert "另一个程序正在改动这个目录" in answer.text
    one.judge("name", "区水利局", name="甲局")
    other.judge("name", "区财政局", name="乙局")
    assert [entry["name"] for entry in entries(folder)] == ["甲局", "乙局"]
    stale = json.dumps(entries(folder)[1])
    answer = client.post("/edit/undo", data={"token": token(client), "n": "1", "said": stale})
    assert answer.status_code == 422
    assert "已是另一条" in unescape(answer.text)
    assert len(entries(folder)) == 2


def test_a_file_that_is_broken_by_hand_is_said_and_left_alone(client: httpx.Client, folder: Path) -> None:
    (folder / "judgements.yaml").write_text("- same: [甲\n", encoding="utf-8")
    try:
        assert "must be YAML" in client.get("/edit?lang=zh").text
        assert "must be YAML" in sent(client, "name", thing="区水利局", name="甲局").text
    finally:
        (folder / "judgements.yaml").unlink()


def test_what_a_user_writes_is_never_markup(client: httpx.Client) -> None:
    hostile = "</textarea><script>alert(1)</script>\"'"
    for verb in VERBS:
        page = sent(client, verb, thing=hostile, other=hostile, name=hostile, quote=hostile, source="notice.md", kind="duty", **{"field.agent": hostile})  # fmt: skip
        assert page.status_code == 422
        assert "<script>alert" not in page.text
    for back in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert "evil.example" not in client.get("/edit/name", params={"back": back}).text.split("<main")[1]


# ---- whose page may send a form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Cookie": ""}, 403),
        ({"Cookie": "kg-edit=" + "a" * 43}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/json"}, 415),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    client: httpx.Client, folder: Path, headers: dict[str, str], status: int
) -> None:
    given = {"token": token(client), "thing": "区水利局", "name": "甲局"}
    for verb in ("name", "undo"):
        request = client.build_request("POST", f"/edit/{verb}", data=given)
        for name, value in headers.items():
            request.headers[name] = value
        assert client.send(request).status_code == status
    assert entries(folder) == []


def test_a_form_needs_the_token_of_its_own_browser(client: httpx.Client, server: str, folder: Path) -> None:
    with httpx.Client(base_url=server, headers={"Origin": server}, timeout=60) as another:
        for given in ("", "0" * 64, token(another), token(client)[:-1]):
            answer = client.post("/edit/name", data={"token": given, "thing": "区水利局", "name": "甲局"})
            assert answer.status_code == 403
            assert "open the page again" in answer.text
    cookie = client.get("/edit").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert client.get("/edit").headers["referrer-policy"] == "same-origin"
    assert client.get("/").headers["referrer-policy"] == "no-referrer"
    assert entries(folder) == []


def test_only_a_post_changes_something_and_a_large_one_is_refused(client: httpx.Client, folder: Path) -> None:
    given = {"token": token(client), "thing": "区水利局", "name": "甲局", "n": "1"}
    for method in ("GET", "HEAD"):
        assert client.request(method, "/edit/name", params=given).status_code == 200
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/edit/undo", params=given).status_code == 405
    assert sent(client, "name", thing="区水利局", name="甲" * 20000).status_code == 413
    assert client.post("/edit/name", data={f"f{n}": "x" for n in range(99)}).status_code == 400
    bad = client.post("/edit/name", content=b"token=%ff", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert bad.status_code == 400
    assert entries(folder) == []


def test_without_the_option_there_is_nothing_to_edit_at(folder: Path) -> None:
    async def answers() -> list[int]:
        app = httpx.ASGITransport(application(str(folder), ServeLimits(), log=lambda line: None))
        async with httpx.AsyncClient(transport=app, base_url="http://127.0.0.1") as client:
            paths = ["/edit", "/edit/undo", "/edit/of", "/edit/source/0000", *(f"/edit/{verb}" for verb in VERBS)]
            asked = [await client.request(method, path) for path in paths for method in ("GET", "POST")]
        return [answer.status_code for answer in asked]

    assert set(asyncio.run(answers())) == {404}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--host", "0.0.0.0"), "0.0.0.0: --edit is for this machine alone"),
        (("--name", "kg.example"), "neither --name nor --cors"),
        (("--cors", "*"), "neither --name nor --cors"),
    ],
)
def test_editing_is_for_this_machine_alone(
    folder: Path, options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(folder), "--edit", "--port", "0", *options]) == 2
    assert words in capsys.readouterr().err


def test_editing_needs_the_folder_of_a_build(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "graph.nq").write_bytes((folder / "graph.nq").read_bytes())
    assert main(["serve", str(tmp_path), "--edit", "--port", "0"]) == 2
    assert "--edit needs the folder of a build" in capsys.readouterr().err
