"""What closes a document: 署名, 成文日期, 公开属性, 版记, and who signed."""

from __future__ import annotations

import re

from kg.anatomy.annexes import ANNEX_MARK, is_annex_title
from kg.anatomy.paragraphs import Paragraph
from kg.grammar.dates import DATE, parse_date
from kg.grammar.organisations import is_organisation
from kg.grammar.references import NUMBER
from kg.text import Text

__all__ = ["closing_number", "imprint", "sign_off", "split_issuers", "without_links", "without_signature"]

_SIGNED = re.compile(rf"(?P<org>[\u4e00-\u9fff（）、]{{2,80}}?)??(?P<date>{DATE})(?:印发)?")
_LINK = re.compile(
    r"〔[^〔〕]+(?:〔\d{4}〕[^〔〕]*)*\.(?:pdf|ofd|docx?|wps|xlsx?|zip|rar|jpe?g|png)〕（[^（）]*(?:（[^（）]*）[^（）]*)*）(?:（\w+）)?"
)
_LINKS = re.compile(r"【(?:相关)?(?:附件|原文|文件|文档)(?:下载|列表)?】")
_COPIES = re.compile(r"(?:抄送|抄报|分送)：")


def without_links(body: list[Paragraph]) -> list[Paragraph]:
    """The body without the links to files (【原文下载】 and a name each) and the remarks that a page has at its end."""
    for i in range(max(len(body) - 12, 1), len(body)):
        if _LINKS.fullmatch(body[i].chars) and (i + 1 == len(body) or _LINK.fullmatch(body[i + 1].chars)):
            return body[:i]
    return body


def imprint(body: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
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


def closing_number(body: list[Paragraph]) -> tuple[Text | None, list[Paragraph]]:
    """A 文号 that stands in brackets by itself at the end of a document, and the body without it."""
    for i in range(len(body) - 1, max(len(body) - 7, 0), -1):
        match = re.fullmatch(rf"（(?P<number>{NUMBER})）", body[i].chars)
        if match:
            return body[i].text[1:-1], [*body[:i], *body[i + 1 :]]
    return None, body


def sign_off(
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


def split_issuers(signers: tuple[Text, ...]) -> tuple[Text, ...]:
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


def without_signature(
    main: list[Paragraph], behind: list[Paragraph], title: str
) -> tuple[list[Paragraph], list[Paragraph]]:
    """A body without 署名, parted where the plan begins that the title says it issues."""
    for i, paragraph in enumerate(main):
        chars = paragraph.chars
        if i and len(chars) > 6 and is_annex_title(paragraph) and (chars in title or chars.strip("《》") in title):
            return main[:i], [*main[i:], *behind]
        if i and ANNEX_MARK.fullmatch(chars) and i + 1 < len(main):
            return main[:i], [*main[i:], *behind]
    return main, behind
