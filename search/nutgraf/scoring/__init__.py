"""The scoring model: BM25F with its constants, and the boosts of a query's words.

Nothing here reads an index.
"""
