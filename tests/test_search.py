"""Search: any characters find what has them, one wrong one is forgiven, and the index keeps step with the graphs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import KgError
from kg.search import Entry, Field, Index

NAMES = ("青汀区财政局", "区财政局", "雾岭镇财政所", "区水利局", "沈云舟", "沈云帆", "APP推广中心", "2021年水利要点")


def index_of(*names: str, graph: str = "urn:g") -> Index:
    index = Index()
    index.hold([graph], lambda _: [Entry(f"urn:{name}", "Agency", Field.NAME, name) for name in names])
    return index


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("财", ["区财政局", "雾岭镇财政所", "青汀区财政局"], id="one-character"),
        pytest.param("财政局", ["区财政局", "青汀区财政局", "雾岭镇财政所"], id="what-is-right-comes-first"),
        pytest.param("财正局", ["区财政局", "青汀区财政局"], id="one-wrong-character"),
        pytest.param("材政局", ["区财政局", "青汀区财政局"], id="the-first-one-wrong"),
        pytest.param("财正居", [], id="two-wrong-characters"),
        pytest.param("沈云舟", ["沈云舟", "沈云帆"], id="a-name-and-one-like-it"),
        pytest.param("水力", [], id="of-two-characters-both-must-be-right"),
        pytest.param("ａｐｐ", ["APP推广中心"], id="width-and-case"),
        pytest.param(" 财 政 局 ", ["区财政局", "青汀区财政局", "雾岭镇财政所"], id="blanks-say-nothing"),
        pytest.param("“区财政局”", ["区财政局", "青汀区财政局"], id="marks-say-nothing"),
        pytest.param("2021", ["2021年水利要点"], id="figures"),
        pytest.param('财" OR "水', [], id="the-index-is-not-spoken-to"),
    ],
)
def test_words_find_names(words: str, found: list[str]) -> None:
    assert [hit.text for hit in index_of(*NAMES).search(words)] == found


def test_a_name_of_two_characters_is_found_with_one_wrong() -> None:
    assert [hit.text for hit in index_of("何霖", "何霖生").search("何林")] == ["何霖"]


def test_names_come_before_matters_and_these_before_quotes() -> None:
    index = Index()
    quote = Entry("urn:1", "Fund", Field.QUOTE, "拨付养老补助")
    matter = Entry("urn:2", "Responsibility", Field.MATTER, "养老服务", "15号")
    name = Entry("urn:3", "CoordinatingBody", Field.NAME, "养老服务联席会议")
    index.hold(["urn:g"], lambda _: [quote, matter, name])
    assert [hit.iri for hit in index.search("养老")] == ["urn:3", "urn:2", "urn:1"]
    assert [hit.iri for hit in index.search("养老", kinds=["Fund"])] == ["urn:1"]
    assert [hit.iri for hit in index.search("养老", limit=2)] == ["urn:3", "urn:2"]


def test_what_more_is_said_of_comes_first() -> None:
    index = Index()
    ties = {"0": 1, "1": 7, "2": 3}
    index.hold(ties, lambda key: [Entry(f"urn:{key}", "Agency", Field.NAME, f"水务{key}局", ties=ties[key])])
    assert [hit.iri for hit in index.search("水务")] == ["urn:1", "urn:2", "urn:0"]


def test_a_hit_says_where_it_is() -> None:
    (hit,) = index_of("区 ＡＰＰ 中心").search("app中")
    assert hit.text[hit.start : hit.end] == "ＡＰＰ 中"
    assert hit.exact


def test_a_thing_found_by_several_names_is_one_hit() -> None:
    index = Index()
    index.hold(["urn:g"], lambda _: [Entry("urn:a", "Agency", Field.NAME, name) for name in ("区财政局", "财政局")])
    assert len(index.search("财政局")) == 1


@pytest.mark.parametrize("words", ["", "  ", "，。", "\x00", "\ud800"])
def test_what_has_no_letter_is_refused(words: str) -> None:
    with pytest.raises(KgError, match="letter or a figure"):
        index_of(*NAMES).search(words)


@given(st.lists(st.sets(st.frozensets(st.sampled_from(NAMES), max_size=3), max_size=4), max_size=5))
def test_an_index_that_was_changed_finds_what_a_new_one_does(states: list[set[frozenset[str]]]) -> None:
    def entries(key: str) -> list[Entry]:
        return [Entry(f"urn:{name}", "Agency", Field.NAME, name) for name in key.split()]

    changed, fresh = Index(), Index()
    for state in states:
        changed.hold((" ".join(sorted(names)) for names in state), entries)
    fresh.hold((" ".join(sorted(names)) for names in (states or [set()])[-1]), entries)
    assert changed.keys() == fresh.keys()
    for words in ("财政", "财正局", "沈", "局"):
        assert changed.search(words) == fresh.search(words)


@given(st.text(alphabet="财政水利局所区镇", min_size=3, max_size=9), st.data())
def test_any_part_with_one_character_changed_is_found(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 3))
    part = list(name[start : data.draw(st.integers(start + 3, len(name)))])
    part[data.draw(st.integers(0, len(part) - 1))] = "错"
    assert [hit.text for hit in index_of(name).search("".join(part))] == [name]


def test_an_index_in_a_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    index = Index(path)
    index.hold(["urn:g"], lambda _: [Entry("urn:a", "Agency", Field.NAME, "区财政局")])
    index.close()
    assert [hit.iri for hit in Index(path, read_only=True).search("财政")] == ["urn:a"]


def test_a_file_that_is_no_index_is_named(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    path.write_text("no database, but longer than the head of one would be " * 4)
    with pytest.raises(KgError, match=r"words\.sqlite.*build the graph again"):
        Index(path)


def test_a_graph_is_searched(demo_graph: Any) -> None:
    first = demo_graph.search("古茶树保护", limit=3)[0]
    assert (first.kind, first.exact) == ("OfficialDocument", True)
    assert {hit.kind for hit in demo_graph.search("茶", kinds=["CoordinatingBody"])} == {"CoordinatingBody"}


def test_a_question_starts_from_what_was_found(demo_graph: Any) -> None:
    right, wrong = (demo_graph.query("found", words=words) for words in ("树龄鉴定", "树令鉴定"))
    assert right
    assert {row["quote"] for row in right} <= {row["quote"] for row in wrong}
    assert demo_graph.query("found", words="无此字词") == []


def test_the_command_prints_what_was_found(tmp_path: Path, demo_graph: Any, capsys: pytest.CaptureFixture[str]) -> None:
    demo_graph.write(tmp_path)
    assert main(["search", "财政局", str(tmp_path), "--limit", "1", "--format", "csv"]) == 0
    assert "机关单位,区财政局,财政局" in capsys.readouterr().out
    assert main(["search", "，", str(tmp_path)]) == 2
