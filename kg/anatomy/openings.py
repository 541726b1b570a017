"""Where the documents of a source begin: the title, with the 文号 above or below it, and what proves that it is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.anatomy.paragraphs import Paragraph
from kg.grammar.dates import DATE
from kg.grammar.organisations import is_organisation
from kg.grammar.references import NUMBER, NUMBER_LINE, TITLE, normal_number
from kg.text import Text

__all__ = ["ADDRESSEES", "DECREE", "LIST_TITLE", "PASSED", "Opening", "find_openings", "number_at"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a document begins: the first paragraph of its head, its title and number, the first one behind them."""

    start: int
    title: Text | None
    number: Text | None
    after: int


ADDRESSEES = re.compile(
    r"(?P<list>(?=[^：]*(?:各|有关|政府|单位|部门|委|局|办|厅|院|公司))[^。：；]{3,200})：(?=$|[^。]{6,})"
)
PASSED = re.compile(rf"（(?P<date>{DATE})[^（）]{{2,80}}(?:通过|批准|公布|发布|决定|修订|修正)）")
"""题注: when and where what stands under the title was passed."""
LIST_TITLE = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{4,40}?)(?:关于)?(?:决定|通过的?)?(?:人事)?(?:任免|任命|免职|任职|接受辞职)(?:的)?(?:人员)?(?:名单|事项|决定)"
)
"""The title of a list of appointments, which has no 关于."""
_ORNAMENT = re.compile(r"[★☆※◆■●_—\-= ]{1,60}")
"""A line that parts the head of a page from its text."""
_NOISE = re.compile(
    r"首页|当前位置|微信|微博|QQ空间|时间：|分享|字体|浏览次数|点击数|打印|={4,}|正文$|-{3,}$|政策全文$"
)


def find_openings(everything: list[Paragraph]) -> list[Opening]:
    """Where the documents of a source begin, in order."""
    found: list[Opening] = []
    i = 0
    while i < len(everything):
        opening = _opening(everything, i, found[-1].after if found else 0)
        if opening and found and _is_issued_by(everything[found[-1].start : i], opening):
            i = opening.after  # what a notice issues is printed behind it, and is no document of its own
        elif opening and found and _is_same(found[-1], opening):
            found[-1] = Opening(found[-1].start, opening.title or found[-1].title, opening.number, opening.after)
            i = max(opening.after, i + 1)
        elif opening:
            found.append(opening)
            i = max(opening.after, i + 1)
        else:
            i += 1
    return found


def _is_same(before: Opening, opening: Opening) -> bool:
    """Whether an opening is that of the document before it, which the head of a page named already."""
    if not (before.number and opening.number) or opening.start - before.after > 6:
        return False
    same_title = opening.title is None or before.title is None or opening.title.chars == before.title.chars
    return same_title and normal_number(before.number.chars) == normal_number(opening.number.chars)


def _is_issued_by(before: list[Paragraph], opening: Opening) -> bool:
    """Whether a title without a number is that of the plan which the document before it issues."""
    if opening.number or not opening.title:
        return False
    name = f"《{opening.title.chars}》"
    return any(name in paragraph.chars for paragraph in before)


def _opening(everything: list[Paragraph], i: int, least: int) -> Opening | None:
    """The opening whose title, or whose number where it has no title, is paragraph i."""
    title, after = _title(everything, i)
    number: Text | None = None
    start = i
    if title is None and (decree := _decree(everything, i)):
        title, number, after = decree.title, decree.number, decree.after
    elif (
        title is None
        and LIST_TITLE.fullmatch(everything[i].chars)
        and i + 1 < len(everything)
        and PASSED.fullmatch(everything[i + 1].chars)
    ):
        title, after = everything[i].text, i + 1
    elif title is None:
        number = number_at(everything, i)
        if number is None or _title(everything, i + 1)[0] is not None:
            return None
        if i > least and _is_list_title(everything[i - 1]):
            return Opening(i - 1, everything[i - 1].text, number, i + 1)
        if not _begins_text(everything, i + 1):
            return None
        after = i + 1
    else:
        for j in range(i - 1, max(i - 4, least - 1), -1):
            number = number_at(everything, j)
            if number is not None:
                start = j
                break
            if not _is_head(everything[j]):
                break
        if number is None:
            for j in range(after, min(after + 5, len(everything))):
                if j > after + 1 and not _is_page_data(everything[j - 1]):
                    break
                number = number_at(everything, j)
                if number is not None:
                    if _title(everything, j + 1)[0] is not None:
                        return None  # the line of a menu, which names the page; the title stands below the number
                    after = j + 1
                    break
        if number is None and after < len(everything) and _begins_text(everything, after + 1):
            bracketed = re.fullmatch(rf"（(?P<number>{NUMBER})）", everything[after].chars)
            if bracketed:
                number, after = everything[after].text[1:-1], after + 1
        if number is None:
            while (
                after < min(i + 4, len(everything))
                and re.search(r"^.{2,5}：", everything[after].chars)
                and (len(everything[after].text) < 60)
            ):
                after += 1  # who put the page up, and when
            if not _begins_text(everything, after):
                return None
    while start > least and _is_head(everything[start - 1]):
        start -= 1
    return Opening(start, title, number, after)


def _is_list_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a title without 关于 (…任免人员名单), as stands above a 文号."""
    return re.fullmatch(r"[\u4e00-\u9fff]{4,50}(?:名单|任免|任免事项|决定|公告)", paragraph.chars) is not None


DECREE = re.compile(
    r"(?P<title>[\u4e00-\u9fff]{2,40}(?:政府|委员会|委|厅|局|部|院|办公室|集团|公司|大学|学院)(?:令|命令|公告|通告|任免通知|任命通知|任职通知|免职通知|任免决定|任免令|通知))"
    r"(?P<number>（?第\d{1,5}号）?|（?〔\d{4}〕第?\d{1,4}号）?|（?\d{4}年第?\d{1,4}号）?)?"
)
_LONGEST_HEAD = 60
_ORDERS = re.compile("令|公告|通告|[任免]通知|[任免]职通知|任命通知|任免决定|^通知$|[局委厅院学司团]通知$")
_SERIAL = re.compile(r"（?(?P<number>第\d{1,5}号|〔\d{4}〕第?\d{1,4}号|\d{4}年第?\d{1,4}号)）?")


def _decree(everything: list[Paragraph], i: int) -> Opening | None:
    """The opening of a decree (令) or an announcement (公告) that has the issuer's name and no matter for a title."""
    if len(everything[i].text) > _LONGEST_HEAD:
        return None
    if not any(_ORDERS.search(p.chars) for p in everything[i : i + 2] if len(p.text) <= _LONGEST_HEAD):
        return None
    for count in (1, 2):
        part = everything[i : i + count]
        if len(part) < count or any(len(p.text) > _LONGEST_HEAD for p in part):
            return None
        text = Text.join(p.text for p in part)
        match = DECREE.fullmatch(text.chars)
        if match and (
            count == 1
            or re.fullmatch(
                r"(?:令|命令|公告|通告|任免通知|任命通知|任职通知|免职通知|任免决定|任免令|通知)（?.*", part[1].chars
            )
        ):
            break
    else:
        return None
    title, after = text[: match.end("title")], i + count
    number = text.strip("（）") if match["number"] else None
    if number is None and after < len(everything) and (serial := _SERIAL.fullmatch(everything[after].chars)):
        number = Text.join((title, everything[after].text[serial.start("number") : serial.end("number")]))
        after += 1
    if number is None and (below := number_at(everything, after)) is not None:
        number, after = below, after + 1
    elif number is None and i and (above := number_at(everything, i - 1)) is not None:
        return Opening(i - 1, title, above, after) if _begins_text(everything, after) else None
    return Opening(i, title, number, after) if _begins_text(everything, after) else None


def number_at(everything: list[Paragraph], i: int) -> Text | None:
    """The 文号 that paragraph i is, or None."""
    if not 0 <= i < len(everything):
        return None
    match = NUMBER_LINE.fullmatch(everything[i].chars)
    return everything[i].text[match.start("number") : match.end("number")] if match else None


def _title(everything: list[Paragraph], i: int) -> tuple[Text | None, int]:
    """The title that begins at paragraph i and may run over three of them, and the first paragraph behind it."""
    if (
        i < len(everything)
        and (everything[i].flat or _MENU.match(everything[i].chars))
        and (behind := _title_behind_menu(everything[i]))
    ):
        return behind, i + 1
    if i >= len(everything) or not (_ABOUT.search(everything[i].chars) or is_organisation(everything[i].chars)):
        return None, i
    issuers = _joint(everything, i)
    if issuers > 1:
        for count in (issuers + 1, issuers + 2):
            text = Text.join(p.text for p in everything[i : i + count])
            if TITLE.fullmatch(text.chars) and len(text) < 200:
                return text, i + count
    for count in (1, 2, 3):
        part = everything[i : i + count]
        if len(part) < count or any(len(p.text) > 150 or "。" in p.chars for p in part):
            break
        if count > 1 and not _runs_on(part):
            break
        text = Text.join(p.text for p in part)
        match = TITLE.fullmatch(text.chars)
        if match and not re.search(rf"（{NUMBER}）$", text.chars):
            return text, i + count
        if count == 1 and (part[0].chars.endswith(("文件", "：")) or _NOISE.search(part[0].chars)):
            break
    return None, i


_ABOUT = re.compile("关于|印发|转发|批转")
"""What a title says before its matter."""


def _joint(everything: list[Paragraph], i: int) -> int:
    """How many issuers of a joint document stand one a line above 关于…, from paragraph i on; 0 where none do."""
    names: list[str] = []
    for paragraph in everything[i : i + 12]:
        chars = paragraph.chars
        if re.match("关于|印发", chars):
            return len(names)
        if len(chars) > 60 or chars.endswith("文件") or chars in names or not is_organisation(chars):
            return 0
        names.append(chars)
    return 0


_MENU = re.compile(r"有效|首页|当前位置|政务公开|信息公开|政府信息|正文|标题|索引")


def _title_behind_menu(paragraph: Paragraph) -> Text | None:
    """The title at the end of a flattened line that begins with a page's menu (首页 > 政务公开 …)."""
    spaced = paragraph.spaced
    if " " not in spaced.chars or len(spaced) > 300 or "。" in spaced.chars:
        return None
    shortest: Text | None = None
    for start in [*(blank.end() for blank in reversed(list(re.finditer(" ", spaced.chars)))), 0]:
        text = spaced[start:].closed()
        match = TITLE.fullmatch(text.chars)
        if match and match["issuer"] and is_organisation(match["issuer"]):
            before = spaced.chars[:start].rstrip().split(" ")[-1]
            return None if is_organisation(before) and not _MENU.search(before) else text
        if match and not match["issuer"]:
            shortest = text
    return shortest


def _runs_on(part: list[Paragraph]) -> bool:
    """Whether paragraphs can be one title over several lines: an issuer, or the beginning of what it is about."""
    first, last = part[0].chars, part[-1].chars
    if any(re.search(DATE, p.chars) and not p.marked for p in part[:-1]) or (
        len(part) > 2 and is_organisation(part[1].chars)
    ):
        return False
    return (
        (is_organisation(first) or (re.search(r"关于|印发", first) is not None and part[0].marked == part[1].marked))
        and not first.endswith("文件")
        and not re.search(rf"{NUMBER}|{DATE}$|^\d|^附件", first)
        and not (re.search(NUMBER, last) or last.endswith("："))
        and not ((heading := TITLE.fullmatch(last)) and heading["issuer"])
    )


def _is_page_data(paragraph: Paragraph) -> bool:
    """Whether a line is what a page says about itself: 来源：…, 发布时间：…."""
    return len(paragraph.text) < 60 and re.search(r"^.{2,6}：|^【|字体", paragraph.chars) is not None


def _is_head(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the head of a page (发文机关标志): an organisation's name, with or without 文件."""
    chars = paragraph.chars
    if _ORNAMENT.fullmatch(chars):
        return True
    return (
        len(chars) <= 60
        and not chars.endswith(("主管", "主办"))
        and ((chars.endswith("文件") and is_organisation(chars.removesuffix("文件"))) or is_organisation(chars))
    )


def _begins_text(everything: list[Paragraph], i: int) -> bool:
    """Whether a document's text begins at paragraph i: with addressees, or with prose."""
    if i >= len(everything):
        return False
    chars = everything[i].chars
    if TITLE.fullmatch(chars) or _NOISE.search(chars[:30]):
        return False
    if PASSED.fullmatch(chars):
        return True
    return bool(ADDRESSEES.match(chars)) or (len(chars) > 30 and bool(re.search("[，。]", chars)))
