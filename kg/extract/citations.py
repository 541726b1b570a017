"""What a document refers to: other documents, laws, standards, plans and forms, its own attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.contents_pages import contents
from kg.extract.mentions import ALIAS, CUE, WORDS, Mention, all_mentions, flat, mentions
from kg.extract.rules import Rule
from kg.extract.scope import Scope
from kg.grammar.references import document_type
from kg.model import Citation
from kg.text import Text

__all__ = ["RULES", "citations", "contents"]

RULES = (
    Rule(
        "cites.quoted",
        "A title in 《》 is cited, with the 文号 in brackets behind it, by the word before it or behind it.",
        "根据《临汀市消防条例》（临汀府发〔2019〕7号）要求，各单位要加强检查。",
        "相关做法在《临汀日报》上刊登。",
    ),
    Rule(
        "cites.number",
        "A 文号 that stands without 《》 is cited, with the title before it where there is one.",
        "按照市政府临汀府发〔2019〕7号文件要求，各单位要加强检查。",
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
        "请认真执行。\n\n附件：1.云泽区水库名单（略）\n2.云泽区防汛责任表",
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


def citations(scope: Scope) -> Iterator[Citation]:
    """The citations in a document's text, each once, and its attachments."""
    attachments = scope.annex.attachments if scope.annex else scope.document.attachments
    seen = {flat(scope.title)}
    if scope.annex:  # what the notice cites is not cited once more in the plan behind it
        seen.update(
            flat(m.title or m.number or "") for p in scope.document.passages for m in mentions(p.paragraph.text.chars)
        )
        seen.update(flat(_attachment(text).chars) for text in scope.document.attachments)
    listed = {flat(_attachment(text).chars) for text in attachments}
    issued = {flat(annex.title.chars) for annex in scope.document.annexes}
    for passage in scope.document.all_passages():
        if "称" in passage.paragraph.chars:
            seen.update(flat(match["name"]) for match in ALIAS.finditer(passage.paragraph.chars))
    for passage in scope.passages:
        text = passage.paragraph.text
        found = mentions(text.chars)
        if not found and not CUE.search(text.chars):
            continue
        masked = _masked(text.chars, found)
        for mention, rule in all_mentions(text.chars, found):
            relation, start, end = _relation(masked, mention)
            if (
                relation is None
                and not mention.number
                and mention.title
                and flat(mention.title) in issued
                and document_type(mention.title) in _PLANS
            ):
                relation = "印发"
            if relation is None and passage.heading and passage.heading.words.endswith("依据"):
                relation = "依据"  # 1.2 编制依据
            name = flat(mention.title or mention.number or "")
            if relation is None and mention.number and name in issued:
                name += flat(mention.number)  # an earlier text of what is issued now
            if (
                name in seen
                or (mention.number and mention.number == scope.key)
                or (relation != "印发" and name in listed)
            ):
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


_PLANS = frozenset(
    [
        "方案",
        "办法",
        "计划",
        "规定",
        "意见",
        "细则",
        "规划",
        "措施",
        "制度",
        "规则",
        "规程",
        "预案",
        "纲要",
        "要点",
        "章程",
        "条例",
        "政策",
        "标准",
        "规范",
    ]
)


def _attachment(text: Text) -> Text:
    """The title of an attachment in 附件说明, without 《》 and without 略."""
    text = text.strip(" 。；;.")
    gone = re.search(r"[（(〔]?(?:略|此略|见附件|附后|另发|另附|不公开|不发)[）)〕]?$", text.chars)
    if gone:
        text = text[: gone.start()].strip()
    if text.chars.startswith("《") and text.chars.find("》") == len(text) - 1:
        text = text[1:-1]
    return text


# --- how it is cited ---------------------------------------------------------------------------------------

_BEFORE = re.compile(
    rf"(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))}|按(?=《|市|省|国|区|县|有关|$)|见(?=$))(?P<of>(?:后)?的)?"
)
_BEHIND = re.compile(
    r"(?P<印发>印发(?!之日))|(?P<转发>转发)|(?P<废止>废止|停止执行|不再执行)|(?P<失效>失效)|(?P<公布>公布(?!之日))|(?P<发布>发布(?!之日))"
    r"|(?P<收悉>收悉)|(?P<修改>修改|修订)|(?P<执行>执行)|(?P<填写>填写)"
)
_MADE = frozenset(("制定", "制订", "编制", "修订", "起草", "出台", "修改"))
_ISSUED = re.compile("[，。；]现(?:将其|予以|予|一并)?(?:(?P<印发>印发)|(?P<公布>公布)|(?P<发布>发布)|(?P<转发>转发))")


def _masked(chars: str, mentions: list[Mention]) -> str:
    """The text with each name in 《》 and the bracket behind it blotted out."""
    pieces: list[str] = []
    at = 0
    for mention in mentions:
        pieces.extend((chars[at : mention.start], "◆" * (mention.end - mention.start)))
        at = mention.end
    return "".join((*pieces, chars[at:]))


def _relation(masked: str, mention: Mention) -> tuple[str | None, int, int]:
    """The word that says how a document is cited, and the stretch from the word to the name."""
    start = mention.start
    sentence = max(masked.rfind(mark, 0, start) for mark in "。；！？") + 1
    begin = max(masked.rfind(mark, sentence, start) for mark in "，：") + 1 or sentence
    if masked[sentence:start].startswith(("及", "以及", "和")) and masked[sentence - 2 : sentence - 1] == "◆":
        begin = masked.rfind("，", 0, sentence) + 1  # a stop that recognition put inside a list
        sentence = begin
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
