"""Asks ``kg serve`` and Oxigraph's own server, on the same quads, as many clients at once do, and prints a Markdown table.

    make bench-serve                                    16 clients, a minute each, 100 generated gazettes
    make bench-serve ARGS='--seconds 10 --fuzz 1000'

The two are asked in turn, in stretches, so that what else the machine does meets both alike. Then as many requests as
``--fuzz`` says are sent that no client in its right mind would send. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode, urlsplit

import psutil
from gazettes import write
from tables import table

import kg

KG = (sys.executable, "-m", "kg.cli")
QUERIES = (
    "ASK { ?s a gz:Seat }",
    "SELECT ?p ?l { ?p a gz:Official ; skos:prefLabel ?l } ORDER BY ?l LIMIT 50",
    "SELECT ?agent (COUNT(*) AS ?n) { ?d a gz:Responsibility ; gz:agentName ?agent } GROUP BY ?agent ORDER BY DESC(?n) LIMIT 20",
    "SELECT ?doc ?title { ?doc a gz:OfficialDocument ; gz:title ?title } ORDER BY ?title LIMIT 20",
    "SELECT ?who ?matter ?quote { ?d a gz:Responsibility ; gz:agentName ?who ; gz:matter ?matter ; gz:quote ?quote } LIMIT 100",
    "CONSTRUCT WHERE { ?m a gz:Membership ; gz:role ?role ; gz:quote ?quote } LIMIT 100",
    "SELECT ?day (COUNT(*) AS ?n) { ?d a gz:Deadline ; gz:due ?day } GROUP BY ?day ORDER BY ?day",
)
PREFIXES = "PREFIX gz: <https://w3id.org/gongbao/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
STRETCHES = 4


@dataclass
class Asked:
    """What came of asking a server."""

    seconds: list[float] = field(default_factory=list)
    """Of each request that was answered with 200."""
    others: Counter[str] = field(default_factory=Counter)
    """What else came, by status or error."""
    memory: list[float] = field(default_factory=list)
    """MB of all its processes, before and after each stretch."""
    wall: float = 0.0


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str | Path, port: int) -> Iterator[psutil.Process]:
    """A server, once it answers."""
    with subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            end = monotonic() + 60
            while socket.socket().connect_ex(("127.0.0.1", port)):
                if process.poll() is not None or monotonic() > end:
                    raise SystemExit(f"{command[0]} does not answer")
                sleep(0.1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def megabytes(process: psutil.Process) -> float:
    """What the processes of a server have in memory for themselves, as far as the system tells."""
    return float(sum(one.memory_full_info().uss for one in (process, *process.children(recursive=True)))) / 1e6


def ask(address: str, clients: int, seconds: float, into: Asked) -> None:
    """So many clients, each one request behind the other, for so long."""
    place = urlsplit(address)
    assert place.hostname
    end = monotonic() + seconds

    def client(number: int) -> None:
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
        chance = random.Random(number)
        while monotonic() < end:
            path = f"{place.path}?{urlencode({'query': PREFIXES + chance.choice(QUERIES)})}"
            begun = perf_counter()
            try:
                line.request("GET", path)
                answer = line.getresponse()
                answer.read()
            except OSError as error:
                into.others[type(error).__name__] += 1
                line.close()
                continue
            if answer.status == 200:
                into.seconds.append(perf_counter() - begun)
            else:
                into.others[str(answer.status)] += 1
        line.close()

    begun = perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    into.wall += perf_counter() - begun


_PIECES = (
    *QUERIES, "SELECT", "{", "}", "\0", "“", "?s", "<urn:a>", "'''", "\\u00", "🀄", "9" * 400, "(" * 400,
    "FILTER(REGEX(?o, '((a+)+)+$'))", "GROUP BY", "VALUES", "OFFSET -1", "SERVICE <http://127.0.0.1/> {", "../../etc/passwd",
    "%00", "%ff", "\r\n", "<script>", "养老", "DROP ALL", "LOAD <file:///etc/passwd>",
)  # fmt: skip
_PLACES = (
    "/sparql", "/graph", "/", "/search", "/questions", "/questions/members", "/questions/none", "/describe", "/id/agency",
    "/health", "/static/pages.css", "/nowhere",
)  # fmt: skip
_NAMES = (
    "query",
    "q",
    "iri",
    "graph",
    "format",
    "lang",
    "default-graph-uri",
    "named-graph-uri",
    "kind",
    "limit",
    "update",
)


def fuzz(address: str, requests: int) -> Counter[str]:
    """What the server answers to random requests."""
    place = urlsplit(address)
    chance = random.Random(20210101)
    found: Counter[str] = Counter()
    line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=120)
    for _ in range(requests):
        fields = [
            (chance.choice(_NAMES), " ".join(chance.choices(_PIECES, k=chance.randint(0, 5))))
            for _ in range(chance.randint(0, 3))
        ]
        text = urlencode(fields)
        target, method = chance.choice(_PLACES), chance.choice(("GET", "GET", "POST", "PUT", "DELETE", "HEAD"))
        headers = {
            "Accept": chance.choice(
                ("*/*", "text/html", "text/turtle", "application/sparql-results+json", ";;q=x", "")
            ),
            "Content-Type": chance.choice(
                ("application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "x")
            ),
        }
        try:
            if method == "POST":
                line.request(method, target, text.encode(), headers)
            else:
                line.request(method, f"{target}?{text}"[:8000], headers=headers)
            answer = line.getresponse()
            answer.read()
            found[str(answer.status)] += 1
        except (OSError, http.client.HTTPException) as error:
            found[type(error).__name__] += 1
            line.close()
    line.close()
    return found


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazettes", type=int, default=100, help="generated gazettes in the graph")
    parser.add_argument("--clients", type=int, default=16, help="clients at once")
    parser.add_argument("--seconds", type=float, default=60, help="how long each server is asked")
    parser.add_argument("--fuzz", type=int, default=10_000, help="requests that are nonsense")
    options = parser.parse_args()
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if oxigraph is None:
        raise SystemExit("the server of Oxigraph is not here: pip install oxigraph")
    with tempfile.TemporaryDirectory() as folder:
        graph, quads, default = Path(folder, "graph"), Path(folder, "quads"), Path(folder, "default.nt")
        list(write(options.gazettes, Path(folder, "gazettes"), gold=False))
        subprocess.run([*KG, "build", "-q", Path(folder, "gazettes"), "-o", graph], check=True)
        default.write_bytes(b"".join(kg.open(graph).store.default_lines()))
        for told in (("load", "--file", graph / "graph.nq", default), ("optimize",)):
            subprocess.run([oxigraph, *told, "--location", quads], check=True, capture_output=True)
        ours, theirs = free_port(), free_port()
        alike = ("--location", quads, "--bind", f"127.0.0.1:{theirs}")
        with (
            running(*KG, "serve", graph, "--port", str(ours), "-q", port=ours) as here,
            running(oxigraph, "serve-read-only", *alike, port=theirs) as there,
        ):
            servers = {
                "kg serve": (f"http://127.0.0.1:{ours}/sparql", here, Asked()),
                "Oxigraph's own": (f"http://127.0.0.1:{theirs}/query", there, Asked()),
            }
            for address, process, asked in servers.values():
                ask(address, options.clients, 2, Asked())  # warm
                asked.memory.append(megabytes(process))
            for _ in range(STRETCHES):
                for address, process, asked in servers.values():
                    ask(address, options.clients, options.seconds / STRETCHES, asked)
                    asked.memory.append(megabytes(process))
            title = f"{options.clients} clients for {options.seconds:.0f} s, {options.gazettes} generated gazettes"
            head = (
                "server",
                "answers",
                "a second",
                "median ms",
                "99th percentile ms",
                "not 200",
                "MB at first",
                "MB after each stretch",
            )
            table(title, head, [_row(name, asked) for name, (*_, asked) in servers.items()])
            if options.fuzz:
                found = fuzz(f"http://127.0.0.1:{ours}", options.fuzz)
                table(f"{options.fuzz} random requests to kg serve", ("answer", "times"), sorted(found.items()))
                print(f"\nmemory after them: {megabytes(here):.0f} MB")


def _row(name: str, asked: Asked) -> Sequence[object]:
    cuts = quantiles(asked.seconds, n=100)
    return (
        name,
        len(asked.seconds),
        f"{len(asked.seconds) / asked.wall:.0f}",
        f"{median(asked.seconds) * 1000:.1f}",
        f"{cuts[98] * 1000:.1f}",
        ", ".join(f"{what} ×{times}" for what, times in sorted(asked.others.items())) or "none",
        f"{asked.memory[0]:.0f}",
        " ".join(f"{one:.0f}" for one in asked.memory[1:]),
    )


if __name__ == "__main__":
    main()
