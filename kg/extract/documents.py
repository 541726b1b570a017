"""The periodical's issue and its documents, by the elements of GB/T 9704 (公文) and of a masthead (期刊).

The examples of these rules are whole texts, since a document is one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from kg.anatomy import Anatomy, Passage
from kg.anatomy.marks import ENUMERATOR
from kg.anatomy.paragraphs import Paragraph
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.dates import DATE, find_dates, parse_date
from kg.grammar.organisations import SUFFIX
from kg.grammar.references import document_type, normal_number
from kg.grammar.sentences import sentences
from kg.model import Document, Issue
from kg.text import Text

__all__ = ["RULES", "documents", "issues", "labelled", "split_addressees"]

_NOTICE = "北川省人民政府\n\n2021年2月3日"
RULES = (
    Rule(
        "issue.masthead",
        "The paragraphs before the first document give a periodical's title, number and makers.",
        "北川省人民政府公报\n\n2021年第4期（总第31期）\n\n主办：北川省人民政府办公厅\n\n"
        f"北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n现就有关事项通知如下。\n\n{_NOTICE}",
        f"北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n现就有关事项通知如下。\n\n{_NOTICE}",
    ),
    Rule(
        "document.head",
        "A text with a title is a document; its number, addressees, signature and date stand around it.",
        "北政发〔2021〕3号\n\n北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n"
        f"现就有关事项通知如下。\n\n{_NOTICE}",
        "为做好春耕工作，各地要加强领导，落实责任，确保种子、化肥及时到位，不误农时，同时要加强田间管理，防治病虫害。",
    ),
    Rule(
        "document.annex",
        "A plan printed behind the notice that issues it is a document of its own, part of the notice.",
        "北政发〔2021〕4号\n\n北川省人民政府关于印发春耕工作方案的通知\n\n各市人民政府：\n\n"
        f"现将《春耕工作方案》印发给你们。\n\n{_NOTICE}\n\n春耕工作方案\n\n为做好春耕工作，制定本方案。",
        "北政发〔2021〕4号\n\n北川省人民政府关于开展春耕检查的通知\n\n各市人民政府：\n\n"
        f"请填写检查表。\n\n{_NOTICE}\n\n附件1\n\n春耕工作检查表\n\n一、种子到位情况。",
    ),
)

# --- the issue ---------------------------------------------------------------------------------------------

_LABELS = {
    "supervisor sponsor": "主管主办单位 主管主办 主管、主办",
    "supervisor": "主管单位 主管机关 主管部门 主管",
    "sponsor": "主办单位 主办机关 主办部门 主办",
    "publisher": "编辑出版单位 编辑出版发行 编辑出版 编辑、出版 编辑单位 编印单位 编印 承办单位 承办 出版单位 出版者 出版 编辑",
    "date": "出版日期 出版时间 出刊日期 出刊时间 刊印日期 印刷日期",
    "address": "编辑部地址 通讯地址 通信地址 地址 社址",
    "phone": "联系电话 编辑部电话 咨询电话 发行电话 电话",
    "postcode": "邮政编码 邮编",
    "website": "网址 网站 官网",
    # Known only so that the value before them ends; no field of a fact holds them.
    "": "电子邮箱 电子邮件 邮箱 传真 印刷单位 印刷 准印证号 准印证 刊号 发行范围 发行 期刊登记证 主编 责任编辑",
}
_MEANING = {word: name for name, words in _LABELS.items() for word in words.split()}
_SPACED = "|".join(" ?".join(word) for word in sorted(_MEANING, key=len, reverse=True))
_LABEL = re.compile(rf"(?:^|(?<=[ ；;，。]))(?P<owner>[\u4e00-\u9fff]{{4,24}}?)?(?P<label>{_SPACED}) ?：")
_MADE_BY = re.compile(r"(?P<who>[\u4e00-\u9fff]{4,30}?)(?P<what>主管主办|主管、主办|主管|主办|编印|编辑出版|编辑)")
_TITLE = re.compile(r"[\u4e00-\u9fff（）]{0,30}?(?:公报|政报|政务通报|文件汇编)(?![\u4e00-\u9fff])")
_FIGURE = "[\\d〇○零一二三四五六七八九十]"
_TOTAL = re.compile(rf"总(?:第)?{_FIGURE}+期|总期(?:第|数)?\d+(?:期|号)?")
_NUMBER = re.compile(
    rf"(?:{_FIGURE}{{4}}年)?(?<!总)第{_FIGURE}{{1,4}}(?:[、—\-～]{_FIGURE}{{1,4}})?期(?:（?合刊）?)?"
    rf"|{_FIGURE}{{4}}年{_FIGURE}{{1,3}}期"
)


def labelled(masthead: tuple[Paragraph, ...]) -> dict[str, tuple[Text, str]]:
    """What stands behind a label in a masthead (主办：…), by field, each with whose it is said to be (X网站：…)."""
    found: dict[str, tuple[Text, str]] = {}
    for paragraph in masthead:
        spaced = paragraph.spaced
        if "：" not in spaced.chars or len(spaced) > 600:
            continue
        matches = list(_LABEL.finditer(spaced.chars))
        ends = [*(match.start() for match in matches[1:]), len(spaced)]
        for match, end in zip(matches, ends, strict=False):
            name = _MEANING[match["label"].replace(" ", "")]
            value = spaced[match.end() : end].strip(" ；;，。").closed()
            for field in name.split() if value.chars else ():
                found.setdefault(field, (value, match["owner"] or ""))
    return found


def _first(front: tuple[Paragraph, ...], pattern: re.Pattern[str]) -> Text | None:
    """The first match of a pattern in the masthead."""
    for paragraph in front:
        match = pattern.search(paragraph.chars)
        if match:
            return paragraph.text[match.start() : match.end()]
    return None


def issues(anatomy: Anatomy) -> Iterator[Issue]:
    """The issue of a periodical that a source is, if it is one."""
    front = anatomy.issue.masthead if anatomy.issue else ()
    title = _first(front, _TITLE)
    if title is None:
        return
    number, total = _first(front, _NUMBER), _first(front, _TOTAL)
    fields = labelled(front)
    said = {name: value.chars for name, (value, _) in fields.items()}
    for paragraph in front:
        made = [_MADE_BY.fullmatch(words) for words in paragraph.spaced.chars.split(" ")]
        for match in made if all(made) else [_MADE_BY.fullmatch(paragraph.chars)]:
            for word, name in (("管", "supervisor"), ("办", "sponsor"), ("编", "publisher")) if match else ():
                if match and word in match["what"]:
                    said.setdefault(name, match["who"])
    yield Issue(
        doc="issue",
        evidence=Text.join([text for text in (number, total) if text] or [title]).evidence(),
        rule="issue.masthead",
        title=title.chars,
        number=number.chars if number else None,
        total_number=total.chars if total else None,
        date=_issue_date(front, said.get("date", "")),
        supervisor=said.get("supervisor"),
        sponsor=said.get("sponsor"),
        publisher=said.get("publisher"),
    )


_DAY_OF_YEAR = re.compile(r"(?:^|(?<=[^\d年]))(?P<day>\d{1,2}月\d{1,2}日)(?:出版|出刊)$")
"""出版日期 without a year, which the number of the issue gives."""


def _issue_date(front: tuple[Paragraph, ...], labelled_date: str) -> str | None:
    """出版日期: behind its label, else the first date that stands alone above the contents."""
    day = next(iter(find_dates(labelled_date)), None)
    if day:
        return day.iso
    for paragraph in front[:12]:
        if re.match(r"目 ?录|编辑委员会", paragraph.chars):
            break
        bare, year = _DAY_OF_YEAR.search(paragraph.chars), _first(front, _NUMBER)
        if bare and year and year.chars[:4].isdigit():
            return parse_date(f"{year.chars[:4]}年{bare['day']}")
        match = re.search(rf"(?:^|[）期 ]){DATE}(?:出版)?(?:$| )", paragraph.spaced.chars)
        if match:
            return parse_date(re.sub(r"^[）期 ]|出版| ", "", match[0]))
    return None


# --- documents ---------------------------------------------------------------------------------------------

_NO_DOCUMENT = re.compile(
    r"(?:表|名单|清单|目录|模板|样本|样式|式样|范本|格式|说明|解读|图|流程|承诺书|任务书|责任书)(?:（[^（）]*）)?$"
)
_NUMBERLESS = re.compile(r"\s|（.*?）|[《》]")


def documents(scope: Scope) -> Iterator[Document]:
    """The document that a scope is: the notice itself, or the plan printed behind it.

    A text without any title is no document that can be named; a table or a list of names is none either.
    """
    if scope.annex:
        yield from _annexed(scope)
        return
    parts = scope.document
    if parts.title is None:
        return
    effective, sentence = _effective(scope)
    title = _whole_title(parts.title.chars, [issuer.chars for issuer in parts.issuer])
    yield scope.fact(
        Document,
        "document.head",
        Text.join((parts.title, sentence)) if sentence else parts.title,
        title=title,
        number=normal_number(parts.number.chars) if parts.number else None,
        issuer=tuple(issuer.chars for issuer in parts.issuer),
        type=document_type(title.rstrip("》")),
        date=parts.date,
        effective=effective,
        addressees=split_addressees(parts.addressees.chars) if parts.addressees else (),
        public=bool(parts.openness and re.search(r"(?<!不予)(?<!申请)公开(?:发布)?", parts.openness.chars)),
    )


def _whole_title(title: str, issuers: list[str]) -> str:
    """The title with the first character of its issuer, where it was lost in print; 署名 gives it back."""
    for issuer in issuers:
        if len(issuer) > 4 and title.startswith(issuer[1:]):
            return issuer[0] + title
    return title


def _annexed(scope: Scope) -> Iterator[Document]:
    assert scope.annex
    title, parts = scope.annex.title.strip(" 《》"), scope.document
    kind = document_type(title.chars)
    issued = bool(parts.title) and _NUMBERLESS.sub("", title.chars) in _NUMBERLESS.sub("", str(parts.title))
    if not title.chars or not (kind or issued) or _NO_DOCUMENT.search(title.chars):
        return
    effective, sentence = _effective(scope)
    yield scope.fact(
        Document,
        "document.annex",
        Text.join((title, sentence)) if sentence else title,
        title=title.chars,
        type=kind,
        effective=effective,
        part_of=normal_number(parts.number.chars) if parts.number else parts.key,
    )


_KINDS = "办法|规定|细则|方案|意见|通知|通告|公告|公示|决定|条例|规划|计划|措施|制度|标准|政策|规则|规程|指南|预案|批复|纲要|章程|规范|令|文件|通报|目录"
_RUNS = re.compile(
    rf"(?P<from>(?:自|从|于|在)?(?:{DATE}|(?P<event>(?:发布|公布|印发|下发|发文|颁布|通过|签发|即)(?:之)?日)))起?"
    r"(?:满?(?P<days>\d{1,3})个?(?P<work>工作)?(?:日|天)(?:以)?后)?起?(?:正式|开始)?(?:施行|实施|执行|生效|试行|起效)"
)
_SAYS_SO = re.compile(rf"本[^，。；]{{0,8}}?(?:{_KINDS})|(?:予以?|现)(?:公布|发布|印发)|印发给你们|以上|上述|^$")
_UNNUMBERED = re.compile(rf"^(?:{ENUMERATOR.pattern})?\s*")


def _effective(scope: Scope) -> tuple[str | None, Text | None]:
    """The date that the document says it runs from, and the sentence that says so."""
    passages: tuple[Passage, ...] = scope.passages
    for passage in reversed(passages):
        text = passage.paragraph.text
        if not re.search("[施执试]行|生效|实施", text.chars):
            continue
        for start, end in sentences(text.chars):
            match = _RUNS.search(text.chars, start, end)
            if not match or not _SAYS_SO.search(_UNNUMBERED.sub("", text.chars[start : match.start()])):
                continue
            date = _runs_from(match, scope.document.date)
            if date:
                number = ENUMERATOR.match(text.chars, start, end)
                return date, text[number.end() if number else start : end].strip()
    return None, None


def _runs_from(match: re.Match[str], document_date: str | None) -> str | None:
    if match["event"]:
        date = document_date if match["event"] != "通过之日" else None
    else:
        date = parse_date(re.sub(r"^[自从于在]", "", match["from"]))
    if not match["days"] or not date or match["work"]:
        return None if match["work"] else date
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=int(match["days"]))).isoformat()


# --- 主送机关 ----------------------------------------------------------------------------------------------

_PLACES = r"(?:省|自治区|直辖市|市|州|盟|地区|县|自治县|旗|区|乡|镇|街道|行署|地级以上市|特区|兵团)"
_BARE = re.compile(rf"(?:各|全|有关|相关|省辖|所属)*{_PLACES}+(?:（[^（）]*）|（{_PLACES}、.*）)?")
_CLASS = re.compile(
    rf"(?!各|有关|相关){_PLACES}{{1,2}}(?:人民政府|政府|街道办事处|办事处|党委|党工委|管委会|级|直)"
    r"|街道办事处|(?:直属|所属|派出|派驻|驻|区级|市级|县级)(?:机构|单位|部门|企业)|人民团体|民主党派"
)
_COMPLETE = re.compile(rf"(?:{SUFFIX}|团体|党派|部委|高校|大学|高等院校|社团|各部|会)(?:（[^（）]*）)?$")
_SHARED = re.compile(
    rf"(?P<place>各(?:{_PLACES}、?(?:（[^（）]*）)?)+)(?:[\u4e00-\u9fff]{{2,14}}(?:局|委|厅|办)|党委|党工委|人民政府|政府|党组)$"
)
_WHOSE = re.compile(r"(?P<whose>.*(?:有关|相关|各|直属|所属))(?:部门|单位|机构|企业|园区)")
_BARE_NOUNS = ("部门", "单位", "机构", "企业")
_BARE_OFFICE = re.compile(
    r"(?:人民政府|政府|办事处|管委会)|(?![省市县区州乡镇各])[\u4e00-\u9fff]{2,14}(?:局|委|厅|办)(?:（[^（）]*）)?"
)


def split_addressees(text: str) -> tuple[str, ...]:
    """主送机关 one by one. 各 is handed on; places that share a tail (各市、县人民政府) and 各委、办、局 stay one."""
    pieces: list[tuple[str, str]] = []
    depth, word = 0, ""
    for char in text:
        depth += (char in "（〔") - (char in "）〕")
        if depth <= 0 and char in "、，；":
            pieces.append((word.strip(), char))
            word = ""
        else:
            word += char
    pieces.append((word.strip(), ""))
    joined: list[str] = []
    held = ""
    for i, (word, mark) in enumerate(pieces):
        behind = pieces[i + 1][0] if i + 1 < len(pieces) else ""
        if mark == "、" and ((_is_place(word) and _shares(pieces, i + 1)) or len(behind) == 1):
            held += word + mark
        else:
            joined.append(held + word)
            held = ""
    return tuple(_handed_on(joined, text))


def _is_place(word: str) -> bool:
    return bool(_BARE.fullmatch(word))


def _shares(pieces: list[tuple[str, str]], i: int) -> bool:
    """Whether places before piece i wait for a tail that it, or one behind it, ends in (市、县人民政府)."""
    while i < len(pieces):
        word, mark = pieces[i]
        if not _is_place(word):
            return (
                bool(re.match(rf"(?:各)?{_PLACES}", word))
                and bool(_COMPLETE.search(word))
                and not word.startswith("街道办")
            )
        if mark != "、":
            return False
        i += 1
    return False


def _handed_on(words: list[str], text: str) -> Iterator[str]:
    every, at, before = False, 0, ""
    for word in words:
        at = text.find(word, at)
        after = text[at - 1 : at]
        if word.startswith("各"):
            every = True
        elif every and after == "、" and (_CLASS.match(word) or _is_place(word)):
            word = "各" + word
        elif after == "、" and (shared := _SHARED.match(before)) and _BARE_OFFICE.fullmatch(word):
            word = shared["place"] + word
        elif after == "、" and word in _BARE_NOUNS and (whose := _WHOSE.fullmatch(before)):
            word = whose["whose"] + word
        else:
            every = False
        before = word
        if len(word) > 1:
            yield word
