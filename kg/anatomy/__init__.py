"""Source → the parts of an issue and of its documents (GB/T 9704).

A lone document, a bundle of documents and a whole issue of a gazette are all understood; what belongs to no
document is kept and reported.
"""

from __future__ import annotations

from kg.anatomy.documents import NOT_READ, parse
from kg.anatomy.elements import Anatomy, Annex, DocumentParts, IssueParts
from kg.anatomy.sections import Heading, Passage

__all__ = ["NOT_READ", "Anatomy", "Annex", "DocumentParts", "Heading", "IssueParts", "Passage", "parse"]
