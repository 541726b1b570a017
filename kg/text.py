"""Source → clean text that knows, character by character, where it stands in the source.

Recognised and printed text is hostile: widths and brackets mixed, sentences broken over lines, blanks inside
names. The repairs here only fold, drop or replace single characters, so that each clean character stands for
exactly one character of the source and the order never changes.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from kg.grammar.names import is_name
from kg.grammar.set_tables import with_bars
from kg.lexicon import words
from kg.model import Evidence, Leftover, Source, Span

__all__ = ["CJK", "Line", "Text", "lines"]

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Chinese characters, for use inside a character class."""

_PUNCTUATION = "，。；：？！、“”‘’（）〔〕【】《》〈〉—·…％"


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A string whose every character knows its offset in the source it was taken from."""

    source: Source = field(repr=False)
    chars: str
    origin: array[int] = field(repr=False)
    """The offset in the source, in code points, of each character; it always rises, but over sewn pages."""

    def __len__(self) -> int:
        return len(self.chars)

    def __str__(self) -> str:
        return self.chars

    def __getitem__(self, part: slice) -> Text:
        return Text(self.source, self.chars[part], self.origin[part])

    def strip(self, blanks: str = " \n") -> Text:
        """The text without blanks (or the characters given) at its ends."""
        start = len(self.chars) - len(self.chars.lstrip(blanks))
        return self[start : max(start, len(self.chars.rstrip(blanks)))]

    def drop(self, pattern: re.Pattern[str]) -> Text:
        """The text without what the pattern matches."""
        return self._keep(_gaps(pattern.finditer(self.chars), len(self.chars)))

    def _keep(self, stretches: Iterable[tuple[int, int]]) -> Text:
        chars: list[str] = []
        origin = array("i")
        for start, end in stretches:
            chars.append(self.chars[start:end])
            origin.extend(self.origin[start:end])
        return Text(self.source, "".join(chars), origin)

    def closed(self) -> Text:
        """The text as prose: without the blanks that stand inside Chinese."""
        return self.drop(_INNER_BLANK) if " " in self.chars else self

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Where the characters from start to end stand in the source, in reading order.

        Neighbours with nothing but white space between them in the source share a span.
        """
        origin = self.origin[start:end]
        if not origin:
            raise ValueError(f"an empty stretch has no spans: {start}..{end} of {self.chars[:20]!r}")
        if origin[-1] - origin[0] == len(origin) - 1:
            return (Span(origin[0], origin[-1] + 1),)
        found: list[Span] = []
        first = last = origin[0]
        for place in origin[1:]:
            if place == last + 1 or (place > last and self.source.text[last + 1 : place].isspace()):
                last = place
            else:
                found.append(Span(first, last + 1))
                first = last = place
        found.append(Span(first, last + 1))
        return tuple(found)

    def evidence(self, *stretches: tuple[int, int]) -> Evidence:
        """The evidence that the stretches (by default the whole text) make together."""
        spans: list[Span] = []
        for start, end in stretches or ((0, len(self.chars)),):
            spans.extend(self.spans(start, end))
        return Evidence(tuple(spans), self.source.at(tuple(spans)))

    @staticmethod
    def join(pieces: Iterable[Text], between: str = "") -> Text:
        """The pieces one behind the other; what stands between has the offset of the character before it."""
        pieces = [piece for piece in pieces if piece.chars]
        if len(pieces) == 1:
            return pieces[0]
        origin = array("i")
        for piece in pieces:
            if origin and between:
                origin.extend([origin[-1]] * len(between))
            origin.extend(piece.origin)
        return Text(pieces[0].source, between.join(piece.chars for piece in pieces), origin)


_INNER_BLANK = re.compile(rf" (?:(?<=[{CJK}{_PUNCTUATION}] ) *| *(?=[{CJK}{_PUNCTUATION}]))")


def _gaps(matches: Iterator[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    """The stretches that the matches leave."""
    at = 0
    for match in matches:
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < length:
        yield at, length


@cache
def _folding() -> dict[int, str]:
    """One character for another: widths, compatibility forms, and the look-alikes of Chinese punctuation."""
    table = {}
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFF01, 0xFF5E)):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                table[code] = folded
    for wrong, right in (
        ("(（", "（"),
        (")）", "）"),
        ("[［", "〔"),
        ("]］", "〕"),
        (";；", "；"),
        ("?？", "？"),
        ("!！", "！"),
        ("–―─━－", "—"),
        ("‐‑−", "-"),
        ("•・‧∙⋅●", "·"),
        ("~〜∼～", "～"),
        ("﹕∶︰：", "："),
        ("﹐，", "，"),
        ("\u3000\u00a0\u2002\u2003\u2009\u200a\u202f\t\v\f\r\u2028\u2029\x85", " "),
        ("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
        ("％﹪", "%"),
        ("﹑､", "、"),
        ("｡", "。"),
    ):
        table.update(dict.fromkeys(map(ord, wrong), right))
    table.update(dict.fromkeys(range(0xE000, 0xF900), " "))  # glyphs of a font that did not come along
    return table


_BETWEEN_DIGITS = re.compile(r"[:,](?:(?<![0-9].)|(?![0-9/]))")
_WIDE = {":": "：", ",": "，"}


def _fold(text: str) -> str:
    """The text with one form a character; as long as before."""
    text = with_bars(text).translate(_folding())
    return _BETWEEN_DIGITS.sub(lambda match: _WIDE[match[0]] if match[0] != ":" or _chinese_colon(match) else ":", text)


def _chinese_colon(match: re.Match[str]) -> bool:
    """Whether a colon is punctuation and not part of an address (``http://``)."""
    return match.string[match.end() : match.end() + 2] != "//"


_BLANKS = re.compile("[ \n]+")


def _mend(text: str) -> tuple[str, list[Leftover]]:
    """The text with look-alike slips put right, and what was put right.

    A character is replaced only where the word it stands in occurs this once, and the word with its look-alike
    occurs at least three times in the same source.
    """
    meant, either = _lookalikes()
    dense = text.replace(" ", "").replace("\n", "")  # blanks stand inside of words too
    hits = [(match.start(), _words_at(dense, match.start())) for match in either.finditer(dense)]
    seen = Counter(word for _, around in hits for word in {word for _, word in around})

    @cache
    def gaps() -> tuple[list[int], list[int]]:
        """Where in ``dense`` blanks were taken out, and how many up to there."""
        starts, out = [], [0]
        for gap in _BLANKS.finditer(text):
            starts.append(gap.start() - out[-1])
            out.append(out[-1] + len(gap[0]))
        return starts, out

    def place_of(i: int) -> int:
        """Where a character of ``dense`` stands in the text."""
        starts, out = gaps()
        return i + out[bisect_right(starts, i)]

    def is_slip(i: int, around: list[tuple[int, str]], right: str) -> bool:
        """Whether the character at i stands for its look-alike, by the words of three and two around it.

        A word of two is taken for a slip only where it stands alone, as a name does: chance would mend common words.
        """
        for a, word in around:
            if seen[word] == 1:
                mended = word[: i - a] + right + word[i - a + 1 :]
                if len(word) == 3 and seen[mended] >= 5:
                    return True
                if (
                    len(word) == 2
                    and seen[mended] >= 3
                    and is_name(mended)
                    and _alone(text, place_of(a), place_of(a + 1))
                ):
                    return True
        return False

    pieces, end, reports = [], 0, []
    for i, around in hits:
        right = next((right for right in meant.get(dense[i], ()) if is_slip(i, around, right)), None)
        if right:
            place = place_of(i)
            pieces += [text[end:place], right]
            end = place + 1
            shown = dense[max(0, i - 2) : i + 3]
            reports.append(Leftover(f"put right: {dense[i]} read as {right}", shown, Span(place, end)))
    return "".join((*pieces, text[end:])), reports


def _alone(text: str, first: int, last: int) -> bool:
    """Whether no Chinese character touches the stretch from first to last."""
    return not _CHINESE.search(text[max(0, first - 1) : first] + text[last + 1 : last + 2])


@cache
def _lookalikes() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    """The characters that each character may have been taken for, and a pattern that either of a pair matches."""
    meant: dict[str, list[str]] = {}
    for wrong, right in map(tuple, words("lookalikes")):
        meant.setdefault(wrong, []).append(right)
    return meant, re.compile("[" + "".join(sorted({*meant, *chain.from_iterable(meant.values())})) + "]")


_CHINESE, _NO_CHINESE = re.compile(rf"[{CJK}]"), re.compile(rf"[^{CJK}]")


def _words_at(dense: str, i: int) -> list[tuple[int, str]]:
    """The words of three, then of two Chinese characters that the character at i is part of, and where each begins."""
    first, last = max(0, i - 2), min(len(dense), i + 3)
    for apart in _NO_CHINESE.finditer(dense, first, last):
        if apart.start() > i:
            last = apart.start()
            break
        first = apart.end()
    return [(a, dense[a : a + n]) for n in (3, 2) for a in range(max(first, i - n + 1), min(i, last - n) + 1)]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, folded, with what its markup said."""

    text: Text
    """Blanks collapsed to one, markup left out; never empty."""
    heading: int = 0
    """Its level as a Markdown heading, or 0."""
    bullet: bool = False
    after_blank: bool = False
    """Whether a blank line stands before it."""


_MARKUP = re.compile(
    r"(?=[!<*`&·.…\-_﹒ ])(?:"
    r"!〔[^〕\n]*〕（[^）\n]*）"  # a picture, its brackets folded
    r"|<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>"
    r"|</?[A-Za-z！][^<>\n]{0,300}>"
    r"|\*\*|`{1,3}|&(?:nbsp|emsp|ensp|thinsp|#\d{1,6})；?"
    r"|(?<![·.…\-_﹒ ])[·.…\-_﹒ ]{6,}+(?=(?:\d+ *)?$)"  # the leader of a table of contents
    r")",
    re.DOTALL | re.MULTILINE,
)
_BREAKING_TAG = re.compile(r"<(?:/?(?:p|div|br|li|tr|h[1-6]|table|title|ul|ol|section|article)\b[^<>]{0,300})>", re.I)
_FOLIO = r"[·—\-]{0,2} ?\d{1,3} ?[·—\-]{0,2}"
_PRINTED = r"20\d\d(?: ?年 ?第? ?\d{1,2} ?期|[·./]\d{1,2})(?: ?（总第 ?\d+ ?期）)?"
_RUNNING_HEAD = re.compile(
    rf"(?:{_FOLIO} )?(?:{_PRINTED} ?)?[\u4e00-\u9fff ]{{2,24}}(?:公 ?报|政 ?报) {_PRINTED}(?: {_FOLIO})?"
    rf"|(?:{_FOLIO} )?{_PRINTED} [\u4e00-\u9fff ]{{2,24}}(?:公 ?报|政 ?报)(?: {_FOLIO})?"
)
"""The line at the edge of a page of a gazette: its name, its issue, and at one end the number of the page."""
_NUMBERED = re.compile(rf"^{_FOLIO} |(?<!\d[·./]) {_FOLIO}$")
_PAGE_NUMBER = re.compile(r"(?P<mark>[·—]) ?\d{1,3} ?(?P=mark)")
_PREFIX = re.compile(r"(?P<heading>#{1,6})\s+|(?P<bullet>[-*+]\s+)(?=\S)|>\s+")


def lines(source: Source) -> tuple[list[Line], list[Leftover]]:
    """The lines of a source, folded and with look-alike slips put right, and what was put right."""
    folded, mended = _mend(_fold(source.text))
    if "<" in folded:
        folded = _BREAKING_TAG.sub(lambda tag: "\n" + " " * (len(tag[0]) - 2) + "\n", folded)
    whole = Text(source, folded, array("i", range(len(folded)))).drop(_MARKUP)
    found: list[Line] = []
    blank, end = False, -1
    for raw in whole.chars.split("\n"):
        start, end = end + 1, end + 1 + len(raw)
        chars = raw.strip(" ")
        if not chars:
            blank = True
            continue
        start += len(raw) - len(raw.lstrip(" "))
        text = whole[start : start + len(chars)]
        heading, bullet = 0, False
        while (prefix := _PREFIX.match(text.chars)) and not (heading or bullet):
            heading, bullet = len(prefix["heading"] or ""), bool(prefix["bullet"])
            text = text[prefix.end() :].strip()
        if "  " in text.chars:
            text = text.drop(_MORE_BLANKS)
        if _stands_at_the_edge(text.chars):
            mended.append(Leftover("a running head", text.chars, text.spans()[0]))
            blank = True
            continue
        if text.chars:
            found.append(Line(text, heading, bullet, blank))
        blank = not text.chars
    return found, mended


def _stands_at_the_edge(chars: str) -> bool:
    """Whether a line is a running head with a page number (页眉), or a page number between marks alone (— 4 —)."""
    if "报" in chars:
        return _RUNNING_HEAD.fullmatch(chars) is not None and _NUMBERED.search(chars) is not None
    return len(chars) < 8 and _PAGE_NUMBER.fullmatch(chars) is not None


_MORE_BLANKS = re.compile(r"(?<= ) +")
