"""Query tree against a segment: the doc ids that match, and the top k of them with scores.

Here are the terms and clauses that score, filters, and the scope of neighbouring passages.
Documents are doc ids of the segment. No stored fields are read.
"""
