"""Orders of the passages that match, other than by their own scores.

They are sorted by date or path, or one for each article, by the score of the article; and no more
than a few passages of an article may be kept.
"""
