"""The lists are sound: nothing twice, nothing that names a place, and what is short for several things says so."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from kg.grammar.agency_kinds import _forms, agency_name, full_name, meanings
from kg.grammar.organisations import is_organisation
from kg.lexicon import parts, table, words

AGENCIES: list[dict[str, Any]] = table("agencies")["agency"]
ENTRIES = [(agency["id"], entry) for agency in AGENCIES for entry in agency["name"]]
FORMS = [(form, party) for party in (False, True) for form in _forms(party)]


def test_a_list_names_no_word_twice() -> None:
    for part, entries in parts("organisations").items():
        assert len(entries) == len(set(entries)), part
    lengths = [len(word) for word in words("organisations")]
    assert lengths == sorted(lengths, reverse=True)


def test_kinds_of_agencies_are_told_apart() -> None:
    for field in ("id", "label"):
        assert [value for value, n in Counter(agency[field] for agency in AGENCIES).items() if n > 1] == []
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", agency["id"]) for agency in AGENCIES)
    assert all(set(agency) <= {"id", "label", "party", "name"} for agency in AGENCIES)


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=lambda value: value if isinstance(value, str) else "")
def test_an_entry_is_sound(kind: str, entry: dict[str, Any]) -> None:
    assert set(entry) <= {"stem", "organs", "short", "from", "to"}, kind
    assert 1949 <= entry.get("from", 1949) < entry.get("to", 2100), "the years are in order"
    for field in ("organs", "short"):
        assert len(entry.get(field, ())) == len(set(entry.get(field, ())))
    assert entry["stem"] not in entry.get("short", ())


def test_a_name_in_full_is_of_one_kind_and_said_once() -> None:
    party = {agency["id"] for agency in AGENCIES if agency.get("party")}
    full = Counter(
        (kind in party, entry["stem"] + organ) for kind, entry in ENTRIES for organ in entry.get("organs", [""])
    )
    assert [name for name, n in full.items() if n > 1] == []


def test_what_is_short_for_several_names_is_marked() -> None:
    several = {form for form, party in FORMS if len(meanings(form, party=party)) > 1}
    assert sorted(several) == sorted(table("agencies")["ambiguous"])


def test_what_is_certain_leads_to_what_is_certain() -> None:
    for form, party in FORMS:
        if name := agency_name(form, party=party):
            assert agency_name(name.full, party=party) == name, form


NO_SUFFIX = {"人民代表大会", "办"}
"""A congress is a meeting as well; 区委办 is the office of a committee, 办 alone is nothing."""


@pytest.mark.parametrize("form", sorted({form for form, _ in FORMS}))
def test_a_form_is_an_organisation_and_no_place(form: str) -> None:
    assert is_organisation(form) or form in NO_SUFFIX
    assert re.fullmatch(r"[\u4e00-\u9fff、]{1,18}", form)
    assert not re.match(r"中国|[\u4e00-\u9fff]{2,3}(?:[省县州旗]|市(?![场政容]))|[区县省]", form)


@pytest.mark.parametrize(
    ("name", "full", "start"),
    [
        ("发改委", "发展和改革委员会", 2003),
        ("发展改革委", "发展和改革委员会", 2003),
        ("发展与改革委员会", "发展和改革委员会", 2003),
        ("发改局", "发展和改革局", 2003),
        ("人社局", "人力资源和社会保障局", 2008),
        ("人力社保局", "人力资源和社会保障局", 2008),
        ("人力资源社会保障厅", "人力资源和社会保障厅", 2008),
        ("劳动保障局", "劳动和社会保障局", 1998),
        ("住房城乡建委", "住房和城乡建设委员会", 2008),
        ("住建局", "住房和城乡建设局", 2008),
        ("卫健委", "卫生健康委员会", 2018),
        ("卫计委", "卫生和计划生育委员会", 2013),
        ("卫生局", "卫生局", None),
        ("规划资源局", "规划和自然资源局", 2018),
        ("国土局", "国土资源局", 1998),
        ("环保局", "环境保护局", None),
        ("市监局", "市场监督管理局", 2014),
        ("食药监局", "食品药品监督管理局", 2003),
        ("安监局", "安全生产监督管理局", 2001),
        ("应急局", "应急管理局", 2018),
        ("国资委", "国有资产监督管理委员会", 2003),
        ("扶贫办", "扶贫开发办公室", 1993),
        ("残联", "残疾人联合会", 1988),
        ("供销社", "供销合作社联合社", None),
        ("纪委监委", "纪律检查委员会监察委员会", 2016),
        ("政府办公室", "人民政府办公室", None),
    ],
)
def test_a_short_form_is_one_name_in_full(name: str, full: str, start: int | None) -> None:
    found = agency_name(name)
    assert found is not None
    assert (found.full, found.start) == (full, start)


@pytest.mark.parametrize(
    "name", ["文旅局", "交通局", "建委", "农委", "药监局", "大数据局", "城管局", "宣传部", "青云局", ""]
)
def test_what_says_several_names_or_none_is_no_name(name: str) -> None:
    assert agency_name(name) is None
    assert full_name(name) == name


def test_names_of_the_party_are_their_own() -> None:
    assert full_name("编办", party=True) == "机构编制委员会办公室"
    assert full_name("编办") == "编办"
    assert full_name("人社局", party=True) == "人社局"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("人社局就业服务中心", "人力资源和社会保障局就业服务中心"),
        ("住房城乡建委办公室", "住房和城乡建设委员会办公室"),
        ("纪委监委派驻纪检监察组", "纪律检查委员会监察委员会派驻纪检监察组"),
        ("政府督查室", "人民政府督查室"),
        ("政府采购中心", "政府采购中心"),
        ("建委办公室", "建委办公室"),
        ("法院路小学", "法院路小学"),
        ("教委、科委", "教委、科委"),
        ("科技局局长", "科技局局长"),
    ],
)
def test_the_agency_that_a_name_opens_with_is_written_in_full(name: str, full: str) -> None:
    assert full_name(name) == full
