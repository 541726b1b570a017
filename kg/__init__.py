"""Chinese government gazettes as a knowledge graph in which every statement leads to its sentence.

>>> import kg
>>> graph = kg.build(["gazette.md"])          # doctest: +SKIP
>>> graph.query("members", group="古茶树")       # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import Graph, build, take_in
    from kg.graph import open_graph as open  # noqa: A004 - kg.open is the verb
    from kg.query import named as questions

__all__ = ["Graph", "KgError", "build", "open", "questions", "take_in"]

_HOMES = {"Graph": ("kg.graph", "Graph"), "build": ("kg.graph", "build"), "open": ("kg.graph", "open_graph")} | {
    "questions": ("kg.query", "named"),
    "take_in": ("kg.graph", "take_in"),
}


def __getattr__(name: str) -> Any:
    # What a command does not use it should not wait for: the graph's parts are imported when they are asked for.
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
