"""The blocks of a text, as its layout separates them, before any block has a role.
Plain texts are read by evidence (`evidence`, `plain`), Markdown by the rules of CommonMark.
Words that a language's sentences do not end with come from `analysis/languages/`.
"""
