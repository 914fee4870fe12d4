"""A query tree against a segment.

Scorers of terms and clauses, filters, the scope of neighbours: which passages match, with scores.
Passages are numbers here; none is read.
"""
