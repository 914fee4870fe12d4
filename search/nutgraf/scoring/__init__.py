"""The scoring model.

BM25F with its constants, and the boosts of the words of a query.
This room does not read an index.
"""
