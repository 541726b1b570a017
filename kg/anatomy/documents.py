"""Paragraphs → an issue's own parts and its documents, each with the elements of GB/T 9704.

A document opens with its title, the 文号 above or below it; it closes with 署名 and 成文日期. What stands
behind these and before the next document are the plans and attachments that it issues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kg.anatomy.paragraphs import Paragraph, paragraphs
from kg.anatomy.sections import Passage, passages
from kg.grammar.dates import DATE, parse_date
from kg.grammar.organisations import is_organisation
from kg.grammar.references import NUMBER, NUMBER_LINE, TITLE, document_type, normal_number
from kg.model import Leftover, Source, Span
from kg.text import Text, lines

__all__ = ["NOT_READ", "Anatomy", "Annex", "DocumentParts", "IssueParts", "parse"]

NOT_READ = "stands in the file, not read 文件中有而未能读出"


@dataclass(frozen=True, slots=True)
class Annex:
    """What is printed behind a notice: the plan it issues (方案, 办法 …), or an attachment with its text."""

    title: Text
    passages: tuple[Passage, ...]
    attachments: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document by the elements of GB/T 9704; an element that is not there is None or empty."""

    key: str
    """Its 文号 in standard form, else its title, else the name of the source."""
    title: Text | None
    number: Text | None
    issuer: tuple[Text, ...]
    """署名 or, where that is missing, what stands before 关于 in the title."""
    addressees: Text | None
    """主送机关, without the colon."""
    passages: tuple[Passage, ...]
    attachments: tuple[Text, ...]
    """附件说明: one a listed attachment, without its number."""
    date: str | None
    """成文日期."""
    date_text: Text | None
    openness: Text | None
    """公开属性, as printed."""
    annexes: tuple[Annex, ...]
    printed: str | None = None
    """印发日期, where 版记 gives it and 署名 is missing: not the date of the document, but it tells the year."""

    @property
    def year(self) -> str | None:
        """The year that its dates without a year fall into."""
        match = re.search(r"〔(\d{4})〕", self.key)
        return self.date[:4] if self.date else match[1] if match else self.printed[:4] if self.printed else None

    def all_passages(self) -> list[Passage]:
        """Its own and those of its annexes, in order."""
        return [*self.passages, *(passage for annex in self.annexes for passage in annex.passages)]


@dataclass(frozen=True, slots=True)
class IssueParts:
    """An issue of a periodical: what belongs to no document of it."""

    masthead: tuple[Paragraph, ...]
    """All paragraphs before the first document: title, number, imprint, contents."""
    board: tuple[Paragraph, ...]
    """编辑委员会."""
    index: tuple[tuple[Text, Text], ...]
    """Title and 文号 of each document in the index."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What a source is made of."""

    source: Source
    issue: IssueParts | None
    documents: tuple[DocumentParts, ...]
    leftovers: tuple[Leftover, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a document begins: the first paragraph of its head, its title and number, the first one behind them."""

    start: int
    title: Text | None
    number: Text | None
    after: int


@dataclass(frozen=True, slots=True)
class _Preface:
    """What a page says about its document before the document begins."""

    title: Text | None
    number: Text | None


_ADDRESSEES = re.compile(
    r"(?P<list>(?=[^：]*(?:各|有关|政府|单位|部门|委|局|办|厅|院|公司))[^。：；]{3,200})：(?=$|[^。]{6,})"
)
_SIGNED = re.compile(rf"(?P<org>[\u4e00-\u9fff（）、]{{2,80}}?)??(?P<date>{DATE})(?:印发)?")
_OPENNESS = re.compile(
    r"(?:信息)?(?:公开(?:属性|方式|类别|选项|形式)：)?[（(]?(?P<what>此件[^（）]{0,8}(?:公开|删减)[^（）]{0,6}|主动公开|依申请公开|不予公开)[）)]?"
)
_IMPRINT = re.compile(r"抄送|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发|来源：|附件下载|打印本页|关闭窗口|上一篇|下一篇|【")
_NOTE = re.compile("（?(?:联系(?:人|电话|方式|单位)|咨询电话|业务联系)")
"""附注, which stands below the date (GB/T 9704, 7.3.7)."""
_ORNAMENT = re.compile(r"[★☆※◆■●_—\-= ]{1,60}")
"""A line that parts the head of a page from its text."""
_LINK = re.compile(
    r"〔[^〔〕]+(?:〔\d{4}〕[^〔〕]*)*\.(?:pdf|ofd|docx?|wps|xlsx?|zip|rar|jpe?g|png)〕（[^（）]*(?:（[^（）]*）[^（）]*)*）(?:（\w+）)?"
)
_LINKS = re.compile(r"【(?:相关)?(?:附件|原文|文件|文档)(?:下载|列表)?】")
_COPIES = re.compile(r"(?:抄送|抄报|分送)：")
_ANNEX_MARK = re.compile(r"附件 ?[\d一二三四五六七八九十]{0,2}[：:]?")
_GOES_ON, _CAME_FROM = re.compile(r"（下转(?:第)?(\d+)[页版]）$"), re.compile(r"^（上接(?:第)?(\d+)[页版]）")
_NOISE = re.compile(
    r"首页|当前位置|微信|微博|QQ空间|时间：|分享|字体|浏览次数|点击数|打印|={4,}|正文$|-{3,}$|政策全文$"
)
_INDEX = re.compile(r"[^。；]{0,70}(?:文件|公文)?(?:目录|索引)(?:（[^）]*）)?")
_SUBTITLE = re.compile(
    r"（(?:(?:20|19)\d{2}(?:[—\-～至](?:20|19)?\d{2})?年?度?(?:版|修订版?|本)?|试行|暂行|修订|修订版|修订稿|草案|征求意见稿|送审稿)）"
)
"""What a title may have in brackets on a line of its own: the years it is for, 试行 and the like."""


def parse(source: Source) -> Anatomy:
    """The anatomy of a source. Never raises: what is not understood is among the leftovers."""
    found_lines, put_right = lines(source)
    leftovers = [*_not_read(source), *put_right]
    everything = paragraphs(found_lines)
    openings = _openings(everything)
    everything, openings = _sew(everything, openings, leftovers)
    front = everything[: openings[0].start] if openings else []
    issue = _issue(front)
    preface = _Preface(None, None) if issue else _preface(front)
    documents: list[DocumentParts] = []
    index: list[tuple[Text, Text]] = []
    for i, opening in enumerate(openings):
        end = openings[i + 1].start if i + 1 < len(openings) else len(everything)
        body = everything[opening.after : end]
        body, entries = _cut_index(body)
        index.extend(entries)
        documents.append(_document(source, opening, body, preface if i == 0 else _Preface(None, None), leftovers))
    if not openings:
        documents.append(_lone(source, everything, leftovers))
    if issue:
        issue = IssueParts(issue.masthead, issue.board, tuple(index))
    return Anatomy(source, issue, tuple(documents), tuple(leftovers))


def _not_read(source: Source) -> Iterator[Leftover]:
    """What stands in the file and is not in the text: pages that are pictures, hidden text."""
    for place in source.places:
        if place.kind == "unread":
            at = min(place.start, len(source.text) - 1)
            yield Leftover(NOT_READ, f"{source.name}, {place.label}", Span(at, at + 1))


# --- where documents begin ---------------------------------------------------------------------------------


def _openings(everything: list[Paragraph]) -> list[_Opening]:
    """Where the documents of a source begin, in order."""
    found: list[_Opening] = []
    i = 0
    while i < len(everything):
        opening = _opening(everything, i, found[-1].after if found else 0)
        if opening and found and _is_issued_by(everything[found[-1].start : i], opening):
            i = opening.after  # what a notice issues is printed behind it, and is no document of its own
        elif opening and found and _is_same(found[-1], opening):
            found[-1] = _Opening(found[-1].start, opening.title or found[-1].title, opening.number, opening.after)
            i = max(opening.after, i + 1)
        elif opening:
            found.append(opening)
            i = max(opening.after, i + 1)
        else:
            i += 1
    return found


def _is_same(before: _Opening, opening: _Opening) -> bool:
    """Whether an opening is that of the document before it, which the head of a page named already."""
    if not (before.number and opening.number) or opening.start - before.after > 6:
        return False
    same_title = opening.title is None or before.title is None or opening.title.chars == before.title.chars
    return same_title and normal_number(before.number.chars) == normal_number(opening.number.chars)


def _is_issued_by(before: list[Paragraph], opening: _Opening) -> bool:
    """Whether a title without a number is that of the plan which the document before it issues."""
    if opening.number or not opening.title:
        return False
    name = f"《{opening.title.chars}》"
    return any(name in paragraph.chars for paragraph in before)


def _opening(everything: list[Paragraph], i: int, least: int) -> _Opening | None:
    """The opening whose title, or whose number where it has no title, is paragraph i."""
    title, after = _title(everything, i)
    number: Text | None = None
    start = i
    if title is None and (decree := _decree(everything, i)):
        title, number, after = decree.title, decree.number, decree.after
    elif title is None:
        number = _number(everything, i)
        if number is None or _title(everything, i + 1)[0] is not None:
            return None
        if i > least and _is_list_title(everything[i - 1]):
            return _Opening(i - 1, everything[i - 1].text, number, i + 1)
        if not _begins_text(everything, i + 1):
            return None
        after = i + 1
    else:
        for j in range(i - 1, max(i - 4, least - 1), -1):
            number = _number(everything, j)
            if number is not None:
                start = j
                break
            if not _is_head(everything[j]):
                break
        if number is None:
            for j in range(after, min(after + 5, len(everything))):
                if j > after + 1 and not _is_page_data(everything[j - 1]):
                    break
                number = _number(everything, j)
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
    return _Opening(start, title, number, after)


def _is_list_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a title without 关于 (…任免人员名单), as stands above a 文号."""
    return re.fullmatch(r"[\u4e00-\u9fff]{4,50}(?:名单|任免|任免事项|决定|公告)", paragraph.chars) is not None


_DECREE = re.compile(
    r"(?P<title>[\u4e00-\u9fff]{2,40}(?:政府|委员会|委|厅|局|部|院|办公室|集团|公司|大学|学院)(?:令|命令|公告|通告|任免通知|任命通知|任职通知|免职通知|任免决定|任免令|通知))"
    r"(?P<number>（?第\d{1,5}号）?|（?〔\d{4}〕第?\d{1,4}号）?|（?\d{4}年第?\d{1,4}号）?)?"
)
_ORDERS = re.compile("令|公告|通告|[任免]通知|[任免]职通知|任命通知|任免决定|^通知$|[局委厅院学司团]通知$")
_SERIAL = re.compile(r"（?(?P<number>第\d{1,5}号|〔\d{4}〕第?\d{1,4}号|\d{4}年第?\d{1,4}号)）?")


def _decree(everything: list[Paragraph], i: int) -> _Opening | None:
    """The opening of a decree (令) or an announcement (公告) that has the issuer's name and no matter for a title."""
    if not any(_ORDERS.search(paragraph.chars) for paragraph in everything[i : i + 2]):
        return None
    for count in (1, 2):
        part = everything[i : i + count]
        if len(part) < count or any(len(p.text) > 60 for p in part):
            return None
        text = Text.join(p.text for p in part)
        match = _DECREE.fullmatch(text.chars)
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
    if number is None and (below := _number(everything, after)) is not None:
        number, after = below, after + 1
    elif number is None and i and (above := _number(everything, i - 1)) is not None:
        return _Opening(i - 1, title, above, after) if _begins_text(everything, after) else None
    return _Opening(i, title, number, after) if _begins_text(everything, after) else None


def _number(everything: list[Paragraph], i: int) -> Text | None:
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
    return bool(_ADDRESSEES.match(chars)) or (len(chars) > 30 and bool(re.search("[，。]", chars)))


# --- pages that continue elsewhere -------------------------------------------------------------------------


def _sew(
    everything: list[Paragraph], openings: list[_Opening], leftovers: list[Leftover]
) -> tuple[list[Paragraph], list[_Opening]]:
    """The paragraphs with what stands behind 上接第N页 put back to where 下转第M页 broke it off."""
    broken = [(i, m) for i, p in enumerate(everything) if (m := _GOES_ON.search(p.chars))]
    resumed = [(i, m) for i, p in enumerate(everything) if (m := _CAME_FROM.search(p.chars))]
    if not (broken or resumed):
        return everything, openings
    starts = {opening.start for opening in openings}
    moved: dict[int, range] = {}
    for (i, out), (j, back) in zip(broken, resumed, strict=False):
        end = next((k for k in range(j + 1, len(everything)) if k in starts), len(everything))
        if j <= i or int(back[1]) >= int(out[1]):
            break
        moved[i] = range(j, end)
    for i, out in broken[len(moved) :]:
        leftovers.append(Leftover("goes on elsewhere, not found", out[0], everything[i].text.spans(out.start())[0]))
    for j, back in resumed[len(moved) :]:
        leftovers.append(
            Leftover("comes from elsewhere, not found", back[0], everything[j].text.spans(0, back.end())[0])
        )
    taken = {k for part in moved.values() for k in part}
    sewn: list[Paragraph] = []
    place: dict[int, int] = {}
    for i, paragraph in enumerate(everything):
        place[i] = len(sewn)
        if i in moved:
            part = [everything[k] for k in moved[i]]
            sewn.append(_seam(paragraph, part[0]))
            sewn.extend(part[1:])
        elif i not in taken:
            sewn.append(paragraph)
    place[len(everything)] = len(sewn)
    return sewn, [_Opening(place[o.start], o.title, o.number, place[o.after]) for o in openings]


def _seam(before: Paragraph, behind: Paragraph) -> Paragraph:
    out, back = re.search(r"（ ?下 ?转", before.spaced.chars), re.search(r"[页版] ?） ?", behind.spaced.chars)
    assert out
    assert back
    return Paragraph(Text.join((before.spaced[: out.start()].strip(), behind.spaced[back.end() :])), before.marked)


# --- the parts of one document -----------------------------------------------------------------------------


def _document(
    source: Source,
    opening: _Opening,
    body: list[Paragraph],
    preface: _Preface,
    leftovers: list[Leftover],
) -> DocumentParts:
    title = opening.title or preface.title
    number = opening.number
    if number is None:
        number, body = _closing_number(body)
        number = number or preface.number
    heading = TITLE.fullmatch(title.chars) if title else None
    decreed = _DECREE.fullmatch(title.chars) if title and not heading else None
    issuer_name = (
        heading["issuer"]
        if heading
        else re.sub("(?:令|命令|公告|通告|(?:任免|任命|任职|免职)(?:通知|决定|令)|通知)$", "", decreed["title"])
        if decreed
        else ""
    )
    addressees, body = _addressees(_without_links(body))
    body, printed = _imprint(body)
    main, signers, date, date_text, rest = _sign_off(body, issuer_name)
    openness: Text | None = None
    behind: list[Paragraph] = []
    for paragraph in rest:
        match = _OPENNESS.fullmatch(paragraph.chars)
        if match:
            openness = openness or paragraph.text[match.start("what") : match.end("what")]
        elif not behind and _NOTE.match(paragraph.chars):
            main = [*main, paragraph]
        else:
            behind.append(paragraph)
    if not date:
        main, behind = _without_signature(main, behind, title.chars if title else "")
    kept_main, attachments = _attachments(main)
    if not signers and issuer_name and title:
        signers = (title[: len(issuer_name)],)
    key = (
        normal_number(number.chars)
        if number
        else title.chars
        if title
        else str(PurePosixPath(source.name).with_suffix(""))
    )
    own = passages(kept_main)
    return DocumentParts(
        key=key,
        title=title,
        number=number,
        issuer=_split_issuers(signers),
        addressees=addressees,
        passages=tuple(own),
        attachments=attachments,
        date=date,
        date_text=date_text,
        openness=openness,
        annexes=tuple(_annexes(behind, leftovers, any(p.opens for p in own), _issued(title, kept_main))),
        printed=printed,
    )


def _without_links(body: list[Paragraph]) -> list[Paragraph]:
    """The body without the links to files (【原文下载】 and a name each) and the remarks that a page has at its end."""
    for i in range(max(len(body) - 12, 1), len(body)):
        if _LINKS.fullmatch(body[i].chars) and (i + 1 == len(body) or _LINK.fullmatch(body[i + 1].chars)):
            return body[:i]
    return body


def _imprint(body: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """The body without 版记 (抄送, 印发机关和印发日期), and 印发日期, where no 署名 stands above it."""
    for i, paragraph in enumerate(body):
        match = _SIGNED.fullmatch(paragraph.chars) if paragraph.chars.endswith(("日", "号", "印发")) else None
        if match and (not match["org"] or is_organisation(match["org"])):
            if not paragraph.chars.endswith("印发"):
                break  # 署名 and 成文日期; what stands behind them is looked at there
            end = i
            while end and _COPIES.match(body[end - 1].chars):
                end -= 1
            return [*body[:end], *body[i + 1 :]], parse_date(match["date"])
    return body, None


def _closing_number(body: list[Paragraph]) -> tuple[Text | None, list[Paragraph]]:
    """A 文号 that stands in brackets by itself at the end of a document, and the body without it."""
    for i in range(len(body) - 1, max(len(body) - 7, 0), -1):
        match = re.fullmatch(rf"（(?P<number>{NUMBER})）", body[i].chars)
        if match:
            return body[i].text[1:-1], [*body[:i], *body[i + 1 :]]
    return None, body


def _addressees(body: list[Paragraph]) -> tuple[Text | None, list[Paragraph]]:
    """主送机关 at the head of the body, and the body behind it."""
    for i, paragraph in enumerate(body[:3]):
        match = _ADDRESSEES.match(paragraph.chars)
        if not match:
            continue
        if not re.search(r"各|有关|直属|人民政府|办事处|管委会|[局委办厅部]$|公司|单位", match["list"]) or re.search(
            r"如下|通知|决定|现将|为了?", match["list"]
        ):
            return None, body
        rest = paragraph.text[match.end() :]
        if rest.chars:
            colon = paragraph.spaced.chars.index("：")
            behind = [Paragraph(paragraph.spaced[colon + 1 :].strip(), paragraph.marked, paragraph.flat)]
        else:
            behind = []
        return paragraph.text[match.start("list") : match.end("list")], [*body[:i], *behind, *body[i + 1 :]]
    return None, body


def _sign_off(
    body: list[Paragraph], issuer: str
) -> tuple[list[Paragraph], tuple[Text, ...], str | None, Text | None, list[Paragraph]]:
    """The body up to 署名 and 成文日期, these two, and what stands behind them."""
    for i, paragraph in enumerate(body):
        text = paragraph.text
        if not text.chars.endswith(("日", "号")):
            continue
        match = _SIGNED.fullmatch(text.chars)
        if match and (not match["org"] or is_organisation(match["org"])):
            date = text[match.start("date") : match.end("date")]
            signers = [text[: match.end("org")]] if match["org"] else []
            main = list(body[:i])
            while not match["org"] and main and (cut := _signer(main[-1], issuer)) is not None and len(signers) < 20:
                head = main.pop()
                signers.insert(0, head.text[cut:] if cut else head.spaced)
                if cut:
                    blank = head.spaced.origin.index(head.text.origin[cut])
                    main.append(Paragraph(head.spaced[:blank].strip(), head.marked, head.flat))
                    break
            return main, tuple(signers), parse_date(date.chars), date, body[i + 1 :]
        # 署名 run on behind the last sentence, where two columns met.
        tail = re.search(rf"[。；）》](?P<org>{re.escape(issuer)})(?P<date>{DATE})$", text.chars) if issuer else None
        if tail:
            cut = tail.start("org")
            date = text[tail.start("date") :]
            blank = paragraph.spaced.origin.index(text.origin[cut])
            main = [*body[:i], Paragraph(paragraph.spaced[:blank].strip(), paragraph.marked, paragraph.flat)]
            return main, (text[cut : tail.end("org")],), parse_date(date.chars), date, body[i + 1 :]
    return body, (), None, None, []


def _signer(paragraph: Paragraph, issuer: str) -> int | None:
    """Where 署名 begins in the last paragraph of a text; None where there is none."""
    chars = paragraph.chars
    if issuer and chars.endswith(issuer) and (chars == issuer or chars[-len(issuer) - 1] in "。；）》"):
        return len(chars) - len(issuer)
    if issuer and "等" not in issuer and issuer[-3:] not in chars and chars[-3:] not in issuer:
        return None  # an organisation, but not one that the title names
    return 0 if len(chars) <= 40 and is_organisation(chars) else None


def _split_issuers(signers: tuple[Text, ...]) -> tuple[Text, ...]:
    """One issuer a text: joint documents name several, parted by blanks or 、."""
    found: list[Text] = []
    for signer in signers:
        parts = signer.chars.split(" ")
        apart = all(len(part) >= 4 and is_organisation(part) for part in parts)
        text, at = signer if apart else signer.closed(), 0
        for match in re.finditer(r"[、 ]|$" if apart else r"、|$", text.chars):
            if match.start() > at:
                found.append(text[at : match.start()])
            at = match.end()
    return tuple(found)


def _without_signature(
    main: list[Paragraph], behind: list[Paragraph], title: str
) -> tuple[list[Paragraph], list[Paragraph]]:
    """A body without 署名, parted where the plan begins that the title says it issues."""
    for i, paragraph in enumerate(main):
        chars = paragraph.chars
        if i and len(chars) > 6 and _is_annex_title(paragraph) and (chars in title or chars.strip("《》") in title):
            return main[:i], [*main[i:], *behind]
        if i and _ANNEX_MARK.fullmatch(chars) and i + 1 < len(main):
            return main[:i], [*main[i:], *behind]
    return main, behind


_LISTING, _ITEM = re.compile("附件?："), re.compile(r"\d{1,2}[.、．]")


def _attachments(body: list[Paragraph]) -> tuple[list[Paragraph], tuple[Text, ...]]:
    """附件说明: the body without it, and each attachment that it lists."""
    kept: list[Paragraph] = []
    found: list[Text] = []
    listing = False
    for paragraph in body:
        text = paragraph.text
        head = _LISTING.match(text.chars)
        item = _ITEM.match(text.chars) if listing else None
        if head or (item and "。" not in text.chars):
            listing = True
            rest = text[head.end() :] if head else text
            cuts = list(re.finditer(r"(?:^|(?<=[^\d]))\d{1,2}[.、．](?:(?!\d)|(?=(?:19|20)\d\d)) ?", rest.chars))
            for k, cut in enumerate(cuts):
                end = cuts[k + 1].start() if k + 1 < len(cuts) else len(rest)
                found.append(rest[cut.end() : end].strip(" 。；"))
            if not cuts and rest.chars:
                found.append(rest.strip(" 。；"))
        else:
            listing = False
            kept.append(paragraph)
    return kept, tuple(text for text in found if text.chars)


def _is_annex_title(paragraph: Paragraph) -> bool:
    chars = paragraph.chars
    return (
        4 <= len(chars) <= 70
        and not re.search(
            r"[，。；：]|^(?:[一二三四五六七八九十]+|\d{1,2})[、.．]|^（|^第[一二三四五六七八九十百]+[编章节条]", chars
        )
        and document_type(chars) is not None
    )


_ISSUES = re.compile("印发|转发|公布|发布")


def _issued(title: Text | None, main: list[Paragraph]) -> str:
    """What a notice says that it issues, to find the title of it in, however that is broken into lines."""
    said = [title.chars] if title else []
    return _unquoted("\n".join([*said, *(p.chars for p in main if _ISSUES.search(p.chars))]))


def _unquoted(chars: str) -> str:
    return re.sub("[《》〈〉<>]", "", chars)


def _broken_title(behind: list[Paragraph], i: int, issued: str) -> int:
    """How many lines from i on are together the title of what is issued; 0 where none are."""
    joined = ""
    for count, paragraph in enumerate(behind[i : i + 4], 1):
        if paragraph.flat or len(paragraph.chars) > 70 or re.search("[。；：]", paragraph.chars):
            return 0
        joined += _unquoted(paragraph.chars)
        at = issued.find(joined)
        if at < 0:
            return 0
        if len(joined) >= 8 and re.match(r"的通知|的通告|$|\n|（|已经|，|印发|予以|、", issued[at + len(joined) :]):
            return count
    return 0


def _annexes(behind: list[Paragraph], leftovers: list[Leftover], prefixed: bool, issued: str) -> list[Annex]:
    """The plans and attachments printed behind a notice, each from its title to the next one's.

    ``issued`` is the text of the notice that names them.
    """
    found: list[tuple[Text, list[Paragraph]]] = []
    marked = False
    skip = 0
    for i, paragraph in enumerate(behind):
        chars = paragraph.chars
        if i < skip:
            continue
        if lines := _broken_title(behind, i, issued) if marked or not found else 0:
            skip, marked = i + lines, False
            skip += skip < len(behind) and _SUBTITLE.fullmatch(behind[skip].chars) is not None
            found.append((Text.join(p.text for p in behind[i:skip]), []))
            continue
        if _ANNEX_MARK.fullmatch(chars):
            marked = True
            continue
        title = _annex_title(paragraph, marked, bool(found))
        if title is not None:
            rest = _flat_rest(paragraph, title)
            if rest is None and i + 1 < len(behind) and _SUBTITLE.fullmatch(behind[i + 1].chars):
                title = Text.join((title, behind[i + 1].text))
            found.append((title, [rest] if rest is not None else []))
        elif found and not found[-1][1] and _SUBTITLE.fullmatch(chars):
            continue  # it went with the title
        elif found and not (_IMPRINT.match(chars) and i > len(behind) - 4):
            found[-1][1].append(paragraph)
        elif not found or len(chars) > 8:
            leftovers.append(Leftover("stands in no document", chars, paragraph.text.spans()[0]))
        marked = False
    annexes = []
    for k, (title, body) in enumerate(found):
        kept, attachments = _attachments(body)
        prefix = f"附{k + 1}." if prefixed or k else ""
        annexes.append(Annex(title, tuple(passages(kept, prefix)), attachments))
    return annexes


def _annex_title(paragraph: Paragraph, marked: bool, inside: bool) -> Text | None:
    """The title of an annex that a paragraph is or, on a flattened page, begins with."""
    if paragraph.flat and (mark := re.match(r"附件 ?\d{0,2} (?=\S)", paragraph.spaced.chars)):
        head = re.match(r"\S{4,60}", paragraph.spaced.chars[mark.end() :])
        if head:
            return paragraph.spaced[mark.end() : mark.end() + head.end()].closed()
    if inside and not marked and not paragraph.marked:
        return None
    if inside and not marked and paragraph.marked > 3:
        return None
    if marked and len(paragraph.text) <= 60:
        return paragraph.text
    return paragraph.text if _is_annex_title(paragraph) else None


def _flat_rest(paragraph: Paragraph, title: Text) -> Paragraph | None:
    if paragraph.text.origin[-1] == title.origin[-1]:
        return None
    at = paragraph.spaced.origin.index(title.origin[-1]) + 1
    rest = paragraph.spaced[at:].strip()
    return Paragraph(rest, 0, paragraph.flat) if rest.chars else None


# --- what belongs to the issue -----------------------------------------------------------------------------


def _issue(front: list[Paragraph]) -> IssueParts | None:
    """The parts of an issue before its first document, or None where the source is no issue of a periodical."""
    whole = "\n".join(p.chars for p in front)
    if not re.search(r"公报|政报|政务通报|文件汇编", whole) or not re.search(
        r"第\d{1,4}期|\d{4}年第?\d{1,2}期|总第\d+期", whole
    ):
        return None
    board: list[Paragraph] = []
    inside = False
    for paragraph in front:
        chars = paragraph.chars
        if re.search(r"^编辑委员会|编委会(?:成员|名单)?$|^编辑委员会", chars):
            inside = True
        elif re.match(r"(?:主管|主办|承办|编辑出版|编印|出版|地址|电话|邮编|邮政编码|印刷|网址|准印证|刊号)", chars):
            inside = False
        elif inside:
            board.append(paragraph)
    return IssueParts(tuple(front), tuple(board), ())


_NUMBERED = re.compile(rf"(?:文号|发文字号|发文号|文件编号|文件号|文件字号)[：〉>】| ]{{0,3}}(?P<number>{NUMBER})")


def _preface(front: list[Paragraph]) -> _Preface:
    """Title and 文号 in the preface of a page: a heading, or the lines that say 标题 and 文号."""
    title = number = None
    asked = False
    for paragraph in front:
        chars = paragraph.chars
        if number is None and asked and (behind := NUMBER_LINE.fullmatch(chars)):
            number = paragraph.text[behind.start("number") : behind.end("number")]
        asked = chars.endswith(("文号", "发文字号", "文号：", "发文字号："))
        named = re.match(r"标题：", chars)
        if title is None and named:
            title = paragraph.text[named.end() :]
        elif title is None and paragraph.marked and TITLE.fullmatch(chars):
            title = paragraph.text
        numbered = _NUMBERED.search(chars)
        if number is None and numbered:
            number = paragraph.text[numbered.start("number") : numbered.end("number")]
    return _Preface(title, number)


def _cut_index(body: list[Paragraph]) -> tuple[list[Paragraph], list[tuple[Text, Text]]]:
    """The paragraphs before an index (文件目录), and the index's entries."""
    for i, paragraph in enumerate(body):
        if _INDEX.fullmatch(paragraph.chars) and i + 1 < len(body):
            entries = _entries(body[i + 1 :])
            if len(entries) >= 2:
                return body[:i], entries
    return body, []


def _entries(behind: list[Paragraph]) -> list[tuple[Text, Text]]:
    rows = Text.join(p.text for p in behind if not p.chars.endswith("文件"))
    found: list[tuple[Text, Text]] = []
    start = 0
    opened: int | None = None  # where a bracket opens in the title
    for mark in _BRACKET.finditer(rows.chars):
        if opened is not None and mark[0] != "）":
            start, opened = opened + 1, None  # what stands before a bracket that is not closed is another row's
        if mark["number"]:
            title = rows[start : mark.start()].strip(" 。；、\n")
            if title.chars:
                found.append((title, rows[mark.start("number") : mark.end("number")]))
            start = mark.end()
        elif mark[0] == "（":
            opened = mark.start()
        else:
            start, opened = start if opened is not None else mark.end(), None
    return found


_BRACKET = re.compile(rf"（(?P<number>{NUMBER})）|[（）]")


def _lone(source: Source, everything: list[Paragraph], leftovers: list[Leftover]) -> DocumentParts:
    """A text without a head of its own: one document, whose title is the first line that can be one."""
    start = 0
    title = number = None
    for i, paragraph in enumerate(everything[:12]):
        if _is_annex_title(paragraph) or (paragraph.marked and document_type(paragraph.chars)):
            start, title = i + 1, paragraph.text
            if start < len(everything) and _SUBTITLE.fullmatch(everything[start].chars):
                title, start = Text.join((title, everything[start].text)), start + 1
            if (number := _number(everything, start)) is not None:
                start += 1
            else:
                number = next((n for j in range(i) if (n := _number(everything, j)) is not None), None)
            break
        if len(paragraph.text) > 60:
            break
    opening = _Opening(start, title, number, start)
    return _document(source, opening, everything[start:], _Preface(None, None), leftovers)
