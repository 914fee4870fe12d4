"""Formats of data: files of records, whose keys the table of key names reads.

JSON in all its shapes, and tables of comma- or tab-separated values.
Both are read piece by piece, so that a file need not fit in memory.
"""
