"""Ranking: the passages that match to a page of them, in order.

Near-duplicates are collapsed, the best passages are rescored by proximity and context, and scores
are explained. Equal scores are ordered by citation.
"""
