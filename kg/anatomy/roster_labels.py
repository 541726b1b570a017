"""The labels of a roster: the roles that open its lines, with a colon or a blank behind them."""

from __future__ import annotations

import re

from kg.anatomy.sections import Passage
from kg.grammar.bodies import is_group
from kg.grammar.matches import any_of

__all__ = ["ALONE", "BARE_LABEL", "GROUP", "LABEL", "ROLES", "UNIT_LABEL", "in_group", "label_of"]

ROLES = [
    "常务副组长",
    "第一副组长",
    "副组长",
    "第一组长",
    "组长",
    "常务副总指挥",
    "副总指挥长",
    "副总指挥",
    "总指挥长",
    "总指挥",
    "常务副指挥长",
    "副指挥长",
    "指挥长",
    "指挥",
    "总召集人",
    "副总召集人",
    "副召集人",
    "召集人",
    "常务副主任",
    "副主任委员",
    "主任委员",
    "副主任",
    "主任",
    "执行主任",
    "副主席",
    "主席",
    "副会长",
    "会长",
    "副理事长",
    "理事长",
    "秘书长",
    "副秘书长",
    "总顾问",
    "顾问",
    "成员单位",
    "成员",
    "委员",
    "组员",
    "队员",
    "副队长",
    "队长",
    "副团长",
    "团长",
    "领队",
    "副总编辑",
    "总编辑",
    "副主编",
    "责任主编",
    "主编",
    "执行主编",
    "责任编辑",
    "编委",
    "编辑",
    "校对",
    "联络员",
    "办公室主任",
    "办公室副主任",
    "政委",
    "牵头领导",
    "责任领导",
    "总负责人",
    "负责人",
    "副总队长",
    "总队长",
    "督导员",
    "专家组组长",
    "秘书",
    "干事",
    "副指挥",
    "部长",
    "副部长",
    "办公室成员",
    "第一总指挥",
    "第一副总指挥",
    "常务总指挥",
    "第一指挥长",
    "第一主任",
    "常务副总召集人",
    "执行副组长",
    "执行组长",
    "执行总指挥",
    "首席专家",
    "名誉主任",
    "常务理事",
    "理事",
    "监事长",
    "监事",
]
"""The roles of a seat in a body, as rosters label them."""
_ORDER = "(?: ?（(?:按|以|排名)[^（）]{2,16}）)?"
"""In which order those behind a label stand (按姓氏笔画排序)."""
LABEL = re.compile(rf"(?<![^\s（）；。，、：])(?P<role>{any_of(ROLES, ' ?')}){_ORDER} ?： ?")
BARE_LABEL = re.compile(rf"(?P<role>{any_of(ROLES, ' {0,2}')}){_ORDER} (?=[\u4e00-\u9fff])")
ALONE = re.compile(rf"(?P<role>{any_of(ROLES)}){_ORDER}：?")
"""A line that is a label and nothing else, its blanks left out."""
_UNIT_ROLES = [
    "牵头单位",
    "牵头部门",
    "牵头处室",
    "责任单位",
    "责任部门",
    "责任科室",
    "配合单位",
    "配合部门",
    "协办单位",
    "参与单位",
    "参加单位",
    "成员部门",
    "组成单位",
]
UNIT_LABEL = re.compile(rf"(?:^|(?<=[ （；。，、：]))(?P<role>{'|'.join(_UNIT_ROLES)}) ?： ?")
"""What labels the seats of agencies under the heading of a group; elsewhere it labels who answers for a task."""
GROUP = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:组|专班))[：（](?=(?:组长|负责人|召集人|牵头单位|责任单位)：)")
"""A line that names a group below a body in front of its members."""


def label_of(text: str) -> re.Match[str] | None:
    """The first label of a role in a text, where what follows can be a roster."""
    for match in LABEL.finditer(text) if "：" in text else ():
        if re.match(r"[^。；：]{2,}", text[match.end() :]) or not text[match.end() :]:
            return match
    return BARE_LABEL.match(text) if len(text) < 40 and "，" not in text else None


def in_group(passage: Passage) -> bool:
    """Whether a passage stands under the heading of a group below a body."""
    return passage.heading is not None and is_group(passage.heading.words)
