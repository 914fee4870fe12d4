"""The tree of a query to the tree that is searched.

Adds synonyms and relevance feedback, and refuses patterns that expand to too many words. Relevance
feedback ranks passages, so this room stands above ranking.
"""
