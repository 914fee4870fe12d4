"""Articles to segments.

Batches are made ready, here or in other processes, inverted, built and merged.
The writer gathers what belongs to one commit.
"""
