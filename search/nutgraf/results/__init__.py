"""Ranked passages to hits.

For the page that is shown, and no more, stored fields are read, terms highlighted, snippets cut.
The types that `search` returns are defined here.
"""
