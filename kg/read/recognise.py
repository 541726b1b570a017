"""What the bytes of a file are, by what stands in them: the ending of a name promises much and is often wrong."""

from __future__ import annotations

import codecs
import re
import zipfile
from enum import StrEnum
from io import BytesIO

from kg.errors import KgError

__all__ = ["Format", "recognise", "refusal"]


class Format(StrEnum):
    """The formats that are told apart; those from ``word`` on are told apart to say what to do with them."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    OFD = "ofd"
    PDF = "pdf"
    IMAGE = "image"
    ZIP = "zip"
    WORD = "word"
    LOCKED = "locked"
    RTF = "rtf"
    MHTML = "mhtml"
    WORD_XML = "word-xml"
    OPEN_DOCUMENT = "open-document"
    EPUB = "epub"
    SHEET = "sheet"
    SLIDES = "slides"
    PACKED = "packed"
    OTHER = "other"


_UNREAD = {
    Format.WORD: "an old Word, WPS or Excel file (OLE); save it as .docx, or as PDF, and give that",
    Format.LOCKED: "a file locked with a password; open it, remove the password, save it and give that",
    Format.RTF: "a rich text file (RTF); save it as .docx and give that",
    Format.MHTML: "a web archive (MHTML); open it and save it as HTML, or as PDF, and give that",
    Format.WORD_XML: "a Word file in one piece of XML; save it as .docx and give that",
    Format.OPEN_DOCUMENT: "an OpenDocument file; save it as .docx and give that",
    Format.EPUB: "an e-book (EPUB); save it as HTML or PDF and give that",
    Format.SHEET: "a spreadsheet; gazettes are read from documents: save it as HTML or PDF and give that",
    Format.SLIDES: "slides; gazettes are read from documents: save them as PDF and give that",
    Format.PACKED: "a packed file of another kind than .zip; unpack it and give what was in it",
    Format.OTHER: "other bytes, which are no text",
}
EXPECTED = "text, Markdown, HTML, DOCX, PDF, OFD, PNG, JPEG, TIFF, or a .zip of such files"


def refusal(form: Format, where: str) -> KgError:
    """The error that says what a file of a format that is not read is, and what to do with it."""
    return KgError(f"{where}: expected {EXPECTED}; found {_UNREAD[form]}")


_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"II+\x00", Format.IMAGE),
    (b"MM\x00+", Format.IMAGE),
    (b"{\\rtf", Format.RTF),
    (b"\x1f\x8b", Format.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Format.PACKED),
    (b"Rar!\x1a\x07", Format.PACKED),
    (b"BZh", Format.PACKED),
    (b"\xfd7zXZ\x00", Format.PACKED),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HEAD = 8192


def recognise(data: bytes) -> Format:
    """The format of a file's bytes. What nothing else claims is text; whether it can be decoded is seen later."""
    for magic, form in _MAGIC:
        if data.startswith(magic):
            return form
    if data.startswith(_OLE):
        return Format.LOCKED if _ENCRYPTED_PACKAGE in data else Format.WORD
    if data.startswith(_ZIP):
        return _zipped(data)
    # ISO 32000-1, annex H, 3.4.1: readers accept the mark anywhere in the first 1,024 bytes.
    if b"%PDF-" in data[:1024] and not data[:64].lstrip().startswith((b"<", b"#")):
        return Format.PDF
    return _written(data[:_HEAD])


# --- zip containers ----------------------------------------------------------------------------------------

_NAMES_READ = 20_000
"""Of a container with more parts than this only the bytes are searched: its directory could fill the memory."""


def _zipped(data: bytes) -> Format:
    """What a zip container is, by the names in its directory."""
    names = _names(data)
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return Format.DOCX
    if any(name.lower() == "ofd.xml" for name in names):
        return Format.OFD
    if "xl/workbook.xml" in names:
        return Format.SHEET
    if "ppt/presentation.xml" in names:
        return Format.SLIDES
    if "META-INF/container.xml" in names and "mimetype" in names:
        return Format.EPUB
    if "content.xml" in names and "mimetype" in names:
        return Format.OPEN_DOCUMENT
    return Format.ZIP


def _names(data: bytes) -> frozenset[str]:
    """The names in a container's directory; of a container cut short, those of the parts that are there."""
    if data.count(b"PK\x01\x02") <= _NAMES_READ:
        try:
            with zipfile.ZipFile(BytesIO(data)) as opened:
                return frozenset(info.filename.replace("\\", "/") for info in opened.infolist())
        except (zipfile.BadZipFile, ValueError, OverflowError, OSError, NotImplementedError):
            pass
    known = (b"word/document.xml", b"OFD.xml", b"xl/workbook.xml", b"ppt/presentation.xml")
    return frozenset(name.decode("ascii") for name in known if name in data)


# --- what is written in characters -------------------------------------------------------------------------

_SKIPPED = re.compile(r"\s+|<!--(?:(?!-->).){0,4000}-->|<\?xml[^>]{0,200}>|<%[^%]{0,2000}%>|<\?php\b", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body|frameset)[\s>]", re.I)
_BLOCK = re.compile(r"<(?:p|div|table|center|span|font|h[1-6]|ul|ol|article|section|main|br|meta|title)[\s/>]", re.I)
_WORD_XML = re.compile(r'progid="Word\.Document"|<w:wordDocument|<pkg:package')


def _written(head: bytes) -> Format:
    """What the opening of a file in characters says: a page, an archive of one, or plain text."""
    text = _loosely(head)
    if re.match(r"(?:mime-version:|from: <saved by|snapshot-content-location:)", text, re.I):
        return Format.MHTML
    if _WORD_XML.search(text):
        return Format.WORD_XML
    at = 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    if text[at : at + 1] == "<" and (_PAGE.search(text) or (_BLOCK.match(text, at) and len(_BLOCK.findall(text)) >= 3)):
        return Format.HTML
    return Format.TEXT


def _loosely(head: bytes) -> str:
    """The characters of an opening as far as they are ASCII, in whatever encoding."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    return head.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").decode("latin-1")
