"""What stands beside the graph and the pages: the evidence that a build wrote, and the scripts that offline pages share."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kg.serve.protocol import Refused
from kg.view import EVIDENCE
from kg.view.inline import asset, words

__all__ = ["evidence", "view_asset"]

_NAME = re.compile(r"[0-9a-f]{16}\.html")
_HASHES = r"(?:'none'|'sha256-[\w+/=]+'(?: 'sha256-[\w+/=]+')*)"
# What kg.view.inline.policy writes, and nothing that grants more.
_POLICY = re.compile(
    rf"<meta http-equiv=\"Content-Security-Policy\" content=\"(default-src 'none'; script-src {_HASHES}; "
    rf"style-src {_HASHES}; img-src data:; base-uri 'none'; form-action 'none')\">"
)
_COLOURS = "colours.css"
_HEAD = 4096
"""Bytes of a page within which it says its policy."""
_ASSETS = {
    **dict.fromkeys(("page.css", "network.css"), "text/css"),
    **dict.fromkeys(
        ("page.js", "marks.js", "svg.js", "graph.js", "search.js", "panel.js", "table.js", "network.js"),
        "text/javascript",
    ),
}


def evidence(folder: str) -> Callable[[Request], Any]:
    """Serves the evidence pages of a build's folder, each under the policy it was written with, and nothing else there.

    A page's own script and style are let through by their hashes; one that says no such policy runs nothing.
    """
    home = Path(folder) / EVIDENCE

    async def page(request: Request) -> Response:
        name = request.path_params["name"]
        path = home / name
        if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
            raise Refused(404, f"there is no page of evidence {name!r} here")
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
        said = _POLICY.search(head)
        headers = {}
        if said:
            headers["Content-Security-Policy"] = said[1] + "; frame-ancestors 'none'"
        return FileResponse(path, media_type="text/html", headers=headers)

    return page


async def view_asset(request: Request) -> Response:
    """Serves a script or a style that the offline pages have inside them, and the colours of their marks and lines."""
    name = request.path_params["name"]
    if name == _COLOURS:
        text, media = _colours(), "text/css"
    elif name in _ASSETS:
        text, media = asset(name), _ASSETS[name]
    else:
        raise Refused(404, f"there is no {name!r} here")
    return Response(text, media_type=media, headers={"Cache-Control": "no-cache"})


@cache
def _colours() -> str:
    """The colours of types and kinds as a style sheet, for light and for dark."""
    light, dark = [], []
    for sort in ("type", "kind"):
        for name, look in words()[f"{sort}s"].items():
            selector = f".{sort}-{name or 'other'}"
            light.append(f"{selector}{{--own:{look['color']}}}")
            dark.append(f"{selector}{{--own:{look['dark']}}}")
            if look.get("hollow"):
                light.append(f"{selector}{{--inside:var(--paper)}}")
    chosen = "".join(f':root[data-theme="dark"] {rule}' for rule in dark)
    preferred = "".join(f':root:not([data-theme="light"]) {rule}' for rule in dark)
    return f"{''.join(light)}{chosen}@media (prefers-color-scheme: dark){{{preferred}}}"
