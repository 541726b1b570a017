"""Contacts: text in, ways to reach somebody out."""

from __future__ import annotations

from typing import Any

import pytest
from cases import facts_of, plain, reading_of

Facts = list[dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "各镇乡每月25日前向区水利局报送进度（联系人：丁一苇，联系电话：55503316）。",
            [{"person": "丁一苇", "org": "区水利局", "phone": "55503316"}],
        ),
        (
            "有关情况报区应急局备案。联系人：丁一苇，电话：0577-55503316，传真：0577-55503317。",
            [{"person": "丁一苇", "org": "区应急局", "phone": "0577-55503316"}],
        ),
        (
            "（区水利局联系人：丁一苇，联系电话：55503316）",
            [{"person": "丁一苇", "org": "区水利局", "phone": "55503316"}],
        ),
        ("联系人：区交通局商羽，联系电话：55507702。", [{"person": "商羽", "org": "区交通局", "phone": "55507702"}]),
        (
            "区督查室设立意见箱，联系人：陶令闻，联系电话：55501277。",
            [{"person": "陶令闻", "org": "区督查室", "phone": "55501277"}],
        ),
        ("联 系 人：郑 文  联系电话：（0577）55512222", [{"person": "郑文", "phone": "（0577）55512222"}]),
        (
            "报市应急局（联系人：王晓、李明；电话：55510011、55510012）。",
            [
                {"person": "王晓", "org": "市应急局", "phone": "55510011"},
                {"person": "李明", "org": "市应急局", "phone": "55510012"},
            ],
        ),
        (
            "区水利局联系人：丁一苇，电话：55503316；区应急局联系人：商羽，电话：55503317。",
            [
                {"person": "丁一苇", "org": "区水利局", "phone": "55503316"},
                {"person": "商羽", "org": "区应急局", "phone": "55503317"},
            ],
        ),
        ("公众可以举报（区消防救援大队值班电话：55501190）。", [{"org": "区消防救援大队", "phone": "55501190"}]),
        (
            "政策咨询电话：市农业局畜牧科，55516677；举报电话：12345。",
            [{"org": "市农业局畜牧科", "phone": "55516677"}, {"phone": "12345"}],
        ),
        (
            "区水利局地址：青汀区听潮路2号，邮编：499016，网址：http://slj.example.cn。",
            [
                {
                    "org": "区水利局",
                    "address": "青汀区听潮路2号",
                    "postcode": "499016",
                    "website": "http://slj.example.cn",
                }
            ],
        ),
        ("各单位要确定一名联系人，并公布联系电话。", []),
        ("办理事项20210510件，资金55503316元。", []),
    ],
)
def test_contacts(text: str, expected: Facts) -> None:
    assert facts_of(text, "contact") == expected


@pytest.mark.parametrize(
    ("imprint", "expected"),
    [
        (
            "编辑出版：公报编辑部\n\n地 址：沧屏市听潮路16号\n\n电 话：55501602\n\n邮 编：499016\n\n沧屏市人民政府网站：http://www.cp.example.cn",
            [
                {"org": "公报编辑部", "phone": "55501602", "address": "沧屏市听潮路16号", "postcode": "499016"},
                {"org": "沧屏市人民政府", "website": "http://www.cp.example.cn"},
            ],
        ),
        (
            "主办：沧屏市人民政府办公室\n地址：沧屏市府前路1号   邮政编码：325001\n电话：（0577）55510001   传真：（0577）55510002",
            [
                {
                    "org": "沧屏市人民政府办公室",
                    "phone": "（0577）55510001",
                    "address": "沧屏市府前路1号",
                    "postcode": "325001",
                }
            ],
        ),
    ],
)
def test_imprint(imprint: str, expected: Facts) -> None:
    text = (
        f"沧屏市人民政府公报\n\n2021年第6期（总第212期）\n\n{imprint}\n\n沧屏市人民政府关于做好春耕工作的通知\n\n"
        "各县人民政府：\n\n现就有关事项通知如下。\n\n沧屏市人民政府\n2021年5月30日\n"
    )
    facts = [fact for fact in reading_of(text).facts if fact.kind == "contact"]
    assert [{name: plain(value) for name, value in fact.values()} for fact in facts] == expected


def test_a_sentence_that_tells_where_to_write_and_to_call_is_one_contact() -> None:
    text = "意见征集方式。来信请寄至望江区江滨大道18号区政府办公室督查科，邮政编码324000；来电请拨打0570-5550155，联系人：叶　青。"
    assert facts_of(text, "contact") == [
        {
            "person": "叶青",
            "org": "区政府办公室督查科",
            "phone": "0570-5550155",
            "address": "望江区江滨大道18号",
            "postcode": "324000",
        }
    ]


def test_the_number_of_a_hotline_that_anybody_may_call_is_no_contact() -> None:
    assert facts_of("发生火情时请拨打119报警，投诉请拨打12345反映。", "contact") == []
