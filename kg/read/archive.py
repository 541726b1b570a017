"""Zip containers opened safely: nothing is unpacked to the disk, and what could be a bomb or a trap is refused.

All checks are made on the container's directory before a single part is unpacked. Used for DOCX and OFD, whose
parts are XML, and for a ``.zip`` of sources.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from types import MappingProxyType
from typing import Any
from xml.parsers import expat

from lxml import etree

from kg.errors import KgError
from kg.read.limits import Limits

__all__ = ["Archive", "parse_xml"]

MOST_PARTS = 20_000
"""The most parts that a container may have: an OFD of 2,000 pages has some 10,000."""
_MOST_RECORDS = 100_000
_SMALL = 1024 * 1024
"""Up to so many bytes a part may be packed as tightly as it likes."""
_TREE = 640 * 1024 * 1024
"""The most memory, in bytes, that the tree of one XML part may take, as estimated before it is built."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTRY = b"PK\x01\x02"
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x1, 0x800


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """The parts of a zip container, by their names; within the limits, none outside it, none encrypted."""

    name: str
    """The container's own name, for messages."""
    names: tuple[str, ...]
    """Of the parts, in the order of the container, folders left out; ``/`` between folders."""
    _zip: zipfile.ZipFile = field(repr=False)
    _infos: Mapping[str, zipfile.ZipInfo] = field(repr=False)
    _folded: Mapping[str, str] = field(repr=False)
    """The names by their small letters: some writers are careless of case."""

    @staticmethod
    def open(data: bytes, name: str, limits: Limits) -> Archive:
        """The container in the bytes.

        Raises KgError where they are no whole zip container, or where it holds more, or larger, or more tightly
        packed parts than the limits allow, encrypted parts, or names that lead out of it.
        """
        if len(data) > limits.bytes:
            raise KgError(
                f"{name}: {len(data):,} bytes, more than the {limits.bytes:,} that one source may have; split it"
            )
        # Counted before the directory is built in memory: a million empty entries fit into the bytes allowed.
        if data.count(_ENTRY) > _MOST_RECORDS:
            raise KgError(
                f"{name}: a container of over {_MOST_RECORDS:,} parts, expected at most {MOST_PARTS:,}; split it"
            )
        try:
            opened = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, OSError, NotImplementedError) as error:
            raise KgError(
                f"{name}: expected a whole zip container, found a broken one ({error}); "
                "it may have been cut short in transfer: fetch it again"
            ) from error
        infos: dict[str, zipfile.ZipInfo] = {}
        for info in opened.infolist():
            part = _part_name(info, name)
            if not part.endswith("/"):
                if part in infos:
                    raise KgError(f"{name}: holds two parts of the name {part!r}, expected one; pack it again")
                infos[part] = info
        _check_sizes(list(infos.values()), len(data), name, limits)
        folded = {part.lower(): part for part in reversed(infos)}
        return Archive(name, tuple(infos), opened, MappingProxyType(infos), MappingProxyType(folded))

    def __contains__(self, part: object) -> bool:
        return isinstance(part, str) and part.lower() in self._folded

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def size(self, part: str) -> int:
        """Of the part, unpacked, in bytes."""
        return self._infos[self._folded[part.lower()]].file_size

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises KgError where it is missing or broken."""
        found = self._folded.get(part.lower())
        if found is None:
            raise KgError(f"{self.name}: the part {part!r} is missing from the container; fetch or save the file again")
        info = self._infos[found]
        try:
            with self._zip.open(info) as opened:
                data = opened.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise KgError(
                f"{self.name}: the part {found!r} cannot be unpacked ({error}); the file is damaged: fetch it again"
            ) from error
        if len(data) != info.file_size:
            raise KgError(
                f"{self.name}: the part {found!r} is not as large as the container says; fetch the file again"
            )
        return data

    def xml(self, part: str) -> Any:
        """The root element of a part that is XML. Raises KgError where it is missing or cannot be trusted."""
        return parse_xml(self.read(part), self.name, part)

    def beside(self, part: str, target: str) -> str:
        """The name of the part that a reference in another part means; a leading ``/`` is the container's root.

        Raises KgError where it leads out of the container.
        """
        target = target.replace("\\", "/")
        path = normpath(
            target.lstrip("/") if target.startswith("/") else f"{part.rpartition('/')[0]}/{target}".lstrip("/")
        )
        if path.startswith("..") or not target:
            raise KgError(
                f"{self.name}: {part!r} refers to {target!r}, which is outside the container; it is not opened"
            )
        return path


def _part_name(info: zipfile.ZipInfo, name: str) -> str:
    """The name of a part, decoded. Raises KgError where it leads out of the container."""
    part = info.filename
    if not info.flag_bits & _FLAG_UTF8:
        # Without the flag the name is in the code page of whoever packed it: here mostly GBK.
        raw = part.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                part = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    part = part.replace("\\", "/")
    while part.startswith("./"):
        part = part[2:]
    if not part or part.startswith("/") or ".." in part.split("/") or ":" in part.split("/")[0] or "\0" in part:
        raise KgError(f"{name}: holds a part named {part!r}, which leads out of the container; nothing of it is read")
    if info.flag_bits & _FLAG_ENCRYPTED:
        raise KgError(f"{name}: {part!r} in it is encrypted; remove the password and save the file again")
    return part


def _check_sizes(infos: list[zipfile.ZipInfo], length: int, name: str, limits: Limits) -> None:
    if len(infos) > MOST_PARTS:
        raise KgError(f"{name}: a container of {len(infos):,} parts, expected at most {MOST_PARTS:,}; split it")
    if sum(info.compress_size for info in infos) > length:
        raise KgError(f"{name}: parts of the container lie over one another, as in a zip bomb; nothing of it is read")
    total = sum(info.file_size for info in infos)
    if total > limits.unpacked:
        raise KgError(
            f"{name}: {total:,} bytes when unpacked, more than the {limits.unpacked:,} allowed; "
            "nothing of it is read: unpack it and give what is in it, or split it"
        )
    for info in infos:
        if info.compress_type not in _METHODS:
            raise KgError(f"{name}: {info.filename!r} is packed by a method other than deflate; pack it again")
        if info.file_size > max(_SMALL, info.compress_size * limits.ratio):
            raise KgError(
                f"{name}: {info.filename!r} unpacks to {info.file_size:,} bytes from {info.compress_size:,}, more than "
                f"{limits.ratio} times, as a zip bomb does; nothing of it is read (--max-ratio N allows more)"
            )


# --- XML ---------------------------------------------------------------------------------------------------

_DECLARED = re.compile(rb"<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]{0,40}\?>")
_KNOWN = ("utf-8", "utf-16", "ascii", "iso8859-1")


def parse_xml(data: bytes, name: str, part: str) -> Any:
    """The root element of an XML document of which nothing outside it, and no entity, is ever looked up.

    Raises KgError where it is not well formed, has a document type declaration (what external entities and
    entity bombs need), or would take too much memory.
    """
    data = _in_utf8(data, name, part)
    try:
        declares = _declares_type(data)
    except expat.ExpatError as error:
        raise _broken(name, part, error) from error
    if declares:
        raise KgError(
            f"{name}: the part {part!r} has a document type declaration (<!DOCTYPE), which no such file needs and "
            "through which others could be read; it is refused"
        )
    if _tree_size(data) > _TREE:
        raise KgError(
            f"{name}: the part {part!r} is too large to be taken apart ({len(data):,} bytes); split the document"
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(name, part, error) from error
    if root is None:
        raise _broken(name, part, "it is empty")
    return root


def _broken(name: str, part: str, why: object) -> KgError:
    return KgError(f"{name}: the part {part!r} is not well-formed XML ({why}); the file is damaged: save it again")


def _in_utf8(data: bytes, name: str, part: str) -> bytes:
    """The document in an encoding that every parser has: some writers of OFD declare GBK."""
    declared = _DECLARED.match(data)
    if not declared:
        return data
    try:
        codec = codecs.lookup(declared[1].decode("ascii")).name
        if codec in _KNOWN:
            return data
        return data[declared.end() :].decode(codec).encode("utf-8")
    except (LookupError, UnicodeError) as error:
        raise _broken(name, part, error) from error


class _SeenError(Exception):
    """Ends the look at the prologue: enough was seen."""


def _declares_type(data: bytes) -> bool:
    """Whether a document type declaration stands before the root element."""
    found: list[bool] = []

    def declared(*about: object) -> None:
        found.append(True)
        raise _SeenError

    def reached(*about: object) -> None:
        raise _SeenError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = reached
    with contextlib.suppress(_SeenError):
        parser.Parse(data, True)
    return bool(found)


def _tree_size(data: bytes) -> int:
    """About how many bytes of memory the document takes as a tree: what counts is its marks, not its length."""
    elements = data.count(b"<") - data.count(b"</")
    texts = data.count(b">")
    attributes = data.count(b"=")
    return 120 * (elements + texts) + 230 * attributes + len(data)
