"""The place whose government or office speaks, as the name of an organisation says it."""

from __future__ import annotations

import re

__all__ = ["home_of"]

_FRONT = re.compile(r"(?:中共|中国共产党|中国人民政治协商会议|政协|中国共产主义青年团|共青团|国家税务总局)")
_UNIT = (
    r"(?:[\u4e00-\u9fff]{2,}?(?:自治[区州县旗]|(?<![城都上超夜])市(?![场政民])|(?<![社园景辖灾库山矿林牧湖校])区(?![域划块])"
    r"|[省县州盟]|(?<!国)旗|(?<!城)[镇乡](?![镇村])|街道)|[\u4e00-\u9fff]县)"
)
_UNITS = re.compile(rf"{_UNIT}+")
_ORGAN = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,20}?(?:(?<=[省县区州旗盟乡镇])|(?<=街道)|(?<=市)(?<![城都]市)))"
    r"(?:人民政府|政府|管委会|管理委员会|党工委|工作委员会|党委|委员会|委(?!员)|人大|政协|人民代表大会|办事处)"
)
"""A zone (高新技术产业开发区) is a place where an organ that has places of its own follows."""


def home_of(name: str) -> str:
    """The place that an organisation belongs to by its own name: 临汀市云泽区 of 临汀市云泽区人民政府办公室.

    A place ends in the word for a unit of government or in that for a zone; of 临汀市科学技术委员会 it is 临汀市.
    Nothing where the name does not say it.
    """
    front = _FRONT.match(name)
    rest = name[front.end() :] if front else name
    found = _ORGAN.match(rest)
    if found:
        return found["place"]
    units = _UNITS.match(rest)
    return units[0] if units and units.end() < len(rest) else ""
