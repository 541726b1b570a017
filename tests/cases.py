"""A few lines of text become a small notice, and its facts come out in the form of the gold files."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from kg.model import Reading, Source
from kg.pipeline import understand

TITLES = {
    "appointment": "关于柯晓棠等同志任免职务的通知",
    "division": "关于调整领导班子成员工作分工的通知",
}


def notice(text: str, about: str = "") -> str:
    """The text inside a notice of a fictitious district, dated 2021-05-10."""
    title = TITLES.get(about, "关于做好有关工作的通知")
    return (
        f"# 沧屏市青汀区人民政府办公室{title}\n\n青汀府办发〔2021〕99号\n\n各街道办事处，各镇乡人民政府：\n\n"
        f"{text}\n\n沧屏市青汀区人民政府办公室\n2021年5月10日\n"
    )


def reading_of(text: str, name: str = "case.md") -> Reading:
    """The reading of a whole source with this text."""
    return understand(Source(name, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))


def plain(value: object) -> object:
    """A field's value as it stands in a gold file."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return list(value) if isinstance(value, tuple) else value


def facts_of(text: str, kind: str, about: str = "") -> list[dict[str, Any]]:
    """The facts of a kind in a notice with this text, without document and quote."""
    return [
        {name: plain(value) for name, value in fact.values()}
        for fact in reading_of(notice(text, about)).facts
        if fact.kind == kind
    ]
