"""What a Word document draws and a person reads: text boxes, symbols of fonts, contents given in several forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.read.numbering import W

__all__ = ["MC", "alternative", "is_above", "symbol", "text_boxes"]

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
"""The namespace of markup compatibility, as lxml writes it before a name."""
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA7: "▪", 0xA8: "□",
    0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOLS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def alternative(element: Any) -> Any:
    """The first form of what is given in several, or the fallback where that shows nothing."""
    choice, fallback = element.find(f"{MC}Choice"), element.find(f"{MC}Fallback")
    if fallback is None or (choice is not None and (len(fallback) == 0 or _shows(choice))):
        return choice if choice is not None else ()
    return fallback


def _shows(element: Any) -> bool:
    return any(True for _ in element.iter(f"{W}t", f"{W}sym", f"{W}txbxContent", f"{W}drawing", f"{W}p"))


def text_boxes(element: Any) -> Iterator[Any]:
    """The contents of the text boxes in a drawing, each once."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from text_boxes(alternative(child))
        else:
            yield from text_boxes(child)


def is_above(element: Any) -> bool:
    """Whether a drawing is placed higher than the paragraph it is fixed to."""
    for position in element.iter("{*}positionV"):
        offset = next(position.iter("{*}posOffset"), None)
        return (
            position.get("relativeFrom") in ("paragraph", "line")
            and offset is not None
            and (offset.text or "")[:1] == "-"
        )
    return any(
        "margin-top:-" in (shape.get("style") or "").replace(" ", "") for shape in element.iter("{*}shape", "{*}rect")
    )


def symbol(element: Any) -> str:
    """The character of a symbol: by its font where that has its own order, else by its code."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    font = _SYMBOLS.get((element.get(f"{W}font") or "").lower(), {})
    return font.get(code & 0xFF) or (chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else "")
