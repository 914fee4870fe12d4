"""Ranked passages to hits.

Defines `Results` and `Hit`. Reads the stored fields of one page of passages; highlights and
snippets are computed on first access.
"""
