"""Rewrites the tree of a query before it is searched.

Adds synonyms and relevance feedback, and refuses patterns that expand to too many words. Relevance
feedback ranks passages, so this room stands above ranking.
"""
