"""Text to terms: one analyser for indexing, querying and highlighting.

It is made from the definition of a language in `languages/`. This folder has the rules that hold
for every language.
"""
