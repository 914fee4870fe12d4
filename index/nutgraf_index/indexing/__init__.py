"""Build segments from articles.

Workers prepare batches, the builder inverts and writes them, the merger merges segments.
The writer collects the changes of one commit.
"""
