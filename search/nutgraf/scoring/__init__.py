"""The scoring model.

BM25F with its constants, and what each word of a query weighs.
Formulas of numbers alone: nothing here reads an index.
"""
