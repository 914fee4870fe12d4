"""Query text to query tree.

Lexer, parser, fields, dates, synonym rules; any text is a query, and what is not taken as
typed is told in diagnostics.
"""
