"""Pages flattened to one line: where its paragraphs began, by the blanks that are left, or by what stands glued.

Some pages keep a blank for each line break, some keep nothing: a 文号 stands right before the title, the title
before the addressees, the name of a roster's next member behind the post of the last.
"""

from __future__ import annotations

import re

from kg.anatomy.marks import OPENS, ROLE_LABEL
from kg.grammar.dates import DATE
from kg.grammar.names import is_name
from kg.grammar.organisations import is_organisation
from kg.grammar.references import NUMBER
from kg.text import Text

__all__ = ["take_apart"]

_BLANK_BREAK = re.compile(
    rf"(?<=[。；：！？）]) (?=\S)|(?<=的(?:通知|通报|通告|公告|决定|意见|批复)) | (?={OPENS.pattern})| (?={NUMBER}(?: |$))| (?={DATE}(?: |$|印发))"
    rf"|(?<=[号日]) (?=[\u4e00-\u9fff【])"
    r"| (?=(?:领导小组|工作小组|联席会议|指挥部|委员会|专班|工作组)(?:下设)?办公室(?:，|下?设在|设于|主任由)| ?(?:领导小组|指挥部|委员会|联席会议)下设办公室)"
)
_ORDERED = re.compile(rf" (?:[一二三]、|（[一二]）|{NUMBER} |{ROLE_LABEL} ?：)")
_HEAD = re.compile(
    rf"(?:^|(?<= ))(?P<number>{NUMBER}) ?(?=[\u4e00-\u9fff（）、]{{2,60}}：|[^，。；：》 ]{{0,60}}(?:关于|印发|转发))"
    r"(?P<title>[^，。；：》 ]{0,60}?(?:关于[^。；：]{2,120}?|(?:印发|转发)《[^。；：》]{2,80}》)的(?:通知|通报|通告|公告|决定|意见|批复|函) ?(?=[^。；：]{2,200}：))?"
)
"""文号 and title, and right behind them the title or the addressees."""
_TITLED = re.compile(
    r"(?P<title>(?P<issuer>[^，。；：》]{0,60}?)(?:关于[^。；：]{2,120}?|(?:印发|转发)《[^。；：》]{2,80}》)的(?:通知|通报|通告|公告|决定|意见|批复|函)) ?"
    r"(?=各[^。；：]{1,200}：|[^。；：]{0,60}(?:人民政府|政府|部门|单位|办事处|管委会)[^。；：]{0,160}：)"
)
"""The same without a 文号, at the beginning of the line."""
_PARTS = re.compile(r"(?<=[。；：）])(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
_LATER_PART = re.compile(r"[。；）][二三四五六七八九十]{1,3}、")
_LABEL = re.compile(
    r"(?:(?:常务|第一|执行)?副 ?)?(?:总 ?)?(?:组 ?长|主 ?任(?: ?委 ?员)?|召 ?集 ?人|指 ?挥(?: ?长)?|团 ?长|队 ?长|主 ?席|会 ?长) ?： ?"
    r"|(?:成|委|组|队) ?员(?: ?单 ?位)? ?： ?"
)
_NAMED = re.compile(r"([\u4e00-\u9fff]{2,4})(?=[ （、，]|$)|([\u4e00-\u9fff]) ([\u4e00-\u9fff]{1,2})(?=[ （、，]|$)")
_SIGNED = re.compile(rf"(?<=[。）；])(?P<org>[\u4e00-\u9fff（）]{{4,40}})(?={DATE}(?:$|[ （]))")
_OPEN_TO_ALL = re.compile(r"(?<=日)(?=（此件)")


def take_apart(text: Text) -> list[Text]:
    """The paragraphs of a page that was flattened to one line; the text alone where it was not."""
    count = text.chars.count(" ")
    glued = _glued(text.chars)
    blanks = glued or (count > 5 and (len(text) / (count + 1) < 15 or _ORDERED.search(text.chars)))
    cuts = {match.span() for match in _BLANK_BREAK.finditer(text.chars)} if blanks else set()
    cuts |= {(at, at) for at in glued if not any(start <= at <= end for start, end in cuts)}
    if not cuts:
        return [text]
    bounds = [0, *(place for cut in sorted(cuts) for place in cut), len(text)]
    pieces = [text[start:end].strip() for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    return [piece for piece in pieces if piece.chars]


def _glued(chars: str) -> set[int]:
    """Where paragraphs begin that follow the one before them without a blank.

    Nothing is cut where no 文号 and title, and no numbers of several parts, show that the breaks were lost.
    """
    head = _HEAD.search(chars)
    titled = _TITLED.match(chars) if not head else None
    if titled and (not titled["issuer"] or is_organisation(titled["issuer"].replace(" ", ""))):
        return {titled.end("title")}
    if not head and len(_LATER_PART.findall(chars)) < 2:
        return set()
    found = {place for place in (head.start(), head.end("number"), head.end("title")) if place > 0} if head else set()
    found.update(match.start() for match in _PARTS.finditer(chars))
    labels = [match.start() for match in _LABEL.finditer(chars) if _names(chars, match.end())]
    if len(labels) > 1:
        found.update(labels)
    found.update(match.start("org") for match in _SIGNED.finditer(chars) if is_organisation(match["org"]))
    found.update(match.start() for match in _OPEN_TO_ALL.finditer(chars))
    return found


def _names(chars: str, at: int) -> bool:
    """Whether a person's name stands at a place, with or without a blank inside."""
    match = _NAMED.match(chars, at)
    return match is not None and is_name("".join(part for part in match.groups() if part))
