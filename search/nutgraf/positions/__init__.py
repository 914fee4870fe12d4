"""Where phrases, patterns and NEAR stand in a segment."""
