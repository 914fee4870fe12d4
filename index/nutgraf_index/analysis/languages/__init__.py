"""The languages that are known.

A definition each: stop words, stemmer, spellings, sounds, and what newsrooms write.
A new language is a file and a row of the registry.
"""
