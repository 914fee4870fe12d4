"""The Romance languages.

Each file has the rules of a language and its words.
The registry names the files.
"""
