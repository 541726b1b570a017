"""The user's word is above the program's: in a file, from the command line and from Python; undone, waiting, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from identities import HOME, called, decided, graph, holds, iri, source, written
from test_identity import ones

import kg
from kg.cli import main
from kg.errors import KgError
from kg.identity import Identity, Judgement, Judgements, Outcome, Profile, added, read_judgements, without

CULTURE, SHORT = f"agency/{HOME}/文化和旅游局", f"agency/{HOME}/文旅局"
OTHER = f"agency/{HOME}/文化广电和旅游局"


def two() -> list[Profile]:
    return [
        source("第1期.txt", called(SHORT, "区文旅局"), called(OTHER, "区文广旅局"), called(f"person/{HOME}/何平")),
        source("第2期.txt", called(CULTURE, "区文化和旅游局"), called(f"person/{HOME}/何平")),
    ]


def by(text: str) -> Identity:
    return decided(*two(), judgements=text)


# ---- what each says -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [f"[{SHORT}, {CULTURE}]", "[区文旅局, 区文化和旅游局]", f"[{iri(SHORT)}, 临汀市云泽区文化和旅游局]"]
)
def test_same_makes_one_of_what_the_program_leaves_open(words: str) -> None:
    assert len(ones(by(""), SHORT, CULTURE)) == 2
    found = by(f"- same: {words}\n  reason: 区政府网站\n  who: 编目组\n  when: 2021-03-04\n")
    assert ones(found, SHORT, CULTURE) == {iri(CULTURE)}
    (judged,) = [d for d in found.decisions if d.rule == "judgement.same"]
    assert (judged.outcome, judged.by, judged.when) == (Outcome.SAME, "编目组", "2021-03-04")
    assert judged.reason_zh == "人工认定：区政府网站"


def test_not_same_undoes_what_the_program_decides() -> None:
    profiles = [source("甲", called(f"agency/{HOME}/水利局")), source("乙", called("agency/临汀市/云泽区水利局"))]
    keys = (f"agency/{HOME}/水利局", "agency/临汀市/云泽区水利局")
    assert len(ones(decided(*profiles), *keys)) == 1
    found = decided(*profiles, judgements=f"- not-same: [{keys[0]}, {keys[1]}]\n")
    assert len(ones(found, *keys)) == 2
    assert [d.rule for d in found.decisions] == ["judgement.not-same"]


def test_what_two_sources_call_by_one_iri_can_be_two() -> None:
    found = by("- not-same: [何平 @ 第1期.txt, 何平 @ 第2期.txt]\n")
    he = f"person/{HOME}/何平"
    assert ones(found, he) == {f"{iri(he)}-{graph(name).rpartition('/')[2]}" for name in ("第1期.txt", "第2期.txt")}


def test_who_is_neither_for_certain_stays_apart() -> None:
    profiles = [source(f"第{n}期.txt", called(f"person/{HOME}/何平")) for n in (1, 2, 3)]
    found = decided(*profiles, judgements="- not-same: [何平 @ 第1期.txt, 何平 @ 第2期.txt]\n")
    assert len(ones(found, f"person/{HOME}/何平")) == 3
    again = "- not-same: [何平 @ 第1期.txt, 何平 @ 第2期.txt]\n- same: [何平 @ 第3期.txt, 何平 @ 第1期.txt]\n"
    assert len(ones(decided(*profiles, judgements=again), f"person/{HOME}/何平")) == 2


def test_same_is_above_what_speaks_against_it() -> None:
    profiles = [
        source("甲", holds("何平", "砚桥镇", "镇长", "2020-05-01")),
        source("乙", holds("何平", "柳溪镇", "镇长", "2020-05-01")),
    ]
    assert len(ones(decided(*profiles), f"person/{HOME}/何平")) == 2
    found = decided(*profiles, judgements="- same: [何平 @ 甲, 何平 @ 乙]\n")
    assert ones(found, f"person/{HOME}/何平") == {iri(f"person/{HOME}/何平")}


def test_a_name_is_preferred_and_a_fact_that_is_wrong_says_nothing() -> None:
    found = by("- name: [区文旅局, 云泽区文旅局]\n")
    assert [t.label for t in found.things if t.iri == iri(SHORT)] == ["云泽区文旅局"]
    slip = holds("何平", "区公安局特警支队", "队长", "2020-05-20")
    profiles = [source("甲", slip), source("乙", holds("何平", "区公安局特警支队", "支队长", "2020-06-30"))]
    assert any(d.rule == "post.two-readings" for d in decided(*profiles).decisions)
    found = decided(*profiles, judgements=f"- wrong: {slip.fact}\n")
    assert not any(d.rule == "post.two-readings" for d in found.decisions)
    assert list(found.wrong) == [slip.fact]


# ---- what is refused, and what waits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # no YAML, no list, no entry
        ("- same: [甲, 乙\n- name: x\n", ":2: must be YAML"),
        ("same: [甲, 乙]\n", ":1: must be a list of entries"),
        ("- 甲\n", ":1: an entry must begin with one of same, not-same, name, wrong"),
        ("# 注\n- reason: 无\n", ":2: an entry must have one of same, not-same, name, wrong, fact, got none"),
        ("- same: [甲, 乙]\n  wrong: 丙\n", ":1: an entry must have one of"),
        (
            "- same: [甲, 乙]\n  because: 丙\n",
            ":2: an entry has one of same, not-same, name, wrong, fact and may have reason",
        ),
        ("- same: [甲, 乙]\n  reason: 一\n  reason: 二\n", ":3: 'reason' stands here twice"),
        ("- same: [甲]\n", ":1: same needs a list of two things or more: same: [A, B]; got 1"),
        ("- not-same: [甲, 乙, 丙]\n", ":1: not-same needs a list of two things: not-same: [A, B]; got 3"),
        ("- name: 甲\n", ":1: name needs a list of a thing and what it is to be called"),
        ("- same: [甲, 甲]\n", ":1: a thing is the same as itself: '甲' stands here twice"),
        ("- same: [甲, {}]\n", ":1: a name, an IRI or a reason must be a text"),
        ("- same: [甲, '']\n", ":1: a name, an IRI or a reason must be a text"),
        (
            "- same: [区文旅局, 区文化和旅游局]\n  when: 昨天\n",
            ":2: 'when' must be a day such as 2021-03-04, got '昨天'",
        ),
        (
            "- same: [区文旅局, 区文化和旅游局]\n  when: '2021-13-45'\n",
            ":2: 'when' must be a day such as 2021-03-04, got '2021-13-45'",
        ),
        ("- same: " + "[" * 800, ": must be YAML"),
        ("- !!python/object/apply:os.system [true]\n", ":1: an entry must begin with"),
        # names
        ("- same: [区文旅局, 区旅游局]\n", ":1: nothing in the sources is called '区旅游局'"),
        ("# 注\n\n- name: [区旅游局, 甲]\n", ":3: nothing in the sources is called '区旅游局'"),
        ("- same: [何平, 区文旅局]\n", ":1: what is the same must be of one kind, got Agency, Official"),
        ("- same: [何平 @ 第9期.txt, 区文旅局]\n", ":1: nothing in the sources is called '何平 @ 第9期.txt'"),
        (f"- wrong: {iri('duty/文/000000000000')}\n", ":1: no fact has the IRI"),
        # contradictions, straight and around a corner
        (
            "- same: [区文旅局, 区文化和旅游局]\n- not-same: [区文化和旅游局, 区文旅局]\n",
            ":2: not-same: 区文化和旅游局 ≠ 区文旅局: contradicts line 1",
        ),
        (
            "- not-same: [区文旅局, 区文广旅局]\n- same: [区文旅局, 区文化和旅游局]\n- same: [区文化和旅游局, 区文广旅局]\n",
            ":1: not-same: 区文旅局 ≠ 区文广旅局: contradicts line 2 (same: 区文旅局 = 区文化和旅游局), line 3",
        ),
        ("- not-same: [区文旅局, 临汀市云泽区文旅局]\n", ":1: not-same: 区文旅局 ≠ 临汀市云泽区文旅局: contradicts"),
        ("- name: [区文旅局, 甲]\n- name: [区文旅局, 乙]\n", ":2: name: 区文旅局 = 乙: contradicts line 1"),
    ],
)
def test_bad_judgements_are_named_with_line_and_reason(text: str, words: str) -> None:
    with pytest.raises(KgError) as error:
        by(text)
    assert f"judgements.yaml{words}" in str(error.value)
    assert "nothing was built" in str(error.value)


def test_a_name_of_several_things_is_no_name() -> None:
    profiles = [source("甲", called(f"agency/{HOME}/财政局", "财政局"), called("agency/临汀市/财政局", "财政局"))]
    with pytest.raises(KgError, match=r"'财政局' names 2 things: https://.*; give one of these"):
        decided(*profiles, judgements="- name: [财政局, 甲]\n")


def test_what_was_known_once_waits_and_is_reported() -> None:
    text = (
        f"- wrong: {iri('duty/文/000000000000')}\n  was: 区财政局负责供水\n"
        "- same: [agency/临汀市云泽区/旅游局, 区文旅局]\n  was: 区旅游局；区文旅局\n"
    )
    found = by(text)
    assert [waiting.gone for waiting in found.unapplied] == [iri("duty/文/000000000000"), "agency/临汀市云泽区/旅游局"]
    lines = written(two(), text)
    assert sum("OutcomeWaiting" in line for line in lines) == 2
    assert any("区财政局负责供水" in line for line in lines)


# ---- the file -------------------------------------------------------------------------------------------------------

HAND = """\
# 我的说明
- same: [甲, 乙]   # 行尾说明
  reason: 网站

# 第二条之前
- wrong: 丙
- name:
    - 丁
    - 丁局
# 最后
"""


def test_entries_come_and_go_and_the_rest_of_the_file_stays() -> None:
    text = added(HAND, Judgement("same", ("戊", "己"), reason='引号"与\\反斜杠\n换行'))
    assert text.startswith(HAND.rstrip())
    judgements = Judgements.parse(text)
    assert [entry.verb for entry in judgements.entries] == ["same", "wrong", "name", "same"]
    assert judgements.entries[-1].things == ("戊", "己")
    assert judgements.entries[-1].reason == '引号"与\\反斜杠\n换行'.strip()
    assert without(text, judgements.entries[-1]).rstrip() == HAND.rstrip()
    left = without(HAND, Judgements.parse(HAND).entries[0])
    assert left == HAND.replace("- same: [甲, 乙]   # 行尾说明\n  reason: 网站\n", "")
    assert [entry.verb for entry in Judgements.parse(without(HAND, Judgements.parse(HAND).entries[2])).entries] == [
        "same",
        "wrong",
    ]
    assert "# 最后" in without(HAND, Judgements.parse(HAND).entries[2])


def test_an_entry_that_shares_its_line_is_not_taken_out_with_others() -> None:
    text = "[{same: [甲, 乙]}, {same: [丙, 丁]}]\n"
    with pytest.raises(KgError, match="shares its lines with others"):
        without(text, Judgements.parse(text).entries[0])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert read_judgements(tmp_path / "none.yaml")[1] == ""
    with pytest.raises(KgError, match=r"none\.yaml: there is no such file"):
        read_judgements(tmp_path / "none.yaml", must=True)
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(KgError, match=r"odd\.yaml: a file of judgements must be UTF-8"):
        read_judgements(tmp_path / "odd.yaml")
    with pytest.raises(KgError, match="cannot be read"):
        read_judgements(tmp_path)


# ---- from the command line and from Python ------------------------------------------------------------------------------

NOTICE = """\
# 临汀市云泽区人民政府办公室关于调整云泽区茶叶产业工作领导小组成员的通知

云泽府办发〔2020〕5号

各镇人民政府：

组　长：何　平　区政府副区长

成　员：王小川　区水利局局长

由区水利局牵头负责茶叶用水工作，由区水利局和区财政局负责茶叶产业资金。

临汀市云泽区人民政府办公室
2020年3月4日
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    return tmp_path / "notice.md"


def fact_of(found: kg.Graph, kind: str, **fields: str) -> str:
    (fact,) = [
        f
        for f in found.facts(full=True)
        if f["kind"] == kind and all(f.get(key) == value for key, value in fields.items())
    ]
    return str(fact["fact"])


def test_judgements_are_made_listed_and_taken_back(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    first = kg.build([notice], output=out)
    before, wrong = first.nq, fact_of(first, "duty", matter="茶叶用水工作")
    del first
    assert main(["judge", "wrong", wrong, "--reason", "误读", "-o", str(out)]) == 0
    assert (
        main(["judge", "name", "区水利局", "云泽区水利局", "--who", "编目组", "--when", "2021-03-04", "-o", str(out)])
        == 0
    )
    capsys.readouterr()
    assert main(["judge", "list", "--json", "-o", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["verb"] for entry in told] == ["wrong", "name"]
    assert told[1] == {
        "verb": "name", "things": [f"agency/{HOME}/水利局"], "name": "云泽区水利局", "who": "编目组", "when": "2021-03-04", "was": "区水利局",
    }  # fmt: skip
    judged = kg.open(out)
    assert [f for f in judged.facts() if f["kind"] == "duty" and f["matter"] == "茶叶用水工作"] == []
    assert "茶叶用水工作" not in (out / "facts.jsonl").read_text(encoding="utf-8")
    assert (
        judged.query("ASK { ?x a gz:Agency ; skos:prefLabel '云泽区水利局'@zh ; skos:altLabel '区水利局'@zh }") is True
    )
    assert judged.query("ASK { ?x gz:leads ?d }") is False
    assert judged.query("ASK { GRAPH ?g { ?x gz:leads ?d } }") is True
    assert judged.search("茶叶用水") == []
    del judged
    kg.build([notice], output=out)  # they survive
    assert main(["judge", "list", "-o", str(out)]) == 0
    assert "2 行" in capsys.readouterr().out
    assert main(["judge", "undo", "1", "-o", str(out)]) == 0
    assert main(["judge", "undo", "-o", str(out)]) == 0
    assert kg.open(out).nq == before
    assert main(["judge", "undo", "-o", str(out)]) == 2


def test_a_bad_judgement_changes_nothing(notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    kg.build([notice], output=out)
    before = {path: path.read_bytes() for path in out.iterdir() if path.is_file()}
    for verb in (["same", "区水利局", "区旅游局"], ["same", "区水利局", "何平"], ["wrong", "duty/无/000000000000"]):
        assert main(["judge", *verb, "-o", str(out)]) == 2
    assert {path: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    (out / "judgements.yaml").write_text("- same: [区水利局, 区旅游局]\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["build", str(notice), "-o", str(out)]) == 2
    assert "judgements.yaml:1: nothing in the sources is called '区旅游局'" in capsys.readouterr().err
    assert all(path.read_bytes() == data for path, data in before.items())
    (out / "judgements.yaml").write_text("- same: [\n", encoding="utf-8")
    assert main(["build", str(notice), "-o", str(out), "--add"]) == 2


def test_where_the_file_cannot_be_written_nothing_is_judged(notice: Path, tmp_path: Path) -> None:
    out, place = tmp_path / "out", tmp_path / "a file"
    before = kg.build([notice], output=out).nq
    place.touch()
    assert main(["judge", "name", "区水利局", "甲", "-o", str(out), "--judgements", str(place / "j.yaml")]) == 2
    assert kg.open(out).nq == before


def test_a_file_of_judgements_can_lie_elsewhere(notice: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("- name: [区水利局, 云泽区水利局]\n", encoding="utf-8")
    ask = "ASK { ?x skos:prefLabel '云泽区水利局'@zh }"
    assert kg.build([notice], judgements=tmp_path / "mine.yaml").query(ask) is True
    out = tmp_path / "out"
    assert main(["build", str(notice), "-q", "-o", str(out), "--judgements", str(tmp_path / "mine.yaml")]) == 0
    assert kg.open(out).query(ask) is True
    assert main(["build", str(notice), "-q", "-o", str(out), "--judgements", str(tmp_path / "none.yaml")]) == 2
    assert main(["build", str(notice), "-q", "-o", str(out)]) == 0
    assert kg.open(out).query(ask) is False


def test_a_judgement_whose_fact_is_gone_is_told_at_every_build(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    kg.build([notice], output=out).judge("wrong", fact_of(kg.open(out), "duty", matter="茶叶用水工作"))
    notice.write_text(NOTICE.replace("茶叶用水工作", "茶园用水工作"), encoding="utf-8")
    assert main(["build", str(notice), "-q", "-o", str(out)]) == 0
    assert "现已不在来源之中" in capsys.readouterr().err
    assert len(kg.open(out).judgements()) == 1


def test_a_graph_in_memory_is_judged_as_one_in_a_folder(notice: Path, tmp_path: Path) -> None:
    first = kg.build([notice])
    wrong = fact_of(first, "duty", matter="茶叶用水工作")
    judged = first.judge("wrong", wrong, reason="误读").judge("name", "区水利局", name="云泽区水利局")
    there = kg.build([notice], output=tmp_path / "out")
    there = there.judge("wrong", wrong, reason="误读").judge("name", "区水利局", name="云泽区水利局")
    assert judged.nq == there.nq
    assert [entry.verb for entry in judged.judgements()] == ["wrong", "name"]
    assert judged.unjudge().unjudge(1).nq == first.nq
    assert first.judgements() == ()
