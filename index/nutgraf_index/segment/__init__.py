"""The arrays of a segment file.

Postings, terms, columns, stored fields and blocks, fingerprints: how each is written and read.
Nothing here knows of commits or of articles as they are read.
"""
