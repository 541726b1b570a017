"""Lines → paragraphs: sentences put together over line, column and page breaks; flattened pages taken apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from kg.anatomy.flattened import take_apart
from kg.anatomy.marks import OPENS, ROLE_LABEL
from kg.grammar.dates import DATE
from kg.grammar.names import is_name
from kg.grammar.posts import TITLE
from kg.grammar.references import NUMBER
from kg.grammar.roles import LABEL
from kg.text import Line, Text

__all__ = ["Paragraph", "paragraphs"]

_FINISHED = re.compile(
    r"[。！？；：…][”’」』）)]?$|[。；）】]$|(?<!\d)(?<!\d )〕$|文件$|[=\-]{4,}$|的(?:通知|通报|通告|公告|决定|意见|批复|函)(?:（[^（）]{1,10}）)?\d{0,3}$"
)
_DATE_LINE = re.compile(rf"(?:[\u4e00-\u9fff（）]{{2,40}} ?)?{DATE}(?:印发)?")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the source: one or more lines put together."""

    spaced: Text
    """With the blanks that the source has, one for each line break."""
    marked: int = 0
    """Its level as a Markdown heading, or 0."""
    flat: bool = field(default=False, repr=False)
    """Whether it was cut out of a page flattened to one line, where a blank may be a line break."""

    @cached_property
    def text(self) -> Text:
        """As prose: without blanks inside Chinese."""
        return self.spaced.closed()

    @property
    def chars(self) -> str:
        return self.text.chars


_FIGURE_BEFORE, _FIGURE_BEHIND = re.compile(r"[0-9]\.?$"), re.compile(r"[0-9]|\.[0-9]|%")


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs that the lines make up, in order. Nothing of the lines is left out."""
    found: list[Paragraph] = []
    full = _full_line(lines)
    for line in lines:
        pieces = take_apart(line.text) if len(line.text) > 100 else [line.text]
        if len(pieces) > 1:
            found.extend(Paragraph(piece, flat=True) for piece in pieces)
        elif found and not found[-1].flat and _goes_on(found[-1], line, full):
            before = found[-1].spaced
            # A number or a name broken by the end of a line is one.
            number = _FIGURE_BEFORE.search(before.chars) and _FIGURE_BEHIND.match(line.text.chars)
            between = "" if number or _name_broken(before.chars, line.text.chars) else " "
            found[-1] = Paragraph(Text.join((before, line.text), between), found[-1].marked)
        else:
            found.append(Paragraph(line.text, line.heading))
    return found


def _full_line(lines: list[Line]) -> int:
    """The least length of a line that is broken off and not ended: 20, or less where a text is set in narrow columns."""
    lengths = Counter(len(line.text) for line in lines if len(line.text) >= 12)
    width, count = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(20, 0))
    around = sum(n for length, n in lengths.items() if abs(length - width) <= 1)
    return min(20, width - 3) if count >= 4 and around * 3 >= sum(lengths.values()) else 20


_RULE = re.compile(r"[=\-—]{4}")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8} ?：")
"""责任单位：, 完成时限： and the like, a line each."""
_SIGNS = re.compile(r"[\u4e00-\u9fff（）]{4,30}(?:政府|办公室|办公厅|委员会|[局厅委部院])")
_ANSWERS = re.compile(
    rf"{LABEL} ?：[^。]*(?:政府|办公室|办公厅|委员会|办事处|管委会|中心|公司|单位|部门|[局厅委部院会处队])$"
)
"""A list of those who answer for something, complete: what follows signs, and is not of it."""
_TITLED = re.compile(
    r"[^，。；：]{6,60}(?:方案|规划|计划|纲要|要点|办法|规定|细则|制度|措施|政策|意见|清单|分工|分解|预案|条例|规则)(?:（[^（）]{2,12}）)?"
)
_TEXT_BEGINS = re.compile(r"为(?!主|重|先|准|基|辅)|根据|按照|以(?!及|上|下|内)|近年来|第一[章条]")
"""How the text begins that stands behind a title: with its purpose or its grounds."""
_ALONE = re.compile(rf"{NUMBER}|[★☆※◆■●]+|(?:决定)?(?:任命|免去|聘任|解聘|任职|免职)：|编 ?[辑审]? ?委 ?(?:员 ?)?会")
"""What stands on a line of its own: a 文号, an ornament, the act of a list (任命：), the name of an editorial board."""
_MEMBER = (
    r"(?:[\u4e00-\u9fff]{1,10}(?:·[\u4e00-\u9fff]{1,10})+|[\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff] [\u4e00-\u9fff]{1,2}"
    r"|[\u4e00-\u9fff] [\u4e00-\u9fff] [\u4e00-\u9fff])"
)
_ASIDE = "(?:（[^（）]{1,10}）)?"
_ENTRY = re.compile(rf"{_MEMBER}{_ASIDE} [^，。；：]*{TITLE}")
"""A whole line of a roster."""
_ROLE = re.compile(rf"{ROLE_LABEL} ?：")
_OFFICE = re.compile(
    r"(?:领导小组|工作小组|联席会议|指挥部|委员会|专班|工作组)?(?:下设)?办公室(?:下?设在|设于|主任由)|(?:领导小组|工作小组|联席会议|指挥部|委员会|专班|工作组)下设(?:办公室|[一二三四五六七八九\d])"
)
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff]) ?：")
"""A person, of whom the line tells."""
_LISTED = re.compile(rf"(?P<name>{_MEMBER}){_ASIDE} [\u4e00-\u9fff]{{2}}[^，。；]*$")


def _goes_on(before: Paragraph, line: Line, full: int) -> bool:
    """Whether a line goes on with the sentence before it."""
    head, tail = before.spaced.chars, line.text.chars
    if _name_broken(head, tail):
        return True
    if "|" in (head[:1], tail[:1]) or head.count("|") > 1 or tail.count("|") > 1:
        return False  # a row of a table is by itself
    if _RULE.match(tail):
        return False
    if head.count("（") > head.count("）") and not line.heading and len(head) < 2000 and not OPENS.match(tail):
        return "）" in tail or len(tail) > 15
    if (
        (head.count("《") <= head.count("》") and _FINISHED.search(head))
        or OPENS.match(tail)
        or _DATE_LINE.fullmatch(tail)
        or line.bullet
        or _ALONE.fullmatch(head)
        or _ALONE.fullmatch(tail)
        or (_ENTRY.fullmatch(head) and tail[0] not in "长任记员师")
    ):
        return False
    if line.heading:
        # A heading mark before the rest of a sentence is a slip of recognition.
        return not before.marked and len(head) > 10 and tail.endswith("。") and len(tail) < 20
    if before.marked:
        return False
    if head.endswith(("，", "、", "和", "及", "的", "《", "〈", "“")) and len(head) > 10:
        return True
    if _LABEL.match(tail) and _LABEL.match(head):
        return False
    if _SIGNS.fullmatch(tail) and (
        head.startswith("附件") or (line.after_blank and (_ANSWERS.match(head) or _ROLE.match(head)))
    ):
        return False
    if _TITLED.fullmatch(head) and _TEXT_BEGINS.match(tail):
        return False
    if _OFFICE.match(tail):
        return False
    named = _NAMED.match(tail)
    if named and is_name(named["name"].replace(" ", "")):
        return False
    listed = _LISTED.match(tail)
    if (listed and is_name(listed["name"].replace(" ", ""))) or _indented(line):
        return False
    return len(head) >= full and (not line.after_blank or bool(re.search("[，。；]", head)))


def _name_broken(head: str, tail: str) -> bool:
    """Whether a line ends inside a name, behind its dot (古丽娜尔· / 买买提)."""
    return head.endswith("·") and re.search("[\u4e00-\u9fff]·$", head) is not None and "\u4e00" <= tail[0] <= "\u9fff"


def _indented(line: Line) -> bool:
    """Whether a line is indented by two characters, as the first of a paragraph is (GB/T 9704, 7.3.3)."""
    start = line.text.origin[0] if len(line.text) else 0
    before = line.text.source.text[max(0, start - 3) : start]
    return before.endswith("\u3000\u3000") and not before.startswith("\u3000")
