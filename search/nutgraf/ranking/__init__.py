"""Matches in their order: scores, proximity, context, near-duplicates, sorting, explanations."""
