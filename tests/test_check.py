"""A graph that is in order conforms; one that breaks a shape, or quotes what is not there, is told so."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from invented import LINES, NOTICE, reading
from rdflib.namespace import OWL, RDF, RDFS, SH

from kg.check import Reason, Report, Severity, Violation, check
from kg.check.shapes import shapes, violations
from kg.model import Reading
from kg.rdf import BASE, NS, derived, meta, quads, source_graph
from kg.rdf.ontology import read
from kg.store import Store

GZS = "https://w3id.org/gongbao/shapes#"
GRAPH = f"<{BASE}test>"
PREFIX = f"@prefix gz: <{NS}> . @prefix : <{BASE}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "


@pytest.fixture(scope="module")
def whole() -> Reading:
    return reading()


def lines(read: Reading) -> list[str]:
    return [*quads(read), *derived(read), *meta("0")]


def store_of(turtle: str) -> Store:
    """A store of some Turtle in one graph, with a few parties of every class to speak of."""
    parties = "".join(
        f':{name} a gz:{kind} ; <http://www.w3.org/2004/02/skos/core#prefLabel> "{label}"@zh . '
        for name, kind, label in [
            ("bureau", "Agency", "区水务局"),
            ("towns", "AgencyGroup", "各乡镇"),
            ("group", "CoordinatingBody", "领导小组"),
            ("cen", "Official", "岑望舒"),
            ("wen", "Official", "闻一苇"),
            ("holder", "OfficeHolder", "区水务局负责人"),
            ("law", "OfficialDocument", "湿地保护办法"),
        ]
    )
    graph = rdflib.Graph().parse(data=PREFIX + parties + turtle, format="turtle")
    return Store.of(f"{s.n3()} {p.n3()} {o.n3()} {GRAPH} ." for s, p, o in graph)


def found(turtle: str) -> list[Violation]:
    """What the shapes say about a node ``:x``, less what a statement made by hand has no evidence for."""
    common = {f"gz:{name}" for name in ("evidence", "quote", "evidenceSpans", "documentKey", "rule")} | {"rdf:type"}
    return [v for v in violations(store_of(turtle)) if v.focus == f"{BASE}x" and v.path not in common]


# ---- The shapes themselves -------------------------------------------------------------------------------------------


def test_the_shapes_are_valid_by_the_shapes_of_shapes() -> None:
    from pyshacl import validate

    conforms, _, text = validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True, inference="none")
    assert conforms, text


def test_every_shape_has_a_label_and_every_message_is_in_two_languages() -> None:
    graph = shapes()
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        assert {label.language for label in graph.objects(shape, RDFS.label)} == {"zh", "en"}, shape  # type: ignore[attr-defined]
    for shape in set(graph.objects(None, SH.property)):
        messages = {message.language for message in graph.objects(shape, SH.message)}  # type: ignore[attr-defined]
        # A property within sh:or and the like is spoken for by the shape around it.
        assert messages in ({"zh", "en"}, set()), shape
    for shape in graph.objects(rdflib.URIRef(f"{GZS}Deadline"), SH.property):
        assert (shape, SH.message, None) in graph


def test_every_class_of_a_statement_and_of_a_party_has_a_shape() -> None:
    ontology = rdflib.Graph().parse(data=read("gazette.ttl"), format="turtle")
    concepts = {"RoleKind", "DocumentType", "DeadlineKind"}  # terms of the ontology, not of a graph
    above = {"Statement", "PersonnelChange"}
    classes = {str(c)[len(NS) :] for c in ontology.subjects(RDF.type, OWL.Class) if str(c).startswith(NS)}
    targets = {str(c)[len(NS) :] for c in shapes().objects(None, SH.targetClass) if str(c).startswith(NS)}
    assert classes - concepts - above <= targets


def test_every_word_of_the_shapes_is_in_the_ontology() -> None:
    ontology = rdflib.Graph().parse(data=read("gazette.ttl"), format="turtle")
    words = {term for triple in shapes() for term in triple if str(term).startswith(NS)}
    assert words <= set(ontology.subjects()), words - set(ontology.subjects())


# ---- Each shape is broken --------------------------------------------------------------------------------------------

POST = ':x a gz:PostHolding ; gz:personName "岑望舒" ; gz:person :cen ; gz:postTitle "局长" ; gz:organization :bureau .'
APPOINTMENT = ':x a gz:Appointment ; gz:personName "岑望舒" ; gz:action "任" ; gz:postTitle "局长" .'
MEMBER = ':x a gz:Membership ; gz:groupName "领导小组" ; gz:group :group ; gz:memberName "岑望舒" ; gz:member :cen .'
SEAT = ':x a gz:Seat ; gz:groupName "领导小组" ; gz:group :group ; gz:organizationName "水务局" ; gz:organization :bureau .'
STAND_IN = ':x a gz:StandIn ; gz:partnerAName "岑" ; gz:partnerBName "闻" ; gz:partnerA :cen ; gz:partnerB :wen .'
DUTY = ':x a gz:Responsibility ; gz:agentName "区水务局" ; gz:agent :bureau ; gz:matter "湿地" .'
NORM = ':x a gz:Norm ; gz:agentName "区水务局" ; gz:agent :bureau ; gz:modality "不得" ; gz:matter "填埋湿地" .'
CONTACT = ':x a gz:ContactPoint ; gz:phone "000-0007" ; gz:postcode "000000" ; gz:website "http://qiyun.example" .'
FUND = ':x a gz:Fund ; gz:amount 12.5 ; gz:comparator ">=" ; gz:payer :bureau ; gz:payee :towns .'
TARGET = ':x a gz:Target ; gz:subject "率" ; gz:value 90.0 ; gz:comparator "=" ; gz:by "2033"^^xsd:gYear .'
ON = ':x a gz:Deadline ; gz:on "2031-06"^^xsd:gYearMonth ; gz:due "2031-06-30"^^xsd:date ; gz:agent :bureau .'
SPAN = ':x a gz:Deadline ; gz:start "2031-05-01"^^xsd:date ; gz:end "2031-09-30"^^xsd:date .'
EVERY = ':x a gz:Deadline ; gz:every "FREQ=MONTHLY;BYMONTHDAY=25" .'
WITHIN = ':x a gz:Deadline ; gz:within "P20BD" ; gz:after "收到申请" .'
CITES = ':x a gz:Reference ; gz:citedTitle "湿地保护办法" ; gz:cited :law .'
EVENT = ':x a gz:Event ; gz:eventType "表彰" ; gz:agent :bureau ; gz:patient :cen ; gz:what "先进" ; gz:date "2030-10-16/2030-12-19" .'
PART = (
    ':x a gz:Affiliation ; gz:organizationName "站" ; gz:parentOrganizationName "局" ; gz:parentOrganization :bureau .'
)
DOCUMENT = ':x a gz:OfficialDocument, gz:Statement ; gz:title "通知" ; gz:number "栖云府发〔2031〕7号" ; gz:dateOfDocument "2031-03-09"^^xsd:date ; gz:issuer :bureau ; gz:isPublic true .'
ISSUE = ':x a gz:GazetteIssue ; gz:title "公报" ; gz:issueNumber "第2期" ; gz:publicationDate "2031-04"^^xsd:gYearMonth ; gz:sponsor :bureau .'
SECTION = ':x a gz:Section ; gz:sectionPath "一" ; gz:sectionNumber "一" ; gz:heading "总则" ; gz:partOf :law .'
GOOD = [
    *(
        POST,
        APPOINTMENT,
        MEMBER,
        SEAT,
        STAND_IN,
        DUTY,
        NORM,
        CONTACT,
        FUND,
        TARGET,
        ON,
        SPAN,
        EVERY,
        WITHIN,
        CITES,
        EVENT,
    ),
    *(PART, DOCUMENT, ISSUE, SECTION),
]


@pytest.mark.parametrize("turtle", GOOD, ids=[turtle.split()[2] for turtle in GOOD])
def test_what_is_in_order_is_left_alone(turtle: str) -> None:
    assert found(turtle) == []


V, W, HINT = Severity.VIOLATION, Severity.WARNING, Severity.INFO

BROKEN = [
    # what was in order, what is put in the place of what, the path blamed, severity, words of the message
    (POST, 'gz:personName "岑望舒" ; ', "", "gz:personName", V, "姓名"),
    (POST, 'gz:personName "岑望舒"', 'gz:personName "岑望舒", "闻一苇"', "gz:personName", V, "姓名"),
    (POST, "gz:person :cen", "gz:person :bureau", "gz:person", V, "人员"),
    (POST, "gz:organization :bureau", "gz:organization :cen", "gz:organization", V, "机构"),
    (POST, 'gz:postTitle "局长"', 'gz:postTitle ""', "gz:postTitle", V, "职务"),
    (POST, 'gz:postTitle "局长" ; ', "", "gz:organizationName|gz:postTitle", W, "机构或职务"),
    (APPOINTMENT, 'gz:action "任"', 'gz:action "免"', "gz:action", V, "任"),
    (APPOINTMENT, "gz:Appointment", "gz:Removal", "gz:action", V, "免"),
    (APPOINTMENT, ".", '; gz:date "2031-03"^^xsd:string .', "gz:date", V, "日期"),
    (NORM, 'gz:agentName "区水务局" ; ', "", "gz:agentName", V, "主体"),
    (NORM, "gz:agent :bureau", "gz:agent :law", "gz:agent", V, "主体"),
    (NORM, 'gz:modality "不得"', 'gz:modality "应当"', "gz:modality", V, "情态"),
    (NORM, ' ; gz:matter "填埋湿地"', "", "gz:matter", V, "事项"),
    (MEMBER, 'gz:memberName "岑望舒" ; ', "", "gz:memberName", V, "成员"),
    (MEMBER, 'gz:groupName "领导小组" ; ', "", "gz:groupName", V, "机构名称"),
    (MEMBER, "gz:member :cen", "gz:member :group", "gz:member", V, "自身"),
    (MEMBER, "gz:group :group", "gz:group :wen", "gz:group", V, "机构"),
    (SEAT, 'gz:organizationName "水务局" ; ', "", "gz:organizationName", V, "所在机构"),
    (SEAT, "gz:organization :bureau", "gz:organization :group", "gz:organization", V, "自身"),
    (STAND_IN, "gz:partnerB :wen", "gz:partnerB :cen", "gz:partnerA", V, "同一人"),
    (STAND_IN, '"闻"', '"岑"', "gz:partnerAName", V, "同一人"),
    (STAND_IN, 'gz:partnerBName "闻" ; ', "", "gz:partnerBName", V, "B角"),
    (STAND_IN, "gz:partnerB :wen", "gz:partnerB :bureau", "gz:partnerB", V, "人员"),
    (DUTY, 'gz:agentName "区水务局" ; ', "", "gz:agentName", V, "责任主体"),
    (DUTY, 'gz:matter "湿地"', 'gz:matter "湿地", "水库"', "gz:matter", V, "事项"),
    (DUTY, "gz:agent :bureau", "gz:agent :law", "gz:agent", V, "主体"),
    (DUTY, "gz:agent :bureau", "gz:agent :unheard", "gz:agent", V, "主体"),
    (CONTACT, 'gz:postcode "000000"', 'gz:postcode "0000"', "gz:postcode", W, "邮编"),
    (CONTACT, 'gz:phone "000-0007"', 'gz:phone "见背面"', "gz:phone", W, "电话"),
    (CONTACT, 'gz:website "http://qiyun.example"', 'gz:website "无"', "gz:website", W, "网址"),
    (FUND, "gz:amount 12.5", "gz:amount -1.0", "gz:amount", V, "金额"),
    (FUND, "gz:amount 12.5", 'gz:amount "12.5"', "gz:amount", V, "金额"),
    (FUND, "gz:amount 12.5", "gz:share 1.2", "gz:share", V, "比例"),
    (FUND, "gz:amount 12.5", "gz:amount 12.5 ; gz:share 0.5", None, V, "二者只能有一"),
    (FUND, "gz:amount 12.5 ; ", "", None, V, "二者只能有一"),
    (FUND, '">="', '"≥"', "gz:comparator", V, "比较符"),
    (FUND, "gz:payee :towns", "gz:payee :bureau", "gz:payer", W, "同一主体"),
    (TARGET, "gz:value 90.0", 'gz:value "九成"', "gz:value", V, "数值"),
    (TARGET, 'gz:comparator "=" ; ', "", "gz:comparator", V, "比较符"),
    (TARGET, 'gz:subject "率" ; ', "", "gz:subject", V, "指标"),
    (TARGET, '"2033"^^xsd:gYear', '"2033年"', "gz:by", V, "达标时间"),
    (ON, '"2031-06"^^xsd:gYearMonth', '"2031-13"^^xsd:gYearMonth', "gz:on", V, "期限日"),
    (ON, '"2031-06"^^xsd:gYearMonth', '"六月"', "gz:on", V, "期限日"),
    (ON, '"2031-06-30"^^xsd:date', '"2031-06"^^xsd:gYearMonth', "gz:due", V, "到期日"),
    (ON, 'gz:on "2031-06"^^xsd:gYearMonth ; ', "", None, V, "有且只有一种时间"),
    (ON, "gz:agent", 'gz:every "FREQ=DAILY" ; gz:agent', None, V, "有且只有一种时间"),
    (SPAN, "gz:end", 'gz:within "P1D" ; gz:end', None, V, "有且只有一种时间"),
    (EVERY, "FREQ=MONTHLY", "每月", "gz:every", V, "RFC 5545"),
    (EVERY, "MONTHLY", "FORTNIGHTLY", "gz:every", V, "RFC 5545"),
    (WITHIN, "P20BD", "20天", "gz:within", V, "ISO 8601"),
    (WITHIN, "P20BD", "P", "gz:within", V, "ISO 8601"),
    (WITHIN, "P20BD", "PT", "gz:within", V, "ISO 8601"),
    (ON, "gz:due", 'gz:after "某事" ; gz:due', "gz:within", V, "时限"),
    (CITES, 'gz:citedTitle "湿地保护办法" ; ', "", "gz:citedTitle|gz:citedNumber", V, "标题或文号"),
    (CITES, "gz:cited :law", "gz:cited :cen", "gz:cited", V, "文件"),
    (CITES, "gz:cited :law", "gz:cited :law ; gz:inDocument :law", "gz:cited", W, "自身"),
    (EVENT, 'gz:eventType "表彰" ; ', "", "gz:eventType", V, "类型"),
    (EVENT, "2030-10-16/", "去年/", "gz:date", V, "日期"),
    (EVENT, "gz:patient :cen", "gz:patient :law", "gz:patient", V, "对象"),
    (PART, '"局"', '"站"', "gz:organizationName", V, "自身"),
    (PART, 'gz:parentOrganizationName "局" ; ', "", "gz:parentOrganizationName", V, "上级机构"),
    (PART, "gz:parentOrganization :bureau", "gz:parentOrganization :cen", "gz:parentOrganization", V, "上级机构"),
    (DOCUMENT, "栖云府发〔2031〕7号", "栖云府发[2031]7号", "gz:number", W, "六角括号"),
    (DOCUMENT, "栖云府发〔2031〕7号", "栖云府发 〔2031〕 7号", "gz:number", V, "空白"),
    (DOCUMENT, 'gz:title "通知" ; ', "", None, V, "刊载的公文须有标题"),
    (DOCUMENT, 'gz:title "通知"', 'gz:title "通知", "通报"', "gz:title", W, "不止一个标题"),
    (DOCUMENT, "gz:isPublic true", 'gz:isPublic "是"', "gz:isPublic", V, "公开"),
    (DOCUMENT, '"2031-03-09"^^xsd:date', '"2031-02-30"^^xsd:date', "gz:dateOfDocument", V, "成文日期"),
    (DOCUMENT, "gz:issuer :bureau", "gz:issuer :law", "gz:issuer", V, "发文机关"),
    (ISSUE, 'gz:title "公报" ; ', "", "gz:title", HINT, "刊头"),
    (ISSUE, 'gz:title "公报"', 'gz:title ""', "gz:title", V, "刊名"),
    (ISSUE, 'gz:issueNumber "第2期" ; ', "", "gz:issueNumber", HINT, "未见期号"),
    (ISSUE, "gz:sponsor :bureau", "gz:sponsor :cen", "gz:sponsor", V, "主办单位"),
    (SECTION, "gz:partOf :law", "gz:partOf :cen", "gz:partOf", V, "上级章节"),
    (SECTION, 'gz:sectionPath "一" ; ', "", "gz:sectionPath", V, "路径"),
]


@pytest.mark.parametrize(
    ("good", "old", "new", "path", "severity", "words"),
    BROKEN,
    ids=[f"{case[0].split()[2]}-{i}" for i, case in enumerate(BROKEN)],
)
def test_a_broken_shape_is_told(
    good: str, old: str, new: str, path: str | None, severity: Severity, words: str
) -> None:
    assert good.count(old), "the case does not change anything"
    broken = found(good.replace(old, new, 1) if old != "." else good[:-1] + new)
    assert [(v.path, v.severity) for v in broken if words in v.message_zh] == [(path, severity)], broken
    assert all(re.match("[A-Z]", v.message_en) for v in broken)


PARTIES = [
    (':x a gz:Agency .', "skos:prefLabel", V),
    (':x a gz:Official ; skos:prefLabel "岑望舒"@zh, "岑 望舒"@zh .', "skos:prefLabel", V),
    (':x a gz:Official ; skos:prefLabel "岑望舒2"@zh .', "skos:prefLabel", W),
    (':x a gz:Agency ; skos:prefLabel "区水务局"@zh ; org:subOrganizationOf :cen .', "org:subOrganizationOf", V),
    (':x a gz:Agency ; skos:prefLabel "区水务局"@zh ; gz:jurisdiction "甲", "乙" .', "gz:jurisdiction", V),
    (':x a gz:Gazette .', "skos:prefLabel", V),
]  # fmt: skip


@pytest.mark.parametrize(("turtle", "path", "severity"), PARTIES)
def test_a_party_has_a_name_and_is_what_it_is(turtle: str, path: str, severity: Severity) -> None:
    prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> . "
    told = {(v.path, v.severity) for v in found(prefixes + turtle)}
    assert (path, severity) in told


@pytest.mark.parametrize(
    ("start", "end", "turned"),
    [
        ("2031-05-01", "2031-04-30", True),
        ("2031-05-01", "2031-05-01", False),
        ("2031-05-02", "2031-05", False),
        ("2031-05", "2031-05-01", False),
        ("2031-06", "2031-05-31", True),
        ("2031-12-31", "2031", False),
        ("2031", "2031-06", False),
        ("2032", "2031-12-31", True),
        ("2031-05", "2031-04", True),
    ],
)
def test_a_period_does_not_end_before_it_starts(start: str, end: str, turned: bool) -> None:
    line = {"doc": NOTICE, "kind": "deadline", "start": start, "end": end, "quote": "自五月起"}
    told = check(Store.of(lines(reading([line])))).violations
    assert [v.message_zh for v in told if v.severity is V] == (["开始不得晚于结束"] if turned else [])


def test_two_classes_for_one_party_are_a_warning() -> None:
    store = store_of(":cen a gz:Agency .")
    assert [(v.path, v.severity) for v in violations(store) if v.focus == f"{BASE}cen"] == [("rdf:type", W)]


def test_a_statement_without_the_common_fields_is_told() -> None:
    told = {v.path for v in violations(store_of(DUTY)) if v.focus == f"{BASE}x"}
    assert told == {"gz:evidence", "gz:quote", "gz:evidenceSpans", "gz:documentKey", "gz:rule", "rdf:type"}


# ---- The whole -------------------------------------------------------------------------------------------------------


def checked(read: Reading, change: Callable[[str], str | None] = lambda line: line, text: str | None = None) -> Report:
    changed = [new for line in lines(read) if (new := change(line)) is not None]
    return check(Store.of(changed), {read.source.sha256: read.source.text if text is None else text})


def test_a_reading_conforms(whole: Reading) -> None:
    report = checked(whole)
    assert report.conforms, report.text()
    assert report.evidence == ()
    assert report.counts["statements"] == len(LINES)
    assert report.counts["sources"] == 1
    assert report.counts["quads"] == len(set(lines(whole)))
    assert report.counts["Violation"] == 0
    assert "通过 / the graph conforms" in report.text()


def test_without_sources_nothing_is_reread_and_the_report_says_so(whole: Reading) -> None:
    report = check(Store.of(lines(whole)))
    assert report.conforms
    assert not report.reread
    assert "no sources were given" in report.text()


def drop(*words: str) -> Callable[[str], str | None]:
    return lambda line: None if all(word in line for word in words) else line


def swap(old: str, new: str) -> Callable[[str], str | None]:
    return lambda line: line.replace(old, new)


def errors(report: Report) -> list[Reason]:
    return [error.reason for error in report.evidence]


def test_a_fact_without_evidence_is_told_by_both(whole: Reading) -> None:
    report = checked(whole, drop("/stand_in/", f"<{NS}evidence>"))
    assert errors(report) == [Reason.MISSING]
    assert "gz:evidence" in {v.path for v in report.violations}
    assert not report.conforms


def test_a_text_that_is_not_in_the_source_is_told(whole: Reading) -> None:
    report = checked(whole, text=whole.source.text.replace("岑望舒—闻一苇", "岑望舒一闻一苇"))
    (error,) = report.evidence
    assert error.reason is Reason.TEXT
    assert (error.expected, error.found) == ("岑望舒—闻一苇", "岑望舒一闻一苇")
    assert "岑望舒一闻一苇" in report.text()


def test_a_source_that_got_shorter_is_told(whole: Reading) -> None:
    assert set(errors(checked(whole, text="一、总则\n（一）任务\n"))) == {Reason.TEXT}


def test_a_quote_that_is_not_its_evidence_is_told(whole: Reading) -> None:
    line = 'quote> "岑望舒—闻一苇"'
    report = checked(whole, swap(line, 'quote> "岑望舒—别的人"'))
    assert errors(report) == [Reason.QUOTE]


def test_spans_that_are_not_those_of_the_evidence_are_told(whole: Reading) -> None:
    span = next(str(f.evidence.spans[0]) for f in whole.facts if f.kind == "stand_in")
    report = checked(whole, swap(f'evidenceSpans> "{span}"', 'evidenceSpans> "1-2"'))
    assert errors(report) == [Reason.UNLISTED]


def test_a_source_that_is_not_given_is_told_once(whole: Reading) -> None:
    report = check(Store.of(lines(whole)), {})
    assert errors(report) == [Reason.SOURCE]


def test_a_quote_over_two_places_is_read_in_their_order() -> None:
    line: dict[str, Any] = {"doc": NOTICE, "kind": "stand_in", "a": "岑望舒", "b": "闻一苇", "quote": "岑望舒|闻一苇"}
    read = reading([line])
    assert checked(read).conforms
    (fact,) = read.facts
    turned = replace(read, facts=(replace(fact, evidence=replace(fact.evidence, spans=fact.evidence.spans[::-1])),))
    assert errors(checked(turned)) == [Reason.QUOTE]


def test_one_fact_in_two_sources_has_the_evidence_of_both() -> None:
    line: dict[str, Any] = {"doc": NOTICE, "kind": "stand_in", "a": "岑望舒", "b": "闻一苇", "quote": "岑望舒—闻一苇"}
    other = {**line, "a": "闻一苇", "b": "岑望舒", "quote": "闻一苇—岑望舒"}
    reads = [reading([line]), reading([line, other])]
    store = Store.of(quad for read in reads for quad in lines(read))
    report = check(store, {read.source.sha256: read.source.text for read in reads})
    assert report.conforms, report.text()
    assert report.counts["sources"] == 2


def test_a_line_of_the_report_says_what_and_where_in_two_languages(whole: Reading) -> None:
    report = checked(whole, swap('"~"', '"≈"'))
    (violation,) = (v for v in report.violations if v.severity is V)
    assert str(violation) == (
        f"{violation.focus} gz:comparator: 比较符须为 = >= <= < > ~ 之一 / The comparator must be one of = >= <= < > ~ (got '≈')"
    )
    assert violation.focus.startswith(f"{BASE}fund/")
    assert "违规 / violations: 1" in report.text()
    assert "未通过" in report.text()


def test_a_long_report_is_cut(whole: Reading) -> None:
    report = checked(whole, text="")
    assert len(report.text(limit=3).splitlines()) < 12
    assert f"and {len(report.evidence) - 3} more" in report.text(limit=3)


def test_no_control_character_of_a_source_reaches_a_terminal(whole: Reading) -> None:
    report = checked(whole, text=whole.source.text.replace("岑望舒", "岑\x1b[31m"))
    assert report.evidence
    assert "\x1b" not in report.text(limit=1000)


def test_results_come_in_one_order(whole: Reading) -> None:
    spoiled = swap('"~"', '"≈"')
    first, second = (checked(whole, spoiled).violations for _ in range(2))
    assert first == second
    assert [v.severity for v in first] == sorted((v.severity for v in first), key=list(Severity).index)


def test_graphs_are_merged_before_they_are_checked() -> None:
    # A party described in the graph of another source is a party.
    reads: Iterable[Reading] = [reading(), reading([], name="另一期.txt")]
    store = Store.of(quad for read in reads for quad in lines(read))
    assert len([g for g in store.graphs() if g.startswith(source_graph("")[:-1])]) >= 2
    assert check(store).conforms


def test_pyshacl_waits_until_it_is_needed() -> None:
    code = "import sys, kg.check; assert not {'pyshacl', 'rdflib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_demo_gazette_conforms(demo_graph: Any) -> None:
    sources = {read.source.sha256: read.source.text for read in demo_graph.readings}
    report = check(demo_graph.store, sources)
    assert report.conforms, report.text()
    assert report.reread
