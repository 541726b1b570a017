"""Everything a page needs stands inside it, and text out of a source stays text.

Three things keep it so: data is JSON whose every character that HTML could read as markup is escaped; a
Content-Security-Policy lets nothing run or load but what this module has hashed; characters that would turn
the reading direction round or draw nothing are shown by their code instead.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import jinja2

__all__ = ["asset", "hashed", "json_text", "policy", "render", "visible", "words"]

_MARKUP = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
# Controls but tab and line feed; bidirectional controls (Unicode TR9); zero-width marks; halves of surrogate pairs.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with each character that could mislead the eye written as its code point: ``[U+202E]``."""
    return _UNSEEN.sub(lambda m: f"[U+{ord(m[0]):04X}]", text.replace("\r\n", "\n"))


def json_text(value: object) -> str:
    """JSON that may stand in a ``script`` element: no ``<``, ``>``, ``&`` and no line separator in it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False).translate(_MARKUP)


@cache
def asset(name: str) -> str:
    """A file that lies beside this module."""
    return files("kg.view").joinpath(name).read_text(encoding="utf-8")


@cache
def words() -> dict[str, Any]:
    """What types, kinds and fields are called in both languages, and how they are drawn (``words.json``)."""
    return cast("dict[str, Any]", json.loads(asset("words.json")))


def hashed(text: str) -> str:
    """The source expression that lets exactly this inline script or style through (CSP level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(*, scripts: tuple[str, ...] = (), styles: tuple[str, ...] = ()) -> str:
    """A Content-Security-Policy under which nothing loads, and nothing runs but these scripts and styles."""
    nothing = "'none'"
    return "; ".join(
        [
            f"default-src {nothing}",
            f"script-src {' '.join(map(hashed, scripts)) or nothing}",
            f"style-src {' '.join(map(hashed, styles)) or nothing}",
            "img-src data:",
            f"base-uri {nothing}",
            f"form-action {nothing}",
        ]
    )


def _shown(value: object) -> object:
    """What a template is about to print: text out of a source without its tricks, ``Markup`` of ours as it is."""
    return visible(value) if type(value) is str else value


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: object) -> str:
    """The template with the values in it; all text is escaped, but for what is wrapped in ``Markup``."""
    return _environment().get_template(template).render(values)
