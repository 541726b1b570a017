"""Which body a roster or a passage speaks of: its heading, the words before it, the notice's title."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.anatomy import Heading, Passage
from kg.extract.scope import Scope
from kg.grammar.bodies import BODY, body_in_title, body_names, is_body, is_group, usual_name

__all__ = ["full_name", "group_of", "office_of"]

_FOUNDED = re.compile(rf"(?P<body>[^，。；：、]{{2,60}}?{BODY})(?:组成人员|成员名单|人员组成|组成如下)")
_COMPOSED = re.compile("组成人员|成员名单|人员组成|组成如下")
_SHORT = re.compile(r"（(?:以下|下称)?(?:统一)?简称：?[“\"]?(?P<short>[\u4e00-\u9fff]{3,10})[”\"]?）")
"""Where a text gives the short name that it calls something by."""
_WHOLE = re.compile(rf"(?:.*(?:成立|设立|组建|建立|调整|撤销|决定对)|对)?(?P<whole>[^，。；：（）“”]{{4,40}}?{BODY})$")
_BARE = re.compile(rf"(?:工作|组成)?(?:{BODY})")
_STRIP = re.compile(
    r"^(?:关于|现将|对|决定|成立|设立|组建|建立|调整|附件\d*|我区|我市|我县|（[一二三四五六七八九十]+）|\d+[.、])+|(?:组成人员|成员|人员)?(?:名单|组成|调整)?$"
)


def group_of(scope: Scope, heading: Heading | None, before: tuple[Passage, ...] = ()) -> str | None:
    """The body that a passage under this heading speaks of, in the document's words.

    The nearest heading that names a body decides; then the words that set one up before the passage; then
    the title of the document.
    """
    for above in heading.chain() if heading else ():
        if named := _named_in(above.words):
            return named
    titled = body_in_title(scope.title) or body_in_title(scope.notice_title)
    for passage in reversed(before):
        text = passage.paragraph.text.chars
        founded = body_names(text)
        if founded and (name := usual_name(text[founded[-1][0] : founded[-1][1]], scope.prose)):
            return titled if titled and titled.endswith(name) and len(name) < 6 else name
    if titled:
        return titled
    for passage in reversed(before):
        text = passage.paragraph.text.chars
        match = _FOUNDED.search(text) if _COMPOSED.search(text) else None
        if match and is_body(_STRIP.sub("", match["body"])):
            return _STRIP.sub("", match["body"])
    return None


@lru_cache(maxsize=1024)
def _named_in(heading: str) -> str | None:
    """The body that the words of a heading name, or None."""
    if is_group(heading):
        return heading
    words = _STRIP.sub("", heading)
    words = words.removesuffix("办公室")
    if is_body(words) and not _BARE.fullmatch(words):
        return words
    founded = body_names(words)
    return words[slice(*founded[-1])] if founded and founded[-1][1] - founded[-1][0] > 5 else None


def office_of(group: str) -> str:
    """The name of a body's office."""
    return group if group.endswith("办公室") else f"{group}办公室"


def full_name(scope: Scope, name: str) -> str:
    """The name of a body, or of its office, in full where the document gave it the short one (以下简称县森防指)."""
    known = _short_names(scope.prose)
    office = "办公室" if name.endswith("办公室") else ""
    return known[short] + office if (short := name.removesuffix("办公室")) in known else name


@lru_cache(maxsize=64)
def _short_names(text: str) -> dict[str, str]:
    """The bodies that a text gives short names to, by these; 领导小组 and the like are none."""
    found: dict[str, str] = {}
    for match in _SHORT.finditer(text) if "简称" in text else ():
        clause = re.split(r"[，。；：）\n]", text[max(0, match.start() - 60) : match.start()])[-1]
        named = None if _BARE.fullmatch(match["short"]) else _WHOLE.match(clause)
        letters = iter(named["whole"] if named else "")
        if named and all(letter in letters for letter in match["short"]):
            found[match["short"]] = named["whole"]
    return found
