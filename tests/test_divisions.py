"""Places of the country by their names, what lies above them and what became of them."""

from __future__ import annotations

import pytest

from kg.grammar.divisions import bearing, chain, division, goes_on, merged_into, named, opens, spoken_of
from kg.lexicon import rows


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("海淀区", ["北京市海淀区"]),
        ("北京市海淀区", ["北京市海淀区"]),
        ("江苏省鼓楼区", ["江苏省南京市鼓楼区", "江苏省徐州市鼓楼区"]),
        ("南京市鼓楼区", ["江苏省南京市鼓楼区"]),
        ("广州市鼓楼区", []),
        ("云县", ["云南省临沧市云县"]),
        ("仙桃市", ["湖北省仙桃市"]),
        ("北京市", ["北京市"]),
        ("云泽区", []),
        # names that need their city
        ("东区", []),
        ("攀枝花市东区", ["四川省攀枝花市东区"]),
        # former names, former names of what lies above, former prefectures
        ("襄樊市", ["湖北省襄樊市"]),
        ("襄樊市襄州区", ["湖北省襄阳市襄州区"]),
        ("百色地区田东县", ["广西壮族自治区百色市田东县"]),
        ("资阳市简阳市", ["四川省成都市简阳市"]),
        # one of today and one of former days
        ("桥东区", ["河北省张家口市桥东区", "河北省邢台市桥东区"]),
    ],
)
def test_a_name_is_that_of_places(words: str, paths: list[str]) -> None:
    assert [place.path for place in bearing(words)] == paths


def later(path: str) -> tuple[str, str] | None:
    known = division(path)
    assert known
    change = goes_on(known)
    return (change[0].path, change[1]) if change else None


@pytest.mark.parametrize(
    ("path", "onward"),
    [
        ("重庆市开县", ("重庆市开州区", "2016-09")),
        ("云南省思茅市", ("云南省普洱市", "2007-12")),
        ("浙江省杭州市萧山市", ("浙江省杭州市萧山区", "2001-12")),
        ("北京市海淀区", None),
    ],
)
def test_a_place_goes_on_under_another_name(path: str, onward: tuple[str, str] | None) -> None:
    assert later(path) == onward


def test_a_place_that_went_into_another_does_not_go_on() -> None:
    (zhabei,) = named("闸北区")
    into = merged_into(zhabei)
    assert into
    assert (zhabei.until, into[0].path, goes_on(zhabei)) == ("2015-12", "上海市静安区", None)


def test_every_change_ends_in_a_place_of_today() -> None:
    for part in ("renamed", "merged"):
        for _, _, name, *_ in rows("division_changes")[part]:
            for place in named(name):
                for _ in range(5):
                    change = goes_on(place) or merged_into(place)
                    if not change:
                        break
                    place = change[0]
                assert place.until is None, (name, place)


def test_every_division_has_what_lies_above_it() -> None:
    table = rows("divisions")[""]
    paths = set()
    for code, name in table:
        (place,) = [place for place in named(name) if place.code == code.ljust(6, "0")]
        assert [upper.level for upper in chain(place)] in ([2], [2, 4], [2, 6], [2, 4, 6]), place
        assert place.path == "".join(upper.name for upper in chain(place))
        paths.add(place.path)
    assert len(paths) == len(table)


def test_a_name_can_open_with_places() -> None:
    assert [([place.path for place in places], rest) for places, rest in opens("南京市鼓楼区财政局")] == [
        (["江苏省南京市鼓楼区"], "财政局"),
        (["江苏省南京市"], "鼓楼区财政局"),
    ]
    assert list(opens("开发区管委会")) == []


def test_one_of_several_places_is_told_by_what_is_said_of_those_above() -> None:
    places = bearing("鼓楼区")
    found = spoken_of(places, lambda name: name in ("福州市", "江苏省"))
    assert found
    assert (found[0].path, found[1]) == ("福建省福州市鼓楼区", "福州市")
    assert spoken_of(places, lambda name: name in ("福州市", "南京市")) is None
