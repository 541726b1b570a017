"""Pages as small pictures in grey, for whoever holds what was read against what was printed."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pypdfium2

from kg.model import Picture

__all__ = ["Album"]

_WIDTH = 820
"""Pixels: an A4 page at about 100 dpi, which can be read."""
_TALLEST = 3.0
"""Times its width: what is longer is no page to be looked at."""
_QUALITY = 55
"""Of a JPEG: for scans, whose paper is never one grey."""


class Album:
    """The pictures of a source's pages, in their order, as long as they take no more than so many bytes together."""

    def __init__(self, limit: int) -> None:
        self.pictures: list[Picture] = []
        self._left = limit

    def page(self, page: pypdfium2.PdfPage, number: int, turned: int = 0) -> None:
        """Add a page of a PDF, turned clockwise by so many degrees, in sixteen greys."""
        if self._left <= 0:
            return
        wide, high = page.get_size()
        if turned in (90, 270):
            wide, high = high, wide
        if not 0 < high <= _TALLEST * wide:
            return
        bitmap = page.render(scale=_WIDTH / wide, rotation=turned, grayscale=True)
        width, height = bitmap.width, bitmap.height
        self._add(number, width, height, "png", _png(bytes(bitmap.buffer), width, height, bitmap.stride))

    def image(self, image: Any, number: int) -> None:
        """Add a page that is a picture (of Pillow) already."""
        if self._left <= 0 or not 0 < image.height <= _TALLEST * image.width:
            return
        small = image.convert("L").resize((_WIDTH, max(1, round(_WIDTH * image.height / image.width))))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=_QUALITY)
        self._add(number, small.width, small.height, "jpeg", out.getvalue())

    def _add(self, number: int, width: int, height: int, form: str, data: bytes) -> None:
        self._left -= len(data)
        if self._left >= 0:
            self.pictures.append(Picture(str(number), width, height, form, data))


_HIGH = bytes(grey & 0xF0 for grey in range(256))
_LOW = bytes(grey >> 4 for grey in range(256))


def _png(grey: bytes, width: int, height: int, stride: int) -> bytes:
    """A PNG (ISO/IEC 15948) of sixteen greys out of rows of 256: text looks the same, in half of the bytes."""
    rows = []
    for y in range(height):
        row = grey[y * stride : y * stride + width]
        row += b"\xff" * (width % 2)
        high, low = (int.from_bytes(row[i::2].translate(table), "big") for i, table in ((0, _HIGH), (1, _LOW)))
        rows.append(b"\x00" + (high | low).to_bytes(len(row) // 2, "big"))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
