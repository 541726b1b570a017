"""Deadlines: text in; when, who and what out."""

from __future__ import annotations

import time

import pytest
from cases import facts_of, notice, reading_of

from kg.extract import deadlines
from kg.extract.rules import Rule
from kg.model import Deadline


def told(text: str) -> list[str]:
    """when agent task, one a deadline; - where there is no agent."""
    return [
        " ".join(
            (
                "/".join(d[name] for name in ("on", "start", "end", "every", "within") if name in d),
                d.get("agent", "-"),
                d.get("task", "-"),
            )
        )
        for d in facts_of(text, "deadline")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区民政局应当于2021年6月30日前完成摸底排查。", ["2021-06-30 区民政局 完成摸底排查"]),
        ("由区教委于6月底前全额追缴。", ["2021-06-30 区教委 全额追缴"]),
        ("请各责任单位于每月25日前向区水利局报送台账。", ["FREQ=MONTHLY;BYMONTHDAY=25 各责任单位 向区水利局报送台账"]),
        (
            "区教委、区市场监管局每季度联合开展一次抽检。",
            [
                "FREQ=MONTHLY;INTERVAL=3 区教委 联合开展一次抽检",
                "FREQ=MONTHLY;INTERVAL=3 区市场监管局 联合开展一次抽检",
            ],
        ),
        (
            "有关镇乡人民政府于6月20日、12月20日前分别向区农业农村委报送半年和全年工作总结。",
            [
                "2021-06-20 有关镇乡人民政府 向区农业农村委报送半年工作总结",
                "2021-12-20 有关镇乡人民政府 向区农业农村委报送全年工作总结",
            ],
        ),
        ("区林业局自受理之日起20个工作日内作出决定。", ["P20BD 区林业局 作出决定"]),
        ("到2021年底，全区所有村实现广播全覆盖。", ["2021-12-31 - 全区所有村实现广播全覆盖"]),
        ("2021年12月，由区统计局委托第三方开展调查。", ["2021-12 区统计局 委托第三方开展调查"]),
        (
            "汛期（6月1日—9月30日），各镇乡人民政府实行24小时值班。",
            ["2021-06-01/2021-09-30 各镇乡人民政府 实行24小时值班"],
        ),
        ("本办法自2021年5月20日起施行，有效期至2026年5月19日。", ["2026-05-19 - 本办法有效期"]),
        ("监测数据每10分钟上传一次。", ["FREQ=MINUTELY;INTERVAL=10 - 监测数据上传一次"]),
        (
            "各牵头单位的实施方案务必于6月3日前报送区政府办公室。",
            ["2021-06-03 各牵头单位 实施方案报送区政府办公室"],
        ),
        (
            "区科技局会同区财政局于每年3月底前下达上年度奖补计划。",
            [
                "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31 区科技局 下达上年度奖补计划",
                "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31 区财政局 下达上年度奖补计划",
            ],
        ),
        ("5年内引进高层次人才100名。", []),  # a target
        ("每年安排专项资金用于产业发展。", []),
        ("征集的项目原则上能够在年底前建成。", []),
        ("各村发现渠道坍塌的，应当在24小时内报告区水利局。", ["PT24H 各村 报告区水利局"]),
        ("2021年至2023年，区财政每年安排茶园改造资金200万元。", []),
        ("2022年至2024年，区财政安排渠道修缮补助资金1.2亿元。", []),
        (
            "（一）建设绿道。建成一批绿道。\n\n牵头单位：区住建委；配合单位：区水利局\n\n完成时限：2021年11月底",
            ["2021-11-30 区住建委 建设绿道"],
        ),
        (
            "1.简化手续。实行一网通办。（区市监局牵头，区公安局按职责分工负责，2021年12月底前完成）",
            ["2021-12-31 区市监局 简化手续"],
        ),
        (
            "三、实施步骤\n\n第一阶段（2021年6月—8月）：动员部署。各镇乡制定方案。",
            ["2021-06/2021-08 各镇乡 第一阶段：动员部署：制定方案"],
        ),
        (
            "三、实施步骤\n\n（一）第一阶段（2021年6月—8月）：动员部署。各镇乡人民政府全面查清底数，编制方案。\n\n"
            "（二）第二阶段（2021年9月—12月）：集中整治。整治河道，清理沟渠。区水利局每月通报一次进展。\n\n"
            "（三）第三阶段（2022年1月—2月）：总结验收。总结经验，健全制度。",
            [
                "2021-06/2021-08 各镇乡人民政府 第一阶段：动员部署：全面查清底数，编制方案",
                "2021-09/2021-12 - 第二阶段：集中整治",
                "FREQ=MONTHLY 区水利局 通报一次进展",
                "2022-01/2022-02 - 第三阶段：总结验收：总结经验，健全制度",
            ],
        ),
        ("降低失业保险费率政策继续执行至2022年4月30日。", ["2022-04-30 - 降低失业保险费率政策继续执行"]),
        ("2023年有效遏制重大隐患增量。", ["2023 - 有效遏制重大隐患增量"]),
        ("弄虚作假的，3年内不得申报。", []),
        ("区教委年底前完成改造任务。", ["2021-12-31 区教委 完成改造任务"]),
        (
            "第一阶段（2022年3月—5月）：动员部署。4月底前各镇乡报送方案。",
            ["2022-03/2022-05 - 第一阶段：动员部署", "2022-04-30 各镇乡 报送方案"],
        ),
        ("自2021年7月1日起，国三货车禁止驶入城区。", ["2021-07-01 - 国三货车禁止驶入城区"]),
        ("各地要于6月底前完成审批。", ["2021-06-30 各地 完成审批"]),
        (
            "区发改委会同区财政局做好绩效评估，每半年向区政府报告一次执行情况。",
            [
                "FREQ=MONTHLY;INTERVAL=6 区发改委 向区政府报告一次执行情况",
                "FREQ=MONTHLY;INTERVAL=6 区财政局 向区政府报告一次执行情况",
            ],
        ),
        (
            "区安委会要建立工作专班，每季度通报一次工作进展。",
            ["FREQ=MONTHLY;INTERVAL=3 区安委会 通报一次工作进展"],
        ),
        ("各单位每周五下午5点前报送工作动态。", ["FREQ=WEEKLY;BYDAY=FR;BYHOUR=17 各单位 报送工作动态"]),
        (
            "各县区于每季度结束后10日内将进展情况报市水利局。",
            ["FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10 各县区 将进展情况报市水利局"],
        ),
        (
            "县财政局应当于每月最后一个工作日前通报支出进度。",
            ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 县财政局 通报支出进度"],
        ),
        ("各苏木镇每旬向旗林草局报送一次火情。", ["FREQ=MONTHLY;BYMONTHDAY=10,20,-1 各苏木镇 向旗林草局报送一次火情"]),
        ("印章于2021年6月30日前交区政府办公室销毁。", ["2021-06-30 - 印章交区政府办公室销毁"]),
    ],
)
def test_when_who_what(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各镇乡每年开展演练不少于2次。",
        "每年评选“最美乡村路”10条。",
        "每公里每年12000元。",
        "近3年内没有发生安全事故。",
        "2020年9月7日至11月20日，区审计局进行了专项审计。",
        "根据《青汀区2021年度审计项目计划》开展审计。",
        "本意见自2021年6月1日起施行。",
        "2021年，各级河长要管好门前的一河清水。",
        "年底前，网上可办率不低于90%。",
        "建立“一周一通报、一月一调度”机制。",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert told(text) == []


def test_a_phase_has_its_name_and_its_work() -> None:
    assert told("三、实施步骤\n\n（一）筹备阶段（2021年6月—8月）。完成人口核查。") == [
        "2021-06/2021-08 - 筹备阶段：完成人口核查"
    ]


def test_the_last_phase_stays_open() -> None:
    assert told("三、实施步骤\n\n（一）长效保障（2021年6月后）。建立长效机制。") == ["2021-06 - 长效保障：建立长效机制"]


def test_the_agent_of_the_sentence_before_acts_on() -> None:
    assert told("各街道办事处、镇乡人民政府要履行主体责任。坚持每月向领导小组报送情况。") == [
        "FREQ=MONTHLY 各街道办事处 向领导小组报送情况",
        "FREQ=MONTHLY 各镇乡人民政府 向领导小组报送情况",
    ]


@pytest.mark.parametrize(
    ("text", "within", "after"),
    [
        ("区财政局应当自公示期满之日起20日内拨付资金。", "P20D", "公示期满之日"),
        ("区河长办公室应当在整改完成后5个工作日内组织复核。", "P5BD", "整改完成"),
        ("文件印发后，起草部门20个工作日内公布解读材料。", "P20BD", "文件印发"),
        ("发生塌方、断道的，镇乡人民政府应当在2小时内报告区交通局。", "PT2H", "发生塌方、断道"),
    ],
)
def test_what_a_time_limit_runs_from(text: str, within: str, after: str) -> None:
    (deadline,) = facts_of(text, "deadline")
    assert (deadline["within"], deadline["after"]) == (within, after)


@pytest.mark.parametrize("rule", deadlines.RULES, ids=lambda rule: rule.name)
def test_rules(rule: Rule) -> None:
    assert rule.name in used(rule.example)
    assert rule.name not in used(rule.counter)


def used(text: str) -> set[str]:
    return {fact.rule for fact in reading_of(notice(text)).facts if isinstance(fact, Deadline)}


@pytest.mark.parametrize("text", ["每年1月前，" * 500, "各区教委、" * 1_500 + "每年报送。", "2021年5月" * 1_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    facts_of(text, "deadline")
    assert time.perf_counter() - start < 15


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "申报单位应于每年4月30日前提出申请，区发改委于5月底前完成初审。",
            [
                "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30 申报单位 提出申请",
                "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31 区发改委 完成初审",
            ],
        ),
        (
            "（三）验收阶段（2023年10—12月）。由区水利局组织验收。",
            ["2023-10/2023-12 区水利局 验收阶段：由区水利局组织验收"],
        ),
        ("区督查室要加强跟踪督办，每月调度一次。", ["FREQ=MONTHLY 区督查室 调度一次"]),
        ("2021年8月3日上午，副区长何平主持召开会议，研究有关工作。", []),
    ],
)
def test_times_that_lean_on_others(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、行动时间\n\n2021年6月20日至8月30日。\n\n二、任务", ["2021-06-20/2021-08-30 - 行动时间"]),
        ("整治时间：2021年6月1日至7月31日。", ["2021-06-01/2021-07-31 - 整治时间"]),
        ("自即日起至9月15日在全区开展专项整治。", ["2021-09-15 - 在全区开展专项整治"]),
        ("区安委会办公室于次年1月15日前完成核查。", ["FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15 区安委会办公室 完成核查"]),
        ("区财政局要加快资金拨付，11月底支出进度不低于95%。", []),  # a target
    ],
)
def test_times_by_what_stands_around_them(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_what_an_agent_does_in_a_phase_is_a_duty_as_well() -> None:
    text = "三、实施步骤\n\n（一）第一阶段（2021年6月—8月）：总结验收。区水利局组织开展验收，推广经验。"
    assert told(text) == ["2021-06/2021-08 区水利局 第一阶段：总结验收：组织开展验收，推广经验"]
    assert [(duty["agent"], duty["matter"]) for duty in facts_of(text, "duty")] == [("区水利局", "开展验收，推广经验")]
