"""Bytes → Source: one reader a format, chosen by what the bytes are."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol

from kg.errors import KgError
from kg.model import Source
from kg.read.inputs import Input, find
from kg.read.limits import Limits
from kg.read.recognise import Format, recognise, refusal

__all__ = ["Input", "Limits", "find", "read", "read_bytes"]


class _Reader(Protocol):
    def __call__(self, data: bytes, name: str, limits: Limits) -> Source: ...


_READERS = {
    Format.TEXT: ("kg.read.text", "read_text"),
    Format.HTML: ("kg.read.html", "read_html"),
    Format.DOCX: ("kg.read.docx", "read_docx"),
    Format.OFD: ("kg.read.ofd", "read_ofd"),
    Format.PDF: ("kg.read.pdf", "read_pdf"),
    Format.IMAGE: ("kg.read.ocr", "read_image"),
}
"""Each is imported when a file of its format is read: what a build does not need it does not wait for."""


def read(entry: Input | Path | str, limits: Limits = Limits()) -> Source:  # noqa: B008  # frozen
    """The source that a file, a member of a bundle or standard input holds.

    Raises KgError where it cannot be read, is empty or beyond the limits, or is of a format that is not read.
    """
    if not isinstance(entry, Input):
        inside = find([entry], limits)
        if len(inside) != 1:
            raise KgError(
                f"{entry}: holds {len(inside)} sources, expected one; find() lists them, to be read one by one"
            )
        entry = inside[0]
    return read_bytes(entry.bytes(limits), entry.name, limits)


def read_bytes(data: bytes, name: str, limits: Limits = Limits()) -> Source:  # noqa: B008  # frozen
    """The source that the bytes of a file of that name hold. Raises KgError as ``read`` does."""
    form = recognise(data)
    if form is Format.ZIP:
        raise KgError(
            f"{name}: a bundle of files (.zip), expected one source; give the bundle to find(), which lists them"
        )
    if form not in _READERS:
        raise refusal(form, name)
    module, function = _READERS[form]
    reader: _Reader = getattr(import_module(module), function)
    source = reader(data, name, limits)
    if len(source.text) > limits.characters:
        raise KgError(
            f"{name}: {len(source.text):,} characters of text, more than the {limits.characters:,} that one source may "
            "have; split it, or allow more with --max-characters N"
        )
    return source
