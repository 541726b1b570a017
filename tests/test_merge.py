"""The default graph speaks of one IRI a thing, whichever way the named graphs came together; they keep what they say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from identities import HOME, called, holds, iri, source, written

import kg
from kg.check.shapes import Severity, violations
from kg.graph import Graph
from kg.holdings.quads import Generation
from kg.merge import settle, unsettle
from kg.rdf import NS
from kg.store import Store

GZ, LABEL = f"<{NS}", "<http://www.w3.org/2004/02/skos/core#prefLabel>"


def notice(date: str, number: str, *lines: str, gov: str = "临汀市云泽区") -> str:
    body = "\n\n".join(lines)
    return (
        f"# {gov}人民政府办公室关于调整云泽区茶叶产业工作领导小组成员的通知\n\n云泽府办发{number}\n\n各镇人民政府：\n\n"
        f"{body}\n\n{gov}人民政府办公室\n{date}\n"
    )


OLD = notice(
    "2012年3月4日",
    "〔2012〕5号",
    "组　长：何　平　区政府副区长",
    "成　员：王小川　区卫生局局长",
    "由区卫生局牵头负责茶叶检验工作。",
)
NEW = notice(
    "2020年3月4日",
    "〔2020〕5号",
    "组　长：何　平　区政府副区长",
    "成　员：王小川　区卫生健康委主任",
    "由区卫生健康委牵头负责茶叶检验工作，由区财政局负责茶叶产业资金。",
    gov="云泽区",
)


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two notices of one place, by its full and by its short name."""
    for name, text in (("old.md", OLD), ("new.md", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / "old.md", tmp_path / "new.md"]


def default(store: Store) -> set[str]:
    return {str(triple) for triples in store.merged() for triple in triples}


def one(graph: Graph, sparql: str) -> list[str]:
    rows = graph.query(sparql)
    assert isinstance(rows, list)
    return sorted(str(next(iter(row.values()))) for row in rows)


def test_a_thing_of_two_sources_has_one_iri_and_one_preferred_name(two: list[Path]) -> None:
    both = kg.build(two)
    assert one(both, 'SELECT DISTINCT ?p WHERE { ?p a gz:Official ; skos:prefLabel "何平"@zh }') == [
        iri(f"person/{HOME}/何平")
    ]
    assert (
        one(both, "SELECT ?name WHERE { ?x a gz:Agency ; skos:prefLabel ?name . ?d gz:issuer ?x }")
        == ["临汀市云泽区人民政府办公室"] * 2
    )
    assert [v for v in violations(both.store) if v.severity is Severity.VIOLATION] == []


def test_a_source_keeps_what_it_says(two: list[Path]) -> None:
    alone = kg.build([two[1]])
    both = kg.build(two)
    (own,) = one(alone, "SELECT ?g WHERE { GRAPH ?g { ?g a gz:Source } }")
    assert both.store.dump(own) == alone.store.dump(own)
    assert iri("agency/云泽区/财政局").encode() in both.store.dump(own)


def test_rdflib_exports_and_search_speak_of_the_same_iris(two: list[Path], tmp_path: Path) -> None:
    both = kg.build(two)
    he = [iri(f"person/{HOME}/何平")]
    query = 'SELECT DISTINCT ?p WHERE { ?f gz:person ?p ; gz:personName "何平" }'
    assert one(both, query) == he
    assert sorted({str(row[0]) for row in both.rdf.query(query)}) == he  # type: ignore[index]
    assert {hit.iri for hit in both.search("何平", kinds=["Official"])} == set(he)
    assert {node for node, label in both.network().nodes(data="label") if label == "何平"} == set(he)
    (ttl, *_) = both.export(tmp_path / "graph.ttl", "ttl")
    said = {
        str(t.object) for t in ox.parse(path=str(ttl), format=ox.RdfFormat.TURTLE) if str(t.predicate) == f"{GZ}person>"
    }
    assert f"<{he[0]}>" in said
    assert not any("/云泽区/何平>" in value for value in said)


def test_a_folder_that_grows_has_the_same_default_graph_as_one_built_at_once(two: list[Path], tmp_path: Path) -> None:
    at_once = kg.build(two)
    kg.build([two[1]], output=tmp_path / "out")
    grown = kg.build([two[0]], output=tmp_path / "out", add=True)
    assert grown.nq == at_once.nq
    assert default(grown.store) == default(at_once.store)
    from kg.holdings.build import remove
    from kg.holdings.folder import Folder

    del grown
    remove(Folder(tmp_path / "out"), ["old.md"])
    left, alone = kg.open(tmp_path / "out"), kg.build([two[1]])
    assert left.nq == alone.nq
    assert default(left.store) == default(alone.store)


def test_a_graph_that_changes_loses_and_gains_only_what_differs(tmp_path: Path) -> None:
    stays, goes, comes = (f"<x:a> <x:p> <x:{value}>" for value in ("stays", "goes", "comes"))
    first = Generation(tmp_path / "1", None)
    first.add(f"{stays} <x:g> .\n{goes} <x:g> .\n".encode(), ["x:g"])
    first.add(f"{stays} <x:other> .\n".encode(), ["x:other"])
    first.close()
    second = Generation(tmp_path / "2", tmp_path / "1")
    second.change("x:g", f"{stays} <x:g> .\n{goes} <x:g> .\n".encode(), f"{comes} <x:g> .\n".encode())
    second.close()
    store = Store.read_only(tmp_path / "2")
    assert default(store) == {stays, comes}
    assert store.dump().decode() == f"{comes} <x:g> .\n{stays} <x:other> .\n"


def test_what_was_settled_can_be_unsettled() -> None:
    first = source(
        "甲", called(f"agency/{HOME}/财政局", "区财政局"), called("agency/临汀市/云泽区水利局", "云泽区水利局")
    )
    second = source(
        "乙",
        called(f"agency/{HOME}/财政局", "云泽区财政局"),
        called(f"agency/{HOME}/水利局", "区水利局"),
        holds("何平", "区财政局", "科长", "2020-01-01", quote="何平（男，"),
    )
    third = source("丙", holds("何平", "区水利局", "科长", "2021-01-01", quote="何平（女，"))
    wrong = second.holdings[0].fact
    lines = [*written([first, second, third], f"- wrong: {wrong}\n"), *said(first, second, third)]
    inner = ox.Store()
    inner.bulk_load("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)
    inner.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    plain = {str(quad) for quad in inner.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    settle(inner)
    settled = {str(quad) for quad in inner.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert settled != plain
    assert not any(wrong in line and "quote" in line for line in settled)
    unsettle(inner)
    assert {str(quad) for quad in inner.quads_for_pattern(None, None, None, ox.DefaultGraph())} == plain


def said(*profiles: object) -> Iterable[str]:
    """The quads that profiles would be made of."""
    for profile in profiles:
        for mention in profile.mentions:  # type: ignore[attr-defined]
            for label in mention.names:
                yield f'<{mention.iri}> {LABEL} "{label}"@zh <{profile.graph}> .'  # type: ignore[attr-defined]
            yield f'<{mention.iri}> {GZ}jurisdiction> "{mention.place}" <{profile.graph}> .'  # type: ignore[attr-defined]
            yield f"<{mention.basis}> {GZ}agent> <{mention.iri}> <{profile.graph}> ."  # type: ignore[attr-defined]
        for holding in profile.holdings:  # type: ignore[attr-defined]
            yield f"<{holding.fact}> {GZ}person> <{holding.person}> <{profile.graph}> ."  # type: ignore[attr-defined]
            yield f"<{holding.fact}> {GZ}organization> <{holding.organization}> <{profile.graph}> ."  # type: ignore[attr-defined]
            yield f'<{holding.fact}> {GZ}quote> "{holding.quote}" <{profile.graph}> .'  # type: ignore[attr-defined]
            yield f"<{holding.person}> {GZ}holdsPostIn> <{holding.organization}> <{profile.graph}/edges> ."  # type: ignore[attr-defined]


def test_a_merged_thing_has_one_jurisdiction_and_two_that_bear_one_name_have_their_own() -> None:
    first = source("甲", called("agency/临汀市/云泽区水利局", "云泽区水利局"))
    second = source("乙", called(f"agency/{HOME}/水利局", "区水利局"))
    store = Store.of([*written([first, second]), *said(first, second)])
    found = {(str(row["a"]), str(row["j"])) for row in store.select("SELECT ?a ?j WHERE { ?a gz:jurisdiction ?j }")}
    assert found == {(f"<{iri(f'agency/{HOME}/水利局')}>", f'"{HOME}"')}


def test_a_graph_of_identity_that_is_damaged_stops_nobody() -> None:
    odd = (
        f'<{iri("x")}> {GZ}senseOf> "nobody" <{iri("identity")}> .',
        f'<{iri("x")}> {GZ}rejects> "x" <{iri("identity")}> .',
    )
    assert len(list(Store.of(odd).merged())) == 1


def test_a_reform_that_is_still_to_come_is_none_on_that_day(two: list[Path]) -> None:
    both = kg.build(two)
    asked = "SELECT ?c WHERE { ?c a gz:Reorganisation }"
    assert len(one(both, asked)) == 1
    assert len(one(both.as_of("2020-01-01"), asked)) == 1
    assert one(both.as_of("2015-01-01"), asked) == []


# ---- the questions that rest on it ---------------------------------------------------------------------------------------


def answers(graph: Graph, question: str, columns: str, **given: str) -> list[tuple[object, ...]]:
    rows = graph.query(question, **given)
    assert isinstance(rows, list)
    return [tuple(row[column] for column in columns.split()) for row in rows]


def test_who_answers_today_for_what_a_former_agency_was_given(two: list[Path]) -> None:
    both = kg.build(two)
    columns = "matter role agent today since reform document quote evidence"
    (row,) = answers(both, "today", columns, word="茶叶检验")
    assert row[:7] == (
        "茶叶检验工作",
        "牵头",
        "区卫生局",
        "区卫生健康委",
        "2019-03-31",
        "2013年机构改革、2018年机构改革：卫生局→卫生健康委员会",
        "云泽府办发〔2012〕5号",
    )
    assert "区卫生局牵头负责" in str(row[7])
    assert "区卫生健康委" in str(row[8])
    assert answers(both.as_of("2020-12-31"), "today", "today", agency="卫生局") == [("区卫生健康委",)]
    assert answers(both.as_of("2015-01-01"), "today", "today", agency="卫生局") == []
    assert answers(both, "today", "today", agency="卫生健康委") == []


def test_a_body_has_its_history_across_notices(tmp_path: Path) -> None:
    texts = [
        ("2019年3月4日", "〔2019〕5号", "成立", "组　长：何　平　区政府副区长\n\n成　员：王小川　区水利局局长"),
        (
            "2020年3月4日",
            "〔2020〕6号",
            "调整",
            "组　长：李　文　区政府副区长\n\n成　员：王小川　区水利局局长\n\n陈　可　区林业局局长",
        ),
        ("2021年3月4日", "〔2021〕7号", "撤销", "经区政府同意，撤销云泽区茶叶产业工作领导小组。"),
    ]
    paths = []
    for number, (date, sign, verb, body) in enumerate(texts):
        text = (
            f"# 临汀市云泽区人民政府办公室关于{verb}云泽区茶叶产业工作领导小组的通知\n\n云泽府办发{sign}\n\n各镇人民政府：\n\n"
            f"经区政府同意，决定{verb}云泽区茶叶产业工作领导小组。\n\n{body}\n\n临汀市云泽区人民政府办公室\n{date}\n"
        )
        paths.append(tmp_path / f"{number}.md")
        paths[-1].write_text(text, encoding="utf-8")
    told = answers(kg.build(paths), "history", "date change what", name="茶叶产业工作领导小组")
    assert [(date, change) for date, change, _ in dict.fromkeys(told)] == [
        ("2019-03-04", "成立"),
        ("2019-03-04", "组成"),
        ("2020-03-04", "组成"),
        ("2020-03-04", "调整"),
        ("2021-03-04", "撤销"),
    ]
    assert [what for _, change, what in told if change == "组成"] == ["组成人员2人（单位）", "组成人员3人（单位）"]


def test_an_agency_has_its_history_as_well(two: list[Path]) -> None:
    (row,) = answers(kg.build(two), "history", "date change name what", name="卫生健康委")
    assert row == ("2019-03-31", "机构改革", "区卫生健康委", "2013年机构改革、2018年机构改革：卫生局→卫生健康委员会")


def test_the_decisions_can_be_asked_for(two: list[Path]) -> None:
    both = kg.build(two)
    assert answers(both, "identity", "outcome rule", name="何平") == [("同一", "person.key")]
    (reason,) = answers(both, "identity", "reason evidence", name="云泽区”", outcome="同一")[:1]
    assert "云泽区" in str(reason[0])
    assert answers(both, "identity", "rule", outcome="不同") == []


def test_who_answers_for_a_field_is_told_with_who_heads_it(two: list[Path]) -> None:
    rows = answers(kg.build([two[1]]), "answers", "agent matter chief post evidence", word="茶叶检验")
    assert rows == [("区卫生健康委", "茶叶检验工作", "王小川", "主任", "王小川区卫生健康委主任")]
    # By the title of the document as well, where the matter does not have the word.
    assert len(answers(kg.build([two[1]]), "answers", "agent", word="领导小组成员的通知")) == 2


def test_the_agencies_of_a_province_are_those_of_all_places_in_it(tmp_path: Path) -> None:
    paths = []
    for number, gov in enumerate(("南京市玄武区", "苏州市姑苏区", "杭州市西湖区")):
        text = NEW.replace("云泽区人民政府办公室", f"{gov}人民政府办公室").replace("云泽区茶叶", "茶叶")
        paths.append(tmp_path / f"{number}.md")
        paths[-1].write_text(text, encoding="utf-8")
    found = kg.build(paths)
    places = {place for place, _ in answers(found, "places", "place code", place="江苏省")}
    assert places == {"江苏省南京市玄武区", "江苏省苏州市姑苏区"}
    assert ("江苏省苏州市姑苏区", "320508") in answers(found, "places", "place code", place="苏州市")
