"""Quads stand in a store that answers SPARQL."""

from kg.store.embedded import Answer, Dataset, Store
from kg.store.sparql import Bound, Value, among, bound, term

__all__ = ["Answer", "Bound", "Dataset", "Store", "Value", "among", "bound", "term"]
