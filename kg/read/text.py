"""Plain text and Markdown: the encoding is found, nothing else is changed."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from kg.errors import KgError
from kg.model import Place, Source
from kg.read.limits import Limits

__all__ = ["decode", "read_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ADVICE = "save the file anew as UTF-8"


def read_text(data: bytes, name: str, limits: Limits) -> Source:
    """The source in the bytes of a text file. Form feeds are page breaks: pages are places.

    Raises KgError where the bytes are too many, empty, or no text in one encoding throughout.
    """
    if len(data) > limits.bytes:
        raise KgError(f"{name}: {len(data):,} bytes, more than the {limits.bytes:,} that one source may have; split it")
    text, encoding = decode(data, name)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")  # line ends of the old Macintosh; as long as before
    return Source(
        name, hashlib.sha256(data).hexdigest(), encoding, text, format="text", places=tuple(_pages(text, name, limits))
    )


def _pages(text: str, name: str, limits: Limits) -> Iterator[Place]:
    """Where the pages begin, in a text that has page breaks; a break at the very end opens none."""
    breaks = [match.end() for match in re.finditer("\f", text.rstrip())]
    if len(breaks) >= limits.pages:
        raise KgError(
            f"{name}: {len(breaks) + 1:,} pages, more than the {limits.pages:,} allowed; "
            "split it, or allow more with --max-pages N"
        )
    if breaks:
        for number, start in enumerate((0, *breaks), start=1):
            yield Place(start, "page", str(number))


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The characters that the bytes stand for; and their encoding, with how it was found.

    By the byte order mark, as UTF-8, as UTF-16 without a mark, by what the file declares, as GB18030, in this
    order, each strictly; at last by a guess from the statistics of languages. Raises KgError where the bytes are
    empty, no text, in two encodings, or wrong at some place in the encoding that they begin with.
    """
    if not data.strip(b" \t\r\n\f\0" + codecs.BOM_UTF8):
        raise KgError(f"{name}: the file is empty; expected a text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name, len(mark)), f"{encoding}, by its byte order mark"
    try:
        return _checked(data.decode("utf-8"), name), "utf-8, by its bytes"
    except UnicodeDecodeError as error:
        broken = error.start
    if wide := _utf16(data):
        return _strict(data, wide, name), f"{wide}, by its bytes"
    _refuse_mixed(data, broken, name)
    if wanted := _known(declared):
        try:
            return _checked(data.decode(wanted), name), f"{wanted}, as it declares"
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode("gb18030")
        if _common(text):
            return _checked(text, name), "gb18030, by its bytes"
    except UnicodeDecodeError as error:
        # Where the bytes begin as GB18030 and go wrong far into it, a guess would hide the damage.
        at = error.start
        if at >= 2000 and _common(data[:at].decode("gb18030", errors="replace")):
            raise KgError(
                f"{name}: GB18030 up to byte {at:,}, other bytes there ({_shown(data, at)}): mixed encodings, or damaged; "
                f"{_ADVICE}"
            ) from error
    return _guessed(data, name, broken)


def _strict(data: bytes, encoding: str, name: str, skipped: int = 0) -> str:
    """The characters in an encoding that is known. Raises KgError that names the first byte that is wrong."""
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        at = error.start + skipped
        what = "ends in the middle of a character" if error.end >= len(data) else "has other bytes"
        raise KgError(
            f"{name}: expected {encoding.upper()} throughout, but it {what} at byte {at:,} ({_shown(data, error.start)}); "
            f"mixed encodings, or damaged: {_ADVICE}"
        ) from error


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _checked(text: str, name: str) -> str:
    """The text. Raises KgError where so many control characters stand in it that it is none."""
    allowed = len(text) // 1000
    if any(count > allowed for count, _ in enumerate(_CONTROL.finditer(text), start=1)):
        raise KgError(f"{name}: expected text in UTF-8, UTF-16 or GB18030, found other bytes, which are no text")
    return text


def _shown(data: bytes, at: int) -> str:
    return " ".join(f"{byte:02X}" for byte in data[at : at + 4])


# --- telling encodings apart -------------------------------------------------------------------------------

_EXPECTED = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203b\n\r\t -~]")


def _utf16(data: bytes) -> str | None:
    """Which UTF-16 the bytes are, by the zeros of their line ends, figures and blanks; None where they are none."""
    if len(data) % 2 or b"\0" not in data:
        return None
    sample = data[:20_000]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if len(_EXPECTED.findall(text)) >= 0.9 * len(text):
            return encoding
    return None


def _refuse_mixed(data: bytes, broken: int, name: str) -> None:
    """Raises KgError where UTF-8 and another encoding stand in one file: each would decode the other to nonsense."""
    head = data[:broken]
    if len(data) - broken < 4 and _is_utf8(head):
        raise KgError(
            f"{name}: expected UTF-8 throughout, but it ends in the middle of a character at byte {broken:,}: it was cut "
            "short; fetch it again, or take off the last character"
        )
    at = 0
    if _is_utf8(head):
        at = broken
    else:
        for line in re.finditer(rb"[^\n]+", data):
            if _is_utf8(line[0]):
                at = line.start()
                break
    if at:
        here = "UTF-8 begins" if at != broken else "UTF-8 ends"
        raise KgError(
            f"{name}: mixed encodings: {here} at byte {at:,} ({_shown(data, at)}) and the rest is in another; "
            f"convert the parts one by one, then {_ADVICE}"
        )


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are Chinese in UTF-8 and that is no chance: GB18030 passes for it a few characters long."""
    if sum(byte > 0x7F for byte in data[:200_000]) < 12:
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    wide = [char for char in text if char > "\x7f"]
    return sum("\u2010" <= char <= "\uffef" for char in wide) >= 0.9 * len(wide)


def _known(declared: str | None) -> str | None:
    """The encoding that a declaration means: what is called GB2312 or GBK is read as its superset."""
    if not declared:
        return None
    try:
        encoding = codecs.lookup(declared).name
    except LookupError:
        return None
    return "gb18030" if encoding in ("gb2312", "gbk", "gb18030", "hz") else encoding


def _common(text: str) -> bool:
    """Whether text decoded as GB18030 is Chinese as it is written: half of its Chinese characters in level 1.

    Level 1 of GB 2312 are the 3,755 commonest characters; other encodings decoded so give rare ones.
    """
    wide = "".join(re.findall(r"[^\x00-\x7f]+", text[:200_000]))
    if not wide:
        return True
    coded = wide.encode("gb18030", errors="replace")
    level = sum(
        1 for lead, trail in zip(coded[::2], coded[1::2], strict=False) if 0xA1 <= lead <= 0xD7 and trail >= 0xA1
    )
    return level >= 0.6 * len(wide)


def _guessed(data: bytes, name: str, broken: int) -> tuple[str, str]:
    """The most likely characters, by the statistics of languages. Raises KgError where nothing is likely."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, steps=10, chunk_size=2048, threshold=0.2).best() if b"\0" not in data[:4096] else None
    if best is None:
        raise KgError(
            f"{name}: expected text in UTF-8, UTF-16 or GB18030, found bytes that are none of them (UTF-8 fails at byte "
            f"{broken:,}, {_shown(data, broken)}); {_ADVICE}"
        )
    return _checked(str(best), name), f"{best.encoding}, guessed"
