"""A graph is served on this machine: a SPARQL endpoint, a page for everything, search, and the named questions."""

from kg.serve.limits import ServeLimits
from kg.serve.run import run

__all__ = ["ServeLimits", "run"]
