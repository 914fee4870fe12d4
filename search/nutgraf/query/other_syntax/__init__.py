"""Reads the operators and fields of other search products, or says what to write instead.

Imported only for queries that may have such a form. Which forms are read depends on the register
of the query: prose is never changed. The parser sees only tokens and fields of its own syntax.
"""
