"""Learns about a query's words from the texts of the archive: variants, accents, news.

Variants are other spellings of a name, and long forms or acronyms. Nothing is stored: a few
passages of each word are read when somebody asks, and the answers are cached.
"""
