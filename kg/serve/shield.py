"""What stands around every request: who may ask, what a browser may do with the answer, and a line in the log."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.pool import Broken

__all__ = ["Headers", "Hosts", "Log"]

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Headers:
    """Lets a browser run and load nothing but what comes from here, and others read an answer only where that is said."""

    def __init__(self, app: ASGIApp, cors: str | None = None) -> None:
        self._app = app
        self._cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._cors:
                    headers["Access-Control-Allow-Origin"] = self._cors
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                    headers.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


class Hosts:
    """Answers only under the names it is known by, so that a page from elsewhere cannot have a name of its own lead here."""

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._names and _host(scope) not in self._names:
            await send(
                {
                    "type": "http.response.start",
                    "status": 421,
                    "headers": [(b"content-type", b"text/plain; charset=utf-8")],
                }
            )
            await send(
                {"type": "http.response.body", "body": b"this server does not answer under that name; see --name\n"}
            )
            return
        await self._app(scope, receive, send)


def _host(scope: Scope) -> str:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1").lower()
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    return name.strip("[]")


class Log:
    """Writes a JSON object a request: when, what, how it ended, how long it took, and what went wrong."""

    def __init__(self, app: ASGIApp, write: Callable[[str], object]) -> None:
        self._app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size, trouble = time.monotonic(), 0, 0, ""

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except Exception as error:
            trouble = str(error) if isinstance(error, Broken) else traceback.format_exc()
            raise
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "bytes": size,
                "ms": round((time.monotonic() - begun) * 1000, 1),
                **({"error": trouble} if trouble else {}),
            }
            self._write(json.dumps(line, ensure_ascii=False))
