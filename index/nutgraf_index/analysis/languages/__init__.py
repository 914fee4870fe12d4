"""The definitions of languages.

Each has stop words, a stemmer, rules of spelling and sound, and the words of newsrooms.
A new language is a file and a row of the registry.
"""
