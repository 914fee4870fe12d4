"""Articles to segments: batches, workers, inverting, building and merging."""
