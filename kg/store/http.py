"""A SPARQL store on another machine is spoken to: SPARQL 1.1 Query, Update and Graph Store Protocol.

What may be said twice is said again when the store does not answer. Credentials come from the environment alone
(``KG_STORE_USER`` with ``KG_STORE_PASSWORD``, or ``KG_STORE_TOKEN``), go to the store when it asks for them, and
stand in no message.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from time import sleep
from urllib.parse import SplitResult, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg.errors import KgError

__all__ = ["RESULTS", "TRIPLES", "Connection", "is_address"]

TRIPLES = "application/n-triples"
RESULTS = "application/sparql-results+json"
_TRIES, _FIRST_PAUSE = 6, 0.25
_AGAIN = frozenset({429, 502, 503, 504})
_CONNECT, _ANSWER = 10, 600
"""Seconds to wait for."""
_SHOWN = 200
"""Characters of what a store says about a fault."""
# By the path at which a store answers queries: where it takes updates and graphs, relative to its address.
_LAYOUTS = (
    ("/query", "/update", "/store"),  # Oxigraph
    ("/query", "/update", "/data"),  # Jena Fuseki
    ("", "/statements", "/rdf-graphs/service"),  # RDF4J, GraphDB
    ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),  # Virtuoso, for whoever may write
    ("/sparql", "/sparql", "/sparql-graph-crud"),  # Virtuoso, to read
)


def is_address(text: str) -> bool:
    """Whether a graph is named by the address of a store."""
    return text.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a store takes what."""

    query: str
    update: str
    data: str
    """Graphs as a whole: the Graph Store Protocol, with the graph named in the query string."""


class Connection:
    """A store at an address."""

    def __init__(self, address: str) -> None:
        """The address is that of the store (its layout is found out), or three with commas: query, update, graphs."""
        places = [place.rstrip("/") for place in address.split(",")]
        for place in places:
            if _split(place).username is not None:
                raise KgError(
                    "the address of a store must hold no user and no password; "
                    "give them in KG_STORE_USER and KG_STORE_PASSWORD"
                )
        if len(places) not in (1, 3) or not all(is_address(place) and _split(place).hostname for place in places):
            raise KgError(
                f"a store must be given by its http(s) address, or those of query, update and graphs; got {address!r}"
            )
        self.address = places[0]
        self._session = requests.Session()
        self._session.trust_env = False  # neither a proxy nor a .netrc that nobody thought of
        if token := os.environ.get("KG_STORE_TOKEN"):
            if not (token.isascii() and token.isprintable()):
                raise KgError("KG_STORE_TOKEN must hold printable characters of ASCII alone, as a header takes them")
            self._session.headers["Authorization"] = f"Bearer {token}"
        self.at = Endpoints(*places) if len(places) == 3 else self._found(places[0])

    def _found(self, address: str) -> Endpoints:
        """The endpoints of a store, by asking at the places where stores have theirs."""
        tried: list[str] = []
        for query, update, data in _LAYOUTS:
            if query and address.endswith(query):
                address = address.removesuffix(query)
            asked = self._send("POST", address + query, {"Accept": RESULTS}, data={"query": "ASK {}"})
            ready = asked.ok and asked.headers.get("Content-Type", "").startswith(RESULTS)
            # A graph that is not there is a store's 404 as well; what is no place of graphs takes no graph's name.
            if ready and self._takes_graphs(address + data):
                return Endpoints(address + query, address + update, address + data)
            tried.append(f"{address}{query} ({asked.status_code})")
        raise KgError(
            f"{address}: no SPARQL store answers here; tried {', '.join(dict.fromkeys(tried))}. "
            "Give the addresses of query, update and graphs, with commas between them"
        )

    def _takes_graphs(self, place: str) -> bool:
        given = self._send("GET", place, {"Accept": TRIPLES}, params={"graph": "urn:gongbao:nothing"})
        return (given.status_code == 404 and TRIPLES not in given.headers.get("Content-Type", "")) or given.ok

    # --- the three protocols ------------------------------------------------------------------------------------

    def query(self, sparql: str, accept: str) -> bytes:
        """The answer to a query. Raises KgError with what the store says where it has none."""
        return self._said("POST", self.at.query, {"Accept": accept}, data={"query": sparql}).content

    def update(self, sparql: str) -> None:
        """An update is carried out; it must be one that may be carried out twice."""
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._said("POST", self.at.update, headers, data=sparql.encode("utf-8"))

    def graph(self, graph: str) -> bytes:
        """The triples of a graph; none where there is no such graph."""
        answer = self._send("GET", self.at.data, {"Accept": TRIPLES}, params={"graph": graph})
        return b"" if answer.status_code == 404 else self._checked(answer).content

    def put(self, graph: str | None, triples: bytes) -> None:
        """A graph, or the default graph, has these triples and no others."""
        self._said("PUT", self.at.data, {"Content-Type": TRIPLES}, params=_named(graph), data=triples)

    def post(self, graph: str | None, triples: bytes) -> None:
        """A graph, or the default graph, has these triples as well."""
        self._said("POST", self.at.data, {"Content-Type": TRIPLES}, params=_named(graph), data=triples)

    # --- one request --------------------------------------------------------------------------------------------

    def _said(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        *,
        data: Mapping[str, str] | bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> requests.Response:
        return self._checked(self._send(method, url, headers, data=data, params=params))

    def _checked(self, answer: requests.Response) -> requests.Response:
        if answer.ok and not answer.is_redirect:
            return answer
        url = answer.request.url or ""
        place = url.partition("?")[0]
        if answer.status_code in (401, 403):
            raise KgError(
                f"{place}: the store refuses ({answer.status_code}); give KG_STORE_USER and KG_STORE_PASSWORD, or "
                "KG_STORE_TOKEN, in the environment"
            )
        if answer.is_redirect:
            raise KgError(f"{place}: the store has moved to {answer.headers.get('Location')}; give that address")
        said = " ".join(answer.text[:_SHOWN].split())
        raise KgError(f"{place}: the store answers {answer.status_code} {answer.reason}: {said}")

    def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        *,
        data: Mapping[str, str] | bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer, after as many tries as it takes. Raises KgError where the store does not answer."""
        ask = partial(
            self._session.request,
            method,
            url,
            headers=dict(headers),
            data=data,
            params=params,
            timeout=(_CONNECT, _ANSWER),
            allow_redirects=False,
        )
        pause = _FIRST_PAUSE
        for left in range(_TRIES - 1, -1, -1):
            try:
                answer = ask()
                if answer.status_code == 401 and self._session.auth is None and (auth := _credentials(answer)):
                    self._session.auth = auth
                    answer = ask()
                if answer.status_code not in _AGAIN or not left:
                    return answer
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
                if not left:
                    raise KgError(f"{url}: the store does not answer: {_cause(error)}") from error
                _forget(error)
            except (requests.RequestException, ValueError) as error:
                raise KgError(f"{url}: the store cannot be asked: {_cause(error)}") from error
            sleep(pause)
            pause *= 2
        raise AssertionError("the last try returns or raises")


def _split(place: str) -> SplitResult:
    try:
        return urlsplit(place)
    except ValueError as error:
        raise KgError(f"{place}: no address: {error}") from error


def _named(graph: str | None) -> dict[str, str]:
    return {"default": ""} if graph is None else {"graph": graph}


def _credentials(challenge: requests.Response) -> AuthBase | None:
    """What the environment has for the store, in the way the store asks for it."""
    user, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD")
    if user is None or password is None:
        return None
    scheme = challenge.headers.get("WWW-Authenticate", "").partition(" ")[0].lower()
    if scheme == "digest":
        return HTTPDigestAuth(user, password)
    return HTTPBasicAuth(user.encode(), password.encode()) if scheme == "basic" else None


def _forget(error: BaseException | None) -> None:
    """What was being done keeps nothing alive: answers of the store must end in the thread that they began in."""
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__


def _cause(error: Exception) -> str:
    """The innermost reason: what lies around it names the parts of a library."""
    reason: BaseException = error
    while inner := reason.__cause__ or reason.__context__:
        reason = inner
    return str(getattr(reason, "strerror", None) or reason)
