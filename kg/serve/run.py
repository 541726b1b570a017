"""The server runs until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from kg.errors import KgError
from kg.graph import open_graph
from kg.holdings.folder import Folder
from kg.identity import JUDGEMENTS
from kg.serve.app import application
from kg.serve.limits import ServeLimits

__all__ = ["run"]

_LOCAL = ("localhost", "127.0.0.1", "::1")


def run(
    folder: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8890,
    limits: ServeLimits = ServeLimits(),  # noqa: B008  # frozen
    names: Sequence[str] = (),
    cors: str | None = None,
    edit: bool = False,
    judgements: str | None = None,
    log: Callable[[str], object],
    ready: Callable[[str], object] = print,
) -> None:
    """Serve the graph in a folder until the process is told to stop; ``ready`` is told the address.

    With ``edit`` its pages change the user's judgements, in the file ``judgements`` or that in the folder. Raises KgError
    where there is no graph, the address cannot be had, or is one that others could edit at.
    """
    if edit:
        _expect_alone(folder, names, cors)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what fails stands in our own log
    open_graph(folder)  # said here, before workers are started
    with _bound(host, port) as bound:
        address, taken = bound.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        alone = ipaddress.ip_address(address).is_loopback
        if edit and not alone:
            raise KgError(
                f"{host}: --edit is for this machine alone, and others reach it at this address; leave out --host, or --edit",
                zh=f"{host} 可由其他机器访问，--edit 只限本机",
            )
        known = (*_LOCAL, address, *(name.lower() for name in names)) if names or alone else ()
        file = str(judgements or Path(folder) / JUDGEMENTS) if edit else ""
        app = application(folder, limits, names=known, cors=cors, judgements=file, log=log)
        config = uvicorn.Config(
            app,
            log_config=None,
            server_header=False,
            date_header=True,
            lifespan="on",
            timeout_graceful_shutdown=5,
            h11_max_incomplete_event_size=64 * 1024,
        )
        server = _Server(config, lambda: ready(f"http://{shown}:{taken}/"))
        asyncio.run(server.serve(sockets=[bound]))
    if not server.started:
        raise KgError(f"{folder}: the graph cannot be served; see above")


def _expect_alone(folder: str, names: Sequence[str], cors: str | None) -> None:
    """Raises KgError where a graph cannot be edited, or pages of others are to reach the server."""
    if not Folder(folder).holds_store():
        raise KgError(f"{folder}: --edit needs the folder of a build; build one: kg build SOURCE -o {folder}")
    if names or cors:
        raise KgError("--edit is for this machine alone: it goes with neither --name nor --cors; leave these out")


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """A server that is told to stop ends well: the signal is not raised once more behind it."""
        former = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _bound(host: str, port: int) -> socket.socket:
    bound = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio sends at once (TCP_NODELAY) only on sockets that say what they are; else each answer waits 40 ms.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, UnicodeError) as error:
        if bound:
            bound.close()
        raise KgError(f"{host}:{port}: cannot be listened on: {_reason(error)}") from error
    return bound


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "it is no name of a host; see --host"
    if error.errno == errno.EADDRINUSE:
        return "another program has this port; choose one with --port, 0 for any that is free"
    if error.errno == errno.EACCES:
        return "only root may have this port; choose one above 1023 with --port"
    return f"{error.strerror or error}; see --host and --port"
