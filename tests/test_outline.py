"""The outline: the tree of what was understood, with places, for a terminal and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cases import notice

from kg.anatomy import parse
from kg.cli import main
from kg.model import Place, Source
from kg.outline import NAMES, Node, as_json, outline, tree
from kg.query.results import places

ISSUE = """# 北川省人民政府公报

2021年第4期（总第31期）

### 目录

北川省人民政府关于做好春耕工作的通知……1
北川省人民政府关于表彰劳动模范的决定……3

### 编辑委员会

主 任：何 平

委 员：李 文

# 北川省人民政府文件

北川府发〔2021〕4号

# 北川省人民政府关于做好春耕工作的通知

各市人民政府：

现就有关事项通知如下。

一、备足种子

（一）摸清底数。各市要逐村登记。

| 序号 | 任务 | 牵头单位 |
| --- | --- | --- |
| 1 | 调运种子 | 省农业农村厅 |
| 2 | 检查质量 | 省市场监管局 |

二、成立领导小组

组 长：何 平 副省长

成 员：李 文 省财政厅厅长

北川省人民政府

2021年2月3日

（此件公开发布）

# 北川省人民政府文件

北川府发〔2021〕5号

# 北川省人民政府关于表彰劳动模范的决定

各市人民政府：

省政府决定表彰一批劳动模范，现将名单印发给你们，望再接再厉。

附件：1.劳动模范名单

2.先进集体名单

北川省人民政府

2021年3月1日
"""


def source(text: str, pages: dict[int, str] | None = None) -> Source:
    where = tuple(Place(start, "page", label) for start, label in (pages or {}).items())
    return Source("case.md", "0" * 64, "utf-8", text, places=where)


def shown(text: str) -> Node:
    return outline(parse(source(text)))


def kinds(node: Node) -> list[str]:
    return [child.kind for child in node.children]


def the(node: Node, kind: str) -> list[Node]:
    return [below for below in node.walk() if below.kind == kind]


def test_an_issue_has_its_own_parts_and_its_documents() -> None:
    tree_of = shown(ISSUE)
    assert kinds(tree_of) == ["issue", "letterhead", "document", "letterhead", "document"]
    (issue,) = the(tree_of, "issue")
    assert kinds(issue) == ["masthead", "contents", "board"]
    assert [entry.label for entry in the(issue, "entry")] == [
        "北川省人民政府关于做好春耕工作的通知",
        "北川省人民政府关于表彰劳动模范的决定",
    ]


def test_a_document_has_the_elements_of_gb_t_9704() -> None:
    first, second = the(shown(ISSUE), "document")
    assert kinds(first) == [
        *("number", "title", "addressees", "text", "section", "section"),
        *("signature", "date", "openness"),
    ]
    assert [node.label for node in first.children if node.kind in ("number", "addressees", "date", "openness")] == [
        "北川府发〔2021〕4号",
        "各市人民政府",
        "2021年2月3日 → 2021-02-03",
        "此件公开发布",
    ]
    assert [node.label for node in the(second, "attachment")] == ["劳动模范名单", "先进集体名单"]


def test_sections_stand_in_one_another_with_their_tables_and_rosters() -> None:
    first, _ = the(shown(ISSUE), "document")
    seeds, group = (node for node in first.children if node.kind == "section")
    assert (seeds.label, kinds(seeds)) == ("一、备足种子", ["section"])
    (count,) = seeds.children
    assert (count.label, kinds(count)) == ("（一）摸清底数", ["text", "table"])
    assert [(node.kind, node.label) for node in group.children] == [("roster", "2 项 entries")]
    assert [node.label for node in the(first, "table")] == ["3 行 rows"]


@pytest.mark.parametrize("text", [ISSUE, notice("一、总则\n\n要做好工作。\n\n1.巡查。每周一次。")])
def test_every_part_stands_where_it_says_and_inside_the_one_above(text: str) -> None:
    for node in shown(text).walk():
        assert 0 <= node.start < node.end <= len(text)
        assert node.kind in NAMES
        for child in node.children:
            assert node.start <= child.start < child.end <= node.end
    for node in the(shown(text), "number"):
        assert text[node.start : node.end] == node.label


def test_a_section_without_a_heading_shows_its_first_words() -> None:
    (section,) = the(shown(notice("一、本通告自发布之日起施行，应当由各镇乡遵守，不得违反。")), "section")
    assert section.label.startswith("一、 本通告自发布之日起施行")


def test_what_stands_in_no_part_is_shown() -> None:
    found = shown("浏览次数：12\n\n这一行不属于任何公文的任何部分\n\n" + notice("请认真执行。"))
    assert [node.label for node in the(found, "unplaced")] == ["这一行不属于任何公文的任何部分"]
    assert [node.label for node in the(found, "metadata")] == ["浏览次数：12"]


def test_pages_are_shown_where_the_source_has_them() -> None:
    text = notice("一、总则\n\n要做好工作。\n\n二、附则\n\n要抓好落实。")
    found = outline(parse(source(text, {0: "1", text.index("二、"): "2"})))
    assert [(node.label, node.page) for node in the(found, "section")] == [("一、总则", "1"), ("二、附则", "2")]
    assert "p.2" in tree(found)
    assert "p." not in tree(shown(text))


@pytest.mark.parametrize("width", [40, 80, 133])
def test_the_lines_of_the_tree_are_as_wide_as_the_terminal(width: int) -> None:
    lines = tree(shown(ISSUE), width).splitlines()
    assert {places(line) for line in lines} == {width}
    assert all(line[-1].isdigit() for line in lines)


def test_nothing_in_a_source_moves_the_cursor() -> None:
    printed = tree(shown(notice("一、危险\x1b[2J的\u202e标题\n\n要小心。")))
    assert not {"\x1b", "\u202e"} & set(printed)


def test_json_holds_the_same_tree() -> None:
    text = source(ISSUE, {0: "3"})
    found = as_json(outline(parse(text)), text)
    assert (found["name"], found["format"], found["kind"]) == ("case.md", "text", "source")
    assert (found["children"][0]["kind"], found["children"][0]["page"]) == ("issue", "3")
    assert json.loads(json.dumps(found)) == found


def test_the_command_prints_a_tree_and_json(
    demo_gazette: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["outline", str(demo_gazette)]) == 0
    assert "公文 document" in capsys.readouterr().out
    (tmp_path / "a.md").write_text(ISSUE, encoding="utf-8")
    (tmp_path / "b.md").write_text(notice("请认真执行。"), encoding="utf-8")
    assert main(["outline", str(tmp_path), "--json"]) == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == ["a.md", "b.md"]
    assert main(["outline", str(tmp_path / "none.md")]) == 2


def test_what_a_build_refuses_is_shown_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hello.txt").write_text("hello\n", encoding="utf-8")
    assert main(["outline", str(tmp_path / "hello.txt")]) == 2
    printed = capsys.readouterr()
    assert "hello.txt" in printed.out
    assert "hello.txt: no official document found" in printed.err
