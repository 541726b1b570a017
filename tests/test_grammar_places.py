"""Places: the name of an organisation in, the place that it belongs to out."""

from __future__ import annotations

import pytest

from kg.grammar.places import home_of


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("临汀市云泽区人民政府办公室", "临汀市云泽区"),
        ("北川省人民政府办公厅", "北川省"),
        ("北川省教育厅", "北川省"),
        ("中共临汀市委办公室", "临汀市"),
        ("政协云泽区委员会", "云泽区"),
        ("国家税务总局临汀市税务局", "临汀市"),
        # a commission is not its town, and its stem is no place
        ("临汀市科学技术委员会", "临汀市"),
        ("临汀市发展和改革委员会", "临汀市"),
        ("临汀市城市管理委员会", "临汀市"),
        ("临汀市住房和城乡建设委员会", "临汀市"),
        ("临汀市市场监督管理局", "临汀市"),
        ("临汀市社区工作办公室", "临汀市"),
        ("临汀市人民代表大会常务委员会", "临汀市"),
        # units of every level, zones too
        ("沙原瑶族自治县人民政府", "沙原瑶族自治县"),
        ("白音图旗人民政府办公室", "白音图旗"),
        ("白音盟行政公署", "白音盟"),
        ("阜县财政局", "阜县"),
        ("云泽县柳渡镇人民政府", "云泽县柳渡镇"),
        ("云泽区柳渡街道办事处", "云泽区柳渡街道"),
        ("临汀高新技术产业开发区管理委员会", "临汀高新技术产业开发区"),
        # the name does not say it
        ("市水利局", ""),
        ("区人民政府", ""),
        ("国务院办公厅", ""),
        ("国家发展和改革委员会", ""),
        ("临汀国家森林公园管理委员会", ""),
    ],
)
def test_the_place_of_an_organisation(name: str, place: str) -> None:
    assert home_of(name) == place
