"""A gazette in its Markdown-like form → the blocks that an office would type: what the writers of other forms set.

The demo gazette stands in hard lines, as it came off a press; a person who types it writes paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Block", "blocks"]

_WIDTH = 30
_ENDS = re.compile(r"[。；：！？…）〕]$")
_LEADER = re.compile(r"(?:[·.…-] ?){3,}\s*\d+$")
_STARTS = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、]|第[一二三四五六七八九十]+[章条]|附件|（"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a row of a table."""

    text: str
    """A heading of several lines holds line breaks."""
    level: int = 0
    """Of the heading, or 0."""
    bullet: bool = False
    cells: tuple[str, ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text: hard lines that belong together are put together."""
    for chunk in re.split(r"\n\s*\n", text.strip("\n")):
        lines = chunk.split("\n")
        heading = re.match(r"(#{1,6}) +", lines[0])
        if heading:
            yield Block("\n".join([lines[0][heading.end() :], *lines[1:]]), len(heading[1]))
        elif lines[0].startswith("|"):
            for line in lines:
                yield Block(line, cells=tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
        else:
            yield from _paragraphs(lines)


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    typed = ""
    contents = any(_LEADER.search(line) for line in lines)
    for at, line in enumerate(lines):
        typed += line.removeprefix("- ") if not typed else line
        follows = lines[at + 1] if at + 1 < len(lines) else ""
        if contents:
            wrapped = not _LEADER.search(line)
        else:
            wrapped = len(line) >= _WIDTH and not _ENDS.search(line) and not _STARTS.match(follows)
            # The brackets of a paragraph that is broken off stand open.
            wrapped = wrapped or (len(line) >= _WIDTH and typed.count("（") > typed.count("）"))
        if follows and wrapped:
            continue
        yield Block(typed, bullet=lines[0].startswith("- ") and typed.startswith(lines[0][2:12]))
        typed = ""
