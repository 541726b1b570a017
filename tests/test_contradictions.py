"""Every claim is broken by a small graph, and left alone by one that is almost the same; and the texts at hand are read.

``BROKEN`` and ``SOUND`` have at least one graph for each claim; a claim without one fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from invented import change, notice, reading, store_of

import kg
from kg.contradictions import CLAIMS, contradictions, kept, told_with_sentences
from kg.query import ask
from kg.query.results import Rows
from kg.standing import told
from kg.store import Store

LATER = Path(__file__).parent / "issues" / "2021-3.md"
Lines = list[dict[str, Any]]


def post(person: str, title: str = "局长", org: str = "区财政局", **more: Any) -> dict[str, Any]:
    return {"kind": "post", "person": person, "org": org, "title": title, **more}


def lead(agent: str, matter: str = "开展湿地普查登记", role: str = "牵头") -> dict[str, Any]:
    return {"kind": "duty", "agent": agent, "matter": matter, "role": role}


def due(on: str, task: str = "完成湿地普查登记", **more: Any) -> dict[str, Any]:
    return {"kind": "deadline", "on": on, "task": task, **more}


def limit(value: float, subject: str = "每站养老服务床位", **more: Any) -> dict[str, Any]:
    return {"kind": "target", "subject": subject, "value": value, "comparator": ">=", "unit": "张", **more}


def seat(org: str) -> dict[str, Any]:
    return {"kind": "seat", "group": "栖云区湿地修复领导小组", "org": org}


def fund(quote: str, amount: float | None = None, **more: Any) -> dict[str, Any]:
    said = {} if amount is None else {"amount": amount}
    return {"kind": "fund", "comparator": "=", "quote": quote, **said, **more}


def listed(title: str, number: str | None = None) -> dict[str, Any]:
    said = {"number": number} if number else {}
    return {"doc": "issue", "kind": "cites", "title": title, "relation": "目录", "quote": f"{title}……1", **said}


PLAN = {"title": "栖云区人民政府关于印发湿地保护修复实施方案的通知"}
MORE = {"title": "栖云区人民政府关于进一步做好湿地保护修复工作的通知"}

BROKEN: list[tuple[str, Sequence[Lines], str]] = [
    # claim, documents of one source each, words of what is said
    ("two_holders", [notice(1, "2031-03-01", post("岑望舒")), notice(2, "2031-03-01", post("闻一苇"))], "仍称"),
    (
        "two_holders",  # one is named before the other is removed
        [
            notice(1, "2031-01-01", change("岑望舒", "任", date="2031-01-01")),
            notice(2, "2031-03-01", post("闻一苇")),
            notice(
                3, "2031-03-09", change("岑望舒", "免", date="2031-03-09"), change("闻一苇", "任", date="2031-03-09")
            ),
        ],
        "2031-03-09才被免去",
    ),
    (
        "two_holders",  # one stands between two mentions of the other
        [
            notice(1, "2031-01-01", post("岑望舒")),
            notice(2, "2031-03-01", change("闻一苇", "任", date="2031-03-01")),
            notice(3, "2031-05-01", post("岑望舒")),
        ],
        "2031-05-01仍称岑望舒",
    ),
    (
        "two_readings",
        [
            notice(1, "2031-01-01", post("岑望舒", "队长", "区公安局交巡警支队")),
            notice(2, "2031-02-01", post("岑望舒", "支队长", "区公安局交巡警支队")),
        ],
        "“队长”和“支队长”",
    ),
    (
        "two_readings",
        [notice(1, "2031-01-01", post("岑望舒", "副局长")), notice(2, "2031-01-01", post("岑望舒", "局长"))],
        "“局长”和“副局长”",
    ),
    (
        "removed_unknown",
        [
            notice(1, "2031-01-01", change("闻一苇", "任", date="2031-01-01")),
            notice(2, "2031-03-01", change("岑望舒", "免", "副局长", date="2031-03-01")),
        ],
        "此前各期未见",
    ),
    (
        "period_turned",
        [notice(1, "2031-03-01", {"kind": "deadline", "start": "2031-05-01", "end": "2031-04-30"})],
        "止于2031-04-30",
    ),
    (
        "period_turned",
        [notice(1, "2031-03-01", {"kind": "event", "type": "审计", "date": "2030-12-19/2030-10-16"})],
        "止于2030-10-16",
    ),
    ("due_before_document", [notice(1, "2031-03-09", due("2031-02"))], "早于公文的成文日期2031-03-09"),
    (
        "parts_and_total",
        [
            notice(
                1,
                "2031-03-09",
                fund("共安排资金100万元", 1000000),
                fund("，其中甲镇60万元", 600000),
                fund("，乙镇50万元", 500000),
            )
        ],
        "总数为1000000元，所列2项合计1100000元",
    ),
    (
        "parts_and_total",  # the text lists them all
        [
            notice(
                1,
                "2031-03-09",
                {
                    "kind": "target",
                    "subject": "招聘",
                    "value": 51,
                    "unit": "人",
                    "comparator": "=",
                    "quote": "招聘51人",
                },
                *(
                    {"kind": "target", "subject": name, "value": n, "unit": "人", "comparator": "=", "quote": quote}
                    for name, n, quote in (
                        ("教师", 11, "，其中：教师11人"),
                        ("医师", 15, "、医师15人"),
                        ("农技员", 24, "、农技员24人"),
                    )
                ),
            )
        ],
        "总数为51人，所列3项合计50人",
    ),
    (
        "parts_and_total",  # a share is so much of the total
        [
            notice(
                1,
                "2031-03-09",
                fund("总投资100万元", 1000000),
                fund("，其中企业自筹占70%", share=0.7),
                fund("，区财政补助40万元", 400000),
            )
        ],
        "合计1100000元",
    ),
    (
        "shares_and_whole",
        [
            notice(
                1,
                "2031-03-09",
                fund("区财政局承担60%", share=0.6, payer="区财政局"),
                fund("，区水务局承担50%", share=0.5, payer="区水务局"),
            )
        ],
        "合计110%",
    ),
    (
        "figures_and_words",
        [notice(1, "2031-03-09", fund("奖励人民币50000元（大写：伍仟圆整）", 50000))],
        "大写却是5000元",
    ),
    ("figures_and_words", [notice(1, "2031-03-09", fund("支付人民币伍万元整（￥5000.00）", 50000))], "小写5000元"),
    ("figures_and_words", [notice(1, "2031-03-09", fund("补助1.2万元（大写：壹万贰仟元伍角）", 12000))], "12000.5元"),
    (
        "one_number",
        [
            notice(1, "2031-03-01", title="栖云区人民政府关于湿地保护的通知"),
            notice(1, "2031-03-01", title="栖云区人民政府关于表彰先进教师的决定"),
        ],
        "是两件公文的文号",
    ),
    (
        "listed_otherwise",
        [[*notice(1, "2031-03-01", **PLAN), listed("关于印发林长制实施方案的通知", "栖云府人〔2031〕1号")]],
        "目录所列标题",
    ),
    (
        "listed_otherwise",
        [[*notice(1, "2031-03-01", **PLAN), listed(PLAN["title"], "栖云府人〔2031〕9号")]],
        "目录所列文号",
    ),
    (
        "two_leads",
        [notice(1, "2031-03-01", lead("区水务局"), **PLAN), notice(2, "2031-05-01", lead("区财政局"), **MORE)],
        "一处由区水务局牵头，一处由区财政局牵头",
    ),
    (
        "two_due_dates",
        [notice(1, "2031-03-01", due("2031-06-30"), **PLAN), notice(2, "2031-05-01", due("2031-09-30"), **MORE)],
        "一处限2031-06-30前完成，一处限2031-09-30前完成",
    ),
    (
        "two_limits",
        [notice(1, "2031-03-01", limit(20), **PLAN), notice(2, "2031-05-01", limit(30), **MORE)],
        "一处为20张，一处为30张",
    ),
    (
        "two_seats",
        [notice(1, "2031-03-01", seat("区水务局")), notice(2, "2031-03-01", seat("区财政局"))],
        "同时设在",
    ),
    (
        "two_seats",
        [
            notice(1, "2031-03-01", seat("区水务局")),
            notice(2, "2031-04-01", seat("区财政局")),
            notice(3, "2031-05-01", seat("区水务局")),
        ],
        "同时设在",
    ),
]

SOUND: list[tuple[str, Sequence[Lines]]] = [
    # A successor, whether the removal is told or not; on the day of the removal both may be named.
    ("two_holders", [notice(1, "2031-01-01", post("岑望舒")), notice(2, "2031-03-01", post("闻一苇"))]),
    (
        "two_holders",
        [
            notice(1, "2031-03-01", post("岑望舒")),
            notice(
                2, "2031-03-01", change("闻一苇", "任", date="2031-03-01"), change("岑望舒", "免", date="2031-03-01")
            ),
        ],
    ),
    # Posts for several, posts of another organisation, and posts that are told of the past.
    ("two_holders", [notice(1, "2031-03-01", post("岑望舒", "副局长"), post("闻一苇", "副局长"))]),
    ("two_holders", [notice(1, "2031-03-01", post("岑望舒", "党组成员"), post("闻一苇", "党组成员"))]),
    ("two_holders", [notice(1, "2031-03-01", post("岑望舒", "科长"), post("闻一苇", "科长"))]),
    ("two_holders", [notice(1, "2031-03-01", post("岑望舒"), post("闻一苇", org="区水务局"))]),
    ("two_holders", [notice(1, "2031-03-01", post("岑望舒"), post("闻一苇", quote="时任区财政局局长闻一苇"))]),
    # A term that ends and begins again.
    (
        "two_holders",
        [
            notice(1, "2031-01-01", change("岑望舒", "任", date="2031-01-01")),
            notice(
                2, "2031-02-01", change("岑望舒", "免", date="2031-02-01"), change("闻一苇", "任", date="2031-02-01")
            ),
            notice(
                3, "2031-03-01", change("闻一苇", "免", date="2031-03-01"), change("岑望舒", "任", date="2031-03-01")
            ),
        ],
    ),
    (
        "two_readings",
        [notice(1, "2031-01-01", post("岑望舒", "副局长")), notice(2, "2031-02-01", post("岑望舒", "局长"))],
    ),
    ("two_readings", [notice(1, "2031-01-01", post("岑望舒", "局长"), post("岑望舒", "党组书记"))]),
    ("two_readings", [notice(1, "2031-01-01", post("岑望舒", "书记", "区委"), post("岑望舒", "党组书记", "区政府"))]),
    ("removed_unknown", [notice(1, "2031-03-01", change("岑望舒", "免", date="2031-03-01"))]),
    (
        "removed_unknown",
        [notice(1, "2031-01-01", post("岑望舒")), notice(2, "2031-03-01", change("岑望舒", "免", date="2031-03-01"))],
    ),
    ("period_turned", [notice(1, "2031-03-01", {"kind": "deadline", "start": "2031-05-02", "end": "2031-05"})]),
    ("period_turned", [notice(1, "2031-03-01", {"kind": "deadline", "start": "2031-05-01", "end": "2031-05-01"})]),
    ("due_before_document", [notice(1, "2031-03-09", due("2031-03"), due("2031-03-09"), due("2030"))]),
    ("due_before_document", [notice(1, "2031-03-09", due("2031-02-01", quote="已于2月1日前完成"))]),
    ("due_before_document", [notice(1, "2031-03-09", {"kind": "deadline", "start": "2031-01", "end": "2031-02"})]),
    ("due_before_document", [notice(1, "", due("2031-02-01"))]),
    (
        "parts_and_total",
        [
            notice(
                1,
                "2031-03-09",
                fund("三年共安排150万元", 1500000),
                fund("，其中2031年40万元", 400000),
                fund("、2032年50万元", 500000),
                fund("、2033年60万元", 600000),
            )
        ],
    ),
    # Part of a list, a rest, a bound: what does not come to the total is no contradiction.
    (
        "parts_and_total",
        [notice(1, "2031-03-09", fund("总投资100万元", 1000000), fund("，其中企业自筹30万元", 300000))],
    ),
    (
        "parts_and_total",
        [
            notice(
                1,
                "2031-03-09",
                fund("总投资100万元", 1000000),
                fund("，其中：甲镇10万元", 100000),
                fund("、乙镇20万元", 200000),
                fund("、丙镇30万元，其余由市级补助", 300000),
            )
        ],
    ),
    (
        "parts_and_total",
        [
            notice(
                1,
                "2031-03-09",
                fund("总投资100万元", 1000000),
                fund("，其中甲镇不少于60万元", 600000, comparator=">="),
                fund("，乙镇50万元", 500000),
            )
        ],
    ),
    # Another sentence is about something else.
    (
        "parts_and_total",
        [notice(1, "2031-03-09", fund("总投资100万元", 1000000), fund("。另有一镇投资200万元", 2000000))],
    ),
    (
        "shares_and_whole",
        [
            notice(
                1,
                "2031-03-09",
                fund("区财政局承担60%", share=0.6, payer="区财政局"),
                fund("，区水务局承担40%", share=0.4, payer="区水务局"),
                fund("；村道由区财政局承担80%", share=0.8, payer="区财政局"),
            )
        ],
    ),
    ("figures_and_words", [notice(1, "2031-03-09", fund("各奖励人民币50000元（大写：伍万圆整）", 50000))]),
    ("figures_and_words", [notice(1, "2031-03-09", fund("专项资金1500万元（大写：壹仟伍佰万元整）", 15000000))]),
    (
        "figures_and_words",
        [notice(1, "2031-03-09", fund("欠款12345.67元（大写：壹万贰仟叁佰肆拾伍元陆角柒分）", 12345.67))],
    ),
    # A title that was misread, or is printed without its issuer, is the title.
    (
        "one_number",
        [
            notice(1, "2031-03-01", title="栖云区人民政府关于湿地保护修复的通知"),
            notice(1, "2031-03-01", title="关于湿地保护修复的通如"),
        ],
    ),
    (
        "listed_otherwise",
        [[*notice(1, "2031-03-01", **PLAN), listed("关于印发湿地保护修复实施方案的通知", "栖云府人〔2031〕1号")]],
    ),
    # The same lead beside another, another topic, a heading of every plan, the next year's, and what a repeal took back.
    (
        "two_leads",
        [
            notice(1, "2031-03-01", lead("区水务局"), **PLAN),
            notice(2, "2031-05-01", lead("区水务局"), lead("区财政局"), **MORE),
        ],
    ),
    (
        "two_leads",
        [
            notice(1, "2031-03-01", lead("区水务局"), title="栖云区人民政府关于加强古茶树保护的通知"),
            notice(2, "2031-05-01", lead("区财政局"), **MORE),
        ],
    ),
    (
        "two_leads",
        [
            notice(1, "2031-03-01", lead("区水务局", "加强领导"), **PLAN),
            notice(2, "2031-05-01", lead("区财政局", "加强领导"), **MORE),
        ],
    ),
    (
        "two_leads",
        [notice(1, "2031-03-01", lead("区水务局"), **PLAN), notice(2, "2032-05-01", lead("区财政局"), **MORE)],
    ),
    (
        "two_leads",
        [
            notice(1, "2031-03-01", lead("区水务局"), **PLAN),
            notice(
                2,
                "2031-05-01",
                lead("区财政局"),
                {"kind": "cites", "number": "栖云府人〔2031〕1号", "relation": "同时废止"},
                **MORE,
            ),
        ],
    ),
    (
        "two_due_dates",  # the first day had passed when the second was set
        [notice(1, "2031-03-01", due("2031-04-30"), **PLAN), notice(2, "2031-05-01", due("2031-09-30"), **MORE)],
    ),
    (
        "two_due_dates",
        [notice(1, "2031-03-01", due("2031-06-30"), **PLAN), notice(2, "2031-05-01", due("2031-06-30"), **MORE)],
    ),
    (
        "two_limits",
        [notice(1, "2031-03-01", limit(20), **PLAN), notice(2, "2031-05-01", limit(30, unit="个"), **MORE)],
    ),
    ("two_seats", [notice(1, "2031-03-01", seat("区水务局")), notice(2, "2031-04-01", seat("区财政局"))]),
    ("two_seats", [notice(1, "2031-03-01", seat("区水务局"), seat("区财政局"))]),
]


def graph_of(sources: Sequence[Lines]) -> Store:
    """A store of sources, each with the lines of one or several documents."""
    return store_of(*(reading(lines, name=f"{n}.txt", between="") for n, lines in enumerate(sources)))


def found(store: Store) -> list[tuple[str, str]]:
    return [(one.claim, one.zh) for one in contradictions(told(store))]


@pytest.mark.parametrize(("claim", "sources", "words"), BROKEN, ids=[f"{n}-{case[0]}" for n, case in enumerate(BROKEN)])
def test_a_broken_claim_is_found_with_the_sentences_of_both_sides(
    claim: str, sources: Sequence[Lines], words: str
) -> None:
    store = graph_of(sources)
    ((name, said),) = found(store)
    assert name == claim
    assert words in said
    facts = told(store)
    (one,) = told_with_sentences(contradictions(facts), facts, CLAIMS)
    assert all(side["quote"] and side["doc"] and side["spans"] for side in (one["one"], *one["others"]))
    alone = ("removed_unknown", "period_turned", "due_before_document", "figures_and_words")
    assert bool(one["others"]) == (claim not in alone)


@pytest.mark.parametrize(("claim", "sources"), SOUND, ids=[f"{n}-{case[0]}" for n, case in enumerate(SOUND)])
def test_what_does_not_break_a_claim_is_left_alone(claim: str, sources: Sequence[Lines]) -> None:
    assert found(graph_of(sources)) == []


def test_every_claim_is_broken_above_and_kept_above() -> None:
    assert {case[0] for case in BROKEN} == {case[0] for case in SOUND} == set(CLAIMS)


def test_a_claim_is_said_in_both_languages_and_every_kind_has_its_weight() -> None:
    for name, claim in CLAIMS.items():
        assert claim.name == name
        assert claim.en.isascii()
        assert not claim.zh.isascii()
        assert claim.severity in ("Warning", "Info")


@pytest.mark.parametrize(("claim", "sources", "words"), BROKEN, ids=[f"{n}-{case[0]}" for n, case in enumerate(BROKEN)])
def test_the_graph_holds_what_was_found_and_answers_for_it(claim: str, sources: Sequence[Lines], words: str) -> None:
    store = graph_of(sources)
    assert [(one.claim, one.zh) for one in kept(store, CLAIMS)] == found(store)
    rows = list(Rows.of(ask(store, "contradictions")).objects())
    assert rows
    assert all(words in str(row["what"]) and row["quote"] for row in rows)
    assert {row["severity"] for row in rows} == {"提示" if CLAIMS[claim].severity == "Info" else "提醒"}


def test_one_source_alone_and_all_together_say_the_same() -> None:
    """What a source contradicts by itself is found whether others stand beside it or not."""
    one, other = (next(c[1] for c in BROKEN if c[0] == claim) for claim in ("period_turned", "figures_and_words"))
    apart = {*found(graph_of(one)), *found(graph_of(other))}
    assert set(found(graph_of([*one, *other]))) == apart


# ---- Texts -----------------------------------------------------------------------------------------------------------


def in_texts(*paths: Path) -> list[tuple[str, str]]:
    return found(kg.build(paths, jobs=1).store)


def test_the_demo_contradicts_itself_in_nothing(demo_graph: Any) -> None:
    assert found(demo_graph.store) == []


def test_the_documents_in_many_manners_contradict_nothing() -> None:
    assert in_texts(*sorted((Path(__file__).parent / "notices").glob("*.txt"))) == []


def test_a_roster_of_the_later_issue_names_somebody_before_the_notice_does(demo_gazette: Path) -> None:
    assert in_texts(demo_gazette, LATER) == [
        ("two_holders", "2021-06-15称文静姝任区文化旅游委主任，而戚星辰2021-06-22才被免去该职")
    ]


def test_the_sample_issue_reads_one_post_in_two_ways_and_contradicts_nothing_else(seeds: list[Path]) -> None:
    said = in_texts(*seeds)
    assert [claim for claim, _ in said] == ["two_readings"]
    assert "“队长”和“支队长”" in said[0][1]


def test_the_documents_of_other_places_contradict_nothing(shared: Path) -> None:
    assert in_texts(*sorted(path for path in (shared / "corpus").iterdir() if path.name != "README.md")) == []
