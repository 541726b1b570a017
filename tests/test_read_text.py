"""Text: the encoding is found or refused; pages are places; limits hold before anything is read."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest

import kg
from kg.errors import KgError
from kg.read import Limits, find, read, read_bytes

TEXT = "青川区人民政府关于做好防汛工作的通知\n\n各镇乡人民政府：\n　　2021年6月1日前完成①③项，〔2021〕3号。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8, by its bytes"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8, by its byte order mark"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le, by its byte order mark"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be, by its byte order mark"),
        (TEXT.encode("utf-16-le"), "utf-16-le, by its bytes"),
        (TEXT.encode("utf-16-be"), "utf-16-be, by its bytes"),
        (TEXT.encode("utf-32"), "utf-32-le, by its byte order mark"),
        (TEXT.encode("gb18030"), "gb18030, by its bytes"),
        (("短文" + TEXT[:4]).encode("gb18030"), "gb18030, by its bytes"),
        ("青川区𠮷村㐂社".encode("gb18030") + TEXT.encode("gb18030"), "gb18030, by its bytes"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    source = read_bytes(data, "a.txt")
    assert source.encoding == encoding
    assert source.text.endswith(TEXT[:4]) or source.text.endswith(TEXT)
    assert "�" not in source.text


def test_text_in_big5_is_guessed() -> None:
    # The characters of one encoding read in the other are rare ones: that gives the mistake away.
    source = read_bytes(("關於做好防汛工作的通知，請各鎮鄉人民政府認真執行。" * 30).encode("big5"), "a.txt")
    assert source.encoding.endswith("guessed")
    assert source.text.startswith("關於做好防汛工作的通知")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ((TEXT * 3).encode() + TEXT.encode("gb18030"), len((TEXT * 3).encode())),
        (TEXT.encode("gb18030") + TEXT.encode(), len(TEXT.encode("gb18030"))),
        (TEXT.encode() + b"\xff\xff" + TEXT.encode(), len(TEXT.encode())),
        (codecs.BOM_UTF8 + TEXT.encode() + TEXT.encode("gb18030"), 3 + len(TEXT.encode())),
    ],
)
def test_mixed_encodings_are_refused_with_the_place(data: bytes, place: int) -> None:
    with pytest.raises(
        KgError, match=rf"^a\.txt: .*byte {place:,} .*mixed encodings|mixed encodings.* byte {place:,} "
    ):
        read_bytes(data, "a.txt")


def test_a_text_cut_inside_a_character_is_refused_as_cut() -> None:
    with pytest.raises(KgError, match="in the middle of a character at byte"):
        read_bytes(TEXT.rstrip().encode() + "终".encode()[:2], "a.txt")


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(KgError, match="the file is empty"):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x7fELF" + bytes(5000), random.Random(3).randbytes(9000)])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(KgError, match="expected text in UTF-8, UTF-16 or GB18030"):
        read_bytes(data, "a.txt")


def test_nothing_but_the_encoding_is_touched() -> None:
    text = "---\ntitle: 通知\n---\r\n\r\n# 标题\r\n\u3000\u3000正文 <b>x</b>\u200b，\t表\r\n"
    assert read_bytes(text.encode(), "a.md").text == text


def test_line_ends_of_the_old_macintosh_are_line_ends() -> None:
    assert read_bytes("一、甲\r二、乙\r".encode(), "a.txt").text == "一、甲\n二、乙\n"


def test_form_feeds_are_pages() -> None:
    source = read_bytes("第一页\f第二页\n\f第三页\f\n".encode(), "a.txt")
    assert [(place.start, place.kind, place.label) for place in source.places] == [
        (0, "page", "1"),
        (4, "page", "2"),
        (9, "page", "3"),
    ]
    assert read_bytes("没有分页\f".encode(), "a.txt").places == ()
    with pytest.raises(KgError, match="--max-pages N"):
        read_bytes("页\f".encode() * 9 + "末".encode(), "a.txt", Limits(pages=9))


def test_a_text_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)  # takes no room on the disk
    with pytest.raises(KgError, match=r"huge\.txt: 209,715,200 bytes, more than the 67,108,864"):
        read(huge)
    small = tmp_path / "small.txt"
    small.write_text(TEXT, encoding="utf-8")
    with pytest.raises(KgError, match="more than the 10"):
        read(small, Limits(bytes=10))


def test_a_missing_file_and_an_odd_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no such file or folder"):
        find([tmp_path / "nowhere"])
    with pytest.raises(KgError, match="holds no file to read"):
        find([tmp_path])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be", "utf-8-sig"])
def test_the_demo_in_another_encoding_gives_the_same_facts(
    tmp_path: Path, demo_gazette: Path, demo_graph: kg.Graph, encoding: str
) -> None:
    other = tmp_path / "gazette.txt"
    other.write_bytes(demo_gazette.read_text(encoding="utf-8").encode(encoding))
    assert list(kg.build([other]).facts()) == list(demo_graph.facts())


def test_the_corpus_is_read(shared: Path) -> None:
    entries = [entry for entry in find([shared / "corpus"]) if not entry.name.endswith(".docx")]
    assert entries
    for entry in entries:
        assert len(read(entry).text) > 100


def test_a_text_of_too_many_characters_is_refused() -> None:
    assert read_bytes("一二三四五".encode(), "a.txt", Limits(characters=5)).text == "一二三四五"
    with pytest.raises(KgError, match=r"a\.txt: 6 characters of text, more than the 5 .* --max-characters N"):
        read_bytes("一二三四五六".encode(), "a.txt", Limits(characters=5))
