"""The blocks of a text, as its layout separates them, before any block has a role.

Plain texts are read by evidence (`evidence`, `plain`), Markdown by the rules of CommonMark.
The words that tell where sentences end are those of the article's language.
"""
