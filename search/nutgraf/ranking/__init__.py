"""Ranks the passages that match a query, and returns a page of them.

Near-duplicates are collapsed, the best passages are rescored by proximity and context, and scores
are explained. Equal scores are ordered by citation.
"""
