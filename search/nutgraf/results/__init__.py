"""Ranked passages to hits: stored fields, highlights, snippets."""
