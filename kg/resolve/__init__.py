"""Mentions → entities: whom and what the facts of one source speak of, under whichever name.

Two names are one entity only where they can be read as one name: 区财政局, 青川区财政局 and 临江市青川区财政局
in a gazette of 临江市青川区. What needs several sources is left to be derived from several readings.
"""

from kg.resolve.documents import documents
from kg.resolve.parties import home, parties
from kg.resolve.places import Place, places

__all__ = ["Place", "documents", "home", "parties", "places"]
