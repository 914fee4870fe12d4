"""A query tree to the tree that is searched: synonyms, relevance feedback, limits."""
