"""Facts and entities become RDF in the words of ontology/gazette.ttl.

``quads`` says what a source says, ``derived`` what follows from it, ``meta`` which software wrote both.
"""

from kg.rdf.blocks import block
from kg.rdf.edges import derived
from kg.rdf.iris import base_of, is_whole, meta_graph, source_graph, standing_graph, whole_graph
from kg.rdf.statements import meta, quads
from kg.rdf.terms import BASE, NS
from kg.rdf.vocabulary import PREFIXES

__all__ = ["BASE", "NS", "PREFIXES", "base_of", "block", "derived", "is_whole", "meta", "meta_graph", "quads"]
__all__ += ["source_graph", "standing_graph", "whole_graph"]
