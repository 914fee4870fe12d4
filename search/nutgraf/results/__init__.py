"""Ranked passages to hits.

Stored fields are read, words marked, snippets cut, for the page that is shown and no more.
What `search` returns is defined here.
"""
