"""Which words name one thing in a source, and which do not: tables of words, the home and what they resolve to."""

from __future__ import annotations

import random

import pytest
from cases import notice, reading_of

from kg.model import Duty, Entity, EntityType, Evidence, Fact, Member, Post, Span
from kg.rdf import quads
from kg.resolve import Place, home, parties, places
from kg.resolve.names import local_name
from kg.resolve.places import place_of

HOME = "临汀市云泽区"
EVIDENCE = Evidence((Span(0, 1),), "字")


def duty(agent: str) -> Fact:
    return Duty(doc="文", evidence=EVIDENCE, rule="by_hand", agent=agent, matter="办事")


def member(group: str, name: str) -> Fact:
    return Member(doc="文", evidence=EVIDENCE, rule="by_hand", group=group, member=name)


def resolve(*words: str, home: str = HOME) -> dict[str, Entity]:
    return parties([duty(name) for name in words], Place(home))


@pytest.mark.parametrize(
    ("words", "home", "place", "name"),
    [
        # one name, whatever stands before it and however short it is
        ("区人力社保局", HOME, HOME, "人力资源和社会保障局"),
        ("云泽区人力社保局", HOME, HOME, "人力资源和社会保障局"),
        ("临汀市云泽区人力资源和社会保障局", HOME, HOME, "人力资源和社会保障局"),
        ("人社局", HOME, HOME, "人力资源和社会保障局"),
        ("原区人社局", HOME, HOME, "人力资源和社会保障局"),
        ("区政府", HOME, HOME, "人民政府"),
        ("区政府办公室", HOME, HOME, "人民政府办公室"),
        ("区市场监管局（区知识产权局）", HOME, HOME, "市场监督管理局"),
        ("国家税务总局临汀市云泽区税务局", HOME, HOME, "税务局"),
        ("区人社局就业服务中心", HOME, HOME, "人力资源和社会保障局就业服务中心"),
        # the level says whose it is
        ("市发改委", HOME, "临汀市", "发展和改革委员会"),
        ("临汀市发展改革委", HOME, "临汀市", "发展和改革委员会"),
        ("省财政厅", HOME, "", "省财政厅"),
        ("县公安局", HOME, "", "县公安局"),
        ("市人社局", "", "", "市人力资源和社会保障局"),
        ("州农业农村局", "南坪自治州", "南坪自治州", "农业农村局"),
        ("自治区人社厅", "北原自治区", "北原自治区", "人力资源和社会保障厅"),
        ("区管委会", "东屿综合实验区", "东屿综合实验区", "管委会"),
        # another place stays in the name
        ("山前县工商局", HOME, HOME, "山前县工商行政管理局"),
        ("海淀区财政局", HOME, "北京市海淀区", "财政局"),
        ("南京市鼓楼区财政局", HOME, "江苏省南京市鼓楼区", "财政局"),
        ("鼓楼区财政局", HOME, HOME, "鼓楼区财政局"),
        ("鼓楼区财政局", "江苏省南京市玄武区", "江苏省南京市鼓楼区", "财政局"),
        ("鼓楼区财政局", "福建省福州市", "福建省福州市鼓楼区", "财政局"),
        ("市财政局", "江苏省南京市玄武区", "江苏省南京市", "财政局"),
        ("河北区域协调发展中心", HOME, HOME, "河北区域协调发展中心"),
        # organs of the whole country
        ("国务院办公厅", HOME, "中国", "国务院办公厅"),
        ("国家发展改革委", HOME, "中国", "国家发展和改革委员会"),
        ("水利部财务司", HOME, "中国", "水利部财务司"),
        ("财政部门", HOME, HOME, "财政部门"),
        ("砚桥街道办事处", HOME, HOME, "砚桥街道办事处"),
        ("中国人民银行云泽支行", HOME, "", "中国人民银行云泽支行"),
        # Party, league, consultative conference
        ("区委", HOME, HOME, "区委"),
        ("中共云泽区委", HOME, HOME, "区委"),
        ("中共临汀市云泽区委员会", HOME, HOME, "区委"),
        ("区委宣传部", HOME, HOME, "区委宣传部"),
        ("中共云泽区委宣传部", HOME, HOME, "区委宣传部"),
        ("市委编办", HOME, "临汀市", "市委机构编制委员会办公室"),
        ("中共云泽区纪律检查委员会", HOME, HOME, "纪律检查委员会"),
        ("团区委", HOME, HOME, "团区委"),
        ("共青团云泽区委员会", HOME, HOME, "团区委"),
        ("区政协", HOME, HOME, "政协"),
        ("政协临汀市云泽区委员会", HOME, HOME, "政协"),
        # 区, 市 and 县 that are part of a word are no level
        ("市场监管局", HOME, HOME, "市场监督管理局"),
        ("区市场监管局", HOME, HOME, "市场监督管理局"),
        ("市场开办者", HOME, HOME, "市场开办者"),
        ("市级财政", HOME, HOME, "市级财政"),
        ("区属国有企业", HOME, HOME, "区属国有企业"),
        ("区乡村振兴局", HOME, HOME, "乡村振兴局"),
        ("区委托的单位", HOME, HOME, "委托的单位"),
        ("县市监局", "山前县", "山前县", "市场监督管理局"),
        # what can be several names is none of them
        ("区交通局", HOME, HOME, "交通局"),
        ("区文旅委", HOME, HOME, "文旅委"),
        ("区云雾局", HOME, HOME, "云雾局"),
    ],
)
def test_a_name_has_a_place_and_a_name_there(words: str, home: str, place: str, name: str) -> None:
    assert local_name(words, home)[:2] == (place, name)


@pytest.mark.parametrize(
    ("names", "key", "label"),
    [
        (
            ("区人力社保局", "云泽区人力社保局", "临汀市云泽区人力资源和社会保障局"),
            "agency/临汀市云泽区/人力资源和社会保障局",
            "临汀市云泽区人力资源和社会保障局",
        ),
        (("区卫健委", "区卫生健康委", "区卫生健康委员会"), "agency/临汀市云泽区/卫生健康委员会", "区卫生健康委员会"),
        (("市发改委", "临汀市发展和改革委员会"), "agency/临汀市/发展和改革委员会", "临汀市发展和改革委员会"),
        (
            ("区市场监管局", "区市场监管局（区知识产权局）"),
            "agency/临汀市云泽区/市场监督管理局",
            "区市场监管局",
        ),
        (("区环保局", "原区环境保护局"), "agency/临汀市云泽区/环境保护局", "区环保局"),
        (("区委", "中共临汀市云泽区委"), "agency/临汀市云泽区/区委", "中共临汀市云泽区委"),
        (("区城管局", "云泽区城管局"), "agency/临汀市云泽区/城管局", "云泽区城管局"),
        # two kinds, two periods, two organs or two places
        (("区卫生局", "区卫生健康委"), None, None),
        (("区卫生和计划生育局", "区卫生健康局"), None, None),
        (("区教委", "区教育局"), None, None),
        (("区环保局", "区生态环境局"), None, None),
        (("区安监局", "区应急局"), None, None),
        (("区扶贫办", "区乡村振兴局"), None, None),
        (("区农委", "区农业农村委"), None, None),
        (("区交通局", "区交通运输局"), None, None),
        (("区文化旅游委", "区文化和旅游发展委员会"), None, None),
        (("区信访局", "区信访办"), None, None),
        (("区纪委", "区纪委监委"), None, None),
        (("区财政局", "区财政"), None, None),
        (("区财政局", "市财政局"), None, None),
        (("区财政局", "山前县财政局"), None, None),
        (("区委编办", "区编办"), None, None),
        (("区公安局", "区公安局交巡警支队"), None, None),
        (("区科技局", "区科协"), None, None),
    ],
)
def test_names_are_one_agency_or_not(names: tuple[str, ...], key: str | None, label: str | None) -> None:
    found = resolve(*names)
    if key is None:
        assert len({entity.key for entity in found.values()}) == len(names)
        return
    (entity,) = set(found.values())
    assert (entity.type, entity.key, entity.label) == (EntityType.AGENCY, key, label)
    assert entity.names == tuple(sorted(names))
    assert all(f"“{name}”" in entity.reason for name in names)


@pytest.mark.parametrize(
    ("words", "type", "key"),
    [
        ("区科学技术委员会", EntityType.AGENCY, "agency/临汀市云泽区/科学技术委员会"),
        ("区安全生产委员会", EntityType.BODY, "body/临汀市云泽区/安全生产委员会"),
        ("区茶叶产业领导小组", EntityType.BODY, "body/临汀市云泽区/茶叶产业领导小组"),
        ("各镇人民政府", EntityType.AGENCY_GROUP, "agencies/临汀市云泽区/各镇人民政府"),
        ("镇乡人民政府", EntityType.AGENCY_GROUP, "agencies/临汀市云泽区/镇乡人民政府"),
        ("所在村的村民委员会", EntityType.AGENCY_GROUP, "agencies/临汀市云泽区/所在村的村民委员会"),
        ("柳溪村村民委员会", EntityType.AGENCY, "agency/临汀市云泽区/柳溪村村民委员会"),
        ("柳溪镇人民政府", EntityType.AGENCY, "agency/临汀市云泽区/柳溪镇人民政府"),
        ("区财政局主要负责人", EntityType.OFFICE_HOLDER, "office-holder/临汀市云泽区/区财政局主要负责人"),
    ],
)
def test_what_words_name_has_a_type(words: str, type: EntityType, key: str) -> None:  # noqa: A002
    entity = resolve(words)[words]
    assert (entity.type, entity.key) == (type, key)


def test_a_group_with_members_is_a_body_whatever_its_name() -> None:
    found = parties([member("区城市管理委员会", "区财政局")], Place(HOME))
    assert found["区城市管理委员会"].type is EntityType.BODY
    assert found["区财政局"].type is EntityType.AGENCY


def test_a_person_is_a_person() -> None:
    post = Post(doc="文", evidence=EVIDENCE, rule="by_hand", person="闻一苇", org="区财政局", title="局长")
    found = parties([post, duty("闻一苇")], Place(HOME))
    assert found["闻一苇"] == Entity(
        EntityType.OFFICIAL, "person/临汀市云泽区/闻一苇", "闻一苇", ("闻一苇",), HOME, division=f"division/{HOME}"
    )


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("区公安局交巡警支队", "云泽区公安局"),
        ("区人社局就业服务中心", "区人力资源和社会保障局"),
        ("区纪委监委派驻区政府办公室纪检监察组", "区纪委监委"),
        ("区委宣传部", "区委"),
        ("区茶叶产业联席会议办公室", "区茶叶产业联席会议"),
    ],
)
def test_a_part_knows_its_whole(part: str, whole: str) -> None:
    found = resolve(part, whole)
    assert found[part].parent == found[whole].key


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("镇乡财政", "镇乡"),
        ("金融专员联席会议", "金融专员"),
        ("区财政局、区审计局", "区财政局"),
        ("柳溪镇人民政府", "柳溪镇"),
    ],
)
def test_what_only_begins_alike_is_no_part(name: str, other: str) -> None:
    assert resolve(name, other)[name].parent is None


def test_the_jurisdiction_is_said_where_it_is_known() -> None:
    found = resolve("区财政局", "市财政局", "省财政厅")
    places = {name: entity.jurisdiction for name, entity in found.items()}
    assert places == {"区财政局": HOME, "市财政局": "临汀市", "省财政厅": None}


def test_the_place_that_speaks_most_is_home() -> None:
    facts = [duty("区财政局")]
    found = parties(facts, home(facts, ["临汀市云泽区", "", "临汀市", "临汀市云泽区"]))
    assert found["区财政局"].key == "agency/临汀市云泽区/财政局"
    assert parties([duty("市科委")], Place("临汀市"))["市科委"].key == "agency/临汀市/科学技术委员会"


def test_the_reason_says_what_was_decided() -> None:
    merged = resolve("区人社局", "区人力社保局")["区人社局"]
    assert merged.reason == (
        "“区人力社保局”“区人社局”去掉地名并写成全称都是临汀市云泽区的“人力资源和社会保障局”（2008年机构改革起），故为同一主体"
    )
    apart = resolve("区药监局")["区药监局"]
    assert apart.reason == (
        "“药监局”可以是“药品监督管理局”、“食品药品监督管理局”的名称或简称，不能确定为哪一个，故单列"
    )
    assert resolve("区财政局")["区财政局"].reason == ""


def test_the_order_of_the_facts_does_not_matter() -> None:
    names = ["区人社局", "云泽区人力社保局", "区药监局", "市财政局", "区公安局", "区公安局治安支队", "各单位", "区委"]
    expected = resolve(*names)
    for seed in range(5):
        random.Random(seed).shuffle(names)
        found = resolve(*names)
        assert found == expected
        assert list(found) == list(expected)


def test_many_names_take_no_more_than_their_share() -> None:
    """Looking for the whole of a part goes through the name, not through all other names."""
    names = [f"区第{n}服务中心" for n in range(5000)]
    assert len(resolve(*names)) == 5000


def test_the_graph_keeps_the_reason() -> None:
    text = "一、做好稳岗工作。（责任单位：区人社局）\n\n二、做好培训工作。（责任单位：青汀区人力社保局）"
    reading = reading_of(notice(text))
    agency = reading.parties["区人社局"]
    assert agency is reading.parties["青汀区人力社保局"]
    reasons = [line for line in quads(reading) if "ns#reason>" in line and "区人社局" in line]
    assert len(reasons) == 1
    assert f'"{agency.reason}"@zh' in reasons[0]


def test_what_sources_without_a_home_name_is_not_merged() -> None:
    keys = [
        {
            party.key
            for party in reading_of(f"# 关于做好工作的通知\n\n一、由市财政局牵头负责{task}工作。").parties.values()
        }
        for task in ("植树", "修路")
    ]
    assert all(any(key.startswith("agency/未明-") for key in found) for found in keys)
    assert keys[0].isdisjoint(keys[1])


@pytest.mark.parametrize(
    ("homes", "words", "place", "open_", "said"),
    [
        (["海淀区"], [], "北京市海淀区", False, "只有“北京市海淀区”"),
        (["北京市海淀区", "海淀区"], [], "北京市海淀区", False, ""),
        (["鼓楼区"], [], "鼓楼区", True, "没有能确定"),
        (["鼓楼区"], ["南京市人民政府"], "江苏省南京市鼓楼区", False, "提到“南京市”"),
        (["鼓楼区"], ["福建省人民政府"], "福建省福州市鼓楼区", False, "提到“福建省”"),
        (["鼓楼区"], ["江苏省人民政府"], "鼓楼区", True, "没有能确定"),  # Nanjing and Xuzhou both lie in it
        (["鼓楼区", "南京市鼓楼区"], ["南京市鼓楼区人民政府"], "江苏省南京市鼓楼区", False, ""),
        (["襄樊市"], [], "湖北省襄樊市", False, "只有"),  # by its name of the time
        (["东区"], ["攀枝花市人民政府"], "东区", False, ""),  # a name that needs its city before it
        (["云泽区", "临汀市云泽区"], [], HOME, False, ""),
        (["临汀市", "云泽区", "云泽区"], [], "云泽区", False, ""),
        ([""], [], "", False, ""),
    ],
)
def test_the_home_is_a_place_of_the_country_where_that_is_certain(
    homes: list[str], words: list[str], place: str, open_: bool, said: str
) -> None:
    found = place_of(homes, words)
    assert (found.name, found.open) == (place, open_)
    assert said in found.reason


def test_two_sources_of_a_place_that_is_left_open_share_nothing() -> None:
    here = place_of(["鼓楼区"], [])
    first, second = (parties([duty("区财政局")], here, source)["区财政局"] for source in ("0a", "0b"))
    assert (first.key, second.key) == ("agency/鼓楼区-0a/财政局", "agency/鼓楼区-0b/财政局")
    (place,) = places([first], here).values()
    assert (place.key, place.label, place.parent) == ("division/鼓楼区-0a", "鼓楼区", None)
    assert "南京市鼓楼区" in place.reason


def test_what_lies_above_a_place_is_said_level_by_level() -> None:
    here = place_of(["南京市玄武区"], [])
    known = places(parties([duty("区财政局"), duty("省财政厅")], here).values(), here)
    chain = ["division/江苏省南京市玄武区", "division/江苏省南京市", "division/江苏省"]
    assert [known[key].parent for key in chain] == [*chain[1:], None]
    assert [known[key].code for key in chain] == ["320102", "320100", "320000"]
    assert known[chain[0]].names == ("江苏省南京市玄武区", "玄武区")


def test_a_place_that_is_not_in_the_table_lies_where_its_name_says() -> None:
    here = place_of([HOME], [])
    known = places(parties([duty("区财政局")], here).values(), here)
    assert known["division/临汀市云泽区"].parent == "division/临汀市"
    assert (known["division/临汀市"].parent, known["division/临汀市"].code) == (None, "")
