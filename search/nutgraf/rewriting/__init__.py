"""Rewrites the tree of a query before it is searched.

Replaces phrases that stand in no passage, adds synonyms and relevance feedback, and refuses
patterns that expand to too many words. Feedback ranks passages, so this room is above ranking.
"""
