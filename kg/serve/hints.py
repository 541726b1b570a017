"""What may be wrong with a query that cannot be read, said to whoever wrote it."""

from __future__ import annotations

import re

from kg.rdf import PREFIXES

__all__ = ["hint"]

# Strings, IRIs and comments may hold anything: what stands in them is blanked out, length kept.
_HOLDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*')
_WIDE = re.compile(r"[，。．；：？！（）｛｝［］“”‘’＜＞＝＊＋　]")
_PREFIX = re.compile(r"(?<![\w?$:@])([A-Za-z][\w-]*):(?=[\w*])")
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*)\s*:", re.IGNORECASE)


def hint(query: str) -> str:
    """What to look at, on a line of its own; empty where nothing comes to mind."""
    code = _HOLDS.sub(lambda held: " " * len(held[0]), query)
    said = []
    if wide := _WIDE.search(code):
        line, column = query.count("\n", 0, wide.start()) + 1, wide.start() - query.rfind("\n", 0, wide.start())
        said.append(
            f"hint: line {line}, column {column} has {wide[0]!r}, which SPARQL does not know: write marks in half width. "
            "查询里的标点要用半角"
        )
    known = {*PREFIXES, *_DECLARED.findall(code)}
    if unknown := sorted(set(_PREFIX.findall(code)) - known):
        said.append(
            f"hint: declare PREFIX {unknown[0]}: <…> ; known without that are {', '.join(PREFIXES)}. 前缀 {unknown[0]} 没有声明"
        )
    if code.count("{") != code.count("}"):
        said.append(f"hint: {code.count('{')} opening and {code.count('}')} closing braces. 花括号不成对")
    return "".join(f"\n{line}" for line in said)
