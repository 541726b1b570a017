"""Whoever changes something through a browser means it: the form came from here, and no other page can send one."""

from __future__ import annotations

import hmac
import re
from secrets import token_bytes, token_urlsafe

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.protocol import FORM, Refused

__all__ = ["Guard"]

_COOKIE = "kg-edit"
_VALUE = re.compile(r"[\w-]{43}", re.ASCII)


class Guard:
    """Forms carry a token that only this process can make, for the cookie of the browser that asked for the form.

    The cookie goes with no request that another site starts (``SameSite=Strict``). Pages from other ports of this machine
    are of the same site, so that ``Origin`` must be ours besides.
    """

    def __init__(self) -> None:
        self._secret = token_bytes(32)

    def token(self, cookie: str) -> str:
        """What the forms of the browser with that cookie carry."""
        return hmac.digest(self._secret, cookie.encode("ascii"), "sha256").hex()

    @staticmethod
    def cookie(request: Request) -> str:
        """The browser's cookie; a new one where it has none."""
        value = request.cookies.get(_COOKIE, "")
        return value if _VALUE.fullmatch(value) else token_urlsafe(32)

    @staticmethod
    def remember(response: Response, cookie: str) -> None:
        """Give the browser its cookie, and let its forms say where they come from."""
        response.set_cookie(_COOKIE, cookie, path="/edit", httponly=True, samesite="strict")
        response.headers["Referrer-Policy"] = "same-origin"  # with no-referrer a form has the origin null
        response.headers["Cache-Control"] = "no-store"

    @staticmethod
    def expect_ours(request: Request) -> None:
        """Raises Refused for a request that no page of ours has sent."""
        ours = f"{request.url.scheme}://{request.headers.get('host', '')}"
        if request.headers.get("origin") != ours:
            raise Refused(403, f"a form must come from {ours}: Origin says otherwise, or nothing")
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Refused(403, "a form must come from a page of this server: Sec-Fetch-Site says otherwise")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            raise Refused(415, f"the body must be {FORM}")

    def expect_token(self, request: Request, token: str) -> None:
        """Raises Refused for a form without the token of this browser."""
        cookie = request.cookies.get(_COOKIE, "")
        known = bool(_VALUE.fullmatch(cookie)) and hmac.compare_digest(
            self.token(cookie).encode("ascii"), token.encode("utf-8")
        )
        if not known:
            raise Refused(
                403,
                "this form is not one that this server gave to this browser; open the page again 请重新打开页面再提交",
            )
