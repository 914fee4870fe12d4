"""Where words stand in the units of a segment.

Phrases, NEAR and ADJ, words as written, and the words that patterns and fuzzy words stand for.
Matching asks which units, highlighting which words.
"""
