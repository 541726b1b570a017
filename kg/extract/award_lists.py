"""Lists of the honoured: behind a decision, or under its headings, a line each (先进集体名单, 一、先进个人)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.anatomy import Passage
from kg.extract.heads import spaced_of
from kg.extract.occurrences import Found, context_of, named_parties
from kg.extract.scope import Scope
from kg.grammar.names import could_be_name, is_name, is_set_apart
from kg.grammar.organisations import is_organisation
from kg.grammar.posts import split_posts

__all__ = ["award_lists"]

_HONOURS = re.compile("表彰|授予|命名|嘉奖|表扬|奖励")
_PRAISES = re.compile("^(?!.*表彰).*表扬")
_BLAMES = re.compile("通报批评")
_LIST = re.compile(
    r"(?P<what>[^，。；：]{0,40}?(?:先进|优秀|模范|示范|标兵|突出|文明|十佳|获奖|劳动者?|道德)[^，。；：]{0,20}?"
    r"(?:集体|单位|个人|工作者|标兵|家庭|组织|企业|学校|村|社区|人物|干部|党员|教师|模范|能手|奖))(?:名单)?(?:（[^（）]*）)?"
)
_NUMBERED = re.compile(r"^(?:\d{1,3}[.、．]|（\d{1,3}）)\s*")
_ASIDE = re.compile(r"（[^（）]*）")


def award_lists(scope: Scope) -> Iterator[tuple[Passage, Found]]:
    """Those whom a list honours, one each, with the paragraph that names them."""
    title = scope.notice_title
    if not _HONOURS.search(title):
        return
    deciding = context_of(replace(scope, annex=None, passages=scope.document.passages))
    for passage in scope.passages:
        heads = [scope.title] if scope.annex else []
        heads[:0] = [heading.words for heading in passage.heading.chain()] if passage.heading else []
        what = next((match["what"] for head in heads if (match := _LIST.fullmatch(head))), None)
        if what is None or (passage.opens and passage.heading and _LIST.fullmatch(passage.heading.words)):
            continue
        kind = "通报批评" if _BLAMES.search(what) else "通报表扬" if _PRAISES.search(title) else "表彰"
        text = passage.said.chars
        for name in _named(passage):
            yield passage, Found("event.award", kind, 0, len(text), deciding.agent, name, what, deciding.date)


def _named(passage: Passage) -> list[str]:
    """The people or organisations that a line names and nothing else."""
    line = _NUMBERED.sub("", spaced_of(passage)).rstrip("。；")
    words = [word for word in _ASIDE.sub("", line).split(" ") if word]
    if not words or re.search("[：。]", line):
        return []
    if len(words) == 1:
        return named_parties(words[0])
    for apart in (3, 2):
        if (
            len(words) > apart
            and all(len(word) == 1 for word in words[:apart])
            and is_set_apart("".join(words[:apart]))
        ):
            words = ["".join(words[:apart]), *words[apart:]]
    joined = words[0] + words[1] if len(words) > 1 else ""
    if len(words[0]) == 1 and is_name(joined):
        words = [joined, *words[2:]]
    if len(words) > 1 and could_be_name(words[0]) and (split_posts("".join(words[1:])) or is_organisation(words[1])):
        return [words[0]]
    return words if all(is_name(word) for word in words) or all(map(is_organisation, words)) else []
