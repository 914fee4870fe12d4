"""Learns variants of a query's words from the texts of the archive.

Variants are other spellings of a name, and the long form of an acronym or its acronym. Nothing is
stored: a few passages of each word are read when somebody asks, and the answers are cached.
"""
