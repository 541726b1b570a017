"""The addresses at which the user's judgements are seen, made and taken back; only with ``kg serve --edit``.

A form is asked for by GET, which changes nothing, and sent by POST. What it says goes the way of ``kg judge``: into the
file of judgements, and the graph is brought in line with it before the answer goes out.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.errors import KgError
from kg.graph import Graph, open_graph
from kg.identity import VERBS, Judgement
from kg.serve.guard import Guard
from kg.serve.protocol import Refused

__all__ = ["Edits"]

_MOST_FIELDS = 60
_FIELD = "field."
"""Before the name of a field of a fact, which may be called like a field of the form."""

Fields = Mapping[str, str]


class Edits:
    """The addresses. ``answered`` is what asks a worker, ``body`` reads the body of a request, ``language`` its language."""

    def __init__(
        self,
        folder: str,
        judgements: str,
        *,
        answered: Callable[..., Awaitable[Response]],
        body: Callable[[Request], Awaitable[bytes]],
        language: Callable[[Request], str],
    ) -> None:
        self._folder = folder
        self._file = judgements
        self._answered = answered
        self._body = body
        self._language = language
        self._guard = Guard()

    def routes(self) -> list[Route]:
        """What answers at which address."""
        return [
            Route("/edit", self._list, methods=["GET"]),
            Route("/edit/source/{sha}", self._source, methods=["GET"]),
            Route("/edit/of", self._of, methods=["GET"]),
            Route("/edit/undo", self._undo, methods=["POST"]),
            *(Route(f"/edit/{verb}", self._form(verb), methods=["GET"]) for verb in VERBS),
            *(Route(f"/edit/{verb}", self._judge(verb), methods=["POST"]) for verb in VERBS),
        ]

    async def _list(self, request: Request) -> Response:
        return await self._page(request, "judgements", dict(request.query_params))

    async def _source(self, request: Request) -> Response:
        return await self._page(request, "sentences", dict(request.query_params), sha=request.path_params["sha"])

    async def _of(self, request: Request) -> Response:
        return await self._page(request, "sentences_of", dict(request.query_params))

    def _form(self, verb: str) -> Callable[[Request], Awaitable[Response]]:
        async def form(request: Request) -> Response:
            return await self._page(request, "judging", dict(request.query_params), verb=verb)

        return form

    def _judge(self, verb: str) -> Callable[[Request], Awaitable[Response]]:
        async def judge(request: Request) -> Response:
            fields = await self._sent(request)
            try:
                number = await run_in_threadpool(self._judged, verb, fields)
            except KgError as error:
                return await self._page(request, "judging", fields, verb=verb, trouble=(error.zh, str(error)))
            return self._done(request, fields, done=str(number))

        return judge

    async def _undo(self, request: Request) -> Response:
        fields = await self._sent(request)
        try:
            await run_in_threadpool(self._undone, fields)
        except KgError as error:
            return await self._page(request, "judgements", {}, trouble=(error.zh, str(error)))
        return self._done(request, fields, undone=fields.get("n", ""))

    async def _page(
        self, request: Request, job: str, fields: Fields, trouble: tuple[str, str] = ("", ""), **more: str
    ) -> Response:
        """A page of a worker, with a form that this browser may send."""
        cookie = self._guard.cookie(request)
        language = fields.get("lang", "") if fields.get("lang") in ("zh", "en") else self._language(request)
        answer = await self._answered(
            request, job, fields=fields, language=language, token=self._guard.token(cookie), trouble=trouble, **more
        )
        self._guard.remember(answer, cookie)
        return answer

    def _done(self, request: Request, fields: Fields, **what: str) -> Response:
        """To the list of judgements, where what was done can be seen and taken back."""
        lang = fields.get("lang", "")
        kept = {"back": fields.get("back", ""), "lang": lang if lang in ("zh", "en") else self._language(request)}
        answer = RedirectResponse(
            f"/edit?{urlencode({key: value for key, value in {**what, **kept}.items() if value})}", 303
        )
        self._guard.remember(answer, self._guard.cookie(request))
        return answer

    async def _sent(self, request: Request) -> Fields:
        """What a form says. Raises Refused for one that no page of ours has sent."""
        self._guard.expect_ours(request)
        data = await self._body(request)
        try:
            said = parse_qsl(data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
        except ValueError as error:
            raise Refused(400, f"the body must be percent-encoded UTF-8 of at most {_MOST_FIELDS} fields") from error
        fields = {name: value.replace("\r\n", "\n").strip() for name, value in said}
        self._guard.expect_token(request, fields.pop("token", ""))
        return fields

    # --- what takes its time, in a thread ---------------------------------------------------------------------------

    def _judged(self, verb: str, fields: Fields) -> int:
        """Make a judgement; gives its number."""
        said: dict[str, Any] = {name: fields.get(name, "") for name in ("reason", "who")}
        said |= {"when": date.today().isoformat(), "file": self._file}
        graph = open_graph(self._folder)
        if verb == "fact":
            values = {
                name.removeprefix(_FIELD): value for name, value in fields.items() if name.startswith(_FIELD) and value
            }
            graph = graph.judge(
                "fact",
                fact={"kind": fields.get("kind", ""), **values},
                source=_named(graph, fields.get("source", "")),
                quote=fields.get("quote", ""),
                nth=_counted(fields.get("nth", "")),
                **said,
            )
        else:
            things = [value for name in ("thing", "other") if (value := fields.get(name, ""))]
            name = fields.get("name", "") if verb == "name" else ""
            graph = graph.judge(verb, *things, name=name, **said)
        return len(graph.judgements(self._file))

    def _undone(self, fields: Fields) -> None:
        number = _counted(fields.get("n", ""))
        if number is None:
            raise KgError("the form must say which judgement", zh="请指明撤回哪一条")
        try:
            said = Judgement.retold(json.loads(fields.get("said", "")))
        except (ValueError, TypeError, AttributeError) as error:
            raise KgError("the form must say what the judgement was", zh="表单不完整，请重新打开页面") from error
        open_graph(self._folder).unjudge(number, file=self._file, said=said)


def _named(graph: Graph, sha: str) -> str:
    """The name of the source whose hash begins so, where it alone has that name; else the beginning itself."""
    names = [summary.name for summary in graph.sources if summary.sha256.startswith(sha)]
    several = [summary.name for summary in graph.sources]
    return names[0] if sha and len(names) == 1 and several.count(names[0]) == 1 else sha


def _counted(text: str) -> int | None:
    """A number above 0; None where there is none. Raises KgError for other text."""
    if text and not (text.isascii() and text.isdecimal() and int(text[:9]) > 0 and len(text) < 9):
        raise KgError(f"a number above 0 must be given, got {text!r}", zh=f"须为正整数，现为“{text}”")
    return int(text) if text else None
