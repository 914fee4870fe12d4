"""Text to terms.

One analyser for building, querying and highlighting, made from the definition of a language.
What holds for every language stands here, the rest in languages.
"""
