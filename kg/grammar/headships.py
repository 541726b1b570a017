"""Headships: posts that one person holds at a time, by what the title says of the organisation (局长 of a 局)."""

from __future__ import annotations

import re

__all__ = ["is_headship"]

_BRACKETS = re.compile(r"（[^（）]*）$")
_PLACE = re.compile(r"([省市县区旗州盟镇乡])(?:人民)?政府$")
_OWN_NAME = re.compile(r"[省市县区旗州盟镇乡村局厅部司处科股室所站院校园馆队行社场庭台组团]$")
"""What an organisation may be called whose head is called after it: 镇 and 镇长, 支队 and 支队长."""
_HEADS = (
    ("主任", re.compile(r"(?:委|办|会|中心|室|办事处|管理处|基地|联社|合作社|总社|工委|研究所|站)$")),
    ("主席", re.compile(r"(?:会|联|科协|文联|残联|作协|政协|团)$")),
    ("会长", re.compile(r"(?:会|商会)$")),
    ("理事长", re.compile(r"(?:会|联|残联|社|公司)$")),
    ("校长", re.compile(r"(?:学校|中学|小学|大学|党校|学院|[一二三四五六七八九十]中)$")),
    ("检察长", re.compile(r"检察院$")),
    ("董事长", re.compile(r"(?:公司|集团|银行)$")),
    ("总经理", re.compile(r"(?:公司|集团)$")),
    ("书记", re.compile(r"(?:委|党组|党工委|总支|支部|纪检组)$")),
)
_PARTY = re.compile(r"(?:党组|党委|党工委|党总支|党支部|机关党委|纪委)书记")


def is_headship(organisation: str | None, title: str | None) -> bool:
    """Whether the title is that of the one who heads the organisation.

    False where that is not certain: a 科长 of a 局 heads one of its units, and there are others.
    """
    if not organisation or not title:
        return False
    name = _BRACKETS.sub("", organisation)
    if _PARTY.fullmatch(title):
        return True
    for head, fits in _HEADS:
        if title == head and fits.search(name):
            return True
    if place := _PLACE.search(name):
        return title == f"{place[1]}长"
    own = _OWN_NAME.search(name)
    return own is not None and title.endswith(f"{own[0]}长") and name.endswith(title[:-1])
