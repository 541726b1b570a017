"""HTML: the document out of its page, complete and in order; menus, buttons and the foot of the page stay behind.

Nothing is chosen by likeness to what pages mostly hold: a block is left out only for a reason that can be named (it is
a list of links outside the document, it stands under 相关链接, it is a row of buttons …); all else is the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from kg.errors import KgError
from kg.lexicon import parts, words
from kg.model import Source
from kg.read.draft import Draft
from kg.read.limits import Limits
from kg.read.page_blocks import Block, Region, take_apart, tree
from kg.read.text import decode

__all__ = ["Page", "page", "read_html"]

_TIMES = 4
"""A page may have a fourth of the bytes of a source: its tree takes many times its length in memory."""
_MOST_TAGS, _MOST_ATTRIBUTES = 1_000_000, 2_000_000
"""In a page of Word's, the most talkative there are, a tag stands every 40 bytes or so."""
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z][A-Za-z0-9_.:-]{1,30})", re.I)


def read_html(data: bytes, name: str, limits: Limits) -> Source:
    """The source in the bytes of a web page; what it is written in is found as for text, or by its own declaration.

    Raises KgError where the bytes are too many, cannot be decoded, or hold no text to read.
    """
    most = limits.bytes // _TIMES
    if len(data) > most:
        raise KgError(
            f"{name}: a web page of {len(data):,} bytes, more than the {most:,} that a page may have (a {_TIMES}th of the "
            "--max-bytes); split it, save it as text, or allow more with --max-bytes N"
        )
    if data.count(b"<") > _MOST_TAGS or data.count(b"=") > _MOST_ATTRIBUTES:
        raise KgError(
            f"{name}: a web page of more than {_MOST_TAGS:,} elements, or {_MOST_ATTRIBUTES:,} attributes, which is no "
            "document; save it as text"
        )
    declared = _DECLARED.search(data[:4096])
    text, encoding = decode(data, name, declared[1].decode("ascii") if declared else None)
    found = page(text, name)
    draft = Draft()
    table, before = 0, ""
    for block in found.blocks:
        tight = block.kind == before and (block.kind == "item" or (block.kind == "row" and block.level == table))
        if block.kind == "row" and not tight:
            draft.mark("table", str(block.level))
        table, before = (block.level if block.kind == "row" else 0), block.kind
        draft.add("#" * block.level + " " + block.text if block.kind == "heading" else block.text, tight=tight)
    source = draft.source(data, name, "html")
    return Source(name, source.sha256, encoding, source.text, "html", source.places)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: the blocks of its document, and what was left behind, with the reason."""

    blocks: tuple[Block, ...]
    left: tuple[tuple[str, str], ...]
    """Reason and text, in the order of the page."""


def page(text: str, name: str) -> Page:
    """The document of a page. Raises KgError where it holds none."""
    text = _CONTROL.sub(" ", _without_code(text))
    try:
        root = tree(text)
    except (ValueError, SyntaxError) as error:  # lxml's own errors are SyntaxErrors
        raise KgError(
            f"{name}: expected an HTML page, found none that can be taken apart ({error}); save it as text"
        ) from error
    blocks, regions = take_apart(root)
    if not any(map(_weight, blocks)):
        hidden, within = take_apart(root, hidden_too=True)  # some pages show their text by a script
        if any(map(_weight, hidden)):
            blocks, regions = hidden, within
    if not blocks:
        raise KgError(
            f"{name}: the page shows no text; it may be made by a script: save it from the browser as PDF or text"
        )
    return _choose(blocks, regions, _titles(root))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def _without_code(text: str) -> str:
    """The page without the remnants of what was to make it on the server: ``<% … %>`` of JSP and ASP, ``<?php … ?>``."""
    for opening, closing in (("<%", "%>"), ("<?", "?>")):
        kept, at = [], 0
        while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
            kept.append(text[at:start])
            at = end + len(closing)
        text = "".join((*kept, text[at:]))
    return text


# --- what blocks say ---------------------------------------------------------------------------------------


def _solid(text: str) -> str:
    return "".join(text.split())


def _weight(block: Block) -> int:
    """How much prose or table is in a block, in characters: links and labels are none."""
    free = len(_solid(block.text)) - block.linked
    if free < 8 or _foot().search(block.text) or _is_list_of_links(block):
        return 0
    return free if block.kind == "row" or re.search("[，。；]", block.text) else 0


def _is_list_of_links(block: Block) -> bool:
    return block.linked > 0 and block.linked >= 0.6 * len(_solid(re.sub(r"[-|>»/·\s]+", "", block.text)))


@cache
def _phrase(part: str) -> str:
    return "|".join(sorted(map(re.escape, parts("page_furniture")[part]), key=lambda word: (-len(word), word)))


@cache
def _buttons() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s【】\[\]（）()|/·:：>»+—-]|{_phrase('buttons')})+")


@cache
def _trail() -> re.Pattern[str]:
    return re.compile(rf"[\s【\[]*(?:{_phrase('trail')})\s*[:：>]|(?:网站)?首页\s*(?:>|»|＞|/)")


@cache
def _neighbours() -> re.Pattern[str]:
    return re.compile(rf"[\s【\[<«]*(?:{_phrase('neighbours')})\s*[:：]")


@cache
def _section() -> re.Pattern[str]:
    return re.compile(rf"[\s【\[]*(?:{_phrase('sections')})[\s】\]:：>»]*(?:更多)?[\s>»+]*")


@cache
def _foot() -> re.Pattern[str]:
    return re.compile(_phrase("foot"), re.I)


@cache
def _data() -> re.Pattern[str]:
    spaced = "|".join(r"\s*".join(word) for word in parts("page_furniture")["data"])
    return re.compile(rf"[|\s\[【]*(?:{spaced})[】\]\s|]*[:：|]")


@cache
def _titled() -> re.Pattern[str]:
    types = "|".join(words("document_types"))
    return re.compile(
        rf".{{0,60}}关于.{{2,}}|.{{6,}}(?:{types})(?:（[^（）]{{1,20}}）)?|.{{4,}}(?:文件|公报)", re.DOTALL
    )


_NUMBERED = re.compile(r"[〔\[［(（【](?:19|20)\d\d[〕\]］)）】]\s*第?\s*\d+\s*号")
_ATTACHED = re.compile(r"\s*(?:- )?附\s*[件表图录]|\s*附\s*[:：]")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|zip|rar|txt|jpe?g|png|tiff?)(?:[?#]|$)", re.I)


def _is_title(block: Block) -> bool:
    text = _solid(block.text)
    return 6 <= len(text) <= 150 and not re.search("[。；]", text) and bool(_titled().fullmatch(text))


def _is_attachment(block: Block) -> bool:
    return bool(_ATTACHED.match(block.text)) or any(_FILE.search(target) for target in block.targets)


def _is_furniture(block: Block) -> str | None:
    """Why a block is no part of any document, by its own words; None where they do not say so."""
    text = block.text.removeprefix("- ")
    if len(text) <= 200 and _buttons().fullmatch(text):
        return "buttons"
    if _trail().match(text) and len(text) <= 300:
        return "path to the page"
    if _neighbours().match(text) and len(text) <= 300:
        return "neighbouring pages"
    return None


# --- which blocks are the document -------------------------------------------------------------------------


def _choose(blocks: list[Block], regions: list[Region], titles: tuple[str, ...]) -> Page:
    """The blocks of the document, and the others with the reason why each is none of it."""
    weights = [_weight(block) for block in blocks]
    sums = [0, *accumulate(weights)]
    core = _core(regions, sums)
    heavy = [at for at in range(core.start, core.end) if weights[at]]
    first, last = (heavy[0], heavy[-1]) if heavy else (core.start, core.end - 1)
    reasons: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if reason := _is_furniture(block):
            reasons[at] = reason
        elif not first <= at <= last and _is_list_of_links(block) and not _is_attachment(block):
            reasons[at] = "links"
    _leave_elements(regions, core, sums, reasons)
    _leave_sections(blocks, regions, (core, first, last), reasons)
    _leave_foot(blocks, regions, (core, first, last), reasons)
    start = next(
        (at for at in range(core.start) if at not in reasons and _may_open(blocks[at], weights[at])), core.start
    )
    reasons |= {at: "before the document" for at in range(start) if at not in reasons}
    kept = [block for at, block in enumerate(blocks) if at not in reasons]
    said = _solid("".join(block.text for block in kept))
    title = next((title for title in titles if _solid(title)[:60] not in said), None)
    if title and not any(_is_title(block) for block in kept[:8]):
        kept.insert(0, Block(title, kind="heading", level=1))
    return Page(tuple(kept), tuple((reasons[at], block.text) for at, block in enumerate(blocks) if at in reasons))


_SHARE = 0.85
"""Of a page's prose the document has at least this."""


def _core(regions: list[Region], sums: list[int]) -> Region:
    """The smallest element that holds the document's prose; the whole page where there is none."""
    whole = Region("html", "", 0, len(sums) - 1)
    if not sums[-1]:
        return whole
    heavy = [region for region in regions if sums[region.end] - sums[region.start] >= _SHARE * sums[-1]]
    # A row or a list with all the prose in it stands in something that has the title, the date and the signature.
    fit = [region for region in heavy if region.tag not in ("table", "tbody", "thead", "tr", "ul", "ol", "dl")]
    return min(fit, key=lambda region: region.end - region.start, default=whole)


def _leave_elements(regions: list[Region], core: Region, sums: list[int], reasons: dict[int, str]) -> None:
    """Elements that say by their tag, class, id or role that they are furniture, and hold none of the prose."""
    names = frozenset(parts("page_furniture")["elements"])
    for region in regions:
        if region.start <= core.start and region.end >= core.end:
            continue
        inside = core.start <= region.start and region.end <= core.end
        said = region.tag in ("nav", "aside", "footer") or bool(
            names & {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", region.names)}
        )
        prose = sums[region.end] - sums[region.start]
        if said and (prose == 0 if inside else prose <= 0.2 * sums[-1]):
            for at in range(region.start, region.end):
                reasons.setdefault(at, f"element {region.tag} {region.names}".strip())


def _leave_sections(
    blocks: list[Block], regions: list[Region], place: tuple[Region, int, int], reasons: dict[int, str]
) -> None:
    """What stands under a heading such as 相关链接, up to the end of the element that the heading stands in."""
    core, first, last = place
    for at, block in enumerate(blocks):
        if len(block.text) > 20 or first <= at <= last or not _section().fullmatch(block.text.removeprefix("- ")):
            continue
        around = [r for r in regions if r.start <= at < r.end and r.end - r.start > 1 and r.end > at + 1]
        end = min((r.end for r in around), default=at + 1)
        if at < core.start < end or at < first < end:
            end = at + 1
        for behind in range(at, end):
            if not (behind > at and core.start <= behind < core.end and _is_attachment(blocks[behind])):
                reasons.setdefault(behind, f"under {block.text.strip()}")


_IMPRINT = re.compile(r"承办|版权|标识码|技术支持|浏览器|分辨率|网站地图|联系我们|访问量")


def _leave_foot(
    blocks: list[Block], regions: list[Region], place: tuple[Region, int, int], reasons: dict[int, str]
) -> None:
    """The foot of the page: what says that it is, and the element it stands in."""
    core, first, last = place
    for at, block in enumerate(blocks):
        if first <= at <= last or not _foot().search(block.text):
            continue
        around = [r for r in regions if r.start <= at < r.end and not (r.start < core.end and core.start < r.end)]
        widest = max(around, key=lambda r: r.end - r.start, default=Region("", "", at, at + 1))
        for inside in range(widest.start, widest.end):
            reasons.setdefault(inside, "foot of the page")
        if at > last:
            before = widest.start - 1
            while before > last and _IMPRINT.search(blocks[before].text):
                reasons.setdefault(before, "foot of the page")
                before -= 1


def _may_open(block: Block, weight: int) -> bool:
    """Whether a document may begin with a block that stands before the body: with its title, number or data."""
    if block.linked:
        return False
    return weight > 0 or _is_title(block) or bool(_NUMBERED.search(block.text) or _data().match(block.text))


def _titles(root: Any) -> tuple[str, ...]:
    """What the page says its document is called, as far as that is a title: in its data for machines, and its title."""
    said = [
        element.get("content") or ""
        for element in root.iter("meta")
        if (element.get("name") or "").lower() == "articletitle"
    ]
    for element in root.iter("title"):
        said.extend(re.split(r"\s*[_|]\s*|\s+[-—–]+\s+|-(?=[^-]{2,20}$)", "".join(element.itertext())))
    tidy = (" ".join(title.split()) for title in said)
    return tuple(t for t in tidy if not t.endswith(("...", "…")) and re.search("关于", t) and _is_title(Block(t)))
