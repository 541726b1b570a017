"""A file is what its bytes say, whatever its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from kg.errors import KgError
from kg.read import read_bytes
from kg.read.recognise import Format, recognise


def zipped(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as container:
        for name in names:
            container.writestr(name, "x")
    return written.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("关于防汛工作的通知".encode(), Format.TEXT),
        (b"# \xe5\x85\xac\xe6\x8a\xa5\n\n<b>x</b> <p>y</p> <br> <div>", Format.TEXT),
        ("---\ntitle: 通知\n---\n<div>正文</div>".encode(), Format.TEXT),
        ("<通知>不是标记".encode(), Format.TEXT),
        (b"<!DOCTYPE html><p>x", Format.HTML),
        (b"\xef\xbb\xbf\n <!-- c -->\n<html>", Format.HTML),
        ("<html><body>x".encode("utf-16"), Format.HTML),
        ("<html><body>x".encode("utf-16-le"), Format.HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">', Format.HTML),
        (b'<%@ page language="java" pageEncoding="GBK"%>\n<html>', Format.HTML),
        (b"<p>a</p><p>b</p><p>c</p>", Format.HTML),
        (b"%PDF-1.7\n", Format.PDF),
        (b"junk before\n%PDF-1.4\n", Format.PDF),
        (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
        (b"\xff\xd8\xff\xe0", Format.IMAGE),
        (b"II*\x00", Format.IMAGE),
        (b"MM\x00*", Format.IMAGE),
        (zipped("[Content_Types].xml", "word/document.xml"), Format.DOCX),
        (zipped("OFD.xml", "Doc_0/Document.xml"), Format.OFD),
        (zipped("a.txt", "b.html"), Format.ZIP),
        (zipped("xl/workbook.xml", "[Content_Types].xml"), Format.SHEET),
        (zipped("[Content_Types].xml", "word/document.xml")[:-30], Format.DOCX),
        (OLE, Format.WORD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Format.LOCKED),
        (b"{\\rtf1", Format.RTF),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Format.MHTML),
        (b"Rar!\x1a\x07\x01", Format.PACKED),
        (b"", Format.TEXT),
    ],
)
def test_bytes_are_recognised(data: bytes, expected: Format) -> None:
    assert recognise(data) is expected


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (OLE, r"save it as \.docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "remove the password"),
        (b"{\\rtf1", r"save it as \.docx"),
        (b"7z\xbc\xaf\x27\x1c", "unpack it"),
        (zipped("xl/workbook.xml"), "spreadsheet"),
        (zipped("a.txt"), "a bundle of files"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(KgError, match=f"^some.txt: .*{advice}"):
        read_bytes(data, "some.txt")
