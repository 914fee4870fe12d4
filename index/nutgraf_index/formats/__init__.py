"""The bytes of a file to articles: one module a format, and a registry of them.

A new format is one module with a `read` function, and one row of `registry.FORMATS`.
"""
