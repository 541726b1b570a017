"""How documents are named: 文号, titles, kinds (文种)."""

from __future__ import annotations

import re

from kg.grammar.matches import any_of
from kg.lexicon import parts

__all__ = ["NUMBER", "NUMBER_LINE", "TITLE", "document_type", "normal_number"]

_OPEN, _CLOSE = "〔（【［\\[(〈《", "〕）】］\\])〉》"
NUMBER = rf"[\u4e00-\u9fff]{{1,14}}[{_OPEN}](?:19|20)\d{{2}}[{_CLOSE}]第?\d{{1,4}}号"
"""A 文号: the issuer's short form (机关代字), the year in brackets, a serial number."""
NUMBER_LINE = re.compile(
    rf"(?:(?:文号|发文字号|发文号|文件编号|文件号|文件字号|公文编号)：)?(?P<number>{NUMBER})"
    r"(?:(?:签发人?|(?:信息)?来源|发布(?:时间|日期|机构)?|时间|日期|浏览(?:次数|量)?|点击|作者|字体|字号)：?.*)?"
)

_LISTS = parts("document_types")
_ISSUED = any_of(_LISTS["issued"])
_TYPES = sorted((*_LISTS["issued"], *_LISTS["issued-or-annexed"]), key=len, reverse=True)
_TAIL = r"(?>[（(〔][^（）()]{1,24}[）)〕])*+"
_TYPE = re.compile(rf"(?P<type>{any_of(_TYPES)}){_TAIL}$")
TITLE = re.compile(
    rf"(?P<issuer>[^关，。；：《》]{{0,60}}?)"
    rf"(?:关于[^。；：]{{2,150}}?(?P<kind>{_ISSUED}){_TAIL}|(?:印发|转发|批转)《[^。；]{{2,100}}》(?:的通知)?)"
)
"""A title that opens a document of its own (GB/T 9704: 发文机关 + 事由 + 文种); match it whole."""


def normal_number(text: str) -> str:
    """A 文号 in its standard form, with hexagonal brackets around the year (GB/T 9704, 7.2.5)."""
    match = re.fullmatch(rf"(.*?)[{_OPEN}]((?:19|20)\d{{2}})[{_CLOSE}]第?0*(\d+)号", "".join(text.split()))
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else text


# A type is a simple word: of 实施方案 it is 方案, as the last word of the title.
_SIMPLE = {
    word: next((short for short in _TYPES[::-1] if word != short and word.endswith(short) and len(short) == 2), word)
    for word in _TYPES
}


def document_type(title: str) -> str | None:
    """The 文种 of a title: its last word, brackets behind it left aside; None where it is no known one."""
    match = _TYPE.search("".join(title.split()))
    return _SIMPLE[match["type"]] if match else None
