"""A user adds a fact that the program missed: it is proved by its sentence like any other, survives, and can be undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli import main
from kg.errors import KgError
from kg.identity import Judgements
from kg.model import ADDABLE

NOTICE = """\
# 临汀市云泽区人民政府办公室关于做好茶园用水工作的通知

云泽府办发〔2020〕5号

各镇人民政府：

一、总体要求

茶园用水，区水利局多多费心，区财政局
也多多费心。

二、保障

砚桥镇的水渠，区水利局多多费心。

临汀市云泽区人民政府办公室
2020年3月4日
"""
OTHER = NOTICE.replace("5号", "6号").replace("茶园", "果园")
QUOTE = "区财政局也多多费心"
FACT = {"kind": "duty", "agent": "区财政局", "role": "配合", "matter": "茶园用水"}


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    return tmp_path / "notice.md"


def entry(**fields: str) -> str:
    """The entry of a file of judgements, by default as it should be."""
    said = {"fact": "{kind: duty, agent: 区财政局, matter: 茶园用水}", "source": "notice.md", "quote": QUOTE} | fields
    return "".join(f"{'  ' if n else '- '}{key}: {value}\n" for n, (key, value) in enumerate(said.items()) if value)


def files(folder: Path) -> dict[str, bytes]:
    """What a build wrote for the user."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in [*folder.glob("*.*"), *folder.glob("evidence/*")]
    }


def duties(graph: kg.Graph) -> list[dict[str, object]]:
    return [fact for fact in graph.facts(full=True) if fact["kind"] == "duty"]


def test_a_fact_is_added_with_its_evidence_and_taken_back(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert duties(kg.build([notice], output=out)) == []
    before = files(out)
    fields = [f"{name}={value}" for name, value in FACT.items() if name != "kind"]
    place = ["--source", "notice.md", "--quote", "区财政局 也多多费心"]
    said = ["--reason", "文中明言", "--who", "编目组", "--when", "2021-03-04", "-o", str(out)]
    assert main(["judge", "fact", "duty", *fields, *place, *said]) == 0
    graph = kg.open(out)
    (fact,) = duties(graph)
    start = NOTICE.index("区财政局")
    assert fact == {
        "doc": "云泽府办发〔2020〕5号", "kind": "duty", "agent": "区财政局", "matter": "茶园用水", "role": "配合", "quote": QUOTE,
        "spans": [[start, start + len(QUOTE) + 1]], "source": "notice.md", "section": "一", "rule": "judgement.fact", "fact": fact["fact"],
    }  # fmt: skip
    assert graph.check({graph.sources[0].sha256: NOTICE}).conforms
    assert graph.query("ASK { ?a skos:prefLabel '区财政局'@zh ; gz:supports ?document }") is True
    assert graph.network(about="区财政局").number_of_edges() > 0
    assert [task.text for task in graph.ledger(as_of="2020-04-01").tasks] == ["茶园用水"]
    (decision,) = graph.query(
        "SELECT ?by ?zh { GRAPH ?g { ?d gz:adds ?f ; gz:judgedBy ?by ; gz:reason ?zh FILTER(LANG(?zh) = 'zh') } }"
    )  # type: ignore[misc]
    assert decision == {"by": "编目组", "zh": "人工认定：文中明言"}
    assert "茶园用水" in (out / "report.html").read_text(encoding="utf-8")
    assert "judgement.fact" in next((out / "evidence").glob("*.html")).read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["judge", "list", "--json", "-o", str(out)]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["fact"] == FACT
    assert (told["source"], told["quote"], told["was"]) == ("notice.md", QUOTE, f"云泽府办发〔2020〕5号：{QUOTE}")
    del graph
    assert main(["judge", "undo", "-o", str(out)]) == 0
    assert {name: data for name, data in files(out).items() if name != "judgements.yaml"} == before


def test_whichever_way_it_came_the_bytes_are_the_same(notice: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    both, mine = [notice, tmp_path / "other.md"], tmp_path / "mine.yaml"
    judged, anew, grown = (tmp_path / name for name in ("judged", "anew", "grown"))
    graph = kg.build(both, output=judged).judge("fact", fact=FACT, source="notice.md", quote=QUOTE, when="2021-03-04")
    mine.write_bytes((judged / "judgements.yaml").read_bytes())
    wanted = graph.nq
    assert kg.build(both, judgements=mine).nq == wanted
    assert kg.build(both).judge("fact", fact=FACT, source="notice.md", quote=QUOTE, when="2021-03-04").nq == wanted
    anew.mkdir()
    (anew / "judgements.yaml").write_bytes(mine.read_bytes())
    assert kg.build(both, output=anew).nq == wanted
    kg.build([notice], output=grown)
    (grown / "judgements.yaml").write_bytes(mine.read_bytes())
    assert kg.build([tmp_path / "other.md"], output=grown, add=True).nq == wanted  # what was there is brought in line
    assert files(anew) == files(judged) == files(grown)
    assert kg.build(both, output=judged).changes.kept == 2  # type: ignore[union-attr]
    assert files(judged) == files(anew)


def test_a_scan_keeps_the_pictures_of_its_pages(tmp_path: Path) -> None:
    from make_pdf import pdf

    (tmp_path / "notice.pdf").write_bytes(pdf(NOTICE.replace("# ", "")))
    out, anew = tmp_path / "out", tmp_path / "anew"
    kg.build([tmp_path / "notice.pdf"], output=out).judge(
        "fact", fact=FACT, source="notice.pdf", quote=QUOTE, when="2021-03-04"
    )
    anew.mkdir()
    (anew / "judgements.yaml").write_bytes((out / "judgements.yaml").read_bytes())
    kg.build([tmp_path / "notice.pdf"], output=anew)
    assert files(anew) == files(out)
    assert b"data:image/" in next((out / "evidence").glob("*.html")).read_bytes()


def test_a_quote_that_stands_several_times_needs_to_be_counted(notice: Path) -> None:
    graph = kg.build([notice])
    several: dict[str, Any] = {"source": "notice.md", "quote": "区水利局多多费心"}
    fact = {"kind": "duty", "agent": "区水利局", "matter": "水渠"}
    with pytest.raises(KgError, match=r"stands 2 times in 'notice\.md'; say which is meant by 'nth', 1 to 2"):
        graph.judge("fact", fact=fact, **several)
    with pytest.raises(KgError, match="there is no place 3"):
        graph.judge("fact", fact=fact, nth=3, **several)
    (found,) = duties(graph.judge("fact", fact=fact, nth=2, **several))
    assert found["section"] == "二"
    assert found["spans"][0][0] == NOTICE.rindex("区水利局")  # type: ignore[index]


def test_what_the_sources_say_already_is_not_added(notice: Path) -> None:
    graph = kg.build([notice]).judge("fact", fact=FACT, source="notice.md", quote=QUOTE)
    with pytest.raises(KgError, match="the graph says so already") as error:
        graph.judge("fact", fact=FACT, source="notice.md", quote=QUOTE)
    assert "已有此陈述" in error.value.zh
    cited = {"kind": "document", "title": "某"}
    with pytest.raises(KgError, match="'kind' must be one of post"):
        graph.judge("fact", fact=cited, source="notice.md", quote=QUOTE)


def test_a_fact_whose_sentence_is_gone_waits_and_comes_back(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    kg.build([notice], output=out).judge("fact", fact=FACT, source="notice.md", quote=QUOTE)
    wanted = kg.open(out).nq
    notice.write_text(NOTICE.replace("也多多", "也"), encoding="utf-8")
    assert main(["build", str(notice), "-q", "-o", str(out)]) == 0
    assert f"“{QUOTE}”" in capsys.readouterr().err
    assert duties(kg.open(out)) == []
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    assert main(["build", str(tmp_path / "other.md"), "-q", "-o", str(out)]) == 0
    assert "来源“notice.md”" in capsys.readouterr().err
    notice.write_text(NOTICE, encoding="utf-8")
    assert main(["build", str(notice), "-q", "-o", str(out)]) == 0
    assert kg.open(out).nq == wanted
    assert kg.open(out).waiting == ()


EVERY = [
    {"kind": "post", "person": "何平", "org": "区水利局", "title": "局长", "note": "挂职"},
    {"kind": "appointment", "person": "何平", "org": "区水利局", "title": "局长", "action": "免", "date": "2020-03-04"},
    {"kind": "appointment", "person": "王小川", "title": "科长", "action": "任"},
    {"kind": "member", "group": "区茶园用水工作组", "member": "区财政局", "role": "成员"},
    {"kind": "seat", "group": "区茶园用水工作组", "org": "区水利局"},
    {"kind": "stand_in", "a": "何平", "b": "王小川"},
    FACT | {"under": "总体要求"},
    {"kind": "norm", "agent": "区财政局", "modality": "不得", "matter": "截留"},
    {"kind": "contact", "org": "区水利局", "phone": "023-12345678", "postcode": "400000", "website": "www.example.cn"},
    {
        "kind": "fund",
        "amount": "500000.5",
        "comparator": ">=",
        "payer": "区财政局",
        "payee": "各镇人民政府",
        "purpose": "用水",
    },
    {"kind": "fund", "share": "0.8", "purpose": "用水"},
    {"kind": "deadline", "on": "2020-06", "task": "通水", "agent": "区水利局"},
    {"kind": "deadline", "start": "2020-03", "end": "2020-09-30", "task": "清淤"},
    {"kind": "deadline", "every": "FREQ=MONTHLY;BYMONTHDAY=25", "task": "报送"},
    {"kind": "deadline", "within": "P20BD", "after": "印发", "task": "制定方案"},
    {"kind": "target", "subject": "通水率", "value": "95", "unit": "%", "comparator": ">=", "by": "2021"},
    {"kind": "cites", "title": "水法", "relation": "根据"},
    {
        "kind": "event",
        "type": "通报批评",
        "agent": "区政府",
        "patient": "区水利局",
        "what": "断流",
        "date": "2020-01/2020-02",
    },
    {"kind": "part", "org": "区水利局灌溉中心", "of": "区水利局"},
]


def test_a_fact_of_every_kind_is_as_the_shapes_and_the_format_have_it(notice: Path, tmp_path: Path) -> None:
    text = "".join(
        entry(fact="{" + ", ".join(f"{name}: '{value}'" for name, value in fact.items()) + "}") for fact in EVERY
    )
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    graph = kg.build([notice], judgements=tmp_path / "mine.yaml")
    added = [fact for fact in graph.facts(full=True) if fact["rule"] == "judgement.fact"]
    told = [{name: str(value) for name, value in fact.items()} for fact in added]
    assert [said for said in EVERY if not any(said.items() <= fact.items() for fact in told)] == []
    assert len(told) == len(EVERY)
    report = graph.check({graph.sources[0].sha256: NOTICE})
    assert report.conforms, report
    assert {fact["kind"] for fact in added} == set(ADDABLE)


def test_what_another_version_has_read_is_read_again_first(
    notice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    graph = kg.build([notice], output=out)
    before = files(out)
    monkeypatch.setattr("kg.holdings.parts.fingerprint", lambda: "0" * 64)
    with pytest.raises(KgError, match="was read by another version of gongbao-kg; build again") as error:
        graph.judge("fact", fact=FACT, source="notice.md", quote=QUOTE)
    assert "请先重新运行" in error.value.zh
    assert files(out) == before
    assert graph.source("notice.md").text == NOTICE


def test_a_fact_can_be_added_and_called_wrong(notice: Path) -> None:
    graph = kg.build([notice]).judge("fact", fact=FACT, source="notice.md", quote=QUOTE)
    assert duties(graph.judge("wrong", str(duties(graph)[0]["fact"]))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (entry(fact="区财政局"), ":1: fact needs its kind and fields"),
        (entry(source=""), ":1: a fact needs 'source' besides"),
        (entry(quote=""), ":1: a fact needs 'quote' besides"),
        (entry(quote="，。"), ":3: 'quote' must be words of the source"),
        (entry(nth="0"), ":4: 'nth' must be a whole number above 0, got '0'"),
        (entry(fact="{kind: document, title: 某}"), ":1: 'kind' must be one of post, appointment"),
        (entry(fact="{agent: 某, matter: 某}"), ":1: 'kind' must be one of post"),
        (entry(fact="{kind: duty, agent: 某}"), ":1: a duty must have 'matter'"),
        (entry(fact="{kind: duty, agent: 某, matter: 某, by: 2021}"), ":1: a duty has the fields agent, matter, role, under; got 'by'"),
        (entry(fact="\n    kind: duty\n    agent: 某\n    agent: 某"), ":2: a field stands here twice"),
        (entry(fact="\n    kind: target\n    subject: 某\n    value: 五成"), ":4: 'value' must be a number without unit"),
        (entry(fact="{kind: target, subject: 某, value: 5, comparator: ≥}"), ":1: 'comparator' must be one of ="),
        (entry(fact="{kind: fund, purpose: 某}"), ":1: a fund must have one of amount, share"),
        (entry(fact="{kind: fund, amount: 1, share: 0.5}"), ":1: a fund must have an amount or a share"),
        (entry(fact="{kind: fund, share: 80}"), ":1: 'share' must be a number from 0 to 1, got '80'"),
        (entry(fact="{kind: fund, amount: 1e999999}"), ":1: 'amount' must be a number"),
        (entry(fact="{kind: deadline, task: 某}"), ":1: a deadline must have one of on, start, end, every, within"),
        (entry(fact="{kind: deadline, on: 2021-02-30}"), ":1: 'on' must be a date of ISO 8601"),
        (entry(fact="{kind: deadline, on: 2021, within: P20D}"), ":1: a deadline is one of"),
        (entry(fact="{kind: deadline, start: 2021-03, end: 2021-02}"), ":1: 'end' must not be before 'start'"),
        (entry(fact="{kind: deadline, every: 每月}"), ":1: 'every' must be a rule of RFC 5545"),
        (entry(fact="{kind: deadline, within: 20日}"), ":1: 'within' must be a duration of ISO 8601"),
        (entry(fact="{kind: norm, agent: 某, matter: 某, modality: 应当}"), ":1: 'modality' must be one of 可以 不得"),
        (entry(fact="{kind: appointment, person: 某, action: 任}"), ":1: a appointment must have one of org, title"),
        (entry(fact="{kind: appointment, person: 某, action: 免去, title: 某}"), ":1: 'action' must be 任 or 免"),
        (entry(fact="{kind: stand_in, a: 某, b: 某}"), ":1: 'a' and 'b' must be two people"),
        ("- wrong: 甲\n  source: 乙\n", ":2: 'source' goes with 'fact' alone"),
    ],
)  # fmt: skip
def test_a_fact_that_has_not_its_form_is_named_with_line_and_reason(text: str, words: str) -> None:
    with pytest.raises(KgError) as error:
        Judgements.parse(text)
    assert f"judgements.yaml{words}" in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (entry(source="无.md"), ":1: there is no source '无.md'"),
        (entry(quote="区教委费心"), ":1: “区教委费心” does not stand in 'notice.md'"),
        (entry(quote="多多费心"), ":1: “多多费心” stands 3 times in 'notice.md'"),
    ],
)
def test_what_was_never_there_is_refused_and_nothing_changes(
    text: str, words: str, notice: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    kg.build([notice], output=out)
    before = files(out)
    (out / "judgements.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as error:
        kg.build([notice], output=out)
    assert words in str(error.value)
    assert error.value.zh.endswith("未作任何改动")
    assert {name: data for name, data in files(out).items() if name != "judgements.yaml"} == before


def test_a_name_of_two_sources_needs_a_hash(notice: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "notice.md").write_text(OTHER, encoding="utf-8")
    graph = kg.build([notice, tmp_path / "b" / "notice.md"])
    assert [summary.name for summary in graph.sources] == ["notice.md"] * 2
    with pytest.raises(KgError, match="names 2 sources"):
        graph.judge("fact", fact=FACT, source="notice.md", quote=QUOTE)
    first = next(summary.sha256 for summary in graph.sources if summary.documents[0][0].endswith("5号"))
    for source in (first, first[:6], first[:6].upper()):
        assert len(duties(graph.judge("fact", fact=FACT, source=source, quote=QUOTE))) == 1
