"""Matches to a page of them, in their order.

Near-duplicates are collapsed, the best are rescored by proximity and context, and explained.
Equal scores are ordered by citation, here and nowhere else.
"""
