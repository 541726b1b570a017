"""Every shape is broken once, every constraint is told; and what kg finds by SPARQL is what pySHACL finds.

``BROKEN`` has for each message of the shapes the smallest change of a graph in order that breaks it.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import invented
import pyoxigraph as ox
import pytest
import rdflib
from identities import of_every_kind
from invented import reading
from pyshacl import validate
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from reference_shacl import SHAPES, reference

from kg.check import Severity, Violation
from kg.check.shacl import compiled
from kg.check.shapes import violations
from kg.rdf import BASE, NS
from kg.rdf.ontology import read
from kg.store import Store

GRAPH = f"<{BASE}test>"
PREFIX = (
    f"@prefix gz: <{NS}> . @prefix : <{BASE}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> . "
    "@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    "@prefix schema: <https://schema.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix time: <http://www.w3.org/2006/time#> . "
)
KNOWN = "".join(
    f':{name} a gz:{kind} ; skos:prefLabel "{label}"@zh . '
    for name, kind, label in [
        ("bureau", "Agency", "区水务局"),
        ("office", "Agency", "区政府办公室"),
        ("towns", "AgencyGroup", "各乡镇"),
        ("group", "CoordinatingBody", "领导小组"),
        ("cen", "Official", "岑望舒"),
        ("wen", "Official", "闻一苇"),
        ("holder", "OfficeHolder", "区水务局负责人"),
        ("law", "OfficialDocument", "湿地保护办法"),
        ("order", "OfficialDocument", "湿地保护令"),
        ("city", "Division", "远山市"),
        ("province", "Division", "远山省"),
    ]
) + (
    f':file a gz:Source ; gz:sha256 "{"0f" * 32}" ; gz:encoding "utf-8" ; schema:name "公报.txt" . '
    f':other a gz:Source ; gz:sha256 "{"1e" * 32}" ; gz:encoding "utf-8" ; schema:name "公报二.txt" . '
    ":place a oa:SpecificResource ; oa:hasSource :file ; oa:hasSelector :quoted, :placed . "
    ':quoted a oa:TextQuoteSelector ; oa:exact "湿地" . :placed a oa:TextPositionSelector ; oa:start 3 ; oa:end 5 . '
    ':chapter a gz:Section ; gz:sectionPath "一" ; gz:partOf :law ; gz:evidence :place . '
    ":stretch a time:Interval ; time:hasBeginning :day . "
    ':day a time:Instant ; time:inXSDDate "2031-05-01"^^xsd:date . '
    ':sum a schema:MonetaryAmount ; schema:value 12.5 ; schema:currency "CNY" . '
)
"""Nodes of every class to speak of."""


def store_of(turtle: str) -> Store:
    """A store of some Turtle in one graph, beside what it may speak of."""
    triples = ox.parse(PREFIX + KNOWN + turtle, format=ox.RdfFormat.TURTLE)
    return Store.of(f"{t.triple} {GRAPH} ." for t in triples)


def found(turtle: str) -> list[Violation]:
    """What the shapes say about a node ``:x``."""
    return [v for v in violations(store_of(turtle)) if v.focus == f"{BASE}x"]


# ---- The shapes themselves -------------------------------------------------------------------------------------------


def test_the_shapes_are_valid_by_the_shapes_of_shapes() -> None:
    conforms, _, text = validate(rdflib.Graph(), shacl_graph=SHAPES, meta_shacl=True, inference="none")
    assert conforms, text


def languages(subject: rdflib.term.Node, predicate: rdflib.URIRef) -> list[str]:
    values = SHAPES.objects(subject, predicate)
    return sorted(str(value.language) for value in values if isinstance(value, rdflib.Literal))


def targeted() -> set[rdflib.term.Node]:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    return {shape for target in targets for shape in SHAPES.subjects(target)}


def test_every_shape_has_a_label_and_every_result_a_message_in_both_languages() -> None:
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        assert languages(shape, RDFS.label) == ["en", "zh"], shape
    for shape in targeted():
        for inner in SHAPES.objects(shape, SH.property):
            assert languages(inner, SH.message) == ["en", "zh"], SHAPES.value(inner, SH.path)
    for check in compiled(read("shapes.ttl"), {}):
        assert set(check.messages) == {"zh", "en"}, check.query
        assert all(re.match("[A-Z]", text) for language, text in check.messages.items() if language == "en")


def test_the_shapes_have_a_version_and_a_licence() -> None:
    (ontology,) = SHAPES.subjects(RDF.type, OWL.Ontology)
    assert str(SHAPES.value(ontology, OWL.versionIRI)).startswith(f"{ontology}/")
    assert SHAPES.value(ontology, rdflib.DCTERMS.license)


def test_every_class_that_a_graph_has_instances_of_has_a_shape() -> None:
    text = "\n".join([invented.store_of(reading()).dump().decode(), *of_every_kind()])
    classes = set(re.findall(r"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <([^>]+)>", text))
    targets = set(map(str, SHAPES.objects(None, SH.targetClass)))
    assert classes <= targets, classes - targets


def test_every_class_of_the_ontology_has_a_shape() -> None:
    ontology = rdflib.Graph().parse(data=read("gazette.ttl"), format="turtle")
    concepts = set(ontology.subjects(RDFS.subClassOf, rdflib.SKOS.Concept))  # terms of the ontology, not of a graph
    above = {rdflib.URIRef(f"{NS}PersonnelChange")}  # every one of them is an appointment or a removal
    targets = set(SHAPES.objects(None, SH.targetClass))
    assert set(ontology.subjects(RDF.type, OWL.Class)) - concepts - above <= targets


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("documentType", "document-types"),
        ("roleKind", "role-kinds"),
        ("postKind", "post-kinds"),
        ("modalityKind", "modality-kinds"),
        ("outcome", "decision-outcomes"),
        ("eventKind", "event-kinds"),
        ("deadlineKind", "deadline-kinds"),
        ("contradictionKind", "contradiction-kinds"),
    ],
)
def test_the_concepts_that_a_shape_allows_are_those_of_their_scheme(path: str, scheme: str) -> None:
    concepts = set(rdflib.Graph().parse(data=read(f"schemes/{scheme}.ttl")).subjects(RDF.type, rdflib.SKOS.Concept))
    lists = [SHAPES.value(shape, SH["in"]) for shape in SHAPES.subjects(SH.path, rdflib.URIRef(NS + path))]
    assert lists
    for head in lists:
        assert head
        assert set(Collection(SHAPES, head)) == concepts


# ---- Each shape is broken --------------------------------------------------------------------------------------------

STATEMENT = (
    ' a gz:Statement ; gz:evidence :place ; gz:quote "湿地" ; gz:evidenceSpans "3-5" ; gz:documentKey "湿地保护办法" ; '
    'gz:rule "by.hand" ; gz:inSection :chapter ; gz:inDocument :order .'
)


def said(turtle: str) -> str:
    """The Turtle of a kind of statement, with what every statement has."""
    return f"{turtle} :x{STATEMENT}"


POST = said(
    ':x a gz:PostHolding ; gz:personName "岑望舒" ; gz:person :cen ; gz:postTitle "局长" ; gz:organization :bureau .'
)
APPOINTMENT = said(':x a gz:Appointment ; gz:personName "岑望舒" ; gz:action "任" ; gz:postTitle "局长" .')
MEMBER = said(
    ':x a gz:Membership ; gz:groupName "领导小组" ; gz:group :group ; gz:memberName "岑望舒" ; gz:member :cen .'
)
SEAT = said(
    ':x a gz:Seat ; gz:groupName "领导小组" ; gz:group :group ; gz:organizationName "水务局" ; gz:organization :bureau .'
)
STAND_IN = said(':x a gz:StandIn ; gz:partnerAName "岑" ; gz:partnerBName "闻" ; gz:partnerA :cen ; gz:partnerB :wen .')
DUTY = said(':x a gz:Responsibility ; gz:agentName "区水务局" ; gz:agent :bureau ; gz:matter "湿地" .')
NORM = said(':x a gz:Norm ; gz:agentName "区水务局" ; gz:agent :bureau ; gz:modality "不得" ; gz:matter "填埋湿地" .')
CONTACT = said(
    ':x a gz:ContactPoint ; gz:phone "000-0007" ; gz:postcode "000000" ; gz:website "http://qiyun.example" .'
)
FUND = said(':x a gz:Fund ; gz:amount 12.5 ; gz:comparator ">=" ; gz:payer :bureau ; gz:payee :towns .')
TARGET = said(':x a gz:Target ; gz:subject "率" ; gz:value 90.0 ; gz:comparator "=" ; gz:by "2033"^^xsd:gYear .')
ON = said(':x a gz:Deadline ; gz:on "2031-06"^^xsd:gYearMonth ; gz:due "2031-06-30"^^xsd:date ; gz:agent :bureau .')
SPAN = said(':x a gz:Deadline ; gz:start "2031-05-01"^^xsd:date ; gz:end "2031-09-30"^^xsd:date .')
EVERY = said(':x a gz:Deadline ; gz:every "FREQ=MONTHLY;BYMONTHDAY=25" .')
WITHIN = said(':x a gz:Deadline ; gz:within "P20BD" ; gz:after "收到申请" .')
CITES = said(':x a gz:Reference ; gz:citedTitle "湿地保护办法" ; gz:cited :law .')
EVENT = said(
    ':x a gz:Event ; gz:eventType "表彰" ; gz:agent :bureau ; gz:patient :cen ; gz:what "先进" ; gz:date "2030-10-16/2030-12-19" .'
)
PART = said(
    ':x a gz:Affiliation ; gz:organizationName "站" ; gz:parentOrganizationName "局" ; gz:parentOrganization :bureau .'
)
DOCUMENT = said(
    ':x a gz:OfficialDocument ; gz:title "通知" ; gz:number "栖云府发〔2031〕7号" ; gz:dateOfDocument "2031-03-09"^^xsd:date ; gz:issuer :bureau ; gz:isPublic true .'
)
ISSUE = said(
    ':x a gz:GazetteIssue ; gz:title "公报" ; gz:issueNumber "第2期" ; gz:publicationDate "2031-04"^^xsd:gYearMonth ; gz:sponsor :bureau .'
)
SECTION = ':x a gz:Section ; gz:sectionPath "一" ; gz:sectionNumber "一" ; gz:heading "总则" ; gz:partOf :law ; gz:evidence :place .'
SOURCE = f':x a gz:Source ; gz:sha256 "{"0f" * 32}" ; gz:encoding "utf-8" ; schema:name "公报.txt" .'
EVIDENCE = ":x a oa:SpecificResource ; oa:hasSource :file ; oa:hasSelector :quoted, :placed ."
QUOTE = ':x a oa:TextQuoteSelector ; oa:exact "湿地" .'
POSITION = ":x a oa:TextPositionSelector ; oa:start 3 ; oa:end 5 ."
SOFTWARE = ':x a prov:SoftwareAgent ; schema:name "gongbao-kg" ; schema:softwareVersion "1" .'
GAZETTE = ':x a gz:Gazette ; skos:prefLabel "栖云区人民政府公报"@zh .'
AGENCY = (
    ':x a gz:Agency ; skos:prefLabel "区水务局"@zh ; gz:jurisdiction "栖云区" ; gz:inDivision :city ; '
    "org:subOrganizationOf :bureau ."
)
DIVISION = ':x a gz:Division ; skos:prefLabel "栖云区"@zh ; gz:divisionCode "990101" ; schema:containedInPlace :city .'
OFFICIAL = ':x a gz:Official ; skos:prefLabel "岑望舒"@zh ; gz:holdsPostIn :bureau ; gz:standsInFor :wen .'
DECISION = (
    ':x a gz:IdentityDecision ; gz:outcome gz:OutcomeSame ; gz:decidedBy "agency.key" ; gz:reason "同名"@zh ; '
    "gz:about :bureau ."
)
SENSE = ":x a gz:Sense ; gz:senseOf :wen ; gz:usedIri :cen ; gz:inSource :file ."
REORGANISATION = (
    ":x a gz:Reorganisation ; org:originalOrganization :bureau ; org:resultingOrganization :bureau ; "
    'gz:date "2019-03-31"^^xsd:date ; gz:reason "改革"@zh .'
)
SUM = ':x a schema:MonetaryAmount ; schema:value 12.5 ; schema:currency "CNY" .'
INSTANT = ':x a time:Instant ; time:inXSDgYear "2031"^^xsd:gYear .'
INTERVAL = ":x a time:ProperInterval ; time:hasBeginning :day ; time:hasEnd :day ."
DURING = ":x a time:Interval ; time:hasBeginning :day ; time:hasEnd :day ."
STOOD = f"{MEMBER} :x org:memberDuring :stretch ; gz:during :stretch ; gz:endedBy :y . :y{STATEMENT}"
TENURE = (
    ':x a gz:Tenure ; gz:personName "岑望舒" ; gz:person :cen ; gz:organization :bureau ; gz:postTitle "局长" ; '
    'gz:during :stretch ; org:memberDuring :stretch ; gz:lastSaid "2031-05"^^xsd:gYearMonth ; '
    'gz:probationEnds "2032-05-01"^^xsd:date ; gz:beganBy :y ; gz:endedBy :z . '
    f':y a gz:Appointment ; gz:personName "岑望舒" ; gz:action "任" ; gz:postTitle "局长" . :y{STATEMENT} :z{STATEMENT}'
)
CONTRADICTION = (
    ":x a gz:Contradiction ; gz:contradictionKind gz:ContradictionTwoHolders ; gz:oneSide :y ; gz:otherSide :z ; "
    'sh:resultSeverity sh:Warning ; sh:resultMessage "两人同任一职"@zh, "two hold it"@en . '
    f":w{STATEMENT} :y{STATEMENT} :z{STATEMENT}"
)
PART_OF_SUM = (
    f'{FUND} :x gz:partOfSum :y . :y a gz:Target ; gz:subject "人" ; gz:value 3.0 ; gz:comparator "=" . :y{STATEMENT}'
)
LASTING = ':x a time:ProperInterval ; time:hasXSDDuration "P6M"^^xsd:duration .'
LAW = ':x a gz:OfficialDocument ; skos:prefLabel "湿地保护条例"@zh . :bureau gz:answersFor :x . :law gz:cites :x .'
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
    *(PART, DOCUMENT, ISSUE, SECTION, SOURCE, EVIDENCE, QUOTE, POSITION, SOFTWARE, GAZETTE, AGENCY, OFFICIAL, DIVISION),
    *(DECISION, SENSE, REORGANISATION),
    *(SUM, INSTANT, INTERVAL, DURING, LASTING, LAW, STOOD, TENURE, CONTRADICTION, PART_OF_SUM),
]


@pytest.mark.parametrize("turtle", GOOD, ids=[turtle.split()[2] for turtle in GOOD])
def test_what_is_in_order_is_left_alone(turtle: str) -> None:
    assert found(turtle) == []


V, W, HINT = Severity.VIOLATION, Severity.WARNING, Severity.INFO

BROKEN = [
    (CONTRADICTION, "gz:ContradictionTwoHolders", "gz:TypeNotice", "gz:contradictionKind", V, "一种"),
    (CONTRADICTION, "gz:contradictionKind gz:ContradictionTwoHolders ; ", "", "gz:contradictionKind", V, "一种"),
    (
        CONTRADICTION,
        "gz:ContradictionTwoHolders",
        "gz:ContradictionTwoHolders, gz:ContradictionTwoSeats",
        "gz:contradictionKind",
        V,
        "一种",
    ),
    (CONTRADICTION, "gz:oneSide :y ; ", "", "gz:oneSide", V, "一方须为一条陈述"),
    (CONTRADICTION, "gz:oneSide :y", "gz:oneSide :y, :w", "gz:oneSide", V, "一方须为一条陈述"),
    (CONTRADICTION, "gz:oneSide :y", "gz:oneSide :law", "gz:oneSide", V, "一方须为一条陈述"),
    (CONTRADICTION, "gz:otherSide :z", "gz:otherSide :law", "gz:otherSide", V, "另一方须为陈述"),
    (CONTRADICTION, "gz:otherSide :z", "gz:otherSide :y", "gz:otherSide", V, "不是同一条"),
    (CONTRADICTION, "sh:Warning", "sh:Violation", "sh:resultSeverity", V, "提醒或提示"),
    (CONTRADICTION, "sh:resultSeverity sh:Warning ; ", "", "sh:resultSeverity", V, "提醒或提示"),
    (CONTRADICTION, "sh:Warning", "sh:Warning, sh:Info", "sh:resultSeverity", V, "提醒或提示"),
    (CONTRADICTION, '"two hold it"@en', '"two hold it"', "sh:resultMessage", V, "须有说明"),
    (CONTRADICTION, '"two hold it"@en', '"又一句"@zh', "sh:resultMessage", V, "须有说明"),
    (CONTRADICTION, ' ; sh:resultMessage "两人同任一职"@zh, "two hold it"@en', "", "sh:resultMessage", V, "须有说明"),
    (PART_OF_SUM, "gz:partOfSum :y", "gz:partOfSum :law", "gz:partOfSum", V, "所属的总数"),
    (AGENCY, '"区水务局"@zh', '""@zh', "skos:prefLabel", V, "须有名称"),
    (SOURCE, f'gz:sha256 "{"0f" * 32}" ; ', "", "gz:sha256", V, "散列值"),
    (FUND, 'gz:comparator ">=" ; ', "", "gz:comparator", V, "比较符"),
    (
        DURING,
        "time:hasEnd :day",
        'time:hasEnd :day, :eve . :eve a time:Instant ; time:inXSDgYear "2032"^^xsd:gYear',
        "time:hasEnd",
        V,
        "结束须为",
    ),
    (
        APPOINTMENT,
        'gz:Appointment ; gz:personName "岑望舒" ; gz:action "任"',
        'gz:Removal ; gz:personName "岑望舒"',
        "gz:action",
        V,
        "免",
    ),
    (DURING, " ; time:hasBeginning :day ; time:hasEnd :day", "", "time:hasBeginning|time:hasEnd", V, "开始或结束"),
    (DURING, "time:hasBeginning :day", "time:hasBeginning :law", "time:hasBeginning", V, "开始须为"),
    (DURING, "time:hasEnd :day", "time:hasEnd :law", "time:hasEnd", V, "结束须为"),
    (STOOD, "gz:during :stretch", "gz:during :day", "gz:during", V, "time:Interval"),
    (STOOD, "gz:endedBy :y", "gz:endedBy :law", "gz:endedBy|gz:beganBy|gz:saidBy", V, "陈述为据"),
    (STOOD, "org:memberDuring :stretch", "org:memberDuring :day", "org:memberDuring", V, "任职期间须为"),
    (DUTY, "gz:agent :bureau", "org:memberDuring :stretch", None, V, "任职、席位或任期"),
    (TENURE, 'gz:personName "岑望舒" ; gz:person ', "gz:person ", "gz:personName", V, "一个姓名"),
    (TENURE, "gz:person :cen", "gz:person :bureau", "gz:person", V, "任期的人员"),
    (TENURE, "gz:organization :bureau", "gz:organization :cen", "gz:organization", V, "任期的机构"),
    (TENURE, 'gz:postTitle "局长" ; gz:during', "gz:during", "gz:postTitle", V, "一个职务"),
    (TENURE, "gz:during :stretch", "gz:during :stretch, :time", "gz:during", V, "至多有一个存续期间"),
    (TENURE, "gz:beganBy :y ; gz:endedBy :z", "", "gz:beganBy|gz:saidBy|gz:endedBy", V, "开始、载明或终止它"),
    (TENURE, "gz:beganBy :y", "gz:beganBy :z", "gz:beganBy", V, "一项任命"),
    (TENURE, "gz:endedBy :z", "gz:endedBy :z, :y", "gz:endedBy", V, "至多一个"),
    (TENURE, '"2031-05"^^xsd:gYearMonth', '"五月"', "gz:lastSaid", V, "最近见载"),
    (TENURE, '"2032-05-01"^^xsd:date', '"2032"', "gz:probationEnds|gz:termEnds", V, "须为某日"),
    # what was in order, what is put in the place of what, the path blamed, severity, words of the message
    (POST, 'gz:personName "岑望舒" ; ', "", "gz:personName", V, "姓名"),
    (POST, 'gz:personName "岑望舒"', 'gz:personName "岑望舒", "闻一苇"', "gz:personName", V, "姓名"),
    (POST, "gz:person :cen", "gz:person :bureau", "gz:person", V, "人员"),
    (POST, "gz:organization :bureau", "gz:organization :cen", "gz:organization", V, "机构"),
    (POST, 'gz:postTitle "局长"', 'gz:postTitle ""', "gz:postTitle", V, "职务"),
    (POST, 'gz:postTitle "局长" ; ', "", "gz:organizationName|gz:postTitle", W, "机构或职务"),
    (APPOINTMENT, 'gz:action "任"', 'gz:action "免"', "gz:action", V, "不得为“免”"),
    (APPOINTMENT, ' ; gz:action "任"', "", "gz:action", V, "用词"),
    (STAND_IN, ' ; gz:partnerAName "岑"', "", "gz:partnerAName", V, "A角"),
    (APPOINTMENT, "gz:Appointment", "gz:Removal", "gz:action", V, "免"),
    (APPOINTMENT, "gz:action", 'gz:date "2031-03"^^xsd:string ; gz:action', "gz:date", V, "日期"),
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
    (CITES, "gz:cited :law", "gz:cited :order", "gz:cited", W, "自身"),
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
    (SECTION, 'gz:sectionNumber "一"', 'gz:sectionNumber "一", "二"', "gz:sectionNumber", V, "序号"),
    (SECTION, 'gz:heading "总则"', 'gz:heading "总则", "附则"', "gz:heading", V, "标题"),
    (SECTION, " ; gz:evidence :place", "", "gz:evidence", V, "依据"),
    (SOURCE, "0f", "0F", "gz:sha256", V, "散列值"),
    (SOURCE, ' ; schema:name "公报.txt"', "", "schema:name", V, "文件名"),
    (SOURCE, 'gz:encoding "utf-8" ; ', "", "gz:encoding", V, "字符编码"),
    (EVIDENCE, "oa:hasSource :file ; ", "", "oa:hasSource", V, "一个来源"),
    (EVIDENCE, ":quoted, :placed", ":quoted", "oa:hasSelector", V, "两个选择器"),
    (EVIDENCE, ":quoted, :placed", ":placed, :law", "oa:hasSelector/oa:exact", V, "一段原文"),
    (EVIDENCE, ":quoted, :placed", ":quoted, :law", "oa:hasSelector/oa:start", V, "一个起点"),
    (QUOTE, '"湿地"', '""', "oa:exact", V, "非空原文"),
    (QUOTE, ' ; oa:exact "湿地"', "", "oa:exact", V, "非空原文"),
    (POSITION, "oa:start 3", "oa:start 5", "oa:start", V, "起点"),
    (POSITION, "oa:start 3", 'oa:start "三"', "oa:start", V, "起点"),
    (POSITION, "oa:end 5", "oa:end 5, 6", "oa:end", V, "终点"),
    (SOFTWARE, 'schema:name "gongbao-kg" ; ', "", "schema:name", V, "名称"),
    (SOFTWARE, 'schema:softwareVersion "1"', 'schema:softwareVersion "1", "2"', "schema:softwareVersion", V, "版本"),
    (DUTY, "gz:Statement", "skos:Concept", "rdf:type", V, "gz:Statement"),
    (DUTY, "gz:evidence :place ; ", "", "gz:evidence", V, "原文依据"),
    (GAZETTE, '公报"@zh', '公报"@zh, "栖云公报"@zh', "skos:prefLabel", V, "公报须有名称"),
    (DUTY, 'gz:quote "湿地"', 'gz:quote "湿 地"', "gz:quote", V, "引文"),
    (DUTY, '"3-5"', '"3–5"', "gz:evidenceSpans", V, "区间"),
    (DUTY, 'gz:documentKey "湿地保护办法"', 'gz:documentKey ""', "gz:documentKey", V, "所在文件"),
    (DUTY, 'gz:rule "by.hand" ; ', "", "gz:rule", V, "规则"),
    (DUTY, "gz:inSection :chapter", "gz:inSection :law", "gz:inSection", V, "章节"),
    (DUTY, "gz:inDocument :order", "gz:inDocument :cen", "gz:inDocument", V, "所在文件"),
    (GAZETTE, ' ; skos:prefLabel "栖云区人民政府公报"@zh', "", "skos:prefLabel", V, "公报须有名称"),
    (ISSUE, 'gz:title "公报" ; ', "", "skos:prefLabel|gz:title", V, "名称或刊名"),
    (ISSUE, 'gz:issueNumber "第2期"', 'gz:issueNumber "第2期", "第3期"', "gz:issueNumber", V, "一个期号"),
    (ISSUE, "gz:issueNumber", 'gz:totalNumber "8", "9" ; gz:issueNumber', "gz:totalNumber", V, "总期号"),
    (ISSUE, '"2031-04"^^xsd:gYearMonth', '"四月"', "gz:publicationDate", V, "出版日期"),
    (ISSUE, 'gz:publicationDate "2031-04"^^xsd:gYearMonth ; ', "", "gz:publicationDate", HINT, "未见出版日期"),
    (ISSUE, "gz:sponsor :bureau", "gz:supervisor :cen", "gz:supervisor", V, "主管单位"),
    (ISSUE, "gz:sponsor :bureau", "gz:publisher :cen", "gz:publisher", V, "编辑出版单位"),
    (LAW, ' ; skos:prefLabel "湿地保护条例"@zh', "", "skos:prefLabel|gz:title", V, "名称或标题"),
    (LAW, "gz:OfficialDocument", "gz:Agency", None, V, "承担职责须在"),
    (LAW, "gz:OfficialDocument", "gz:Agency", None, V, "引用者与被引者"),
    (OFFICIAL, "gz:standsInFor :wen", "gz:standsInFor :law", "gz:standsInFor", V, "互为AB角"),
    (OFFICIAL, "gz:holdsPostIn :bureau", "gz:holdsPostIn :wen", "gz:holdsPostIn", V, "任职所在"),
    (OFFICIAL, "岑望舒", "岑望舒2", "skos:prefLabel", W, "姓名"),
    (OFFICIAL, '"岑望舒"@zh', '"岑望舒"@zh, "岑 望舒"@zh', "skos:prefLabel", V, "每种语言至多一个"),
    (OFFICIAL, "gz:Official ;", "gz:Official, gz:Agency ;", "rdf:type", W, "不止一类"),
    (AGENCY, 'skos:prefLabel "区水务局"@zh ; ', "", "skos:prefLabel", V, "名称"),
    (AGENCY, '"区水务局"@zh', '"区水务局"@zh ; skos:altLabel ""@zh', "skos:altLabel", V, "别名"),
    (AGENCY, '"区水务局"@zh', '"区水务局"@zh ; skos:altLabel "区水务局"@zh', "skos:altLabel", W, "首选名称"),
    (AGENCY, 'gz:jurisdiction "栖云区"', 'gz:jurisdiction "栖云区", "临水区"', "gz:jurisdiction", V, "行政区域"),
    (AGENCY, "gz:inDivision :city", "gz:inDivision :bureau", "gz:inDivision", V, "行政区划"),
    (AGENCY, "gz:inDivision :city", "gz:inDivision :city, :province", "gz:inDivision", V, "行政区划"),
    (DECISION, "gz:outcome gz:OutcomeSame ; ", "", "gz:outcome", V, "结果"),
    (DECISION, "gz:OutcomeSame", "gz:OutcomeSame, gz:OutcomeOpen", "gz:outcome", V, "结果"),
    (DECISION, "gz:OutcomeSame", "gz:RoleLead", "gz:outcome", V, "结果"),
    (DECISION, 'gz:decidedBy "agency.key" ; ', "", "gz:decidedBy", V, "规则"),
    (DECISION, '"agency.key"', '"agency.key", "person.key"', "gz:decidedBy", V, "规则"),
    (DECISION, '"agency.key"', '""', "gz:decidedBy", V, "规则"),
    (DECISION, '"agency.key"', '"agency.key"@en', "gz:decidedBy", V, "规则"),
    (DECISION, 'gz:reason "同名"@zh ; ', "", "gz:reason", V, "认定须写明理由"),
    (DECISION, '"同名"@zh', '"同名"@zh, "同号"@zh', "gz:reason", V, "认定须写明理由"),
    (DECISION, '"同名"@zh', '""@zh', "gz:reason", V, "认定须写明理由"),
    (SENSE, "gz:senseOf :wen ; ", "", "gz:senseOf", V, "对象"),
    (SENSE, ":wen", ":wen, :cen", "gz:senseOf", V, "对象"),
    (SENSE, ":wen", '"闻一苇"', "gz:senseOf", V, "对象"),
    (SENSE, "gz:usedIri :cen ; ", "", "gz:usedIri", V, "IRI"),
    (SENSE, ":cen", ":cen, :wen", "gz:usedIri", V, "IRI"),
    (SENSE, ":cen", '"岑望舒"', "gz:usedIri", V, "IRI"),
    (SENSE, " ; gz:inSource :file", "", "gz:inSource", V, "来源"),
    (SENSE, ":file", ":bureau", "gz:inSource", V, "来源"),
    (SENSE, ":file", ":file, :other", "gz:inSource", V, "来源"),
    (REORGANISATION, "org:originalOrganization :bureau ; ", "", "org:originalOrganization", V, "原机构"),
    (
        REORGANISATION,
        "org:originalOrganization :bureau",
        "org:originalOrganization :cen",
        "org:originalOrganization",
        V,
        "原机构",
    ),
    (REORGANISATION, "org:resultingOrganization :bureau ; ", "", "org:resultingOrganization", V, "承接机构"),
    (
        REORGANISATION,
        "org:resultingOrganization :bureau",
        "org:resultingOrganization :cen",
        "org:resultingOrganization",
        V,
        "承接机构",
    ),
    (
        REORGANISATION,
        "org:resultingOrganization :bureau",
        "org:resultingOrganization :bureau, :office",
        "org:resultingOrganization",
        V,
        "承接机构",
    ),
    (REORGANISATION, 'gz:date "2019-03-31"^^xsd:date ; ', "", "gz:date", V, "完成日期"),
    (REORGANISATION, '"2019-03-31"^^xsd:date', '"三月"', "gz:date", V, "完成日期"),
    (REORGANISATION, '"2019-03-31"^^xsd:date', '"2019-03-31"^^xsd:date, "2019"^^xsd:gYear', "gz:date", V, "完成日期"),
    (REORGANISATION, ' ; gz:reason "改革"@zh', "", "gz:reason", V, "机构沿革须写明理由"),
    (REORGANISATION, '"改革"@zh', '"改革"@zh, "撤并"@zh', "gz:reason", V, "机构沿革须写明理由"),
    (REORGANISATION, '"改革"@zh', '""@zh', "gz:reason", V, "机构沿革须写明理由"),
    (DIVISION, "990101", "9901", "gz:divisionCode", V, "六位"),
    (DIVISION, '"990101"', '"990101", "990102"', "gz:divisionCode", V, "六位"),
    (DIVISION, '"990101"', '"990101"@zh', "gz:divisionCode", V, "六位"),
    (DIVISION, ":city", ":bureau", "schema:containedInPlace", V, "上级区划"),
    (DIVISION, ":city", ":city, :province", "schema:containedInPlace", V, "上级区划"),
    (AGENCY, "org:subOrganizationOf :bureau", "org:subOrganizationOf :cen", "org:subOrganizationOf", V, "上级"),
    (AGENCY, "org:subOrganizationOf :bureau", "gz:memberOf :cen", "gz:memberOf", V, "成员所属"),
    (POST, "gz:postTitle", "gz:postKind gz:RoleLead ; gz:postTitle", "gz:postKind", V, "职务类别"),
    (POST, "gz:postTitle", 'gz:organizationName "" ; gz:postTitle', "gz:organizationName", V, "任职机构名称"),
    (APPOINTMENT, 'gz:personName "岑望舒" ; ', "", "gz:personName", V, "姓名"),
    (APPOINTMENT, "gz:action", "gz:person :bureau ; gz:action", "gz:person", V, "被任免者"),
    (APPOINTMENT, "gz:action", 'gz:organizationName "" ; gz:action', "gz:organizationName", V, "任免机构名称"),
    (APPOINTMENT, "gz:action", "gz:organization :cen ; gz:action", "gz:organization", V, "任免所在"),
    (APPOINTMENT, ' ; gz:postTitle "局长"', "", "gz:organizationName|gz:postTitle", V, "机构或职务"),
    (APPOINTMENT, "gz:action", "gz:postKind gz:PostHead, gz:PostDeputy ; gz:action", "gz:postKind", V, "职务类别"),
    (MEMBER, "gz:member :cen", 'gz:member :cen ; gz:roleName ""', "gz:roleName", V, "席位角色"),
    (MEMBER, "gz:member :cen", "gz:member :cen ; gz:postKind gz:TypeNotice", "gz:postKind", V, "职务类别"),
    (SEAT, 'gz:groupName "领导小组" ; ', "", "gz:groupName", V, "议事协调机构名称"),
    (SEAT, "gz:group :group", "gz:group :cen", "gz:group", V, "设办公室者"),
    (DUTY, "gz:matter", 'gz:roleName "" ; gz:matter', "gz:roleName", V, "角色用词"),
    (DUTY, "gz:matter", 'gz:underHeading "" ; gz:matter', "gz:underHeading", V, "上级标题"),
    (DUTY, "gz:matter", "gz:roleKind gz:PostHead ; gz:matter", "gz:roleKind", V, "角色类别"),
    (NORM, "gz:matter", "gz:modalityKind gz:RoleLead ; gz:matter", "gz:modalityKind", V, "情态类别"),
    (
        CONTACT,
        'gz:phone "000-0007" ; gz:postcode "000000" ; gz:website "http://qiyun.example"',
        'gz:personName "岑望舒"',
        "gz:phone|gz:address|gz:postcode|gz:website",
        V,
        "联系方式须有",
    ),
    (CONTACT, "gz:phone", "gz:person :bureau ; gz:phone", "gz:person", V, "联系人"),
    (CONTACT, "gz:phone", "gz:organization :cen ; gz:phone", "gz:organization", V, "联系单位"),
    (FUND, "gz:payer :bureau", "gz:payer :law", "gz:payer", V, "出资方须为"),
    (FUND, "gz:payee :towns", "gz:payee :law", "gz:payee", V, "受款方须为"),
    (FUND, "gz:comparator", "schema:amount :day ; gz:comparator", "schema:amount", V, "金额节点"),
    (SUM, "schema:value 12.5", 'schema:value "12.5"', "schema:value", V, "数值"),
    (SUM, "CNY", "USD", "schema:currency", V, "人民币"),
    (TARGET, "gz:subject", 'gz:unit "" ; gz:subject', "gz:unit", V, "单位"),
    (TARGET, "gz:subject", "gz:agent :law ; gz:subject", "gz:agent", V, "责任主体"),
    (INSTANT, ' ; time:inXSDgYear "2031"^^xsd:gYear', "", None, V, "之一表示"),
    (
        INSTANT,
        '"2031"^^xsd:gYear',
        '"31"^^xsd:gYear',
        "time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear",
        V,
        "时刻须为",
    ),
    (
        INTERVAL,
        " ; time:hasBeginning :day ; time:hasEnd :day",
        "",
        "time:hasBeginning|time:hasEnd|time:hasXSDDuration",
        V,
        "时段须有",
    ),
    (INTERVAL, "time:hasBeginning :day", "time:hasBeginning :law", "time:hasBeginning", V, "开始"),
    (INTERVAL, "time:hasEnd :day", "time:hasEnd :law", "time:hasEnd", V, "结束"),
    (LASTING, '"P6M"^^xsd:duration', '"P20BD"', "time:hasXSDDuration", V, "时长"),
    (SPAN, '"2031-05-01"^^xsd:date', '"五月"', "gz:start", V, "期间开始"),
    (SPAN, '"2031-09-30"^^xsd:date', '"九月"', "gz:end", V, "期间结束"),
    (ON, "gz:agent :bureau", 'gz:task ""', "gz:task", V, "任务"),
    (ON, "gz:agent :bureau", "gz:agent :law", "gz:agent", V, "期限的责任主体"),
    (ON, "gz:agent :bureau", "gz:deadlineKind gz:RoleLead", "gz:deadlineKind", V, "期限类别"),
    (ON, "gz:agent :bureau", "gz:hasTime :law", "gz:hasTime", V, "时刻或时段"),
    (WITHIN, "gz:after", "gz:duePrecision time:unitDay ; gz:after", "gz:due|gz:firstDue", V, "有精度者"),
    (WITHIN, "gz:after", "gz:duePrecision time:unitDay ; gz:after", "gz:dueBasis", V, "须有依据"),
    (ON, "gz:agent :bureau", "gz:duePrecision time:unitHour", "gz:duePrecision", V, "精度须为"),
    (
        ON,
        "gz:agent :bureau",
        'gz:duePrecision time:unitDay ; gz:firstDue "2031"^^xsd:gYear',
        "gz:firstDue",
        V,
        "首次到期日",
    ),
    (
        ON,
        "gz:agent :bureau",
        'gz:duePrecision time:unitDay ; gz:dueBasis "甲"@zh, "乙"@zh',
        "gz:dueBasis",
        W,
        "不止一个推算依据",
    ),
    (ON, "gz:agent :bureau", 'gz:dueUnresolved "不明"@zh', "gz:due", V, "不得有到期日"),
    (CITES, 'gz:citedTitle "湿地保护办法"', 'gz:citedTitle ""', "gz:citedTitle", V, "被引标题"),
    (CITES, "gz:cited :law", 'gz:citedNumber "甲", "乙"', "gz:citedNumber", V, "被引文号"),
    (EVENT, "gz:agent :bureau", "gz:agent :law", "gz:agent", V, "事件的主体"),
    (EVENT, 'gz:what "先进" ; ', "", "gz:agentName|gz:patientName|gz:what", W, "事件应有"),
    (EVENT, "gz:agent :bureau", "gz:eventKind gz:RoleLead", "gz:eventKind", V, "事件类别"),
    (
        PART,
        "gz:parentOrganization :bureau",
        "gz:organization :bureau ; gz:parentOrganization :bureau",
        "gz:organization",
        V,
        "隶属者",
    ),
    (DOCUMENT, 'gz:title "通知"', 'gz:title ""', "gz:title", V, "标题须为"),
    (
        DOCUMENT,
        '"2031-03-09"^^xsd:date',
        '"2031-03-09"^^xsd:date, "2031-03-10"^^xsd:date',
        "gz:dateOfDocument",
        W,
        "不止一个成文日期",
    ),
    (DOCUMENT, "gz:issuer :bureau", 'gz:effectiveDate "即日"', "gz:effectiveDate", V, "施行日期"),
    (DOCUMENT, "gz:issuer :bureau", 'gz:documentTypeName ""', "gz:documentTypeName", V, "文种须为"),
    (DOCUMENT, "gz:issuer :bureau", "gz:documentType gz:RoleLead", "gz:documentType", V, "文种概念"),
    (DOCUMENT, "gz:issuer :bureau", "gz:addressee :law", "gz:addressee", V, "主送机关"),
    (DOCUMENT, "gz:issuer :bureau", "gz:partOf :cen", "gz:partOf", V, "随文印发"),
    (f"{LAW} :bureau gz:funds :towns .", ":towns .", ":x .", None, V, "资金、行为、隶属"),
    (f"{LAW} :cen gz:holdsPostIn :towns .", ":towns .", ":x .", None, V, "任职、任免"),
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
    broken = found(good.replace(old, new, 1))
    assert [(v.path, v.severity) for v in broken if words in v.message_zh] == [(path, severity)], broken


def test_a_party_without_an_iri_is_told() -> None:
    told = violations(store_of('[] a gz:Agency ; skos:prefLabel "无名"@zh .'))
    assert [(v.path, v.message_en) for v in told] == [(None, "A party must have an IRI")]


def test_a_statement_without_the_common_fields_is_told() -> None:
    told = {v.path for v in found(DUTY.partition(" :x a gz:Statement")[0])}
    assert told == {"gz:evidence", "gz:quote", "gz:evidenceSpans", "gz:documentKey", "gz:rule", "rdf:type"}


def test_every_message_of_the_shapes_is_told_by_some_case() -> None:
    told = {v.message_en for v in violations(broken_at_once())} | {"A party must have an IRI"}
    assert {check.messages["en"] for check in compiled(read("shapes.ttl"), {})} - told == set()


def test_every_constraint_of_the_shapes_finds_something() -> None:
    """Each query has a solution somewhere: among the broken cases, or where the values of a property are mixed up."""
    stores = [broken_at_once(), mixed_up(), store_of("[] a gz:Agency .")]
    unused = [
        check.query
        for check in compiled(read("shapes.ttl"), {})
        if not any(list(store.select(check.query)) for store in stores)
    ]
    assert unused == []


# ---- What pySHACL says -----------------------------------------------------------------------------------------------


def broken_at_once() -> Store:
    """All broken cases in one graph: node ``:x0``, ``:x1`` …"""
    cases = (re.sub(r":x\b", f":x{i}", good.replace(old, new, 1)) for i, (good, old, new, *_) in enumerate(BROKEN))
    return store_of("".join(cases))


def whole_lines() -> list[str]:
    return invented.store_of(reading()).dump().decode().splitlines()


_TRIPLE = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) (<[^>]*>) \.")


def mixed_up() -> Store:
    """A reading of every kind of fact, each value of each property doubled by one that belongs elsewhere."""
    lines = whole_lines()
    odd = {'""', '"三月"', '"-1"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
    values = sorted({match[3] for line in lines if (match := _TRIPLE.fullmatch(line))} | odd)
    dice = random.Random(5)
    more = []
    for line in lines:
        match = _TRIPLE.fullmatch(line)
        assert match
        more += [f"{match[1]} {match[2]} {value} {match[4]} ." for value in dice.choices(values, k=4)]
    return Store.of([*lines, *more])


def spoiled(seed: int) -> Store:
    """A reading with every twentieth line left out, and as many given the value of another."""
    lines = whole_lines()
    dice = random.Random(seed)
    kept = []
    for line in lines:
        chance = dice.random()
        if chance < 0.05:
            continue
        if chance < 0.1 and (match := _TRIPLE.fullmatch(line)) and (other := _TRIPLE.fullmatch(dice.choice(lines))):
            line = f"{match[1]} {match[2]} {other[3]} {match[4]} ."
        kept.append(line)
    return Store.of(kept)


def differences(store: Store) -> Iterator[str]:
    """What one of the two finds and the other does not."""
    ours, theirs = set(violations(store)), set(reference(store))
    yield from (f"only kg: {violation}" for violation in sorted(ours - theirs, key=str))
    yield from (f"only pySHACL: {violation}" for violation in sorted(theirs - ours, key=str))


def test_the_verdict_on_broken_graphs_is_that_of_pyshacl() -> None:
    store = broken_at_once()
    assert list(differences(store)) == []
    assert len(violations(store)) > len(BROKEN)


@pytest.mark.parametrize("seed", range(6))
def test_the_verdict_on_spoiled_graphs_is_that_of_pyshacl(seed: int) -> None:
    store = spoiled(seed)
    assert list(differences(store)) == []
    assert violations(store)


def test_the_verdict_on_values_in_the_wrong_places_is_that_of_pyshacl() -> None:
    assert list(differences(mixed_up())) == []


def test_the_verdict_on_the_demo_is_that_of_pyshacl(demo_graph: Any) -> None:
    assert violations(demo_graph.store) == reference(demo_graph.store) == []


MANY = """
from kg.check.shapes import violations
from kg.store import Store
oa, base = "http://www.w3.org/ns/oa#", "urn:x:"
def lines():
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    for n in range(30_000):
        node, quote, position = (f"<{base}{n}{part}>" for part in ("", "q", "p"))
        for subject, predicate, value in (
            (node, a, f"<{oa}SpecificResource>"), (node, f"{oa}hasSelector", quote), (node, f"{oa}hasSelector", position),
            (quote, a, f"<{oa}TextQuoteSelector>"), (quote, f"{oa}exact", f'"{n}"'),
            (position, a, f"<{oa}TextPositionSelector>"),
            (position, f"{oa}start", f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            (position, f"{oa}end", f'"{n + 1}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ):
            yield f"{subject} <{predicate}> {value} <{base}g> ."
assert {v.path for v in violations(Store.of(lines()))} == {"oa:hasSource"}
"""


def test_the_evidence_of_a_large_graph_is_checked_in_proportion_to_its_size() -> None:
    """It takes two seconds; work that grows faster than the graph would take many minutes."""
    subprocess.run([sys.executable, "-c", MANY], check=True, timeout=60)


def test_a_subclass_that_the_data_declares_counts() -> None:
    turtle = ":Water rdfs:subClassOf gz:Agency . :x a :Water ."
    store = store_of(f"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . {turtle}")
    assert [v.path for v in violations(store)] == ["skos:prefLabel"]
    assert list(differences(store)) == []


# ---- What is not said in SPARQL --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "named"),
    [
        ("sh:property [ sh:path gz:title ; sh:qualifiedMinCount 1 ]", "sh:qualifiedMinCount"),
        ("sh:property [ sh:path [ sh:zeroOrMorePath gz:partOf ] ; sh:minCount 1 ]", "sh:path"),
        ("sh:property [ sh:path gz:title ; sh:datatype xsd:hexBinary ]", "sh:datatype"),
        ("sh:closed true", "sh:closed"),
        ("sh:property [ sh:path gz:partOf ; sh:property [ sh:path gz:title ] ]", "sh:property within sh:property"),
        ("sh:hasValue gz:TypeNotice", "sh:hasValue"),
        ("sh:nodeKind sh:BlankNode", "sh:nodeKind"),
        ("sh:not [ sh:property [ sh:path ( gz:partOf gz:title ) ; sh:minCount 1 ] ]", "sh:path"),
    ],
)
def test_a_constraint_that_is_not_known_is_never_passed_over(constraint: str, named: str) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . " + PREFIX
    with pytest.raises(ValueError, match=re.escape(named)):
        compiled(f"{prefixes} :shape sh:targetClass gz:Agency ; {constraint} .", {})
