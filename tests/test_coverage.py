"""What no fact covers, and an issue held against itself."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from cases import notice, reading_of

from kg.check import told
from kg.check.listing import DIFFERS, NOT_FOUND, NOT_LISTED, NOT_SEEN
from kg.check.mentions import seen
from kg.cli import main
from kg.model import Coverage, Gap, GapKind, Leftover, Place, Reading, Source, Span, Tally
from kg.pipeline import understand
from kg.view import report

# ---- what can be recognised -----------------------------------------------------------------------------------------


def marked(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in seen(text, "2021"):
        found.setdefault(str(one.kind), []).append(text[one.start : one.end])
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("多结算食材款86.4万元，占12.5%。", {"sum": ["86.4万元"], "percentage": ["12.5%"]}),
        ("抽查学校31所，转移11300余人。", {"quantity": ["31所", "11300余人"]}),
        ("2021年3月31日前报送，每季度通报一次。", {"time": ["2021年3月31日前", "每季度"]}),
        ("在15个工作日内办结，有效期至2023年12月31日。", {"time": ["15个工作日内", "有效期至2023年12月31日"]}),
        ("2020年度中小学食堂食材集中采购。", {}),
        ("按照《沧屏市2021年投资3亿元实施方案》办理。", {}),
        ("由区财政局牵头，区审计局负责。", {"agency": ["区财政局", "区审计局"], "role": ["牵头", "负责"]}),
        ("责任单位：区教委", {"role": ["责任单位"], "agency": ["区教委"]}),
        ("做到认真负责，落实主要负责人责任制。", {}),
        ("对牵头承担国家项目的牵头企业给予支持。", {}),
        ("责成区教委和区住房和城乡建设委作出检查。", {"agency": ["区教委", "区住房和城乡建设委"]}),
        ("委托青汀区路畅养护工程有限公司实施。", {"agency": ["青汀区路畅养护工程有限公司"]}),
        ("优化全市产业布局，支持乡镇卫生院和上市公司发展。", {}),
        ("各镇乡人民政府、有关部门要高度重视。", {}),
        ("经区政府同意，现印发给你们。", {}),
        ("以柯晓棠同志为榜样。", {"person": ["柯晓棠"]}),
        ("会议由区长褚维岳主持。", {"person": ["褚维岳"]}),
        ("副组长由李文（区财政局局长）担任。", {}),
        ("李文（区财政局局长）、何平（区水利局局长）。", {"person": ["李文", "何平"]}),
    ],
)
def test_what_is_sure_is_marked_and_nothing_else(text: str, expected: dict[str, list[str]]) -> None:
    assert marked(text) == expected


def test_a_person_known_from_elsewhere_is_marked_anywhere() -> None:
    found = seen("有了柯晓棠这样的干部。", None, {"柯晓棠"})
    assert [(one.start, one.end, one.kind) for one in found] == [(2, 5, GapKind.PERSON)]


@pytest.mark.parametrize(
    "piece", ["区财政局", "李文同志", "3万元", "（", "《", "由", "2021年", "牵头负责", "组 长：", "　 "]
)
def test_marking_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def spent(times: int) -> float:
        text = piece * (times // len(piece))
        best = 9.0
        for _ in range(2):
            begun = time.process_time()
            seen(text, "2021", {"李文"})
            best = min(best, time.process_time() - begun)
        return best

    assert spent(40_000) < 8 * spent(10_000) + 0.2


# ---- what is accounted for ------------------------------------------------------------------------------------------


def gaps(text: str) -> list[tuple[str, str]]:
    return [(str(gap.kind), gap.text) for gap in reading_of(notice(text)).coverage.gaps]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区财政局要在2021年6月30日前安排资金50万元。", []),
        ("全区河道水位超过保证水位1.92米，气氛紧张。", [("quantity", "1.92米")]),
        ("区教委对过程监管缺位。", [("agency", "区教委")]),
        ("一、2021年6月30日前的任务\n\n要做好各项工作，不得有误。", []),
    ],
)
def test_evidence_and_elements_account_for_what_stands_in_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert gaps(text) == expected


def test_a_gap_says_where_it_is() -> None:
    text = notice("一、基本情况\n\n全区河道水位超过保证水位1.92米，气氛紧张。")
    pages = (Place(0, "page", "7"), Place(text.index("全区河道"), "page", "8"))
    (gap,) = understand(Source("case.md", "0" * 64, "utf-8", text, places=pages)).coverage.gaps
    assert text[gap.span.start : gap.span.end] == gap.text == "1.92米"
    assert (gap.doc, gap.section, gap.page, gap.known) == ("青汀府办发〔2021〕99号", "一", "8", False)
    assert gap.around == "全区河道水位超过保证水位1.92米"


def test_a_gap_says_whether_facts_elsewhere_know_it() -> None:
    coverage = reading_of(notice("由区教委牵头做好检查工作。\n\n区教委对过程监管缺位。区气象台站网稀疏。")).coverage
    assert [(gap.text, gap.known) for gap in coverage.gaps if gap.kind is GapKind.AGENCY] == [("区教委", True)]


def test_text_outside_all_parts_is_looked_at_too() -> None:
    text = "全区共抽查学校31所，有问题的占12.5%\n\n" + notice("请认真执行。")
    assert [(gap.text, gap.span.start) for gap in reading_of(text).coverage.gaps] == [("31所", 7), ("12.5%", 16)]


def test_tallies_count_what_was_seen_and_missed() -> None:
    coverage = reading_of(notice("抽查学校31所，查出问题17个，气氛紧张。")).coverage
    (quantities,) = [tally for tally in coverage.tallies if tally.kind is GapKind.QUANTITY]
    assert quantities == Tally("青汀府办发〔2021〕99号", GapKind.QUANTITY, 2, 2)
    assert sum(tally.missed for tally in coverage.tallies) == len(coverage.gaps)


# ---- the demo gazette -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(demo_graph: Any) -> Coverage:
    (coverage,) = demo_graph.coverage
    assert isinstance(coverage, Coverage)
    return coverage


def test_the_demo_gazette_has_no_sum_and_one_date_that_no_fact_covers(demo: Coverage) -> None:
    missed = {gap.text for gap in demo.gaps if gap.kind in (GapKind.SUM, GapKind.PERCENTAGE, GapKind.TIME)}
    assert missed <= {"2020年7月14日至17日"}
    seen_ = {kind: sum(tally.seen for tally in demo.tallies if tally.kind is kind) for kind in GapKind}
    assert seen_[GapKind.SUM] >= 50
    assert seen_[GapKind.PERCENTAGE] >= 30
    assert seen_[GapKind.TIME] >= 120


def test_nine_tenths_of_the_demo_gazette_are_covered_and_no_role_or_person_is_missed(demo: Coverage) -> None:
    assert not [gap for gap in demo.gaps if gap.kind in (GapKind.ROLE, GapKind.PERSON)]
    assert len(demo.gaps) < 0.1 * sum(tally.seen for tally in demo.tallies)


# ---- an issue against itself ----------------------------------------------------------------------------------------


def issue(listed: list[str], documents: list[tuple[str, str]], index: list[tuple[str, str]] = []) -> Reading:  # noqa: B006
    """The reading of an issue whose contents list these titles, and which has documents of these numbers and titles."""
    front = "# 北川省人民政府公报\n\n2021年第4期（总第31期）\n\n### 目录\n\n" + "\n".join(f"{t}……1" for t in listed)
    body = "".join(
        f"\n\n北川府发〔2021〕{number}号\n\n# {title}\n\n各市人民政府：\n\n现就有关事项通知如下，请认真抓好贯彻落实工作。"
        "\n\n北川省人民政府\n\n2021年2月3日"
        for number, title in documents
    )
    behind = "\n\n# 主要文件目录\n\n" + "\n\n".join(f"{t}（北川府发〔2021〕{n}号）" for n, t in index) if index else ""
    return reading_of(front + body + behind)


SPRING, FLOOD, TEA = (
    f"北川省人民政府关于{matter}的通知" for matter in ("做好春耕备耕工作", "加强水库安全度汛管理", "发展高山茶产业")
)


def said(reading: Reading) -> list[tuple[str, str]]:
    ours = (NOT_FOUND, NOT_LISTED, DIFFERS, NOT_SEEN)
    return [(left.reason, left.text) for left in reading.leftovers if left.reason in ours]


def test_contents_that_agree_with_the_documents_give_nothing() -> None:
    assert said(issue([SPRING, FLOOD], [("4", SPRING), ("5", FLOOD)])) == []


def test_what_is_listed_and_not_found_is_reported() -> None:
    assert said(issue([SPRING, TEA, FLOOD], [("4", SPRING), ("5", FLOOD)])) == [(NOT_FOUND, TEA)]


def test_what_is_found_and_not_listed_is_reported() -> None:
    assert said(issue([SPRING], [("4", SPRING), ("5", FLOOD)])) == [(NOT_LISTED, f"{FLOOD}（北川府发〔2021〕5号）")]


def test_a_slip_in_a_title_is_tolerated_and_reported() -> None:
    slip = SPRING.replace("备耕", "各耕")
    assert said(issue([slip, FLOOD], [("4", SPRING), ("5", FLOOD)])) == [(DIFFERS, f"{slip} | {SPRING}")]


def test_a_title_without_its_issuer_is_the_same_title() -> None:
    assert said(issue([SPRING.removeprefix("北川省人民政府"), FLOOD], [("4", SPRING), ("5", FLOOD)])) == []


def test_the_index_is_held_against_the_documents_by_number() -> None:
    other = "北川省人民政府关于另一件事情的公告"
    found = said(issue([], [("4", SPRING), ("5", FLOOD)], [("4", other), ("5", FLOOD)]))
    assert found == [(DIFFERS, f"{other} | {SPRING}")]


def test_a_source_that_lists_nothing_is_not_held_against_a_list() -> None:
    assert said(reading_of(notice("请认真执行。"))) == []


@pytest.mark.parametrize(
    ("serials", "expected"),
    [
        (["4", "5", "6"], []),
        (["4", "6"], ["北川府发〔2021〕5号"]),
        (["9", "4"], ["北川府发〔2021〕5—8号"]),
        (["4", "6", "9"], ["北川府发〔2021〕5号", "北川府发〔2021〕7—8号"]),
        (["4", "4"], []),
    ],
)
def test_holes_in_a_run_of_numbers_are_not_seen(serials: list[str], expected: list[str]) -> None:
    titles = [SPRING, FLOOD, TEA][: len(serials)]
    found = said(issue(titles, list(zip(serials, titles, strict=True))))
    assert [text for reason, text in found if reason == NOT_SEEN] == expected


def test_the_demo_gazette_agrees_with_its_contents_and_index(demo_graph: Any) -> None:
    ours = [left for left in demo_graph.leftovers if left.reason in (NOT_FOUND, NOT_LISTED, DIFFERS)]
    assert ours == []
    assert "青汀府发〔2021〕8号" in [left.text for left in demo_graph.leftovers if left.reason == NOT_SEEN]


# ---- told -----------------------------------------------------------------------------------------------------------

GAP = Gap(GapKind.SUM, "约3亿元", "投资<b>约3亿元", Span(3, 7), "青汀府办发〔2021〕99号", "二", "12")
COVERED = Coverage(
    "青汀.md",
    (Tally("青汀府办发〔2021〕99号", GapKind.SUM, 3, 1), Tally("issue", GapKind.TIME, 2, 0)),
    (GAP, Gap(GapKind.AGENCY, "区教委", "\x1b区教委缺位", Span(9, 12), "issue", known=True)),
)


def test_a_person_is_told_shares_and_places() -> None:
    text = told([COVERED])
    assert "金额 sum: 66%  认出 seen 3  未覆盖 missed 1" in text
    assert "金额 约3亿元  〈投资<b>约3亿元〉  3-7 p.12 二" in text
    assert "\x1b" not in text


def test_the_report_shows_what_no_fact_covers() -> None:
    import networkx

    html = report([], [Leftover("x", "y")], networkx.MultiDiGraph(), coverage=[COVERED])
    assert "没有事实覆盖之处" in html
    assert "投资&lt;b&gt;约3亿元" in html
    assert "第12页" in html
    assert "没有事实覆盖之处" not in report([], [], networkx.MultiDiGraph())


def test_the_command_says_what_no_fact_covers(
    demo_gazette: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--coverage", str(demo_gazette)]) == 0
    out = capsys.readouterr().out
    assert "金额 sum" in out
    assert "conforms" not in out
    assert main(["build", str(demo_gazette), "-o", str(tmp_path), "--json"]) == 0
    (covered,) = json.loads(capsys.readouterr().out)["coverage"]
    assert {"kind", "text", "around", "span", "doc", "section", "page", "known"} == set(covered["gaps"][0])
    assert main(["check", "--coverage", str(tmp_path / "none.md")]) == 2
