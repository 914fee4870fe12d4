"""The indexing half of nutgraf: reads files, splits articles, analyses text, writes the index.

Programs import `nutgraf`, which re-exports the public names of this package.
"""
