"""The addresses of the server, and what each of them answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.serve.beside import evidence, view_asset
from kg.serve.description import description
from kg.serve.edits import Edits
from kg.serve.limits import ServeLimits
from kg.serve.negotiation import GRAPHS, PAGES, chosen
from kg.serve.pool import Answer, Broken, Pool
from kg.serve.protocol import Refused, asked
from kg.serve.shield import Headers, Hosts, Log
from kg.version import program_version

__all__ = ["application"]

_WHOLE = 1 << 22
"""Bytes of an answer that are gathered before it goes out: so much can still be taken back for an error."""


def application(
    folder: str,
    limits: ServeLimits,
    *,
    names: Sequence[str] = (),
    cors: str | None = None,
    judgements: str = "",
    log: Callable[[str], object],
) -> Starlette:
    """The server for the graph in a folder.

    ``names`` are the host names it answers under (any, where there are none), ``cors`` an origin whose pages may read
    its answers, ``judgements`` the file of judgements that its pages may change (none, where it is empty).
    """
    pool = Pool(folder, limits, judgements)
    edits = Edits(folder, judgements, answered=_answered, body=_body, language=_language)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.open()
        try:
            yield
        finally:
            await pool.close()

    app = Starlette(
        routes=[
            Route("/sparql", _sparql, methods=["GET", "POST"]),
            Route("/graph", _graph, methods=["GET"]),
            Route("/health", _health, methods=["GET"]),
            Route("/network", _network, methods=["GET"]),
            Route("/network/whole", _whole, methods=["GET"]),
            Route("/evidence/{name}", evidence(folder), methods=["GET"]),
            # The pages of a build link to these.
            Route("/report.html", _moved("/"), methods=["GET"]),
            Route("/network.html", _moved("/explore"), methods=["GET"]),
            Route("/static/view/{name}", view_asset, methods=["GET"]),
            Mount("/static", StaticFiles(packages=[("kg.serve", "static")])),
            *(Route(path, _page(job), methods=["GET"]) for path, job in _PAGES),
            *(edits.routes() if judgements else ()),
        ],
        middleware=[Middleware(Log, log), Middleware(Headers, cors), Middleware(Hosts, names)],
        exception_handlers={Refused: _refused, HTTPException: _failed},
        lifespan=lifespan,
    )
    app.state.pool = pool
    app.state.limits = limits
    return app


_PAGES = (
    ("/", "home"),
    ("/search", "search"),
    ("/questions", "questions"),
    ("/questions/{name}", "question"),
    ("/id/{path:path}", "thing"),
    ("/describe", "thing"),
    ("/explore", "explore"),
    ("/matrix", "matrix"),
    ("/timeline", "timeline"),
    ("/flow", "flow"),
)
"""Addresses that a worker answers with a page, or with data where that is asked for."""


async def _sparql(request: Request) -> Response:
    operation = asked(
        request.method.replace("HEAD", "GET"),
        request.scope["query_string"],
        request.headers.get("content-type", ""),
        await _body(request),
    )
    accept = request.headers.get("accept", "")
    if operation is None:
        form = chosen(accept, (*GRAPHS, *PAGES))
        if form in PAGES:
            return await _answered(request, "editor", language=_language(request))
        return description(str(request.url.replace(query="")), form)
    return await _answered(
        request,
        "sparql",
        query=operation.query,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        accept=accept,
        form=operation.form,
    )


async def _graph(request: Request) -> Response:
    fields = request.query_params
    if ("default" in fields) == ("graph" in fields) or len(fields.getlist("graph")) > 1:
        raise Refused(400, "the graph must be named by ?graph=IRI, or be the default graph by ?default")
    accept, form = request.headers.get("accept", ""), fields.get("format", "")
    return await _answered(request, "graph", iri=fields.get("graph", ""), accept=accept, form=form)


async def _network(request: Request) -> Response:
    fields = request.query_params
    asked = {name: fields.get(name, "") for name in ("to", "hops", "limit")}
    return await _answered(request, "network", iris=fields.getlist("iri"), **asked)


async def _whole(request: Request) -> Response:
    return await _answered(request, "whole", limit=request.query_params.get("limit", ""))


def _moved(address: str) -> Callable[[Request], Any]:
    async def moved(request: Request) -> Response:
        return RedirectResponse(address, 303)

    return moved


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": program_version()})


def _page(job: str) -> Callable[[Request], Any]:
    async def page(request: Request) -> Response:
        return await _answered(
            request,
            job,
            **request.path_params,
            fields=dict(request.query_params),
            accept=request.headers.get("accept", ""),
            language=_language(request),
        )

    return page


def _language(request: Request) -> str:
    """``zh`` or ``en``: as the address says, else as the browser likes it more, Chinese where it likes both."""
    asked_for = request.query_params.get("lang")
    if asked_for in ("zh", "en"):
        return asked_for
    first = request.headers.get("accept-language", "zh").lstrip().lower()
    return "en" if first.startswith("en") else "zh"


async def _body(request: Request) -> bytes:
    most = request.app.state.limits.body
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise Refused(413, f"the body must have at most {most} bytes, got {declared}")
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise Refused(413, f"the body must have at most {most} bytes")
    except ClientDisconnect as error:
        raise Refused(400, "the body ended before it was complete") from error
    return bytes(body)


async def _answered(request: Request, job: str, **arguments: Any) -> Response:
    """What a worker answers: as a whole where it is small, else piece by piece."""
    answer: Answer = await request.app.state.pool.answer(job, **arguments)
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in answer.body:
            pieces.append(piece)
            size += len(piece)
            if size > _WHOLE:
                break
        else:
            return Response(b"".join(pieces), answer.status, answer.headers, answer.media)
    except Broken as error:
        raise Refused(503 if "longer" in str(error) else 400, str(error)) from error

    async def rest() -> AsyncIterator[bytes]:
        async with aclosing(answer.body) as body:  # type: ignore[type-var]
            yield b"".join(pieces)
            async for piece in body:
                yield piece

    return StreamingResponse(rest(), answer.status, answer.headers, answer.media)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return PlainTextResponse(f"{error.message}\n", error.status, error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
