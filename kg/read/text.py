"""Plain text and Markdown: the encoding is found, nothing else is changed."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from kg.errors import KgError
from kg.model import Source

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, path: Path) -> Source:
    """The source in the bytes of a text file: by its byte order mark, else as UTF-8, else as GB18030.

    Raises KgError where the bytes are empty or no text in one of these encodings.
    """
    if not data.strip():
        raise KgError(f"{path}: the file is empty")
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) * 1000 > len(text):
            break
        return Source(path.name, hashlib.sha256(data).hexdigest(), encoding.removesuffix("-sig"), text)
    raise KgError(f"{path}: not a text file; expected text in UTF-8, UTF-16 or GB18030, found other bytes")
