"""``kg serve``: a graph on this machine, for browsers and for whatever speaks SPARQL."""

from __future__ import annotations

import argparse
import sys

from kg.cli.options import Verbs, judging, of_folder, positive

__all__ = ["add"]


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    serve = verbs.add_parser(
        "serve", help="serve a graph on this machine: SPARQL endpoint and pages 在本机提供查询服务"
    )
    of_folder(serve)
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on; default: this machine alone")
    serve.add_argument("--port", type=_port, default=8890, help="0 for any that is free; default: 8890")
    serve.add_argument(
        "--name", action="append", default=[], metavar="HOST", help="a host name it answers under besides; repeatable"
    )
    serve.add_argument(
        "--cors", metavar="ORIGIN", help="let pages of this origin (or *) read the answers; default: none"
    )
    serve.add_argument(
        "--edit", action="store_true", help="let its pages change the judgements, on this machine alone 可在页面上认定"
    )
    judging(serve)
    serve.add_argument(
        "--timeout", type=_seconds, default=30.0, metavar="S", help="seconds an answer may take; default: 30"
    )
    serve.add_argument(
        "--max-rows", type=positive, default=100_000, metavar="N", help="rows of an answer; default: 100000"
    )
    serve.add_argument(
        "--max-body",
        type=positive,
        default=1024 * 1024,
        metavar="N",
        help="bytes of a request's body; default: 1048576",
    )
    serve.add_argument(
        "--max-waiting", type=positive, default=64, metavar="N", help="requests that may wait for a worker; default: 64"
    )
    serve.add_argument("--workers", type=positive, default=4, metavar="N", help="processes that answer; default: 4")
    serve.add_argument("-q", "--quiet", action="store_true", help="no line a request on standard error")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from kg.serve import ServeLimits, run

    limits = ServeLimits(
        seconds=options.timeout,
        rows=options.max_rows,
        body=options.max_body,
        concurrency=options.max_waiting,
        workers=options.workers,
    )
    run(
        options.graph,
        host=options.host,
        port=options.port,
        limits=limits,
        names=options.name,
        cors=options.cors,
        edit=options.edit,
        judgements=options.judgements,
        log=_silent if options.quiet else _logged,
        ready=lambda address: print(f"{address}  (Ctrl+C stops it 按 Ctrl+C 停止)", flush=True),
    )
    return 0


def _logged(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _silent(line: str) -> None:
    """Of a server that is quiet nothing is logged."""


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"must be a port from 0 to 65535, got {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0, got {text!r}")
    return seconds
