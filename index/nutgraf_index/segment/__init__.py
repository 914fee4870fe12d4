"""The arrays of a segment file.

Postings, term dictionary, text columns, stored fields and blocks, fingerprints: how each is written
and read. Nothing here knows of commits or of file formats.
"""
