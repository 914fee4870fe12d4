"""The scoring model.

BM25F with its constants, the boosts of the words of a query, and the decay of scores by age.
This room does not read an index.
"""
