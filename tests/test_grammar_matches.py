"""One of many words, put together along what the words begin with, matches what an alternation of them matches."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.matches import any_of, last_match

WORDS = st.lists(st.text("甲乙-^]", min_size=1, max_size=4), min_size=1, max_size=8)


def spans(pattern: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text)]


@given(words=WORDS, text=st.text("甲乙-^] ", max_size=20))
def test_any_of_many_words_matches_the_longest_that_fits(words: list[str], text: str) -> None:
    longest_first = sorted(words, key=len, reverse=True)
    assert spans(any_of(words), text) == spans("|".join(map(re.escape, longest_first)), text)
    blanks = "|".join(" ?".join(map(re.escape, word)) for word in longest_first)
    assert spans(any_of(words, " ?"), text) == spans(blanks, text)


@given(words=WORDS, text=st.text("甲乙-^]", max_size=8))
def test_a_shorter_word_is_tried_where_the_rest_asks_for_it(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert spans(f"^(?:{any_of(words)})(.?)$", text) == spans(f"^(?:{plain})(.?)$", text)


def test_the_last_match_is_the_one_that_ends_last() -> None:
    found = last_match(re.compile("区|市"), "沧屏市青汀区人民政府")
    assert found is not None
    assert found.span() == (5, 6)
    assert last_match(re.compile("县"), "青汀区") is None
