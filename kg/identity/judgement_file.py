"""The file of a user's judgements is read, and an entry put behind the others or taken out: what else stands there stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import KgError
from kg.identity.judgements import OTHERS, WHERE, Judgement, Judgements

__all__ = ["JUDGEMENTS", "added", "read_judgements", "without"]

JUDGEMENTS = "judgements.yaml"
"""What the file is called in the folder of a build."""
_LONGEST = 4 * 1024 * 1024
_HEAD = """\
# 人工认定：哪些是同一对象（same）、哪些不是（not-same）、名称（name）、哪条陈述有误（wrong）、缺了哪条（fact）；高于程序的判断。
# Judgements, above whatever the program decides. Written by kg judge and by hand; every build obeys them.
"""


def read_judgements(path: str | Path, *, must: bool = False) -> tuple[Judgements, str]:
    """The judgements in a file, and its text; none where there is no file, unless there ``must`` be.

    Raises KgError with the line of what is not as it must be.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        if len(data) > _LONGEST:
            raise KgError(
                f"{path}: a file of judgements must be below {_LONGEST // 1024 // 1024} MiB, got {len(data):,} bytes"
            )
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        if must:
            raise KgError(f"{path}: there is no such file of judgements") from error
        return Judgements((), str(path)), ""
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: a file of judgements must be UTF-8; nothing was built") from error
    except OSError as error:
        raise KgError(f"{path}: cannot be read: {error.strerror or error}; nothing was built") from error
    return Judgements.parse(text, str(path)), text


def added(text: str, judgement: Judgement) -> str:
    """The text of a file with one entry more, at its end."""
    text = text if text.strip() else _HEAD
    return f"{text.rstrip()}\n{_written(judgement)}"


def without(text: str, judgement: Judgement) -> str:
    """The text of a file without one of its entries; comments before and behind it stay.

    Raises KgError where its lines hold others as well.
    """
    lines = text.splitlines(keepends=True)
    first, behind = judgement.line - 1, judgement.ends - 1
    # A block of YAML ends where the next one begins: what lies between belongs to nobody.
    while behind - 1 > first and (not (last := lines[behind - 1].strip()) or last.startswith("#")):
        behind -= 1
    left = "".join([*lines[:first], *lines[max(behind, first + 1) :]])
    others = list(Judgements.parse(text).entries)
    others.remove(judgement)
    if _placeless(Judgements.parse(left).entries) != _placeless(others):
        raise KgError(
            f"line {judgement.line}: the entry shares its lines with others; take it out of the file by hand, nothing was changed"
        )
    return left


def _placeless(entries: Sequence[Judgement]) -> list[Judgement]:
    """The entries without where they stand in the file."""
    return [entry._replace(line=0, ends=0) for entry in entries]


def _written(judgement: Judgement) -> str:
    """The entry as it stands in the file."""
    return "".join(f"{'  ' if number else '- '}{line}\n" for number, line in enumerate(_lines(judgement)))


def _lines(judgement: Judgement) -> Iterator[str]:
    things = [*judgement.things, *filter(None, [judgement.name])]
    several = judgement.verb != "wrong"
    if judgement.verb == "fact":
        yield f"fact: {{{', '.join(f'{name}: {_scalar(value)}' for name, value in judgement.fact)}}}"
    else:
        yield f"{judgement.verb}: {'[' * several}{', '.join(map(_scalar, things))}{']' * several}"
    for key in (*WHERE, *OTHERS):
        if text := getattr(judgement, key):
            yield f"{key}: {_scalar(text)}"


def _scalar(text: str) -> str:
    """A text as YAML, in quotes that nothing in it can break."""
    escaped = re.sub(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"\\]', lambda match: f"\\u{ord(match[0]):04x}", text)
    return f'"{escaped}"'
