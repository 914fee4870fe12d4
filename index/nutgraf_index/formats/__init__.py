"""Readers of file formats, from the bytes of a file to articles.

There is a module for each format, a registry, and the decoding of text. A new format is one module
with a `read` function, and one row of `registry.FORMATS`.
"""
