"""Random texts, damaged as print, recognition and web pages damage them, are had back, each character with its place.

A damaged text knows where it put each clean character; the repairs must find the same places, by reading alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.anatomy import parse
from kg.anatomy.paragraphs import paragraphs
from kg.grammar.names import is_name
from kg.lexicon import words
from kg.model import Source
from kg.text import Text, lines


def source(text: str) -> Source:
    return Source("case.txt", hashlib.sha256(text.encode()).hexdigest(), "utf-8", text)


# ---- what is damaged ------------------------------------------------------------------------------------------------

_CHARACTERS = "河道堤防闸泵排涝巡检护汛"
"""Neither of these opens a name, nor has one a look-alike."""
_CLAUSE = st.builds(
    "".join,
    st.tuples(
        st.text(_CHARACTERS, min_size=3, max_size=12),
        st.sampled_from(("", "", "（河道）", "12座", "3.5%", "《堤防》", "〔2021〕")),
        st.text(_CHARACTERS, min_size=1, max_size=4),
    ),
)
_SENTENCE = st.lists(_CLAUSE, min_size=1, max_size=5).map(lambda clauses: "，".join(clauses) + "。")
PROSE = st.lists(_SENTENCE, min_size=1, max_size=4).map("".join)
_FORMS = {
    "，": "，,﹐", "：": "：:﹕", "（": "（(", "）": "）)", "〔": "〔[［", "〕": "〕]］", "。": "。｡", "%": "%％﹪",
    **{figure: figure + chr(ord(figure) + 0xFEE0) for figure in "0123456789"},
}  # fmt: skip
"""What each character may be printed as."""
_BLANKS = (" ", "\u3000", "\xa0", "\u200b", "\ue010", "  ", "**", "&nbsp;", "<b>", "</b>", "<!-- 河 -->")
"""What may stand between two characters and is not read; not between two figures, which it parts."""


@dataclass(frozen=True)
class Damaged:
    """A text as found, and where in it each character of the clean text stands."""

    text: str
    places: tuple[int, ...]

    def behind(self, before: str) -> Damaged:
        return Damaged(before + self.text, tuple(len(before) + place for place in self.places))


@st.composite
def damaged(draw: st.DrawFn, clean: str) -> Damaged:
    """The text with widths and brackets mixed, strays between the characters, and its lines broken off."""
    width = draw(st.integers(20, 40))
    blanks = draw(st.booleans())
    pieces: list[str] = []
    places: list[int] = []
    length = line = 0
    for at, char in enumerate(clean):
        before = clean[at - 1] if at else ""
        between = ""
        if line >= width and before not in "。）":  # a line that ends with a sentence or a bracket ends a paragraph
            between, line = draw(st.sampled_from(("\n", "\n", "\n\n" if "，" in clean[:at] else "\n"))), 0
        elif before and blanks and not (_figure(before) and _figure(char)):
            between = draw(st.sampled_from(("",) * 9 + _BLANKS))
        shown = draw(st.sampled_from(_FORMS.get(char, char)))
        places.append(length + len(between))
        pieces += (between, shown)
        length += len(between) + len(shown)
        line += 1
    return Damaged("".join(pieces), tuple(places))


def _figure(char: str) -> bool:
    return char.isascii()


TEXTS = PROSE.flatmap(lambda clean: st.tuples(st.just(clean), damaged(clean)))


def quote(text: str, places: tuple[int, ...]) -> str:
    """What a reader sees at the places."""
    return "".join("".join(text[place] for place in places).split())


# ---- widths, blanks, markup, wrapped lines --------------------------------------------------------------------------


@given(st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_a_damaged_text_is_had_back_with_the_place_of_each_character(
    texts: list[tuple[str, Damaged]], data: st.DataObject
) -> None:
    whole = ""
    wanted: list[tuple[str, tuple[int, ...]]] = []
    for clean, found in texts:
        placed = found.behind(whole + "\n\n" if whole else "")
        whole = placed.text if not whole else whole + "\n\n" + found.text
        wanted.append((clean, placed.places))
    here = source(whole)
    read = [paragraph.text for paragraph in paragraphs(lines(here)[0])]
    assert [(text.chars, tuple(text.origin)) for text in read] == wanted
    text = data.draw(st.sampled_from(read))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    evidence = text.evidence((start, end))
    assert here.at(evidence.spans) == evidence.text
    assert evidence.quote == quote(whole, tuple(text.origin[start:end]))
    assert all(a.end < b.start for a, b in pairwise(evidence.spans))


def test_a_year_in_brackets_ends_no_line_even_with_a_blank_inside() -> None:
    here = source("各乡镇人民政府要按照上级的部署和要求，落实青府办〔2021 〕\n7号文件的规定。")
    assert [p.text.chars for p in paragraphs(lines(here)[0])] == [
        "各乡镇人民政府要按照上级的部署和要求，落实青府办〔2021〕7号文件的规定。"
    ]


# ---- look-alikes ----------------------------------------------------------------------------------------------------

_PAIRS = st.sampled_from(sorted(map(tuple, words("lookalikes"))))


@given(_PAIRS, st.integers(0, 2), st.integers(0, 8), st.integers(0, 3), st.data())
def test_a_slip_is_put_right_only_where_the_right_word_stands_elsewhere(
    pair: tuple[str, str], at: int, good: int, bad: int, data: st.DataObject
) -> None:
    wrong, right = pair
    word, slip = ("堤防闸"[:at] + char + "堤防闸"[at + 1 :] for char in (right, wrong))
    said = data.draw(st.permutations([f"巡检{word}排涝。"] * good + [f"巡检{slip}排涝。"] * bad))
    here = source("\n\n".join(said))
    found, reports = lines(here)
    mended = good >= 5 and bad == 1
    assert [report.span.start for report in reports if report.span] == ([here.text.index(slip) + at] if mended else [])
    assert [line.text.chars for line in found] == [one.replace(slip, word) if mended else one for one in said]
    for line, printed in zip(found, said, strict=True):
        evidence = line.text.evidence()
        assert here.at(evidence.spans) == evidence.text == printed  # the quote has the slip, as it is printed


@given(_PAIRS, st.booleans(), st.integers(0, 5), st.integers(0, 2))
def test_a_slip_in_a_name_is_put_right_only_where_the_name_stands_elsewhere(
    pair: tuple[str, str], first: bool, good: int, bad: int
) -> None:
    wrong, right = pair
    name, slip = (right + "堤", wrong + "堤") if first else ("翟" + right, "翟" + wrong)
    here = source("，\n\n".join([name] * good + [slip] * bad))
    mended = good >= 3 and bad == 1 and is_name(name)
    assert len(lines(here)[1]) == mended


def test_no_word_runs_over_what_parts_words() -> None:
    # 待翟侍 stands here but once, and 待翟待 five times; but none of them is a word.
    assert lines(source("，".join(["翟待"] * 5 + ["翟侍"] * 2)))[1] == []


# ---- pages that continue elsewhere ----------------------------------------------------------------------------------

_HEAD = "# 青汀区人民政府办公室关于做好{}工作的通知\n\n青汀府办发〔2021〕{}号\n\n各街道办事处：\n\n"
_SIGNED = "\n\n青汀区人民政府办公室\n2021年5月10日\n"


@given(_CLAUSE, TEXTS, PROSE, st.integers(2, 40), st.integers(1, 60), st.sampled_from("页版"), st.data())
def test_a_page_that_continues_elsewhere_is_sewn_to_what_it_broke_off(
    opens: str, closes: tuple[str, Damaged], other: str, back: int, further: int, page: str, data: st.DataObject
) -> None:
    clean, rest = closes
    begins = data.draw(damaged(opens))
    first = begins.behind(_HEAD.format("汛期巡查", 9))
    out = f"（下转第{back + further}{page}）\n\n"
    between = _HEAD.format("闸泵检护", 10) + f"{other}{'排涝，' * 11}。{_SIGNED}\n（上接第{back}{page}）"
    second = rest.behind(first.text + out + between)
    here = source(second.text + _SIGNED)
    documents = parse(here).documents
    assert len(documents) == 2
    sewn = [passage.paragraph.text for passage in documents[0].all_passages()]
    assert [text.chars for text in sewn] == [opens + clean]
    (text,) = sewn
    assert tuple(text.origin) == first.places + second.places
    _rises_but_once(text, len(opens))
    assert [str(date) for date in (documents[0].date, documents[1].date)] == ["2021-05-10"] * 2
    start = data.draw(st.integers(0, len(opens) - 1))
    end = data.draw(st.integers(len(opens) + 1, len(text)))
    evidence = text.evidence((start, end))
    assert here.at(evidence.spans) == evidence.text
    assert evidence.quote == quote(here.text, tuple(text.origin[start:end]))


def _rises_but_once(text: Text, seam: int) -> None:
    for part in (text[:seam], text[seam:]):
        assert all(a < b for a, b in pairwise(part.origin))
