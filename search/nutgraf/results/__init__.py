"""Turns ranked passages into hits.

Stored fields are read for the passages of the page; highlights and snippets are computed on first
use. The types that `search` returns are defined here.
"""
