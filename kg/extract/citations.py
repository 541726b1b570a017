"""What a document refers to: other documents, laws, standards, plans and forms, its own attachments; an issue's contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.anatomy import Anatomy
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.references import TITLE, document_type, normal_number
from kg.lexicon import words
from kg.model import Citation
from kg.text import Text

__all__ = ["RULES", "citations", "contents"]

RULES = (
    Rule(
        "cites.quoted",
        "A title in 《》 is cited, with the 文号 in brackets behind it, by the word before it or behind it.",
        "根据《沧屏市消防条例》（沧屏府发〔2019〕7号）要求，各单位要加强检查。",
        "相关做法在《沧屏日报》上刊登。",
    ),
    Rule(
        "cites.number",
        "A 文号 that stands without 《》 is cited, with the title before it where there is one.",
        "按照市政府沧屏府发〔2019〕7号文件要求，各单位要加强检查。",
        "2019年第7号台风造成的损失由保险公司核定。",
    ),
    Rule(
        "cites.named",
        "A title without 《》 is cited where a word such as 根据 or 落实 stands before it and it ends in a 文种.",
        "根据国务院关于推进养老服务发展的有关文件精神，对闲置房屋加以利用。",
        "根据工作需要制定实施方案。",
    ),
    Rule(
        "cites.attachment",
        "Each line of 附件说明 is a citation of an attachment.",
        "请认真执行。\n\n附件：1.青汀区水库名单（略）\n2.青汀区防汛责任表",
        "请认真执行，并将有关附件报区应急局。",
    ),
    Rule(
        "cites.contents",
        "Each title in the contents or the index of an issue is cited once.",
        "北川省人民政府公报\n\n2021年第4期（总第31期）\n\n目录\n\n北川省人民政府关于做好春耕工作的通知……1\n\n"
        "北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n现就有关事项通知如下。\n\n北川省人民政府\n\n2021年2月3日",
        "北川省人民政府关于做好春耕工作的通知\n\n各市人民政府：\n\n现就有关事项通知如下。\n\n北川省人民政府\n\n2021年2月3日",
    ),
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A document named in a text: where its name stands, with the bracket behind it, and what it is called."""

    start: int
    end: int
    title: str | None
    number: str | None


def citations(scope: Scope) -> Iterator[Citation]:
    """The citations in a document's text, each once, and its attachments."""
    attachments = scope.annex.attachments if scope.annex else scope.document.attachments
    seen = {_flat(scope.title)}
    if scope.annex:  # what the notice cites is not cited once more in the plan behind it
        seen.update(_flat(m.title or m.number or "") for p in scope.document.passages for m in _mentions(p.paragraph.text.chars))
        seen.update(_flat(_attachment(text).chars) for text in scope.document.attachments)
    listed = {_flat(_attachment(text).chars) for text in attachments}
    issued = {_flat(annex.title.chars) for annex in scope.document.annexes}
    for passage in scope.document.all_passages():
        seen.update(_flat(match["name"]) for match in _ALIAS.finditer(passage.paragraph.chars))
    for passage in scope.passages:
        text = passage.paragraph.text
        found = _mentions(text.chars)
        if not found and not _CUE.search(text.chars):
            continue
        masked = _masked(text.chars, found)
        for mention, rule in _all_mentions(text.chars, masked, found):
            relation, start, end = _relation(text.chars, masked, mention)
            if relation is None and mention.title and _flat(mention.title) in issued and document_type(mention.title) in _PLANS:
                relation = "印发"
            name = _flat(mention.title or mention.number or "")
            if name in seen or (mention.number and mention.number == scope.key) or (relation != "印发" and name in listed):
                continue
            seen.add(name)
            yield scope.fact(
                Citation,
                rule,
                text,
                (start, end),
                passage=passage,
                title=mention.title,
                number=mention.number,
                relation=relation,
            )
    for text in attachments:
        title = _attachment(text)
        if title.chars:
            yield scope.fact(Citation, "cites.attachment", title, title=title.chars, relation="附件")


_PLANS = frozenset("方案 办法 计划 规定 意见 细则 规划 措施 制度 规则 规程 预案 纲要 要点 章程 条例 政策 标准 规范".split())


def _flat(title: str) -> str:
    return re.sub(r"[\W_]", "", title)


def _attachment(text: Text) -> Text:
    """The title of an attachment in 附件说明, without 《》 and without 略."""
    text = text.strip(" 。；;.")
    gone = re.search(r"[（(〔]?(?:略|此略|见附件|附后|另发|另附|不公开|不发)[）)〕]?$", text.chars)
    if gone:
        text = text[: gone.start()].strip()
    if text.chars.startswith("《") and text.chars.find("》") == len(text) - 1:
        text = text[1:-1]
    return text


# --- titles in 《》 ---------------------------------------------------------------------------------------

_ALIAS = re.compile(r"(?:简称|统称)(?:为|：)?[《“\"](?P<name>[^》”\"]{2,30})[》”\"]")
_LAW_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,16}令(?:〔\d{4}〕)?第?\d+号|第\d+号(?:令|公告)|[\u4e00-\u9fff]{0,12}\d{4}年第\d+号(?:公告|令)?"
    r"|(?:GB|DB|JGJ|CJJ|HJ|NY|SL|WS|MZ|TY|YD|JT|SN|LY|CJ|GA)(?:/?[A-Z])?[ /]?\d[\d.]*(?:[-—]\d{2,4})?"
)
_NUMBERED = re.compile(r"[〔（【［\[(〈《](?:19|20)\d{2}[〕）】］\])〉》]第?\d{1,4}号")
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
    match = _NUMBERED.search(bracket)
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


def _mentions(chars: str) -> list[_Mention]:
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
            found.append(_Mention(start, behind if number else end, title, number))
    return found


_LAW = re.compile(
    r"(?:法|法典|民法典|宪法|条例|决定|决议|公约|标准|规范|规程|规则|准则|要求|导则|定额|名录|手册|大纲|白皮书|报告|要览|总则|通则"
    r"|协议|合同|备忘录|[^证]书|表|单|函|令|案|法律|解释|批复|请示|纪要|图|机制|体系|制度|分类|编码|代码|目标|举措|安排|路线图|实录|精神)$"
)
_NO_TITLE = re.compile(r"(?:证书|许可证|执照|资格证|[^保]证|[日晚早周时都商导]报|画报|学报|杂志|期刊|周刊|月刊|通讯|新闻|专栏|节目|之歌)$")
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

_CUE = re.compile(r"〕第?\d{1,4}号|）第?\d{1,4}号|(?:根据|按照|依据|依照|参照|贯彻|落实|执行|符合|遵守|违反|以及|及|制定)")
_KIND = "条例|办法|规定|细则|规范|规程|规划|纲要|方案|计划|意见|要点|标准|准则|导则"
_SPECIFIC = r"(?:国务院|中共中央|(?!我|本|全|各|该)[\u4e00-\u9fff]{1,7}(?:省|自治区|市|区|县|州)(?![委区政直级域场民内]))"
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
    re.compile(r"》(?:[（(][^（）]*[）)])?[。]?(?:以及|及|和)(?P<title>(?:相关|有关)[\u4e00-\u9fff]{4,24}(?:规范|标准|规程|导则))(?=要求|，|；|。|$)"),
    # 依据动物防疫法和畜禽规模养殖污染防治条例
    re.compile(
        rf"(?:根据|依据|依照|违反)(?P<title>{_NO_METHOD})(?=和|、|等|有关|相关|规定|的规定|及|，|第)"
    ),
    re.compile(rf"(?:根据|依据|依照|违反){_NO_METHOD}(?:和|、|及|与)(?P<title>{_NO_METHOD})(?=等|有关|相关|规定|的规定|，|第)"),
    # 根据中华人民共和国消防法
    re.compile(r"(?P<title>(?<!《)中华人民共和国[\u4e00-\u9fff]{2,20}?(?:法|条例)(?![\u4e00-\u9fff]*》))(?=[，。；、和及等的规]|$)"),
)


def _all_mentions(chars: str, masked: str, quoted: list[_Mention]) -> Iterator[tuple[_Mention, str]]:
    """All documents that a text names, from left to right, each with the rule that found it."""
    found = [(mention, "cites.quoted") for mention in quoted]
    taken = [(mention.start, mention.end) for mention in quoted]
    for match in _NUMBERED.finditer(chars):
        if any(a <= match.start() < b for a, b in taken):
            continue
        start = _code_start(chars, match.start())
        if start == match.start():
            continue
        number = normal_number(chars[start : match.end()])
        begin, title = _title_before(chars, start)
        end = match.end() + (begin < start and chars[match.end() : match.end() + 1] == "）")
        found.append((_Mention(begin, end, title, number), "cites.number"))
        taken.append((begin, end))
    if _CUE.search(chars):
        for pattern in _NAMED:
            for match in pattern.finditer(chars):
                start, end = match.span("title")
                if not any(a < end and start < b for a, b in taken):
                    found.append((_Mention(start, end, match["title"], None), "cites.named"))
                    taken.append((start, end))
    yield from sorted(found, key=lambda item: item[0].start)


_TITLE_BEFORE = re.compile(r"(?P<title>[^，。；：《》（）]{6,80}(?:通知|意见|办法|决定|规定|条例|方案|规划|计划|通告|公告|批复|函|通报|细则|措施|纲要))（$")


def _title_before(chars: str, start: int) -> tuple[int, str | None]:
    """The title without 《》 that a 文号 in brackets stands behind, and where it begins."""
    if chars[start - 1 : start] != "（":
        return start, None
    match = _TITLE_BEFORE.search(chars, max(0, start - 90), start)
    if not match:
        return start, None
    cut = re.match(rf".*?(?:{'|'.join(_WORDS)})(?!的)(?=[\u4e00-\u9fff]{{4}})", match["title"])
    begin = match.start() + (cut.end() if cut else 0)
    return begin, chars[begin : start - 1]


# --- how it is cited ---------------------------------------------------------------------------------------

_WORDS = (
    "根据 依据 依照 按照 遵照 参照 对照 比照 贯彻落实 贯彻执行 贯彻实施 贯彻 落实 执行 实施 符合 违反 结合 转发 批转 印发 下发 发布 公布 颁布 制定 制订 编制 "
    "出台 修订 修改 起草 签订 签署 填写 填报 提交 报送 上报 遵守 适用 纳入 列入 学习 宣传 引用 废止 同意 审定 审批 批准 完善 遵循 对标 详见 发放 出具"
).split()
_BEFORE = re.compile(rf"(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))}|按(?=《|市|省|国|区|县|有关|$)|见(?=$))(?P<of>(?:后)?的)?")
_BEHIND = re.compile(
    r"(?P<印发>印发)|(?P<转发>转发)|(?P<废止>废止|停止执行|不再执行)|(?P<失效>失效)|(?P<公布>公布)|(?P<发布>发布)"
    r"|(?P<收悉>收悉)|(?P<修改>修改|修订)|(?P<执行>执行)|(?P<填写>填写)"
)
_MADE = frozenset(("制定", "制订", "编制", "修订", "起草", "出台", "修改"))
_ISSUED = re.compile("[，。；]现(?:将其|予以|予|一并)?(?:(?P<印发>印发)|(?P<公布>公布)|(?P<发布>发布)|(?P<转发>转发))")


def _masked(chars: str, mentions: list[_Mention]) -> str:
    """The text with each name in 《》 and the bracket behind it blotted out."""
    pieces, at = [], 0
    for mention in mentions:
        pieces.extend((chars[at : mention.start], "◆" * (mention.end - mention.start)))
        at = mention.end
    return "".join((*pieces, chars[at:]))


def _relation(chars: str, masked: str, mention: _Mention) -> tuple[str | None, int, int]:
    """The word that says how a document is cited, and the stretch from the word to the name."""
    start = mention.start
    sentence = max(masked.rfind(mark, 0, start) for mark in "。；！？") + 1
    begin = max(masked.rfind(mark, sentence, start) for mark in "，：") + 1 or sentence
    # A list of names goes on over commas: 根据《…》，《…》和《…》.
    while begin > sentence and re.fullmatch("[◆、和及与以]*", masked[begin:start]) and masked[begin - 2] == "◆":
        begin = max(masked.rfind(mark, sentence, begin - 1) for mark in "，：") + 1 or sentence
    weak = None
    for match in reversed(list(_BEFORE.finditer(masked, begin, start))):
        if match["word"] in _MADE:
            weak = weak or match  # 制定了《…》，现印发给你们: it is issued
        elif not match["of"]:
            return match["word"], match.start(), mention.end
        else:
            weak = weak or match
    stop = re.search("[。；！？]", masked[mention.end :])
    end = mention.end + stop.start() if stop else len(masked)
    behind = (_ISSUED if weak and weak["word"] in _MADE else _BEHIND).search(masked, mention.end, end)
    if not behind and stop:
        behind = _ISSUED.match(masked, end)
    if behind:
        return behind.lastgroup, start, behind.end() if behind.end() - start < 200 else mention.end
    if weak:
        return weak["word"], weak.start(), mention.end
    return None, start, mention.end


# --- the contents of an issue ------------------------------------------------------------------------------

_OPENS = re.compile(r"目 ?[录次](?:\s.*)?")
_CLOSES = re.compile(r"编辑委员会|编委会|(?:主管|主办|承办|编辑|出版|编印|印刷|准印证|刊号|地址|电话|邮编|邮政编码|网址|顾问|主任|主编|副主编)[\u4e00-\u9fff]{0,6}：")
_HEAD = re.compile(r"【[^】]*】|[\u4e00-\u9fff·（）]{0,40}(?:文件|任免|索引|检索|选登|专栏|资料|大事记|法规|规章|信息|目录)")
_LEADER = re.compile(r"[\s.·…—/\-]*[（(]?\d{1,3}[）)]?(?= |$)|[\s.·…]{3,}")
_ISSUED_AS = re.compile(rf"\s*（(?P<number>[\u4e00-\u9fff]{{1,14}}{_NUMBERED.pattern}|[\u4e00-\u9fff]{{0,20}}令第?\d+号)）")
_LISTED = re.compile(r"(?:办法|规定|条例|细则|决定|方案|规划|计划|意见|通知|通报|公告|通告|批复|报告|公报|要点)(?:（[^（）]{1,12}）)?$")


def contents(anatomy: Anatomy) -> Iterator[Citation]:
    """Each document in the index and in the contents of an issue, once."""
    if anatomy.issue is None:
        return
    seen: set[str] = set()
    entries: list[tuple[Text, Text | None]] = [*anatomy.issue.index, *_listed(anatomy)]
    for title, number in entries:
        flat = _flat(title.chars)
        if any(flat in known or known in flat for known in seen):
            continue
        seen.add(flat)
        yield Citation(
            doc="issue",
            evidence=Text.join((title, number) if number else (title,)).evidence(),
            rule="cites.contents",
            title=title.chars,
            number=normal_number(number.chars) if number else None,
            relation="目录",
        )


def _listed(anatomy: Anatomy) -> Iterator[tuple[Text, Text | None]]:
    """The titles in the contents, and the 文号 behind a title where it is printed."""
    assert anatomy.issue
    lines: list[Text] = []
    started = not any(_OPENS.fullmatch(p.chars) for p in anatomy.issue.masthead)
    board = {id(p) for p in anatomy.issue.board}
    for paragraph in anatomy.issue.masthead:
        if _OPENS.fullmatch(paragraph.chars):
            started = True
        elif started and id(paragraph) not in board and not _CLOSES.match(paragraph.chars):
            lines.append(paragraph.spaced)
    if not lines:
        return
    whole = Text.join(lines, "\n")
    places = [i for i, char in enumerate(whole.chars) if char.isalnum()]
    dense = "".join(whole.chars[i] for i in places)
    taken: list[tuple[int, int]] = []
    for document in anatomy.documents:
        if document.title is None:
            continue
        title = document.title.chars
        for name in (title, title[title.find("关于") :]):
            flat = _flat(name)
            at = dense.find(flat) if len(flat) > 8 else -1
            if at >= 0:
                start, end = places[at], places[at + len(flat) - 1] + 1
                end += len(re.match("[》）」”]*", whole.chars[end:])[0])  # type: ignore[index]
                number = _ISSUED_AS.match(whole.chars, end)
                yield _one_line(whole[start:end]), whole[slice(*number.span("number"))] if number else None
                taken.append((start, end))
                break
    yield from _unmatched(whole, taken)


def _one_line(text: Text) -> Text:
    return text.drop(re.compile(r"\n")).closed()


def _unmatched(whole: Text, taken: list[tuple[int, int]]) -> Iterator[tuple[Text, Text | None]]:
    """Titles in the contents that are no found document's: those that end in a 文种 over one to four lines."""
    at = 0
    for start, end in [*sorted(taken), (len(whole), len(whole))]:
        rest = whole[at:start]
        at = max(at, end)
        held: list[Text] = []
        place = 0
        for match in re.finditer(r"[^\n]+", rest.chars):
            place = match.start()
            for cut in [*_LEADER.finditer(rest.chars, match.start(), match.end()), None]:
                stop = cut.start() if cut else match.end()
                piece = rest[place:stop].strip()
                place = cut.end() if cut else stop
                if not piece.chars or _HEAD.fullmatch(piece.chars):
                    held = []
                    continue
                held = [*held[-3:], piece]
                for first in range(len(held)):
                    title = _one_line(Text.join(held[first:]))
                    number = _ISSUED_AS.search(title.chars)
                    bare = title[: number.start()] if number and number.end() == len(title) else title
                    # With a page number behind it, a name that ends in a 文种 is a title, 关于 or not.
                    listed = first == 0 and (cut is not None or bare is not title) and _LISTED.search(bare.chars)
                    if TITLE.fullmatch(bare.chars) or (listed and len(bare) > 6):
                        yield bare, title[slice(*number.span("number"))] if number and bare is not title else None
                        held = []
                        break
