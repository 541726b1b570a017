"""Two issues of one gazette are compared line by line: what a reader of both finds is what is told, with the sentences."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli import main
from kg.compare import Difference, Topic
from kg.errors import KgError

LATER = Path(__file__).parent / "issues" / "2021-3.md"
READING = "青汀区全民阅读工作领导小组"
PATROL = "青汀区电动自行车综合治理专班"


@pytest.fixture(scope="module")
def later(demo_gazette: Path) -> Any:
    """Both issues."""
    return kg.build([demo_gazette, LATER])


@pytest.fixture(scope="module")
def found(demo_graph: Any, later: Any) -> list[Difference]:
    differences: list[Difference] = later.diff(demo_graph)
    return differences


def lines(found: list[Difference], topic: Topic) -> list[tuple[str, str, str, str, str]]:
    return [(d.date[5:], d.change, d.subject, d.before, d.after) for d in found if d.topic is topic]


def test_documents_that_are_new_and_one_that_is_repealed(found: list[Difference]) -> None:
    told = lines(found, Topic.DOCUMENT)
    new = [subject.rpartition("（")[2].rstrip("）") for _, change, subject, *_ in told if change == "new"]
    numbers = [
        "发〔2021〕19号",
        "办发〔2021〕31号",
        "发〔2021〕20号",
        "办〔2021〕20号",
        "办〔2021〕21号",
        "人〔2021〕6号",
    ]
    assert new == [f"青汀府{number}" for number in numbers]
    (ended,) = [d for d in found if d.topic is Topic.DOCUMENT and d.change == "ended"]
    assert ended.subject.endswith("青汀区老年食堂建设运营补助办法的通知（青汀府办发〔2021〕22号）")
    assert ended.fact["quote"].startswith("废止《青汀区老年食堂建设运营补助办法》")


def test_who_came_into_a_body_who_left_and_whose_role_is_another(found: list[Difference]) -> None:
    told = lines(found, Topic.MEMBER)
    office = f"{READING}办公室"
    assert {(change, before, after) for _, change, body, before, after in told if body == READING} == {
        ("came", "", "文静姝 副组长"),
        ("came", "", "苗青禾 成员"),
        ("changed", "庞知书 成员", "庞知书 副组长"),
        ("went", "柯晓棠 副组长", ""),
        ("went", "戚星辰 副组长", ""),
        *(
            ("went", f"{name} 成员", "")
            for name in ["麦冬", "岳峙", "祝远山", "袁圆", "米若兰", "郎咏", "沈知微", "古今月"]
        ),
    }
    assert {line[1:] for line in told if line[2] == office} == {
        ("went", office, "戚星辰 主任", ""),
        ("changed", office, "庞知书 副主任", "庞知书 主任"),
    }
    dissolved = {line[2]: line[3] for line in told if line[:2] == ("06-18", "ended")}
    assert dissolved.pop(f"{PATROL}办公室") == "洪一鸣"
    assert set(dissolved.pop(PATROL).split("、")) == {
        "穆怀安",
        "严朔",
        "洪一鸣",
        "沈剑秋",
        "翟光",
        "鲁小满",
        "于归",
        "贝思远",
    }
    assert {body for _, _, body, *_ in told} == {READING, office, PATROL, f"{PATROL}办公室"}


def test_who_took_whose_post(found: list[Difference]) -> None:
    assert lines(found, Topic.POST) == [
        ("06-22", "changed", "区文化旅游委主任", "戚星辰", "文静姝"),
        ("06-22", "changed", "区林业局局长", "廉清", "戚星辰"),
        ("06-22", "went", "区文物局局长", "戚星辰", ""),
        ("06-22", "came", "区数据局副局长", "", "苗青禾"),
    ]


def test_where_an_office_moved(found: list[Difference]) -> None:
    assert lines(found, Topic.SEAT) == [
        ("06-15", "changed", READING, "区文化旅游委", "区图书馆"),
        ("06-18", "went", PATROL, "区消防救援大队", ""),
    ]


def test_which_duty_moved_and_which_is_given_out_no_more(found: list[Difference]) -> None:
    told = lines(found, Topic.DUTY)
    assert [line[2:] for line in told if line[1] == "moved"] == [
        ("公报编辑", "鲍一舟 负责", "欧阳砚秋 负责"),
        ("调查研究", "鲍一舟 负责", "柯晓棠 负责"),
        ("调研科", "鲍一舟 分管", "柯晓棠 分管"),
        ("织密监测网络", "区大数据局 责任", "区数据局 承担"),
        ("联合执法检查", f"{PATROL} 组织", "区消防救援大队 承担"),
        ("统筹既有小区充电设施改造", f"{PATROL} 负责", "区消防救援大队 承担"),
    ]
    assert [(line[2], line[4]) for line in told if line[1] == "new"] == [
        ("区大数据局的职责", "区数据局 承担"),
        (f"{PATROL}的职责", "区消防救援大队 承担"),
    ]
    ended = {(matter, before) for _, change, matter, before, _ in told if change == "ended"}
    assert ("综合二科", "鲍一舟 分管") in ended
    assert ("资金安排和监督检查", "区财政局 负责") in ended, "the document that said so is repealed"
    standing = {"重大活动统筹", "总值班室", "推进政务公开", "督查科"}
    assert not standing & {matter for _, _, matter, *_ in told}


def test_a_reform_hands_over_what_an_agency_answered_for_with_both_sentences(found: list[Difference]) -> None:
    (moved,) = [d for d in found if d.subject == "织密监测网络"]
    assert moved.former is not None
    assert moved.fact["quote"] == "将区大数据局的职责划入区数据局"
    assert "区大数据局" in moved.former["quote"]


def test_whose_an_organisation_is(found: list[Difference]) -> None:
    assert lines(found, Topic.PART) == [("06-12", "changed", "区老年助餐服务指导中心", "区民政局", "区卫生健康委")]


def test_a_repeal_ends_what_the_document_ordains_and_not_what_it_mentions(later: Any) -> None:
    """The rules for canteens are gone; that 简宁 heads a bureau is not, nor would be whose a centre is."""
    assert [row["organization"] for row in later.as_of("2021-06-09").query("parts", name="助餐")] == [
        "区老年助餐服务指导中心"
    ]


def test_each_line_has_the_sentence_of_the_change_and_of_what_was_before(found: list[Difference]) -> None:
    for difference in found:
        assert difference.fact["quote"]
        assert bool(difference.former) == bool(difference.before or difference.change == "ended")
    (post,) = [d for d in found if d.subject == "区林业局局长"]
    assert post.former is not None
    assert (post.fact["quote"], post.former["quote"]) == ("任命戚星辰为区林业局局长", "任命廉清为区林业局局长")


def test_the_later_issue_alone_says_the_same(demo_graph: Any, found: list[Difference]) -> None:
    alone: list[Difference] = kg.build([LATER]).diff(demo_graph)
    assert alone == found


def test_one_graph_on_two_days(later: Any, found: list[Difference]) -> None:
    assert later.diff(since="2021-05-10") == found
    assert later.diff(since="2021-06-22", until="2021-12-31") == []
    between = later.diff(since="2021-06-15", until="2021-06-18")
    assert {d.subject for d in between if d.topic in (Topic.MEMBER, Topic.SEAT)} == {PATROL, f"{PATROL}办公室"}


def test_a_question_is_asked_as_of_a_day(later: Any) -> None:
    def heads(day: str) -> set[str]:
        return {row["member"] for row in later.as_of(day).query("members", group=READING) if row["role"] == "副组长"}

    assert heads("2021-04-05") == set()
    assert heads("2021-04-06") == heads("2021-06-14") == {"柯晓棠", "戚星辰"}
    assert heads("2021-06-15") == {"文静姝", "庞知书"}
    assert later.as_of("2021-06-17").query("members", group=PATROL) != []
    assert later.as_of("2021-06-18").query("members", group=PATROL) == []
    assert [row["number"] for row in later.as_of("2021-03-05").query("documents")] == ["青汀府发〔2021〕6号"]
    assert {row["document"] for row in later.as_of("2021-03-05").query("outline")} <= {"青汀府发〔2021〕6号"}
    assert {row["agent"] for row in later.as_of("2021-06-09").query("matter", word="调查研究")} == {"鲍一舟"}
    assert {row["agent"] for row in later.as_of("2021-06-10").query("matter", word="调查研究")} == {"柯晓棠"}
    restated = later.as_of("2021-06-15").query("members", group=READING)
    assert {row["document"] for row in restated} == {"青汀府办〔2021〕20号"}
    with pytest.raises(KgError, match="must be an ISO date"):
        later.as_of("2021-06")


def test_a_graph_has_no_difference_from_itself(later: Any) -> None:
    assert later.diff(later) == []


def test_what_cannot_be_compared_is_said(later: Any) -> None:
    with pytest.raises(KgError, match="give --from or --to"):
        later.diff()
    for day in ("2021", "2021-02-30", "yesterday"):
        with pytest.raises(KgError, match="must be an ISO date"):
            later.diff(since=day)


def test_the_command_prints_it(later: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later.write(tmp_path)
    assert main(["diff", str(tmp_path), "--from", "2021-05-10", "--topic", "post", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert next((row["change"], row["subject"], row["before"], row["after"]) for row in rows) == (
        "变更",
        "区文化旅游委主任",
        "戚星辰",
        "文静姝",
    )
    assert main(["diff", str(tmp_path), "--from", "2021-05-10", "--topic", "persons"]) == 2
    assert "must be one of document, member, post, seat, duty, part" in capsys.readouterr().err
