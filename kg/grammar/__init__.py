"""How official Chinese writes numbers, dates, names, posts and organisations: grammars over plain strings.

A grammar knows no document and keeps no state; the extractors put them to use where they belong.
"""
