"""The scoring model: BM25F, and what each word of a query weighs."""
