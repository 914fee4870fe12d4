"""The bytes of a file to articles.

A module for each format, a registry of them, and how text is decoded.
A new format is one module with a `read` function, and one row of `registry.FORMATS`.
"""
