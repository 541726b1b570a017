"""Documents named in a text: titles in 《》 and without, numbers by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.grammar.references import document_type, normal_number
from kg.lexicon import words

__all__ = ["ALIAS", "CUE", "NUMBERED", "WORDS", "Mention", "all_mentions", "flat", "mentions"]

WORDS = [
    "根据",
    "依据",
    "依照",
    "按照",
    "遵照",
    "参照",
    "对照",
    "比照",
    "贯彻落实",
    "贯彻执行",
    "贯彻实施",
    "贯彻",
    "落实",
    "执行",
    "实施",
    "符合",
    "违反",
    "结合",
    "转发",
    "批转",
    "印发",
    "下发",
    "发布",
    "公布",
    "颁布",
    "制定",
    "制订",
    "编制",
    "出台",
    "修订",
    "修改",
    "起草",
    "签订",
    "签署",
    "填写",
    "填报",
    "提交",
    "报送",
    "上报",
    "遵守",
    "适用",
    "纳入",
    "列入",
    "学习",
    "宣传",
    "引用",
    "废止",
    "同意",
    "审定",
    "审批",
    "批准",
    "完善",
    "遵循",
    "对标",
    "详见",
    "发放",
    "出具",
]
"""The words that say how a document is cited, before its title."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text: where its name stands, with the bracket behind it, and what it is called."""

    start: int
    end: int
    title: str | None
    number: str | None


def flat(title: str) -> str:
    """A title by its letters and figures alone, to compare."""
    return re.sub(r"[\W_]", "", title)


ALIAS = re.compile(r"(?:简称|统称)(?:为|：)?[《“\"](?P<name>[^》”\"]{2,30})[》”\"]")
_LAW_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,16}令(?:〔\d{4}〕)?第?\d+号|第\d+号(?:令|公告)|[\u4e00-\u9fff]{0,12}\d{4}年第\d+号(?:公告|令)?"
    r"|(?:GB|DB|JGJ|CJJ|HJ|NY|SL|WS|MZ|TY|YD|JT|SN|LY|CJ|GA)(?:/?[A-Z])?[ /]?\d[\d.]*(?:[-—]\d{2,4})?"
)
NUMBERED = re.compile(r"[〔（【［\[(〈《](?:19|20)\d{2}[〕）】］\])〉》]第?\d{1,4}号")
_CODED = re.compile(rf"[\u4e00-\u9fff]{{2,14}}{NUMBERED.pattern}")
_CODE = re.compile(r"[\u4e00-\u9fff]{1,14}$")
_NOT_OF_CODE = re.compile(
    r".*(?:根据|依据|按照|依照|参照|贯彻|落实|执行|转发|印发|文件|政府|办公厅|办公室|委员会|[的和及与省号由以《]|以下简称|原)"
)


def _code_start(chars: str, bracket: int) -> int:
    """Where the 机关代字 begins that stands before a year in brackets; the bracket's own place where there is none."""
    run = _CODE.search(chars, max(0, bracket - 14), bracket)
    if not run:
        return bracket
    cut = _NOT_OF_CODE.match(run[0])
    return run.start() + (cut.end() if cut else 0)


def _number_in(bracket: str) -> str | None:
    """The 文号, or the number of a decree or a standard, in the bracket behind a title."""
    match = NUMBERED.search(bracket)
    if match:
        start = _code_start(bracket, match.start())
        return normal_number(bracket[start : match.end()]) if start < match.start() else None
    law = _LAW_NUMBER.search(bracket)
    return re.sub(r"^.*\d?[年月日号](?=[\u4e00-\u9fff]{2,14}令)", "", law[0]) if law else None


def _bracketed(chars: str, at: int) -> int:
    """The end of the bracket that opens at a place; the place itself where none does."""
    if at >= len(chars) or chars[at] not in "（〔":
        return at
    depth = 0
    for i in range(at, min(len(chars), at + 120)):
        depth += (chars[i] in "（〔") - (chars[i] in "）〕")
        if not depth:
            return i + 1
    return at


def _quoted(chars: str) -> Iterator[tuple[int, int]]:
    """Start and end of each outermost 《…》."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer("[《》]", chars):
        if match[0] == "《":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.start() - start <= 160:
                while pairs and pairs[-1][0] > start:
                    pairs.pop()
                pairs.append((start, match.end()))
    yield from pairs


def mentions(chars: str) -> list[Mention]:
    """The documents named in 《》, left out what is no document and what is a short name for one named before."""
    if "《" not in chars:
        return []
    found = []
    for start, end in _quoted(chars):
        behind = _bracketed(chars, end)
        bracket = chars[end:behind]
        title = chars[start + 1 : end - 1].strip()
        number = _number_in(bracket)
        plain = None if number else _LAW_NUMBER.match(chars, end)
        if plain and re.search(r"令|GB|DB|/T", plain[0]):
            number, behind = plain[0], plain.end()
        if _names_document(title) or (number and len(title) > 1):
            found.append(Mention(start, behind if number else end, title, number))
            found.extend(Mention(start, behind, None, more) for more in _more_numbers(bracket, number))
    return found


def _more_numbers(bracket: str, number: str | None) -> list[str]:
    """The numbers behind the first in the bracket of a title (甲府发〔2019〕7号、甲府发〔2020〕3号)."""
    inside = re.split("[、，；和及]", bracket[1:-1]) if number and bracket.count("号") > 1 else []
    normal = [normal_number(part) for part in inside if _CODED.fullmatch(part)]
    return normal[1:] if len(normal) == len(inside) else []


_LAW = re.compile(
    r"(?:法|法典|民法典|宪法|条例|决定|决议|公约|标准|规范|规程|规则|准则|要求|导则|定额|名录|手册|大纲|白皮书|报告|要览|总则|通则"
    r"|协议|合同|备忘录|[^证]书|表|单|函|令|案|法律|解释|批复|请示|纪要|图|机制|体系|制度|分类|编码|代码|目标|举措|安排|任务|分解|分工|路线图|实录|精神)$"
)
_NO_TITLE = re.compile(
    r"(?:证书|许可证|执照|资格证|[^保]证|[日晚早周时都商导]报|画报|学报|杂志|期刊|周刊|月刊|通讯|新闻|专栏|节目|之歌)$"
)
_TAIL = re.compile(r"(?:[（(〔][^（）()〔〕]{1,30}[）)〕])+$")


def _names_document(title: str) -> bool:
    """Whether a name in 《》 is a document's, and not a newspaper's, a certificate's or a short form (《办法》)."""
    if len(title) < 3 or title in _short_names() or _NO_TITLE.search(title):
        return False
    bare = _TAIL.sub("", title).rstrip("》〉")
    return bool(title.startswith("关于") or document_type(title) or _LAW.search(bare) or "关于" in title)


def _short_names() -> frozenset[str]:
    return frozenset(words("document_types"))


# --- titles without 《》 ----------------------------------------------------------------------------------

CUE = re.compile(
    r"〕第?\d{1,4}号|）第?\d{1,4}号|(?:根据|按照|依据|依照|参照|贯彻|落实|执行|符合|遵守|违反|以及|及|制定)"
)
_KIND = "条例|办法|规定|细则|规范|规程|规划|纲要|方案|计划|意见|要点|标准|准则|导则"
_SPECIFIC = r"(?:国务院|中共中央|(?!我|本|全|各|该|出台|印发|实施|完善)[\u4e00-\u9fff]{1,7}(?:省|自治区|(?<![城都上])市|(?<![园社地景辖片灾山库城小校厂矿牧林街新专集各])区|县|州)(?![委区政直级域场民内]))"
_NO_METHOD = (
    r"(?!有关|相关|国家|本|上述|以上|法律|现行)[\u4e00-\u9fff]{2,18}?"
    r"(?:(?<![办方做依执司立看说想用手书无违合守普非律技语])法|(?<!有关)条例)"
)
_NAMED = (
    # 根据国务院关于推进…的有关文件精神
    re.compile(
        r"(?:根据|按照|依据|依照|参照|贯彻|落实|执行)(?P<title>[\u4e00-\u9fff、]{2,24}?关于[^，。；：《》（）]{4,60}?的?(?:有关|相关)?"
        r"(?:文件|通知|意见|决定|办法|规定|通报|方案|规划|批复))(?=精神|要求|规定|有关|，|；|。|$)"
    ),
    # 根据市政府批准的2019年度审计工作计划; 落实青川区防汛规划
    re.compile(
        rf"(?:根据|按照|依据|依照|参照|贯彻|落实|执行|制定|制订|编制|出台)(?:[\u4e00-\u9fff]{{2,16}}?(?:批准|印发|下发|制定|发布|审定|出台|批复|下达)的)?"
        rf"(?P<title>(?:\d{{4}}(?:[—\-]\d{{4}})?年度?|{_SPECIFIC})[^，。；：、《》（）的]{{2,40}}(?:的(?={_KIND}))?(?:{_KIND}))"
        r"(?=精神|要求|，|；|。|、|——|安排|$)"
    ),
    # 落实城乡养老服务设施管理服务办法
    re.compile(
        r"(?:落实|执行|遵守|符合|参照)(?P<title>(?!相关|有关|国家|行业|各项|上级|本)[\u4e00-\u9fff]{6,30}(?<!实施)(?<!工作)(?:办法|条例|细则|规范|规程|导则|准则))"
        r"(?=要求|，|；|。|$)"
    ),
    # 符合《…》及相关建筑防火设计规范
    re.compile(
        r"》(?:[（(][^（）]*[）)])?[。]?(?:以及|及|和)(?P<title>(?:相关|有关)[\u4e00-\u9fff]{4,24}(?:规范|标准|规程|导则))(?=要求|，|；|。|$)"
    ),
    # 依据动物防疫法和畜禽规模养殖污染防治条例
    re.compile(rf"(?:根据|依据|依照|违反)(?P<title>{_NO_METHOD})(?=和|、|等|有关|相关|规定|的规定|及|，|第)"),
    re.compile(
        rf"(?:根据|依据|依照|违反){_NO_METHOD}(?:和|、|及|与)(?P<title>{_NO_METHOD})(?=等|有关|相关|规定|的规定|，|第)"
    ),
    # 根据中华人民共和国消防法
    re.compile(
        r"(?P<title>中(?<!《中)华人民共和国[\u4e00-\u9fff]{2,20}?(?:法|条例)(?![\u4e00-\u9fff]*》))(?=[，。；、和及等的规]|$)"
    ),
)


def all_mentions(chars: str, quoted: list[Mention]) -> Iterator[tuple[Mention, str]]:
    """All documents that a text names, from left to right, each with the rule that found it."""
    found = [(mention, "cites.quoted") for mention in quoted]
    taken = [(mention.start, mention.end) for mention in quoted]
    for match in NUMBERED.finditer(chars):
        if any(a <= match.start() < b for a, b in taken):
            continue
        start = _code_start(chars, match.start())
        if start == match.start():
            continue
        number = normal_number(chars[start : match.end()])
        begin, title = _title_before(chars, start)
        end = match.end() + (begin < start and chars[match.end() : match.end() + 1] == "）")
        found.append((Mention(begin, end, title, number), "cites.number"))
        taken.append((begin, end))
    if CUE.search(chars):
        for pattern in _NAMED:
            for match in pattern.finditer(chars):
                start, end = match.span("title")
                if not any(a < end and start < b for a, b in taken):
                    found.append((Mention(start, end, match["title"], None), "cites.named"))
                    taken.append((start, end))
    yield from sorted(found, key=lambda item: item[0].start)


_TITLE_BEFORE = re.compile(
    r"(?P<title>[^，。；：《》（）]{6,80}(?:通知|意见|办法|决定|规定|条例|方案|规划|计划|通告|公告|批复|函|通报|细则|措施|纲要))（$"
)


def _title_before(chars: str, start: int) -> tuple[int, str | None]:
    """The title without 《》 that a 文号 in brackets stands behind, and where it begins."""
    if chars[start - 1 : start] != "（":
        return start, None
    match = _TITLE_BEFORE.search(chars, max(0, start - 90), start)
    if not match:
        return start, None
    cut = re.match(rf".*?(?:{'|'.join(WORDS)})(?!的)(?=[\u4e00-\u9fff]{{4}})", match["title"])
    begin = match.start() + (cut.end() if cut else 0)
    return begin, chars[begin : start - 1]
