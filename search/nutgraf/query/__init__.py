"""Parses query text into a query tree.

Lexer, parser, operands, fields and date ranges. Any text is a query: text that is not valid syntax
is searched as words, and a diagnostic says so.
"""
