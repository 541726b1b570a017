"""Citations: text in, documents referred to out."""

from __future__ import annotations

from typing import Any

import pytest
from cases import facts_of, plain, reading_of

Facts = list[dict[str, Any]]


def cites(*rows: str) -> Facts:
    """relation|title|number, one a row; nothing where there is none."""
    found = []
    for row in rows:
        relation, title, number = (*row.split("|"), "", "")[:3]
        values = {"title": title, "number": number, "relation": relation}
        found.append({name: value for name, value in values.items() if value})
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《岚川省防汛条例》等法律法规，加强巡查。", cites("根据|岚川省防汛条例")),
        (
            "根据《岚川省防汛条例》和《关于加强防汛的意见》（岚政发〔2020〕7号）精神，结合《青汀区防汛预案》（青汀府办发〔2019〕4号），制定本方案。",
            cites(
                "根据|岚川省防汛条例",
                "根据|关于加强防汛的意见|岚政发〔2020〕7号",
                "结合|青汀区防汛预案|青汀府办发〔2019〕4号",
            ),
        ),
        ("根据水利厅印发的《岚川省防汛条例》，加强巡查。", cites("根据|岚川省防汛条例")),
        ("《青汀区河道管理办法》已经区政府同意，现印发给你们。", cites("印发|青汀区河道管理办法")),
        ("区水利局制定了《青汀区河道管理办法》。现予以印发，请遵照执行。", cites("印发|青汀区河道管理办法")),
        (
            "现将《关于开展督查的通知》（岚发明电〔2020〕1号）转发你们。",
            cites("转发|关于开展督查的通知|岚发明电〔2020〕1号"),
        ),
        ("《青汀区河道办法》（青汀府发〔2010〕3号）同时废止。", cites("废止|青汀区河道办法|青汀府发〔2010〕3号")),
        ("你局《关于审批规划的请示》（青汀文〔2021〕17号）收悉。", cites("收悉|关于审批规划的请示|青汀文〔2021〕17号")),
        (
            "参照《甲县创新券办法》、《乙县创新券细则》有关规定执行。",
            cites("参照|甲县创新券办法", "参照|乙县创新券细则"),
        ),
        (
            "根据《关于〈车辆购置税办法〉的补充通知》（财建〔2019〕272号）执行。",
            cites("根据|关于〈车辆购置税办法〉的补充通知|财建〔2019〕272号"),
        ),
        (
            "依据《城市供水条例》（国务院令第158号）和《给水规范》（GB 50282—2016）。",
            cites("依据|城市供水条例|国务院令第158号", "依据|给水规范|GB 50282—2016"),
        ),
        ("按照岚政办发〔2020〕45号文件要求，加强巡查。", cites("按照||岚政办发〔2020〕45号")),
        (
            "按照国务院关于加强防汛的意见（国发〔2020〕5号）要求，加强巡查。",
            cites("按照|国务院关于加强防汛的意见|国发〔2020〕5号"),
        ),
        ("根据国务院关于推进养老服务的有关文件精神，加强服务。", cites("根据|国务院关于推进养老服务的有关文件")),
        ("区审计局根据区政府批准的2020年度审计工作计划，进行审计。", cites("根据|2020年度审计工作计划")),
        ("落实城乡供水设施管理服务办法，规范服务。", cites("落实|城乡供水设施管理服务办法")),
        ("依据动物防疫法和畜禽污染防治条例等，加强执法。", cites("依据|动物防疫法", "依据|畜禽污染防治条例")),
        (
            "落实《岚川省河长制条例》（以下简称《省条例》）。各单位要按照《省条例》和《岚川省河长制条例》巡查。",
            cites("落实|岚川省河长制条例"),
        ),
        (
            "附件：1．2021年度先进单位名单\n2．青汀区水库名单（略）",
            cites("附件|2021年度先进单位名单", "附件|青汀区水库名单"),
        ),
        ("附件：《巡查方案》（模板）", cites("附件|《巡查方案》（模板）")),
        ("有关情况在《沧屏日报》刊登，《营业执照》不得转借。", []),
        ("按照《方案》和《实施方案》要求加强巡查。", []),
        ("根据工作需要制定实施方案，落实会议精神，执行有关规定。", []),
        ("2019年第7号台风造成损失。", []),
    ],
)
def test_citations(text: str, expected: Facts) -> None:
    assert facts_of(text, "cites") == expected


def test_a_document_does_not_cite_itself() -> None:
    assert (
        facts_of("为落实《沧屏市青汀区人民政府办公室关于做好有关工作的通知》（青汀府办发〔2021〕99号）。", "cites")
        == []
    )


NOTICE = (
    "沧屏市人民政府关于赵立新等任职的通知\n\n沧政干〔2021〕4号\n\n各县人民政府：\n\n市政府决定：赵立新任沧屏市财政局局长。\n\n"
    "沧屏市人民政府\n2021年5月30日\n"
)


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (
            "沧屏市人民政府关于赵立新等任职的通知  (15)",
            cites("目录|沧屏市人民政府关于赵立新等任职的通知"),
        ),
        (
            "【市政府文件】\n沧屏市人民政府关于印发国土空间规划\n实施细则的通知（沧政发〔2021〕18号）……（9）\n"
            "沧屏市人民政府关于赵立新等任职\n的通知（沧政干〔2021〕4号）……（15）",
            cites(
                "目录|沧屏市人民政府关于赵立新等任职的通知|沧政干〔2021〕4号",
                "目录|沧屏市人民政府关于印发国土空间规划实施细则的通知|沧政发〔2021〕18号",
            ),
        ),
        (
            "政府令\n\n沧屏市建筑垃圾管理办法（沧屏市人民政府令第88号）  (3)\n\n文件索引\n\n2021年5月主要文件目录  (20)",
            cites("目录|沧屏市建筑垃圾管理办法|沧屏市人民政府令第88号"),
        ),
    ],
)
def test_contents(contents: str, expected: Facts) -> None:
    text = f"沧屏市人民政府公报\n\n2021年第6期（总第212期）\n\n目  录\n\n{contents}\n\n主办：沧屏市人民政府办公室\n\n{NOTICE}"
    facts = [fact for fact in reading_of(text).facts if fact.kind == "cites" and fact.doc == "issue"]
    assert [{name: plain(value) for name, value in fact.values()} for fact in facts] == expected
