"""A reading becomes N-Quads that every reader takes, that no text can break, and that are the same each time."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from invented import GROUP, LINES, NOTICE, PLAN, reading

from kg.errors import KgError
from kg.model import Entity, EntityType
from kg.rdf import BASE, NS, derived, meta, quads
from kg.rdf.terms import date_value, decimal, iri, last_day, literal, segment
from kg.rdf.vocabulary import EVENT_EDGES, EVENT_KINDS, RELATION_EDGES, ROLE_KINDS, classify, name, post_kind

HOSTILE = [
    "quotes \" and ' and \\ backslashes \\n \\u0041",
    "line\nbreaks\r\nof every\x0bkind\x0c\x1c\x1d\x1e\x85\u2028\u2029.",
    "controls \x00\x01\x07\x08\x1b[31m\x7f\x9f",
    "<script>alert(1)</script> <a href='x'>&amp;</a>",
    '" . <http://evil> <http://evil> "x',
    '"@zh <g> .\n<s> <p> <o> .',
    "\ufeff\u200b\u202e\ufffe\uffff\ue000\U0001f600𠀀",
]
NAMES = [
    "财 政局",
    "a/b",
    "..",
    ".",
    "%2F",
    "100%",
    "a?b#c",
    '<>"{}|\\^`',
    "\n\t\x00",
    "\u3000\u200b\ufeff",
    "[x]",
    "𠀀",
    "",
]


def lines(**options: object) -> list[str]:
    whole = reading(**options)  # type: ignore[arg-type]
    return sorted({*quads(whole), *derived(whole), *meta("1.2.3")})


def parsed(text: list[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(text).encode(), ox.RdfFormat.N_QUADS))


def edges(*gold: dict[str, object]) -> set[tuple[str, str, str]]:
    """The derived triples of one fact between resources, without namespaces."""
    found = parsed(list(derived(reading(gold))))
    return {
        tuple(part.value.removeprefix(BASE).removeprefix(NS) for part in (quad.subject, quad.predicate, quad.object))  # type: ignore[misc, union-attr]
        for quad in found
        if quad.predicate.value.startswith(NS)
    }


def of_kind(kind: str, number: int = 0) -> dict[str, object]:
    return [line for line in LINES if line["kind"] == kind][number]


def test_pyoxigraph_and_rdflib_read_the_same_quads() -> None:
    text = lines()
    dataset = rdflib.Dataset()
    dataset.parse(data="\n".join(text), format="nquads")
    assert len(parsed(text)) == len(text) == len(list(dataset.quads()))


def test_there_is_no_blank_node() -> None:
    assert not [line for line in lines() if "_:" in line.split('"')[0]]
    assert not [q for q in parsed(lines()) if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


def test_every_source_has_a_graph_of_its_own_and_one_for_its_edges() -> None:
    graph = f"{BASE}source/{reading().source.sha256[:16]}"
    assert {quad.graph_name.value for quad in parsed(lines())} == {graph, f"{graph}/edges", f"{BASE}meta"}  # type: ignore[union-attr]


def test_another_process_writes_the_same_bytes() -> None:
    here = Path(__file__).parent
    code = (
        f"import sys; sys.path[:0] = [{str(here.parent)!r}, {str(here)!r}]\n"
        "from test_rdf import lines\nsys.stdout.buffer.write('\\n'.join(lines()).encode())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert runs == ["\n".join(lines()).encode()] * 2


def test_the_same_reading_without_its_folder_or_order_gives_the_same_lines() -> None:
    whole = reading()
    assert sorted({*quads(whole)}) == sorted({*quads(reading())})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_holds_any_text(text: str) -> None:
    (quad,) = parsed([f"<urn:s> <urn:p> {literal(text)} <urn:g> ."])
    assert quad.object == ox.Literal(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_fact_of_hostile_text_is_one_line_a_statement(text: str) -> None:
    gold = {**of_kind("duty"), "agent": text, "matter": text, "under": text, "doc": text, "quote": text or "x"}
    agent = Entity(EntityType.AGENCY, f"agency/{text}", text, (text,), text)
    whole = reading([gold], known={text: agent}, papers={text: Entity(EntityType.DOCUMENT, f"document/{text}", text)})
    out = [*quads(whole), *derived(whole)]
    assert all(len(line.splitlines()) == 1 for line in out)
    matters = {q.object.value for q in parsed(out) if q.predicate.value == f"{NS}matter"}  # type: ignore[union-attr]
    assert matters == {text}
    rdflib.Dataset().parse(data="\n".join(out), format="nquads")


def test_a_lone_surrogate_is_replaced() -> None:
    gold = {**of_kind("duty"), "agent": "a\ud800b", "matter": "\udfff"}
    whole = reading([gold], known={"a\ud800b": Entity(EntityType.AGENCY, "agency/a\ud800b", "a\ud800b")})
    out = "\n".join([*quads(whole), *derived(whole)])
    assert '"a\ufffdb"' in out
    assert "agency/a%EF%BF%BDb>" in out
    out.encode("utf-8")


@pytest.mark.parametrize("text", NAMES)
def test_any_name_makes_a_valid_iri(text: str) -> None:
    for node in (iri(BASE, f"agency/{text}"), f"<{BASE}{segment(text)}>"):
        (quad,) = parsed([f"{node} <urn:p> <urn:o> <urn:g> ."])
        assert f"<{quad.subject.value}>" == node  # type: ignore[union-attr]
        rdflib.Dataset().parse(data=f"{node} <urn:p> <urn:o> <urn:g> .", format="nquads")


def test_different_names_make_different_segments() -> None:
    names = [*NAMES, *HOSTILE, "a%2Fb", "财政局", "财%20政局"]
    assert len({segment(text) for text in names}) == len(names)


def test_chinese_stays_readable() -> None:
    assert iri(BASE, "agency/栖云区/财政局（本级）") == f"<{BASE}agency/栖云区/财政局（本级）>"
    assert segment("栖云府发〔2031〕7号") == "栖云府发〔2031〕7号"


@pytest.mark.parametrize(
    ("text", "expected", "day"),
    [
        ("2031-06-23", "date", date(2031, 6, 23)),
        ("2032-02", "gYearMonth", date(2032, 2, 29)),
        ("2031", "gYear", date(2031, 12, 31)),
        ("2031-13", "string", None),
        ("2031-00", "string", None),
        ("2031-01-00", "string", None),
        ("2031-02-30", "string", None),
        ("0000", "string", None),
        ("2031-03-09/2031-03-10", "string", None),
        ("即日", "string", None),
        ("２０３１", "string", None),
    ],
)
def test_a_date_is_as_precise_as_the_text(text: str, expected: str, day: date | None) -> None:
    (quad,) = parsed([f"<urn:s> <urn:p> {date_value(text)} <urn:g> ."])
    assert quad.object == ox.Literal(text, datatype=ox.NamedNode(name(f"xsd:{expected}")))
    assert last_day(text) == day


@pytest.mark.parametrize(
    ("number", "text"),
    [("10000", "10000"), ("1E+4", "10000"), ("0.80", "0.8"), ("-0.0", "0"), ("0", "0"), ("1.5E-7", "0.00000015")],
)
def test_equal_numbers_are_the_same_term(number: str, text: str) -> None:
    assert decimal(Decimal(number)) == f'"{text}"^^<{name("xsd:decimal")}>'


def test_a_number_must_be_finite() -> None:
    with pytest.raises(KgError, match="finite"):
        decimal(Decimal("NaN"))


def test_evidence_is_the_source_at_its_spans() -> None:
    gold = {**of_kind("duty"), "quote": "牵头 单位:|区水\n务局"}
    whole = reading([gold])
    (fact,) = whole.facts
    found = parsed(list(quads(whole)))
    exact = {q.subject.value: q.object.value for q in found if q.predicate.value == name("oa:exact")}  # type: ignore[union-attr]
    for span in fact.evidence.spans:
        node = f"{BASE}source/{whole.source.sha256[:16]}/{span}#quote"
        assert exact[node] == whole.source.text[span.start : span.end]
    literals = {q.predicate.value.removeprefix(NS): q.object.value for q in found if isinstance(q.object, ox.Literal)}
    assert literals["quote"] == "牵头单位:区水务局"
    spans = [
        q.object.value  # type: ignore[union-attr]
        for q in found
        if q.predicate.value == f"{NS}evidenceSpans" and f"{BASE}duty/" in q.subject.value  # type: ignore[union-attr]
    ]
    assert spans == [" ".join(map(str, fact.evidence.spans))]


def test_a_fact_is_named_by_kind_document_fields_and_spans() -> None:
    (node,) = {line.split(" ")[0] for line in quads(reading([of_kind("seat")])) if f"{BASE}seat/" in line[:80]}
    assert node.startswith(f"<{BASE}seat/{NOTICE}/")
    assert len(node.rsplit("/", 1)[1]) == 13
    (other,) = {
        line.split(" ")[0]
        for line in quads(reading([{**of_kind("seat"), "org": "区财政局"}]))
        if f"{BASE}seat/" in line[:80]
    }
    assert other != node


def test_what_is_not_known_stays_words() -> None:
    out = list(quads(reading([of_kind("duty", 2)])))
    assert any(f'<{NS}agentName> "起草部门"' in line for line in out)
    assert not any(f"<{NS}agent>" in line for line in out)


def test_nothing_is_known_without_entities() -> None:
    whole = reading(known={}, papers={})
    out = [*quads(whole), *derived(whole)]
    assert len(parsed(out)) == len(out)
    assert {line.split(" ")[1] for line in quads(reading())} >= {line.split(" ")[1] for line in quads(whole)}


def test_a_plan_is_part_of_its_notice() -> None:
    out = list(quads(reading()))
    plan, notice = f"<{BASE}document/栖云区/{PLAN}>", f"<{BASE}document/{NOTICE}>"
    assert any(line.startswith(f"{plan} <{NS}partOf> {notice} ") for line in out)


def test_a_section_is_part_of_the_section_above() -> None:
    out = list(quads(reading()))
    first, second = f"<{BASE}section/{NOTICE}/一>", f"<{BASE}section/{NOTICE}/一.（一）>"
    assert any(line.startswith(f"{second} <{NS}partOf> {first} ") for line in out)
    assert any(line.startswith(f"{first} <{NS}partOf> <{BASE}document/{NOTICE}> ") for line in out)
    assert any(f"<{NS}inSection> {second} " in line for line in out)


def test_another_base_moves_every_resource_and_no_term() -> None:
    base = "http://archive.example/gongbao/"
    whole = reading()
    out = [*quads(whole, base), *derived(whole, base), *meta("1", base)]
    assert not [line for line in out if BASE in line]
    assert all(line.startswith(f"<{base}") for line in out)
    assert any(NS in line for line in out)


@pytest.mark.parametrize("base", ["", "gongbao/", "http://x.example", "http://x.example/a b/", "http://x/<y>/"])
def test_a_base_must_be_an_iri_that_things_can_stand_below(base: str) -> None:
    with pytest.raises(KgError, match="base"):
        list(quads(reading(), base))


def test_a_statement_has_few_quads_of_its_own() -> None:
    whole = reading()
    own = Counter(line.split(" ")[0] for line in {*quads(whole), *derived(whole)})
    assert max(count for node, count in own.items() if segment(NOTICE) + "/" in node) <= 25


AGENCY, PERSON = "agency/栖云区/栖云区", "person/栖云区/"
DOC = f"document/{NOTICE}"


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        (of_kind("post"), {(f"{PERSON}岑望舒", "holdsPostIn", f"{AGENCY}水务局")}),
        (of_kind("appointment"), {(f"{PERSON}闻一苇", "appointedTo", f"{AGENCY}财政局")}),
        (of_kind("appointment", 1), {(f"{PERSON}岑望舒", "removedFrom", f"{AGENCY}财政局")}),
        (of_kind("member"), {(f"{PERSON}岑望舒", "memberOf", f"body/栖云区/{GROUP}")}),
        (of_kind("seat"), {(f"body/栖云区/{GROUP}", "seatedIn", f"{AGENCY}水务局")}),
        (
            of_kind("stand_in"),
            {
                (f"{PERSON}岑望舒", "standsInFor", f"{PERSON}闻一苇"),
                (f"{PERSON}闻一苇", "standsInFor", f"{PERSON}岑望舒"),
            },
        ),
        (of_kind("duty"), {(f"{AGENCY}水务局", "leads", DOC), (f"{AGENCY}水务局", "answersFor", DOC)}),
        (of_kind("duty", 1), {(f"{AGENCY}财政局", "supports", DOC)}),
        (of_kind("fund"), {(f"{AGENCY}财政局", "funds", f"{AGENCY}水务局")}),
        (
            of_kind("cites"),
            {(DOC, "basedOn", "document/栖云府发〔2029〕1号"), (DOC, "cites", "document/栖云府发〔2029〕1号")},
        ),
        (of_kind("cites", 2), {("issue/栖云区人民政府公报/2031年第2期", "lists", DOC)}),
        (
            of_kind("event"),
            {(f"{AGENCY}人民政府", "awarded", f"{AGENCY}水务局"), (f"{AGENCY}人民政府", "actedOn", f"{AGENCY}水务局")},
        ),
        (of_kind("part"), {(f"{AGENCY}湿地管护站", "affiliatedTo", f"{AGENCY}水务局")}),
        (of_kind("contact"), set()),
    ],
)
def test_plain_edges_follow_from_statements(gold: dict[str, object], expected: set[tuple[str, str, str]]) -> None:
    found = {edge for edge in edges(gold) if not edge[1].endswith("Kind")}
    assert found == expected


def test_due_dates_are_the_last_day_meant() -> None:
    due: dict[str, set[str]] = {line["quote"]: set() for line in LINES if line["kind"] in ("deadline", "target")}
    for quote in due:
        (gold,) = [line for line in LINES if line["quote"] == quote]
        due[quote] = {value for _, predicate, value in edges(gold) if predicate == "due"}
    assert [quote for quote in due if not due[quote]] == [
        "每月25日前报送",
        "收到申请20个工作日内",
        "自印发之日起6个月内",
        "不得有巡护员缺岗",
    ]
    assert due["2031年完成一期"] == {"2031-12-31"}
    assert due["6月底前完成二期"] == {"2031-06-30"}
    assert due["5月1日至9月30日"] == {"2031-09-30"}
    assert due["到2033年湿地保护率达到62.5%以上"] == {"2033-12-31"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("牵头", "RoleLead"),
        ("牵头负责", "RoleLead"),
        ("协助分管副区长处理", "RoleAssist"),
        ("分管", "RoleInCharge"),
        ("责任", "RoleAnswer"),
        ("组织协调", "RoleCoordinate"),
        ("顾问", None),
        (None, None),
    ],
)
def test_words_of_a_role_have_a_kind(words: str | None, kind: str | None) -> None:
    assert classify(words, ROLE_KINDS) == kind


def test_words_of_relations_and_events_have_an_edge() -> None:
    assert classify("根据", RELATION_EDGES) == "basedOn"
    assert classify("贯彻", RELATION_EDGES) is None
    assert classify("通报批评", EVENT_KINDS) == "EventReprimand"
    assert EVENT_EDGES["EventReprimand"] == "reprimanded"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("局长", "PostHead"),
        ("党组书记", "PostPartySecretary"),
        ("常务副区长", "PostDeputy"),
        ("党组副书记", "PostDeputy"),
        ("副总工程师", "PostDeputy"),
        ("代理区长", "PostActing"),
        ("党委委员", "PostMember"),
        ("成员单位", "PostMember"),
        ("局长助理", "PostAssistant"),
        ("副主任科员", "PostRank"),
        ("四级调研员", "PostRank"),
        ("政治委员", None),
        ("副秘书长", None),
        ("教授", None),
        ("理事", "PostMember"),
        ("理事长", "PostHead"),
        ("正科级干部", "PostRank"),
        ("", None),
        (None, None),
    ],
)
def test_a_title_has_a_kind_where_its_end_settles_it(words: str | None, kind: str | None) -> None:
    assert post_kind(words) == kind


def test_who_wrote_it_stands_in_the_meta_graph_alone() -> None:
    assert all(line.endswith(f"<{BASE}meta> .") for line in meta("1.2.3"))
    assert list(meta("1.2.3")) == list(meta("1.2.3"))
    assert not [line for line in quads(reading()) if "prov#SoftwareAgent" in line]
