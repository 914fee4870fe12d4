"""Positions of words in the documents of a segment.

Phrases, NEAR and ADJ, words as written, and query expansion of patterns and fuzzy words. Matching
asks for the documents, highlighting for the words.
"""
