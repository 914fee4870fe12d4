"""The scoring model: BM25F with its constants, and the boosts of a query's words.

All constants of scores are in `bm25f.py`.
Nothing here reads an index.
"""
