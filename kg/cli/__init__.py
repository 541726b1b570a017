"""The verbs of kg as commands: a module a command."""

from __future__ import annotations

import argparse
import errno
import signal
import sys
from collections.abc import Sequence

from kg.cli import (
    build,
    check,
    diff,
    export,
    facts,
    judge,
    ledger,
    outline,
    query,
    rules,
    search,
    serve,
    sheet,
    status,
    view,
)
from kg.cli.output import close_output
from kg.errors import KgError

__all__ = ["main", "parser"]

COMMANDS = (build, status, judge, facts, query, search, serve, view, ledger, sheet, export, diff, check, outline, rules)
"""In the order in which ``kg --help`` lists them. Each adds its options, and says what runs them as ``run``."""


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="kg",
        description="Chinese government gazettes as a knowledge graph: every statement leads to its sentence. "
        "把政府公报变成知识图谱，每条陈述都能追溯到原句。",
    )
    top.add_argument("--version", action="store_true", help="say the version and stop")
    top.set_defaults(run=_help)
    verbs = top.add_subparsers(dest="verb", metavar="COMMAND")
    for command in COMMANDS:
        command.add(verbs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Gives 0, 1 where a check found violations, 2 where something is not as it must be."""
    # Chinese must come out whole whatever the locale says.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    status = 0
    try:
        status = _help(options) if options.version else options.run(options)
        sys.stdout.flush()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        close_output()
    except OSError as error:
        close_output()
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        where = error.filename or ("standard output" if full else "the system")
        what = "; free some space, or write elsewhere" if full else ""
        print(f"kg: {where}: {error.strerror or error}{what}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kg: stopped", file=sys.stderr)
        return 128 + signal.SIGINT
    return status


def _help(options: argparse.Namespace) -> int:
    from kg.version import program_version

    print(f"kg {program_version()}" if options.version else parser().format_help().rstrip())
    return 0
