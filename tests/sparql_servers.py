"""SPARQL stores on the loopback interface for as long as a test needs them, and a relay to them that can fail."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests

_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 2000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator[str]:
    """Oxigraph's own server, as its distribution brings it; gives its address."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("the server of Oxigraph is not here: pip install oxigraph")
    port = port or free_port()
    command = [binary, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder.parent, f"http://127.0.0.1:{port}", "/query", 30):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso, as Debian packages it, with its first user (dba, dba); gives its address."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("Virtuoso is not here: apt-get install virtuoso-opensource-7-bin")
    port = free_port()
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(http=port, sql=free_port()))
    with _running([binary, "-f", "-c", "virtuoso.ini"], folder, f"http://127.0.0.1:{port}", "/sparql", 90):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: list[str], folder: Path, address: str, path: str, patience: float) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = monotonic() + patience
        while True:
            assert process.poll() is None, f"{command[0]} ended"
            assert monotonic() < end, f"{command[0]} does not answer"
            try:
                requests.post(address + path, data={"query": "ASK {}"}, timeout=5)
                break
            except requests.ConnectionError:
                sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


class Relay(ThreadingHTTPServer):
    """Passes requests on to a store, but for those that it is told to treat otherwise; knows what was asked."""

    def __init__(self, address: str, fault: Callable[[int, str, str], int | None]) -> None:
        """``fault`` is told the number of a request, its method and its path, and gives a status or -1: no answer."""
        super().__init__(("127.0.0.1", 0), _Passing)
        self.to, self.fault = address, fault
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that was cut is what is wanted."""


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Relay

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        fault = self.server.fault(len(self.server.seen), self.command, self.path)
        if fault == -1:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if fault:
            self._answer(fault, b"not now", "text/plain")
            return
        headers = {
            name: self.headers[name] for name in ("Content-Type", "Accept", "Authorization") if name in self.headers
        }
        answer = requests.request(self.command, self.server.to + self.path, data=body, headers=headers, timeout=60)
        self._answer(answer.status_code, answer.content, answer.headers.get("Content-Type", "text/plain"))

    def _answer(self, status: int, body: bytes, media: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _pass  # noqa: N815  # the names that the library calls

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def relay(address: str, fault: Callable[[int, str, str], int | None]) -> Iterator[Relay]:
    """A relay to the store at the address."""
    server = Relay(address, fault)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
