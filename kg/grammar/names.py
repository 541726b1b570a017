"""Names of people: which runs of characters can be one, and where names run together."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from kg.grammar.matches import any_of
from kg.lexicon import parts

__all__ = ["NAME", "could_be_name", "is_name", "is_set_apart", "split_names"]


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = parts("surnames")
    return frozenset(lists["common"]), frozenset(lists["rare"]), frozenset(lists["double"])


def _pattern() -> str:
    common, rare, double = _surnames()
    single = "".join(sorted(common | rare))
    given = r"(?:[\u4e00-\u526e\u5270-\u540b\u540d-\u7683\u7685-\u9fff]|同(?!志))"  # but for 副, 的 and 同志
    return (
        rf"(?:{any_of(double)}{given}{{1,2}}"
        rf"|(?!常[务委设态规年驻住用见任])[{single}]{given}{{1,2}}"
        rf"|(?=[\u4e00-\u9fff]{{1,8}}·){given}{{1,8}}(?:·{given}{{1,8}}){{1,3}})"
    )


NAME = _pattern()
"""A pattern that a name fits: a surname and a given name of one or two characters, or names joined by a dot.

It says what can be a name, not what is one: use it where a name must stand.
"""
_WHOLE = re.compile(f"(?:{NAME})")

_NO_NAMES = re.compile(
    r"(?:同志|人员|单位|部门|主任|局长|成员|组长|以下|以上|如下|名单|负责|办公|工作|领导|小组|委员|书记|主席|部长|政府|公司|中心"
    r"|有关|相关|全体|常委|全面|日常|计划|项目|资金|管理|以及|或|的|等|是)"
)


_WORDS = frozenset(
    [
        "成员",
        "主任",
        "支队",
        "万元",
        "单位",
        "相关",
        "全区",
        "全市",
        "全县",
        "时间",
        "方案",
        "方面",
        "任务",
        "项目",
        "资金",
        "干部",
        "党委",
        "党组",
        "党员",
        "公司",
        "公安",
        "政府",
        "文件",
        "高度",
        "金融",
        "安全",
        "安排",
        "水利",
        "水务",
        "农业",
        "农村",
        "林业",
        "商务",
        "教育",
        "民政",
        "宣传",
        "组织",
        "常务",
        "常委",
        "钱款",
        "费用",
        "经济",
        "时限",
        "计划",
        "强化",
        "明确",
        "平台",
        "广场",
        "居民",
        "马路",
        "石材",
        "方法",
        "方式",
        "关于",
        "任职",
        "任命",
        "包括",
        "应当",
        "应急",
        "通知",
        "通报",
        "解决",
        "成立",
        "支持",
        "平均",
        "温度",
        "万人",
        "万户",
        "多个",
        "全面",
        "全体",
        "牛羊",
        "花卉",
        "茶叶",
        "米面",
        "宣布",
        "董事",
        "董事长",
        "安监",
        "农牧",
    ]
)
"""Words of two that begin like a surname and are none."""
_OF_DISTRICT = "委政府直属级内长域县市法检教科财民公司交水农商文卫应审国统信林气税总团妇残工红供扶金人大住城发经编办纪监环规体医退粮档史地机党统台侨"


@lru_cache(maxsize=4096)
def is_name(text: str, *, rare: bool = True) -> bool:
    """Whether the text can be the name of a person; without ``rare``, only one with a common surname."""
    if text[:1] == "区":
        # Read Ōu it is a surname; mostly it is the district, so what follows must not begin an organisation's name.
        return rare and re.fullmatch(rf"区(?![{_OF_DISTRICT}])[\u4e00-\u9fff]{{1,2}}", text) is not None
    if not _WHOLE.fullmatch(text) or _NO_NAMES.search(text[1:]) or text in _WORDS:
        return False
    common, _, double = _surnames()
    return rare or text[0] in common or text[:2] in double or "·" in text


_FOREIGN = re.compile(
    r"(?!各|原|由|经|以|该|其|省|市|县|区|镇|乡|村|州|旗|副|正|第|等|国|中|共|驻|某)[\u4e00-\u9fff]{2,8}"
)
_NO_FOREIGN = re.compile(
    r"[的了和与及在为任由向对将请、，]|办公|工作|领导|小组|部门|单位|人员|成员|代表|专家|负责|有关|相关|如下|名单|[局委厅部处科室所站队院校办长任记员席组]$"
)


def could_be_name(text: str) -> bool:
    """Whether the text can be a name whose surname is in no list (扎西达瓦), where nothing but a name can stand."""
    return is_name(text) or (_FOREIGN.fullmatch(text) is not None and not _NO_FOREIGN.search(text))


def is_set_apart(chars: str) -> bool:
    """Whether two or three characters that stand apart from one another are a name set with blanks (王 的, 白 一 鸣).

    The blanks prove it, so that the given name may be of any characters.
    """
    common, rare, _ = _surnames()
    return (
        len(chars) in (2, 3) and (chars[0] in common or chars[0] in rare) and not re.search("[^\u4e00-\u9fff]", chars)
    )


def split_names(run: str, known: Collection[str] = ()) -> list[str] | None:
    """The names that a run of characters is made of, or None where there is not exactly one best reading.

    A run of up to three characters is one name. Names known from elsewhere decide first; then two names of two,
    since nobody has four characters without a double surname.
    """
    if run in known or (len(run) <= 3 and is_name(run)):
        return [run]
    if is_name(run) and (run[:2] in _surnames()[2] or "·" in run):
        return [run]
    best: list[list[str]] = []
    most = -1
    for reading in _readings(run):
        score = sum(len(name) for name in reading if name in known)
        if score > most:
            best, most = [reading], score
        elif score == most:
            best.append(reading)
    if len(best) > 1:
        # Without help from elsewhere, common surnames are likelier than rare ones.
        likely = [reading for reading in best if all(is_name(name, rare=False) for name in reading)]
        best = likely if len(likely) == 1 else best
    return best[0] if len(best) == 1 else None


def _readings(run: str) -> list[list[str]]:
    if not run:
        return [[]]
    found: list[list[str]] = []
    for length in (2, 3, 4):
        head = run[:length]
        if len(head) == length and is_name(head) and (length < 4 or head[:2] in _surnames()[2]):
            found.extend([head, *rest] for rest in _readings(run[length:]))
    return found
