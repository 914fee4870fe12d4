"""The Germanic languages besides English.

Each file has the rules of a language and its words.
The registry names the files.
"""
