"""A query tree to the tree that is searched.

Synonyms and words of the best passages are added; patterns that stand for too much are refused.
It ranks for feedback, and so stands above ranking.
"""
