"""A query tree against a segment: scorers, filters, scope, and the doc ids that match."""
