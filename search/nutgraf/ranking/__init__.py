"""Matching passages to a page of ranked passages.

Collapses near-duplicates, rescores the best passages by proximity and context, and explains scores.
Equal scores are ordered by citation, here and nowhere else.
"""
