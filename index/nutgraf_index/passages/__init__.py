"""Splits an article into its passages.

Blocks come from the layout; roles, bylines, datelines and shapes from the words that the
newsrooms of a language use. Nothing here knows of files or of the index.
"""
