"""Paragraphs → an issue’s own parts and its documents, each with the elements of GB/T 9704.

A document opens with its title, the 文号 above or below it; it closes with 署名 and 成文日期. What stands
behind these and before the next document are the plans and attachments that it issues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from kg.anatomy.annexes import SUBTITLE, annexes_behind, is_annex_title, issued, listed_attachments
from kg.anatomy.closings import closing_number, imprint, sign_off, split_issuers, without_links, without_signature
from kg.anatomy.continuations import sew
from kg.anatomy.elements import Anatomy, DocumentParts
from kg.anatomy.issues import Preface, cut_index, issue_parts, preface_of
from kg.anatomy.openings import ADDRESSEES, DECREE, LIST_TITLE, PASSED, Opening, find_openings, number_at
from kg.anatomy.paragraphs import Paragraph, paragraphs
from kg.anatomy.sections import passages
from kg.grammar.dates import parse_date
from kg.grammar.organisations import is_organisation
from kg.grammar.references import TITLE, document_type, normal_number
from kg.grammar.roles import LABEL
from kg.model import Leftover, Source, Span
from kg.text import Text, lines

__all__ = ["NOT_READ", "parse"]

NOT_READ = "stands in the file, not read 文件中有而未能读出"
_OPENNESS = re.compile(
    r"(?:信息)?(?:公开(?:属性|方式|类别|选项|形式)：)?[（(]?(?P<what>此件[^（）]{0,8}(?:公开|删减)[^（）]{0,6}|主动公开|依申请公开|不予公开)[）)]?"
)
_NOTE = re.compile("（?(?:联系(?:人|电话|方式|单位)|咨询电话|业务联系)")
"""附注, which stands below the date (GB/T 9704, 7.3.7)."""


def parse(source: Source) -> Anatomy:
    """The anatomy of a source. Never raises: what is not understood is among the leftovers."""
    found_lines, put_right = lines(source)
    leftovers = [*_not_read(source), *put_right]
    everything = paragraphs(found_lines)
    openings = find_openings(everything)
    everything, openings = sew(everything, openings, leftovers)
    front = everything[: openings[0].start] if openings else []
    issue = issue_parts(front)
    preface = Preface(None, None) if issue else preface_of(front)
    documents: list[DocumentParts] = []
    index: list[tuple[Text, Text]] = []
    for i, opening in enumerate(openings):
        end = openings[i + 1].start if i + 1 < len(openings) else len(everything)
        body = everything[opening.after : end]
        body, entries = cut_index(body)
        index.extend(entries)
        documents.append(_document(source, opening, body, preface if i == 0 else Preface(None, None), leftovers))
    if not openings:
        documents.append(_lone(source, everything, leftovers))
    if issue:
        issue = replace(issue, index=tuple(index))
    return Anatomy(source, issue, tuple(documents), tuple(leftovers))


def _not_read(source: Source) -> Iterator[Leftover]:
    """What stands in the file and is not in the text: pages that are pictures, hidden text."""
    for place in source.places:
        if place.kind == "unread":
            at = min(place.start, len(source.text) - 1)
            yield Leftover(NOT_READ, f"{source.name}, {place.label}", Span(at, at + 1))


def _document(
    source: Source,
    opening: Opening,
    body: list[Paragraph],
    preface: Preface,
    leftovers: list[Leftover],
) -> DocumentParts:
    title = opening.title or preface.title
    number = opening.number
    if number is None:
        number, body = closing_number(body)
        number = number or preface.number
    heading = TITLE.fullmatch(title.chars) if title else None
    decreed = DECREE.fullmatch(title.chars) if title and not heading else None
    listed = LIST_TITLE.fullmatch(title.chars) if title and not heading else None
    issuer_name = (
        heading["issuer"]
        if heading
        else re.sub("(?:令|命令|公告|通告|(?:任免|任命|任职|免职)(?:通知|决定|令)|通知)$", "", decreed["title"])
        if decreed
        else listed["issuer"]
        if listed and is_organisation(listed["issuer"])
        else ""
    )
    passed = PASSED.fullmatch(body[0].chars) if body else None
    passed_on = body[0].text[passed.start("date") : passed.end("date")] if passed else None
    body = body[1:] if passed else body
    addressees, body = _addressees(without_links(body))
    body, printed = imprint(body)
    main, signers, date, date_text, rest = sign_off(body, issuer_name)
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
    if not date and passed_on:
        date, date_text = parse_date(passed_on.chars), passed_on
    if not date:
        main, behind = without_signature(main, behind, title.chars if title else "")
    kept_main, attachments = listed_attachments(main)
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
        issuer=split_issuers(signers),
        addressees=addressees,
        passages=tuple(own),
        attachments=attachments,
        date=date,
        date_text=date_text,
        openness=openness,
        annexes=tuple(annexes_behind(behind, leftovers, any(p.opens for p in own), issued(title, kept_main))),
        printed=printed,
    )


_LABEL = re.compile(LABEL)
"""What stands before a list of those who answer for something, and addresses nobody."""


def _addressees(body: list[Paragraph]) -> tuple[Text | None, list[Paragraph]]:
    """主送机关 at the head of the body, and the body behind it."""
    for i, paragraph in enumerate(body[:3]):
        match = ADDRESSEES.match(paragraph.chars)
        if not match:
            continue
        if _LABEL.fullmatch(match["list"]):
            return None, body
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


def _lone(source: Source, everything: list[Paragraph], leftovers: list[Leftover]) -> DocumentParts:
    """A text without a head of its own: one document, whose title is the first line that can be one."""
    start = 0
    title = number = None
    for i, paragraph in enumerate(everything[:12]):
        if is_annex_title(paragraph) or (paragraph.marked and document_type(paragraph.chars)):
            start, title = i + 1, paragraph.text
            if start < len(everything) and SUBTITLE.fullmatch(everything[start].chars):
                title, start = Text.join((title, everything[start].text)), start + 1
            if (number := number_at(everything, start)) is not None:
                start += 1
            else:
                number = next((n for j in range(i) if (n := number_at(everything, j)) is not None), None)
            break
        if len(paragraph.text) > 60:
            break
    opening = Opening(start, title, number, start)
    return _document(source, opening, everything[start:], Preface(None, None), leftovers)
