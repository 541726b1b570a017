"""Paragraphs → passages in the hierarchy of their headings (一、 （一） 1. （1） ①; 章 节 条)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.anatomy.marks import ENUMERATOR
from kg.anatomy.paragraphs import Paragraph
from kg.grammar.bodies import is_group
from kg.grammar.posts import TITLE
from kg.grammar.subjects import subject
from kg.text import Text

__all__ = ["Heading", "Passage", "passages"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens a section: its number, and its words where it has any."""

    path: str
    number: str
    style: str
    text: Text
    """The words without the number; empty where the section begins with its text at once."""
    whole: Text
    """With the number."""
    parent: Heading | None

    @property
    def words(self) -> str:
        return self.text.chars

    def chain(self) -> list[Heading]:
        """This heading and those above it, innermost first."""
        return [self, *(self.parent.chain() if self.parent else ())]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in its place: the section it stands in, and what is left of it behind the heading."""

    paragraph: Paragraph
    heading: Heading | None
    opens: bool
    """Whether the heading stands in this very paragraph."""
    body: Text
    """As prose, without heading."""
    spaced: Text
    """With the blanks of the source, without heading; for rosters."""

    @property
    def said(self) -> Text:
        """As prose, with the words of a heading that it opens with but without the number."""
        if not (self.opens and self.heading):
            return self.body
        return self.paragraph.text[len(self.heading.whole) - len(self.heading.text) :]


_ORDER = (
    "chapter",
    "section",
    "article",
    "han",
    "bracket",
    "figure",
    "bare",
    "decimal1",
    "decimal2",
    "decimal3",
    "round",
    "circle",
)
_HEAD = re.compile(r"([^。；：！？]{2,36}?)(?:。|$)")
_SAYS = re.compile(
    r"应当|必须|不得|负责(?!人|制)|可以|给予|起施行|有效期|按照.*的|由[^，。]{2,20}(?:牵头|承担|协商|组织实施)"
)
_ARTICLE_TOPIC = re.compile(
    r"((?:支持|鼓励|推动|推进|加强|加快|加大|强化|提升|提高|优化|完善|促进|引导|培育|打造|建设|降低|减轻|扩大|深化|实施|保障|健全|落实|拓展|做大|做强|申报)[^，。；：、]{2,16})。(?=.{10})"
)
"""What an article of a measure is about, in a first sentence of a few words (第一条 支持企业做大做强。…)."""
_LED = re.compile(r"(?<=[\u4e00-\u9fff”]{4})（[^（）]*(?:牵头|负责|配合)[^（）]{0,6}）$")
"""Who leads what a heading names, in a bracket behind it."""
_TOPIC = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:步骤|原则|目标|任务|要求|范围|方式|内容|措施|机构|机制|程序|标准|职责|安排|保障|方案)"
)
"""What a heading is about, where only a blank parts it from the sentence behind it."""
_POST_ENDS = re.compile(rf"{TITLE}(?:（[^（）]*）)?$")
_GROUP = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:组|专班))(?:：|(?=（)|(?=，?由[^。；]{2,30}(?:负责|牵头|任组长)))"
)
"""A group below a body whose members or task stand behind its name on the same line."""
_FLAT_HEAD = re.compile(r"([^ 。；：！？，]{3,20}) (?=\S)")


def passages(paragraphs: Iterable[Paragraph], prefix: str = "") -> list[Passage]:
    """The paragraphs with their sections. ``prefix`` stands before every path."""
    found: list[Passage] = []
    stack: list[Heading] = []
    last_bare = 0
    seen: set[str] = set()
    for paragraph in paragraphs:
        text, spaced = paragraph.text, paragraph.spaced
        match = ENUMERATOR.match(text.chars)
        if match and match["bare"]:
            follows = int(match["bare"]) == last_bare + 1 and _HEAD.match(text.chars, match.end())
            last_bare += bool(follows)
            match = match if follows else None
        if not match:
            found.append(Passage(paragraph, stack[-1] if stack else None, False, text, spaced))
            continue
        style, number = match.lastgroup or "", match[match.lastgroup or 0]
        style += str(number.count(".")) if style == "decimal" else ""
        while stack and _ORDER.index(stack[-1].style) >= _ORDER.index(style):
            stack.pop()
        number = f"（{number}）" if style in ("bracket", "round") else number
        start, end = match.end(), _heading_end(paragraph, match.end())
        parent = stack[-1] if stack else None
        path = f"{parent.path}.{number}" if parent else prefix + number
        while path in seen:
            path += "′"
        seen.add(path)
        heading = Heading(path, number, style, text[start:end], text[:end], parent)
        stack.append(heading)
        rest = text[end:].strip(" 。：") if end > start else text[end:].strip()
        found.append(Passage(paragraph, heading, True, rest, _after(spaced, len(spaced) - len(text) + end, rest)))
    return found


def _heading_end(paragraph: Paragraph, start: int) -> int:
    """Where the words of a heading end that begin at start; start itself where there are none."""
    chars = paragraph.chars
    if ENUMERATOR.match(chars) and chars.startswith("第") and "条" in chars[:8]:
        named = re.match(r"[（【][^（）【】]{2,20}[）】]", chars[start:])
        topic = _ARTICLE_TOPIC.match(chars, start)
        return start + named.end() if named else topic.end(1) if topic else start
    group = (
        _GROUP.match(chars, start) if "组" in chars[start : start + 17] or "专班" in chars[start : start + 17] else None
    )
    if group and is_group(group["name"]):
        return group.end("name")
    head = _HEAD.match(chars, start)
    if head and (led := _LED.search(head[1])):
        return start + led.start()
    if paragraph.flat and (blank := _FLAT_HEAD.match(paragraph.spaced.chars, start)) and _POST_ENDS.search(blank[1]):
        return start  # 副市长（挂职） 林某：
    if paragraph.flat and not (head and head[0].endswith("。") and head[1].count("，") < 2):
        blank = _FLAT_HEAD.match(paragraph.spaced.chars, start)
        if blank and len(paragraph.spaced) > blank.end() + 10:
            return start + len(blank[1])
    sentence = _sentence_end(paragraph, head, start)
    if paragraph.flat and sentence == start:
        blank = _FLAT_HEAD.match(paragraph.spaced.chars, start)
        if blank and _TOPIC.fullmatch(blank[1]) and len(paragraph.spaced) > blank.end() + 10:
            return start + len(blank[1])
    return sentence


def _sentence_end(paragraph: Paragraph, head: re.Match[str] | None, start: int) -> int:
    """Where the first sentence ends, if it is the words of a heading; else start."""
    chars = paragraph.chars
    if not head or head[1].count("，") > 2 or _SAYS.search(head[1]):
        return start
    alone = head.end() == len(chars)
    if (
        not alone
        and "，" in head[1]
        and (acts := subject(chars, start, head.end(1)))
        and chars.startswith(("要", "应", "须"), acts.end)
    ):
        return start  # 财政部门要安排资金，于3月底前拨付。
    if alone and not paragraph.marked and chars.endswith("。"):
        acts = subject(chars, start, head.end(1))
        if len(chars) > 24 or (acts and head.end(1) - acts.end > 3):
            return start  # 区审计局对项目资金实行跟踪审计。
    return head.end(1)


def _after(spaced: Text, guess: int, rest: Text) -> Text:
    """The part of the spaced text that begins where the rest does."""
    if not rest.chars:
        return rest
    first = rest.origin[0]
    for at in range(min(guess, len(spaced) - 1), -1, -1):
        if spaced.origin[at] == first:
            return spaced[at:]
    return spaced[spaced.origin.index(first) :]
