"""Who is who across sources: what is one, what is kept apart, what is left open, and why; whatever the order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identities import HOME, called, decided, graph, holds, iri, prints, source, written

from kg.identity import Identity, Outcome, Profile, dumps, loads
from kg.identity.closure import Closure


def ones(identity: Identity, *keys: str) -> set[str]:
    """The IRIs that stand for keys, in whichever source."""
    wanted = {iri(key) for key in keys}
    return {thing.iri for thing in identity.things for sense in thing.senses if sense.iri in wanted}


def rules(identity: Identity) -> dict[str, Outcome]:
    return {decision.rule: decision.outcome for decision in identity.decisions}


# ---- agencies and bodies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "one", "rule"),
    [
        # one place before and after
        (("agency/重庆市开县/财政局", "agency/重庆市开州区/财政局"), "agency/重庆市开州区/财政局", "agency.key"),
        (("body/重庆市开县/防汛指挥部", "body/重庆市开州区/防汛指挥部"), "body/重庆市开州区/防汛指挥部", "body.key"),
        (("agency/湖北省襄樊市/财政局", "agency/湖北省襄阳市/财政局"), "agency/湖北省襄阳市/财政局", "agency.key"),
        # a short name of a place that only one ends in
        (("agency/云泽区/财政局", f"agency/{HOME}/财政局"), f"agency/{HOME}/财政局", "agency.key"),
        # a name with its place and without
        (("agency/临汀市/云泽区财政局", f"agency/{HOME}/财政局"), f"agency/{HOME}/财政局", "agency.full-name"),
        (
            ("agency/临汀市/云泽区委宣传部", f"agency/{HOME}/区委宣传部"),
            f"agency/{HOME}/区委宣传部",
            "agency.full-name",
        ),
        (("agency/未明-0a/云泽区财政局", f"agency/{HOME}/财政局"), f"agency/{HOME}/财政局", "agency.full-name"),
        (("agency/未明-0a/临汀市云泽区财政局", f"agency/{HOME}/财政局"), f"agency/{HOME}/财政局", "agency.full-name"),
        # short for several names, of which the place has one
        (
            (f"agency/{HOME}/文旅委", f"agency/{HOME}/文化和旅游发展委员会"),
            f"agency/{HOME}/文化和旅游发展委员会",
            "agency.short-form",
        ),
    ],
)
def test_names_of_several_sources_are_one(keys: tuple[str, str], one: str, rule: str) -> None:
    first, second = keys
    found = decided(source("甲", called(first)), source("乙", called(second)))
    assert ones(found, *keys) == {iri(one)}
    assert rules(found)[rule] is Outcome.SAME


@pytest.mark.parametrize(
    ("keys", "left_open"),
    [
        ((f"agency/{HOME}/财政局", "agency/临汀市/财政局"), None),
        ((f"agency/{HOME}/财政局", "agency/南汀市云泽区/财政局"), None),
        ((f"agency/{HOME}/财政局", "agency/未明-0a/区财政局"), None),
        ((f"agency/{HOME}/卫生局", f"agency/{HOME}/卫生健康局"), None),
        (("agency/鼓楼区-0a/财政局", "agency/江苏省南京市鼓楼区/财政局"), None),
        ((f"agency/{HOME}/财政局", f"body/{HOME}/财政局"), None),
        # two places end so; two names that it may be; a short form that is a name itself
        (("agency/未明-0a/云泽区财政局", f"agency/{HOME}/财政局", "agency/南汀市云泽区/财政局"), "agency.full-name"),
        (("agency/云泽区/财政局", f"agency/{HOME}/财政局", "agency/南汀市云泽区/财政局"), None),
        (
            (f"agency/{HOME}/文旅局", f"agency/{HOME}/文化和旅游局", f"agency/{HOME}/文化广电和旅游局"),
            "agency.short-form",
        ),
        ((f"agency/{HOME}/交通局", f"agency/{HOME}/交通运输局"), "agency.short-form"),
    ],
)
def test_names_are_not_one_where_several_things_fit_or_none(keys: tuple[str, ...], left_open: str | None) -> None:
    found = decided(*(source(str(number), called(key)) for number, key in enumerate(keys)))
    assert ones(found, *keys) == {iri(key) for key in keys}
    assert [decision.rule for decision in found.decisions if decision.outcome is Outcome.OPEN] == [
        rule for rule in [left_open] if rule
    ]


def test_a_decision_says_why_in_both_languages_and_on_what_evidence() -> None:
    first, second = (
        called(f"agency/{HOME}/财政局", "区财政局"),
        called(f"agency/{HOME}/财政局", "云泽区财政局", since="2021-05-01"),
    )
    (decision,) = decided(source("甲", first), source("乙", second)).decisions
    assert decision.reason_zh == (
        "2个来源中的“云泽区财政局”“区财政局”都是临汀市云泽区的“财政局”：去掉地名并写成全称后相同，故为同一对象"
    )
    assert "one" not in decision.reason_zh
    assert decision.reason_en.startswith("“云泽区财政局”“区财政局” in 2 sources")
    assert set(decision.basis) == {first.basis, second.basis}


def test_a_thing_that_one_source_alone_has_needs_no_decision() -> None:
    assert decided(source("甲", called(f"agency/{HOME}/财政局"), called(f"person/{HOME}/何平"))).decisions == ()


def test_the_fullest_name_is_preferred() -> None:
    found = decided(
        source("甲", called(f"agency/{HOME}/财政局", "区财政局")),
        source("乙", called(f"agency/{HOME}/财政局", "临汀市云泽区财政局", "财政局")),
    )
    assert [thing.label for thing in found.things] == ["临汀市云泽区财政局"]


# ---- people ---------------------------------------------------------------------------------------------------------

HE = f"person/{HOME}/何平"


def people(*holdings: object, judgements: str = "") -> Identity:
    """Who 何平 is, each holding in a source of its own."""
    profiles = [source(f"第{number}期.txt", holding) for number, holding in enumerate(holdings)]  # type: ignore[arg-type]
    return decided(*profiles, judgements=judgements)


def test_one_name_in_one_place_is_one_person() -> None:
    found = people(
        holds("何平", "区财政局", "局长", "2019-01-01"),
        holds("何平", "区水利局", "局长", "2020-01-01"),
        holds("何平", "区政府", "副区长", "2021-01-01"),
    )
    assert ones(found, HE) == {iri(HE)}
    assert rules(found) == {"person.key": Outcome.SAME}


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        # of two sexes, of two birth dates
        (
            holds("何平", "区财政局", "科长", "2020-05-01", quote="何平（男，1970年3月生）"),
            holds("何平", "区水利局", "科长", "2021-05-01", quote="何平（女，1970年3月生）"),
            "性别不同（女、男）",
        ),
        (
            holds("何平", "区财政局", "科长", "2020-05-01", quote="何平同志，男，1970年3月生"),
            holds("何平", "区水利局", "科长", "2021-05-01", quote="何平，男，1982年出生"),
            "出生时间不同（1970年3月、1982年）",
        ),
        # head of two towns on one day
        (
            holds("何平", "砚桥镇", "镇长", "2020-05-01"),
            holds("何平", "柳溪镇人民政府", "镇长", "2020-05-01"),
            "一人不能同时主持两个乡镇",
        ),
        (
            holds("何平", "砚桥镇党委", "书记", "2020-05-01"),
            holds("何平", "长亭街道办事处", "主任", "2020-05-01"),
            "一人不能同时主持两个乡镇",
        ),
        # of the congress's standing committee and of the government
        (
            holds("何平", "区人大常委会", "委员", "2020-05-01"),
            holds("何平", "区水利局", "副局长", "2020-05-01"),
            "人大常委会组成人员不得担任",
        ),
    ],
)
def test_what_no_one_person_can_be_is_two(first: object, second: object, words: str) -> None:
    found = people(first, second)
    assert ones(found, HE) == {f"{iri(HE)}-{graph(f'第{n}期.txt').rpartition('/')[2]}" for n in (0, 1)}
    (decision,) = found.decisions
    assert (decision.rule, decision.outcome) == ("person.apart", Outcome.DIFFERENT)
    assert words in decision.reason_zh
    assert len(decision.basis) == 2
    assert decision.sources == tuple(sorted(graph(f"第{n}期.txt") for n in (0, 1)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # one after the other
        (holds("何平", "砚桥镇", "镇长", "2019-05-01"), holds("何平", "柳溪镇", "镇长", "2020-05-01")),
        # the same town, written in other ways
        (holds("何平", "砚桥镇", "镇长", "2020-05-01"), holds("何平", "云泽区砚桥镇人民政府", "镇长", "2020-05-01")),
        (holds("何平", "砚桥镇党委", "书记", "2020-05-01"), holds("何平", "砚桥镇", "镇长", "2020-05-01")),
        # what one person may well hold
        (holds("何平", "区财政局", "局长", "2020-05-01"), holds("何平", "区国资委", "主任", "2020-05-01")),
        (holds("何平", "区人大常委会", "主任", "2020-05-01"), holds("何平", "区委", "书记", "2020-05-01")),
        (holds("何平", "区人大常委会", "委员", "2020-05-01"), holds("何平", "区水利局", "四级调研员", "2020-05-01")),
        # a birth date that is only less precise
        (
            holds("何平", "区财政局", "科长", "2020-05-01", quote="何平，1970年生"),
            holds("何平", "区水利局", "科长", "2021-05-01", quote="何平，1970年3月生"),
        ),
    ],
)
def test_what_one_person_can_be_is_one(first: object, second: object) -> None:
    assert ones(people(first, second), HE) == {iri(HE)}


def test_posts_overlap_from_the_first_document_to_the_last() -> None:
    found = people(
        holds("何平", "砚桥镇", "镇长", "2019-05-01"),
        holds("何平", "柳溪镇", "镇长", "2020-05-01"),
        holds("何平", "砚桥镇", "镇长", "2021-05-01"),
    )
    assert len(ones(found, HE)) == 2
    together = [thing for thing in found.things if len(thing.senses) == 2]
    assert [sense.order[1] for sense in together[0].senses] == sorted([graph("第0期.txt"), graph("第2期.txt")])


def test_who_fits_one_alone_goes_there_and_who_fits_several_stays_apart_and_is_reported() -> None:
    mayor, other = holds("何平", "砚桥镇", "镇长", "2020-05-01"), holds("何平", "柳溪镇", "镇长", "2020-05-01")
    again = holds("何平", "砚桥镇", "镇长", "2022-05-01")
    found = people(mayor, other, again, holds("何平", "区财政局", "科员", "2021-01-01"))
    assert sorted(len(thing.senses) for thing in found.things if thing.group.name == "何平") == [1, 1, 2]
    assert rules(found)["person.several-fit"] is Outcome.OPEN


def test_one_source_that_contradicts_itself_is_reported() -> None:
    both = source("甲", holds("何平", "砚桥镇", "镇长", "2020-05-01"), holds("何平", "柳溪镇", "镇长", "2020-05-01"))
    found = decided(both, source("乙", called(f"person/{HOME}/何平")))
    assert ones(found, HE) == {iri(HE)}
    assert rules(found)["person.doubtful"] is Outcome.OPEN


def test_a_person_of_a_place_before_and_after_is_one() -> None:
    first, second = (
        holds("何平", "区财政局", "局长", "2016-01-01", place=f"重庆市{name}") for name in ("开县", "开州区")
    )
    found = people(first, second)
    assert ones(found, "person/重庆市开县/何平", "person/重庆市开州区/何平") == {iri("person/重庆市开州区/何平")}


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("区公安局特警支队", "队长", "2020-05-20"), ("区公安局特警支队", "支队长", "2020-06-30"), True),
        (("区公安局特警支队", "队长", "2020-05-20"), ("区公安局特警支队", "支队长", "2022-06-30"), False),
        (("区财政局", "副局长", "2020-05-20"), ("区财政局", "局长", "2020-06-30"), False),
        (("区财政局", "总经济师", "2020-05-20"), ("区财政局", "经济师", "2020-06-30"), False),
        (("区财政局", "一级调研员", "2020-05-20"), ("区财政局", "调研员", "2020-06-30"), False),
        (("区财政局", "队长", "2020-05-20"), ("区水利局", "支队长", "2020-06-30"), False),
        (("区财政局", "局长", "2020-05-20"), ("区财政局", "局长", "2020-06-30"), False),
        (("区财政局", "科长", "2020-05-20"), ("区财政局", "科员", "2020-06-30"), False),
    ],
)
def test_two_readings_of_one_post_are_reported(
    first: tuple[str, str, str], second: tuple[str, str, str], told: bool
) -> None:
    found = people(holds("何平", *first), holds("何平", *second))
    said = [decision for decision in found.decisions if decision.rule == "post.two-readings"]
    assert bool(said) is told
    if told:
        assert said[0].outcome is Outcome.OPEN
        assert "“队长”（2020-05-20）与“支队长”（2020-06-30）" in said[0].reason_zh
        assert len(said[0].basis) == 2


# ---- documents ------------------------------------------------------------------------------------------------------

LONG = "临汀市云泽区人民政府关于印发茶叶产业发展规划的通知"


def test_a_document_cited_by_its_title_is_the_one_that_bears_title_and_number() -> None:
    number, title = "document/云泽府发〔2020〕5号", f"document/{LONG}"
    there = called(number, LONG, "云泽府发〔2020〕5号")
    found = decided(source("甲", there), source("乙", called(title, LONG)))
    assert ones(found, number, title) == {iri(number)}
    assert rules(found)["document.title"] is Outcome.SAME


@pytest.mark.parametrize(
    ("title", "several", "left_open"),
    [
        ("工作方案", False, True),  # too general to be one document's own
        (LONG, True, True),
        ("另一个足够长而没有文号相合的题名", False, False),
    ],
)
def test_a_title_that_does_not_settle_it_stays_by_itself(title: str, several: bool, left_open: bool) -> None:
    numbers = ["document/云泽府发〔2020〕5号", *(["document/云泽府发〔2021〕5号"] if several else [])]
    bears = title if left_open else LONG
    there = [called(number, bears, number.partition("/")[2]) for number in numbers]
    found = decided(source("甲", *there), source("乙", called(f"document/{title}", title)))
    assert ones(found, f"document/{title}") == {iri(f"document/{title}")}
    assert (rules(found).get("document.title") is Outcome.OPEN) is left_open


def test_a_plan_behind_a_notice_is_not_the_numbered_document_of_its_title() -> None:
    plan, number = f"document/{LONG}", "document/云泽府发〔2010〕5号"
    found = decided(
        source("甲", prints(plan, LONG, "", above="document/云泽府发〔2020〕9号")),
        source("乙", called(number, LONG, "云泽府发〔2010〕5号")),
    )
    assert ones(found, plan, number) == {iri(plan), iri(number)}


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (("2020-05-01", "临汀市云泽区人民政府"), ("2021-05-01", "临汀市云泽区人民政府"), 2),
        (("2020-05-01", "临汀市云泽区人民政府"), ("2020-05-01", "南汀市人民政府"), 2),
        (("2020-05-01", "临汀市云泽区人民政府"), ("2020-05-01", "临汀市云泽区人民政府"), 1),
        (("2020-05-01",), ("",), 1),
    ],
)
def test_two_documents_of_one_general_title_are_kept_apart(
    first: tuple[str, ...], second: tuple[str, ...], count: int
) -> None:
    found = decided(
        *(source(str(n), prints("document/工作要点", "工作要点", *said)) for n, said in enumerate((first, second)))
    )
    assert len(ones(found, "document/工作要点")) == count
    assert (rules(found).get("document.apart") is Outcome.DIFFERENT) is (count == 2)


def test_who_cites_a_title_that_two_documents_bear_cites_neither_for_certain() -> None:
    title = "document/工作要点"
    found = decided(
        source("甲", prints(title, "工作要点", "2020-05-01")),
        source("乙", prints(title, "工作要点", "2021-05-01")),
        source("丙", called(title, "工作要点")),
    )
    assert len(ones(found, title)) == 3
    assert rules(found)["document.several-fit"] is Outcome.OPEN


# ---- reforms --------------------------------------------------------------------------------------------------------


def followed(*said: tuple[str, str], place: str = HOME) -> list[tuple[list[str], str, str, str]]:
    """Which agencies became which, by what and when; of agencies by name and the date they are first spoken of."""
    mentions = [called(f"agency/{place}/{name}", since=since) for name, since in said]
    changes = decided(source("甲", *mentions)).changes
    return [
        (
            [each.rpartition("/")[2] for each in c.originals],
            c.result.rpartition("/")[2],
            c.label_zh.partition("：")[0],
            c.date,
        )
        for c in changes
    ]


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        (
            [("卫生和计划生育委员会", "2015-01-01"), ("卫生健康委员会", "2020-01-01")],
            [(["卫生和计划生育委员会"], "卫生健康委员会", "2018年机构改革", "2019-03-31")],
        ),
        # the new name is heard of before the last day
        (
            [("环境保护局", "2015-01-01"), ("生态环境局", "2019-01-15")],
            [(["环境保护局"], "生态环境局", "2018年机构改革", "2019-01-15")],
        ),
        # a step that the sources skip
        (
            [("卫生局", "2011-01-01"), ("人口和计划生育委员会", "2011-01-01"), ("卫生健康委员会", "2020-01-01")],
            [(["人口和计划生育委员会", "卫生局"], "卫生健康委员会", "2013年机构改革、2018年机构改革", "2019-03-31")],
        ),
        # and one that they have
        (
            [("卫生局", "2011-01-01"), ("卫生和计划生育局", "2015-01-01"), ("卫生健康局", "2020-01-01")],
            [
                (["卫生局"], "卫生和计划生育局", "2013年机构改革", "2015-01-01"),
                (["卫生和计划生育局"], "卫生健康局", "2018年机构改革", "2019-03-31"),
            ],
        ),
        # several into one
        (
            [
                ("工商行政管理局", "2012-01-01"),
                ("质量技术监督局", "2012-01-01"),
                ("食品药品监督管理局", "2012-01-01"),
                ("市场监督管理局", "2016-05-01"),
            ],
            [
                (
                    ["工商行政管理局", "质量技术监督局", "食品药品监督管理局"],
                    "市场监督管理局",
                    "市场监管体制改革",
                    "2016-05-01",
                )
            ],
        ),
        # nothing came after it in the sources; nothing came before
        ([("卫生局", "2011-01-01"), ("财政局", "2011-01-01")], []),
        ([("卫生健康委员会", "2020-01-01")], []),
        # a name that came back long after the reform that ended it
        ([("监察局", "2022-01-01"), ("监察委员会", "2022-01-01")], []),
        # two that it may have become
        ([("国土资源局", "2011-01-01"), ("自然资源局", "2020-01-01"), ("规划和自然资源局", "2020-01-01")], []),
    ],
)
def test_agencies_follow_one_another(
    said: list[tuple[str, str]], changes: list[tuple[list[str], str, str, str]]
) -> None:
    assert sorted(followed(*said)) == sorted(changes)


def test_agencies_of_two_places_do_not_follow_one_another() -> None:
    found = decided(
        source("甲", called(f"agency/{HOME}/环境保护局", since="2015-01-01"), called("agency/临汀市/生态环境局"))
    )
    assert found.changes == ()


def test_the_successor_that_is_not_certain_is_left_open() -> None:
    names = ("国土资源局", "自然资源局", "规划和自然资源局")
    found = decided(source("甲", *(called(f"agency/{HOME}/{name}", since="2017-01-01") for name in names)))
    assert rules(found) == {"agency.successor": Outcome.OPEN}


def test_an_agency_of_a_place_that_went_into_another_went_there() -> None:
    found = decided(
        source("甲", called("agency/上海市闸北区/财政局", since="2014-01-01")),
        source("乙", called("agency/上海市静安区/财政局", since="2020-01-01")),
    )
    (change,) = found.changes
    assert (change.originals, change.result) == (
        (iri("agency/上海市闸北区/财政局"),),
        iri("agency/上海市静安区/财政局"),
    )
    assert (change.date, change.label_zh) == ("2015-12", "行政区划调整：上海市闸北区并入上海市静安区")
    assert len(ones(found, "agency/上海市闸北区/财政局", "agency/上海市静安区/财政局")) == 2


# ---- the same whatever the order ---------------------------------------------------------------------------------------


def many() -> list[Profile]:
    """Sources in which every rule has something to decide."""
    names = ["财政局", "卫生局", "卫生健康委员会", "文旅委", "文化和旅游发展委员会", "交通局", "交通运输局"]
    places = [HOME, "云泽区", "临汀市", "重庆市开县", "重庆市开州区", "未明-0a"]
    dice = random.Random(7)
    found = []
    for number in range(24):
        said: list[object] = [
            called(
                f"agency/{dice.choice(places)}/{dice.choice(['', '云泽区'])}{dice.choice(names)}",
                since=f"20{dice.randint(10, 22)}-01-01",
            )
            for _ in range(8)
        ]
        said += [
            holds(
                "何平",
                dice.choice(["砚桥镇", "柳溪镇", "区财政局", "区人大常委会"]),
                dice.choice(["镇长", "主任"]),
                f"2020-0{dice.randint(1, 9)}-01",
            ),
            prints("document/工作要点", "工作要点", f"20{dice.randint(19, 21)}-01-01"),
        ]
        found.append(source(f"{number}.txt", *said))  # type: ignore[arg-type]
    return found


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_sources_gives_the_same_lines(dice: random.Random) -> None:
    profiles = many()
    before = written(profiles)
    dice.shuffle(profiles)
    assert written(profiles) == before


def test_a_profile_can_be_kept() -> None:
    profile = source(
        "甲", called(f"agency/{HOME}/财政局", "区财政局", "财政局"), holds("何平", "区财政局", "局长", "2020-01-01"),
        prints("document/工作要点", "工作要点", "2020-01-01", "区政府", above="document/通知"),
    )  # fmt: skip
    assert loads(dumps(profile)) == profile
    assert "\n" not in dumps(profile)


THINGS = st.integers(0, 11)
PAIRS = st.lists(st.tuples(THINGS, THINGS), max_size=14)


def closed(same: list[tuple[int, int]], apart: list[tuple[int, int]]) -> tuple[set[frozenset[int]], bool]:
    """The sets, and whether what is kept apart contradicts what is the same."""
    closure: Closure[int] = Closure()
    for one, other in same:
        assert closure.join(one, other)
    contradicts = any(closure.keep_apart([one], [other]) is not None for one, other in apart)
    return {frozenset(some) for some in closure.sets(range(12)).values()}, contradicts


@settings(max_examples=200, deadline=None)
@given(PAIRS, PAIRS, st.randoms(use_true_random=False))
def test_sameness_is_closed_whatever_the_order(
    same: list[tuple[int, int]], apart: list[tuple[int, int]], dice: random.Random
) -> None:
    before = closed(same, apart)
    # Against the plain definition: what is reached by pairs.
    reached = {n: {n} for n in range(12)}
    for _ in range(12):
        for one, other in same:
            both = reached[one] | reached[other]
            for each in both:
                reached[each] = both
    assert before[0] == {frozenset(some) for some in reached.values()}
    assert before[1] is any(other in reached[one] for one, other in apart)
    turned = [(b, a) if dice.random() < 0.5 else (a, b) for a, b in same]
    dice.shuffle(turned)
    dice.shuffle(apart)
    assert closed(turned, apart) == before


@settings(max_examples=200, deadline=None)
@given(PAIRS, PAIRS)
def test_what_is_kept_apart_never_becomes_one(apart: list[tuple[int, int]], same: list[tuple[int, int]]) -> None:
    closure: Closure[int] = Closure()
    kept = [pair for pair in apart if closure.keep_apart([pair[0]], [pair[1]]) is None]
    for one, other in same:
        joined = closure.join(one, other)
        assert joined is (closure.root(one) == closure.root(other))
        assert joined is not closure.are_apart(one, other)
    assert all(closure.root(one) != closure.root(other) for one, other in kept)
