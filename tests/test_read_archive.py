"""A container is opened only where nothing in it can do harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from make_docx import package

from kg.errors import KgError
from kg.read.archive import MOST_PARTS, Archive, parse_xml
from kg.read.limits import Limits

LIMITS = Limits()


def with_flags(data: bytes, flags: int) -> bytes:
    """The container with these flags on its first part, in the directory and before the part itself."""
    changed = bytearray(data)
    changed[6:8] = flags.to_bytes(2, "little")
    at = data.index(b"PK\x01\x02")
    changed[at + 8 : at + 10] = flags.to_bytes(2, "little")
    return bytes(changed)


def twice() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as container:
        container.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            container.writestr("a", "2")
    return written.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory for one stretch of bytes."""
    data = package({"a": "x" * 99, "b": "y" * 99})
    first, second = (data.index(b"PK\x01\x02", at) for at in (0, data.index(b"PK\x01\x02") + 1))
    changed = bytearray(data)
    changed[first + 20 : first + 24] = len(data).to_bytes(4, "little")
    changed[second + 42 : second + 46] = changed[first + 42 : first + 46]
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(with_flags(package({"a": "x"}), 0x1), "encrypted", id="encrypted"),
        pytest.param(twice(), "two parts of the name", id="two of a name"),
        pytest.param(overlapping(), "over one another", id="overlapping"),
        pytest.param(package({f"{i}": "" for i in range(MOST_PARTS + 1)}), "parts", id="too many"),
        pytest.param(b"PK\x01\x02" * 100_001, "parts", id="a directory too long to be built"),
        pytest.param(package({"C:/a": "x"}), "leads out", id="a drive"),
    ],
)
def test_a_container_that_could_do_harm_is_not_opened(data: bytes, says: str) -> None:
    with pytest.raises(KgError, match=says):
        Archive.open(data, "a.zip", LIMITS)


def test_parts_are_found_whatever_their_case_and_folders_are_none() -> None:
    archive = Archive.open(package({"Doc/": "", "Doc/A.xml": "<a/>"}), "a.zip", LIMITS)
    assert archive.names == ("Doc/A.xml",)
    assert "doc/a.XML" in archive
    assert archive.xml("DOC/a.xml").tag == "a"


def test_names_packed_in_gbk_are_read() -> None:
    data = package({"####.txt": "x"}).replace(b"####", "公报".encode("gbk"))
    assert Archive.open(data, "a.zip", LIMITS).names == ("公报.txt",)


def test_a_part_that_is_damaged_says_so() -> None:
    data = package({"a.txt": "青川区" * 99})
    at = data.index(b"a.txt") + 8
    broken = data[:at] + b"\xff\xff" + data[at + 2 :]
    with pytest.raises(KgError, match="cannot be unpacked"):
        Archive.open(broken, "a.zip", LIMITS).read("a.txt")


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("b.xml", "Doc/b.xml"),
        ("/b.xml", "b.xml"),
        ("../b.xml", "b.xml"),
        ("Res\\b.xml", "Doc/Res/b.xml"),
        ("./b", "Doc/b"),
    ],
)
def test_references_are_relative_to_the_part_they_stand_in(target: str, part: str) -> None:
    assert Archive.open(package({"a": ""}), "a.zip", LIMITS).beside("Doc/a.xml", target) == part


def test_xml_whose_tree_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(KgError, match="too large to be taken apart"):
        parse_xml(b"<a>" + b"<b/>" * 3_000_000 + b"</a>", "a.docx", "word/document.xml")
