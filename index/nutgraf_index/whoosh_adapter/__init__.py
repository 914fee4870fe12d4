"""The index as one of Whoosh: schema, reader, writer.

For queries of Whoosh's own, and for tests.
Nothing outside this room imports Whoosh.
"""
