"""Evaluates a query tree in a segment: the doc ids that match, and the top k with scores.

The room has the terms and clauses that score, filters, and windows of neighbouring passages.
Documents are doc ids of the segment. No stored fields are read.
"""
