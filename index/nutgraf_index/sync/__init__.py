"""Synchronise an index with files and folders.

Finds roots, walks folders, detects changed files and reports the changes.
Reads files through `formats` and writes articles through `indexing`.
"""
