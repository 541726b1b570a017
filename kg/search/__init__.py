"""Words → what a graph has of them: names, matters and quotes, found by any character on, one wrong one forgiven."""

from kg.search.entries import Entry, Field, entries
from kg.search.index import Hit, Index

__all__ = ["Entry", "Field", "Hit", "Index", "entries"]
